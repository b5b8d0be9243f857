"""Measures of a line that only a page with mark-up has: what trafilatura took, tags, class names, links."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.extraction.characters import letters_of, resolved
from briefing.extraction.tree import HINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.features import Array, Page
    from briefing.extraction.tree import Marked

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_SHORT = 15
"""Letters up to which a line that trafilatura's text holds may be there by chance, and needs neighbours that are
too."""

_INSIDE = 25
"""Letters from which a line may also be a part of a longer line of that text."""

_LONG = 60
"""Letters from which its first or last 50 suffice: trafilatura cuts and joins at some tags."""


_TO_REMOVE = 2.0
"""Score (log-odds) below whose negative a line of trafilatura's is removed. On held-out pages, before all rules,
1, 1.5, 2 and 2.5 gave F1 .943, .942, .941 and .940 in all, but .931, .936, .940 and .940 on English pages (0, measured
before the cells of tables counted: .938 and .908): a paragraph lost is a fact lost."""

_TO_ADD = 1.0
"""Score above which a line that trafilatura lost is brought back; from 0 to 1.5 held-out F1 moves by .001."""

_PARAGRAPH = 25
"""Words from which a closed line between trafilatura's sure ones is prose whatever its score."""


def taken(lines: Sequence[str], text: str) -> Array:
    """For each line how surely trafilatura's text holds it: 1 certainly, 0.6 or 0.7 likely, 0 not."""
    lines = [_resolved(line) for line in lines]
    pieces = [_resolved(piece) for piece in text.split("\n")]
    whole = set(letters_of(part for piece in pieces for part in piece.split("|")))
    joined = "\n".join(letters_of(pieces))
    found = np.zeros(len(lines))
    doubtful: list[int] = []
    for index, letters in enumerate(letters_of(lines)):
        if not letters:
            continue
        if letters in whole:
            if len(letters) > _SHORT:
                found[index] = 1.0
            else:
                doubtful.append(index)
        elif len(letters) > _INSIDE and letters in joined:
            found[index] = 1.0
        elif len(letters) > _LONG:
            found[index] = ((letters[:50] in joined) + (letters[-50:] in joined)) * 0.35
            found[index] = 1.0 if found[index] == 0.7 else 0.7 if found[index] else 0.0  # noqa: PLR2004
    found[_in_run(doubtful)] = 1.0
    certain = found == 1.0
    near = 3
    for index in (index for index in doubtful if not certain[index]):
        before = bool(certain[max(0, index - near) : index].any())
        after = bool(certain[index + 1 : index + 1 + near].any())
        found[index] = 1.0 if before and after else 0.6 if before or after else 0.0
    return found


def _resolved(line: str) -> str:
    """A line with the character references that it spells out resolved, which trafilatura does to visible text."""
    deep = 3
    for _ in range(deep):
        if "&" not in line or (told := " ".join(resolved(line).split())) == line:
            break
        line = told
    return line


def _in_run(indices: Sequence[int]) -> list[int]:
    """Those of ascending indices that stand in a row of four or more: cells of a table are not there by chance."""
    many = 4
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [index for run in runs if len(run) >= many for index in run]


def chosen(page: Page, held: Array, scores: Array) -> tuple[list[bool], list[bool]]:
    """For each line whether it is rather the article's, and whether trafilatura took it.

    Only strong evidence outvotes trafilatura, either way, and none takes a paragraph out of the middle of its text.

    Args:
        page: The lines.
        held: What `taken` says of each.
        scores: What the second network says of each.
    """
    trusted = held > 0.5  # noqa: PLR2004 - rather taken than not
    kept = np.where(trusted, scores > -_TO_REMOVE, scores > _TO_ADD)
    sure = np.flatnonzero((held == 1.0) & (page.words >= 12) & (scores > 0))  # noqa: PLR2004 - a sentence
    if len(sure):
        kept[sure[0] : sure[-1]] |= (trusted & (page.words >= _PARAGRAPH) & (page.closed > 0))[sure[0] : sure[-1]]
    return kept.tolist(), trusted.tolist()


def measures(
    page: Page, marks: Sequence[Marked], held: Array, scores: Array, title: str | None
) -> tuple[Array, tuple[str, ...]]:
    """A row a line for the second network, and the names of its columns.

    Args:
        page: The lines.
        marks: What the mark-up says of each.
        held: What `taken` says of each.
        scores: What the first network says of each.
        title: The headline by the page's metadata, if any.
    """
    count = len(held)
    score = np.clip(scores, -5.0, 5.0)
    weight = page.words * held
    total = max(float(weight.sum()), 1.0)
    sums = np.concatenate([[0.0], np.cumsum(weight)])
    sure = np.flatnonzero((held == 1.0) & (page.words >= 12))  # noqa: PLR2004 - a sentence
    first, last = (int(sure[0]), int(sure[-1])) if len(sure) else (0, count - 1)
    index = np.arange(count)
    linked = np.array([mark.linked for mark in marks])
    tags = [mark.tag for mark in marks]
    hints = np.array([mark.hints for mark in marks])
    heading = np.array([tag in _HEADINGS for tag in tags], np.float64)
    main = np.array([tag == "h1" for tag in tags])
    above = np.flatnonzero(main[: first + 1])
    under_title = (index > above[-1]) & (index < first) if len(above) else np.zeros(count, bool)
    before_held = (index < first) & (first - index <= 8)  # noqa: PLR2004 - as far as a lede and what stands around it
    alike_tag: dict[tuple[str, int], float] = defaultdict(float)
    alike_hint: dict[int, float] = defaultdict(float)
    for mark, value in zip(marks, weight.tolist(), strict=True):
        if value:
            alike_tag[mark.tag, mark.hints] += value / total
            alike_hint[mark.hints] += value / total
    columns: dict[str, Array | np.ndarray[Any, np.dtype[np.bool_]] | float] = {
        "score": score,
        "held": held,
        "held and score": held * score,
        "held before": sums[:-1] / total,
        "held after": 1 - sums[1:] / total,
        "held words": float(np.log1p(total) / 4),
        "before held": before_held,
        "score before held": np.where(before_held, np.maximum(score, 0), 0),
        "under headline": under_title,
        "score under headline": np.where(under_title, np.maximum(score, 0), 0),
        "beyond held": index > last,
        "score within held": np.where((index > first) & (index < last) & (held < 1), np.maximum(score, 0), 0),
        "linked": linked,
        "linked and held": linked * held,
        "heading": heading,
        "headline": main,
        "equals the title": _equal(page, title),
        "alike by tag": np.array([alike_tag.get((mark.tag, mark.hints), 0.0) for mark in marks]),
        "alike by hints": np.array([alike_hint.get(mark.hints, 0.0) for mark in marks]),
        "log words": np.log1p(page.words),
        "closed": page.closed,
        "copies": np.minimum(page.copies - 1, 3.0),
        "heading and low": heading * np.maximum(-score, 0),
        "held and low": held * np.maximum(-score - 1, 0),
    }
    for step in (-2, -1, 1, 2):
        moved = np.zeros(count)
        if step < 0:
            moved[-step:] = held[:step]
        else:
            moved[:-step] = held[step:]
        columns[f"held {step:+d}"] = moved
    for tag in ("p", "li", "td", "div", "figcaption"):
        columns[f"in {tag}"] = np.array([name == tag for name in tags])
    for bit, name in enumerate(HINTS):
        columns[f"hint {name}"] = (hints & 1 << bit) != 0
    rows = np.empty((len(columns), count))
    for row, values in enumerate(columns.values()):
        rows[row] = values
    np.clip(rows, -8.0, 8.0, out=rows)
    return (np.rint(rows * 64) / 64).T, tuple(columns)


def _equal(page: Page, title: str | None) -> Array:
    """1 for each line that is a headline but for case and marks."""
    wanted = "".join(letters_of([title or ""]))
    if not wanted:
        return np.zeros(len(page.lines))
    return np.array([letters == wanted for letters in letters_of(line.text for line in page.lines)], np.float64)
