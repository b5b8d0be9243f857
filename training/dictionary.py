"""`python -m training.dictionary`: write the places at which simplemma's dictionaries can be entered.

One `data/<language>/dictionary.index` for each language of the package, from the dictionary that is installed; to be
run after `make lock` has taken another version of simplemma, which a test asks for.
"""

from __future__ import annotations

import lzma
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DATA_FOLDER, SUPPORTED_LANGUAGES
from simplemma.strategies.dictionaries.frontcode import _iter_records, _read_header

from briefing.dictionary import STEP, fingerprint
from briefing.lexicon import languages


def index(language: str) -> bytes:
    """The index of one language: a line that names the dictionary, then two lines a place, word and distance.

    A place is a record whose lemma does not lean on the record before; its own word is in the index, so nothing of what
    stands before it is needed.

    Raises:
        ValueError: The dictionary is sorted by word endings, which a look-up does not read.
    """
    packed = (DATA_FOLDER / f"{language}.plzma").read_bytes()
    data = lzma.decompress(packed)
    is_reversed, _, first = _read_header(data)
    if is_reversed:
        raise ValueError(f"the dictionary of “{language}” is sorted by word endings; it needs no index, or another one")
    chosen = list(_places(data, first))
    distances = [chosen[0][0], *(after - before for (before, _), (after, _) in pairwise(chosen))]
    lines = [fingerprint(packed).encode()]
    for distance, (_, word) in zip(distances, chosen, strict=True):
        lines += [word, str(distance).encode()]
    return lzma.compress(b"\n".join(lines), preset=9 | lzma.PRESET_EXTREME)


def _places(data: bytes, first: int) -> Iterator[tuple[int, bytes]]:
    """Every `STEP`-th record or the next one after it that can be read by itself, with its word."""
    since, before = STEP, b""
    for place, word, lemma in _iter_records(data, first):
        if since >= STEP and lemma != before:
            yield place, word
            since = 0
        since += 1
        before = lemma


def main() -> int:
    """Write the index of every language that has a dictionary."""
    for language in languages():
        if language in SUPPORTED_LANGUAGES:
            path = Path(__file__).parent.parent / "briefing" / "data" / language / "dictionary.index"
            path.write_bytes(index(language))
            sys.stdout.write(f"{path.name} of {language}: {path.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
