"""Names that no list knows: `Aurus`, `Shahed`, the surname after a given name.

A capital letter tells a name in English, but not in German, where every noun has one; there only a word after a given
name counts. A name must stand in the evidence in some spelling, and in every language of the statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from briefing.lexicon import table
from briefing.verification.cognates import cognate
from briefing.verification.marks import quoted
from briefing.verification.mentions import Mention, Span, overlaps

_TOKEN = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"(?:^|[.!?:…]\s|[“„\"»]\s?)$")
_SHORTEST = 3
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
        if previous in _given_names() or (
            not _nouns_are_capital(language) and _is_name(word, text, token.start(), language)
        ):
            yield Mention("word", word, word, *token.span())


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


def _is_name(word: str, text: str, start: int, language: str) -> bool:
    """Whether a capital word of a language that capitalises names only is one."""
    if word.casefold() in _plain(language):
        return False
    import simplemma  # noqa: PLC0415 - takes half a second to load its words

    try:
        known = simplemma.is_known(word.lower(), lang=language) or simplemma.is_known(
            word.lower().removesuffix("s"), lang=language
        )
    except ValueError:  # a language without a dictionary
        return not _OPENING.search(text[:start])
    return not known


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
