"""Quantities: number, magnitude, unit, what is counted and how it is bounded, in German and English notation.

What looks like a number but counts nothing is told apart by its neighbours: dates, times, ages, scores, ordinals,
house and telephone numbers, names of products. The words stand in `data/<language>/figures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from briefing.annotation.forms import is_known, lemma
from briefing.annotation.tokens import in_address
from briefing.lexicon import table
from briefing.model import Figure

Bound = Literal["more than", "at least", "about", "up to", "less than", "almost"]
LONGEST = 15
"""Digits of the longest number taken for a quantity; longer ones are telephone numbers and identifiers."""

DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
"""Units of time, which count nothing: in `seit drei Jahren eine Wende` the noun behind is another phrase."""
SUBJECT = 80
"""Characters behind a number in which what it counts is looked for: four long German words."""
AGE = 2
"""Digits of an age."""
POSTCODE = 5
"""Digits of a German postcode."""


@dataclass(frozen=True, slots=True)
class _Notation:
    """How one language writes quantities."""

    group: str
    point: str
    pattern: re.Pattern[str]
    magnitudes: Mapping[str, str]
    numbers: Mapping[str, str]
    never_alone: frozenset[str]
    units: Mapping[str, str]
    bounds: re.Pattern[str]
    bound_names: Mapping[str, str]
    none_before: frozenset[str]
    none_after: re.Pattern[str]
    ages: frozenset[str]
    age_before: re.Pattern[str]
    """What stands before a number of years that is an age; its units are in `age_units`."""
    age_units: frozenset[str]
    vague: frozenset[str]
    compounds: re.Pattern[str] | None
    """A quantity in one word with what it measures or counts (`two-hour`), in a language that writes so."""
    no_nouns: frozenset[str]
    subject: re.Pattern[str]
    """What is counted, behind the number, in its first group."""
    no_count_after: re.Pattern[str]
    """What shows, behind a bare number, that it counts nothing."""
    ranges: frozenset[str]
    singular_endings: tuple[str, ...]
    same_plurals: tuple[str, ...]
    language: str
    capital_nouns: bool


def figures(text: str, language: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Figure, ...]:
    """Find the quantities in one sentence.

    Args:
        text: The sentence.
        language: ISO 639-1 code; a language without a notation gives nothing.
        taken: Spans of dates, whose numbers count nothing.

    Returns:
        The figures in order of place, with spans relative to `text`.
    """
    notation = _notation(language)
    if notation is None:
        return ()
    return tuple(sorted(_figures(text, notation, taken), key=lambda figure: figure.start))


def _figures(text: str, notation: _Notation, taken: Sequence[tuple[int, int]]) -> Iterator[Figure]:
    if notation.compounds is not None:
        yield from _compounds(text, notation)
    matches = list(notation.pattern.finditer(text))
    in_date = bytearray(len(text) if taken else 0)  # a line may hold thousands of both, and each pair would be compared
    for start, end in taken:
        in_date[start:end] = b"\1" * (end - start)
    for number, match in enumerate(matches):
        if in_date.find(1, match.start(), match.end()) >= 0:
            continue
        second = matches[number + 1] if number + 1 < len(matches) else None
        opens_range = second is not None and _opens_range(text, match, second, notation)
        if opens_range and second is not None and match["word"] and not (second["unit"] or second["magnitude"]):
            opens_range = _subject(text, second.end(), notation) is not None
        value = _value(match, notation, second["magnitude"] if second is not None and opens_range else None)
        if value is None or in_address(text, match.start()) or not (opens_range or _counts(text, match, notation)):
            continue
        unit = match["unit"] or match["sign"] or (second["unit"] if second is not None and opens_range else None)
        known = notation.units[re.sub(r"\s+", " ", unit)] if unit else None
        subject = None if known in DURATIONS else _subject(text, match.end(), notation)
        if match["word"] and not (unit or match["magnitude"] or subject):
            continue
        yield Figure(
            text=match.group(),
            start=match.start(),
            end=match.end(),
            value=value,
            unit=known,
            subject=subject,
            bound=_bound(text, match, notation),
        )


def _compounds(text: str, notation: _Notation) -> Iterator[Figure]:
    """Quantities written as one word: `a two-hour visit`, `the 114-room hotel`; a language without them has none."""
    for match in notation.compounds.finditer(text) if notation.compounds else ():
        unit = notation.units.get(match["noun"])
        if unit is None and (match["noun"] in notation.numbers or match["word"] in notation.never_alone):
            continue
        value = _plain(Decimal(notation.numbers[match["word"]] if match["word"] else match["digits"].replace(",", "")))
        subject = None if unit else match["noun"]
        end = match.end("noun")
        yield Figure(text[match.start() : end], match.start(), end, value, unit, subject, _bound(text, match, notation))


def _bound(text: str, match: re.Match[str], notation: _Notation) -> Bound | None:
    """How what stands before a number bounds it."""
    found = notation.bounds.search(text[max(0, match.start() - 24) : match.start()])
    return cast("Bound", notation.bound_names[re.sub(r"\s+", " ", found[1].lower())]) if found else None


def _opens_range(text: str, match: re.Match[str], second: re.Match[str], notation: _Notation) -> bool:
    """Whether `second` closes a range that `match` opens, and tells what both count: `200-300 Meter`."""
    between = text[match.end() : second.start()]
    told = second["unit"] or second["magnitude"] or match["word"]
    return bool(told) and not match["unit"] and between.strip() in notation.ranges and len(between) <= 5  # noqa: PLR2004


def _value(match: re.Match[str], notation: _Notation, shared: str | None) -> str | None:
    """The exact decimal of a match, None where the digits are no number in this notation.

    Args:
        match: What `_pattern` found.
        notation: The language's notation.
        shared: The magnitude of the range that the number opens: `zwei bis drei Millionen`.
    """
    if match["word"]:
        word = match["word"].lower()
        if word in notation.never_alone and not (match["magnitude"] or shared):
            return None
        number = Decimal(notation.numbers[word])
        if match["half"]:
            number += Decimal("0.5")
    else:
        digits = re.sub(r"[\s\u00a0\u202f’']", "", match["digits"])
        if (
            match["unit"] and re.fullmatch(r"\d+\.\d\d", digits) and notation.group == "."
        ):  # 25.00 €: typed with a point
            return _plain(Decimal(digits))
        if not re.fullmatch(
            rf"\d{{1,3}}(?:{re.escape(notation.group)}\d{{3}})+(?:{re.escape(notation.point)}\d+)?|\d+(?:{re.escape(notation.point)}\d+)?",
            digits,
        ):
            return None
        if sum(map(str.isdigit, digits)) > LONGEST or re.match(r"0\d", digits):
            return None
        number = Decimal(digits.replace(notation.group, "").replace(notation.point, "."))
    magnitude = match["magnitude"] or shared
    if magnitude:
        number *= Decimal(notation.magnitudes[magnitude.rstrip(".")])
    return _plain(number)


def _plain(number: Decimal) -> str:
    """A decimal without exponent, separators or idle zeros."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _counts(text: str, match: re.Match[str], notation: _Notation) -> bool:
    """Whether a number counts something, rather than naming, dating or placing it."""
    if match["sign"]:
        return True
    before, after = text[max(0, match.start() - 32) : match.start()], text[match.end() : match.end() + 16]
    if before and (before[-1].isalnum() or before[-1] in "#_@/-–.:'’+=›" or re.search(r"\d\s?[-–:/]\s?$", before)):
        return bool(match["unit"]) and bool(re.search(r"\d\s?[-–]\s?$", before))  # the end of a range: 200-300 Meter
    words = before.lower().split()
    if match["word"] and words and words[-1] in notation.vague:
        return False
    if _is_age(before, match, after, notation):
        return False
    if words and (words[-1] in notation.none_before or words[-1].strip("(") in notation.none_before):
        return False
    if notation.none_after.match(after):
        return False
    if not match["word"] and not match["unit"]:
        if notation.no_count_after.match(after):
            return False
        if before.endswith("(") and after.startswith(")"):  # an age, a note
            return False
        if re.search(r"[(\[](?:\d+, ?)*$", before) and re.match(r"(?:, ?\d+)*[)\]]", after):  # notes: (3, 10)
            return False
        if re.match(r"\.,\s\d", after):  # days: am 24., 25. und 26. Dezember
            return False
        if after.startswith((";", "}", " !")) and before.rstrip().endswith(":"):  # a rule of a style sheet
            return False
        if before.endswith(('="', "='")):  # an attribute of mark-up
            return False
        if after.startswith(",") and re.search(r"[^\W\d][\w’'-]*,\s$", before) and len(match["digits"] or "") == AGE:
            return False  # Heather Grant, 33, of …; a juvenile, 16, of …
        if re.search(r"(?<!\w)[A-Z][a-z]{1,4}\.\s$", before):  # Prop. 13
            return False
        if re.search(r"[©®]\s*$", before):  # the year of a right
            return False
        if _is_of(match, POSTCODE) and _is_postcode(before, text, match.end(), notation):
            return False
        if _is_of(match, POSTCODE) and re.search(r"(?:^|[,*•|]|\bD-|\bA-)\s?$", before):
            return False
        if re.search(r"(?:^|\s)0\d+[\s/]\s?$", before):  # a telephone number
            return False
        if re.match(r"\.\s[A-ZÄÖÜ]|\)", after) and not before.strip():
            return False
        if after.startswith(")") and "(" not in before:
            return False
        if re.search(r"\+\d[\d\s()/–-]{0,24}$", before):
            return False
        if re.match(r"\.\s*/?\s*\w", after) and len(match["digits"]) <= 3 and notation.capital_nouns:  # noqa: PLR2004
            return False  # an ordinal: 2. Bundesliga
        name = before.split()[-1].lstrip('(„“"»«') if words else ""
        if name[:1].isalpha() and name.isupper() and len(name) > 1:
            return False  # RTX 3080, MH 17, (SV 09 …
    bare = not match["unit"] and not match["magnitude"] and not match["word"]
    if bare and re.fullmatch(r"(?:19|20)\d\d", match["digits"]):
        counted = _subject(text, match.end(), notation)
        if counted is None or text[match.end() + 1 + len(counted) :][:1] == ".":  # 2018 St. Emilion
            return False  # a year that no pattern of dates took
        if not match["digits"].endswith("00") and re.search(r"(?:^|[/,;|•–])\s*$", before):
            return False  # the head of an entry: 2009 Abschluss als …
    if bare and re.search(r"\d\s$", before) and (re.match(r"\s\d", after) or _is_of(match, POSTCODE)):
        return False  # a telephone number, an address
    if not match["unit"] and not match["magnitude"] and _is_label(before, match, text, notation):
        return False
    following = after.split()
    return not (following and following[0].strip(".,;)") in notation.ages)


def _is_of(match: re.Match[str], digits: int) -> bool:
    """Whether a number is written with so many digits and nothing between them."""
    return bool(match["digits"]) and match["digits"].isdigit() and len(match["digits"]) == digits


def _is_age(before: str, match: re.Match[str], after: str, notation: _Notation) -> bool:
    """Whether a number is somebody's age: `mit 18 Jahren war sie`, but not `mit 18 Jahren Haft`."""
    if not notation.age_before.search(before):
        return False
    return match["unit"] in notation.age_units and not re.match(r"[\s\u00a0][A-ZÄÖÜ]", after)


def _is_postcode(before: str, text: str, end: int, notation: _Notation) -> bool:
    """Whether five digits stand before a place the dictionary does not know: `in 31167 Bockenem`."""
    following = re.match(r"\s([A-ZÄÖÜ][\w-]+)", text[end : end + 40])
    return (
        notation.capital_nouns
        and following is not None
        and bool(re.search(r"(?:^|\s)(?:in|aus|nach|bei)\s$", before))
        and not is_known(following[1], notation.language)
    )


def _is_label(before: str, match: re.Match[str], text: str, notation: _Notation) -> bool:
    """Whether a small number behind a name or noun with a capital letter numbers it: `Halle 1`, `Position acht`."""
    words = before.split()
    if not words or not words[-1][0].isupper() or not words[-1].replace("-", "").isalpha() or len(words) == 1:
        return False
    small = match["word"] or len(match["digits"]) <= 3  # noqa: PLR2004
    if not small:
        return False
    subject = _subject(text, match.end(), notation) if notation.capital_nouns else None
    return subject is None or (bool(match["digits"]) and match["digits"] != "1" and _is_singular(subject, notation))


def _is_singular(subject: str, notation: _Notation) -> bool:
    """Whether a noun behind a number is surely no plural, so that the number belongs to the name before it.

    The noun's last part that the dictionary knows (`Transportdrohne` → `Drohne`) is its own lemma there, and ends in
    what German feminines never keep unchanged in the plural.
    """
    word = subject.lower()
    if " " in subject or not word.endswith(notation.singular_endings) or word.endswith(notation.same_plurals):
        return False
    for start in range(len(subject) - 3):
        tail = subject[start:].capitalize()
        if is_known(tail, notation.language):
            return lemma(tail, notation.language) == tail
    return False


def _subject(text: str, position: int, notation: _Notation) -> str | None:
    """What is counted: the noun after the number, with the adjectives between."""
    found = notation.subject.match(text[position : position + SUBJECT])
    if found is None or not (notation.capital_nouns or found[1].split()[-1] not in notation.no_nouns):
        return None
    return found[1]


@cache
def _notation(language: str) -> _Notation | None:
    """The notation of `language`, compiled; None where it has none."""
    data = table(language, "figures")
    if not data:
        return None
    numbers = dict(data["numbers"]) | _composed(data["numbers"], data.get("composed", {}))
    data = {**data, "numbers": numbers}
    signs = sorted((unit for unit in data["units"] if not unit[-1].isalnum() and unit[0] not in "%°"), key=len)[::-1]
    bounds = sorted(data["bounds"], key=len)[::-1]
    return _Notation(
        group=data["group"],
        point=data["point"],
        pattern=_pattern(data, signs),
        magnitudes=data["magnitudes"],
        numbers=data["numbers"],
        never_alone=frozenset(data["alone"]["never"].split()),
        units=data["units"],
        bounds=re.compile(
            r"(?<!\w)("
            + "|".join(re.escape(b).replace(r"\ ", r"\s") for b in bounds)
            + r")\s(?:(?:"
            + ("|".join(data["fillers"].split()) or "(?!)")
            + r")\s)?$",
            re.IGNORECASE,
        ),
        bound_names=data["bounds"],
        none_before=frozenset(data["none"]["before"].split()),
        none_after=re.compile(
            r"[\s\u00a0-]?(?:"
            + "|".join(re.escape(w) for w in sorted(data["none"]["after"].split(), key=len)[::-1])
            + r")(?!\w)",
            re.IGNORECASE,
        ),
        ages=frozenset(data["none"]["ages"].split()),
        age_before=_age_before(data["none"].get("age_before", ())),
        age_units=frozenset(data["none"]["age_units"].split()),
        vague=frozenset(data["alone"].get("vague", "").split()),
        compounds=_compound_pattern(numbers, str(data["none"].get("no_compounds", ""))),
        no_nouns=frozenset(data["none"].get("no_nouns", "").split()),
        subject=re.compile(r"[\s\u00a0]" + data["subject"]),
        no_count_after=_no_count_after(data["further"].split()),
        ranges=frozenset(["-", "–", *data["ranges"].split()]),
        singular_endings=tuple(data["none"].get("singular_endings", "").split()) or ("\0",),
        same_plurals=tuple(data["none"].get("same_plurals", "").split()) or ("\0",),
        language=language,
        capital_nouns=bool(table(language, "dates").get("capital_nouns")),
    )


def _no_count_after(further: Sequence[str]) -> re.Pattern[str]:
    """Times, scores, dimensions, numbers of several parts, and words with a hyphen that carry on: `5- bis 7-jährig`."""
    words = "|".join(map(re.escape, further)) or "(?!)"
    return re.compile(rf"[:/@]\d|\d|\w|\+|[-–]\w|-\s(?:{words})\s|\s?[:]\s?\d|\s[x×]\s\d|\.\s?\d")


def _age_before(phrases: Sequence[str]) -> re.Pattern[str]:
    """What ends in one of the phrases that open an age."""
    phrase = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{phrase})\s$", re.IGNORECASE)


def _composed(numbers: Mapping[str, str], rules: Mapping[str, str]) -> dict[str, str]:
    """The number words that a language makes of others: `fünfundzwanzig`, `twenty-five`, `dreihundert`."""
    ones = {word: Decimal(numbers[word]) for word in rules.get("ones", "").split()}
    tens = {word: Decimal(numbers[word]) for word in rules.get("tens", "").split()}
    made = {
        rules["with_tens"].format(one=one, ten=ten): first + second
        for one, first in ones.items()
        for ten, second in tens.items()
        if rules.get("with_tens")
    }
    for key, factor, more in (("with_hundreds", 100, "0"), ("with_thousands", 1000, "0"), ("with_half", 1, "0.5")):
        if rules.get(key):
            made |= {rules[key].format(one=one): value * factor + Decimal(more) for one, value in ones.items()}
    return {word: _plain(value) for word, value in made.items()}


def _compound_pattern(numbers: Mapping[str, str], excluded: str) -> re.Pattern[str] | None:
    """A number, a hyphen and what it measures or counts; None where the language names nothing it must not be."""
    if not excluded:
        return None
    words = "|".join(sorted(numbers, key=lambda word: (-len(word), word)))
    others = "|".join(excluded.split())
    return re.compile(
        rf"(?<![\w.,$€£#/-])(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})*)|(?P<word>{words}))"
        rf"-(?P<noun>(?!(?:{others})(?!\w))[a-z]{{3,}})(?![\w’'])(?!-(?:old|year-old|olds|and|to)\b)"
    )


def _pattern(data: Mapping[str, Mapping[str, str]], signs: Sequence[str]) -> re.Pattern[str]:
    """One pattern for sign, number or number word, magnitude and unit."""

    def either(words: Sequence[str]) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=lambda w: (-len(w), w)))

    words = [form for word in data["numbers"] for form in (word, word.capitalize())]
    half = rf"\s(?:{data['alone']['half']})(?!\w)".replace(" ", r"\s") if data["alone"].get("half") else "(?!)"
    letters = "".join(sorted({word[0] for word in words}))
    first = "".join(sorted({re.escape(sign[0]) for sign in signs}))
    return re.compile(
        # asked first, because it fails at most places: halves the time
        rf"(?=[\d{first}]|(?<![\w-])[{letters}])"
        rf"(?:(?P<sign>{either(signs)})\s?)?"
        r"(?:(?P<digits>\d{1,20}(?:[.,’'\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?)"
        rf"|(?<![\w-])(?P<word>{either(words)})(?![\w-])(?P<half>{half})?)"
        rf"(?:[\s\u00a0-]?(?P<magnitude>{either(list(data['magnitudes']))})(?!\w)\.?)?"
        rf"(?:[\s\u00a0]?(?P<unit>{either(list(data['units']))})(?!\w))?",
    )
