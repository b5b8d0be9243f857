"""Organisations and agencies: listed ones, and nouns that say by their ending or legal form that they are one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

from briefing.lexicon import languages, table


@cache
def listed_bodies() -> Mapping[str, Literal["agency", "organisation"]]:
    """Names of bodies that do not say what they are, and whether they are news agencies."""
    data = table("all", "organisations")
    found: dict[str, Literal["agency", "organisation"]] = dict.fromkeys(data["organisations"], "organisation")
    found.update(dict.fromkeys(data["agencies"], "agency"))
    return found


def is_listed(name: str) -> bool:
    """Whether a name is that of a listed body."""
    return name in listed_bodies()


@cache
def _endings() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words that are bodies, those of them that also end compounds (`Teeservice` is no service), and legal forms."""
    data = table("all", "organisations")
    compounds = frozenset(data["german_endings"].split())
    further = frozenset(word for code in languages() for word in table(code, "endings").get("bodies", "").split())
    words = compounds | frozenset(data["english_endings"].split()) | further
    return words, compounds, frozenset(data["legal_forms"].split())


@lru_cache(maxsize=65536)
def is_body(word: str) -> bool:
    """Whether a word is a body by name, by what it ends in, or by its legal form."""
    endings, compounds, forms = _endings()
    if word in listed_bodies() or word in forms:
        return True
    lower = word.lower()
    for form in (
        lower,
        lower.removesuffix("s"),
        lower.removesuffix("es"),
        lower.removesuffix("en"),
        lower.removesuffix("n"),
    ):
        tail = form.rsplit("-", 1)[-1]
        if tail in endings:
            return True
        if word[0].isupper() and any(form[-k:] in compounds for k in range(4, min(len(form) - 2, 20))):
            return True
    return False
