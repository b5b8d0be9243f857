"""How much of what a passage speaks of other sources on the same event speak of too: what many mention matters more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.corroboration.arrays import distinct, ranks, spread
from briefing.corroboration.content import Corpus

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
_AT_ONCE = 100
"""Sources whose words are looked up at once: a million places in lists, or 8 MB."""


def echoes(corpus: Corpus, kindred: NDArray[np.int64]) -> dict[str, float]:
    """For each passage the part of its words, names and numbers that related sources have too, 0 to 1.

    Words are counted, not weighed, and unrelated sources are not heard: so an article on another event changes nothing.

    Args:
        corpus: The passages.
        kindred: Two columns of sources that are known to be of one event, whatever names they share.
    """
    import numpy as np  # noqa: PLC0415

    size = max(1, len(corpus.features))
    everything = np.concatenate(
        (
            corpus.members * len(corpus.sources) + corpus.source[corpus.holder],
            corpus.part * len(corpus.sources) + corpus.source[corpus.part_holder],
        )
    )
    starts, holders = _lists(distinct(everything), len(corpus.sources), size)
    heard = np.zeros(len(corpus.vocabulary))
    for first, related in _related(corpus, kindred):
        own = slice(corpus.at[first], corpus.at[first + len(related)])
        features = corpus.vocabulary[own]
        counts = starts[features + 1] - starts[features]
        each = np.repeat(np.arange(len(related)), np.diff(corpus.at[first : first + len(related) + 1]))
        others = holders[spread(starts[features], counts)]
        met = np.concatenate(([0], np.cumsum(related[np.repeat(each, counts), others])))
        ends = np.cumsum(counts)
        heard[own] = np.minimum(met[ends] - met[ends - counts], _ENOUGH) / _ENOUGH
    return dict(zip(corpus.ids, _of_passages(corpus, heard).tolist(), strict=True))


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
