"""The article in a page with markup: trafilatura's choice, put right where the lines themselves tell otherwise.

trafilatura knows the tree, the first network knows lines. So trafilatura is asked for its text of what the network
does not exclude, and a second, linear one weighs both: it brings back the lede that trafilatura loses under the
headline, and removes captions, boxes and pointers that it leaves in. What is removed stays in the article's text with
its reason, as in a dump.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from briefing.extraction.choice import Choice
from briefing.extraction.engine import foreign, text_of_tree
from briefing.extraction.features import Page
from briefing.extraction.lines import MOST_LINES, Line
from briefing.extraction.markup import chosen, measures, taken
from briefing.extraction.pagedata import from_tree
from briefing.extraction.scoring import scores, scores_with_markup
from briefing.extraction.tree import Marked, Shown, lines_of_tree
from briefing.model import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from briefing.extraction.features import Array
    from briefing.model import Document, Metadata

DEPTH = 240
"""Elements within one another that a page may have; the deepest labelled one has 42, and lxml gives up at 256."""

_ATTRIBUTES = 300
"""Attributes that a tag may have; the time of lxml grows with their square, 50,000 take it 50 s."""

_SPACE = r"[ \t\n\f\r]"
_ATTRIBUTES_OF = rf"""(?:(?:{_SPACE}|/)*+(?:[^ \t\n\f\r/>=]++|=)
    (?:{_SPACE}*+={_SPACE}*+(?:"[^"]*+"?|'[^']*+'?|[^ \t\n\f\r>]*+))?+){{0,{_ATTRIBUTES}}}+(?:{_SPACE}|/)*+"""

# One by one, because a group in a loop that does not go back is more than `re` of Python 3.11 can do.
_WITHOUT_TAGS = "|".join(
    rf"<{name}(?={_SPACE}|[/>]){_ATTRIBUTES_OF}(?<!/)>(?:[^<]++|<(?!/{name}(?:{_SPACE}|[/>])))*+"
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
)

# What lxml takes for comments, elements that hold no tags, and tags, as the HTML standard tells them; without going
# back, so in linear time: .4 ms a labelled page. It ends before the page does where a tag has too many attributes.
_UNCROWDED = re.compile(
    rf"""(?:[^<]++
    |<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))
    |{_WITHOUT_TAGS}
    |<(?![a-z])
    |<[a-z][^ \t\n\f\r/>]*+{_ATTRIBUTES_OF}(?=>|\Z))*+""",
    re.IGNORECASE | re.VERBOSE,
)

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
    shown = lines_of_tree(tree)
    if shown.depth > DEPTH:
        return Rejected(document.file, "nested too deep", f"its elements lie more than {DEPTH} deep in one another")
    if (many := len(shown.lines)) > MOST_LINES:
        return Rejected(document.file, "too many lines", f"{many:,} lines; an article has at most {MOST_LINES:,}")
    found = from_tree(tree)
    if not shown.lines:
        hidden = hidden_body([], np.zeros(0), text_of_tree(tree, []))
        nothing = Rejected(document.file, "no article", "the page shows no text")
        return nothing if hidden is None else _chosen_of_hidden(hidden, found)
    page = Page(shown.text, shown.lines)
    first = scores(page)
    body = text_of_tree(tree, foreign(shown.blocks, page.words, first))
    held = taken([line.text for line in shown.lines], body)
    hidden = hidden_body(shown.lines, held, body)
    if hidden is not None:
        return _chosen_of_hidden(hidden, found)
    return _weighed(shown, page, held, first, found)


def _chosen_of_hidden(shown: Shown, found: Metadata) -> Choice:
    page = Page(shown.text, shown.lines)
    return _weighed(shown, page, np.ones(len(shown.lines)), scores(page), found)


def _weighed(shown: Shown, page: Page, held: Array, first: Array, found: Metadata) -> Choice:
    """The lines by what trafilatura and the network say of them; by the network alone where the other is silent."""
    if not held.any():
        return Choice(shown.text, page, (first > 0.0).tolist(), shown.marks, found)
    matrix, names = measures(page, shown.marks, held, first, found.title.value if found.title else None)
    kept, trusted = chosen(page, held, scores_with_markup(matrix, names))
    return Choice(shown.text, page, kept, shown.marks, found, trusted)


def _is_crowded(text: str) -> bool:
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


def hidden_body(lines: Sequence[Line], held: Array, body: str) -> Shown | None:
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
    marks = [Marked("p", 0, 0.0, 0, quoted=False)] * len(found)
    return Shown("\n\n".join(pieces), found, marks, [], 0)
