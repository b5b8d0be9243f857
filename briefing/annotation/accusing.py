"""Whether a word accuses, and what reports a rumour: a party about another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.annotation.cues import CLAUSE_MARKS, Cues
from briefing.annotation.sequences import length_at
from briefing.annotation.tokens import Token
from briefing.model import Cue

BESIDE = 4
"""Words between a word of speech and who accuses by it: `according to the federal criminal complaint`."""
ARMED = 7
"""Tokens between those who bear arms and what they did: `missiles that were launched overnight hit`."""
OWN = 8
"""Tokens before a wrong in which a pronoun shows that who speaks did it: `we have in these years lied`."""


def accuses(words: Sequence[Token], index: int, cues: Cues, heard: set[tuple[int, int]]) -> bool:
    """Whether a word of accusation accuses here."""
    text, before = words[index].text, words[index - 1].text.lower() if index else ""
    if text in cues.taken and any(word.text in cues.taken[text] for word in words[index + 1 : index + 1 + BESIDE]):
        return False
    if text in cues.accused:
        by_document = any(word.text in cues.documents for word in words[max(0, index - 3 * OWN) : index])
        return by_document or before in cues.selves or (words[index].start, words[index].end) in heard
    if text in cues.nouns:
        follows = index + 1 < len(words) and words[index + 1].text.lower() in cues.noun_followers
        return follows and before not in cues.not_noun_after
    if text in cues.states_of and any(word.text in cues.copula for word in words[:index]):
        return False
    return before not in cues.undo and not (text in cues.not_nouns and before in cues.determiners)


def is_mention(cue: Cue, words: Sequence[Token], cues: Cues) -> bool:
    """Whether an accusation is only mentioned, by a noun or an attribute: `the alleged scam`, `zu den Vorwürfen`."""
    index = next(place for place, word in enumerate(words) if word.start == cue.start)
    following = [word for word in words[index + 1 : index + 3] if word.is_word]
    if cue.text in cues.passives and following and following[0].text in cues.passive_of:
        return index == 0 or words[index - 1].text.lower() not in cues.refused  # an officer accused of theft
    if cue.text in cues.nouns:
        return index + 1 >= len(words) or words[index + 1].text.lower() not in cues.noun_predicates
    if cue.text.lower() in cues.attributes:
        verb = index > 0 and words[index - 1].text.lower() in cues.perfect | cues.selves
        that = bool(following) and following[0].text in cues.that | cues.dated
        return bool(following) and words[index + 1].is_word and not that and not verb
    adverb = len(following) == 2 and following[0].text.islower() and following[1].is_capital  # noqa: PLR2004
    return adverb and index > 0 and words[index - 1].text in cues.determiners  # eine angeblich geplante Fabrik


def told_by_accuser(words: Sequence[Token], found: Sequence[Cue], cues: Cues) -> bool:
    """Whether an accuser tells what somebody else has done: `laut Anklage`, `according to the lawsuit`."""
    spoken = [cue for cue in found if cue.kind in {"speech", "assessment"}]
    if not spoken or not cues.proceedings.isdisjoint([word.text for word in words]):
        return False
    for word in words:
        if word.text in cues.accusers and not word.quoted:
            written = word.text in cues.documents
            by = [cue for cue in spoken if (written and cue.kind == "speech") or _is_by(word, cue, cues)]
            if any(_is_beside(word, cue, words) for cue in by):
                return True
    return False


def told_by_media(words: Sequence[Token], found: Sequence[Cue], cues: Cues) -> bool:
    """Whether another newspaper or broadcaster tells it, which the outlet hands on: `the newspaper reported`."""
    spoken = [cue for cue in found if cue.kind == "speech" and cue.text.lower().endswith(cues.by_media)]
    if not spoken:
        return False
    if words[0].text in cues.takes_up and any(word.start == spoken[0].start for word in words[1:2]):
        return False  # Das berichtet die Zeitung
    return any(
        (word.text in cues.media or (word.is_capital and word.text.lower().endswith(cues.media_endings)))
        and not word.quoted
        and any(_is_beside(word, cue, words) for cue in spoken)
        for word in words
    )


def _is_by(word: Token, cue: Cue, cues: Cues) -> bool:
    """Whether an accuser stands where a cue names who tells: behind `laut`, before `zufolge`."""
    return cue.text.lower().endswith(cues.by_accuser if cue.start < word.start else cues.behind_accuser)


def _is_beside(word: Token, cue: Cue, words: Sequence[Token]) -> bool:
    """Whether a word stands beside a cue, in its clause."""
    first, last = sorted((cue.start, word.start))
    between = [near.text for near in words if first < near.start < last]
    return len(between) <= BESIDE and not CLAUSE_MARKS.intersection(between)


def charges(words: Sequence[Token], found: Sequence[Cue], cues: Cues) -> bool:
    """Whether a sentence names a wrong, and neither denies it nor is against it: `said the vote was rigged`.

    What somebody says in marks charges too. Whoever speaks of themselves charges nobody: `said it failed to`. A harm is
    a charge where those tell of it who denounce others: `the rights group said the army killed`.
    """
    if cues.charging.isdisjoint([word.text for word in words]):
        return False
    named = [index for index, word in enumerate(words) if word.text in cues.wrongs or word.text in cues.harms]
    called = [index for index, word in enumerate(words) if word.text in cues.names and _is_called(words, index, cues)]
    blamed = [index for index, word in enumerate(words) if word.text in cues.blamed and _is_blamed(words, index, cues)]
    faulted = list(_faults(words, cues))
    if not (named or called or blamed or faulted) or _is_of_self(words, found, cues):
        return False
    if any(word.text in cues.admitting and not word.quoted for word in words):
        return False
    if any(not _before(words, index) & (cues.negations | cues.doubt) for index in blamed):
        return True
    hedged = any(cue.kind == "assessment" for cue in found)
    denounced = not hedged and any(word.text in cues.denouncers and not word.quoted for word in words)
    return any(
        not _is_compound(words, index, cues)
        if words[index].text not in cues.harms or words[index].text in cues.wrongs
        else denounced or _is_armed(words, index, cues)
        for index in (*named, *called, *faulted)
        if not _is_unmade(words, index, cues)
    )


def _faults(words: Sequence[Token], cues: Cues) -> Iterator[int]:
    """The first words of phrases that find fault with what somebody does: `too slow`, `im Stich gelassen`."""
    return (index for index in range(len(words)) if length_at(words, index, cues.faults))


def _is_armed(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether those who do it bear arms, and are not those who tell of it: `said Russian forces shelled the town`."""
    for place in range(max(0, index - ARMED), min(len(words), index + ARMED)):
        tells = place + 1 < len(words) and words[place + 1].text in cues.tellers  # the army said
        if words[place].text in cues.armed and not tells:
            return not any(near.text.lower() in cues.own_arms for near in words[max(0, place - 2) : place])
    return False


def _is_unmade(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a wrong is negated, fought, doubted, only thought of, or who speaks admits it: `we failed`."""
    if _before(words, index) & (cues.negations | cues.against | cues.doubt | cues.unreal):
        return True
    if any(word.text in cues.fought for word in words[index + 1 : index + 1 + BESIDE]):
        return True
    for near in reversed(words[max(0, index - OWN) : index]):
        if near.text in CLAUSE_MARKS or near.text in cues.that:
            return False
        if near.text.lower() in cues.oneself:
            return True
    return False


def _is_called(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether somebody is called a name: `is a liar`, `called him a crook`."""
    return any(near.text.lower() in cues.calling for near in words[max(0, index - BESIDE) : index])


def _is_blamed(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a deed is laid at somebody's door: `was behind the attack`, `hinter dem Anschlag stehe`."""
    before = words[max(0, index - BESIDE) : index]
    if not any(word.text in cues.blaming for word in before):
        return False
    around = words[max(0, index - 2 * BESIDE) : index + BESIDE]
    return any(word.text in cues.assigning for word in around)


def clears(words: Sequence[Token], cues: Cues) -> bool:
    """Whether somebody says that a wrong was not done: `he never harassed her`, `habe niemanden getäuscht`."""
    for index, word in enumerate(words):
        if word.text in cues.deeds or (word.text in cues.wrongs and not (cues.capital_nouns and word.is_capital)):
            before = _before(words, index)
            if before & cues.rebutting_wrong and not before & (cues.only | cues.unreal):
                return True
    return False


def _before(words: Sequence[Token], index: int) -> frozenset[str]:
    """The words by which the one at `index` is negated, fought or doubted."""
    return frozenset(near.text.lower() for near in words[max(0, index - BESIDE) : index])


def _is_compound(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a wrong only tells what another noun is about: `the harassment claim`."""
    after = words[index + 1] if index + 1 < len(words) else None
    return cues.closing and after is not None and after.text.lower().endswith(cues.contestable_endings)


def _is_of_self(words: Sequence[Token], found: Sequence[Cue], cues: Cues) -> bool:
    """Whether a pronoun for who speaks opens the clause behind a verb of speech: `said it`, `räumte ein, er`.

    `She said he groped her`: a pronoun beside one of another gender is of somebody else.
    """
    spoken = {cue.end for cue in found if cue.kind == "speech"}
    for index, word in enumerate(words[:-1]):
        if word.end in spoken:
            behind = (near.text for near in words[index + 1 : index + 4] if near.is_word and near.text not in cues.that)
            first = next(behind, "")
            other = cues.other_gender.get(first, frozenset())
            if first in cues.selves and not any(near.text.lower() in other for near in words):
                stretch = words[index + 2 : index + 4] if cues.closing else words  # a German passive ends its clause
                return cues.suffered.isdisjoint(near.text for near in stretch)
    return False


def is_hearsay(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether `soll` reports hearsay, no duty or plan: an infinitive perfect, `sein` or a state closes its clause."""
    if index and _closes_hearsay(words, index - 1, cues):  # …, was sich dort abgespielt haben soll
        return words[index - 1].text.lower() != "sein" or not _is_planned(words, index, index, cues)
    for place in range(index + 1, min(len(words), index + 45)):
        word = words[place]
        if word.text in {";", ":", "!", "?"} or (word.text == "." and place == len(words) - 1):
            break
        if word.quoted:
            continue
        if _closes_hearsay(words, place, cues):
            return word.text.lower() != "sein" or not _is_planned(words, index, place, cues)
        if word.text == "sein" and any(near.text.lower() in cues.since for near in words[:place]):
            return True  # sollen seit 2014 ein Paar sein
        after = words[place + 1].text if place + 1 < len(words) else "."
        if word.text in cues.states and not (after[0].isalnum() and after not in cues.joins):
            return words[place - 1].text.lower() != "zu" and not _is_planned(words, index, place, cues)
        closed = word.text == "," and words[place - 1].text.endswith("en") and not words[place - 1].is_capital
        if closed or word.text in cues.finite:
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
