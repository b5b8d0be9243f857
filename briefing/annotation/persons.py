"""The persons of an article and the places where it names them: what the search for them hands on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Gender = Literal["m", "f"]


@dataclass(slots=True)
class Person:
    """A person while the article is being read; frozen values leave this folder as `Actor`."""

    name: str
    """The fullest form, without title."""
    family: str
    gender: Gender | None = None
    roles: Counter[str] = field(default_factory=Counter)
    """Heads of the offices the article gives them, in lower case, with the text of the first place as written."""
    role: str | None = None
    lands: set[str] = field(default_factory=set)
    """ISO codes of the countries named right before an office of theirs: `Russlands Präsident`."""
    mentions: int = 0
    first_block: int = 0


class Mention(NamedTuple):
    """Tokens of one block that name a person."""

    first: int
    last: int
    person: int
    """Index among the article's persons."""
    full: bool
    """More than the family name."""
    sure: bool = True
    """No namesake competes."""
    role_first: int = -1
    """First token of the title or office before the name, -1 without."""


class People(NamedTuple):
    """The persons of an article and where each block names them."""

    persons: tuple[Person, ...]
    mentions: tuple[tuple[Mention, ...], ...]


class Name(NamedTuple):
    """A full name before merging."""

    block: int
    first: int
    last: int
    parts: tuple[str, ...]
    gender: Gender | None
    role: tuple[int, int] | None
    family_first: bool
    titled: bool
    role_text: str | None = None
    lead: int = -1
    """First token of the titles and offices before the name, -1 without."""
    land: str | None = None
    """Country named right before the office."""
    initials: frozenset[str] = frozenset()
    """Its parts that stand for a longer name, and are written with a full stop."""
