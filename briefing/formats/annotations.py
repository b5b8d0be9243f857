"""The citations of a source as W3C Web Annotations (https://www.w3.org/TR/annotation-model/, JSON-LD).

Each says: these words of this file stand behind this statement. A file is named by its content (RFC 6920, `ni:` with
the SHA-256 of its bytes), so the annotation holds wherever a copy lies; where the publisher's page is known, the words
are looked for there as well, without positions, which only the file has.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from briefing.model import Briefing, ComposedStatement, Note, Source

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


Citation = tuple[ComposedStatement, Note]


def web_annotations(source: Source, briefing: Briefing, cited: Iterable[Citation] | None = None) -> dict[str, Any]:
    """All citations of one source, as an annotation collection with a single page.

    Args:
        source: The source.
        briefing: The briefing that cites it.
        cited: Those of this source, of what `citations` gave; looked for where they are not given.
    """
    found = citations(briefing).get(source.slug, ()) if cited is None else cited
    items = [_annotation(one, note, source, briefing) for one, note in found]
    name = f"urn:briefing:annotations:{source.slug}"
    return {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": source.outlet or source.slug,
        "total": len(items),
        "first": {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def citations(briefing: Briefing) -> dict[str, list[Citation]]:
    """For each source that is cited its citations, in the order of the pages."""
    found: dict[str, list[Citation]] = {}
    for page in briefing.topics:
        for one in (*page.statements, *page.also):
            for note in (*one.notes, *(note for side in one.disputed for note in side.notes)):
                found.setdefault(note.source, []).append((one, note))
    return found


def _annotation(one: ComposedStatement, note: Note, source: Source, briefing: Briefing) -> dict[str, Any]:
    against = note not in one.notes
    return {
        "id": f"urn:briefing:annotation:{one.topic}:{one.id}:{note.label}{':against' if against else ''}",
        "type": "Annotation",
        "motivation": "replying" if against else "describing",
        "body": [_body(one, language) for language in briefing.languages],
        "target": [_in_file(note, source), *([_on_page(note, source.url)] if source.url else [])],
    }


def _body(one: ComposedStatement, language: str) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "value": one.text[language],
        "language": one.language or language,
        "format": "text/plain",
    }


def _in_file(note: Note, source: Source) -> dict[str, Any]:
    positions = {"type": "TextPositionSelector", "start": note.start, "end": note.end}
    name = {"id": content_name(source.sha256), "type": "Text", "language": source.language}
    return {"type": "SpecificResource", "source": name, "selector": [_quote(note), positions]}


def _on_page(note: Note, url: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": url, "selector": _quote(note)}


def _quote(note: Note) -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": note.exact, "prefix": note.prefix, "suffix": note.suffix}


def content_name(sha256: str) -> str:
    """The `ni:` URI (RFC 6920) of the bytes with this hexadecimal SHA-256.

    >>> content_name("00" * 32)
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode()
    return f"ni:///sha-256;{digest}"
