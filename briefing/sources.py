"""An article + what the editor knows of it → a source, with the slug by which it is cited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from briefing.errors import ProjectError
from briefing.model import Article, Found, FoundDate, Precision, Source, SourceEntry
from briefing.slugs import make_slug

_UNTOLD = "und"
"""ISO 639-2 for a language that could not be told."""


def name_sources(files: Iterable[str], entries: Mapping[str, SourceEntry]) -> dict[str, str]:
    """Give each file the slug by which it is cited: the editor's, else one made from its name.

    Args:
        files: Names of the files.
        entries: The entries of `sources.yml` by file name.

    Returns:
        The slugs by file name, in the order of the names; no two are equal.

    Raises:
        ProjectError: Two entries claim the same slug.
    """
    taken: dict[str, str] = {}
    for entry in entries.values():
        if entry.slug is not None:
            if entry.slug in taken:
                raise ProjectError(
                    f"the slug “{entry.slug}” is taken by {taken[entry.slug]}; each source needs its own", entry.place
                )
            taken[entry.slug] = entry.file
    slugs = {}
    for file in sorted(files):
        told = entries.get(file)
        slug = told.slug if told and told.slug else make_slug(file.rsplit(".", 1)[0], "source")
        if taken.get(slug, file) != file:
            slug = f"{slug}-{hashlib.sha256(file.encode()).hexdigest()[:6]}"
        taken[slug] = file
        slugs[file] = slug
    return slugs


def identify(article: Article, slug: str, entry: SourceEntry | None) -> Source:
    """What is known of an article: every value of `sources.yml` outranks what was found in the file.

    Args:
        article: What extraction found.
        slug: Its slug, as `name_sources` gave it.
        entry: Its entry in `sources.yml`, if it has one.
    """
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
