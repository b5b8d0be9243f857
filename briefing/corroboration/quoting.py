"""One sentence that two sources quote: the same words, or two translations of them."""

from __future__ import annotations

import re

from briefing.corroboration.content import Content
from briefing.corroboration.wording import lemma, meaningful
from briefing.model import Quotation

_SHARED = 0.5
"""Part of the meaningful words of the shorter quotation that the longer one has too. Of the 33 pairs of quotations of
one speaker in the seeds and seven invented events, the 6 of one sentence share .5 to 1, the others at most .17."""
_SHORTEST = 4
"""Meaningful words below which a quotation proves nothing: `a new level` is said of many things."""
_FEWEST = 3
"""Meaningful words that two quotations must share; two are often a form of address and a name (`Ms. Holm`)."""
_IN_ORDER = 6
"""Or two such words, and so many of all kinds in the same order: `gegenseitige … im Falle einer Aggression gegen`."""
_CHANGED = 2
"""Words in which two quotations must differ to be two wordings; one is often an ending that grammar asks for."""


def quote_the_same(first: Content, second: Content) -> bool:
    """Whether the passages quote one sentence of one speaker."""
    return any(_is_same_sentence(a, b, first.language) for a, b in _pairs(first, second))


def quote_in_two_wordings(first: Content, second: Content) -> bool:
    """Whether the passages quote one sentence of one speaker in different words, and not only more or less of it."""
    return any(
        _is_same_sentence(a, b, first.language) and _is_worded_differently(a, b, first.language)
        for a, b in _pairs(first, second)
    )


def same_person(name: str, other: str) -> bool:
    """Whether one name is part of the other (`Holm`, `Ida Holm`), or they spell a given name differently.

    >>> same_person("Holm", "Ida Holm"), same_person("Sergej Petrow", "Sergei Petrow")
    (True, True)
    >>> same_person("Lee Sung Ho", "Lee Sung Min")
    False
    """
    ours, theirs = name.casefold().replace("-", " ").split(), other.casefold().replace("-", " ").split()
    if not ours or not theirs:
        return False
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only needed where names differ

    return len(ours) == len(theirs) and ours[-1] == theirs[-1] and ratio(ours[0], theirs[0]) >= 75  # noqa: PLR2004 - Sergej, Sergei: 83


def _pairs(first: Content, second: Content) -> list[tuple[Quotation, Quotation]]:
    if first.language != second.language:
        return []
    return [(a, b) for a in first.passage.quotations for b in second.passage.quotations if _is_by_one_speaker(a, b)]


def _is_by_one_speaker(one: Quotation, other: Quotation) -> bool:
    return (
        one.kind == other.kind == "speech"
        and one.speaker is not None
        and other.speaker is not None
        and one.speaker.confidence == other.speaker.confidence == "certain"
        and same_person(one.speaker.name, other.speaker.name)
    )


def _is_same_sentence(one: Quotation, other: Quotation, language: str) -> bool:
    ours, theirs = set(meaningful(one.text, language)), set(meaningful(other.text, language))
    shorter, shared = min(len(ours), len(theirs)), len(ours & theirs)
    if shorter < _SHORTEST or shared < _SHARED * shorter:
        return False
    return shared >= _FEWEST or _in_order(*(_lemmas(quotation, language) for quotation in (one, other))) >= _IN_ORDER


def _is_worded_differently(one: Quotation, other: Quotation, language: str) -> bool:
    ours, theirs = (_lemmas(quotation, language) for quotation in (one, other))
    return _in_order(ours, theirs) <= min(len(ours), len(theirs)) - _CHANGED


def _lemmas(quotation: Quotation, language: str) -> list[str]:
    return [lemma(word, language) for word in re.findall(r"\w+", quotation.text)]


def _in_order(ours: list[str], theirs: list[str]) -> int:
    """The number of words that both have in the same order."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - only where two quotations meet

    return LCSseq.similarity(ours, theirs)
