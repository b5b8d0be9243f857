"""Statements against their evidence: what is not proved is not published.

Every text is read into values that mean the same in each language (`facts`), and held against what its evidence says
(`grounds`): first the passages that the quotations lie in, then what stands around them. One module a family of rules:

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
from functools import cached_property

from briefing.errors import ProjectError
from briefing.located import unknown
from briefing.model import (
    AnnotatedSource,
    Contradiction,
    Evidence,
    Finding,
    Memory,
    Name,
    Passage,
    Place,
    ResolvedEvidence,
    Statement,
    Topic,
)
from briefing.settings import Settings
from briefing.verification.agreement import check_agreement, check_translations
from briefing.verification.certainty import check_certainty
from briefing.verification.claimed import Claimed
from briefing.verification.exchange import check_exchanged
from briefing.verification.facts import Reader
from briefing.verification.grounds import Library
from briefing.verification.limit import over_limit
from briefing.verification.opposites import check_opposites
from briefing.verification.relation import check_related
from briefing.verification.remembering import Proved, Remembered
from briefing.verification.resolution import UNRESOLVED, SearchableSource, resolve
from briefing.verification.retelling import Runs, check_retelling
from briefing.verification.roles import check_roles
from briefing.verification.standing import check_attribution, check_modality, check_status, check_time
from briefing.verification.values import Elsewhere, check_values
from briefing.verification.wording import check_negation, check_prefixes, check_quoted_words

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
    rules = _Rules(names, sources, event)
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
            held, found = rules.hold(statement)
        retold = [one for side in (None, *statement.disputed) for one in check_retelling(statement, side, shared)]
        standing = list(_overruled(statement, [*found, *retold]))
        evidence += held.evidence
        elsewhere += held.elsewhere
        findings += standing
        if held.overruled.issuperset(one.rule for one in found):
            remembered.take_down(statement, held)
    remembered.keep()
    return Verified(tuple(evidence), tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(elsewhere)))


@dataclass(frozen=True)
class _Rules:
    """Every rule but `retelling`, with what it needs, which is made when a statement is held against its evidence."""

    names: tuple[Name, ...]
    annotated: tuple[AnnotatedSource, ...]
    event: str | None

    @cached_property
    def reader(self) -> Reader:
        """Reads texts."""
        return Reader(self.names)

    @cached_property
    def library(self) -> Library:
        """Gathers what proves something."""
        return Library(self.annotated, self.reader)

    @cached_property
    def sources(self) -> dict[str, SearchableSource]:
        """Finds quotations."""
        return {annotated.source.slug: SearchableSource(annotated) for annotated in self.annotated}

    def hold(self, statement: Statement) -> tuple[Proved, list[Finding]]:
        """What a statement rests on, and everything that is wrong with it, whether the editor overruled it or not."""
        evidence: list[ResolvedEvidence] = []
        elsewhere: list[Elsewhere] = []
        found: list[Finding] = []
        for side in (None, *statement.disputed):
            resolved, missing = _resolved(side or statement, statement.id, self.sources)
            evidence += resolved
            found += missing
            for one in () if missing else self._held(statement, side, tuple(resolved)):
                (found if isinstance(one, Finding) else elsewhere).append(one)  # type: ignore[arg-type]
        overruled = frozenset(one.rule for one in found if one.rule in statement.allow)
        return Proved(tuple(evidence), tuple(elsewhere), overruled), found

    def _held(
        self, statement: Statement, side: Contradiction | None, evidence: tuple[ResolvedEvidence, ...]
    ) -> Iterator[Finding | Elsewhere]:
        """What the rules find in a statement, or in one of its contradictions."""
        claimed = self._claimed(statement, side, evidence)
        yield from check_values(claimed)
        yield from check_agreement(claimed)
        yield from check_translations(claimed, self.reader)
        yield from check_negation(claimed, self.reader)
        yield from check_prefixes(claimed)
        yield from check_opposites(claimed, self.reader.names)
        yield from check_exchanged(claimed)
        yield from check_certainty(claimed)
        yield from check_roles(claimed, self.reader)
        yield from check_related(claimed)
        yield from check_quoted_words(claimed)
        yield from check_attribution(claimed, self.reader)
        yield from check_status(claimed)
        yield from check_modality(claimed)
        yield from check_time(
            claimed, {one.source: self.sources[one.source].annotated.source for one in evidence}, self.event
        )

    def _claimed(
        self, statement: Statement, side: Contradiction | None, evidence: tuple[ResolvedEvidence, ...]
    ) -> Claimed:
        texts = side.text if side else statement.text
        passages: dict[str, Passage] = {key: self.library.passage(key) for one in evidence for key in one.passages}
        return Claimed(
            statement=statement,
            texts={language: self.reader.facts(text, language) for language, text in texts.items()},
            places=side.places if side else statement.places,
            place=side.place if side else statement.place,
            by=side.by if side else statement.by,
            status=None if side else statement.status,
            evidence=evidence,
            passages=tuple(passages.values()),
            passage_facts=tuple(
                self.reader.facts(passage.text, self.library.source(key).language) for key, passage in passages.items()
            ),
            grounds=self.library.grounds(evidence),
            quotes=tuple(
                self.reader.facts(one.exact, self.sources[one.source].annotated.source.language) for one in evidence
            ),
            articles=tuple(
                (self.sources[slug].annotated.source.text, self.sources[slug].annotated.source.language)
                for slug in dict.fromkeys(one.source for one in evidence)
            ),
            is_contradiction=side is not None,
        )


def _texts(topics: Iterable[Topic]) -> Iterator[str]:
    for statement in (statement for topic in topics for statement in topic.statements):
        yield from statement.text.values()
        for side in statement.disputed:
            yield from side.text.values()


def _resolved(
    claim: Statement | Contradiction, statement: str, sources: dict[str, SearchableSource]
) -> tuple[list[ResolvedEvidence], list[Finding]]:
    resolved: list[ResolvedEvidence] = []
    missing: list[Finding] = []
    pieces: tuple[Evidence, ...] = claim.evidence
    for piece in pieces:
        result = resolve(piece, statement, sources)
        if isinstance(result, Finding):
            missing.append(result)
        else:
            resolved.append(result)
    return resolved, missing


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
