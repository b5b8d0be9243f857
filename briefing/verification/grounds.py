"""What a piece of evidence proves: its passages first, then what stands around them, in a stated order.

A passage seldom repeats what its neighbours said: `Es leite eine neue Epoche ein` names nobody. So a name may come from
the paragraph and a number from the next sentence, a date from the article's own; which of them it was is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefing.model import AnnotatedSource, Passage, ResolvedEvidence, Source
from briefing.verification.facts import Facts, Reader
from briefing.verification.mentions import Mention, MentionKind
from briefing.verification.strangers import stands_in

PASSAGE, TRANSLATION, NEIGHBOUR, PARAGRAPH, HEADING, LEAD, ARTICLE = (
    "passage",
    "translation",
    "neighbouring sentence",
    "paragraph",
    "heading",
    "article's first sentence",
    "article's date",
)
_TIME = ("date", "year", "decade", "weekday")
NAMES = ("country", "person", "organisation", "word", "capital")


@dataclass(frozen=True, slots=True)
class Ground:
    """A text that may prove something, and how it stands to the evidence."""

    where: str
    source: str
    mentions: tuple[Mention, ...]
    text: str
    language: str


@dataclass(frozen=True)
class Library:
    """The sources, indexed so that the grounds of each passage are gathered once."""

    sources: tuple[AnnotatedSource, ...]
    reader: Reader
    _at: dict[str, tuple[AnnotatedSource, int]] = field(init=False, repr=False)
    _grounds: dict[str, tuple[Ground, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the passages."""
        at = {
            identifier: (annotated, index)
            for annotated in self.sources
            for index, identifier in enumerate(annotated.ids)
        }
        object.__setattr__(self, "_at", at)

    def passage(self, key: str) -> Passage:
        """The passage with this id."""
        annotated, index = self._at[key]
        return annotated.passage(index)

    def source(self, key: str) -> Source:
        """The source of the passage with this id."""
        return self._at[key][0].source

    def grounds(self, evidence: Iterable[ResolvedEvidence]) -> tuple[Ground, ...]:
        """Everything that may prove a statement with this evidence, the nearest first."""
        evidence = tuple(evidence)
        found = [
            ground for key in dict.fromkeys(p for one in evidence for p in one.passages) for ground in self._of(key)
        ]
        found += [
            Ground(TRANSLATION, one.source, (), text, language)
            for one in evidence
            for language, text in one.evidence.translation.items()
        ]
        order = {
            where: n for n, where in enumerate((PASSAGE, TRANSLATION, NEIGHBOUR, PARAGRAPH, HEADING, LEAD, ARTICLE))
        }
        return tuple(sorted(found, key=lambda ground: order[ground.where]))

    def _of(self, key: str) -> tuple[Ground, ...]:
        if key not in self._grounds:
            annotated, index = self._at[key]
            self._grounds[key] = tuple(self._gather(annotated, index))
        return self._grounds[key]

    def _gather(self, annotated: AnnotatedSource, index: int) -> Iterator[Ground]:
        source, passages = annotated.source, annotated.passages
        here = passages[index]
        yield self._ground(PASSAGE, source, here)
        near = {index - 1, index + 1}
        for other, passage in _block(passages, index):
            if other != index:
                yield self._ground(NEIGHBOUR if other in near else PARAGRAPH, source, passage)
        if index and passages[index - 1].block != here.block:  # "Das Land", "der Vertrag": said in the paragraph before
            yield self._ground(PARAGRAPH, source, passages[index - 1])
        headings = [block.text for block in source.article.blocks[: here.block] if block.kind == "heading"]
        for text in dict.fromkeys((*headings[-1:], *filter(None, [source.title]))):
            yield Ground(HEADING, source.slug, self.reader.facts(text, source.language).mentions, text, source.language)
        yield self._ground(LEAD, source, passages[0])  # "zwischen den beiden Ländern": who the article is about
        yield Ground(ARTICLE, source.slug, tuple(_article_dates(source)), "", source.language)

    def _ground(self, where: str, source: Source, passage: Passage) -> Ground:
        read = self.reader.facts(passage.text, source.language).mentions
        mentions = (*read, *_resolved_dates(passage), *_dated(read, source), *self._speakers(passage))
        return Ground(where, source.slug, mentions, passage.text, source.language)

    def _speakers(self, passage: Passage) -> Iterator[Mention]:
        for speaker in passage.speakers:
            key = self.reader.gazetteer.key_of(speaker.name) if speaker.confidence == "certain" else None
            if key:
                yield Mention(key[0], key[1], speaker.name, 0, 0)


def _block(passages: tuple[Passage, ...], index: int) -> Iterator[tuple[int, Passage]]:
    """The passages of the same block, with their indices; a very long block only near `index`."""
    block, reach = passages[index].block, 12
    for other in range(max(0, index - reach), min(len(passages), index + reach + 1)):
        if passages[other].block == block:
            yield other, passages[other]


def _resolved_dates(passage: Passage) -> Iterator[Mention]:
    """What annotation resolved: `am Mittwoch` as its day, `im März` as its month."""
    for mention in passage.dates:
        if mention.value and mention.precision in {"minute", "day", "month", "year"}:
            value = mention.value[:10]
            kind: MentionKind = "year" if len(value) == 4 else "date"  # noqa: PLR2004
            yield Mention(kind, value, mention.text, mention.start - passage.start, mention.end - passage.start)


def _dated(mentions: Iterable[Mention], source: Source) -> Iterator[Mention]:
    """The days that a bare weekday can mean beside the article's own, and the year of a bare month.

    Which way a weekday looks is often for the reader to tell (`sollte am Donnerstag eintreffen`), so both ways count:
    the statement must still name a day that is that weekday, within a week of the article.
    """
    days = [one.value for one in _article_dates(source) if one.kind == "date" and len(one.value) == 10]  # noqa: PLR2004
    for day in dict.fromkeys(days):
        try:
            reference = dt.date.fromisoformat(day)
        except ValueError:  # what the page said was no day
            continue
        for one in mentions:
            if one.kind == "weekday":
                back = reference - dt.timedelta(days=(reference.weekday() - int(one.value)) % 7)
                for found in dict.fromkeys((back, back + dt.timedelta(days=7) if back < reference else back)):
                    yield Mention("date", found.isoformat(), one.text, one.start, one.end, hard=False)
            elif one.kind == "date" and one.value.startswith("--"):
                year = reference.year - (one.value[2:4] > day[5:7])
                yield Mention("date", f"{year}{one.value[1:]}", one.text, one.start, one.end, hard=False)


def _article_dates(source: Source) -> Iterator[Mention]:
    for value in (*(found.value for found in (source.published, source.updated) if found), source.not_before):
        if value:
            yield Mention("year" if len(value) == 4 else "date", value[:10], value, 0, 0)  # noqa: PLR2004


def allowed(kind: str, where: str) -> bool:
    """Whether a ground may prove a mention of this kind: numbers come from near by, names from the whole paragraph."""
    if where == TRANSLATION:
        return kind in {"word", "capital"}  # how the editor writes a name; whose it is, the source must say
    if kind in NAMES:
        return where != ARTICLE
    if kind in _TIME:
        return where not in {PARAGRAPH, LEAD}
    return where in {PASSAGE, NEIGHBOUR, HEADING}


def proves(ground: Ground | Facts, wanted: Mention) -> bool:
    """Whether a text says the value that is wanted, or a more precise one."""
    if wanted.kind in {"word", "capital"}:
        return stands_in(wanted.value, ground.text)
    return any(_says(one, wanted) for one in ground.mentions)


def _says(one: Mention, wanted: Mention) -> bool:
    if wanted.kind == "number":
        return one.kind in {"number", "year"} and one.value == wanted.value
    if wanted.kind == "year":
        return (one.kind in {"number", "year"} and one.value == wanted.value) or (
            one.kind == "date" and one.value.startswith(wanted.value)
        )
    if wanted.kind == "decade":
        return one.kind in {"decade", "year", "date"} and one.value.startswith(wanted.value)
    if wanted.kind == "weekday":
        return (one.kind == "weekday" and one.value == wanted.value) or _weekday(one) == wanted.value
    if wanted.kind == "date":
        said, sought = one.value, wanted.value
        if sought.startswith("--"):  # a month or a day without its year
            said, sought = said[2:] if said.startswith("--") else said[5:], sought[2:]
        return one.kind == "date" and said.startswith(sought)
    return one.kind == wanted.kind and one.value == wanted.value


def _weekday(one: Mention) -> str | None:
    if one.kind != "date" or len(one.value) != 10 or one.value.startswith("-"):  # noqa: PLR2004 - a whole day
        return None
    return str(dt.date.fromisoformat(one.value).weekday())


def comparable(one: Mention, wanted: Mention) -> bool:
    """Whether `one` tells the time as precisely as `wanted`, so that it contradicts where it differs."""
    if wanted.kind == "weekday":
        return one.kind == "weekday" or _weekday(one) is not None
    if wanted.kind == "year":
        return one.kind == "year" or (one.kind == "date" and not one.value.startswith("-"))
    return (
        wanted.kind == "date"
        and one.kind == "date"
        and len(one.value) >= len(wanted.value)
        and not one.value.startswith("-")
    )


def bounds_of(mentions: Iterable[Mention], value: str) -> Mapping[str | None, set[str | None]]:
    """The bounds under which a number is given, and its units under each."""
    found: dict[str | None, set[str | None]] = {}
    for one in mentions:
        if one.kind == "number" and one.value == value:
            found.setdefault(one.bound, set()).add(one.unit)
    return found
