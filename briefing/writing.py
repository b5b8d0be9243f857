"""Files, written so that a build killed at any moment leaves the old folder or the new one, never a mixture.

The new folder is made beside the old one: changed files are written there, unchanged ones linked into it, and then
the two change names in one step of the kernel (`renameat2` with `RENAME_EXCHANGE` on Linux, `renamex_np` with
`RENAME_SWAP` on macOS). The old one stays in the workshop, for most of its links will do for the next build.
Where neither exists the old folder is moved away and the new one into its place: two steps,
between which the folder is absent, but never mixed. Nothing at all is touched when nothing changed, so `mkdocs serve`
does not wake.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import BriefingError
from briefing.model import Place

_AT_CURRENT_FOLDER = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2) and RENAME_SWAP of renamex_np(2) happen to be the same number
_MANY = 500
"""Changed pages from which the likeness is mended at once, so that a first build spares the next one 80 ms."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a writing changed: paths below the folder, sorted."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changed or self.removed)


def outdated(folder: Path, pages: Mapping[str, str], owned: tuple[str, ...]) -> Written:
    """What `write` would change, without changing anything.

    Args:
        folder: Where the pages belong.
        pages: The text of every file by its path below `folder`.
        owned: Subfolders that hold nothing but pages; files there that `pages` does not name are removed. Empty
            for all of `folder`.
    """
    return Written(tuple(_changed(folder, pages, ())), _superfluous(folder, pages, owned))


def _changed(folder: Path, pages: Mapping[str, str], untouched: Container[str]) -> dict[str, bytes]:
    """The pages that differ from what lies there, sorted by path."""
    asked = ((path, pages[path].encode()) for path in sorted(pages) if path not in untouched)
    return {path: content for path, content in asked if not _reads(folder / path, content)}


def _superfluous(folder: Path, pages: Mapping[str, str], owned: tuple[str, ...]) -> tuple[str, ...]:
    """Files that lie where only pages belong and are none, sorted."""
    present = {
        path
        for name in owned or ("",)
        if (folder / name).is_dir() and not (folder / name).is_symlink()
        for path in _files(os.fspath(folder), f"{name}/" if name else "")
    }
    return tuple(sorted(present - set(pages)))


def _files(folder: str, below: str) -> Iterator[str]:
    """Everything in a part of a folder that is no folder itself, by its path; links are not followed."""
    with os.scandir(f"{folder}/{below}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(folder, f"{below}{entry.name}/")
            else:
                yield below + entry.name


def write(
    folder: Path, pages: Mapping[str, str], owned: tuple[str, ...], workshop: Path, untouched: Container[str] = ()
) -> Written:
    """Make `folder` hold exactly `pages`, in one step.

    Args:
        folder: Where the pages belong.
        pages: The text of every file by its path below `folder`.
        owned: Subfolders that hold nothing but pages, empty for all of `folder`; anything else in `folder` stays.
        workshop: A folder on the same file system in which the new state is made.
        untouched: Paths that are known to hold what `pages` has for them, which is then not asked for.

    Returns:
        What changed; nothing was touched if nothing did.

    Raises:
        BriefingError: The file system refuses; `folder` is as it was.
    """
    with _refusals(folder):
        changed = _changed(folder, pages, untouched)
        written = Written(tuple(changed), _superfluous(folder, pages, owned))
        if not written:
            return written
        workshop.mkdir(parents=True, exist_ok=True)
        for left in workshop.glob(f"{folder.name}.new-*"):  # of a build that was killed; the caller holds the lock
            shutil.rmtree(left, ignore_errors=True)
        if _is_one_page(folder, written):  # which takes a step of its own, without linking the others
            _write_page(folder, written.changed[0], changed[written.changed[0]], workshop)
            return written
        made = _likeness(folder, workshop / f"{folder.name}.before")
        for path in written.removed:
            _remove(made, path)
        for path, content in changed.items():
            _make_way(made, path)
            _write_whole(made / path, content)
        _exchange(made, folder)
        if len(changed) > _MANY:
            with contextlib.suppress(OSError):  # the pages stand; the next build mends what is missing here
                _likeness(folder, made)
    return written


def _is_one_page(folder: Path, written: Written) -> bool:
    """Whether nothing changes but what one file holds, which lies in plain folders."""
    if len(written.changed) != 1 or written.removed:
        return False
    page = folder / written.changed[0]
    return page.is_file() and not any(
        one.is_symlink() for one in (page, *page.parents) if one == folder or folder in one.parents
    )


def write_file(path: Path, content: bytes) -> None:
    """Write one file whole or not at all.

    Raises:
        BriefingError: The file system refuses; the file is as it was.
    """
    with _refusals(path):
        _write_whole(path, content)


@contextlib.contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; nothing was changed"
        raise BriefingError(message, Place(str(error.filename or path))) from None


def _reads(path: Path, content: bytes) -> bool:
    try:
        return not path.is_symlink() and path.read_bytes() == content
    except OSError:
        return False


def _write_page(folder: Path, path: str, content: bytes, workshop: Path) -> None:
    """Write one page in its place, by way of the workshop: whoever looks into its folder sees nothing else."""
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=workshop))
    try:
        _write_whole(made / "page", content)
        (made / "page").replace(folder / path)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _likeness(folder: Path, made: Path) -> Path:
    """A folder beside another that holds the same files: what the build before left there, mended, or a new one."""
    if made.is_symlink() or made.is_file():
        made.unlink()
    elif made.is_dir() and not folder.is_dir():
        shutil.rmtree(made)
    if not made.is_dir():
        made.mkdir()
        made.chmod(0o755)  # pages are public
    if folder.is_dir():
        _liken(os.fspath(folder), os.fspath(made))
    return made


def _liken(folder: str, made: str) -> None:
    """Make one folder hold what another holds, out of links; what it holds already stays.

    Of 3,000 pages that takes 10 ms, to link all of them 80.
    """
    with os.scandir(made) as entries:
        left = {entry.name: entry for entry in entries}
    with os.scandir(folder) as entries:
        for entry in entries:
            target, known = f"{made}/{entry.name}", left.pop(entry.name, None)
            is_folder = entry.is_dir(follow_symlinks=False)
            is_known = known is not None and _is_like(entry, known)
            if known and not is_known:
                _discard(known)
            if is_folder:
                if not is_known:
                    os.mkdir(target)  # noqa: PTH102 - thousands of paths are not made for this
                _liken(entry.path, target)
                shutil.copystat(entry.path, target)
            elif entry.is_symlink():
                os.symlink(os.readlink(entry.path), target)  # noqa: PTH115, PTH211 - likewise
            elif not is_known:
                link(entry.path, target)
    for entry in left.values():
        _discard(entry)


def _is_like(one: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    """Whether both are folders, or one file under two names."""
    if one.is_symlink() or other.is_symlink():
        return False
    if one.is_dir() or other.is_dir():
        return one.is_dir() and other.is_dir()
    return os.path.samestat(one.stat(), other.stat())


def _discard(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    else:
        os.unlink(entry.path)  # noqa: PTH108 - as above


def link(source: str, target: str) -> str:
    """Link a file that stays as it is, so that it keeps its date and costs nothing; copy it where links are unknown.

    Returns:
        `target`, as `shutil.copytree` wants of its `copy_function`.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _remove(folder: Path, path: str) -> None:
    (folder / path).unlink()
    for parent in (folder / path).parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()


def _make_way(folder: Path, path: str) -> None:
    """Remove a file that stands where a folder must be, and a folder that stands where the page must be."""
    for parent in (folder / path).parents:
        if parent == folder:
            break
        if parent.is_symlink() or parent.is_file():
            parent.unlink()
    if (folder / path).is_dir() and not (folder / path).is_symlink():
        shutil.rmtree(folder / path)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _exchange(made: Path, folder: Path) -> None:
    """Let `made` and `folder` change names; `made` is then the old folder, or gone where there was none."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)
    elif not _exchanged_by_kernel(os.fsencode(made), os.fsencode(folder)):
        aside = made.with_name(f"{folder.name}.new-aside")
        folder.rename(aside)
        made.rename(folder)
        aside.rename(made)


def _exchanged_by_kernel(one: bytes, other: bytes) -> bool:
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform.startswith("linux") and hasattr(libc, "renameat2"):
        status: int = libc.renameat2(_AT_CURRENT_FOLDER, one, _AT_CURRENT_FOLDER, other, _EXCHANGE)  # type: ignore[union-attr]
        return status == 0
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        status = libc.renamex_np(one, other, _EXCHANGE)  # type: ignore[union-attr]
        return status == 0
    return False
