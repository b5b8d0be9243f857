"""Words that names are made of: given names, particles, and the shape of everything else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from functools import cache, lru_cache
from itertools import groupby

from briefing.annotation.countries import is_country_word
from briefing.annotation.forms import is_known_anywhere
from briefing.annotation.offices import role_gender
from briefing.annotation.persons import Gender
from briefing.compiled import kept
from briefing.lexicon import table, word_set


@cache
@kept
def given_names() -> Mapping[str, Gender | None]:
    """All given names of the lists, with the gender that goes with each; None where both bear it."""
    data = table("all", "given_names")
    women, men = frozenset(data["f"].split()), frozenset(data["m"].split())
    names: dict[str, Gender | None] = dict.fromkeys(sorted(women | men))
    names.update(dict.fromkeys(sorted(women - men), "f"))
    names.update(dict.fromkeys(sorted(men - women), "m"))
    return names


@cache
def listed(key: str) -> frozenset[str]:
    """A list of `data/all/given_names.toml`."""
    return word_set("all", "given_names", key)


@cache
def particles() -> frozenset[str]:
    """Small words inside names: `von`, `de la`."""
    return word_set("all", "given_names", "particles")


class _Names(Container[str]):
    """Many names, of which few are looked for: each a line of the text that holds those with the same two letters."""

    def __init__(self, by_beginning: Mapping[str, str]) -> None:
        self._by_beginning = by_beginning

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and f"\n{name}\n" in self._by_beginning.get(name[:2], "")


@cache
def gathered(key: str) -> Container[str]:
    """A list of `data/all/names.toml`: `f`, `m` and `either` are given names, `words` those of them that are words."""
    return _Names(_by_beginning(key))


@kept
def _by_beginning(key: str) -> Mapping[str, str]:
    """The names of a list, which are in order, by their first two letters.

    80,000 names one by one take 8 ms to read, and so 1.
    """
    names = table("all", "names")[key].split()
    return {letters: "\n".join(["", *same, ""]) for letters, same in groupby(names, lambda name: str(name[:2]))}


@lru_cache(maxsize=65536)
def is_typed(word: str) -> bool:
    """Whether `word` is a given name typed by hand, with any accents, or a double one that begins with one."""
    names = given_names()
    first, stroke, second = word.partition("-")
    if not stroke:
        return word in names or _plain(word) in names
    is_word = second not in names and is_known_anywhere(second)  # Tony-Gewinner
    return first in names and second[:1].isupper() and not is_word


@lru_cache(maxsize=65536)
def is_given(word: str) -> bool:
    """Whether `word` is a given name; one that is a word as well only if it was typed by hand."""
    return is_typed(word) or (may_be_given(word) and _straight(word) not in gathered("words"))


def may_be_given(word: str) -> bool:
    """Whether some list has `word` as a given name, whatever else it is."""
    name = _straight(word)
    return is_typed(word) or any(name in gathered(key) for key in ("f", "m", "either"))


@lru_cache(maxsize=65536)
def is_family(word: str) -> bool:
    """Whether `word` is a known family name, or a double one that ends with one; a genitive is one too."""
    name = _straight(word).removesuffix("’s").removesuffix("’")
    return name in gathered("family") or name.rsplit("-", 1)[-1] in gathered("family")


def _plain(word: str) -> str:
    """A word without its accents, if it is none of our languages': the letters of German, `Rosé`."""
    if word.isascii() or not {"ä", "ö", "ü"}.isdisjoint(word) or is_known_anywhere(word):
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _straight(word: str) -> str:
    """A word as the lists write it."""
    return word.replace("'", "’")


def given_gender(word: str) -> Gender | None:
    """The gender that goes with a given name, also with the first part of a double one."""
    names = given_names()
    for name in (word, word.split("-", maxsplit=1)[0], _plain(word)):
        if name in names:
            return names[name]
        if name in gathered("f") or name in gathered("m"):
            return "f" if name in gathered("f") else "m"
    return None


@cache
def _calendar_words(language: str) -> frozenset[str]:
    data = table(language, "dates")
    return frozenset(word for names in [*data.get("months", []), *data.get("weekdays", [])] for word in names.split())


@cache
def _sentence_words(language: str) -> frozenset[str]:
    return word_set(language, "grammar", "sentence_words")


@cache
def opening_words(language: str) -> frozenset[str]:
    """Words that open sentences, as they are written there."""
    return frozenset(word.capitalize() for word in _sentence_words(language))


@cache
def body_endings() -> tuple[str, ...]:
    """Words that end the names of bodies and places."""
    data = table("all", "organisations")
    return tuple(data["german_endings"].split() + data["english_endings"].split() + data["places"].split())


@cache
def _bodies() -> frozenset[str]:
    data = table("all", "organisations")
    return frozenset(data["german_endings"].split() + data["english_endings"].split())


@cache
def _long_body_endings(*, hyphened: bool) -> tuple[str, ...]:
    """Endings that no family name has; behind a hyphen, all of them."""
    return tuple(ending for ending in body_endings() if len(ending) > 5 or hyphened)  # noqa: PLR2004


@cache
def legal_forms() -> frozenset[str]:
    """What stands behind the name of a firm."""
    return word_set("all", "organisations", "legal_forms")


@cache
def firms() -> frozenset[str]:
    """Firms that are called like a person."""
    return frozenset(table("all", "organisations")["firms"])


@lru_cache(maxsize=65536)
def is_name_shaped(word: str, language: str) -> bool:
    """Whether a word can be part of a name at all."""
    if (
        not word[0].isupper()
        or any(map(str.isdigit, word))
        or not {".", "/"}.isdisjoint(word)
        or word.lower() in _calendar_words(language)
    ):
        return False
    if len(word) > 1 and word.isupper():  # an abbreviation
        return False
    if role_gender(word, language) or is_country_word(word, language) or word.lower() in _bodies():
        return False
    if word in listed("firm_words"):
        return False
    if re.match(r"[A-ZÄÖÜ]{2,}[a-zäöüß]", word):  # CPython
        return False
    if re.search(
        r"[a-zäöüß][A-ZÄÖÜ]",
        word.removeprefix("Mc").removeprefix("Mac").removeprefix("De").removeprefix("Di").removeprefix("La"),
    ):  # AllerVielfalt
        return False
    if "-" in word and any(part.isupper() and len(part) > 1 for part in word.split("-")):
        return False
    # Rosenberg and Neuhaus are persons, Adenauer-Stiftung and Fördergesellschaft are none
    lower = word.lower()
    forms = (lower, lower.removesuffix("s"))
    return not any(form.endswith(_long_body_endings(hyphened="-" in word)) for form in forms)
