"""The pages build with Zensical too, MkDocs' successor, which runs no plugin: so they are complete as they are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

CHECKS = ("unresolved_footnotes", "unused_footnotes", "shadowed_footnotes", "invalid_links", "invalid_link_anchors")


@pytest.fixture(scope="module")
def project(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed pages as the build has just refreshed them, with Zensical's own checks switched on."""
    folder = tmp_path_factory.mktemp("zensical")
    shutil.copytree(built_site.parent / "docs", folder / "docs")
    for path in sorted(built_site.parent.glob("mkdocs*.yml")):
        settings = yaml.safe_load(path.read_text("utf-8"))
        settings["validation"] = dict.fromkeys(CHECKS, True)
        (folder / path.name).write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    return folder


def zensical(project: Path, config: str) -> subprocess.CompletedProcess[str]:
    """Build as a person would, every warning an error."""
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "--config-file", config]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("config", "root"), [("mkdocs.yml", "site"), ("mkdocs.de.yml", "site/de")])
def test_every_page_builds_with_its_footnotes(project: Path, config: str, root: str) -> None:
    """No note is missing, unused or defined twice, and each page has as many marks as with MkDocs."""
    done = zensical(project, config)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = sorted((project / root).glob("topics/*/index.html"))
    assert pages
    for page in pages:
        soup = BeautifulSoup(page.read_text("utf-8"), "lxml")
        assert soup.select("a.footnote-ref"), page
        assert {mark["href"][1:] for mark in soup.select("a.footnote-ref")} == {
            note["id"] for note in soup.select(".footnote li")
        }


def test_its_check_of_footnotes_is_on(project: Path) -> None:
    """A mark without a note stops the build: otherwise the test above would prove nothing."""
    page = project / "docs/en/method.md"
    before = page.read_text("utf-8")
    page.write_text(f"{before}\nA mark[^without-a-note].\n", "utf-8")
    try:
        assert zensical(project, "mkdocs.yml").returncode != 0
    finally:
        page.write_text(before, "utf-8")
