"""The word lists: TOML files under `data/<language>/`, checked once a machine (`briefing.compiled`).

A language is a folder; adding one needs no code (`manual/languages.md`). `data/all/` holds what does not depend on a
language. Each file says in a comment where its words come from. The stage that uses a table freezes it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from briefing.compiled import FOLDER, kept, package_files
from briefing.errors import ProjectError
from briefing.model import Place


@cache
def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a folder, sorted."""
    folders = {name.split("/")[1] for name in package_files() if name.startswith("data/")}
    return tuple(sorted(folder for folder in folders if len(folder) == 2))  # noqa: PLR2004 - ISO 639-1


@cache
def table(language: str, name: str) -> Mapping[str, Any]:
    """The table `data/<language>/<name>.toml`, empty where the language has none.

    A table of the analysis is held against those of the languages that came first: a key that neither has, and a value
    of another kind, are errors; a missing key has the empty value of its kind, which switches off what it is for.

    Args:
        language: ISO 639-1 code, or `all`.
        name: The file's name without its ending.

    Raises:
        ProjectError: The file is no TOML, or not as the others of its name are; the message says which key and why.
    """
    return _checked(language, name) if _file(language, name) in package_files() else {}


@cache
def word_set(language: str, name: str, key: str) -> frozenset[str]:
    """The words that stand under one key of a table, written there with spaces between them.

    Args:
        language: As in `table`.
        name: As in `table`.
        key: The key; a dot leads into a table within the table.

    Returns:
        The words as they are written; none where the language has no such table.

    Raises:
        KeyError: The table has no such key.
    """
    found = table(language, name)
    return frozenset(_at(found, key).split()) if found else frozenset()


@kept
def _checked(language: str, name: str) -> Mapping[str, Any]:
    found = _read(language, name)
    if language == "all" or name not in ANALYSIS:
        return found
    place = Place(_file(language, name))
    asked = {what: frozenset(str(files.get(name, "")).split()) for what, files in _read("all", "language").items()}
    checked = _held(found, [_read(model, name) for model in MODELS], asked["own"], place, "")
    for key in sorted(asked["regular"]):
        _compile(checked, key, place)
    for key in sorted(asked["needed"]):
        if not _at(checked, key):
            raise ProjectError(f"“{key}” is missing, and nothing sensible can stand for it", place)
    return checked


@cache
def _read(language: str, name: str) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415 - only where a table is made

    file = _file(language, name)
    try:
        return tomllib.loads((FOLDER / file).read_text("utf-8")) if file in package_files() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"this is no TOML: {error}", Place(file)) from error


def _file(language: str, name: str) -> str:
    return f"data/{language}/{name}.toml"


def _held(
    found: Mapping[str, Any], models: Sequence[Mapping[str, Any]], own: Collection[str], place: Place, above: str
) -> dict[str, Any]:
    """`found` with empty values for what is missing, once its keys and the kinds of its values are those of `models`.

    Tables named in `own` have keys of their own, words of the language; what stands above a table is `above`.
    """
    known = {key: model[key] for model in reversed(models) for key in model}
    for key, value in found.items():
        if key not in known:
            from difflib import get_close_matches  # noqa: PLC0415 - only errors need it

            near = get_close_matches(key, known, 1)
            raise ProjectError(f"no language has “{above}{key}”{f'; is it “{above}{near[0]}”?' if near else ''}", place)
        if type(value) is not type(known[key]):
            kinds = {str: "a text", list: "a list", dict: "a table", bool: "true or false"}
            raise ProjectError(f"“{above}{key}” must be {kinds.get(type(known[key]), 'a number')}", place)
    result: dict[str, Any] = {}
    for key, value in known.items():
        if isinstance(value, dict) and f"{above}{key}" not in own:
            inner = [model[key] for model in models if key in model]
            result[key] = _held(found.get(key, {}), inner, own, place, f"{above}{key}.")
        else:
            result[key] = found.get(key, type(value)())
    return result


def _at(found: Any, key: str) -> Any:  # noqa: ANN401 - whatever the file holds
    for part in key.split("."):
        found = found[part]
    return found


def _compile(found: dict[str, Any], key: str, place: Place) -> None:
    """Make sure that a regular expression is one; an empty one, met everywhere, becomes one that never is.

    A table holds a list of them under each of its keys.
    """
    *above, last = key.split(".")
    inner = _at(found, ".".join(above)) if above else found
    value = inner[last]
    listed = list(value.values()) if isinstance(value, dict) else [value]
    try:
        for pattern in (pattern for one in listed for pattern in (one if isinstance(one, list) else [one])):
            re.compile(re.sub(r"\{\w+\}", "x", pattern))
    except re.error as error:
        raise ProjectError(f"“{key}” is no regular expression: {error}", place) from error
    if not value and not isinstance(value, dict):
        inner[last] = "(?!)"


MODELS = ("en", "de")
"""The languages that came first, whose files say which keys a file may have."""
ANALYSIS = frozenset("sentences grammar speech status roles endings countries dates figures topics".split())
"""The files by which the analysis reads a language; the others are of the pages, the proof and the cleaning."""


def unread(language: str) -> tuple[str, ...]:
    """What the analysis cannot read in a text of `language`, because there are no words for it.

    Args:
        language: ISO 639-1 code, or `und`.

    Returns:
        Names of the parts, for people; empty for a language whose folder is complete.
    """
    return tuple(part for part, names in _PARTS.items() if not all(table(language, name) for name in names))


_PARTS = {
    "speakers": ("speech", "grammar"),
    "status": ("status", "grammar"),
    "dates": ("dates",),
    "figures": ("figures",),
    "persons": ("roles", "grammar"),
    "countries": ("countries",),
}
"""Parts of the analysis, and the files of a language without which each is switched off."""
