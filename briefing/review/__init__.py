"""Two states of a project, compared as briefings: what a reader of the site will see change, and why.

Both are built with the code at hand, so a change of the code itself shows in the committed pages, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.review.comparing import Comparison, compare
from briefing.review.report import as_data, as_markdown
from briefing.review.revisions import Revision, aside, both_revisions, work_tree
from briefing.running import Execution

__all__ = ["Comparison", "Review", "Revision", "aside", "compare", "review", "reviewed", "work_tree"]


@dataclass(frozen=True, slots=True)
class Review:
    """Two revisions and in what their briefings differ."""

    older: Revision
    newer: Revision
    comparison: Comparison

    @property
    def is_comparable(self) -> bool:
        """Whether both could be built; where not, their `problem` says why."""
        return not (self.older.problem or self.newer.problem)

    def markdown(self, limit: int | None = None) -> str:
        """The review as Markdown for a pull request, of at most `limit` characters."""
        return as_markdown(self.older, self.newer, self.comparison, limit)

    def data(self) -> dict[str, Any]:
        """The review as data, for `--format json`."""
        return as_data(self.older, self.newer, self.comparison)


def review(root: Path, revision: str | None = None, execution: Execution | None = None) -> Review:
    """Compare two states of the project in `root`.

    Args:
        root: The project's folder, somewhere in a git repository.
        revision: `REV` to compare with the work tree, or `REV..REV`; by default where the work left the main branch.
        execution: How to read the sources.

    Raises:
        BriefingError: There is no repository, or it knows no such revision.
    """
    with both_revisions(root, revision, execution or Execution()) as revisions:
        return reviewed(*revisions)


def reviewed(older: Revision, newer: Revision) -> Review:
    """Compare two revisions; of one that does not build, only that is told."""
    comparable = not (older.problem or newer.problem)
    return Review(older, newer, compare(older.built, newer.built) if comparable else Comparison())
