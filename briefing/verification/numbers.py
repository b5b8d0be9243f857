"""Numbers of a text, in digits or words, as exact decimals with unit and bound.

`4.8 million` and `4,8 Millionen` read the same, so do `fifth` and `fünfte`, `two-day` and `zweitägig`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from briefing.lexicon import table
from briefing.verification.mentions import Mention, Span, overlaps

_FIRST_YEAR, _LAST_YEAR = 1100, 2099
"""A bare number of four digits between them reads as a year; earlier ones are rarer in the news than counts."""
_BOUND_REACH = 24
"""Characters before a number in which its bound is looked for: the longest is 14, and a currency may stand between."""
_ENGLISH_TENS = 20
_ORDINAL = re.compile(r"e[nrsm]?$")
_LONGEST_NUMBER = 40
"""Digits and marks; what is longer is an identifier, or an attempt at exhausting the arithmetic."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language writes numbers."""

    digits: re.Pattern[str]
    decimal: str
    cardinals: Mapping[str, Decimal]
    soft: Mapping[str, Decimal]
    magnitudes: Mapping[str, Decimal]
    units: Mapping[str, str]
    bounds: tuple[tuple[str, str], ...]
    fillers: frozenset[str]
    compound: re.Pattern[str] | None
    compounds: Mapping[str, str]
    joint: bool
    """Whether the language writes number words together."""
    ordinals: Mapping[str, Decimal]


def numbers(text: str, language: str, taken: list[Span]) -> Iterator[Mention]:
    """The numbers of `text`.

    Args:
        text: Any text.
        language: ISO 639-1 code; of a language without word lists only digits are read.
        taken: Spans that mean something else, such as dates.
    """
    words = _words(language)
    tokens = [match for match in words.digits.finditer(text) if not overlaps(*match.span(), taken)]
    at = 0
    while at < len(tokens):
        mention, used = _read(text, tokens, at, words)
        if mention is not None:
            yield mention
        at += used


def _read(text: str, tokens: list[re.Match[str]], at: int, words: _Words) -> tuple[Mention | None, int]:
    """The number that starts at token `at`, and how many tokens it takes (at least one)."""
    token = tokens[at]
    found = _atom(token.group(), words)
    if found is None:
        return None, 1
    value, hard, unit = found
    used, end = 1, token.end()
    is_digits = token.group()[0].isdecimal()
    is_magnitude = not is_digits and token.group().lower() in words.magnitudes
    while at + used < len(tokens) and text[end : tokens[at + used].start()] in {
        "",
        " ",
        "-",
        "\u00a0",
        "\u202f",
        "-\u00ad",
    }:
        following = tokens[at + used].group().lower()
        if following in words.magnitudes and not is_magnitude and (len(following) > 2 or is_digits):  # noqa: PLR2004 - m, bn
            value, hard = value * words.magnitudes[following], True
        elif words.compound is None and _ENGLISH_TENS <= value < 100 and words.cardinals.get(following, 99) < 10:  # noqa: PLR2004
            value += words.cardinals[following]
        else:
            break
        end, used = tokens[at + used].end(), used + 1
    unit = unit or _unit(text, token.start(), end, words)
    bound = _bound(text, token.start(), words)
    plain = is_digits and used == 1 and unit is None and token.group().isdecimal() and len(token.group()) == 4  # noqa: PLR2004
    if plain and bound in {None, "at least"} and _FIRST_YEAR <= value <= _LAST_YEAR:
        return Mention("year", str(value), text[token.start() : end], token.start(), end), used
    return Mention("number", _plain(value), text[token.start() : end], token.start(), end, hard, unit, bound), used


def _atom(word: str, words: _Words) -> tuple[Decimal, bool, str | None] | None:
    """Value of one token, whether it is sure to be a number, and the unit it has grown together with."""
    if word[0].isdecimal():
        return (_digits(word, words), True, None) if len(word) <= _LONGEST_NUMBER else None
    lower = word.lower()
    if lower in words.soft:
        return words.soft[lower], False, None
    value = words.cardinals.get(lower) or words.ordinals.get(lower)
    if value is None and len(lower) > 3:  # noqa: PLR2004 - "m", "bn", "mio" need a number before them
        value = words.magnitudes.get(lower)
    return (value, True, None) if value else _inflected(lower, words)


def _inflected(word: str, words: _Words) -> tuple[Decimal, bool, str | None] | None:
    """`zwanzigste`, `zweitägigen`, `zehntausend`: a number word with an ending or grown together with another word."""
    if words.joint and (ending := _ORDINAL.search(word)):
        stem = word[: ending.start()]
        value = words.ordinals.get(stem) or words.cardinals.get(stem.removesuffix("t").removesuffix("s"))
        value = value or (words.cardinals.get(stem.removesuffix("t")) if stem.endswith("t") else None)
        if value and (stem in words.ordinals or stem.endswith("t")):
            return value, True, None
    match = words.compound.match(word) if words.compound else None
    if match is None:
        return None
    value, tail = words.cardinals[match["number"]], match["tail"]
    return (value * words.magnitudes.get(tail, 1), True, words.compounds.get(tail))


def _digits(word: str, words: _Words) -> Decimal:
    """`10.000`, `4,8`, `10 000`: the decimal mark is the language's, everything else groups."""
    whole, mark, fraction = word.rpartition(words.decimal)
    if mark and fraction.isdecimal():
        return Decimal(re.sub(r"\D", "", whole) + "." + fraction)
    grouped = re.sub(r"(?<=\d)[.,’'\u00a0\u202f ](?=\d{3}(?!\d))", "", word)
    return Decimal(re.sub(r"[^\d.]", ".", grouped).strip("."))


def _plain(value: Decimal) -> str:
    """`4800000`, `0.5`: no exponent, no zeros behind the decimals."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unit(text: str, start: int, end: int, words: _Words) -> str | None:
    before = text[:start].rstrip()[-1:]
    if before in words.units and not before.isalnum():
        return words.units[before]
    match = re.match(r"[\s\u00a0\u202f-]?(per cent\b|[%€$£¥°]|[^\W\d_]+)", text[end:])
    return words.units.get(match.group(1).lower().replace("per cent", "percent")) if match else None


def _bound(text: str, start: int, words: _Words) -> str | None:
    before = text[max(0, start - _BOUND_REACH) : start].lower().rstrip(" \u00a0$€£.")
    last = before.rpartition(" ")[2]
    if last in words.fillers:  # mindestens aber 200
        before = before[: -len(last)].rstrip()
    for phrase, bound in words.bounds:
        if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
            return bound
    return None


@cache
def _words(language: str) -> _Words:
    data = table(language, "verification")
    decimal = data.get("decimal", ".")
    cardinals = {word: Decimal(str(value)) for word, value in data.get("cardinals", {}).items()}
    magnitudes = {word: Decimal(value) for word, value in data.get("magnitudes", {}).items()}
    joint = data.get("joint")
    if joint:
        cardinals |= _joined(cardinals, joint)
    compounds = data.get("compounds", {})
    longest_first = "|".join(sorted(map(re.escape, cardinals), key=lambda word: (-len(word), word)))
    tails = "|".join([*compounds, *(word for word in magnitudes if len(word) > 4)])  # noqa: PLR2004 - "mio" is no tail
    group = re.escape(data.get("grouping", ","))
    return _Words(
        digits=re.compile(
            rf"(?<![^\W\d_])(?<!\d)(?<!\d[.,])\d{{1,3}}(?:[{group}\u00a0\u202f’'\ ]\d{{3}})+"
            rf"(?:{re.escape(decimal)}\d+)?(?!\d)"
            rf"|(?<![^\W\d_])\d+(?:{re.escape(decimal)}\d+)?"
            r"|[^\W\d_]+"
        ),
        decimal=decimal,
        cardinals=cardinals,
        soft={word: Decimal(str(value)) for word, value in data.get("soft", {}).items()},
        magnitudes=magnitudes,
        units=data.get("units", {}),
        bounds=tuple(sorted(data.get("bounds", {}).items(), key=lambda pair: (-len(pair[0]), pair[0]))),
        fillers=frozenset(data.get("fillers", "").split()),
        compound=re.compile(rf"(?P<number>{longest_first})(?P<tail>{tails})(?:e[nrsm]?)?$") if joint else None,
        compounds=compounds,
        joint=bool(joint),
        ordinals={word: Decimal(value) for word, value in data.get("ordinals", {}).items()},
    )


def _joined(cardinals: Mapping[str, Decimal], joint: str) -> dict[str, Decimal]:
    """`fünfundzwanzig`: ones before tens, written in one word."""
    ones = {word: value for word, value in cardinals.items() if value < 10} | {"ein": Decimal(1)}  # noqa: PLR2004
    tens = {word: value for word, value in cardinals.items() if value >= 20}  # noqa: PLR2004
    return {f"{one}{joint}{ten}": tens[ten] + ones[one] for one in ones for ten in tens}
