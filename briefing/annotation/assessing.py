"""Whether a word assesses: an opinion, a fear or a forecast of somebody who can be told."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.annotation.cues import CLAUSE_MARKS, Cues
from briefing.annotation.tokens import Token

FAR = 20
"""Tokens between a verb of finding and what is found: `hält die Pläne der Regierung trotz allem für falsch`."""


def assesses(words: Sequence[Token], index: int, cues: Cues, *, told: bool) -> bool:
    """Whether a word of assessment assesses the sentence, for somebody who can be told."""
    lower = words[index].text.lower()
    before = words[index - 1].text.lower() if index else ""
    after = words[index + 1] if index + 1 < len(words) else None
    dated = before[:1].isalnum() or (after is not None and after.text[0].isdigit())
    if words[index].is_capital and dated and not cues.capital_nouns:
        return False  # in May, May 4
    if before in cues.not_after or before in cues.indefinite or (after is not None and after.text in cues.not_before):
        return False
    if lower in cues.possible:
        shifted = told and lower in cues.shifted and (after is None or after.text not in cues.prospective)
        shifted = shifted and (not cues.able or before in cues.able)
        return not shifted and not _is_idle(words, index, cues)
    if lower in cues.unless and any(near.text.lower().startswith(cues.unless[lower]) for near in words):
        return False
    if lower in cues.behind and not cues.behind[lower].intersection(near.text for near in words[:index]):
        return False
    if lower.startswith(cues.awaiting) and _is_awaited(words, index, cues):
        return False
    if before in cues.determiners and after is not None and after.text.islower():
        return False  # seine wohl letzten Spiele: the adverb is the adjective's
    return not _is_infinitive(words, index, cues) and not _is_in_doubt(words, index, cues.doubt)


def deems(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether somebody finds something so: `Den Trend halten die Analysten für intakt`, but not `für den Sommer`."""
    for place in range(index + 1, min(len(words) - 1, index + FAR)):
        if words[place].text in CLAUSE_MARKS:
            return False
        if words[place].text in cues.deemed:
            found = words[place + 1]
            return found.is_word and found.text.islower() and found.text not in cues.determiners
    return False


def _is_awaited(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether what is expected only lies ahead of somebody: `Was uns erwartet`, `Es erwarten dich drei Einheiten`."""
    return any(near.text in cues.awaited for near in words[max(0, index - 3) : index + 2])


def _is_idle(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether `könnte`, `could` assess nothing: in a question, behind `ob`, of oneself or the reader."""
    if any(word.text == "?" for word in words[-3:]):
        return True
    beside = [word.text.lower() for word in words[max(0, index - 1) : index + 2]]
    if any(word in cues.idle for word in beside):
        return True
    return _is_in_doubt(words, index, cues.doubt | cues.purpose)


def _is_in_doubt(words: Sequence[Token], index: int, openings: frozenset[str]) -> bool:
    """Whether the clause of a word is one of doubt: `ob es vielleicht …`."""
    for place in range(index - 1, -1, -1):
        if words[place].text.lower() in openings:
            return True
        if words[place].text in CLAUSE_MARKS:
            return False
    return False


def _lists(words: Sequence[Token], place: int) -> bool:
    """Whether a comma stands in a list of nouns and opens no clause: `vor Bäumen, Wegen oder Hunden warnen`."""
    after = words[place + 1] if place + 1 < len(words) else None
    return words[place].text == "," and after is not None and after.is_capital and words[place - 1].is_capital


def _is_infinitive(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a verb of assessment is an infinitive, so that nobody in the sentence assesses by it."""
    word = words[index].text
    if index and words[index - 1].text.lower() in {"to", "be"}:
        return cues.infinitive == ""
    if not cues.infinitive or not word.islower() or not word.endswith(cues.infinitive):
        return False
    for place in [*range(index - 1, -1, -1), index + 1]:
        if place >= len(words) or (words[place].text in CLAUSE_MARKS and not _lists(words, place)):
            break
        if words[place].text.lower() in cues.modals:
            return True
    return index + 1 < len(words) and words[index + 1].text.lower() in cues.modals
