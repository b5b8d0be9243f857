"""What comparing two passages finds, kept from one build to the next.

A verdict hangs on the two passages, the weights of their features and the names of their sources, and on nothing else.
All of it goes into one number of eight bytes, by which the verdict is kept: so after one source has changed, only pairs
are compared that have something new in them, and what comes out is what comparing all of them would give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.corroboration.claims import are_alike, certain, likely
from briefing.corroboration.content import Corpus
from briefing.corroboration.disputes import Differing, DisputeKind, difference, is_denied, is_reworded
from briefing.corroboration.marks import EIGHT_BYTES, ODD, mixed, pair_marks, sums
from briefing.corroboration.matching import Match, compare, promising
from briefing.corroboration.relations import ONE_EVENT, relations

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CERTAIN, LIKELY, FIRST_DENIED, SECOND_DENIED, FIGURE, DATE, REWORDED = (1 << bit for bit in range(7))
"""What a verdict may hold."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of passages of which comparing found something, in their order, a row each."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    found: NDArray[np.uint8]
    strength: NDArray[np.float64]
    """Weight of what they share, times its part of all."""

    def of(self, what: int) -> list[tuple[int, int]]:
        """The pairs whose verdict holds `what`."""
        chosen = (self.found & what) > 0
        return list(zip(self.first[chosen].tolist(), self.second[chosen].tolist(), strict=True))

    def strongest(self, what: int) -> list[tuple[int, int]]:
        """The same, the strongest first."""
        import numpy as np  # noqa: PLC0415

        chosen = np.flatnonzero(self.found & what)
        chosen = chosen[np.argsort(-self.strength[chosen], kind="stable")]
        return list(zip(self.first[chosen].tolist(), self.second[chosen].tolist(), strict=True))

    def differing(self) -> Differing:
        """The pairs that do not go together."""
        rows = list(zip(self.first.tolist(), self.second.tolist(), self.found.tolist(), strict=True))
        kinds: tuple[tuple[int, DisputeKind], ...] = ((FIGURE, "figure"), (DATE, "date"))
        denied = [
            pair
            for one, other, found in rows
            for bit, pair in ((FIRST_DENIED, (one, other)), (SECOND_DENIED, (other, one)))
            if found & bit
        ]
        apart = [(one, other, kind) for one, other, found in rows for bit, kind in kinds if found & bit]
        return Differing(tuple(denied), tuple(apart), tuple(self.of(REWORDED)))


class Verdicts:
    """Compares pairs of passages, and remembers."""

    def __init__(self, corpus: Corpus, kept: bytes | None = None) -> None:
        """Make what is needed to recognise pairs.

        Args:
            corpus: The passages.
            kept: What `kept` gave after an earlier build.
        """
        import numpy as np  # noqa: PLC0415

        self._corpus = corpus
        self.marks = _marks(corpus)
        """Tells of each passage everything that comparing it hangs on but the relation of the sources."""
        self._of_sources = _marks_of_sources(corpus)
        self.kindred = np.zeros((0, 2), np.int64)
        """Pairs of sources that tell of one event, among those whose passages were compared."""
        self._worth, self._relation, self._found, self._alike = _tables(kept)

    def of(self, pairs: NDArray[np.int64]) -> Pairs:
        """The verdicts on some pairs, without those that found nothing.

        Args:
            pairs: Two columns of passages, the one of the older source first.
        """
        import numpy as np  # noqa: PLC0415

        corpus = self._corpus
        keys = pair_marks(self.marks[pairs[:, 0]], self.marks[pairs[:, 1]])
        worth = self._worth.values(keys, lambda new: promising(corpus, pairs[new]))[:, 0] > 0
        pairs, keys = pairs[worth], keys[worth]
        related = self._related(pairs)
        told = related > 0  # no rule finds anything between sources that have nothing in common
        pairs, related, keys = pairs[told], related[told], pair_marks(keys[told], related[told].astype(np.uint64))
        found, strength = self._found.values(keys, lambda new: self._compared(pairs[new], related[new])).T
        some = found > 0
        return Pairs(pairs[some, 0], pairs[some, 1], found[some].astype(np.uint8), strength[some])

    def are_alike(self, one: int, other: int) -> bool:
        """Whether two passages may stand in one claim."""
        pair = sorted((one, other))
        first, second = (int(self.marks[number]) for number in pair)  # which are mixed well enough for a plain sum
        return bool(self._alike.value((first * ODD + second) & EIGHT_BYTES, lambda: are_alike(self._match(pair, 0))))

    def kept(self) -> bytes:
        """What the next build may start from: what this one asked for."""
        return b"".join(table.kept() for table in (self._worth, self._relation, self._found, self._alike))

    def _related(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each pair how its sources stand to one another."""
        import numpy as np  # noqa: PLC0415

        count = max(1, len(self._corpus.sources))
        codes = self._corpus.source[pairs[:, 0]] * count + self._corpus.source[pairs[:, 1]]
        asked, where = np.unique(codes, return_inverse=True)
        sources = np.stack(np.divmod(asked, count), axis=1)
        keys = pair_marks(self._of_sources[sources[:, 0]], self._of_sources[sources[:, 1]])
        related = self._relation.values(keys, lambda new: relations(self._corpus, sources[new]))[:, 0].astype(np.int64)
        self.kindred = sources[(related >= ONE_EVENT) & (sources[:, 0] != sources[:, 1])]
        return related[where]

    def _match(self, pair: Sequence[int], related: int) -> Match:
        one, other = pair
        return compare(self._corpus[one], self._corpus[other], related)

    def _compared(self, pairs: NDArray[np.int64], related: NDArray[np.int64]) -> NDArray[np.float64]:
        """The verdicts, each with the strength of the match."""
        import numpy as np  # noqa: PLC0415

        order = _together(self._corpus, pairs)
        rows = zip(pairs[order].tolist(), related[order].tolist(), strict=True)
        matches = (self._match(pair, names) for pair, names in rows)
        found = np.zeros((len(pairs), 2))
        found[order] = [(_verdict(match), match.dice * match.shared) for match in matches]
        return found


def _together(corpus: Corpus, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """An order in which sources that are compared with one oldest source follow each other: each is opened once."""
    import numpy as np  # noqa: PLC0415

    one, other = corpus.source[pairs[:, 0]], corpus.source[pairs[:, 1]]
    kin = np.arange(len(corpus.sources))
    np.minimum.at(kin, other, one)
    return np.lexsort((pairs[:, 1], pairs[:, 0], kin[one]))


def _verdict(match: Match) -> int:
    first_is_denied, second_is_denied = is_denied(match)
    kind = difference(match)
    return (
        CERTAIN * certain(match)
        | LIKELY * likely(match)
        | FIRST_DENIED * first_is_denied
        | SECOND_DENIED * second_is_denied
        | FIGURE * (kind == "figure")
        | DATE * (kind == "date")
        | REWORDED * is_reworded(match)
    )


# ------------------------------------------------------------------------------------------------------------ keeping


class _Table:
    """One or two numbers by key: those of an earlier build, and those that were asked for in this one."""

    def __init__(self, keys: NDArray[np.uint64], values: NDArray[np.float64]) -> None:
        """Start with what was kept; `keys` ascend, and `values` have a row each."""
        self._keys, self._values = keys, values
        self._asked: list[tuple[NDArray[np.uint64], NDArray[np.float64]]] = []
        self._singly: dict[int, float] = {}

    def values(
        self, keys: NDArray[np.uint64], work: Callable[[NDArray[np.int64]], NDArray[Any]]
    ) -> NDArray[np.float64]:
        """The values of each key.

        Args:
            keys: What is asked for.
            work: Gives the values of those keys that are not known, by their places.
        """
        import numpy as np  # noqa: PLC0415

        values = np.zeros((len(keys), self._values.shape[1]))
        known = np.zeros(len(keys), bool)
        if len(self._keys):
            at = np.minimum(self._keys.searchsorted(keys), len(self._keys) - 1)
            known = self._keys[at] == keys
            values[known] = self._values[at[known]]
        if not known.all():
            values[~known] = work(np.flatnonzero(~known)).reshape(-1, values.shape[1])
        self._asked.append((keys, values))
        return values

    def value(self, key: int, work: Callable[[], float]) -> float:
        """The first value of one key, which `work` gives where it is not known."""
        import numpy as np  # noqa: PLC0415

        if key not in self._singly:
            at = int(self._keys.searchsorted(np.uint64(key)))
            is_known = at < len(self._keys) and int(self._keys[at]) == key
            self._singly[key] = float(self._values[at, 0]) if is_known else float(work())
        return self._singly[key]

    def kept(self) -> bytes:
        """What was asked for, for `_tables`."""
        import numpy as np  # noqa: PLC0415

        single = np.zeros((len(self._singly), self._values.shape[1]))
        single[:, 0] = list(self._singly.values())
        keys = np.concatenate([*(keys for keys, _ in self._asked), np.array(list(self._singly), np.uint64)])
        values = np.concatenate([*(values for _, values in self._asked), single])
        order = np.argsort(keys)
        keys, values = keys[order], values[order]
        first = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
        keys, values = keys[first], values[first]
        content: bytes = keys.astype("<u8").tobytes() + values.astype("<f8").tobytes()
        return len(keys).to_bytes(8, "little") + content


def _tables(kept: bytes | None) -> list[_Table]:
    """The tables that `Verdicts` keeps, empty where nothing was kept."""
    tables, at = [], 0
    for width in (1, 1, 2, 1):
        count = int.from_bytes(kept[at : at + 8], "little") if kept else 0
        keys, values = at + 8, at + 8 + 8 * count
        at = values + 8 * count * width
        found = _array((kept or b"")[values:at], "<f8").reshape(-1, width)
        tables.append(_Table(_array((kept or b"")[keys:values], "<u8"), found))
    return tables


def _marks(corpus: Corpus) -> NDArray[np.uint64]:
    """For each passage a number that tells everything that comparing it hangs on but the relation of the sources."""
    import numpy as np  # noqa: PLC0415

    contents = _array(b"".join(one.contents for one in corpus.traits), "<u8")
    weighed = mixed(corpus.features[corpus.members] + corpus.member_weight.astype(np.uint64))
    parts = mixed(
        mixed(corpus.features[corpus.part] + corpus.part_weight.astype(np.uint64)) + corpus.features[corpus.part_word]
    )
    marks = sums(weighed, corpus.starts) + sums(parts, corpus.part_holder.searchsorted(np.arange(len(corpus) + 1)))
    return mixed(mixed(marks) + contents + np.uint64(corpus.unit))


def _marks_of_sources(corpus: Corpus) -> NDArray[np.uint64]:
    """For each source a number that tells its names, and its vocabulary with the weights."""
    import numpy as np  # noqa: PLC0415

    weight = corpus.weight[corpus.vocabulary].astype(np.uint64)
    words = sums(mixed(corpus.features[corpus.vocabulary] + weight), corpus.at)
    names = [_array(one.names, "<u8") for one in corpus.traits]
    ends = np.concatenate(([0], np.cumsum([len(one) for one in names]))).astype(np.int64)
    return mixed(mixed(words) + sums(mixed(np.concatenate([*names, np.zeros(0, np.uint64)])), ends))


def _array(content: bytes, kind: str) -> NDArray[Any]:
    import numpy as np  # noqa: PLC0415

    return np.frombuffer(content, kind)
