"""What a file says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model import Found, Metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.features import Page
    from briefing.model import Block, Document, Removal


def agencies_in_brackets(inner: str) -> bool:
    """True where a bracket holds nothing but names of agencies."""
    return inner in {"Reuters", "AFP", "dpa", "Reuters, AFP"}


def from_text(
    document: Document,
    text: str,
    page: Page,
    title: int | None,
    blocks: Sequence[Block],
    removals: Sequence[Removal],
    found: Metadata | None,
) -> Metadata:
    """The metadata of a text."""
    del document, text, blocks, removals, found
    return Metadata(title=Found(page.lines[title].text, "line") if title is not None else None)
