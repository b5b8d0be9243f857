"""Dates that stand in a text as such, and weekdays; what only the article's date resolves, annotation has resolved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from briefing.lexicon import table
from briefing.verification.mentions import Mention, Span, overlaps

_ISO = re.compile(r"(?<!\d)(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_DECADE = re.compile(r"(?<![\w.,])(?P<decade>(?:1[1-9]|20)?\d0)(?:er|s)\b")
_TWO_DIGITS = 2


@dataclass(frozen=True, slots=True)
class _Calendar:
    months: Mapping[str, int]
    patterns: tuple[re.Pattern[str], ...]
    weekdays: re.Pattern[str] | None
    weekday_numbers: Mapping[str, int]
    clock: re.Pattern[str] | None
    weak: frozenset[str]
    before: frozenset[str]


def days(text: str, language: str) -> Iterator[Mention]:
    """The dates, months, decades and weekdays of `text`, each once, dates before what lies within them."""
    calendar = _calendar(language)
    taken: list[Span] = []
    for pattern in calendar.patterns:
        for match in pattern.finditer(text):
            value = _value(match, calendar)
            if value and not overlaps(*match.span(), taken) and _is_month(text, match, calendar):
                taken.append(match.span())
                yield Mention("date", value, match.group(), *match.span())
    if calendar.clock:
        for match in calendar.clock.finditer(text):
            taken.append(match.span())
            yield Mention("clock", _clock(match), match.group(), *match.span())
    for match in _DECADE.finditer(text):
        decade = match["decade"]
        yield Mention(
            "decade", (decade if len(decade) > _TWO_DIGITS else f"19{decade}")[:3], match.group(), *match.span()
        )
    if calendar.weekdays:
        for match in calendar.weekdays.finditer(text):
            yield Mention(
                "weekday", str(calendar.weekday_numbers[match["weekday"].lower()]), match.group(), *match.span()
            )


def _clock(match: re.Match[str]) -> str:
    """`20:15`, from either way of counting hours."""
    found = {key.rstrip("b").removesuffix("24"): value for key, value in match.groupdict().items() if value is not None}
    hour = int(found["hour"])
    if "half" in found:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return f"{hour % 24:02d}:{found.get('minute', '00')}"


def _value(match: re.Match[str], calendar: _Calendar) -> str | None:
    """ISO 8601 as far as it is said, `--06-19` without a year; None where the calendar has no such day."""
    found = match.groupdict()
    name = found["month"]
    month = int(name) if name.isdigit() else calendar.months[name.lower()]
    year, day = found.get("year"), found.get("day")
    if year and len(year) == _TWO_DIGITS:
        year = f"20{year}"
    if day:
        try:
            dt.date(int(year or 2024), month, int(day))  # a leap year, so that 29 February stands
        except ValueError:
            return None
    return "-".join([str(int(year)) if year else "-", f"{month:02d}", *([f"{int(day):02d}"] if day else [])])


def _is_month(text: str, match: re.Match[str], calendar: _Calendar) -> bool:
    """Whether `May` is the month: beside a number always, alone after a preposition."""
    if match.group().lower() not in calendar.weak:
        return True
    before = text[: match.start()].split()
    return bool(before) and before[-1].lower() in calendar.before


@cache
def _calendar(language: str) -> _Calendar:
    data, own = table(language, "dates"), table(language, "verification")
    months = {name: n for n, names in enumerate(data.get("months", ()), 1) for name in names.split()}
    weekdays = {name: n for n, names in enumerate(data.get("weekdays", ())) for name in names.split()}
    full = [name for name in months if len(name) > 4 or name in {"may", "mai", "june", "july", "juni", "juli", "märz"}]  # noqa: PLR2004
    return _Calendar(
        months=months,
        patterns=(_ISO, *_patterns(_either(months), _either(full))) if months else (_ISO,),
        weekdays=re.compile(
            rf"\b(?P<weekday>{_either(weekdays)})(?:s|früh|s?morgen|vormittag|s?mittag|nachmittag|s?abend|s?nacht)?\b"
        )
        if weekdays
        else None,
        weekday_numbers=weekdays,
        clock=re.compile(own["clock"]) if "clock" in own else None,
        weak=frozenset(own.get("weak_months", "").split()),
        before=frozenset(own.get("month_before", "").split()),
    )


def _patterns(any_month: str, month: str) -> Iterator[re.Pattern[str]]:
    """German and English orders of day, month and year; the longest first."""
    for pattern in (
        rf"(?<!\d)(?P<day>[0-3]?\d)(?:\.|st|nd|rd|th)?\s?(?:of\s)?(?P<month>{any_month}),?\s(?P<year>[12]\d{{3}})\b",
        rf"\b(?P<month>{any_month})\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<year>[12]\d{{3}})\b",
        r"(?<![\d.])(?P<day>[0-3]?\d)\.\s?(?P<month>1[0-2]|0?[1-9])\.\s?(?P<year>[12]\d{3}|\d\d)\b(?![.,]\d)",
        rf"\b(?P<month>{any_month}),?\s(?:des\sJahres\s|of\s)?(?P<year>[12]\d{{3}})\b",
        rf"(?<![\d.,])(?P<day>[0-3]?\d)(?:\.|st|nd|rd|th)?\s?(?:of\s)?(?P<month>{any_month})\b",
        rf"\b(?P<month>{any_month})\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,]?\d)",
        r"(?<![\d.])(?P<day>[0-3]?\d)\.(?P<month>1[0-2]|0?[1-9])\.(?!\d)",
        rf"\b(?P<month>{month})\b",
    ):
        yield re.compile(pattern)


def _either(names: Mapping[str, int] | list[str]) -> str:
    """An alternation, longest first, with a capital letter: German and English write months and weekdays so."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name[0].upper() + name[1:]) for name in ordered)
