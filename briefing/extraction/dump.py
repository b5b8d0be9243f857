"""The lines of a plain-text scrape, and by their scores which of them are the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extraction.choice import Choice
from briefing.extraction.features import Page
from briefing.extraction.lines import MOST_LINES, lines_of
from briefing.extraction.scoring import likely, refined, scores
from briefing.model import Rejected

if TYPE_CHECKING:
    from briefing.model import Document


def from_dump(document: Document) -> Choice | Rejected:
    """The lines of a text file, or why there is no article in it."""
    lines = lines_of(document.text)
    if not lines:
        return Rejected(document.file, "no article", "the file holds no line of text")
    if len(lines) > MOST_LINES:
        return Rejected(document.file, "too many lines", f"{len(lines):,} lines; an article has at most {MOST_LINES:,}")
    page = Page(document.text, lines)
    return Choice(document.text, page, likely(page, refined(page, scores(page))))
