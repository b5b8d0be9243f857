"""What is held against evidence: a statement, or a contradiction to one, as the rules see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.model import Finding, Passage, Place, ResolvedEvidence, Statement, Status
from briefing.verification.facts import Facts
from briefing.verification.grounds import Ground
from briefing.verification.mentions import Mention


@dataclass(frozen=True, slots=True)
class Claimed:
    """Texts that say the same in each language, and everything they may rest on."""

    statement: Statement
    texts: Mapping[str, Facts]
    places: Mapping[str, Place]
    place: Place
    by: tuple[str, ...]
    status: Status | None
    evidence: tuple[ResolvedEvidence, ...]
    passages: tuple[Passage, ...]
    passage_facts: tuple[Facts, ...]
    grounds: tuple[Ground, ...]
    quotes: tuple[Facts, ...]
    """What the quoted words alone say, one for each piece of evidence."""
    articles: tuple[tuple[str, str], ...] = ()
    """The whole text of each source of the evidence, with its language."""
    is_contradiction: bool = False

    def finding(self, rule: str, message: str, language: str | None = None) -> Finding:
        """What is wrong with the text in `language`, or with the statement as a whole."""
        place = self.places.get(language, self.place) if language else self.place
        return Finding(rule, place, message, self.statement.id)

    def mentions(self) -> Iterator[Mention]:
        """Everything that the texts mention, in every language."""
        for facts in self.texts.values():
            yield from facts.mentions

    def origins(self) -> str:
        """The sources of the evidence, for messages."""
        return ", ".join(dict.fromkeys(one.source for one in self.evidence))
