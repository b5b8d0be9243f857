"""The briefing and its sources as data: `briefing.json`, and what `clean` and `inspect` print.

The shapes are documented in `schemas/`; keys stand in a fixed order, so the same briefing gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from importlib.resources import files
from typing import Any

from briefing.formats.annotations import Citation, citations, web_annotations
from briefing.formats.bibliography import bibtex, csl
from briefing.formats.feed import feed
from briefing.lexicon import unread
from briefing.model import (
    AnnotatedSource,
    Article,
    Bearing,
    Briefing,
    ComposedStatement,
    Corroboration,
    FoundDate,
    Note,
    Page,
    Pages,
    PageStamps,
    Passage,
    Source,
    SourcePage,
    TopicPage,
)

_UNSTAMPED = PageStamps()


def export(briefing: Briefing, stamps: PageStamps = _UNSTAMPED) -> Pages:
    """The files that carry the briefing as data, by their path on the site; written when they are asked for.

    Args:
        briefing: What the site says.
        stamps: What files hang on that look at more than one source.
    """
    cited = citations(briefing)
    every = stamps.everything
    return Pages(
        {
            "data/briefing.json": Page(lambda: as_json(briefing_data(briefing)), every),
            "data/briefing.schema.json": Page(lambda: schema("briefing"), every),
            "data/sources.bib": Page(lambda: bibtex(briefing), every),
            "data/sources.csl.json": Page(lambda: as_json(csl(briefing)), every),
            **{f"data/feed.{code}.xml": Page(partial(feed, briefing, code), every) for code in briefing.languages},
            **{
                f"data/annotations/{page.source.slug}.jsonld": _annotations(
                    page, briefing, tuple(cited.get(page.source.slug, ())), stamps.cited
                )
                for page in briefing.sources
            },
        }
    )


def _annotations(page: SourcePage, briefing: Briefing, cited: tuple[Citation, ...], stamp: str) -> Page:
    """The annotations of one source; those of an uncited one hang on the source alone."""
    if not cited:
        stamp = f"annotations {page.reading}" if page.reading else ""
    return Page(lambda: as_json(web_annotations(page.source, briefing, cited)), stamp)


def schema(name: str) -> str:
    """The JSON Schema `schemas/<name>.schema.json`."""
    return files("briefing").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")


def as_json(data: object) -> str:
    """`data` as JSON that is pleasant to read and to compare."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def briefing_data(briefing: Briefing) -> dict[str, Any]:
    """The briefing as `briefing.json` holds it (`schemas/briefing.schema.json`)."""
    return {
        "title": dict(briefing.title),
        "as_of": briefing.as_of,
        "languages": list(briefing.languages),
        "sources": [_source(page.source) for page in briefing.sources],
        "topics": [_topic(page, briefing) for page in briefing.topics],
        **_corroboration(briefing.corroboration),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "slug": source.slug,
        "file": source.file,
        "sha256": source.sha256,
        "title": source.title,
        "outlet": source.outlet,
        "published": _day(source.published or source.updated),
        "updated": _iso(source.updated),
        "not_before": source.not_before,
        "not_after": source.not_after,
        "language": source.language,
        "url": source.url,
        "agencies": list(source.agencies),
    }


def _iso(date: FoundDate | None) -> str | None:
    return date.value if date else None


def _day(date: FoundDate | None) -> str | None:
    """The day of a date; of a text that tells only when it was updated, that day, since it is this version we cite."""
    return date.value[:10] if date else None


def _topic(page: TopicPage, briefing: Briefing) -> dict[str, Any]:
    return {
        "id": page.topic.id,
        "title": dict(page.topic.title),
        "question": dict(page.topic.question),
        "statements": [_statement(one, briefing) for one in (*page.statements, *page.also)],
        "unknown": [dict(text) for text in page.topic.unknown],
    }


def _statement(one: ComposedStatement, briefing: Briefing) -> dict[str, Any]:
    first = briefing.languages[0]
    return {
        "id": one.id,
        "text": dict(one.text),
        "key": one.key,
        "automatic": one.automatic,
        "status": str(one.status),
        "speakers": [party.name[first] for party in one.speakers],
        "sources": len(one.sources),
        "chains": one.chains,
        "rests_on": one.rests_on.name[first] if one.rests_on else None,
        "date": one.date,
        "before": one.before,
        "evidence": _evidence(one.notes),
        "disputed": [
            {"by": [party.name[first] for party in side.by], "text": dict(side.text), "evidence": _evidence(side.notes)}
            for side in one.disputed
        ],
    }


def _evidence(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [
        {
            "source": note.source,
            "passage": note.passages[0],
            "exact": note.exact,
            "prefix": note.prefix,
            "suffix": note.suffix,
            "start": note.start,
            "end": note.end,
        }
        for note in notes
    ]


def _corroboration(corroboration: Corroboration) -> dict[str, Any]:
    return {
        "claims": [
            {
                "id": claim.id,
                "passages": list(claim.passages),
                "sources": list(claim.sources),
                "chains": claim.chains,
                "rests_on": claim.rests_on,
            }
            for claim in corroboration.claims
        ],
        "disputes": [
            {
                "id": dispute.id,
                "kind": dispute.kind,
                "sides": [{"by": side.by, "passages": list(side.passages)} for side in dispute.sides],
            }
            for dispute in corroboration.disputes
        ],
    }


# ------------------------------------------------------------------------------------------------- clean and inspect


def article_data(article: Article, slug: str | None = None) -> dict[str, Any]:
    """An article as `clean --format json` prints it."""
    found = article.metadata
    return {
        "file": article.document.file,
        "source": slug,
        "sha256": article.document.sha256,
        "title": found.title.value if found.title else None,
        "outlet": found.outlet.value if found.outlet else None,
        "published": _day(found.published or found.updated),
        "language": found.language.value if found.language else None,
        "authors": [one.value for one in found.authors],
        "agencies": [one.value for one in found.agencies],
        "url": found.url.value if found.url else None,
        "updated": _iso(found.updated),
        "cited": [one.value for one in found.cited],
        "repairs": {repair.kind: repair.count for repair in article.document.repairs},
        "blocks": [{"kind": b.kind, "text": b.text, "start": b.start, "end": b.end} for b in article.blocks],
        "removed": [
            {"kind": r.kind, "text": r.text, "start": r.start, "end": r.end, "reason": r.reason}
            for r in article.removals
        ],
    }


def source_data(source: Source) -> dict[str, Any]:
    """A source as `clean` and `inspect` print it: the article, with what the editor knows outranking what was found."""
    return article_data(source.article, source.slug) | {
        "title": source.title,
        "outlet": source.outlet,
        "published": _day(source.published or source.updated),
        "language": source.language,
        "authors": list(source.authors),
        "agencies": list(source.agencies),
        "url": source.url,
    }


def inspection_data(
    sources: Iterable[AnnotatedSource], bearings: Iterable[Bearing], corroboration: Corroboration
) -> dict[str, Any]:
    """The whole analysis as `inspect` prints it (`schemas/inspect.schema.json`)."""
    topics: dict[str, dict[str, float]] = {}
    for bearing in bearings:
        topics.setdefault(bearing.passage, {})[bearing.topic] = round(bearing.score, 2)
    return {
        "sources": [
            source_data(one.source)
            | {
                "unread": list(unread(one.source.language)),
                "passages": [_passage(passage, topics) for passage in one.passages],
            }
            for one in sources
        ],
        **_corroboration(corroboration),
    }


def _passage(passage: Passage, topics: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    return {
        "id": passage.id,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "block": passage.block,
        "status": str(passage.status),
        "cue": [{"text": c.text, "start": c.start, "end": c.end, "kind": c.kind} for c in passage.cues],
        "speakers": [{"name": s.name, "confidence": s.confidence, "via": s.via} for s in passage.speakers],
        "quotations": [
            {
                "text": q.text,
                "start": q.start,
                "end": q.end,
                "speaker": q.speaker.name if q.speaker and q.speaker.confidence == "certain" else None,
                "confidence": q.speaker.confidence if q.speaker else None,
                "kind": q.kind,
            }
            for q in passage.quotations
        ],
        "figures": [
            {
                "text": f.text,
                "value": f.value,
                "unit": f.unit,
                "subject": f.subject,
                "bound": f.bound,
                "start": f.start,
                "end": f.end,
            }
            for f in passage.figures
        ],
        "dates": [
            {
                "text": d.text,
                "value": d.value,
                "precision": d.precision,
                "derived": d.derived,
                "start": d.start,
                "end": d.end,
            }
            for d in passage.dates
        ],
        "actors": [
            {
                "name": a.name,
                "kind": a.kind,
                "role": a.role,
                "text": a.text,
                "start": a.start,
                "end": a.end,
                "code": a.code,
            }
            for a in passage.actors
        ],
        "topics": dict(topics.get(passage.id, {})),
    }
