"""What a template sees of one page: the briefing in one language, links relative to the page, footnotes in order."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from briefing.model import (
    Briefing,
    ComposedStatement,
    FoundDate,
    Note,
    Overviews,
    Party,
    Passage,
    QuotedFigure,
    ShownPassage,
    Source,
    SourcePage,
    TopicPage,
    Unheard,
    Voice,
    fold,
)
from briefing.piecing import Pieces
from briefing.rendering.labels import Labels
from briefing.rendering.lookup import Lookup
from briefing.rendering.markdown import escape, link_target, text_fragment
from briefing.rendering.moments import Moment, moments

_TITLE_WORDS = 8
"""Words of a long headline that name a source whose outlet is not known."""

_STRIP_MOMENTS = 8
"""Dates on the strip of the home page: more do not fit side by side into a window of 960 pixels."""

_MOST_NOTES = 6
"""Footnotes of an automatic statement: one line of marks on a phone."""
_SIDE_PASSAGES = 3
"""Passages shown on each side of a difference that the program found."""


class Markdown(str):
    """Text of ours that is markup already; everything else is escaped when it is printed."""

    __slots__ = ()


def printed(value: object) -> str:
    """What a template prints for `value`: markup as it is, anything else escaped."""
    if isinstance(value, Markdown):
        return value
    text = str(value)
    return _escaped(text) if len(text) <= _SHORT else escape(text)


_SHORT = 64
"""Characters of texts that come again and again in tables: names, numbers, kinds."""
_escaped = lru_cache(maxsize=16_384)(escape)


@dataclass
class PageView:
    """One page in one language while it is being written."""

    briefing: Briefing
    labels: Labels
    path: str
    """Of the page below its language's folder."""
    lookup: Lookup | None = None
    """Shared by all pages of a briefing; made anew where none is given."""
    kept: Pieces = field(default_factory=Pieces)
    """Rows that are kept from one build to the next."""
    _notes: dict[str, Note] = field(default_factory=dict)
    _ways: dict[str, str] = field(default_factory=dict)
    """To each folder that was linked to."""

    @cached_property
    def _find(self) -> Lookup:
        return self.lookup or Lookup(self.briefing)

    @property
    def language(self) -> str:
        """ISO 639-1 code of the page."""
        return self.labels.language

    @staticmethod
    def markup(text: str) -> Markdown:
        """What a macro of the templates has written, which is markup already."""
        return Markdown(text)

    # ----------------------------------------------------------------------------------------------- statements

    @property
    def key_statements(self) -> tuple[ComposedStatement, ...]:
        """The statements that answer what happened, for the home page."""
        return self._find.home_statements

    @property
    def overviews(self) -> Overviews:
        """The statements in other orders."""
        return self.briefing.overviews

    @property
    def disputed(self) -> tuple[ComposedStatement, ...]:
        """The contradicted statements, those first that weigh most: key ones, then those of more sources."""
        ordered = sorted(self.overviews.disputed, key=lambda one: (not one.key, -len(one.sources)))
        turns: dict[object, int] = {}
        for one in ordered:  # one of each section before the second of any, for sections differ in what they are about
            section = (one.topic, one.section.get(self.language, ""))
            turns[one.id] = turns[section] = turns.get(section, -1) + 1
        return tuple(sorted(ordered, key=lambda one: turns[one.id]))

    def moments(self) -> list[Moment]:
        """The timeline, one moment a date."""
        return moments(self.overviews.timeline, self.labels)

    @property
    def matrix_sources(self) -> tuple[SourcePage, ...]:
        """The columns of the matrix: the sources of key statements; another one would only be a column of dashes."""
        return self._find.carrying

    def strip(self) -> list[Moment]:
        """The timeline for the home page: of many dates those that most is told of, in their order."""
        by_weight = sorted(
            self.moments(), key=lambda one: (-sum(e.statement.key for e in one.entries), -len(one.entries))
        )
        chosen = {moment.date for moment in by_weight[:_STRIP_MOMENTS]}
        return moments((entry for entry in self.overviews.timeline if entry.date in chosen), self.labels)

    def matrix(self) -> list[tuple[ComposedStatement, list[Note | None]]]:
        """Each key statement, and for each source of the matrix its first footnote there, or None."""
        rows = []
        for one in self._find.key_statements:
            first: dict[str, Note] = {}
            for note in one.notes:
                first.setdefault(note.source, note)
            rows.append((one, [first.get(page.source.slug) for page in self.matrix_sources]))
        return rows

    def dots(self, statement: ComposedStatement) -> list[tuple[bool, int]]:
        """Its sources as a picture: for each origin, whether it is known, and how many sources share it."""
        ways = [len(way) for way in self.briefing.corroboration.ways(statement.sources)]
        return [(True, count) for count in ways] + [(False, 1)] * (len(statement.sources) - sum(ways))

    def citing(self, quoted: QuotedFigure) -> ComposedStatement | None:
        """The statement whose quoted words hold the figure; failing that, the first that cites its sentence."""
        uses = [self._find.statements[use.statement] for use in self._find.uses.get(quoted.passage, ())]
        at = quoted.figure.start
        holding = (
            one for one in uses for note in one.notes if note.source == quoted.source and note.start <= at < note.end
        )
        return next(holding, uses[0] if uses else None)

    @staticmethod
    def some(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        """The first passages of one side of a difference; reprints say no more."""
        return passages[:_SIDE_PASSAGES]

    def may_quote(self, slug: str) -> bool:
        """Whether whole sentences of a source may be shown."""
        return self._find.sources[slug].source_text != "quotes"

    @property
    def unknowns(self) -> tuple[Mapping[str, str], ...]:
        """What the sources leave open, over all topics."""
        return tuple(text for page in self.briefing.topics for text in page.topic.unknown)

    def sections(self, page: TopicPage) -> list[tuple[str, list[ComposedStatement]]]:
        """The statements of a topic under their headings, the key statements first and without one."""
        sections: dict[str, list[ComposedStatement]] = {}
        for one in page.statements:
            title = self.word("key_points") if one.key else one.section.get(self.language, "")
            sections.setdefault(title, []).append(one)
        return list(sections.items())

    def section_id(self, page: TopicPage, title: str) -> str:
        """The anchor of a section, the same in every language: its number."""
        return f"section-{[name for name, _ in self.sections(page)].index(title) + 1}"

    def question(self, page: TopicPage) -> str:
        """The topic's question, empty where it has none."""
        return page.topic.question.get(self.language, "")

    @staticmethod
    def topic_sources(page: TopicPage) -> tuple[str, ...]:
        """The sources that a topic cites."""
        return tuple(dict.fromkeys(slug for one in (*page.statements, *page.also) for slug in one.sources))

    def size(self, page: TopicPage) -> str:
        """How much a topic holds: `31 statements, 4 sources, at most 1 reporting chain`."""
        if not page.statements:
            return self.word("topic_empty")
        sources = self.topic_sources(page)
        counts = {
            "statements": len(page.statements),
            "sources": len(sources),
            "chains": self.briefing.corroboration.chains(sources),
        }
        return ", ".join(self.labels.count(kind, n) for kind, n in counts.items())

    # ---------------------------------------------------------------------------------------------------- words

    def t(self, texts: Mapping[str, str]) -> str:
        """The text in the page's language."""
        return texts[self.language]

    def said(self, statement: ComposedStatement) -> Markdown:
        """A statement's text; where it is a source's own words, in their language."""
        text = escape(self.t(statement.text))
        if statement.language in {None, self.language}:
            return Markdown(text)
        return Markdown(f'<span lang="{statement.language}">{text}</span>')

    def word(self, key: str, **values: str) -> str:
        """A label."""
        return self.labels.word(key, **values)

    def parties(self, parties: Iterable[Party]) -> str:
        """Names in a row."""
        return self.labels.listing([party.name[self.language] for party in parties])

    def name(self, party: Party) -> str:
        """A name in the page's language."""
        return party.name[self.language]

    def called(self, party: Party, source: str) -> Markdown:
        """A name that may be a source's own word for somebody (`Experten`), then with the language of that source."""
        code = self.source(source).language
        if party.kind != "unknown" or code == self.language:
            return Markdown(escape(self.name(party)))
        return Markdown(f'<span lang="{code}">{escape(self.name(party))}</span>')

    def heard_in(self, voice: Voice) -> str:
        """The first source that has somebody's words."""
        if voice.quotations:
            return voice.quotations[0].source
        return (voice.statements or voice.contradicts)[0].sources[0]

    def role(self, party: Party) -> str:
        """A role in the page's language, empty where none is known."""
        return party.role.get(self.language, "")

    def unheard_name(self, one: Unheard) -> str:
        """The name of somebody unheard; of a country that `names.yml` does not know, as the language has it."""
        is_known = len(set(one.party.name.values())) > 1
        own = self.labels.territory(one.code) if one.code and not is_known else None
        return own or self.name(one.party)

    def introduced(self, parties: tuple[Party, ...]) -> str:
        """A single party with its role, several by name."""
        if len(parties) == 1 and (role := parties[0].role.get(self.language)):
            return f"{parties[0].name[self.language]} ({role})"
        return self.parties(parties)

    def support(self, statement: ComposedStatement) -> str:
        """How well supported: `4 sources, at most 1 reporting chain, all resting on X’s words`."""
        parts = [self.labels.count("sources", len(statement.sources))]
        if len(statement.sources) > 1:
            parts.append(self.labels.count("chains", statement.chains))
            if statement.rests_on:
                parts.append(self.word("resting_on", by=statement.rests_on.name[self.language]))
        return ", ".join(parts)

    # ---------------------------------------------------------------------------------------------------- links

    def to(self, path: str, anchor: str = "") -> Markdown:
        """The relative link target of another page of the same language, or of a place on this one."""
        if path == self.path and anchor:
            return Markdown(f"#{anchor}")
        folder, name = posixpath.split(path)
        if folder not in self._ways:
            way = posixpath.relpath(folder or ".", posixpath.dirname(self.path) or ".")
            self._ways[folder] = "" if way == "." else f"{way}/"
        return Markdown(self._ways[folder] + name + (f"#{anchor}" if anchor else ""))

    def built(self, path: str, anchor: str = "") -> Markdown:
        """The address of another page as the built site has it, for raw HTML, which MkDocs does not rewrite."""
        name = path.removesuffix(".md")
        up = self._depth(self.path)
        return Markdown("../" * up + f"{name}/" + (f"#{anchor}" if anchor else ""))

    @staticmethod
    def _depth(path: str) -> int:
        """How many folders below its language's root a page stands, once it is built."""
        name = path.removesuffix(".md")
        folder = posixpath.dirname(name) if posixpath.basename(name) == "index" else name
        return len([part for part in folder.split("/") if part])

    def file(self, path: str) -> Markdown:
        """The relative address of a file beside the first language's site, as the built page reaches it.

        For raw HTML: MkDocs does not rewrite it, so this counts from the page's own folder (`/topics/x/`).
        """
        up = self._depth(self.path) + (self.language != self.briefing.languages[0])
        return Markdown("../" * up + path)

    def to_topic(self, topic: str, statement: str = "") -> Markdown:
        """The link target of a topic, or of one of its statements."""
        return self.to(f"topics/{topic}.md", statement)

    def to_source(self, slug: str, passage: str = "") -> Markdown:
        """The link target of a source's page, or of one of its passages."""
        return self.to(f"sources/{slug}.md", passage)

    def raw(self, identifier: str) -> Markdown:
        """An identifier made of a-z, 0-9 and hyphens, which needs no escape and must not change."""
        return Markdown(identifier)

    # -------------------------------------------------------------------------------------------------- sources

    def source(self, slug: str) -> Source:
        """A source by its slug."""
        return self._find.sources[slug].source

    def topic_title(self, topic: str) -> str:
        """The title of a topic."""
        return self.t(self._find.topics[topic].topic.title)

    def statement(self, identifier: str) -> ComposedStatement:
        """A statement by its id."""
        return self._find.statements[identifier]

    def source_name(self, source: Source) -> str:
        """The outlet; where none is named, that it is not, and the beginning of the headline."""
        if source.outlet:
            return source.outlet
        name = self.word("outlet_unknown")
        if not source.title:
            return f"{name} ({source.slug})"
        words = fold(source.title).split(" ")
        short = " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")
        return f"{name}, {self.labels.quoted(short)}"

    def source_link(self, source: Source) -> Markdown:
        """The name of a source, which leads to its page."""
        return Markdown(f"[{printed(self.source_name(source))}]({self.to_source(source.slug)})")

    def rows(self, name: str, pages: Iterable[SourcePage], row: Callable[[SourcePage], str]) -> Markdown:
        """A row for each of some sources, each with the end of its line.

        Args:
            name: Tells these rows from others of the page.
            pages: The sources.
            row: Writes one. It may show the source, and of its page how much is shown and the titles of the topics
                that it is used in: so much the key of a kept row tells.
        """
        titles = {topic: page.topic.title[self.language] for topic, page in self._find.topics.items()}

        def key(page: SourcePage) -> str:
            used = [(topic, titles[topic]) for topic in page.used_in]
            return f"{name} {page.reading} {page.words} {page.shown_words} {used}" if page.reading else ""

        return Markdown("".join(self.kept.text(key(page), partial(row, page)) for page in pages))

    def unused(self) -> list[SourcePage]:
        """The sources that nothing cites."""
        return [page for page in self.briefing.sources if not page.used_in]

    def source_title(self, source: Source) -> str:
        """The headline, or that there is none."""
        return source.title or self.word("title_unknown")

    def source_date(self, source: Source) -> str:
        """When the source was written, as precisely as is known and no more."""
        if source.published:
            return self._date(source.published)
        if source.updated:
            return self.word("updated", date=self._date(source.updated))
        return source.dated.get(self.language) or self.word("undated")

    def _date(self, date: FoundDate) -> str:
        return self.labels.date(date.value)

    def external(self, url: str | None) -> Markdown | None:
        """A publisher's address as a link target; None for what must not become a link."""
        target = link_target(url) if url else None
        return Markdown(target) if target else None

    # ------------------------------------------------------------------------------------------------ footnotes

    def cite(self, notes: Iterable[Note]) -> Markdown:
        """The footnote marks of `notes`; their texts follow from `footnotes`."""
        marks = []
        for note in notes:
            self._notes.setdefault(note.label, note)
            marks.append(f"[^{note.label}]")
        return Markdown("".join(marks))

    def proof(self, statement: ComposedStatement) -> Markdown:
        """The footnote marks of a statement.

        The editor's are all there. A sentence that the program chose may stand in hundreds of reprints: there the first
        source of each origin comes first, a handful is shown, and the count beside the statement tells the rest.
        """
        notes = statement.notes
        if not statement.automatic or len(notes) <= _MOST_NOTES:
            return self.cite(notes)
        origins = self.briefing.corroboration.origins
        first = {origins.get(note.source) or note.source: note for note in reversed(notes)}
        chosen = sorted(notes, key=lambda note: note not in first.values())[:_MOST_NOTES]
        return self.cite(note for note in notes if note in chosen)

    @property
    def footnotes(self) -> tuple[Note, ...]:
        """Every note that was cited so far, in order."""
        return tuple(self._notes.values())

    def fragment(self, note: Note) -> Markdown | None:
        """The publisher's page at the quoted words, where its address is known."""
        url = self.source(note.source).url
        target = text_fragment(url, fold(note.exact)) if url else None
        return Markdown(target) if target else None

    def translation(self, note: Note) -> str | None:
        """The editor's translation of the quoted words, for readers of another language."""
        return note.translation.get(self.language) if self.source(note.source).language != self.language else None

    # ------------------------------------------------------------------------------------------------- passages

    def pieces(self, shown: ShownPassage) -> list[tuple[str, bool]]:
        """The passage cut at its marks: text, and whether it is quoted."""
        text, at, first, pieces = shown.passage.text, 0, shown.passage.start, []
        for start, end in shown.marks:
            pieces += [(text[at : start - first], False), (text[start - first : end - first], True)]
            at = end - first
        return [(piece, marked) for piece, marked in [*pieces, (text[at:], False)] if piece]

    def figure(self, quoted: QuotedFigure) -> str:
        """A figure with its bound, in the page's language."""
        figure = quoted.figure
        shown = self.labels.number(figure.value)
        unit = f" {figure.unit}" if figure.unit else ""
        return f"{self.word(f'bound.{figure.bound}')} {shown}{unit}" if figure.bound else f"{shown}{unit}"

    def removed(self, page: SourcePage) -> list[tuple[str, int]]:
        """Kinds of removed lines with their number, most first."""
        words = self._kinds
        return sorted(((words[kind], n) for kind, n in page.removed), key=lambda pair: (-pair[1], pair[0]))

    def removals(self, page: SourcePage) -> Markdown:
        """The same in one row; empty where nothing was removed."""
        return Markdown(", ".join(f"{printed(kind)}: {n}" for kind, n in self.removed(page)))

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return self.labels.words("removal")
