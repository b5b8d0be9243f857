"""The README is true: its example of a statement passes its own check, its settings are settings."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml
from browser import ROOT
from projects import run

from briefing.settings import settings_from

README = (ROOT / "README.md").read_text("utf-8")


def examples(of: str) -> list[str]:
    """The fenced examples in a language."""
    return re.findall(rf"```{of}\n(.*?)```", README, re.DOTALL)


def test_the_example_of_a_statement_is_proved(tmp_path: Path) -> None:
    """Pasted into this project under a new name, the statement passes the check."""
    for folder in ("seeds", "topics"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for path in ROOT.glob("mkdocs*.yml"):
        shutil.copy(path, tmp_path)
    (example,) = [text for text in examples("yaml") if text.startswith("statements:")]
    with (tmp_path / "topics" / "treaty-terms.yml").open("a", encoding="utf-8") as topic:
        topic.write(example.removeprefix("statements:\n").replace("id: ", "id: readme-"))
    done = run(tmp_path, "check")
    assert done.returncode == 0, done.stderr


def test_the_settings_it_names_are_settings() -> None:
    """Every setting of the example is accepted with the value it has there."""
    (example,) = [text for text in examples("yaml") if text.startswith("plugins:")]
    (plugin,) = yaml.safe_load(example)["plugins"]
    settings = settings_from(plugin["briefing"], ROOT)
    assert settings.event == "2024-06-18"
    assert settings.quotation_limit == 0.4


def test_the_files_it_names_are_there() -> None:
    """Every file and folder that the README names exists, or is made by a build."""
    named = set(re.findall(r"`((?:[\w.]+/)*[\w.]+(?:\.md|\.yml|\.txt|/))`", README))
    made = {"site/", "build/sources/"}
    assert {
        name for name in named - made if not (ROOT / name).exists() and not (ROOT / "seeds" / name).exists()
    } == set()
