"""A page with markup as lines of text: what a reader sees, in order, each line with what the markup says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefing import lexicon
from briefing.extraction.lines import Line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HINTS = (
    "navigation",
    "footer",
    "aside",
    "comment",
    "related",
    "share",
    "caption",
    "byline",
    "widget",
    "advert",
    "paywall",
    "tags",
    "gallery",
    "body",
)
"""What class names and tags can say of a part of a page: the keys of `[hints]` in `extraction_html.toml`."""

_BY_TAG = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "figcaption": "caption",
    "form": "widget",
    "button": "widget",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """What the markup says of a line."""

    tag: str
    """The nearest element that makes a block: `p`, `li`, `h2`, `div`."""
    hints: int
    """Bits of `HINTS`, inherited from all elements around."""
    linked: float
    """Share of its characters that are link text."""
    level: int
    """How many lists it is in."""
    quoted: bool
    """True in a block quotation."""


@cache
def _tags(name: str) -> frozenset[str]:
    return frozenset(lexicon.table("all", "extraction_html")["tags"][name].split())


@cache
def _hint_pattern() -> re.Pattern[str]:
    table = lexicon.table("all", "extraction_html")["hints"]
    groups = (f"(?P<{name}>{'|'.join(map(re.escape, table[name].split()))})" for name in HINTS)
    return re.compile("|".join(groups))


@lru_cache(maxsize=4096)  # class names repeat within a page
def _hints_of(*attributes: str | None) -> int:
    names = " ".join(filter(None, attributes)).lower()
    bits = 0
    for match in _hint_pattern().finditer(names):
        bits |= 1 << HINTS.index(match.lastgroup or "")
    return bits


def lines_of_tree(root: HtmlElement) -> tuple[str, list[Line], list[Marked], int]:
    """The text of a page, its lines, what the markup says of each, and how deep its elements lie in one another.

    Blocks are set apart by blank lines, items of lists and cells by line ends, as browsers copy a page. No recursion:
    a page may be nested as deep as its parser allows.
    """
    walk = _Walk()
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, is_closing = stack.pop()
        if is_closing:
            walk.close(element)
        elif walk.enters(element):
            walk.open(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not root and element.tail:
            walk.add(element.tail)
    walk.flush()
    return "".join(walk.pieces), walk.lines, walk.marks, walk.deepest


class _Walk:
    """The text met so far, and what holds at the place reached: block, hints, links, lists, quotations.

    Attributes:
        pieces: The lines and what separates them.
        lines: The lines.
        marks: What the mark-up says of each.
        deepest: The greatest depth met.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[Line] = []
        self.marks: list[Marked] = []
        self.deepest = 0
        self._current: list[str] = []
        self._length = self._linked = self._place = 0
        self._links = self._lists = self._quotes = 0
        self._gap = True
        # The tag and the hints of each block around, the innermost last; its length is not the depth, for only
        # blocks count.
        self._around: list[tuple[str, int]] = [("body", 0)]
        self._depth = 0
        self._block, self._spaced, self._skipped = _tags("block"), _tags("spaced"), _tags("skipped")

    def enters(self, element: HtmlElement) -> bool:
        """True for elements that a reader sees."""
        return isinstance(element.tag, str) and element.tag not in self._skipped and not _is_hidden(element)

    def open(self, element: HtmlElement) -> None:
        """Goes into an element and takes its first text."""
        name = element.tag
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        if name in self._block:
            self._edge(name)
            self._around.append((name, self._around[-1][1] | _hints(element, name)))
        elif name == "br":
            self.flush()
        self._count(name, 1)
        if element.text:
            self.add(element.text)

    def close(self, element: HtmlElement) -> None:
        """Leaves an element."""
        self._depth -= 1
        if element.tag in self._block:
            self._edge(element.tag)
            self._around.pop()
        self._count(element.tag, -1)

    def add(self, text: str) -> None:
        """Takes text of the line at hand."""
        self._current.append(text)
        self._length += len(text)
        if self._links:
            self._linked += len(text)

    def flush(self) -> None:
        """Ends the line at hand."""
        if not self._current:
            return
        line = " ".join("".join(self._current).split())
        self._current.clear()
        if line:
            if self.lines:
                separator = "\n\n" if self._gap else "\n"
                self.pieces.append(separator)
                self._place += len(separator)
            self.pieces.append(line)
            self.lines.append(Line(self._place, self._place + len(line), line, self._gap))
            tag, hints = self._around[-1]
            self.marks.append(Marked(tag, hints, self._linked / max(1, self._length), self._lists, self._quotes > 0))
            self._place += len(line)
            self._gap = False
        self._length = self._linked = 0

    def _edge(self, name: str) -> None:
        self.flush()
        self._gap = self._gap or name in self._spaced

    def _count(self, name: str, step: int) -> None:
        if name == "a":
            self._links += step
        elif name in {"ul", "ol"}:
            self._lists += step
        elif name == "blockquote":
            self._quotes += step


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return (style is not None and "display:none" in style.replace(" ", "").lower()) or element.get("hidden") is not None


def _hints(element: HtmlElement, name: str) -> int:
    bits = 0
    if name in _BY_TAG:
        bits = 1 << HINTS.index(_BY_TAG[name])
    if name in {"body", "html", "main"}:
        return bits  # their class names speak of the whole page
    get = element.get
    return bits | _hints_of(get("class"), get("id"), get("role"), get("itemprop"))
