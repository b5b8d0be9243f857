"""Whether two spellings may be one name: `Michail Gorbatschow` and `Mikhail Gorbachev`, `Selenskyj` and `Zelenskyy`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STEPS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # German, English and scholarly transcription of Cyrillic and Arabic, brought to one; longest first. Capitals
        # are sounds already found, which no later step touches.
        (r"schtsch|shch", "S"),
        (r"tsch|tch|cz|č|ć", "C"),
        (r"sch|sh|š", "S"),
        (r"ch|kh", "C"),
        (r"dsch|dj|dzh|j(?=[aou])|y(?=[aou])|i(?=[aou])", "i"),
        (r"zh|ž|ph(?=[ie])", "z"),
        (r"ph", "f"),
        (r"ks|x", "ks"),
        (r"ck|qu?|k|c", "k"),
        (r"ou|oo|u", "u"),
        (r"(?:iy|yy|ij|yj|ii|ei|ey|ie|y|j|i)+", "i"),
        (r"w|v|f(?=f)", "v"),
        (r"z|s+|ß|S", "s"),
        (r"ae|a", "a"),
        (r"h(?=[^aeiou]|$)", ""),
        (r"(.)\1+", r"\1"),
    )
)
_FUZZY_LENGTH = 7
"""From this length one differing letter in eight may be transcription; in shorter names it is another name."""
_ALIKE = 88


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """`word` without what differs between transcriptions."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ø", "o").replace("ł", "l"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    for pattern, replacement in _STEPS:
        plain = pattern.sub(replacement, plain)
    return plain


def cognate(one: str, other: str) -> bool:
    """Whether the two words may be the same name in two languages or in another case of one.

    >>> cognate("Tschechow", "Tschechov"), cognate("Artjom", "Artyoms"), cognate("Lenin", "Lemin")
    (True, True, False)
    """
    first, second = skeleton(one), skeleton(other)
    if first == second or first.removesuffix("s") == second.removesuffix("s"):
        return True
    if min(len(first), len(second)) < _FUZZY_LENGTH or first[0] != second[0]:
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415 - only long names need it

    return bool(fuzz.ratio(first, second) >= _ALIKE)
