"""Offices and titles: which words are one, and of a man or a woman."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import NamedTuple

from briefing.lexicon import table, word_set

LONGEST_ROLE = 24
"""Letters of the longest role tried as the end of a compound: `oppositionspolitiker` has 20."""


class Roles(NamedTuple):
    """The offices of one language."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    titles: frozenset[str]
    female_titles: frozenset[str]
    male_titles: frozenset[str]
    groups: frozenset[str]
    compounds: bool
    """Whether nouns have capitals and form compounds, as in German."""
    feminine_endings: tuple[str, ...]
    """Endings that make the name of a woman's office of that of a man's."""
    inflections: tuple[str, ...]
    """Endings of an office's other cases, and of its plural."""
    either_endings: tuple[str, ...]
    """Endings of offices that are the same for women and men."""
    abstract_endings: tuple[str, ...]
    """Endings of nouns that no name has."""
    genitive: tuple[str, ...]
    """Endings of names in the genitive, the longest first."""


@cache
def roles(language: str) -> Roles:
    """The offices of `language`; empty sets where it has none."""
    words = partial(word_set, language, "roles")

    def endings(key: str) -> tuple[str, ...]:
        return tuple(str(table(language, "endings").get(key, "")).split())

    return Roles(
        masculine=words("masculine"),
        feminine=words("feminine"),
        titles=words("titles"),
        female_titles=words("female_titles"),
        male_titles=words("male_titles"),
        groups=words("groups"),
        compounds=bool(table(language, "dates").get("capital_nouns")),
        feminine_endings=endings("feminine"),
        inflections=endings("inflections"),
        either_endings=endings("either") or ("\0",),
        abstract_endings=endings("abstract") or ("\0",),
        genitive=endings("genitive"),
    )


@lru_cache(maxsize=65536)
def role_gender(word: str, language: str) -> str | None:
    """`m`, `f` or `?` if `word` is an office or a compound that ends in one, None if it is none.

    >>> role_gender("NRW-Landwirtschaftsministerin", "de"), role_gender("Kreml-Chefs", "de"), role_gender("Haus", "de")
    ('f', 'm', None)
    """
    known = roles(language)
    if known.compounds and not word[0].isupper():
        return None
    lower = word.lower()
    tail = lower.rsplit("-", 1)[-1]
    if not known.compounds:
        if lower in known.feminine or tail in known.feminine:
            return "f"
        bare = {form.removesuffix(ending) for form in (lower, tail) for ending in ("", *known.inflections)}
        return "?" if bare & known.masculine else None
    if ends_in(tail, known.feminine):
        return "?" if ends_in(tail, known.masculine) else "f"
    for ending in known.feminine_endings:
        if tail.endswith(ending) and (ends_in(tail.removesuffix(ending), known.masculine)):
            return "f"
    for ending in ("", *known.inflections):
        if tail.endswith(ending) and ends_in(tail.removesuffix(ending) if ending else tail, known.masculine):
            return "?" if tail.endswith(known.either_endings) else "m"
    return None


def ends_in(word: str, endings: frozenset[str]) -> bool:
    """Whether `word` is one of `endings`, or a compound of one of four letters or more with three letters before it."""
    if word in endings:
        return True
    return any(word[-k:] in endings for k in range(4, min(len(word) - 2, LONGEST_ROLE + 1)))


@cache
def traders(language: str) -> frozenset[str]:
    """Offices that firms have as often as people: `der Betreiber Solantis`."""
    return word_set(language, "roles", "traders")
