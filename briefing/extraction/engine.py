"""trafilatura's text of a page, asked for when what is certainly not the article's is out of its way.

trafilatura copies the tree of a page many times and searches it many more, so every element it is spared is worth its
time; and menus, teasers and comments that are gone can neither be taken for the article nor outweigh it.
"""

from __future__ import annotations

import logging
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from briefing.extraction.features import Array
    from briefing.extraction.tree import Block

_ELEMENTS = 40_000
"""Elements above which trafilatura, whose time grows faster than the page, is left out; the labelled pages have at most
2,730."""

_CERTAIN = 3.0
"""Score (log-odds) below whose negative the first network is certain that a line is not the article's."""

_FEW = 2
"""Lines that a block must have to be taken out. With this and the bound above it pages took trafilatura .6 of the time,
and held-out F1 was .9446 after .9423 (bounds of 2.5, 3, 3.5 and 4: .9445, .9446, .9446, .9446; of blocks of one line,
too, with 3: .9407, for single lines of the article score that low at times)."""

_KNOWN = 40
"""Words of likely lines from which the first network knows where the article is; where it finds next to none, the page
may be of a kind it never saw, or hide its text until scripts run, and nothing is taken out."""

_SILENT = logging.NullHandler()
"""What trafilatura warns of is ours to say: a page without an article is a `Rejected`."""


def foreign(blocks: Sequence[Block], words: Array, scores: Array) -> list[HtmlElement]:
    """The outermost blocks that hold nothing but lines that are certainly not the article's.

    Args:
        blocks: Those of a page, an outer one after those in it.
        words: The words of each line.
        scores: What the first network says of each.
    """
    if words[scores > 0.0].sum() < _KNOWN:
        return []
    found: list[HtmlElement] = []
    open_lines = list(accumulate((scores >= -_CERTAIN).tolist(), initial=0))
    edge = len(scores)
    for element, first, after in reversed(blocks):  # what lies in a block comes right behind it
        if first < edge and after - first >= _FEW and open_lines[first] == open_lines[after]:
            found.append(element)
            edge = first
    return found


def text_of_tree(tree: HtmlElement, without: Sequence[HtmlElement]) -> str:
    """Trafilatura's text of a page, comments left out; empty where it finds none. Takes elements out of the tree.

    Args:
        tree: The page.
        without: Elements that lie in none of the others, which trafilatura does not see.
    """
    if tree.xpath("count(//*)") > _ELEMENTS:
        return ""
    from trafilatura import extract  # noqa: PLC0415 - 0.3 s to import

    _drop(tree, without)
    logging.getLogger("trafilatura").addHandler(_SILENT)
    try:
        return extract(tree, include_comments=False) or ""
    except ValueError:  # it resolves what its text spells out, also `&amp;#1…` of more digits than a number may have
        return ""


def _drop(tree: HtmlElement, without: Sequence[HtmlElement]) -> None:
    """Takes elements out of a tree, and what none of trafilatura's steps reads: scripts that are no data, and the like.

    All in one go, and called by one name for that: `drop_tree` joins texts in Python, is slower, and refuses characters
    that a parser lets through.
    """
    from lxml.etree import strip_elements  # noqa: PLC0415 - only pages need it

    for element in without:
        element.tag = "style"
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", ""):
            script.tag = "style"
    strip_elements(tree, "style", "link", "meta", "svg", with_tail=False)
