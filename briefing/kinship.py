"""Which words meet a term of a topic: its forms, compounds, derivations, words of its family or sense, phrases.

The rules of a language and its tables of words stand in `data/<language>/topics.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from briefing.dictionary import is_known, lemmatize
from briefing.lexicon import languages, table

_CLAUSE = 160
"""Characters before a particle in which its verb is looked for."""
SHORTEST_PART = 4
"""Letters of the shortest term looked for inside compounds: `Rat` is in every Beratung."""


@cache
def word_pattern() -> re.Pattern[str]:
    """A word with its hyphens and points; an English genitive is parted from its noun: `Greece’s`."""
    return re.compile(r"[^\W_]+(?:(?:[-.]|[’'](?!s(?![^\W_])))[^\W_]+)*")


@lru_cache(maxsize=65536)
def lemma_of(word: str, language: str) -> str:
    """The lemma of `word` in small letters; the word itself where the language has no dictionary."""
    if language not in languages():
        return word.lower()
    return lemmatize(word, lang=language).lower()


@lru_cache(maxsize=65536)
def is_word(word: str, language: str) -> bool:
    """Whether `word` is one by the dictionary, as a noun or as anything else."""
    return is_known(word.capitalize(), lang=language) or is_known(word, lang=language)


@lru_cache(maxsize=65536)
def met_by(word: str, terms: tuple[str, ...], language: str) -> tuple[int, ...]:
    """Which of the terms `word` meets, by their number."""
    return tuple([number for number, term in enumerate(terms) if _meets(word, term, language)])


def _meets(word: str, term: str, language: str) -> bool:
    """Whether `word` is a form of `term`, a compound with it, or derived from it."""
    lower = word.lower()
    if lower == term:
        return True
    if lower in str(table(language, "topics").get("apart", "")).split():
        return False
    lemma, kin = lemma_of(word, language), _kin(term, language)
    if lemma == term or lower in kin or lemma in kin or (word[0].islower() and lemma in _verbs(term, language)):
        return True
    return term[:SHORTEST_PART] in lower and _opens_or_is_held(word, term, language)


def _opens_or_is_held(word: str, term: str, language: str) -> bool:
    """Whether `word`, in which the beginning of `term` stands, is derived from it or a compound with it."""
    lower = word.lower()
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
    return bool(rules["links"]) and _holds(lower, lemma_of(word, language), term, rules["links"].split(), language)


@cache
def _verbs(term: str, language: str) -> frozenset[str]:
    """The verbs that a noun is made from: `räumen` for `Räumung`."""
    found = set()
    for ending, verb_endings in table(language, "topics").get("from_verbs", {}).items():
        if term.endswith(ending) and len(term) - len(ending) >= SHORTEST_PART:
            found |= {term.removesuffix(ending) + verb.strip("-") for verb in verb_endings.split()}
    return frozenset(found)


@cache
def _kin(term: str, language: str) -> frozenset[str]:
    """Words of the same family that no rule of endings makes, and of the same sense; nouns in `-ung` for a verb."""
    data = table(language, "topics")
    families: Mapping[str, str] = data.get("families", {})
    found = set(families.get(term, "").split())
    found |= {noun for noun, words in families.items() if term in words.split()}
    found |= _senses(language).get(term, frozenset())
    found |= set(data.get("kinds", {}).get(term, "").split())
    for ending, verb_endings in data.get("from_verbs", {}).items():
        for verb in (listed.strip("-") for listed in verb_endings.split()):
            if term.endswith(verb) and len(term) - len(verb) >= SHORTEST_PART and language in languages():
                noun = term.removesuffix(verb) + ending
                found |= {noun} if is_word(noun, language) else set()
    return frozenset(found)


@cache
def _senses(language: str) -> Mapping[str, frozenset[str]]:
    """Words → those of the same sense."""
    rows = [frozenset(row.split()) for row in table(language, "topics").get("senses", ())]
    return {word: row for row in rows for word in row}


@lru_cache(maxsize=4096)
def phrases_for(term: str, language: str) -> re.Pattern[str] | None:
    """The phrases that say what `term` says, or words of its sense: `lost their lives` for deaths."""
    data = table(language, "topics")
    alike = _kin(term, language) | {term}
    phrases = [phrase for word, listed in data.get("idioms", {}).items() if word in alike for phrase in listed]
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})") if phrases else None


def _holds(lower: str, lemma: str, term: str, links: Sequence[str], language: str) -> bool:
    """Whether a compound holds `term`: at its end, or before what is a word again."""
    for whole in dict.fromkeys((lemma, lower)):
        place = whole.find(term.removesuffix("e"))
        if place < 0:
            continue
        left = whole[:place]
        if left and not is_left_part(left, links, language):
            continue
        right = whole[place + len(term.removesuffix("e")) :]
        if any(_is_right_part(right, link, language) for link in ["", "e", *links]):
            return True
    return False


def is_left_part(left: str, links: Sequence[str], language: str) -> bool:
    """Whether what stands before a term is a word, with or without a linking letter."""
    if len(left) < 3:  # noqa: PLR2004 - shorter words begin no compound but as prefixes
        return left in table(language, "topics").get("prefixes", "").split()
    return is_word(left, language) or any(
        left.endswith(link) and len(left) - len(link) > 2 and is_word(left.removesuffix(link), language)  # noqa: PLR2004
        for link in links
    )


def _is_right_part(right: str, link: str, language: str) -> bool:
    """Whether what stands behind a term is nothing, an ending, or a link and a word."""
    if not right.startswith(link):
        return False
    rest = right.removeprefix(link)
    return not rest or (len(rest) > 2 and is_word(rest, language))  # noqa: PLR2004


@lru_cache(maxsize=4096)
def may_part(term: str, language: str) -> bool:
    """Whether a term may be met by a verb whose particle stands apart."""
    rules = table(language, "topics")
    first, last = (tuple(str(rules.get(f"particles_{key}", "")).split()) or ("\0",) for key in ("before", "behind"))
    return any(
        word.startswith(first) or word.endswith(last) for word in {term} | _verbs(term, language) | _kin(term, language)
    )


def parted(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Verbs whose particle stands apart, as one word and as written: `trat … zurück`, and `blew out` for blowout."""
    ending, beside = _particles(language)
    for particle in ending.finditer(text):
        clause = re.split(r"[,;:–]", text[max(0, particle.start() - _CLAUSE) : particle.start()])[-1]
        for word in word_pattern().findall(clause):
            whole = particle[0] + lemma_of(word, language)
            if word.islower() and is_word(whole, language):
                yield whole, f"{word} … {particle[0]}"
    for pair in beside.finditer(text):
        yield lemma_of(pair[1], language) + pair[2], pair[0]


@cache
def _particles(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A particle at the end of a clause, whose verb it precedes in the dictionary; and a verb with one behind it."""
    rules = table(language, "topics")
    ending, beside = (
        "|".join(str(rules.get(key, "")).split()) or "(?!)" for key in ("particles_before", "particles_behind")
    )
    return (
        re.compile(rf"(?<!\w)(?:{ending})(?=\s?[.,;:!?)“”\"»«]|\s?$|\s(?:und|oder)\s)"),
        re.compile(rf"(?<!\w)([a-z]+)\s({beside})(?!\w)"),
    )
