"""Rules `attribution`, `status`, `time`: who says it, how sure it is, and whether the source can know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.model import Finding, FoundDate, Source, Status
from briefing.verification.claimed import Claimed
from briefing.verification.cognates import cognate
from briefing.verification.facts import Reader
from briefing.verification.gazetteer import Key
from briefing.verification.polarity import tells

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
            yield claimed.finding("attribution", f"by: {name} stands neither in the evidence nor around it ({claimed.origins()})")
    yield from _other_speaker(claimed, reader)


def _stands(name: str, key: Key | None, text: str, mentions: set[Key]) -> bool:
    if key is not None:
        return key in mentions
    return any(cognate(word, other) for word in name.split()[-1:] for other in text.replace("’", " ").split())


def _other_speaker(claimed: Claimed, reader: Reader) -> Iterator[Finding]:
    """The evidence is certainly somebody else's words: every passage names its speaker, and none is in `by`."""
    keys = [reader.gazetteer.key_of(name) for name in claimed.by]
    if not keys or any(key is None or key[0] != "person" for key in keys):
        return  # a country or a body speaks through many mouths
    speakers: list[set[Key]] = []
    for passage in claimed.passages:
        certain = [speaker for speaker in passage.speakers if speaker.confidence == "certain"]
        found = {key for one in certain for name in (one.name, one.via) if name and (key := reader.gazetteer.key_of(name))}
        if not found:
            return
        speakers.append(found)
    if speakers and not any(key in found for found in speakers for key in keys):
        names = ", ".join(sorted({key[1] for found in speakers for key in found}))
        yield claimed.finding("attribution", f"by: {', '.join(claimed.by)}, but the evidence is said by {names}")


def check_status(claimed: Claimed) -> Iterator[Finding]:
    """What the evidence alleges, denies or assesses is no report, and its reader is told so."""
    if claimed.status in {None, Status.REPORTED} and not claimed.is_contradiction:
        found = {passage.status for passage in claimed.passages}
        if claimed.status is Status.REPORTED and found and found <= _HEDGED:
            kinds = " or ".join(sorted(found))
            yield claimed.finding("status", f"status: reported, but its evidence is {kinds}; say whose words they are")
    if claimed.status in _HEDGED:
        for language, facts in claimed.texts.items():
            if not tells(facts.text, language):
                yield claimed.finding("status", f"is {claimed.status}, but the text says it as a fact", language)


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
                    "time", f"{slug} was written by {early[slug]}, before the event of {event}; set before: true and say so in the text"
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
