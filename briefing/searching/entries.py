"""What can be found: each statement, topic, source, cited sentence and speaker, with all words that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from briefing.lexicon import table
from briefing.model import Briefing, ComposedStatement, Note, Passage, SourcePage, TopicPage, fold

_MOST_SOURCES = 300
"""Beyond this many sources their sentences are left out of the index: the browser loads it whole, and at some 30 cited
sentences a source it would pass 5 MB. Statements quote the decisive words anyway."""

_MOST_PROOF = 4
"""Quotations that a result may show a piece of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a search can lead to."""

    location: str
    """Address below the language's root: `topics/port-strike/#first-vote`."""
    page: str
    """Title of the page it stands on."""
    title: str
    """Its own title where it has one; results show `text` otherwise."""
    text: str
    kind: str
    """`statement`, `topic`, `voice`, `source` or `passage`."""
    language: str
    """Of `text`."""
    words: tuple[tuple[str, float], ...]
    """Texts it is found by, with the weight of their words."""
    proof: tuple[tuple[str, str], ...] = ()
    """Quoted words with their language: a result shows them where they, not the text, hold what was looked for."""


def entries(briefing: Briefing, language: str) -> tuple[Entry, ...]:
    """Everything on the pages of one language, statements first."""
    maker = _Maker(briefing, language)
    return tuple(maker.all())


@dataclass(frozen=True)
class _Maker:
    briefing: Briefing
    language: str

    def all(self) -> Iterator[Entry]:
        """Every entry."""
        for page in self.briefing.topics:
            yield self._topic(page)
            for one in (*page.statements, *page.also):
                yield self._statement(one, page)
        yield from self._voices()
        small = len(self.briefing.sources) <= _MOST_SOURCES
        for source in self.briefing.sources:
            yield self._source(source)
            if small:
                yield from self._passages(source)

    # ------------------------------------------------------------------------------------------------ what is shown

    def _topic(self, page: TopicPage) -> Entry:
        title = page.topic.title[self.language]
        question = page.topic.question.get(self.language, "")
        sections = {section for one in page.statements for section in one.section.values()}
        words = [
            (title, 4.0),
            (question, 2.0),
            *((text, 1.5) for text in self._others(page.topic.title)),
            *((text, 1.0) for text in self._others(page.topic.question)),
            *((text, 1.0) for text in sorted(sections)),
            *((" ".join(terms), 0.5) for terms in page.topic.terms.values()),
        ]
        return Entry(
            f"topics/{page.topic.id}/", title, title, question, "topic", self.language, self._with_names(words)
        )

    def _statement(self, one: ComposedStatement, page: TopicPage) -> Entry:
        text = one.text[self.language]
        notes = (*one.notes, *(note for side in one.disputed for note in side.notes))
        words = [
            (text, 3.0),
            *((other, 1.5) for other in self._others(one.text) if other != text),
            (page.topic.title[self.language], 0.5),
            *((section, 0.7) for section in one.section.values()),
            *((side.text.get(self.language, ""), 1.0) for side in one.disputed),
            *((name, 1.0) for side in one.disputed for party in side.by for name in party.name.values()),
            *((text, 1.0) for party in one.speakers for text in (*party.name.values(), *party.role.values())),
            *self._proof(notes),
        ]
        return Entry(
            location=f"topics/{one.topic}/#{one.id}",
            page=page.topic.title[self.language],
            title="",
            text=text,
            kind="statement",
            language=one.language or self.language,
            words=self._with_names(words),
            proof=tuple((fold(note.exact), self._language[note.source]) for note in notes[:_MOST_PROOF]),
        )

    def _proof(self, notes: Iterable[Note]) -> Iterator[tuple[str, float]]:
        for note in notes:
            yield note.exact, 1.0
            yield from ((text, 1.0) for text in note.translation.values())
            for passage in (self._passage[one] for one in note.passages if one in self._passage):
                yield passage.text, 0.3
                yield " ".join(figure.value for figure in passage.figures), 0.5

    def _voices(self) -> Iterator[Entry]:
        page = str(table(self.language, "labels")["voices"])
        for voice in self.briefing.overviews.voices:
            name, role = voice.party.name[self.language], voice.party.role.get(self.language, "")
            words = [(name, 3.0), (role, 2.0), *((other, 1.0) for other in voice.party.name.values())]
            yield Entry(
                f"voices/#who-{voice.party.id}", page, name, role, "voice", self.language, self._with_names(words)
            )

    def _source(self, page: SourcePage) -> Entry:
        source = page.source
        title = source.outlet or fold(source.title or "") or source.slug
        shown = fold(source.title or "") if source.outlet else ""
        words = [
            (source.outlet or "", 4.0),
            (source.title or "", 2.0),
            (source.slug, 1.0),
            (" ".join((*source.agencies, *source.authors)), 1.0),
        ]
        return Entry(f"sources/{source.slug}/", title, title, shown, "source", source.language, self._with_names(words))

    def _passages(self, page: SourcePage) -> Iterator[Entry]:
        source = page.source
        title = source.outlet or fold(source.title or "") or source.slug
        for shown in page.shown:
            text = shown.passage.text
            if page.source_text == "quotes":
                text = " […] ".join(source.text[start:end] for start, end in shown.marks)
            words = [(text, 1.0), (" ".join(figure.value for figure in shown.passage.figures), 0.5)]
            where = f"sources/{source.slug}/#{shown.passage.id}"
            yield Entry(where, title, "", fold(text), "passage", source.language, self._with_names(words))

    # -------------------------------------------------------------------------------------------------- hidden words

    def _others(self, texts: Mapping[str, str]) -> list[str]:
        """The same text in the site's other languages."""
        return [texts[code] for code in self.briefing.languages if code != self.language and code in texts]

    def _with_names(self, words: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
        """The texts, and all other names of everybody they name."""
        texts = [(text, weight) for text, weight in words if text]
        everything = " ".join(text for text, weight in texts if weight > 0.3)  # noqa: PLR2004 - not the sentences around
        return (*texts, *((forms, 0.6) for pattern, forms in self._names if pattern.search(everything)))

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], str]]:
        """Each person or body: a pattern of all its names as whole words, and all of them in a row."""
        return [
            (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE), " · ".join(forms))
            for name in self.briefing.names
            if (forms := tuple(dict.fromkeys((*name.name.values(), *name.also))))
        ]

    @cached_property
    def _language(self) -> dict[str, str]:
        return {page.source.slug: page.source.language for page in self.briefing.sources}

    @cached_property
    def _passage(self) -> dict[str, Passage]:
        return {shown.passage.id: shown.passage for page in self.briefing.sources for shown in page.shown}
