"""What the dictionaries say of one word: whether they have it, and its dictionary form."""

from __future__ import annotations

from functools import lru_cache

from briefing import dictionary
from briefing.lexicon import languages


@lru_cache(maxsize=65536)
def is_known(word: str, language: str) -> bool:
    """Whether the dictionary of `language` knows the word."""
    try:
        return dictionary.is_known(word, lang=language)
    except ValueError:
        return True


@lru_cache(maxsize=65536)
def lemma(word: str, language: str) -> str:
    """The dictionary form of `word`; the word itself where the language has no dictionary."""
    try:
        return dictionary.lemmatize(word, lang=language)
    except ValueError:
        return word


def is_known_anywhere(word: str) -> bool:
    """Whether any of our languages has the word: German news is full of English (`Earth Overshoot Day`)."""
    return any(is_known(word, language) for language in languages())
