"""Whether a word accuses, and what reports a rumour: a party about another."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.annotation.cues import Cues
from briefing.annotation.tokens import Token


def accuses(words: Sequence[Token], index: int, cues: Cues, heard: set[tuple[int, int]]) -> bool:
    """Whether a word of accusation accuses here."""
    text, before = words[index].text, words[index - 1].text.lower() if index else ""
    if text in cues.accused:
        return (words[index].start, words[index].end) in heard
    if text in cues.nouns:
        follows = index + 1 < len(words) and words[index + 1].text.lower() in cues.noun_followers
        return follows and before not in cues.not_noun_after
    if text in cues.states_of and any(word.text in cues.copula for word in words[:index]):
        return False
    return before not in cues.undo and not (text in cues.not_nouns and before in cues.determiners)


def charges(words: Sequence[Token], cues: Cues) -> bool:
    """Whether a sentence names a wrong, and neither denies it nor is against it: `said the vote was rigged`."""
    for index, word in enumerate(words):
        if word.text in cues.wrongs and not word.quoted:
            before = {near.text.lower() for near in words[max(0, index - 4) : index]}
            if not before & (cues.negations | cues.against):
                return True
    return False


def is_hearsay(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether `soll` reports hearsay, no duty or plan: an infinitive perfect, `sein` or a state closes its clause."""
    if index and _closes_hearsay(words, index - 1, cues) and words[index - 1].text.lower() != "sein":
        return True  # …, was sich dort abgespielt haben soll
    for place in range(index + 1, min(len(words), index + 45)):
        word = words[place]
        if word.text in {";", ":", "!", "?"} or (word.text == "." and place == len(words) - 1):
            break
        if word.quoted:
            continue
        if _closes_hearsay(words, place, cues):
            return word.text.lower() != "sein" or not _is_planned(words, index, place, cues)
        after = words[place + 1].text if place + 1 < len(words) else "."
        if word.text in cues.states and not (after[0].isalnum() and after not in cues.joins):
            return words[place - 1].text.lower() != "zu" and not _is_planned(words, index, place, cues)
        if (word.text == "," and words[place - 1].text.endswith("en")) or word.text in cues.finite:
            break  # the clause of `soll` is over
    return False


def _closes_hearsay(words: Sequence[Token], place: int, cues: Cues) -> bool:
    """Whether an infinitive perfect ends at `place`: `geliefert haben`, `beteiligt sein`, `worden`."""
    before = words[place - 1].text if place else ""
    return (
        words[place].text.lower() in cues.perfect_infinitives
        and not words[place].quoted
        and before.islower()
        and before.endswith(("t", "en"))
    )


def _is_planned(words: Sequence[Token], index: int, place: int, cues: Cues) -> bool:
    """Whether a sentence with `soll` looks ahead, by its words before `place`."""
    return any(word.text.lower() in cues.planned for word in [*words[:index], *words[index + 1 : place]])
