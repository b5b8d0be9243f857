"""Speech that goes on without a frame of its own: the next quotation, the subjunctive, the only one ever quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.annotation.blocks import Frame, View
from briefing.annotation.clauses import CLAUSE, REACH, subjunctive
from briefing.annotation.grammar import word_class
from briefing.annotation.indirect import IndirectSpeech
from briefing.annotation.naming import ANTECEDENTS, Naming
from briefing.model import Speaker


class Carrying:
    """Tells for the quotations and sentences of one block who goes on speaking."""

    def __init__(self, view: View, naming: Naming, indirect: IndirectSpeech) -> None:
        self.view = view
        self.block = view.block
        self.words = view.words
        self.closed = view.closed
        self.clauses = view.clauses
        self.naming = naming
        self.indirect = indirect
        self.memory = naming.memory

    def sole(self, speaker: Speaker | None, index: int) -> Speaker | None:
        """The only person quoted so far, for a quotation in the first person or a likely one of theirs.

        Portraits and interviews in prose name their speaker once and then let the quotations stand alone.
        """
        name = self.memory.only_quoted
        if name is None or (speaker is not None and speaker.confidence == "certain"):
            return speaker
        if speaker is not None:
            return replace(speaker, confidence="certain") if speaker.name == name else speaker
        start, end = self.block.quotes[index]
        _, _, first_person = subjunctive(self.view.language)
        own = any(word.text.lower() in first_person for word in self.words[start:end])
        near = self.view.mentions_in(max(0, start - ANTECEDENTS), end + ANTECEDENTS)
        here = any(self.naming.people.persons[mention.person].name == name for mention in near)
        others = any(self.naming.people.persons[mention.person].name != name for mention in near)
        if own and not others:
            return Speaker(name, "certain" if here else "likely")
        return None

    def _concludes(self, first: int, colon: int) -> bool:
        """Whether only a noun for what is said stands before a colon, in the block of who spoke: `Das Problem: „…“`."""
        words = self.words[first:colon]
        last = words[-1].text.lower() if words else ""
        return first > 0 and len(words) <= 4 and last in self.clauses.verbs.concluding  # noqa: PLR2004 - Sein größter Wunsch

    def carried_quote(self, index: int, sentence: tuple[int, int], quotes: Sequence[Speaker | None]) -> Speaker | None:
        """The speaker of a quotation without a frame: who spoke just before, or was announced."""
        start, end = self.block.quotes[index]
        alone = start - 1 <= sentence[0]
        if alone and start <= 2 and self.memory.colon is not None:  # noqa: PLR2004 - the mark and a dash
            return self.memory.colon
        if index and quotes[index - 1] is not None and self._adjacent(self.block.quotes[index - 1][1], start):
            return quotes[index - 1]
        if not alone:
            return self._go_on(sentence[0], start, end)
        if sentence[0] > 0 and end - start >= 4:  # noqa: PLR2004 - shorter ones are rarely speech
            if self.memory.speaker is not None:
                return self.memory.speaker
            if self.memory.subject is not None:
                speaker = self.naming.resolve(self.memory.subject)
                return replace(speaker, confidence="likely") if speaker else None
        elif sentence[0] == 0 and self.memory.speaker is not None and end - start >= 4:  # noqa: PLR2004
            goes_on = self.memory.speaker == self.memory.quoted and self._fills_block(start, end)
            return self.memory.speaker if goes_on else replace(self.memory.speaker, confidence="likely")
        return None

    def _fills_block(self, start: int, end: int) -> bool:
        """Whether a paragraph is a quotation and nothing else, as reports let their speakers go on."""
        outside = [*self.words[:start], *self.words[end:]]
        return not any(word.is_word and not word.quoted for word in outside)

    def before_colon(self, first: int, colon: int, index: int, quotes: Sequence[Speaker | None]) -> Speaker | None:
        """The speaker who goes on where a clause in the subjunctive ends with a colon: `Es gebe Hoffnung: „…“`."""
        verbs = self.clauses.verbs
        telling = verbs.certain | verbs.participles | verbs.impersonal
        first = max(first, colon - CLAUSE)
        if self._concludes(first, colon):
            return self.memory.speaker
        told = any(word.text in telling and not word.quoted for word in self.words[first:colon])
        if told or not self.clauses.is_reported(first, colon):
            return None
        inside = [said for k in self.view.quotes_in(first, colon) if k < index and (said := quotes[k]) is not None]
        speaker = inside[-1] if inside else self.memory.speaker
        named = {self.naming.people.persons[mention.person].name for mention in self.view.mentions_in(first, colon)}
        return speaker if speaker is not None and named <= {speaker.name} else None

    def _go_on(self, first: int, start: int, end: int) -> Speaker | None:
        """The speaker before, where the words around a quotation are in the subjunctive of reported speech."""
        last = self.view.sentence_end(start)
        if self.memory.speaker is None or self.clauses.own_verb(first, last):
            return None
        # `In der Akte ist von „…“ die Rede, wonach er krank sei`: the subjunctive of a clause behind tells nothing
        clause = next((place for place in range(end, last) if self.words[place].text in ",;"), last)
        return self.memory.speaker if self.clauses.is_reported(first, clause) else None

    def _adjacent(self, end: int, start: int) -> bool:
        """Whether only a frame of speech stands between two quotations: `„…“, sagte X, „…“` or `„…“, sagte X. „…“`.

        Words of the next sentence before the second one may be the outlet's, unless they are in the subjunctive.
        """
        between = self.words[end:start]
        stops = sum(word.text in {".", ";", ":", "!", "?"} for word in between)
        return (
            (stops == 0 or (stops == 1 and self._opens_or_reports(start)))
            and len(between) <= REACH + 6
            and not any(
                word.text.lower() in self.closed.conjunctions and behind.text not in self.clauses.verbs.beside
                for word, behind in pairwise([*between, self.words[start]])
            )
        )

    def _opens_or_reports(self, start: int) -> bool:
        """Whether a quotation opens its sentence, or a form that may be subjunctive stands before it there."""
        first = self.block.sentences[self.view.sentence_at(start)][0]
        before = [word.text for word in self.words[first : start - 1] if word.is_word and not word.quoted]
        return not before or not word_class("subjunctive", self.view.language).isdisjoint(before)

    def with_carried(
        self,
        number: int,
        first: int,
        last: int,
        frames: tuple[Frame, ...],
        quotes: Sequence[Speaker | None],
    ) -> tuple[Frame, ...]:
        """The frames of a sentence, with the speaker before where it goes on in the subjunctive of reported speech."""
        if frames:
            return frames
        inside = [speaker for index in self.view.quotes_in(first, last) if (speaker := quotes[index]) is not None]
        if inside:
            return (Frame((first, first), inside[-1], "carried"),)
        if not (number > 0 or self.view.number > 0):
            return ()
        further = self.indirect.goes_further(first, last)
        if further is not None and self.memory.speaker is not None:
            said = self.memory.speaker if number else replace(self.memory.speaker, confidence="likely")
            return (Frame((further, further + 2), said, "carried"),)
        if not self.clauses.is_reported(first, last) or self.clauses.own_verb(first, last):
            return ()
        speaker = self.memory.speaker
        if speaker is None and self.memory.only_quoted is not None:  # reported speech of the only one quoted so far
            speaker = Speaker(self.memory.only_quoted, "likely")
        if speaker is not None:
            return (Frame((first, first), speaker if number else replace(speaker, confidence="likely"), "carried"),)
        return ()
