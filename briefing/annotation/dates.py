"""Dates as written and as resolved: absolute, partial, and relative to the article's own date.

The patterns of a language stand in `data/<language>/dates.toml` and name what they found by groups (`day`, `month`,
`weekday`, `direction` …). This module only knows the groups, so a language needs no code.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from briefing.annotation.forms import lemma
from briefing.annotation.tense import Tense, tense_at
from briefing.annotation.tokens import in_address
from briefing.annotation.units import units
from briefing.lexicon import table
from briefing.model import DateMention, Precision

CENTURY_SPLIT = 50
"""A year of two digits below it is of this century (`19.06.24`), others of the last (`9.11.89`)."""
HALF_WEEK, HALF_YEAR = 3, 6
"""Days and months up to which what was planned for a named day or month is taken to lie ahead; beyond, the last of that
name is as near, and planned things that came to nothing are told as often."""
NEAR = 2
"""Years between an article and a year that stands in it as a bare number before a noun."""
FIRST_YEAR = 1900
"""The first year that may stand before an English plural: `the 1936 games`."""
LOOK_BACK = 24
"""Characters before a bare year that decide whether it is one: three short words."""


class _Calendar(NamedTuple):
    """The date words of one language."""

    pattern: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    words: Mapping[str, int]
    directions: Mapping[str, int]
    units: Mapping[str, str]
    counts: Mapping[str, int]
    singles: Mapping[str, tuple[str, int]]
    decades: Mapping[str, int]
    night: re.Pattern[str]
    """Before a weekday: the night that leads to it (`in der Nacht auf`)."""
    beside: re.Pattern[str]
    """What may stand between a weekday and its date."""
    every: re.Pattern[str]
    hours: re.Pattern[str]
    years_after: frozenset[str]
    no_years_after: frozenset[str]
    no_year_phrases: tuple[str, ...]
    year_phrases: tuple[str, ...]
    years_before: frozenset[str]
    counted: frozenset[str]
    """Units, and nouns that show a number before them to be a count where their ending does not."""
    plural: re.Pattern[str]
    """A noun by whose form a number before it is a count, where nouns have no capital letter."""
    capital_nouns: bool


def dates(text: str, language: str, reference: date | None = None) -> tuple[DateMention, ...]:
    """Find the dates in one sentence.

    Args:
        text: The sentence.
        language: ISO 639-1 code; a language without date words gives nothing.
        reference: The day the article is of, to which `am Mittwoch` and `19. Juni` refer; unknown if None.

    Returns:
        The mentions in order of place, with spans relative to `text`. A mention whose value depends on an unknown
        reference has the value None.
    """
    words = _calendar(language)
    if words is None or not _quick(language).search(text.lower()):
        return ()
    return tuple(_mentions(text, language, words, reference))


@cache
def _quick(language: str) -> re.Pattern[str]:
    """Something that every mention holds, in small letters, so that three sentences in four cost one search."""
    data = table(language, "dates")
    words = {word for names in [*data["months"], *data["weekdays"]] for word in names.split()}
    words |= {word for key in ("words", "units", "singles", "decades") for word in data[key]}
    # every alternative begins with a letter, so that the engine skips from one such letter to the next
    return re.compile("|".join([*"0123456789", *sorted(re.escape(word.lower()) for word in words)]))


def _mentions(text: str, language: str, words: _Calendar, reference: date | None) -> Iterator[DateMention]:
    """The mentions in order of place; a weekday beside a date is that day: `Samstag, 4. November`."""
    found = list(_single_mentions(text, language, words, reference))
    for index, mention in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if (
            following is not None
            and mention.precision == following.precision == "day"
            and mention.text.lower().split()[-1] in words.weekdays
            and words.beside.fullmatch(text[mention.end : following.start])
        ):
            yield replace(mention, value=following.value, derived=following.derived)
        elif following is not None and _is_of_year(mention, following, text[mention.end : following.start]):
            yield replace(
                mention, value=f"{str(following.value)[:4]}-{words.months[mention.text.lower()]:02d}", derived=False
            )
        else:
            yield mention


def _is_of_year(mention: DateMention, following: DateMention, between: str) -> bool:
    """Whether a month without a year opens a range whose end has one: `Januar bis Juli 2021`."""
    return (
        mention.precision == following.precision == "month"
        and mention.derived
        and not following.derived
        and bool(re.fullmatch(r"\s(?:\w+\s){1,2}|\s?[-–]\s?", between))
        and " " not in mention.text
    )


def _single_mentions(text: str, language: str, words: _Calendar, reference: date | None) -> Iterator[DateMention]:
    for match in words.pattern.finditer(text):
        groups = {re.sub(r"_\d+$", "", key): value for key, value in match.groupdict().items() if value is not None}
        if not _stands_free(text, match) or (
            set(groups) <= {"year"} and not _is_year(text, match, language, words, reference)
        ):
            continue
        if in_address(text, match.start()) and not match.group()[0].isalpha():
            continue
        if "weekday" in groups and _are_hours(text, match, words):
            continue
        if "year2" in groups and _is_measured(text, match.end(), words):
            continue  # 1800 – 2000 Meter
        if "word" in groups and _is_noun(text, match.start(), words):
            continue  # "der Morgen", "das Heute", "Medical News Today"
        for start, end, value, precision, derived in _resolve(text, match, groups, language, words, reference):
            yield DateMention(text[start:end], start, end, value, precision, derived)


def _is_measured(text: str, end: int, words: _Calendar) -> bool:
    """Whether a unit or a counted noun stands behind what looks like a range of years."""
    following = re.match(r"\s([^\W\d_][\w-]*)", text[end : end + LOOK_BACK])
    return following is not None and following[1] in words.counted


def _is_noun(text: str, start: int, words: _Calendar) -> bool:
    """Whether a word such as `today` has a capital letter although no sentence or quotation begins with it."""
    if not text[start].isupper() or start == 0:
        return False
    return words.capital_nouns or text[:start].rstrip()[-1:] not in "\"“‘'(:–—"


def _stands_free(text: str, match: re.Match[str]) -> bool:
    """Whether the match is no part of a longer word or number: `1.2.2024`, `2019-fach`, `A2020`, `10.000`."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    if before[-1:].isalnum() or (
        before and before[-1] in ".,:/-–" and before[:1].isdigit() and match.group()[0].isdigit()
    ):
        return before[-1:] in "-–/" and before[:1].isdigit()
    if before and before[-1] in "-#_@$€£§" and match.group()[0].isdigit():
        return False
    if match.group()[-1].isdigit():
        return not (after[:1].isalnum() or (after[:1] in ".,:'’" and after[1:2].isdigit()) or after[:1] in "%°€$")
    return not after[:1].isalnum()


def _are_hours(text: str, match: re.Match[str], words: _Calendar) -> bool:
    """Whether a weekday belongs to opening hours or a custom: `Montag bis Freitag von 9-12 Uhr`, `jeden Montag`."""
    before, after = text[max(0, match.start() - 32) : match.start()], text[match.end() : match.end() + 32]
    return bool(words.every.search(before)) or bool(
        words.hours.search(after),
    )


def _is_year(text: str, match: re.Match[str], language: str, words: _Calendar, reference: date | None) -> bool:
    """Whether a bare number of four digits is a year and no count."""
    before = [word.lower().strip("(,;:") for word in text[max(0, match.start() - LOOK_BACK) : match.start()].split()]
    after = text[match.end() : match.end() + 24]
    last = before[-1] if before else ""
    after_words = after.split()
    phrase = " ".join(before)
    told = phrase.endswith(words.year_phrases) or bool(
        after_words and after_words[0].strip(".,;:") in words.years_before
    )
    if not told and (last in words.no_years_after or phrase.endswith(words.no_year_phrases)):
        return False
    if last in words.years_after or not 1400 <= int(match.group()) <= 2099:  # noqa: PLR2004 - before, a year says `im Jahr`
        return last in words.years_after
    if re.search(r"\d\s$", text[: match.start()][-2:]) or re.match(r"\s\d{3}", after):  # a telephone number
        return False
    following = re.match(r"[\s\u00a0]([^\W\d_][\w-]*)", after)
    if following is None:
        return not re.match(r"\s?[%€$£°x×]", after)
    if following.group(1) in words.counted:
        return False
    if _is_likely_year(int(match.group()), words, reference):
        return True
    heads = match.group()[2:] != "00" and re.search(r"(?:^|[/,;|•–])\s*$", text[: match.start()])
    if words.capital_nouns and heads and following.group(1)[0].isupper():
        # the head of an entry: "2009 Gründung des Vereins", but "2019 Menschen", where the noun is a plural
        return lemma(following.group(1), language) == following.group(1)
    if words.capital_nouns:  # "2000 Menschen" is a count, "2000 wurde er" a year; so is "2000 Euro"
        return not following.group(1)[0].isupper()
    return not words.plural.fullmatch(following.group(1))


def _is_likely_year(number: int, words: _Calendar, reference: date | None) -> bool:
    """Whether a number of four digits before a noun is a year rather than a count: `the 2016 riots`, `2025 Rücklagen`.

    English writes counts from a thousand on with a comma; German often without a mark, so there it must be near.
    """
    if number % 100 == 0:
        return False
    if words.capital_nouns:
        return reference is not None and abs(number - reference.year) <= NEAR
    return number >= FIRST_YEAR


def _resolve(
    text: str,
    match: re.Match[str],
    groups: Mapping[str, str],
    language: str,
    words: _Calendar,
    reference: date | None,
) -> Iterator[tuple[int, int, str | None, Precision, bool]]:
    """Spans and values of what one match names: two for a range."""
    span = match.span()
    if "day" in groups:
        yield from _resolve_days(match, groups, words, reference)
    elif "month" in groups:
        month = words.months[groups["month"].lower()]
        if "year" in groups:
            yield *span, f"{groups['year']}-{month:02d}", "month", False
        else:
            direction = words.directions.get(groups.get("direction", "").lower())
            tense = tense_at(text, span, language) if direction is None and reference else None
            yield *span, _month(month, direction, tense, reference), "month", True
    elif "year" in groups:
        yield from _resolve_years(match, groups)
    elif "decade" in groups:
        decade = groups["decade"] if len(groups["decade"]) == 4 else f"19{groups['decade']}"  # noqa: PLR2004
        yield *span, decade[:3], "decade", False
    elif "tens" in groups:
        yield *span, str(words.decades[groups["tens"].lower()]), "decade", False
    elif "century" in groups:
        yield *span, None, "unknown", False
    elif "weekday" in groups:
        yield *span, _weekday(text, match, groups, language, words, reference), "day", True
    else:
        yield *span, *_relative(groups, words, reference)


def _resolve_days(
    match: re.Match[str],
    groups: Mapping[str, str],
    words: _Calendar,
    reference: date | None,
) -> Iterator[tuple[int, int, str | None, Precision, bool]]:
    name = groups["month"].lower()
    month = int(name) if name.isdigit() else words.months[name]
    year = groups.get("year")
    if year is not None and len(year) == 2:  # noqa: PLR2004
        year = f"20{year}" if int(year) < CENTURY_SPLIT else f"19{year}"
    days = [key for key in ("day", "day2") if key in groups]
    for key in days:
        day = int(groups[key])
        value = _day(int(year), month, day) if year else _nearest(month, day, reference)
        if year and value is None:
            continue  # 31. Februar
        if len(days) == 1:
            start, end = match.span()
        else:
            named = next(k for k, v in match.groupdict().items() if v is not None and re.sub(r"_\d+$", "", k) == key)
            first = key == days[0]
            start = match.start() if first else match.start(named)
            end = match.end(named) if first else match.end()
            end += first and match.string[end : end + 1] == "."
        yield start, end, value, "day", year is None


def _resolve_years(
    match: re.Match[str],
    groups: Mapping[str, str],
) -> Iterator[tuple[int, int, str | None, Precision, bool]]:
    years = [groups["year"]]
    if "year2" in groups:
        second = groups["year2"]
        years.append(second if len(second) == 4 else years[0][:2] + second)  # noqa: PLR2004
    if len(years) == 1 or int(years[1]) <= int(years[0]):
        yield match.start(), match.start() + 4, years[0], "year", False
        return
    yield match.start(), match.start() + 4, years[0], "year", False
    yield match.end() - len(groups["year2"]), match.end(), years[1], "year", False


def _day(year: int, month: int, day: int) -> str | None:
    """The ISO date, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _nearest(month: int, day: int, reference: date | None) -> str | None:
    """The day of that name nearest to the reference."""
    if reference is None:
        return None
    years = range(max(1, reference.year - 1), min(9998, reference.year + 1) + 1)
    days = [date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
    return min(days, key=lambda found: abs(found - reference)).isoformat() if days else None


def _month(month: int, direction: int | None, tense: Tense | None, reference: date | None) -> str | None:
    """The month of that name: the last one up to the reference, the next where the sentence looks ahead.

    What was planned is the next one if that is nearer, else it cannot be known whether it has been.
    """
    if reference is None:
        return None
    year, ahead = reference.year, (month - reference.month) % 12
    if direction == 1 or (direction is None and tense in {"ahead", "planned"}):
        if tense == "planned" and ahead > HALF_YEAR:
            return None
        year += month < reference.month or (direction == 1 and month == reference.month)
    elif month > reference.month or (direction == -1 and month == reference.month):
        year -= 1
    return f"{year}-{month:02d}"


def _weekday(
    text: str,
    match: re.Match[str],
    groups: Mapping[str, str],
    language: str,
    words: _Calendar,
    reference: date | None,
) -> str | None:
    """The day of that name which the sentence means: the last one, the next if it looks ahead, None if it does not say.

    What was planned (`sollte am Freitag beginnen`) lies ahead if that day is the nearer one; else it cannot be known.
    A night that leads to tomorrow is the coming one, whatever the tense.
    """
    if reference is None:
        return None
    direction = words.directions.get(groups.get("direction", "").lower())
    back = (reference.weekday() - words.weekdays[groups["weekday"].lower()]) % 7
    ahead = 7 - back
    if direction is not None:
        return (
            reference + timedelta(days=ahead if direction == 1 else -(back or 7) if direction else -back)
        ).isoformat()
    if not back:
        return reference.isoformat()
    if ahead == 1 and words.night.search(text[: match.start()]):
        return (reference + timedelta(days=1)).isoformat()
    tense = tense_at(text, match.span(), language)
    if tense == "open" or (tense == "planned" and ahead > HALF_WEEK):
        return None
    return (reference + timedelta(days=-back if tense == "back" else ahead)).isoformat()


def _relative(
    groups: Mapping[str, str],
    words: _Calendar,
    reference: date | None,
) -> tuple[str | None, Precision, bool]:
    """`heute`, `in der kommenden Woche`, `vor zwei Jahren`, `im Vorjahr`."""
    if "word" in groups:
        unit, shift = "day", words.words[groups["word"].lower()]
    elif "single" in groups:
        unit, shift = words.singles[groups["single"].lower()]
    elif "ago" in groups:
        count = groups["ago"].lower()
        unit = words.units[groups["unit"].lower()]
        shift = -(int(count) if count.isdigit() else words.counts[count])
    else:
        unit = words.units[groups["unit"].lower()]
        shift = words.directions[groups["direction"].lower()]
    return _shifted(unit, shift, reference)


def _shifted(unit: str, shift: int, reference: date | None) -> tuple[str | None, Precision, bool]:
    """The reference day moved by `shift` units, cut to the unit."""
    precision: dict[str, Precision] = {"day": "day", "weekend": "day", "month": "month", "year": "year"}
    if reference is None:
        return None, precision.get(unit, "week" if unit == "week" else "unknown"), True
    if unit == "day":
        return (reference + timedelta(days=shift)).isoformat(), "day", True
    if unit == "week":
        year, week, _ = (reference + timedelta(weeks=shift)).isocalendar()
        return f"{year}-W{week:02d}", "week", True
    if unit == "weekend":
        saturday = reference + timedelta(days=5 - reference.weekday(), weeks=shift)
        return saturday.isoformat(), "day", True
    if unit == "month":
        months = reference.year * 12 + reference.month - 1 + shift
        return f"{months // 12:04d}-{months % 12 + 1:02d}", "month", True
    if unit == "decade":
        return f"{(reference.year + 10 * shift) // 10:03d}", "decade", True
    return f"{reference.year + shift:04d}", "year", True


@cache
def _calendar(language: str) -> _Calendar | None:
    """The date words of `language`, compiled; None where it has none."""
    data = table(language, "dates")
    if not data:
        return None
    months = {name: n for n, names in enumerate(data["months"], 1) for name in names.split()}
    weekdays = {name: n for n, names in enumerate(data["weekdays"]) for name in names.split()}
    lists = {
        "month": months,
        "weekday": weekdays,
        "direction": data["directions"],
        "count": data["counts"],
        "word": data["words"],
        "single": data["singles"] or {"(?!)": 0},
        "tens": data.get("decades") or {"(?!)": 0},
    }
    return _Calendar(
        pattern=_compile(data["patterns"]["list"], lists, proper=not data["small_names"]),
        months=months,
        weekdays=weekdays,
        words=data["words"],
        directions=data["directions"],
        units=data["units"],
        counts=data["counts"],
        decades=data.get("decades", {}),
        singles={key: (value[0], value[1]) for key, value in data["singles"].items()},
        night=re.compile(rf"(?:{data['tense']['night']})\s$", re.IGNORECASE),
        beside=re.compile(rf",?\s?(?:{data['tense']['articles']})?\s?\(?"),
        every=re.compile(rf"\b(?:{data['tense']['every']})\s(?:\w+\s){{0,2}}$"),
        hours=re.compile(rf"\d\s?[-–]\s?\d{{1,2}}(?:[:.]\d\d)?\s?(?:{data['tense']['hours']})"),
        years_after=frozenset(data["year"]["before"].split()),
        no_years_after=frozenset(data["year"]["not_before"].split()),
        no_year_phrases=tuple(data["year"].get("not_phrases", ())),
        year_phrases=tuple(data["year"].get("phrases", ())),
        years_before=frozenset(data["year"].get("behind", "").split()),
        counted=frozenset(data["year"].get("counted", "").split()) | frozenset(units(language)),
        plural=re.compile(data["year"].get("plural") or "(?!)"),
        capital_nouns=bool(data.get("capital_nouns")),
    )


def _compile(patterns: list[str], lists: Mapping[str, Mapping[str, Any]], *, proper: bool) -> re.Pattern[str]:
    """One pattern of all, with group names made unique; `proper` where months and weekdays have a capital letter."""
    alternatives = []
    for number, pattern in enumerate(patterns):
        filled = pattern
        for key, names in lists.items():
            filled = filled.replace("{" + key + "}", _either(names, proper=proper and key in {"month", "weekday"}))
        alternatives.append(re.sub(r"\(\?P<(\w+?)>", _Numbered(number), filled))
    return re.compile(r"(?<![\w])(?:" + "|".join(alternatives) + ")")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Makes the name of a group one of its own: `day` → `day_7`."""

    number: int

    def __call__(self, found: re.Match[str]) -> str:
        """The group's opening with its number."""
        return f"(?P<{found[1]}_{self.number}>"


def _either(names: Mapping[str, Any], *, proper: bool) -> str:
    """An alternation of names, longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "(?:" + "|".join(_cased(name, proper=proper) for name in ordered) + ")"


def _cased(name: str, *, proper: bool) -> str:
    """A name as it may be written: months and weekdays with a capital letter only."""
    if name == "(?!)":
        return name
    if proper:
        return re.escape(name[0].upper() + name[1:])
    return f"[{name[0].lower()}{name[0].upper()}]{re.escape(name[1:])}"
