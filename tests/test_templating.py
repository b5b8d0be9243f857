"""Compiled templates are kept beside compiled modules, and used only where they were made of just this template."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from briefing.rendering.templating import environment


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python keeps what it compiled, whatever the environment of the tests says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def kept(folder: Path) -> dict[str, bytes]:
    """The compiled templates in a folder."""
    return {path.name: path.read_bytes() for path in sorted((folder / "__pycache__").glob("*"))}


def macro(folder: Path) -> str:
    """What a macro of the templates gives, by an environment of its own."""
    module = environment(folder).get_template("_parts.md.j2").module
    return str(module.head("A *title*", "what it is"))  # type: ignore[attr-defined]


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    """The second environment finds what the first made, and gives the same."""
    first = macro(tmp_path)
    assert "A &#42;title&#42;" in first
    (name, content), *others = kept(tmp_path).items()
    assert name.startswith("_parts.md.")
    assert name.endswith(".pyc")
    assert not others
    assert macro(tmp_path) == first
    assert kept(tmp_path) == {name: content}


@pytest.mark.parametrize("cut", [0, 3, 40, 70, 90, -1])
def test_what_was_made_of_something_else_is_made_anew(tmp_path: Path, cut: int) -> None:
    """A file that is cut, or in which a bit of what it was made of or of itself is another, is ignored and replaced."""
    first = macro(tmp_path)
    ((name, content),) = kept(tmp_path).items()
    for damaged in (content[:cut], content[:cut] + bytes([content[cut] ^ 1]) + content[cut:][1:]):
        (tmp_path / "__pycache__" / name).write_bytes(damaged)
        assert macro(tmp_path) == first
        assert kept(tmp_path) == {name: content}


@pytest.mark.parametrize("is_told", [True, False])
def test_where_none_may_be_kept_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_told: bool) -> None:
    """Python was told to keep no compiled modules, or the folder is none: templates are compiled all the same."""
    if is_told:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        (tmp_path / "__pycache__").write_text("a file")
    assert "title" in macro(tmp_path)
    assert is_told == (not (tmp_path / "__pycache__").exists())
