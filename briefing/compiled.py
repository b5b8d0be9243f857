"""What takes long to make of the package's own files, made once a machine instead of once a build.

It is kept where Python keeps compiled modules (`__pycache__`), under the same trust: whoever can write there can write
the modules themselves. Nothing that a project's folder holds is ever kept here, and nothing of here is read from one.
Each file tells what it was made of and has a checksum, so that an old or a torn one is as if it were not there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache, wraps
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

Words = ParamSpec("Words")
Table = TypeVar("Table")

FOLDER = Path(__file__).parent
"""The package's; its modules lie here."""
_DIGEST = hashlib.sha256().digest_size
_BEGUN = time.time()
"""When this module was imported, before the files of the package were read."""
_READ = (".py", ".toml", ".tsv", ".json", ".j2", ".md")
"""Endings of the files from which anything is made."""
_UNREAD = frozenset({"__pycache__", "theme"})
"""Folders of which nothing is made; the theme goes to the site as it is."""


@cache
def package_files() -> Mapping[str, bytes]:
    """The SHA-256 of each file of the package that bears on what it makes: by its path in the package, in order."""
    found = {}
    for folder, below, names in os.walk(FOLDER):
        below[:] = [name for name in below if name not in _UNREAD]
        inside = folder[len(str(FOLDER)) + 1 :].replace(os.sep, "/")
        for name in names:
            if name.endswith(_READ):
                with open(f"{folder}/{name}", "rb") as stream:  # noqa: PTH123 - half the time of `Path`, 180 times
                    found[f"{inside}/{name}" if inside else name] = hashlib.sha256(stream.read()).digest()
    return dict(sorted(found.items()))


@cache
def _package() -> bytes:
    """What tells this state of the package, and of babel, whose words it takes over, from any other."""
    parts = [f"{name}\0".encode() + digest for name, digest in package_files().items()]
    babel = importlib.util.find_spec("babel")  # not imported: the file that it begins with names its version
    if babel and babel.origin:
        parts.append(Path(babel.origin).read_bytes())
    return hashlib.sha256(b"".join(parts)).digest()


def _is_as_begun() -> bool:
    """Whether no file of the package was changed since this process began: else what it made is not of these files."""
    try:
        return all(os.stat(FOLDER / name).st_mtime < _BEGUN for name in package_files())  # noqa: PTH116 - 180 files
    except OSError:
        return False


def kept(make: Callable[Words, Table]) -> Callable[Words, Table]:
    """Make a table once a machine; below `functools.cache`, for a process reads it as often as it asks.

    For functions whose answer hangs on nothing but their arguments, the package's own files and babel, and takes longer
    to make than to read (0.1 ms). It is made again when any file of the package has changed.

    Args:
        make: Takes words, and answers with what `marshal` can write: texts, numbers, bytes, and dictionaries, lists,
            tuples and sets of them.
    """

    @wraps(make)
    def table(*args: Words.args, **kwargs: Words.kwargs) -> Table:
        words = [str(word) for word in (*args, *kwargs.values())]
        if not all(map(str.isidentifier, words)):  # no name of a file
            return make(*args, **kwargs)
        name = "-".join([f"{make.__module__.removeprefix('briefing.')}.{make.__name__}", *words]) + ".table"
        known = recall(name, _package())
        if known is not None:
            found: Table = marshal.loads(known)  # noqa: S302 - of our own making, under the trust told above
            return found
        found = make(*args, **kwargs)
        if _is_as_begun():
            keep(name, _package(), marshal.dumps(cast("Any", found)))
        return found

    return table


def recall(name: str, made_of: bytes, folder: Path = FOLDER) -> bytes | None:
    """What was kept under a name; None if nothing was, it was made of something else, or it is damaged.

    Args:
        name: Of the file, with an ending.
        made_of: Everything it hangs on, or what tells that from anything else.
        folder: Beside whose modules it was kept.
    """
    try:
        with open(_path(name, folder), "rb") as stream:  # noqa: PTH123 - a third of the time of `Path`
            content = stream.read()
    except OSError:
        return None
    made = content[2 * _DIGEST :]
    return made if content[: 2 * _DIGEST] == _head(made_of, made) else None


def recall_piecewise(name: str, made_of: bytes, folder: Path = FOLDER) -> memoryview | None:
    """The same for what is large and has checksums of its own: nothing is read or checked before it is looked at."""
    try:
        with open(_path(name, folder), "rb") as stream:  # noqa: PTH123
            content = memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    return content[2 * _DIGEST :] if content[:_DIGEST] == hashlib.sha256(made_of).digest() else None


def keep(name: str, made_of: bytes, made: bytes, folder: Path = FOLDER) -> None:
    """Keep what was made, whole or not at all; not where Python was told to keep nothing, or nobody may write."""
    if sys.dont_write_bytecode:
        return
    path = Path(_path(name, folder))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_head(made_of, made) + made)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError:
        return


def _path(name: str, folder: Path) -> str:
    return importlib.util.cache_from_source(f"{folder}{os.sep}{name}")


def _head(made_of: bytes, made: bytes) -> bytes:
    """What a file begins with: what it was made of, and what follows."""
    return hashlib.sha256(made_of).digest() + hashlib.sha256(made).digest()
