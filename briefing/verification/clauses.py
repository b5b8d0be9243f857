"""The clauses of a text, the deeds in them, and the parties who may have done them, each with what governs it.

Read by preposition, article and order alone, with the lists of `data/<language>/verification_roles.toml`; there is no
parser. A party is a name, or a word for persons and bodies (`the police`, `the works council`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.lexicon import table, word_set
from briefing.verification.facts import Facts
from briefing.verification.grounds import NAMES
from briefing.verification.vocabulary import GENERAL, Named, named

LIST = "verification_roles"
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_END = re.compile(r"(?:(?<!\d)[.,]|[.,](?!\d)|[!?;:()–—“”„»«]|\b(?:that|which|who|whether|while|because|when)\b)+\s*")
_BACK = 5
"""Words before a party among which its article and preposition are looked for."""
_FEMININE = re.compile(r"(?:en|a|ei|e|z|A)$")
"""How a country ends that has an article, and that `der` makes a genitive: `der USA`, `der Türkei`, `der Ukraine`."""
_ADJECTIVE = re.compile(r"(?:e|en|er|em|es|ian|ish|ese|an|ic|al)$")
"""How a word in small letters may end that stands between an article and its noun."""
_LONGER = 4
"""Letters of a German name whose last `s` is a genitive: `Russlands`, and neither `Laos` nor `Hans`."""
_PERSONS = ("person", "body", "building")
"""Fields of words that name those who act: `the minister`, `the police`, `the court`."""
ATTRIBUTE, OBLIQUE = "-", "oblique"

Key = tuple[str, str]
Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may act or be acted upon, or several who do so together."""

    keys: frozenset[Key]
    """What languages share: kind and value of a mention, or field and kind of a word."""
    text: str
    start: int
    end: int
    before: str = ""
    """The preposition that governs it, `oblique` for an article that no subject has, `-` for an attribute."""
    is_name: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with a deed."""

    text: str
    deed: Named
    before: str
    """Its text before the deed."""
    parties: tuple[Party, ...]
    language: str


def clauses(facts: Facts, found: Sequence[Party]) -> Iterator[Clause]:
    """Each deed of a text with its clause and the parties found there.

    Clauses whose subject is a relative pronoun are left out.
    """
    deeds = [one for one in named(facts.text, facts.language, LIST) if one.is_sure and one.field in {"verbs", "nouns"}]
    for start, end in _spans(facts.text):
        opening = WORD.search(facts.text, start)
        if opening and opening.group() in function_words(facts.language)["relative"]:
            continue
        within = [deed for deed in deeds if start <= deed.start < end]
        here = tuple(_grouped([one for one in found if start <= one.start < end], facts)) if within else ()
        for deed in within:
            yield Clause(facts.text[start:end], deed, facts.text[start : deed.start], here, facts.language)


def parties(facts: Facts) -> list[Party]:
    """Everybody who stands in a text, in order."""
    adjectives = _adjectives(facts.language)
    found: list[Party] = []
    for one in facts.mentions:
        inner = any(other.start <= one.start < other.end for other in found)  # the `Korea` of North Korea
        if one.kind in NAMES and not inner:
            is_adjective = one.text.casefold() in adjectives or one.text[0].islower()
            before = ATTRIBUTE if is_adjective else _before(facts, one.start, one.end, kind=one.kind)
            found.append(Party(frozenset({(one.kind, one.value)}), one.text, one.start, one.end, before))
    for word in named(facts.text, facts.language):
        inner = any(other.start <= word.start < other.end for other in found)
        if word.field in _PERSONS and word.kind != GENERAL and word.is_sure and not inner:
            key, before = (word.field, word.kind), _before(facts, word.start, word.end, kind="")
            found.append(Party(frozenset({key}), word.word, word.start, word.end, before, is_name=False))
    return sorted(found, key=lambda one: one.start)


@cache
def function_words(language: str) -> Words:
    """The closed classes of a language, by the names they have in English: prepositions, articles, auxiliaries."""
    names = [key for key, value in table("en", LIST).items() if isinstance(value, str)]
    return {key: word_set(language, LIST, key) for key in names}


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _END.finditer(text):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)


def _grouped(found: Sequence[Party], facts: Facts) -> list[Party]:
    """Parties that stand side by side as one: `China and Iran`, `Mayor Ada Lind`."""
    listed = function_words(facts.language)
    groups: list[Party] = []
    for one in found:
        last = groups[-1] if groups else None
        words = WORD.findall(facts.text[last.end : one.start]) if last else []
        is_joined = any(word in listed["and"] for word in words)
        is_joined = is_joined or (not words and any(key[0] in {"word", "capital"} for key in one.keys))  # `Ada Lind`
        is_close = all(word in listed["and"] | listed["articles"] or word[0].isupper() for word in words)
        if last and is_close and last.before != ATTRIBUTE and (is_joined or not last.is_name):
            text = facts.text[last.start : one.end]
            groups[-1] = Party(last.keys | one.keys, text, last.start, one.end, last.before, one.is_name)
        else:
            groups.append(one)
    return groups


def _before(facts: Facts, start: int, end: int, kind: str) -> str:
    """What governs a party; `kind` is that of a name, empty for a word."""
    text, after = facts.text[start:end], facts.text[end:]
    listed = function_words(facts.language)
    is_inflected = bool(kind) and text.endswith("s") and len(text) > _LONGER
    is_owner = after[:1] in {"’", "'"} or (bool(listed["cases"]) and is_inflected)
    if is_owner or _opens_compound(text, after, listed):
        return ATTRIBUTE
    is_feminine = kind == "country" and bool(_FEMININE.search(text))
    return _governor(facts.text[:start], facts.language, is_feminine=is_feminine)


def _opens_compound(text: str, after: str, listed: Words) -> bool:
    """Whether a name opens a compound: `UN-Sanktionen`, `UN sanctions`."""
    match = re.match(r"\s([a-z]+)", after)
    word = match[1] if match else ""
    if after.startswith("-") or not word or not text.isupper() or listed["cases"]:
        return after.startswith("-")
    closed = ("passive", "and", "to", "by", "others", "articles", "auxiliaries")
    return not word.endswith("ed") and not any(word in listed[key] for key in closed)


def _governor(before: str, language: str, *, is_feminine: bool) -> str:
    listed = function_words(language)
    if before.rstrip().endswith((",", ".", ";", ":", "(", "–", "—")):
        return ""
    article = ""
    for token in reversed(WORD.findall(_END.split(before)[-1])[-_BACK:]):
        word = token.lower()
        if word in listed["by"] | listed["to"] | listed["others"]:
            return str(word)
        if word in listed["genitive"] or (word == "der" and is_feminine):
            return ATTRIBUTE
        if word in listed["articles"]:
            article = OBLIQUE if word in listed["oblique"] else article
        elif article or not (token[0].isupper() or _may_be_adjective(word, language)):
            break
    return article


def _may_be_adjective(word: str, language: str) -> bool:
    listed = function_words(language)
    is_verb = word in listed["passive"] | listed["auxiliaries"] or word.endswith(("te", "ten"))
    return (
        not is_verb
        and bool(_ADJECTIVE.search(word))
        and not any(one.field == "verbs" for one in named(word, language, LIST))
    )


@cache
def _adjectives(language: str) -> frozenset[str]:
    listed = table(language, "countries").get("countries", {})
    return frozenset(form.casefold() for forms in listed.values() for form in forms[0].split("|") if form)
