"""How much of what a passage speaks of other sources on the same event speak of too: what many mention matters more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.corroboration.arrays import distinct, is_in, ranks, spread
from briefing.corroboration.content import Corpus
from briefing.corroboration.marks import mixed, pair_marks, sums, sums_at
from briefing.model import Memory

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ENOUGH = 2
"""Other sources that must have a word for it to count in full; more would favour what stands in every article
anyway."""
_TITLE = 0.5
"""What a passage gains that says all that its title says."""
_FEWEST = 4
"""Features below which a passage is heard less: that others have all three words of `residents confirmed the news`
says little."""
_RELATED = 2
"""Names that two sources share where they speak of one event; see `claims`."""
_LOOKED_AT = 60
"""Sources of a word that are looked at; a word of more is either common, or finds two related ones among these."""
_NAME = "echoes"
_AT_ONCE = 100
"""Sources whose words are looked up at once: a million places in lists, or 8 MB."""


def echoes(corpus: Corpus, kindred: NDArray[np.int64], memory: Memory | None = None) -> dict[str, float]:
    """For each passage the part of its words, names and numbers that related sources have too, 0 to 1.

    Words are counted, not weighed, and unrelated sources are not heard: so an article on another event changes nothing.

    Args:
        corpus: The passages.
        kindred: Two columns of sources that are known to be of one event, whatever names they share.
        memory: Where it is kept what of a source was heard; it never changes what comes out.
    """
    import numpy as np  # noqa: PLC0415

    size = max(1, len(corpus.features))
    everything = np.concatenate(
        (
            corpus.members * len(corpus.sources) + corpus.source[corpus.holder],
            corpus.part * len(corpus.sources) + corpus.source[corpus.part_holder],
        )
    )
    lists = _lists(distinct(everything), len(corpus.sources), size)
    marks = _Marks(corpus, lists)
    kept = _Heard(memory)
    heard = np.zeros(len(corpus.vocabulary), np.uint8)
    keys = [np.zeros(0, np.uint64)]
    for first, related in _related(corpus, kindred):
        keys.append(marks.of(first, related))
        new = kept.fill(heard, corpus.at[first : first + len(related) + 1], keys[-1])
        _hear(heard, corpus, lists, new + first, related[new])
    kept.keep(np.concatenate(keys), corpus.at, heard)
    return dict(zip(corpus.ids, _of_passages(corpus, heard / _ENOUGH).tolist(), strict=True))


def _hear(
    heard: NDArray[np.uint8],
    corpus: Corpus,
    lists: tuple[NDArray[np.int64], NDArray[np.int64]],
    sources: NDArray[np.int64],
    related: NDArray[np.bool_],
) -> None:
    """Take down of each feature of some sources how many related ones have it, told up to `_ENOUGH`."""
    import numpy as np  # noqa: PLC0415

    starts, holders = lists
    own = corpus.at[sources + 1] - corpus.at[sources]
    places = spread(corpus.at[sources], own)
    features = corpus.vocabulary[places]
    counts = starts[features + 1] - starts[features]
    each = np.repeat(np.arange(len(sources)), own)
    others = holders[spread(starts[features], counts)]
    met = np.concatenate(([0], np.cumsum(related[np.repeat(each, counts), others])))
    ends = np.cumsum(counts)
    heard[places] = np.minimum(met[ends] - met[ends - counts], _ENOUGH)


# ------------------------------------------------------------------------------------------------------------ keeping


class _Marks:
    """Tells everything that it hangs on what is heard of a source: its own features, and the lists that others are on.

    Of a list that is not looked at to its end, those that are not reached are as if they did not have the feature.
    """

    def __init__(self, corpus: Corpus, lists: tuple[NDArray[np.int64], NDArray[np.int64]]) -> None:
        import numpy as np  # noqa: PLC0415

        starts, holders = lists
        listed = np.repeat(mixed(corpus.features), np.diff(starts)[: len(corpus.features)])
        self._listed = mixed(sums_at(holders, listed, len(corpus.sources)))
        place = np.arange(len(corpus.vocabulary)) - np.repeat(corpus.at[:-1], np.diff(corpus.at))
        self._own = mixed(sums(mixed(corpus.features[corpus.vocabulary] + place.astype(np.uint64)), corpus.at))

    def of(self, first: int, related: NDArray[np.bool_]) -> NDArray[np.uint64]:
        """The marks of some sources that follow one another.

        Args:
            first: The first of them.
            related: A row for each: which others are related.
        """
        one, other = related.nonzero()
        heard = sums_at(one, self._listed[other], len(related))
        return pair_marks(self._own[first : first + len(related)], heard)


class _Heard:
    """What was heard of each source in the build before, by its mark."""

    def __init__(self, memory: Memory | None) -> None:
        import numpy as np  # noqa: PLC0415

        self._memory = memory
        content = (memory and memory.recall(_NAME)) or bytes(8)
        count = int.from_bytes(content[:8], "little")
        self._keys = np.frombuffer(content, "<u8", count, 8)
        self._starts = np.frombuffer(content, "<i8", count, 8 + 8 * count)
        self._heard = np.frombuffer(content, np.uint8, -1, 8 + 16 * count) if count else np.zeros(0, np.uint8)

    def fill(self, heard: NDArray[np.uint8], at: NDArray[np.int64], keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Fill in what is known of some sources that follow one another.

        Args:
            heard: Of all features of all sources.
            at: Where those of each source start, and where the last one's end.
            keys: Their marks.

        Returns:
            Those of which nothing is known, by their places among these.
        """
        import numpy as np  # noqa: PLC0415

        known = is_in(keys, self._keys)
        places = self._keys.searchsorted(keys[known])
        counts = np.diff(at)[known]
        heard[spread(at[:-1][known], counts)] = self._heard[spread(self._starts[places], counts)]
        return np.flatnonzero(~known)

    def keep(self, keys: NDArray[np.uint64], at: NDArray[np.int64], heard: NDArray[np.uint8]) -> None:
        """Keep what was heard of each source, for the next build."""
        if self._memory:
            order = keys.argsort()
            arrays = (keys[order].astype("<u8"), at[:-1][order].astype("<i8"), heard)
            content = len(keys).to_bytes(8, "little") + b"".join(one.tobytes() for one in arrays)
            self._memory.keep(_NAME, content)


# ---------------------------------------------------------------------------------------------------------- relations


def _of_passages(corpus: Corpus, heard: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415

    places = np.concatenate(
        [np.frombuffer(one.members, "<i4") + at for one, at in zip(corpus.traits, corpus.at[:-1], strict=True)]
        or [np.zeros(0, np.int64)]
    )
    sums = np.concatenate(([0], np.cumsum(heard[places])))
    total = sums[corpus.starts[1:]] - sums[corpus.starts[:-1]]
    titled = np.frombuffer(b"".join(one.titled for one in corpus.traits), "<f8")
    return np.round(total / np.maximum(np.diff(corpus.starts), _FEWEST) + _TITLE * titled, 3)


def _related(corpus: Corpus, kindred: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Which others share enough names with a source; of a name all have, the first that do.

    Yields:
        The number of a source, and a row for it and for each of those that follow.
    """
    import numpy as np  # noqa: PLC0415

    count = len(corpus.sources)
    held = [np.frombuffer(one.names, "<u8") for one in corpus.traits]
    names, found = np.unique(np.concatenate(held or [np.zeros(0, np.uint64)]), return_inverse=True)
    at = np.concatenate(([0], np.cumsum([len(one) for one in held]))).astype(np.int64)
    source = np.repeat(np.arange(count), np.diff(at))
    starts, holders = _lists(np.sort(found * count + source), count, len(names))
    both = np.concatenate((kindred, kindred[:, ::-1]))
    both = both[np.argsort(both[:, 0], kind="stable")]
    for first in range(0, count, _AT_ONCE):
        size = min(_AT_ONCE, count - first)
        own = found[at[first] : at[first + size]]
        counts = starts[own + 1] - starts[own]
        each = np.repeat(source[at[first] : at[first + size]] - first, counts)
        met = np.bincount(each * count + holders[spread(starts[own], counts)], minlength=size * count)
        related = met.reshape(size, count) >= _RELATED
        kin = both[slice(*both[:, 0].searchsorted((first, first + size)))]
        related[kin[:, 0] - first, kin[:, 1]] = True
        related[np.arange(size), np.arange(first, first + size)] = False
        yield first, related


def _lists(codes: NDArray[np.int64], count: int, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each feature the first sources that have it, one list after another, and where each starts.

    Args:
        codes: `feature * count + source`, ascending.
        count: The number of sources.
        size: The number of features.
    """
    import numpy as np  # noqa: PLC0415

    feature, source = np.divmod(codes, max(1, count))
    first = ranks(feature) < _LOOKED_AT
    return feature[first].searchsorted(np.arange(size + 1)), source[first]
