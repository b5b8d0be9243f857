"""Which line is the headline, and where the page repeats it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from briefing.extraction import furniture
from briefing.extraction.credits import outlet
from briefing.extraction.features import STEMS
from briefing.extraction.vocabulary import WORD_CLASSES
from briefing.model import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.extraction.features import Page

_CUT = re.compile(r"\s*(?:\.{3}|…)$")
_OUTLET_TAIL = re.compile(r"\s+[|–—·-]\s+[^|–—·]{2,40}$|\s+[|·]\s+.*$")
_SEPARATOR = re.compile(r"\s+(?:[|·»›–—-]|//|::)\s+|\s*\|\s*")
_INITIAL = re.compile(r"([^\W_]{1,8}|.?).*", re.DOTALL)
_ENDING = re.compile(r"\.[a-z]{2,4}$", re.IGNORECASE)
_DASHES = frozenset("–—-")
_SIGN_HEAVY = re.compile(r"[|>»›]")

_TIME = WORD_CLASSES.index("time")

_LONGEST = 500
"""Letters of a title beyond which nothing is taken off it; the longest labelled headline has 200."""

_REACH = 60
"""Lines before the body in which a headline is looked for; in the labelled dumps it stands at most 36 before."""

_MOSTLY = 0.6
"""Share of a name's letters from which the name of the host is its main part: `brandeins` of `brand eins online`."""

_STEM = 5
"""Letters by which words of headline and body are compared, so that inflection does not part them."""

_BODIES = 40
"""Lines of the body whose words a headline may share."""

_LEAST = 2.2
"""Score below which no line is called a headline: one clear sign and half of its words shared, or more."""


def find_title(page: Page, kept: Sequence[bool], hint: str | None = None) -> int | None:
    """Index of the line that is the headline of the kept lines, None where no line is clearly one.

    A headline has 2 to 30 words and no full stop, stands before the body, shares words with it, and is often repeated
    by the page (as its title, cut off by an aggregator, in a breadcrumb).

    Args:
        page: The lines.
        kept: For each, whether it is the article's.
        hint: The headline that the page's metadata names, if any: a line that equals it, or says it and the outlet,
            is taken at once.
    """
    sentence = 12
    bodies = np.flatnonzero(np.array(kept, bool) & (page.words >= sentence) & (page.closed > 0)).tolist()
    if not bodies:
        return None
    first = bodies[0]
    if hint:
        wanted = fold(hint).lower()
        same = [index for index, lower in enumerate(page.lower) if lower == wanted] or repeats(page, fold(hint))
        if same:
            return next((index for index in reversed(same) if index < first), same[0])
    begin = max(0, first - _REACH)
    above = _Above(begin, first, [line.text.lower() for line in page.lines[begin:first]])
    fewest, most = 2, 30
    best, best_score = None, _LEAST
    for index, shared in enumerate(_shared(page, above, bodies[:_BODIES]), begin):
        if shared >= 0 and fewest <= page.words[index] <= most:
            score = _score(page, index, shared, above, best_score)
            if score > best_score:
                best, best_score = index, score
    return best


class _Above(NamedTuple):
    """The lines above the body in which a headline is looked for."""

    begin: int
    end: int
    lower: list[str]


def _shared(page: Page, above: _Above, bodies: Sequence[int]) -> list[float]:
    """For each line above the body the share of its words that begin like one of these lines; -1 where it has none."""
    edges = page.edges
    stems = page.stems(_STEM, edges[bodies[-1] + 1])
    is_held = np.zeros(STEMS, bool)
    is_body = np.zeros(len(edges) - 1, bool)
    is_body[bodies] = True
    is_held[stems[np.repeat(is_body, np.diff(edges))[: len(stems)]]] = True
    is_held[0] = False  # of short words
    places = edges[above.begin : above.end + 1] - edges[above.begin]
    part = stems[edges[above.begin] : edges[above.end]]
    counts = np.diff(np.flatnonzero(part).searchsorted(places))
    shared = np.diff(np.flatnonzero(is_held[part]).searchsorted(places))
    found: list[float] = np.where(counts > 0, shared / np.maximum(counts, 1), -1.0).tolist()
    return found


def _score(page: Page, index: int, shared: float, above: _Above, least: float) -> float:
    """How much a line above the body, which has that share of its words, looks like its headline; 0 below `least`."""
    text = page.lines[index].text
    words = page.words[index]
    if "\n" in text:
        return 0.0
    further = 2.1 if index else 3.1  # all that can come to it
    if 2.0 * shared + further - 0.03 * (above.end - index) <= least:
        return 0.0
    is_cut = text.endswith(("...", "…"))
    menu = 6
    if (text[-1] in ".:;,|" and not is_cut) or page.digits[index] * 4 > page.length[index] or page.copies[index] > menu:
        return 0.0
    normal = 4
    score = float(
        2.0 * shared
        + (1.2 if _is_repeated(above, index - above.begin, is_cut=is_cut) else 0.0)
        + (1.0 if index == 0 else 0.0)
        + (0.6 if words >= normal else -0.4)
        + (0.3 if page.gaps[index] else 0.0)
        - (0.8 if page.of_class[_TIME, index] * 3 >= words else 0.0)
        - (0.6 if page.kinds[index] >= 0 else 0.0)
        - (0.8 if is_cut else 0.0)
        - 0.03 * (above.end - index)
    )
    return 0.0 if score <= least or _is_furniture(text) else score


def _is_furniture(text: str) -> bool:
    return bool(_SIGN_HEAVY.search(text) or furniture.certain(text) or furniture.credit_at_end(text))


def _is_repeated(above: _Above, place: int, *, is_cut: bool) -> bool:
    """True where another line above the body begins with this one, or holds it and little else."""
    lower = _CUT.sub("", above.lower[place]) if is_cut else above.lower[place]
    section = 12  # letters that the name of a section may have
    return len(lower) > section and any(
        lower in other and index != place and (len(other) < 2 * len(lower) + 40 or other.startswith(lower))
        for index, other in enumerate(above.lower)
    )


def repeats(page: Page, title: str) -> list[int]:
    """Indices of the lines that only repeat a headline: whole, cut off, or with the outlet's name behind it."""
    wanted = _bare(title)
    cut_off = 15
    found = []
    for index in page.beginning(_INITIAL.sub(r"\1", title.lower())):
        written = page.lines[index].text.lower()
        if len(written) > 2 * len(title) + 60:
            continue
        lower = _bare(written)
        if not (wanted.startswith(lower) or lower.startswith(wanted)):
            continue  # most lines that begin with the same word
        is_cut = len(lower) >= cut_off and wanted.startswith(lower) and _CUT.search(written) is not None
        if lower and (wanted == lower or is_cut or wanted == _bare(_OUTLET_TAIL.sub("", fold(written)))):
            found.append(index)
    return found


def _bare(text: str) -> str:
    """Its letters and digits alone, in lower case."""
    return "".join(filter(str.isalnum, text.lower()))


def without_outlet(title: str, own: Collection[str], host: str = "") -> str:
    """A title without the name of its outlet behind or before it, ` - DER SPIEGEL`, ` | tagesschau.de | Politik`.

    Only where that is certain: what stands beyond a separator is one of the outlet's own names, letter by letter, or
    the name of the page's host and little else; or, where the page tells none, a name of the list of outlets.

    Args:
        title: On one line.
        own: The names that the page gives to its outlet.
        host: The host of the page's address, `www.brandeins.de`.
    """
    if len(title) > _LONGEST:
        return title
    host = host.lower().removeprefix("www.")
    labels = host.split(".")[:-1]
    names = {bare for name in (*own, host, *labels) if (bare := _bare(name))}
    few = 2  # words of a headline
    matches = list(_SEPARATOR.finditer(title))
    for match, following in zip_longest(matches, matches[1:]):
        before, after = title[: match.start()].strip(), title[match.end() :].strip()
        part = title[match.end() : following.start()].strip() if following and _is_bar(match) else after
        for rest, name in ((before, after), (before, part), (after, before)):
            is_outlet = _is_of(name, names, labels) if names else outlet(name) is not None
            if is_outlet and len(rest.split()) >= few:
                return rest
    return title


def _is_bar(separator: re.Match[str]) -> bool:
    """False for a dash, which may stand in a headline as well."""
    return separator[0].strip() not in _DASHES


def _is_of(name: str, names: Collection[str], labels: Collection[str]) -> bool:
    """True for a name of the outlet, with `.de` or without, and for the host's with a word more, `blatt online`."""
    bare = _bare(name)
    return (
        bare in names
        or _bare(_ENDING.sub("", name)) in names
        or any(len(label) >= _STEM and label in bare and len(label) >= _MOSTLY * len(bare) for label in labels)
    )
