"""Views that do not say that they are views: `This is a disgrace`.

The outlet's own are opinions wherever they judge. Of what somebody says only plain verdicts are, and in marks those by
a noun, since a view there is stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from briefing.annotation.cues import CLAUSE_MARKS
from briefing.annotation.sequences import Sequences, by_first_word, first_words, length_at
from briefing.annotation.tokens import Token
from briefing.lexicon import table, word_set

BEHIND = 8
"""Tokens between a copula and what it says of its subject: `ist in diesem Jahr für viele von uns ganz wunderbar`."""
CALLED = 24
"""Tokens between a verb of calling and what something is called: `called her views of the budget “absurd”`."""
BEFORE = 2
"""Tokens between the same in a clause that ends with its verb: `weil das sinnvoll ist`."""


class _Opining(NamedTuple):
    """The words of one language."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """Longest word → what judges by itself: `es ist wichtig`."""
    predicates: frozenset[str]
    """Adjectives that judge behind a copula."""
    verdicts: frozenset[str]
    """Nouns that do behind one of `articles`: `is a disgrace`."""
    articles: frozenset[str]
    triggers: frozenset[str]
    """All words of which one is in a sentence that judges."""
    copula: frozenset[str]
    final: bool
    """Whether a clause may end with its copula: `weil es sinnvoll ist`."""
    open: frozenset[str]
    """Words that open a clause in which nothing is judged: `wenn es sinnvoll ist`."""
    told_predicates: frozenset[str]
    """Adjectives and participles that judge besides where somebody says it: `sei gescheitert`, `is wrong`."""
    calling: frozenset[str]
    """Verbs by which somebody calls something so: `termed`, `nannte`."""
    told_copula: frozenset[str]
    """The copula, with its forms of reported speech."""
    told_phrases: Sequences
    """What judges by itself where somebody says it: `verdient es nicht`."""
    advising: frozenset[str]
    """Of the predicates those that recommend, which is a position taken where somebody says it."""
    told_triggers: frozenset[str]
    """All words of which one is in a sentence of theirs that judges."""


def opines(words: Sequence[Token], language: str) -> tuple[int, int] | None:
    """First and last word of what the outlet judges; None where it does not.

    Args:
        words: The words of a sentence in which nobody else speaks.
        language: ISO 639-1 code.
    """
    opining = _opining(language)
    if opining.triggers.isdisjoint([word.text for word in words]):
        return None
    for index, word in enumerate(words):
        if word.text not in opining.triggers:
            continue
        if word.text in opining.predicates and _is_called(words, index, opining):
            return index, index
        if word.quoted:
            continue
        for parts in opining.phrases.get(word.text, ()):
            first = index - parts.index(word.text.lower())
            stretch = words[max(0, first) : first + len(parts)]
            if tuple(near.text.lower() for near in stretch) == parts:
                return first, first + len(parts) - 1
        if (_is_verdict(words, index, opining) or word.text in opining.predicates) and _is_said_of_subject(
            words, index, opining
        ):
            return index, index
    return None


def judges(words: Sequence[Token], language: str) -> tuple[int, int] | None:
    """First and last word of a plain verdict in told speech; None where there is none: `Schengen sei gescheitert`.

    Args:
        words: The words of a sentence in which somebody speaks.
        language: ISO 639-1 code.
    """
    opining = _opining(language)
    texts = [word.text for word in words]
    if opining.told_triggers.isdisjoint(texts) or "?" in texts[-2:]:
        return None
    for index, text in enumerate(texts):
        judged = text in opining.told_predicates or (text in opining.predicates and text not in opining.advising)
        if judged and _is_called(words, index, opining):
            return index, index
        named = (judged and not words[index].quoted) or _is_verdict(words, index, opining)
        if named and _is_said_of_subject(words, index, opining, told=True):
            return index, index
        if length := length_at(words, index, opining.told_phrases):
            return index, index + length - 1
    return None


def _is_called(words: Sequence[Token], index: int, opining: _Opining) -> bool:
    """Whether somebody calls something so, in marks or not: `called the plan “absurd”`."""
    before = words[max(0, index - CALLED) : index]
    return any(word.text in opining.calling and not word.quoted for word in before)


def _is_verdict(words: Sequence[Token], index: int, opining: _Opining) -> bool:
    """Whether a noun that judges stands behind its article: `a disgrace`."""
    return words[index].text in opining.verdicts and index > 0 and words[index - 1].text.lower() in opining.articles


def _is_said_of_subject(words: Sequence[Token], index: int, opining: _Opining, *, told: bool = False) -> bool:
    """Whether a copula stands in the clause of the word at `index`, and nothing leaves it open."""
    behind = words[index + 1 : index + 1 + BEFORE] if opining.final else ()
    copula = opining.told_copula if told else opining.copula
    found = any(near.text in copula for near in behind)
    for place in range(index - 1, max(-1, index - 1 - BEHIND), -1):
        lower = words[place].text.lower()
        if lower in CLAUSE_MARKS or lower in opining.open:
            return found and lower in CLAUSE_MARKS
        found = found or lower in copula
    return found


@cache
def _opining(language: str) -> _Opining:
    phrases = _by_longest(table(language, "status")["opinion"]["phrases"])
    predicates, verdicts = (word_set(language, "status", f"opinion.{key}") for key in ("predicates", "verdicts"))
    told = word_set(language, "status", "opinion.told_predicates")
    told_phrases = by_first_word(table(language, "status")["opinion"]["told_phrases"])
    return _Opining(
        phrases=phrases,
        predicates=predicates,
        verdicts=verdicts,
        articles=word_set(language, "status", "opinion.articles"),
        triggers=predicates | verdicts | phrases.keys(),
        copula=word_set(language, "status", "opinion.copula"),
        final=not table(language, "status")["speech"]["closing"],
        open=word_set(language, "status", "opinion.open"),
        told_predicates=told,
        calling=word_set(language, "status", "opinion.calling"),
        advising=word_set(language, "status", "opinion.advising"),
        told_copula=word_set(language, "status", "opinion.copula")
        | word_set(language, "status", "opinion.told_copula"),
        told_phrases=told_phrases,
        told_triggers=predicates | verdicts | told | first_words(told_phrases),
    )


def _by_longest(phrases: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases by their longest word, the rarest as a rule, with a small letter and with a capital."""
    result: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.lower().split())
        longest = max(parts, key=len)
        for word in (longest, longest.capitalize()):
            result.setdefault(word, []).append(parts)
    return {word: tuple(found) for word, found in result.items()}
