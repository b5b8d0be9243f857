"""Which passages bear on which topic, and which words earned it.

A term of a topic meets a word of a passage by its lemma, as part of a compound (`Waffenlieferung` holds `Waffe` and
`Lieferung`, since what is left of the word is a word too), by derivation (`militärisch` from `Militär`), or as the
same country (`russisch` from `Russland`). Terms that stand in a large part of all passages count less. The heading
above a passage and its neighbours in the same block add to what its own words earn; alone neither is enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from briefing.dictionary import is_known, lemmatize
from briefing.lexicon import languages, table
from briefing.model import AnnotatedSource, Bearing, Passage, Source, Topic

OWN, COMMON, HEADING, BEFORE, AFTER = 0.6, 0.35, 0.35, 0.25, 0.15
"""What a term earns in the passage itself, where it is common, in the heading above, in the sentence before and after.

Chosen so that one rare term is enough, or two common ones, or a heading with a neighbour, but not neighbours alone."""
BETWEEN, TAKES_UP = 0.5, 0.5
"""What a passage earns between two that bear on the topic, and by taking up the one before with a pronoun (`Das`).

On 250 judged pairs (tests/labels/topics.json) they raised recall from .78 to .84 and cost .04 of precision."""
THRESHOLD = 0.5
COMMON_SHARE, COMMON_LEAST = 0.25, 25
"""A term is common if a quarter of all passages, and at least 25, hold it: then it tells the event, not the topic."""
SPREAD_SHARE, SPREAD_LEAST, SPREAD_SOURCES = 0.1, 10, 3
"""So it is with a tenth of all passages, and at least 10, if they lie in half of the sources, and at least 3 of them.

A term whose word stands in the topic's title is its name and never common. On the five seeds (99 judged pairs that
bear) this raised precision from .74 to .85 and cost .01 of recall; pages of one source each stayed as they were."""
BLOCK, MOST, CARRIERS = 0.5, 0.6, 3
"""What a passage earns behind one that bears, where more than this share of its block, and so many, do by themselves.

On the 250 pairs it raised recall from .84 to .86 at the same precision; with half of the block, precision fell."""
QUOTES = frozenset('„“”"»«‚‘')
SHORTEST_PART = 4
"""Letters of the shortest term looked for inside compounds: `Rat` is in every Beratung."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of one topic in one language."""

    topic: int
    text: str
    lemmas: tuple[str, ...]
    code: str | None
    """ISO code, where the term names a country."""


@dataclass(frozen=True, slots=True)
class _Hits:
    """What one passage holds: for each topic its terms and the words that met them."""

    terms: Mapping[int, Mapping[str, str]]


def classify(sources: tuple[AnnotatedSource, ...], topics: tuple[Topic, ...]) -> tuple[Bearing, ...]:
    """Say which passages bear on which topics; a topic without terms takes every passage.

    Args:
        sources: The annotated sources.
        topics: The topics, in the order in which bearings are wanted.

    Returns:
        The bearings of at least `THRESHOLD`, by topic in the given order, then by passage in the order of the sources.
    """
    if not any(terms for topic in topics for terms in topic.terms.values()):
        return tuple(Bearing(passage, topic.id, 1.0, ()) for topic in topics for one in sources for passage in one.ids)
    finders = {source.source.language: _Finder(topics, source.source.language) for source in sources}
    hits = {
        passage.id: finders[source.source.language].hits(passage) for source in sources for passage in source.passages
    }
    common = _common(sources, hits, topics, finders)
    found: list[list[Bearing]] = [[] for _ in topics]
    for source in sources:
        headings = _headings(source.source, finders[source.source.language])
        language = source.source.language
        takes_up = _takes_up(language)
        for number, topic in enumerate(topics):
            if any(topic.terms.values()):
                found[number].extend(
                    _bearings(source.passages, topic.id, number, hits, headings, common[number], takes_up, language)
                )
            else:
                found[number].extend(Bearing(passage.id, topic.id, 1.0, ()) for passage in source.passages)
    return tuple(bearing for bearings in found for bearing in bearings)


def _common(
    sources: Sequence[AnnotatedSource],
    hits: Mapping[str, _Hits],
    topics: Sequence[Topic],
    finders: Mapping[str, _Finder],
) -> list[frozenset[str]]:
    """For each topic the terms that stand in too many passages to tell anything."""
    counts: list[dict[str, list[int]]] = [{} for _ in topics]
    for number, source in enumerate(sources):
        for passage in source.passages:
            for topic, terms in hits[passage.id].terms.items():
                for term in terms:
                    counts[topic].setdefault(term, []).append(number)
    least, spread = max(COMMON_LEAST, COMMON_SHARE * len(hits)), max(SPREAD_LEAST, SPREAD_SHARE * len(hits))
    wide = max(SPREAD_SOURCES, len(sources) / 2)
    named = [_named(topic, number, finders) for number, topic in enumerate(topics)]
    return [
        frozenset(
            term
            for term, found in counts[number].items()
            if len(found) >= least or (len(found) >= spread and len(set(found)) >= wide and term not in named[number])
        )
        for number in range(len(topics))
    ]


def _named(topic: Topic, number: int, finders: Mapping[str, _Finder]) -> frozenset[str]:
    """The terms of a topic that its titles name."""
    return frozenset(
        term
        for finder in finders.values()
        for title in topic.title.values()
        for term in finder.hits_in(title, frozenset()).terms.get(number, ())
    )


def _bearings(
    passages: Sequence[Passage],
    topic: str,
    number: int,
    hits: Mapping[str, _Hits],
    headings: Sequence[_Hits | None],
    common: frozenset[str],
    takes_up: frozenset[str],
    language: str,
) -> list[Bearing]:
    own = [_own(hits[passage.id].terms.get(number, {}), common) for passage in passages]
    result: list[Bearing] = []
    for index, passage in enumerate(passages):
        heading = headings[passage.block]
        missing = (1 - own[index]) * _missing_beside(passages, index, own, takes_up, language)
        if heading is not None and number in heading.terms:
            missing *= 1 - HEADING
        score = round(1 - missing, 2)
        if score >= THRESHOLD:
            words = dict.fromkeys(hits[passage.id].terms.get(number, {}).values())
            if not words and result and (missing <= 1 - TAKES_UP) and result[-1].passage == passages[index - 1].id:
                words = dict.fromkeys(result[-1].words)
            if not words and heading is not None:
                words = dict.fromkeys(heading.terms.get(number, {}).values())
            result.append(Bearing(passage.id, topic, score, tuple(words)))
    return result


def _missing_beside(
    passages: Sequence[Passage],
    index: int,
    own: Sequence[float],
    takes_up: frozenset[str],
    language: str,
) -> float:
    """What the neighbours of a passage leave open of its score, as a factor."""
    missing = 1.0
    if _follows(passages, index, own, takes_up, language):
        missing *= 1 - TAKES_UP
    if _is_between(passages, index, own):
        missing *= 1 - BETWEEN
    elif _is_carried(passages, index, own):
        missing *= 1 - BLOCK
    if index and passages[index - 1].block == passages[index].block and own[index - 1] >= THRESHOLD:
        missing *= 1 - BEFORE
    if index + 1 < len(passages) and passages[index + 1].block == passages[index].block:
        missing *= 1 - AFTER if own[index + 1] >= THRESHOLD else 1
    return missing


def _follows(
    passages: Sequence[Passage],
    index: int,
    own: Sequence[float],
    takes_up: frozenset[str],
    language: str,
) -> bool:
    """Whether a passage takes up the one before, which bears on the topic, by a pronoun in its first two words."""
    if not index or passages[index - 1].block != passages[index].block:
        return False
    if own[index - 1] < THRESHOLD and not _is_between(passages, index - 1, own):
        return False  # one step only: a chain of pronouns drifts (precision fell from .95 to .91)
    text = passages[index].text
    if text[:1] in QUOTES:
        return False  # somebody else speaks, and takes up what he said himself
    if any(word.lower() in _such(language) for word in _word_pattern().findall(text)):
        return True
    return any(
        word.lower() in takes_up and (word.lower() not in _articles() or _is_verb(following, language))
        for word, following in pairwise(_word_pattern().findall(text[:60])[:3])
    )


def _is_verb(word: str, language: str) -> bool:
    """Whether the word behind what may be an article is a verb, so that it is a pronoun: `Das zeigt`, `Das sagte`."""
    if word[:1].isupper() or (word.startswith("ge") and word.endswith("te")):  # das geplante Abkommen
        return False
    grammar = table(language, "grammar")
    if word in str(grammar.get("adverbs", "")).split():
        return False
    return word.endswith(("t", "te")) or word in str(table(language, "speech").get("no_speech", "")).split()


def _is_between(passages: Sequence[Passage], index: int, own: Sequence[float]) -> bool:
    """Whether the passages before and behind stand in the same block and hold terms of the topic."""
    if not 0 < index < len(passages) - 1:
        return False
    before, behind = passages[index - 1], passages[index + 1]
    return before.block == behind.block == passages[index].block and min(own[index - 1], own[index + 1]) >= THRESHOLD


def _is_carried(passages: Sequence[Passage], index: int, own: Sequence[float]) -> bool:
    """Whether a passage stands behind one that holds terms of the topic, in a block of which most passages do."""
    if not index or passages[index - 1].block != passages[index].block or own[index - 1] < THRESHOLD:
        return False
    first, last = index, index + 1
    while first > 0 and passages[first - 1].block == passages[index].block:
        first -= 1
    while last < len(passages) and passages[last].block == passages[index].block:
        last += 1
    bearing = sum(score >= THRESHOLD for score in own[first:last])
    return bearing >= CARRIERS and bearing > (last - first) * MOST


@cache
def _takes_up(language: str) -> frozenset[str]:
    """Words by which a sentence takes up the one before."""
    return frozenset(str(table(language, "topics").get("takes_up", "")).split())


@cache
def _such(language: str) -> frozenset[str]:
    """Words that take up the sentence before wherever they stand: `eine solche Zusammenarbeit`."""
    return frozenset(str(table(language, "topics").get("such", "")).split())


@cache
def _articles() -> frozenset[str]:
    """Of these, the ones that are articles before a noun."""
    return frozenset(
        word for language in languages() for word in str(table(language, "topics").get("articles", "")).split()
    )


def _own(terms: Mapping[str, str], common: frozenset[str]) -> float:
    missing = 1.0
    for term in terms:
        missing *= 1 - (COMMON if term in common else OWN)
    return 1 - missing


def _headings(source: Source, finder: _Finder) -> list[_Hits | None]:
    """For each block what the heading above it holds."""
    result: list[_Hits | None] = []
    current: _Hits | None = None
    for block in source.article.blocks:
        if block.kind == "heading":
            current = finder.hits_in(block.text, frozenset())
        result.append(current)
    return result


class _Finder:
    """Finds the terms of all topics in text of one language; remembers every word it has judged."""

    def __init__(self, topics: Sequence[Topic], language: str) -> None:
        self.language = language
        self.terms = [term for number, topic in enumerate(topics) for term in _terms(topic, number, language)]
        self.judged: dict[str, tuple[_Term, ...]] = {}
        self.several = [term for term in self.terms if len(term.lemmas) > 1]
        self.single = [term for term in self.terms if len(term.lemmas) == 1]
        self.lemmas = tuple(term.lemmas[0] for term in self.single)
        self.by_code: dict[str, list[_Term]] = {}
        for term in self.terms:
            if term.code:
                self.by_code.setdefault(term.code, []).append(term)

    def hits(self, passage: Passage) -> _Hits:
        """What a passage holds."""
        codes = frozenset((actor.code, actor.text) for actor in passage.actors if actor.code)
        return self.hits_in(passage.text, codes)

    def hits_in(self, text: str, codes: frozenset[tuple[str, str]]) -> _Hits:
        """What a text holds that names the countries `codes`."""
        found: dict[int, dict[str, str]] = {}
        words = _word_pattern().findall(text)
        for word in words:
            terms = self.judged.get(word)
            for term in self._judge(word) if terms is None else terms:
                found.setdefault(term.topic, {}).setdefault(term.text, word)
        for code, name in sorted(codes):
            for term in self.by_code.get(code, ()):
                found.setdefault(term.topic, {}).setdefault(term.text, name)
        if self.several:
            self._add_phrases(words, found)
        return _Hits(found)

    def _add_phrases(self, words: Sequence[str], found: dict[int, dict[str, str]]) -> None:
        lemmas = [_lemma(word, self.language) for word in words]
        for term in self.several:
            size = len(term.lemmas)
            for start in range(len(lemmas) - size + 1):
                if lemmas[start] == term.lemmas[0] and tuple(lemmas[start : start + size]) == term.lemmas:
                    found.setdefault(term.topic, {}).setdefault(term.text, " ".join(words[start : start + size]))
                    break

    def _judge(self, word: str) -> tuple[_Term, ...]:
        """The terms of one word that `word` meets."""
        met = _met(word, self.lemmas, self.language)
        self.judged[word] = tuple([self.single[number] for number in met])
        return self.judged[word]


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")


def _terms(topic: Topic, number: int, language: str) -> list[_Term]:
    """The terms of a topic for one language; of all languages where it has none for this one, since names travel."""
    texts = topic.terms.get(language) or tuple(text for terms in topic.terms.values() for text in terms)
    result = []
    for text in dict.fromkeys(texts):
        words = _word_pattern().findall(text)
        if words:
            result.append(_Term(number, text, tuple(_lemma(word, language) for word in words), _code(text, language)))
    return result


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


@lru_cache(maxsize=65536)
def _lemma(word: str, language: str) -> str:
    """The lemma of `word` in small letters; the word itself where the language has no dictionary."""
    if language not in languages():
        return word.lower()
    return lemmatize(word, lang=language).lower()


@lru_cache(maxsize=65536)
def _is_word(word: str, language: str) -> bool:
    """Whether `word` is one by the dictionary, as a noun or as anything else."""
    return is_known(word.capitalize(), lang=language) or is_known(word, lang=language)


@lru_cache(maxsize=65536)
def _met(word: str, terms: tuple[str, ...], language: str) -> tuple[int, ...]:
    """Which of the terms `word` meets, by their number."""
    return tuple([number for number, term in enumerate(terms) if _meets(word, term, language)])


def _meets(word: str, term: str, language: str) -> bool:
    """Whether `word` is a form of `term`, a compound with it, or derived from it."""
    lower = word.lower()
    if lower == term or _lemma(word, language) == term:
        return True
    if word[0].islower() and _lemma(word, language) in _verbs(term, language):
        return True
    if lower in _kin(term, language) or _lemma(word, language) in _kin(term, language):
        return True
    if term[:SHORTEST_PART] not in lower:  # no compound without the term's beginning
        return False
    if "-" in word and any(_meets(part, term, language) for part in word.split("-") if part):
        return True
    if len(term) < SHORTEST_PART:
        return False
    rules = table(language, "topics")
    if not rules:
        return False
    stem = term.removesuffix("e") if len(term) > SHORTEST_PART + 1 else term
    if lower.startswith(stem):
        rest = lower[len(stem) :]
        if rest in rules["derivations"].split():
            return True
    return bool(rules["links"]) and _holds(lower, _lemma(word, language), term, rules["links"].split(), language)


@cache
def _verbs(term: str, language: str) -> frozenset[str]:
    """The verbs that a noun is made from: `räumen` for `Räumung`."""
    found = set()
    for ending, verb_endings in table(language, "topics").get("from_verbs", {}).items():
        if term.endswith(ending) and len(term) - len(ending) >= SHORTEST_PART:
            found |= {term.removesuffix(ending) + verb for verb in verb_endings.split()}
    return frozenset(found)


@cache
def _kin(term: str, language: str) -> frozenset[str]:
    """Words of the same family that no rule of endings makes: `angreifen` for `Angriff`; nouns in `-ung` for a verb."""
    data = table(language, "topics")
    families: Mapping[str, str] = data.get("families", {})
    found = set(families.get(term, "").split())
    found |= {noun for noun, words in families.items() if term in words.split()}
    for ending, verb_endings in data.get("from_verbs", {}).items():
        for verb in verb_endings.split():
            if term.endswith(verb) and len(term) - len(verb) >= SHORTEST_PART and language in languages():
                noun = term.removesuffix(verb) + ending
                found |= {noun} if _is_word(noun, language) else set()
    return frozenset(found)


def _holds(lower: str, lemma: str, term: str, links: Sequence[str], language: str) -> bool:
    """Whether a compound holds `term`: at its end, or before what is a word again."""
    for whole in dict.fromkeys((lemma, lower)):
        place = whole.find(term.removesuffix("e"))
        if place < 0:
            continue
        left = whole[:place]
        if left and not _is_left_part(left, links, language):
            continue
        right = whole[place + len(term.removesuffix("e")) :]
        if any(_is_right_part(right, link, language) for link in ["", "e", *links]):
            return True
    return False


def _is_left_part(left: str, links: Sequence[str], language: str) -> bool:
    """Whether what stands before a term is a word, with or without a linking letter."""
    if len(left) < 3:  # noqa: PLR2004 - shorter words begin no compound but as prefixes
        return left in table(language, "topics").get("prefixes", "").split()
    return _is_word(left, language) or any(
        left.endswith(link) and len(left) - len(link) > 2 and _is_word(left.removesuffix(link), language)  # noqa: PLR2004
        for link in links
    )


def _is_right_part(right: str, link: str, language: str) -> bool:
    """Whether what stands behind a term is nothing, an ending, or a link and a word."""
    if not right.startswith(link):
        return False
    rest = right.removeprefix(link)
    return not rest or (len(rest) > 2 and _is_word(rest, language))  # noqa: PLR2004
