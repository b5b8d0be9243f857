"""The words and phrases that tell furniture from articles: in which classes words are, with what kind a line opens."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from briefing import lexicon
from briefing.compiled import kept
from briefing.extraction.characters import Codes, mark_of, marks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.characters import Marks, Places
    from briefing.extraction.lines import Line

WORD_CLASSES = (
    "stop",
    "self",
    "you",
    "navigation",
    "share",
    "comment",
    "related",
    "legal",
    "credit",
    "byline",
    "advert",
    "paywall",
    "widget",
    "time",
)
"""Classes of words in the tables `extraction.toml`; a word may be in several."""

PHRASE_KINDS = (
    "navigation",
    "related",
    "comment",
    "share",
    "legal",
    "credit",
    "byline",
    "advert",
    "paywall",
    "widget",
    "caption",
)
"""Kinds of phrases in the tables `extraction.toml`."""

UNCLASSED = len(WORD_CLASSES)
"""Column of `rows_of` for words of no class."""

FIELDS = 16
"""Columns of `rows_of`: one a class, that for words of none, and one for who sums them; as many fill four numbers of
64 bits, so that four sums count all."""

Fields = np.ndarray[Any, np.dtype[np.uint16]]


def rows_of(marks: Marks) -> tuple[Fields, Places]:
    """A table with a row of classes a word, 1 where it is in one; and of each word, given by its mark, the row."""
    known, fields = _word_classes()
    places = known.searchsorted(marks)
    places[known.take(places, mode="clip") != marks] = len(known)
    return fields, places


@cache
def _word_classes() -> tuple[Marks, Fields]:
    """The marks of the words of the tables of all languages, ascending, and a row of classes each; the last of none."""
    marks, fields = _words_marked()
    return np.frombuffer(marks, np.uint32), np.frombuffer(fields, np.uint16).reshape(-1, FIELDS)


@kept
def _words_marked() -> tuple[bytes, bytes]:
    """The two tables of `_word_classes`; 1,000 marks take 3 ms to make."""
    bits: dict[str, int] = {}
    for language in ("all", *lexicon.languages()):
        words = lexicon.table(language, "extraction").get("words", {})
        for bit, name in enumerate(WORD_CLASSES):
            for word in words.get(name, "").split():
                bits[word] = bits.get(word, 0) | 1 << bit
    marks = marks_of(bits)
    order = np.argsort(marks)
    rows = np.append(np.array(list(bits.values()))[order], 1 << UNCLASSED)
    return marks[order].tobytes(), (rows[:, None] >> np.arange(FIELDS) & 1).astype(np.uint16).tobytes()


def openings(lines: Sequence[Line], words: Marks, signs: Codes) -> list[int]:
    """For each line the index of the kind of phrase with which it begins; -1 for none, as most.

    Args:
        lines: The lines.
        words: Of each line the mark of the word with which it begins; any number where it begins with none.
        signs: The code point of its first character.
    """
    table = _phrases()
    found = [-1] * len(lines)
    for starts, (known, phrases) in ((words, table.by_word), (signs, table.by_sign)):
        for index in np.flatnonzero(known.take(known.searchsorted(starts), mode="clip") == starts).tolist():
            lower, possible = lines[index].text[:_LONGEST].lower(), phrases[int(starts[index])]
            if lower.startswith(possible):
                found[index] = _opening(lower, possible, table.kinds)
    return found


def _opening(lower: str, phrases: tuple[str, ...], kinds: dict[str, int]) -> int:
    for phrase in phrases:
        if lower.startswith(phrase) and not (phrase[-1].isalpha() and lower[len(phrase) : len(phrase) + 1].isalpha()):
            return kinds[phrase]
    return -1


_LONGEST = 60
"""Letters of a line in which a phrase can stand; the longest has 36."""

_WORD = re.compile(r"[^\W_]+")

_ByStart = tuple[Codes, dict[int, tuple[str, ...]]]


class _Phrases(NamedTuple):
    kinds: dict[str, int]
    """The index of each phrase's kind."""
    by_word: _ByStart
    """The marks of the words with which phrases begin, ascending; and the phrases of each, the longest first."""
    by_sign: _ByStart
    """The same for those that begin with a sign, by its code point."""


@cache
def _phrases() -> _Phrases:
    kinds: dict[str, int] = {}
    for index, kind in enumerate(PHRASE_KINDS):
        for language in ("all", *lexicon.languages()):
            for phrase in lexicon.table(language, "extraction").get("phrases", {}).get(kind, ()):
                kinds.setdefault(phrase, index)
    by_word: dict[int, tuple[str, ...]] = {}
    by_sign: dict[int, tuple[str, ...]] = {}
    for phrase in sorted(kinds, key=len, reverse=True):
        word = _WORD.match(phrase)
        phrases, start = (by_sign, ord(phrase[0])) if word is None else (by_word, mark_of(word[0]))
        phrases[start] = (*phrases.get(start, ()), phrase)
    return _Phrases(kinds, _by_start(by_word), _by_start(by_sign))


def _by_start(phrases: dict[int, tuple[str, ...]]) -> _ByStart:
    return np.array(sorted(phrases), np.uint32), phrases
