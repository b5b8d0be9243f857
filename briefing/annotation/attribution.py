"""Who says it: speakers of quotations and of indirect speech.

Everything rests on frames of grammar, not on nearness. A verb of speech has a subject, found by the order of the
clause: in German behind the verb when a quotation, an adverb or a clause stands first, before it otherwise; in
English before it, or behind it after a quotation. Prepositions name a speaker (`laut X`, `X zufolge`). A colon before
a quotation hands it to the subject of its clause. What has no frame of its own goes on with the speaker of the
sentence before when it is a quotation that follows directly, or stands in the subjunctive of reported speech.

A speaker is `certain` when a frame names them and their name is unambiguous, `likely` when a pronoun or namesake had
more than one candidate, or when only nearness speaks for them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import takewhile
from typing import Literal

from briefing.annotation.bodies import listed_bodies
from briefing.annotation.clauses import CLAUSE, REACH, Clauses, subjunctive, verbs
from briefing.annotation.countries import country_code
from briefing.annotation.forms import lemma
from briefing.annotation.grammar import closed_words
from briefing.annotation.offices import role_gender
from briefing.annotation.persons import Mention, People, Person
from briefing.annotation.phrases import Phrase, phrase_at
from briefing.annotation.tokens import Token
from briefing.lexicon import table
from briefing.model import Speaker

ANTECEDENTS = 400
"""Words of the same block looked back over for whom a pronoun means; a long paragraph has 200."""

SHORT = 4
"""Words of the longest title read in brackets."""

SUBJECT = 8
"""Words behind a quotation in which a verb of speech is looked for whose subject stands before it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block as attribution reads it."""

    words: Sequence[Token]
    quotes: Sequence[tuple[int, int]]
    """Outer quotations as half-open ranges of words, without the marks."""
    sentences: Sequence[tuple[int, int]]
    """Half-open ranges of words, in order."""
    mentions: Sequence[Mention]
    continued: bool = False
    """Its first quotation goes on from the block before."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that say who speaks."""

    cue: tuple[int, int]
    """Half-open range of words: the verb or preposition."""
    speaker: Speaker
    kind: Literal["verb", "preposition", "colon", "carried"]
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """What one block says about who speaks."""

    quotes: tuple[Speaker | None, ...]
    sentences: tuple[tuple[Frame, ...], ...]
    reported: tuple[int | None, ...]
    """For each sentence the place of a verb that only reported speech has, whoever speaks."""
    others: tuple[bool, ...]
    """Whether it is reported speech that tells what somebody other than the speaker has done."""


@dataclass(slots=True)
class _Memory:
    """Who was spoken of so far, for pronouns and for speech that goes on."""

    speaker: Speaker | None = None
    phrase: Phrase | None = None
    subject: Phrase | None = None
    recent: list[tuple[int, int]] = field(default_factory=list)
    """Person and block of the latest mentions, oldest first."""
    colon: Speaker | None = None
    """The speaker announced at the end of the block before."""
    open_quote: Speaker | None = None
    named: dict[str, None] = field(default_factory=dict)
    """Everybody who was surely quoted so far, in order."""


def attribute(blocks: Sequence[Block], people: People, language: str) -> tuple[Attribution, ...]:
    """Find the speakers in an article.

    Args:
        blocks: Its blocks in order.
        people: The persons of the article.
        language: ISO 639-1 code; a language without reporting verbs gives no speakers.

    Returns:
        For each block the speaker of each quotation, and for each sentence the frames that name one.
    """
    if not table(language, "speech"):
        return tuple(
            Attribution(
                (None,) * len(block.quotes),
                ((),) * len(block.sentences),
                (None,) * len(block.sentences),
                (False,) * len(block.sentences),
            )
            for block in blocks
        )
    memory = _Memory()
    return tuple(_Reader(block, number, people, language, memory).read() for number, block in enumerate(blocks))


class _Reader:
    """Reads one block; the memory goes from block to block."""

    def __init__(self, block: Block, number: int, people: People, language: str, memory: _Memory) -> None:
        self.block = block
        self.words = block.words
        self.number = number
        self.people = people
        self.language = language
        self.memory = memory
        self.closed = closed_words(language)
        self.verbs = verbs(language)
        self.quote_starts = [start for start, _ in block.quotes]
        self.quote_ends = [end for _, end in block.quotes]
        self.sentence_starts = [first for first, _ in block.sentences]
        self.mention_starts = [mention.first for mention in block.mentions]
        self.mentions: dict[int, Mention] = {}
        for mention in block.mentions:
            self.mentions.setdefault(mention.first, mention)
            if mention.role_first >= 0:
                self.mentions.setdefault(mention.role_first, mention)

        self.clauses = Clauses(self.words, self.mentions, language)

    # ------------------------------------------------------------------------------------------------ the whole block

    def read(self) -> Attribution:
        """Read the sentences in order, then give each quotation its speaker."""
        quotes: list[Speaker | None] = [None] * len(self.block.quotes)
        sentences: list[tuple[Frame, ...]] = []
        for number, (first, last) in enumerate(self.block.sentences):
            frames = self._sentence(first, last)
            inside = self._quotes_in(first, last)
            for index in inside:
                if quotes[index] is None:
                    quotes[index] = self._quote(index, first, last, frames, quotes)
            frames = self._with_carried(number, first, last, frames, quotes)
            sentences.append(frames)
            self._look_back(number, frames, quotes)
            for index in inside:
                said = quotes[index]
                if said is not None and said.confidence == "certain":
                    self.memory.named[said.name] = None
            self._remember(first, last, frames, quotes)
        self._finish(quotes)
        reported = tuple(self.clauses.reported_verb(first, last) for first, last in self.block.sentences)
        others = tuple(
            any(self._tells_of_another(frame, first, last) for frame in frames)
            for frames, (first, last) in zip(sentences, self.block.sentences, strict=True)
        )
        return Attribution(tuple(quotes), tuple(sentences), reported, others)

    def _quotes_in(self, first: int, last: int) -> range:
        """Indices of the quotations that share words with a range of words."""
        return range(bisect_right(self.quote_ends, first), bisect_left(self.quote_starts, last))

    def _mentions_in(self, first: int, last: int) -> Sequence[Mention]:
        """The persons named in a range of words."""
        firsts = self.mention_starts
        return self.block.mentions[bisect_left(firsts, first) : bisect_left(firsts, last)]

    def _look_back(self, number: int, frames: Sequence[Frame], quotes: list[Speaker | None]) -> None:
        """`„…“ Das sagte X.`: a sentence that takes up the quotation before it."""
        if number == 0 or not frames or frames[0].kind != "verb" or not self.block.quotes:
            return
        first = self.block.sentences[number][0]
        if self.words[first].text not in {"Das", "Dies", "So"} or frames[0].cue[0] != first + 1:
            return
        for index in self._quotes_in(max(0, first - 4), first + 1):
            if first - 3 <= self.block.quotes[index][1] <= first and quotes[index] is None:
                quotes[index] = frames[0].speaker

    def _sentence(self, first: int, last: int) -> tuple[Frame, ...]:
        """The frames that the words of one sentence outside quotation marks make."""
        frames = _with_via([*self._prepositions(first, last), *self._speech_verbs(first, last)])
        unique: dict[str, Frame] = {}
        for frame in frames:
            unique.setdefault(frame.speaker.name, frame)
        return tuple(unique.values())

    def _remember(self, first: int, last: int, frames: Sequence[Frame], quotes: Sequence[Speaker | None]) -> None:
        """Keep who spoke and who was spoken of, for the sentences that follow."""
        for mention in self._mentions_in(first, last):
            if not self.words[mention.first].quoted:
                self.memory.recent.append((mention.person, self.number))
        del self.memory.recent[:-20]
        inside = [speaker for index in self._quotes_in(first, last) if (speaker := quotes[index]) is not None]
        if inside:
            self.memory.speaker = inside[-1]
        elif frames:
            self.memory.speaker = frames[-1].speaker
            self.memory.phrase = frames[-1].phrase
        else:
            self.memory.speaker = None
        self.memory.subject = self.clauses.subject_of_sentence(first, last)

    def _finish(self, quotes: Sequence[Speaker | None]) -> None:
        """Keep what the next block needs: a quotation announced by a colon, one left open, the last speaker."""
        self.memory.colon = None
        self.memory.open_quote = quotes[-1] if quotes else None
        if self.words and self.words[-1].text == ":" and self.block.sentences:
            first, last = self.block.sentences[-1]
            frame = self._announced(first, last - 1)
            self.memory.colon = frame.speaker if frame else None

    # ------------------------------------------------------------------------------------------------- one quotation

    def _quote(
        self,
        index: int,
        first: int,
        last: int,
        frames: Sequence[Frame],
        quotes: Sequence[Speaker | None],
    ) -> Speaker | None:
        """The speaker of a quotation that begins in the sentence from `first` to `last`, or goes on in it."""
        start, end = self.block.quotes[index]
        if index == 0 and self.block.continued:
            return self.memory.open_quote
        if self._is_bracketed_name(start, end):
            return None
        after = self._behind(end, index)
        if after is not None:
            return self._governed(after.speaker, start, first, frames)
        if self._is_addressee(start) and any(first <= frame.cue[0] < start for frame in frames):
            return None
        opening = self.block.sentences[max(0, bisect_right(self.sentence_starts, start) - 1)]
        if start >= opening[0]:
            before = self._announced_before(opening[0], start - 1)
            if before is not None:
                return before.speaker
        embedded = self._embedded(opening, frames if opening == (first, last) else self._sentence(*opening), start)
        if embedded is not None:
            return embedded
        if start > 1 and self.words[start - 2].text == ":":
            return None  # somebody was announced, and we could not tell who
        if self._is_reported_behind(end, index):
            return None  # somebody is named, and we cannot tell who
        return self._sole(self._carried_quote(index, opening, quotes), index)

    def _is_bracketed_name(self, start: int, end: int) -> bool:
        """Whether quoted words open a bracket and are a title, no sentence: `Kern (»Neue Post« 35/2023)`."""
        return (
            start > 1
            and self.words[start - 2].text == "("
            and sum(word.is_word for word in self.words[start:end]) <= SHORT
            and self.words[start].is_capital
            and self.words[end - 1].is_word
        )

    def _governed(self, behind: Speaker, start: int, first: int, frames: Sequence[Frame]) -> Speaker | None:
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

    def _sole(self, speaker: Speaker | None, index: int) -> Speaker | None:
        """The only person quoted so far, for a quotation in the first person or a likely one of theirs.

        Portraits and interviews in prose name their speaker once and then let the quotations stand alone.
        """
        if len(self.memory.named) != 1 or (speaker is not None and speaker.confidence == "certain"):
            return speaker
        name = next(iter(self.memory.named))
        if speaker is not None:
            return replace(speaker, confidence="certain") if speaker.name == name else speaker
        start, end = self.block.quotes[index]
        _, _, first_person = subjunctive(self.language)
        own = any(word.text.lower() in first_person for word in self.words[start:end])
        near = self._mentions_in(max(0, start - ANTECEDENTS), end + ANTECEDENTS)
        here = any(self.people.persons[mention.person].name == name for mention in near)
        others = any(self.people.persons[mention.person].name != name for mention in near)
        if own and not others:
            return Speaker(name, "certain" if here else "likely")
        return None

    def _embedded(self, sentence: tuple[int, int], frames: Sequence[Frame], start: int) -> Speaker | None:
        """The speaker of a sentence in whose own words a quotation stands: `X sprach von „…“`."""
        own = [frame for frame in frames if frame.kind in {"verb", "preposition"}]
        outside = any(
            word.is_word and not word.quoted
            for word in self.words[max(sentence[0], start - CLAUSE) : min(start, sentence[1])]
        )
        if len({frame.speaker.name for frame in own}) == 1 and (outside or own[0].cue[0] > start):
            return own[0].speaker
        return None

    def _is_addressee(self, start: int) -> bool:
        """Whether quoted words behind an article are whom somebody told it: `sagte X der „Welt“`."""
        before = self.words[start - 2].text.lower() if start > 1 else ""
        return self.closed.verb_second and before in self.closed.addressee and self.words[start].is_capital

    def _carried_quote(self, index: int, sentence: tuple[int, int], quotes: Sequence[Speaker | None]) -> Speaker | None:
        """The speaker of a quotation without a frame: who spoke just before, or was announced."""
        start, end = self.block.quotes[index]
        alone = start - 1 <= sentence[0]
        if alone and start <= 2 and self.memory.colon is not None:  # noqa: PLR2004 - the mark and a dash
            return self.memory.colon
        if index and quotes[index - 1] is not None and self._adjacent(self.block.quotes[index - 1][1], start):
            return quotes[index - 1]
        if not alone:
            return self._go_on(sentence[0], start)
        if sentence[0] > 0 and end - start >= 4:  # noqa: PLR2004 - shorter ones are rarely speech
            if self.memory.speaker is not None:
                return self.memory.speaker
            if self.memory.subject is not None:
                speaker = self._resolve(self.memory.subject)
                return replace(speaker, confidence="likely") if speaker else None
        elif sentence[0] == 0 and self.memory.speaker is not None and end - start >= 4:  # noqa: PLR2004
            return replace(self.memory.speaker, confidence="likely")
        return None

    def _go_on(self, first: int, start: int) -> Speaker | None:
        """The speaker before, where the words around a quotation are in the subjunctive of reported speech."""
        if self.memory.speaker is not None and self.clauses.is_reported(first, self._sentence_end(start)):
            return self.memory.speaker
        return None

    def _sentence_end(self, index: int) -> int:
        """End of the sentence that holds the word at `index`."""
        return self.block.sentences[max(0, bisect_right(self.sentence_starts, index) - 1)][1]

    def _adjacent(self, end: int, start: int) -> bool:
        """Whether only a frame of speech stands between two quotations: `„…“, sagte X, „…“` or `„…“, sagte X. „…“`."""
        between = self.words[end:start]
        stops = sum(word.text in {".", ";", ":", "!", "?"} for word in between)
        return (
            stops <= 1
            and len(between) <= REACH + 6
            and not any(word.text.lower() in self.closed.conjunctions for word in between)
        )

    # ------------------------------------------------------------------------------------------- frames of quotations

    def _behind(self, end: int, index: int) -> Frame | None:
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
        if stopped or self._new_sentence(end, place):
            return None
        if lower in self.verbs.citing:
            return self._cited(place, limit)
        prepositional = self._preposition_at(place, limit)
        if prepositional is not None and (comma or lower != "so"):
            return prepositional
        if not text[0].isupper() and self._is_verb_beside(lower, comma=comma):
            frame = self._subject_behind(place, limit)
            if frame is not None:
                return frame
        if lower in self.verbs.impersonal:
            return self._impersonal(place, limit)
        if not self.closed.verb_second or lower in self.closed.pronouns:
            return self._subject_then_verb(place, limit)
        return None

    def _bracketed(self, bracket: int, limit: int) -> Frame | None:
        """The frame of `“ (Minister Eva Maier über den Streit)`: who is named first in a bracket behind a quotation."""
        phrase = phrase_at(self.words, bracket + 1, self.mentions, self.language) if bracket + 1 < limit else None
        if phrase is None or phrase.kind != "person":
            return None
        return self._frame((bracket, bracket + 1), phrase, "colon")

    def _signed(self, end: int, place: int, limit: int) -> Frame | None:
        """The frame of `“ – Eva Maier.`: a name behind a dash, with nothing behind it."""
        if not any(word.text in "–—-" for word in self.words[end:place]):
            return None
        phrase = phrase_at(self.words, place, self.mentions, self.language)
        if phrase is None or phrase.kind != "person":
            return None
        closes = phrase.last + 1 >= limit or self.words[phrase.last + 1].text in ".;)"
        return self._frame((place - 1, place), phrase, "colon") if closes else None

    def _is_reported_behind(self, end: int, index: int) -> bool:
        """Whether a verb of speech stands right behind a quotation, whoever its subject is: `“, she explained`."""
        limit = self.block.quotes[index + 1][0] - 1 if index + 1 < len(self.block.quotes) else len(self.words)
        place = end
        while place < limit and not self.words[place].is_word and self.words[place].text not in "(:;":
            place += 1
        if place >= limit or self._new_sentence(end, place):
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

    def _new_sentence(self, end: int, place: int) -> bool:
        """Whether another sentence begins between a quotation's end and `place`."""
        return bisect_right(self.sentence_starts, place) > bisect_right(self.sentence_starts, end)

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
        speaker = self._spoken_of(gender) or self._resolve_pronoun(phrase)
        carrier = phrase_at(self.words, target + 1, self.mentions, self.language)
        if speaker is None:
            return None
        if carrier is not None and carrier.kind != "pronoun":
            passed = self._resolve(carrier)
            speaker = replace(speaker, via=passed.name if passed else None)
        return Frame((verb, verb + 1), speaker, "verb", phrase)

    def _spoken_of(self, gender: str) -> Speaker | None:
        """Who the sentence before is about, if it is a person of that gender."""
        subject = self.memory.subject
        if subject is None or subject.kind != "person" or subject.person is None or not subject.sure:
            return None
        person = self.people.persons[subject.person]
        return Speaker(person.name, "certain") if person.gender in {None, gender} else None

    def _subject_behind(self, verb: int, limit: int) -> Frame | None:
        """The frame of an inverted verb, with its subject behind it."""
        phrase = self.clauses.speaker_after(
            verb + 1, limit, loose=True, beside=self.words[verb].text in self.verbs.beside
        )
        if phrase is None:
            return None
        if self.words[verb].text.lower() in self.verbs.no_speech and not any(
            word.text in self.verbs.convinced for word in self.words[phrase.last + 1 : phrase.last + 4]
        ):
            return None
        return self._frame((verb, verb + 1), phrase, "verb")

    def _subject_then_verb(self, place: int, limit: int) -> Frame | None:
        """English: `,” the minister said`, `,” she later told reporters`; German `“, er lacht` is not speech."""
        phrase = phrase_at(self.words, place, self.mentions, self.language)
        if phrase is None or phrase.kind == "other":
            return None
        for verb in self._after_apposition(phrase.last + 1, limit):
            lower = self.words[verb].text.lower()
            if lower in self.verbs.beside:
                return self._frame((verb, verb + 1), phrase, "verb")
            if lower not in self.closed.adverbs:
                return None
        return None

    def _after_apposition(self, place: int, limit: int) -> Iterator[int]:
        """Places of the verb behind a subject: directly, behind an adverb, behind `, a professor at X,`."""
        if place < limit and self.words[place].text == ",":
            close = next((k for k in range(place + 1, min(limit, place + 20)) if self.words[k].text == ","), None)
            if close is None:
                return
            place = close + 1
        yield from range(place, min(limit, place + 3))

    def _impersonal(self, verb: int, limit: int) -> Frame | None:
        """`“, heißt es in dem Bericht`: the body behind the preposition speaks, or the one whose document it is."""
        for place in range(verb + 1, min(limit, verb + 6)):
            if self.words[place].text.lower() in self.closed.prepositions:
                for target in range(place + 1, min(limit, place + 7)):
                    if self.words[target].quoted or self.words[target].text in ",.:;(":
                        return None
                    before = self.words[target - 1].text.lower()
                    phrase = phrase_at(self.words, target, self.mentions, self.language)
                    if phrase is None:
                        continue
                    owner = phrase.kind == "person" or _is_acronym(phrase.text)
                    direct = target == place + 1 or {before, phrase.article} & self.closed.owners or owner
                    if direct and phrase.kind in {"body", "person", "country"}:
                        return self._frame((verb, verb + 2), phrase, "verb")
                return None
        return None

    def _announced_before(self, first: int, opening: int) -> Frame | None:
        """The frame before an opening mark: `X sagte: „`, `X, Präsidentin: „`, English also `X said, “`."""
        if opening <= first:
            return None
        mark = self.words[opening - 1].text
        if mark == ":":
            return self._announced(first, opening - 1)
        if mark == "," or (not self.closed.verb_second and self.words[opening - 1].text in self.verbs.beside):
            for verb in range(opening - 1, max(first - 1, opening - 8), -1):
                if self.words[verb].text in self.verbs.beside and not self.words[verb].quoted:
                    lead = self.words[self.clauses.clause_start(verb, first)].text.lower()
                    phrase = (
                        self.clauses.subject(verb, first, opening) if lead not in self.closed.hypothetical else None
                    )
                    return self._frame((verb, verb + 1), phrase, "verb") if phrase else None
        return None

    def _announced(self, first: int, colon: int) -> Frame | None:
        """Who is announced by a clause that ends with a colon at `colon`."""
        for place in range(max(first, colon - 8), colon):
            frame = self._preposition_at(place, colon)
            if frame is not None and frame.phrase is not None and frame.phrase.last == colon - 1:
                return frame  # …, so CEO Maria Muster: „…“
        for place in range(first, colon):
            if self.words[place].text.lower() in self.verbs.impersonal and not self.words[place].quoted:
                frame = self._impersonal(place, colon)
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
                return self._frame((verb, verb + 1), phrase, "colon")
            if self._goes_on_without_subject(verb, first):
                return Frame((verb, verb + 1), self.memory.speaker, "colon") if self.memory.speaker else None
            if self.clauses.in_relative_clause(verb, first):
                antecedent = self.clauses.antecedent(self.clauses.clause_start(verb, first), first)
                return self._frame((verb, verb + 1), antecedent, "colon") if antecedent else None
        closing = self._named_at_colon(first, colon)
        if closing is not None:
            return closing
        start = self.clauses.skip_conjunction(first)
        phrase = phrase_at(self.words, start, self.mentions, self.language)
        named = phrase is not None and phrase.kind not in {"name", "country"}
        if (
            phrase is not None
            and named
            and self.clauses.may_speak(phrase)
            and phrase.article not in self.closed.oblique
            and not self.clauses.is_dative(phrase)
        ):
            frame = self._frame((colon, colon + 1), phrase, "colon")
            others = {m.person for m in self._mentions_in(phrase.last + 1, colon)} - {phrase.person}
            if frame is not None and others:
                return replace(frame, speaker=replace(frame.speaker, confidence="likely"))
            return frame
        if verbs or not self.closed.verb_second:
            return None
        for verb in range(first, min(colon, first + REACH)):  # "Dazu Minister X:", "So der Chef:"
            word = self.words[verb]
            if word.is_word and not word.is_capital and verb + 1 < colon:
                phrase = self.clauses.speaker_after(verb + 1, colon, loose=False)
                return self._frame((colon, colon + 1), phrase, "colon") if phrase and phrase.kind == "person" else None
        return None

    def _goes_on_without_subject(self, verb: int, first: int) -> bool:
        """Whether a sentence opens with a conjunction and its verb: `Und lobt die Gegner: „…“`."""
        return (
            self.closed.verb_second and verb == first + 1 and self.words[first].text.lower() in self.closed.conjunctions
        )

    def _named_at_colon(self, first: int, colon: int) -> Frame | None:
        """The frame of `…, Trainer Max Weber: „…“`: a name between a comma or dash and the colon."""
        mention = next((one for one in self._mentions_in(first, colon) if one.last == colon - 1), None)
        if mention is None:
            return None
        lead = mention.role_first if mention.role_first >= 0 else mention.first
        while lead > first and self.words[lead - 1].is_capital and lead - 1 > first:
            lead -= 1  # Augsburgs Trainer
        if lead <= first or self.words[lead - 1].text not in {",", "–", "—", "-"}:
            return None
        speaker = Speaker(self.people.persons[mention.person].name, "certain" if mention.sure else "likely")
        return Frame((colon, colon + 1), speaker, "colon")

    # ----------------------------------------------------------------------------------------------- indirect speech

    def _speech_verbs(self, first: int, last: int) -> Iterator[Frame]:
        """Frames of verbs of speech in a sentence, quotations aside."""
        for place in range(first, last):
            word = self.words[place]
            if word.text in self.verbs.participles and not word.quoted:
                frame = self._perfect(place, first, last)
                if frame is not None:
                    yield frame
                    continue
            if word.quoted or word.text not in self.verbs.certain or word.is_capital:
                continue
            if word.text in self.closed.determiners and place + 1 < last and self.words[place + 1].is_word:
                continue  # meine Tochter
            if (
                self.clauses.is_silent(place, last)
                or not self.clauses.has_particle(place, last)
                or self.clauses.in_relative_clause(place, first)
                or self.clauses.is_infinitive(place, first, last)
            ):
                continue
            verb = self.clauses.finite(place, first, last)
            phrase = self.clauses.subject(verb, first, last) if verb is not None else None
            if phrase is not None and self.clauses.is_toward_person(place, last, phrase):
                continue
            frame = self._frame((place, place + 1), phrase, "verb") if phrase else None
            if frame is not None and phrase is not None:
                unsure = phrase.kind == "name"  # Augmented Reality bezeichnet …
                yield replace(frame, speaker=replace(frame.speaker, confidence="likely")) if unsure else frame

    def _perfect(self, participle: int, first: int, last: int) -> Frame | None:
        """The frame of `X hat angekündigt`, `wie X mitgeteilt hat`."""
        auxiliary = self.clauses.auxiliary(participle, first, last)
        phrase = self.clauses.subject(auxiliary, first, last) if auxiliary is not None else None
        if phrase is None or phrase.last > participle:
            return None
        frame = self._frame((participle, participle + 1), phrase, "verb")
        if frame is not None and phrase.kind == "name":
            return replace(frame, speaker=replace(frame.speaker, confidence="likely"))
        return frame

    def _own_words(self, place: int, first: int, last: int) -> Frame | None:
        """The frame of `nach eigenen Angaben`, by which the subject of the sentence speaks."""
        for parts in self.verbs.own.get(self.words[place].text.lower(), ()):
            end = place + len(parts)
            if tuple(word.text.lower() for word in self.words[place:end]) != parts or end + 1 >= last:
                continue
            if place == first:
                phrase = self.clauses.speaker_after(end + 1, last, loose=False)
            else:
                phrase = self.clauses.subject_of_sentence(first, last)
            if phrase is not None and phrase.kind in {"person", "body", "country", "role"}:
                return self._frame((place, end), phrase, "preposition")
        return None

    def _prepositions(self, first: int, last: int) -> Iterator[Frame]:
        """Frames of `laut X`, `nach Angaben von X`, `X zufolge`."""
        for place in range(first, last):
            word = self.words[place]
            if word.quoted:
                continue
            lower = word.text.lower()
            own = self._own_words(place, first, last) if lower in self.verbs.own else None
            if own is not None:
                yield own
            elif lower in self.verbs.after:
                frame = self._postposition(place, first)
                if frame is not None:
                    yield frame
            elif lower in self.verbs.before and (
                lower != "so" or (place > first and self.words[place - 1].text in {",", "“", '"', "»", "«", "”"})
            ):
                frame = self._preposition_at(place, last)
                if frame is not None:
                    yield frame

    def _preposition_at(self, place: int, limit: int) -> Frame | None:
        """The frame of a preposition of speech at `place`."""
        for phrase_words in self.verbs.before.get(self.words[place].text.lower(), ()):
            size = len(phrase_words)
            if place + size >= limit:
                continue
            if tuple(word.text.lower() for word in self.words[place : place + size]) != phrase_words:
                continue
            target = place + size
            if self.words[target].text.lower() in self.closed.comparatives:
                return None
            while target < limit and self.words[target].text.lower() in self.closed.links:
                target += 1
            phrase = phrase_at(self.words, target, self.mentions, self.language) if target < limit else None
            if phrase is None or not self.clauses.may_speak(phrase) or self._goes_on_otherwise(phrase, limit):
                return None
            return self._frame((place, place + size), phrase, "preposition")
        return None

    def _goes_on_otherwise(self, phrase: Phrase, limit: int) -> bool:
        """Whether a phrase is only the beginning of something that does not speak: `laut Minister-Erlass`."""
        return phrase.kind == "name" and phrase.last + 1 < limit and self.words[phrase.last + 1].is_capital

    def _postposition(self, place: int, first: int) -> Frame | None:
        """The frame of `X zufolge`: the phrase that ends just before."""
        for start in range(max(first, place - 8), place):
            phrase = phrase_at(self.words, start, self.mentions, self.language)
            if phrase is not None and phrase.last == place - 1 and self.clauses.may_speak(phrase):
                return self._frame((place, place + 1), phrase, "preposition")
        return None

    # -------------------------------------------------------------------------------------------------- the subject

    # ------------------------------------------------------------------------------------------- speech that goes on

    def _with_carried(
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
        inside = [speaker for index in self._quotes_in(first, last) if (speaker := quotes[index]) is not None]
        if inside:
            return (Frame((first, first), inside[-1], "carried"),)
        if not (number > 0 or self.number > 0):
            return ()
        further = self._goes_further(first, last)
        if further is not None and self.memory.speaker is not None:
            said = self.memory.speaker if number else replace(self.memory.speaker, confidence="likely")
            return (Frame((further, further + 2), said, "carried"),)
        if not self.clauses.is_reported(first, last):
            return ()
        speaker = self.memory.speaker
        if speaker is None and len(self.memory.named) == 1:  # reported speech of the only one quoted so far
            speaker = Speaker(next(iter(self.memory.named)), "likely")
        if speaker is not None:
            return (Frame((first, first), speaker if number else replace(speaker, confidence="likely"), "carried"),)
        return ()

    def _tells_of_another(self, frame: Frame, first: int, last: int) -> bool:
        """Whether a sentence reports, in the subjunctive, what another than its speaker has done: `X habe Y geliefert`.

        A country is not another for a speaker of that country; what happened to somebody (`sei verletzt worden`) is no
        charge.
        """
        if frame.speaker.confidence != "certain":
            return False
        for place in range(first, last):
            word = self.words[place]
            if word.quoted or word.text not in self.closed.reported_perfect:
                continue
            phrase = self.clauses.subject_phrase(place, first, last)
            if (
                phrase is None
                or phrase.kind not in {"person", "body", "country"}
                or "worden" in self._texts(place, last)
            ):
                continue
            if not self._closes_with_participle(place, last):
                continue
            named = self._resolve(phrase)
            if named is None or named.name == frame.speaker.name:
                continue
            return phrase.kind != "country" or country_code(phrase.text, self.language) not in self._lands(frame)
        return False

    def _texts(self, first: int, last: int) -> set[str]:
        return {word.text for word in self.words[first:last] if not word.quoted}

    def _closes_with_participle(self, place: int, last: int) -> bool:
        """Whether a participle ends the clause of an auxiliary."""
        for index in range(place + 1, min(last, place + CLAUSE)):
            word = self.words[index]
            if word.text in ",;.:" and not word.quoted:
                before = self.words[index - 1].text
                return before.islower() and before.endswith(("t", "en")) and len(before) > 4  # noqa: PLR2004
        return False

    def _lands(self, frame: Frame) -> frozenset[str]:
        """The countries that a speaker speaks for."""
        person = next((person for person in self.people.persons if person.name == frame.speaker.name), None)
        own = frozenset(person.lands) if person is not None else frozenset[str]()
        codes = {country_code(word, self.language) for word in frame.speaker.name.split()}
        return own | {code for code in codes if code}

    def _goes_further(self, first: int, last: int) -> int | None:
        """Place of the verb in `hieß es weiter`, which goes on with who spoke before."""
        for place in range(first, last - 2):
            word = self.words[place]
            if (
                word.text in self.verbs.impersonal
                and not word.quoted
                and self.words[place + 1].text in self.closed.pronouns
                and self.words[place + 2].text in self.verbs.further
            ):
                return place
        return None

    # -------------------------------------------------------------------------------------------------- names

    def _frame(
        self,
        cue: tuple[int, int],
        phrase: Phrase | None,
        kind: Literal["verb", "preposition", "colon", "carried"],
    ) -> Frame | None:
        speaker = self._resolve(phrase) if phrase is not None else None
        return Frame(cue, speaker, kind, phrase) if speaker is not None else None

    def _resolve(self, phrase: Phrase) -> Speaker | None:
        """The speaker that a phrase names, by the fullest name the article gives."""
        if phrase.kind == "person" and phrase.person is not None:
            return Speaker(self.people.persons[phrase.person].name, "certain" if phrase.sure else "likely")
        if phrase.kind == "pronoun":
            return self._resolve_pronoun(phrase)
        if phrase.kind == "role":
            return self._resolve_role(phrase)
        if phrase.kind == "country" and phrase.article in {"der", "die"} and phrase.text.endswith(("er", "erin")):
            return self._resolve_general(phrase)  # sagte der Norweger
        listed = [word for word in phrase.text.split() if word in listed_bodies()]
        if phrase.kind == "body" and len(listed) == 1:
            return Speaker(listed[0], "certain")  # die staatliche Nachrichtenagentur dpa
        return Speaker(_without_genitive(phrase, self.language), "certain" if phrase.kind != "other" else "likely")

    def _resolve_role(self, phrase: Phrase) -> Speaker:
        """An office resolved to the one person the article gives it, else left as it stands."""
        behind = self.words[max(phrase.first + 1, phrase.last) : phrase.last + 2]
        if self.closed.verb_second and not phrase.article and any(word.is_capital for word in behind):
            return Speaker(_nominative(phrase, self.language), "likely")  # erklärt Juristin Bürger: a name not read
        if phrase.article == "die" and phrase.gender == "m":
            return Speaker(_nominative(replace(phrase, plural=True), self.language), "certain")  # die Forscher
        if phrase.article in self.closed.definite or not self.closed.verb_second or not phrase.article:
            head = phrase.text.split()[-1].lower()
            following = self.words[phrase.last + 1].text.lower() if phrase.last + 1 < len(self.words) else ""
            if following in self.closed.others:  # the manager of another firm
                return Speaker(phrase.text, "certain")
            matching = [
                person
                for person in self.people.persons
                if any(_same_role(head, role) for role in person.roles)
                and not (person.gender and phrase.gender in {"m", "f"} and person.gender != phrase.gender)
            ]
            matching = matching or self._same_office(head, phrase)
            if len(matching) == 1:
                return Speaker(matching[0].name, "certain")
            if len(matching) > 1:
                return Speaker(_nominative(phrase, self.language), "likely")
            general = head.rsplit("-", 1)[-1] in _general_roles(self.language)
            inhabitant = self.people.persons and not role_gender(phrase.text.split()[-1], self.language)
            if phrase.article in self.closed.definite and (
                general or inhabitant
            ):  # so der Manager, sagte der Hamburger
                return self._resolve_general(phrase)
            if phrase.article in self.closed.definite:
                return self._resolve_other_office(phrase, head)
        return Speaker(_nominative(phrase, self.language), "certain")

    def _resolve_general(self, phrase: Phrase) -> Speaker:
        """`der Manager`, `the lawmaker`: words for who was spoken of before, by whatever office."""
        gender = phrase.gender if phrase.gender in {"m", "f"} else {"der": "m", "die": "f"}.get(phrase.article)
        fitting = [
            person
            for person in self.people.persons
            if person.first_block <= self.number and not (person.gender and gender and person.gender != gender)
        ]
        near = {mention.person for mention in self._since_sentence(phrase.first)}
        here = [person for index, person in enumerate(self.people.persons) if index in near and person in fitting]
        if len(here) == 1:
            return Speaker(here[0].name, "certain")
        last = self.memory.speaker
        if last is not None and any(person.name == last.name for person in fitting):
            others = {person.name for person in fitting} - {last.name}
            since = {self.people.persons[mention.person].name for mention in self._since_sentence(phrase.first)}
            return Speaker(last.name, "likely" if others & since else last.confidence)
        if len(fitting) == 1:
            return Speaker(fitting[0].name, "certain")
        subject = self.memory.subject
        if subject is not None and subject.kind == "person" and subject.person is not None and subject.sure:
            person = self.people.persons[subject.person]
            if person in fitting:
                return Speaker(person.name, "certain")
        return Speaker(_nominative(phrase, self.language), "likely")

    def _resolve_other_office(self, phrase: Phrase, head: str) -> Speaker:
        """An office nobody is given: of who spoke last, if that one has none or one that goes with others.

        `CSU-Chef X kritisierte … „…“, sagte der Ministerpräsident`: a reader who is not told of anybody else takes it
        to be X; where X has another office, it is left open.
        """
        name = _nominative(phrase, self.language)
        last = next(
            (p for p in self.people.persons if self.memory.speaker and p.name == self.memory.speaker.name), None
        )
        owned = self._has_owner(phrase)
        if last is None or owned or head.endswith(_role_words("spokespersons", self.language) or ("\0",)):
            return Speaker(name, "certain")
        if last.gender and phrase.gender in {"m", "f"} and last.gender != phrase.gender:
            return Speaker(name, "certain")
        so_far = [p for p in self.people.persons if p.first_block <= self.number and p.gender in {None, phrase.gender}]
        if phrase.gender in {"m", "f"} and so_far == [last] and not self._since_sentence(phrase.first):
            return Speaker(last.name, "certain")
        beside = _role_words("beside_others", self.language)
        if all(role.endswith(beside) for role in last.roles) and not self._since_sentence(phrase.first):
            return Speaker(last.name, "certain" if last.roles else "likely")
        return Speaker(name, "likely")

    def _has_owner(self, phrase: Phrase) -> bool:
        """Whether a genitive behind an office tells whose it is: `der Leiter des Amts`."""
        place = phrase.last + 1
        return place + 1 < len(self.words) and self.words[place].text in {"des", "eines", "von", "vom"}

    def _since_sentence(self, place: int) -> Sequence[Mention]:
        """The persons named in the sentence of `place`, before it and outside quotation marks."""
        first = self.block.sentences[max(0, bisect_right(self.sentence_starts, place) - 1)][0]
        return [mention for mention in self._mentions_in(first, place) if not self.words[mention.first].quoted]

    def _same_office(self, head: str, phrase: Phrase) -> list[Person]:
        """Persons whose office has another name for the same, of the same country: `der polnische Präsident`."""
        lands = {country_code(word, self.language) for word in phrase.text.split()[:-1]} - {None}
        before = self.words[phrase.first - 1].text if phrase.first else ""
        lands |= {country_code(before, self.language)} - {None}
        none: frozenset[str] = frozenset()
        same = next((words for words in _same_offices(self.language) if head in words), none)
        return [
            person
            for person in self.people.persons
            if lands & person.lands and any(role.split()[-1].rsplit("-", 1)[-1] in same for role in person.roles)
        ]

    def _resolve_pronoun(self, phrase: Phrase) -> Speaker | None:
        """`er`, `sie`: the one person of that gender spoken of in this block or the one before."""
        if phrase.gender not in {"m", "f"}:
            return None
        verb = self.words[phrase.first - 1].text if phrase.first else ""
        following = self.words[phrase.last + 1].text if phrase.last + 1 < len(self.words) else ""
        if phrase.gender == "f" and self.closed.verb_second and (_is_plural_verb(verb) or _is_plural_verb(following)):
            return None
        here = [
            (mention.person, self.number)
            for mention in self._mentions_in(max(0, phrase.first - ANTECEDENTS), phrase.first)
            if not self.words[mention.first].quoted
        ]
        recent = [entry for entry in self.memory.recent if entry[1] >= self.number - 1 and entry not in here] + here
        fitting = list(dict.fromkeys(person for person, _ in recent if self._fits(self.people.persons[person], phrase)))
        last = self.memory.speaker
        if last is not None:
            same = [person for person in fitting if self.people.persons[person].name == last.name]
            since = [
                m.person for m in self._since_sentence(phrase.first) if m.person in fitting and m.person not in same
            ]
            if same and not since:
                return Speaker(self.people.persons[same[0]].name, last.confidence)
        if len(fitting) == 1:
            return Speaker(self.people.persons[fitting[0]].name, "certain")
        near = self._nearest(phrase)
        if near is not None:
            return near
        if fitting:
            return Speaker(self.people.persons[fitting[-1]].name, "likely")
        everybody = [person for person in self.people.persons if self._fits(person, phrase)]
        if len(everybody) == 1 and everybody[0].first_block <= self.number:
            return Speaker(everybody[0].name, "certain" if everybody[0].mentions > 1 else "likely")
        return None

    def _nearest(self, phrase: Phrase) -> Speaker | None:
        """The only one of that gender named in the sentence of a pronoun before it, else in the one before."""
        index = max(0, bisect_right(self.sentence_starts, phrase.first) - 1)
        for number in (index, index - 1):
            if number < 0:
                return None
            first, last = self.block.sentences[number]
            named = {
                mention.person
                for mention in self._mentions_in(first, min(last, phrase.first))
                if not self.words[mention.first].quoted and mention.sure
            }
            fitting = [person for person in named if self._fits(self.people.persons[person], phrase)]
            if len(fitting) > 1:
                return None
            if fitting:
                subject = self.clauses.subject_of_sentence(first, last) if number < index else None
                another = (
                    subject is not None and subject.kind == "role" and subject.gender in {None, "?", phrase.gender}
                )
                return None if another else Speaker(self.people.persons[fitting[0]].name, "certain")
        return None

    def _fits(self, person: Person, phrase: Phrase) -> bool:
        return person.gender is None or person.gender == phrase.gender


def _passes_on(frame: Frame) -> bool:
    """Whether a speaker is one who reports what others say: an agency, the press."""
    if frame.phrase is None or frame.phrase.kind not in {"body", "group", "other"}:
        return False
    if listed_bodies().get(frame.speaker.name) == "agency":
        return True
    return (
        frame.phrase.text.split()[-1]
        .lower()
        .rstrip("ens")
        .endswith(("agentur", "medi", "zeitung", "agenci", "media", "newspaper"))
    )


def _with_via(frames: list[Frame]) -> list[Frame]:
    """Frames in which an agency passes on what a person says made one: `sagte X laut dpa`."""
    carriers = [frame for frame in frames if _passes_on(frame)]
    others = [frame for frame in frames if not _passes_on(frame)]
    if len(carriers) != 1 or not others:
        return frames
    via = carriers[0].speaker.name
    return [replace(frame, speaker=replace(frame.speaker, via=via)) for frame in others]


def _is_plural_verb(word: str) -> bool:
    """Whether a verb beside `sie` shows that several speak."""
    return word.islower() and word.endswith("en") and len(word) > 4  # noqa: PLR2004


def _is_acronym(word: str) -> bool:
    """Whether a word is a run of capitals, as bodies are called."""
    return len(word) > 1 and word.isupper()


@cache
def _general_roles(language: str) -> frozenset[str]:
    """Words for a person whose office was told before."""
    return frozenset(str(table(language, "roles").get("general", "")).split())


@cache
def _role_words(key: str, language: str) -> tuple[str, ...]:
    return tuple(str(table(language, "roles").get(key, "")).split())


@cache
def _same_offices(language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words.split()) for words in table(language, "roles").get("same", []))


def _without_genitive(phrase: Phrase, language: str) -> str:
    """A body as a name of its own: `Ministerium` for `des Ministeriums`."""
    before, _, head = phrase.text.rpartition(" ")
    base = lemma(head, language)
    if phrase.article not in closed_words(language).genitive or before or not head.startswith(base):
        return phrase.text
    return base


def _nominative(phrase: Phrase, language: str) -> str:
    """An office as a name of its own: `polnischer Präsident`, whatever the case it stood in."""
    if not closed_words(language).verb_second:
        return phrase.text
    words = phrase.text.split()
    ending = "e" if phrase.gender == "f" or phrase.plural else "er"
    adjectives = [
        re.sub(r"(?:en|er|em|es|e)$", ending, word)
        if word.islower() and word.endswith(("e", "en", "er", "em", "es"))
        else word
        for word in words[:-1]
    ]
    return " ".join([*adjectives, words[-1]])


def _same_role(head: str, role: str) -> bool:
    """Whether an office as repeated means the one given before: `ministerin` for `nrw-landwirtschaftsministerin`."""
    last = role.rsplit(maxsplit=1)[-1]
    bare = head.removesuffix("s")
    if last.endswith((head, bare)):
        return True
    return len(bare) > 6 and last.rstrip("esn").endswith(bare.rstrip("esn"))  # noqa: PLR2004 - short stems mislead
