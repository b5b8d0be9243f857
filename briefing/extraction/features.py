"""What can be measured of each line of a page: its words and marks, its neighbours, its place.

The measures are computed for all lines at once with numpy, over the classes of characters and the marks of words,
because a page must take no more than two milliseconds. All values are rounded to 1/64, so that the sums of the model
are exact and a page has the same article on every machine.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.extraction.characters import (
    CLOSE,
    DIGIT,
    IDEOGRAPH,
    LOWER,
    QUOTE,
    SIGN,
    SPACE,
    STOP,
    UPPER,
    Characters,
    mark_of,
    text_of,
)
from briefing.extraction.vocabulary import FIELDS, PHRASE_KINDS, UNCLASSED, WORD_CLASSES, openings, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.characters import Mask, Places
    from briefing.extraction.lines import Line

Array = np.ndarray[Any, np.dtype[np.float64]]

# The measures that are also taken of the lines nearby.
_NEAR = "log words", "closed", "gap", "function words", "prose"
_STEPS = (-2, -1, 1, 2)
_SIGNPOSTS = ("related", "comment", "share", "paywall", "widget", "legal")

_KINDS = np.arange(len(PHRASE_KINDS))[:, None]
_SIGNPOST_KINDS = np.array([PHRASE_KINDS.index(name) for name in _SIGNPOSTS])[:, None]

_FURNITURE = [number for number, name in enumerate(WORD_CLASSES) if name not in {"stop", "self", "you", "time"}]

STEMS = 1 << 16
"""Numbers that beginnings of words have: of a page's thousand, one in a hundred shares its number with another."""

_CAPITAL = FIELDS - 1
"""Column of the words' classes for those with a capital."""

_COUNTED = (UPPER, DIGIT, SIGN, QUOTE)
"""Classes of characters that are counted in each line."""


class Page:
    """A page's lines with their measures; `matrix` holds a row a line.

    Attributes:
        kinds: For each line the index of the kind of phrase it begins with, -1 for none.
        words: Words of each line; an ideograph counts as half a word.
        spans: Where the words of the lines begin and end.
        edges: For each line the number of its first word among those of the page, and at last how many there are.
        window: First and last-but-one line of the densest stretch of prose.
        contents: Long words of no class of each line.
        names_of_words: Of each of these its number on this page; those of a line begin at `bounds`.
        own: How many of the measures, the first ones, are not of the lines nearby.
    """

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.lines = lines
        starts, ends, _, gaps = zip(*lines, strict=True)
        count = len(lines)
        self.starts, self.ends = np.fromiter(starts, np.intp, count), np.fromiter(ends, np.intp, count)
        self.gaps = np.fromiter(gaps, np.float64, count)
        self._text = Characters(text)
        self._words()
        self._characters()
        self._shape()
        self._densest()
        self._likeness()
        self.matrix = self._assemble()

    # ------------------------------------------------------------------------------------------------- single lines

    def _words(self) -> None:
        """The words of the lines: how many of each class there are in each, and which are the same."""
        begins, ends = self._text.words()
        first, after = begins.searchsorted(self.starts), begins.searchsorted(self.ends)
        counts = after - first
        if counts.sum() < len(begins):  # some stand outside of the lines: in the marks of a Markdown file
            inside = np.zeros(len(begins) + 1, np.intp)
            np.add.at(inside, first, 1)
            np.subtract.at(inside, after, 1)
            is_inside = np.cumsum(inside)[:-1] > 0
            begins, ends = begins[is_inside], ends[is_inside]
        self.spans = begins, ends
        self.edges = np.zeros(len(counts) + 1, np.intp)
        np.cumsum(counts, out=self.edges[1:])
        marks = self._text.marks(begins, ends)
        self._openings = np.append(marks, np.uint32(0))[self.edges[:-1]]
        known, names = np.unique(marks, return_inverse=True)
        table, rows = rows_of(known)
        fields = np.zeros((len(names) + 1, FIELDS), np.uint16)  # one more, for lines after the last word
        table.view(np.uint64).take(rows[names], axis=0, out=fields[:-1].view(np.uint64), mode="clip")
        fields[:-1, UNCLASSED] *= ends - begins > 4  # noqa: PLR2004 - letters of a word that means something
        fields[:-1, _CAPITAL] = (self._text.classes[begins] & UPPER) != 0
        # Four sums for sixteen columns; in a line of 65,536 words of a class one runs over, which is harmless.
        sums = np.add.reduceat(fields.view(np.uint64), self.edges[:-1], axis=0).view(np.uint16)
        sums[counts == 0] = 0  # of a line without words it gives the next one's first
        self.of_class = sums.T.astype(np.float64)
        self.capitals = self.of_class[_CAPITAL]
        is_content = np.flatnonzero(fields[:-1, UNCLASSED] != 0)  # of booleans, which takes half of the time
        self.names_of_words = names[is_content]
        self.bounds = is_content.searchsorted(self.edges)
        self.contents = np.diff(self.bounds).astype(np.float64)
        self.words = counts.astype(np.float64)

    def _characters(self) -> None:
        classes = self._text.classes
        bounds = np.empty(2 * len(self.starts), np.intp)
        bounds[::2], bounds[1::2] = self.starts, self.ends
        counted = np.flatnonzero((classes & (STOP | sum(_COUNTED))) != 0)  # a tenth of them
        found = classes[counted]
        sums = np.zeros(len(counted) + 1, np.uint64)
        np.add.accumulate(_tallies().take(found), out=sums[1:])
        begun = sums[counted.searchsorted(bounds)]
        counts = (begun[1::2] - begun[::2]).view(np.uint16).reshape(-1, 4).T.astype(np.float64)
        self.uppers, self.digits, self.signs, self.quotes = counts
        if np.bitwise_or.reduce(classes) & IDEOGRAPH:
            ideographs = np.add.reduceat((classes & IDEOGRAPH) != 0, bounds, dtype=np.intp)[::2]
            self.words = np.maximum(self.words, ideographs / 2)
        stops = counted[(found & STOP) != 0]
        stops = stops[(classes[stops + 1] & (SPACE | CLOSE | IDEOGRAPH)) != 0]
        places = stops.searchsorted(bounds)
        self.stops = (places[1::2] - places[::2]).astype(np.float64)
        self.length = (self.ends - self.starts).astype(np.float64)

    def _shape(self) -> None:
        codes, classes = self._text.codes, self._text.classes
        last = self.ends - 1
        self.first = classes[self.starts]
        for _ in range(2):
            last -= ((classes[last] & CLOSE) != 0) & (last > self.starts)
        mark = codes[last]
        self.colon = mark == ord(":")
        self.ellipsis = (mark == ord("…")) | ((mark == ord(".")) & (codes[last - 1] == ord(".")))
        self.closed = ((classes[last] & STOP) != 0) & ~self.ellipsis
        stop_share = self.of_class[0] / np.maximum(self.words, 1.0)
        self.prose = (
            self.words
            * np.minimum(stop_share * 4, 1.0)
            * np.where(self.closed, 1.0, 0.5)
            * np.where(self.words >= 8, 1.0, 0.3)  # noqa: PLR2004 - shorter sentences are rare in articles
        )
        self.kinds = openings(self.lines, self._openings, codes[self.starts])
        marks = self._text.marks(self.starts, self.ends)
        ordered = np.sort(marks)
        self.copies = (ordered.searchsorted(marks, "right") - ordered.searchsorted(marks)).astype(np.float64)

    @cached_property
    def lower(self) -> list[str]:
        """Each line in lower case."""
        lower = text_of(self._text.lower)
        return [lower[start:end] for start, end, _, _ in self.lines]

    def beginning(self, letters: str) -> list[int]:
        """Indices of the lines that begin with these few letters, given in lower case."""
        begun = self._text.marks(self.starts, np.minimum(self.starts + len(letters), self.ends))
        found: list[int] = np.flatnonzero(begun == mark_of(letters)).tolist()
        return found

    def stems(self, letters: int, count: int) -> Places:
        """Of so many words a number below `STEMS`, the same for the same first letters; 0 for short words and numbers.

        Args:
            letters: How many letters are the beginning of a word.
            count: The first words of the page of which it is asked.
        """
        begins, ends = self.spans[0][:count], self.spans[1][:count]
        marks = self._text.marks(begins, np.minimum(ends, begins + letters))
        is_word = (ends - begins > 2) & ((self._text.classes[begins] & DIGIT) == 0)  # noqa: PLR2004 - letters
        found: Places = (marks % np.uint32(STEMS) * is_word).astype(np.intp)
        return found

    @cached_property
    def furniture(self) -> list[tuple[str, int]]:
        """For each line the class of furniture that most of its words are of, and how many."""
        kinds = self.of_class[_FURNITURE]
        tops = kinds.argmax(axis=0)
        counts = kinds[tops, np.arange(len(tops))].astype(int).tolist()
        return [(WORD_CLASSES[_FURNITURE[top]], count) for top, count in zip(tops.tolist(), counts, strict=True)]

    # ----------------------------------------------------------------------------------------------------- the page

    def _densest(self) -> None:
        """The stretch of lines with the most prose, where each line costs 6 words and each clear furniture more."""
        sums = np.zeros(len(self.lines) + 1)
        np.cumsum(np.minimum(self.prose, 120.0) - 6.0, out=sums[1:])
        last = int((sums[1:] - np.minimum.accumulate(sums[:-1])).argmax())
        self.window = int(sums[: last + 1].argmin()), last + 1

    def _likeness(self) -> None:
        """For each line the share of its content words that other lines of the densest stretch hold too."""
        names, edges = self.names_of_words, self.bounds
        window = slice(edges[self.window[0]], edges[self.window[1]])
        others = np.bincount(names[window], minlength=int(names.max(initial=-1)) + 1)[names]
        others[window] -= 1
        shared = np.flatnonzero(others > 0).searchsorted(edges)
        self.likeness = np.diff(shared) / np.maximum(self.contents, 1.0)

    def _assemble(self) -> Array:
        single, place = self._single(), self._place()
        self.names, self.own, near_rows = _names(tuple(single), tuple(place))
        # A row a measure: filling columns takes three times as long.
        rows = np.empty((len(self.names), len(self.lines)))
        for row, values in enumerate((*single.values(), *place.values())):
            rows[row] = values
        for part in (slice(len(_LOGARITHMIC)), slice(len(single), len(single) + len(_LOGARITHMIC_PLACES))):
            np.log1p(rows[part], out=rows[part])
        row = len(single) + len(place)
        classes = rows[row : row + len(WORD_CLASSES) - 1]
        np.minimum(self.of_class[1 : len(WORD_CLASSES)], 4.0, out=classes)
        classes /= np.sqrt(np.maximum(self.words, 1.0))
        row += len(classes)
        rounded(rows[:row])  # what follows is round
        kinds = np.array(self.kinds)
        np.equal(kinds, _KINDS, out=rows[row : row + len(PHRASE_KINDS)])
        row += len(PHRASE_KINDS)
        self._signposts(kinds, rows[row : self.own])
        _nearby(rows[near_rows], rows[self.own :])
        return rows.T

    def _single(self) -> dict[str, Array | Mask]:
        """What is measured of each line alone, but for its classes and kind; the first few before the logarithm."""
        words = np.maximum(self.words, 1.0)
        contents = np.minimum(self.contents, 6.0)
        return {
            "log words": self.words,
            "log letters": self.length,
            "sentences": self.stops,
            "prose": self.prose,
            "function words": self.of_class[0] / words * 2,
            "closed": self.closed,
            "ellipsis": self.ellipsis,
            "colon": self.colon,
            "lower first": (self.first & LOWER) != 0,
            "quote first": (self.first & QUOTE) != 0,
            "capitals": self.capitals / words,
            "upper": self.uppers / self.length,
            "digits": self.digits / self.length * 4,
            "signs": np.minimum(self.signs, 6.0) / 2,
            "quotes": np.minimum(self.quotes, 6.0) / 2,
            "copies": np.minimum(self.copies - 1, 3.0),
            "gap": self.gaps,
            "gap after": np.append(self.gaps[1:], 1.0),
            "likeness": self.likeness * contents / 3,
            "unlike": (1 - self.likeness) * contents / 3,
        }

    def _place(self) -> dict[str, Array | Mask | float]:
        """Where each line stands: in the page, and relative to the prose; the first few before the logarithm."""
        count = len(self.lines)
        index = np.arange(count, dtype=np.float64)
        first, last = self.window
        sums = np.zeros(count + 1)
        np.cumsum(self.prose, out=sums[1:])
        whole = float(sums[-1])
        total = max(whole, 1.0)
        return {
            "log place": index,
            "log prose so far": sums[:-1],
            "page prose": whole,
            "place": index / count * 2,
            "prose so far": sums[:-1] / total * 2,
            "prose to come": 2 - sums[1:] / total * 2,
            "window share": float(sums[last] - sums[first]) / total * 2,
            "gaps of page": np.count_nonzero(self.gaps) / count,
        }

    def _signposts(self, kinds: np.ndarray[Any, np.dtype[np.intp]], into: Array) -> None:
        """Writes after and before which furniture each line stands, a row a kind, and how much of it was seen."""
        marked = kinds == _SIGNPOST_KINDS
        marked &= self.words <= 12  # noqa: PLR2004 - the heading of a box
        count = len(marked)
        since(marked, into)
        marked[:, : self.window[0]] = False
        np.minimum(np.cumsum(marked, axis=1), 3, out=into[2 * count :])


_LOGARITHMIC = ("log words", "log letters", "sentences", "prose")
"""The first measures of a line, of which the logarithm is taken."""

_LOGARITHMIC_PLACES = ("log place", "log prose so far", "page prose")
"""The first measures of its place, of which the logarithm is taken."""


@cache
def _names(single: tuple[str, ...], place: tuple[str, ...]) -> tuple[tuple[str, ...], int, list[int]]:
    """The names of all measures in order, how many are own, and which of them are taken of lines nearby."""
    own = (
        *single,
        *place,
        *(f"words {name}" for name in WORD_CLASSES[1:]),
        *(f"opens {name}" for name in PHRASE_KINDS),
        *(f"since {name}" for name in _SIGNPOSTS),
        *(f"until {name}" for name in _SIGNPOSTS),
        *(f"{name} seen" for name in _SIGNPOSTS),
    )
    names = (*own, *(f"{name} {step:+d}" for step in _STEPS for name in _NEAR))
    return names, len(own), [own.index(name) for name in _NEAR]


@cache
def _tallies() -> np.ndarray[Any, np.dtype[np.uint64]]:
    """For all sets of class bits four numbers of 16 bits in one, a 1 for each class of `_COUNTED`: one sum counts all.

    In a line of 65,536 capitals one count runs over into the next, which is harmless.
    """
    bits = np.arange(1 << 11)[:, None] & np.array(_COUNTED) != 0
    found: np.ndarray[Any, np.dtype[np.uint64]] = bits.astype(np.uint16).view(np.uint64).ravel()
    return found


def rounded(values: Array) -> None:
    """Cuts the values, none of which is far below 0, at 8, and rounds them to 1/64."""
    np.minimum(values, 8.0, out=values)
    values *= 64
    np.rint(values, out=values)
    values *= 1 / 64


def _nearby(values: Array, into: Array) -> None:
    """Writes the values of the lines each of `_STEPS` further on; beyond the page they are 0."""
    rows, count = values.shape
    far = max(_STEPS)
    padded = np.zeros((rows, count + 2 * far))
    padded[:, far : far + count] = values
    for number, step in enumerate(_STEPS):
        into[number * rows : (number + 1) * rows] = padded[:, far + step : far + step + count]


_FAR = 64
_LOGARITHMS: Array = np.rint(np.log1p(np.arange(float(_FAR))) * 64) / 64


def since(marks: Mask, into: Array) -> None:
    """Writes the logarithm of the lines since the last marked one (0 on it), at most that of 64, then until the next.

    All of them are rounded to 1/64 already.

    Args:
        marks: A row a kind of mark.
        into: A row for each of both.
    """
    rows, count = marks.shape
    index = np.arange(count)
    both = np.empty((2 * rows, count), np.intp)
    np.copyto(both, -_FAR)
    np.copyto(both[:rows], index, where=marks)
    np.copyto(both[rows:], index, where=marks[:, ::-1])
    np.maximum.accumulate(both, axis=1, out=both)
    np.subtract(index, both, out=both)
    _LOGARITHMS.take(both[:rows], mode="clip", out=into[:rows])
    into[rows : 2 * rows] = _LOGARITHMS.take(both[rows:, ::-1], mode="clip")
