"""How a passage stands to the truth: reported, stated, alleged, denied or assessed, with the words that decide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.annotation.attribution import Frame
from briefing.annotation.tokens import Token
from briefing.lexicon import table
from briefing.model import Cue, Quotation, Status

NEAR = 6
"""Tokens around a denial in which a negation undoes it: `nicht ausschließen`, `schloss das nicht aus`."""


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cue words of one language."""

    single: Mapping[str, tuple[str, ...]]
    """Word → kinds."""
    several: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word → sequences and their kind."""
    split: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """Verb → particles that must follow in the clause, and their kind."""
    hearsay: frozenset[str]
    undo: frozenset[str]
    negations: frozenset[str]
    other_sense: tuple[str, ...]
    """Endings of nouns with which a verb of denial means something else."""
    joins: frozenset[str]
    """Words that begin another clause, so that a particle before them closes one."""
    perfect_infinitives: frozenset[str]
    like: frozenset[str]
    """Verbs that report in a clause with `wie`."""


def status(
    text: str,
    words: Sequence[Token],
    frames: Sequence[Frame],
    block: Sequence[Token],
    quoted: Sequence[Quotation],
    language: str,
    reported: int | None = None,
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

    Returns:
        The status, and the cues with spans relative to `text`.
    """
    cues = _cues(language)
    if cues is None:
        return Status.REPORTED, ()
    found = [*_find(text, words, cues), *_speech(text, frames, block)]
    if reported is not None:
        found.append(Cue(block[reported].text, block[reported].start, block[reported].end, "speech"))
    unique = {(cue.start, cue.end, cue.kind): cue for cue in found}
    ordered = tuple(sorted(unique.values(), key=lambda cue: (cue.start, cue.end, cue.kind)))
    kinds = {cue.kind for cue in ordered}
    attributed = bool(frames) or "speech" in kinds or any(quote.speaker is not None for quote in quoted)
    if "denial" in kinds and not _denied_aside(ordered, words):
        return Status.DENIED, ordered
    if "allegation" in kinds:
        return Status.ALLEGED, ordered
    if "assessment" in kinds:
        return Status.ASSESSED, ordered
    if attributed:
        return Status.STATED, ordered
    return Status.REPORTED, ordered


def _denied_aside(cues: Sequence[Cue], words: Sequence[Token]) -> bool:
    """Whether the sentence accuses, and a clause behind it tells of the denial: `… beschuldigt, was X bestreitet`."""
    accusations = [cue.start for cue in cues if cue.kind == "allegation" and not cue.text[0].isupper()]
    denials = [cue.start for cue in cues if cue.kind == "denial"]
    if not accusations or min(denials) < min(accusations):
        return False
    return any(word.text == "," and min(accusations) < word.start < min(denials) for word in words)


def _speech(text: str, frames: Sequence[Frame], block: Sequence[Token]) -> Iterator[Cue]:
    for frame in frames:
        first, last = frame.cue
        if first < last and block[first].is_word:
            start, end = block[first].start, block[last - 1].end
            yield Cue(text[start:end], start, end, "speech")


def _find(text: str, words: Sequence[Token], cues: _Cues) -> Iterator[Cue]:
    """The cues of a sentence outside quotation marks, and negations anywhere."""
    for index, word in enumerate(words):
        lower = word.text.lower()
        if lower in cues.negations or lower.endswith(("n’t", "n't")):
            yield Cue(word.text, word.start, word.end, "negation")
        if word.quoted:
            continue
        for kind in cues.single.get(word.text, ()) or cues.single.get(lower, ()):
            if kind != "denial" or not (_undone(words, index, cues) or _other_sense(words, index, cues)):
                yield Cue(word.text, word.start, word.end, kind)
        if lower == "wie" and (place := _is_like(words, index, cues)) is not None:
            yield Cue(words[place].text, words[place].start, words[place].end, "speech")
        yield from _sequences(text, words, index, cues)
        yield from _split(words, index, cues)
        if lower in cues.hearsay and _is_hearsay(words, index, cues):
            yield Cue(word.text, word.start, word.end, "allegation")


def _other_sense(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether `bestreiten` means to take part: `bestreitet seine letzten Winterspiele`."""
    if not words[index].text.startswith(("bestreit", "bestritt")):
        return False
    return any(word.text.lower().endswith(cues.other_sense) for word in words[index + 1 : index + 1 + 3 * NEAR])


def _is_like(words: Sequence[Token], index: int, cues: _Cues) -> int | None:
    """Where the verb of `wie X berichtet` stands, if the clause that begins at `index` is one."""
    for place in range(index + 2, min(len(words), index + 3 * NEAR)):
        word = words[place]
        if word.text in cues.like and not word.quoted:
            after = words[place + 1].text if place + 1 < len(words) else "."
            return place if not after[0].isalnum() or after == "und" else None
        if word.text in {",", ";", ":"} and not word.quoted:
            return None
    return None


def _sequences(text: str, words: Sequence[Token], index: int, cues: _Cues) -> Iterator[Cue]:
    for parts, kind in cues.several.get(words[index].text.lower(), ()):
        stretch = words[index : index + len(parts)]
        if tuple(word.text.lower() for word in stretch) == parts:
            yield Cue(text[stretch[0].start : stretch[-1].end], stretch[0].start, stretch[-1].end, kind)


def _split(words: Sequence[Token], index: int, cues: _Cues) -> Iterator[Cue]:
    """A verb with its particle: `wirft … vor`, `schloss … aus`."""
    for particles, kind in cues.split.get(words[index].text.lower(), ()):
        place = _particle(words, index, particles, cues)
        if place is None or (kind == "denial" and _undone(words, index, cues, place)):
            continue
        yield Cue(words[index].text, words[index].start, words[index].end, kind)
        yield Cue(words[place].text, words[place].start, words[place + len(particles) - 1].end, kind)


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
    return False


def _is_hearsay(words: Sequence[Token], index: int, cues: _Cues) -> bool:
    """Whether `soll` reports hearsay and no duty: an infinitive perfect or `sein` closes its clause."""
    for place in range(index + 1, min(len(words), index + 45)):
        word = words[place]
        if word.text in {";", ":", "!", "?"} or (word.text == "." and place == len(words) - 1):
            break
        if word.text.lower() in cues.perfect_infinitives and not word.quoted:
            before = words[place - 1].text.lower()
            if words[place - 1].text.islower() and before.endswith(("t", "en")):
                return True
    return False


@cache
def _cues(language: str) -> _Cues | None:
    """The cue words of `language`; None where it has none."""
    data = table(language, "status")
    if not data:
        return None
    single: dict[str, tuple[str, ...]] = {}
    several: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    split: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in ("allegation", "denial", "assessment", "speech"):
        for entry in [*data[kind]["words"], *data[kind].get("last", [])]:
            parts = tuple(entry.lower().split())
            if len(parts) == 1:
                single[entry] = (*single.get(entry, ()), kind)
            else:
                several.setdefault(parts[0], []).append((parts, kind))
        for verb, particles in data[kind].get("split", []):
            split.setdefault(verb, []).append((tuple(particles.split()), kind))
    grammar = table(language, "grammar")
    return _Cues(
        single=single,
        several={first: tuple(entries) for first, entries in several.items()},
        split={first: tuple(entries) for first, entries in split.items()},
        hearsay=frozenset(data["allegation"].get("hearsay", [])),
        undo=frozenset(data["denial"]["negated"].split()),
        negations=frozenset(grammar["negations"].split()),
        other_sense=tuple(data["denial"]["other_sense"].split()) or ("\0",),
        joins=frozenset(f"{grammar['conjunctions']} {grammar['subordinators']}".split()),
        perfect_infinitives=frozenset(grammar["perfect_infinitives"].split()),
        like=frozenset(data["speech"]["like"].split()),
    )
