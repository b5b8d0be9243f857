"""Rules `attribution`, `status`, `time`: who says it, how sure it is, and whether the source can know it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations

from briefing.lexicon import table
from briefing.model import Finding, FoundDate, Passage, Source, Status
from briefing.verification.claimed import Claimed
from briefing.verification.facts import Reader
from briefing.verification.gazetteer import Key
from briefing.verification.polarity import tells
from briefing.verification.strangers import stands_in

_HEDGED = frozenset({Status.ALLEGED, Status.ASSESSED, Status.DENIED})


def check_attribution(claimed: Claimed, reader: Reader) -> Iterator[Finding]:
    """Who is named in `by` is named in each text, and speaks or stands in the evidence."""
    for name in claimed.by:
        key = reader.gazetteer.key_of(name)
        if not claimed.is_contradiction:
            for language, facts in claimed.texts.items():
                if not _stands(name, key, facts.text, {(one.kind, one.value) for one in facts.mentions}):
                    yield claimed.finding("attribution", f"does not name {name}, who stands in by:", language)
        said = {(one.kind, one.value) for ground in claimed.grounds for one in ground.mentions}
        text = " ".join(ground.text for ground in claimed.grounds)
        if not _stands(name, key, text, said):
            yield claimed.finding(
                "attribution", f"by: {name} stands neither in the evidence nor around it ({claimed.origins()})"
            )
    yield from _other_speaker(claimed, reader)


def _stands(name: str, key: Key | None, text: str, mentions: set[Key]) -> bool:
    if key is not None:
        return key in mentions
    return stands_in(name.rsplit(maxsplit=1)[-1], text)


def _other_speaker(claimed: Claimed, reader: Reader) -> Iterator[Finding]:
    """The evidence is certainly somebody else's words: every passage names its speaker, and none is in `by`."""
    keys = [reader.gazetteer.key_of(name) for name in claimed.by]
    if not keys or any(key is None or key[0] != "person" for key in keys):
        return  # a country or a body speaks through many mouths
    speakers: list[set[Key]] = []
    for passage, facts in zip(claimed.passages, claimed.passage_facts, strict=True):
        if any((one.kind, one.value) in keys for one in facts.mentions):
            return  # named in the passage itself, whoever else is
        certain = [speaker for speaker in passage.speakers if speaker.confidence == "certain"]
        found = {
            key for one in certain for name in (one.name, one.via) if name and (key := reader.gazetteer.key_of(name))
        }
        if not found:
            return
        speakers.append(found)
    if speakers and not any(key in found for found in speakers for key in keys):
        names = ", ".join(sorted({key[1] for found in speakers for key in found}))
        yield claimed.finding("attribution", f"by: {', '.join(claimed.by)}, but the evidence is said by {names}")


def check_status(claimed: Claimed) -> Iterator[Finding]:
    """What the evidence says, alleges, denies or assesses is told as such; a reader takes the rest for established."""
    if claimed.is_contradiction:
        return
    if claimed.status in _HEDGED:
        kinds = str(claimed.status)
    elif (
        not claimed.by
        and claimed.status in {None, Status.REPORTED}
        and claimed.passages
        and all(map(_is_said, claimed.passages))
    ):
        kinds = " or ".join(sorted({passage.status for passage in claimed.passages}))
    else:
        return
    speakers = {speaker.name.split()[-1] for passage in claimed.passages for speaker in passage.speakers}
    for language, facts in claimed.texts.items():
        is_named = claimed.status not in _HEDGED and any(stands_in(name, facts.text) for name in speakers)
        if not is_named and not tells(facts.text, language):
            yield claimed.finding(
                "status", f"its evidence is {kinds}, but the text says it as a fact; say whose words they are", language
            )


def check_modality(claimed: Claimed) -> Iterator[Finding]:
    """What is only possible in one language has not happened in the other: `could receive`, `hat erhalten`.

    Asked of hedged statements alone, and only where the other text is in the perfect and leaves nothing open at all: on
    242 pairs of texts that were right, asking for the word of possibility alone met two.
    """
    if claimed.is_contradiction or claimed.status not in _HEDGED:
        return
    for (language, facts), (other_language, other) in permutations(claimed.texts.items(), 2):
        possible, _, _ = _modality(language)
        _, left_open, done = _modality(other_language)
        found = possible.search(facts.text) if possible else None
        if found and left_open and done and done.search(other.text) and not left_open.search(other.text):
            message = f"“{found.group()}” in “{language}”, but “{other_language}” says that it has happened"
            yield claimed.finding("languages-differ", message, other_language)


@cache
def _modality(language: str) -> tuple[re.Pattern[str] | None, ...]:
    """What says that something is possible; that it is possible, to come or doubted; that it is done."""
    listed = table(language, "verification").get("modality", {})
    return tuple(_any_of(str(listed.get(key, "")).split()) for key in ("possible", "open", "done"))


def _any_of(words: list[str]) -> re.Pattern[str] | None:
    expression = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{expression})\b", re.IGNORECASE) if words else None


def _is_said(passage: Passage) -> bool:
    """Whether the passage is certainly somebody's words or opinion, and no report of the outlet.

    A verb that is a judgement and an act of speech in one (`begrüßte`, `criticised`) may tell of a deed.
    """
    doubtful = {(cue.start, cue.end) for cue in passage.cues if cue.kind == "speech"}
    cues = [cue for cue in passage.cues if (cue.start, cue.end) not in doubtful or cue.kind == "speech"]
    if passage.status is Status.ASSESSED:
        return any(cue.kind == "assessment" for cue in cues)
    if passage.status is Status.STATED:
        return any(speaker.confidence == "certain" for speaker in passage.speakers)
    return passage.status in _HEDGED


def check_time(claimed: Claimed, sources: Mapping[str, Source], event: str | None) -> Iterator[Finding]:
    """A text from before the event proves nothing about it, and background rests on such a text."""
    if event is None:
        return
    early = {slug: day for slug, source in sources.items() if (day := latest(source)) is not None and day < event}
    used = dict.fromkeys(one.source for one in claimed.evidence)
    if not claimed.statement.before:
        for slug in used:
            if slug in early:
                yield claimed.finding(
                    "time",
                    f"{slug} was written by {early[slug]}, before the event of {event}; "
                    "set before: true and say so in the text",
                )
    elif used and not any(slug in early for slug in used) and not claimed.is_contradiction:
        yield claimed.finding("time", f"before: true, but no source of its evidence is from before {event}")


def latest(source: Source) -> str | None:
    """The last day on which the text can have been written; None where nothing bounds it."""
    days = [source.not_after] if source.not_after else []
    stamped = source.updated or source.published
    if isinstance(stamped, FoundDate):
        days.append(f"{stamped.value}-99-99"[:10])  # a date cut to its month or year bounds by its end
    return min(days, default=None)
