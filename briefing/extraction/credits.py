"""Names of agencies and outlets in a text: which agency the text is credited to, and which outlets it quotes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from briefing import lexicon
from briefing.model import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model import Block

_SEPARATOR = re.compile(r"\s*(?:[/,;&+|]|\s[-–]\s|\bund\b|\band\b)\s*")
_DATELINE = re.compile(
    r"(?:[A-ZÄÖÜÉ][^()\n.!?]{1,60}?[,.]?\s*)?[-–—]?\s*\(([^()\n]{2,40})\)\s*(?:[-–—:.]\s*|(?=[A-ZÄÖÜ„\"“]))"
    r"|[A-ZÄÖÜ][A-ZÄÖÜ/ .,-]{2,40},?\s+\(([^()\n]{2,40})\)"
)
_SENTENCE_SIGNS = re.compile(r"[.!?…](?=[\s\"“”»«]|$)")

_WORD = re.compile(r"\w+")

_REACH = 60
"""Letters from an outlet's name to the verb or preposition that quotes it: half a sentence, by choice."""


@cache
def _names(kind: str) -> Mapping[str, str]:
    """Every way a name of this kind is written, and how it is shown."""
    table = lexicon.table("all", "extraction_names")[kind]
    return {written: name for name, others in table.items() for written in (name, *others)}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted({*_names("agencies"), *_names("outlets")}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w@/.-])(?:{'|'.join(map(re.escape, names))})(?![\w@]|\.\w)")


@cache
def _first_words() -> frozenset[str]:
    names = (*_names("agencies"), *_names("outlets"))
    return frozenset(word[0] for name in names if (word := _WORD.search(name)))


@cache
def _cues(key: str) -> re.Pattern[str]:
    words = {
        word
        for language in lexicon.languages()
        for word in lexicon.table(language, "extraction").get("citing", {}).get(key, ())
    }
    alternatives = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    return re.compile(rf"\b(?:{alternatives})", re.IGNORECASE)


def agency(name: str) -> str | None:
    """The agency that a name means, as it is shown; None for anything else."""
    return _names("agencies").get(name.strip(" .()"))


def outlet(name: str) -> str | None:
    """The outlet that a name means, as it is shown; None where it is unknown."""
    return _names("outlets").get(name.strip(" .()"))


def split(text: str) -> list[str]:
    """The names of a list like `ZEIT ONLINE, dpa/Reuters`."""
    return [part for part in _SEPARATOR.split(text) if part]


def only_agencies(text: str) -> list[str]:
    """The agencies of a list that begins with one and holds nothing but agencies and short signs (`dpa/lno`)."""
    parts = split(text)
    found = [agency(part) for part in parts]
    if not parts or found[0] is None:
        return []
    sign = re.compile(r"[a-zäöü]{2,6}")
    if all(name is not None or sign.fullmatch(part) for name, part in zip(found, parts, strict=True)):
        return [name for name in found if name is not None]
    return []


def dateline(text: str) -> list[str]:
    """The agencies of a dateline: `Seoul/Moskau (Reuters) - …`."""
    match = _DATELINE.match(text)
    return only_agencies(match[1] or match[2]) if match else []


def cited(blocks: Sequence[Block], own: Sequence[str]) -> tuple[Found, ...]:
    """The outlets and agencies that an article quotes, in the order in which it first does.

    Args:
        blocks: The article.
        own: Names it is itself credited to; in a dateline or closing note they quote nobody.
    """
    found: dict[str, Found] = {}
    agencies, outlets = _names("agencies"), _names("outlets")
    for number, block in enumerate(blocks):
        for match in _named(block.text):
            name = agencies.get(match[0]) or outlets[match[0]]
            if name in found or not _is_cited(block.text, match.start(), match.end()):
                continue
            if name in own and number == 0 and dateline(block.text):
                continue
            found[name] = Found(name, f"paragraph {number + 1}")
    return tuple(found.values())


def _named(text: str) -> Iterator[re.Match[str]]:
    """Where a text holds a name, in order: asked only at the words that begin one, for few do."""
    first_words, end = _first_words(), 0
    for word in _WORD.finditer(text):
        if word[0] in first_words and word.start() >= end and (match := _pattern().match(text, word.start())):
            end = match.end()
            yield match


def _is_cited(text: str, start: int, end: int) -> bool:
    """True where a name has a word of quoting near it in the same sentence: a preposition before, or a verb around."""
    left = text[max(0, start - _REACH) : start]
    right = text[end : end + _REACH]
    bounds = [match.end() for match in _SENTENCE_SIGNS.finditer(left)]
    left = left[bounds[-1] :] if bounds else left
    stop = _SENTENCE_SIGNS.search(right)
    right = right[: stop.start()] if stop else right
    return (
        _cues("verbs").search(left) is not None
        or _cues("verbs").search(right) is not None
        or _is_after_preposition(left)
    )


def _is_after_preposition(left: str) -> bool:
    """True for `laut Reuters`, `according to the Guardian`: the last few words before the name introduce a source."""
    several = 8
    article = 3  # `der`, `the`: they introduce anything
    matches = [match for match in _cues("before").finditer(left) if len(match[0]) > article]
    return bool(matches) and len(left) - matches[-1].end() <= several and matches[-1][0].lower() not in {"wie", "told"}
