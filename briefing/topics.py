"""Which passages bear on which topic, and which words earned it.

A term of a topic meets a word of a passage by its lemma, as part of a compound (`Waffenlieferung` holds `Waffe` and
`Lieferung`, since what is left of the word is a word too), by derivation (`militärisch` from `Militär`), or as the
same country (`russisch` from `Russland`). Terms that stand in a large part of all passages count less. The heading
above a passage and its neighbours in the same block add to what its own words earn; alone neither is enough.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from briefing.model import AnnotatedSource, Bearing, Memory, Topic
from briefing.sightings import Sighting, Watch

OWN, COMMON, HEADING, BEFORE, AFTER = 0.6, 0.35, 0.35, 0.25, 0.15
"""What a term earns in the passage itself, where it is common, in the heading above, in the sentence before and after.

Chosen so that one rare term is enough, or two common ones, or a heading with a neighbour, but not neighbours alone."""
BETWEEN, TAKES_UP = 0.5, 0.5
"""What a passage earns between two that bear on the topic, and by taking up the one before with a pronoun (`Das`).

On 250 judged pairs (tests/labels/topics.json) they raised recall from .78 to .84 and cost .04 of precision."""
THRESHOLD = 0.5
COMMON_SHARE, COMMON_LEAST = 0.25, 25
"""A term is common if a quarter of all passages, and at least 25, hold it: then it tells the event, not the topic."""
SPREAD_SHARE, SPREAD_LEAST, SPREAD_SOURCES = 0.1, 10, 3
"""So it is with a tenth of all passages, and at least 10, if they lie in half of the sources, and at least 3 of them.

A term whose word stands in the topic's title is its name and never common. On the five seeds (99 judged pairs that
bear) this raised precision from .74 to .85 and cost .01 of recall; pages of one source each stayed as they were."""
SHARED = 0.2
"""But only if this share of its passages holds terms of other topics: `Tote` may stand everywhere, and be one topic's.

On 120 pairs of three events it raised recall from .79 to .81 at a precision of .96; the five seeds stayed as they were,
and at .25 lost a hundredth of precision."""
BLOCK, MOST, CARRIERS = 0.5, 0.6, 3
"""What a passage earns behind one that bears, where more than this share of its block, and so many, do by themselves.

On the 250 pairs it raised recall from .84 to .86 at the same precision; with half of the block, precision fell."""


def classify(
    sources: tuple[AnnotatedSource, ...], topics: tuple[Topic, ...], memory: Memory | None = None
) -> tuple[Bearing, ...]:
    """Say which passages bear on which topics; a topic without terms takes every passage.

    Args:
        sources: The annotated sources.
        topics: The topics, in the order in which bearings are wanted.
        memory: Where it is kept what was seen in which source; it never changes what comes out.

    Returns:
        The bearings of at least `THRESHOLD`, by topic in the given order, then by passage in the order of the sources.
    """
    if not any(terms for topic in topics for terms in topic.terms.values()):
        return tuple(Bearing(passage, topic.id, 1.0, ()) for topic in topics for one in sources for passage in one.ids)
    watch = Watch(topics, memory)
    sightings = [watch.sighting(source) for source in sources]
    common = _common(sources, sightings, topics, watch.named(frozenset(one.source.language for one in sources)))
    watch.keep()
    found: list[list[Bearing]] = [[] for _ in topics]
    for source, sighting in zip(sources, sightings, strict=True):
        blocks = source.digest.blocks if source.digest else tuple(passage.block for passage in source.passages)
        for number, topic in enumerate(topics):
            if any(topic.terms.values()):
                found[number].extend(_bearings(source.ids, blocks, topic.id, number, sighting, common[number]))
            else:
                found[number].extend(Bearing(passage, topic.id, 1.0, ()) for passage in source.ids)
    return tuple(bearing for bearings in found for bearing in bearings)


def _common(
    sources: Sequence[AnnotatedSource],
    sightings: Sequence[Sighting],
    topics: Sequence[Topic],
    named: Sequence[frozenset[str]],
) -> list[frozenset[str]]:
    """For each topic the terms that stand in too many passages to tell anything."""
    counts: list[dict[str, list[int]]] = [{} for _ in topics]
    for number, sighting in enumerate(sightings):
        for met in sighting.met.values():
            for topic, terms in met.items():
                for term in terms:
                    counts[topic].setdefault(term, []).append(number)
    passages = sum(len(source.ids) for source in sources)
    least, spread = max(COMMON_LEAST, COMMON_SHARE * passages), max(SPREAD_LEAST, SPREAD_SHARE * passages)
    wide = max(SPREAD_SOURCES, len(sources) / 2)
    spreading = [
        frozenset(
            term
            for term, found in terms.items()
            if spread <= len(found) < least and len(set(found)) >= wide and term not in named[number]
        )
        for number, terms in enumerate(counts)
    ]
    frequent = [frozenset(term for term, found in terms.items() if len(found) >= least) for terms in counts]
    return [
        often | frozenset(term for term in spreading[number] if _is_shared(number, term, sightings, spreading))
        for number, often in enumerate(frequent)
    ]


def _is_shared(number: int, term: str, sightings: Sequence[Sighting], spreading: Sequence[frozenset[str]]) -> bool:
    """Whether many passages that hold a term hold those of other topics too, so that it tells the event."""
    held = [met for sighting in sightings for met in sighting.met.values() if term in met.get(number, ())]
    others = sum(
        any(topic != number and any(other not in spreading[topic] for other in terms) for topic, terms in met.items())
        for met in held
    )
    return others >= SHARED * len(held)


def _bearings(
    ids: Sequence[str],
    blocks: Sequence[int],
    topic: str,
    number: int,
    sighting: Sighting,
    common: frozenset[str],
) -> list[Bearing]:
    met = {index: terms[number] for index, terms in sighting.met.items() if number in terms}
    above = {block: terms[number] for block, terms in sighting.headings.items() if number in terms}
    if not met and not above:
        return []
    own = [_own(met.get(index, {}), common) for index in range(len(ids))]
    result: list[Bearing] = []
    for index, passage in enumerate(ids):
        missing = (1 - own[index]) * _missing_beside(blocks, index, own, sighting.takes_up)
        heading = above.get(blocks[index])
        if heading is not None:
            missing *= 1 - HEADING
        score = round(1 - missing, 2)
        if score >= THRESHOLD:
            words = dict.fromkeys(met.get(index, {}).values())
            if not words and result and (missing <= 1 - TAKES_UP) and result[-1].passage == ids[index - 1]:
                words = dict.fromkeys(result[-1].words)
            if not words and heading is not None:
                words = dict.fromkeys(heading.values())
            result.append(Bearing(passage, topic, score, tuple(words)))
    return result


def _missing_beside(blocks: Sequence[int], index: int, own: Sequence[float], takes_up: Container[int]) -> float:
    """What the neighbours of a passage leave open of its score, as a factor."""
    missing = 1.0
    if _follows(blocks, index, own, takes_up):
        missing *= 1 - TAKES_UP
    if _is_between(blocks, index, own):
        missing *= 1 - BETWEEN
    elif _is_carried(blocks, index, own):
        missing *= 1 - BLOCK
    if index and blocks[index - 1] == blocks[index] and own[index - 1] >= THRESHOLD:
        missing *= 1 - BEFORE
    if index + 1 < len(blocks) and blocks[index + 1] == blocks[index]:
        missing *= 1 - AFTER if own[index + 1] >= THRESHOLD else 1
    return missing


def _follows(blocks: Sequence[int], index: int, own: Sequence[float], takes_up: Container[int]) -> bool:
    """Whether a passage takes up the one before, and that bears on the topic."""
    if index not in takes_up or not index or blocks[index - 1] != blocks[index]:
        return False
    # one step only: a chain of pronouns drifts (precision fell from .95 to .91)
    return own[index - 1] >= THRESHOLD or _is_between(blocks, index - 1, own)


def _is_between(blocks: Sequence[int], index: int, own: Sequence[float]) -> bool:
    """Whether the passages before and behind stand in the same block and hold terms of the topic."""
    if not 0 < index < len(blocks) - 1:
        return False
    is_one_block = blocks[index - 1] == blocks[index + 1] == blocks[index]
    return is_one_block and min(own[index - 1], own[index + 1]) >= THRESHOLD


def _is_carried(blocks: Sequence[int], index: int, own: Sequence[float]) -> bool:
    """Whether a passage stands behind one that holds terms of the topic, in a block of which most passages do."""
    if not index or blocks[index - 1] != blocks[index] or own[index - 1] < THRESHOLD:
        return False
    first, last = index, index + 1
    while first > 0 and blocks[first - 1] == blocks[index]:
        first -= 1
    while last < len(blocks) and blocks[last] == blocks[index]:
        last += 1
    bearing = sum(score >= THRESHOLD for score in own[first:last])
    return bearing >= CARRIERS and bearing > (last - first) * MOST


def _own(terms: Mapping[str, str], common: frozenset[str]) -> float:
    missing = 1.0
    for term in terms:
        missing *= 1 - (COMMON if term in common else OWN)
    return 1 - missing
