"""Whether a sentence tells of what was, what is to come, or does not say, at the place where a day is named.

Read from the verbs of the clause around the place, else of the sentence; the words stand in `[tense]` of
`data/<language>/dates.toml`. German weak past tenses are told by their lemma, strong ones are listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from briefing.annotation.people import lemma
from briefing.lexicon import table

Tense = Literal["back", "ahead", "planned", "open"]
"""`planned` is what was to come when it was told: `sollte am Freitag beginnen`, `was due to begin on Friday`."""


@dataclass(frozen=True, slots=True)
class _Tenses:
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


def tense_at(text: str, span: tuple[int, int], language: str) -> Tense:
    """Tell the tense of what is said at `span` of a sentence.

    Args:
        text: The sentence.
        span: Where the day is named.
        language: ISO 639-1 code of a language that has date words.

    Returns:
        The tense of the clause around the span; of the whole sentence where the clause has no verb that shows it.
    """
    words = _tenses(language)
    first = max((found.end() for found in words.breaks.finditer(text, 0, span[0])), default=0)
    behind = words.breaks.search(text, span[1])
    last = behind.start() if behind else len(text)
    clause = _tense_in(text[first:last], span[0] - first, words, language)
    return clause if clause != "open" else _tense_in(text, span[0], words, language)


def _tense_in(text: str, place: int, words: _Tenses, language: str) -> Tense:
    """The tense of one stretch: hearsay first, then the only tense shown, then the one shown nearest before `place`."""
    if words.perfect_infinitive.search(text):
        return "back"
    shown: list[tuple[int, Tense]] = [(found.start(), _named(found)) for found in words.cues.finditer(text)]
    known = {start for start, _ in shown}
    shown += [
        (found.start(), "back")
        for found in words.weak.finditer(text)
        if found.start() not in known and _is_past(found[0], found["stem"], language)
    ]
    tenses = {tense for _, tense in shown}
    if "planned" in tenses and "ahead" in tenses:  # ist für Freitag geplant
        return "planned" if words.verb_second else _nearest(shown, place)
    if len(tenses) == 1:
        return tenses.pop()
    return _nearest(shown, place)


def _nearest(shown: list[tuple[int, Tense]], place: int) -> Tense:
    before = [entry for entry in sorted(shown) if entry[0] < place]
    if before:
        return before[-1][1]
    return min(shown)[1] if shown else "open"


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
