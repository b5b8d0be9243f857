"""Files are written whole or not at all, and only where they changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import BriefingError
from briefing.writing import outdated, write

LANGUAGES = ("en", "de")


def texts(folder: Path) -> dict[str, str]:
    """Every file below a folder, with its text."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder of two pages and a file that a person put beside them."""
    folder = tmp_path / "docs"
    write(folder, {"en/index.md": "one\n", "en/topics/a.md": "a\n"}, LANGUAGES, tmp_path / "build")
    (folder / "CNAME").write_text("example.org\n")
    return folder


def test_pages_are_written_removed_and_left_alone(docs: Path) -> None:
    """Afterwards the folder holds the new pages, no old ones, and whatever else a person put there."""
    written = write(docs, {"en/index.md": "two\n", "de/index.md": "zwei\n"}, LANGUAGES, docs.parent / "build")
    assert texts(docs) == {"en/index.md": "two\n", "de/index.md": "zwei\n", "CNAME": "example.org\n"}
    assert written.changed == ("de/index.md", "en/index.md")
    assert written.removed == ("en/topics/a.md",)
    assert not (docs / "en" / "topics").exists()


def test_what_did_not_change_is_not_touched(docs: Path) -> None:
    """An unchanged page keeps its date, and a build that changes nothing touches nothing at all."""
    os.utime(docs / "en" / "index.md", (1, 1))
    before = docs.stat().st_ino
    assert not write(docs, {"en/index.md": "one\n", "en/topics/a.md": "a\n"}, LANGUAGES, docs.parent / "build")
    assert docs.stat().st_ino == before
    write(docs, {"en/index.md": "one\n", "en/topics/a.md": "b\n"}, LANGUAGES, docs.parent / "build")
    assert (docs / "en" / "index.md").stat().st_mtime == 1


def test_one_page_changes_in_its_place(docs: Path) -> None:
    """Where one page alone changes the folder stays the same, and nothing is left in it or in the workshop."""
    before = docs.stat().st_ino
    written = write(docs, {"en/index.md": "one\n", "en/topics/a.md": "b\n"}, LANGUAGES, docs.parent / "build")
    assert written.changed == ("en/topics/a.md",)
    assert texts(docs) == {"en/index.md": "one\n", "en/topics/a.md": "b\n", "CNAME": "example.org\n"}
    assert docs.stat().st_ino == before
    assert (docs / "en" / "topics" / "a.md").stat().st_mode & 0o777 == 0o644
    assert not list((docs.parent / "build").iterdir())


def test_looking_changes_nothing(docs: Path) -> None:
    """`outdated` names what would change and leaves it as it is."""
    before = texts(docs)
    assert outdated(docs, {"en/index.md": "two\n"}, LANGUAGES).removed == ("en/topics/a.md",)
    assert texts(docs) == before


def test_a_link_is_replaced_not_followed(docs: Path, tmp_path: Path) -> None:
    """A page that somebody made a link to another file does not overwrite that file."""
    outside = tmp_path / "outside.md"
    outside.write_text("mine\n")
    (docs / "en" / "index.md").unlink()
    (docs / "en" / "index.md").symlink_to(outside)
    write(docs, {"en/index.md": "page\n"}, LANGUAGES, tmp_path / "build")
    assert outside.read_text() == "mine\n"
    assert not (docs / "en" / "index.md").is_symlink()


def test_a_folder_where_a_page_belongs_gives_way(docs: Path, tmp_path: Path) -> None:
    """A folder named like a page, and a page named like a folder, are replaced."""
    pages = {"en/index.md/page.md": "inner\n", "en/topics": "a file\n"}
    write(docs, pages, LANGUAGES, tmp_path / "build")
    assert texts(docs) == pages | {"CNAME": "example.org\n"}


def test_a_refusal_of_the_file_system_changes_nothing(docs: Path, tmp_path: Path) -> None:
    """A full or read-only disk gives one clear message, and the pages are as they were."""
    before = texts(docs)
    (tmp_path / "blocked").write_text("a file where the workshop must be")
    with pytest.raises(BriefingError, match="cannot be written"):
        write(docs, {"en/index.md": "two\n"}, LANGUAGES, tmp_path / "blocked")
    assert texts(docs) == before


PATHS = ("en/a.md", "en/b.md", "en/topics/a.md", "en/topics", "de/a.md")
PAGES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from("xyz"), min_size=1).filter(
    lambda pages: not {"en/topics", "en/topics/a.md"} <= pages.keys()
)


@settings(max_examples=60)
@given(st.lists(st.tuples(PAGES, st.sampled_from(["", *PATHS])), min_size=2, max_size=6))
def test_what_an_earlier_build_left_is_no_part_of_a_later_one(builds: list[tuple[dict[str, str], str]]) -> None:
    """However pages come and go, and whoever edits one in between, the folder holds the pages of the last build."""
    with tempfile.TemporaryDirectory() as folder:
        docs, workshop = Path(folder, "docs"), Path(folder, "build")
        for pages, edited in builds:
            write(docs, pages, LANGUAGES, workshop)
            assert texts(docs) == pages
            if (docs / edited).is_file():
                (docs / edited).write_text("edited")


def test_nothing_outside_is_touched_by_way_of_the_workshop(docs: Path, tmp_path: Path) -> None:
    """A folder that the workshop should not hold, or that leads elsewhere, is thrown away, and not followed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.md").write_text("mine\n")
    before = tmp_path / "build" / "docs.before"
    before.symlink_to(outside)
    write(docs, {"en/index.md": "two\n", "de/index.md": "zwei\n"}, LANGUAGES, tmp_path / "build")
    assert texts(docs) == {"en/index.md": "two\n", "de/index.md": "zwei\n", "CNAME": "example.org\n"}
    (before / "de").symlink_to(outside)
    (before / "left.md").write_text("left")
    write(docs, {"en/index.md": "three\n", "de/index.md": "drei\n"}, LANGUAGES, tmp_path / "build")
    assert texts(docs) == {"en/index.md": "three\n", "de/index.md": "drei\n", "CNAME": "example.org\n"}
    assert texts(outside) == {"index.md": "mine\n"}


REWRITE = """
import sys
from pathlib import Path
from briefing.writing import write
folder, n = Path(sys.argv[1]), 0
while True:
    n += 1
    print(n, flush=True)
    write(folder, {f"en/{page}.md": f"{n} {'x' * 2000}\\n" for page in range(40)}, ("en",), folder.parent / "build")
"""


def test_a_killed_build_leaves_the_old_pages_or_the_new_ones(tmp_path: Path) -> None:
    """Killed at fifty moments, a build that rewrites forty pages never leaves a mixture of two builds."""
    docs = tmp_path / "docs"
    mixtures, rewritten = [], set()
    for moment in range(50):
        process = subprocess.Popen([sys.executable, "-c", REWRITE, str(docs)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(1 + moment % 4):  # so that on a busy machine, too, it is killed while it writes
            process.stdout.readline()
        time.sleep(moment * 0.0007)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        builds = {text.split()[0] for text in texts(docs).values()} if docs.exists() else set()
        if len(builds) > 1 or (builds and len(texts(docs)) != 40):
            mixtures.append(sorted(builds))
        rewritten |= builds
    assert mixtures == []
    assert len(rewritten) > 1, "the builds were killed before they wrote anything"
