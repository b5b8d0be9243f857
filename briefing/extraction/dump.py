"""The article in a plain-text scrape: lines scored, furniture taken out by rule, the rest made into blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extraction.assembly import Choice, assemble
from briefing.extraction.features import Page
from briefing.extraction.lines import MOST_LINES, lines_of
from briefing.extraction.scoring import likely, scores
from briefing.model import Rejected

if TYPE_CHECKING:
    from briefing.model import Article, Document


def from_dump(document: Document) -> Article | Rejected:
    """The article in a text file, or why there is none."""
    lines = lines_of(document.text)
    if not lines:
        return Rejected(document.file, "no article", "the file holds no line of text")
    if len(lines) > MOST_LINES:
        return Rejected(document.file, "too many lines", f"{len(lines):,} lines; an article has at most {MOST_LINES:,}")
    page = Page(document.text, lines)
    kept = likely(page, scores(page))
    return assemble(document, Choice(document.text, page, kept))
