"""What one passage says in forms that other passages can be compared with, before anything is weighed.

Looks at one source only, so it is done once, when the source is read.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.dictionary import is_known, lemmatize
from briefing.lexicon import languages, table, word_set
from briefing.model import AnnotatedSource, Passage, Wording

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")


def wordings(annotated: AnnotatedSource) -> tuple[Wording, ...]:
    """The wording of every passage: as it was taken down when the source was read, or else made now."""
    if len(annotated.wordings) == len(annotated.passages):
        return annotated.wordings
    return tuple(_wording(passage, annotated.source.language) for passage in annotated.passages)


def _wording(passage: Passage, language: str) -> Wording:
    """The words that carry meaning, in order; figures, days, names and countries; whether it denies something."""
    empty, negations = _function_words(language)
    marks, taken = _marks(passage)
    ages = _ages(passage, language)
    words: list[str] = []
    anchors = {mark for mark in marks if mark[0] == "@" or len(mark) > 2}  # noqa: PLR2004 - one digit fixes nothing
    negated = False
    for match in _WORD.finditer(passage.text):
        word, start = match.group(), passage.start + match.start()
        lower = word.lower()
        negated |= lower in negations
        while taken and taken[-1][1] <= start:
            taken.pop()
        if lower in empty or (taken and taken[-1][0] <= start):
            continue
        if word[0].isdigit():
            words.append(f"#{_number(word, language)}")
            if len(word) > 1:
                anchors.add(words[-1])
        elif len(word) > 1 and (form := lemma(word, language)) not in empty:
            words.append(form)
            if word[0].isupper() and match.start() and _is_proper(word, language):
                anchors.add(form)
    return Wording(tuple(words), tuple(sorted(marks)), tuple(sorted(ages)), tuple(sorted(anchors - ages)), negated)


def _marks(passage: Passage) -> tuple[set[str], list[tuple[int, int]]]:
    """What annotation read in the passage, in forms that every language shares, and where it stands.

    The spans are disjoint, the last in the text first, so that a walk through the words takes them from the end.
    """
    marks: set[str] = set()
    taken: list[tuple[int, int]] = []
    for actor in passage.actors:
        if actor.code or actor.kind == "person":
            marks.add(f"@{actor.code or _surname(actor.name)}")
        if actor.code or actor.kind in {"person", "agency"}:  # an agency passes on what others say
            taken.append((actor.start, actor.end))
    for figure in passage.figures:
        marks.add(f"#{figure.value} {figure.unit}" if figure.unit else f"#{figure.value}")
        taken.append((figure.start, figure.end))
    for day in passage.dates:
        if day.value and day.precision in {"day", "minute", "month", "year"}:
            marks.add(f"#{day.value[:10]}")
            taken.append((day.start, day.end))
    return marks, _joined(taken)[::-1]


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _ages(passage: Passage, language: str) -> frozenset[str]:
    """Its bare numbers before `-jährig`, `years old`."""
    endings = str(table(language, "content").get("ages", ""))
    if not endings:
        return frozenset()
    found = (f"#{_number(match.group(1), language)}" for match in re.finditer(rf"\b(\d+)(?:{endings})", passage.text))
    return frozenset(found)


def is_telling(anchor: str) -> bool:
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


@lru_cache(maxsize=65536)
def _is_proper(word: str, language: str) -> bool:
    """Whether a capitalised word is a name: no dictionary has it, nor the end of it (`Muffinförmchen`)."""
    if language not in languages():
        return True
    ends = [word, *(word[cut:] for cut in range(2, len(word) - 4) if has_compounds(language))]
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
    return bool(set(re.findall(r"\w+", text.lower())) & word_set(language, "content", "refers_back"))


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
def has_compounds(language: str) -> bool:
    """Whether `language` writes compounds as one word."""
    return bool(table(language, "content").get("compounds", False))
