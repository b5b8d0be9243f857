"""Dictionary forms of words: one door to simplemma, which opens its dictionaries only as far as they are read.

simplemma decodes the whole dictionary of a language before the first word is looked up: 0.8 s and 200 MB for the 1.1
million German forms, of which a briefing of five sources asks for 1,800. The dictionary is a sorted stream in which
each word stores what it does not share with the word before, so it can also be read from the middle, given the word
that stands there. `data/<language>/dictionary.index` lists such places; a look-up then decodes 16 words on average, in
6 µs. After many look-ups (`SHARE`) the whole dictionary pays, and is loaded. What simplemma's files hold is unpacked
once a machine (`briefing.compiled`; 9 MB), and then read only where a word is looked up.

Answers are simplemma's own, always: an index that was not made from the installed dictionary (`python -m
training.dictionary` makes it) and a language without one cost time only.
"""

from __future__ import annotations

import hashlib
import lzma
import marshal
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

from briefing.compiled import FOLDER, keep, recall, recall_piecewise
from briefing.wordforms import Strategy, normalized, part, strategies

SHARE = 30
"""The whole dictionary is loaded after one word looked up for so many it has: 37,000 for German, 6,000 for English.

A look-up takes as long as loading eight words, so nobody waits twice as long as with the better of the two."""
STEP = 32
"""Words from one place of the index to the next: 180 KB for German; with 64 half of that, for 5 µs more a look-up."""
_MORE = 0x80
"""The bit of a number's byte that says that another byte follows."""
_SAME_AS_BEFORE, _LITERAL = 254, 255
"""Marks of simplemma's format `SMFC1`: the lemma is that of the word before; it is spelt out."""


def lemmatize(word: str, lang: str) -> str:
    """The dictionary form of `word`.

    Args:
        word: A word, not empty.
        lang: ISO 639-1 code.

    Raises:
        ValueError: simplemma has no dictionary of the language.

    >>> lemmatize("Häusern", lang="de"), lemmatize("went", lang="en")
    ('Haus', 'go')
    """
    return _lemma(normalized(word), lang)


@lru_cache(maxsize=65_536)  # as simplemma does
def _lemma(word: str, lang: str) -> str:
    _, by_every_means, last_resort = _strategies()
    found = by_every_means.get_lemma(word, lang)
    return str(last_resort.get_lemma(word, lang)) if found is None else found


def is_known(word: str, lang: str) -> bool:
    """Whether the dictionary has `word`, with a small or a capital first letter.

    Args:
        word: A word, not empty.
        lang: ISO 639-1 code.

    Raises:
        ValueError: simplemma has no dictionary of the language.

    >>> is_known("Häusern", lang="de"), is_known("Qwertz", lang="de")
    (True, False)
    """
    look_up, _, _ = _strategies()
    return look_up.get_lemma(normalized(word), lang) is not None


# --------------------------------------------------------------------------------------------------------- the stream


class Stream(Mapping[str, str]):
    """A dictionary read from the middle: word → lemma.

    Args:
        data: simplemma's dictionary of a language, unpacked.
        index: Where it can be entered.
        load: Gives the whole dictionary.
    """

    def __init__(self, data: bytes | memoryview, index: Index, load: Callable[[], Mapping[str, str]]) -> None:
        self._data, self._index, self._load = data, index, load
        self._left = len(index.words) * STEP // SHARE
        self._seen: dict[str, str | None] = {}
        self._loaded: Mapping[str, str] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the whole dictionary was loaded."""
        return self._loaded is not None

    def get(self, word: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The lemma of `word`, or `default`."""
        if self._loaded is not None:
            return self._loaded.get(word, default)
        if word not in self._seen:
            self._left -= 1
            if self._left < 0:
                return self._whole().get(word, default)
            self._seen[word] = self._find(word)
        found = self._seen[word]
        return default if found is None else found

    def __getitem__(self, word: str) -> str:
        """The lemma of `word`."""
        found = self.get(word)
        if found is None:
            raise KeyError(word)
        return found

    def __iter__(self) -> Iterator[str]:
        """All words, for which all are loaded."""
        return iter(self._whole())

    def __len__(self) -> int:
        """The number of words, for which all are loaded."""
        return len(self._whole())

    def _whole(self) -> Mapping[str, str]:
        if self._loaded is None:
            self._loaded = self._load()
            self._data, self._index, self._seen = b"", Index([], array("I"), array("I")), {}
        return self._loaded

    def _find(self, word: str) -> str | None:
        """The lemma of `word`, from the stretch in which it would stand."""
        wanted, index = word.encode(), self._index
        number = bisect_right(index.words, wanted) - 1
        if number < 0:
            return None
        stretch = bytes(self._data[index.places[number] : index.places[number + 1]])
        if crc32(stretch) != index.checksums[number]:  # what was kept is damaged
            return self._whole().get(word)
        lemma = _read(stretch, index.words[number], wanted)
        return None if lemma is None else lemma.decode()


class Index(NamedTuple):
    """Where a dictionary can be entered."""

    words: list[bytes]
    """The words that stand there, sorted as bytes."""
    places: array[int]
    """Where the record of each begins, and where the last record ends."""
    checksums: array[int]
    """CRC-32 of each stretch between two places."""


def _read(stretch: bytes, first: bytes, wanted: bytes) -> bytes | None:
    """The lemma of `wanted` in a stretch of records, of which the first is that of the word `first`.

    A record is: letters shared with the word before, the number of letters that follow and those letters; letters
    cut from the end for the lemma (or one of two marks), the number of letters that follow and those letters.
    """
    place, word, lemma = 0, first, b""
    while place < len(stretch):
        shared, length = stretch[place], stretch[place + 1]
        if shared < _MORE and length < _MORE:
            place += 2
        else:  # one word in 1.3 million
            shared, place = _number(stretch, place)
            length, place = _number(stretch, place)
        word = word[:shared] + stretch[place : place + length]
        place += length
        cut = stretch[place]
        place += 1
        if cut != _SAME_AS_BEFORE:
            length = stretch[place]
            place += 1
            if length >= _MORE:
                length, place = _number(stretch, place - 1)
            kept = b"" if cut == _LITERAL else word[: len(word) - cut]
            lemma = kept + stretch[place : place + length]
            place += length
        if word >= wanted:
            return lemma if word == wanted else None
    return None


def _number(data: bytes, place: int) -> tuple[int, int]:
    """The number at `place`, seven bits a byte, the lowest first; and where it ends."""
    byte = data[place]
    if byte < _MORE:
        return byte, place + 1
    rest, place = _number(data, place + 1)
    return byte & 0x7F | rest << 7, place


# ------------------------------------------------------------------------------------------------------- the dictionary


class _Factory:
    """Gives simplemma the dictionaries, by the index where there is one that fits."""

    def __init__(self) -> None:
        self._opened: dict[str, Mapping[str, str]] = {}

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """The dictionary of a language, opened once.

        Raises:
            ValueError: simplemma has none.
        """
        if lang not in self._opened:
            self._opened[lang] = open_dictionary(lang)
        return self._opened[lang]


def open_dictionary(language: str) -> Mapping[str, str]:
    """The dictionary of a language, word → lemma; a `Stream` where there is an index that fits.

    What simplemma's file holds is kept unpacked, which takes 75 ms for German.

    Args:
        language: ISO 639-1 code.

    Raises:
        ValueError: simplemma has no dictionary of the language.
    """
    simplemma = part("strategies.dictionaries.dictionary_factory")
    load: Callable[[], Mapping[str, str]] = partial(simplemma.DEFAULT_DICTIONARY_FACTORY.get_dictionary, language)
    listed = FOLDER / "data" / language / "dictionary.index"
    if not listed.is_file():
        return load()
    packed, packed_index = (simplemma.DATA_FOLDER / f"{language}.plzma").read_bytes(), listed.read_bytes()
    made_of = b"words, then arrays " + fingerprint(packed).encode() + packed_index
    data, index = f"dictionary-{language}.txt", f"index-{language}.table"
    kept, kept_index = recall_piecewise(data, made_of), recall(index, made_of)
    if kept is not None and kept_index is not None:
        words, *numbers = marshal.loads(kept_index)  # noqa: S302 - as trusted as compiled modules
        known = Index(words, *(array("I", one) for one in numbers))
        if known.places[-1] == len(kept):
            return Stream(kept, known, load)
    made_from, _, lines = lzma.decompress(packed_index).partition(b"\n")
    if made_from.decode() != fingerprint(packed):
        return load()
    unpacked = lzma.decompress(packed)
    made = _index(lines.split(b"\n"), unpacked)
    keep(data, made_of, unpacked)
    keep(index, made_of, marshal.dumps((made.words, made.places.tobytes(), made.checksums.tobytes())))
    return Stream(unpacked, made, load)


def _index(lines: list[bytes], unpacked: bytes) -> Index:
    """The places that `training.dictionary` wrote: each a word and its distance from the place before."""
    places = [*accumulate(map(int, lines[1::2])), len(unpacked)]
    checksums = (crc32(unpacked[begin:end]) for begin, end in pairwise(places))
    return Index(lines[::2], array("I", places), array("I", checksums))


def fingerprint(packed: bytes) -> str:
    """What tells one dictionary from another: the SHA-256 of simplemma's file."""
    return hashlib.sha256(packed).hexdigest()


@cache
def _strategies() -> tuple[Strategy, Strategy, Strategy]:
    return strategies(_Factory())
