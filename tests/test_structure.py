"""The package is built as ARCHITECTURE.md says: one direction, no rings, nothing about one event."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import briefing
from briefing.project import load_project
from briefing.settings import load_settings

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "briefing"
STAGES = {
    "annotation",
    "composition",
    "corroboration",
    "exports",
    "extraction",
    "reading",
    "rendering",
    "segmentation",
    "sources",
    "topics",
    "verification",
    "writing",
}
DOORS = {"annotation": {"verification"}}
"""Verification reads our own sentences as annotation reads a source's, and may enter by its door."""


@cache
def imports() -> dict[str, set[str]]:
    """For each module of the package the modules of the package it names, wherever in the file."""
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    modules = {name.removesuffix(".__init__"): path for name, path in modules.items()}
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        tree = ast.parse(path.read_text("utf-8"))
        named = set(_imported(tree))
        found[name] = {
            target
            for module, attribute in named
            for target in [f"{module}.{attribute}" if f"{module}.{attribute}" in modules else module]
            if target in modules and target != name
        }
    return found


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("briefing"):
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.startswith("briefing"))


def test_there_is_no_ring_of_imports() -> None:
    """No module reaches itself by following imports, those inside functions and for types included."""
    graph = imports()
    for start in graph:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            module = todo.pop()
            assert module != start, f"{start} imports itself by way of {sorted(seen)}"
            if module not in seen:
                seen.add(module)
                todo += graph[module]


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_stages_do_not_import_one_another(stage: str) -> None:
    """A stage knows the model and its own data; only the pipeline knows the stages."""
    for module, targets in imports().items():
        if module.split(".")[1:2] != [stage]:
            continue
        others = {target.split(".")[1] for target in targets if "." in target} & STAGES - {stage}
        assert {other for other in others if stage not in DOORS.get(other, set())} == set(), module


def test_the_model_imports_no_sibling() -> None:
    """`model.py` is the ground floor."""
    assert imports()["briefing.model"] == set()


def test_the_package_exports_what_it_documents() -> None:
    """Every public name of the package is described in its docstring."""
    assert briefing.__doc__ is not None
    assert [name for name in briefing.__all__ if f"`{name}`" not in briefing.__doc__] == []


def test_nothing_about_this_event_stands_in_the_package() -> None:
    """No person of the sources at hand, and no slug or topic of this project, is named in code, data or templates."""
    project = load_project(load_settings(ROOT))
    persons = {form for name in project.names if name.kind == "person" for form in name.name.values()}
    slugs = {entry.slug for entry in project.entries.values() if entry.slug and "-" in entry.slug}
    topics = {topic.id for topic in project.topics if "-" in topic.id}
    wanted = sorted(
        {form for word in persons | slugs | topics for form in (word.lower(), word.lower().replace(" ", "-"))}
    )
    files = [
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".toml", ".tsv", ".j2", ".md", ".json", ".js", ".css"}
    ]
    found = [(path.name, word) for path in files for word in wanted if word in path.read_text("utf-8").lower()]
    assert found == []
