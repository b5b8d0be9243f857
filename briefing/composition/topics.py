"""The page of a topic: its statements with all that is known of them, and what their passages hold besides."""

from __future__ import annotations

from briefing.composition.automatic import Automatic
from briefing.composition.desk import Desk
from briefing.model import (
    ComposedContradiction,
    ComposedStatement,
    Party,
    Passage,
    QuotedFigure,
    SpokenQuotation,
    Statement,
    Status,
    Topic,
    TopicPage,
    fold,
)


def topic_page(topic: Topic, desk: Desk, automatic: Automatic) -> TopicPage:
    """The page of a topic: the editor's statements, or without any the automatic ones."""
    written = tuple(_composed(statement, topic, desk) for statement in topic.statements)
    statements = _in_sections(written) if written else automatic.statements(topic)
    also = automatic.also(topic) if written else ()
    cited = _cited_passages((*statements, *also), desk)
    return TopicPage(
        topic=topic,
        statements=statements,
        also=also,
        quotations=_quotations(cited, desk),
        figures=_figures(cited),
        silent=() if written else automatic.silent(topic, statements),
    )


def _quotations(cited: list[Passage], desk: Desk) -> tuple[SpokenQuotation, ...]:
    """What known speakers say in the cited passages; the same words printed by several sources are listed once."""
    found: dict[tuple[str, str], SpokenQuotation] = {}
    for passage in cited:
        for quotation in passage.quotations:
            speaker = quotation.speaker
            if speaker and speaker.confidence == "certain" and quotation.kind == "speech":
                party = desk.party(speaker.name)
                one = SpokenQuotation(party, quotation.text, passage.source, passage.id)
                found.setdefault((party.id, fold(quotation.text).casefold()), one)
    return tuple(found.values())


def _figures(cited: list[Passage]) -> tuple[QuotedFigure, ...]:
    """The figures of the cited passages; one that several sources print of the same thing is listed once."""
    found: dict[tuple[str | None, ...], QuotedFigure] = {}
    for passage in cited:
        for figure in passage.figures:
            one = QuotedFigure(figure, passage.source, passage.id, passage.status, _certain(passage))
            found.setdefault((figure.value, figure.unit, figure.bound, figure.subject, *one.speakers), one)
    return tuple(found.values())


def _composed(statement: Statement, topic: Topic, desk: Desk) -> ComposedStatement:
    notes = desk.notes(statement.evidence)
    passages = [desk.passages[passage] for note in notes for passage in note.passages]
    sources = tuple(dict.fromkeys(note.source for note in notes))
    speakers = tuple(desk.party(name) for name in statement.by) or _common_speakers(passages, desk)
    return ComposedStatement(
        id=statement.id,
        topic=topic.id,
        text=statement.text,
        language=None,
        key=statement.key,
        automatic=False,
        before=statement.before,
        status=statement.status or _status(passages),
        speakers=speakers,
        section=statement.section,
        date=statement.date,
        notes=notes,
        sources=sources,
        chains=desk.corroboration.chains(sources),
        rests_on=_rests_on(speakers, passages, desk),
        disputed=tuple(
            ComposedContradiction(
                by=tuple(desk.party(name) for name in side.by),
                text=side.text,
                notes=desk.notes(side.evidence),
            )
            for side in statement.disputed
        ),
    )


def _status(passages: list[Passage]) -> Status:
    """The status its passages share; where they differ, the most cautious of them."""
    caution = (Status.DENIED, Status.ASSESSED, Status.ALLEGED, Status.STATED, Status.REPORTED)
    found = {passage.status for passage in passages}
    return next(status for status in caution if status in found)


def _certain(passage: Passage) -> tuple[str, ...]:
    return tuple(speaker.name for speaker in passage.speakers if speaker.confidence == "certain")


def _common_speakers(passages: list[Passage], desk: Desk) -> tuple[Party, ...]:
    """The speakers that every passage names; nobody where one passage names nobody."""
    named = [{desk.party(name).id: desk.party(name) for name in _certain(passage)} for passage in passages]
    shared = set.intersection(*map(set, named)) if named else set()
    return tuple(party for key, party in named[0].items() if key in shared) if named else ()


def _rests_on(speakers: tuple[Party, ...], passages: list[Passage], desk: Desk) -> Party | None:
    """The one voice behind everything; nobody where the evidence names another, or where it is a whole country."""
    if len(speakers) != 1 or speakers[0].kind == "country":
        return None
    voices = {desk.party(name).id for passage in passages for name in _certain(passage)}
    return speakers[0] if voices <= {speakers[0].id} else None


def _cited_passages(statements: tuple[ComposedStatement, ...], desk: Desk) -> list[Passage]:
    ids = dict.fromkeys(
        passage
        for statement in statements
        for note in (*statement.notes, *(note for side in statement.disputed for note in side.notes))
        for passage in note.passages
    )
    return [desk.passages[passage] for passage in ids]


def _in_sections(statements: tuple[ComposedStatement, ...]) -> tuple[ComposedStatement, ...]:
    """Key statements first, then section by section in the order the sections first appear."""
    order = {section: n for n, section in enumerate(dict.fromkeys(_section(one) for one in statements))}
    return tuple(sorted(statements, key=lambda one: (not one.key, 0 if one.key else order[_section(one)])))


def _section(statement: ComposedStatement) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(statement.section.items()))
