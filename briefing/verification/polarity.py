"""Whether a text denies, and whether it tells its reader that somebody merely says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.lexicon import table

_WORD = re.compile(r"[^\W\d_]+(?:[’']t\b)?")


@dataclass(frozen=True, slots=True)
class Polarity:
    """How often a text says no."""

    sure: int
    """Negative words: not, kein, without."""
    hidden: int
    """Words with a negative inside, which another language may spell out: unknown – nicht bekannt."""
    denials: int
    """Verbs and nouns of denial: deny, bestreiten, ruled out."""


def polarity(text: str, language: str) -> Polarity:
    """Count the negative words of `text`."""
    sure, hidden, denials, split = _negations(language)
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    count = sum(word in sure or word.endswith("n't") for word in words)
    present = set(words)
    both = sum(first in present and last in present for first, last in split)
    return Polarity(count, sum(word in hidden for word in words), sum(word in denials for word in words) + both)


def tells(text: str, language: str) -> bool:
    """Whether `text` holds a word by which a reader sees that it is said, thought or doubted, not established."""
    cues, phrases = _cues(language)
    words = [word.lower() for word in _WORD.findall(text)]
    together = f" {' '.join(words)} "
    return not cues or any(word in cues for word in words) or any(phrase in together for phrase in phrases)


def knows(language: str) -> bool:
    """Whether there are negative words for `language`."""
    return bool(_negations(language)[0])


@cache
def _negations(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], tuple[tuple[str, str], ...]]:
    own = table(language, "verification").get("negation", {})
    denial = table(language, "status").get("denial", {})
    split = tuple((first, last) for first, last in denial.get("split", ()) if " " not in last)
    words = (word.lower() for word in (*denial.get("words", ()), *denial.get("last", ())) if " " not in word)
    denials = frozenset(words) | frozenset(own.get("denial", "").split())
    return frozenset(own.get("sure", "").split()), frozenset(own.get("hidden", "").split()), denials, split


@cache
def _cues(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words of saying and doubting, from the lists that annotation reads statuses and speakers by, and our own.

    Single words, and those that mean it only together (`the view of`), each between spaces.
    """
    speech, status = table(language, "speech"), table(language, "status")
    listed = str(table(language, "verification").get("cues", {}).get("words", "")).split()
    listed += [word for key in ("strong", "certain", "participles") for word in str(speech.get(key, "")).split()]
    for kind in ("allegation", "denial", "assessment", "speech"):
        listed += status.get(kind, {}).get("words", ())
    listed += str(table(language, "grammar").get("subjunctive_sure", "")).split()
    small = [word.lower() for word in listed]
    return frozenset(word for word in small if " " not in word), tuple(f" {word} " for word in small if " " in word)
