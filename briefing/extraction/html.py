"""The article in a page with markup: trafilatura's choice, put right where the lines themselves tell otherwise.

trafilatura knows the tree, the first network knows lines. A second, linear one weighs both: it brings back the lede
that trafilatura loses under the headline, and removes captions, boxes and pointers that it leaves in. What is
removed stays in the article's text with its reason, as in a dump.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import numpy as np

from briefing.extraction.choice import Choice
from briefing.extraction.features import Page
from briefing.extraction.lines import MOST_LINES, Line
from briefing.extraction.markup import chosen, measures, taken
from briefing.extraction.pagedata import from_tree
from briefing.extraction.scoring import scores, scores_with_markup
from briefing.extraction.tree import Marked, lines_of_tree
from briefing.model import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from briefing.extraction.features import Array
    from briefing.model import Document

DEPTH = 240
"""Elements within one another that a page may have; the deepest labelled one has 42, and lxml gives up at 256."""

_ATTRIBUTES = 300
"""Attributes that a tag may have; the time of lxml grows with their square, 50,000 take it 50 s."""

_LONG_TAG = 4_000
"""Letters of a tag without `<` or `>` from which its attributes are counted; 2,000 attributes have more."""

_LONG_PAGE = 200_000
"""Letters of a page from which they always are: in less, tags with `<` and `>` in their values cannot hold it up."""

_ATTRIBUTE = r"""[\s/]*+(?:[^\s/>=]++|=)(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+"""

# What browsers take for tags, comments and scripts; without going back, so in linear time. It ends before the page does
# where a tag has too many attributes.
_UNCROWDED = re.compile(
    rf"""(?:[^<]++
    |<!--(?:[^-]++|-(?!->))*+
    |<script\b[^>]*+(?:[^<]++|<(?!/script\b))*+
    |<style\b[^>]*+(?:[^<]++|<(?!/style\b))*+
    |<(?![a-z])
    |<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{_ATTRIBUTES}}}+[\s/]*+(?=>|\Z))*+""",
    re.IGNORECASE | re.VERBOSE,
)

_SILENT = logging.NullHandler()
"""What trafilatura warns of is ours to say: a page without an article is a `Rejected`."""

_ELEMENTS = 40_000
"""Elements above which trafilatura, whose time grows faster than the page, is left out; the labelled pages have at most
2,730."""

_COVERED = 0.6
"""Share of trafilatura's words that must be among the visible lines; below it the page hides its text until
scripts run."""


def from_html(document: Document) -> Choice | Rejected:
    """The lines of a page, or why there is no article in it."""
    if _is_crowded(document.text):
        return Rejected(document.file, "too many attributes", f"a tag has more than {_ATTRIBUTES} attributes")
    tree = _parsed(document.text)
    if tree is None:
        return Rejected(document.file, "no article", "the page holds no element")
    return _lines_chosen(document, tree)


def _lines_chosen(document: Document, tree: HtmlElement) -> Choice | Rejected:
    text, lines, marks, depth = lines_of_tree(tree)
    if depth > DEPTH:
        return Rejected(document.file, "nested too deep", f"its elements lie more than {DEPTH} deep in one another")
    if len(lines) > MOST_LINES:
        return Rejected(document.file, "too many lines", f"{len(lines):,} lines; an article has at most {MOST_LINES:,}")
    found = from_tree(tree)
    many = tree.xpath("count(//*)") > _ELEMENTS
    body = "" if many else _trafilatura(tree)
    held = taken([line.text for line in lines], body)
    if (hidden := hidden_body(lines, held, body)) is not None:
        text, lines, marks = hidden
        held = np.ones(len(lines))
    if not lines:
        return Rejected(document.file, "no article", "the page shows no text")
    page = Page(text, lines)
    first = scores(page)
    if not held.any():
        return Choice(text, page, (first > 0.0).tolist(), marks, found)
    title = found.title.value if found.title else None
    matrix, names = measures(page, marks, held, first, title)
    kept, trusted = chosen(page, held, scores_with_markup(matrix, names))
    return Choice(text, page, kept, marks, found, trusted)


def _is_crowded(text: str) -> bool:
    if len(text) < _LONG_PAGE:
        pieces = [piece[:_LONG_TAG] for piece in text.split("<") if len(piece) > _LONG_TAG]
        if all(">" in piece for piece in pieces):
            return False
    found = _UNCROWDED.match(text)
    return found is None or found.end() < len(text)


def _parsed(text: str) -> HtmlElement | None:
    from lxml import etree, html  # noqa: PLC0415 - only pages need it

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    # All elements of one class: lxml.html asks a function in Python for the class of each, whenever it is met.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _trafilatura(tree: HtmlElement) -> str:
    """Trafilatura's text of the page, comments left out; empty where it finds none.

    The tree loses what none of trafilatura's steps reads, for it is copied and searched many times: a seventh of the
    time, and on all labelled pages the same text.
    """
    from trafilatura import extract as trafilatura_text  # noqa: PLC0415 - 0.3 s to import

    for element in list(tree.iter("script", "style", "link", "meta", "svg")):
        if element.getparent() is not None and (element.tag != "script" or "ld+json" not in element.get("type", "")):
            element.drop_tree()
    logging.getLogger("trafilatura").addHandler(_SILENT)
    return trafilatura_text(tree, include_comments=False) or ""


def hidden_body(lines: Sequence[Line], held: Array, body: str) -> tuple[str, list[Line], list[Marked]] | None:
    """Trafilatura's own lines, where a page hides its article until scripts run; None where it is visible.

    Args:
        lines: The visible lines of the page.
        held: What `taken` says of each.
        body: trafilatura's text.
    """
    words, few = len(body.split()), 40
    covered = sum(line.text.count(" ") + 1 for line, value in zip(lines, held.tolist(), strict=True) if value)
    if words <= few or covered >= _COVERED * words:
        return None
    pieces = [piece.strip() for piece in body.split("\n") if piece.strip()]
    found: list[Line] = []
    place = 0
    for piece in pieces:
        found.append(Line(place, place + len(piece), piece, gap=True))
        place += len(piece) + 2
    return "\n\n".join(pieces), found, [Marked("p", 0, 0.0, 0, quoted=False)] * len(found)
