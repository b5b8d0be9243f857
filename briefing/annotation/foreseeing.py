"""Forecasts without a verb of forecasting: those who are asked for them, verbs of change in the future, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from briefing.annotation.cues import CLAUSE_MARKS, Cues
from briefing.annotation.sequences import Sequences, by_first_word, first_words, length_at
from briefing.annotation.tokens import Token
from briefing.lexicon import table, word_set

AHEAD = 6
"""Tokens between `will` and its verb: `will not only very likely also weaken`."""
SUBJECT = 3
"""Tokens before or behind `will` in which a pronoun is its subject: `We believe we will`, `werden wir`."""
CLAUSE = 40
"""Tokens to each side in which the clause of a verb ends; longer ones are lists, or no language at all."""
COMPARED = "er"
"""Ending of a comparative in German: `wird teurer werden`."""
STOPS = frozenset(".!?…")


class _Foreseeing(NamedTuple):
    """The words of one language."""

    will: frozenset[str]
    unreal: frozenset[str]
    """Of these, the ones by which the outlet tells what somebody thought or what is not: `would`."""
    would: frozenset[str]
    """Of these, the ones that tell of what is not yet, whatever verb follows; `wird` may make a passive."""
    changing: frozenset[str]
    """Infinitives of verbs of change and its effects."""
    reflexive: frozenset[str]
    """Pronouns beside which one of `reflexives` is such a verb: `wird sich ändern`."""
    reflexives: frozenset[str]
    states: frozenset[str]
    """What something becomes: `will be harder`."""
    fillers: frozenset[str]
    own: frozenset[str]
    """Pronouns of those whose future is a plan."""
    conditions: frozenset[str]
    otherwise: frozenset[str]
    """Words by which somebody tells what comes if not: `Sonst werde es keinen Frieden geben`."""
    not_conditions: frozenset[str]
    """Words behind them that make no clause."""
    triggers: frozenset[str]
    """All words of which one is in a sentence that foretells."""
    phrases: Sequences
    """What foretells by itself: `only a matter of time`."""


def foresees(words: Sequence[Token], cues: Cues, language: str, *, goes_on: bool) -> bool:
    """Whether somebody who speaks in a sentence foretells.

    Args:
        words: The words of the sentence.
        cues: The cue words of the language.
        language: ISO 639-1 code.
        goes_on: Whether the sentence before was an assessment.
    """
    seeing = _foreseeing(language)
    texts = [word.text for word in words]
    if seeing.triggers.isdisjoint(texts):
        return False
    if any(length_at(words, index, seeing.phrases) for index in range(len(words))):
        return True
    if not cues.prospects.isdisjoint(texts) and any(not word.quoted and _is_asked(word.text, cues) for word in words):
        return True
    if "?" in texts[-2:]:
        return False
    places = [index for index, text in enumerate(texts) if text in seeing.will and not _is_plan(words, index, seeing)]
    if places and not seeing.otherwise.isdisjoint(texts):
        return True
    if goes_on or _is_conditional(texts, seeing):
        return any(texts[index] in seeing.would for index in places)
    return any(_changes(words, index, cues, seeing) for index in places)


def looms(words: Sequence[Token], cues: Cues, language: str) -> bool:
    """Whether the outlet itself foretells a change: `Die Kosten werden fallen`, `The rules will trigger protests`."""
    seeing = _foreseeing(language)
    if seeing.will.isdisjoint([word.text for word in words]):
        return False
    places = [index for index, word in enumerate(words) if word.text in seeing.will and word.text not in seeing.unreal]
    return any(not _is_plan(words, index, seeing) and _changes(words, index, cues, seeing) for index in places)


def _is_conditional(texts: Sequence[str], seeing: _Foreseeing) -> bool:
    """Whether a clause of condition stands in a sentence: `Sollte der Preis steigen`, but not `if necessary`."""
    if texts[0] in seeing.conditions:
        return True
    pairs = zip(texts, (*texts[1:], ""), strict=True)
    return any(text.lower() in seeing.conditions and after not in seeing.not_conditions for text, after in pairs)


def _is_asked(word: str, cues: Cues) -> bool:
    """Whether a word names one of those who are asked for forecasts: `IfW-Konjunkturexperte`."""
    return word in cues.assessors or (cues.capital_nouns and word[0].isupper() and word.lower().endswith(cues.asked))


def _is_plan(words: Sequence[Token], index: int, seeing: _Foreseeing) -> bool:
    """Whether who speaks is the subject of `will` at `index`, and so tells a plan."""
    near = words[max(0, index - 2) : index + 2]
    infinitive = index > 0 and words[index - 1].text == "zu"  # die Möglichkeit, Teil zu werden
    return infinitive or any(word.text in seeing.own for word in near)


def _changes(words: Sequence[Token], index: int, cues: Cues, seeing: _Foreseeing) -> bool:
    """Whether a verb of change depends on `will` at `index`."""
    if cues.closing:
        for word in words[index + 1 : index + AHEAD]:
            if word.text in seeing.changing or word.text in seeing.states:
                return True
            if word.text not in seeing.fillers:
                return False
        return False
    clause = _clause(words, index)
    ends = clause[-2:] if clause[-1] in seeing.will else clause[-1:]
    changing = seeing.changing if seeing.reflexive.isdisjoint(clause) else seeing.changing | seeing.reflexives
    if not changing.isdisjoint(ends):
        return True
    if clause[-1] != "werden" or seeing.will.isdisjoint(clause[:-1]):
        return False
    return clause[-2] in seeing.states or (clause[-2].islower() and clause[-2].endswith(COMPARED))


def _clause(words: Sequence[Token], index: int) -> list[str]:
    """The words of the clause of a finite verb in German, which stands in its second place or at its end."""
    first, last = index, index + 1
    while first > index - CLAUSE and first and not _ends(words, first - 1):
        first -= 1
    while last < index + CLAUSE and last < len(words) and not _ends(words, last):
        last += 1
    return [word.text for word in words[first:last] if word.is_word]


def _ends(words: Sequence[Token], index: int) -> bool:
    """Whether a clause ends at `index`; a comma in a number ends none."""
    if words[index].text not in CLAUSE_MARKS | STOPS:
        return False
    return not (0 < index < len(words) - 1 and words[index - 1].text.isdigit() and words[index + 1].text.isdigit())


@cache
def _foreseeing(language: str) -> _Foreseeing:
    phrases = by_first_word(table(language, "status")["forecast"]["phrases"])

    def words(key: str) -> frozenset[str]:
        return word_set(language, "status", f"forecast.{key}")

    return _Foreseeing(
        will=words("will"),
        unreal=words("unreal"),
        would=words("would"),
        changing=words("changing"),
        reflexive=words("reflexive"),
        reflexives=words("reflexives"),
        states=words("states"),
        fillers=words("fillers"),
        own=words("own"),
        conditions=words("conditions"),
        otherwise=words("otherwise"),
        not_conditions=words("not_conditions"),
        triggers=first_words(phrases) | words("will") | word_set(language, "status", "assessment.prospects"),
        phrases=phrases,
    )
