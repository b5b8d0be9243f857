"""How a passage stands to the truth: reported, stated, alleged, denied or assessed, with the words that decide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.annotation.blocks import Frame
from briefing.annotation.refutation import refuted
from briefing.annotation.tokens import Token
from briefing.lexicon import table
from briefing.model import Cue, Quotation, Status

REACH = 14
"""Tokens behind a verb in which the word stands that it needs: `rechnen die Forscher bis 2030 mit`."""
CLOSING = 6
"""Tokens of the longest name of a source that closes a sentence: `so die Studie des Instituts`."""
APPOSED = 6
"""Tokens before a sentence's end in which a comma belongs to a name: `wie ein Vertreter des Rats, Max Kern, sagte.`"""
NEAR = 6
"""Tokens around a denial in which a negation undoes it: `nicht ausschließen`, `schloss das nicht aus`."""
FAR = 40
"""Tokens around a denial in which its object stands; in German the verb may close a clause of 30."""
SPEECH = 4
"""Words of the shortest quotation behind a colon taken for speech; shorter ones are titles and mottos."""
QUOTES = frozenset("“”„\"»«’‘'")
CLAUSE_MARKS = frozenset(",;:–—()")


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cue words of one language."""

    single: Mapping[str, tuple[str, ...]]
    """Word → kinds."""
    several: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word → sequences and their kind."""
    split: Mapping[str, tuple[tuple[tuple[str, ...], str, frozenset[str]], ...]]
    """Verb → particles that must follow in the clause, their kind, and words of which one must stand between."""
    hearsay: frozenset[str]
    undo: frozenset[str]
    negations: frozenset[str]
    other_sense: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Beginnings of verbs of denial, and endings of the nouns with which they mean something else."""
    spoken: tuple[str, ...]
    """Beginnings of verbs that deny only where somebody who can speak is their subject."""
    contested: tuple[str, ...]
    """Beginnings of verbs that deny only with one of `contestable` in the sentence."""
    contestable: frozenset[str]
    contestable_endings: tuple[str, ...]
    """The same; compounds end in them."""
    nouns: frozenset[str]
    """Nouns of accusation, which accuse only where one of `noun_followers` tells of what or whom."""
    noun_followers: frozenset[str]
    accused: frozenset[str]
    """Verbs that accuse only where somebody who can speak is their subject."""
    wrongs: frozenset[str]
    """What one is charged with; where somebody says it, it is an accusation."""
    against: frozenset[str]
    """Words before a wrong that show whose fight against it is told: `gegen Korruption`."""
    not_nouns: frozenset[str]
    """Participles of accusation that are nouns behind an article: `the accused`."""
    states_of: frozenset[str]
    """Participles of accusation that tell of an office behind a copula: `ist dem Amt unterstellt`."""
    copula: frozenset[str]
    loose: Mapping[str, tuple[frozenset[str], str]]
    """Verbs that are cues where one of the words stands behind them, and of what kind."""
    assessors: frozenset[str]
    """Those who are asked for forecasts."""
    prospects: frozenset[str]
    """Verbs of what will or would be."""
    telling: frozenset[str]
    """Verbs of speech that do nothing else."""
    persons: frozenset[str]
    told_by: tuple[str, ...]
    """Endings of nouns for what was told, behind one of `told_after`: `nach Polizeiangaben`."""
    told_after: frozenset[str]
    capital_nouns: bool
    closing: bool
    """Whether a verb of speech may close a sentence behind its subject: `…, police say.`"""
    so: frozenset[str]
    """Words that name who says it at a sentence's end: `…, so die Studie.`"""
    not_noun_after: frozenset[str]
    """Words behind which they only mention an accusation: `im Zusammenhang mit Vorwürfen`."""
    states: frozenset[str]
    """Infinitives with which `soll` is hearsay, since they tell of a state: `soll aus Polen stammen`."""
    finite: frozenset[str]
    """Forms of auxiliaries that are no infinitives."""
    planned: frozenset[str]
    """Words beside which `soll` tells of a plan: `soll bis 2030 installiert sein`."""
    modals: frozenset[str]
    """Verbs beside which a form in `infinitive` is an infinitive."""
    infinitive: str
    possible: frozenset[str]
    """Modal verbs that assess only of somebody else, and in no question or doubt."""
    idle: frozenset[str]
    """Words beside which they do not."""
    shifted: frozenset[str]
    """Of these, the ones that stand for `can` where somebody says it: `he said they could`."""
    indefinite: frozenset[str]
    """Words behind which the subject is nobody in particular: `those who believe`."""
    determiners: frozenset[str]
    not_after: frozenset[str]
    """Words behind which none assesses: `wie erwartet`, `less likely`."""
    doubt: frozenset[str]
    """Words that open a clause of doubt: `ob`."""
    denied_by: frozenset[str]
    """Words behind it that name who denies: `were dismissed by`."""
    refused: frozenset[str]
    """Words before a participle that make it a refusal: `was denied entry`."""
    insist: frozenset[str]
    """Verbs that deny where a negation follows: `beteuerte, nichts zu wissen`."""
    saying: frozenset[str]
    """Verbs of speech, which show that somebody speaks although we cannot tell who."""
    that: frozenset[str]
    always: frozenset[str]
    """Of these, the ones that need nothing beside them: `The driver said she lost control`."""
    not_always: frozenset[str]
    """Words before them by which nobody says it: `is said`, `that said`."""
    not_telling: frozenset[str]
    """Words before a verb of speech and its clause by which nobody tells: `to say that`, `sich sagt, dass`."""
    joins: frozenset[str]
    """Words that begin another clause, so that a particle before them closes one."""
    perfect_infinitives: frozenset[str]
    like: frozenset[str]
    """Verbs that report in a clause with `wie`."""
    triggers: frozenset[str]
    """Every word at which `_find` looks for something; a new search there begins with a word that must be here."""


def status(
    text: str,
    words: Sequence[Token],
    frames: Sequence[Frame],
    block: Sequence[Token],
    quoted: Sequence[Quotation],
    language: str,
    reported: int | None = None,
    *,
    about_another: bool = False,
) -> tuple[Status, tuple[Cue, ...]]:
    """Tell the status of one sentence.

    Args:
        text: The block the sentence stands in.
        words: The words of the sentence.
        frames: Who speaks in it, and by which words.
        block: The words of the whole block, into which the frames point.
        quoted: The quotations in it.
        language: ISO 639-1 code.
        reported: Place in `block` of a verb that only reported speech has.
        about_another: Whether the reported speech tells what somebody other than the speaker has done.

    Returns:
        The status, and the cues with spans relative to `text`.
    """
    cues = _cues(language)
    if cues is None:
        return Status.REPORTED, ()
    spoken = {frame.cue[0] for frame in frames if frame.kind == "verb"}
    heard = {(block[place].start, block[place].end) for place in spoken if place < len(block)}
    speech = [*_speech(text, frames, block), *_unnamed(words, quoted, cues)]
    told = bool(speech) or (reported is not None and block[reported].text.lower() not in cues.shifted)
    found = [*speech, *_find(text, words, cues, heard, told=told)]
    if reported is not None:
        found.append(Cue(block[reported].text, block[reported].start, block[reported].end, "speech"))
        found += [Cue(w.text, w.start, w.end, "allegation") for w in words if w.text in cues.nouns and not w.quoted]
    unique = {(cue.start, cue.end, cue.kind): cue for cue in found}
    ordered = tuple(sorted(unique.values(), key=lambda cue: (cue.start, cue.end, cue.kind)))
    kinds = {cue.kind for cue in ordered}
    attributed = (
        bool(frames)
        or "speech" in kinds
        or any(quote.speaker is not None for quote in quoted)
        or _is_quoted(words, quoted)
    )
    if _asks(words) and not attributed:
        return Status.REPORTED, ordered
    if attributed and "denial" not in kinds and (place := refuted(words, language)) is not None:
        first, last = words[place[0]], words[place[1]]
        denial = Cue(text[first.start : last.end], first.start, last.end, "denial")
        return Status.DENIED, tuple(sorted((*ordered, denial), key=lambda cue: (cue.start, cue.end, cue.kind)))
    if "denial" in kinds and _is_apposed(ordered, words, cues):
        return Status.ALLEGED, ordered
    if "denial" in kinds and not _denied_aside(ordered, words):
        return Status.DENIED, ordered
    charged = attributed and _charges(words, cues)
    if "allegation" in kinds or charged or (attributed and about_another):
        return Status.ALLEGED, ordered
    if "assessment" in kinds or (attributed and _foresees(words, cues)):
        return Status.ASSESSED, ordered
    if attributed:
        return Status.STATED, ordered
    return Status.REPORTED, ordered


def _charges(words: Sequence[Token], cues: _Cues) -> bool:
    """Whether a sentence names a wrong, and neither denies it nor is against it: `said the vote was rigged`."""
    for index, word in enumerate(words):
        if word.text in cues.wrongs and not word.quoted:
            before = {near.text.lower() for near in words[max(0, index - 4) : index]}
            if not before & (cues.negations | cues.against):
                return True
    return False


def _foresees(words: Sequence[Token], cues: _Cues) -> bool:
    """Whether those who are asked for forecasts tell what will or would be: `…, so die Studie`, `analysts say`."""
    outside = [word.text for word in words if not word.quoted]
    return any(word in cues.assessors for word in outside) and any(word in cues.prospects for word in outside)


def _asks(words: Sequence[Token]) -> bool:
    """Whether the sentence is a question of the outlet's own, which claims nothing."""
    return any(word.text == "?" and not word.quoted for word in words[-2:])


def _is_quoted(words: Sequence[Token], quoted: Sequence[Quotation]) -> bool:
    """Whether somebody else speaks the whole sentence, though nothing says who: all in marks, or with a stray mark."""
    spoken = [word for word in words if word.is_word]
    if len(spoken) > SPEECH and all(word.quoted for word in spoken):
        return any(quote.kind == "speech" for quote in quoted)
    return not quoted and len(spoken) > SPEECH and words[-1].text in QUOTES and words[-1].text not in "'’"


def _unnamed(words: Sequence[Token], quoted: Sequence[Quotation], cues: _Cues) -> Iterator[Cue]:
    """Signs that somebody speaks, whoever it is: `…“, said a guest`, `erklärt, dass …`, `dazu: „…“`."""
    speech = any(quote.kind == "speech" and len(quote.text.split()) >= SPEECH for quote in quoted)
    for index, word in enumerate(words):
        if word.quoted:
            continue
        if word.text in cues.saying and _says(words, index, cues):
            yield Cue(word.text, word.start, word.end, "speech")
        if word.text.lower().endswith(cues.told_by) and any(
            near.text.lower() in cues.told_after for near in words[max(0, index - 3) : index]
        ):
            yield Cue(word.text, word.start, word.end, "speech")
        if word.text in cues.so and _closes_with_source(words, index):
            yield Cue(word.text, word.start, word.end, "speech")
        if word.text == ":" and any(mark.text in QUOTES for mark in words[index + 1 : index + 3]) and speech:
            yield Cue(word.text, word.start, word.end, "speech")


def _closes_with_source(words: Sequence[Token], index: int) -> bool:
    """Whether a word behind a comma is followed by nothing but a noun phrase (`…, so die Studie`)."""
    behind = [word for word in words[index + 1 :] if word.text not in QUOTES]
    if not index or (words[index - 1].text != "," and words[index - 1].text not in QUOTES) or len(behind) > CLOSING:
        return False
    nouns = [word for word in behind[:3] if word.is_capital]
    return bool(nouns) and not any(word.text in CLAUSE_MARKS for word in behind)


def _says(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether a verb of speech reports by its place: behind a quotation, before `dass`, or because it always does."""
    if not index:
        return False
    word, before = words[index].text, words[index - 1].text
    if word in cues.always and before.lower() not in cues.not_always:
        return True
    if _closes_sentence(words, index, cues) or _is_behind_clause(words, index, cues):
        return True
    if before == "," and index > 1 and words[index - 2].text in QUOTES:
        return True
    if word.endswith("en"):  # an infinitive as likely
        return False
    clause = next((following.text for following in words[index + 1 : index + 3] if following.is_word), "")
    return before in QUOTES or (clause in cues.that and before not in cues.not_telling)


def _closes_sentence(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether a verb closes the sentence, with nothing but its subject behind a comma before it (`…, police say`)."""
    if not cues.closing or (index + 1 < len(words) and words[index + 1].is_word):
        return False
    for place in range(index - 1, max(-1, index - CLOSING), -1):
        if words[place].text == "," or words[place].text in QUOTES:
            return place < index - 1 and place > 0
        if words[place].text.lower() in cues.not_always | cues.joins:
            return False
    return False


def _is_behind_clause(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether a verb opens the clause behind what is said, or follows a pronoun that opens it before."""
    if words[index].text not in cues.telling:
        return False
    before = words[index - 1]
    if before.text == ",":  # …, teilte die Leitstelle mit
        return index > SPEECH
    opens = index == 1 and before.text.lower() in cues.persons
    return opens and any(word.text == "," and not word.quoted for word in words[index + 1 : index + REACH])


def _denied_aside(cues: Sequence[Cue], words: Sequence[Token]) -> bool:
    """Whether the sentence accuses, and a clause behind it tells of the denial: `… beschuldigt, was X bestreitet`."""
    accusations = [cue.start for cue in cues if cue.kind == "allegation" and not cue.text[0].isupper()]
    denials = [cue.start for cue in cues if cue.kind == "denial"]
    if not accusations or min(denials) < min(accusations):
        return False
    return any(word.text == "," and min(accusations) < word.start < min(denials) for word in words)


def _is_apposed(found: Sequence[Cue], words: Sequence[Token], cues: _Cues) -> bool:
    """Whether a denial only stands in an apposition to what is claimed: `…, an accusation the ministry denied`."""
    first = min(cue.start for cue in found if cue.kind == "denial")
    for index, word in enumerate(words[:-2]):
        apposed = word.text == "," and index and words[index + 1].text in cues.determiners and word.start < first
        if apposed and words[index + 2].text.lower() in cues.contestable:
            return not any(mark.text in ";:" for mark in words[index:] if mark.start < first)
    return False


def _speech(text: str, frames: Sequence[Frame], block: Sequence[Token]) -> Iterator[Cue]:
    for frame in frames:
        first, last = frame.cue
        if first < last and block[first].is_word:
            start, end = block[first].start, block[last - 1].end
            yield Cue(text[start:end], start, end, "speech")


def _find(text: str, words: Sequence[Token], cues: _Cues, heard: set[tuple[int, int]], *, told: bool) -> Iterator[Cue]:
    """The cues of a sentence outside quotation marks, and negations anywhere; `told` where somebody speaks in it."""
    for index, word in enumerate(words):
        lower = word.text.lower()
        if lower not in cues.triggers and word.text not in cues.triggers and not lower.endswith(("n’t", "n't")):
            continue  # nine words in ten: nothing below is about them
        if lower in cues.negations or lower.endswith(("n’t", "n't")):
            yield Cue(word.text, word.start, word.end, "negation")
        if word.quoted:
            continue
        for kind in cues.single.get(word.text) or cues.single.get(lower, ()):
            if _counts(words, index, kind, cues, heard, told=told):
                yield Cue(word.text, word.start, word.end, kind)
        attribute = cues.capital_nouns and any(near.is_capital for near in words[index + 1 : index + 2])
        stands = (word.start, word.end) in heard or not attribute  # versicherte Mitarbeiter
        if lower in cues.insist and stands and _goes_on_negated(words, index, cues):
            yield Cue(word.text, word.start, word.end, "denial")
        if lower == "wie" and (place := _is_like(words, index, cues)) is not None:
            yield Cue(words[place].text, words[place].start, words[place].end, "speech")
        if lower in cues.several:
            yield from _sequences(text, words, index, cues)
        if lower in cues.split:
            yield from _split(text, words, index, cues, heard)
        if lower in cues.loose:
            needed, kind = cues.loose[lower]
            if any(behind.text in needed for behind in words[index + 1 : index + REACH]):
                yield Cue(word.text, word.start, word.end, kind)
        if lower in cues.hearsay and _is_hearsay(words, index, cues):
            yield Cue(word.text, word.start, word.end, "allegation")


def _counts(
    words: Sequence[Token], index: int, kind: str, cues: _Cues, heard: set[tuple[int, int]], *, told: bool
) -> bool:
    """Whether a cue word means here what it is listed for."""
    if kind == "denial":
        return not _undone(words, index, cues) and _is_denial(words, index, cues, heard)
    if kind == "allegation":
        return _accuses(words, index, cues, heard)
    if kind == "assessment":
        return _assesses(words, index, cues, told=told)
    return True


def _accuses(words: Sequence[Token], index: int, cues: _Cues, heard: set[tuple[int, int]]) -> bool:
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


def _assesses(words: Sequence[Token], index: int, cues: _Cues, *, told: bool) -> bool:
    """Whether a word of assessment assesses the sentence, for somebody who can be told."""
    lower = words[index].text.lower()
    before = words[index - 1].text.lower() if index else ""
    after = words[index + 1] if index + 1 < len(words) else None
    if before in cues.not_after or before in cues.indefinite:
        return False
    if lower in cues.possible:
        return not _is_idle(words, index, cues) and not (lower in cues.shifted and told)
    if before in cues.determiners and after is not None and after.text.islower():
        return False  # seine wohl letzten Spiele: the adverb is the adjective's
    return not _is_infinitive(words, index, cues) and not _is_in_doubt(words, index, cues)


def _is_denial(words: Sequence[Token], index: int, cues: _Cues, heard: set[tuple[int, int]]) -> bool:
    """Whether a verb of denial denies: not `bestreitet seine letzten Spiele`, `widerspricht sich`, `rejects offers`."""
    lower = words[index].text.lower()
    near = [word.text.lower() for word in words[max(0, index - FAR) : index + 1 + FAR]]
    for stems, endings in cues.other_sense:
        if lower.startswith(stems) and any(word.endswith(endings) for word in near):
            return False
    if lower.startswith(cues.spoken) and (words[index].start, words[index].end) not in heard:
        return False
    if index and lower.endswith("ed") and words[index - 1].text.lower() in cues.refused:
        named = any(word.text.lower() in cues.denied_by for word in words[index + 1 : index + NEAR])
        if not named or not _is_contestable(words, cues):
            return False
    return not lower.startswith(cues.contested) or any(word.endswith(cues.contestable_endings) for word in near)


def _is_contestable(words: Sequence[Token], cues: _Cues) -> bool:
    """Whether a sentence names something that can be denied."""
    return any(word.text.lower().endswith(cues.contestable_endings) for word in words)


def _is_idle(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether `könnte`, `could` assess nothing: in a question, behind `ob`, of oneself or the reader."""
    if any(word.text == "?" for word in words[-3:]):
        return True
    beside = [word.text.lower() for word in words[max(0, index - 1) : index + 2]]
    if any(word in cues.idle for word in beside):
        return True
    return _is_in_doubt(words, index, cues)


def _is_in_doubt(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether the clause of a word is one of doubt: `ob es vielleicht …`."""
    for place in range(index - 1, -1, -1):
        if words[place].text.lower() in cues.doubt:
            return True
        if words[place].text in CLAUSE_MARKS:
            return False
    return False


def _is_infinitive(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether a verb of assessment is an infinitive, so that nobody in the sentence assesses by it."""
    word = words[index].text
    if index and words[index - 1].text.lower() in {"to", "be"}:
        return cues.infinitive == ""
    if not cues.infinitive or not word.islower() or not word.endswith(cues.infinitive):
        return False
    for place in [*range(index - 1, -1, -1), index + 1]:
        if place >= len(words) or words[place].text in CLAUSE_MARKS:
            break
        if words[place].text.lower() in cues.modals:
            return True
    return index + 1 < len(words) and words[index + 1].text.lower() in cues.modals


def _goes_on_negated(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether a negation follows a verb of insisting, before the sentence turns: `beteuerte, nichts zu wissen`."""
    for word in words[index + 1 : index + 1 + 3 * NEAR]:
        if word.text.lower() in cues.negations or word.text.lower().endswith(("n’t", "n't")):
            return True
        if word.text in {";", ":"}:
            return False
    return False


def _is_like(words: Sequence[Token], index: int, cues: _Cues) -> int | None:
    """Where the verb of `wie X berichtet` stands, if the clause that begins at `index` is one."""
    for place in range(index + 2, min(len(words), index + 3 * NEAR)):
        word = words[place]
        if word.text in cues.like and not word.quoted:
            after = words[place + 1].text if place + 1 < len(words) else "."
            return place if not after[0].isalnum() or after == "und" else None
        if word.text in {";", ":"} or (word.text == "," and place + APPOSED < len(words)):
            return None
    return None


def _sequences(text: str, words: Sequence[Token], index: int, cues: _Cues) -> Iterator[Cue]:
    following = words[index + 1].text.lower() if index + 1 < len(words) else ""
    for parts, kind in cues.several.get(words[index].text.lower(), ()):
        if parts[1] != following:
            continue
        stretch = words[index : index + len(parts)]
        if tuple(word.text.lower() for word in stretch) == parts:
            if kind == "denial" and parts[0].startswith(cues.contested) and not _is_contestable(words, cues):
                continue
            yield Cue(text[stretch[0].start : stretch[-1].end], stretch[0].start, stretch[-1].end, kind)


def _split(text: str, words: Sequence[Token], index: int, cues: _Cues, heard: set[tuple[int, int]]) -> Iterator[Cue]:
    """A verb with its particle: `wirft … vor`, `schloss … aus`."""
    for particles, kind, between in cues.split.get(words[index].text.lower(), ()):
        place = _particle(words, index, particles, cues)
        if place is None or (between and not any(word.text in between for word in words[index + 1 : place])):
            continue
        if kind == "denial" and _undone(words, index, cues, place):
            continue
        if kind == "denial" and not _is_denial(words, index, cues, heard):
            continue
        yield Cue(words[index].text, words[index].start, words[index].end, kind)
        start, end = words[place].start, words[place + len(particles) - 1].end
        yield Cue(text[start:end], start, end, kind)


def _particle(words: Sequence[Token], index: int, particles: tuple[str, ...], cues: _Cues) -> int | None:
    for place in range(index + 1, min(len(words) - len(particles) + 1, index + 40)):
        if (
            tuple(word.text.lower() for word in words[place : place + len(particles)]) == particles
            and not words[place].quoted
        ):
            after = words[place + len(particles)] if place + len(particles) < len(words) else None
            if len(particles) > 1 or after is None or not after.is_word or after.text in cues.joins:
                return place
    return None


def _undone(words: Sequence[Token], index: int, cues: _Cues, until: int | None = None) -> bool:
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


def _is_hearsay(words: Sequence[Token], index: int, cues: _Cues) -> bool:
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


def _closes_hearsay(words: Sequence[Token], place: int, cues: _Cues) -> bool:
    """Whether an infinitive perfect ends at `place`: `geliefert haben`, `beteiligt sein`, `worden`."""
    before = words[place - 1].text if place else ""
    return (
        words[place].text.lower() in cues.perfect_infinitives
        and not words[place].quoted
        and before.islower()
        and before.endswith(("t", "en"))
    )


def _is_planned(words: Sequence[Token], index: int, place: int, cues: _Cues) -> bool:
    """Whether a sentence with `soll` looks ahead, by its words before `place`."""
    return any(word.text.lower() in cues.planned for word in [*words[:index], *words[index + 1 : place]])


@cache
def _cues(language: str) -> _Cues | None:
    """The cue words of `language`; None where it has none."""
    data = table(language, "status")
    if not data:
        return None
    single: dict[str, tuple[str, ...]] = {}
    several: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    split: dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]] = {}
    for kind in ("allegation", "denial", "assessment", "speech"):
        for entry in [*data[kind]["words"], *data[kind].get("last", []), *data[kind].get("defended", [])]:
            parts = tuple(entry.lower().split())
            if len(parts) == 1:
                single[entry] = (*single.get(entry, ()), kind)
            else:
                several.setdefault(parts[0], []).append((parts, kind))
        for verb, particles, *between in data[kind].get("split", []):
            split.setdefault(verb, []).append(
                (tuple(particles.lower().split()), kind, frozenset(" ".join(between).split()))
            )
    grammar = table(language, "grammar")

    def words(part: str, key: str) -> frozenset[str]:
        return frozenset(data[part][key].split())

    def stems(part: str, key: str) -> tuple[str, ...]:
        return tuple(data[part][key].split()) or ("\0",)

    return _Cues(
        single=single,
        several={first: tuple(entries) for first, entries in several.items()},
        split={first: tuple(entries) for first, entries in split.items()},
        hearsay=frozenset(data["allegation"].get("hearsay", [])),
        undo=frozenset(data["denial"]["negated"].split()),
        negations=frozenset(grammar["negations"].split()),
        other_sense=tuple(
            (tuple(stems.split()), tuple(endings.split())) for stems, endings in data["denial"]["other_sense"].items()
        ),
        spoken=stems("denial", "spoken"),
        contested=stems("denial", "contested"),
        contestable=words("denial", "contestable"),
        contestable_endings=stems("denial", "contestable"),
        denied_by=words("denial", "denied_by"),
        refused=words("denial", "refused"),
        insist=words("denial", "insist"),
        nouns=words("allegation", "nouns"),
        noun_followers=words("allegation", "noun_followers"),
        accused=words("allegation", "heard"),
        wrongs=words("allegation", "wrongs"),
        against=words("allegation", "against"),
        not_nouns=words("allegation", "not_nouns"),
        states_of=words("allegation", "states_of"),
        copula=frozenset(grammar["copula"].split()),
        loose={
            verb: (frozenset(behind.split()), kind)
            for kind in ("allegation", "assessment")
            for verb, behind in data[kind]["loose"]
        },
        assessors=words("assessment", "assessors"),
        prospects=words("assessment", "prospects"),
        telling=words("speech", "telling"),
        persons=frozenset(str(grammar["pronouns_m"] + " " + grammar["pronouns_f"]).split()),
        told_by=stems("speech", "told_by"),
        told_after=words("speech", "told_after"),
        capital_nouns=bool(table(language, "dates").get("capital_nouns")),
        closing=bool(data["speech"]["closing"]),
        so=words("speech", "so"),
        not_noun_after=words("allegation", "not_noun_after"),
        states=words("allegation", "states"),
        finite=frozenset(str(table(language, "speech")["no_speech"]).split())
        - frozenset(grammar["perfect_infinitives"].split())
        - {"werden"},
        planned=words("allegation", "planned"),
        modals=words("assessment", "modals"),
        infinitive=data["assessment"]["infinitive"],
        possible=words("assessment", "possible"),
        idle=words("assessment", "idle"),
        shifted=words("assessment", "shifted"),
        indefinite=words("assessment", "indefinite"),
        determiners=frozenset(grammar["determiners"].split()),
        not_after=words("assessment", "not_after"),
        doubt=words("assessment", "doubt"),
        saying=frozenset(str(table(language, "speech")["certain"]).split()) | words("speech", "saying"),
        that=words("speech", "that"),
        always=words("speech", "always"),
        not_always=words("speech", "not_always"),
        not_telling=words("speech", "not_telling"),
        joins=frozenset(f"{grammar['conjunctions']} {grammar['subordinators']}".split()),
        perfect_infinitives=frozenset(grammar["perfect_infinitives"].split()),
        like=frozenset(data["speech"]["like"].split()),
        triggers=frozenset(
            ["wie", *single, *several, *split, *data["allegation"].get("hearsay", [])]
            + [verb for kind in ("allegation", "assessment") for verb, _ in data[kind]["loose"]]
        ).union(grammar["negations"].split(), words("denial", "insist")),
    )
