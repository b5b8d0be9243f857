"""A build that starts from what earlier builds found gives what a fresh one gives, to the byte."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from clusters import cluster
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import CONFIG, FERRY, FILES, make_project, tree

from briefing.errors import ProjectError
from briefing.pipeline import check_project, publish
from briefing.project import load_project
from briefing.running import Execution
from briefing.settings import load_settings

EVENTS = ("tanker", "strike", "flood")
TEXTS = tuple(one.source.text for name in EVENTS for one in cluster(name).sources)
TOPICS = {"topics/overview.yml": "title: {en: Overview, de: Überblick}\n"}
PROJECT = {
    "mkdocs.yml": CONFIG.replace("[en, de]", "[en, de], automatic_share: 0.3, keep_going: true"),
    "topics/ferry.yml": None,
    "seeds/ferry.txt": None,
    "seeds/faehre.txt": None,
    "seeds/first.txt": FERRY,
    **TOPICS,
}


def build(project: Path, *, cache: bool = True) -> dict[str, bytes]:
    """Build a project in this process; the files of `docs/` and the cleaned sources."""
    publish(load_project(load_settings(project)), Execution(jobs=1, cache=cache, quiet=True))
    cleaned = {f"sources/{path}": content for path, content in tree(project / "build" / "sources").items()}
    return tree(project / "docs") | cleaned


def build_fresh(project: Path, folder: Path) -> dict[str, bytes]:
    """The same from nothing but what people wrote."""
    for name in ("seeds", "topics"):
        shutil.copytree(project / name, folder / name)
    for path in project.glob("mkdocs*.yml"):
        shutil.copy(path, folder)
    for language in ("en", "de"):
        (folder / "docs" / language).mkdir(parents=True)
        (folder / "docs" / language / ".keep").touch()
    return build(folder, cache=False)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "e"]),
        st.sampled_from(["write", "write", "append", "remove", "touch", "swap"]),
        st.integers(0, len(TEXTS) - 1),
    ),
    min_size=1,
    max_size=4,
)


def apply(project: Path, name: str, verb: str, number: int) -> None:
    """Change one source of a project."""
    path = project / "seeds" / f"{name}.txt"
    if verb == "write" or not path.exists():
        path.write_text(TEXTS[number], "utf-8")
    elif verb == "append":
        path.write_text(path.read_text("utf-8") + "\n\nThe harbour authority confirmed this on Wednesday.\n", "utf-8")
    elif verb == "remove":
        path.unlink()
    elif verb == "touch":
        path.touch()
    else:  # of the same size, as an editor saves it
        text = path.read_text("utf-8")
        path.write_text(text.replace("e", "a", 1).replace("a", "e", 1) if number % 2 else text.swapcase(), "utf-8")


TERMS = ("[harbour, fire, ferry]", "[authority]", "[flood, union, fire, water]")


@settings(max_examples=12)
@given(STEPS, st.lists(st.sampled_from(TERMS), max_size=3))
def test_what_is_kept_changes_nothing(steps: list[tuple[str, str, int]], terms: list[str]) -> None:
    """However sources and the terms of topics come, change and go, each build writes what a fresh one writes."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder, "project"), PROJECT)
        topic = project / "topics" / "harbour.yml"
        build(project)
        for number, step in enumerate(steps):
            apply(project, *step)
            if terms:
                topic.write_text(
                    f"title: {{en: The fire, de: Das Feuer}}\nterms: {{en: {terms[number % len(terms)]}}}\n"
                )
            assert build(project) == build_fresh(project, Path(folder, f"fresh-{number}"))


@pytest.mark.parametrize("change", ["title", "statement", "limit"])
def test_what_people_write_reaches_every_page(tmp_path: Path, change: str) -> None:
    """A topic's title, a statement and the setting of what is shown reach pages of sources that did not change."""
    project = make_project(tmp_path / "project")
    build(project)
    topic = (project / "topics" / "ferry.yml").read_text("utf-8")
    changes: dict[str, dict[str, str | bytes | None]] = {
        "title": {"topics/ferry.yml": topic.replace("The ferry", "The crossing")},
        "statement": {"topics/ferry.yml": topic.replace("sail between", "run between")},
        "limit": {"mkdocs.yml": CONFIG.replace("[en, de]", "[en, de], source_text: quotes")},
    }
    make_project(project, changes[change])
    before = tree(project / "docs")
    after = build(project)
    assert after == build_fresh(project, tmp_path / "fresh")
    assert before["en/sources/ferry.md"] != after["en/sources/ferry.md"]


def test_a_page_that_somebody_changed_is_written_anew(tmp_path: Path) -> None:
    """What was written is not believed to lie there still: an edited page is restored, and a removed one."""
    project = make_project(tmp_path)
    expected = build(project)
    build(project)
    page = project / "docs" / "en" / "sources" / "ferry.md"
    page.write_text(page.read_text("utf-8").upper(), "utf-8")
    (project / "docs" / "de" / "sources" / "ferry.md").unlink()
    (project / "build" / "sources" / "faehre.md").write_text("mine", "utf-8")
    assert build(project) == expected


def test_a_source_is_read_again_whose_date_was_set_back(tmp_path: Path) -> None:
    """A file that was written since is noticed by more than its size and date; so is what a link leads to."""
    project = make_project(tmp_path / "project", PROJECT)
    path, outside = project / "seeds" / "first.txt", project / "seeds" / "outside"
    (project / "seeds" / "link.txt").symlink_to(outside)
    outside.write_text(TEXTS[0], "utf-8")
    build(project)
    time.sleep(0.05)
    build(project)
    for number, file in enumerate((path, outside)):
        state, text = file.stat(), file.read_text("utf-8")
        file.write_text(text.replace("e", "a", 1).replace("a", "e", 1), "utf-8")
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
        assert build(project) == build_fresh(project, tmp_path / f"fresh-{number}")


KEPT = (
    *("verdicts", "compounds", "echoes", "pairs", "claims", "corroboration", "statements", "topics"),
    *("stamps-docs", "stamps-sources", "stamps-seeds-5000000", "pieces-en-coverage.md", "pieces-data-briefing.json"),
)
ASKED_FOR_SELDOM = {"verdicts", "compounds", "echoes", "pairs", "claims"}
"""What is kept of comparing sources: asked for only where they were never compared like this."""
ASKED_FOR_BY_PAGES = {"pieces-en-coverage.md", "pieces-data-briefing.json"}
"""Pieces of pages: asked for only where these are written."""

EDITS = (
    ("topics/ferry.yml", "Ferries are to sail", "Ferries sail"),
    ("topics/ferry.yml", "from 4 May", "from 5 May"),
    ("topics/ferry.yml", "will reopen on 4 May", "will reopen on 4 June"),
    ("topics/ferry.yml", "statements:\n", "# The editor explains.\nstatements:\n"),
    ("topics/ferry.yml", "    key: true\n", '    key: true\n    allow: {date: "A misprint."}\n'),
    ("topics/ferry.yml", "from 4 May.", "after the line between Halden and Morvik will reopen on 4 May."),
    ("topics/ferry.yml", "status: stated", "status: denied"),
    ("seeds/faehre.txt", "nimmt am 4. Mai den", "nimmt am 5. Mai den"),
    ("seeds/ferry.txt", "on 4 May", "on 5 May"),
)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.booleans()), min_size=1, max_size=6))
def test_what_was_proved_is_no_excuse(edits: list[tuple[tuple[str, str, str], bool]]) -> None:
    """However statements and sources are edited, each check finds what a fresh one finds, on the same lines."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_project(Path(folder))
        for (path, old, new), forth in edits:
            text = (root / path).read_text("utf-8")
            (root / path).write_text(text.replace(old, new, 1) if forth else text.replace(new, old, 1), "utf-8")
            try:
                project = load_project(load_settings(root))
            except ProjectError:  # two lines `allow` are none
                continue
            found = [
                check_project(project, Execution(jobs=1, cache=cache, quiet=True)) for cache in (True, True, False)
            ]
            assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("damage", [b"", b"briefing cache 2\n", b"nonsense" * 100])
def test_a_damaged_memory_is_as_none(tmp_path: Path, name: str, damage: bytes) -> None:
    """What stages keep across sources is ignored where it was cut or overwritten, and replaced."""
    sources: dict[str, str | bytes | None] = {f"seeds/{n}.txt": text for n, text in enumerate(TEXTS[:3])}
    statements: dict[str, str | bytes | None] = {
        path: FILES[path] for path in ("topics/ferry.yml", "seeds/ferry.txt", "seeds/faehre.txt")
    }
    project = make_project(tmp_path, {**PROJECT, **statements, **sources})
    expected = build(project)
    build(project)
    kept = project / "build" / "cache" / name
    sound = kept.read_bytes()
    kept.write_bytes(damage)
    if name in ASKED_FOR_SELDOM:
        kept.with_name("corroboration").unlink()
    if name in ASKED_FOR_BY_PAGES:
        kept.with_name("stamps-docs").unlink()
    assert build(project) == expected
    assert len(kept.read_bytes()) == len(sound)


def test_a_shelved_source_that_is_damaged_is_read_again(tmp_path: Path) -> None:
    """Wherever a bit of a source's entry flips, the pages are the same, and the entry is whole again."""
    project = make_project(tmp_path)
    expected = build(project)
    for path in sorted((project / "build" / "cache").glob("??/*")):
        whole = path.read_bytes()
        for place in (3, 20, 60, 400, len(whole) // 2, len(whole) - 9):
            flipped = bytearray(whole)
            flipped[place] ^= 1
            path.write_bytes(flipped)
            shutil.rmtree(project / "docs" / "en" / "topics")
            shutil.rmtree(project / "docs" / "en" / "sources")
            assert build(project) == expected
            path.write_bytes(whole)


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Where a file stands in the place of the cache, everything is kept in memory."""
    project = make_project(tmp_path)
    expected = build(project)
    shutil.rmtree(project / "build" / "cache")
    (project / "build" / "cache").write_text("no folder")
    assert build(project) == expected
