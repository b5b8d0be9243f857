"""Matches → claims: clusters of passages of different sources that say the same.

A pair is certain when what it shares outweighs what it does not, and nothing in it speaks against: no number that
differs, no negation on one side only, not a mere name with its title. The thresholds were set on the five seeds, on
four invented events and on 34,000 pairs of sentences of unrelated pages, loosened a little with three more events in
view, and made stricter again on twelve real ones. Of 217 certain pairs of 27 real events that were judged, 196 say the
same and 18 more in part; of the 68 of seven events that no rule was made with, 63 (`tests/labels/claims-news.json`).
About half of what says the same in other words is not found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import product

from briefing.corroboration.content import Content, Corpus
from briefing.corroboration.matching import Match
from briefing.corroboration.quoting import quote_the_same, same_person
from briefing.model import Claim, Status

ChainCount = Callable[[tuple[str, ...]], int]
_DICE, _SHARED, _FEATURES = 0.4, 2.0, 3
"""A pair is certain from these on."""
_ALIKE = 0.6
"""A number that one passage gives and the other leaves out is often the news (`52 of 129 stores`, `many stores`): of 13
such pairs below this 3 said the same."""
_HALF, _NUMBERED, _WHOLE = 0.5, 0.45, 0.9
"""Below `_HALF` a common name or number is asked for, below `_NUMBERED` a number: of the 7 pairs without, 1 said the
same. A quoted sentence that stands whole in the other passage needs neither. Where no two words follow one another in
both, a number must be common and none on one side only: of 4 such pairs none said the same."""
_ANCHORS = 2
"""Of 12 pairs that only a third passage joined 8 said different things, so from these a common number is asked, and as
many names and numbers as this."""
_LIKELY_DICE, _LIKELY_SHARED = 0.27, 1.6
"""Below, three in four pairs only speak of the same person or place."""
_RELATED = 2
"""Names that two sources share where they speak of one event: of 88,000 pairs of unrelated pages 56 share two, of the
56 pairs of sources of eight events 42."""
_STRONG, _STRONG_DICE, _STRONGEST = 2.5, 0.5, 3.5
"""What two passages must share where their sources share one name only: this much, an anchor among it and half of
all, or still more. `FFP2 masks are worn` is no event."""
_COMPARED = 6
"""Passages of a claim that a new one is held against; more cost time and have changed no claim."""


def certain(match: Match) -> bool:
    """Whether the two passages say the same, as far as their words show."""
    if match.first.source == match.second.source or not _is_free_of_contradiction(match):
        return False
    if any(_is_question(one) for one in (match.first, match.second)):
        return False
    if match.related > 0 and quote_the_same(match.first, match.second):
        return True
    return (
        match.shared >= _SHARED
        and match.dice >= _DICE
        and match.words + match.numbers >= _FEATURES
        and (match.related >= _RELATED or (match.related > 0 and _is_strong(match)))
        and (match.dice >= _ALIKE or not match.unmatched)
        and _is_about_one_thing(match)
    )


def _is_about_one_thing(match: Match) -> bool:
    """Whether half of all is shared, or something that fixes both to one thing, or one holds the other whole."""
    if match.dice >= _HALF or (match.contained >= _WHOLE and match.runs >= _FEATURES):
        return True
    if match.runs == 0 and (match.numbers == 0 or match.one_sided):
        return False
    return match.anchors > 0 and (match.numbers > 0 or match.dice >= _NUMBERED)


def _is_strong(match: Match) -> bool:
    if match.shared >= _STRONGEST:
        return True
    return match.shared >= _STRONG and match.dice >= _STRONG_DICE and match.anchors > 0


def likely(match: Match) -> bool:
    """Whether it is worth an editor's look."""
    dice = _LIKELY_DICE if match.first.source != match.second.source else _DICE
    return match.shared >= _LIKELY_SHARED and match.dice >= dice and match.related > 0


def _is_free_of_contradiction(match: Match) -> bool:
    """Whether no number, negation or denial is on one side only: a denial and what it denies share all their words."""
    denied = [content.passage.status is Status.DENIED for content in (match.first, match.second)]
    return not match.conflicting and match.same_polarity and denied[0] == denied[1]


def claims(
    corpus: Corpus,
    may_be_joined: Callable[[int, int], bool],
    chains_of: ChainCount,
    strongest: Iterable[tuple[int, int]],
) -> tuple[Claim, ...]:
    """Cluster the certain pairs, the strongest first; a passage joins a claim only where it resembles all of it.

    Args:
        corpus: The passages.
        may_be_joined: Whether two passages may stand in one claim, as `are_alike` has it.
        chains_of: Counts the chains of some sources.
        strongest: Pairs that are certain, the strongest first.

    Returns:
        The claims in the order of their first passages.
    """
    clusters: dict[int, list[int]] = {}
    for pair in strongest:
        one, other = (clusters.setdefault(number, [number]) for number in pair)
        if one is not other and (
            len(one) == len(other) == 1  # what is certain is alike
            or _resemble(corpus, one, other, may_be_joined)
        ):
            one.extend(other)
            clusters.update(dict.fromkeys(other, one))
    found = {id(cluster): sorted(cluster) for cluster in clusters.values() if len(cluster) > 1}
    counted = cache(chains_of)  # two articles that say one thing alike mostly say more of it alike
    return tuple(_claim(corpus, cluster, counted) for cluster in sorted(found.values()))


def _resemble(corpus: Corpus, one: list[int], other: list[int], may_be_joined: Callable[[int, int], bool]) -> bool:
    """Whether something of each source on one side says what something of each source on the other side says."""
    ours, theirs = (_by_source(corpus, cluster[:_COMPARED]) for cluster in (one, other))
    return all(any(may_be_joined(a, b) for a, b in product(*sides)) for sides in product(ours, theirs))


def _by_source(corpus: Corpus, cluster: list[int]) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for number in cluster:
        found.setdefault(corpus.order[number], []).append(number)
    return list(found.values())


def _claim(corpus: Corpus, cluster: list[int], chains_of: ChainCount) -> Claim:
    sources = tuple(dict.fromkeys(corpus.slugs[number] for number in cluster))
    return made(corpus, cluster, chains_of(sources), _only_voice(corpus, cluster))


def made(corpus: Corpus, cluster: list[int], chains: int, rests_on: str | None) -> Claim:
    """A claim of some passages in the order of their sources, the oldest first.

    Its id comes of its first passage, so a source that is added later changes none.
    """
    first = corpus.ids[cluster[0]]
    return Claim(
        id=f"claim-{hashlib.sha256(first.encode()).hexdigest()[:8]}",
        passages=tuple(map(corpus.ids.__getitem__, cluster)),
        sources=tuple(dict.fromkeys(map(corpus.slugs.__getitem__, cluster))),
        chains=chains,
        rests_on=rests_on,
    )


def _is_question(content: Content) -> bool:
    return content.passage.text.rstrip().endswith("?")


def are_alike(match: Match) -> bool:
    """Whether a passage may join another's claim: the pair is certain itself, or likely and fixed to one thing.

    Asked where other passages have shown that the two sources tell of one event.
    """
    if match.first.source == match.second.source:
        return True
    match = replace(match, related=_RELATED)
    if certain(match):
        return True
    fixed = match.numbers > 0 and match.anchors >= _ANCHORS and not match.one_sided
    return fixed and likely(match) and _is_free_of_contradiction(match)


def _only_voice(corpus: Corpus, cluster: list[int]) -> str | None:
    """The one certain speaker of all passages, by the longest of the names they use; a mere role is nobody."""
    names: set[str] = set()
    somebody: set[str] = set()
    for number in cluster:
        speakers, is_actor = corpus.voices(number)
        if len(speakers) != 1:
            return None
        names.update(speakers)
        somebody.update(speakers if is_actor else ())
    longest = max(names, key=lambda name: (len(name), name))
    if not all(same_person(name, longest) for name in names):
        return None
    is_somebody = longest in somebody or any(corpus.names_somebody(number, longest) for number in cluster)
    return longest if is_somebody else None
