"""How much of what they are about two passages share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.corroboration.arrays import is_in, spread
from briefing.corroboration.content import Content, Corpus

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_DICE, LEAST_SHARED = 0.25, 1.6
"""Pairs that share less are not compared, for no rule finds anything in them: `claims.likely` and `disputes` ask for
this much or more."""
_AT_ONCE = 100_000
"""Pairs whose shares are summed at once: some 20 MB."""
_IS_TIME = re.compile(r"#[12]\d{3}(?:-[\d-]+)?")
_DIGIT = 2
"""Length of `#7`: one digit is mostly `two men`, `the 5th senate`, and left out without changing what is said."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two passages, the one of the older source first, and what they share."""

    first: Content
    second: Content
    shared: float
    """Weight of the features they share, in words that two passages of the corpus have."""
    dice: float
    """Their part of all the weight, 0 to 1."""
    contained: float
    """Their part of the lighter passage, 0 to 1."""
    words: int
    """Number of shared features that are no numbers."""
    runs: int
    """Pairs of words that follow one another in both."""
    numbers: int
    """Shared numbers and days; not ages."""
    anchors: int
    """Shared names, countries and numbers."""
    conflicting: bool
    """Each has a number that the other has not, of one kind: two amounts, two days, two bare counts."""
    one_sided: bool
    """A telling number stands in one and not in the other."""
    unmatched: bool
    """The same, and there is none in both; or each has one that the other has not."""
    same_polarity: bool
    related: int
    """Names of people, places and bodies that their two sources share anywhere."""


def _kinds(numbers: frozenset[str]) -> set[str]:
    """What kinds of numbers these are: `day`, a unit, or none."""
    return {"day" if re.fullmatch(r"#\d{4}-[\d-]+", number) else number.partition(" ")[2] for number in numbers}


def compare(first: Content, second: Content, related: int) -> Match:
    """How much of what they are about two passages share.

    Args:
        first: The one of the older source.
        second: The other.
        related: Names that their sources share.
    """
    common = first.weights.keys() & second.weights.keys()
    by_parts = {
        part
        for one, other in ((first, second), (second, first))
        for part, (word, _) in one.parts.items()
        if (part in other.weights or part in other.parts) and word not in common
    }
    shared = sum(first.weights[feature] for feature in common) + sum(
        _part_weight(part, first, second) for part in by_parts
    )
    numbers = {feature for feature in common - first.ages if feature[0] == "#"}
    ours = _telling(first.numbers - second.numbers - first.ages)
    theirs = _telling(second.numbers - first.numbers - second.ages)
    in_both = _amounts(first.numbers & second.numbers - first.ages)
    return Match(
        first=first,
        second=second,
        shared=shared / first.unit,
        dice=min(1.0, 2 * shared / ((first.total + second.total) or 1.0)),
        contained=min(1.0, shared / (min(first.total, second.total) or 1.0)),
        words=len(common - first.ages) - len(numbers) + len(by_parts),
        runs=len(_pairs(first) & _pairs(second)),
        numbers=len(numbers),
        anchors=len(first.anchors & second.anchors),
        conflicting=bool(_kinds(first.numbers - second.numbers) & _kinds(second.numbers - first.numbers)),
        one_sided=bool(ours or theirs),
        unmatched=bool(ours and theirs) or (bool(ours or theirs) and not in_both),
        same_polarity=first.negated == second.negated,
        related=related,
    )


def _amounts(numbers: frozenset[str]) -> frozenset[str]:
    """Those that are no day, month or year."""
    return frozenset(number for number in numbers if not _IS_TIME.fullmatch(number))


def _telling(numbers: frozenset[str]) -> frozenset[str]:
    """Those that are more than one digit, or have a unit."""
    return frozenset(number for number in _amounts(numbers) if " " in number or len(number) > _DIGIT)


def _part_weight(part: str, first: Content, second: Content) -> float:
    return next(content.parts[part][1] for content in (first, second) if part in content.parts)


def _pairs(content: Content) -> set[tuple[str, str]]:
    return set(pairwise(content.sequence))


def promising(corpus: Corpus, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of some pairs share so much that a comparison can find anything, or both quote somebody.

    Never less than what `compare` finds: a part of a compound counts even where the whole word is shared.
    """
    import numpy as np  # noqa: PLC0415

    quoting = np.frombuffer(b"".join(one.quoting for one in corpus.traits), bool)
    asked = np.zeros(len(corpus), bool)
    asked[pairs] = True
    here, parts = asked[corpus.holder], asked[corpus.part_holder]
    members = np.sort(_codes(corpus, corpus.holder[here], corpus.members[here]))
    everything = np.sort(np.concatenate((members, _codes(corpus, corpus.part_holder[parts], corpus.part[parts]))))
    starts = corpus.part_holder.searchsorted(np.arange(len(corpus) + 1))
    sums = np.concatenate(([0], np.cumsum(corpus.member_weight)))
    total = sums[corpus.starts[1:]] - sums[corpus.starts[:-1]]
    result = []
    for at in range(0, len(pairs), _AT_ONCE):
        first, second = pairs[at : at + _AT_ONCE].T
        shared = _shared(corpus, first, second, (corpus.starts, corpus.members, corpus.member_weight), members)
        for one, other in ((first, second), (second, first)):
            shared += _shared(corpus, one, other, (starts, corpus.part, corpus.part_weight), everything)
        lighter = np.maximum(total[first] + total[second], 1)
        result.append(
            ((shared >= LEAST_SHARED * corpus.unit) & (2 * shared >= LEAST_DICE * lighter))
            | (quoting[first] & quoting[second])
        )
    return np.concatenate(result) if result else np.zeros(0, bool)


def _shared(
    corpus: Corpus,
    ones: NDArray[np.int64],
    others: NDArray[np.int64],
    held: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    codes: NDArray[np.int64],
) -> NDArray[np.int64]:
    """For each pair the weight of what the one has that stands among the `codes` of the other."""
    import numpy as np  # noqa: PLC0415

    starts, features, weight = held
    counts = starts[ones + 1] - starts[ones]
    places = spread(starts[ones], counts)
    common = is_in(_codes(corpus, np.repeat(others, counts), features[places]), codes)
    sums = np.concatenate(([0], np.cumsum(np.where(common, weight[places], 0))))
    ends = np.cumsum(counts)
    shared: NDArray[np.int64] = sums[ends] - sums[ends - counts]
    return shared


def _codes(corpus: Corpus, passages: NDArray[np.int64], features: NDArray[np.int64]) -> NDArray[np.int64]:
    return passages * len(corpus.features) + features
