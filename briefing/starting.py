"""An empty project that builds as it is: put articles into its `seeds/`, run `mkdocs build`, read."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

from briefing.errors import ProjectError
from briefing.located import unknown
from briefing.model import Place

_COPIED = {
    "seeds/sources.yml": "seeds/sources.yml",
    "seeds/names.yml": "seeds/names.yml",
    "topics/overview.yml": "topics/overview.yml",
    "topics/example.yml": "topics/example.yml",
    "gitignore": ".gitignore",
}
"""Files of `data/start/`, and what they are called in a project. A package cannot hold a `.gitignore` of its own."""

_SCHEMAS = {
    "seeds/sources.yml": "sources",
    "seeds/names.yml": "names",
    "topics/overview.yml": "topic",
    "topics/example.yml": "topic",
}
"""By which schema an editor helps with a file; the project gets them, since no editor finds those in the package."""


def start(folder: Path, title: str = "", languages: tuple[str, ...] = ("en", "de")) -> tuple[Path, ...]:
    """Make a new project.

    Args:
        folder: Where; made if it is not there.
        title: Name of the site; the folder's by default.
        languages: Languages of the site, the first at its root.

    Returns:
        The files, in the order of their names.

    Raises:
        ProjectError: The folder holds something already, or there are no labels in one of the languages.
    """
    place = Place(str(folder))
    words = tomllib.loads(_template("words.toml"))
    for language in languages:
        if language not in words:
            raise ProjectError(unknown("language", language, sorted(words)), place)
    if not languages or len(set(languages)) != len(languages):
        raise ProjectError("name at least one language, and none twice", place)
    texts = {name: _template(source) for source, name in _COPIED.items()}
    for key in ("overview", "question"):
        each = ", ".join(f"{language}: {_scalar(words[language][key])}" for language in languages)
        texts["topics/overview.yml"] = texts["topics/overview.yml"].replace(f"@{key}s@", f"{{{each}}}")
    for name, schema in _SCHEMAS.items():
        file = f".schemas/{schema}.schema.json"
        texts[name] = f"# yaml-language-server: $schema=../{file}\n{texts[name]}"
        texts[file] = files("briefing").joinpath("schemas", f"{schema}.schema.json").read_text("utf-8")
    texts |= {f"docs/{language}/.gitkeep": "" for language in languages}
    name = title.strip() or folder.resolve().name.replace("-", " ").replace("_", " ").strip() or "Briefing"
    named = name[0].upper() + name[1:]
    for language in languages:
        is_first = language == languages[0]
        values = {**words[language], "title": named}
        values = {key: _scalar(value) for key, value in values.items()}
        values |= {"language": language, "languages": ", ".join(languages)}
        template = _template("mkdocs.yml" if is_first else "mkdocs.other.yml")
        filled = re.sub(r"@(\w+)@", lambda match: values[match.group(1)], template)  # noqa: B023 - called at once
        texts["mkdocs.yml" if is_first else f"mkdocs.{language}.yml"] = filled
    return _write(folder, texts)


def _scalar(text: str) -> str:
    """`text` as YAML, whatever it holds: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _template(name: str) -> str:
    return files("briefing").joinpath("data", "start", *name.split("/")).read_text("utf-8")


def _write(folder: Path, texts: dict[str, str]) -> tuple[Path, ...]:
    place = Place(str(folder))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ProjectError("is there already and not empty; choose a new folder", place)
        for name, text in sorted(texts.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise ProjectError(f"cannot be written: {error.strerror}", place) from None
    return tuple(folder / name for name in sorted(texts))
