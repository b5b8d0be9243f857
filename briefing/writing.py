"""Files, each written whole or not at all, and only where their bytes changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import BriefingError
from briefing.model import Place


@dataclass(frozen=True, slots=True)
class Written:
    """What a writing changed: paths below the folder, sorted."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]


def outdated(folder: Path, pages: Mapping[str, str], owned: tuple[str, ...]) -> Written:
    """What `write` would change, without changing anything.

    Args:
        folder: Where the pages belong.
        pages: The text of every file by its path below `folder`.
        owned: Subfolders that hold nothing but pages; files there that `pages` does not name are removed.
    """
    changed = tuple(path for path, text in sorted(pages.items()) if not _reads(folder / path, text.encode()))
    present = {
        path.relative_to(folder).as_posix()
        for name in owned
        if (folder / name).is_dir()
        for path in sorted((folder / name).rglob("*"))
        if path.is_file() or path.is_symlink()
    }
    return Written(changed, tuple(sorted(present - set(pages))))


def write(folder: Path, pages: Mapping[str, str], owned: tuple[str, ...]) -> Written:
    """Make `folder` hold exactly `pages`.

    Every file is written beside its place and moved there in one step, so a build that is killed leaves each file as it
    was or as it should be, and an unchanged file keeps its date.

    Raises:
        BriefingError: The file system refuses.
    """
    written = outdated(folder, pages, owned)
    try:
        for path in written.changed:
            _replace(folder / path, pages[path].encode())
        for path in written.removed:
            (folder / path).unlink()
            for parent in (folder / path).parents:
                if parent == folder or any(parent.iterdir()):
                    break
                parent.rmdir()
    except OSError as error:
        raise BriefingError(f"cannot be written: {error.strerror}", Place(str(error.filename or folder))) from None
    return written


def _reads(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)  # noqa: PTH101 - mkstemp makes it private; pages are public
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        os.unlink(temporary)  # noqa: PTH108
        raise
