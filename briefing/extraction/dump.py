"""Plain-text scrapes."""

from __future__ import annotations

import re

from briefing.model import Article, Block, Document, Metadata, Rejected, Removal

_LINE = re.compile(r"[^\n]*\S")


def from_dump(document: Document) -> Article | Rejected:
    """The article in a text dump."""
    blocks: list[Block] = []
    removals: list[Removal] = []
    for match in _LINE.finditer(document.text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        text = document.text[start : match.end()]
        if len(text.split()) >= 10 and text.rstrip("\"'“”»)").endswith((".", "!", "?", ":", "…")):  # noqa: PLR2004
            blocks.append(Block("paragraph", text, start, match.end()))
        else:
            removals.append(Removal("other", text, start, match.end(), "short or no sentence"))
    if not blocks:
        return Rejected(document.file, "no article", "no line of running text")
    return Article(document, document.text, tuple(blocks), tuple(removals), Metadata())
