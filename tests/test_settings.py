"""The plugin's settings: defaults, checks, and the nearest name for a slip."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from briefing.errors import ProjectError
from briefing.settings import Settings, load_settings, settings_from


def test_no_setting_is_needed(tmp_path: Path) -> None:
    """A folder without `mkdocs.yml` has every default."""
    assert load_settings(tmp_path) == Settings(tmp_path, titles={"en": "Briefing", "de": "Briefing"})


@pytest.mark.parametrize(
    "plugins", ["[search, briefing]", "[search, {briefing: {}}]", "{search: {}, briefing: {}}", "[]"]
)
def test_every_way_to_name_the_plugin(plugins: str, tmp_path: Path) -> None:
    """MkDocs lets plugins be named in a list or a mapping, with options or without."""
    (tmp_path / "mkdocs.yml").write_text(f"site_name: X\nplugins: {plugins}\n")
    assert load_settings(tmp_path).titles == {"en": "X", "de": "X"}


def test_titles_in_each_language(tmp_path: Path) -> None:
    """Each language's own configuration names the site, the first one's where it does not."""
    (tmp_path / "mkdocs.yml").write_text("site_name: X\nplugins:\n  - briefing: {languages: [en, de, fr]}\n")
    (tmp_path / "mkdocs.de.yml").write_text("INHERIT: mkdocs.yml\nsite_name: Y\n")
    assert load_settings(tmp_path).titles == {"en": "X", "de": "Y", "fr": "X"}


def test_values_are_taken_over(tmp_path: Path) -> None:
    """Numbers, texts and dates, also a date that YAML has read as one."""
    options = {"event": dt.date(2024, 6, 18), "quotation_limit": 0.25, "source_text": "quotes", "seeds": "a/b"}
    found = settings_from(options, tmp_path, "X", "https://example.org/")
    assert (found.event, found.quotation_limit, found.source_text, found.seeds) == ("2024-06-18", 0.25, "quotes", "a/b")
    assert found.site_url == "https://example.org/"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"langauges": ["en"]}, "“langauges” is no known setting of the plugin “briefing”; did you mean “languages”?"),
        ({"languages": []}, "languages: must be a list of two-letter language codes"),
        ({"languages": "en"}, "languages: must be"),
        ({"languages": ["en", "en"]}, "languages: must be"),
        ({"languages": ["../x"]}, "languages: must be"),
        ({"languages": ["EN"]}, "languages: must be"),
        ({"source_text": "all"}, "source_text: must be passages, quotes or full, not 'all'"),
        ({"quotation_limit": 1.5}, "quotation_limit: must be a share from 0 to 1"),
        ({"quotation_limit": True}, "quotation_limit: must be"),
        ({"automatic_share": "much"}, "automatic_share: must be"),
        ({"size_limit": 0}, "size_limit: must be a number of bytes"),
        ({"event": "19 June"}, "event: must be a date such as 2024-06-19"),
        ({"event": "2024-02-30"}, "event: must be a date"),
        ({"keep_going": "yes"}, "keep_going: must be true or false"),
        ({"seeds": "../up"}, "seeds: must be the name of a folder inside the project"),
        ({"docs": "/etc"}, "docs: must be"),
        ({"build": "."}, "build: must be"),
        ({"topics": ""}, "topics: must be"),
    ],
)
def test_what_is_refused(options: dict[str, object], message: str, tmp_path: Path) -> None:
    """Each wrong value is named with the rule it breaks."""
    with pytest.raises(ProjectError) as error:
        settings_from(options, tmp_path)
    assert str(error.value).startswith("mkdocs.yml: ")
    assert message in str(error.value)


def test_broken_configuration_is_placed(tmp_path: Path) -> None:
    """Broken YAML in `mkdocs.yml` gives its line."""
    (tmp_path / "mkdocs.yml").write_text("site_name: X\nplugins: [briefing\n")
    with pytest.raises(ProjectError, match=r"mkdocs\.yml:3: broken YAML"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("plugins: briefing", "plugins: must be a list"),
        ("plugins: [{briefing: 3}]", "plugins: briefing: must be settings, not 3"),
        ("- site_name", "must hold settings"),
        ("INHERIT: mkdocs.yml", "must not lead back here"),
    ],
)
def test_configurations_of_the_wrong_shape_are_refused(text: str, message: str, tmp_path: Path) -> None:
    """YAML that is good, and no configuration, is named; found by mutating a project at random."""
    (tmp_path / "mkdocs.yml").write_text(text)
    with pytest.raises(ProjectError, match=r"^mkdocs\.yml: ") as error:
        load_settings(tmp_path)
    assert message in str(error.value)
