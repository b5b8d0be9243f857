"""Pairs of passages that may say the same.

Pairs are looked for only where two passages share several of their rarest features, and each list of an inverted
index is walked with a window, so the work grows with the number of passages and not with its square.

Whether two passages meet hangs on the lists that they stand in, and on nothing else. So pairs are kept, and each
passage with all of its lists: of two of which one stands in the same lists as in the build before nothing is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.corroboration.arrays import counted, distinct, ranks
from briefing.corroboration.content import Corpus
from briefing.corroboration.marks import mixed, sums, sums_at
from briefing.model import Memory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KEYS = 8
"""Features of a passage that are looked up, the heaviest first."""
_PASSAGES = 25_000
"""Passages whose neighbours are gathered at once: at most ten million pairs, or 80 MB; all pairs of 10,000 sources
took 2 GB at once."""
_WINDOW = 24
"""How many neighbours in a list of the index a passage is compared with; and as many from its start. A list is longer
only where a corpus has hundreds of reports of one thing, which are joined through one another."""
_NAME = "pairs"


def candidates(corpus: Corpus, memory: Memory | None = None) -> NDArray[np.int64]:
    """Pairs of passages that are worth comparing, in their order: two columns, the passage of the older source first.

    They share at least two of their heaviest features; three, where one source repeats itself.

    Args:
        corpus: The passages.
        memory: Where the pairs are kept; it never changes what comes out.
    """
    import numpy as np  # noqa: PLC0415

    size = max(1, len(corpus))
    feature, holder = np.divmod(np.sort(_keys(corpus)), size)
    standing = _Standing(corpus, feature, holder)
    moved, kept = standing.since(memory)
    found = [kept]
    for at in range(0, size, _PASSAGES):
        wanted = np.flatnonzero(moved[holder] & (holder >= at) & (holder < at + _PASSAGES))
        met = _met(feature, holder, wanted, size)
        met = np.sort(met if moved.all() else met[moved[met // size]])
        pairs, more = counted(met[1:][met[1:] == met[:-1]])  # nineteen in twenty meet once
        first, second = np.divmod(pairs, size)
        again = corpus.source[first] == corpus.source[second]
        found.append(pairs[more > again])
    result = np.stack(np.divmod(np.sort(np.concatenate(found)), size), axis=1)
    standing.keep(result, memory)
    return result


def _met(
    feature: NDArray[np.int64], holder: NDArray[np.int64], wanted: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    """Pairs of passages near one another in a list of the index, once for each list, as `first * size + second`.

    Args:
        feature: The features of the index, ascending: a list of passages for each.
        holder: The passages, ascending within a feature.
        wanted: Where in the index the seconds of the pairs stand.
        size: Number of all passages.
    """
    import numpy as np  # noqa: PLC0415

    begin = feature.searchsorted(feature[wanted])
    place = wanted - begin
    met = [np.zeros(0, np.int64)]
    for step in range(1, _WINDOW + 1):  # the neighbours right before it
        near = wanted[place >= step]
        met.append(holder[near - step] * size + holder[near])
    for start in range(_WINDOW):  # and those at the start of the list
        far = place - _WINDOW > start
        met.append(holder[begin[far] + start] * size + holder[wanted[far]])
    return np.concatenate(met)


class _Standing:
    """Each passage with all the lists that it stands in, and everybody in them."""

    def __init__(self, corpus: Corpus, feature: NDArray[np.int64], holder: NDArray[np.int64]) -> None:
        """Take them down.

        Args:
            corpus: The passages.
            feature: The features of the index, ascending.
            holder: The passages, ascending within a feature.
        """
        import numpy as np  # noqa: PLC0415

        self._names = np.frombuffer(b"".join(one.contents for one in corpus.traits), "<u8")
        first = np.flatnonzero(np.append(True, feature[1:] != feature[:-1])[: len(feature)])
        ends = np.append(first, len(feature))
        rows = sums(mixed(self._names[holder] + ranks(feature).astype(np.uint64)), ends)
        lists = mixed(rows + corpus.features[feature[first]])
        self._stands = sums_at(holder, np.repeat(lists, np.diff(ends)), len(corpus))

    def since(self, memory: Memory | None) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """What is new since the build before.

        Returns:
            For each passage whether it is new or stands in another list, or one with others; and the pairs that were
            found then, as `first * size + second`, without those of two such passages.
        """
        import numpy as np  # noqa: PLC0415

        moved = np.ones(len(self._names), bool)
        names, stands, pairs = _read(memory.recall(_NAME) if memory else None)
        order = self._names.argsort()
        ascending = self._names[order]
        if not len(names) or not len(ascending) or (ascending[1:] == ascending[:-1]).any():
            return moved, np.zeros(0, np.int64)
        number = order[np.minimum(ascending.searchsorted(names), len(order) - 1)]
        is_here = self._names[number] == names
        stays = is_here & (self._stands[number] == stands)
        moved[number[stays]] = False
        first, second = pairs.astype(np.int64)
        sure = (stays[first] | stays[second]) & is_here[first] & is_here[second]
        found: NDArray[np.int64] = number[first[sure]] * len(moved) + number[second[sure]]
        return moved, found

    def keep(self, pairs: NDArray[np.int64], memory: Memory | None) -> None:
        """Keep the pairs for the next build."""
        if memory:
            arrays = (self._names.astype("<u8"), self._stands.astype("<u8"), pairs.T.astype("<i4"))
            memory.keep(_NAME, len(self._names).to_bytes(8, "little") + b"".join(one.tobytes() for one in arrays))


def _read(content: bytes | None) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The passages, where they stood, and two rows of pairs; nothing of nothing."""
    import numpy as np  # noqa: PLC0415

    content = content or bytes(8)
    count = int.from_bytes(content[:8], "little")
    names, stands = np.frombuffer(content, "<u8", 2 * count, 8).reshape(2, count)
    return names, stands, np.frombuffer(content[8 + 16 * count :], "<i4").reshape(2, -1)


def _keys(corpus: Corpus) -> NDArray[np.int64]:
    """The heaviest features of each passage that another source has too, as `feature * passages + passage`."""
    import numpy as np  # noqa: PLC0415

    size = max(1, len(corpus.features))
    parts, once = np.unique(corpus.part_holder * size + corpus.part, return_index=True)
    holder = np.concatenate((corpus.holder, parts // size))
    feature = np.concatenate((corpus.members, parts % size))
    weight = np.concatenate((corpus.member_weight, corpus.part_weight[once]))
    told = distinct(corpus.source[holder] * size + feature) % size
    common = np.bincount(told, minlength=size)[feature] > 1
    holder, feature, weight = holder[common], feature[common], weight[common]
    heaviest = int(weight.max(initial=0))  # passage, weight and feature in one number: sorted ten times as fast
    found, feature = np.divmod(np.sort((holder * (heaviest + 1) + heaviest - weight) * size + feature), size)
    holder = found // (heaviest + 1)
    heavy = ranks(holder) < _KEYS
    keys: NDArray[np.int64] = feature[heavy] * len(corpus) + holder[heavy]
    return keys
