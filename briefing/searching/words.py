"""Words as the index and the query have them: without case, accents, umlaut spellings, number separators and endings.

`theme/assets/search.js` does exactly the same to what a reader types; `tests/test_search.py` compares the two.
"""

from __future__ import annotations

import re
import unicodedata

_SEPARATOR = re.compile(r"(?<=\d)[.,'’\u00a0\u2009\u202f ](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")
_DIGRAPH = re.compile(r"([aou])e")
_SHORTEST = 4
"""Letters that stay: shorter stems collide (`state`, `stay`, `star`)."""
# Endings of German and English, the first that fits is cut, again and again. With the number of letters a word must
# have to lose it: `ing` and `ung` belong to many short words (`Ding`, `jung`), `em` ends `system` and `statement(t)`.
_ENDINGS = (
    ("ung", 8),
    ("ing", 7),
    ("ern", 7),
    ("em", 8),
    ("en", 6),
    ("er", 6),
    ("es", 6),
    ("ed", 6),
    ("e", 5),
    ("s", 5),
    ("n", 5),
    ("t", 5),
)


def folded(text: str) -> list[str]:
    """The words of `text` without case, accents and number separators; `ae`, `oe`, `ue` are read as umlauts.

    Both spellings of a word fold to the same, so a query finds it either way.

    >>> folded("Südkorea, Suedkorea: 10.000")
    ['sudkorea', 'sudkorea', '10000']
    """
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    plain = _SEPARATOR.sub("", plain.lower().replace("ß", "ss"))
    return [_DIGRAPH.sub(r"\1", word) for word in _WORD.findall(plain)]


def stem(word: str) -> str:
    """A folded word without its endings, German or English: too short rather than too long.

    A stemmer for both languages at once, because a German site quotes English and the other way round. It errs towards
    finding more; ranking puts what has all words first.

    >>> [stem(word) for word in ("vertrage", "vertrages", "treaties", "treaty", "10000")]
    ['vertrag', 'vertrag', 'treati', 'treati', '10000']
    """
    if not word.isalpha():
        return word
    while True:
        for ending, longest in _ENDINGS:
            if len(word) >= longest and len(word) - len(ending) >= _SHORTEST and word.endswith(ending):
                word = word[: -len(ending)]
                break
        else:
            return f"{word[:-1]}i" if word.endswith("y") and len(word) > _SHORTEST else word


def stems(text: str) -> list[str]:
    """The words of `text` as the index has them."""
    return [stem(word) for word in folded(text)]
