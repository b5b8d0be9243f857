"""What the dictionaries say of one word: whether they have it, and its dictionary form."""

from __future__ import annotations

from functools import lru_cache

from briefing import dictionary
from briefing.lexicon import languages, table


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


@lru_cache(maxsize=65536)
def is_common(word: str, language: str) -> bool:
    """Whether a word with a capital letter is more than a name in a text of `language`.

    A dictionary of English holds names as well, with a capital; German news is full of English, not the reverse.

    >>> is_common("Long", "en"), is_common("Ferguson", "en"), is_common("Vogel", "en"), is_common("Vogel", "de")
    (True, False, False, True)
    """
    lower = word.lower()
    capital_nouns = bool(table(language, "dates").get("capital_nouns"))
    if capital_nouns and is_known(word, language):
        return True
    return any(
        is_known(lower, code) and lemma(lower, code)[0].islower()
        for code in (languages() if capital_nouns else [language])
    )


def is_known_anywhere(word: str) -> bool:
    """Whether any of our languages has the word: German news is full of English (`Earth Overshoot Day`)."""
    return any(is_known(word, language) for language in languages())
