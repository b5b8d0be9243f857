"""What is made of the package's files is kept beside its modules, and used only where it was made of just these."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from briefing import compiled, dictionary, lexicon


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python keeps what it compiled, whatever the environment of the tests says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(compiled, "_BEGUN", time.time() + 60)  # whatever was edited while the tests run


def kept(folder: Path) -> Path:
    """The one file in a folder's `__pycache__`."""
    (path,) = (folder / "__pycache__").iterdir()
    return path


def test_what_is_kept_is_recalled(tmp_path: Path) -> None:
    """By its name and by what it was made of; the last that was kept stands."""
    assert compiled.recall("a.txt", b"one", tmp_path) is None
    compiled.keep("a.txt", b"one", b"made", tmp_path)
    assert compiled.recall("a.txt", b"one", tmp_path) == b"made"
    assert compiled.recall("a.txt", b"other", tmp_path) is None
    assert compiled.recall("b.txt", b"one", tmp_path) is None
    compiled.keep("a.txt", b"other", b"", tmp_path)
    assert compiled.recall("a.txt", b"other", tmp_path) == b""


def test_no_damage_is_read(tmp_path: Path) -> None:
    """A file that is cut anywhere, or of which one bit is another, is as if it were not there."""
    compiled.keep("a.txt", b"one", b"made", tmp_path)
    content = kept(tmp_path).read_bytes()
    for place in range(len(content)):
        for damaged in (content[:place], content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]):
            kept(tmp_path).write_bytes(damaged)
            assert compiled.recall("a.txt", b"one", tmp_path) is None


def test_what_is_large_can_be_recalled_without_reading_it(tmp_path: Path) -> None:
    """Only what it was made of is looked at; a file that is cut there, or empty, is as if it were not there."""
    assert compiled.recall_piecewise("a.txt", b"one", tmp_path) is None
    compiled.keep("a.txt", b"one", b"made", tmp_path)
    found = compiled.recall_piecewise("a.txt", b"one", tmp_path)
    assert found is not None
    assert bytes(found) == b"made"
    assert compiled.recall_piecewise("a.txt", b"other", tmp_path) is None
    content = kept(tmp_path).read_bytes()
    for size in (20, 0):
        path = kept(tmp_path)
        path.unlink()  # what was recalled still looks at the old file
        path.write_bytes(content[:size])
        assert compiled.recall_piecewise("a.txt", b"one", tmp_path) is None


@pytest.mark.parametrize("is_told", [True, False])
def test_where_none_may_be_kept_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_told: bool) -> None:
    """Python was told to keep no compiled modules, or the folder is none: that is no error."""
    if is_told:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        (tmp_path / "__pycache__").write_text("a file")
    compiled.keep("a.txt", b"one", b"made", tmp_path)
    assert compiled.recall("a.txt", b"one", tmp_path) is None


@pytest.mark.parametrize("language", lexicon.languages())
def test_kept_and_made_tables_are_the_same(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table of a language, in the order of its keys, and the words of its dictionary."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    for name in sorted(lexicon.ANALYSIS):
        made, recalled = (lexicon.table.__wrapped__(language, name) for _ in range(2))
        assert repr(made) == repr(recalled)
    assert len(list(tmp_path.rglob(f"lexicon._checked-{language}-*"))) == len(lexicon.ANALYSIS)
    made, recalled = (dictionary.open_dictionary(language) for _ in range(2))
    assert made.get("Berlin") == recalled.get("Berlin")
    assert len(list(tmp_path.rglob(f"dictionary-{language}*"))) == 1


def test_a_table_is_made_once_a_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each of its words, until a file of the package changes; a word that names no file is never kept."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    state = [b"before"]
    monkeypatch.setattr(compiled, "_package", lambda: state[0])
    asked = []

    def letters(word: str) -> dict[str, tuple[int, ...]]:
        asked.append(word)
        return {letter: tuple(n for n, one in enumerate(word) if one == letter) for letter in word}

    def fresh(word: str) -> dict[str, tuple[int, ...]]:
        return compiled.kept(letters)(word)

    assert [fresh("anna"), fresh("anna")] == [{"a": (0, 3), "n": (1, 2)}] * 2
    assert list(fresh("otto")) == ["o", "t"]
    assert asked == ["anna", "otto"]
    state[0] = b"after"
    assert fresh("anna") == {"a": (0, 3), "n": (1, 2)}
    assert fresh("../anna") == fresh("../anna")
    assert asked == ["anna", "otto", "anna", "../anna", "../anna"]


def test_the_package_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code, word lists and templates at any depth, in order; neither what Python compiled nor the theme."""
    for name in ("b.py", "a/c.toml", "a/__pycache__/c.json", "theme/d.json", "a/e.index"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(compiled, "FOLDER", tmp_path)
    files = compiled.package_files.__wrapped__()
    assert list(files) == ["a/c.toml", "b.py"]
    (tmp_path / "b.py").write_text("changed")
    changed = compiled.package_files.__wrapped__()
    assert files["a/c.toml"] == changed["a/c.toml"]
    assert files["b.py"] != changed["b.py"]


def test_nothing_is_kept_by_a_process_that_was_overtaken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever edits the package while it runs must not find later what the old code made of the new files."""
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "package")
    monkeypatch.setattr(compiled, "_package", lambda: b"a state")
    monkeypatch.setattr(compiled, "package_files", lambda: {"a.py": b""})
    monkeypatch.setattr(compiled, "_BEGUN", 1_000_000.0)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    edited = tmp_path / "package" / "a.py"
    edited.parent.mkdir()

    def length(word: str) -> int:
        return len(word)

    def is_kept(word: str) -> bool:
        assert compiled.kept(length)(word) == len(word)
        return bool(list((tmp_path / "kept").rglob(f"*{word}*")))

    for word, age in (("before", -1), ("behind", 1)):
        edited.write_text("edited")
        os.utime(edited, (1_000_000 + age, 1_000_000 + age))
        assert is_kept(word) == (age < 0)
    edited.unlink()
    assert not is_kept("gone")
