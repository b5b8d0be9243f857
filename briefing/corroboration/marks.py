"""Numbers of eight bytes that tell what something hangs on, by which what was found is kept between builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EIGHT_BYTES = 2**64 - 1
ODD = 0x9E3779B97F4A7C15
"""2 to the power of 64 by the golden ratio, as SplitMix64 has it."""


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers without a likeness to those they were made of (the finaliser of SplitMix64, Steele et al. 2014)."""
    import numpy as np  # noqa: PLC0415

    mixed = numbers.astype(np.uint64) + np.uint64(ODD)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def pair_marks(ones: NDArray[np.uint64], others: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The mark of each pair of marks, in their order."""
    return mixed(mixed(ones) + others)


def sums(numbers: NDArray[np.uint64], starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The sum of each stretch of some numbers; what does not fit into eight bytes falls off."""
    import numpy as np  # noqa: PLC0415

    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(numbers, dtype=np.uint64)))
    result: NDArray[np.uint64] = sums[starts[1:]] - sums[starts[:-1]]
    return result


def sums_at(places: NDArray[np.int64], numbers: NDArray[np.uint64], count: int) -> NDArray[np.uint64]:
    """For each of so many places the sum of the numbers that belong to it; the same falls off."""
    import numpy as np  # noqa: PLC0415

    result = np.zeros(count, np.uint64)
    np.add.at(result, places, numbers)
    return result
