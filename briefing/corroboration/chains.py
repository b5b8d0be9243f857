"""Which sources share an origin, so that five prints of one agency's text never count as five confirmations."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from briefing.model import AnnotatedSource

_RUN = 14
"""Words that two sources must share in one run, outside quotation marks, to count as one text. Two translations of one
quoted sentence in the five seeds share at most 9, unrelated articles among 464 pages of 460 sites none that is not the
boilerplate of a site; reprints share whole paragraphs."""
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[„“\"«»][^„“”\"«»]{1,2000}[“”\"«»]")
"""The text of a speech or a written statement is the same wherever it is quoted, and proves no common origin."""


def origins(sources: tuple[AnnotatedSource, ...]) -> dict[str, tuple[str, ...]]:
    """What each source has its text from, as far as is known: agencies it credits, its outlet, texts it shares.

    Two sources that have one of these in common are one way of the report. A source without any is of unknown origin.

    Args:
        sources: The annotated sources.

    Returns:
        For each source its origins, sorted; a shared text is named by the first source that prints it.
    """
    shared = _shared_texts(sources)
    return {
        annotated.source.slug: tuple(
            sorted(
                {
                    *(f"agency {agency.casefold()}" for agency in annotated.source.agencies),
                    *([f"outlet {annotated.source.outlet.casefold()}"] if annotated.source.outlet else []),
                    *shared.get(annotated.source.slug, ()),
                }
            )
        )
        for annotated in sources
    }


def chains(known: Mapping[str, tuple[str, ...]]) -> dict[str, str | None]:
    """The chain of each source: the first of all that are joined to it through common origins, None for unknown ones.

    Args:
        known: What `origins` found.
    """
    parent = {slug: slug for slug in known}

    def root(slug: str) -> str:
        while parent[slug] != slug:
            parent[slug] = parent[parent[slug]]
            slug = parent[slug]
        return slug

    first: dict[str, str] = {}
    for slug, found in known.items():
        for origin in found:
            a, b = sorted((root(first.setdefault(origin, slug)), root(slug)))
            parent[b] = a
    return {slug: root(slug) if found else None for slug, found in known.items()}


def _shared_texts(sources: tuple[AnnotatedSource, ...]) -> dict[str, set[str]]:
    """For each source the texts it has in common with others."""
    printed_by: dict[bytes, dict[str, None]] = defaultdict(dict)
    for annotated in sources:
        for run in _runs(annotated):
            printed_by[run][annotated.source.slug] = None
    texts: dict[str, set[str]] = defaultdict(set)
    for slugs in printed_by.values():
        if len(slugs) > 1:
            for slug in slugs:
                texts[slug].add(f"text {next(iter(slugs))}")
    return texts


def _runs(annotated: AnnotatedSource) -> Iterable[bytes]:
    """Hashes of all runs of `_RUN` words of one block: eight bytes each, so that 10,000 sources fit in memory."""
    spoken = [(one.start, one.end) for passage in annotated.passages for one in passage.quotations]
    for block in annotated.source.article.blocks:
        for stretch in _unquoted(block.text, [(a - block.start, b - block.start) for a, b in spoken]):
            words = _WORD.findall(stretch.casefold())
            for place in range(len(words) - _RUN + 1):
                yield hashlib.blake2b(" ".join(words[place : place + _RUN]).encode(), digest_size=8).digest()


def _unquoted(text: str, spoken: list[tuple[int, int]]) -> Iterable[str]:
    """What stands between the quotations of a block."""
    place = 0
    marked = [match.span() for match in _QUOTED.finditer(text)]
    for start, end in sorted((*marked, *((a, b) for a, b in spoken if 0 <= a < b <= len(text)))):
        if start > place:
            yield text[place:start]
        place = max(place, end)
    yield text[place:]
