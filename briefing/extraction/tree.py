"""A page with markup as lines of text: what a reader sees, in order, each line with what the markup says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
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
_SPACE = re.compile(r"\s+")


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


@cache
def _hints_of(names: str) -> int:
    bits = 0
    for match in _hint_pattern().finditer(names):
        bits |= 1 << HINTS.index(match.lastgroup or "")
    return bits


def lines_of_tree(root: HtmlElement) -> tuple[str, list[Line], list[Marked], int]:
    """The text of a page, its lines, what the markup says of each, and how deep its elements lie in one another.

    Blocks are set apart by blank lines, items of lists and cells by line ends, as browsers copy a page. No recursion: a
    page may be nested as deep as its parser allows.
    """
    block, spaced, skipped = _tags("block"), _tags("spaced"), _tags("skipped")
    pieces: list[str] = []
    lines: list[Line] = []
    marks: list[Marked] = []
    current: list[str] = []
    length = linked = place = in_link = lists = quotes = 0
    depth = deepest = 0
    gap = True
    # What holds for the elements open now: the block's tag, the hints.
    tag, hints = "body", 0

    def flush() -> None:
        nonlocal length, linked, place, gap
        if not current:
            return
        line = _SPACE.sub(" ", "".join(current)).strip()
        current.clear()
        if line:
            if lines:
                separator = "\n\n" if gap else "\n"
                pieces.append(separator)
                place += len(separator)
            pieces.append(line)
            lines.append(Line(place, place + len(line), line, gap))
            marks.append(Marked(tag, hints, linked / max(1, length), lists, quotes > 0))
            place += len(line)
            gap = False
        length = linked = 0

    stack: list[tuple[HtmlElement, bool, str, int]] = [(root, False, tag, hints)]
    while stack:
        element, closing, tag_around, hints_around = stack.pop()
        name = element.tag
        if closing:
            depth -= 1
            if name in block:
                flush()
                gap = gap or name in spaced
                tag, hints = tag_around, hints_around
            if name == "a":
                in_link -= 1
            elif name in {"ul", "ol"}:
                lists -= 1
            elif name == "blockquote":
                quotes -= 1
        elif isinstance(name, str) and name not in skipped and not _is_hidden(element):
            if name in block:
                flush()
                gap = gap or name in spaced
                tag, hints = name, hints_around | _hints(element, name)
            elif name == "br":
                flush()
            if name == "a":
                in_link += 1
            elif name in {"ul", "ol"}:
                lists += 1
            elif name == "blockquote":
                quotes += 1
            stack.append((element, True, tag_around, hints_around))
            depth += 1
            deepest = max(deepest, depth)
            if text := element.text:
                current.append(text)
                length += len(text)
                linked += len(text) if in_link else 0
            stack.extend((child, False, tag, hints) for child in reversed(element))
            continue
        if (text := element.tail) and element is not root:
            current.append(text)
            length += len(text)
            linked += len(text) if in_link else 0
    flush()
    return "".join(pieces), lines, marks, deepest


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return (style is not None and "display:none" in style.replace(" ", "").lower()) or element.get("hidden") is not None


def _hints(element: HtmlElement, name: str) -> int:
    bits = 0
    if name in _BY_TAG:
        bits = 1 << HINTS.index(_BY_TAG[name])
    names = " ".join(
        filter(None, (element.get("class"), element.get("id"), element.get("role"), element.get("itemprop")))
    )
    return bits | _hints_of(names.lower()) if names and name not in {"body", "html", "main"} else bits
