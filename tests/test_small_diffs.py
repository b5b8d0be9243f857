"""What a reviewer reads stays small: a change touches only the lines that it bears on."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest
from browser import copy_project
from projects import FERRY, tree

from briefing.pipeline import publish
from briefing.project import load_project
from briefing.running import Execution
from briefing.settings import load_settings

LISTS = {"index.md", "whole.md", "coverage.md", "sources/index.md"}
"""The pages that count or list every source."""


def published(project: Path) -> dict[str, list[str]]:
    """The committed pages, written anew, by path."""
    publish(load_project(load_settings(project)), Execution(jobs=1))
    return {path: content.decode().splitlines() for path, content in tree(project / "docs").items()}


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    """Lines that went and lines that came, for each page that was there and is another one now."""
    counts = {}
    for path in sorted(set(before) & set(after)):
        if path.endswith(".md") and before[path] != after[path]:
            lines = list(difflib.unified_diff(before[path], after[path], n=0, lineterm=""))[2:]
            counts[path] = (sum(line.startswith("-") for line in lines), sum(line.startswith("+") for line in lines))
    return counts


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's briefing, its pages written."""
    folder = copy_project(tmp_path_factory.mktemp("built") / "project")
    published(folder)
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """The same for one test, with what was cached."""
    return Path(shutil.copytree(built, tmp_path / "project"))


def test_a_source_that_nothing_cites_changes_only_the_lists(project: Path) -> None:
    """It gets a page of its own in each language; the topics and the other sources' pages stay byte for byte.

    Its name sorts between the others, so it would show if anything were numbered through.
    """
    before = published(project)
    (project / "seeds/0015_ferry.txt").write_text(FERRY, "utf-8")
    after = published(project)
    counts = changed(before, after)
    new = {path for path in set(after) - set(before) if path.endswith(".md")}
    assert new == {"en/sources/0015-ferry.md", "de/sources/0015-ferry.md"}
    assert {path.partition("/")[2] for path in counts} <= LISTS
    assert sum(map(sum, counts.values())) <= 24, counts  # measured: 20 lines of 8 pages, in both languages together


def test_one_more_piece_of_evidence_changes_its_statement(project: Path) -> None:
    """The statement with its footnote wherever it stands, and the page of the source: nothing else gets other words."""
    source = next(one for one in load_project(load_settings(project)).topics[0].statements[0].evidence)
    quoted = f"{FERRY}\nThe editor of the ferry news quotes a sentence: {source.exact}.\n"
    (project / "seeds/0015_ferry.txt").write_text(quoted, "utf-8")
    before = published(project)
    topic = project / source.place.file
    lines = topic.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.strip() == "evidence:")
    indent = " " * (len(lines[at]) - len(lines[at].lstrip()) + 2)
    lines.insert(
        at + 1, f'{indent}- 0015-ferry: {{quote: "{source.exact}", en: "{source.translation.get("en", "x")}"}}\n'
    )
    topic.write_text("".join(lines), "utf-8")
    counts = changed(before, published(project))
    own = f"topics/{topic.stem}.md"
    assert {f"en/{own}", "en/sources/0015-ferry.md"} <= set(counts)
    assert not [path for path in counts if path.partition("/")[2].startswith("topics/") and not path.endswith(own)]
    assert sum(counts[f"en/{own}"]) <= 24, counts  # measured: 10
