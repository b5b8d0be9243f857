"""What can be measured of each line of a page: its words and marks, its neighbours, its place.

The measures are computed for all lines at once with numpy, over one table of character classes and one of word
classes, because a page must take no more than two milliseconds. All values are rounded to 1/64, so that the sums of the
model are exact and a page has the same article on every machine.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache, cached_property
from itertools import compress, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing import lexicon
from briefing.extraction.characters import (
    CLOSE,
    COMMA,
    DIGIT,
    IDEOGRAPH,
    LOWER,
    QUOTE,
    SIGN,
    SPACE,
    STOP,
    UPPER,
    classes_of,
    codes_of,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.extraction.characters import Classes, Codes, Mask, Places
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

_SIGNPOST_KINDS = np.array([PHRASE_KINDS.index(name) for name in _SIGNPOSTS])

_FURNITURE = [number for number, name in enumerate(WORD_CLASSES) if name not in {"stop", "self", "you", "time"}]


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
def _phrases() -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """The index of each phrase's kind, and by their first four letters how long phrases are, the longest first."""
    kinds: dict[str, int] = {}
    lengths: dict[str, set[int]] = {}
    for index, kind in enumerate(PHRASE_KINDS):
        for language in ("all", *lexicon.languages()):
            for phrase in lexicon.table(language, "extraction").get("phrases", {}).get(kind, ()):
                kinds.setdefault(phrase, index)
                lengths.setdefault(phrase[:4], set()).add(len(phrase))
    return kinds, {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


@cache
def _short_starts() -> frozenset[str]:
    """The first two letters of the phrases that have two or three."""
    return frozenset(start[:2] for start in _phrases()[1] if len(start) < 4)  # noqa: PLR2004 - letters of a key


def openings(lowers: Sequence[str]) -> list[int]:
    """For each line, in lower case, the index of the kind of phrase with which it begins; -1 for none, as most."""
    (kinds, lengths), short = _phrases(), _short_starts()
    return [_opening(lower, kinds, lengths) if lower[:4] in lengths or lower[:2] in short else -1 for lower in lowers]


def _opening(lower: str, kinds: Mapping[str, int], lengths: Mapping[str, tuple[int, ...]]) -> int:
    for start in (lower[:4], lower[:3], lower[:2]):
        for length in lengths.get(start, ()):
            kind = kinds.get(phrase := lower[:length])
            if kind is not None and not (phrase[-1].isalpha() and lower[length : length + 1].isalpha()):
                return kind
    return -1


_LOGARITHMS: Array = np.log1p(np.arange(64.0))


class Page:
    """A page's lines with their measures; `matrix` holds a row a line.

    Attributes:
        kinds: For each line the index of the kind of phrase it begins with, -1 for none.
        lower: Each line in lower case.
        tokens: The words of all lines, in lower case; those of a line begin at its number in `edges`.
        words: Words of each line; an ideograph counts as half a word.
        window: First and last-but-one line of the densest stretch of prose.
        names_of_words: Of each long word of no class its number on this page; those of a line begin at `bounds`.
        owners: Of each of these words the line it stands in.
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
        codes = codes_of(text)
        classes = classes_of(codes)
        self._tokenise(codes, classes)
        bounds = np.stack([self.starts, self.ends], axis=1).ravel()
        padded = np.append(classes, np.uint16(SPACE))
        is_space = (padded & SPACE) != 0
        begins = ~is_space
        begins[1:] &= is_space[:-1]
        stops = np.flatnonzero((classes & STOP) != 0)
        stops = stops[(padded[stops + 1] & (SPACE | CLOSE | IDEOGRAPH)) != 0]
        self.length = (self.ends - self.starts).astype(np.float64)
        self.lowers = _tally((padded & LOWER) != 0, bounds)
        found = stops.searchsorted(bounds)
        self.stops = (found[1::2] - found[::2]).astype(np.float64)
        # Of the other classes a text has few, so they are counted among themselves.
        rare = np.flatnonzero((classes & (UPPER | DIGIT | COMMA | SIGN | QUOTE | IDEOGRAPH)) != 0)
        among, of_rare = rare.searchsorted(bounds), classes[rare]
        self.words = np.maximum(_tally(begins, bounds), _counts((of_rare & IDEOGRAPH) != 0, among) / 2)
        uppers = (of_rare & UPPER) != 0
        self.capitals = _counts(uppers & begins[rare], among)
        self.uppers = _counts(uppers, among)
        self.digits = _counts((of_rare & DIGIT) != 0, among)
        self.commas = _counts((of_rare & COMMA) != 0, among)
        self.signs = _counts((of_rare & SIGN) != 0, among)
        self.quotes = _counts((of_rare & QUOTE) != 0, among)
        last = self.ends - 1
        for _ in range(2):
            last = np.where(((classes[last] & CLOSE) != 0) & (last > self.starts), last - 1, last)
        self.last = classes[last]
        self.last_code = codes[last]
        self.first = classes[self.starts]

    def _tokenise(self, codes: Codes, classes: Classes) -> None:
        """The words of the lines, in lower case and in order, and the number of the first of each line."""
        self.tokens, begins, ends = words_of(codes, classes)
        self._is_long = ends - begins > 4  # noqa: PLR2004 - letters of a word that means something
        first, after = begins.searchsorted(self.starts), begins.searchsorted(self.ends)
        counts = after - first
        if counts.sum() < len(begins):  # some stand outside of the lines: in the marks of a Markdown file
            inside = np.zeros(len(begins) + 1, np.int64)
            np.add.at(inside, first, 1)
            np.subtract.at(inside, after, 1)
            is_inside = np.cumsum(inside)[:-1] > 0
            self.tokens = list(compress(self.tokens, is_inside.tolist()))
            self._is_long = self._is_long[is_inside]
        self.edges = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=self.edges[1:])

    def _vocabulary(self) -> None:
        table = word_classes()
        self.lower = [line.text.lower() for line in self.lines]
        count = len(self.tokens)
        classes = np.zeros(count + 1, np.uint16)  # one more, for lines after the last word
        classes[:-1] = np.fromiter(map(table.get, self.tokens, repeat(0)), np.uint16, count)
        self._content = np.flatnonzero(self._is_long & (classes[:-1] == 0))
        bits = np.unpackbits(classes.view(np.uint8).reshape(count + 1, 2), axis=1, bitorder="little")
        sums = np.add.reduceat(bits, self.edges[:-1], axis=0, dtype=np.int32)
        sums[self.edges[1:] == self.edges[:-1]] = 0  # of a line without words it gives the next one's first
        self.of_class = sums.T[: len(WORD_CLASSES)].astype(np.float64)
        self.kinds = openings(self.lower)
        copies = Counter(self.lower)
        self.copies = np.fromiter(map(copies.__getitem__, self.lower), np.float64, len(self.lower))

    @cached_property
    def furniture(self) -> list[tuple[str, int]]:
        """For each line the class of furniture that most of its words are of, and how many."""
        kinds = self.of_class[_FURNITURE]
        tops = kinds.argmax(axis=0)
        counts = kinds[tops, np.arange(len(tops))].astype(int).tolist()
        return [(WORD_CLASSES[_FURNITURE[top]], count) for top, count in zip(tops.tolist(), counts, strict=True)]

    def _shape(self) -> None:
        words = np.maximum(self.words, 1.0)
        closed = (self.last & STOP) != 0
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
        content = self._content
        tokens = self.tokens
        words = list(map(tokens.__getitem__, content.tolist()))
        numbers = dict(zip(words, range(len(words)), strict=True))  # of each word its last place, which names it
        names = np.fromiter(map(numbers.__getitem__, words), np.int64, len(words))
        edges = content.searchsorted(self.edges)
        window = slice(edges[self.window[0]], edges[self.window[1]])
        others = np.bincount(names[window], minlength=len(names))[names]
        others[window] -= 1
        bounds = np.stack([edges[:-1], edges[1:]], axis=1).ravel()
        self.names_of_words, self.bounds = names, edges
        self.contents = np.diff(edges).astype(np.float64)
        self.owners = np.repeat(np.arange(len(self.lines)), np.diff(edges))
        self.likeness = _counts(others > 0, bounds) / np.maximum(self.contents, 1)

    def _assemble(self) -> Array:
        count = len(self.lines)
        kinds = np.array(self.kinds)
        single, place = self._single(), self._place()
        self.names, near_rows, around_rows = _names(tuple(single), tuple(place))
        rows = np.empty((len(self.names), count))  # a row a measure: filling columns takes three times as long
        for row, values in enumerate(single.values()):
            rows[row] = values
        np.log1p(rows[: len(_LOGARITHMIC)], out=rows[: len(_LOGARITHMIC)])
        row = len(single)
        classes = rows[row : row + len(WORD_CLASSES) - 1]
        np.divide(np.minimum(self.of_class[1:], 4.0), np.sqrt(np.maximum(self.words, 1.0)), out=classes)
        row += len(classes)
        rows[row : row + len(PHRASE_KINDS)] = kinds == np.arange(len(PHRASE_KINDS))[:, None]
        row += len(PHRASE_KINDS)
        sums = np.zeros((len(around_rows), count + 1))
        np.cumsum(rows[around_rows], axis=1, out=sums[:, 1:])
        near = _rounded(rows[:row])[near_rows]
        for step in _STEPS:
            _shift(near, step, rows[row : row + len(near)])
            row += len(near)
        rest = rows[row:]
        row = 0
        for reach in _REACHES:
            _mean(sums, reach, rest[row : row + len(sums)])
            row += len(sums)
        for measured in place.values():
            rest[row] = measured
            row += 1
        self._signposts(kinds, rest[row:])
        _rounded(rest)
        return rows.T

    def _single(self) -> dict[str, Array | Mask]:
        """What is measured of each line alone, but for its classes and kind; the first few before the logarithm."""
        words = np.maximum(self.words, 1.0)
        length = np.maximum(self.length, 1.0)
        contents = np.minimum(self.contents, 6.0)
        return {
            "log words": self.words,
            "log letters": self.length,
            "sentences": self.stops,
            "prose": self.prose,
            "letters a word": np.minimum(self.length / words, 16.0) / 4,
            "function words": self.of_class[0] / words * 2,
            "closed": self.closed,
            "ellipsis": self.ellipsis,
            "colon": self.last_code == ord(":"),
            "lower first": (self.first & LOWER) != 0,
            "digit first": (self.first & DIGIT) != 0,
            "sign first": (self.first & (SIGN | COMMA | STOP)) != 0,
            "quote first": (self.first & QUOTE) != 0,
            "capitals": self.capitals / words,
            "upper": self.uppers / np.maximum(self.lowers + self.uppers, 1.0),
            "digits": self.digits / length * 4,
            "commas": np.minimum(self.commas / words * 8, 3.0),
            "signs": np.minimum(self.signs, 6.0) / 2,
            "quotes": np.minimum(self.quotes, 6.0) / 2,
            "copies": np.minimum(self.copies - 1, 3.0),
            "gap": self.gaps,
            "gap after": np.append(self.gaps[1:], 1.0),
            "likeness": self.likeness * contents / 3,
            "unlike": (1 - self.likeness) * contents / 3,
        }

    def _place(self) -> dict[str, Array | Mask | float]:
        """Where each line stands: in the page, and relative to the prose."""
        count = len(self.lines)
        index = np.arange(count, dtype=np.float64)
        first, last = self.window
        sums = np.zeros(count + 1)
        np.cumsum(self.prose, out=sums[1:])
        total = max(float(sums[-1]), 1.0)
        return {
            "place": index / count * 2,
            "log place": np.log1p(index),
            "log rest": np.log1p(count - 1 - index),
            "prose so far": sums[:-1] / total * 2,
            "prose to come": 2 - sums[1:] / total * 2,
            "log prose so far": np.log1p(sums[:-1]),
            "log prose to come": np.log1p(sums[-1] - sums[1:]),
            "in window": (index >= first) & (index < last),
            "lines before window": np.log1p(np.maximum(first - index, 0)),
            "lines after window": np.log1p(np.maximum(index - last + 1, 0)),
            "lines into window": np.log1p(np.maximum(index - first + 1, 0)) * (index < last),
            "lines to window end": np.log1p(np.maximum(last - index, 0)) * (index >= first),
            "window share": (sums[last] - sums[first]) / total * 2,
            "page lines": np.log1p(count),
            "page prose": np.log1p(sums[-1]),
            "gaps of page": self.gaps.mean(),
        }

    def _signposts(self, kinds: np.ndarray[Any, np.dtype[np.int64]], into: Array) -> None:
        """Writes after and before which furniture each line stands, a row a kind, and how much of it was seen."""
        kind_count = len(_SIGNPOSTS)
        events = np.empty((1 + kind_count, len(self.lines)), bool)
        np.greater_equal(self.prose, 12, out=events[0])  # a sentence
        marked = events[1:]
        np.equal(kinds, _SIGNPOST_KINDS[:, None], out=marked)
        marked &= self.words <= 12  # noqa: PLR2004 - the heading of a box
        into[: len(events)] = _since(events)
        into[len(events) : 2 * len(events)] = _since(events[:, ::-1])[:, ::-1]
        marked[:, : self.window[0]] = False
        np.minimum(np.cumsum(marked, axis=1), 3, out=into[2 * len(events) :])


_LOGARITHMIC = ("log words", "log letters", "sentences", "prose")
"""The first measures of a line, of which the logarithm is taken."""


@cache
def _names(single: tuple[str, ...], place: tuple[str, ...]) -> tuple[tuple[str, ...], list[int], list[int]]:
    """The names of all measures in order, and which of a line's own are taken of the lines nearby and averaged."""
    own = (
        *single,
        *(f"words {name}" for name in WORD_CLASSES[1:]),
        *(f"opens {name}" for name in PHRASE_KINDS),
    )
    events = ("prose", *_SIGNPOSTS)
    names = (
        *own,
        *(f"{name} {step:+d}" for step in _STEPS for name in _NEAR),
        *(f"{name} within {reach:+d}" for reach in _REACHES for name in _AROUND),
        *place,
        *(f"since {name}" for name in events),
        *(f"until {name}" for name in events),
        *(f"{name} seen" for name in _SIGNPOSTS),
    )
    return names, [own.index(name) for name in _NEAR], [own.index(name) for name in _AROUND]


def _counts(mask: Mask, bounds: Places) -> Array:
    """How many of `mask` hold between the first and second, third and fourth … of `bounds`."""
    sums = np.zeros(len(mask) + 1, np.int64)
    np.cumsum(mask, out=sums[1:])
    found = sums[bounds]
    return (found[1::2] - found[::2]).astype(np.float64)


def _tally(mask: Mask, bounds: Places) -> Array:
    """The same, a third of the time, where every second of `bounds` is greater than the one before and has a place."""
    return np.add.reduceat(mask.view(np.uint8), bounds, dtype=np.int64)[::2].astype(np.float64)


def _rounded(values: Array) -> Array:
    """The values themselves, cut at 8 and rounded to 1/64."""
    np.clip(values, -8.0, 8.0, out=values)
    values *= 64
    np.rint(values, out=values)
    values *= 1 / 64
    return values


def _shift(values: Array, step: int, into: Array) -> None:
    """Writes of each line the values `step` lines further on; beyond the page they are 0."""
    if step < 0:
        into[:, :-step] = 0.0
        into[:, -step:] = values[:, :step]
    else:
        into[:, :-step] = values[:, step:]
        into[:, -step:] = 0.0


def _mean(sums: Array, reach: int, into: Array) -> None:
    """Writes the mean over the `reach` lines after each line, or before it where negative; beyond the page is 0.

    Args:
        sums: A row a measure: what it comes to before each line, and in all.
        reach: Lines.
        into: Where to; a row a measure.
    """
    count = into.shape[1]
    far = min(abs(reach), count)
    if reach < 0:
        into[:, :far] = sums[:, :far]
        np.subtract(sums[:, far:count], sums[:, : count - far], out=into[:, far:])
    else:
        np.subtract(sums[:, far + 1 :], sums[:, 1 : count - far + 1], out=into[:, : count - far])
        np.subtract(sums[:, count:], sums[:, count - far + 1 :], out=into[:, count - far :])
    into /= abs(reach)


def _since(marks: Mask) -> Array:
    """The logarithm of the lines since the last marked one (0 on it), at most that of 64; a row a kind of mark."""
    index = np.arange(marks.shape[1])
    last = np.maximum.accumulate(np.where(marks, index, -1000), axis=1)
    found: Array = _LOGARITHMS.take(index - last, mode="clip")
    return found
