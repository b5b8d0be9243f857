"""Passages that hang together by certain pairs, and the claims among them, kept by everything that these hang on.

Which claims a component falls into hangs on its pairs, on what its passages say and in which order, and on the origins
of their sources; nothing outside has a part in it. Of six thousand claims one changed source touches some ten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING

from briefing.corroboration.arrays import ranks
from briefing.corroboration.claims import made
from briefing.corroboration.content import Corpus
from briefing.corroboration.marks import mixed, pair_marks, sums_at
from briefing.corroboration.traits import feature_hash
from briefing.model import Claim, Memory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NAME = "claims"
Pair = tuple[int, int]
_Row = tuple[list[int], int, str | None]
"""A claim: the places of its passages in its component, its chains, and on whose words it rests."""


class Components:
    """The components of some pairs, each with a mark that tells everything it hangs on."""

    def __init__(
        self, corpus: Corpus, strongest: list[Pair], marks: NDArray[np.uint64], shared: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Find them.

        Args:
            corpus: The passages.
            strongest: Pairs that are certain, the strongest first.
            marks: Tells of each passage what comparing it with others hangs on.
            shared: For each source what it has its text from.
        """
        import numpy as np  # noqa: PLC0415

        self._corpus, self._strongest = corpus, strongest
        pairs = np.array(strongest, np.int64).reshape(-1, 2)
        self._labels = _labels(pairs, len(corpus))
        origins = b"".join(feature_hash(repr(shared[one.source.slug])) for one in corpus.sources)
        joined = np.zeros(len(corpus), bool)
        joined[pairs] = True
        members = np.flatnonzero(joined)
        members = members[np.argsort(self._labels[members], kind="stable")]
        labels = self._labels[members]
        told = marks[members] + mixed(np.frombuffer(origins, "<u8")[corpus.source[members]])
        found = sums_at(labels, mixed(mixed(told) + ranks(labels).astype(np.uint64)), len(corpus))
        self._marks = found + sums_at(self._labels[pairs[:, 0]], pair_marks(*marks[pairs].T), len(corpus))
        self._members: list[int] = members.tolist()
        """The passages of each component in their order, one component after another."""
        self._firsts = labels.searchsorted(self._labels)

    def claims(self, cluster: Callable[[list[Pair]], tuple[Claim, ...]], memory: Memory | None) -> tuple[Claim, ...]:
        """The claims of all components, in the order of their first passages.

        Args:
            cluster: Makes claims of some pairs, of which the strongest come first.
            memory: Where claims are kept; it never changes what comes out.
        """
        labels, marks, firsts = self._labels.tolist(), self._marks.tolist(), self._firsts.tolist()
        known = _read(memory.recall(_NAME) if memory else None)
        numbers, members = self._corpus.numbers, self._members
        found: list[tuple[int, Claim]] = []
        rows: dict[int, list[_Row]] = {}
        for label in {labels[one] for one, _ in self._strongest}:
            mark = marks[label]
            rows[mark] = known.get(mark, [])
            for places, chains, rests_on in rows[mark]:
                at = firsts[label]
                passages = [members[at + place] for place in places]
                found.append((passages[0], made(self._corpus, passages, chains, rests_on)))
        for claim in cluster([pair for pair in self._strongest if marks[labels[pair[0]]] not in known]):
            passages = [numbers[one] for one in claim.passages]
            label = labels[passages[0]]
            places = [members.index(one, firsts[label]) - firsts[label] for one in passages]
            rows[marks[label]].append((places, claim.chains, claim.rests_on))
            found.append((passages[0], claim))
        if memory:
            memory.keep(_NAME, json.dumps(rows).encode())
        return tuple(claim for _, claim in sorted(found, key=itemgetter(0)))


def _labels(pairs: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """For each of so many passages the first one of its component."""
    import numpy as np  # noqa: PLC0415

    labels, before = np.arange(count), np.zeros(count, np.int64)
    while not np.array_equal(labels, before):
        before = labels.copy()
        first = labels[pairs].min(axis=1)
        for column in pairs.T:
            np.minimum.at(labels, column, first)
        labels = labels[labels]
    return labels


def _read(content: bytes | None) -> Mapping[int, list[_Row]]:
    return {int(mark): rows for mark, rows in json.loads(content or b"{}").items()}
