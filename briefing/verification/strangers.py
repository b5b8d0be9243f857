"""Names that no list knows: `Aurus`, `Shahed`, the surname after a given name.

A capital letter tells a name in English, but not in German, where every noun has one; there a name is a word after a
given name, and one that is neither in the dictionary nor made of words that are. (Of 119 German statements and the five
German articles this took 30 words for names; one was none.) A name must stand in the evidence in some spelling, and in
every language of the statement; a word that is in the dictionary as well (`Smith`) only in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from briefing.dictionary import is_known
from briefing.lexicon import table
from briefing.verification.cognates import cognate
from briefing.verification.marks import quoted
from briefing.verification.mentions import Mention, Span, overlaps

_TOKEN = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"(?:^|[.!?:…]\s|[“„\"»]\s?)$")
_CAPITAL_BEFORE = re.compile(r"[A-Z]\w*[\s-](?:(?:of|and|for|the)\s)*$")
_CAPITAL_AFTER = re.compile(r"[\s-](?:(?:of|and|for|the)\s)*[A-Z]")
_SHORTEST = 3
_LINKS = 2
"""Joints of a compound that are looked for; the longest of the five articles have three words."""
_JOINTS = ("", "s", "es", "n", "en", "er", "e")
_ENDING = re.compile(r"(?:e[nrsm]?|s)$")
_LIST_KEYS = ("masculine", "feminine", "titles", "groups")


def strangers(text: str, language: str, taken: list[Span]) -> Iterator[Mention]:
    """The names in `text` outside quotation marks and outside the spans that mean something already."""
    spans = [*taken, *quoted(text)]
    before = ""
    for token in _TOKEN.finditer(text):
        word, previous = token.group(), before
        before = word if text[token.end() : token.end() + 1] == " " else ""
        if not word[0].isupper() or len(word) < _SHORTEST or overlaps(*token.span(), spans):
            continue
        if previous in _given_names() or not _is_word(word, language):
            yield Mention("word", word, word, *token.span())
        elif _is_capital_by_choice(word, language) and _stands_alone(text, *token.span()):
            yield Mention("capital", word, word, *token.span())


def stands_in(wanted: str, text: str) -> bool:
    """Whether a name stands in `text` in some spelling: each of its words, side by side."""
    words, tokens = wanted.split(), _tokens(text)
    if len(words) == 1:
        return any(
            cognate(words[0], token) or (len(wanted) > _SHORTEST and token.startswith(wanted)) for token in tokens
        )
    return any(
        all(cognate(word, token) for word, token in zip(words, tokens[at:], strict=False))
        for at in range(len(tokens) - len(words) + 1)
    )


@lru_cache(maxsize=65536)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


@lru_cache(maxsize=65536)
def _is_word(word: str, language: str) -> bool:
    """Whether a capital word is no name, as far as lists and a dictionary can tell."""
    plain = word.lower()
    if plain in _plain(language) or not table(language, "verification"):
        return True
    return any(_is_made_of_words(form, language, _LINKS) for form in (plain, _ENDING.sub("", plain)))


def _is_capital_by_choice(word: str, language: str) -> bool:
    """Whether a word of the dictionary has a capital letter that neither grammar nor an office explains."""
    plain = word.lower()
    return (
        not _nouns_are_capital(language)
        and plain not in _plain(language)
        and plain.removesuffix("s") not in _plain(language)
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a capital word neither opens a sentence nor is part of a title or a body: Chamber of Commerce."""
    before = _CAPITAL_BEFORE.search(text[:start])
    if before and _OPENING.search(text[: before.start()]):
        before = None  # the first word of a sentence has a capital letter anyway
    return not (before or _OPENING.search(text[:start]) or _CAPITAL_AFTER.match(text[end:]))


def _is_made_of_words(word: str, language: str, depth: int) -> bool:
    """Whether the dictionary has `word`, or the words that it is made of: Staatsagentur, Beistandsversprechen."""
    if is_known(word, lang=language) or is_known(word.title(), lang=language):
        return not _nouns_are_capital(language) or len(word) >= _SHORTEST
    if not depth or not _nouns_are_capital(language):
        return False
    return any(
        _is_made_of_words(word[at:], language, 0)
        and any(
            _is_made_of_words(word[: at - len(link)], language, depth - 1)
            for link in _JOINTS
            if word[:at].endswith(link) and at - len(link) >= _SHORTEST
        )
        for at in range(_SHORTEST, len(word) - _SHORTEST + 1)
    )


@cache
def _given_names() -> frozenset[str]:
    lists = table("all", "given_names")
    listed = (name for value in lists.values() if isinstance(value, str) for name in value.split())
    return frozenset(name for name in listed if name[0].isupper())


@cache
def _nouns_are_capital(language: str) -> bool:
    return bool(table(language, "dates").get("capital_nouns")) or not table(language, "verification")


@cache
def _plain(language: str) -> frozenset[str]:
    """Words that titles and offices are made of, in small letters."""
    roles = table(language, "roles")
    lists = [
        table(language, "verification").get("names", {}).get("plain", ""),
        *(roles.get(key, "") for key in _LIST_KEYS),
    ]
    lists += [value for key, value in table("all", "organisations").items() if key.endswith("_endings")]
    return frozenset(word for words in lists for word in words.split())
