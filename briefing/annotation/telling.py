"""Signs that somebody speaks, whoever it is: `…“, said a guest`, `erklärt, dass …`, `dazu: „…“`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.annotation.cues import CLAUSE_MARKS, NEAR, Cues
from briefing.annotation.tokens import Token
from briefing.model import Cue, Quotation

REACH = 14
"""Tokens behind a verb in which the word stands that it needs: `rechnen die Forscher bis 2030 mit`."""
CLOSING = 6
"""Tokens of the longest name of a source that closes a sentence: `so die Studie des Instituts`."""
APPOSED = 6
"""Tokens before a sentence's end in which a comma belongs to a name: `wie ein Vertreter des Rats, Max Kern, sagte.`"""
SPEECH = 4
"""Words of the shortest quotation behind a colon taken for speech; shorter ones are titles and mottos."""
LONG = 9
"""Spaces in the shortest quotation that is surely what somebody said; shorter ones were terms in 6 of 780 passages."""
QUOTES = frozenset("“”„\"»«’‘'")


def goes_on(words: Sequence[Token], cues: Cues) -> bool:
    """Whether a sentence behind reported speech goes on with it in the second subjunctive: `Er hätte nichts gehört`."""
    lower = [word.text for word in words if not word.quoted]
    return not cues.shifting.isdisjoint(lower) and cues.conditional.isdisjoint(lower)


def unnamed(words: Sequence[Token], quoted: Sequence[Quotation], cues: Cues) -> Iterator[Cue]:
    """Signs that somebody speaks, whoever it is: `…“, said a guest`, `erklärt, dass …`, `dazu: „…“`."""
    speech = any(quote.kind == "speech" and len(quote.text.split()) >= SPEECH for quote in quoted)
    for index, word in enumerate(words):
        told = word.is_capital and cues.told_by and word.text.lower().endswith(cues.told_by)
        if word.quoted or not (told or word.text in cues.tellers):
            continue  # nine words in ten
        if (
            (word.text in cues.saying and _says(words, index, cues))
            or (told and any(near.text.lower() in cues.told_after for near in words[max(0, index - 3) : index]))
            or (word.text in cues.positions and _takes_position(words, index, cues))
            or (word.text.lower() in cues.by and _names_source(words, index, cues))
            or (word.text in cues.told and _is_perfect(words, index, cues))
            or (word.text in cues.so and _closes_with_source(words, index))
            or (word.text == ":" and speech and any(mark.text in QUOTES for mark in words[index + 1 : index + 3]))
        ):
            yield Cue(word.text, word.start, word.end, "speech")


def _takes_position(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether somebody other than the outlet praises, blames or demands: no participle, no verb of a thing."""
    if not index or index + 1 == len(words) or not (words[index + 1].is_word or words[index + 1].text in QUOTES):
        return False
    if words[index - 1].text.lower() in cues.not_positions or words[index + 1].text.lower() in cues.denied_by:
        return False
    before = [word.text.lower() for word in words[max(0, index - NEAR) : index]]
    return cues.oneself.isdisjoint(before) and cues.passive_by.isdisjoint(before[-4:])


def _names_source(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a preposition of speech has a noun behind it: `laut Anklage`, but not `laut und deutlich`."""
    after = words[index + 1] if index + 1 < len(words) else None
    if after is None or after.text.lower().endswith(cues.rules):  # laut Gesetz
        return False
    return after.is_capital or after.text in cues.determiners


def _is_perfect(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a participle of speech makes a perfect: `haben … mitgeteilt`, `has announced`."""
    after = words[index + 1] if index + 1 < len(words) else None
    if index and words[index - 1].text in cues.negations:  # hat sich nicht geäußert
        return False
    if cues.closing:  # where verbs stand in the middle, the auxiliary stands before them
        return any(near.text in cues.perfect for near in words[max(0, index - 2) : index])
    if after is not None and after.text in cues.perfect:
        return True
    if after is not None and after.is_word and after.text not in cues.joins:
        return False
    for place in range(index - 1, max(-1, index - 4 * REACH), -1):
        word = words[place]
        if word.text in cues.perfect and not word.quoted:
            return True
        if word.text in cues.not_telling or word.text in ":;" or (word.text in cues.finite and not word.quoted):
            return False
    return False


def _closes_with_source(words: Sequence[Token], index: int) -> bool:
    """Whether a word behind a comma is followed by nothing but a noun phrase (`…, so die Studie`)."""
    behind = [word for word in words[index + 1 :] if word.text not in QUOTES]
    if not index or (words[index - 1].text != "," and words[index - 1].text not in QUOTES) or len(behind) > CLOSING:
        return False
    nouns = [word for word in behind[:3] if word.is_capital]
    return bool(nouns) and not any(word.text in CLAUSE_MARKS for word in behind)


def _says(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a verb of speech reports by its place: behind a quotation, before `dass`, or because it always does."""
    if not index:
        return False
    word, before = words[index].text, words[index - 1].text
    if word in cues.always and before.lower() not in cues.not_always:
        return not word.endswith("en") or _is_past(word, cues) or words[index - 1].is_capital
    if _closes_sentence(words, index, cues) or _is_behind_clause(words, index, cues):
        return True
    if before == "," and index > 1 and words[index - 2].text in QUOTES:
        return True
    if word.endswith("en") and not _is_past(word, cues):  # an infinitive as likely
        return False
    behind = words[index + 1 :]
    if len(behind) > 1 and behind[0].text == "," and behind[1].text not in cues.joins and goes_on(behind, cues):
        return True  # berichteten, er hätte
    return before in QUOTES or (_has_clause(words, index, cues) and before not in cues.not_telling)


def _has_clause(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a clause of what is said follows: `said that`, `berichtete die Sprecherin am Montag, dass`."""
    if any(following.text in cues.that for following in words[index + 1 : index + 4]):
        return True
    if words[index].text not in cues.telling:
        return False
    for place in range(index + 1, min(len(words) - 1, index + REACH)):
        if words[place].text == ",":
            return words[place + 1].text in cues.that
        if words[place].text in CLAUSE_MARKS:
            return False
    return False


def _is_past(word: str, cues: Cues) -> bool:
    """Whether a form in -en is a past tense and no infinitive: `sagten` beside `sagte`."""
    return word.endswith("ten") and word[:-1] in cues.saying


def _closes_sentence(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a verb closes the sentence, with nothing but its subject behind a comma before it (`…, police say`)."""
    behind = [word.text for word in words[index + 1 : index + 3]]
    if not cues.closing or (behind and behind[0][0].isalnum()) or (len(behind) > 1 and behind[1] in cues.joins):
        return False  # the last: `financial reports, and letters`
    for place in range(index - 1, max(-1, index - CLOSING), -1):
        if words[place].text == "," or words[place].text in QUOTES:
            return place < index - 1 and place > 0
        if words[place].text.lower() in cues.not_always | cues.joins:
            return False
    return False


def _is_behind_clause(words: Sequence[Token], index: int, cues: Cues) -> bool:
    """Whether a verb opens the clause behind what is said, or follows a pronoun that opens it before."""
    before = words[index - 1]
    if index == 1 and before.text in cues.takes_up:  # Das berichtet die Zeitung
        return True
    if words[index].text not in cues.telling:
        return False
    if before.text == ",":  # …, teilte die Leitstelle mit
        return index > SPEECH
    opens = index == 1 and before.text.lower() in cues.persons
    return opens and any(word.text == "," and not word.quoted for word in words[index + 1 : index + REACH])


def is_like(words: Sequence[Token], index: int, cues: Cues) -> int | None:
    """Where the verb of `wie X berichtet` stands, if the clause that begins at `index` is one."""
    for place in range(index + 2, min(len(words), index + 3 * NEAR)):
        word = words[place]
        if word.text in cues.like and not word.quoted:
            after = words[place + 1].text if place + 1 < len(words) else "."
            return place if not after[0].isalnum() or after == "und" else None
        if word.text in {";", ":"} or (word.text == "," and place + APPOSED < len(words)):
            return None
    return None


def is_quoted(words: Sequence[Token], quoted: Sequence[Quotation]) -> bool:
    """Whether somebody else speaks the whole sentence, though nothing says who: all in marks, or with a stray mark."""
    if any(quote.kind == "speech" and quote.text.count(" ") >= LONG for quote in quoted):
        return True
    if not quoted:
        stray = bool(words) and any(mark.text in QUOTES and mark.text not in "'’‘" for mark in (words[0], words[-1]))
        return stray and sum(word.is_word for word in words) > SPEECH
    if any(word.is_word and not word.quoted for word in words) or all(quote.kind != "speech" for quote in quoted):
        return False
    return sum(word.is_word for word in words) > SPEECH
