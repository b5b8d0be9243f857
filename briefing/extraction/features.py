"""What can be measured of each line of a page: its words and marks, its neighbours, its place.

The measures are computed for all lines at once with numpy, over one table of character classes and one of word
classes, because a page must take no more than two milliseconds. All values are rounded to 1/64, so that the sums of the
model are exact and a page has the same article on every machine.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.lines import Line

Array = np.ndarray[Any, np.dtype[np.float64]]

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

# The measures that are also taken of the lines nearby, and averaged over stretches before and after.
_NEAR = (
    "log words", "function words", "closed", "ellipsis", "likeness", "capitals", "gap", "digits", "words share",
    "words comment", "words related", "words credit", "words byline", "words time", "opens related", "opens comment",
    "opens share", "opens byline", "copies", "prose",
)  # fmt: skip
_AROUND = (
    "prose", "log words", "closed", "likeness", "copies", "ellipsis", "words comment", "words time", "words self",
    "words navigation", "words related", "words you",
)  # fmt: skip
_STEPS = (-3, -2, -1, 1, 2, 3)
_REACHES = (-25, -10, -4, 4, 10, 25)
_SIGNPOSTS = ("related", "comment", "share", "byline", "paywall", "widget", "legal", "credit", "advert")

_FURNITURE = [number for number, name in enumerate(WORD_CLASSES) if name not in {"stop", "self", "you", "time"}]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_LOWER, _UPPER, _DIGIT, _SPACE, _STOP, _COMMA, _SIGN, _QUOTE, _CLOSE, _IDEOGRAPH = (1 << bit for bit in range(10))


@cache
def _character_classes() -> np.ndarray[Any, np.dtype[np.uint16]]:
    """Class bits of each character of the basic plane."""
    bits = {"Ll": _LOWER, "Lu": _UPPER, "Lt": _UPPER, "Nd": _DIGIT, "Zs": _SPACE}
    table = np.zeros(0x10000, np.uint16)
    for code in range(0x10000):
        table[code] = bits.get(unicodedata.category(chr(code)), 0)
    for marks, bit in (
        ("\n\t", _SPACE),
        (".!?…。！？", _STOP),
        (",;、，；", _COMMA),
        ("|•·»›→>◄►▼▲/#@*+_=©®™★☆✓✔[]{}<", _SIGN),
        ("\"„“”‚‘’«»'", _QUOTE),
        ("\"“”‘’«»')]*", _CLOSE),
    ):
        for mark in marks:
            table[ord(mark)] |= bit
    for first, last in ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x0E00, 0x0E7F)):
        table[first : last + 1] |= _IDEOGRAPH
    return table


@cache
def word_classes() -> dict[str, int]:
    """Class bits of each word of the tables of all languages."""
    found: dict[str, int] = {}
    for language in ("all", *lexicon.languages()):
        words = lexicon.table(language, "extraction").get("words", {})
        for bit, name in enumerate(WORD_CLASSES):
            for word in words.get(name, "").split():
                found[sys.intern(word)] = found.get(word, 0) | 1 << bit
    return found


@cache
def phrases() -> dict[str, tuple[tuple[str, int], ...]]:
    """Phrases with the index of their kind, longest first, by their first four letters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for language in ("all", *lexicon.languages()):
        table = lexicon.table(language, "extraction").get("phrases", {})
        for index, kind in enumerate(PHRASE_KINDS):
            for phrase in table.get(kind, ()):
                found.setdefault(phrase[:4], []).append((phrase, index))
    return {
        start: tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry))) for start, entries in found.items()
    }


def opening(lower: str) -> int:
    """Index of the kind of phrase with which a line, in lower case, begins; -1 for none."""
    table = phrases()
    four, three, two = lower[:4], lower[:3], lower[:2]
    if four not in table and three not in table and two not in table:
        return -1  # as of most lines
    for phrase, kind in chain(table.get(four, ()), table.get(three, ()), table.get(two, ())):
        if lower.startswith(phrase) and not (phrase[-1].isalpha() and lower[len(phrase) : len(phrase) + 1].isalpha()):
            return kind
    return -1


_LOGARITHMS: Array = np.log1p(np.arange(64.0))


def _sums(values: Array) -> Array:
    return np.concatenate([[0.0], np.cumsum(values)])


class Page:
    """A page's lines with their measures; `matrix` holds a row a line.

    Attributes:
        kinds: For each line the index of the kind of phrase it begins with, -1 for none.
        furniture: For each line the class of furniture that most of its words are of, and how many.
        words: Words of each line; an ideograph counts as half a word.
        window: First and last-but-one line of the densest stretch of prose.
    """

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.gaps = np.array([line.gap for line in lines], np.float64)
        self.starts = np.array([line.start for line in lines])
        self.ends = np.array([line.end for line in lines])
        self._characters(text)
        self._vocabulary()
        self._shape()
        self._densest()
        self._likeness()
        self.matrix = self._assemble()

    # ------------------------------------------------------------------------------------------------- single lines

    def _characters(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        classes = _character_classes()[np.minimum(codes, 0xFFFF)]
        self._classes = classes
        padded = np.concatenate([[_SPACE], classes])
        begins = ((classes & _SPACE) == 0) & ((padded[:-1] & _SPACE) != 0)

        def count(mask: np.ndarray[Any, np.dtype[np.bool_]]) -> Array:
            places = np.flatnonzero(mask)  # few of many: two searches cost less than a sum over all
            counts: Array = (places.searchsorted(self.ends) - places.searchsorted(self.starts)).astype(np.float64)
            return counts

        following = np.concatenate([classes[1:], [_SPACE]])
        self.length = (self.ends - self.starts).astype(np.float64)
        self.words = np.maximum(count(begins), count((classes & _IDEOGRAPH) != 0) / 2)
        self.capitals = count(begins & ((classes & _UPPER) != 0))
        self.uppers = count((classes & _UPPER) != 0)
        self.lowers = count((classes & _LOWER) != 0)
        self.digits = count((classes & _DIGIT) != 0)
        self.commas = count((classes & _COMMA) != 0)
        self.signs = count((classes & _SIGN) != 0)
        self.quotes = count((classes & _QUOTE) != 0)
        self.stops = count(((classes & _STOP) != 0) & ((following & (_SPACE | _CLOSE | _IDEOGRAPH)) != 0))
        last = self.ends - 1
        for _ in range(2):
            last = np.where(((classes[last] & _CLOSE) != 0) & (last > self.starts), last - 1, last)
        self.last = classes[last]
        self.last_code = codes[last]
        self.first = classes[self.starts]

    def _vocabulary(self) -> None:
        table = word_classes()
        lowers = [line.text.lower() for line in self.lines]
        by_line = [_WORD.findall(lower) for lower in lowers]
        tokens = list(chain.from_iterable(by_line))
        numbers = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
        self._idents = np.array(list(map(numbers.__getitem__, tokens)), np.int64)
        self._content = np.array([len(token) > 4 and token not in table for token in numbers], bool)  # noqa: PLR2004
        self._tokens = np.array(list(map(len, by_line)), np.int64)
        self._edges = np.concatenate([[0], np.cumsum(self._tokens)])
        classes = np.array(list(map(table.get, numbers, repeat(0))), np.int64)[self._idents]
        sums = np.zeros((len(tokens) + 1, len(WORD_CLASSES)), np.int64)
        np.cumsum((classes[:, None] >> np.arange(len(WORD_CLASSES))) & 1, axis=0, out=sums[1:])
        self.of_class = (sums[self._edges[1:]] - sums[self._edges[:-1]]).T.astype(np.float64)
        kinds = self.of_class[_FURNITURE]
        tops = kinds.argmax(axis=0)
        counts = kinds[tops, np.arange(len(lowers))].astype(int).tolist()
        self.furniture = [
            (WORD_CLASSES[_FURNITURE[top]], count) for top, count in zip(tops.tolist(), counts, strict=True)
        ]
        self.kinds = list(map(opening, lowers))
        places = {lower: place for place, lower in enumerate(dict.fromkeys(lowers))}
        copies = np.array(list(map(places.__getitem__, lowers)), np.int64)
        self.copies = np.bincount(copies)[copies].astype(np.float64)

    def _shape(self) -> None:
        words = np.maximum(self.words, 1.0)
        closed = (self.last & _STOP) != 0
        ellipsis = self.last_code == ord("…")
        texts = [line.text for line in self.lines]
        ellipsis |= np.array([text.endswith(("...", "... »", "[...]", "[…]")) for text in texts], bool)
        self.closed = (closed & ~ellipsis).astype(np.float64)
        self.ellipsis = ellipsis.astype(np.float64)
        stop_share = self.of_class[0] / words
        self.prose = (
            self.words
            * np.clip(stop_share * 4, 0.0, 1.0)
            * np.where(self.closed > 0, 1.0, 0.5)
            * np.where(self.words >= 8, 1.0, 0.3)  # noqa: PLR2004 - shorter sentences are rare in articles
        )

    # ----------------------------------------------------------------------------------------------------- the page

    def _densest(self) -> None:
        """The stretch of lines with the most prose, where each line costs 6 words and each clear furniture more."""
        values = (np.minimum(self.prose, 120.0) - 6.0).tolist()
        best, best_from, best_to = -1e9, 0, 0
        running, begin = 0.0, 0
        for index, value in enumerate(values):
            if running <= 0:
                running, begin = 0.0, index
            running += value
            if running > best:
                best, best_from, best_to = running, begin, index + 1
        self.window = (best_from, best_to)

    def _likeness(self) -> None:
        """For each line the share of its content words that other lines of the densest stretch hold too."""
        first, last = self.window
        edges = self._edges
        inside = np.bincount(self._idents[edges[first] : edges[last]], minlength=len(self._content))
        owners = np.repeat(np.arange(len(self.lines)), self._tokens)
        within = (owners >= first) & (owners < last)
        content = self._content[self._idents]
        shared = content & (inside[self._idents] - within > 0)
        sums = np.concatenate([[0], np.cumsum(shared)])
        totals = np.concatenate([[0], np.cumsum(content)])
        hits = sums[edges[1:]] - sums[edges[:-1]]
        of = totals[edges[1:]] - totals[edges[:-1]]
        self.likeness = hits / np.maximum(of, 1)
        self.contents = of.astype(np.float64)

    def _assemble(self) -> Array:
        count = len(self.lines)
        words = np.maximum(self.words, 1.0)
        letters = np.maximum(self.lowers + self.uppers, 1.0)
        log_words = np.log1p(self.words)
        gap = self.gaps
        gap_after = np.concatenate([gap[1:], [1.0]])
        kinds = np.array(self.kinds)
        stop_share = self.of_class[0] / words
        own: dict[str, Array] = {
            "log words": log_words,
            "log letters": np.log1p(self.length),
            "letters a word": np.minimum(self.length / words, 16.0) / 4,
            "function words": stop_share * 2,
            "closed": self.closed,
            "ellipsis": self.ellipsis,
            "colon": (self.last_code == ord(":")).astype(np.float64),
            "lower first": ((self.first & _LOWER) != 0).astype(np.float64),
            "digit first": ((self.first & _DIGIT) != 0).astype(np.float64),
            "sign first": ((self.first & (_SIGN | _COMMA | _STOP)) != 0).astype(np.float64),
            "quote first": ((self.first & _QUOTE) != 0).astype(np.float64),
            "capitals": self.capitals / words,
            "upper": self.uppers / letters,
            "digits": self.digits / np.maximum(self.length, 1.0) * 4,
            "commas": np.minimum(self.commas / words * 8, 3.0),
            "sentences": np.log1p(self.stops),
            "signs": np.minimum(self.signs, 6.0) / 2,
            "quotes": np.minimum(self.quotes, 6.0) / 2,
            "copies": np.minimum(self.copies - 1, 3.0),
            "gap": gap,
            "gap after": gap_after,
            "likeness": self.likeness * np.minimum(self.contents, 6.0) / 3,
            "unlike": (1 - self.likeness) * np.minimum(self.contents, 6.0) / 3,
            "prose": np.log1p(self.prose),
        }
        for bit, name in enumerate(WORD_CLASSES[1:], 1):
            own[f"words {name}"] = np.minimum(self.of_class[bit], 4.0) / np.sqrt(words)
        for index, name in enumerate(PHRASE_KINDS):
            own[f"opens {name}"] = (kinds == index).astype(np.float64)
        names = list(own)
        single = np.stack(list(own.values()), axis=1)
        near = single[:, [names.index(name) for name in _NEAR]]
        around = single[:, [names.index(name) for name in _AROUND]]
        place, place_names = self._place(kinds, count)
        parts = [
            single,
            *(_shifted(near, step) for step in _STEPS),
            *(_mean(around, reach) for reach in _REACHES),
            place,
        ]
        self.names = (
            *names,
            *(f"{name} {step:+d}" for step in _STEPS for name in _NEAR),
            *(f"{name} within {reach:+d}" for reach in _REACHES for name in _AROUND),
            *place_names,
        )
        matrix = np.concatenate(parts, axis=1)
        np.clip(matrix, -8.0, 8.0, out=matrix)
        matrix *= 64
        np.rint(matrix, out=matrix)
        matrix /= 64
        return matrix

    def _place(self, kinds: np.ndarray[Any, np.dtype[np.int64]], count: int) -> tuple[Array, list[str]]:
        """Where each line stands: in the page, relative to the prose, and after which furniture."""
        index = np.arange(count, dtype=np.float64)
        first, last = self.window
        sums = _sums(self.prose)
        total = max(float(sums[-1]), 1.0)
        within = (index >= first) & (index < last)
        columns = {
            "place": index / count * 2,
            "log place": np.log1p(index),
            "log rest": np.log1p(count - 1 - index),
            "prose so far": sums[:-1] / total * 2,
            "prose to come": 2 - sums[1:] / total * 2,
            "log prose so far": np.log1p(sums[:-1]),
            "log prose to come": np.log1p(sums[-1] - sums[1:]),
            "in window": within.astype(np.float64),
            "lines before window": np.log1p(np.maximum(first - index, 0)),
            "lines after window": np.log1p(np.maximum(index - last + 1, 0)),
            "lines into window": np.log1p(np.maximum(index - first + 1, 0)) * (index < last),
            "lines to window end": np.log1p(np.maximum(last - index, 0)) * (index >= first),
            "window share": np.full(count, (sums[last] - sums[first]) / total * 2),
            "page lines": np.full(count, np.log1p(count)),
            "page prose": np.full(count, np.log1p(sums[-1])),
            "gaps of page": np.full(count, np.mean(self.gaps)),
        }
        short = self.words <= 12  # noqa: PLR2004 - the heading of a box
        marked = (kinds[:, None] == np.array([PHRASE_KINDS.index(name) for name in _SIGNPOSTS])) & short[:, None]
        long = self.prose >= 12  # noqa: PLR2004 - a sentence
        events = np.concatenate([long[:, None], marked], axis=1)
        seen = np.minimum(np.cumsum(marked & (index >= first)[:, None], axis=0), 3).astype(np.float64)
        names = [
            *columns,
            *(f"since {name}" for name in ("prose", *_SIGNPOSTS)),
            *(f"until {name}" for name in ("prose", *_SIGNPOSTS)),
            *(f"{name} seen" for name in _SIGNPOSTS),
        ]
        parts = [np.stack(list(columns.values()), axis=1), _since(events), _since(events[::-1])[::-1], seen]
        return np.concatenate(parts, axis=1), names


def _shifted(values: Array, step: int) -> Array:
    """The rows `step` lines further on, 0 beyond the page."""
    moved = np.zeros_like(values)
    if step < 0:
        moved[-step:] = values[:step]
    else:
        moved[:-step] = values[step:]
    return moved


def _mean(values: Array, reach: int) -> Array:
    """The mean of the `reach` rows after each row, or before it where negative; beyond the page is 0."""
    count = len(values)
    sums = np.zeros((count + 1, values.shape[1]))
    np.cumsum(values, axis=0, out=sums[1:])
    index = np.arange(count)
    begin, end = (
        (np.maximum(index + reach, 0), index) if reach < 0 else (index + 1, np.minimum(index + 1 + reach, count))
    )
    return (sums[end] - sums[np.minimum(begin, end)]) / abs(reach)


def _since(marks: np.ndarray[Any, np.dtype[np.bool_]]) -> Array:
    """The logarithm of the rows since the last marked one (0 on it), at most that of 64; by column."""
    index = np.arange(len(marks))[:, None]
    last = np.maximum.accumulate(np.where(marks, index, -1000), axis=0)
    return _LOGARITHMS[np.minimum(index - last, 63)]
