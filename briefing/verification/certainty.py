"""Rules `certainty` and `languages-differ`: what is open, conditional, planned or merely said is not told as a fact.

Nobody may lose a marker (`could`, `whether`, `if`, `is to`): where a text in another language, or every quoted stretch
of the evidence, has one, the text has one too, or another that says as much. Nobody may gain certainty or a cause:
`certainly` and `because` stand in the other language, and somewhere in or around the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations

from briefing.lexicon import table
from briefing.model import Finding
from briefing.verification.claimed import Claimed
from briefing.verification.facts import Facts
from briefing.verification.grounds import NEIGHBOUR, PASSAGE, TRANSLATION
from briefing.verification.polarity import tells

_LIST = "verification_certainty"
_LOST = {
    "possible": "tells as a fact what is only possible",
    "likely": "tells as a fact what is only likely",
    "hearsay": "tells as a fact what is only said",
    "question": "answers what is a question",
    "condition": "leaves a condition out",
    "plan": "tells as done what is only planned",
}
"""Kinds of markers that a text keeps, and what it does that has lost them."""
_GAINED = {"certain": "is surer than", "cause": "makes a cause of what is none in"}
"""Kinds of markers that a text does not add, and what it does that has added them."""
_ADDED = {**_GAINED, "plan": "is planned here, and done in"}
"""The same against the evidence; languages need not put a plan alike (`is to open`, `eröffnet im Mai`)."""

_NEAR = {PASSAGE, TRANSLATION, NEIGHBOUR}
"""Where a cause or a certainty must stand: almost any paragraph has a `for` or an `after`."""
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"(?:^|(?<=[.!?:;“„»]\s)|(?<=[“„»]))([^\W\d_]+)")

Markers = Mapping[str, str]
"""Kind → the word that marks it; empty where the word may mean something else."""


def check_certainty(claimed: Claimed) -> Iterator[Finding]:
    """No text is surer than another language of it, or than its evidence."""
    for (language, facts), (other_language, other) in permutations(_read(claimed.texts), 2):
        said, asked = _markers(facts.text, language), _markers(other.text, other_language)
        for kind, fault in _LOST.items():
            if asked.get(kind) and not _says(said, kind):
                message = f"{fault}: “{asked[kind]}” in “{other_language}” has no like in “{language}”"
                yield claimed.finding("languages-differ", message, language)
        for kind, fault in _GAINED.items():
            if said.get(kind) and not _says(asked, kind):
                yield claimed.finding("languages-differ", f"“{said[kind]}” {fault} “{other_language}”", language)
        voice = asked.get("attribution") or asked.get("opinion")
        if voice and not tells(facts.text, language) and "opinion" not in said:
            message = f"“{voice}” in “{other_language}” says whose words they are, “{language}” does not"
            yield claimed.finding("languages-differ", message, language)
    if not claimed.is_contradiction:
        yield from _against_evidence(claimed)


def _read(texts: Mapping[str, Facts]) -> list[tuple[str, Facts]]:
    """The texts in the languages that have a list."""
    return [(language, facts) for language, facts in texts.items() if table(language, _LIST)]


def _against_evidence(claimed: Claimed) -> Iterator[Finding]:
    quotes = [_markers(quote.text, quote.language) for quote in claimed.quotes]
    around = [(ground, _markers(ground.text, ground.language)) for ground in claimed.grounds if ground.text]
    if not quotes or not all(table(ground.language, _LIST) for ground in claimed.grounds if ground.text):
        return
    for language, facts in _read(claimed.texts):
        said = _markers(facts.text, language)
        for kind, fault in _LOST.items():
            if all(quote.get(kind) for quote in quotes) and not _says(said, kind):
                message = f"{fault}: its evidence ({claimed.origins()}) has “{quotes[0][kind]}”"
                yield claimed.finding("certainty", message, language)
        for kind, fault in _ADDED.items():
            if said.get(kind) and not any(
                _says(one, kind) for ground, one in around if kind not in _GAINED or ground.where in _NEAR
            ):
                message = f"“{said[kind]}” {fault} its evidence ({claimed.origins()})"
                yield claimed.finding("certainty", message, language)


def _says(markers: Markers, kind: str) -> bool:
    """Whether a text has a marker of the kind, or one of another that says as much."""
    return any(other in markers for other in str(table("all", _LIST).get(kind, kind)).split())


@lru_cache(maxsize=16384)
def _markers(text: str, language: str) -> Markers:
    words = _OPENING.sub(lambda match: f"{match.group()} {match.group(1).lower()}", text)  # also as within a sentence
    tokens = dict.fromkeys(_WORD.findall(words))
    found: dict[str, str] = {}
    for listed in _listed(language):
        word = None if found.get(listed.kind) else listed.first(words, tokens)
        if word:
            found[listed.kind] = word if listed.is_sure else ""
    return found


@dataclass(frozen=True, slots=True)
class _Listed:
    """The sure entries of a kind, or the others."""

    kind: str
    is_sure: bool
    words: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    phrases: re.Pattern[str] | None

    def first(self, text: str, tokens: Iterable[str]) -> str | None:
        """The first word that stands for the kind."""
        for token in tokens:
            if token in self.words or token.startswith(self.beginnings) or token.endswith(self.endings):
                return token
        match = self.phrases.search(text) if self.phrases else None
        return match.group() if match else None


@cache
def _listed(language: str) -> tuple[_Listed, ...]:
    found = []
    for kind, listed in table(language, _LIST).items():
        entries = [word.strip() for word in listed.split(",")]
        for is_sure in (True, False):
            chosen = [word.strip("()") for word in entries if (word[0] != "(") is is_sure]
            phrases = "|".join(
                re.escape(word).replace(r"\*", r"\w*").replace("\\ …\\ ", r"\b[^.,;:]*\s")
                for word in chosen
                if " " in word
            )
            found.append(
                _Listed(
                    kind,
                    is_sure,
                    frozenset(word for word in chosen if word.isalpha()),
                    tuple(word.removesuffix("*") for word in chosen if word.endswith("*") and " " not in word),
                    tuple(word.removeprefix("*") for word in chosen if word.startswith("*")),
                    re.compile(rf"(?<!\w)(?:{phrases})(?!\w)") if phrases else None,
                )
            )
    return tuple(found)
