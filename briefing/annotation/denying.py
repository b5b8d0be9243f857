"""Whether a verb of denial denies: no negation undoes it, and what it is said of can be denied."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.annotation.accusing import is_mention
from briefing.annotation.cues import CLAUSE_MARKS, NEAR, Cues
from briefing.annotation.tokens import Token
from briefing.model import Cue

FAR = 40
"""Tokens around a denial in which its object stands; in German the verb may close a clause of 30."""


def is_denial(words: Sequence[Token], index: int, cues: Cues, heard: set[tuple[int, int]]) -> bool:
    """Whether a verb of denial denies: not `bestreitet seine letzten Spiele`, `widerspricht sich`, `rejects offers`."""
    lower = words[index].text.lower()
    near = [word.text.lower() for word in words[max(0, index - FAR) : index + 1 + FAR]]
    for stems, endings in cues.other_sense:
        if lower.startswith(stems) and any(word.endswith(endings) for word in near):
            return False
    speaks = (words[index].start, words[index].end) in heard or any(word.text == ":" for word in words[index:])
    if lower.startswith(cues.spoken) and not speaks:
        return False
    if index and lower.endswith("ed") and words[index - 1].text.lower() in cues.refused:
        named = any(word.text.lower() in cues.denied_by for word in words[index + 1 : index + NEAR])
        if not named or not is_contestable(words, cues):
            return False
    return not lower.startswith(cues.contested) or any(word.endswith(cues.contestable_endings) for word in near)


def undone(words: Sequence[Token], index: int, cues: Cues, until: int | None = None) -> bool:
    """Whether a negation stands by a denial, so that it denies nothing."""
    first, last = max(0, index - NEAR), min(len(words), (until or index) + 2)
    for place in range(first, last):
        if words[place].text.lower() in cues.undo and not words[place].quoted:
            between = words[min(place, index) : max(place, index)]
            return not any(mark.text in {",", ";", ":"} for mark in between)
    for place in range(last, min(len(words) - 1, index + 3 * NEAR)):  # leugnet die Probleme nicht
        if words[place].text in CLAUSE_MARKS or words[place].quoted:
            return False
        if words[place].text.lower() in cues.undo:
            return not words[place + 1].is_word or words[place + 1].text in cues.joins
    return False


def is_contestable(words: Sequence[Token], cues: Cues) -> bool:
    """Whether a sentence names something that can be denied."""
    return any(word.text.lower().endswith(cues.contestable_endings) for word in words)


def goes_on_negated(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a negation follows a verb of insisting, before the sentence turns: `beteuerte, nichts zu wissen`."""
    for place, word in enumerate(words[index + 1 : index + 1 + 3 * NEAR], index + 1):
        if word.text.lower() in cues.negations or word.text.lower().endswith(("n’t", "n't")):
            return cues.only.isdisjoint(near.text for near in words[place + 1 : place + 3])  # not the only one
        if word.text in {";", ":"}:
            return False
    return False


def rebuts(words: Sequence[Token], cues: Cues) -> bool:
    """Whether somebody, answering an accusation, says that there was nothing: `We never took money`."""
    return any(
        word.text.lower() in cues.rebutting
        and not (index and words[index - 1].text in cues.not_telling)
        and cues.relatives.isdisjoint(near.text for near in words[max(0, index - 2) : index])
        and cues.not_answers.isdisjoint(near.text for near in words[index + 1 : index + 4])
        for index, word in enumerate(words)
    )


def denied_aside(found: Sequence[Cue], words: Sequence[Token], cues: Cues) -> bool:
    """Whether the sentence accuses, and a clause behind it tells of the denial: `… beschuldigt, was X bestreitet`."""
    charges = [cue for cue in found if cue.kind == "allegation" and not cue.text[0].isupper()]
    accusations = [cue.start for cue in charges if not is_mention(cue, words, cues)]
    denials = [cue.start for cue in found if cue.kind == "denial"]
    if not accusations or min(denials) < min(accusations):
        return False
    return any(
        word.text == "," and min(accusations) < word.start < min(denials) and words[index + 1].text in cues.joins
        for index, word in enumerate(words[:-1])
    )


def is_apposed(found: Sequence[Cue], words: Sequence[Token], cues: Cues) -> bool:
    """Whether a denial only stands in an apposition to what is claimed: `…, an accusation the ministry denied`."""
    first = min(cue.start for cue in found if cue.kind == "denial")
    for index, word in enumerate(words[:-2]):
        apposed = word.text == "," and index > 0 and word.start < first
        place = index + 1 + (words[index + 1].text in cues.determiners)
        if apposed and words[place].text.lower() in cues.contestable:
            return not any(mark.text in ";:" for mark in words[index:] if mark.start < first)
    return False


def disowns(words: Sequence[Token], found: Sequence[Cue], cues: Cues) -> bool:
    """Whether somebody says that something was not done: `he had not met her`, `er habe keine Weisung gegeben`.

    Only told words count, in marks, behind a verb of speech or in the subjunctive; the outlet says itself that somebody
    `did not comment`.
    """
    spoken = min((cue.end for cue in found if cue.kind == "speech"), default=None)
    for index, word in enumerate(words):
        lower = word.text.lower()
        if lower not in cues.done:
            continue
        if word.quoted or lower in cues.told_done or (spoken is not None and spoken < word.start):
            negates = _negates if cues.closing else _negates_at_end
            if negates(words, index, cues):
                return True
    return False


def _negates(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a negation and what was not done follow an auxiliary: `did not order`."""
    clause = _clause(words, index)
    verb = next((near for near in clause if near.isalpha() and near not in cues.undo | cues.fillers), "")
    shortened = words[index].text.lower().endswith(("n’t", "n't"))
    negated = shortened or not cues.rebutting_wrong.isdisjoint(clause[:1])
    return negated and bool(verb) and verb not in cues.not_deeds | cues.not_answers and "enough" not in clause


def _negates_at_end(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a clause ends with what was not done: `habe keine Weisung gegeben`, but not `das habe nicht gereicht`."""
    if index and words[index - 1].text.lower() in cues.fillers:
        return False
    clause = _clause(words, index)
    last = clause[-1] if clause else ""
    done = last.endswith(("t", "en")) and last.islower() and last not in cues.not_deeds
    negated = [place for place, near in enumerate(clause) if near in cues.rebutting_wrong]
    return done and len(clause) > 1 and bool(negated) and not (negated[0] and clause[negated[0] - 1] == "noch")


def _clause(words: Sequence[Token], index: int) -> list[str]:
    """The words behind `index` up to the end of its clause."""
    clause = []
    for word in words[index + 1 :]:
        if not word.is_word:
            break
        clause.append(word.text)
    return clause
