"""Everything that is known → `Briefing`: what each page says and in what order, before any of it is Markdown."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.model import (
    AnnotatedSource,
    Bearing,
    Briefing,
    ComposedContradiction,
    ComposedStatement,
    Corroboration,
    Evidence,
    Name,
    Note,
    Party,
    Passage,
    QuotedFigure,
    Rejected,
    ResolvedEvidence,
    ShownPassage,
    Source,
    SourcePage,
    SpokenQuotation,
    Statement,
    Status,
    Topic,
    TopicPage,
    Use,
    fold,
)
from briefing.settings import Settings


@dataclass(frozen=True, slots=True)
class Material:
    """What the stages before hand to composition."""

    sources: tuple[AnnotatedSource, ...]
    rejected: tuple[Rejected, ...]
    topics: tuple[Topic, ...]
    names: tuple[Name, ...]
    bearings: tuple[Bearing, ...]
    evidence: tuple[ResolvedEvidence, ...]
    corroboration: Corroboration


def compose(material: Material, settings: Settings) -> Briefing:
    """Decide what each page says.

    Args:
        material: Sources, topics, and what was found about them; all evidence of the topics has been resolved.
        settings: Languages and how much of the sources is shown.
    """
    desk = _Desk(material, settings.languages)
    topics = tuple(_topic_page(topic, desk) for topic in material.topics)
    statements = [statement for page in topics for statement in (*page.statements, *page.also)]
    citations = _citations(statements)
    sources = tuple(_source_page(annotated, citations, settings) for annotated in material.sources)
    return Briefing(
        title=settings.titles,
        languages=settings.languages,
        as_of=_as_of(annotated.source for annotated in material.sources),
        topics=topics,
        sources=sources,
        rejected=material.rejected,
        corroboration=material.corroboration,
        parties=_parties(topics),
        overruled=tuple(
            (statement.id, rule, reason)
            for topic in material.topics
            for statement in topic.statements
            for rule, reason in sorted(statement.allow.items())
        ),
    )


class _Desk:
    """The material, indexed for looking things up while composing."""

    def __init__(self, material: Material, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.corroboration = material.corroboration
        self.passages = {passage.id: passage for annotated in material.sources for passage in annotated.passages}
        self.evidence = {id(resolved.evidence): resolved for resolved in material.evidence}
        self._parties: dict[str, Party] = {}
        self._names: dict[str, Name] = {}
        for name in material.names:
            for form in (*name.name.values(), *name.also):
                self._names.setdefault(form.casefold(), name)

    def party(self, name: str) -> Party:
        """Who `name` is on the site: from `names.yml` where it stands there, else just as the source has it."""
        known = self._names.get(name.casefold())
        texts: Mapping[str, str] = known.name if known else dict.fromkeys(self.languages, name)
        key = party_id(texts[self.languages[0]])
        if key not in self._parties:
            self._parties[key] = Party(key, texts, known.role if known else {}, known.kind if known else "unknown")
        return self._parties[key]

    def note(self, evidence: Evidence) -> Note:
        """The footnote of one piece of evidence, which verification resolved."""
        resolved = self.evidence[id(evidence)]
        return Note(
            label=note_label(resolved),
            source=resolved.source,
            passages=resolved.passages,
            exact=resolved.exact,
            prefix=resolved.prefix,
            suffix=resolved.suffix,
            start=resolved.start,
            end=resolved.end,
            translation=evidence.translation,
        )


def party_id(name: str) -> str:
    """`name` as it may stand in an address: ASCII letters, digits and hyphens.

    >>> party_id("Artjom Lukin")
    'artjom-lukin'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug or f"party-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def note_label(resolved: ResolvedEvidence) -> str:
    """`<slug>-<hash>` of the words and the passage they stand in, so it stays when neighbours change."""
    words = f"{resolved.passages[0]} {fold(resolved.exact)}"
    return f"{resolved.source}-{hashlib.sha256(words.encode()).hexdigest()[:6]}"


# ------------------------------------------------------------------------------------------------------------ topics


def _topic_page(topic: Topic, desk: _Desk) -> TopicPage:
    statements = tuple(_composed(statement, topic, desk) for statement in topic.statements)
    cited = _cited_passages(statements, desk)
    return TopicPage(
        topic=topic,
        statements=_in_sections(statements),
        quotations=tuple(
            SpokenQuotation(desk.party(quotation.speaker.name), quotation.text, passage.source, passage.id)
            for passage in cited
            for quotation in passage.quotations
            if quotation.speaker and quotation.speaker.confidence == "certain" and quotation.kind == "speech"
        ),
        figures=tuple(
            QuotedFigure(figure, passage.source, passage.id, passage.status, _certain(passage))
            for passage in cited
            for figure in passage.figures
        ),
    )


def _composed(statement: Statement, topic: Topic, desk: _Desk) -> ComposedStatement:
    notes = tuple(dict.fromkeys(desk.note(evidence) for evidence in statement.evidence))
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
        rests_on=speakers[0] if len(speakers) == 1 else None,
        disputed=tuple(
            ComposedContradiction(
                by=tuple(desk.party(name) for name in side.by),
                text=side.text,
                notes=tuple(dict.fromkeys(desk.note(evidence) for evidence in side.evidence)),
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


def _common_speakers(passages: list[Passage], desk: _Desk) -> tuple[Party, ...]:
    """The speakers that every passage names; nobody where one passage names nobody."""
    named = [{desk.party(name).id: desk.party(name) for name in _certain(passage)} for passage in passages]
    shared = set.intersection(*map(set, named)) if named else set()
    return tuple(party for key, party in named[0].items() if key in shared) if named else ()


def _cited_passages(statements: tuple[ComposedStatement, ...], desk: _Desk) -> list[Passage]:
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


def _parties(topics: tuple[TopicPage, ...]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for page in topics:
        for statement in (*page.statements, *page.also):
            for party in (*statement.speakers, *(party for side in statement.disputed for party in side.by)):
                found.setdefault(party.id, party)
        for quotation in page.quotations:
            found.setdefault(quotation.speaker.id, quotation.speaker)
    return tuple(found.values())


# ----------------------------------------------------------------------------------------------------------- sources


def _as_of(sources: Iterable[Source]) -> str | None:
    """The newest day on which one of the sources is known to have been written."""
    days = [
        day[:10]
        for source in sources
        for day in ((source.updated or source.published).value if source.updated or source.published else None, source.not_before)
        if day
    ]
    return max(days, default=None)


@dataclass(slots=True)
class _Citation:
    """One passage as the site cites it: the quoted spans, and the statements that quote them."""

    spans: list[tuple[int, int]]
    uses: dict[Use, None]


def _citations(statements: list[ComposedStatement]) -> dict[str, _Citation]:
    """Every cited passage, by its id."""
    found: dict[str, _Citation] = {}
    for statement in statements:
        for note in (*statement.notes, *(note for side in statement.disputed for note in side.notes)):
            for passage in note.passages:
                citation = found.setdefault(passage, _Citation([], {}))
                citation.spans.append((note.start, note.end))
                citation.uses[Use(statement.topic, statement.id)] = None
    return found


def _source_page(annotated: AnnotatedSource, citations: Mapping[str, _Citation], settings: Settings) -> SourcePage:
    source = annotated.source
    shown_text = source.rights or settings.source_text
    cited = {passage.id: citations[passage.id] for passage in annotated.passages if passage.id in citations}
    shown = tuple(_shown(annotated.passages, cited, everything=shown_text == "full"))
    return SourcePage(
        source=source,
        shown=shown,
        source_text=shown_text,
        words=sum(_words(passage.text) for passage in annotated.passages),
        shown_words=sum(
            sum(_words(source.text[start:end]) for start, end in one.marks)
            if shown_text == "quotes"
            else _words(one.passage.text)
            for one in shown
        ),
        used_in=tuple(dict.fromkeys(use.topic for citation in cited.values() for use in citation.uses)),
    )


def _shown(
    passages: tuple[Passage, ...], cited: Mapping[str, _Citation], *, everything: bool
) -> Iterable[ShownPassage]:
    numbers: dict[int, int] = {}
    sentence, last_block, last_shown = 0, None, -2
    for index, passage in enumerate(passages):
        paragraph = numbers.setdefault(passage.block, len(numbers) + 1)
        sentence = sentence + 1 if passage.block == last_block else 1
        last_block = passage.block
        citation = cited.get(passage.id, _Citation([], {}))
        if passage.id not in cited and not everything:
            continue
        marks = _merged((max(start, passage.start), min(end, passage.end)) for start, end in citation.spans)
        follows = last_shown == index - 1
        last_shown = index
        yield ShownPassage(passage, marks, tuple(citation.uses), follows, paragraph, sentence)


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))
