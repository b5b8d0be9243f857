"""The files around the package keep their promises: pinned, private, and the same checks everywhere."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from browser import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock: str) -> dict[str, str]:
    """Every requirement of a lock file, with its marker, and its version."""
    text = (ROOT / lock).read_text("utf-8")
    return {
        f"{name}{marker}": version
        for name, version, marker in re.findall(r"^([\w.-]+)==([^\s;]+)( ; .+)? \\$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_pinned_with_hashes_and_names_no_registry(lock: str) -> None:
    """A lock file pins every requirement by hash and says nothing of where packages come from."""
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all(re.match(r"[\w.-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|index-url|find-links|@ file", text)


def test_both_lock_files_agree() -> None:
    """What runs is tested: the developers' lock file pins the same versions, and more."""
    run_time = pins("requirements.lock")
    assert run_time.items() <= pins("requirements-dev.lock").items()


def names(requirements: list[str]) -> set[str]:
    """The names of requirements as a lock file writes them."""
    return {re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace(".", "-") for requirement in requirements}


def test_every_dependency_is_in_the_lock_file() -> None:
    """A dependency added without `make lock` is noticed, a developer's too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [entry for group in project["dependency-groups"].values() for entry in group if isinstance(entry, str)]
    locked = {lock: {name.split(" ;")[0] for name in pins(lock)} for lock in LOCKS}
    assert names(project["project"]["dependencies"]) <= locked["requirements.lock"]
    assert names(groups) <= locked["requirements-dev.lock"]


# Asked for by name on the command line, and installed by who has such a cluster.
OPTIONAL = {"distributed", "ray"}


def test_every_import_is_declared() -> None:
    """What the package imports stands among its dependencies, and does not come along by chance."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "briefing").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    roots = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - OPTIONAL - {"briefing"}
    distributions = packages_distributions()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    imported = names([distributions.get(root, [root])[0].replace("_", "-") for root in roots])
    assert imported <= names(project["dependencies"])


def test_the_workflow_names_actions_by_commit_and_asks_for_little() -> None:
    """Actions are pinned by commit with the release beside it; no secret is read; only publishing may write."""
    text = (ROOT / ".github" / "workflows" / "site.yml").read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", action) for action in used)
    assert "secrets." not in text
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    writing = [name for name, job in workflow["jobs"].items() if "write" in job["permissions"].values()]
    assert writing == ["publish"]


def test_commits_are_checked_by_the_commands_of_make_lint() -> None:
    """Each hook is a command of `make lint`; none is downloaded."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert lint is not None
    commands = [re.sub(r"\$\(BIN\)/", ".venv/bin/", line.strip()) for line in lint[1].splitlines()]
    for hook in hooks[0]["hooks"]:
        entry = hook["entry"].removesuffix(" --force-exclude")
        assert any(command.startswith(entry) for command in commands), entry


def test_help_lists_every_target_that_people_call() -> None:
    """`make` alone says what there is."""
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("site", "serve", "test", "lint", "bench", "fuzz", "audit", "sbom", "help"):
        assert re.search(rf"^make {target} +\S", shown, re.MULTILINE), target


def test_without_a_browser_and_rights_one_line_says_what_to_install(tmp_path: Path) -> None:
    """On a machine without Chromium where nothing may be installed, the command fails with one clear line."""
    for name, body in (("id", "echo 1000"), ("env", None), ("bash", None)):
        if body is None:
            (tmp_path / name).symlink_to(shutil.which(name) or "")
        else:
            (tmp_path / name).write_text(f"#!{shutil.which('bash')}\n{body}\n")
            (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        [ROOT / ".ci" / "chromium"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(r".*install Chromium.*\n", done.stderr)
