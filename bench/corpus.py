"""Any number of articles, made from the labelled pages by varying their words; the same ones every time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PAGES = Path(__file__).parent.parent.parent / "shared" / "cleaning" / "dumps"
_USUAL = range(2_000, 20_000)
"""Characters of a dump of a usual length; four in five of the labelled ones."""
_WORD = re.compile(r"\b[^\W\d_]{6,}\b|\b\d{2,}\b")
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo zu ka le mi no pu".split()


@cache
def pages() -> tuple[str, ...]:
    """The text of every labelled dump in German or English of a usual length.

    Raises:
        FileNotFoundError: The labelled pages are not there.
    """
    texts = [path.read_text("utf-8", "replace") for path in sorted(PAGES.glob("*.txt"))]
    if not texts:
        message = f"no labelled pages in {PAGES.name}; they stand beside the repository in shared/cleaning/dumps"
        raise FileNotFoundError(message)
    return tuple(text for text in texts if len(text) in _USUAL)


def article(n: int) -> str:
    """The `n`-th article. From the second round on, two in three of the longer words and numbers of a page are others.

    The new words depend on the round and the word, so a word is replaced alike within one article, and articles of
    different rounds share no more rare words than articles of different pages do.
    """
    round_, page = divmod(n, len(pages()))
    if round_ == 0:
        return pages()[page]

    def varied(match: re.Match[str]) -> str:
        word = match[0]
        digest = hashlib.sha256(f"{round_} {word.lower()}".encode()).digest()
        if digest[0] % 3 == 0:
            return word
        if word.isdecimal():
            return str(int.from_bytes(digest[1:4], "big") % 10 ** len(word)).zfill(len(word))
        made = "".join(_SYLLABLES[b % len(_SYLLABLES)] for b in digest[1:4]) + word[-2:]
        return made.capitalize() if word[0].isupper() else made

    return _WORD.sub(varied, pages()[page])


def write_articles(folder: Path, count: int) -> None:
    """Write the first `count` articles as `00000.txt` and on."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        (folder / f"{n:05d}.txt").write_text(article(n), "utf-8")


def articles(count: int) -> Iterator[str]:
    """The first `count` articles, one after another."""
    return map(article, range(count))
