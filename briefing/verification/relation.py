"""Rule `unrelated`: evidence bears on its statement.

The other rules compare what a text mentions; a text that mentions nothing they know would pass with any evidence. So
each text shares at least one thing with the passages of its evidence, or with the sentences beside them, to which a
pronoun may lead (`It ran for 24 kilometres`): a number, a date, a name, or a content word with
them or with the editor's translation, by lemma, by part of a compound or by a common stem. Silent where nothing of the
evidence can be read in the language of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from briefing.dictionary import lemmatize
from briefing.lexicon import word_set
from briefing.model import Finding
from briefing.verification.claimed import Claimed
from briefing.verification.cognates import cognate
from briefing.verification.facts import UNTOLD, Facts
from briefing.verification.grounds import NEIGHBOUR, PASSAGE, proves
from briefing.verification.polarity import knows, tells

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 4
"""Letters that two words of one stem have in common at least: `deliver`, `delivery`; `Kran`, `Kräne`."""
_PART = 5
"""Letters of a word that is a part of another: `Hafen` in `Hafenstadt`."""
_FEWEST = 3
"""Content words of a text that can be judged: of two, both may be said otherwise in the evidence."""


def check_related(claimed: Claimed) -> Iterator[Finding]:
    """Each text shares something with what is quoted for it."""
    grounds = [ground for ground in claimed.grounds if ground.where == PASSAGE]
    if claimed.is_contradiction or any(ground.language == UNTOLD for ground in grounds):
        return  # "Moscow denies it": the statement says what
    for language, facts in claimed.texts.items():
        near = [ground for ground in claimed.grounds if ground.where in {PASSAGE, NEIGHBOUR}]  # "She fears …": who?
        if not knows(language) or any(proves(ground, one) for ground in near for one in facts.mentions):
            continue
        texts = [ground.text for ground in near if ground.language == language]
        texts += [
            text for one in claimed.evidence for into, text in one.evidence.translation.items() if into == language
        ]
        words = _content(facts.text, language)
        if (
            texts
            and len({lemma for lemma, _ in words if len(lemma) >= _STEM}) >= _FEWEST
            and not _shares(facts, texts, [ground.text for ground in grounds])
        ):
            message = f"shares no word, number, date or name with its evidence ({claimed.origins()})"
            yield claimed.finding("unrelated", message, language)


def _shares(facts: Facts, same_language: list[str], originals: list[str]) -> bool:
    words = _flat(_content(facts.text, facts.language))
    others = {word for text in same_language for word in _flat(_content(text, facts.language))}
    if any(_alike(word, other) for word in words for other in others):
        return True
    foreign = {word for text in originals for word in _WORD.findall(text) if len(word) >= _PART}
    return any(cognate(word, other) for word in words if len(word) >= _PART for other in foreign)


def _flat(words: Iterable[tuple[str, str]]) -> set[str]:
    return {form for forms in words for form in forms}


@lru_cache(maxsize=16384)
def _content(text: str, language: str) -> frozenset[tuple[str, str]]:
    """The words that are about something, folded, with their lemmas: no function words, none of saying and thinking."""
    stop = _stop(language)
    found: set[tuple[str, str]] = set()
    for word in _WORD.findall(text):
        if word.lower() not in stop and not tells(word, language):
            lemma = lemmatize(word, lang=language)
            if lemma.lower() not in stop:
                found.add((_folded(lemma), _folded(word)))
    return frozenset(found)


def _alike(one: str, other: str) -> bool:
    """Whether two folded words are the same, one is a part of the other, or both have one stem."""
    short, long = sorted((one, other), key=len)
    if short == long or (len(short) >= _PART and short in long):
        return True
    common = next((at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    return common >= _STEM and common * 3 >= len(short) * 2


def _folded(word: str) -> str:
    """`word` in small letters without marks: `Kräne` is `krane`."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


@cache
def _stop(language: str) -> frozenset[str]:
    return word_set(language, "extraction", "words.stop")
