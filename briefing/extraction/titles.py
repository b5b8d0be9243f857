"""Which line is the headline, and where the page repeats it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extraction import furniture
from briefing.model import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.features import Page

_WORD = re.compile(r"[^\W\d_]{3,}")
_CUT = re.compile(r"\s*(?:\.{3}|…)$")
_OUTLET_TAIL = re.compile(r"\s+[|–—·-]\s+[^|–—·]{2,40}$|\s+[|·]\s+.*$")
_SIGN_HEAVY = re.compile(r"[|>»›]")

_REACH = 60
"""Lines before the body in which a headline is looked for; in the labelled dumps it stands at most 36 before."""

_STEM = 5
"""Letters by which words of headline and body are compared, so that inflection does not part them."""

_LEAST = 2.2
"""Score below which no line is called a headline: one clear sign and half of its words shared, or more."""


def find_title(page: Page, kept: Sequence[bool], hint: str | None = None) -> int | None:
    """Index of the line that is the headline of the kept lines, None where no line is clearly one.

    A headline has 2 to 30 words and no full stop, stands before the body, shares words with it, and is often repeated
    by the page (as its title, cut off by an aggregator, in a breadcrumb).

    Args:
        page: The lines.
        kept: For each, whether it is the article's.
        hint: The headline that the page's metadata names, if any: a line that equals it is taken at once.
    """
    sentence = 12
    bodies = [index for index, keep in enumerate(kept) if keep and page.words[index] >= sentence and page.closed[index]]
    if not bodies:
        return None
    first = bodies[0]
    lowers = [line.text.lower() for line in page.lines[: first + 1]]
    if hint:
        wanted = fold(hint).lower()
        same = [
            index
            for index, line in enumerate(page.lines)
            if len(line.text) == len(wanted) and line.text.lower() == wanted
        ]
        if same:
            return next((index for index in reversed(same) if index < first), same[0])
    stems = {word[:_STEM].lower() for index in bodies[:40] for word in set(_WORD.findall(page.lines[index].text))}
    begin = max(0, first - _REACH)
    best, best_score = None, _LEAST
    for index in range(begin, first):
        score = _score(page, index, stems, lowers, best_score)
        if score > best_score:
            best, best_score = index, score
    return best


def _score(page: Page, index: int, stems: set[str], lowers: list[str], least: float) -> float:
    """How much a line looks like the headline; 0 where it cannot reach `least`. The last of `lowers` is the body's."""
    first = len(lowers) - 1
    text = page.lines[index].text
    words = page.words[index]
    fewest, most = 2, 30
    if not fewest <= words <= most or "\n" in text:
        return 0.0
    tokens = [word[:_STEM].lower() for word in _WORD.findall(text)]
    if not tokens:
        return 0.0
    shared = sum(token in stems for token in tokens) / len(tokens)
    further = 2.1 if index else 3.1  # all that can come to it
    if 2.0 * shared + further - 0.03 * (first - index) <= least:
        return 0.0
    is_cut = text.endswith(("...", "…"))
    if (text[-1] in ".:;,|" and not is_cut) or furniture.certain(text) or furniture.credit_at_end(text):
        return 0.0
    menu = 6
    if _SIGN_HEAVY.search(text) or page.digits[index] * 4 > page.length[index] or page.copies[index] > menu:
        return 0.0
    lower = _CUT.sub("", lowers[index]) if is_cut else lowers[index]
    repeated = len(lower) > 12 and any(  # noqa: PLR2004 - longer than the name of a section
        other != index
        and (lowers[other].startswith(lower) or (lower in lowers[other] and len(lowers[other]) < 2 * len(lower) + 40))
        for other in range(max(0, first - _REACH), first)
    )
    normal = 4
    return float(
        2.0 * shared
        + (1.2 if repeated else 0.0)
        + (1.0 if index == 0 else 0.0)
        + (0.6 if words >= normal else -0.4)
        + (0.3 if page.gaps[index] else 0.0)
        - (0.8 if page.of_class[13, index] * 3 >= words else 0.0)
        - (0.6 if page.kinds[index] >= 0 else 0.0)
        - (0.8 if is_cut else 0.0)
        - 0.03 * (first - index)
    )


def repeats(page: Page, title: str) -> list[int]:
    """Indices of the lines that only repeat a headline: whole, cut off, or with the outlet's name behind it."""
    wanted = _bare(title)
    cut_off = 15
    found = []
    initial = title[:1].lower()
    for index, line in enumerate(page.lines):
        if line.text[0].lower() != initial or len(line.text) > 2 * len(title) + 60:
            continue
        lower = _bare(line.text)
        tail = _bare(_OUTLET_TAIL.sub("", fold(line.text)))
        is_cut = _CUT.search(line.text) is not None and len(lower) >= cut_off and wanted.startswith(lower)
        if lower and (wanted in {lower, tail} or is_cut):
            found.append(index)
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", _CUT.sub("", text).lower())
