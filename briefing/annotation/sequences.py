"""Sequences of words that mean something together, such as `only a matter of time`, looked up by the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefing.annotation.tokens import Token

Sequences = Mapping[str, tuple[tuple[str, ...], ...]]
"""First word → the sequences that begin with it, in small letters, the longest first."""


def by_first_word(entries: Iterable[str]) -> Sequences:
    """The sequences that some texts spell.

    >>> by_first_word(["Only just", "only a matter of time"])
    {'only': (('only', 'a', 'matter', 'of', 'time'), ('only', 'just'))}
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        parts = tuple(entry.lower().split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(parts, key=len, reverse=True)) for first, parts in found.items()}


def length_at(words: Sequence[Token], place: int, sequences: Sequences) -> int:
    """How many words the longest sequence has that begins at `place`; 0 where none does."""
    for parts in sequences.get(words[place].text.lower(), ()):
        if tuple(word.text.lower() for word in words[place : place + len(parts)]) == parts:
            return len(parts)
    return 0


def first_words(sequences: Sequences) -> frozenset[str]:
    """The first words as they stand in a sentence and at its beginning."""
    return frozenset(form for first in sequences for form in (first, first.capitalize()))
