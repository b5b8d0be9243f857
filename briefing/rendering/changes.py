"""History → the page *Changes* and its feeds in one language.

The feeds are written by serialisers of XML and JSON rather than by templates, so that no text in them can be anything
else.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from briefing.history import Change
from briefing.lexicon import table
from briefing.model import Briefing
from briefing.rendering.labels import Labels
from briefing.rendering.markdown import visible
from briefing.rendering.view import Markdown, PageView

_PAGE_ENTRIES = 300
"""Entries on the page; a reader who wants older ones wants the repository."""
_FEED_ENTRIES = 50
"""Entries in a feed; readers of feeds ask often and keep what they have seen."""
_MANY = 12
"""Statements of one commit from which they are counted, not listed: a topic written in one go is one piece of news."""
_ATOM = "http://www.w3.org/2005/Atom"
_SHORT = 90
"""Characters of an entry's title in a feed; longer ones are cut by the readers anyway."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, as it is shown."""

    kind: str
    anchor: str
    time: int
    title: str
    place: str = ""
    """The title of its topic, or the name of its source."""
    path: str = ""
    """Of the page that has it now, below the language's root; empty where there is none."""
    link: Markdown | None = None
    """The way there from the page of changes."""
    before: str = ""
    now: str = ""

    @property
    def day(self) -> str:
        """The day in UTC, in ISO 8601."""
        return _moment(self.time).date().isoformat()


def changes_pages(
    briefing: Briefing, changes: Sequence[Change] | None, language: str, site_url: str = ""
) -> Mapping[str, str]:
    """The page of changes and, where the history is known, its feeds.

    Args:
        briefing: What the site says now, for links.
        changes: Newest first; None where the history is not known.
        language: Of the pages.
        site_url: Where this language's site is published; empty where that is not known, then feeds hold no addresses.

    Returns:
        Text by path below the language's root: `changes.md`, `feed.atom`, `feed.json`.
    """
    from briefing.rendering import _environment  # noqa: PLC0415 - this module is a part of that package

    view = PageView(briefing, Labels(language), "changes.md")
    words = table(language, "changes")
    entries = list(_entries(changes or (), view, words))
    page = _environment().get_template("changes.md.j2").render(
        view=view,
        words=words,
        feeds={"atom": "feed.atom", "json": "feed.json"},
        days=None if changes is None else [(day, list(found)) for day, found in groupby(entries[:_PAGE_ENTRIES], _day)],
        is_cut=len(entries) > _PAGE_ENTRIES,
    )  # fmt: skip
    pages = {"changes.md": page.strip("\n") + "\n"}
    if changes is not None:
        title = str(words["feed_title"]).format(site=view.t(briefing.title))
        first = changes[-1].commit if changes else ""
        feed = _Feed(title, language, site_url if site_url.startswith(("http://", "https://")) else "", first)
        pages |= {"feed.atom": _atom(feed, entries[:_FEED_ENTRIES]), "feed.json": _json(feed, entries[:_FEED_ENTRIES])}
    return pages


def _day(entry: Entry) -> str:
    return entry.day


def _moment(time: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(time, dt.UTC)


# ----------------------------------------------------------------------------------------------------------- entries


def _entries(changes: Sequence[Change], view: PageView, words: Mapping[str, Any]) -> Iterator[Entry]:
    for _, group in groupby(changes, lambda change: (change.commit, change.about, change.kind, change.topic)):
        found = list(group)
        if found[0].kind == "added" and found[0].about == "statement" and len(found) >= _MANY:
            yield _many(found, view, words)
        else:
            yield from (_entry(change, view, words) for change in found if not _is_foreign(change, view.language))


def _is_foreign(change: Change, language: str) -> bool:
    """Whether only the text of another language is another one, which a reader of this one cannot have noticed."""
    return change.what == ("text",) and _text(change.before, language) == _text(change.after, language)


def _many(found: list[Change], view: PageView, words: Mapping[str, Any]) -> Entry:
    change = found[0]
    place, path = _topic(change.topic, view)
    return Entry(
        kind="added",
        anchor=f"c-{change.commit[:8]}-{_anchor(change.topic)}-topic",
        time=change.time,
        title=str(words["added_many"]).format(n=view.labels.number(len(found))),
        place=place,
        path=path,
        link=view.to_topic(change.topic) if path else None,
    )


def _entry(change: Change, view: PageView, words: Mapping[str, Any]) -> Entry:
    title = str(words[change.about][change.kind])
    anchor = f"c-{change.commit[:8]}-{_anchor(change.id)}"
    if change.about == "source":
        known = {page.source.slug: page.source for page in view.briefing.sources}.get(change.id)
        path = f"sources/{change.id}/" if known else ""
        place = view.source_name(known) if known else change.id
        link = view.to_source(change.id) if known else None
        return Entry(change.kind, f"{anchor}-source", change.time, title, place, path, link)
    before, now = _text(change.before, view.language), _text(change.after, view.language)
    what = [str(words["what"][one]) for one in change.what if one != "text" or before != now]
    if what and change.kind != "extended":
        title = f"{title} ({view.labels.listing(what)})"
    if before == now:  # another status or evidence: the words once
        before = ""
    home = next(
        (page.topic.id for page in view.briefing.topics for one in page.statements if one.id == change.id), None
    )
    topic = home or change.topic  # it may have moved since
    place, path = _topic(topic, view)
    link = view.to_topic(topic, change.id if home else "") if path else None
    return Entry(
        change.kind, anchor, change.time, title, place, path + (f"#{change.id}" if home else ""), link, before, now
    )  # fmt: skip


def _topic(topic: str, view: PageView) -> tuple[str, str]:
    """The title of a topic and the path of its page; its id and nothing where the site has it no more."""
    page = next((page for page in view.briefing.topics if page.topic.id == topic), None)
    return (view.t(page.topic.title), f"topics/{topic}/") if page else (topic, "")


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _anchor(identifier: str) -> str:
    """An id of the past, which may hold anything, as part of an anchor."""
    return "".join(mark if mark.isascii() and mark.isalnum() else "-" for mark in identifier)[:60]


# ------------------------------------------------------------------------------------------------------------- feeds


@dataclass(frozen=True, slots=True)
class _Feed:
    title: str
    language: str
    site: str
    """Address of the language's site, with a slash at its end; empty where it is not known."""
    first: str
    """The first commit, which makes ids unlike those of any other briefing where there is no address."""

    def id(self, anchor: str = "") -> str:
        """An id for the feed or one entry, as RFC 4287 wants it: an address, the same for ever."""
        if self.site:
            return f"{self.site}changes/#{anchor}" if anchor else f"{self.site}changes/"
        return uuid5(NAMESPACE_URL, f"briefing:{self.first}:{self.language}:{anchor}").urn


def _iso(time: int) -> str:
    return _moment(time).strftime("%Y-%m-%dT%H:%M:%SZ")


def _title(entry: Entry) -> str:
    told = entry.now or entry.before or entry.place
    told = told if len(told) <= _SHORT else f"{told[: _SHORT - 1].rsplit(' ', 1)[0]} …"
    return visible(f"{entry.title}: {told}")


def _content(entry: Entry) -> str:
    parts = (f"− {entry.before}" if entry.before else "", f"+ {entry.now}" if entry.now else "", entry.place)
    return "\n".join(visible(part) for part in parts if part)


def _atom(feed: _Feed, entries: Sequence[Entry]) -> str:
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, name, attributes)
        element.text = text or None
        return element

    add(root, "id", feed.id())
    add(root, "title", visible(feed.title))
    add(root, "updated", _iso(entries[0].time if entries else 0))
    add(add(root, "author"), "name", visible(feed.title))
    if feed.site:
        add(root, "link", rel="self", type="application/atom+xml", href=f"{feed.site}feed.atom")
        add(root, "link", rel="alternate", type="text/html", href=f"{feed.site}changes/")
    for entry in entries:
        one = add(root, "entry")
        add(one, "id", feed.id(entry.anchor))
        add(one, "title", _title(entry))
        add(one, "updated", _iso(entry.time))
        add(one, "category", term=entry.kind)
        if feed.site:
            add(one, "link", rel="alternate", type="text/html", href=f"{feed.site}{entry.path or 'changes/'}")
        add(one, "content", _content(entry), type="text")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _json(feed: _Feed, entries: Sequence[Entry]) -> str:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    addresses = {"home_page_url": f"{feed.site}changes/", "feed_url": f"{feed.site}feed.json"} if feed.site else {}
    items = [
        {
            "id": feed.id(entry.anchor),
            **({"url": f"{feed.site}{entry.path or 'changes/'}"} if feed.site else {}),
            "title": _title(entry),
            "content_text": _content(entry),
            "date_published": _iso(entry.time),
            "tags": [entry.kind],
        }
        for entry in entries
    ]
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": visible(feed.title),
        **addresses,
        "language": feed.language,
        "items": items,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
