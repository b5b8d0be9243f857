"""Quantities: number, magnitude, unit, what is counted and how it is bounded, in the notation of each language.

`notation.py` holds how a language writes them, `units.py` what it measures in, `counting.py` tells quantities from
other numbers. The words stand in `data/<language>/figures.toml` and `data/all/units.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, cast

from briefing.annotation.counting import LABEL, counts, is_below_zero, is_counted_range, opens_quantity, subject
from briefing.annotation.notation import Notation, notation, plain
from briefing.annotation.tokens import in_address
from briefing.model import Figure

Bound = Literal["more than", "at least", "about", "up to", "less than", "almost"]
LONGEST = 15
"""Digits of the longest number taken for a quantity; longer ones are telephone numbers and identifiers."""
DURATIONS = frozenset({"s", "min", "h", "d", "week", "month", "year", "decade", "century"})
"""Units of time, which count nothing: in `seit drei Jahren eine Wende` the noun behind is another phrase."""
BY = frozenset("x×")
"""What stands between the sides of a thing: `10 x 20 cm`; they are quantities only as lengths."""
LENGTHS = frozenset("mm cm m km in ft".split())
DASHES = frozenset("-–")
BOUND = 24
"""Characters before a number in which a bound is looked for."""
BETWEEN = 6
"""Characters between the two ends of a range: ` oder `."""
THOUSAND = 1000
"""A number from here on stands for itself where the other end of its range has a magnitude."""
NEGATIVE = frozenset({"deg", "degC", "degF", "percent"})
"""Units that go below nothing."""


def figures(text: str, language: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Figure, ...]:
    """Find the quantities in one sentence.

    Args:
        text: The sentence.
        language: ISO 639-1 code; a language without a notation gives nothing.
        taken: Spans of dates, whose numbers count nothing.

    Returns:
        The figures in order of place, with spans relative to `text`.
    """
    found = notation(language)
    if found is None:
        return ()
    return tuple(sorted(_figures(text, found, taken), key=lambda figure: figure.start))


def _figures(text: str, notation: Notation, taken: Sequence[tuple[int, int]]) -> Iterator[Figure]:
    if notation.compounds is not None and "-" in text:
        yield from _compounds(text, notation)
    matches = list(notation.number.finditer(text))
    in_date = bytearray(len(text) if taken else 0)  # a line may hold thousands of both, and each pair would be compared
    for start, end in taken:
        in_date[start:end] = b"\1" * (end - start)
    refused = -1
    for number, match in enumerate(matches):
        if in_date.find(1, match.start(), match.end()) >= 0:
            continue
        second = matches[number + 1] if number + 1 < len(matches) else None
        figure = None if _joins(text, refused, match, notation) else _figure(text, match, second, notation)
        if figure is not None:
            yield figure
        elif match["digits"] and not match["unit"]:
            refused = match.end()


def _joins(text: str, refused: int, match: re.Match[str], notation: Notation) -> bool:
    """Whether a bare number goes on with one that ended at `refused` and counts nothing: `Haus 4 und 8`."""
    if refused < 0 or match["unit"] or match["sign"] or match["magnitude"] or match.start() - refused > BETWEEN:
        return False
    link = text[refused : match.start()].strip().lower()
    return link in notation.links and subject(text, match.end(), notation) is None


def _figure(text: str, match: re.Match[str], second: re.Match[str] | None, notation: Notation) -> Figure | None:
    """The quantity of a match, None where it is none; `second` is the number behind it, which may close a range."""
    if _is_article(match, second, notation):
        return None
    closing = second if second is not None and _opens_range(text, match, second, notation) else None
    counted = subject(text, (closing or match).end(), notation)
    magnitude, unit = _measure(match, closing, counted, notation)
    value = _value(match, magnitude, unit, notation)
    if value is None or in_address(text, match.start()):
        return None
    if not (counts(text, match, notation) if closing is None else opens_quantity(text, match, notation)):
        return None
    if unit in DURATIONS or (counted is not None and counted.split()[-1] in notation.units):
        counted = None
    # a fraction that opens a line is of a list of what to take: 1/2 medium onion
    needs_noun = match["word"] or ("/" in (match["fraction"] or "") and text[: match.start()].strip())
    if needs_noun and not (unit or magnitude or counted or notation.partitive.match(text, match.end())):
        return None
    if unit in NEGATIVE and is_below_zero(text[: match.start()]):
        value = f"-{value}"
    return Figure(
        text=match.group(),
        start=match.start(),
        end=match.end(),
        value=value,
        unit=unit,
        subject=counted,
        bound=_bound(text, match, notation),
    )


def _is_article(match: re.Match[str], second: re.Match[str] | None, notation: Notation) -> bool:
    """Whether a match is `ein` or `a` and nothing else, as three in four are: asked first, it halves the time."""
    word = match["word"]
    if not word or match["unit"] or match["magnitude"] or word.lower() not in notation.never_alone:
        return False
    return second is None or second.start() - match.end() > BETWEEN


def _compounds(text: str, notation: Notation) -> Iterator[Figure]:
    """Quantities written as one word: `a two-hour visit`, `the 114-room hotel`; a language without them has none."""
    for match in notation.compounds.finditer(text) if notation.compounds else ():
        unit = notation.units.get(match["noun"])
        if unit is None and (match["noun"] in notation.numbers or match["word"] in notation.never_alone):
            continue
        value = plain(Decimal(notation.numbers[match["word"]] if match["word"] else match["digits"].replace(",", "")))
        counted = None if unit else match["noun"]
        end = match.end("noun")
        yield Figure(text[match.start() : end], match.start(), end, value, unit, counted, _bound(text, match, notation))


def _bound(text: str, match: re.Match[str], notation: Notation) -> Bound | None:
    """How what stands before a number bounds it."""
    found = notation.bounds.search(text[max(0, match.start() - BOUND) : match.start()])
    return cast("Bound", notation.bound_names[re.sub(r"\s+", " ", found[1].lower())]) if found else None


def _opens_range(text: str, match: re.Match[str], second: re.Match[str], notation: Notation) -> bool:
    """Whether `second` closes a range that `match` opens, and tells what both count: `200-300 Meter`."""
    between = text[match.end() : second.start()]
    if match["unit"] or len(between) > BETWEEN:
        return False
    if between.strip() in BY:
        return notation.units.get(second["unit"] or "") in LENGTHS
    if between == ", " and match["word"] and second["word"]:
        return _is_next(match["word"], second["word"], notation) and bool(subject(text, second.end(), notation))
    if between.strip() not in notation.ranges:
        words = text[max(0, match.start() - BOUND) : match.start()].lower().split()
        if not words or notation.pairs.get(words[-1]) != between.strip():
            return False
    told = second["unit"] or second["magnitude"] or second["glued"]
    if match["digits"] and len(match["digits"]) <= LABEL and between.strip() in DASHES and not told:
        return is_counted_range(match["digits"], second, text, notation)
    return bool(told) or (bool(match["word"]) and subject(text, second.end(), notation) is not None)


def _is_next(first: str, second: str, notation: Notation) -> bool:
    """Whether two number words follow each other, as in `zwei, drei Gläser`."""
    values = [Decimal(notation.numbers[re.sub(r"\s+", " ", word.lower())]) for word in (first, second)]
    return values[1] == values[0] + 1


def _measure(
    match: re.Match[str], closing: re.Match[str] | None, counted: str | None, notation: Notation
) -> tuple[str | None, str | None]:
    """The magnitude of a number and its unit's name: its own, or those of the number that closes its range."""
    magnitude = match["magnitude"] or match["glued"]
    written = match["unit"] or match["sign"]
    rate = match["per"] or ""
    if closing is not None:
        own = _of_digits(match["digits"], None, notation) if match["digits"] else None
        if own is None or own < THOUSAND:  # 500.000 bis 5 Mio. is no million millions
            magnitude = magnitude or closing["magnitude"] or closing["glued"]
        written, rate = (written, rate) if written else (closing["unit"], closing["per"] or "")
    elif match["glued"] in notation.units and not (written or counted):
        return None, notation.units[match["glued"]]  # a 100m sprint, but 100m people
    if not written:
        return magnitude, notation.units.get(counted.split()[-1]) if counted else None  # 300 polnische Zloty
    name = notation.units.get(written) or notation.units[re.sub(r"\s+", " ", written)]
    return magnitude, name + rate


def _value(match: re.Match[str], magnitude: str | None, unit: str | None, notation: Notation) -> str | None:
    """The exact decimal of a match, None where it is no number in this notation.

    Args:
        match: What the notation's pattern found.
        magnitude: That of the number or of the range that it opens: `zwei bis drei Millionen`.
        unit: The unit's name.
        notation: The language's notation.
    """
    if match["word"]:
        number = _of_word(re.sub(r"\s+", " ", match["word"].lower()), magnitude, unit, notation)
    elif match["fraction"]:
        number = _of_fraction(match["fraction"])
    else:
        number = _of_digits(match["digits"], match["unit"] or match["sign"], notation)
    if number is None:
        return None
    if match["half"]:
        number += Decimal("0.5")
    if magnitude:
        number *= Decimal(notation.magnitudes[magnitude.rstrip(".")])
    if match["more"]:
        number += Decimal(notation.numbers.get(match["more"], match["more"]))
    return plain(number)


def _of_word(word: str, magnitude: str | None, unit: str | None, notation: Notation) -> Decimal | None:
    """The value of a number word, None where it is no count by itself: `ein Haus`, but `ein Prozent`."""
    if word in notation.never_alone and not magnitude:
        counts_here = word in notation.with_unit or (word in notation.single and unit in notation.single_units)
        if not (unit and counts_here):
            return None
    return Decimal(notation.numbers[word])


def _of_fraction(written: str) -> Decimal:
    """The value of a fraction that a decimal can hold, with the whole number before it: `1 ½`, `2 3/4`."""
    signs = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
    text = re.sub("[½¼¾]", lambda sign: " " + signs[sign[0]], written)
    *whole, fraction = text.split()
    above, below = fraction.split("/")
    return sum(map(Decimal, whole), Decimal(above) / Decimal(below))


def _of_digits(written: str, unit: str | None, notation: Notation) -> Decimal | None:
    """The value of digits, None where they are no number in this notation."""
    digits = re.sub(r"[\s\u00a0\u202f’']", "", written)
    if unit and notation.group == "." and re.fullmatch(r"\d+\.\d\d", digits):  # 25.00 €: typed with a point
        return Decimal(digits)
    if not notation.digits.fullmatch(digits) or sum(map(str.isdigit, digits)) > LONGEST or re.match(r"0\d", digits):
        return None
    return Decimal(digits.replace(notation.group, "").replace(notation.point, "."))
