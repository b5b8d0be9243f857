"""The page of a source: what the site shows of it, and every statement that uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.composition.context import word_count, word_counts
from briefing.model import AnnotatedSource, ComposedStatement, ShownPassage, Source, SourcePage, Use
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
    cited = {identifier: citations[identifier] for identifier in annotated.ids if identifier in citations}
    shown = tuple(_shown(annotated, cited, everything=shown_text == "full")) if cited or shown_text == "full" else ()
    return SourcePage(
        source=source,
        shown=shown,
        source_text=shown_text,
        words=sum(word_counts(annotated)),
        shown_words=sum(
            sum(word_count(source.text[start:end]) for start, end in one.marks)
            if shown_text == "quotes"
            else word_count(one.passage.text)
            for one in shown
        ),
        used_in=tuple(dict.fromkeys(use.topic for citation in cited.values() for use in citation.uses)),
        removed=_removed(annotated),
        reading=annotated.digest.key if annotated.digest else "",
    )


def _removed(annotated: AnnotatedSource) -> tuple[tuple[str, int], ...]:
    if annotated.digest:
        return annotated.digest.removed
    return tuple(Counter(removal.kind for removal in annotated.source.article.removals).items())


def _shown(annotated: AnnotatedSource, cited: Mapping[str, Citation], *, everything: bool) -> Iterable[ShownPassage]:
    numbers: dict[int, int] = {}
    sentence, last_block, last_shown = 0, None, -2
    blocks = annotated.digest.blocks if annotated.digest else tuple(one.block for one in annotated.passages)
    for index, (identifier, block) in enumerate(zip(annotated.ids, blocks, strict=True)):
        paragraph = numbers.setdefault(block, len(numbers) + 1)
        sentence = sentence + 1 if block == last_block else 1
        last_block = block
        citation = cited.get(identifier, Citation([], {}))
        if identifier not in cited and not everything:
            continue
        passage = annotated.passage(index)
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
