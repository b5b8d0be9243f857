"""Passages → claims, chains and disputes: how well supported is what the sources say? One door, `corroborate`.

Method: passages become weighed features (`content`), pairs that share rare ones are compared (`matching`), certain
pairs are clustered (`claims`), what differs or is denied is set side by side (`disputes`), and common origins are
found (`chains`).
"""

from __future__ import annotations

from briefing.corroboration.chains import chains, origins
from briefing.corroboration.claims import certain, claim, claims, likely
from briefing.corroboration.content import contents
from briefing.corroboration.disputes import disputes
from briefing.corroboration.echoes import echoes
from briefing.corroboration.matching import matches
from briefing.model import AnnotatedSource, Bearing, Corroboration

__all__ = ["corroborate"]


def corroborate(sources: tuple[AnnotatedSource, ...], bearings: tuple[Bearing, ...]) -> Corroboration:
    """Find what passages of several sources say alike, where they differ, and which sources share an origin.

    Args:
        sources: The annotated sources, in any order.
        bearings: Which passage bears on which topic; passages are compared whatever their topics.
    """
    del bearings
    ordered = tuple(sorted(sources, key=_age))
    shared = origins(sources)
    origin = Corroboration(origins=chains(shared), shared=shared)
    read = contents(ordered)
    pairs = matches(read)
    found = claims(pairs, origin.chains)
    together = {frozenset((a, b)) for one in found for a in one.passages for b in one.passages}
    return Corroboration(
        claims=found,
        disputes=disputes(read, pairs, found),
        origins=origin.origins,
        shared=shared,
        echo=echoes(read, ordered, pairs),
        likely=tuple(
            claim([pair.first, pair.second], origin.chains)
            for pair in sorted(pairs, key=lambda pair: -pair.dice * pair.shared)
            if (certain(pair) or likely(pair))
            and frozenset((pair.first.passage.id, pair.second.passage.id)) not in together
        ),
    )


def _age(annotated: AnnotatedSource) -> tuple[str, str]:
    """Dated sources first, the oldest before the others, so that what is added later seldom comes first."""
    source = annotated.source
    written = source.published or source.updated
    return (written.value if written else source.not_before or "9999", source.slug)
