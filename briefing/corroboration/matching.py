"""Pairs of passages that may say the same, and how much of what they are about they share.

Pairs are looked for only where two passages share several of their rarest features, and each list of an inverted
index is walked with a window, so the work grows with the number of passages and not with its square.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.corroboration.content import Content

_KEYS = 8
"""Features of a passage that are looked up, the heaviest first."""
_LEAST = 0.2
"""Pairs that share less are dropped at once: nothing is done with them, and of 420 pages they are half."""
_WINDOW = 24
"""How many neighbours in a list of the index a passage is compared with; and as many from its start. A list is longer
only where a corpus has hundreds of reports of one thing, which are joined through one another."""
_AKIN = (0.1, 0.14)
"""Weighed part of their vocabularies from which two sources count as sharing one name, and two. Of 20,000 pairs of
unrelated pages 0.4 % share the first and 0.1 % the second; of the 455 pairs of sources of 20 events 91 % and 76 %. Two
names share 35 % of these: towns stand in the dictionary, and an arrested man has no name."""
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
    unmatched: bool
    """A telling number stands in one and not in the other, and none in both; or each has one that the other has not."""
    same_polarity: bool
    related: int
    """Names of people, places and bodies that their two sources share anywhere."""


def matches(contents: tuple[Content, ...]) -> tuple[Match, ...]:
    """Every pair of passages that is worth a look, compared, in the order of the passages.

    Args:
        contents: The features of all passages, the passages of one source side by side.
    """
    names, vocabularies = names_of(contents), _Vocabularies(contents)
    pairs = (
        compare(first, second, len(names[first.source] & names[second.source]))
        for first, second in ((contents[a], contents[b]) for a, b in sorted(_candidates(contents)))
    )
    return tuple(vocabularies.relate(match) for match in pairs if match.dice >= _LEAST or _both_quote(match))


def _both_quote(match: Match) -> bool:
    """Whether one quotation may be what they share, however long the sentences around it are."""
    return bool(match.first.passage.quotations and match.second.passage.quotations) and match.related > 0


def names_of(contents: tuple[Content, ...]) -> dict[str, frozenset[str]]:
    """The names that each source holds: two sources that share none do not speak of one event."""
    names: dict[str, set[str]] = defaultdict(set)
    for content in contents:
        names[content.source] |= content.names
    return {source: frozenset(found) for source, found in names.items()}


class _Vocabularies:
    """What each source speaks of as a whole: reports of one event share much of it, even where they name nobody."""

    def __init__(self, contents: tuple[Content, ...]) -> None:
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)
        for content in contents:
            self._weights[content.source].update(content.weights)
        self._totals = {source: sum(weights.values()) for source, weights in self._weights.items()}
        self._known: dict[tuple[str, str], float] = {}

    def relate(self, match: Match) -> Match:
        """The match, with the names its sources share, or as many as their vocabulary in common stands for."""
        if match.related >= len(_AKIN) or match.dice < _LEAST or match.first.source == match.second.source:
            return match
        alike = self._dice(match.first.source, match.second.source)
        return replace(match, related=max(match.related, sum(alike >= least for least in _AKIN)))

    def _dice(self, one: str, other: str) -> float:
        if (one, other) not in self._known:
            common = self._weights[one].keys() & self._weights[other].keys()
            shared = sum(min(self._weights[one][feature], self._weights[other][feature]) for feature in common)
            self._known[one, other] = 2 * shared / ((self._totals[one] + self._totals[other]) or 1.0)
        return self._known[one, other]


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
    return Match(
        first=first,
        second=second,
        shared=shared / first.unit,
        dice=min(1.0, 2 * shared / ((first.total + second.total) or 1.0)),
        contained=min(1.0, shared / (min(first.total, second.total) or 1.0)),
        words=len(common) - len(numbers) + len(by_parts),
        runs=len(_pairs(first) & _pairs(second)),
        numbers=len(numbers),
        anchors=len(first.anchors & second.anchors),
        conflicting=bool(_kinds(first.numbers - second.numbers) & _kinds(second.numbers - first.numbers)),
        unmatched=_unmatched(first, second),
        same_polarity=first.negated == second.negated,
        related=related,
    )


def _unmatched(first: Content, second: Content) -> bool:
    ours = _telling(first.numbers - second.numbers - first.ages)
    theirs = _telling(second.numbers - first.numbers - second.ages)
    return bool(ours and theirs) or (bool(ours or theirs) and not _amounts(first.numbers & second.numbers - first.ages))


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


def _candidates(contents: tuple[Content, ...]) -> set[tuple[int, int]]:
    """Pairs of passages that share at least two of their heaviest features; three, where one source repeats itself."""
    first: dict[str, str] = {}
    common = {
        feature
        for content in contents
        for feature in (*content.weights, *content.parts)
        if first.setdefault(feature, content.source) != content.source
    }
    index: dict[str, list[int]] = defaultdict(list)
    for number, content in enumerate(contents):
        for feature in _keys(content, common):
            index[feature].append(number)
    met: Counter[tuple[int, int]] = Counter()
    for numbers in index.values():
        met.update((other, number) for place, number in enumerate(numbers) for other in _neighbours(numbers, place))
    return {(a, b) for (a, b), times in met.items() if times > 1 + (contents[a].source == contents[b].source)}


def _neighbours(numbers: list[int], place: int) -> Iterable[int]:
    if place <= 2 * _WINDOW:
        return numbers[:place]
    return (*numbers[:_WINDOW], *numbers[place - _WINDOW : place])


def _keys(content: Content, common: set[str]) -> list[str]:
    """The heaviest features that another source has too."""
    weights = {**{part: weight for part, (_, weight) in content.parts.items()}, **content.weights}
    return sorted(weights.keys() & common, key=lambda feature: (-weights[feature], feature))[:_KEYS]
