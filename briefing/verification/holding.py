"""One statement against its evidence, by every rule but `retelling`, which looks at all sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from briefing.model import (
    AnnotatedSource,
    Contradiction,
    Evidence,
    Finding,
    Name,
    Passage,
    ResolvedEvidence,
    Statement,
)
from briefing.verification.agreement import check_agreement, check_translations
from briefing.verification.certainty import check_certainty
from briefing.verification.claimed import Claimed
from briefing.verification.exchange import check_exchanged
from briefing.verification.facts import Reader
from briefing.verification.grounds import Library
from briefing.verification.opposites import check_opposites
from briefing.verification.proved import Elsewhere, Proved
from briefing.verification.relation import check_related
from briefing.verification.resolution import SearchableSource, resolve
from briefing.verification.roles import check_roles
from briefing.verification.standing import check_attribution, check_modality, check_status, check_time
from briefing.verification.values import check_values
from briefing.verification.wording import check_negation, check_prefixes, check_quoted_words


@dataclass(frozen=True)
class Rules:
    """The rules, and what they need, made when it is first asked for."""

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
