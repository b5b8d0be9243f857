"""Passages → claims, chains and disputes: how well supported is what the sources say?

`take_down`, of one source: what it says becomes forms that can be compared (`wording`), and numbers (`traits`).

`laid_down` and `taken_up`: what was found as plain values and back, for those who keep it.

`corroborate`, across sources: the features are weighed (`content`), pairs that share rare ones are found (`candidates`)
and compared (`matching`, `verdicts`) where their sources tell of one event (`relations`), certain pairs are clustered
(`claims`), what differs or is denied is set side by side (`disputes`), and common origins are found (`chains`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from briefing.corroboration.candidates import candidates
from briefing.corroboration.chains import chains, origins
from briefing.corroboration.claims import claims
from briefing.corroboration.components import Components
from briefing.corroboration.content import Corpus
from briefing.corroboration.disputes import disputes
from briefing.corroboration.echoes import echoes
from briefing.corroboration.resting import laid_down, taken_up
from briefing.corroboration.traits import traits
from briefing.corroboration.verdicts import CERTAIN, LIKELY, Verdicts
from briefing.corroboration.wording import wordings
from briefing.model import AnnotatedSource, Bearing, Corroboration, Memory, Traits, Wording

__all__ = ["corroborate", "laid_down", "take_down", "taken_up"]


def take_down(annotated: AnnotatedSource) -> tuple[tuple[Wording, ...], Traits]:
    """What comparing a source with others will want of it; done once, when the source is read.

    Args:
        annotated: A source and its passages in file order.
    """
    found = wordings(annotated)
    return found, traits(replace(annotated, wordings=found))


def corroborate(
    sources: tuple[AnnotatedSource, ...], bearings: tuple[Bearing, ...], memory: Memory | None = None
) -> Corroboration:
    """Find what passages of several sources say alike, where they differ, and which sources share an origin.

    Args:
        sources: The annotated sources, in any order.
        bearings: Which passage bears on which topic; passages are compared whatever their topics.
        memory: Where verdicts on pairs are kept from one build to the next; it never changes what comes out.
    """
    del bearings
    ordered = tuple(sorted(sources, key=_age))
    shared = origins(sources)
    origin = Corroboration(origins=chains(shared), shared=shared)
    corpus = Corpus(ordered, memory)
    verdicts = Verdicts(corpus, memory.recall("verdicts") if memory else None)
    pairs = verdicts.of(candidates(corpus, memory))
    components = Components(corpus, pairs.strongest(CERTAIN), verdicts.marks, shared)
    found = components.claims(partial(claims, corpus, verdicts.are_alike, origin.chains), memory)
    together = {passage: claim.id for claim in found for passage in claim.passages}
    likely = ((corpus.ids[one], corpus.ids[other]) for one, other in pairs.strongest(CERTAIN | LIKELY))
    if memory:
        memory.keep("verdicts", verdicts.kept())
    return Corroboration(
        claims=found,
        disputes=disputes(corpus, pairs.differing(), found),
        origins=origin.origins,
        shared=shared,
        echo=echoes(corpus, verdicts.kindred, memory),
        likely=tuple(
            (one, other) for one, other in likely if one not in together or together[one] != together.get(other)
        ),
    )


def _age(annotated: AnnotatedSource) -> tuple[str, str]:
    """Dated sources first, the oldest before the others, so that what is added later seldom comes first."""
    source = annotated.source
    written = source.published or source.updated
    return (written.value if written else source.not_before or "9999", source.slug)
