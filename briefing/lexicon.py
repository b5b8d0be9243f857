"""The word lists: TOML files under `data/<language>/`, read once each.

A language is a folder; adding one needs no code. `data/all/` holds what does not depend on a language. Each file says
in a comment where its words come from. The stage that uses a table checks its keys and freezes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a folder, sorted."""
    folders = (entry.name for entry in files("briefing").joinpath("data").iterdir() if entry.is_dir())
    return tuple(sorted(name for name in folders if len(name) == 2))  # noqa: PLR2004 - ISO 639-1


@cache
def table(language: str, name: str) -> Mapping[str, Any]:
    """The table `data/<language>/<name>.toml`, empty where the language has none.

    Args:
        language: ISO 639-1 code, or `all`.
        name: The file's name without its ending.
    """
    path = files("briefing").joinpath("data", language, f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


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
