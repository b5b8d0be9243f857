"""What passages are about, weighed: all passages of a corpus side by side.

A feature is the lemma of a word that carries meaning, a part of a compound (`Vertrag` in `Partnerschaftsvertrag`), a
number with its unit, a day, or a country by its ISO code, which is the same in every language. Its weight is how rare
it is among the passages of this corpus (inverse document frequency), so in articles about one treaty the word
`treaty` weighs little.

Rarity is told in steps, and weights are multiples of a fraction that floating point holds exactly: so a sum is the
same in whatever order it is taken, and one more source leaves nearly all weights as they were.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, overload

from briefing.corroboration.arrays import distinct, is_in, joined, spread
from briefing.corroboration.compounds import Compounds
from briefing.corroboration.traits import feature_hash, traits
from briefing.corroboration.wording import is_telling, wordings
from briefing.model import AnnotatedSource, Memory, Passage, Wording

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PART_WEIGHT = 0.6
"""A part says less than the word: `Partnerschaftsvertrag` is a treaty, but `Vertrag` need not be that one."""
_NAME_WEIGHT = 0.5
"""Passages about one person share the name and nothing else: of 60 pairs of the seeds with two names in common, 9 say
the same."""
FRACTION = 1024
"""Weights are whole multiples of one part in this many."""
_EXACT, _STEPS = 4, 8
"""Counts are told exactly up to the first, above it in steps of the second a doubling. Of pairs judged on pages 2 are
right and 3 wrong, with exact counts 2 and 4, with 4 steps 2 and 6; on the seeds and seven events nothing changes."""
_OPEN = 8_192
"""Contents that are kept at hand: those of some 250 sources."""


@dataclass(frozen=True, slots=True)
class Content:
    """The weighed features of one passage."""

    passage: Passage
    language: str
    order: int
    """Of its source, oldest first."""
    weights: Mapping[str, float]
    parts: Mapping[str, tuple[str, float]]
    """Parts of its compounds that are no words of it: the compound each comes of, and its weight."""
    total: float
    sequence: tuple[str, ...]
    """Lemmas of the words that carry meaning, in the order of the sentence."""
    numbers: frozenset[str]
    ages: frozenset[str]
    """Those of its numbers that say how old somebody is: they tell who it is, and not what happened."""
    anchors: frozenset[str]
    """What fixes it to one thing in the world: names, countries, numbers of two digits and more."""
    negated: bool
    unit: float
    """Weight of a word that two passages of this corpus have: the measure of what is rare in it."""

    @property
    def source(self) -> str:
        """Slug of its source."""
        return self.passage.source

    @property
    def names(self) -> frozenset[str]:
        """Of its anchors those that point to one person, place, body or count; a country names half of the news."""
        return frozenset(one for one in self.anchors if is_telling(one))


class Corpus(Sequence[Content]):
    """All passages of some sources, the oldest source first, by number.

    Their features stand in arrays, a passage after the other; a `Content`, which opens the source, is made only of a
    passage that somebody asks for.
    """

    def __init__(self, sources: tuple[AnnotatedSource, ...], memory: Memory | None = None) -> None:
        """Weigh every feature.

        Args:
            sources: The annotated sources, the oldest first.
            memory: Where it is kept how compounds fall apart.
        """
        import numpy as np  # noqa: PLC0415 - 0.1 s that not every command need wait

        self.sources = sources
        self.traits = [traits(one) for one in sources]
        self.ids = [identifier for one in sources for identifier in _ids(one)]
        counts = np.array([len(_ids(one)) for one in sources], np.int64)
        self.firsts = np.concatenate(([0], np.cumsum(counts)))
        """Number of each source's first passage."""
        self.source = np.repeat(np.arange(len(sources)), counts)
        """For each passage the number of its source."""
        self.order: list[int] = self.source.tolist()
        """The same, for those who ask one by one: of an array that takes ten times as long."""
        hashes = [np.frombuffer(one.features, "<u8") for one in self.traits]
        self.features, self._local = np.unique(joined(hashes, np.uint64), return_inverse=True)
        """The hash of every feature of the corpus, ascending; features are known by their place in it."""
        self.at = np.concatenate(([0], np.cumsum([len(one) for one in hashes]))).astype(np.int64)
        """Where each source's features start in `vocabulary`."""
        self.vocabulary = self._local
        self.starts, self.members = self._members()
        self.holder = np.repeat(np.arange(len(self.ids)), np.diff(self.starts))
        """The passage of each member."""
        self._compounds = Compounds(self.traits, self.features, self.vocabulary, self.at, memory)
        self.part_holder, self.part, self.part_word = self._parts()
        self.rarity, self.unit = self._rarities()
        self.weight = self._weights()
        """For each feature its weight, in `FRACTION`s."""
        ages = np.frombuffer(b"".join(one.ages for one in self.traits), bool)
        rarity = self.rarity[self.members]
        self.member_weight = np.where(ages, np.rint(_NAME_WEIGHT * rarity), self.weight[self.members]).astype(np.int64)
        """For each member its weight: an age tells who somebody is, like a name."""
        self.part_weight = np.rint(_PART_WEIGHT * self.rarity[self.part]).astype(np.int64)
        """For each part its weight."""
        self._opened: OrderedDict[int, Content] = OrderedDict()

    # ------------------------------------------------------------------------------------------------------ passages

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each passage, by its id."""
        return {identifier: number for number, identifier in enumerate(self.ids)}

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.ids)

    @overload
    def __getitem__(self, number: int) -> Content: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Content]: ...
    def __getitem__(self, number: int | slice) -> Content | Sequence[Content]:
        """The weighed features of one passage."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if number not in self._opened:
            self._opened[number] = self._content(number)
            if len(self._opened) > _OPEN:
                self._opened.popitem(last=False)
        return self._opened[number]

    def passage(self, number: int) -> Passage:
        """One passage as it was read."""
        source = self.order[number]
        return self.sources[source].passage(number - int(self.firsts[source]))

    @cached_property
    def slugs(self) -> list[str]:
        """For each passage the slug of its source."""
        return [one.source.slug for one in self.sources for _ in _ids(one)]

    def voices(self, number: int) -> tuple[tuple[str, ...], bool]:
        """The certain speakers of a passage, and whether there is one of them whom it names as an actor."""
        source = self.order[number]
        return self._voices[source].get(number - int(self.firsts[source]), ((), False))

    @cached_property
    def _voices(self) -> list[Mapping[int, tuple[tuple[str, ...], bool]]]:
        return [{number: (names, is_actor) for number, names, is_actor in one.voices} for one in self.traits]

    def names_somebody(self, number: int, name: str) -> bool:
        """Whether a passage names an actor of this name."""
        digest = self.sources[self.order[number]].digest  # which spares to open nearly all of them
        if digest and name not in digest.actors:
            return False
        return any(actor.name == name for actor in self.passage(number).actors)

    def _content(self, number: int) -> Content:
        order = self.order[number]
        annotated = self.sources[order]
        passage = self.passage(number)
        wording = self._wording(annotated, number - int(self.firsts[order]))
        found = tuple(dict.fromkeys((*wording.words, *wording.marks)))
        values = self.member_weight[self.starts[number] : self.starts[number + 1]] / FRACTION
        weights = dict(zip(found, values.tolist(), strict=True))
        parts = {
            part: (word, self._part_weight(part))
            for word in wording.words
            for part in (self._compounds.parts(word) if self.traits[order].compounds else ())
            if part not in weights
        }
        return Content(
            passage=passage,
            language=annotated.source.language,
            order=order,
            weights=weights,
            parts=parts,
            total=sum(weights.values()),
            sequence=wording.words,
            numbers=frozenset(feature for feature in weights if feature[0] == "#"),
            ages=frozenset(wording.ages),
            anchors=frozenset(wording.anchors),
            negated=wording.negated,
            unit=self.unit / FRACTION,
        )

    @staticmethod
    def _wording(annotated: AnnotatedSource, number: int) -> Wording:
        return annotated.wording(number) if annotated.digest else wordings(annotated)[number]

    def _part_weight(self, part: str) -> float:
        import numpy as np  # noqa: PLC0415

        # Of the kind of the array: for any other, numpy turns all features into that kind first, 1 ms of a million.
        place = self.features.searchsorted(np.frombuffer(feature_hash(part), "<u8")[0])
        return round(_PART_WEIGHT * int(self.rarity[place])) / FRACTION

    # ------------------------------------------------------------------------------------------------------ features

    def _members(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The features of all passages one after another, and where each passage's start."""
        import numpy as np  # noqa: PLC0415

        starts = [np.frombuffer(one.starts, "<i4") for one in self.traits]
        members = [np.frombuffer(one.members, "<i4") for one in self.traits]
        ends = np.concatenate(([0], np.cumsum([len(one) for one in members]))).astype(np.int64)
        places = joined([one + at for one, at in zip(members, self.at[:-1], strict=True)], np.int64)
        first = joined([one[:-1] + at for one, at in zip(starts, ends[:-1], strict=True)], np.int64)
        return np.concatenate((first, ends[-1:])), self._local[places]

    def _parts(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Parts of compounds that are no words of their passage: the passages, the parts, and the compounds."""
        import numpy as np  # noqa: PLC0415

        is_compounding = np.array([one.compounds for one in self.traits], bool)
        words, parts = self._compounds.rows
        compound = self.features.searchsorted(words)
        made_of = self.features.searchsorted(parts)[np.argsort(compound, kind="stable")]
        first = np.sort(compound).searchsorted(np.arange(len(self.features) + 1))
        here = is_compounding[self.source[self.holder]]
        times = np.where(here, first[self.members + 1] - first[self.members], 0)
        found = made_of[spread(first[self.members], times)]
        holder, whole = np.repeat(self.holder, times), np.repeat(self.members, times)
        own = is_in(holder * len(self.features) + found, np.sort(self.holder * len(self.features) + self.members))
        return holder[~own], found[~own], whole[~own]

    # ------------------------------------------------------------------------------------------------------- weights

    def _rarities(self) -> tuple[NDArray[np.int64], int]:
        """How rare each feature is among the passages, and how rare one of two passages."""
        import numpy as np  # noqa: PLC0415

        parts = distinct(self.part_holder * len(self.features) + self.part) % max(1, len(self.features))
        frequency = np.bincount(self.members, minlength=len(self.features))
        frequency += np.bincount(parts, minlength=len(self.features))
        counts, inverse = np.unique(frequency, return_inverse=True)
        rarities = [_rarity(count, len(self)) for count in counts.tolist()]
        return np.array(rarities, np.int64)[inverse], _rarity(2, len(self))

    def _weights(self) -> NDArray[np.int64]:
        import numpy as np  # noqa: PLC0415

        named = np.zeros(len(self.features), bool)
        named[self.vocabulary] = np.frombuffer(b"".join(one.named for one in self.traits), bool)
        return np.where(named, np.rint(_NAME_WEIGHT * self.rarity), self.rarity).astype(np.int64)


def _ids(annotated: AnnotatedSource) -> tuple[str, ...]:
    return annotated.digest.passages if annotated.digest else tuple(one.id for one in annotated.passages)


def _stepped(count: int) -> float:
    """A count, told in steps, so that one passage more seldom changes it."""
    if count <= _EXACT:
        return float(count)
    return float(2 ** (round(math.log2(count) * _STEPS) / _STEPS))


def _rarity(count: int, passages: int) -> int:
    """Inverse document frequency in `FRACTION`s, smoothed so that a word of every passage still weighs a little."""
    rarity = math.log(max((_stepped(passages) + 1) / (_stepped(count) + 0.5), 1.0)) + 0.1
    return round(rarity * FRACTION)
