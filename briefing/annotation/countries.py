"""Countries as a language names them: by name, adjective, inhabitants, or the seat of their government.

Names come from CLDR (babel); what CLDR lacks stands in `data/<language>/countries.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from briefing.annotation.tokens import Token, tokens
from briefing.compiled import kept
from briefing.lexicon import table

Kind = Literal["name", "adjective", "people", "seat"]
NO_COUNTRIES = frozenset("AC CP DG EA EU EZ IC QO TA UN XA XB ZZ AQ".split())
"""CLDR territories that are none: groups, private codes, Antarctica."""


HOUSE = 4
"""Words to the noun of a house's name, from a country's: `U.S. National Interagency Fire Center`."""
LIST = 6
"""Items of a list of places before a seat of government that are looked at."""


CAPITALS = 4
"""Letters of the shortest name that is met in capitals alone: `IRAN`; shorter ones are abbreviations."""


class Mention(NamedTuple):
    """Tokens that name a country."""

    first: int
    last: int
    """Index of the last token, inclusive."""
    code: str
    kind: Kind
    start: int
    end: int


def countries(words: Sequence[Token], language: str) -> tuple[Mention, ...]:
    """Find the countries among the `words` of one block.

    A seat of government counts only where it acts: not after a preposition of place, unless it is nothing but a
    seat (`Kreml`).
    """
    if not _forms(language):
        return ()
    found = tuple(_mentions(words, language))
    doubtful = table(language, "countries")["place"].get("doubtful", {})
    if not any(_named(words, mention) in doubtful for mention in found):
        return found
    return tuple(mention for mention in found if _is_certain(words, mention, found, language))


def country_name(code: str, language: str) -> str:
    """CLDR's name of the country, in English where CLDR does not know the language."""
    return _territories(language).get(code, code)


@cache
def is_country_word(word: str, language: str) -> bool:
    """Whether a single word names a country in some form."""
    return any(len(form) == 1 for form, _, _ in _forms(language).get(_bare(word), ()))


@cache
def country_code(word: str, language: str) -> str | None:
    """The ISO code of the country that a single word names in some form, None if it names none."""
    return next((code for form, code, _ in _forms(language).get(_bare(word), ()) if len(form) == 1), None)


def _bare(word: str) -> str:
    """A word without the apostrophe of its genitive: `America’s`, `Hans'`."""
    stem = word.removesuffix("s") if word.endswith(("’s", "'s")) else word
    return stem.rstrip("’'")


def _mentions(words: Sequence[Token], language: str) -> Iterator[Mention]:
    forms = _forms(language)
    index = 0
    while index < len(words):
        text = words[index].text
        text = text if text.isalpha() else _bare(text)
        found = _longest(words, index, forms[text]) if text in forms else None
        if found is None and len(text) >= CAPITALS and text.isupper():
            found = _in_capitals(text, forms)
        if found is None and ("-" in text or "/" in text):
            yield from _parts(words[index], index, language)
        elif found is not None:
            length, code, kind = found
            last = index + length - 1
            if code and _is_meant(words, index, last, kind, language):
                end = words[last].start + len(_bare(words[last].text))
                yield Mention(index, last, code, kind, words[index].start, end)
            index = last
        index += 1


def _in_capitals(
    text: str, forms: Mapping[str, Sequence[tuple[tuple[str, ...], str, Kind]]]
) -> tuple[int, str, Kind] | None:
    """What the name of a country in nothing but capitals names: `ZIMBABWE - …`."""
    for form, code, kind in forms.get(text.capitalize(), ()):
        if len(form) == 1 and kind == "name" and code:
            return 1, code, kind
    return None


def _named(words: Sequence[Token], mention: Mention) -> str:
    """The name of a mention, where it is one word."""
    return _bare(words[mention.first].text) if mention.first == mention.last and mention.kind == "name" else ""


def _is_certain(words: Sequence[Token], mention: Mention, found: Sequence[Mention], language: str) -> bool:
    """Whether a name that others bear too (`Jordan`, `Georgia`) means the country: told by its neighbours."""
    place = table(language, "countries")["place"]
    name, doubtful = _named(words, mention), place["doubtful"]
    if name not in doubtful:
        return True
    before = words[mention.first - 1] if mention.first else None
    after = words[mention.last + 1] if mention.last + 1 < len(words) else None
    if (after is not None and after.is_capital) or (before is not None and before.is_capital and mention.first > 1):
        return False  # Michael Jordan, Jordan Miller
    if before is not None and before.text.lower() in doubtful[name].split():
        return True
    others = place["doubtful_not"].split()
    return any(other.code not in others and _named(words, other) not in doubtful for other in found)


def _longest(
    words: Sequence[Token],
    index: int,
    forms: Sequence[tuple[tuple[str, ...], str, Kind]],
) -> tuple[int, str, Kind] | None:
    for form, code, kind in forms:
        last = index + len(form) - 1
        if last < len(words) and all(
            (_bare(words[index + k].text) if index + k == last else words[index + k].text) == part
            for k, part in enumerate(form)
        ):
            return len(form), code, kind
    return None


def _parts(token: Token, index: int, language: str) -> Iterator[Mention]:
    """Countries inside a compound or beside a stroke: `US-Präsident`, `deutsch-französisch`, `USA/Ski`."""
    forms = _forms(language)
    rules = table(language, "countries")["place"]
    always, links = rules["always"].split("|"), rules["links"].split()
    place = token.start
    for part in re.split(r"([-–/])", token.text):
        for candidate in (part, *(part + link for link in links)):  # deutsch-französische
            single = [(code, kind) for form, code, kind in forms.get(candidate, ()) if len(form) == 1]
            if single and (single[0][1] != "seat" or part in always):
                yield Mention(index, index, single[0][0], single[0][1], place, place + len(part))
                break
        place += len(part)


def _is_meant(words: Sequence[Token], first: int, last: int, kind: Kind, language: str) -> bool:
    """Whether the words name the country here, and not a place in it or a body named after it."""
    place = table(language, "countries").get("place", {})
    before = words[first - 1].text if first else ""
    after = words[last + 1] if last + 1 < len(words) else None
    if _is_in_name(words, first, last, kind, language) or _is_route(words, first, last, place):
        return False
    if kind == "seat":
        return _acts(words, first, last, place)
    if kind == "adjective" and words[first].is_capital and before in _split_cased(place.get("in_language", "")):
        return False
    if kind in {"adjective", "people"} and before in _split_cased(place.get("broadcasters", "")):
        return False  # CNN Turk, BBC Russian
    if kind == "adjective" and words[first].is_capital and after is not None and after.is_capital:
        if after.text in _split_cased(place.get("bodies", "")):  # Deutsche Bank
            return False
        return (
            first == 0
            or before in '.!?:„“"»«'
            or not place.get("adjective_endings")
            or words[first].text.endswith(tuple(place["unchanged_adjectives"].split()) or "\0")
        )
    return True


def _is_route(words: Sequence[Token], first: int, last: int, place: Mapping[str, Any]) -> bool:
    """Whether the words and a number name a road: `U.S. 270`, but `In the U.S. 40 people`."""
    if (
        last + 1 >= len(words)
        or not words[last + 1].text.isdigit()
        or words[first].text not in _split_cased(place["routes"])
    ):
        return False
    return first == 0 or words[first - 1].text.lower() != "the"


def _acts(words: Sequence[Token], first: int, last: int, place: Mapping[str, Any]) -> bool:
    """Whether a seat of government stands for it and is no mere place: not `in Oslo`, `in Oslo und Rom`, `, Rom`."""
    before = words[first - 1].text if first else ""
    after = words[last + 1] if last + 1 < len(words) else None
    if " ".join(word.text for word in words[first : last + 1]) in place.get("always", "").split("|"):
        earlier = words[max(0, first - 2) : first]
        return not any(word.text.lower() in _split(place.get("always_not", "")) for word in earlier)
    if (before == "," and (after is None or after.text in ",.)")) or (after is not None and after.text in "-/("):
        return False
    behind = [word.text for word in words[last + 1 : last + 3]]
    if first == 0 and len(behind) == 2 and behind[0] == "," and behind[1].isdigit():  # noqa: PLR2004
        return False  # Wien, 14. Dezember – …
    head = _list_start(words, first, _split(place.get("lists", "")))
    leading = words[head - 1] if head else None
    if (
        leading is not None
        and leading.text.lower() in _split(place.get("prepositions", ""))
        and not _is_heard(words, head - 1, after, place)
    ):
        return False
    return not (
        (after is not None and after.is_capital)
        or (before[:1].isupper() and first > 1 and words[first - 2].text not in ".!?:")
    )


def _is_heard(words: Sequence[Token], at: int, after: Token | None, place: Mapping[str, Any]) -> bool:
    """Whether behind the preposition at `at` a government is meant: `signals from`, `Druck auf`, `for … to`."""
    preposition = words[at].text.lower()
    if after is not None and f"{preposition} {after.text.lower()}" in place.get("acts_between", ()):
        return True
    nouns = _split(place.get("heard", {}).get(preposition, ""))
    return any(word.text.lower() in nouns for word in words[max(0, at - 1) : at])


def _list_start(words: Sequence[Token], first: int, links: frozenset[str]) -> int:
    """Index of the first word of the list of names in which `first` stands; of `first` where it stands in none."""
    start = first
    for _ in range(LIST):
        index = start - 1
        while index > 0 and (words[index].text == "," or words[index].text.lower() in links):
            index -= 1
        if index == start - 1 or not words[index].is_capital:
            return index + 1 if index < start - 1 and words[index + 1].text != "," else start
        start = index
    return start


def _is_in_name(words: Sequence[Token], first: int, last: int, kind: Kind, language: str) -> bool:
    """Whether the words are part of the name of a house or firm: `Turkish Friendship Hospital`, `Future US, Inc`."""
    place = table(language, "countries").get("place", {})
    after = last + 1
    if kind in {"name", "seat"}:
        comma = after < len(words) and words[after].text == ","
        form = words[after + comma].text if after + comma < len(words) else ""
        if form in _split_cased(place.get("forms", "")):
            return True
        if _is_spaced_form(words, after, place.get("spaced_forms", [])):
            return True
    if kind == "seat":
        return (first > 0 and words[first - 1].text.isdigit()) or (after < len(words) and words[after].text.isdigit())
    if _is_of_house(words, first, place) or _is_water(words, first, after, place):
        return True
    houses = _split_cased(place.get("houses", ""))
    for index in range(after, min(len(words), after + HOUSE)):
        if not words[index].is_capital:
            return False
        if words[index].text in houses:
            return True
    return False


def _is_of_house(words: Sequence[Token], first: int, place: Mapping[str, Any]) -> bool:
    """Whether the words before make the name of a body: `Bank of`."""
    return first > 1 and words[first - 1].text == "of" and words[first - 2].text in _split_cased(place["houses_of"])


def _is_water(words: Sequence[Token], first: int, after: int, place: Mapping[str, Any]) -> bool:
    """Whether the words are part of the name of a water: `Sea of Japan`, `Indian Ocean`, `Golf von Oman`."""
    if after < len(words) and words[after].text in _split_cased(place.get("waters", "")):
        return True
    return first > 1 and f"{words[first - 2].text} {words[first - 1].text}" in place.get("waters_of", ())


def _is_spaced_form(words: Sequence[Token], index: int, forms: Sequence[str]) -> bool:
    """Whether one of the legal forms that are written in several words stands at `index`: `e. V.`."""
    stretch = " ".join(word.text for word in words[index : index + 3])
    return any(stretch.startswith(form) for form in forms)


@cache
def _split(words: str) -> frozenset[str]:
    return frozenset(words.lower().split())


@cache
def _split_cased(words: str) -> frozenset[str]:
    return frozenset(words.split())


@cache
@kept
def _territories(language: str) -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 60 ms at first use

    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        names = Locale("en").territories
    return {
        code: name
        for code, name in sorted(names.items())
        if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES
    }


@cache
@kept
def _forms(language: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str, Kind], ...]]:
    """First word of a form → the forms, longest first."""
    data = table(language, "countries")
    if not data:
        return {}
    place = data["place"]
    skip = frozenset(place["skip"].split())
    found: dict[tuple[str, ...], tuple[str, Kind]] = {}

    def add(form: str, code: str, kind: Kind) -> None:
        key = tuple(word.text for word in tokens(form))
        if key and form not in skip:
            found.setdefault(key, (code, kind))

    for code, name in _territories(language).items():
        for variant in {name, re.sub(r"\s*\(.*", "", name), name.replace("St.", "St")}:
            for ending in ["", *place["name_endings"].split()]:
                add(variant + ending, code, "name")
    for code, (adjectives, people, seats, names) in data["countries"].items():
        rows: tuple[tuple[Kind, str, list[str]], ...] = (
            ("name", names, ["", *place["name_endings"].split()]),
            ("seat", seats, ["", *place["name_endings"].split()]),
            ("adjective", adjectives, place["adjective_endings"].split() or [""]),
            ("people", people, ["", *place["people_endings"].split()]),
        )
        for kind, words, endings in rows:
            for word in filter(None, words.split("|")):
                for form in _inflected(word, kind, endings, place):
                    add(form, code, kind)
                if kind == "adjective" and word.endswith(tuple(place["adjectives_of_people"].split()) or "\0"):
                    add(word + "s", code, "people")  # Germans, Israelis
    for form in place.get("none", ()):
        found[tuple(word.text for word in tokens(form))] = ("", "name")
    by_first: dict[str, list[tuple[tuple[str, ...], str, Kind]]] = {}
    for key, (code, kind) in found.items():
        by_first.setdefault(key[0], []).append((key, code, kind))
    return {first: tuple(sorted(forms, key=lambda form: (-len(form[0]), form))) for first, forms in by_first.items()}


def _inflected(word: str, kind: str, endings: Sequence[str], place: Mapping[str, Any]) -> Iterator[str]:
    """The forms of a word; adjectives with a small and a capital first letter."""
    no_endings: Mapping[str, str] = place["people_without"] if kind == "people" else {}
    for ending in endings:
        if word.endswith(tuple(no_endings.get(ending, "").split()) or "\0"):
            continue
        yield word + ending
        if kind == "adjective" and word[0].islower():
            yield word[0].upper() + word[1:] + ending
    if kind == "people" and endings:
        for last, plural in place["people_plurals"].items():
            if word.endswith(last):
                yield word.removesuffix(last) + plural
    if kind == "adjective" and word.endswith(tuple(place["unchanged_adjectives"].split()) or "\0"):
        yield word
