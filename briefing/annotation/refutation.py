"""Denials without a verb of denial: what is said is called false, or somebody says that they did not do it.

`Der Bericht sei falsch, sagte ein Sprecher` denies as surely as `bestreitet`, and so do `Er habe damit nichts zu tun`
and `Sie will davon nichts gewusst haben`. In the outlet's own voice the same words are a judgement of the outlet and
deny nothing, so all of these ask first whether somebody else speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.annotation.tokens import Token
from briefing.lexicon import table

FRAGMENT = 5
"""Words of the longest quotation read as part of the sentence around it (`were “not true”`); longer ones speak for
themselves, and what somebody says in marks is stated, whatever it is."""
OPENING = 4
"""Words at the beginning of a sentence among which a pronoun stands for what was claimed before: `Sie seien falsch`."""


@dataclass(frozen=True, slots=True)
class _Refuting:
    """The words of one language."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """First word → what calls a claim false, one word or several."""
    contestable: tuple[str, ...]
    """Nouns for what can be called false; compounds end in them."""
    claims: frozenset[str]
    """Pronouns that stand for it."""
    unconcerned: tuple[tuple[str, ...], ...]
    """Sequences by which somebody has nothing to do with it; other words may stand between."""
    persons: frozenset[str]
    """Pronouns for who says so."""


def refuted(words: Sequence[Token], language: str) -> tuple[int, int] | None:
    """Where a sentence, in which somebody other than the outlet speaks, calls a claim false.

    Args:
        words: The words of the sentence.
        language: ISO 639-1 code.

    Returns:
        First and last word of what denies, None where nothing does.
    """
    refuting = _refuting(language)
    heard = _outside(words)
    lower = [words[index].text.lower() for index in heard]
    for place, word in enumerate(lower):
        for phrase in refuting.phrases.get(word, ()):
            if tuple(lower[place : place + len(phrase)]) != phrase or "not" in lower[max(0, place - 2) : place]:
                continue
            if any(word.endswith(refuting.contestable) for word in lower) or refuting.claims & set(lower[:OPENING]):
                return heard[place], heard[place + len(phrase) - 1]
    return _unconcerned(heard, lower, refuting)


def _unconcerned(heard: Sequence[int], lower: Sequence[str], refuting: _Refuting) -> tuple[int, int] | None:
    """Where somebody says to have nothing to do with it."""
    for parts in refuting.unconcerned:
        place, first = 0, -1
        for index, word in enumerate(lower):
            if place and word in {",", ";", ":"}:
                place = 0
            if word != parts[place]:
                continue
            if place == 0:
                if not refuting.persons & set(lower[max(0, index - 3) : index]):
                    continue
                first = index
            place += 1
            if place == len(parts):
                return heard[first], heard[index]
    return None


def _outside(words: Sequence[Token]) -> list[int]:
    """Places of the words outside quotation marks, and of those in quotations too short to speak for themselves."""
    result: list[int] = []
    run: list[int] = []
    for index, word in enumerate(words):
        if word.quoted:
            run.append(index)
            continue
        if sum(words[place].is_word for place in run) <= FRAGMENT:
            result += run
        run = []
        result.append(index)
    return result


@cache
def _refuting(language: str) -> _Refuting:
    data = table(language, "status").get("refutation", {})

    def sequences(key: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(entry.lower().split()) for entry in data.get(key, []))

    def words(key: str) -> frozenset[str]:
        return frozenset(str(data.get(key, "")).split())

    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sequences("phrases"):
        phrases.setdefault(phrase[0], []).append(phrase)
    return _Refuting(
        phrases={first: tuple(found) for first, found in phrases.items()},
        contestable=tuple(str(table(language, "status").get("denial", {}).get("contestable", "")).split()) or ("\0",),
        claims=words("claims"),
        unconcerned=sequences("unconcerned"),
        persons=words("persons"),
    )
