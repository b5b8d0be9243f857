"""simplemma's ways from a word to its dictionary form, with the rules of those languages only that are asked for.

`import simplemma` compiles the patterns of 21 languages, 28 ms of which a briefing needs 2. So its modules are imported
one by one, under a name of their own (`NAME`), below packages that are nothing but a folder; and the table of rules, by
language, is one that imports those of a language when the first word needs them. What the modules do is simplemma's
own; one that is built otherwise than 2.0 is imported as it is.
"""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol

NAME = "briefing_simplemma"
"""Whoever imports `simplemma` itself has it whole."""
_RULES = "strategies.defaultrules"


class Dictionaries(Protocol):
    """Gives the dictionary of a language."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Word → dictionary form."""


class Strategy(Protocol):
    """One of simplemma's ways to a dictionary form."""

    def get_lemma(self, token: str, lang: str) -> str | None:
        """The dictionary form of a word, None where this way leads to none."""


def normalized(word: str) -> str:
    """A word as the dictionaries write it: `normalize_token` of simplemma."""
    return unicodedata.normalize("NFC", word)


def strategies(dictionaries: Dictionaries) -> tuple[Strategy, Strategy, Strategy]:
    """The strategies by some dictionaries: to look a word up, to find its form by every means, and the last resort."""
    try:
        lookup, default, fallback = (
            part(f"strategies.{name}") for name in ("dictionary_lookup", "default", "fallback.to_lowercase")
        )
    except ImportError:
        lookup = default = fallback = import_module("simplemma.strategies")
    return (
        lookup.DictionaryLookupStrategy(dictionaries),
        default.DefaultStrategy(dictionary_factory=dictionaries),
        fallback.ToLowercaseFallbackStrategy(),
    )


def part(name: str) -> ModuleType:
    """A module of simplemma's, such as `tokenizer`, without all the others.

    Raises:
        ImportError: simplemma is not installed, or has no such module.
    """
    _enter()
    return import_module(f"{NAME}.{name}")


@cache
def _enter() -> None:
    """Make the packages that are nothing but a folder and the few names that others import from them."""
    found = importlib.util.find_spec("simplemma")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("simplemma is not installed")
    packages: dict[str, dict[str, object]] = {
        "": {},
        ".strategies": {},
        ".strategies.dictionaries": {"LOW_MEMORY_DICTIONARY_FACTORY": None},  # a default that we never ask for
        f".{_RULES}": {"RULE_FUNCTIONS": _Rules()},
    }
    for package, names in packages.items():
        module = sys.modules[NAME + package] = ModuleType(NAME + package)
        module.__path__ = [str(Path(found.submodule_search_locations[0], *package.split(".")))]
        vars(module).update(names)


class _Rules(dict[str, Callable[[str], str | None]]):
    """The rules of a language, imported when they are asked for."""

    def get(self, lang: str, default: object = None) -> Callable[[str], str | None] | None:  # type: ignore[override]
        """The function `apply_<language>`, None for a language without rules."""
        del default
        try:
            rules = part(f"{_RULES}.{lang}")
        except ModuleNotFoundError:
            return None
        found: Callable[[str], str | None] = getattr(rules, f"apply_{lang}")
        return found
