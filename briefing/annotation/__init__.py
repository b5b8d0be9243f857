"""What a passage says, who says it, how sure, when, how much: one door, `annotate`.

The order: quotation marks are paired over the whole article; its words are cut once; persons are gathered from all
blocks; speakers are found block by block, as pronouns and speech that goes on need what came before; the rest reads
each passage by itself. Every span given is relative to the text of the source.

A document in a language without word lists gets its quotations and nothing else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from briefing.annotation.actors import actors
from briefing.annotation.attribution import attribute
from briefing.annotation.blocks import Attribution, Block
from briefing.annotation.dates import dates
from briefing.annotation.figures import figures
from briefing.annotation.pairing import Span
from briefing.annotation.people import people
from briefing.annotation.persons import People
from briefing.annotation.quotations import quotation_kind, quotations
from briefing.annotation.status import status
from briefing.annotation.tokens import Token, tokens
from briefing.model import Actor, Cue, DateMention, Figure, Passage, Quotation, Source, Status

if TYPE_CHECKING:
    from briefing.model import Speaker

__all__ = ["annotate", "annotate_text"]

_ACCUSING = frozenset({Status.ALLEGED, Status.DENIED})
CHARGED = 4
"""Passages within which what somebody did not do answers an accusation; within eight more was read that does not."""


class _Reading(NamedTuple):
    """One block of the article: its words, marks and passages."""

    start: int
    text: str
    words: tuple[Token, ...]
    spans: tuple[Span, ...]
    passages: tuple[Passage, ...]
    quotes: tuple[tuple[int, int], ...]
    """Outer quotations as ranges of words."""
    sentences: tuple[tuple[int, int], ...]
    """Passages as ranges of words."""
    reaches: tuple[int, ...]
    """For each span, how far the outer one that holds it goes."""


def annotate(source: Source, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Fill in status, cues, speakers, quotations, figures, dates and actors of the `passages` of `source`.

    Args:
        source: The article; its date of publication (else of its last change), where known to the day, is what
            relative dates refer to.
        passages: What `segment` made of it.

    Returns:
        The same passages in the same order, with their last fields filled.
    """
    blocks = [source.text[block.start : block.end] for block in source.article.blocks]
    starts = [block.start for block in source.article.blocks]
    return _annotate(blocks, starts, passages, source.language, _reference(source))


def annotate_text(text: str, language: str, reference: date | None = None) -> Passage:
    """Annotate one free-standing sentence, such as a statement of the briefing.

    Args:
        text: The sentence.
        language: ISO 639-1 code.
        reference: The day to which relative dates refer.

    Returns:
        A passage that holds the whole text; its spans are relative to it.
    """
    passage = Passage("text", "text", text, 0, len(text), 0)
    return _annotate([text], [0], (passage,), language, reference)[0]


def _reference(source: Source) -> date | None:
    """The day the article is of, None where it is not known to the day."""
    for found in (source.published, source.updated):
        if found is not None and found.precision in {"minute", "day"}:
            try:
                return date.fromisoformat(found.value[:10])
            except ValueError:
                continue
    return None


def _annotate(
    blocks: Sequence[str],
    starts: Sequence[int],
    passages: tuple[Passage, ...],
    language: str,
    reference: date | None,
) -> tuple[Passage, ...]:
    spans = quotations(blocks, language)
    by_block: dict[int, list[Passage]] = {}
    for passage in passages:
        by_block.setdefault(passage.block, []).append(passage)
    readings = [
        _read(text, starts[index], spans[index], tuple(by_block[index]))
        for index, text in enumerate(blocks)
        if index in by_block
    ]
    persons = people([reading.words for reading in readings], language)
    attributions = attribute(
        [
            Block(
                reading.words,
                reading.quotes,
                reading.sentences,
                persons.mentions[number],
                continued={
                    index for index, span in enumerate(span for span in reading.spans if span.outer) if span.continued
                },
            )
            for number, reading in enumerate(readings)
        ],
        persons,
        language,
    )
    done: dict[str, Passage] = {}
    trail: deque[tuple[Status, bool]] = deque([(Status.REPORTED, False)], maxlen=CHARGED)
    for number, (reading, said) in enumerate(zip(readings, attributions, strict=True)):
        read = _passages(reading, said, persons, number, language, reference, trail)
        done.update((passage.id, passage) for passage in read)
    return tuple(done[passage.id] for passage in passages)


def _read(text: str, start: int, spans: tuple[Span, ...], passages: tuple[Passage, ...]) -> _Reading:
    outer = [(span.start, span.end) for span in spans if span.outer]
    words = tokens(text, outer)
    places = [word.start for word in words]

    def ranged(first: int, last: int) -> tuple[int, int]:
        return bisect_left(places, first), bisect_left(places, last)

    return _Reading(
        start=start,
        text=text,
        words=words,
        spans=spans,
        passages=passages,
        quotes=tuple(ranged(first, last) for first, last in outer),
        reaches=tuple(accumulate((span.end for span in spans), max)),
        sentences=tuple(ranged(passage.start - start, passage.end - start) for passage in passages),
    )


def _passages(
    reading: _Reading,
    said: Attribution,
    persons: People,
    number: int,
    language: str,
    reference: date | None,
    trail: deque[tuple[Status, bool]],
) -> list[Passage]:
    """The passages of one block, annotated.

    `trail` holds the status of the last passages before them and whether they accuse, and grows by these.
    """
    speakers = dict(zip((span for span in reading.spans if span.outer), said.quotes, strict=True))
    result: list[Passage] = []
    for index, passage in enumerate(reading.passages):
        first, last = reading.sentences[index]
        words = reading.words[first:last]
        frames = said.sentences[index]
        quoted = _quotations(reading, passage, speakers, language)
        found_dates = dates(passage.text, language, reference)
        taken = [(found.start, found.end) for found in found_dates]
        state, cues = status(
            reading.text,
            words,
            frames,
            reading.words,
            quoted,
            language,
            said.reported[index],
            trail[-1][0],
            about_another=said.others[index],
            charged=any(accuses for _, accuses in trail),
        )
        trail.append((state, _accuses(state, cues)))
        found_figures = figures(passage.text, language, taken)
        found_actors = actors(reading.text, reading.words, (first, last), persons, number, language)
        result.append(
            Passage(  # `replace` takes three times as long, which was 3 % of the whole analysis
                passage.id,
                passage.source,
                passage.text,
                passage.start,
                passage.end,
                passage.block,
                status=state,
                cues=tuple(_moved(cue, reading.start) for cue in cues),
                speakers=_speakers(quoted, [frame.speaker for frame in frames]),
                quotations=quoted,
                figures=tuple(_moved(found, passage.start) for found in found_figures),
                dates=tuple(_moved(found, passage.start) for found in found_dates),
                actors=tuple(_moved(actor, reading.start) for actor in found_actors),
            ),
        )
    return result


def _accuses(state: Status, cues: Sequence[Cue]) -> bool:
    """Whether a passage accuses somebody or speaks of it."""
    return state in _ACCUSING or any(cue.kind == "allegation" for cue in cues)


_Spanned = TypeVar("_Spanned", Actor, Cue, DateMention, Figure)


def _moved(found: _Spanned, by: int) -> _Spanned:
    """The same, at its place in the source."""
    return replace(found, start=found.start + by, end=found.end + by) if by else found


def _speakers(quoted: Sequence[Quotation], framed: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """The speakers of a passage, each once: of its frames first, then of its quotations."""
    unique: dict[str, Speaker] = {}
    for speaker in [*framed, *(quote.speaker for quote in quoted if quote.speaker is not None)]:
        known = unique.get(speaker.name)
        if known is None or (known.confidence != "certain" and speaker.confidence == "certain"):
            unique[speaker.name] = speaker
    return tuple(unique.values())


def _quotations(
    reading: _Reading,
    passage: Passage,
    speakers: dict[Span, Speaker | None],
    language: str,
) -> tuple[Quotation, ...]:
    """The quoted words inside one passage; of a quotation over several sentences, the piece that lies in this one."""
    result = []
    begin, end = passage.start - reading.start, passage.end - reading.start
    outer: Speaker | None = None
    for span in reading.spans[bisect_right(reading.reaches, begin) :]:
        if span.start >= end:
            break
        if span.outer:
            outer = speakers[span]
        first, last = max(span.start, begin), min(span.end, end)
        if first >= last:
            continue
        text = reading.text[first:last]
        speaker = outer if span.outer else None
        kind = quotation_kind(reading.text, span, language, attributed=speaker is not None)
        speaker = None if kind == "title" else speaker
        result.append(Quotation(text, first + reading.start, last + reading.start, speaker, kind))
    return tuple(result)
