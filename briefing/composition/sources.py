"""The page of a source: what the site shows of it, and every statement that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.model import AnnotatedSource, ComposedStatement, Passage, ShownPassage, Source, SourcePage, Use
from briefing.settings import Settings


def as_of(sources: Iterable[Source]) -> str | None:
    """The newest day on which one of the sources is known to have been written."""
    days = [
        day
        for source in sources
        for day in (*(date.value[:10] for date in (source.published, source.updated) if date), source.not_before)
        if day
    ]
    return max(days, default=None)


@dataclass(slots=True)
class Citation:
    """One passage as the site cites it: the quoted spans, and the statements that quote them."""

    spans: list[tuple[int, int]]
    uses: dict[Use, None]


def citations_in(statements: list[ComposedStatement]) -> dict[str, Citation]:
    """Every cited passage, by its id."""
    found: dict[str, Citation] = {}
    for statement in statements:
        for note in (*statement.notes, *(note for side in statement.disputed for note in side.notes)):
            for passage in note.passages:
                citation = found.setdefault(passage, Citation([], {}))
                citation.spans.append((note.start, note.end))
                citation.uses[Use(statement.topic, statement.id)] = None
    return found


def source_page(annotated: AnnotatedSource, citations: Mapping[str, Citation], settings: Settings) -> SourcePage:
    """What the site shows of a source: the cited passages, or as much as its rights allow."""
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


def _shown(passages: tuple[Passage, ...], cited: Mapping[str, Citation], *, everything: bool) -> Iterable[ShownPassage]:
    numbers: dict[int, int] = {}
    sentence, last_block, last_shown = 0, None, -2
    for index, passage in enumerate(passages):
        paragraph = numbers.setdefault(passage.block, len(numbers) + 1)
        sentence = sentence + 1 if passage.block == last_block else 1
        last_block = passage.block
        citation = cited.get(passage.id, Citation([], {}))
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
