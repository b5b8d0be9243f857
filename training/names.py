"""`python -m training.names`: write the names of people that the package knows, `data/all/names.toml`.

They are taken from two libraries that make up data for tests and carry lists of names for some 90 countries, both
under the MIT licence, and neither needed otherwise:
`uv run --with faker==40.54.0 --with mimesis==22.2.0 python -m training.names`.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
import textwrap
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from briefing import dictionary
from briefing.lexicon import languages, table

HEAD = """\
# Given and family names in Latin letters, as `python -m training.names` gathers them from the lists of Faker 40.54.0
# (© 2012 Daniele Faraglia) and Mimesis 22.2.0 (© 2016 Isaak Uchakaev), both under the MIT licence; not edited by hand.
# `given_names.toml` holds those typed by hand, which outrank these. `words` are given names that a dictionary has, too.
"""
_SMALL = "a-zà-öø-ÿā-žșț"
_PART = f"[A-ZÀ-ÖØ-ÞĀ-Ž][{_SMALL}]+"
NAME = re.compile(rf"{_PART}(?:[A-Z][a-z]+)?(?:['’-]{_PART})?|O['’][A-Z][a-z]+")
"""Names in Latin letters of two letters and more, also `McKay` and `Ana-Maria`."""


def names() -> Iterator[tuple[str, str]]:
    """Each name with its kind: `f`, `m`, `either` or `family`."""
    for kind, name in [*_faker(), *_mimesis()]:
        if NAME.fullmatch(name):
            yield kind, name


def _faker() -> Iterator[tuple[str, str]]:
    package = importlib.import_module("faker.providers.person")
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{module}").Provider
        for attribute in sorted(vars(provider)):
            value = getattr(provider, attribute)
            listed = isinstance(value, (list, tuple, dict)) and re.search("first|last", attribute)
            if listed and "format" not in attribute:
                kind = _kind(attribute)
                yield from ((kind, name) for entry in value for name in _texts(entry))


def _kind(attribute: str) -> str:
    """What the names of a list are: `first_names_female`, `last_romanized_names`."""
    if "last" in attribute:
        return "family"
    return "f" if "female" in attribute else "m" if "male" in attribute else "either"


def _texts(entry: object) -> list[str]:
    """The texts of an entry: a name, or a name in two scripts."""
    parts = entry if isinstance(entry, tuple) else (entry,)
    return [part for part in parts if isinstance(part, str)]


def _mimesis() -> Iterator[tuple[str, str]]:
    for folder in sorted(files("mimesis").joinpath("datasets").iterdir(), key=lambda entry: entry.name):
        path = folder.joinpath("person.json")
        if path.is_file():
            found = json.loads(path.read_text("utf-8"))
            yield from (("f", name) for name in found.get("names", {}).get("female", []))
            yield from (("m", name) for name in found.get("names", {}).get("male", []))
            surnames = found.get("surnames", [])
            for part in surnames.values() if isinstance(surnames, dict) else [surnames]:
                yield from (("family", name) for name in part)


def is_word(name: str) -> bool:
    """Whether a dictionary of ours has the name, as a word or as a name of its own."""
    return any(dictionary.is_known(form, lang=language) for language in languages() for form in (name, name.lower()))


def main() -> int:
    """Write the file."""
    kinds: dict[str, set[str]] = {kind: set() for kind in ("f", "m", "either", "family")}
    for kind, name in names():
        kinds[kind].add(name)
    women, men = kinds["f"] - kinds["m"], kinds["m"] - kinds["f"]
    typed = table("all", "given_names")
    given = (kinds["f"] | kinds["m"] | kinds["either"]) - set(typed["f"].split()) - set(typed["m"].split())
    lists = {
        "f": women & given,
        "m": men & given,
        "either": given - women - men,
        "words": {name for name in given if is_word(name)},
        "family": kinds["family"],
    }
    parts = [HEAD]
    for key, found in lists.items():
        straight = " ".join(sorted({name.replace("'", "’") for name in found}))
        text = "\n".join(textwrap.wrap(straight, 120, break_on_hyphens=False, break_long_words=False))
        parts.append(f"{key} = '''\n{text}\n'''\n")
    path = Path(__file__).parent.parent / "briefing" / "data" / "all" / "names.toml"
    path.write_text("\n".join(parts), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
