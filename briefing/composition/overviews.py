"""The same statements in other orders: by time, by speaker, by figure, by what supports them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from briefing.composition.desk import Desk
from briefing.model import (
    Actor,
    ComposedStatement,
    FoundDispute,
    ListedFigure,
    Note,
    Overviews,
    Party,
    Passage,
    QuotedFigure,
    Support,
    TimelineEntry,
    TopicPage,
    Unheard,
    Voice,
)

_SURE = frozenset({"person", "country"})
"""Of other kinds only those that `names.yml` knows are listed: what looks like an organisation may be a tea set.
Agencies are left out, since they pass words on; that they say nothing themselves is no news."""

_DRAWABLE = re.compile(r"[12]\d{3}(-\d\d(-\d\d)?)?")
"""Dates that have a place on a line: a year, a month or a day of the last thousand years."""


def overviews(topics: tuple[TopicPage, ...], desk: Desk) -> Overviews:
    """Order what the topic pages hold by other things than their topic.

    Args:
        topics: The composed topic pages.
        desk: Passages and names.
    """
    statements = tuple(one for page in topics for one in (*page.statements, *page.also))
    cited = _cited(statements, desk)
    voices = _voices(topics, statements)
    return Overviews(
        timeline=_timeline(statements, desk),
        voices=voices,
        unheard=_unheard(cited, voices, desk),
        figures=_figures(topics),
        disputed=tuple(one for one in statements if one.disputed),
        found_disputes=_found_disputes(cited, desk),
        support=tuple(_support(page, desk) for page in topics),
    )


def _notes(statement: ComposedStatement) -> Iterable[Note]:
    yield from statement.notes
    for side in statement.disputed:
        yield from side.notes


def _cited(statements: Iterable[ComposedStatement], desk: Desk) -> Mapping[str, Passage]:
    """Every passage that stands behind a footnote, by id, in the order of the statements."""
    ids = (passage for one in statements for note in _notes(one) for passage in note.passages)
    return {passage: desk.passages[passage] for passage in ids}


# --------------------------------------------------------------------------------------------------------- timeline


def _timeline(statements: Iterable[ComposedStatement], desk: Desk) -> tuple[TimelineEntry, ...]:
    """The dated statements, oldest first; of one date in the order of the topics.

    A statement of our own has the editor's date. An automatic one has the only date its passage names; where there are
    several, nobody has said which of them it tells of.
    """
    entries = []
    for one in statements:
        passages = [desk.passages[passage] for note in one.notes for passage in note.passages]
        named = {mention.value for passage in passages for mention in passage.dates if mention.value}
        date = one.date or (named.pop() if one.automatic and len(named) == 1 else None)
        if date and _DRAWABLE.fullmatch(date[:10]):
            entries.append(TimelineEntry(date[:10], one, _is_derived(date, passages)))
    return tuple(sorted(entries, key=lambda entry: entry.date))


def _is_derived(date: str, passages: Iterable[Passage]) -> bool:
    """Whether no passage has this date as written: each either computes it or says less."""
    written = (mention.value for passage in passages for mention in passage.dates if not mention.derived)
    return not any(value and (value.startswith(date) or date == value) for value in written)


# --------------------------------------------------------------------------------------------------------- speakers


def _voices(topics: Iterable[TopicPage], statements: Iterable[ComposedStatement]) -> tuple[Voice, ...]:
    """Everybody who speaks: those with most statements first, then by name."""
    found: dict[str, Voice] = {}

    def voice(party: Party) -> Voice:
        return found.setdefault(party.id, Voice(party, (), (), ()))

    for one in statements:
        for party in one.speakers:
            found[party.id] = replace(voice(party), statements=(*voice(party).statements, one))
        for party in {party.id: party for side in one.disputed for party in side.by}.values():
            found[party.id] = replace(voice(party), contradicts=(*voice(party).contradicts, one))
    for page in topics:
        for quotation in page.quotations:
            known = voice(quotation.speaker)
            if quotation not in known.quotations:
                found[known.party.id] = replace(known, quotations=(*known.quotations, quotation))
    return tuple(sorted(found.values(), key=_by_weight))


def _by_weight(voice: Voice) -> tuple[int, str]:
    return -(len(voice.statements) + len(voice.contradicts) + len(voice.quotations)), voice.party.id


def _unheard(cited: Mapping[str, Passage], voices: Iterable[Voice], desk: Desk) -> tuple[Unheard, ...]:
    """Who is named and not heard; most named first.

    A country is heard where somebody speaks whose role names it (`Defence Minister of South Korea`).
    """
    heard = {voice.party.id for voice in voices}
    roles = [role for voice in voices for role in voice.party.role.values()]
    found: dict[str, Unheard] = {}
    for passage in cited.values():
        for key, (party, actor) in {party.id: (party, actor) for party, actor in _named(passage, desk)}.items():
            if key in heard or any(name in role for name in party.name.values() for role in roles):
                continue
            before = found.get(key, Unheard(party, actor.code, 0))
            found[key] = replace(before, passages=before.passages + 1)
    return tuple(sorted(found.values(), key=lambda one: (-one.passages, one.party.id)))


def _named(passage: Passage, desk: Desk) -> Iterable[tuple[Party, Actor]]:
    for actor in passage.actors:
        party = desk.party(actor.name)
        if actor.kind in _SURE or (actor.kind == "organisation" and party.kind == "organisation"):
            yield replace(party, kind=actor.kind), actor


# ------------------------------------------------------------------------------------------------ figures, disputes


def _figures(topics: Iterable[TopicPage]) -> tuple[ListedFigure, ...]:
    """Every figure once, with all topics that cite it, in the order of the topics.

    Within a topic those in digits come first: what is written out is mostly small (`two countries`).
    """
    found: dict[tuple[str, int], tuple[QuotedFigure, list[str]]] = {}
    for page in topics:
        for one in sorted(page.figures, key=lambda one: not any(mark.isdigit() for mark in one.figure.text)):
            _, used = found.setdefault((one.passage, one.figure.start), (one, []))
            if page.topic.id not in used:
                used.append(page.topic.id)
    return tuple(ListedFigure(one, tuple(used)) for one, used in found.values())


def _found_disputes(cited: Mapping[str, Passage], desk: Desk) -> tuple[FoundDispute, ...]:
    """Those differences between sources of which every side is shown; of the others `briefing suggest` tells."""
    found = []
    for dispute in desk.corroboration.disputes:
        sides = tuple(
            (desk.party(side.by) if side.by else None, tuple(cited[one] for one in side.passages if one in cited))
            for side in dispute.sides
        )
        if len(sides) > 1 and all(passages for _, passages in sides):
            found.append(FoundDispute(dispute.kind, sides))
    return tuple(found)


# ---------------------------------------------------------------------------------------------------------- support


def _support(page: TopicPage, desk: Desk) -> Support:
    statements = (*page.statements, *page.also)
    sources = tuple(dict.fromkeys(slug for one in statements for slug in one.sources))
    return Support(
        topic=page.topic.id,
        statements=len(statements),
        sources=sources,
        chains=desk.corroboration.chains(sources),
        single_source=tuple(one for one in page.statements if len(one.sources) == 1),
        single_chain=tuple(one for one in page.statements if len(one.sources) > 1 and one.chains == 1),
    )
