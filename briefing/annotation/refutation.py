"""Denials without a verb of denial: what is said is called false, or somebody says that they did not do it.

`Der Bericht sei falsch, sagte ein Sprecher` denies as surely as `bestreitet`, and so do `Er habe damit nichts zu tun`
and `Sie will davon nichts gewusst haben`. In the outlet's own voice the same words are a judgement of the outlet and
deny nothing, so all of these ask first whether somebody else speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from briefing.annotation.sequences import Sequences, by_first_word, first_words, length_at
from briefing.annotation.tokens import Token
from briefing.lexicon import table, word_set

FRAGMENT = 5
"""Words of the longest quotation read as part of the sentence around it (`were “not true”`); longer ones speak for
themselves, and what somebody says in marks is stated, whatever it is."""
OPENING = 4
"""Words at the beginning of a sentence among which a pronoun stands for what was claimed before: `Sie seien falsch`."""


class _Refuting(NamedTuple):
    """The words of one language."""

    phrases: Sequences
    """First word → what calls a claim false, one word or several."""
    contestable: tuple[str, ...]
    """Nouns for what can be called false; compounds end in them."""
    called: frozenset[str]
    """Every word with which one of these begins, also as a sentence's first."""
    openings: frozenset[str]
    """Every word with which something below begins, also as a sentence's first."""
    copula: frozenset[str]
    claims: frozenset[str]
    """Pronouns that stand for it."""
    unconcerned: tuple[tuple[str, ...], ...]
    """Sequences by which somebody has nothing to do with it; other words may stand between."""
    persons: frozenset[str]
    """Pronouns for who says so."""
    pleas: tuple[tuple[str, ...], ...]
    """The same in words of their own: `I have done nothing wrong`."""
    answers: Sequences
    """By these somebody answers an accusation shortly before: `had no role in it`."""
    makers: frozenset[str]
    """Verbs by which a falsehood is a wrong and nothing denied: `accused of making false claims`."""
    not_claims: frozenset[str]
    """Nouns of which `false` denies nothing: `false flag`."""
    own: frozenset[str]
    """Pronouns by which they speak of themselves."""


def refuted(words: Sequence[Token], language: str, *, told: bool, charged: bool = False) -> tuple[int, int] | None:
    """Where a sentence calls a claim false.

    Args:
        words: The words of the sentence.
        language: ISO 639-1 code.
        told: Whether somebody other than the outlet speaks in it. In the outlet's own voice only a sentence denies
            whose subject is a claim: `Diese Behauptung ist falsch`.
        charged: Whether somebody was accused shortly before, whom `had no role in it` clears.

    Returns:
        First and last word of what denies, None where nothing does.
    """
    refuting = _refuting(language)
    if told and charged and (answer := _answered(words, refuting)):
        return answer
    openings = refuting.openings if told else refuting.called
    if openings.isdisjoint([word.text for word in words]):
        return None
    if not told and not any(word.text.lower().endswith(refuting.contestable) for word in words):
        return None
    heard = _outside(words)
    lower = [words[index].text.lower() for index in heard]
    for place, word in enumerate(lower):
        for phrase in refuting.phrases.get(word, ()):
            if tuple(lower[place : place + len(phrase)]) != phrase or "not" in lower[max(0, place - 2) : place]:
                continue
            if _is_charged(lower, place, len(phrase), refuting):
                continue
            named = any(word.endswith(refuting.contestable) for word in lower) or refuting.claims & set(lower[:OPENING])
            if (told and named) or _is_said_of_claim(lower, place, refuting):
                return heard[place], heard[place + len(phrase) - 1]
    return _refuted_in_marks(words, refuting) or (_unconcerned(heard, lower, refuting) if told else None)


def _refuted_in_marks(words: Sequence[Token], refuting: _Refuting) -> tuple[int, int] | None:
    """Where somebody calls a claim false in words of their own: `“There is no truth in this story,” she said`."""
    quoted = [(index, token.text.lower()) for index, token in enumerate(words) if token.quoted]
    lower = [text for _, text in quoted]
    for place, text in enumerate(lower):
        for phrase in refuting.phrases.get(text, ()):
            named = any(word.endswith(refuting.contestable) for word in lower)
            if tuple(lower[place : place + len(phrase)]) == phrase and (
                named or _is_said_of_claim(lower, place, refuting)
            ):
                return quoted[place][0], quoted[place + len(phrase) - 1][0]
    return _spelled([index for index, _ in quoted], lower, refuting.pleas, refuting.own)


def _is_said_of_claim(lower: Sequence[str], place: int, refuting: _Refuting) -> bool:
    """Whether the words before `place` are a claim and a copula: `The allegations are completely`, `Das ist`."""
    for index in range(place - 1, max(-1, place - 1 - OPENING), -1):
        if lower[index] in refuting.copula:
            subject = lower[max(0, index - 2) : index]
            return any(word.endswith(refuting.contestable) or word in refuting.claims for word in subject)
    return False


def _is_charged(lower: Sequence[str], place: int, length: int, refuting: _Refuting) -> bool:
    """Whether the falsehood is the wrong itself: `of making false claims`, `false-flag`, `a false story of growth`."""
    if refuting.makers.intersection(lower[max(0, place - OPENING) : place]):
        return True
    behind = lower[place + length] if place + length < len(lower) else ""
    return behind in refuting.not_claims


def _answered(words: Sequence[Token], refuting: _Refuting) -> tuple[int, int] | None:
    """Where somebody, answering an accusation, says to have had no part in it, whoever is the subject."""
    for place in range(len(words)):
        if length := length_at(words, place, refuting.answers):
            return place, place + length - 1
    return None


def _unconcerned(heard: Sequence[int], lower: Sequence[str], refuting: _Refuting) -> tuple[int, int] | None:
    """Where somebody says to have nothing to do with it."""
    return _spelled(heard, lower, refuting.unconcerned, refuting.persons)


def _spelled(
    heard: Sequence[int], lower: Sequence[str], sequences: Sequence[tuple[str, ...]], persons: frozenset[str]
) -> tuple[int, int] | None:
    """Where the words of a sequence follow one another in one clause, the first of them behind a pronoun."""
    for parts in sequences:
        place, first = 0, -1
        for index, word in enumerate(lower):
            if place and word in {",", ";", ":"}:
                place = 0
            if word != parts[place]:
                continue
            if place == 0:
                if not persons & set(lower[max(0, index - 3) : index + 2]):  # weise ich zurück
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
        return word_set(language, "status", f"refutation.{key}")

    phrases = by_first_word(data.get("phrases", []))
    openings = set(phrases).union(
        *(parts[:1] for parts in (*sequences("unconcerned"), *sequences("pleas"), *sequences("answers")))
    )
    return _Refuting(
        called=first_words(phrases),
        openings=frozenset(openings | {word.capitalize() for word in openings}),
        phrases=phrases,
        contestable=tuple(str(table(language, "status").get("denial", {}).get("contestable", "")).split()) or ("\0",),
        copula=word_set(language, "grammar", "copula") | words("copula"),
        claims=words("claims"),
        unconcerned=sequences("unconcerned"),
        persons=words("persons"),
        pleas=sequences("pleas"),
        answers=by_first_word(data.get("answers", [])),
        makers=words("makers"),
        not_claims=words("not_claims"),
        own=words("own"),
    )
