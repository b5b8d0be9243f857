"""Which passages bear on which topic, and which words earned it.

A term of a topic meets a word of a passage by its lemma, as part of a compound (`Waffenlieferung` holds `Waffe` and
`Lieferung`, since what is left of the word is a word too), by derivation (`militärisch` from `Militär`), by its sense,
or as the same country (`russisch` from `Russland`). Words that stand in a large part of all passages, and more often
beside terms of other topics than of their own, count less. The heading above a passage and its neighbours in the same
block add to what its own words earn; alone neither is enough.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from briefing.model import AnnotatedSource, Bearing, Memory, Topic
from briefing.sightings import Sighting, Terms, Watch

OWN, COMMON, HEADING, BEFORE, AFTER = 0.6, 0.35, 0.35, 0.25, 0.15
"""What a term earns in the passage itself, where it is common, in the heading above, in the sentence before and after.

Chosen so that one rare term is enough, or two common ones, or a heading with a neighbour, but not neighbours alone."""
BETWEEN, TAKES_UP = 0.5, 0.5
"""What a passage earns between two that bear on the topic, and by taking up the one before with a pronoun (`Das`).

On 250 judged pairs (tests/labels/topics.json) they raised recall from .78 to .84 and cost .04 of precision."""
THRESHOLD = 0.5
COMMON_SHARE, COMMON_LEAST = 0.25, 25
"""Words of a term may be common if a quarter of all passages, and at least 25, hold them."""
SPREAD_SHARE, SPREAD_LEAST, SPREAD_SOURCES = 0.1, 10, 3
"""So they may with a tenth of all passages, and at least 10, that lie in half of the sources, and at least 3 of them.

Unless they stand in the topic's title, of which they are the name. They are common if, beyond that, they tell the
event: if more of their passages hold terms of other topics than further ones of their own. On 711 pairs of seventeen
events that raised recall from .865 to .890 and cost .005 of precision; the five seeds stayed as they were."""
HEAD = 4
"""Letters of the shortest word that makes a compound another thing than the term that opens it: `Flughafen` for `Flug`.

Such words are counted by themselves: else one that is everywhere is not told from its term (precision .901 for .913 on
the 711 pairs)."""
QUOTED = 0.5
"""What a passage earns behind one that bears, where somebody is quoted in either and neither turns to another topic.

Of 453 passages that stand behind one that bears, and do not bear by another rule, 68 should; of those of speech that
turn nowhere all seven. On 189 pairs of pages recall rose from .83 to .86 at a precision of .98; the seeds lost .01."""
BLOCK, MOST, CARRIERS = 0.5, 0.6, 3
"""What a passage earns behind one that bears, where more than this share of its block, and so many, do by themselves.

On the 250 pairs it raised recall from .84 to .86 at the same precision; with half of the block, precision fell."""


_Kinds = frozenset[tuple[str, str]]
"""Terms, each with a kind of the words that meet it: the beginning of a compound, or nothing for all others."""


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
                found[number].extend(_bearings(source.ids, blocks, topic.id, number, sighting, common))
            else:
                found[number].extend(Bearing(passage, topic.id, 1.0, ()) for passage in source.ids)
    return tuple(bearing for bearings in found for bearing in bearings)


def _common(
    sources: Sequence[AnnotatedSource],
    sightings: Sequence[Sighting],
    topics: Sequence[Topic],
    named: Sequence[Mapping[str, Sequence[str]]],
) -> list[_Kinds]:
    """For each topic the kinds of words of its terms that stand in too many passages to tell anything."""
    passages = sum(len(source.ids) for source in sources)
    least, spread = max(COMMON_LEAST, COMMON_SHARE * passages), max(SPREAD_LEAST, SPREAD_SHARE * passages)
    wide = max(SPREAD_SOURCES, len(sources) / 2)
    often = [
        {
            kind: tuple(met for _, met in held)
            for kind, held in kinds.items()
            if len(held) >= least or (len(held) >= spread and len({number for number, _ in held}) >= wide)
        }
        for kinds in _held(sightings, len(topics))
    ]
    return [
        frozenset(
            kind
            for kind, held in kinds.items()
            if (len(held) >= least or kind not in titled) and _tells_the_event(topic, kind, held, often)
        )
        for topic, (kinds, titled) in enumerate(zip(often, map(_kinds, named), strict=True))
    ]


def _held(sightings: Sequence[Sighting], topics: int) -> list[dict[tuple[str, str], list[tuple[int, Terms]]]]:
    """For each topic the passages that hold each kind of words: the number of the source, and all they hold."""
    held: list[dict[tuple[str, str], list[tuple[int, Terms]]]] = [{} for _ in range(topics)]
    for number, sighting in enumerate(sightings):
        for met in sighting.met.values():
            for topic, terms in met.items():
                for kind in _kinds(terms):
                    held[topic].setdefault(kind, []).append((number, met))
    return held


def _kinds(terms: Mapping[str, Sequence[str]]) -> _Kinds:
    """The terms that were met, each with the kind of the words that met it."""
    return frozenset((term, _kind(term, word)) for term, words in terms.items() for word in words)


def _kind(term: str, word: str) -> str:
    """The beginning of a compound that `term` opens, since that names another thing; nothing for all other words."""
    lower, beginning = word.lower(), term.lower().removesuffix("e")
    rest = len(lower) - len(beginning)
    return lower[: len(beginning) + HEAD] if lower.startswith(beginning) and rest >= HEAD else ""


def _tells_the_event(
    topic: int, kind: tuple[str, str], held: Sequence[Terms], often: Sequence[Container[tuple[str, str]]]
) -> bool:
    """Whether more passages with such words hold terms of other topics than further ones of their own.

    Terms that are everywhere themselves tell nothing of other topics, but beside the compounds that `HEAD` tells of.
    """
    own = others = 0
    for met in held:
        words = {word for word in met[topic][kind[0]] if _kind(kind[0], word) == kind[1]}
        own += any(not words.issuperset(further) for further in met[topic].values())
        others += any(
            word not in words and (kind[1] or (term, _kind(term, word)) not in often[other])
            for other, terms in met.items()
            if other != topic
            for term, further in terms.items()
            for word in further
        )
    return others > own


def _bearings(
    ids: Sequence[str], blocks: Sequence[int], topic: str, number: int, sighting: Sighting, common: Sequence[_Kinds]
) -> list[Bearing]:
    met = {index: terms[number] for index, terms in sighting.met.items() if number in terms}
    above = {block: terms[number] for block, terms in sighting.headings.items() if number in terms}
    if not met and not above:
        return []
    own = [_own(met.get(index, {}), common[number]) for index in range(len(ids))]
    others = {index for index, terms in sighting.met.items() if _is_of_another(terms, number, common)}
    result: list[Bearing] = []
    for index, passage in enumerate(ids):
        missing = (1 - own[index]) * _missing_beside(blocks, index, own, others, sighting)
        heading = above.get(blocks[index])
        if heading is not None:
            missing *= 1 - HEADING
        score = round(1 - missing, 2)
        if score >= THRESHOLD:
            words = _first(met.get(index, {}))
            if not words and result and (missing <= 1 - TAKES_UP) and result[-1].passage == ids[index - 1]:
                words = dict.fromkeys(result[-1].words)
            if not words and heading is not None:
                words = _first(heading)
            result.append(Bearing(passage, topic, score, tuple(words)))
    return result


def _is_of_another(met: Terms, number: int, common: Sequence[_Kinds]) -> bool:
    """Whether a passage holds terms of another topic that are not common."""
    return any(topic != number and _own(terms, common[topic]) >= THRESHOLD for topic, terms in met.items())


def _missing_beside(
    blocks: Sequence[int], index: int, own: Sequence[float], others: Container[int], sighting: Sighting
) -> float:
    """What the neighbours of a passage leave open of its score, as a factor.

    They do not speak for one that turns to another topic by its words, unless it both takes up the one before and
    stands between two: on the 583 pairs of fourteen of these events precision rose by .025 and recall fell by .005.
    """
    missing = 1.0
    follows, is_between = _follows(blocks, index, own, sighting.takes_up), _is_between(blocks, index, own)
    if own[index] or index not in others or (follows and is_between):
        missing *= 1 - TAKES_UP if follows else 1
        missing *= 1 - BETWEEN if is_between else 1
        missing *= 1 - QUOTED if _is_of_speech(blocks, index, own, others, sighting.quotes) else 1
        missing *= 1 - BLOCK if not is_between and _is_carried(blocks, index, own) else 1
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


def _is_of_speech(
    blocks: Sequence[int], index: int, own: Sequence[float], others: Container[int], quotes: Container[int]
) -> bool:
    """Whether a passage goes on with what somebody says, or what is told of it, and neither turns to another topic."""
    if not index or blocks[index - 1] != blocks[index] or own[index - 1] < THRESHOLD:
        return False
    return (index in quotes or index - 1 in quotes) and index not in others and index - 1 not in others


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


def _first(terms: Mapping[str, Sequence[str]]) -> dict[str, None]:
    """The first word that met each term."""
    return dict.fromkeys(words[0] for words in terms.values())


def _own(terms: Mapping[str, Sequence[str]], common: _Kinds) -> float:
    missing = 1.0
    for term, words in terms.items():
        missing *= 1 - (COMMON if all((term, _kind(term, word)) in common for word in words) else OWN)
    return 1 - missing
