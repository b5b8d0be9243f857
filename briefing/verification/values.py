"""What a text mentions, its evidence mentions too.

Rules: `number`, `date`, `month`, `unit`, `bound`, `name`, `country`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from briefing.model import Finding
from briefing.verification.claimed import Claimed
from briefing.verification.facts import Facts
from briefing.verification.grounds import ARTICLE, NAMES, PASSAGE, Ground, allowed, bounds_of, comparable, proves
from briefing.verification.mentions import Mention
from briefing.verification.proved import Elsewhere

_BROADER = {"about": {"almost", "about"}, "almost": {"about", "almost"}}
"""Bounds that two languages draw differently: `knapp` is `almost` to one translator and `about` to another."""


def check_values(claimed: Claimed) -> Iterator[Finding | Elsewhere]:
    """Hold every number, date and name of each text against the evidence."""
    for language, facts in claimed.texts.items():
        for mention in {(one.kind, one.value): one for one in facts.mentions if one.hard}.values():
            ground = _ground(mention, claimed.grounds)
            if ground is None:
                yield claimed.finding(rule_of(mention), _unproved(mention, claimed), language)
                continue
            if ground.where != PASSAGE:
                yield Elsewhere(claimed.statement.id, language, mention.text, ground.where, ground.source)
            if mention.kind == "number":
                yield from _measure(mention, claimed, ground, language)
        yield from _exchanged(facts, claimed, language)
        yield from _calendar(facts, claimed, language)
    yield from _field(claimed)


def rule_of(mention: Mention) -> str:
    """The rule under which an unproved mention is reported."""
    if mention.kind == "date" and len(mention.value.lstrip("-")) in {2, 7}:
        return "month"
    return mention.kind if mention.kind in {"country", "number"} else "name" if mention.kind in NAMES else "date"


def _ground(mention: Mention, grounds: tuple[Ground, ...]) -> Ground | None:
    """The nearest ground that proves the mention.

    The article's own date proves nothing where a passage itself tells the time and differs.
    """
    for ground in grounds:
        if not allowed(mention.kind, ground.where):
            continue
        if ground.where == ARTICLE and any(
            comparable(one, mention) for other in grounds if other.where == PASSAGE for one in other.mentions
        ):
            return None
        if proves(ground, mention):
            return ground
    return None


def _unproved(mention: Mention, claimed: Claimed) -> str:
    said = dict.fromkeys(
        one.text
        for ground in claimed.grounds
        if ground.where == PASSAGE
        for one in ground.mentions
        if rule_of(one) == rule_of(mention) and one.hard
    )
    instead = f"there stands {', '.join(f'“{text}”' for text in said)}" if said else "they say none"
    return f"“{mention.text}” does not stand in its evidence ({claimed.origins()}); {instead}"


def _measure(mention: Mention, claimed: Claimed, ground: Ground, language: str) -> Iterator[Finding]:
    """The unit and the bound of a proved number, as the grounds as near as `ground` give them."""
    same = [one for other in claimed.grounds if other.where == ground.where for one in other.mentions]
    bounds = bounds_of(same, mention.value)
    units = {unit for under in bounds.values() for unit in under}
    if mention.unit and units and mention.unit not in units and None not in units:
        yield claimed.finding(
            "unit", f"“{mention.text}” is given in {mention.unit}; the evidence says {_list(units)}", language
        )
    if not bounds or mention.bound in bounds or _BROADER.get(mention.bound or "", set()) & set(filter(None, bounds)):
        return
    if None in bounds and mention.bound == "about":
        return  # says less than its evidence
    said = f"says “{mention.bound}”" if mention.bound else "drops the bound"
    right = _list(bounds)
    yield claimed.finding("bound", f"“{mention.text}” {said}; the evidence gives {right}", language)


def _exchanged(facts: Facts, claimed: Claimed, language: str) -> Iterator[Finding]:
    """A name that stands only around the evidence, while the quoted words have one that the text leaves out.

    Each may be right alone; together they are how a name looks that was written for another. On 119 statements that had
    been read against their evidence twice, this met one, which quoted more than it used; asking for the quoted words
    instead of their passages met four that were right.
    """
    for kind in ("country", "person"):
        near = {
            one.value
            for ground in claimed.grounds
            if ground.where == PASSAGE
            for one in ground.mentions
            if one.kind == kind
        }
        left_out = {one.value: one for quote in claimed.quotes for one in quote.of(kind, hard=True)}
        for one in facts.of(kind):
            left_out.pop(one.value, None)
        for one in {one.value: one for one in facts.of(kind, hard=True) if one.value not in near}.values():
            if left_out and any(proves(ground, one) for ground in claimed.grounds if allowed(kind, ground.where)):
                instead = ", ".join(f"“{other.text}”" for other in left_out.values())
                message = (
                    f"“{one.text}” stands only around the evidence, whose words name {instead}; quote what names it"
                )
                yield claimed.finding(rule_of(one), message, language)
    yield from _repeated(facts, claimed, language)


def _repeated(facts: Facts, claimed: Claimed, language: str) -> Iterator[Finding]:
    """A year or number that a text says twice and its evidence once, leaving another one out: 1961, 2001, 2001."""
    for kind in ("year", "number"):
        said = Counter(one.value for one in facts.of(kind, hard=True))
        given = Counter(one.value for ground in claimed.quotes for one in ground.of(kind, hard=True))
        left_out = sorted(set(given) - {one.value for one in facts.mentions})
        for value in sorted(value for value in said if said[value] > given[value] > 0):
            if left_out:
                message = f"{value} stands here twice, and {', '.join(left_out)} of the evidence is missing"
                yield claimed.finding("date" if kind == "year" else "number", message, language)


def _list(found: object) -> str:
    return " or ".join(sorted(str(one or "the bare number") for one in found))  # type: ignore[attr-defined]


def _calendar(facts: Facts, claimed: Claimed, language: str) -> Iterator[Finding]:
    """A weekday beside a date is the weekday of that date."""
    dates = [one for one in facts.of("date") if len(one.value) == 10 and one.value[0].isdigit()]  # noqa: PLR2004
    for weekday in facts.of("weekday"):
        beside = [one for one in dates if 0 <= one.start - weekday.end <= 6]  # noqa: PLR2004 - ", dem " stands between
        for one in beside:
            if str(dt.date.fromisoformat(one.value).weekday()) != weekday.value:
                yield claimed.finding("date", f"{one.text} was no {weekday.text}", language)


def _field(claimed: Claimed) -> Iterator[Finding]:
    """The statement's `date`, which the timeline shows."""
    value = claimed.statement.date
    if value is None or claimed.is_contradiction:
        return
    mention = Mention("year" if len(value) == 4 else "date", value[:10], value, 0, 0)  # noqa: PLR2004
    if _ground(mention, claimed.grounds) is None:
        yield claimed.finding("date", f"date: {_unproved(mention, claimed)}")
