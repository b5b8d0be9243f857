"""Runs of words that two texts share, found without reading both: by marks that each text has been given beforehand.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of each few neighbouring groups of words the one with the smallest hash
marks the text. Two texts that share a run share its groups, and so a mark; texts without a common mark share no run.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

RUN = 7
"""Words of a run."""
_GROUP = 5
"""Words of a group. Groups of three are shared by texts that share no run (`in the year`), and with seven every word
begins a mark; with five a text has a mark for two words."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of `RUN` words of a text, in small letters.

    >>> list(runs("One two three four five six seven."))
    [('one', 'two', 'three', 'four', 'five', 'six', 'seven')]
    """
    words = _words(text)
    for at in range(len(words) - RUN + 1):
        yield tuple(words[at : at + RUN])


def marks(text: str) -> frozenset[int]:
    """The marks of a text, of four bytes each; texts without a common one share no run of words.

    >>> bool(marks("Now the ferry will never sail again from here") & marks("The ferry will never sail again from it"))
    True
    """
    words = _words(text)
    groups = [
        zlib.crc32(" ".join(group).encode("utf-8", "surrogatepass"))
        for group in zip(*(words[first:] for first in range(_GROUP)), strict=False)
    ]
    return frozenset(map(min, *(groups[first:] for first in range(RUN - _GROUP + 1))))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
