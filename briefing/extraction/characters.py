"""The characters of a text as numbers, so that numpy answers for all at once what a pattern would ask one by one."""

from __future__ import annotations

import html
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Classes = np.ndarray[Any, np.dtype[np.uint16]]
Places = np.ndarray[Any, np.dtype[np.intp]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

LOWER, UPPER, DIGIT, SPACE, STOP, COMMA, SIGN, QUOTE, CLOSE, IDEOGRAPH, WORD, JOINT = (1 << bit for bit in range(12))
r"""Bits of the classes of a character; `WORD` is what `[^\W_]` matches, `JOINT` what may join two of them in a word."""

_BLANK, _LINE_END = 0x20, 0x0A


@cache
def _classes_by_code() -> Classes:
    """Class bits of each character of the basic plane."""
    bits = {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Nd": DIGIT, "Zs": SPACE}
    characters = list(map(chr, range(0x10000)))
    table = np.array([bits.get(category, 0) for category in map(unicodedata.category, characters)], np.uint16)
    table[np.array(list(map(str.isalnum, characters)), bool)] |= WORD
    for marks, bit in (
        ("\n\t", SPACE),
        (".!?…。！？", STOP),
        (",;、，；", COMMA),
        ("|•·»›→>◄►▼▲/#@*+_=©®™★☆✓✔[]{}<", SIGN),
        ("\"„“”‚‘’«»'", QUOTE),
        ("\"“”‘’«»')]*", CLOSE),
        ("-'’.", JOINT),
    ):
        for mark in marks:
            table[ord(mark)] |= bit
    for first, last in ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x0E00, 0x0E7F)):
        table[first : last + 1] |= IDEOGRAPH
    return table


def codes_of(text: str) -> Codes:
    """The code point of each character; a lone surrogate counts as a question mark."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def classes_of(codes: Codes) -> Classes:
    """The class bits of each character; beyond the basic plane only `WORD` is told."""
    last = 0xFFFF  # itself no character, so of no class
    classes = _classes_by_code().take(codes, mode="clip")
    if len(codes) and codes.max() > last:
        beyond = np.flatnonzero(codes > last)
        for code in np.unique(codes[beyond]).tolist():
            if chr(code).isalnum():
                classes[beyond[codes[beyond] == code]] |= WORD
    return classes


def words_of(codes: Codes, classes: Classes) -> tuple[list[str], Places, Places]:
    r"""The words of a text in lower case, as `[^\W_]+(?:[-'’.][^\W_]+)*` finds them, where each begins and ends.

    Half of the time of that pattern: everything between words is blanked, and the rest split at the blanks.
    """
    mask = np.zeros(len(codes) + 2, bool)
    mask[1:-1] = (classes & WORD) != 0
    joints = np.flatnonzero((classes & JOINT) != 0) + 1
    mask[joints[mask[joints - 1] & mask[joints + 1]]] = True
    blanked = np.maximum(codes * mask[1:-1], _BLANK, dtype=np.uint32)
    edges = np.flatnonzero(mask[1:] != mask[:-1])
    return blanked.tobytes().decode("utf-32-le").lower().split(), edges[::2], edges[1::2]


def letters_of(lines: Iterable[str]) -> list[str]:
    """Each line, in lower case, without anything but letters and digits; no line may hold a line end."""
    codes = codes_of("\n".join(lines).lower())
    kept = ((classes_of(codes) & WORD) != 0) | (codes == _LINE_END)
    letters: str = codes[kept].tobytes().decode("utf-32-le")
    return letters.split("\n")


def resolved(text: str) -> str:
    """The text with the references in it resolved; as it is where one has more digits than Python makes a number of."""
    try:
        return html.unescape(text)
    except ValueError:
        return text
