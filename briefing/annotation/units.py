"""The words and symbols in which a language measures, each with a name that is the same in every language.

Symbols and their prefixes stand in `data/all/units.toml`; the words of a language come from CLDR (babel), from the
measures that its own `figures.toml` names (`Watt`, which makes `Megawatt`), and from its list of others (`Zentner`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from briefing.compiled import kept
from briefing.lexicon import table


@cache
@kept
def units(language: str) -> Mapping[str, str]:
    """What stands behind a number in `language` as its unit → the unit's name, the same in every language."""
    data, common = table(language, "figures"), table("all", "units")
    found = dict(_symbols(common))
    found |= _codes(common)
    found |= _currencies(language, data, common)
    found |= _measured(language, data, common)
    found |= _prefixed(data, common)
    found |= data.get("units", {})
    capitals = {unit[0].upper() + unit[1:]: name for unit, name in found.items() if unit.islower() and len(unit) > 3}  # noqa: PLR2004 - symbols
    return {unit: name for unit, name in (capitals | found).items() if name}


@cache
@kept
def signs(language: str) -> Mapping[str, str]:
    """What stands before a number as its unit: symbols and codes of currencies, and what the language adds."""
    common = table("all", "units")
    own = {unit: name for unit, name in table(language, "figures").get("units", {}).items() if _is_sign(unit)}
    symbols = {unit: name for unit, name in common["currencies"].items() if unit != "not_codes"}
    return {**_codes(common), **symbols, **own}


def _is_sign(unit: str) -> bool:
    return not unit[-1].isalnum() and unit[0] not in "%‰°º" and "(" not in unit


@cache
def per(language: str) -> str:
    """A pattern of what may follow a unit and a stroke, so that both make one: `Mbit/s`; never met without figures."""
    shapes = table("all", "units")["shapes"]
    return "|".join(sorted(shapes["per"].split(), key=len)[::-1]) if table(language, "figures") else "(?!)"


def _symbols(common: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Symbols with their prefixes, areas and volumes, and the others."""
    for base, listed in common["prefixed"].items():
        prefixes = listed.split()
        name = common["aliases"].get(base, base)
        if "-" not in prefixes:
            yield base, name
        for prefix in prefixes:
            if prefix != "-":
                symbol = common["aliases"].get(prefix, prefix) + name
                yield prefix + base, symbol
                if prefix == "µ":
                    yield "\u03bc" + base, symbol  # the Greek letter, which looks the same
    shapes = common["shapes"]
    for length, (power, marks) in product(
        shapes["lengths"].split(), (("2", shapes["squares"]), ("3", shapes["cubes"]))
    ):
        yield from ((length + mark, length + power) for mark in marks.split())
    yield from common["symbols"].items()


def _prefixed(data: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, str]:
    """The words that a language makes of prefix and measure, and the areas and volumes it makes of lengths."""
    found: dict[str, str] = {}
    for word, base in data.get("measures", {}).items():
        allowed = common["prefixed"].get(base, "").split()
        name = common["aliases"].get(base, base)
        if base != "bit":  # `bits` alone are pieces
            found[word] = name
        for prefix, symbol in data.get("prefixes", {}).items():
            if symbol in allowed:
                found[prefix + word.lower()] = symbol + name
    for (unit, name), (word, power) in product(tuple(found.items()), data.get("powers", {}).items()):
        if name in common["shapes"]["lengths"].split():
            found[word + unit.lower()] = name + power
    return found


def _measured(language: str, data: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, str]:
    """The units of CLDR in the words of the language, in singular and plural."""
    from babel import UnknownLocaleError  # noqa: PLC0415 - 60 ms at first use
    from babel.units import UnknownUnitError, format_unit  # noqa: PLC0415

    found: dict[str, str] = {}
    for unit, name in common["cldr"].items():
        try:
            written = {format_unit(count, unit, "long", locale=language) for count in (1, 2, 5)}
        except (UnknownUnitError, UnknownLocaleError, ValueError):
            continue
        for words in sorted(written):
            word = re.sub(r"^\d+\s*", "", words)
            found |= {form: name for form in _with_ending(word, data) if form[0].isalpha()}
    return found


def _currencies(language: str, data: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, str]:
    """The names of the currencies in use in the words of the language: `Swiss francs`."""
    from babel import UnknownLocaleError  # noqa: PLC0415
    from babel.numbers import get_currency_name  # noqa: PLC0415

    found: dict[str, str] = {}
    try:
        for code in _in_use():
            for count in (1, 2):
                name = get_currency_name(code, count, locale=language)
                found |= dict.fromkeys(_inflected(name, data), code)
    except (UnknownLocaleError, ValueError):
        return {}
    return found | {unit: code for unit, code in common["currencies"].items() if unit != "not_codes"}


def _codes(common: Mapping[str, Any]) -> dict[str, str]:
    """The codes of the currencies in use that are no other word."""
    excluded = common["currencies"]["not_codes"].split()
    return {code: code for code in _in_use() if code not in excluded}


@cache
def _in_use() -> tuple[str, ...]:
    """The codes of the currencies that are legal tender somewhere, sorted."""
    from babel.core import get_global  # noqa: PLC0415

    rows = (row for rows in get_global("territory_currencies").values() for row in rows)
    return tuple(sorted({code for code, _, end, is_tender in rows if end is None and is_tender}))


def _with_ending(word: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """A word, and with the ending that the language's plurals take in some case: `Lichtjahre`, `Lichtjahren`."""
    ending = str(data.get("plural_ending", ""))
    behind = tuple(str(data.get("plural_behind", "")).split())
    return (word, word + ending) if ending and behind and word.endswith(behind) else (word,)


def _inflected(name: str, data: Mapping[str, Any]) -> Iterator[str]:
    """A name of a currency; where it opens with an adjective, with the adjective's other endings and a small letter."""
    yield name
    first, _, rest = name.partition(" ")
    stem = str(data.get("adjective", ""))
    place = first.rfind(stem) + len(stem) if stem and rest else -1
    if 0 < place < len(first) and first[:place].endswith(stem):
        for ending in str(data.get("adjective_endings", "")).split():
            small = first[0].lower() + first[1:place] + ending
            yield from (f"{small} {rest}", f"{small[0].upper()}{small[1:]} {rest}")
