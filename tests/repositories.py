"""Git repositories with a small project, for tests about revisions and history."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from projects import make_project


def git(folder: Path, *words: str, **environment: str) -> str:
    """What `git` answers in this folder, as somebody of no settings of their own."""
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, changes: Mapping[str, str | bytes | None] | None = None, day: str = "2031-03-12") -> str:
    """Commit the project with `changes` to its files on that day at noon in UTC; answers with the commit's id."""
    make_changes(folder, changes or {})
    git(folder, "add", "--all", "--force", ".")
    when = f"{day}T12:00:00+00:00"
    git(
        folder,
        "commit",
        "--quiet",
        "--allow-empty",
        "--message",
        "A change",
        GIT_AUTHOR_DATE=when,
        GIT_COMMITTER_DATE=when,
    )
    return git(folder, "rev-parse", "HEAD")


def make_changes(folder: Path, changes: Mapping[str, str | bytes | None]) -> None:
    """Write these files; None removes one."""
    for name, content in changes.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def make_repository(folder: Path, below: str = "", changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """A repository on the branch `main` whose one commit holds the small project, perhaps below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    project = make_project(folder / below, changes)
    commit(project)
    return project
