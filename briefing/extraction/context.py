"""What the first scores of a page say of each line: who stands around it, and what the presumed article speaks of.

The first network sees words, marks and places, but not what it made of the neighbours. Here its scores become
measures themselves (*auto-context*, Tu 2008), for a second network that decides: the scores and kept words nearby,
where the article begins and ends, which words a line has in common with what was chosen and with what was not, and
whether it addresses readers where the article does not. Shares are straight lines of the scores, not exponentials, and
all is rounded to 1/64, so that it is exact on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from briefing.extraction.features import WORD_CLASSES

if TYPE_CHECKING:
    from briefing.extraction.features import Array, Page

_STEPS = (-4, -3, -2, -1, 1, 2, 3, 4)
_REACHES = (-25, -10, -4, 4, 10, 25)
_LOGARITHMS: Array = np.log1p(np.arange(64.0))
_SELF, _YOU = WORD_CLASSES.index("self"), WORD_CLASSES.index("you")
_SURE = 1.4
"""A score from which a line is taken for sure: odds of four to one."""

NAMES = (
    "score",
    "share",
    *(f"score {step:+d}" for step in _STEPS),
    *(f"{what} within {reach:+d}" for reach in _REACHES for what in ("share", "kept words")),
    *(
        f"{which} {what}"
        for which in ("since", "until")
        for what in ("kept", "kept long", "sure", "left", "surely left")
    ),
    "kept so far",
    "kept to come",
    "log kept so far",
    "log kept to come",
    "log kept",
    "kept of page",
    "like the kept",
    "much like the kept",
    "rather like the kept",
    "self of article",
    "self against article",
    "you of article",
    "you against article",
    "against its paragraphs",
    "its paragraphs",
)
"""The measures, in the order of the columns."""


def context(page: Page, scores: Array) -> Array:
    """The measures that follow from the first scores, a row a line and a column for each of `NAMES`."""
    count = len(scores)
    score = np.rint(np.clip(scores, -6.0, 6.0) * 32) / 64
    share = np.rint(np.clip(scores / 4 + 0.5, 0.0, 1.0) * 64) / 64
    mass = share * np.minimum(page.words, 150.0)  # one long paragraph shall not be the article
    rows = np.zeros((len(NAMES), count))
    rows[0], rows[1] = score, share * 2
    place = 2
    for step in _STEPS:
        if abs(step) < count:
            if step < 0:
                rows[place, -step:] = score[:step]
            else:
                rows[place, :-step] = score[step:]
        place += 1
    rows[place : place + 2 * len(_REACHES)] = _means(share, np.log1p(mass))
    place += 2 * len(_REACHES)
    kept, long, prose = scores > 0, page.words >= 20, page.words >= 12  # noqa: PLR2004 - a paragraph, a sentence
    events = np.stack(
        [kept, kept & long, (scores > _SURE) & long & (page.closed > 0), ~kept & prose, (scores < -_SURE) & prose]
    )
    rows[place : place + 5] = _since(events)
    rows[place + 5 : place + 10] = _since(events[:, ::-1])[:, ::-1]
    place += 10
    sums = np.zeros(count + 1)
    np.cumsum(mass, out=sums[1:])
    total = max(float(sums[-1]), 1.0)
    rows[place] = sums[:-1] / total * 2
    rows[place + 1] = 2 - sums[1:] / total * 2
    rows[place + 2] = np.log1p(sums[:-1])
    rows[place + 3] = np.log1p(sums[-1] - sums[1:])
    rows[place + 4] = np.log1p(total)
    rows[place + 5] = sums[-1] / max(float(page.words.sum()), 1.0) * 2
    place += 6
    rows[place : place + 3] = _likeness(page, share)
    rows[place + 3 : place + 7] = _voice(page, share)
    paragraphs = np.sort(page.words[kept & prose])
    middle = np.log1p(paragraphs[len(paragraphs) // 2] if len(paragraphs) else 20.0)
    rows[place + 7] = np.clip(np.log1p(page.words) - middle, -3.0, 3.0)
    rows[place + 8] = middle
    np.clip(rows, -8.0, 8.0, out=rows)
    rows *= 64
    np.rint(rows, out=rows)
    rows *= 1 / 64
    return rows.T


def _means(share: Array, mass: Array) -> Array:
    """The means of both over the lines before and after, as far as each of `_REACHES`."""
    count = len(share)
    sums = np.zeros((2, count + 1))
    np.cumsum(np.stack([share * 2, mass]), axis=1, out=sums[:, 1:])
    index = np.arange(count)
    found = np.empty((len(_REACHES), 2, count))
    for number, reach in enumerate(_REACHES):
        if reach < 0:
            found[number] = (sums[:, :-1] - sums[:, np.maximum(index + reach, 0)]) / -reach
        else:
            found[number] = (sums[:, np.minimum(index + 1 + reach, count)] - sums[:, 1:]) / reach
    return found.reshape(-1, count)


def _since(marks: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Array:
    """The logarithm of the lines since the last marked one (0 on it), at most that of 64; a row each."""
    index = np.arange(marks.shape[1])
    last = np.maximum.accumulate(np.where(marks, index, -1000), axis=1)
    return _LOGARITHMS[np.minimum(index - last, 63)]


def _likeness(page: Page, share: Array) -> Array:
    """How much of each line's words the kept lines hold too, how often, and whether rather they than the others."""
    owners, names, bounds = page.owners, page.names_of_words, page.bounds
    weight = np.where(page.words >= 8, share, 0.0)[owners]  # noqa: PLR2004 - a heading repeats what it heads
    against = (1.0 - share)[owners]
    size = len(names)
    held = np.bincount(names, weight, minlength=size)[names] - weight
    left = np.bincount(names, against, minlength=size)[names] - against
    sums = np.zeros((3, size + 1))
    np.cumsum(
        np.stack([np.minimum(held, 1.0), np.minimum(held, 3.0) / 3, np.log((held + 0.3) / (left + 0.3))]),
        axis=1,
        out=sums[:, 1:],
    )
    of = np.maximum(page.contents, 1.0)
    found: Array = (sums[:, bounds[1:]] - sums[:, bounds[:-1]]) / of
    some = np.minimum(page.contents, 6.0) / 3
    found[:2] *= some
    found[2] *= np.sqrt(some)
    return found


def _voice(page: Page, share: Array) -> Array:
    """How often the other kept lines say `we` and `you`, and how often a line does so where they do not."""
    words = share * page.words
    total = float(words.sum())
    found = np.empty((4, len(share)))
    for number, kind in enumerate((_SELF, _YOU)):
        said = page.of_class[kind]
        kept = share * said
        others = (float(kept.sum()) - kept) / np.maximum(total - words, 20.0)
        found[2 * number] = np.minimum(others * 30, 4.0)
        found[2 * number + 1] = np.minimum(said / np.maximum(page.words, 1.0) * 8, 3.0) / (1.0 + others * 60)
    return found
