"""What the first scores of a page say of each line: who stands around it, and what the presumed article speaks of.

The first network sees words, marks and places, but not what it made of the neighbours. Here its scores become
measures themselves (*auto-context*, Tu 2008), for a second network that decides: the scores and kept words nearby,
where the article begins and ends, and which words a line has in common with what was chosen. Shares are straight lines
of the scores, not exponentials, and all is rounded to 1/64, so that it is exact on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from briefing.extraction.features import rounded, since

if TYPE_CHECKING:
    from briefing.extraction.features import Array, Page

_REACHES = (-25, -10, -4, 4, 10, 25)
_EVENTS = ("sure", "left", "surely left")
_SURE = 1.4
"""A score from which a line is taken for sure: odds of four to one."""

NAMES = (
    "share",
    "score",
    *(f"{what} within {reach:+d}" for reach in _REACHES for what in ("share", "kept words")),
    *(f"{which} {what}" for which in ("since", "until") for what in _EVENTS),
    "log kept so far",
    "log kept to come",
    "log kept",
    "kept so far",
    "kept to come",
    "kept of page",
    "like the kept",
    "much like the kept",
    "against its paragraphs",
    "its paragraphs",
)
"""The measures, in the order of the columns."""


def context(page: Page, scores: Array) -> Array:
    """The measures that follow from the first scores, a row a line and a column for each of `NAMES`."""
    share = np.rint(np.minimum(np.maximum(scores * 16 + 32, 0.0), 64.0)) / 64
    mass = share * np.minimum(page.words, 150.0)  # one long paragraph shall not be the article
    rows = np.empty((len(NAMES), len(scores)))
    means = np.empty((2, len(scores)))
    np.multiply(share, 2, out=means[0])
    np.log1p(mass, out=means[1])
    rows[0] = means[0]
    np.minimum(np.maximum(scores / 2, -3.0), 3.0, out=rows[1])
    _around(means, rows[2:])
    place = 2 + 2 * len(_REACHES)
    is_prose, is_kept = page.words >= 12, scores > 0  # noqa: PLR2004 - a sentence
    events = np.empty((len(_EVENTS), len(scores)), bool)
    events[0] = (scores > _SURE) & (page.words >= 20) & page.closed  # noqa: PLR2004 - a paragraph
    np.greater(is_prose, is_kept, out=events[1])
    np.logical_and(is_prose, scores < -_SURE, out=events[2])
    since(events, rows[place:])
    place += 2 * len(events)
    _so_far(mass, page.words, rows[place : place + 6])
    _likeness(page, share, rows[place + 6 : place + 8])
    paragraphs = np.sort(page.words[is_kept & is_prose])
    middle = np.log1p(paragraphs[len(paragraphs) // 2] if len(paragraphs) else 20.0)
    np.minimum(np.maximum(np.log1p(page.words) - middle, -3.0), 3.0, out=rows[place + 8])
    rows[place + 9] = middle
    rounded(rows)
    return rows.T


def _around(values: Array, into: Array) -> None:
    """Writes the means over as many lines after each line as `_REACHES` say, or before it; beyond the page is 0."""
    rows, count = values.shape
    far = max(_REACHES)
    sums = np.zeros((rows, count + 1 + 2 * far))
    np.cumsum(values, axis=1, out=sums[:, far + 1 : far + count + 1])
    sums[:, far + count + 1 :] = sums[:, far + count, None]
    for number, reach in enumerate(_REACHES):
        mean = into[number * rows : (number + 1) * rows]
        begin, end = (far + reach, far) if reach < 0 else (far + 1, far + 1 + reach)
        np.subtract(sums[:, end : end + count], sums[:, begin : begin + count], out=mean)
        mean /= abs(reach)


def _so_far(mass: Array, words: Array, into: Array) -> None:
    """How much is kept before and after each line, and of the page."""
    sums = np.zeros(len(mass) + 1)
    np.cumsum(mass, out=sums[1:])
    whole = float(sums[-1])
    total = max(whole, 1.0)
    into[0], into[2] = sums[:-1], total
    np.subtract(whole, sums[1:], out=into[1])
    np.multiply(into[:2], 2 / total, out=into[3:5])
    into[5] = whole / max(float(np.add.reduce(words)), 1.0) * 2
    np.log1p(into[:3], out=into[:3])


def _likeness(page: Page, share: Array, into: Array) -> None:
    """How much of each line's words the other kept lines hold too, and how often."""
    names = page.names_of_words
    counts = np.diff(page.bounds)
    weight = np.repeat(np.where(page.words >= 8, share, 0.0), counts)  # noqa: PLR2004 - a heading repeats what it heads
    held = np.bincount(names, weight)[names] - weight
    sums = np.zeros((2, len(names) + 1))
    np.minimum(held, 1.0, out=sums[0, 1:])
    np.minimum(held, 3.0, out=sums[1, 1:])
    np.cumsum(sums, axis=1, out=sums)
    found = sums[:, page.bounds]
    np.subtract(found[:, 1:], found[:, :-1], out=into)
    into *= np.minimum(page.contents, 6.0) / np.maximum(page.contents, 1.0) * [[1 / 3], [1 / 9]]
