"""The lines of a file, and which of them are rather the article than not: what the readers of each format hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.extraction.tree import HINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.features import Page
    from briefing.extraction.tree import Marked
    from briefing.model import Metadata, Removal


class Choice(NamedTuple):
    """The lines of a file, and which of them are rather the article than not."""

    text: str
    """What the lines are slices of."""
    page: Page
    kept: Sequence[bool]
    """For each line; rules may remove more."""
    marks: Sequence[Marked] | None = None
    """What the mark-up says of each line, where there is any."""
    found: Metadata | None = None
    """The metadata that the mark-up holds."""
    trusted: Sequence[bool] | None = None
    """For each line whether who knows the mark-up took it for the article's: rules that go by the look of a line and
    its neighbours leave those alone. On the labelled pages with mark-up such rules lost more of them than they
    cleaned (F1 .935 with them, .940 without; each page scored by a model that had not seen it)."""
    signs: Sequence[Removal] = ()
    """What was taken off before there were lines: front matter, the marks of a Markdown file."""

    def is_trusted(self, index: int) -> bool:
        """True where only its own words or its place in the mark-up can remove a line."""
        return self.trusted is not None and bool(self.trusted[index])

    def in_mark_up(self, index: int, *parts: str) -> bool:
        """True where the mark-up says that a line stands in one of these parts of a page (see `tree.HINTS`)."""
        return self.marks is not None and any(self.marks[index].hints >> HINTS.index(part) & 1 for part in parts)
