"""Same inputs, same bytes: whatever the locale, the time zone, the order of files or the number of jobs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import FERRY, make_project, run, tree

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pages of the small project, built once in the plainest way."""
    project = make_project(tmp_path_factory.mktemp("expected"))
    assert run(project, "build", "--jobs", "1", "--no-cache").returncode == 0
    return tree(project / "docs")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Anchorage"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"SOURCE_DATE_EPOCH": "1"},
    ],
    ids=lambda environment: " ".join(f"{key}={value}" for key, value in environment.items()),
)
def test_the_environment_changes_nothing(
    environment: dict[str, str], tmp_path: Path, expected: dict[str, bytes]
) -> None:
    """Hash seed, locale, time zone and clock do not reach the pages."""
    project = make_project(tmp_path)
    assert run(project, "build", "--no-cache", **environment).returncode == 0
    assert tree(project / "docs") == expected


def test_the_number_of_jobs_changes_nothing(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """Two processes write what one writes, and so does the cache they fill."""
    project = make_project(tmp_path)
    assert run(project, "build", "--jobs", "2").returncode == 0
    assert tree(project / "docs") == expected
    shutil.rmtree(project / "docs" / "en" / "topics")
    assert run(project, "build").returncode == 0
    assert tree(project / "docs") == expected


def test_the_order_and_dates_of_files_change_nothing(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """Files made in another order, with other dates, give the same pages."""
    project = make_project(tmp_path)
    for path in sorted((project / "seeds").iterdir(), reverse=True):
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
        os.utime(path, (86_400, 86_400))
    assert run(project, "build").returncode == 0
    assert tree(project / "docs") == expected


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    """Built again, with and without the cache, not one file is written."""
    project = make_project(tmp_path)
    run(project, "build")
    assert "0 files written, 0 removed" in run(project, "build").stdout
    assert "0 files written, 0 removed" in run(project, "build", "--no-cache").stdout


def test_only_the_changed_source_is_read_again(tmp_path: Path) -> None:
    """After one source changed, the entries of the others in the cache stay as they were."""
    project = make_project(tmp_path)
    run(project, "build")
    before = {path: path.stat().st_mtime_ns for path in (project / "build" / "cache").glob("*/*")}
    make_project(project, {"seeds/ferry.txt": FERRY + "\nThe mayor of Morvik said on Wednesday that he was glad.\n"})
    run(project, "build")
    after = {path: path.stat().st_mtime_ns for path in (project / "build" / "cache").glob("*/*")}
    assert len(after) == len(before) == 2
    assert len(after.items() & before.items()) == 1


def test_the_committed_pages_are_those_of_the_sources() -> None:
    """`docs/` of this repository is what its sources and topics give, byte for byte."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "build", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
