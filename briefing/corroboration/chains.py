"""Which sources share an origin, so that five prints of one agency's text never count as five confirmations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from briefing.corroboration.arrays import is_in
from briefing.corroboration.traits import traits
from briefing.model import AnnotatedSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PART = 20
"""Bits of a run that are looked at first: a table of 1 MB."""


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
    import numpy as np  # noqa: PLC0415

    printed = [np.frombuffer(traits(annotated).runs, "<u8") for annotated in sources]
    runs = np.concatenate(printed or [np.zeros(0, np.uint64)])
    again = _repeated(runs)
    printer = np.repeat(np.arange(len(printed)), [len(one) for one in printed])[again]
    order = np.argsort(runs[again], kind="stable")  # of one run the sources in their order
    runs, printer = runs[again][order], printer[order]
    first = printer[runs.searchsorted(runs)]
    texts: dict[str, set[str]] = defaultdict(set)
    for source, other in set(zip(printer.tolist(), first.tolist(), strict=True)):
        texts[sources[source].source.slug].add(f"text {sources[other].source.slug}")
    return texts


def _repeated(runs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where those of some numbers stand that come more than once; few, of all runs.

    Numbers are sorted ten times as fast as their places, so places are looked for only of those that may be repeated:
    of which a part of them is.
    """
    import numpy as np  # noqa: PLC0415

    ascending = np.sort(runs)
    repeated = ascending[1:][ascending[1:] == ascending[:-1]]
    parts = np.zeros(1 << _PART, bool)
    parts[repeated >> np.uint64(64 - _PART)] = True
    places = np.flatnonzero(parts[runs >> np.uint64(64 - _PART)])
    return places[is_in(runs[places], repeated)]
