"""Whether a sentence tells of what was, what is to come, or does not say, at the place where a day is named.

Read from the verbs of the clause around the place, else of the sentence; the words stand in `[tense]` of
`data/<language>/dates.toml`. German weak past tenses are told by their lemma, strong ones are listed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from briefing.annotation.forms import lemma
from briefing.lexicon import table

Tense = Literal["back", "ahead", "planned", "open"]
"""`planned` is what was to come when it was told: `sollte am Freitag beginnen`, `was due to begin on Friday`."""


class _Tenses(NamedTuple):
    """The words of one language that show tense."""

    cues: re.Pattern[str]
    """Each cue in a group named for its tense."""
    perfect_infinitive: re.Pattern[str]
    breaks: re.Pattern[str]
    weak: re.Pattern[str]
    """A form that may be a weak past tense, its stem in the group `stem`."""
    present_like: frozenset[str]
    """Words that look like one and are none."""
    infinitive: str
    """What the lemma of a verb ends in; nothing where endings alone tell."""
    verb_second: bool


class _Shown(NamedTuple):
    """What a sentence has to tell of tense, each in order of place."""

    breaks: tuple[int, ...]
    """Where what ends a clause begins."""
    ends: tuple[int, ...]
    """Where each break ends."""
    places: tuple[int, ...]
    tenses: tuple[Tense, ...]
    """The tense that is shown at each of `places`."""
    hearsay: tuple[int, ...]
    """Where perfect infinitives begin: `said to have`."""


def tense_at(text: str, span: tuple[int, int], language: str) -> Tense:
    """Tell the tense of what is said at `span` of a sentence.

    Args:
        text: The sentence.
        span: Where the day is named.
        language: ISO 639-1 code of a language that has date words.

    Returns:
        The tense of the clause around the span; of the whole sentence where the clause has no verb that shows it.
    """
    shown = _shown(text, language)
    before, behind = bisect_right(shown.ends, span[0]), bisect_left(shown.breaks, span[1])
    clause = (
        shown.ends[before - 1] if before else 0,
        shown.breaks[behind] if behind < len(shown.breaks) else len(text),
    )
    tense = _tense_in(shown, clause, span[0], language)
    return tense if tense != "open" else _tense_in(shown, (0, len(text)), span[0], language)


def _tense_in(shown: _Shown, stretch: tuple[int, int], place: int, language: str) -> Tense:
    """The tense of one stretch: hearsay first, then the only tense shown, then the one shown nearest before `place`."""
    first, last = (bisect_left(shown.hearsay, edge) for edge in stretch)
    if first < last:
        return "back"
    first, last = (bisect_left(shown.places, edge) for edge in stretch)
    if first == last:
        return "open"
    kinds = {tense for tense in _KINDS if tense in shown.tenses[first:last]}
    if {"planned", "ahead"} <= kinds and _tenses(language).verb_second:  # ist für Freitag geplant
        return "planned"
    if len(kinds) == 1:
        return kinds.pop()
    return shown.tenses[max(bisect_left(shown.places, place, first, last) - 1, first)]


_KINDS: tuple[Tense, ...] = ("back", "ahead", "planned")


@lru_cache(maxsize=8)  # a sentence is asked once for each day in it, and a line may name thousands
def _shown(text: str, language: str) -> _Shown:
    words = _tenses(language)
    breaks = [found.span() for found in words.breaks.finditer(text)]
    places: dict[int, Tense] = {found.start(): _named(found) for found in words.cues.finditer(text)}
    for found in words.weak.finditer(text):
        if found.start() not in places and _is_past(found[0], found["stem"], language):
            places[found.start()] = "back"
    ordered = sorted(places)
    return _Shown(
        breaks=tuple(start for start, _ in breaks),
        ends=tuple(end for _, end in breaks),
        places=tuple(ordered),
        tenses=tuple(places[place] for place in ordered),
        hearsay=tuple(found.start() for found in words.perfect_infinitive.finditer(text)),
    )


def _named(found: re.Match[str]) -> Tense:
    return "planned" if found["planned"] else "ahead" if found["ahead"] else "back"


@lru_cache(maxsize=65536)
def _is_past(word: str, stem: str, language: str) -> bool:
    """Whether a form is the past tense of a weak verb: `reiste`, `arbeiteten`, but not `warten`."""
    words = _tenses(language)
    if word in words.present_like:
        return False
    if not words.infinitive:
        return True
    return lemma(word, language) in {stem + "en", stem + "n", stem + "eln", stem + "ern"}


@cache
def _tenses(language: str) -> _Tenses:
    data = table(language, "dates")["tense"]

    def either(key: str) -> str:
        # the longest first, so that `is expected` is not read as `is`
        entries = sorted(data[key], key=lambda entry: (-len(entry), entry))
        return "|".join(re.escape(entry).replace(r"\ ", r"\s") for entry in entries) or "(?!)"

    return _Tenses(
        cues=re.compile(
            rf"(?<!\w)(?:(?P<planned>{either('planned')})|(?P<ahead>{either('future')})|(?P<back>{either('past')}))(?!\w)",
            re.IGNORECASE,
        ),
        perfect_infinitive=re.compile(data["perfect_infinitive"]),
        breaks=re.compile(data["breaks"]),
        weak=re.compile(data["weak"]),
        present_like=frozenset(data["present_like"].split()),
        infinitive=data["infinitive"],
        verb_second=bool(table(language, "grammar").get("verb_second")),
    )
