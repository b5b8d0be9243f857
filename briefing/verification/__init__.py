"""Statements against their evidence: what is not proved is not published.

Every text is read into values that mean the same in each language (`facts`), and held against what its evidence says
(`grounds`): first the passages that the quotations lie in, then what stands around them. What was proved before is
remembered (`remembering`); `holding` asks every rule about the rest. One module a family of rules:

    resolution   every quotation stands once in the body of its source
    values       numbers, dates, names and countries
    agreement    every language says the same
    wording      negation, quotation marks
    retelling    nothing is taken word for word
    relation     the evidence bears on the statement at all
    opposites    first and last, morning and evening, fear and hope
    exchange     a word for another of its kind: school, hospital
    certainty    doubt, conditions and plans are kept; certainty and causes are not added
    roles        who does it to whom
    standing     who says it, how sure it is, who can know it
    limit        how much of a source the site shows
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.errors import ProjectError
from briefing.located import unknown
from briefing.model import (
    AnnotatedSource,
    Finding,
    Memory,
    Name,
    Place,
    ResolvedEvidence,
    Statement,
    Topic,
)
from briefing.settings import Settings
from briefing.verification.limit import over_limit
from briefing.verification.proved import Elsewhere
from briefing.verification.remembering import Remembered
from briefing.verification.retelling import Runs, check_retelling

if TYPE_CHECKING:
    from briefing.verification.holding import Rules

__all__ = ["RULES", "Elsewhere", "Verified", "over_limit", "verify"]

RULES = (
    "attribution",
    "bound",
    "certainty",
    "country",
    "date",
    "exchanged",
    "languages-differ",
    "month",
    "name",
    "negation",
    "number",
    "opposite",
    "quoted-words",
    "retelling",
    "roles",
    "status",
    "time",
    "translation",
    "unit",
    "unrelated",
)
"""The rules that an editor may overrule for one statement, with a reason: `allow: {rule: why}`."""
UNRESOLVED = frozenset({"unknown-source", "quote-not-found", "quote-outside-body", "quote-ambiguous"})
"""Rules whose findings leave a footnote without words."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification found: where each piece of evidence stands, and what is not proved."""

    evidence: tuple[ResolvedEvidence, ...]
    """In the order of topics, statements and evidence; what did not resolve is missing."""
    findings: tuple[Finding, ...]
    """In the order of topics and statements, without those that the editor overruled."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """The values that stand beside the evidence only: in its paragraph, a heading, the article's date."""

    @property
    def unresolved(self) -> tuple[Finding, ...]:
        """The findings without which no footnote could be written: quotations that do not resolve."""
        return tuple(finding for finding in self.findings if finding.rule in UNRESOLVED)


def verify(
    topics: tuple[Topic, ...],
    sources: tuple[AnnotatedSource, ...],
    names: tuple[Name, ...] = (),
    settings: Settings | None = None,
    memory: Memory | None = None,
) -> Verified:
    """Hold every statement against its evidence, and its evidence against the sources.

    Args:
        topics: The topics with the statements as the editor wrote them.
        sources: The annotated sources.
        names: What persons and bodies are called in each language.
        settings: Tells when the event was; without it, no source is too early.
        memory: Where it is kept which statements were proved; it never changes what comes out.

    Raises:
        ProjectError: A statement overrules a rule that does not exist.
    """
    event = settings.event if settings else None

    @cache
    def rules() -> Rules:
        from briefing.verification.holding import Rules  # noqa: PLC0415 - 25 ms, and often every statement is known

        return Rules(names, sources, event)

    remembered = Remembered(memory, names, event, sources)
    shared = Runs(_texts(topics), sources)
    evidence: list[ResolvedEvidence] = []
    findings: list[Finding] = []
    elsewhere: list[Elsewhere] = []
    for statement in (statement for topic in topics for statement in topic.statements):
        _check_allowed(statement)
        held = remembered.of(statement)
        if held:
            found = [Finding(rule, statement.place, "", statement.id) for rule in sorted(held.overruled)]
        else:
            held, found = rules().hold(statement)
        retold = [one for side in (None, *statement.disputed) for one in check_retelling(statement, side, shared)]
        standing = list(_overruled(statement, [*found, *retold]))
        evidence += held.evidence
        elsewhere += held.elsewhere
        findings += standing
        if held.overruled.issuperset(one.rule for one in found):
            remembered.take_down(statement, held)
    remembered.keep()
    return Verified(tuple(evidence), tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(elsewhere)))


def _texts(topics: Iterable[Topic]) -> Iterator[str]:
    for statement in (statement for topic in topics for statement in topic.statements):
        yield from statement.text.values()
        for side in statement.disputed:
            yield from side.text.values()


def _check_allowed(statement: Statement) -> None:
    for rule in statement.allow:
        if rule not in RULES:
            raise ProjectError(unknown("rule to overrule", rule, RULES), _allow_place(statement))


def _allow_place(statement: Statement) -> Place:
    return statement.places.get("allow", statement.place)


def _overruled(statement: Statement, found: list[Finding]) -> Iterator[Finding]:
    """The findings that stand, and a warning for each rule that was overruled without need."""
    for finding in found:
        if finding.rule not in statement.allow:
            yield finding
    for rule in sorted(set(statement.allow) - {finding.rule for finding in found}):
        yield Finding(
            "allow",
            _allow_place(statement),
            f"allow: {rule}: this rule finds nothing here; remove the line",
            statement.id,
            "warning",
        )
