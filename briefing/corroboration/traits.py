"""The wordings of one source as numbers: all that comparing thousands of sources looks at again and again.

Looks at one source only, so it is done once, when the source is read. A feature is known by a hash of eight bytes; with
the million features of 10,000 sources the odds that two share one are 1 to 37 million.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import pairwise

from briefing.corroboration.wording import has_compounds, is_telling, meaningful, refers_back, wordings
from briefing.model import AnnotatedSource, Passage, Status, Traits

SHORTEST_PART = 4
"""Parts of three letters (`Rat`, `Amt`) are found in too many words that do not hold them (`Demok-rat`)."""
_TITLE_WORDS = 4
"""Of titles shorter than this many words a passage gains less by saying them."""
_RUN = 14
"""Words that two sources must share in one run, outside quotation marks, to count as one text. Two translations of one
quoted sentence in the five seeds share at most 9, unrelated articles among 464 pages of 460 sites none that is not the
boilerplate of a site; reprints share whole paragraphs."""
_RUN_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[„“\"«»][^„“”\"«»]{1,2000}[“”\"«»]")
"""The text of a speech or a written statement is the same wherever it is quoted, and proves no common origin."""


def traits(annotated: AnnotatedSource) -> Traits:
    """The traits of a source: as they were taken down when it was read, or else made now."""
    if annotated.digest:
        return annotated.digest.traits
    found = wordings(annotated)
    features = [tuple(dict.fromkeys((*one.words, *one.marks))) for one in found]
    every = tuple(dict.fromkeys(feature for one in features for feature in one))
    longer = [feature for feature in every if len(feature) >= SHORTEST_PART and feature[0].isalpha()]
    place = {feature: number for number, feature in enumerate(dict.fromkeys((*longer, *every)))}
    language = annotated.source.language
    title = set(meaningful(annotated.source.title or "", language))
    names = sorted({anchor for one in found for anchor in one.anchors if is_telling(anchor)})
    passages = annotated.passages
    return Traits(
        words="\n".join(longer),
        features=b"".join(map(feature_hash, place)),
        named=bytes(feature[0] == "@" for feature in place),
        starts=_array("<i4", _starts(map(len, features))),
        members=_array("<i4", (place[feature] for one in features for feature in one)),
        ages=bytes(feature in one.ages for one, held in zip(found, features, strict=True) for feature in held),
        contents=b"".join(
            _hash(f"{language} {passage!r} {one!r}") for passage, one in zip(passages, found, strict=True)
        ),
        quoting=bytes(map(_quotes_somebody, passages)),
        titled=_array("<f8", (len(title.intersection(one)) / max(len(title), _TITLE_WORDS) for one in features)),
        names=b"".join(map(feature_hash, names)),
        runs=b"".join(sorted(set(_runs(annotated)))),
        compounds=has_compounds(language),
        denied=tuple(_denied(passages, language)),
        voices=tuple(_voices(passages)),
    )


def feature_hash(feature: str) -> bytes:
    """The eight bytes by which a feature is known."""
    return hashlib.blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=8).digest()


_hash = feature_hash


def _array(kind: str, values: Iterable[float]) -> bytes:
    import numpy as np  # noqa: PLC0415 - 0.1 s that not every command need wait

    return np.fromiter(values, kind).tobytes()


def _starts(lengths: Iterable[int]) -> Iterable[int]:
    at = 0
    yield at
    for length in lengths:
        at += length
        yield at


def _quotes_somebody(passage: Passage) -> bool:
    return any(
        one.kind == "speech" and one.speaker is not None and one.speaker.confidence == "certain"
        for one in passage.quotations
    )


# ------------------------------------------------------------------------------------------------ denials and voices


def _denied(passages: tuple[Passage, ...], language: str) -> Iterable[tuple[int, int]]:
    """Denials of what stands right before them in the paragraph: an accusation, or a fear they point back to."""
    for number, (one, other) in enumerate(pairwise(passages)):
        if other.status is Status.DENIED and one.block == other.block:
            points_back = refers_back(other.text, language)
            if one.status is Status.ALLEGED or (one.status is Status.ASSESSED and points_back):
                yield number, number + 1


def _voices(passages: tuple[Passage, ...]) -> Iterable[tuple[int, tuple[str, ...], bool]]:
    for number, passage in enumerate(passages):
        names = tuple(speaker.name for speaker in passage.speakers if speaker.confidence == "certain")
        if names:
            yield number, names, len(names) == 1 and any(actor.name == names[0] for actor in passage.actors)


# -------------------------------------------------------------------------------------------------------- runs of words


def _runs(annotated: AnnotatedSource) -> Iterable[bytes]:
    """Hashes of all runs of `_RUN` words of one block: eight bytes each, so that 10,000 sources fit in memory."""
    spoken = [(one.start, one.end) for passage in annotated.passages for one in passage.quotations]
    for block in annotated.source.article.blocks:
        for stretch in _unquoted(block.text, [(a - block.start, b - block.start) for a, b in spoken]):
            words = _RUN_WORD.findall(stretch.casefold())
            for place in range(len(words) - _RUN + 1):
                yield _hash(" ".join(words[place : place + _RUN]))


def _unquoted(text: str, spoken: list[tuple[int, int]]) -> Iterable[str]:
    """What stands between the quotations of a block."""
    place = 0
    marked = [match.span() for match in _QUOTED.finditer(text)]
    for start, end in sorted((*marked, *((a, b) for a, b in spoken if 0 <= a < b <= len(text)))):
        if start > place:
            yield text[place:start]
        place = max(place, end)
    yield text[place:]
