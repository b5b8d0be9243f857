"""What the outlet finds in its own voice, without saying that it is a view: `Es ist sinnvoll`, `This is a disgrace`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from briefing.annotation.cues import CLAUSE_MARKS
from briefing.annotation.tokens import Token
from briefing.lexicon import table, word_set

BEHIND = 8
"""Tokens between a copula and what it says of its subject: `ist in diesem Jahr für viele von uns ganz wunderbar`."""
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
        if word.quoted or word.text not in opining.triggers:
            continue
        for parts in opining.phrases.get(word.text, ()):
            first = index - parts.index(word.text.lower())
            stretch = words[max(0, first) : first + len(parts)]
            if tuple(near.text.lower() for near in stretch) == parts:
                return first, first + len(parts) - 1
        named = word.text in opining.verdicts and index > 0 and words[index - 1].text.lower() in opining.articles
        if (named or word.text in opining.predicates) and _is_said_of_subject(words, index, opining):
            return index, index
    return None


def _is_said_of_subject(words: Sequence[Token], index: int, opining: _Opining) -> bool:
    """Whether a copula stands in the clause of the word at `index`, and nothing leaves it open."""
    behind = words[index + 1 : index + 1 + BEFORE] if opining.final else ()
    found = any(near.text in opining.copula for near in behind)
    for place in range(index - 1, max(-1, index - 1 - BEHIND), -1):
        lower = words[place].text.lower()
        if lower in CLAUSE_MARKS or lower in opining.open:
            return found and lower in CLAUSE_MARKS
        found = found or lower in opining.copula
    return found


@cache
def _opining(language: str) -> _Opining:
    phrases = _by_longest(table(language, "status")["opinion"]["phrases"])
    predicates, verdicts = (word_set(language, "status", f"opinion.{key}") for key in ("predicates", "verdicts"))
    return _Opining(
        phrases=phrases,
        predicates=predicates,
        verdicts=verdicts,
        articles=word_set(language, "status", "opinion.articles"),
        triggers=predicates | verdicts | phrases.keys(),
        copula=word_set(language, "status", "opinion.copula"),
        final=not table(language, "status")["speech"]["closing"],
        open=word_set(language, "status", "opinion.open"),
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
