"""The article in a Markdown file: a text whose lines say themselves what they are.

Front matter and the marks at the beginning of lines are taken off and kept as removals; marks within a line stay as
they are, for a block is a verbatim slice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extraction.choice import Choice
from briefing.extraction.features import Page
from briefing.extraction.lines import MOST_LINES, Line, lines_of
from briefing.extraction.pagedata import date_of
from briefing.extraction.scoring import likely, refined, scores
from briefing.extraction.tree import Marked
from briefing.model import Found, Metadata, Rejected, Removal

if TYPE_CHECKING:
    from briefing.model import Document

_FRONT = re.compile(r"\s*---[ \t]*\n(?P<body>(?:[^\n]*\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+):[ \t]*[\"']?(?P<value>[^\n]*?)[\"']?[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"(?P<heading>#{1,6})[ \t]+|(?P<quote>>)[ \t]*|(?P<item>[-*+]|\d{1,3}[.)])[ \t]+")


def from_markdown(document: Document) -> Choice | Rejected:
    """The lines of a Markdown file, or why there is no article in it."""
    front = _FRONT.match(document.text)
    begin = front.end() if front else 0
    lines: list[Line] = []
    marks: list[Marked] = []
    signs: list[Removal] = []
    for line in lines_of(document.text[begin:]):
        moved = line._replace(start=line.start + begin, end=line.end + begin)
        sign = _MARK.match(moved.text)
        if sign is not None and sign.end() < len(moved.text):
            signs.append(_sign(moved, sign))
            moved = moved._replace(start=moved.start + sign.end(), text=moved.text[sign.end() :])
        lines.append(moved)
        marks.append(_marked(sign))
    if not lines or len(lines) > MOST_LINES:
        return Rejected(document.file, "no article", "the file holds no text, or far more lines than an article has")
    page = Page(document.text, lines)
    kept = _with_headings(likely(page, refined(page, scores(page))), marks)
    found = _front_matter(front["body"]) if front else None
    if front and (head := front[0].strip()):
        start = document.text.index(head)
        signs.append(Removal("other", head, start, start + len(head), "front matter"))
    return Choice(document.text, page, kept, marks, found, signs=signs)


def _with_headings(kept: list[bool], marks: list[Marked]) -> list[bool]:
    """The choice, and what is marked as a heading between two lines that stay."""
    around = zip([False, *kept], [*kept[1:], False], strict=False)
    return [
        keep or (before and after and mark.tag.startswith("h"))
        for keep, mark, (before, after) in zip(kept, marks, around, strict=True)
    ]


def _sign(line: Line, match: re.Match[str]) -> Removal:
    sign = match[0].rstrip()
    return Removal("other", sign, line.start, line.start + len(sign), "the mark of a heading, quotation or list item")


def _marked(match: re.Match[str] | None) -> Marked:
    tag = "p"
    if match is not None and match["heading"]:
        tag = f"h{len(match['heading'])}"
    elif match is not None and match["item"]:
        tag = "li"
    is_quoted = match is not None and match["quote"] is not None
    return Marked(tag, 0, 0.0, 1 if tag == "li" else 0, is_quoted)


def _front_matter(text: str) -> Metadata:
    fields = {match["key"].lower(): match["value"] for match in _FIELD.finditer(text) if match["value"]}

    def found(key: str) -> Found | None:
        return Found(fields[key], f"front matter {key}") if key in fields else None

    author = found("author")
    return Metadata(
        title=found("title"),
        outlet=found("outlet") or found("publisher"),
        published=date_of(fields.get("published") or fields.get("date"), "front matter date"),
        updated=date_of(fields.get("updated"), "front matter updated"),
        authors=(author,) if author else (),
        url=found("url"),
    )
