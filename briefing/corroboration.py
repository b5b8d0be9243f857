"""Passages → claims, chains and disputes: how well supported is what the sources say?"""

from __future__ import annotations

import re
from collections import defaultdict

from briefing.model import AnnotatedSource, Bearing, Corroboration, Source

_RUN = 14
"""Words that two sources must share in one run to count as one text. In the five seeds two translations of one quoted
sentence share at most 9; reprints share whole paragraphs."""


def corroborate(sources: tuple[AnnotatedSource, ...], bearings: tuple[Bearing, ...]) -> Corroboration:
    """Find what passages of several sources say alike, where they differ, and which sources share an origin.

    Args:
        sources: The annotated sources.
        bearings: Which passage bears on which topic.
    """
    del bearings
    return Corroboration(origins=_origins(tuple(annotated.source for annotated in sources)))


def _origins(sources: tuple[Source, ...]) -> dict[str, str | None]:
    """The chain of each source: those that credit the same agency, or share a long run of words, are one."""
    parent = {source.slug: source.slug for source in sources}

    def root(slug: str) -> str:
        while parent[slug] != slug:
            parent[slug] = parent[parent[slug]]
            slug = parent[slug]
        return slug

    def join(slugs: list[str]) -> None:
        for slug in slugs[1:]:
            a, b = sorted((root(slugs[0]), root(slug)))
            parent[b] = a

    sharing: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for key in _origin_keys(source):
            sharing[key].append(source.slug)
    for slugs in sharing.values():
        join(slugs)
    known = {root(source.slug) for source in sources if source.outlet or source.agencies}
    return {source.slug: root(source.slug) if root(source.slug) in known else None for source in sources}


def _origin_keys(source: Source) -> set[str]:
    names = {f"agency {name.casefold()}" for name in (*source.agencies, *filter(None, [source.outlet]))}
    words = [w for block in source.article.blocks for w in re.findall(r"\w+", block.text.casefold())]
    runs = {f"run {' '.join(words[i : i + _RUN])}" for i in range(len(words) - _RUN + 1)}
    return names | runs
