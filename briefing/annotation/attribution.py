"""Who says it: speakers of quotations and of indirect speech.

Everything rests on frames of grammar, not on nearness. A verb of speech has a subject, found by the order of the clause: in
German behind the verb when a quotation, an adverb or a clause stands first, before it otherwise; in English before it, or
behind it after a quotation. Prepositions name a speaker (`laut X`, `X zufolge`). A colon before a quotation hands it to the
subject of its clause. What has no frame of its own goes on with the speaker of the sentence before when it is a quotation
that follows directly, or stands in the subjunctive of reported speech.

A speaker is `certain` when a frame names them and their name is unambiguous, `likely` when a pronoun or namesake had more
than one candidate, or when only nearness speaks for them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from briefing.annotation.people import Mention, People, Person, lemma
from briefing.annotation.phrases import Phrase, closed_words, listed_bodies, phrase_at
from briefing.annotation.tokens import Token
from briefing.lexicon import table
from briefing.model import Speaker

REACH = 14
"""Tokens between a verb and a subject behind it; `sagte am Mittwoch bei einem Besuch in der Stadt der …` has 9."""

SKIPPED = 3
"""Small words of no known class passed over between a verb and its subject: `sagte da ganz leise der Mann`."""
ANTECEDENTS = 400
"""Words of the same block looked back over for whom a pronoun means; a long paragraph has 200."""
CLAUSE = 80
"""Tokens of the longest clause looked back over; it bounds the work at each verb."""


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


@dataclass(frozen=True, slots=True)
class _Verbs:
    """The reporting words of one language."""

    beside: frozenset[str]
    certain: frozenset[str]
    participles: frozenset[str]
    particles: Mapping[str, frozenset[str]]
    no_speech: frozenset[str]
    convinced: frozenset[str]
    impersonal: frozenset[str]
    before: Mapping[str, tuple[tuple[str, ...], ...]]
    """First word of a preposition of speech → its words, longest first."""
    after: frozenset[str]
    auxiliaries: frozenset[str]


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
        return tuple(Attribution((None,) * len(block.quotes), ((),) * len(block.sentences)) for block in blocks)
    memory = _Memory()
    return tuple(_Reader(block, number, people, language, memory).read() for number, block in enumerate(blocks))


@cache
def _verbs(language: str) -> _Verbs:
    data = table(language, "speech")

    def words(key: str) -> frozenset[str]:
        return frozenset(str(data.get(key, "")).split())

    return _Verbs(
        beside=words("strong") | words("certain"),
        certain=words("certain"),
        participles=words("participles"),
        particles={
            stem: frozenset(parts.split())
            for stem, parts in sorted(data["particles"].items(), key=lambda item: -len(item[0]))
        },
        no_speech=words("no_speech"),
        convinced=words("convinced"),
        impersonal=words("impersonal"),
        before=_by_first_word(data["before"]),
        after=frozenset(data["after"]),
        auxiliaries=words("auxiliaries"),
    )


def _by_first_word(phrases: Sequence[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.lower().split())
        by_first.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in by_first.items()}


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
        self.verbs = _verbs(language)
        self.quote_starts = [start for start, _ in block.quotes]
        self.quote_ends = [end for _, end in block.quotes]
        self.sentence_starts = [first for first, _ in block.sentences]
        self.mention_starts = [mention.first for mention in block.mentions]
        self.mentions: dict[int, Mention] = {}
        for mention in block.mentions:
            self.mentions.setdefault(mention.first, mention)
            if mention.role_first >= 0:
                self.mentions.setdefault(mention.role_first, mention)

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
        return Attribution(tuple(quotes), tuple(sentences))

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
        self.memory.subject = self._subject_of_sentence(first, last)

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
        after = self._behind(end, index)
        if after is not None:
            return after.speaker
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
        return self._sole(self._carried_quote(index, opening, quotes), index)

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
        _, _, first_person = _subjunctive(self.language)
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
        return self.closed.verb_second and before in {"der", "dem"} and self.words[start].is_capital

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
        if self.memory.speaker is not None and self._is_reported(first, self._sentence_end(start)):
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
        if place >= limit or words[place].text in "(:;":
            return None
        stopped = any(word.text == "." for word in words[end:place])
        text = words[place].text
        lower = text.lower()
        if stopped or self._new_sentence(end, place):
            return None
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

    def _new_sentence(self, end: int, place: int) -> bool:
        """Whether another sentence begins between a quotation's end and `place`."""
        return bisect_right(self.sentence_starts, place) > bisect_right(self.sentence_starts, end)

    def _is_verb_beside(self, lower: str, *, comma: bool) -> bool:
        """Whether a word behind a quotation can be a verb of speech: in German any finite verb in this place is."""
        if lower in self.verbs.no_speech:
            return lower in {"ist", "sind", "war", "waren"}
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

    def _subject_behind(self, verb: int, limit: int) -> Frame | None:
        """The frame of an inverted verb, with its subject behind it."""
        phrase = self._speaker_after(verb + 1, limit, loose=True, beside=self.words[verb].text in self.verbs.beside)
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
        """Places where the verb may stand behind a subject: directly, behind an adverb, behind `, a professor at X,`."""
        if place < limit and self.words[place].text == ",":
            close = next((k for k in range(place + 1, min(limit, place + 20)) if self.words[k].text == ","), None)
            if close is None:
                return
            place = close + 1
        yield from range(place, min(limit, place + 3))

    def _impersonal(self, verb: int, limit: int) -> Frame | None:
        """`“, heißt es in dem Bericht`: the body behind the preposition speaks."""
        for place in range(verb + 1, min(limit, verb + 6)):
            if self.words[place].text.lower() in self.closed.prepositions:
                phrase = phrase_at(self.words, place + 1, self.mentions, self.language)
                if phrase is not None and phrase.kind in {"body", "person", "country"}:
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
                    phrase = self._subject(verb, first, opening)
                    return self._frame((verb, verb + 1), phrase, "verb") if phrase else None
        return None

    def _announced(self, first: int, colon: int) -> Frame | None:
        """Who is announced by a clause that ends with a colon at `colon`."""
        for place in range(max(first, colon - 8), colon):
            frame = self._preposition_at(place, colon)
            if frame is not None and frame.phrase is not None and frame.phrase.last == colon - 1:
                return frame  # …, so CEO Maria Muster: „…“
        verbs = [
            place
            for place in range(first, colon)
            if not self.words[place].quoted and self.words[place].text in self.verbs.beside
        ]
        for verb in reversed(verbs):
            phrase = self._subject(verb, first, colon)
            if phrase is not None:
                return self._frame((verb, verb + 1), phrase, "colon")
            if self._in_relative_clause(verb, first):
                antecedent = self._antecedent(self._clause_start(verb, first), first)
                return self._frame((verb, verb + 1), antecedent, "colon") if antecedent else None
        start = self._skip_conjunction(first)
        phrase = phrase_at(self.words, start, self.mentions, self.language)
        named = phrase is not None and phrase.kind not in {"name", "country"}
        if phrase is not None and named and self._may_speak(phrase) and phrase.article not in self.closed.oblique:
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
                phrase = self._speaker_after(verb + 1, colon, loose=False)
                return self._frame((colon, colon + 1), phrase, "colon") if phrase and phrase.kind == "person" else None
        return None

    def _antecedent(self, clause: int, first: int) -> Phrase | None:
        """The noun that a relative clause beginning at `clause` hangs on: `ein junger Mann, der sagte:`."""
        for start in range(max(first, clause - 7), clause - 1):
            phrase = phrase_at(self.words, start, self.mentions, self.language)
            if phrase is not None and phrase.last == clause - 2 and phrase.kind != "pronoun":
                return replace(phrase, kind="role") if phrase.kind == "other" else phrase
        return None

    # ----------------------------------------------------------------------------------------------- indirect speech

    def _speech_verbs(self, first: int, last: int) -> Iterator[Frame]:
        """Frames of verbs of speech in a sentence, quotations aside."""
        for place in range(first, last):
            word = self.words[place]
            if word.quoted or word.text not in self.verbs.certain or word.is_capital:
                continue
            if (
                not self._has_particle(place, last)
                or self._in_relative_clause(place, first)
                or self._is_infinitive(place, first, last)
            ):
                continue
            verb = self._finite(place, first, last)
            phrase = self._subject(verb, first, last) if verb is not None else None
            frame = self._frame((place, place + 1), phrase, "verb") if phrase else None
            if frame is not None and phrase is not None:
                unsure = phrase.kind == "name"  # Augmented Reality bezeichnet …
                yield replace(frame, speaker=replace(frame.speaker, confidence="likely")) if unsure else frame

    def _finite(self, place: int, first: int, last: int) -> int | None:
        """The finite verb that goes with a form at `place`: itself, or the auxiliary of a participle (`hat … bestätigt`).

        None for a participle in the passive, whose subject does not speak.
        """
        text = self.words[place].text
        following = self.words[place + 1].text if place + 1 < last else "."
        closes = following in {
            ".",
            ",",
            ";",
            ":",
            "!",
            "?",
            "und",
            "oder",
            "worden",
            "hat",
            "haben",
            "hatte",
            "wird",
            "wurde",
        }
        if not self.closed.verb_second or not text.endswith("t") or not closes or place == first:
            return place
        if self.words[place - 1].text in {",", "“", '"', "«", "»"}:
            return place
        for auxiliary in range(place - 1, max(first, place - CLAUSE) - 1, -1):
            lower = self.words[auxiliary].text.lower()
            if lower in {"hat", "haben", "hatte", "hatten", "habe"} and not self.words[auxiliary].quoted:
                return auxiliary
            if lower in {"wird", "werden", "wurde", "wurden", "ist", "sind", "war", "waren"}:
                return None
        return place

    def _has_particle(self, verb: int, last: int) -> bool:
        """Whether a separable verb of speech has its particle: `teilte … mit`; other verbs need none."""
        text = self.words[verb].text
        particles = next((parts for stem, parts in self.verbs.particles.items() if text.startswith(stem)), None)
        if particles is None:
            return True
        return any(word.text in particles and not word.quoted for word in self.words[verb + 1 : min(last, verb + 40)])

    def _is_infinitive(self, place: int, first: int, last: int) -> bool:
        """Whether a form in -en is an infinitive or ends a clause, so that it has no subject of its own here."""
        text = self.words[place].text
        if not self.closed.verb_second:
            return place > first and self.words[place - 1].text.lower() in {
                "to",
                "be",
                "been",
                "was",
                "were",
                "is",
                "are",
                "being",
                "not",
            }
        before = self.words[place - 1].text.lower() if place > first else ""
        if before == "zu":
            return True
        following = self.words[place + 1].text if place + 1 < last else "."
        return text.endswith("en") and following in ".,;:!?" and not (place == first or before == ",")

    def _prepositions(self, first: int, last: int) -> Iterator[Frame]:
        """Frames of `laut X`, `nach Angaben von X`, `X zufolge`."""
        for place in range(first, last):
            word = self.words[place]
            if word.quoted:
                continue
            lower = word.text.lower()
            if lower in self.verbs.after:
                frame = self._postposition(place, first)
                if frame is not None:
                    yield frame
            elif lower != "so" or (place > first and self.words[place - 1].text in {",", "“", '"', "»", "«", "”"}):
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
            while target < limit and self.words[target].text.lower() in {
                "von",
                "vom",
                "auch",
                "etwa",
                "weiter",
                "of",
                "zum",
            }:
                target += 1
            phrase = phrase_at(self.words, target, self.mentions, self.language) if target < limit else None
            if phrase is None or not self._may_speak(phrase) or self._goes_on_otherwise(phrase, limit):
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
            if phrase is not None and phrase.last == place - 1 and self._may_speak(phrase):
                return self._frame((place, place + 1), phrase, "preposition")
        return None

    # -------------------------------------------------------------------------------------------------- the subject

    def _subject(self, verb: int, first: int, last: int) -> Phrase | None:
        """The subject of the verb at `verb` in the sentence from `first` to `last`, if it can speak and agrees in number."""
        phrase = self._subject_phrase(verb, first, last)
        return phrase if phrase is None or self._agrees(phrase, self.words[verb].text) else None

    def _agrees(self, phrase: Phrase, verb: str) -> bool:
        """Whether a subject may stand with a plural verb: `Nordkorea werfen sie vor` has another one."""
        if (
            not self.closed.verb_second
            or not verb.endswith("en")
            or phrase.kind in {"group", "pronoun", "role", "other"}
        ):
            return True
        if phrase.article == "die" and phrase.kind == "body" and phrase.text.endswith("en"):
            return True
        return any(word in _plural_names(self.language) for word in phrase.text.split())

    def _subject_phrase(self, verb: int, first: int, last: int) -> Phrase | None:
        if self._in_relative_clause(verb, first):
            return None
        start = self._clause_start(verb, first)
        if not self.closed.verb_second:
            before = self._subject_before(verb, start, first)
            if before is not None:
                return before if self._may_speak(before) else None
            return self._english_inversion(verb, first, last)
        lead = self._skip_conjunction(start)
        if self.words[lead].text.lower() in self.closed.comparatives and lead < verb:  # wie X berichtet
            phrase = phrase_at(self.words, lead + 1, self.mentions, self.language)
            return (
                phrase
                if phrase is not None and self._may_speak(phrase) and phrase.article not in self.closed.oblique
                else None
            )
        if (
            self.words[lead].text.lower() in self.closed.subordinators - self.closed.determiners
            and lead < verb
            and lead > first
        ):
            return None
        before = self._subject_before(verb, lead, first)
        if before is not None:
            return before if self._may_speak(before) else None
        return self._speaker_after(verb + 1, last, loose=verb == lead)

    def _subject_before(self, verb: int, start: int, first: int) -> Phrase | None:
        """The phrase that fills the clause before the verb, or the one before an apposition in commas."""
        if verb > start:
            phrase = phrase_at(self.words, start, self.mentions, self.language)
            if phrase is not None and phrase.last < verb and self._fills(phrase, verb):
                return phrase
            if not self.closed.verb_second:
                return self._ending_at(verb, start)
            return None
        if verb <= first or self.words[verb - 1].text != ",":
            return None
        lead = self._skip_conjunction(first)
        phrase = phrase_at(self.words, lead, self.mentions, self.language)
        if phrase is None or not self._may_speak(phrase) or phrase.article in self.closed.oblique:
            return None
        if phrase.last + 1 < verb - 1 and self.words[phrase.last + 1].text == ",":
            return phrase
        return None

    def _ending_at(self, verb: int, start: int) -> Phrase | None:
        """English: the phrase that ends right before the verb or an adverb."""
        end = verb
        while end - 1 > start and self.words[end - 1].text.lower() in self.closed.adverbs | {"has", "had", "have"}:
            end -= 1
        for place in range(max(start, end - 8), end):
            phrase = phrase_at(self.words, place, self.mentions, self.language)
            if phrase is not None and phrase.last == end - 1 and self._may_speak(phrase):
                before = self.words[place - 1].text.lower() if place > start else ""
                if before in self.closed.prepositions:
                    return None
                return phrase
        return None

    def _english_inversion(self, verb: int, first: int, last: int) -> Phrase | None:
        before = self.words[verb - 1].text if verb > first else ""
        return self._speaker_after(verb + 1, last, loose=False) if before in {",", "”", '"', "“", "’"} else None

    def _fills(self, phrase: Phrase, verb: int) -> bool:
        """Whether nothing but attributes stands between a phrase and the verb, and the phrase is no object."""
        if phrase.article in self.closed.oblique or verb - phrase.last > 14:  # noqa: PLR2004
            return False
        following = self.words[phrase.last + 1]
        if (
            not self.closed.verb_second
            and following.is_word
            and following.text.lower()
            not in (self.closed.prepositions | self.closed.adverbs | {"has", "had", "have", "himself", "herself"})
        ):
            return phrase.last + 1 == verb
        depth = 0
        for word in self.words[phrase.last + 1 : verb]:
            depth += (word.text == "(") - (word.text == ")")
            if depth:
                continue
            if word.text in {",", ":", ";", "–"} or word.text in self.verbs.certain:
                return False
            lower = word.text.lower()
            if (
                word.is_word
                and not word.is_capital
                and self.closed.verb_second
                and not (
                    lower
                    in self.closed.determiners
                    | self.closed.prepositions
                    | self.closed.adverbs
                    | self.closed.conjunctions
                    or lower[-1] in "enrsm"
                    or lower.isdigit()
                )
            ):
                return False
            if not self.closed.verb_second and lower in self.closed.subordinators | self.verbs.no_speech - {
                "has",
                "have",
                "had",
            }:
                return False
        return True

    def _speaker_after(self, place: int, limit: int, *, loose: bool, beside: bool = False) -> Phrase | None:
        """The first phrase from `place` on that can speak and is no object, adverbs and prepositional phrases skipped.

        Args:
            place: Where to begin.
            limit: Where to end.
            loose: Whether a single unknown word may be a name.
            beside: Whether a verb of speech stands behind a quotation, so that any noun that is its subject speaks.
        """
        start, end = place, min(limit, place + REACH)
        skipped = 0
        while place < end:
            word = self.words[place]
            lower = word.text.lower()
            if word.quoted or word.text in ",.;:!?–(":
                return None
            if (
                lower in self.closed.adverbs
                and place not in self.mentions
                and not (lower in self.closed.determiners and place + 1 < end and self.words[place + 1].is_capital)
            ):
                place += 1
                continue
            if lower in self.closed.prepositions and place not in self.mentions:
                place = self._behind_prepositional(place + 1, end)
                continue
            phrase = phrase_at(self.words, place, self.mentions, self.language)
            if phrase is None:
                place += 1
                skipped += 1
                finite = lower in self.verbs.no_speech or lower in _subjunctive(self.language)[0]
                if not self.closed.verb_second or not word.is_word or finite or skipped > SKIPPED:
                    return None
                continue
            if phrase.article in self.closed.oblique or self._is_dative(phrase):
                place = phrase.last + 1
                continue
            if self._may_speak(phrase) and (loose or phrase.kind != "name"):
                return phrase
            if beside and phrase.kind == "other" and phrase.article in self.closed.determiners:
                return replace(phrase, kind="role")  # sagte der Hamburger
            if (
                beside
                and phrase.kind == "other"
                and not phrase.article
                and phrase.first == phrase.last
                and _is_singular_verb(self.words[start - 1].text)
            ):
                return replace(phrase, kind="name")  # sagte Jesus: a noun would have an article
            return None
        return None

    def _is_dative(self, phrase: Phrase) -> bool:
        """Whether `der` before a feminine noun makes it an object: `sagte der Zeitung`."""
        if phrase.article != "der" or phrase.kind == "group":
            return False
        if phrase.kind == "role":
            return phrase.gender == "f"
        if phrase.kind in {"body", "other"}:
            head = phrase.text.split()[0].lower()
            agency = listed_bodies().get(phrase.text.split()[0]) == "agency"
            return agency or any(word.endswith(self.closed.feminine_nouns) for word in (head, phrase.text.lower()))
        return phrase.kind == "person" and phrase.gender == "f"

    def _behind_prepositional(self, place: int, end: int) -> int:
        """The first token behind the noun phrase of a preposition; a person there belongs to it only right behind it."""
        start = place
        while place < end and self.words[place].is_word and not self.words[place].quoted:
            word = self.words[place]
            if place > start and place in self.mentions:
                return place
            if word.is_capital or word.text[0].isdigit():
                place += 1
                while (
                    place < end
                    and (
                        self.words[place].is_capital
                        or self.words[place].text == "."
                        or self.words[place].text[0].isdigit()
                    )
                    and place not in self.mentions
                ):
                    place += 1
                return place
            place += 1
        return place

    def _clause_start(self, verb: int, first: int) -> int:
        """First token of the clause that the verb stands in: behind a comma, colon, dash or quotation."""
        place, first = verb, max(first, verb - CLAUSE)
        while place > first:
            before = self.words[place - 1]
            if before.text == ")":
                place = next(
                    (k for k in range(place - 1, max(first, place - 12), -1) if self.words[k].text == "("), place - 1
                )
                continue
            if before.quoted or before.text in {",", ":", ";", "–", "—", "(", "“", "”", '"', "»", "«", "„"}:
                return place
            place -= 1
        return place

    def _in_relative_clause(self, verb: int, first: int) -> bool:
        """Whether the clause of the verb hangs on a noun: `…, der sagte`, `, who said`."""
        start = self._clause_start(verb, first)
        if start == first or self.words[start - 1].text != "," or start >= verb:
            lower = self.words[start].text.lower()
            return (
                not self.closed.verb_second
                and any(word.text.lower() in {"who", "which"} for word in self.words[start:verb])
                and lower not in {"who", "which"}
            )
        lower = self.words[start].text.lower()
        if lower not in self.closed.relatives:
            return False
        following = self.words[start + 1]
        if not self.closed.verb_second:
            return True
        return not (
            lower in self.closed.determiners
            and (following.is_capital or following.text.endswith(("e", "en")))
            and start + 1 < verb
        )

    def _skip_conjunction(self, place: int) -> int:
        """The first token from `place` on that is neither a mark nor a word that joins sentences."""
        end = len(self.words) - 1
        while place < end and (
            self.words[place].text.lower() in self.closed.conjunctions or not self.words[place].is_word
        ):
            place += 1
        return place

    def _subject_of_sentence(self, first: int, last: int) -> Phrase | None:
        """The phrase that opens a sentence, if it can speak: who the sentence is about."""
        if first >= last or self.words[first].quoted:
            return None
        start = self._skip_conjunction(first)
        phrase = phrase_at(self.words, start, self.mentions, self.language)
        if phrase is None or not self._may_speak(phrase) or phrase.article in self.closed.oblique:
            return None
        return phrase

    def _may_speak(self, phrase: Phrase) -> bool:
        return phrase.kind != "other" and phrase.text.lower() not in {"es", "it"}

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
        if (number > 0 or self.number > 0) and self.memory.speaker is not None and self._is_reported(first, last):
            speaker = self.memory.speaker
            return (Frame((first, first), speaker if number else replace(speaker, confidence="likely"), "carried"),)
        return ()

    def _is_reported(self, first: int, last: int) -> bool:
        """Whether a sentence has a verb form that only reported speech has, outside quotation marks."""
        sure, endings, first_person = _subjunctive(self.language)
        found = False
        for word in self.words[first:last]:
            if word.quoted:
                continue
            lower = word.text.lower()
            if lower in first_person:
                return False
            found = found or lower in sure or (not word.is_capital and lower.endswith(endings) and len(lower) > 5)  # noqa: PLR2004
        return found or (self.closed.verb_second and self._has_subjunctive(first, last))

    def _has_subjunctive(self, first: int, last: int) -> bool:
        """Whether a verb in -e follows a noun or pronoun of the third person: `Das Treffen zeuge von …`, `Es leite … ein`."""
        for place in range(first + 1, last):
            word, before = self.words[place], self.words[place - 1]
            text = word.text
            if word.quoted or not text.endswith("e") or not text.islower() or len(text) < 4:  # noqa: PLR2004
                continue
            if (
                not (before.is_capital or before.text in self.closed.pronouns)
                or before.text.lower() in self.closed.determiners
            ):
                continue
            if place + 1 < last and self.words[place + 1].is_capital and not text.endswith(("iere", "ele")):
                continue
            if lemma(text, self.language) == text + "n":  # zeuge → zeugen, but sagte → sagen
                return True
        return False

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
        listed = [word for word in phrase.text.split() if word in listed_bodies()]
        if phrase.kind == "body" and len(listed) == 1:
            return Speaker(listed[0], "certain")  # die staatliche Nachrichtenagentur KCNA
        return Speaker(phrase.text, "certain" if phrase.kind != "other" else "likely")

    def _resolve_role(self, phrase: Phrase) -> Speaker:
        """An office resolved to the one person the article gives it, else left as it stands."""
        if phrase.article in self.closed.definite or not self.closed.verb_second or not phrase.article:
            head = phrase.text.split()[-1].lower()
            following = self.words[phrase.last + 1].text.lower() if phrase.last + 1 < len(self.words) else ""
            if following in {"eines", "einer", "of"}:  # the manager of another firm
                return Speaker(phrase.text, "certain")
            matching = [
                person
                for person in self.people.persons
                if any(_same_role(head, role) for role in person.roles)
                and not (person.gender and phrase.gender in {"m", "f"} and person.gender != phrase.gender)
            ]
            if len(matching) == 1:
                return Speaker(matching[0].name, "certain")
            if len(matching) > 1:
                return Speaker(phrase.text, "likely")
        return Speaker(phrase.text, "certain")

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
            since = [person for person, _ in here if person in fitting and person not in same]
            if same and not since:
                return Speaker(self.people.persons[same[0]].name, last.confidence)
        if len(fitting) == 1:
            return Speaker(self.people.persons[fitting[0]].name, "certain")
        if fitting:
            return Speaker(self.people.persons[fitting[-1]].name, "likely")
        everybody = [person for person in self.people.persons if self._fits(person, phrase)]
        if len(everybody) == 1 and everybody[0].first_block <= self.number:
            return Speaker(everybody[0].name, "certain" if everybody[0].mentions > 1 else "likely")
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
    """Frames in which an agency passes on what a person says made one: `sagte X laut KCNA`."""
    carriers = [frame for frame in frames if _passes_on(frame)]
    others = [frame for frame in frames if not _passes_on(frame)]
    if len(carriers) != 1 or not others:
        return frames
    via = carriers[0].speaker.name
    return [replace(frame, speaker=replace(frame.speaker, via=via)) for frame in others]


def _is_plural_verb(word: str) -> bool:
    """Whether a verb beside `sie` shows that several speak."""
    return word.islower() and word.endswith("en") and len(word) > 4  # noqa: PLR2004


def _is_singular_verb(word: str) -> bool:
    """Whether a German verb form is of the third person singular."""
    return word.endswith(("t", "te", "e")) or not word.endswith("en")


def _same_role(head: str, role: str) -> bool:
    """Whether an office as repeated means the one given before: `ministerin` for `nrw-landwirtschaftsministerin`."""
    last = role.rsplit(maxsplit=1)[-1]
    bare = head.removesuffix("s")
    return (
        last.endswith(head)
        or last.endswith(bare)
        or (len(bare) > 6 and last.rstrip("esn").endswith(bare.rstrip("esn")))
    )


@cache
def _plural_names(language: str) -> frozenset[str]:
    return frozenset(str(table(language, "grammar").get("plural_names", "")).split())


@cache
def _subjunctive(language: str) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """Forms and endings of reported speech, and the words of the first person."""
    data = table(language, "grammar")
    endings = tuple(str(data.get("subjunctive_endings", "")).split()) or ("\0",)
    return (
        frozenset(str(data.get("subjunctive_sure", "")).split()),
        endings,
        frozenset(str(data.get("first_person", "")).split()),
    )
