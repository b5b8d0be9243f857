"""A revision of a project → the briefing it gives, built aside; the work tree is only read."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from briefing.errors import BriefingError
from briefing.pipeline import Built, draft_briefing
from briefing.project import Project, load_project
from briefing.repository import Objects, Repository, repository
from briefing.running import Execution
from briefing.settings import Settings, load_settings

MAIN_BRANCHES = ("origin/main", "main", "origin/master", "master")
"""Where a change is going to, the first that there is; the server's comes first, a local one may be months behind."""
_SETTINGS = (".yml", ".yaml")
WORK_TREE = "the work tree"


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of the project, and the briefing it gives."""

    name: str
    """As it was asked for, such as `main`; or `the work tree`."""
    commit: str | None
    """Its id; None for the work tree."""
    built: Built | None
    """None where there is nothing, or it cannot be built."""
    problem: str = ""
    """Why it cannot be built: one finding a line; empty where it can, or where there is nothing yet."""


@contextlib.contextmanager
def both_revisions(root: Path, asked: str | None, execution: Execution) -> Iterator[tuple[Revision, Revision]]:
    """Build the two states that are to be compared; while the context lasts, their passages can be opened.

    Args:
        root: The project's folder.
        asked: `REV` to compare it with the work tree, `REV..REV` for two commits; None for the merge base of `HEAD`
            with the main branch, or, on that branch itself, for `HEAD`.
        execution: How to read the sources.

    Raises:
        BriefingError: The folder is in no git repository, or it knows no such revision.
    """
    found = repository(root)
    if found is None:
        raise BriefingError(f"{root.resolve().name} is in no git repository, so there is nothing to compare with")
    with found.objects() as objects, contextlib.ExitStack() as folders:

        def committed(name: str, commit: str) -> Revision:
            folder = Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="briefing-")))
            return _committed(found, objects, Revision(name, commit, None), folder, execution)

        if asked and ".." in asked:
            old, _, new = asked.replace("...", "..").partition("..")
            newer = _named(found, new or "HEAD")
            older = _named(found, old or "HEAD")
            if "..." in asked and (base := found.merge_base(older[1], newer[1])):
                older = (f"where {newer[0]} left {older[0]}", base)
            yield committed(*older), committed(*newer)
        else:
            name, commit = _named(found, asked) if asked else _default(found)
            yield committed(name, commit), work_tree(root, execution)


def work_tree(root: Path, execution: Execution) -> Revision:
    """The project as it lies in its folder, uncommitted changes and new files included."""
    return _revision(WORK_TREE, None, root, execution)


def aside(name: str, project: Callable[[], Project], own: Path, execution: Execution) -> Revision:
    """A state that somebody made in a folder of its own.

    Args:
        name: What to call it.
        project: Loads it; what it raises is told as the reason why it does not build.
        own: The folder of the project it was made from, whose cache serves it too.
        execution: How to read the sources.
    """
    try:
        loaded = project()
        _share_cache(own, loaded.settings)
        return Revision(name, None, draft_briefing(loaded, execution))
    except BriefingError as error:
        return Revision(name, None, None, str(error))


def _default(found: Repository) -> tuple[str, str]:
    head = found.commit("HEAD")
    if head is None:
        raise BriefingError("the repository has no commit yet, so there is nothing to compare with")
    branch = found.branch()
    for main in MAIN_BRANCHES:
        tip = found.commit(main)
        if tip is None:
            continue
        if branch in {"main", "master"} or tip == head:
            break  # on the main branch itself: what is not committed yet
        base = found.merge_base(head, tip)
        if base is not None:
            return (main if base == tip else f"where this branch left {main}"), base
    else:
        if found.is_shallow():
            raise BriefingError(
                "this clone is shallow, so it is not known where the branch began; run `git fetch --unshallow origin`, "
                "or name the revision to compare with"
            )
    return "HEAD", head


def _named(found: Repository, asked: str) -> tuple[str, str]:
    commit = found.commit(asked)
    if commit is None:
        hint = " (this clone is shallow: fetch its history first)" if found.is_shallow() else ""
        raise BriefingError(f"git knows no revision “{asked}”{hint}")
    return asked, commit


def _committed(found: Repository, objects: Objects, absent: Revision, folder: Path, execution: Execution) -> Revision:
    """The revision as it lies in an empty folder; `absent` where there is nothing of it."""
    for blob in objects.files(cast("str", absent.commit)):
        if blob.path.endswith(_SETTINGS) and not blob.is_link:
            _write(folder / blob.path, objects.blob(blob.id), folder)
    try:
        settings = load_settings(folder)
    except BriefingError as error:
        return replace(absent, problem=str(error))
    parts = (settings.seeds, settings.topics)
    blobs = [blob for part in parts for blob in objects.files(cast("str", absent.commit), part)]
    if not blobs:
        return absent
    for blob in sorted(blobs, key=lambda blob: blob.is_link):  # links last, so that no file is written through one
        _write(folder / blob.path, objects.blob(blob.id), folder, is_link=blob.is_link)
    _share_cache(found.root, settings)
    return _revision(absent.name, absent.commit, folder, execution)


def _write(path: Path, content: bytes, top: Path, *, is_link: bool = False) -> None:
    """Write a file; or a link as it is, since `reading` refuses one that leads out, here as in the work tree."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_link:
        path.write_bytes(content)
    elif not path.is_symlink() and not path.exists() and path.parent.resolve().is_relative_to(top.resolve()):
        path.symlink_to(os.fsdecode(content))


def _share_cache(root: Path, settings: Settings) -> None:
    """What was read before need not be read again: the copy gets the cache of the project, as links it may remove.

    Entries are replaced, never written into, so nothing the copy does reaches the project's own.
    """
    own = root / settings.build / "cache"
    if own.is_dir():
        with contextlib.suppress(OSError, shutil.Error):  # without a cache it is slower, not wrong
            shutil.copytree(own, settings.root / settings.build / "cache", copy_function=_link, dirs_exist_ok=True)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return target


def _revision(name: str, commit: str | None, root: Path, execution: Execution) -> Revision:
    try:
        return Revision(name, commit, draft_briefing(load_project(load_settings(root)), execution))
    except BriefingError as error:
        return Revision(name, commit, None, str(error))
