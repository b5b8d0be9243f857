"""Sums and look-ups over arrays of whole numbers: what comparing thousands of sources is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def spread(firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each range its numbers one after another: `spread([5, 9], [2, 1])` is `[5, 6, 9]`."""
    import numpy as np  # noqa: PLC0415

    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(firsts - ends + counts, counts)


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, ascending: faster by half than `numpy.unique`, which hashes them first."""
    import numpy as np  # noqa: PLC0415

    ascending = np.sort(numbers)
    return ascending[np.append(True, ascending[1:] != ascending[:-1])] if len(ascending) else ascending


def ranks(ascending: NDArray[Any]) -> NDArray[np.int64]:
    """For each of some ascending values how many of the same stand before it: `ranks([3, 3, 7])` is `[0, 1, 0]`."""
    import numpy as np  # noqa: PLC0415

    first = np.flatnonzero(np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)])
    return np.arange(len(ascending)) - np.repeat(first, np.diff(np.append(first, len(ascending))))


def counted(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each number once, ascending, and how often it comes."""
    import numpy as np  # noqa: PLC0415

    ascending = np.sort(numbers)
    first = np.flatnonzero(np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)])
    return ascending[first], np.diff(np.append(first, len(ascending)))


def is_in(wanted: NDArray[Any], ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of some numbers stand in an ascending array."""
    import numpy as np  # noqa: PLC0415

    if not len(ascending):
        return np.zeros(len(wanted), bool)
    at = np.minimum(ascending.searchsorted(wanted), len(ascending) - 1)
    found: NDArray[np.bool_] = ascending[at] == wanted
    return found


def joined(arrays: list[Any], kind: type[np.generic]) -> NDArray[Any]:
    """Some arrays one after another, which may be none."""
    import numpy as np  # noqa: PLC0415

    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
