"""What a passage is about, in a form that passages of other outlets can be compared with: its weighed features.

A feature is the lemma of a word that carries meaning, a part of a compound (`Vertrag` in `Partnerschaftsvertrag`), a
number with its unit, a day, or a country by its ISO code, which is the same in every language. Its weight is how rare
it is among the passages of this corpus (inverse document frequency), so in articles about one treaty the word
`treaty` weighs little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from briefing.dictionary import is_known, lemmatize
from briefing.lexicon import languages, table
from briefing.model import AnnotatedSource, Passage

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORTEST_COMPOUND = 8
_SHORTEST_PART = 4
"""Parts of three letters (`Rat`, `Amt`) are found in too many words that do not hold them (`Demok-rat`)."""
_PART_WEIGHT = 0.6
"""A part says less than the word: `Partnerschaftsvertrag` is a treaty, but `Vertrag` need not be that one."""
_NAME_WEIGHT = 0.5
"""Passages about one person share the name and nothing else: of 60 pairs of the seeds with two names in common, 9 say
the same."""
_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""Letters that German puts between the parts of a compound (Duden, Die Grammatik, §1083)."""


@dataclass(frozen=True, slots=True)
class Content:
    """The weighed features of one passage."""

    passage: Passage
    language: str
    order: int
    """Of its source, oldest first."""
    weights: Mapping[str, float]
    parts: Mapping[str, tuple[str, float]]
    """Parts of its compounds that are no words of it: the compound each comes of, and its weight."""
    total: float
    sequence: tuple[str, ...]
    """Lemmas of the words that carry meaning, in the order of the sentence."""
    numbers: frozenset[str]
    ages: frozenset[str]
    """Those of its numbers that say how old somebody is: they tell who it is, and not what happened."""
    anchors: frozenset[str]
    """What fixes it to one thing in the world: names, countries, numbers of two digits and more."""
    negated: bool
    unit: float
    """Weight of a word that two passages of this corpus have: the measure of what is rare in it."""

    @property
    def source(self) -> str:
        """Slug of its source."""
        return self.passage.source

    @property
    def names(self) -> frozenset[str]:
        """Of its anchors those that point to one person, place, body or count; a country names half of the news."""
        return frozenset(one for one in self.anchors if _is_telling(one))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one passage holds, before it is weighed."""

    passage: Passage
    language: str
    order: int
    words: tuple[str, ...]
    marks: frozenset[str]
    ages: frozenset[str]
    anchors: frozenset[str]
    negated: bool


def contents(sources: tuple[AnnotatedSource, ...]) -> tuple[Content, ...]:
    """Weigh the features of every passage, in the order of the sources.

    Args:
        sources: The annotated sources, the oldest first.
    """
    readings = [
        _reading(passage, annotated.source.language, order)
        for order, annotated in enumerate(sources)
        for passage in annotated.passages
    ]
    compounds = _Compounds(word for reading in readings for word in reading.words)
    frequency = Counter(
        feature
        for reading in readings
        for feature in {
            *reading.words,
            *reading.marks,
            *(part for word in reading.words for part in compounds.of(word, reading.language)),
        }
    )
    rarity = {feature: _rarity(count, len(readings)) for feature, count in frequency.items()}
    unit = _rarity(2, len(readings))
    return tuple(_weighed(reading, compounds, rarity, unit) for reading in readings)


def _weighed(reading: _Reading, compounds: _Compounds, rarity: Mapping[str, float], unit: float) -> Content:
    weights = {
        feature: rarity[feature] * (_NAME_WEIGHT if feature[0] == "@" or feature in reading.ages else 1.0)
        for feature in (*reading.words, *sorted(reading.marks))
    }
    parts = {
        part: (word, _PART_WEIGHT * rarity[part])
        for word in reading.words
        for part in compounds.of(word, reading.language)
        if part not in weights
    }
    return Content(
        passage=reading.passage,
        language=reading.language,
        order=reading.order,
        weights=weights,
        parts=parts,
        total=sum(weights.values()),
        sequence=reading.words,
        numbers=frozenset(feature for feature in weights if feature[0] == "#"),
        ages=reading.ages,
        anchors=reading.anchors,
        negated=reading.negated,
        unit=unit,
    )


def _rarity(count: int, passages: int) -> float:
    """Inverse document frequency, smoothed so that a word of every passage still weighs a little."""
    return math.log((passages + 1) / (count + 0.5)) + 0.1


def _reading(passage: Passage, language: str, order: int) -> _Reading:
    """The words that carry meaning, in order; figures, days, names and countries; whether it denies something."""
    empty, negations = _function_words(language)
    marks, taken = _marks(passage)
    ages = _ages(passage, language)
    words: list[str] = []
    anchors = {mark for mark in marks if mark[0] == "@" or len(mark) > 2}  # noqa: PLR2004 - one digit fixes nothing
    negated = False
    for match in _WORD.finditer(passage.text):
        word, start = match.group(), passage.start + match.start()
        negated |= word.lower() in negations
        if word.lower() in empty or any(a <= start < b for a, b in taken):
            continue
        if word[0].isdigit():
            words.append(f"#{_number(word, language)}")
            if len(word) > 1:
                anchors.add(words[-1])
        elif len(word) > 1 and (form := lemma(word, language)) not in empty:
            words.append(form)
            if word[0].isupper() and match.start() and _is_proper(word, language):
                anchors.add(form)
    return _Reading(passage, language, order, tuple(words), frozenset(marks), ages, frozenset(anchors - ages), negated)


def _marks(passage: Passage) -> tuple[set[str], list[tuple[int, int]]]:
    """What annotation read in the passage, in forms that every language shares, and the spans it stands in."""
    marks: set[str] = set()
    taken: list[tuple[int, int]] = []
    for actor in passage.actors:
        if actor.code or actor.kind == "person":
            marks.add(f"@{actor.code or _surname(actor.name)}")
            taken.append((actor.start, actor.end))
    for figure in passage.figures:
        marks.add(f"#{figure.value} {figure.unit}" if figure.unit else f"#{figure.value}")
        taken.append((figure.start, figure.end))
    for day in passage.dates:
        if day.value and day.precision in {"day", "minute", "month", "year"}:
            marks.add(f"#{day.value[:10]}")
            taken.append((day.start, day.end))
    return marks, taken


def _ages(passage: Passage, language: str) -> frozenset[str]:
    """Its bare numbers before `-jährig`, `years old`."""
    endings = str(table(language, "content").get("ages", ""))
    if not endings:
        return frozenset()
    found = (f"#{_number(match.group(1), language)}" for match in re.finditer(rf"\b(\d+)(?:{endings})", passage.text))
    return frozenset(found)


def _is_telling(anchor: str) -> bool:
    """Whether two sources that share it are likely to speak of one event: `Petersen`, 38,000 t; not 2024, not 100."""
    if anchor[0] != "#":
        return not (anchor[0] == "@" and anchor[1:].isupper())
    number = anchor[1:].partition(" ")[0]
    digits = re.sub(r"[^\d]", "", number).strip("0")
    return len(digits) > 1 and len(number) > 3 and not re.match(r"(?:1[5-9]|20)\d\d(?:-|$)", number)  # noqa: PLR2004 - 2024


def _surname(name: str) -> str:
    """What outlets agree on in a person's name: the last part, or all of it where that is short (`Lee Sung-Ho`)."""
    parts = name.casefold().replace("-", " ").split()
    return parts[-1] if len(parts[-1]) > 2 else "".join(parts)  # noqa: PLR2004 - Un, Il


def _is_proper(word: str, language: str) -> bool:
    """Whether a capitalised word is a name: no dictionary has it, nor the end of it (`Muffinförmchen`)."""
    if language not in languages():
        return True
    ends = [word, *(word[cut:] for cut in range(2, len(word) - 4) if _has_compounds(language))]
    return not any(is_known(end, lang=language) or is_known(end.capitalize(), lang=language) for end in ends)


def _number(text: str, language: str) -> str:
    """A number as every language would write it: German `4,8` and `10.000` become `4.8` and `10000`."""
    if language == "de":
        text = re.sub(r"\.(?=\d{3}\b)", "", text).replace(",", ".")
    else:
        text = re.sub(r",(?=\d{3}\b)", "", text)
    return text


def lemma(word: str, language: str) -> str:
    """The dictionary form of `word` in lower case, the word itself where the language is not known."""
    return _lemma(word.replace("’", "'").removesuffix("'s"), language if language in languages() else "")


def meaningful(text: str, language: str) -> tuple[str, ...]:
    """The lemmas of the words of `text` that carry meaning, in their order."""
    empty, _ = _function_words(language)
    words = (match.group() for match in _WORD.finditer(text) if match.group().lower() not in empty)
    return tuple(form for form in (lemma(word, language) for word in words) if form not in empty and len(form) > 1)


def refers_back(text: str, language: str) -> bool:
    """Whether `text` points to what was said before it: `such a cooperation`, `the accusation`."""
    return bool(
        set(re.findall(r"\w+", text.lower())) & set(str(table(language, "content").get("refers_back", "")).split())
    )


@cache
def _lemma(word: str, language: str) -> str:
    if not language:
        return word.lower()
    return lemmatize(word, lang=language).lower()


@cache
def _function_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of no content and the negations of `language`; of all languages where it has none of its own."""
    tables = (
        [table(language, "content")] if table(language, "content") else [table(code, "content") for code in languages()]
    )

    def gather(key: str) -> frozenset[str]:
        return frozenset(word for one in tables for word in str(one.get(key, "")).split())

    return gather("empty"), gather("negations")


@cache
def _has_compounds(language: str) -> bool:
    """Whether `language` writes compounds as one word."""
    return bool(table(language, "content").get("compounds", False))


class _Compounds:
    """The parts of long words that are words of this corpus themselves."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = {word for word in words if len(word) >= _SHORTEST_PART and word[0].isalpha()}
        self._parts: dict[str, tuple[str, ...]] = {}

    def of(self, word: str, language: str) -> tuple[str, ...]:
        """Its last part, and what stands before it, where the corpus uses them as words of their own."""
        if not _has_compounds(language) or len(word) < _SHORTEST_COMPOUND or not word[0].isalpha():
            return ()
        if word not in self._parts:
            self._parts[word] = tuple(self._split(word))
        return self._parts[word]

    def _split(self, word: str) -> Iterable[str]:
        for cut in range(_SHORTEST_PART - 1, len(word) - _SHORTEST_PART + 1):
            if word[cut:] in self._known:
                yield word[cut:]
                first = next(
                    (word[:cut].removesuffix(link) for link in _LINKS if word[:cut].removesuffix(link) in self._known),
                    None,
                )
                if first:
                    yield first
                return
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            if word[:cut] in self._known and len(word) - cut >= _SHORTEST_PART:
                yield word[:cut]
                return
