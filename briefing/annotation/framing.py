"""Frames around a quotation: `“, sagte X`, `“ (X)`, `X sagte: „`, `“, heißt es in dem Bericht`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from briefing.annotation.blocks import Frame, View
from briefing.annotation.clauses import CLAUSE, REACH
from briefing.annotation.indirect import IndirectSpeech
from briefing.annotation.naming import Naming
from briefing.annotation.phrases import Phrase, phrase_at
from briefing.model import Speaker

SHORT = 4
"""Words of the longest title read in brackets."""


SUBJECT = 8
"""Words behind a quotation in which a verb of speech is looked for whose subject stands before it."""


class Framing:
    """Reads what stands before and behind the quotations of one block."""

    def __init__(self, view: View, naming: Naming, indirect: IndirectSpeech) -> None:
        self.view = view
        self.block = view.block
        self.words = view.words
        self.closed = view.closed
        self.verbs = view.verbs
        self.clauses = view.clauses
        self.mentions = view.mentions
        self.language = view.language
        self.naming = naming
        self.indirect = indirect

    def behind(self, end: int, index: int) -> Frame | None:
        """The frame right behind a quotation: `“, sagte X`, `“, so X`, `,” X said`, `“ (X)`."""
        words = self.words
        place = end
        limit = self.block.quotes[index + 1][0] - 1 if index + 1 < len(self.block.quotes) else len(words)
        comma = words[end - 1].text in ",?!" if end else False
        while place < limit and not words[place].is_word and words[place].text not in "(:;":
            if words[place].text in {".", "…"} and place > end + 1:
                return None
            comma = comma or words[place].text in ",–—-"
            place += 1
        if place < limit and words[place].text == "(" and place <= end + 2:
            return self._bracketed(place, limit)
        if place >= limit or words[place].text in "(:;":
            return None
        signed = self._signed(end, place, limit)
        if signed is not None:
            return signed
        stopped = any(word.text == "." for word in words[end:place])
        text = words[place].text
        lower = text.lower()
        if stopped or self.view.parts_sentences(end, place):
            return None
        if lower in self.verbs.citing:
            return self._cited(place, limit)
        prepositional = self.indirect.preposition_at(place, limit)
        if prepositional is not None and (comma or lower != "so"):
            return prepositional
        if not text[0].isupper() and self._is_verb_beside(lower, comma=comma):
            frame = self._subject_behind(place, limit)
            if frame is not None:
                return self._added(frame)
        if lower in self.verbs.impersonal:
            return self.indirect.impersonal(place, limit)
        if not self.closed.verb_second or lower in self.closed.pronouns:
            frame = self._subject_then_verb(place, limit)
            if frame is None and not self.closed.verb_second:
                frame = self._name_before_verb(place, limit)
            return self._added(frame) if frame is not None else None
        return None

    def _added(self, frame: Frame) -> Frame:
        """The same, of who was quoted last where a pronoun only adds something: `,” he added`."""
        last = self.naming.memory.quoted
        verb = self.words[frame.cue[0]].text
        if last is None or frame.phrase is None or frame.phrase.kind != "pronoun" or verb not in self.verbs.adding:
            return frame
        return replace(frame, speaker=last) if self.naming.adds(frame.phrase, last) else frame

    def _bracketed(self, bracket: int, limit: int) -> Frame | None:
        """The frame of `“ (Minister Eva Maier über den Streit)`: who is named first in a bracket behind a quotation."""
        phrase = phrase_at(self.words, bracket + 1, self.mentions, self.language) if bracket + 1 < limit else None
        if phrase is None or phrase.kind != "person":
            return None
        return self.naming.frame((bracket, bracket + 1), phrase, "colon")

    def _signed(self, end: int, place: int, limit: int) -> Frame | None:
        """The frame of `“ – Eva Maier.`: a name behind a dash, with nothing behind it."""
        if not any(word.text in "–—-" for word in self.words[end:place]):
            return None
        phrase = phrase_at(self.words, place, self.mentions, self.language)
        if phrase is None or phrase.kind != "person":
            return None
        closes = phrase.last + 1 >= limit or self.words[phrase.last + 1].text in ".;)"
        return self.naming.frame((place - 1, place), phrase, "colon") if closes else None

    def is_reported_behind(self, end: int, index: int) -> bool:
        """Whether a verb of speech stands right behind a quotation, whoever its subject is: `“, she explained`."""
        limit = self.block.quotes[index + 1][0] - 1 if index + 1 < len(self.block.quotes) else len(self.words)
        place = end
        while place < limit and not self.words[place].is_word and self.words[place].text not in "(:;":
            place += 1
        if place >= limit or self.view.parts_sentences(end, place):
            return False
        texts = [word.text.lower() for word in self.words[place : min(limit, place + 2)]]
        if texts[0] in self.closed.pronouns:
            return len(texts) > 1 and texts[1] in self.verbs.beside
        if texts[0] in self.verbs.impersonal or texts[0] in self.verbs.certain or texts[0] in self.verbs.beside:
            return True
        if self.closed.verb_second:
            return False
        stretch = takewhile(lambda word: word.is_word, self.words[place : min(limit, place + SUBJECT)])
        return any(word.text.lower() in self.verbs.beside for word in stretch)  # ,” the harbour guild said

    def _is_verb_beside(self, lower: str, *, comma: bool) -> bool:
        """Whether a word behind a quotation can be a verb of speech: in German any finite verb in this place is."""
        if lower in self.verbs.no_speech:
            return lower in self.closed.copula
        if lower in self.verbs.certain or (comma and lower in self.verbs.beside):
            return True
        return (
            self.closed.verb_second
            and comma
            and len(lower) > 3  # noqa: PLR2004
            and lower.endswith(("t", "te", "ten", "en"))
            and lower
            not in self.closed.adverbs | self.closed.prepositions | self.closed.subordinators | self.closed.determiners
        )

    def _cited(self, verb: int, limit: int) -> Frame | None:
        """The frame of `„…“, zitiert ihn die Zeitung`: the object speaks, the subject passes it on."""
        target = verb + 1
        if target + 1 >= limit or self.words[target].text not in self.closed.objects:
            return None
        gender = self.closed.objects[self.words[target].text]
        phrase = Phrase(target, target, "pronoun", self.words[target].text, gender=gender)
        speaker = self.naming.spoken_of(gender) or self.naming.resolve_pronoun(phrase)
        carrier = phrase_at(self.words, target + 1, self.mentions, self.language)
        if speaker is None:
            return None
        if carrier is not None and carrier.kind != "pronoun":
            passed = self.naming.resolve(carrier)
            speaker = replace(speaker, via=passed.name if passed else None)
        return Frame((verb, verb + 1), speaker, "verb", phrase)

    def _subject_behind(self, verb: int, limit: int) -> Frame | None:
        """The frame of an inverted verb, with its subject behind it."""
        phrase = self.clauses.speaker_after(
            verb + 1, limit, loose=True, beside=self.words[verb].text in self.verbs.beside
        )
        phrase = phrase or self._far_name(verb, limit)
        if phrase is None:
            return None
        if self.words[verb].text.lower() in self.verbs.no_speech and not any(
            word.text in self.verbs.convinced for word in self.words[phrase.last + 1 : phrase.last + 4]
        ):
            return None
        return self.naming.frame((verb, verb + 1), phrase, "verb")

    def _far_name(self, verb: int, limit: int) -> Phrase | None:
        """English: the name at the end of a long subject, `,” said city of Hull spokesman Paul Ober`."""
        if self.closed.verb_second or self.words[verb].text not in self.verbs.certain:
            return None
        for place in range(verb + 1, min(limit, verb + 1 + SUBJECT)):
            if not self.words[place].is_word:
                return None
            mention = self.mentions.get(place)
            if mention is not None and mention.role_first == place:
                return phrase_at(self.words, place, self.mentions, self.language)
        return None

    def _subject_then_verb(self, place: int, limit: int) -> Frame | None:
        """English: `,” the minister said`, `,” she later told reporters`; German `“, er lacht` is not speech."""
        phrase = phrase_at(self.words, place, self.mentions, self.language)
        if phrase is None or phrase.kind == "other":
            return None
        for verb in self._after_apposition(phrase.last + 1, limit):
            lower = self.words[verb].text.lower()
            passed_on = lower in self.closed.passive and self.words[verb + 1].text in self.verbs.quoted
            if lower in self.verbs.beside or passed_on:
                return self.naming.frame((verb, verb + 1), phrase, "verb")
            if lower not in self.closed.adverbs:
                return None
        return None

    def _name_before_verb(self, place: int, limit: int) -> Frame | None:
        """English: the name at the end of a long subject, `,” county fire engineer Paul Ober said`."""
        for verb in range(place + 1, min(limit, place + SUBJECT)):
            if not self.words[verb].is_word:
                return None
            if self.words[verb].text in self.verbs.certain:
                phrase = self.clauses.ending_at(verb, place)
                named = phrase is not None and phrase.kind == "person"
                return self.naming.frame((verb, verb + 1), phrase, "verb") if named else None
        return None

    def _after_apposition(self, place: int, limit: int) -> Iterator[int]:
        """Places of the verb behind a subject: directly, behind an adverb, behind `, a professor at X,`."""
        if place < limit and self.words[place].text == ",":
            close = next((k for k in range(place + 1, min(limit, place + 20)) if self.words[k].text == ","), None)
            if close is None:
                return
            place = close + 1
        yield from range(place, min(limit, place + 3))

    def announced_before(self, first: int, opening: int) -> Frame | None:
        """The frame before an opening mark: `X sagte: „`, `X, Präsidentin: „`, English also `X said, “`."""
        if opening <= first:
            return None
        mark = self.words[opening - 1].text
        if mark == ":":
            return self.announced(first, opening - 1)
        if mark == "," or (not self.closed.verb_second and self.words[opening - 1].text in self.verbs.beside):
            for verb in range(opening - 1, max(first - 1, opening - 8), -1):
                if self.words[verb].text in self.verbs.beside and not self.words[verb].quoted:
                    lead = self.words[self.clauses.clause_start(verb, first)].text.lower()
                    phrase = (
                        self.clauses.subject(verb, first, opening) if lead not in self.closed.hypothetical else None
                    )
                    return self.naming.frame((verb, verb + 1), phrase, "verb") if phrase else None
        return None

    def judged(self, first: int, start: int) -> Frame | None:
        """The frame of `X called the plan a “disaster”`: a verb by which somebody says what a thing is."""
        for verb in range(start - 2, max(first, start - REACH) - 1, -1):
            word = self.words[verb]
            if word.text in {",", ":", ";"} and not word.quoted:
                return None
            if word.text in self.verbs.calling and self.words[verb - 1].text == "," and verb - 1 > first:
                phrase = self.clauses.subject_of_sentence(first, start)
                return self.naming.frame((verb, verb + 1), phrase, "verb") if phrase is not None else None
            if word.quoted or word.text not in self.verbs.judging:
                continue
            following, before = self.words[verb + 1].text.lower(), self.words[verb - 1].text.lower() if verb else ""
            passive = before in self.closed.not_finite_after or before in self.closed.passive
            phrase = (
                None if passive or following in self.verbs.no_judgement else self.clauses.subject(verb, first, start)
            )
            return self.naming.frame((verb, verb + 1), phrase, "verb") if phrase is not None else None
        return None

    def announced(self, first: int, colon: int) -> Frame | None:
        """Who is announced by a clause that ends with a colon at `colon`."""
        for place in range(max(first, colon - 8), colon):
            frame = self.indirect.preposition_at(place, colon)
            if frame is not None and frame.phrase is not None and frame.phrase.last == colon - 1:
                return frame  # …, so CEO Maria Muster: „…“
        for place in range(first, colon):
            if self.words[place].text.lower() in self.verbs.impersonal and not self.words[place].quoted:
                frame = self.indirect.impersonal(place, colon)
                if frame is not None:
                    return frame  # hieß es in der Mitteilung des DFB: „…“
        verbs = [
            place
            for place in range(first, colon)
            if not self.words[place].quoted and self.words[place].text in self.verbs.beside
        ]
        for verb in reversed(verbs):
            phrase = self.clauses.subject(verb, first, colon)
            if phrase is not None:
                return self.naming.frame((verb, verb + 1), phrase, "colon")
            if self._goes_on_without_subject(verb, first):
                return (
                    Frame((verb, verb + 1), self.naming.memory.speaker, "colon") if self.naming.memory.speaker else None
                )
            if self.clauses.in_relative_clause(verb, first):
                antecedent = self.clauses.antecedent(self.clauses.clause_start(verb, first), first)
                return self.naming.frame((verb, verb + 1), antecedent, "colon") if antecedent else None
        closing = self._named_at_colon(first, colon) or self._pronoun_at_colon(first, colon)
        if closing is not None:
            return closing
        quoted = (place for place in range(colon - 1, max(first, colon - CLAUSE) - 1, -1) if self.words[place].quoted)
        start = self.clauses.skip_conjunction(next(quoted, first - 1) + 1)
        if self.words[start].text.lower() in self.closed.for_whom:
            return self.for_whom(start, colon)
        start += self.words[start].text.lower() in self.closed.focus  # Auch Trainer X ist zufrieden
        phrase = phrase_at(self.words, start, self.mentions, self.language)
        phrase = self.clauses.with_name(phrase) if phrase is not None else None
        named = phrase is not None and phrase.kind not in {"name", "country"}
        if (
            phrase is not None
            and self.words[phrase.last].text.lower() not in self.verbs.concluding  # Die Botschaft ist klar: „
            and named
            and self.clauses.may_speak(phrase)
            and phrase.article not in self.closed.oblique
            and not self.clauses.is_dative(phrase)
        ):
            frame = self.naming.frame((colon, colon + 1), phrase, "colon")
            others = {m.person for m in self.view.mentions_in(phrase.last + 1, colon)} - {phrase.person}
            if frame is not None and others and not self._is_about(phrase, colon):
                return replace(frame, speaker=replace(frame.speaker, confidence="likely"))
            return frame
        if verbs or not self.closed.verb_second:
            return None
        for verb in range(first, min(colon, first + REACH)):  # "Dazu Minister X:", "So der Chef:"
            word = self.words[verb]
            if word.is_word and not word.is_capital and verb + 1 < colon:
                phrase = self.clauses.speaker_after(verb + 1, colon, loose=False)
                return (
                    self.naming.frame((colon, colon + 1), phrase, "colon")
                    if phrase and phrase.kind == "person"
                    else None
                )
        return None

    def _is_about(self, phrase: Phrase, colon: int) -> bool:
        """Whether what stands between a speaker and the colon is only the subject: `Ada Kern (Hull) on Max: “`."""
        place = phrase.last + 1
        if place < colon and self.words[place].text == "(":
            place = next((k + 1 for k in range(place, min(colon, place + SUBJECT)) if self.words[k].text == ")"), place)
        return place < colon and self.words[place].text in self.closed.about

    def _goes_on_without_subject(self, verb: int, first: int) -> bool:
        """Whether a sentence opens with a conjunction and its verb: `Und lobt die Gegner: „…“`."""
        return (
            self.closed.verb_second and verb == first + 1 and self.words[first].text.lower() in self.closed.conjunctions
        )

    def _is_inverted(self, place: int, first: int) -> bool:
        """Whether the verb of the sentence stands right before a name: `Als Trainer zweifelt Weber: „…“`."""
        closed = self.closed
        between = closed.adverbs | closed.focus | set(closed.pronouns)
        while place - 2 > first and self.words[place - 1].text in between:
            place -= 1
        verb = self.words[place - 1].text
        return (
            closed.verb_second
            and place - 1 > first
            and verb.islower()
            and (verb.endswith(("t", "te")) or verb in closed.copula or verb in self.verbs.beside)
            and verb not in closed.prepositions | closed.determiners | closed.adverbs | closed.conjunctions
        )

    def _named_at_colon(self, first: int, colon: int) -> Frame | None:
        """The frame of `…, Trainer Max Weber: „…“`: a name between a comma or dash and the colon."""
        mention = next((one for one in self.view.mentions_in(first, colon) if one.last == colon - 1), None)
        if mention is None:
            return None
        lead = mention.role_first if mention.role_first >= 0 else mention.first
        while lead > first and self.words[lead - 1].is_capital and lead - 1 > first:
            lead -= 1  # Augsburgs Trainer
        if lead <= first or not (
            self.words[lead - 1].text in {",", "–", "—", "-"}
            or self._is_inverted(lead, first)
            or self._is_answer(lead, first)
        ):
            return None
        speaker = Speaker(self.naming.people.persons[mention.person].name, "certain" if mention.sure else "likely")
        return Frame((colon, colon + 1), speaker, "colon")

    def _is_answer(self, place: int, first: int) -> bool:
        """Whether something that is said came from who is named at `place`: `Zustimmung erhielt er von X: „…“`."""
        if self.words[place - 1].text not in self.closed.origin:
            return False
        return any(word.text.lower() in self.verbs.answering for word in self.words[max(first, place - REACH) : place])

    def _pronoun_at_colon(self, first: int, colon: int) -> Frame | None:
        """The frame of `Darauf er: „…“`: a pronoun behind one word, right before the colon."""
        if not self.closed.verb_second or colon - first != 2:  # noqa: PLR2004 - the word and the pronoun
            return None
        phrase = phrase_at(self.words, colon - 1, self.mentions, self.language)
        return self.naming.frame((colon, colon + 1), phrase, "colon") if phrase and phrase.kind == "pronoun" else None

    def for_whom(self, start: int, end: int) -> Frame | None:
        """The frame of `Für X war die Sache klar: „…“`, where nobody else is named before `end`."""
        if self.words[start].text.lower() not in self.closed.for_whom:
            return None
        phrase = phrase_at(self.words, start + 1, self.mentions, self.language)
        if phrase is None or phrase.kind != "person" or phrase.last + 1 >= end:
            return None
        others = {mention.person for mention in self.view.mentions_in(start, end)} - {phrase.person}
        place = phrase.last + 1
        if self.words[place].text == ",":  # Für Eva Maier, Chefin des Amts, ist
            commas = (k for k in range(place + 1, min(end - 1, place + REACH)) if self.words[k].text == ",")
            place = next(commas, place - 1) + 1
        verb = self.words[place].text
        stands = verb in self.closed.copula or verb in self.verbs.standing
        return self.naming.frame((start, start + 1), phrase, "preposition") if stands and not others else None

    def governed(self, behind: Speaker, start: int, first: int, frames: Sequence[Frame]) -> Speaker | None:
        """Who says a quotation with a frame behind it, if a verb before it governs it too.

        `X spricht vom „Angriff“, fordern Y`: a preposition joins the quoted words to the verb before them, so its
        subject says them; what stands behind the comma is another clause.
        """
        if start < 2 or self.words[start - 2].text.lower() not in self.closed.prepositions:  # noqa: PLR2004
            return behind
        for place in range(start - 3, max(first, start - REACH) - 1, -1):
            word = self.words[place]
            if word.quoted or word.text in {",", ":", ";", "–"}:
                return behind
            if any(word.text.startswith(stem) for stem in self.verbs.prepositions) and not word.is_capital:
                return next((frame.speaker for frame in frames if frame.cue[0] == place), None)
        return behind

    def is_addressee(self, start: int) -> bool:
        """Whether quoted words behind an article are whom somebody told it: `sagte X der „Welt“`."""
        before = self.words[start - 2].text.lower() if start > 1 else ""
        if not self.closed.verb_second or before not in self.closed.addressee:
            return False
        return self.words[start].is_capital or before in self.closed.prepositions

    def is_bracketed_name(self, start: int, end: int) -> bool:
        """Whether quoted words open a bracket and are a title, no sentence: `Kern (»Neue Post« 35/2023)`."""
        return (
            start > 1
            and self.words[start - 2].text == "("
            and sum(word.is_word for word in self.words[start:end]) <= SHORT
            and self.words[start].is_capital
            and self.words[end - 1].is_word
        )
