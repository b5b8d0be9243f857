"""What holding a statement against its evidence gives."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import ResolvedEvidence


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A value that was proved by something beside the evidence passages, and by what."""

    statement: str
    language: str
    text: str
    where: str
    """`neighbouring sentence`, `paragraph`, `heading` or `article's date`."""
    source: str


@dataclass(frozen=True, slots=True)
class Proved:
    """A statement with which nothing is wrong but what the editor overruled."""

    evidence: tuple[ResolvedEvidence, ...]
    """Of the statement and its contradictions, in their order."""
    elsewhere: tuple[Elsewhere, ...]
    overruled: frozenset[str]
    """The rules that found something which the editor allows; `retelling` is not among them."""
