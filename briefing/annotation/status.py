"""How a passage stands to the truth: reported, stated, alleged, denied or assessed, with the words that decide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.annotation.accusing import (
    accuses,
    charges,
    clears,
    is_hearsay,
    is_mention,
    told_by_accuser,
    told_by_media,
)
from briefing.annotation.assessing import assesses, deems
from briefing.annotation.blocks import Frame
from briefing.annotation.cues import Cues, cue_words
from briefing.annotation.denying import (
    denied_aside,
    disowns,
    goes_on_negated,
    is_apposed,
    is_contestable,
    is_denial,
    rebuts,
    undone,
)
from briefing.annotation.foreseeing import foresees, looms
from briefing.annotation.opining import judges, opines
from briefing.annotation.refutation import refuted
from briefing.annotation.telling import goes_on, is_like, is_quoted, unnamed
from briefing.annotation.tokens import Token
from briefing.model import Cue, Quotation, Status

_TOLD = frozenset({Status.STATED, Status.ALLEGED, Status.DENIED})
REACH = 14
"""Tokens behind a verb in which the word stands that it needs: `rechnen die Forscher bis 2030 mit`."""


def status(
    text: str,
    words: Sequence[Token],
    frames: Sequence[Frame],
    block: Sequence[Token],
    quoted: Sequence[Quotation],
    language: str,
    reported: int | None = None,
    before: Status = Status.REPORTED,
    *,
    about_another: bool = False,
    charged: bool = False,
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
        before: The status of the sentence before, which somebody may answer.
        about_another: Whether the reported speech tells what somebody other than the speaker has done.
        charged: Whether one of the sentences shortly before accuses somebody, whom this one may clear.

    Returns:
        The status, and the cues with spans relative to `text`.
    """
    cues = cue_words(language)
    if cues is None:
        return Status.REPORTED, ()
    frames = [frame for frame in frames if not _unsaid(frame, block, cues)]
    verbs = {frame.cue[0] for frame in frames if frame.kind == "verb"}
    heard = {(block[place].start, block[place].end) for place in verbs if place < len(block)}
    speech = [*_speech(text, frames, block), *unnamed(words, quoted, cues)]
    told = bool(speech) or (reported is not None and block[reported].text.lower() not in cues.shifted)
    found = [*speech, *_find(text, words, cues, heard, told=told)]
    spoken = any(cue.kind == "speech" for cue in found)
    if reported is not None:
        found.append(Cue(block[reported].text, block[reported].start, block[reported].end, "speech"))
        found += [Cue(w.text, w.start, w.end, "allegation") for w in words if w.text in cues.nouns and not w.quoted]
    unique = {(cue.start, cue.end, cue.kind): cue for cue in found}
    ordered = tuple(sorted(unique.values(), key=_place))
    goes = before in _TOLD and goes_on(words, cues) and (before is Status.ALLEGED or words[0] != block[0])
    attributed = (
        bool(frames)
        or goes
        or any(cue.kind == "speech" for cue in ordered)
        or any(quote.speaker is not None for quote in quoted)
        or is_quoted(words, quoted)
    )
    if _asks(words) and not attributed:
        return Status.REPORTED, ordered
    if all(cue.kind != "denial" for cue in ordered) and (
        place := refuted(words, language, told=attributed, charged=charged)
    ):
        start, end = words[place[0]].start, words[place[1]].end
        ordered = tuple(sorted((*ordered, Cue(text[start:end], start, end, "denial")), key=_place))
    accused = (
        (attributed and about_another) or told_by_accuser(words, ordered, cues) or told_by_media(words, ordered, cues)
    )
    if _denies(ordered, words, cues, before, attributed=attributed):
        return Status.DENIED, ordered
    if charged and attributed and not accused and disowns(words, ordered, cues):
        return Status.DENIED, ordered
    told_past = reported is not None and block[reported].text in cues.perfect_subjunctive
    if before is Status.ALLEGED and (told_past or goes) and not frames and not spoken:  # Er habe sie bedroht
        return Status.ALLEGED, ordered
    if accused or (attributed and charges(words, ordered, cues)):
        return Status.ALLEGED, ordered
    if _alleges(ordered, words, cues, told=spoken or bool(frames)):
        return Status.ALLEGED, ordered
    if any(cue.kind == "assessment" for cue in ordered) or (
        attributed and foresees(words, cues, language, goes_on=before is Status.ASSESSED)
    ):
        return Status.ASSESSED, ordered
    if attributed:
        view = judges(words, language)
        return _judged(text, words, view, ordered) if view else (Status.STATED, ordered)
    return _in_own_voice(text, words, ordered, cues, language)


def _in_own_voice(
    text: str, words: Sequence[Token], ordered: tuple[Cue, ...], cues: Cues, language: str
) -> tuple[Status, tuple[Cue, ...]]:
    """The status of a sentence in which nobody speaks but the outlet: what it foresees or finds assesses, too."""
    if not words or words[-1].text == "?":
        return Status.REPORTED, ordered
    if looms(words, cues, language):
        return Status.ASSESSED, ordered
    view = opines(words, language)
    return _judged(text, words, view, ordered) if view else (Status.REPORTED, ordered)


def _judged(
    text: str, words: Sequence[Token], view: tuple[int, int], ordered: tuple[Cue, ...]
) -> tuple[Status, tuple[Cue, ...]]:
    """An assessment by the words from the first to the last place of `view`."""
    start, end = words[view[0]].start, words[view[1]].end
    found = [*ordered, Cue(text[start:end], start, end, "assessment")]
    return Status.ASSESSED, tuple(sorted(found, key=_place))


def _place(cue: Cue) -> tuple[int, int, str]:
    return cue.start, cue.end, cue.kind


def _denies(ordered: Sequence[Cue], words: Sequence[Token], cues: Cues, before: Status, *, attributed: bool) -> bool:
    """Whether a sentence denies by its own words, or answers an accusation in the one `before`."""
    kinds = {cue.kind for cue in ordered}
    if "denial" in kinds:
        return not is_apposed(ordered, words, cues) and not denied_aside(ordered, words, cues)
    if attributed and clears(words, cues):
        return True
    answers = attributed and before in {Status.ALLEGED, Status.DENIED} and "allegation" not in kinds
    return answers and rebuts(words, cues)


def _alleges(ordered: Sequence[Cue], words: Sequence[Token], cues: Cues, *, told: bool) -> bool:
    """Whether words of a sentence accuse; where somebody speaks or assesses, an accusation that is mentioned does not.

    `Er sprach über die Vorwürfe` states, `Ihm droht wegen der Vorwürfe` assesses, `der mutmaßliche Täter` alleges.
    """
    accused = [cue for cue in ordered if cue.kind == "allegation"]
    if any(not is_mention(cue, words, cues) for cue in accused):
        return True
    kinds = {cue.kind for cue in ordered}
    if "denial" in kinds:  # which only stands aside of what is claimed
        return True
    if not accused or not (told or "assessment" in kinds):
        return bool(accused)
    return any(word.text in cues.accusers and not word.quoted for word in words)


def _asks(words: Sequence[Token]) -> bool:
    """Whether the sentence is a question of the outlet's own, which claims nothing."""
    return any(word.text == "?" and not word.quoted for word in words[-2:])


def _unsaid(frame: Frame, block: Sequence[Token], cues: Cues) -> bool:
    """Whether a participle tells that somebody said nothing: `hat sich nicht geäußert`."""
    place = frame.cue[0]
    return 0 < place < len(block) and block[place].text in cues.told and block[place - 1].text in cues.negations


def _speech(text: str, frames: Sequence[Frame], block: Sequence[Token]) -> Iterator[Cue]:
    for frame in frames:
        first, last = frame.cue
        if first < last and block[first].is_word:
            start, end = block[first].start, block[last - 1].end
            yield Cue(text[start:end], start, end, "speech")


def _find(text: str, words: Sequence[Token], cues: Cues, heard: set[tuple[int, int]], *, told: bool) -> Iterator[Cue]:
    """The cues of a sentence outside quotation marks, and negations anywhere; `told` where somebody speaks in it."""
    for index, word in enumerate(words):
        lower = word.text.lower()
        if lower not in cues.triggers and word.text not in cues.triggers and not lower.endswith(("n’t", "n't")):
            continue  # nine words in ten: nothing below is about them
        if lower in cues.negations or lower.endswith(("n’t", "n't")):
            yield Cue(word.text, word.start, word.end, "negation")
        if word.quoted:
            if "denial" in cues.single.get(lower, ()) and _denies_claim(words, index, cues, heard):
                yield Cue(word.text, word.start, word.end, "denial")
            missed = " ".join(near.text for near in words[index : index + 2]) in cues.missed
            if lower in cues.likely and not missed and assesses(words, index, cues, told=False):
                yield Cue(word.text, word.start, word.end, "assessment")
            yield from (cue for cue in _sequences(text, words, index, cues) if cue.kind == "denial")
            continue
        for kind in cues.single.get(word.text) or cues.single.get(lower, ()):
            if _counts(words, index, kind, cues, heard, told=told):
                yield Cue(word.text, word.start, word.end, kind)
        if lower in cues.insist and _insists(words, index, cues, heard):
            yield Cue(word.text, word.start, word.end, "denial")
        if lower == "wie" and (place := is_like(words, index, cues)) is not None:
            yield Cue(words[place].text, words[place].start, words[place].end, "speech")
        if lower in cues.several:
            yield from _sequences(text, words, index, cues)
        if lower in cues.split:
            yield from _split(text, words, index, cues, heard)
        if lower in cues.loose:
            needed, kind = cues.loose[lower]
            behind = range(index + 1, min(len(words), index + REACH))
            suffered = (
                index > 0 and kind == "allegation" and words[index - 1].text.lower() in cues.refused
            )  # being sued
            if not suffered and any(
                words[near].text in needed and words[near - 1].text not in cues.negations for near in behind
            ):
                yield Cue(word.text, word.start, word.end, kind)
        if lower in cues.deeming and deems(words, index, cues):
            yield Cue(word.text, word.start, word.end, "assessment")
        if lower in cues.behind_comma and index and words[index - 1].text == ",":
            yield Cue(word.text, word.start, word.end, "allegation")
        if lower in cues.hearsay and is_hearsay(words, index, cues):
            yield Cue(word.text, word.start, word.end, "allegation")


def _insists(words: Sequence[Token], index: int, cues: Cues, heard: set[tuple[int, int]]) -> bool:
    """Whether a verb of insisting is one, no attribute (`versicherte Mitarbeiter`), and a negation follows it."""
    attribute = cues.capital_nouns and any(near.is_capital for near in words[index + 1 : index + 2])
    stands = (words[index].start, words[index].end) in heard or not attribute
    return stands and goes_on_negated(words, index, cues)


def _denies_claim(words: Sequence[Token], index: int, cues: Cues, heard: set[tuple[int, int]]) -> bool:
    """Whether a verb in marks denies a claim named there: `“I deny these allegations”`."""
    quoted = [word for word in words if word.quoted]
    return is_contestable(quoted, cues) and _counts(words, index, "denial", cues, heard, told=True)


def _counts(
    words: Sequence[Token], index: int, kind: str, cues: Cues, heard: set[tuple[int, int]], *, told: bool
) -> bool:
    """Whether a cue word means here what it is listed for."""
    if kind == "denial":
        return not undone(words, index, cues) and is_denial(words, index, cues, heard)
    if kind == "allegation":
        return accuses(words, index, cues, heard)
    if kind == "assessment":
        return assesses(words, index, cues, told=told)
    return True


def _sequences(text: str, words: Sequence[Token], index: int, cues: Cues) -> Iterator[Cue]:
    following = words[index + 1].text.lower() if index + 1 < len(words) else ""
    for parts, kind in cues.several.get(words[index].text.lower(), ()):
        if parts[1] != following:
            continue
        stretch = words[index : index + len(parts)]
        if tuple(word.text.lower() for word in stretch) == parts:
            if kind == "denial" and parts[0].startswith(cues.contested) and not is_contestable(words, cues):
                continue
            yield Cue(text[stretch[0].start : stretch[-1].end], stretch[0].start, stretch[-1].end, kind)


def _split(text: str, words: Sequence[Token], index: int, cues: Cues, heard: set[tuple[int, int]]) -> Iterator[Cue]:
    """A verb with its particle: `wirft … vor`, `schloss … aus`."""
    for particles, kind, between in cues.split.get(words[index].text.lower(), ()):
        place = _particle(words, index, particles, cues)
        if place is None or (between and not any(word.text in between for word in words[index + 1 : place])):
            continue
        if kind == "denial" and undone(words, index, cues, place):
            continue
        if kind == "denial" and not is_denial(words, index, cues, heard):
            continue
        yield Cue(words[index].text, words[index].start, words[index].end, kind)
        start, end = words[place].start, words[place + len(particles) - 1].end
        yield Cue(text[start:end], start, end, kind)


def _particle(words: Sequence[Token], index: int, particles: tuple[str, ...], cues: Cues) -> int | None:
    for place in range(index + 1, min(len(words) - len(particles) + 1, index + 40)):
        if words[place].text.lower() != particles[0] or words[place].quoted:
            continue
        if tuple(word.text.lower() for word in words[place : place + len(particles)]) == particles:
            after = words[place + len(particles)] if place + len(particles) < len(words) else None
            if len(particles) > 1 or after is None or not after.is_word or (cues.closing and place == index + 1):
                return place
            if after.text in cues.joins and after.text not in cues.determiners:
                return place  # an article behind it shows a preposition: `gab sie an die Leitung weiter`
    return None
