"""How one language writes quantities, compiled from its `figures.toml`: one pattern for all of them, and its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache
from os.path import commonprefix
from typing import NamedTuple

from briefing.annotation.units import per, signs, units
from briefing.compiled import kept
from briefing.lexicon import table

LONGEST_GLUED = 2
"""Letters of the magnitudes that a number may be glued to whatever follows them: `m`, `bn`."""


class Notation(NamedTuple):
    """How one language writes quantities, and by what it tells them from other numbers."""

    language: str
    capital_nouns: bool
    number: re.Pattern[str]
    """Sign, number in digits or words, magnitude and unit, each in a group of its own."""
    digits: re.Pattern[str]
    """Digits that are one number in this notation."""
    group: str
    point: str
    magnitudes: Mapping[str, str]
    numbers: Mapping[str, str]
    units: Mapping[str, str]
    bounds: re.Pattern[str]
    bound_names: Mapping[str, str]
    ranges: frozenset[str]
    links: frozenset[str]
    """What stands between numbers that go together."""
    pairs: Mapping[str, str]
    """Words before the first of two numbers that make a range of them, and what stands between: `zwischen`, `und`."""
    compounds: re.Pattern[str] | None
    """A quantity in one word with what it measures or counts (`two-hour`), in a language that writes so."""
    subject: re.Pattern[str]
    """What is counted, behind the number, in its first group."""
    no_nouns: frozenset[str]
    no_adjectives: frozenset[str]
    partitive: re.Pattern[str]
    """What shows behind a number word that it counts what is named elsewhere: `four of its`."""
    never_alone: frozenset[str]
    single: frozenset[str]
    """Words for one that count before some units, `single_units`: `ein Prozent`."""
    single_units: frozenset[str]
    with_unit: frozenset[str]
    """Of the words that never count alone those that do before any unit: `halbe Stunde`."""
    vague: frozenset[str]
    none_before: frozenset[str]
    """Words behind which a number is a name, or a place in a text."""
    bare_before: frozenset[str]
    """The same, unless a unit or a counted noun follows."""
    none_after: re.Pattern[str]
    ages: frozenset[str]
    age_before: re.Pattern[str]
    """What stands before a number of years that is an age; its units are in `age_units`."""
    age_range: re.Pattern[str]
    """What stands before a number that is an age whatever follows: `aged 5 to`."""
    age_units: frozenset[str]
    streets: re.Pattern[str]
    """The name of a street behind a house number."""
    street_endings: tuple[str, ...]
    """How the names of streets end that stand before a house number."""
    no_count_after: re.Pattern[str]
    """What shows, behind a bare number, that it counts nothing."""
    no_names: frozenset[str]
    """Words that name nothing even where they begin with a capital letter, so that no number belongs to them."""
    singular_endings: tuple[str, ...]
    same_plurals: tuple[str, ...]


@cache
def notation(language: str) -> Notation | None:
    """The notation of `language`; None where its folder has none."""
    data = table(language, "figures")
    if not data:
        return None
    none, alone = data["none"], data["alone"]
    numbers, magnitudes = _numbers(language), _magnitudes(language)
    group, point = re.escape(data["group"]), re.escape(data["point"])
    return Notation(
        language=language,
        capital_nouns=bool(table(language, "dates").get("capital_nouns")),
        number=re.compile(_pattern(language)),
        digits=re.compile(rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?|\d+(?:{point}\d+)?"),
        group=data["group"],
        point=data["point"],
        magnitudes=magnitudes,
        numbers=numbers,
        units={**units(language), **signs(language)},
        bounds=_bounds(data["bounds"], data["fillers"].split()),
        bound_names=data["bounds"],
        ranges=frozenset(["-", "–", *data["ranges"].split()]),
        links=frozenset([",", "&", "-", "–", *data["ranges"].split(), *data["further"].split()]),
        pairs=data.get("pairs", {}),
        compounds=_compound_pattern(numbers, str(none.get("no_compounds", ""))),
        subject=re.compile(r"[\s\u00a0][„“”\"»«‚‘]?" + data["subject"]),
        no_nouns=_words(none.get("no_nouns")),
        no_adjectives=_words(data.get("no_adjectives")),
        partitive=re.compile(data.get("partitive") or "(?!)"),
        never_alone=_words(alone["never"]) | {word for word in data["numbers"] if " " in word},
        single=_words(alone.get("single")),
        single_units=_words(alone.get("single_units")),
        with_unit=_words(alone.get("with_unit")) | {word for word in data["numbers"] if " " in word},
        vague=_words(alone.get("vague")),
        none_before=_words(none["before"]),
        bare_before=_words(none.get("bare")),
        none_after=_none_after(none["after"].split(), none.get("after_phrases", ())),
        ages=_words(none["ages"]),
        age_before=_age_before(none.get("age_before", ())),
        age_range=re.compile(f"(?:{data.get('age_range') or '(?!)'})$"),
        age_units=_words(none["age_units"]),
        streets=re.compile(data.get("streets") or "(?!)"),
        street_endings=tuple(str(data.get("street_endings", "")).split()) or ("\0",),
        no_count_after=_no_count_after(data["further"].split()),
        no_names=_no_names(language),
        singular_endings=tuple(none.get("singular_endings", "").split()) or ("\0",),
        same_plurals=tuple(none.get("same_plurals", "").split()) or ("\0",),
    )


def _words(listed: object) -> frozenset[str]:
    return frozenset(str(listed or "").split())


def _magnitudes(language: str) -> Mapping[str, str]:
    """The magnitudes, also as a headline writes them."""
    words = table(language, "figures")["magnitudes"]
    return {**{word.capitalize(): value for word, value in words.items() if len(word) > LONGEST_GLUED}, **words}


def _no_names(language: str) -> frozenset[str]:
    """Closed classes, bounds and days, which may stand with a capital letter before a number: `On Monday 15 people`."""
    grammar, dates = table(language, "grammar"), table(language, "dates")
    classes = ("determiners", "prepositions", "conjunctions", "adverbs")
    listed = {word for name in classes for word in str(grammar.get(name, "")).split()}
    days = {words.split()[0] for words in dates.get("weekdays", ())}
    bounds = {bound.split()[-1] for bound in table(language, "figures").get("bounds", {})}
    return frozenset(word.lower() for word in listed | days | bounds)


def _bounds(bounds: Mapping[str, str], fillers: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(bound).replace(r"\ ", r"\s") for bound in sorted(bounds, key=len)[::-1])
    return re.compile(rf"(?<!\w)({words})\s(?:(?:{'|'.join(fillers) or '(?!)'})\s)?$", re.IGNORECASE)


def _none_after(words: Sequence[str], phrases: Sequence[str]) -> re.Pattern[str]:
    """Times, ages and ordinals behind a number."""
    ordered = sorted([*words, *phrases], key=len)[::-1]
    either = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered)
    return re.compile(rf"[\s\u00a0-]?(?:{either})(?!\w)", re.IGNORECASE)


def _no_count_after(further: Sequence[str]) -> re.Pattern[str]:
    """Times, scores, dimensions, numbers of several parts, and words with a hyphen that carry on: `5- bis 7-jährig`."""
    words = "|".join(map(re.escape, further)) or "(?!)"
    return re.compile(rf"[:/@]\d|\d|\w|\+|[-–]\w|-\s(?:{words})\s|\s?[:]\s?\d|\s[x×]\s|\.\s?\d")


def _age_before(phrases: Sequence[str]) -> re.Pattern[str]:
    """What ends in one of the phrases that open an age."""
    phrase = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{phrase})\s$", re.IGNORECASE)


@kept
def _numbers(language: str) -> Mapping[str, str]:
    """The number words, those made of others included; they take 3 ms."""
    data = table(language, "figures")
    return {**data["numbers"], **_composed(data["numbers"], data.get("composed", {}))}


def _composed(numbers: Mapping[str, str], rules: Mapping[str, str]) -> dict[str, str]:
    """The number words that a language makes of others: `fünfundzwanzig`, `twenty-five`, `dreihundert`."""
    ones = {word: Decimal(numbers[word]) for word in rules.get("ones", "").split()}
    tens = {word: Decimal(numbers[word]) for word in rules.get("tens", "").split()}
    thousands = ones | {word: Decimal(numbers[word]) for word in rules.get("thousands", "").split()}
    made = {
        rules["with_tens"].format(one=one, ten=ten): first + second
        for one, first in ones.items()
        for ten, second in tens.items()
        if rules.get("with_tens")
    }
    for key, words, factor, more in (
        ("with_hundreds", ones, 100, "0"),
        ("with_thousands", thousands, 1000, "0"),
        ("with_half", ones, 1, "0.5"),
    ):
        if rules.get(key):
            made |= {rules[key].format(one=one): value * factor + Decimal(more) for one, value in words.items()}
    return {word: plain(value) for word, value in made.items()}


def plain(number: Decimal) -> str:
    """A decimal without exponent, separators or idle zeros."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _compound_pattern(numbers: Mapping[str, str], excluded: str) -> re.Pattern[str] | None:
    """A number, a hyphen and what it measures or counts; None where the language names nothing it must not be."""
    if not excluded:
        return None
    words = "|".join(sorted(numbers, key=lambda word: (-len(word), word)))
    others = "|".join(excluded.split())
    return re.compile(
        rf"(?<![\w.,$€£#/-])(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?)|(?P<word>{words}))"
        rf"-(?P<noun>(?!(?:{others})(?!\w))[a-z]{{3,}})(?![\w’'])(?!-(?:old|year-old|olds|and|to)\b)"
    )


@kept
def _pattern(language: str) -> str:
    """One pattern for sign, number or number word, magnitude and unit; written in 6 ms, before it is compiled."""
    data, numbers = table(language, "figures"), _numbers(language)
    magnitudes, before = _magnitudes(language), signs(language)
    words = [form for word in numbers for form in (word, word.capitalize())]
    half = rf"\s(?:{data['alone']['half']})(?!\w)".replace(" ", r"\s") if data["alone"].get("half") else "(?!)"
    link = data.get("composed", {}).get("and")
    more = rf"(?:\s{link}\s(?P<more>{_either(numbers)})(?![\w-]))?" if link else "(?P<more>(?!))?"
    letters = "".join(sorted({word[0] for word in words}))
    first = "".join(sorted({re.escape(sign[0]) for sign in before}))
    glued = data.get("glued", "").split()
    spaced = [word for word in magnitudes if word not in glued]
    return (
        # asked first, because it fails at most places: halves the time
        rf"(?=[\d½¼¾{first}]|(?<![\w-])[{letters}])"
        rf"(?:(?<!\w)(?P<sign>{_either(before)})\s?)?"
        r"(?:(?P<fraction>(?:\d{1,3}[\s\u00a0]?)?[½¼¾]|(?:\d{1,2}\s)?[1-7]/[248](?![\d/]))"
        r"|(?P<digits>\d{1,20}(?:[.,’'\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?)(?:[.,][-–—](?!\d))?"
        rf"|(?<![\w-])(?P<word>{_either(words)})(?![\w-]))(?P<half>{half})?"
        rf"(?:(?:[\s\u00a0-]?(?P<magnitude>{_either(spaced)})|(?<=\d)(?P<glued>{_either(glued) or '(?!)'}))"
        rf"(?!\w)\.?{more})?"
        rf"(?:[\s\u00a0]?(?P<unit>{_either(units(language))})(?!\w)(?P<per>/(?:{per(language)})(?!\w))?)?"
    )


def _either(words: Collection[str]) -> str:
    """A pattern of all the words by their letters, which asks for no word whose beginning fails; the longest wins."""
    return _branches(sorted(set(words)), 0)


def _branches(words: Sequence[str], at: int) -> str:
    """What may follow in some sorted words behind their first letters, `at` in number, which all have in common.

    Letters before the same rest (`Drei`, `drei`) are one way: the German pattern is shorter by a quarter.
    """
    following: dict[str, list[str]] = {}
    for word in words:
        if len(word) > at:
            following.setdefault(word[at], []).append(word)
    alike: dict[str, list[str]] = {}
    for letter, beginning in following.items():
        common = commonprefix((beginning[0], beginning[-1]))  # noqa: RUF071 - by letters is what is wanted
        rest = _spelt(common[at + 1 :]) + _branches(beginning, len(common))
        alike.setdefault(rest, []).append(_spelt(letter))
    ways = [(letters[0] if len(letters) == 1 else f"[{''.join(letters)}]") + rest for rest, letters in alike.items()]
    if not ways:
        return ""
    is_whole = len(words[0]) == at
    joined = ways[0] if len(ways) == 1 and not is_whole else f"(?:{'|'.join(ways)})"
    return f"{joined}?" if is_whole else joined


def _spelt(letters: str) -> str:
    return re.escape(letters).replace(r"\ ", r"\s")
