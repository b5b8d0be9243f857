"""The statements as an Atom feed (RFC 4287), one a language.

No clock: an entry is as old as the newest of its sources, and the feed as the newest of all, so the same briefing gives
the same bytes. Where no source of a statement is dated, the day of the whole briefing stands in, since Atom asks for
one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET  # only writes; nothing is parsed

from briefing.model import Briefing, ComposedStatement, Source

_ATOM = "http://www.w3.org/2005/Atom"
_LONGEST = 100
"""Entries: what a reader shows at once; the rest is on the site."""
_NO_DAY = "1970-01-01"
"""Of a briefing in which no source is dated."""
_XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def feed(briefing: Briefing, language: str) -> str:
    """The feed of one language; key statements first, then in the order of the topics."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "title", briefing.title[language])
    _add(root, "id", f"urn:briefing:feed:{language}")
    _add(root, "updated", _instant(briefing.as_of))
    author = ET.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", briefing.title[language])
    _link(root, _address(briefing, language))
    _link(root, f"{briefing.address or '../'}data/feed.{language}.xml", rel="self")
    newest = {page.source.slug: _newest(page.source) for page in briefing.sources}
    statements = [one for page in briefing.topics for one in page.statements]
    for one in sorted(statements, key=lambda one: not one.key)[:_LONGEST]:
        root.append(_entry(one, briefing, language, newest))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _entry(one: ComposedStatement, briefing: Briefing, language: str, newest: Mapping[str, str]) -> ET.Element:
    entry = ET.Element(f"{{{_ATOM}}}entry")
    topic = next(page.topic for page in briefing.topics if page.topic.id == one.topic)
    _add(entry, "title", topic.title[language])
    _add(entry, "id", f"urn:briefing:statement:{language}:{one.topic}:{one.id}")
    _add(entry, "updated", _instant(max((newest.get(slug, "") for slug in one.sources), default="") or briefing.as_of))
    _link(entry, f"{_address(briefing, language)}topics/{one.topic}/#{one.id}")
    _add(entry, "summary", one.text[language])
    return entry


def _newest(source: Source) -> str:
    """The latest day that a source tells of itself; empty where it tells none."""
    days = (date.value for date in (source.published, source.updated) if date)
    return max((day for day in days if len(day) >= len(_NO_DAY)), default="")


def _address(briefing: Briefing, language: str) -> str:
    """Where the pages of a language begin; relative to the feed where nobody said where the site will stand."""
    return (briefing.address or "../") + ("" if language == briefing.languages[0] else f"{language}/")


def _instant(day: str | None) -> str:
    return f"{(day or _NO_DAY)[:10]}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = _XML_FORBIDDEN.sub("\ufffd", text)


def _link(parent: ET.Element, href: str, rel: str = "alternate") -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": href})
