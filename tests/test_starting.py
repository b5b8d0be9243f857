"""A new project: it is whole, it is valid, and articles make a site of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from clusters import FOLDER

from briefing.cli import main
from briefing.errors import ProjectError, SourceError
from briefing.pipeline import build_briefing
from briefing.project import load_project
from briefing.settings import load_settings
from briefing.starting import start


def put_articles(folder: Path, name: str) -> None:
    """Write the articles of an invented event into a project, as files a person would save."""
    _, *articles = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n== ")
    for article in articles:
        head, _, body = article.partition("\n")
        slug, _, published, _, _, title = (part.strip() for part in head.split("|"))
        sentences = [line.partition(" {")[0] for line in body.splitlines()]
        paragraphs = " ".join(line or "\n\n" for line in sentences)
        (folder / "seeds" / f"{slug}.txt").write_text(f"{title}\n\n{published}\n\n{paragraphs}\n", "utf-8")


def test_a_new_project_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the files it made and the next step."""
    assert main(["new", str(tmp_path / "harbour-strike")]) == 0
    printed = capsys.readouterr().out
    assert "mkdocs.yml" in printed
    assert "mkdocs build" in printed


def test_a_project_without_articles_has_one_message(tmp_path: Path) -> None:
    """Before an article is there, the build says what is missing, and nothing else is wrong."""
    start(tmp_path / "new")
    project = load_project(load_settings(tmp_path / "new"))
    assert [topic.id for topic in project.topics] == ["overview"]
    with pytest.raises(SourceError, match="no sources here"):
        build_briefing(project)


@pytest.mark.parametrize("languages", [("en", "de"), ("de", "en"), ("de",), ("en",)])
def test_articles_make_a_briefing(tmp_path: Path, languages: tuple[str, ...]) -> None:
    """With articles and no word written, the overview has statements, key ones among them, in every language."""
    start(tmp_path / "new", languages=languages)
    put_articles(tmp_path / "new", "tanker")
    briefing = build_briefing(load_project(load_settings(tmp_path / "new"))).briefing
    assert briefing.languages == languages
    statements = briefing.topics[0].statements
    assert len(statements) >= 4
    assert statements[0].key
    assert set(statements[0].text) == set(languages)


def test_a_new_project_builds_with_mkdocs(tmp_path: Path) -> None:
    """`mkdocs build --strict` makes the site, each language with its own pages."""
    start(tmp_path / "new")
    put_articles(tmp_path / "new", "strike")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    ran = subprocess.run(command, cwd=tmp_path / "new", capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    for page in ("topics/overview/index.html", "de/topics/overview/index.html"):
        assert "Calder Lines" in (tmp_path / "new" / "site" / page).read_text("utf-8")


@pytest.mark.parametrize("title", ['Say "no": a: b', "@language@", "Straße – ’90", "- x", "{a}"])
def test_any_title(tmp_path: Path, title: str) -> None:
    """Whatever a title holds, the settings read it back as it was."""
    start(tmp_path / "new", title)
    assert load_settings(tmp_path / "new").titles == {"en": title, "de": title}


def test_the_title_is_the_folder_s(tmp_path: Path) -> None:
    """A project that is given no title is called as its folder."""
    start(tmp_path / "harbour-strike")
    assert load_settings(tmp_path / "harbour-strike").titles["en"] == "Harbour strike"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder that holds something, and a file, are left alone."""
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    for folder in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(ProjectError, match="not empty"):
            start(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("languages", [("en", "xx"), ("en", "en"), ()])
def test_languages_are_checked(tmp_path: Path, languages: tuple[str, ...]) -> None:
    """A language without labels, one that is named twice, and none at all are refused before anything is written."""
    with pytest.raises(ProjectError):
        start(tmp_path / "new", languages=languages)
    assert not (tmp_path / "new").exists()


def test_the_commented_example_is_a_topic(tmp_path: Path) -> None:
    """Without its comment marks, the example in `topics/` is read, and only its evidence is missing."""
    start(tmp_path / "new")
    example = tmp_path / "new" / "topics" / "example.yml"
    lines = example.read_text("utf-8").splitlines()[2:]
    example.write_text("\n".join(line.removeprefix("# ") for line in lines), "utf-8")
    project = load_project(load_settings(tmp_path / "new"))
    assert [topic.id for topic in project.topics] == ["overview", "example"]
    assert project.topics[1].statements[0].id == "signed"
