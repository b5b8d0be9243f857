"""Where the terms of topics stand in a source: in which passages and headings, and by which words.

A term meets a word by its lemma, as part of a compound, by derivation, or as the same country (`topics`). What is seen
in a source hangs on the source and the terms alone, so it is kept from one build to the next: a source that did not
change is not opened.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from briefing.dictionary import is_known
from briefing.kinship import (
    SHORTEST_PART,
    is_left_part,
    is_word,
    lemma_of,
    may_part,
    met_by,
    parted,
    phrases_for,
    word_pattern,
)
from briefing.lexicon import languages, table, word_set
from briefing.model import AnnotatedSource, Memory, Passage, Topic

_QUOTES = frozenset('„“”"»«‚‘')
_NAME = "topics"
_DATELINE = re.compile(r"[^\s().:!?][^().:!?]{1,60} \([^()]{2,40}\) ?[-–—] ")
"""Where and for whom a report was written, which is not what it tells: `Seoul/Moskau (Reuters) - `."""


class _Term(NamedTuple):
    """A term of one topic in one language."""

    topic: int
    text: str
    lemmas: tuple[str, ...]
    code: str | None
    """ISO code, where the term names a country."""


Terms = Mapping[int, Mapping[str, Sequence[str]]]
"""For each topic, by its number, the terms of it that were met, and the words that met them, as they were written."""
_Met = dict[int, dict[str, list[str]]]
"""The same while it is made."""


class Sighting(NamedTuple):
    """What was seen of the topics in one source; it hangs on nothing but the source and the terms."""

    met: Mapping[int, Terms]
    """By the number of the passage, where there is something."""
    headings: Mapping[int, Terms]
    """By the number of the block, what the heading above it holds, where there is something."""
    takes_up: frozenset[int]
    """The passages that take up the one before, by their words."""
    quotes: frozenset[int]
    """The passages that hold somebody's words in marks."""


class Watch:
    """Looks for the terms of all topics in sources, and remembers what it saw."""

    def __init__(self, topics: Sequence[Topic], memory: Memory | None) -> None:
        """Recall what was seen of these topics.

        Args:
            topics: The topics; those that are no longer there, or had other terms, are forgotten.
            memory: Where it is kept; None for nowhere.
        """
        self._topics, self._memory = topics, memory
        given = repr([(list(topic.title.items()), list(topic.terms.items())) for topic in topics])
        self._given = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
        self._kept: dict[str, Any] = json.loads((memory and memory.recall(_NAME)) or b"{}")
        self._known: dict[str, Any] = dict(self._kept.get(self._given, {}))
        self._asked: dict[str, Any] = {}
        self._finders: dict[str, _Finder] = {}

    def sighting(self, source: AnnotatedSource) -> Sighting:
        """What there is of the topics in a source."""
        if source.digest is None:
            return self._look(source)
        key = source.digest.key
        if key not in self._known:
            self._known[key] = _packed(self._look(source))
        self._asked[key] = self._known[key]
        return _unpacked(self._known[key])

    def named(self, codes: frozenset[str]) -> list[Mapping[str, Sequence[str]]]:
        """For each topic the terms that its titles name or that are names, in `codes`, and the words that do."""
        key = f"named {' '.join(sorted(codes))}"
        if key not in self._known:
            self._known[key] = [self._titled(number, codes) for number in range(len(self._topics))]
        self._asked[key] = self._known[key]
        return list(self._known[key])

    def _titled(self, number: int, codes: frozenset[str]) -> dict[str, list[str]]:
        """The terms that the titles of one topic name, or that no dictionary knows, and the words that do."""
        found: dict[str, list[str]] = {}
        for code in sorted(codes):
            for text in self._finder(code).names(number):
                found.setdefault(text, []).append(text)
            for title in self._topics[number].title.values():
                for term, words in self._finder(code).hits_in(title, frozenset()).get(number, {}).items():
                    found.setdefault(term, []).extend(words)
        return found

    def keep(self) -> None:
        """Keep what was asked for, for the next build."""
        seen = {self._given: self._asked}
        if self._memory and seen != self._kept:
            self._memory.keep(_NAME, json.dumps(seen).encode())

    def _look(self, source: AnnotatedSource) -> Sighting:
        language = source.source.language
        finder = self._finder(language)
        met = {number: finder.hits(passage) for number, passage in enumerate(source.passages)}
        finder.add_heads([passage.text for passage in source.passages], met)
        headings: dict[int, Terms] = {}
        current: Terms = {}
        for number, block in enumerate(source.source.article.blocks):
            if block.kind == "heading":
                current = finder.hits_in(block.text, frozenset())
            headings[number] = current
        return Sighting(
            {number: terms for number, terms in met.items() if terms},
            {number: terms for number, terms in headings.items() if terms},
            frozenset(n for n, one in enumerate(source.passages) if _takes_up_the_one_before(one.text, language)),
            frozenset(n for n, one in enumerate(source.passages) if any(q.kind == "speech" for q in one.quotations)),
        )

    def _finder(self, language: str) -> _Finder:
        if language not in self._finders:
            self._finders[language] = _Finder(self._topics, language)
        return self._finders[language]


def _packed(sighting: Sighting) -> list[Any]:
    """A sighting as JSON knows it."""
    return [sighting.met, sighting.headings, sorted(sighting.takes_up), sorted(sighting.quotes)]


def _unpacked(packed: list[Any]) -> Sighting:
    """The sighting that was packed, now or in another build, where its numbers became texts."""
    met, headings = (
        {int(place): {int(topic): words for topic, words in terms.items()} for place, terms in places.items()}
        for places in packed[:2]
    )
    return Sighting(met, headings, frozenset(packed[2]), frozenset(packed[3]))


def _takes_up_the_one_before(text: str, language: str) -> bool:
    """Whether a passage takes up the one before, by a pronoun in its first two words or by `solche`."""
    if text[:1] in _QUOTES:
        return False  # somebody else speaks, and takes up what he said himself
    lower = text.lower()
    if any(word in lower for word in _such(language)) and not _such(language).isdisjoint(word_pattern().findall(lower)):
        return True
    takes_up = _takes_up(language)
    return any(
        word.lower() in takes_up and (word.lower() not in _articles() or _is_verb(following, language))
        for word, following in pairwise(word_pattern().findall(text[:60])[:3])
    )


def _is_verb(word: str, language: str) -> bool:
    """Whether the word behind what may be an article is a verb, so that it is a pronoun: `Das zeigt`, `Das sagte`."""
    if word[:1].isupper() or (word.startswith("ge") and word.endswith("te")):  # das geplante Abkommen
        return False
    grammar = table(language, "grammar")
    if word in str(grammar.get("adverbs", "")).split():
        return False
    return word.endswith(("t", "te")) or word in word_set(language, "speech", "no_speech")


@cache
def _takes_up(language: str) -> frozenset[str]:
    """Words by which a sentence takes up the one before."""
    return word_set(language, "topics", "takes_up")


@cache
def _such(language: str) -> frozenset[str]:
    """Words that take up the sentence before wherever they stand: `eine solche Zusammenarbeit`."""
    return word_set(language, "topics", "such")


@cache
def _articles() -> frozenset[str]:
    """Of these, the ones that are articles before a noun."""
    return frozenset(
        word for language in languages() for word in str(table(language, "topics").get("articles", "")).split()
    )


class _Finder:
    """Finds the terms of all topics in text of one language; remembers every word it has judged."""

    def __init__(self, topics: Sequence[Topic], language: str) -> None:
        self.language = language
        self.terms = [term for number, topic in enumerate(topics) for term in _terms(topic, number, language)]
        self.judged: dict[str, tuple[_Term, ...]] = {}
        self.several = [term for term in self.terms if len(term.lemmas) > 1]
        self.single = [term for term in self.terms if len(term.lemmas) == 1]
        self.lemmas = tuple(term.lemmas[0] for term in self.single)
        self.is_parted = any(may_part(lemma, language) for lemma in self.lemmas)
        self.heads = {term: head for term in self.terms if (head := _head(term, language))}
        self.idioms = [(term, idiom) for term in self.single if (idiom := phrases_for(term.lemmas[0], language))]
        self.by_code: dict[str, list[_Term]] = {}
        for term in self.terms:
            if term.code:
                self.by_code.setdefault(term.code, []).append(term)

    def names(self, topic: int) -> list[str]:
        """The terms of a topic that are names, since the language has no such word: `Etihad`."""
        if self.language not in languages():
            return []
        single = [term.text for term in self.single if term.topic == topic and term.text[:1].isupper()]
        return [
            text for text in single if not is_word(text, self.language) and not is_word(text.lower(), self.language)
        ]

    def hits(self, passage: Passage) -> _Met:
        """What a passage holds."""
        dateline = _DATELINE.match(passage.text)
        told = dateline.end() if dateline else 0
        codes = frozenset(
            (actor.code, actor.text) for actor in passage.actors if actor.code and actor.start >= passage.start + told
        )
        return self.hits_in(passage.text[told:], codes)

    def hits_in(self, text: str, codes: frozenset[tuple[str, str]]) -> _Met:
        """What a text holds that names the countries `codes`."""
        found: _Met = {}
        words = word_pattern().findall(text)
        for word in words:
            terms = self.judged.get(word)
            for term in self._judge(word) if terms is None else terms:
                _add(found, term, word)
        for code, name in sorted(codes):
            for term in self.by_code.get(code, ()):
                _add(found, term, name)
        for whole, written in parted(text, self.language) if self.is_parted else ():
            terms = self.judged.get(whole)
            for term in self._judge(whole) if terms is None else terms:
                _add(found, term, written)
        for term, idiom in self.idioms:
            said = idiom.search(text)
            if said:
                _add(found, term, said[0])
        if self.several:
            self._add_phrases(words, found)
        return found

    def add_heads(self, texts: Sequence[str], met: Mapping[int, _Met]) -> None:
        """Add where the head of a term stands for it, behind the whole of it in the same source: `das Lager`.

        Args:
            texts: The passages of the source.
            met: What was met in them, by their number; it is added to.
        """
        for term, head in self.heads.items():
            first = next((place for place in met if term.text in met[place].get(term.topic, ())), None)
            for place in range(len(texts) if first is None else first + 1, len(texts)):
                for word in word_pattern().findall(texts[place]):
                    if head in word.lower() and lemma_of(word, self.language) == head:
                        _add(met[place], term, word)

    def _add_phrases(self, words: Sequence[str], found: _Met) -> None:
        lemmas = [lemma_of(word, self.language) for word in words]
        for term in self.several:
            size = len(term.lemmas)
            for start in range(len(lemmas) - size + 1):
                if lemmas[start] == term.lemmas[0] and tuple(lemmas[start : start + size]) == term.lemmas:
                    _add(found, term, " ".join(words[start : start + size]))
                    break

    def _judge(self, word: str) -> tuple[_Term, ...]:
        """The terms of one word that `word` meets."""
        met = met_by(word, self.lemmas, self.language)
        self.judged[word] = tuple([self.single[number] for number in met])
        return self.judged[word]


def _add(found: _Met, term: _Term, word: str) -> None:
    """Note that a term was met by a word."""
    words = found.setdefault(term.topic, {}).setdefault(term.text, [])
    if word not in words:
        words.append(word)


def _terms(topic: Topic, number: int, language: str) -> list[_Term]:
    """The terms of a topic for one language; of all languages where it has none for this one, since names travel."""
    texts = topic.terms.get(language) or tuple(text for terms in topic.terms.values() for text in terms)
    result = []
    for text in dict.fromkeys(texts):
        words = word_pattern().findall(text)
        if words:
            result.append(_Term(number, text, tuple(lemma_of(word, language) for word in words), _code(text, language)))
    return result


@lru_cache(maxsize=4096)
def _head(term: _Term, language: str) -> str | None:
    """The noun that may stand for a compound once that was said: its last part."""
    links = str(table(language, "topics").get("links", "")).split()
    whole = term.lemmas[0]
    if not links or len(term.lemmas) > 1 or not term.text[:1].isupper():
        return None
    for start in range(SHORTEST_PART, len(whole) - SHORTEST_PART + 1):
        if whole[start:] in table(language, "topics")["suffixes"].split():
            return None
        if is_known(whole[start:].capitalize(), lang=language) and is_left_part(whole[:start], links, language):
            return whole[start:]
    return None


@cache
def _codes(language: str) -> Mapping[str, str]:
    """Names of countries in `language` → ISO code."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 60 ms at first use

    try:
        names = {
            name: code for code, name in Locale.parse(language).territories.items() if re.fullmatch("[A-Z]{2}", code)
        }
    except (UnknownLocaleError, ValueError):
        names = {}
    for code, entry in table(language, "countries").get("countries", {}).items():
        names.update(dict.fromkeys(filter(None, entry[3].split("|")), code))
    return names


def _code(text: str, language: str) -> str | None:
    return _codes(language).get(text)
