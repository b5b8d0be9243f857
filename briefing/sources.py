"""articles + what the editor knows of them → sources, each with the slug by which it is cited."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from briefing.errors import ProjectError
from briefing.model import Article, Found, FoundDate, Precision, Source, SourceEntry

_LONGEST_SLUG = 48
"""Longer file names are cut: a slug stands in every address and footnote of its source."""
_UNTOLD = "und"
"""ISO 639-2 for a language that could not be told."""


def identify(articles: tuple[Article, ...], entries: Mapping[str, SourceEntry]) -> tuple[Source, ...]:
    """Give each article its slug and let every value of `sources.yml` outrank what was found in the file.

    Args:
        articles: What extraction found, in any order.
        entries: The entries of `sources.yml` by file name.

    Returns:
        The sources in the order of their file names.

    Raises:
        ProjectError: Two entries claim the same slug.
    """
    taken: dict[str, str] = {}
    for entry in entries.values():
        if entry.slug is not None:
            if entry.slug in taken:
                raise ProjectError(f"the slug “{entry.slug}” is taken by {taken[entry.slug]}; each source needs its own", entry.place)
            taken[entry.slug] = entry.file
    sources = []
    for article in sorted(articles, key=lambda article: article.document.file):
        file = article.document.file
        told = entries.get(file)
        slug = told.slug if told and told.slug else _slug(file)
        if taken.get(slug, file) != file:
            slug = f"{slug}-{article.document.sha256[:6]}"
        taken[slug] = file
        sources.append(_source(slug, article, told))
    return tuple(sources)


def _slug(file: str) -> str:
    plain = unicodedata.normalize("NFKD", file.rsplit(".", 1)[0]).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"source-{slug}" if len(slug) < 4 or not slug[0].isalnum() else slug  # noqa: PLR2004 - no device name is longer


def _source(slug: str, article: Article, entry: SourceEntry | None) -> Source:
    found = article.metadata

    def told(value: str | None, read: Found | None) -> str | None:
        return value if value is not None else (read.value if read else None)

    def all_told(values: tuple[str, ...] | None, read: tuple[Found, ...]) -> tuple[str, ...]:
        return values if values is not None else tuple(dict.fromkeys(one.value for one in read))

    return Source(
        slug=slug,
        article=article,
        title=told(entry.title if entry else None, found.title),
        outlet=told(entry.outlet if entry else None, found.outlet),
        published=_date(entry.published if entry else None, found.published),
        updated=_date(entry.updated if entry else None, found.updated),
        not_before=entry.not_before if entry else None,
        not_after=entry.not_after if entry else None,
        dated=entry.dated if entry else {},
        language=told(entry.language if entry else None, found.language) or _UNTOLD,
        authors=all_told(entry.authors if entry else None, found.authors),
        agencies=all_told(entry.agencies if entry else None, found.agencies),
        cited=all_told(None, found.cited),
        url=told(entry.url if entry else None, found.url),
        rights=entry.rights if entry else None,
        note=entry.note if entry else None,
    )


def _date(told: str | None, found: FoundDate | None) -> FoundDate | None:
    if told is None:
        return found
    precisions: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 16: "minute"}
    return FoundDate(told, precisions[len(told)], "sources.yml")
