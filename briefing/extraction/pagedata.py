"""What the head of a page says of its article: JSON-LD, meta elements, `<time>`, canonical link."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from typing import TYPE_CHECKING, Any

from briefing.extraction.characters import resolved
from briefing.extraction.titles import without_outlet
from briefing.model import Found, FoundDate, Metadata, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2}))?)?")
_PUBLISHED = tuple(
    """article:published_time og:published_time datepublished date dc.date.issued dc.date dcterms.created pubdate
    publish-date parsely-pub-date sailthru.date cxenseparse:recs:publishtime last-published""".split()
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
)
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
_ADDRESS = re.compile(r"https?://|www\.|@|/")
_HOST = re.compile(r"(?:https?://web\.archive\.org/web/\w+/)?https?://([^/:?#]+)")
_MOST_DATA = 300_000
"""Letters of JSON-LD beyond which it is left alone; pages have some 5,000."""


def from_tree(tree: HtmlElement) -> Metadata:
    """The metadata that a page's mark-up holds; what it does not say is None or empty.

    Two places that contradict each other are not reconciled: the first in the order JSON-LD, meta elements, text
    wins, and every value says which it was.
    """
    meta = _meta(tree)
    article = next(_articles(tree), {})
    url = _url(tree, meta)
    outlets = [_name(article.get("publisher"), "JSON-LD publisher"), _of_meta(meta, ("og:site_name",))]
    title = (
        _text(article.get("headline"), "JSON-LD headline")
        or _of_meta(meta, ("og:title", "twitter:title"))
        or _headline(tree)
    )
    if title is not None:
        own = [*(outlet.value for outlet in outlets if outlet), meta.get("application-name", "")]
        title = Found(without_outlet(title.value, own, _host(url)), title.where)
    return Metadata(
        title=title,
        outlet=next(filter(None, outlets), None),
        published=date_of(article.get("datePublished"), "JSON-LD datePublished")
        or _date_of_meta(meta, _PUBLISHED)
        or _time(tree),
        updated=date_of(article.get("dateModified"), "JSON-LD dateModified") or _date_of_meta(meta, _UPDATED),
        language=_language(article.get("inLanguage"), "JSON-LD inLanguage") or _language(tree.get("lang"), "html lang"),
        authors=_authors(article.get("author"), meta),
        url=url,
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = fold(element.get("content") or "")
        if key and value:
            found.setdefault(key.lower(), value)
    return found


def _articles(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects that are articles, in the order of the page."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _MOST_DATA:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (entry for entry in _objects(data) if _ARTICLE_TYPES.search(str(entry.get("@type", ""))))


def _objects(data: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD value: itself, those of its list or of its graph."""
    entries = data if isinstance(data, list) else [data]
    for entry in entries:
        if isinstance(entry, dict):
            yield entry
            graph = entry.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _text(value: object, where: str) -> Found | None:
    return Found(fold(resolved(value)), where) if isinstance(value, str) and value.strip() else None


def _name(value: object, where: str) -> Found | None:
    if isinstance(value, list):
        value = next(iter(value), None)
    return _text(value.get("name") if isinstance(value, dict) else value, where)


def _of_meta(meta: Mapping[str, str], keys: tuple[str, ...]) -> Found | None:
    return next((Found(meta[key], f"meta {key}") for key in keys if key in meta), None)


def _headline(tree: HtmlElement) -> Found | None:
    for tag in ("h1", "title"):
        texts = [fold(element.text_content()) for element in tree.iter(tag)]
        if len([text for text in texts if text]) == 1:
            return Found(next(filter(None, texts)), f"{tag} element")
    return None


def date_of(value: object, where: str) -> FoundDate | None:
    """A date in ISO 8601 cut to its precision; midnight sharp counts as a day, for it stands in for an unknown time."""
    match = _ISO.match(value.strip()) if isinstance(value, str) else None
    if match is None or not 1990 <= int(match[1]) <= 2100 or not 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - a web page
        return None
    year, month, day, hour, minute = match.groups()
    if day is None:
        return FoundDate(f"{year}-{month}", "month", where)
    if not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None
    if hour is None or (hour, minute) == ("00", "00"):
        return FoundDate(f"{year}-{month}-{day}", "day", where)
    return FoundDate(f"{year}-{month}-{day}T{hour}:{minute}", "minute", where)


def _date_of_meta(meta: Mapping[str, str], keys: tuple[str, ...]) -> FoundDate | None:
    dates = (date_of(meta.get(key), f"meta {key}") for key in keys)
    return next((date for date in dates if date is not None), None)


def _time(tree: HtmlElement) -> FoundDate | None:
    """The only `<time>` of a page, or the one that calls itself the publication."""
    times = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [
        element
        for element in times
        if element.get("pubdate") is not None or "publish" in (element.get("itemprop") or "").lower()
    ]
    chosen = marked[:1] or (times if len(times) == 1 else [])
    return date_of(chosen[0].get("datetime"), "time element") if chosen else None


def _language(value: object, where: str) -> Found | None:
    match = re.match(r"[A-Za-z]{2}(?![A-Za-z])", value) if isinstance(value, str) else None
    return Found(match[0].lower(), where) if match else None


def _authors(value: object, meta: Mapping[str, str]) -> tuple[Found, ...]:
    entries = value if isinstance(value, list) else [value]
    named = [_name(entry, "JSON-LD author") for entry in entries]
    found = [entry for entry in named if entry is not None and not _ADDRESS.search(entry.value)]
    if not found:
        found = [
            Found(name.strip(), f"meta {key}")
            for key in _AUTHOR
            if key in meta and not _ADDRESS.search(meta[key])
            for name in re.split(r",|;|\bund\b|\band\b", meta[key])
            if name.strip()
        ]
    return tuple({entry.value: entry for entry in reversed(found)}.values())[::-1]


def _url(tree: HtmlElement, meta: Mapping[str, str]) -> Found | None:
    for link in tree.iter("link"):
        address = link.get("href") or ""
        if (link.get("rel") or "").lower() == "canonical" and address.startswith(("http://", "https://")):
            return Found(address, "canonical link")
    address = meta.get("og:url", "")
    return Found(address, "meta og:url") if address.startswith(("http://", "https://")) else None


def _host(url: Found | None) -> str:
    """The host of an address; of a copy in the web archive that of the page it is of."""
    match = _HOST.match(url.value) if url is not None else None
    return match[1] if match else ""
