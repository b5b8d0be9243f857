"""Statements against their evidence: what is not proved is not published."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import AnnotatedSource, Evidence, Finding, ResolvedEvidence, Topic
from briefing.verification.resolution import UNRESOLVED, SearchableSource, resolve


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification found: where each piece of evidence stands, and what is not proved."""

    evidence: tuple[ResolvedEvidence, ...]
    """In the order of topics, statements and evidence; what did not resolve is missing."""
    findings: tuple[Finding, ...]

    @property
    def unresolved(self) -> tuple[Finding, ...]:
        """The findings without which no footnote could be written: quotations that do not resolve."""
        return tuple(finding for finding in self.findings if finding.rule in UNRESOLVED)


def verify(topics: tuple[Topic, ...], sources: tuple[AnnotatedSource, ...]) -> Verified:
    """Hold every statement against its evidence, and its evidence against the sources.

    Args:
        topics: The topics with the statements as the editor wrote them.
        sources: The annotated sources.
    """
    searchable = {annotated.source.slug: SearchableSource(annotated) for annotated in sources}
    resolved: list[ResolvedEvidence] = []
    findings: list[Finding] = []
    for topic in topics:
        for statement in topic.statements:
            for evidence in (*statement.evidence, *(e for side in statement.disputed for e in side.evidence)):
                result = resolve(evidence, statement.id, searchable)
                (resolved if isinstance(result, ResolvedEvidence) else findings).append(result)  # type: ignore[arg-type]
    return Verified(tuple(resolved), tuple(findings))
