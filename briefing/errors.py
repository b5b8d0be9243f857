"""The one family of exceptions that a user can cause.

BriefingError             anything a user can mend; the command prints it and exits with status 2
├── ProjectError          a setting, `sources.yml`, `names.yml` or a topic file is wrong
├── SourceError           a source cannot be read or holds no article
└── VerificationError     statements that their evidence does not prove
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.model import Finding, Place


class BriefingError(Exception):
    """What went wrong, where, and what would be right.

    Attributes:
        message: One sentence that says what is wrong and what to do.
        place: The file, line and column, where known.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        """`file:line:column: message`, with as much of the place as is known."""
        return f"{self.place}: {self.message}" if self.place else self.message


class ProjectError(BriefingError):
    """A file that the maintainer writes is not as it must be."""


class SourceError(BriefingError):
    """A source cannot be read, or holds no article."""


class VerificationError(BriefingError):
    """At least one quotation of the evidence does not stand in its source."""


class UnprovedError(VerificationError):
    """At least one statement says what its evidence does not; the command exits with status 1.

    Attributes:
        findings: Everything that was found, warnings included.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(f"{finding.place}: {finding.rule}: {finding.message}" for finding in findings))
        self.findings = tuple(findings)
