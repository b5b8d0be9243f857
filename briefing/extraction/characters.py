"""The characters of a text as numbers, so that numpy answers for all at once what a pattern would ask one by one."""

from __future__ import annotations

import html
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.compiled import kept

if TYPE_CHECKING:
    from collections.abc import Iterable

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Classes = np.ndarray[Any, np.dtype[np.uint16]]
Places = np.ndarray[Any, np.dtype[np.intp]]
Marks = np.ndarray[Any, np.dtype[np.uint32]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

LOWER, UPPER, DIGIT, SPACE, STOP, COMMA, SIGN, QUOTE, CLOSE, IDEOGRAPH, WORD = (1 << bit for bit in range(11))
r"""Bits of the classes of a character; `WORD` is what `[^\W_]` matches."""

_LAST = 0xFFFF
"""The last code of the tables, itself no character, so of no class."""
_LINE_END = 0x0A


@cache
def _classes_by_code() -> Classes:
    """Class bits of each character of the basic plane."""
    return (_lower_and_classes() >> 16).astype(np.uint16)


@cache
def _lower_and_classes() -> np.ndarray[Any, np.dtype[np.int32]]:
    """Of each character of the basic plane its lower case, and from bit 16 on the bits of its classes.

    A character whose lower case is two (`İ`) stays itself. Both are looked up at once, which halves the time.
    """
    return np.frombuffer(_basic_plane(), np.int32)


@kept
def _basic_plane() -> bytes:
    """The table of `_lower_and_classes`, which takes 20 ms to make."""
    bits = {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Nd": DIGIT, "Zs": SPACE}
    characters = list(map(chr, range(_LAST + 1)))
    classes = np.array([bits.get(category, 0) for category in map(unicodedata.category, characters)], np.int32)
    classes[np.array(list(map(str.isalnum, characters)), bool)] |= WORD
    for marks, bit in (
        ("\n\t", SPACE),
        (".!?…。！？", STOP),
        (",;、，；", COMMA),
        ("|•·»›→>◄►▼▲/#@*+_=©®™★☆✓✔[]{}<", SIGN),
        ("\"„“”‚‘’«»'", QUOTE),
        ("\"“”‘’«»')]*", CLOSE),
    ):
        for mark in marks:
            classes[ord(mark)] |= bit
    for first, last in ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x0E00, 0x0E7F)):
        classes[first : last + 1] |= IDEOGRAPH
    lowers = map(str.lower, characters)
    codes = np.array([ord(lower) if len(lower) == 1 else code for code, lower in enumerate(lowers)], np.int32)
    return (codes | classes << 16).tobytes()


def codes_of(text: str) -> Codes:
    """The code point of each character; a lone surrogate counts as a question mark."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def text_of(codes: Codes) -> str:
    """The text of these code points."""
    return codes.tobytes().decode("utf-32-le")


def classes_of(codes: Codes) -> Classes:
    """The class bits of each character; beyond the basic plane only `WORD` is told."""
    classes = _classes_by_code().take(codes, mode="clip")
    _beyond(codes, classes)
    return classes


def _beyond(codes: Codes, classes: Classes) -> Mask | None:
    """Which characters are beyond the basic plane, None where none is; marks those of words among the classes."""
    if not len(codes) or codes.max() <= _LAST:
        return None
    beyond = codes > _LAST
    for code in np.unique(codes[beyond]).tolist():
        if chr(code).isalnum():
            classes[codes == code] |= WORD
    return beyond


class Characters:
    """The characters of a text as numbers.

    Attributes:
        codes: Their code points; the text ends with a line end of its own.
        classes: Their class bits.
        lower: The code points in lower case.
    """

    def __init__(self, text: str) -> None:
        self.codes = codes_of(text + "\n")
        found = _lower_and_classes().take(self.codes, mode="clip")
        self.classes = (found >> 16).astype(np.uint16)
        self.lower = (found & _LAST).astype(np.uint32)
        if (beyond := _beyond(self.codes, self.classes)) is not None:
            np.copyto(self.lower, self.codes, where=beyond)
        size = len(self.codes)
        self._powers, self._inverses = _powers(1 << size.bit_length()) if size <= _USUAL else _powers.__wrapped__(size)
        self._sums = np.zeros(size + 1, np.uint32)
        np.add.accumulate(self.lower * self._powers[:size], dtype=np.uint32, out=self._sums[1:])

    def words(self) -> tuple[Places, Places]:
        r"""Where the words begin and where they end, as `[^\W_]+` finds them: `covid-19` is two, and so is `don’t`."""
        mask = np.zeros(len(self.codes) + 1, bool)
        np.not_equal(self.classes & WORD, 0, out=mask[1:])
        edges = np.flatnonzero(mask[1:] != mask[:-1])
        return edges[::2], edges[1::2]

    def marks(self, begins: Places, ends: Places) -> Marks:
        """Of each span a number that its words share with the same words in other places, and hardly with others.

        The characters, in lower case, are the digits of a number to a large base and modulo 2**32 (Karp and Rabin
        1987); one sum over the text serves all spans, in which a digit stands the higher the later it comes. Two of a
        page's thousand words have the same number once in ten thousand pages, and then one measure of a line is a
        little off. A quarter of the time of cutting the words out and looking them up as strings.
        """
        found: Marks = (self._sums[ends] - self._sums[begins]) * self._inverses[begins]
        return found


def mark_of(word: str) -> int:
    """The mark that a word, in lower case, has in any text."""
    mark = 0
    for letter in reversed(word):
        mark = (mark * _BASE + ord(letter)) % _SIZE
    return mark


def marks_of(words: Iterable[str]) -> Marks:
    """The marks that these words, in lower case, have in any text."""
    return np.array([mark_of(word) for word in words], np.uint32)


_BASE = 0x9E3779B1  # 2**32 by the golden ratio, and prime: odd, so that it has an inverse, and its powers are spread
_SIZE = 1 << 32
_INVERSE = pow(_BASE, -1, _SIZE)
_USUAL = 1 << 17
"""Characters of a text up to which the powers are kept, as many as the next power of two; the longest labelled dump has
97,000, and 131,072 powers take 1.5 ms."""


@cache
def _powers(size: int) -> tuple[Marks, Marks]:
    """The powers of the base from 0 on, modulo 2**32, and those of its inverse."""
    steps = np.full((2, size), [[_BASE], [_INVERSE]], np.uint32)
    steps[:, 0] = 1
    powers, inverses = np.multiply.accumulate(steps, axis=1, dtype=np.uint32)
    return powers, inverses


def letters_of(lines: Iterable[str]) -> list[str]:
    """Each line, in lower case, without anything but letters and digits; no line may hold a line end."""
    codes = codes_of("\n".join(lines).lower())
    kept = ((classes_of(codes) & WORD) != 0) | (codes == _LINE_END)
    return text_of(codes[kept]).split("\n")


def resolved(text: str) -> str:
    """The text with the references in it resolved; as it is where one has more digits than Python makes a number of."""
    try:
        return html.unescape(text)
    except ValueError:
        return text
