"""`inspect --html`: one page that shows every annotation in colour over the text, for people who write rules.

The page is a file of its own: no script, nothing from another host, and whatever comes from a source is escaped by the
template's environment. Choices are made here, the template only loops.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.formats.inspection.marks import Mark, Piece, marks, pieces
from briefing.lexicon import unread
from briefing.model import (
    AnnotatedSource,
    Bearing,
    Claim,
    Corroboration,
    Dispute,
    Passage,
    Removal,
    Speaker,
    Status,
    fold,
)

if TYPE_CHECKING:
    import jinja2

__all__ = ["inspection_page"]

KINDS = {
    "person": "persons",
    "organisation": "organisations",
    "agency": "agencies",
    "country": "countries",
    "figure": "figures",
    "date": "dates",
    "quotation": "quotations",
    "cue": "cue words",
    "topic": "words of topics",
}
"""What is marked, and what a reader calls it, in the order of the legend."""
TIERS = {
    "certain": "speaker certain",
    "likely": "likely",
    "unknown": "unknown",
    "scare": "at arm’s length",
    "title": "title",
}
CUES = ("speech", "allegation", "denial", "assessment", "negation")
LONGEST_EXCERPT = 160
"""Characters of a passage shown where a claim or dispute names it."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One passage as the page shows it."""

    passage: Passage
    pieces: tuple[Piece, ...]
    notes: tuple[Mark, ...]
    """All marks but the words of topics, which stand beside their topic."""
    speakers: tuple[Speaker, ...]
    bearings: tuple[Bearing, ...]
    opens: bool
    """Whether it is the first of its block."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading between passages, which gives none itself."""

    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One source."""

    slug: str
    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    """What the file is and what was found of it, as name and value."""
    unread: tuple[str, ...]
    """What was not read, for want of words of its language."""
    rows: tuple[_Row | _Heading, ...]
    passages: int
    removals: tuple[Removal, ...]


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A passage named elsewhere on the page."""

    passage: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class _ShownClaim:
    claim: Claim
    excerpts: tuple[_Excerpt, ...]


@dataclass(frozen=True, slots=True)
class _ShownDispute:
    dispute: Dispute
    sides: tuple[tuple[str | None, tuple[_Excerpt, ...]], ...]


def inspection_page(
    sources: Sequence[AnnotatedSource], bearings: Iterable[Bearing], corroboration: Corroboration
) -> str:
    """Write the whole analysis as one HTML page.

    Args:
        sources: The annotated sources, in the order in which they are shown.
        bearings: Which passages bear on which topics.
        corroboration: What was found by comparing the sources.

    Returns:
        The page; each passage has its id as anchor, so that a fault in it can be linked.
    """
    by_passage: dict[str, list[Bearing]] = {}
    for bearing in bearings:
        by_passage.setdefault(bearing.passage, []).append(bearing)
    sections = tuple(_section(source, by_passage) for source in sources)
    rows = [row for section in sections for row in section.rows if isinstance(row, _Row)]
    excerpts = _Excerpts(sources)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            sections=sections,
            kinds=KINDS,
            tiers=TIERS,
            cues=CUES,
            marked=Counter(
                piece.mark.kind
                for row in rows
                for piece in row.pieces
                if piece.mark and piece.what == "open" and piece.first
            ),
            statuses=tuple(Status),
            standing=Counter(row.passage.status for row in rows),
            claims=tuple(_ShownClaim(claim, excerpts.of(claim.passages)) for claim in corroboration.claims),
            disputes=tuple(
                _ShownDispute(dispute, tuple((side.by, excerpts.of(side.passages)) for side in dispute.sides))
                for dispute in corroboration.disputes
            ),
        )
    )


# --------------------------------------------------------------------------------------------------------- one source


def _section(annotated: AnnotatedSource, bearings: Mapping[str, Sequence[Bearing]]) -> _Section:
    source = annotated.source
    published = source.published or source.updated
    facts = {
        "file": source.file,
        "outlet": source.outlet,
        "published": published.value if published else None,
        "language": source.language,
        "authors": ", ".join(source.authors),
        "agencies": ", ".join(source.agencies),
        "cites": ", ".join(source.cited),
        "address": source.url,
        "repairs": ", ".join(f"{repair.kind} ({repair.count})" for repair in source.article.document.repairs),
        "SHA-256": source.sha256,
    }
    return _Section(
        slug=source.slug,
        title=source.title or source.file,
        language=source.language,
        facts=tuple((name, value) for name, value in facts.items() if value),
        unread=unread(source.language),
        rows=tuple(_rows(annotated, bearings)),
        passages=len(annotated.passages),
        removals=source.article.removals,
    )


def _rows(annotated: AnnotatedSource, bearings: Mapping[str, Sequence[Bearing]]) -> Iterable[_Row | _Heading]:
    """The passages of a source with the headings between them, in the order of the text."""
    of_block: dict[int, list[Passage]] = {}
    for passage in annotated.passages:
        of_block.setdefault(passage.block, []).append(passage)
    for index, block in enumerate(annotated.source.article.blocks):
        if block.kind == "heading":
            yield _Heading(fold(block.text))
        for number, passage in enumerate(of_block.get(index, ())):
            bearing = tuple(bearings.get(passage.id, ()))
            found = marks(passage, bearing)
            yield _Row(
                passage,
                pieces(passage, found),
                tuple(mark for mark in found if mark.kind != "topic"),
                passage.speakers,
                bearing,
                opens=not number,
            )


class _Excerpts:
    """The beginnings of passages, by id."""

    def __init__(self, sources: Sequence[AnnotatedSource]) -> None:
        self._passages = {
            passage.id: (passage, annotated.source.language) for annotated in sources for passage in annotated.passages
        }

    def of(self, ids: Iterable[str]) -> tuple[_Excerpt, ...]:
        """Excerpts of those passages that are among the sources."""
        known = [self._passages[id_] for id_ in ids if id_ in self._passages]
        return tuple(_Excerpt(passage.id, _cut(fold(passage.text)), language) for passage, language in known)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT].rsplit(' ', 1)[0]} …"


# --------------------------------------------------------------------------------------------------------- the template


@cache
def _environment() -> jinja2.Environment:
    import jinja2  # noqa: PLC0415 - only where the page is written

    return jinja2.Environment(
        loader=jinja2.PackageLoader("briefing", "formats/inspection"),
        undefined=jinja2.StrictUndefined,
        finalize=_legible,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _legible(value: object) -> object:
    """A text without what HTML cannot hold: control characters and lone surrogates become U+FFFD."""
    return _illegible().sub("\ufffd", value) if type(value) is str else value


@cache
def _illegible() -> re.Pattern[str]:
    return re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
