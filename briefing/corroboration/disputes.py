"""A claim and its denial; sources that differ on a number, a date or a wording. Never resolved by us."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from briefing.corroboration.content import Content, refers_back
from briefing.corroboration.matching import Match
from briefing.corroboration.quoting import quote_in_two_wordings
from briefing.model import Claim, DateMention, Dispute, DisputeSide, Figure, Passage, Status

DisputeKind = Literal["denial", "date", "figure", "wording"]
_ABOUT = 0.1
"""How far a number may be from one that is given as `about` it."""
_DICE, _SHARED = 0.45, 1.9
"""Two passages that differ in a number must share this much besides, or they speak of two things."""
_DENIED_DICE, _DENIED_SHARED = 0.25, 1.6
"""An accusation and its denial: that one is alleged and the other denied says the rest."""
_RELATED = 2
"""Names that two sources share where they speak of one event; see `claims`."""


def disputes(
    contents: tuple[Content, ...], matches: tuple[Match, ...], claims: tuple[Claim, ...]
) -> tuple[Dispute, ...]:
    """Every dispute that is certain, in the order of the kinds and of the passages.

    Args:
        contents: The features of all passages, in the order of the sources.
        matches: Pairs of passages that share much.
        claims: What passages say alike.
    """
    passages = {content.passage.id: content.passage for content in contents}
    claim_of = {passage: claim for claim in claims for passage in claim.passages}
    between = tuple(match for match in matches if match.first.source != match.second.source)
    near = tuple(match for match in between if match.related >= _RELATED)
    return (*_denials(contents, near, claim_of, passages), *_differences(between, claim_of), *_wordings(near, passages))


# ----------------------------------------------------------------------------------------------------------- denials


def _denials(
    contents: tuple[Content, ...],
    matches: tuple[Match, ...],
    claim_of: Mapping[str, Claim],
    passages: Mapping[str, Passage],
) -> Iterable[Dispute]:
    """What is denied, with all that say so, against all that deny it."""

    def with_claim(passage: str) -> tuple[str, ...]:
        return claim_of[passage].passages if passage in claim_of else (passage,)

    denials: dict[tuple[str, ...], dict[str, None]] = {}
    for accusation, denial in (*_denied_before(contents), *_denied_elsewhere(matches)):
        denials.setdefault(with_claim(accusation), {}).update(dict.fromkeys(with_claim(denial)))
    for accusations, denying in denials.items():
        accusing = tuple(one for one in accusations if one not in denying)
        if accusing:
            sides = (_side(accusing, passages), _side(tuple(denying), passages))
            yield _dispute("denial", accusing[0], sides)


def _denied_before(contents: tuple[Content, ...]) -> Iterable[tuple[str, str]]:
    """Denials of what stands right before them in the paragraph: an accusation, or a fear they point back to."""
    for before, content in pairwise(contents):
        one, other = before.passage, content.passage
        if other.status is Status.DENIED and (one.source, one.block) == (other.source, other.block):
            points_back = refers_back(other.text, content.language)
            if one.status is Status.ALLEGED or (one.status is Status.ASSESSED and points_back):
                yield one.id, other.id


def _denied_elsewhere(matches: tuple[Match, ...]) -> Iterable[tuple[str, str]]:
    """Denials of what another source says in the same words."""
    for match in matches:
        if match.dice >= _DENIED_DICE and match.shared >= _DENIED_SHARED:
            one, other = match.first.passage, match.second.passage
            for accusation, denial in ((one, other), (other, one)):
                if denial.status is Status.DENIED and accusation.status is Status.ALLEGED:
                    yield accusation.id, denial.id


# ------------------------------------------------------------------------------------------------- numbers and dates


def _differences(matches: tuple[Match, ...], claim_of: Mapping[str, Claim]) -> Iterable[Dispute]:
    """Sources that give one thing two numbers, or one event two days."""
    for match in matches:
        one, other = match.first.passage, match.second.passage
        if (
            match.dice < _DICE
            or match.shared < _SHARED
            or not match.related
            or not match.same_polarity
            or not match.conflicting
        ):
            continue
        if one.id in claim_of and claim_of[one.id] is claim_of.get(other.id):
            continue
        kind: DisputeKind | None = None
        if _figures_differ(one.figures, other.figures):
            kind = "figure"
        elif _dates_differ(one.dates, other.dates):
            kind = "date"
        if kind:
            sides = (_side((one.id,), {one.id: one}), _side((other.id,), {other.id: other}))
            yield _dispute(kind, f"{one.id} {other.id}", sides)


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


def _wordings(matches: tuple[Match, ...], passages: Mapping[str, Passage]) -> Iterable[Dispute]:
    """One speaker's sentence in several wordings, as translations make them; each passage is a side."""
    together: dict[str, list[str]] = {}
    for match in matches:
        if quote_in_two_wordings(match.first, match.second):
            first = together.setdefault(match.first.passage.id, [match.first.passage.id])
            second = together.setdefault(match.second.passage.id, [match.second.passage.id])
            if first is not second:
                first.extend(second)
                together.update(dict.fromkeys(second, first))
    for wordings in {id(one): one for one in together.values()}.values():
        yield _dispute("wording", wordings[0], tuple(_side((passage,), passages) for passage in wordings))


# ------------------------------------------------------------------------------------------------------------- sides


def _side(ids: tuple[str, ...], passages: Mapping[str, Passage]) -> DisputeSide:
    """Who holds it: the one certain speaker of all passages, if there is one."""
    named = [{one.name for one in passages[passage].speakers if one.confidence == "certain"} for passage in ids]
    shared = set.intersection(*named) if named else set()
    return DisputeSide(next(iter(shared)) if len(shared) == 1 else None, ids)


def _dispute(kind: DisputeKind, key: str, sides: tuple[DisputeSide, ...]) -> Dispute:
    return Dispute(f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:8]}", kind, sides)
