"""A page with markup as lines of text: what a reader sees, in order, each line with what the markup says of it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from briefing import lexicon
from briefing.extraction.lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Marked(NamedTuple):
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


class Block(NamedTuple):
    """An element that makes a block, and the lines in it: those from `first` up to, and not with, `after`."""

    element: HtmlElement
    first: int
    after: int


class Shown(NamedTuple):
    """What a reader sees of a page."""

    text: str
    lines: list[Line]
    marks: list[Marked]
    """What the markup says of each line."""
    blocks: list[Block]
    """Those that show lines, an outer one after those in it."""
    depth: int
    """How deep the elements lie in one another."""


_BLOCK, _SPACED, _SKIPPED, _LINK, _LIST, _QUOTATION, _BREAK = (1 << bit for bit in range(7))
_COUNTED = _LINK | _LIST | _QUOTATION
_NAMING = frozenset({"class", "id", "role", "itemprop"})
_WHOLE = frozenset({"body", "html", "main"})
"""Tags whose class names speak of the whole page."""


@cache
def _kinds() -> dict[str, int]:
    """What an element does to the lines, by its tag; nothing for tags that are not there."""
    named = {"block": _BLOCK, "spaced": _SPACED, "skipped": _SKIPPED}
    found = {"a": _LINK, "ul": _LIST, "ol": _LIST, "blockquote": _QUOTATION, "br": _BREAK}
    for name, kind in named.items():
        for tag in lexicon.table("all", "extraction_html")["tags"][name].split():
            found[tag] = found.get(tag, 0) | kind
    return found


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, int]]:
    """The stems of class names, and what each says."""
    table = lexicon.table("all", "extraction_html")["hints"]
    bits: dict[str, int] = {}
    for bit, name in enumerate(HINTS):
        for stem in table[name].split():
            bits.setdefault(stem, 1 << bit)
    return re.compile(_by_letter(list(bits))), bits


def _by_letter(words: Sequence[str]) -> str:
    """A pattern for the first of the words that fits, in a quarter of the time of a row: one letter is asked once."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(word[1:])
        if not word:
            break  # what would come after it fits no more
    parts = [re.escape(letter) + _by_letter(found) if letter else "" for letter, found in rests.items()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


@lru_cache(maxsize=16_384)  # names repeat within a page and a site
def _hints_of(names: str) -> int:
    pattern, bits = _stems()
    hints = 0
    for stem in pattern.findall(names.lower()):
        hints |= bits[stem]
    return hints


def lines_of_tree(root: HtmlElement) -> Shown:
    """The text of a page in lines, with what the markup says of them.

    Blocks are set apart by blank lines, items of lists and cells by line ends, as browsers copy a page. No recursion:
    a page may be nested as deep as its parser allows.

    Args:
        root: A tree without comments and processing instructions.
    """
    from lxml.etree import iterwalk  # noqa: PLC0415 - only pages need it

    walk, kinds = _Walk(), _kinds()
    around: list[int] = []
    deepest = 0
    unseen = None
    steps = iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if event == "start":
            kind = kinds.get(element.tag, 0)
            if kind & _SKIPPED or _is_hidden(element):
                unseen = element
                steps.skip_subtree()
                continue
            around.append(kind)
            deepest = max(deepest, len(around))
            if kind:
                walk.open(kind, element)
            text = element.text
        else:
            if element is unseen:
                unseen = None
            elif kind := around.pop():
                walk.close(kind)
            text = element.tail
        if text:
            walk.add(text)
    walk.flush()
    return Shown("".join(walk.pieces), walk.lines, walk.marks, walk.blocks, deepest)


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


class _Walk:
    """The text met so far, and what holds at the place reached: block, hints, links, lists, quotations.

    Attributes:
        pieces: The lines and what separates them.
        lines: The lines.
        marks: What the mark-up says of each.
        blocks: The blocks that are behind the place reached.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[Line] = []
        self.marks: list[Marked] = []
        self.blocks: list[Block] = []
        self._current: list[str] = []
        self._linked = self._place = 0
        self._links = self._lists = self._quotes = 0
        self._gap = True
        # The tag and the hints of each block around, the innermost last, and which lines it begins before.
        self._around: list[tuple[str, int]] = [("body", 0)]
        self._open: list[tuple[HtmlElement, int]] = []

    def open(self, kind: int, element: HtmlElement) -> None:
        """Goes into an element that does something to the lines."""
        if kind & _BLOCK:
            self._edge(kind)
            self._around.append((element.tag, self._around[-1][1] | _hints(element)))
            self._open.append((element, len(self.lines)))
        elif kind & _BREAK:
            self.flush()
        if kind & _COUNTED:
            self._count(kind, 1)

    def close(self, kind: int) -> None:
        """Leaves such an element."""
        if kind & _BLOCK:
            self._edge(kind)
            self._around.pop()
            element, first = self._open.pop()
            if first < len(self.lines):
                self.blocks.append(Block(element, first, len(self.lines)))
        if kind & _COUNTED:
            self._count(kind, -1)

    def add(self, text: str) -> None:
        """Takes text of the line at hand."""
        self._current.append(text)
        if self._links:
            self._linked += len(text)

    def flush(self) -> None:
        """Ends the line at hand."""
        text = "".join(self._current)
        self._current.clear()
        line = " ".join(text.split())
        if line:
            if self.lines:
                separator = "\n\n" if self._gap else "\n"
                self.pieces.append(separator)
                self._place += len(separator)
            self.pieces.append(line)
            end = self._place + len(line)
            self.lines.append(Line(self._place, end, line, self._gap))
            tag, hints = self._around[-1]
            self.marks.append(Marked(tag, hints, self._linked / len(text), self._lists, self._quotes > 0))
            self._place = end
            self._gap = False
        self._linked = 0

    def _edge(self, kind: int) -> None:
        if self._current:
            self.flush()
        if kind & _SPACED:
            self._gap = True

    def _count(self, kind: int, step: int) -> None:
        if kind & _LINK:
            self._links += step
        elif kind & _LIST:
            self._lists += step
        elif kind & _QUOTATION:
            self._quotes += step


def _hints(element: HtmlElement) -> int:
    tag = element.tag
    bits = 1 << HINTS.index(_BY_TAG[tag]) if tag in _BY_TAG else 0
    if tag not in _WHOLE:
        for attribute, value in element.items():
            if attribute in _NAMING:
                bits |= _hints_of(value)
    return bits
