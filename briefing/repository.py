"""What git knows of a project: its commits, and the files of any of them, read without touching the work tree.

Only git's plumbing is used, whose output no configuration of the user changes: objects come from one `git cat-file
--batch` as the bytes that were committed, so that neither attributes (`export-ignore`, `ident`, `eol`) nor line-end
settings show another file than the one under review. Nothing is fetched: an object that a partial clone lacks is as if
it were not there.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from briefing.errors import BriefingError

_TREE_MODE = b"40000"
_FILE_MODES = frozenset({b"100644", b"100755", b"100664"})
"""Of plain files; a submodule (160000) is no file of a project."""
_LINK_MODE = b"120000"
_DEEPEST = 40
"""Levels of folders that are followed in a commit."""
_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit: its path below the project's folder, with forward slashes, and the id of its content."""

    path: str
    id: str
    is_link: bool = False
    """Its content is where a symbolic link leads to."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and its time."""

    id: str
    """Hexadecimal."""
    time: int
    """Of its commit, in seconds since 1970 in UTC, so that it is the same in every time zone."""


class Objects:
    """The objects of a repository, read one after the other from a single `git cat-file --batch`."""

    def __init__(self, process: subprocess.Popen[bytes], prefix: str) -> None:
        self._process = process
        self._prefix = prefix

    def content(self, name: str) -> tuple[str, str, bytes] | None:
        """Id, type and bytes of the object called `name`; None if there is none."""
        if "\n" in name or "\0" in name:
            return None
        asked, answers = self._pipes()
        asked.write(f"{name}\n".encode("utf-8", "surrogateescape"))
        asked.flush()
        head = answers.readline().split()
        if len(head) != 3 or not head[2].isdigit():  # noqa: PLR2004 - `<id> <type> <size>`; else `<name> missing`
            return None
        body = answers.read(int(head[2]))
        answers.read(1)
        return head[0].decode(), head[1].decode(), body

    def folder(self, commit: str, folder: str = "") -> str | None:
        """The id of a folder in a commit, the same as long as nothing in it changes; None if there is none."""
        found = self._folder(commit, folder)
        return found[0] if found else None

    def _folder(self, commit: str, folder: str) -> tuple[str, str, bytes] | None:
        whole = "/".join(part for part in (self._prefix.rstrip("/"), folder.strip("/")) if part)
        found = self.content(f"{commit}:{whole}")
        return found if found and found[1] == "tree" else None

    def files(self, commit: str, folder: str = "") -> Iterator[Blob]:
        """The files and links of a commit in a folder of the project, all the way down, in git's order."""
        found = self._folder(commit, folder)
        if found:
            yield from self._walk(found, f"{folder.strip('/')}/" if folder else "", 0)

    def _walk(self, tree: tuple[str, str, bytes], path: str, depth: int) -> Iterator[Blob]:
        for mode, name, key in _entries(tree[2], len(tree[0]) // 2):
            if name in {"", ".", "..", ".git"} or "/" in name or "\\" in name or "\0" in name:
                continue  # git refuses such names, but a crafted repository may hold them
            if mode == _TREE_MODE and depth < _DEEPEST:
                inner = self.content(key)
                if inner and inner[1] == "tree":
                    yield from self._walk(inner, f"{path}{name}/", depth + 1)
            elif mode in _FILE_MODES or mode == _LINK_MODE:
                yield Blob(f"{path}{name}", key, mode == _LINK_MODE)

    def blob(self, key: str) -> bytes:
        """The bytes of a file by its id; empty if the repository lacks it."""
        found = self.content(key)
        return found[2] if found and found[1] == "blob" else b""

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:  # pragma: no cover - they were asked for when it was started
            raise BriefingError("git gives no answer")
        return asked, answers


def _entries(tree: bytes, width: int) -> Iterator[tuple[bytes, str, str]]:
    """Mode, name and id of each entry of a tree object: `<mode> SP <name> NUL <id>`, without separators."""
    at = 0
    while at < len(tree):
        space = tree.index(b" ", at)
        end = tree.index(b"\0", space)
        name = tree[space + 1 : end].decode("utf-8", "surrogateescape")
        yield tree[at:space], name, tree[end + 1 : end + 1 + width].hex()
        at = end + 1 + width


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that holds a project."""

    root: Path
    """The project's folder."""
    prefix: str
    """The way from the top of the repository to the project: empty, or ending with a slash."""

    def commit(self, revision: str) -> str | None:
        """The id of the commit called `revision` (a branch, a tag, `HEAD~3`, an id); None if there is none."""
        if not revision or revision.startswith("-"):
            return None
        found = self._asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return found if found and _COMMIT.fullmatch(found) else None

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest common ancestor of two commits; None if they have none."""
        found = self._asked("merge-base", one, other)
        return found if found and _COMMIT.fullmatch(found) else None

    def branch(self) -> str | None:
        """The branch of the work tree; None where it is on none."""
        return self._asked("symbolic-ref", "--quiet", "--short", "HEAD")

    def is_shallow(self) -> bool:
        """Whether the repository was cloned without its whole history."""
        return self._asked("rev-parse", "--is-shallow-repository") != "false"

    def touching(self, *folders: str) -> tuple[Commit, ...]:
        """The commits on the way to `HEAD` that changed one of these folders of the project, oldest first.

        Only first parents are followed: what a branch went through before it was merged was never published.
        """
        listed = self._asked("rev-list", "--first-parent", "--timestamp", "--reverse", "HEAD", "--", *folders) or ""
        pairs = (line.split() for line in listed.splitlines())
        return tuple(Commit(key, int(time)) for time, key in pairs)

    @contextmanager
    def objects(self) -> Iterator[Objects]:
        """The repository's objects, for as long as the context lasts."""
        command = ["git", "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603 - fixed words
            command, cwd=self.root, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            yield Objects(process, self.prefix)

    def _asked(self, *words: str) -> str | None:
        return _git(self.root, *words)


def repository(root: Path) -> Repository | None:
    """The repository in whose work tree the folder `root` lies; None if there is none, or git is not installed."""
    prefix = _git(root, "rev-parse", "--show-prefix")
    return None if prefix is None else Repository(root, prefix)


def _git(folder: Path, *words: str) -> str | None:
    """What git answers, without the last line's end; None where it refuses, or is not there."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell; revisions are checked by the callers
            ["git", *words],  # noqa: S607 - whichever git the maintainer uses
            cwd=folder, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
    except OSError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n") if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    """The environment for git: its words in English, no replaced objects, no fetching, no lock of the index."""
    settings = {
        "LC_ALL": "C",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
    }
    # A hook runs with GIT_DIR and GIT_INDEX_FILE set, which would lead away from the project's own repository.
    kept = {
        key: value for key, value in os.environ.items() if key not in {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}
    }
    return kept | settings
