"""The settings of a project, as they stand under `plugins: - briefing:` in `mkdocs.yml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from briefing.errors import ProjectError
from briefing.located import unknown
from briefing.model import Place, fold

SourceText = Literal["passages", "quotes", "full"]
SOURCE_TEXTS: tuple[SourceText, ...] = ("passages", "quotes", "full")
CONFIG_FILE = "mkdocs.yml"
_UNTITLED = "Briefing"


@dataclass(frozen=True, slots=True)
class Settings:
    """How one briefing is built; every value has a default, so an empty `briefing:` works."""

    root: Path
    """The folder that holds `mkdocs.yml`; the paths below are relative to it."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The site's name in each language, from `site_name` of `mkdocs.yml` and `mkdocs.<code>.yml`."""
    site_url: str = ""
    languages: tuple[str, ...] = ("en", "de")
    """Languages of the site; the first stands at `/`, the others under `/<code>/`."""
    seeds: str = "seeds"
    topics: str = "topics"
    docs: str = "docs"
    build: str = "build"
    source_text: SourceText = "passages"
    """How much of a source its page shows: the cited sentences, only the quoted words, or all of it."""
    quotation_limit: float | None = None
    """Largest share of a source's words (0 to 1) that the site may show; more fails the build."""
    automatic_share: float = 0.15
    """Largest share of all words that composed topics may show."""
    size_limit: int = 5_000_000
    """Largest source in bytes."""
    event: str | None = None
    """ISO date on which what the briefing is about happened; texts that must be older are background."""
    keep_going: bool = False
    """Build without the sources that cannot be read, and say so on the site."""


_OPTIONS = (
    "languages",
    "seeds",
    "topics",
    "docs",
    "build",
    "source_text",
    "quotation_limit",
    "automatic_share",
    "size_limit",
    "event",
    "keep_going",
)


def settings_from(options: Mapping[str, Any], root: Path, title: str = _UNTITLED, site_url: str = "") -> Settings:
    """Check the plugin's options and freeze them.

    Args:
        options: What stands under `briefing:` in `mkdocs.yml`.
        root: The folder that holds `mkdocs.yml`.
        title: The site's name.
        site_url: Where the site is published, or empty.

    Raises:
        ProjectError: An unknown key (the nearest known one is offered) or a value that is not as it must be.
    """
    place = Place(CONFIG_FILE)
    for key in options:
        if key not in _OPTIONS:
            raise ProjectError(unknown("setting of the plugin “briefing”", str(key), _OPTIONS), place)
    values = {key: value for key, value in options.items() if value is not None}
    checks: dict[str, tuple[bool, str]] = {
        "languages": (_is_languages(values.get("languages", ["en"])), "must be a list of two-letter language codes"),
        "source_text": (values.get("source_text", "passages") in SOURCE_TEXTS, "must be passages, quotes or full"),
        "quotation_limit": (_is_share(values.get("quotation_limit", 0)), "must be a share from 0 to 1"),
        "automatic_share": (_is_share(values.get("automatic_share", 0)), "must be a share from 0 to 1"),
        "size_limit": (_is_count(values.get("size_limit", 1)), "must be a number of bytes"),
        "event": (_is_date(str(values.get("event", "2000-01-01"))), "must be a date such as 2024-06-19"),
        "keep_going": (isinstance(values.get("keep_going", False), bool), "must be true or false"),
    }
    checks |= {
        key: (_is_inside(values.get(key, key)), "must be the name of a folder inside the project")
        for key in ("seeds", "topics", "docs", "build")
    }
    for key, (holds, rule) in checks.items():
        if not holds:
            raise ProjectError(f"plugins: briefing: {key}: {rule}, not {values[key]!r}", place)
    if "languages" in values:
        values["languages"] = tuple(values["languages"])
    if "event" in values:
        values["event"] = str(values["event"])
    found = Settings(root=root, site_url=site_url, **values)
    titles = {
        code: title if n == 0 else _site_name(root / f"mkdocs.{code}.yml", title)
        for n, code in enumerate(found.languages)
    }
    return replace(found, titles=titles)


def _site_name(path: Path, default: str) -> str:
    return str(
        (_config(path) if path.is_file() and (path.parent / CONFIG_FILE).is_file() else {}).get("site_name") or default
    )


def load_settings(root: Path) -> Settings:
    """Read the settings of the project in `root` from its `mkdocs.yml`, defaults where there is none.

    Raises:
        ProjectError: The file is broken YAML, or a setting is not as it must be.
    """
    path = root / CONFIG_FILE
    config = _config(path) if path.is_file() else {}
    plugins = config.get("plugins") or []
    if isinstance(plugins, list):
        plugins = dict(pair for one in plugins for pair in (one.items() if isinstance(one, dict) else [(str(one), {})]))
    if not isinstance(plugins, dict):
        raise ProjectError(f"plugins: must be a list, not {plugins!r}", Place(CONFIG_FILE))
    options = plugins.get("briefing") or {}
    if not isinstance(options, dict):
        raise ProjectError(f"plugins: briefing: must be settings, not {options!r}", Place(CONFIG_FILE))
    return settings_from(
        options,
        root,
        str(config.get("site_name") or _UNTITLED),
        str(config.get("site_url") or ""),
    )


def site_address(path: Path) -> str:
    """Where a configuration says that its site is published, or empty.

    `mkdocs serve` puts its own address into the configuration that it hands to plugins; what is committed must not
    hold that one.

    Raises:
        ProjectError: The file is broken YAML.
    """
    return str(_config(path).get("site_url") or "")


def _config(path: Path) -> dict[str, Any]:
    """An MkDocs configuration, with what it inherits.

    MkDocs itself lets tags such as `!!python/object/apply` run code, which is for those who build a site. Here the file
    may be of a branch under review, so a tag that a plain YAML reader does not know is a value that nobody knows.
    """
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415 - loads MkDocs only where it is needed
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load  # noqa: PLC0415
    from yaml import SafeLoader, YAMLError  # noqa: PLC0415

    loader = get_yaml_loader(SafeLoader)
    loader.add_constructor(None, lambda _, __: None)
    try:
        with path.open(encoding="utf-8") as stream:
            found = yaml_load(stream, loader) or {}
    except (YAMLError, ConfigurationError) as error:
        cause = error.__cause__ or error.__context__ or error
        mark = getattr(cause, "problem_mark", None)
        what = getattr(cause, "problem", None) or fold(str(error))
        raise ProjectError(f"broken YAML: {what}", Place(path.name, mark.line + 1 if mark else 0)) from None
    except RecursionError:
        raise ProjectError("nested without end; an INHERIT must not lead back here", Place(path.name)) from None
    if not isinstance(found, dict):
        raise ProjectError("must hold settings, as `site_name: …` is one", Place(path.name))
    return found


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_languages(value: object) -> bool:
    return (
        isinstance(value, (list, tuple))
        and bool(value)
        and len(set(map(str, value))) == len(value)
        and all(isinstance(code, str) and len(code) == 2 and code.isalpha() and code.islower() for code in value)  # noqa: PLR2004
    )


def _is_inside(value: object) -> bool:
    return (
        isinstance(value, str)
        and bool(value.strip())
        and not Path(value).is_absolute()
        and ".." not in Path(value).parts
        and Path(value) != Path()
    )


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True
