"""The timeline as it is drawn: one moment a date, with the distance to the one before."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from briefing.model import TimelineEntry
from briefing.rendering.labels import Labels

_DAYS_A_YEAR = 365.2425
_DAYS_A_MONTH = _DAYS_A_YEAR / 12
_MOST_MONTHS = 23
"""From two years on the distance is told in years: nobody counts 27 months."""
_MOST_DAYS = 59


@dataclass(frozen=True, slots=True)
class Moment:
    """All entries of one date."""

    date: str
    """ISO 8601, for `<time datetime>`."""
    shown: str
    """As the language writes it."""
    gap: str
    """Time since the moment before (`13 years`); empty for the first, and where the dates overlap."""
    height: float
    """How far below the moment before it stands, from 1 (the same day) to about 6 (a century)."""
    derived: bool
    entries: tuple[TimelineEntry, ...]


def moments(entries: Iterable[TimelineEntry], labels: Labels) -> list[Moment]:
    """Group sorted entries by date, and measure the distances.

    Distances are drawn by the logarithm of the days between, so that a century and a week fit on one page; the words
    beside them tell the true ones.
    """
    found: list[Moment] = []
    for date, group in groupby(entries, key=lambda entry: entry.date):
        same = tuple(group)
        days = (_begin(date) - _begin(found[-1].date)).days if found else 0
        within = bool(found) and (date.startswith(found[-1].date) or days <= 0)
        found.append(
            Moment(
                date=date,
                shown=labels.date(date),
                gap="" if within or not found else _span(days, labels),
                height=round(1 + math.log10(1 + max(days, 0)), 2),
                derived=all(entry.derived for entry in same),
                entries=same,
            )
        )
    return found


def _begin(date: str) -> dt.date:
    """The first day of an ISO date of any precision."""
    parts = [int(part) for part in date[:10].split("-")]
    return dt.date(*[*parts, 1, 1][:3])


def _span(days: int, labels: Labels) -> str:
    if days <= _MOST_DAYS:
        return labels.count("day", days)
    months = round(days / _DAYS_A_MONTH)
    return labels.count("month", months) if months <= _MOST_MONTHS else labels.count("year", round(days / _DAYS_A_YEAR))
