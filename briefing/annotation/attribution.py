"""Who says it: speakers of quotations and of indirect speech.

Everything rests on frames of grammar, not on nearness. A verb of speech has a subject, found by the order of the
clause: in German behind the verb when a quotation, an adverb or a clause stands first, before it otherwise; in
English before it, or behind it after a quotation. Prepositions name a speaker (`laut X`, `X zufolge`). A colon before
a quotation hands it to the subject of its clause. What has no frame of its own goes on with the speaker of the
sentence before when it is a quotation that follows directly, or stands in the subjunctive of reported speech.
`framing` reads what stands around a quotation, `indirect` the rest of a sentence, `carrying` what goes on, `naming`
whom a phrase means.

A speaker is `certain` when a frame names them and their name is unambiguous, `likely` when a pronoun or namesake had
more than one candidate, or when only nearness speaks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.annotation.blocks import Attribution, Block, Frame, Memory, View
from briefing.annotation.carrying import Carrying
from briefing.annotation.clauses import CLAUSE, REACH
from briefing.annotation.framing import Framing
from briefing.annotation.indirect import IndirectSpeech
from briefing.annotation.naming import Naming
from briefing.annotation.persons import People
from briefing.lexicon import table
from briefing.model import Speaker


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
    memory = Memory()
    found = [_Reader(block, number, people, language, memory).read() for number, block in enumerate(blocks)]
    return tuple(_with_ends(blocks, found))


def _with_ends(blocks: Sequence[Block], found: list[Attribution]) -> list[Attribution]:
    """The same, where a quotation over paragraphs has its speaker from its end: `“…⏎“…,” said X`."""
    for number in range(len(blocks) - 1, 0, -1):
        above, here = found[number - 1].quotes, found[number].quotes
        if 0 in blocks[number].continued and here and above and above[-1] is None and here[0] is not None:
            found[number - 1] = replace(found[number - 1], quotes=(*above[:-1], here[0]))
    return found


class _Reader:
    """Reads one block; the memory goes from block to block."""

    def __init__(self, block: Block, number: int, people: People, language: str, memory: Memory) -> None:
        self.block = block
        self.words = block.words
        self.number = number
        self.memory = memory
        self.view = View(block, number, language)
        self.naming = Naming(self.view, people, memory)
        self.indirect = IndirectSpeech(self.view, self.naming)
        self.framing = Framing(self.view, self.naming, self.indirect)
        self.carrying = Carrying(self.view, self.naming, self.indirect)

    def read(self) -> Attribution:
        """Read the sentences in order, then give each quotation its speaker."""
        quotes: list[Speaker | None] = [None] * len(self.block.quotes)
        sentences: list[tuple[Frame, ...]] = []
        for number, (first, last) in enumerate(self.block.sentences):
            frames = self.indirect.sentence(first, last)
            inside = self.view.quotes_in(first, last)
            for index in inside:
                if quotes[index] is None:
                    said = self._quote(index, first, last, frames, quotes)
                    if said is not None and self._names_itself(index, said):
                        frames = tuple(frame for frame in frames if frame.speaker.name != said.name)
                        said = None
                    quotes[index] = said
            self._agree(inside, quotes)
            frames = self.carrying.with_carried(number, first, last, frames, quotes)
            sentences.append(frames)
            self._look_back(number, frames, quotes)
            for index in inside:
                said = quotes[index]
                if said is not None and said.confidence == "certain":
                    self.memory.named[said.name] = None
                    self.memory.quoted = said
            self._remember(first, last, frames, quotes)
        for index in sorted(self.block.continued, reverse=True):
            if index and quotes[index - 1] is None:
                quotes[index - 1] = quotes[index]
        self._finish(quotes)
        reported = tuple(self.view.clauses.reported_verb(first, last) for first, last in self.block.sentences)
        others = tuple(
            any(self.indirect.tells_of_another(frame, first, last) for frame in frames)
            for frames, (first, last) in zip(sentences, self.block.sentences, strict=True)
        )
        return Attribution(tuple(quotes), tuple(sentences), reported, others)

    def _agree(self, inside: Sequence[int], quotes: list[Speaker | None]) -> None:
        """Make a speaker sure for all quotations of a sentence who is sure for one: `„…“ sei „…“, sagt X`."""
        sure = {said.name: said for index in inside if (said := quotes[index]) and said.confidence == "certain"}
        for index in inside:
            said = quotes[index]
            if said is not None:
                quotes[index] = sure.get(said.name, said)

    def _look_back(self, number: int, frames: Sequence[Frame], quotes: list[Speaker | None]) -> None:
        """`„…“ Das sagte X.`: a sentence that takes up the quotation before it."""
        if number == 0 or not frames or frames[0].kind != "verb" or not self.block.quotes:
            return
        first = self.block.sentences[number][0]
        if self.words[first].text not in {"Das", "Dies", "So"} or frames[0].cue[0] != first + 1:
            return
        for index in self.view.quotes_in(max(0, first - 4), first + 1):
            if first - 3 <= self.block.quotes[index][1] <= first and quotes[index] is None:
                quotes[index] = frames[0].speaker

    def _remember(self, first: int, last: int, frames: Sequence[Frame], quotes: Sequence[Speaker | None]) -> None:
        """Keep who spoke and who was spoken of, for the sentences that follow."""
        told = [one.person for one in self.view.mentions_in(first, last) if not self.words[one.first].quoted]
        self.memory.latest = tuple(told)
        self.memory.recent += [(person, self.number) for person in told]
        del self.memory.recent[:-20]
        inside = [speaker for index in self.view.quotes_in(first, last) if (speaker := quotes[index]) is not None]
        if inside:
            self.memory.speaker = inside[-1]
        elif frames:
            self.memory.speaker = frames[-1].speaker
            self.memory.phrase = frames[-1].phrase
        else:
            self.memory.speaker = None
        self.memory.subject = self.view.clauses.subject_of_sentence(first, last)

    def _finish(self, quotes: Sequence[Speaker | None]) -> None:
        """Keep what the next block needs: a quotation announced by a colon, one left open, the last speaker."""
        self.memory.colon = None
        self.memory.open_quote = quotes[-1] if quotes else None
        if self.words and self.words[-1].text == ":" and self.block.sentences:
            first, last = self.block.sentences[-1]
            frame = self.framing.announced(first, last - 1)
            self.memory.colon = frame.speaker if frame else None

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
        if index in self.block.continued:
            behind = self.framing.behind(end, index)
            return behind.speaker if behind else quotes[index - 1] if index else self.memory.open_quote
        if self.framing.is_bracketed_name(start, end):
            return None
        after = self.framing.behind(end, index)
        if after is not None:
            return self.framing.governed(after.speaker, start, first, frames)
        if self.framing.is_addressee(start) and any(first <= frame.cue[0] < start for frame in frames):
            return None
        opening = self.block.sentences[self.view.sentence_at(start)]
        if start >= opening[0]:
            before = self.framing.announced_before(opening[0], start - 1)
            if before is not None:
                return before.speaker
        embedded = self._embedded(
            opening, frames if opening == (first, last) else self.indirect.sentence(*opening), start
        )
        if embedded is not None:
            return embedded
        if start > 1 and self.words[start - 2].text == ":":
            told = self.carrying.before_colon(opening[0], start - 2, index, quotes)
            self.memory.unnamed |= told is None
            return told
        if self.framing.is_reported_behind(end, index):
            self.memory.unnamed = True  # somebody is named, and we cannot tell who
            return None
        return self.carrying.sole(self.carrying.carried_quote(index, opening, quotes), index)

    def _names_speaker(self, frame: Frame, start: int) -> bool:
        """Whether quoted words are the name of who speaks, or of theirs: `laut den Machern von „Regen“`."""
        if frame.phrase is None or not frame.phrase.last < start <= frame.phrase.last + 4:
            return False
        between = self.words[frame.phrase.last + 1 : start - 1]
        return bool(between) and all(word.text.lower() in self.view.closed.owners for word in between)

    def _is_aside(self, sentence: tuple[int, int], frame: Frame, start: int) -> bool:
        """Whether quoted words before a frame are none of the speaker's: where somebody spoke, or only in whose view.

        `In „Regen“ (RTL) sagte X …`; `die Zeit, die sie „erkauften“, war aus der Sicht von X gut genutzt`.
        """
        if start - 2 == sentence[0] and self.words[start - 2].text.lower() in self.view.closed.prepositions:
            return True
        return frame.kind == "preposition" and self.words[frame.cue[0]].text.lower() in self.view.verbs.views

    def _names_itself(self, index: int, speaker: Speaker) -> bool:
        """Whether a quotation names its speaker, whom no name outside of it gives: then another one speaks of them."""
        start, end = self.block.quotes[index]

        def named(first: int, last: int, *, quoted: bool) -> bool:
            return any(
                self.words[mention.first].quoted == quoted
                and self.naming.people.persons[mention.person].name == speaker.name
                for mention in self.view.mentions_in(first, last)
            )

        return named(start, end, quoted=True) and not named(max(0, start - REACH), end + REACH, quoted=False)

    def _embedded(self, sentence: tuple[int, int], frames: Sequence[Frame], start: int) -> Speaker | None:
        """The speaker of a sentence in whose own words a quotation stands: `X sprach von „…“`."""
        own = [frame for frame in frames if frame.kind in {"verb", "preposition"}]
        if any(self._names_speaker(frame, start) for frame in own):
            return None
        outside = any(
            word.is_word and not word.quoted
            for word in self.words[max(sentence[0], start - CLAUSE) : min(start, sentence[1])]
        )
        if own and own[0].cue[0] > start and self._is_aside(sentence, own[0], start):
            return None
        if len({frame.speaker.name for frame in own}) == 1 and (outside or own[0].cue[0] > start):
            return own[0].speaker
        if own:
            return None
        judged = self.framing.for_whom(sentence[0], start) or self.framing.judged(sentence[0], start)
        return judged.speaker if judged is not None else None
