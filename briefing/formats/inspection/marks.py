"""Annotations of a passage → pieces of its text that nest: where each mark opens and closes, and what its note says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.model import Actor, Bearing, DateMention, Figure, Passage, Quotation, Speaker

RANK = ("quotation", "person", "organisation", "agency", "country", "date", "figure", "topic", "cue")
"""Of marks over the same words the first is the outer one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation: where it stands in the passage, and what it says."""

    number: int
    """From 1, in the order of the text."""
    start: int
    end: int
    """Relative to the passage."""
    kind: str
    variety: str
    """What the look depends on besides: the kind of a cue, the tier of a speaker."""
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or the opening or closing of a mark; a mark that crosses another is cut in several."""

    what: Literal["text", "open", "close"]
    text: str = ""
    mark: Mark | None = None
    first: bool = True
    """Whether this is the first piece of its mark."""
    last: bool = True


def marks(passage: Passage, bearings: Sequence[Bearing]) -> tuple[Mark, ...]:
    """Everything that was read in a passage, in the order of the text, the outer before the inner."""
    found = [
        (start - passage.start, end - passage.start, kind, variety, note)
        for start, end, kind, variety, note in _all(passage, bearings)
    ]
    found = [entry for entry in found if 0 <= entry[0] < entry[1] <= len(passage.text)]
    found.sort(key=lambda entry: (entry[0], -entry[1], RANK.index(entry[2]), entry[3:]))
    return tuple(
        Mark(number, start, end, kind, variety, passage.text[start:end], note)
        for number, (start, end, kind, variety, note) in enumerate(found, 1)
    )


def pieces(passage: Passage, found: Sequence[Mark]) -> tuple[Piece, ...]:
    """The text of a passage with its marks opened and closed so that they nest.

    Args:
        passage: The passage.
        found: Its marks, as `marks` gives them.

    Returns:
        Pieces whose texts make up the passage's text.
    """
    ends = sorted({0, len(passage.text), *(mark.start for mark in found), *(mark.end for mark in found)})
    opening: dict[int, list[Mark]] = {}
    for mark in found:
        opening.setdefault(mark.start, []).append(mark)
    result: list[Piece] = []
    stack: list[Mark] = []
    for place, following in zip(ends, [*ends[1:], None], strict=True):
        crossing = _close(place, stack, result)
        fresh = opening.get(place, [])
        # the one that goes on longest is opened first, so that the fewest must be cut again
        for mark in sorted([*crossing, *fresh], key=lambda mark: (-mark.end, mark.number)):
            stack.append(mark)
            result.append(Piece("open", mark=mark, first=mark.start == place))
        if following is not None:
            result.append(Piece("text", passage.text[place:following]))
    return tuple(result)


def _close(place: int, stack: list[Mark], result: list[Piece]) -> list[Mark]:
    """Close what ends at `place`; what lies above it on the stack is closed too, and answered, to be opened again."""
    ending = [index for index, mark in enumerate(stack) if mark.end == place]
    if not ending:
        return []
    above = stack[ending[0] :]
    del stack[ending[0] :]
    result.extend(Piece("close", mark=mark, last=mark.end == place) for mark in reversed(above))
    return [mark for mark in above if mark.end != place]


# ------------------------------------------------------------------------------------------------------------ the notes


def _all(passage: Passage, bearings: Sequence[Bearing]) -> Iterator[tuple[int, int, str, str, str]]:
    """Start, end, kind, variety and note of every annotation."""
    for quotation in passage.quotations:
        yield quotation.start, quotation.end, "quotation", _tier(quotation), _of_quotation(quotation)
    for actor in passage.actors:
        yield actor.start, actor.end, actor.kind, "", _of_actor(actor)
    for day in passage.dates:
        yield day.start, day.end, "date", "derived" if day.derived else "", _of_date(day)
    for figure in passage.figures:
        yield figure.start, figure.end, "figure", "", _of_figure(figure)
    for cue in passage.cues:
        yield cue.start, cue.end, "cue", cue.kind, cue.kind
    for word, topics in _topic_words(bearings).items():
        for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", passage.text):
            note = ", ".join(topics)
            yield passage.start + found.start(), passage.start + found.end(), "topic", "", note


def _topic_words(bearings: Sequence[Bearing]) -> dict[str, list[str]]:
    """Each word that brought the passage to a topic, with the topics."""
    words: dict[str, list[str]] = {}
    for bearing in bearings:
        for word in bearing.words:
            words.setdefault(word, []).append(bearing.topic)
    return words


def told(speaker: Speaker) -> str:
    """A speaker with the tier, and who passes the words on."""
    via = f", passed on by {speaker.via}" if speaker.via else ""
    return f"{speaker.name} ({speaker.confidence}{via})"


def _tier(quotation: Quotation) -> str:
    return quotation.speaker.confidence if quotation.speaker else quotation.kind


def _of_quotation(quotation: Quotation) -> str:
    if quotation.speaker:
        return f"said by {told(quotation.speaker)}"
    return {"speech": "speech, speaker unknown", "scare": "held at arm’s length", "title": "title of a work"}[
        quotation.kind
    ]


def _of_actor(actor: Actor) -> str:
    code = f" ({actor.code})" if actor.code else ""
    return f"{actor.name}{code}{f', {actor.role}' if actor.role else ''}"


def _of_date(day: DateMention) -> str:
    value = day.value or "unknown"
    return f"{value}, to the {day.precision}{', derived from the article’s date' if day.derived else ''}"


def _of_figure(figure: Figure) -> str:
    parts = [figure.bound, figure.value, figure.unit, f"of “{figure.subject}”" if figure.subject else None]
    return " ".join(part for part in parts if part)
