"""The names that a text mentions: countries by ISO code, persons and bodies by the entries of `names.yml`.

Names are matched word by word, so that inflection, hyphens and kinds of spaces do not matter. The longest name wins;
where a title holds a country (`der russische Präsident`), the title proves its holder and the country is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from briefing.lexicon import table
from briefing.model import Name
from briefing.verification.mentions import Mention, MentionKind, Span, overlaps

_TOKEN = re.compile(r"[^\W_]+")
_REST = re.compile(r"[- ]([A-ZÄÖÜ][a-zäöü]{1,2})[- ][A-ZÄÖÜ][a-z]")
"""The rest of a name: a short second part as Asian names have it, and a third. Longer words start another name."""
_LONGEST = 8
"""Words of the longest name looked for; the longest country has seven (Demokratische Republik …)."""
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""What CLDR lists beside countries: the European Union, the United Nations, outlying and unknown regions."""
_ENDINGS = re.compile(r"(?:ern|en|er|em|es|e|n)$")
_SHORTEST_STEM = 3

Key = tuple[MentionKind, str]


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a name."""

    key: Key
    hard: bool
    capital: str
    """`exact` for UN and US, `first` for names, empty for adjectives."""
    words: tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    """The names of a project, for every language."""

    names: tuple[Name, ...]
    _cache: dict[str, dict[tuple[str, ...], list[_Form]]] = field(default_factory=dict, repr=False)
    _first: dict[str, set[str]] = field(default_factory=dict, repr=False)
    _keys: dict[str, Key | None] = field(default_factory=dict, repr=False)

    def key_of(self, name: str) -> Key | None:
        """The key of a person, body or country by any of its names; None if nobody is known by it."""
        if name not in self._keys:
            self._keys[name] = self._find(name)
        return self._keys[name]

    def _find(self, name: str) -> Key | None:
        found = [mention for language in _languages() for mention in self.mentions(name, language) if mention.hard]
        whole = [mention for mention in found if mention.end - mention.start >= len(name) - 2]
        return (whole[0].kind, whole[0].value) if whole else None

    def mentions(self, text: str, language: str) -> Iterator[Mention]:
        """The names in `text`, in order; soft ones may lie within others."""
        forms = self._forms(language)
        first = self._first[language]
        tokens = list(_TOKEN.finditer(text))
        stems = tuple(_stem(token.group()) for token in tokens)
        taken: list[Span] = []
        for at, token in enumerate(tokens):
            for length in range(min(_LONGEST, len(tokens) - at), 0, -1) if stems[at] in first else ():
                span = (token.start(), tokens[at + length - 1].end())
                for form in forms.get(stems[at : at + length], ()):
                    if not _fits(form, [one.group() for one in tokens[at : at + length]]):
                        continue
                    within = overlaps(*span, taken[-1:])  # those before it end before it
                    longer = _longer_name(text, *span, form)
                    if form.key[0] == "person" and (within or longer):
                        if longer and not within:
                            yield longer
                        continue  # the Bush of George H. Bush is not George W. Bush
                    hard = form.hard and not within
                    if hard:
                        taken.append(span)
                    yield Mention(form.key[0], form.key[1], text[slice(*span)], *span, hard)

    def _forms(self, language: str) -> dict[tuple[str, ...], list[_Form]]:
        if language not in self._cache:
            found: dict[tuple[str, ...], list[_Form]] = {}
            for form in (*_country_forms(language), *_body_forms(), *self._own(language)):
                same = found.setdefault(tuple(map(_stem, form.words)), [])
                if not any(other.key == form.key and other.capital == form.capital for other in same):
                    same.append(form)
            self._cache[language] = found
            self._first[language] = {words[0] for words in found}
        return self._cache[language]

    def _own(self, language: str) -> Iterator[_Form]:
        """The forms of `names.yml`; an entry that the general lists know keeps their key."""
        general: dict[tuple[str, ...], Key] = {}
        for code in dict.fromkeys((language, *_languages())):
            general |= {form.words: form.key for form in _country_forms(code)}
        general |= {form.words: form.key for form in _body_forms()}
        for name in self.names:
            own = tuple(name.name.values())
            kind: MentionKind = "organisation" if name.kind == "agency" else name.kind  # type: ignore[assignment]
            known = [general[words] for words in map(_words, own) if words in general]
            key = known[0] if known else (kind, own[0])
            parts = {_stem(part) for full in own for part in _words(full)}
            for text in dict.fromkeys((*own, *name.also)):
                words = _words(text)
                if not words:
                    continue
                is_name = text in own or kind != "person" or {_stem(word) for word in words} <= parts
                hard = is_name or len(words) == 1  # an alias of several words describes: Adas Vater
                yield _Form(key, hard, _capital(words), words)
            if kind == "person" and not name.also:
                last = _words(own[0])[-1]
                yield _Form(key, hard=True, capital="first", words=(last,))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


def _capital(words: tuple[str, ...]) -> str:
    if all(word.isupper() for word in words) and len("".join(words)) <= 4:  # noqa: PLR2004 - US, UN, UNO, WHO
        return "exact"
    return "first" if words[0][0].isupper() else ""


def _fits(form: _Form, words: list[str]) -> bool:
    if form.capital == "exact":
        return tuple(words) == form.words
    return not form.capital or words[0][0].isupper() or not words[0][0].isalpha()


def _longer_name(text: str, start: int, end: int, form: _Form) -> Mention | None:
    """The name of which the word is only the beginning: `Kim` in `Kim-Il-Sung-Platz` and in `Kim Il Sung Square`."""
    if len(form.words) > 1 or not text[start].isupper():
        return None
    match = _REST.match(text, end)
    return (
        Mention("word", f"{text[start:end]} {match[1]}", text[start : match.end(1)], start, match.end(1))
        if match
        else None
    )


@cache
def _stem(word: str) -> str:
    """`word` without inflection: Russlands → russland, russischen → russisch. Coarse, but the same on both sides."""
    if word.isupper() and len(word) <= 4:  # noqa: PLR2004
        return word.lower()
    plain = word.casefold()
    if len(plain) > _SHORTEST_STEM and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    shorter = _ENDINGS.sub("", plain)
    return shorter if len(shorter) >= _SHORTEST_STEM else plain


@cache
def _languages() -> tuple[str, ...]:
    from briefing.lexicon import languages  # noqa: PLC0415

    return languages()


@cache
def _body_forms() -> tuple[_Form, ...]:
    """Bodies whose names differ between languages; any form counts in any language, for articles mix them."""
    listed: Mapping[str, list[str]] = table("all", "verification").get("organisations", {})
    return tuple(
        _Form(("organisation", key), hard=True, capital=_capital(_words(form)), words=_words(form))
        for key, forms in listed.items()
        for form in forms
    )


@cache
def _country_forms(language: str) -> tuple[_Form, ...]:
    """Names, adjectives, inhabitants and seats of government of every country in `language`."""
    found: dict[tuple[str, ...], _Form] = {}

    def add(code: str, text: str) -> None:
        words = _words(text)
        if words:
            capital = _capital(words)
            found.setdefault(words, _Form(("country", code), hard=True, capital=capital, words=words))

    data = table(language, "countries")
    for code, forms in data.get("countries", {}).items():
        for group in forms:
            for form in filter(None, group.split("|")):
                add(code, form)
    skip = set(data.get("place", {}).get("skip", "").split()) | set(data.get("skip", "").split())
    for code, forms in table("all", "verification").get("countries", {}).items():
        for form in forms:
            add(code, form)
    for code, name in _territories(language).items():
        if name not in skip:
            add(code, name)
    return tuple(found.values())


def _territories(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - takes a while to load

    try:
        names: Mapping[str, str] = Locale(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    two = (code for code in sorted(names) if len(code) == 2 and code.isalpha())  # noqa: PLR2004
    return {code: names[code] for code in two if code not in _NO_COUNTRIES}
