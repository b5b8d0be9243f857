"""One block of an article as attribution reads it, and what reading it gives."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from briefing.annotation.clauses import Clauses
from briefing.annotation.grammar import closed_words
from briefing.annotation.persons import Mention
from briefing.annotation.phrases import Phrase
from briefing.annotation.tokens import Token
from briefing.annotation.verbs import verbs
from briefing.model import Speaker


class Block(NamedTuple):
    """One block as attribution reads it."""

    words: Sequence[Token]
    quotes: Sequence[tuple[int, int]]
    """Outer quotations as half-open ranges of words, without the marks."""
    sentences: Sequence[tuple[int, int]]
    """Half-open ranges of words, in order."""
    mentions: Sequence[Mention]
    continued: Collection[int] = ()
    """Quotations that go on from the one before, the first one from the block before."""


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
class Memory:
    """Who was spoken of so far, for pronouns and for speech that goes on."""

    speaker: Speaker | None = None
    phrase: Phrase | None = None
    subject: Phrase | None = None
    recent: list[tuple[int, int]] = field(default_factory=list)
    """Person and block of the latest mentions, oldest first."""
    latest: tuple[int, ...] = ()
    """Persons named in the sentence before, outside quotation marks."""
    colon: Speaker | None = None
    """The speaker announced at the end of the block before."""
    open_quote: Speaker | None = None
    quoted: Speaker | None = None
    """Who was surely quoted last."""
    named: dict[str, None] = field(default_factory=dict)
    """Everybody who was surely quoted so far, in order."""
    unnamed: bool = False
    """Somebody was quoted who was announced or named and whom we cannot tell."""

    @property
    def only_quoted(self) -> str | None:
        """Who was quoted so far, if it was one person and nobody else."""
        return next(iter(self.named)) if len(self.named) == 1 and not self.unnamed else None


class View:
    """A block with its places looked up: what every question about it is asked of."""

    def __init__(self, block: Block, number: int, language: str) -> None:
        self.block = block
        self.words = block.words
        self.number = number
        self.language = language
        self.closed = closed_words(language)
        self.verbs = verbs(language)
        self.mentions: dict[int, Mention] = {}
        for mention in block.mentions:
            self.mentions.setdefault(mention.first, mention)
            if mention.role_first >= 0:
                self.mentions.setdefault(mention.role_first, mention)
        self.clauses = Clauses(self.words, self.mentions, language)
        self._quote_starts = [start for start, _ in block.quotes]
        self._quote_ends = [end for _, end in block.quotes]
        self._sentence_starts = [first for first, _ in block.sentences]
        self._mention_starts = [mention.first for mention in block.mentions]

    def sentence_at(self, place: int) -> int:
        """Index of the sentence that holds the word at `place`."""
        return max(0, bisect_right(self._sentence_starts, place) - 1)

    def quotes_in(self, first: int, last: int) -> range:
        """Indices of the quotations that share words with a range of words."""
        return range(bisect_right(self._quote_ends, first), bisect_left(self._quote_starts, last))

    def mentions_in(self, first: int, last: int) -> Sequence[Mention]:
        """The persons named in a range of words."""
        firsts = self._mention_starts
        return self.block.mentions[bisect_left(firsts, first) : bisect_left(firsts, last)]

    def sentence_end(self, index: int) -> int:
        """End of the sentence that holds the word at `index`."""
        return self.block.sentences[self.sentence_at(index)][1]

    def named_before(self, place: int) -> Sequence[Mention]:
        """The persons named in the sentence of `place`, before it and outside quotation marks."""
        first = self.block.sentences[self.sentence_at(place)][0]
        return [mention for mention in self.mentions_in(first, place) if not self.words[mention.first].quoted]

    def parts_sentences(self, end: int, place: int) -> bool:
        """Whether another sentence begins between a quotation's end and `place`."""
        return bisect_right(self._sentence_starts, place) > bisect_right(self._sentence_starts, end)
