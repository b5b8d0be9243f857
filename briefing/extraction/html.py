"""Pages with markup."""

from __future__ import annotations

from briefing.model import Article, Block, Document, Metadata, Rejected


def from_html(document: Document) -> Article | Rejected:
    """The article in a page."""
    from trafilatura import extract as trafilatura_extract  # noqa: PLC0415

    text = trafilatura_extract(document.text, include_comments=False) or ""
    blocks: list[Block] = []
    place = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = text.index(stripped, place)
            place = start + len(stripped)
            blocks.append(Block("paragraph", stripped, start, place))
    if not blocks:
        return Rejected(document.file, "no article", "trafilatura found no text")
    return Article(document, text, tuple(blocks), (), Metadata())
