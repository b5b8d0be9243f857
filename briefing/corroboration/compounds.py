"""Compounds and what they are made of: `Partnerschaftsvertrag` holds `Vertrag` where the corpus uses that word too.

To split every long word of a thousand sources takes a quarter of all comparing, and nearly all of them fall apart as
they did in the build before. So splits are kept. A split hangs on the word and on the words of the corpus, and every
part stands at an end of its word: what must be split anew is what nobody has split, what has at one of its ends a word
that is new, and what had a part that is gone.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from briefing.corroboration.arrays import is_in, spread
from briefing.corroboration.traits import SHORTEST_PART, feature_hash
from briefing.model import Memory, Traits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHORTEST_COMPOUND = 8
_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""Letters that German puts between the parts of a compound (Duden, Die Grammatik, §1083)."""
_MANY = 100
"""New words from which splitting everything is no slower than looking for those that stand at an end of another: among
the 50,000 words of 1,000 sources one takes a millisecond."""
_NAME = "compounds"


class Compounds:
    """The compounds of a corpus."""

    def __init__(
        self,
        traits: Sequence[Traits],
        features: NDArray[np.uint64],
        vocabulary: NDArray[np.int64],
        at: NDArray[np.int64],
        memory: Memory | None = None,
    ) -> None:
        """Split every word that may be a compound.

        Args:
            traits: Of each source.
            features: The hashes of all features of the corpus, ascending.
            vocabulary: The features of each source by their places in `features`, one source after another.
            at: Where each source's start in `vocabulary`; one more than there are sources.
            memory: Where the splits are kept.
        """
        spelling = _Spelling(traits, features, vocabulary, at)
        kept = _read(memory.recall(_NAME) if memory else None)
        self._state = _renewed(kept, spelling)
        if memory and self._state is not kept:
            memory.keep(_NAME, _written(self._state))

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a word of a language that writes compounds as one word; none of most."""
        return self._state.splits.get(word, ())

    @property
    def rows(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The hashes of all compounds, once for each part, and those of their parts in their order."""
        return self._state.whole, self._state.made_of


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that splits hang on, and the splits."""

    known: NDArray[np.uint64]
    """The hashes of all words that a compound may be made of, ascending."""
    hashes: NDArray[np.uint64]
    """The hashes of all words that may be compounds, ascending."""
    splits: Mapping[str, tuple[str, ...]]
    """The parts of each compound: the last, and what stands before it where that is known; or the first alone."""
    whole: NDArray[np.uint64]
    """The hash of each compound, once for each part."""
    made_of: NDArray[np.uint64]
    """The hashes of their parts."""


class _Spelling:
    """The words of a corpus: their hashes at once, and how they are spelt when somebody asks."""

    def __init__(
        self,
        traits: Sequence[Traits],
        features: NDArray[np.uint64],
        vocabulary: NDArray[np.int64],
        at: NDArray[np.int64],
    ) -> None:
        import numpy as np  # noqa: PLC0415

        self._traits, self._features, self._vocabulary, self._at = traits, features, vocabulary, at
        counts = np.array([one.words.count("\n") + 1 if one.words else 0 for one in traits], np.int64)
        self.known = self._hashes(counts)
        self.may_be_compounds = self._hashes(counts * np.array([one.compounds for one in traits], bool))

    def of(self, hashes: NDArray[np.uint64]) -> list[str]:
        """The words with these hashes, in their order."""
        import numpy as np  # noqa: PLC0415

        wanted = np.zeros(len(self._features), bool)
        wanted[self._features.searchsorted(hashes)] = True
        ends = np.concatenate(([0], np.cumsum(wanted[self._vocabulary])))[self._at]
        spelt: dict[int, str] = {}
        for number in np.flatnonzero(np.diff(ends)).tolist():
            one = self._traits[number]
            spelt.update(zip(np.frombuffer(one.features, "<u8").tolist(), one.words.split("\n"), strict=False))
        return [spelt[number] for number in hashes.tolist()]

    def _hashes(self, counts: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Of the first so many features of each source, which are its longer words, each once."""
        import numpy as np  # noqa: PLC0415

        chosen = np.zeros(len(self._features), bool)
        chosen[self._vocabulary[spread(self._at[:-1], counts)]] = True
        return self._features[chosen]


class _Hashed(Container[str]):
    """Words that are known by their hashes only."""

    def __init__(self, hashes: NDArray[np.uint64]) -> None:
        self._hashes = frozenset(hashes.tolist())

    def __contains__(self, word: object) -> bool:
        return int.from_bytes(feature_hash(str(word)), "little") in self._hashes


def _renewed(kept: _State, spelling: _Spelling) -> _State:
    """The splits of a corpus, starting from what was kept of an earlier one."""
    import numpy as np  # noqa: PLC0415

    known, hashes = spelling.known, spelling.may_be_compounds
    if np.array_equal(known, kept.known) and np.array_equal(hashes, kept.hashes):
        return kept
    added = known[~is_in(known, kept.known)]
    words = spelling.of(hashes)
    if len(added) > _MANY:
        return _state(known, hashes, dict(_split_all(words, frozenset(spelling.of(known)))))
    lost = _Hashed(kept.known[~is_in(kept.known, known)])
    new = set(spelling.of(hashes[~is_in(hashes, kept.hashes)]))
    again = new | set(_with_an_end(words, spelling.of(added)))
    again.update(word for word, parts in kept.splits.items() if any(part in lost for part in parts))
    here = frozenset(words)
    sound = {word: parts for word, parts in kept.splits.items() if word in here and word not in again}
    return _state(known, hashes, sound | dict(_split_all(again & here, _Hashed(known))))


def _with_an_end(words: Sequence[str], ends: Iterable[str]) -> Iterator[str]:
    """Those of some words that begin or end with one of `ends`."""
    text = "\n".join(["", *words, ""])
    for end in ends:
        for sought, into in ((f"\n{end}", 1), (f"{end}\n", 0)):
            place = text.find(sought)
            while place >= 0:
                yield text[text.rfind("\n", 0, place + into) + 1 : text.index("\n", place + into)]
                place = text.find(sought, place + 1)


def _split_all(words: Iterable[str], known: Container[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Those of some words that are compounds, with their parts."""
    for word in words:
        if len(word) >= _SHORTEST_COMPOUND and (parts := _split(word, known)):
            yield word, parts


def _split(word: str, known: Container[str]) -> tuple[str, ...]:
    """Its last part, and what stands before it where that is known; else its first part."""
    for cut in range(SHORTEST_PART - 1, len(word) - SHORTEST_PART + 1):
        if word[cut:] in known:
            heads = (word[:cut].removesuffix(link) for link in _LINKS)
            first = next((head for head in heads if head in known), None)
            return (word[cut:], first) if first else (word[cut:],)
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if word[:cut] in known:
            return (word[:cut],)
    return ()


# ------------------------------------------------------------------------------------------------------------ keeping


def _state(known: NDArray[np.uint64], hashes: NDArray[np.uint64], splits: dict[str, tuple[str, ...]]) -> _State:
    whole = b"".join(feature_hash(word) * len(parts) for word, parts in splits.items())
    made_of = b"".join(feature_hash(part) for parts in splits.values() for part in parts)
    return _State(known, hashes, splits, _array(whole), _array(made_of))


def _written(state: _State) -> bytes:
    """A state as bytes: the length of each array, the arrays, the splits."""
    arrays = [one.astype("<u8").tobytes() for one in (state.known, state.hashes, state.whole, state.made_of)]
    lengths = b"".join(len(one).to_bytes(8, "little") for one in arrays)
    return lengths + b"".join(arrays) + json.dumps(state.splits).encode()


def _read(content: bytes | None) -> _State:
    """The state that `_written` made bytes of; an empty one of none."""
    if content is None:
        return _state(_array(b""), _array(b""), {})
    places = [32, *(int.from_bytes(content[8 * n : 8 * n + 8], "little") for n in range(4))]
    known, hashes, whole, made_of = (_array(content[a:b]) for a, b in pairwise(accumulate(places)))
    splits = {word: tuple(parts) for word, parts in json.loads(content[sum(places) :]).items()}
    return _State(known, hashes, splits, whole, made_of)


def _array(content: bytes) -> NDArray[Any]:
    import numpy as np  # noqa: PLC0415

    return np.frombuffer(content, "<u8")
