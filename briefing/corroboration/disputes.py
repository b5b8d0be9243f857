"""A claim and its denial; sources that differ on a number, a date or a wording. Never resolved by us."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.corroboration.content import Corpus
from briefing.corroboration.matching import Match
from briefing.corroboration.quoting import quote_in_two_wordings
from briefing.model import Claim, DateMention, Dispute, DisputeSide, Figure, Status

DisputeKind = Literal["denial", "date", "figure", "wording"]
_ABOUT = 0.1
"""How far a number may be from one that is given as `about` it."""
_DICE, _SHARED = 0.45, 1.9
"""Two passages that differ in a number must share this much besides, or they speak of two things."""
_DENIED_DICE, _DENIED_SHARED = 0.25, 1.6
"""An accusation and its denial: that one is alleged and the other denied says the rest."""
_RELATED = 2
"""Names that two sources share where they speak of one event; see `claims`."""


@dataclass(frozen=True, slots=True)
class Differing:
    """Pairs of passages of different sources that do not go together, by number, in the order of the passages."""

    denied: tuple[tuple[int, int], ...]
    """What somebody alleges, and the denial of it."""
    apart: tuple[tuple[int, int, DisputeKind], ...]
    """Passages that give one thing two numbers, or one event two days."""
    reworded: tuple[tuple[int, int], ...]
    """Passages that quote one sentence in different words."""


def disputes(corpus: Corpus, differing: Differing, claims: tuple[Claim, ...]) -> tuple[Dispute, ...]:
    """Every dispute that is certain, in the order of the kinds and of the passages.

    Args:
        corpus: The passages.
        differing: Those that do not go together.
        claims: What passages say alike.
    """
    claim_of = {passage: claim for claim in claims for passage in claim.passages}
    return (
        *_denials(corpus, differing.denied, claim_of),
        *_differences(corpus, differing.apart, claim_of),
        *_wordings(corpus, differing.reworded),
    )


# ----------------------------------------------------------------------------------------------------------- denials


def _denials(corpus: Corpus, denied: Iterable[tuple[int, int]], claim_of: Mapping[str, Claim]) -> Iterable[Dispute]:
    """What is denied, with all that say so, against all that deny it."""

    def with_claim(passage: str) -> tuple[str, ...]:
        return claim_of[passage].passages if passage in claim_of else (passage,)

    denials: dict[tuple[str, ...], dict[str, None]] = {}
    for accusation, denial in (*_denied_before(corpus), *denied):
        denying = dict.fromkeys(with_claim(corpus.ids[denial]))
        denials.setdefault(with_claim(corpus.ids[accusation]), {}).update(denying)
    for accusations, denying in denials.items():
        accusing = tuple(one for one in accusations if one not in denying)
        if accusing:
            yield _dispute("denial", accusing[0], (_side(accusing, corpus), _side(tuple(denying), corpus)))


def _denied_before(corpus: Corpus) -> Iterable[tuple[int, int]]:
    """Denials of what stands right before them in their source."""
    for first, one in zip(corpus.firsts.tolist(), corpus.traits, strict=False):
        for accusation, denial in one.denied:
            yield first + accusation, first + denial


def is_denied(match: Match) -> tuple[bool, bool]:
    """Whether the first passage is denied by the second, of another source and in the same words; and the reverse."""
    if not _is_near(match) or match.dice < _DENIED_DICE or match.shared < _DENIED_SHARED:
        return False, False
    one, other = match.first.passage.status, match.second.passage.status
    return (
        one is Status.ALLEGED and other is Status.DENIED,
        other is Status.ALLEGED and one is Status.DENIED,
    )


def _is_near(match: Match) -> bool:
    return match.first.source != match.second.source and match.related >= _RELATED


# ------------------------------------------------------------------------------------------------- numbers and dates


def _differences(
    corpus: Corpus, apart: Iterable[tuple[int, int, DisputeKind]], claim_of: Mapping[str, Claim]
) -> Iterable[Dispute]:
    """Sources that give one thing two numbers, or one event two days."""
    for first, second, kind in apart:
        one, other = corpus.ids[first], corpus.ids[second]
        if one in claim_of and claim_of[one] is claim_of.get(other):
            continue
        yield _dispute(kind, f"{one} {other}", (_side((one,), corpus), _side((other,), corpus)))


def difference(match: Match) -> DisputeKind | None:
    """In what two passages of different sources differ that speak of one thing, if in anything."""
    if (
        match.first.source == match.second.source
        or match.dice < _DICE
        or match.shared < _SHARED
        or not match.related
        or not match.same_polarity
        or not match.conflicting
    ):
        return None
    one, other = match.first.passage, match.second.passage
    if _figures_differ(one.figures, other.figures):
        return "figure"
    return "date" if _dates_differ(one.dates, other.dates) else None


def _figures_differ(ours: tuple[Figure, ...], theirs: tuple[Figure, ...]) -> bool:
    """Whether a pair of figures counts the same thing with different values, and no pair of that thing agrees."""
    alike = [(a, b) for a in ours for b in theirs if _is_same_thing(a, b)]
    return bool(alike) and not any(_agree(a, b) for a, b in alike)


def _is_same_thing(one: Figure, other: Figure) -> bool:
    if one.unit != other.unit:
        return False
    if one.subject and other.subject:
        ours, theirs = (set(re.findall(r"\w{4,}", figure.subject.lower())) for figure in (one, other) if figure.subject)
        return bool(ours & theirs)
    return one.unit not in {None, "percent"}


def _agree(one: Figure, other: Figure) -> bool:
    """Whether both may be true: the same value, or one gives a bound that the other keeps."""
    a, b = float(one.value), float(other.value)
    if a == b:
        return True
    for bound, limit, value in ((one.bound, a, b), (other.bound, b, a)):
        if bound in {"more than", "at least"} and value >= limit:
            return True
        if bound in {"less than", "up to", "almost"} and value <= limit:
            return True
        if bound == "about" and abs(value - limit) <= _ABOUT * limit:
            return True
    return False


def _dates_differ(ours: tuple[DateMention, ...], theirs: tuple[DateMention, ...]) -> bool:
    """Whether each names exactly one day, in words and not computed, and they are two."""
    one, other = _days(ours), _days(theirs)
    return len(one) == len(other) == 1 and one != other


def _days(dates: tuple[DateMention, ...]) -> set[str]:
    return {
        date.value[:10] for date in dates if date.value and date.precision in {"day", "minute"} and not date.derived
    }


# ---------------------------------------------------------------------------------------------------------- wordings


def is_reworded(match: Match) -> bool:
    """Whether two sources quote one sentence of one speaker in different words."""
    return _is_near(match) and quote_in_two_wordings(match.first, match.second)


def _wordings(corpus: Corpus, reworded: Iterable[tuple[int, int]]) -> Iterable[Dispute]:
    """One speaker's sentence in several wordings, as translations make them; each passage is a side."""
    together: dict[int, list[int]] = {}
    for one, other in reworded:
        first, second = together.setdefault(one, [one]), together.setdefault(other, [other])
        if first is not second:
            first.extend(second)
            together.update(dict.fromkeys(second, first))
    for wordings in {id(one): one for one in together.values()}.values():
        ids = [corpus.ids[number] for number in wordings]
        yield _dispute("wording", ids[0], tuple(_side((passage,), corpus) for passage in ids))


# ------------------------------------------------------------------------------------------------------------- sides


def _side(ids: tuple[str, ...], corpus: Corpus) -> DisputeSide:
    """Who holds it: the one certain speaker of all passages, if there is one."""
    shared = set.intersection(*(set(corpus.voices(corpus.numbers[one])[0]) for one in ids))
    return DisputeSide(next(iter(shared)) if len(shared) == 1 else None, ids)


def _dispute(kind: DisputeKind, key: str, sides: tuple[DisputeSide, ...]) -> Dispute:
    return Dispute(f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:8]}", kind, sides)
