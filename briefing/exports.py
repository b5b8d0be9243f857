"""The briefing and its sources as data: `briefing.json`, and what `clean` and `inspect` print.

The shapes are documented in `schemas/`; keys stand in a fixed order, so the same briefing gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.resources import files
from json.encoder import encode_basestring
from typing import Any

from briefing.formats.annotations import Citation, citations, web_annotations
from briefing.formats.bibliography import bibtex_entry, csl_item
from briefing.formats.feed import feed
from briefing.lexicon import unread
from briefing.model import (
    AnnotatedSource,
    Article,
    Bearing,
    Briefing,
    Claim,
    ComposedStatement,
    Corroboration,
    FoundDate,
    Memory,
    Note,
    Page,
    Pages,
    PageStamps,
    Passage,
    Source,
    SourcePage,
    TopicPage,
)
from briefing.piecing import Pieces

_UNSTAMPED = PageStamps()


def export(briefing: Briefing, stamps: PageStamps = _UNSTAMPED, memory: Memory | None = None) -> Pages:
    """The files that carry the briefing as data, by their path on the site; written when they are asked for.

    Args:
        briefing: What the site says.
        stamps: What files hang on that look at more than one source.
        memory: Where entries of sources are kept from one build to the next; it never changes what comes out.
    """
    cited = citations(briefing)
    every = stamps.everything

    def of_pieces(path: str, write: Callable[[Briefing, Pieces], str]) -> dict[str, Page]:
        def written() -> str:
            pieces = Pieces(memory, path)
            text = write(briefing, pieces)
            pieces.keep()
            return text

        return {path: Page(written, every)}

    return Pages(
        {
            **of_pieces("data/briefing.json", _briefing_json),
            "data/briefing.schema.json": Page(lambda: schema("briefing"), every),
            **of_pieces("data/sources.bib", _bibtex),
            **of_pieces("data/sources.csl.json", _csl),
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
        **_about(briefing),
        "sources": [_source(page.source) for page in briefing.sources],
        "topics": [_topic(page, briefing) for page in briefing.topics],
        **_corroboration(briefing.corroboration),
    }


def _about(briefing: Briefing) -> dict[str, Any]:
    return {"title": dict(briefing.title), "as_of": briefing.as_of, "languages": list(briefing.languages)}


def _briefing_json(briefing: Briefing, pieces: Pieces) -> str:
    """`as_json` of `briefing_data`, which takes four times as long: for it every source and claim is made anew."""
    found = briefing.corroboration
    texts = {
        **{key: _nested(value, 1) for key, value in _about(briefing).items()},
        "sources": _array(pieces.text(page.reading, partial(_source_text, page)) for page in briefing.sources),
        "topics": _array(_nested(_topic(page, briefing), 2) for page in briefing.topics),
        "claims": _array(map(_claim_text, found.claims)),
        "disputes": _array(_nested(dispute, 2) for dispute in _disputes(found)),
    }
    return "{\n " + ",\n ".join(f'"{key}": {text}' for key, text in texts.items()) + "\n}\n"


def _csl(briefing: Briefing, pieces: Pieces) -> str:
    """The sources as CSL-JSON."""
    return _array((pieces.text(page.reading, partial(_csl_text, page)) for page in briefing.sources), 1) + "\n"


def _bibtex(briefing: Briefing, pieces: Pieces) -> str:
    """The sources as BibTeX."""
    return "\n".join(pieces.text(page.reading, partial(bibtex_entry, page.source)) for page in briefing.sources)


def _source_text(page: SourcePage) -> str:
    return _nested(_source(page.source), 2)


def _csl_text(page: SourcePage) -> str:
    return _nested(csl_item(page.source), 1)


def _nested(data: object, depth: int) -> str:
    """`data` as `as_json` writes it so many levels deep."""
    return json.dumps(data, ensure_ascii=False, indent=1).replace("\n", "\n" + depth * " ")


def _array(texts: Iterable[str], depth: int = 2) -> str:
    """An array, one level above so many, of what `_nested` gave."""
    start = "\n" + depth * " "
    inner = f",{start}".join(texts)
    return f"[{start}{inner}{start[:-1]}]" if inner else "[]"


def _claim_text(claim: Claim) -> str:
    """`_nested` of a claim, for there are as many as six to a source."""
    rests_on = "null" if claim.rests_on is None else encode_basestring(claim.rests_on)
    return (
        f'{{\n   "id": {encode_basestring(claim.id)},\n   "passages": {_strings(claim.passages)},\n'
        f'   "sources": {_strings(claim.sources)},\n   "chains": {claim.chains},\n   "rests_on": {rests_on}\n  }}'
    )


def _strings(texts: Iterable[str]) -> str:
    return _array(map(encode_basestring, texts), 4)


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
        "disputes": _disputes(corroboration),
    }


def _disputes(corroboration: Corroboration) -> list[dict[str, Any]]:
    return [
        {
            "id": dispute.id,
            "kind": dispute.kind,
            "sides": [{"by": side.by, "passages": list(side.passages)} for side in dispute.sides],
        }
        for dispute in corroboration.disputes
    ]


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
