"""What takes long to make of the package's own files, made once a machine instead of once a build.

It is kept where Python keeps compiled modules (`__pycache__`), under the same trust: whoever can write there can write
the modules themselves. Nothing that a project's folder holds is ever kept here, and nothing of here is read from one.
Each file tells what it was made of and has a checksum, so that an old or a torn one is as if it were not there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
"""The package's; its modules lie here."""
_DIGEST = hashlib.sha256().digest_size


def recall(name: str, made_of: bytes, folder: Path = FOLDER) -> bytes | None:
    """What was kept under a name; None if nothing was, it was made of something else, or it is damaged.

    Args:
        name: Of the file, with an ending.
        made_of: Everything it hangs on, or what tells that from anything else.
        folder: Beside whose modules it was kept.
    """
    try:
        content = _path(name, folder).read_bytes()
    except OSError:
        return None
    made = content[2 * _DIGEST :]
    return made if content[: 2 * _DIGEST] == _head(made_of, made) else None


def keep(name: str, made_of: bytes, made: bytes, folder: Path = FOLDER) -> None:
    """Keep what was made, whole or not at all; not where Python was told to keep nothing, or nobody may write."""
    if sys.dont_write_bytecode:
        return
    path = _path(name, folder)
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


def _path(name: str, folder: Path) -> Path:
    return Path(importlib.util.cache_from_source(str(folder / name)))


def _head(made_of: bytes, made: bytes) -> bytes:
    """What a file begins with: what it was made of, and what follows."""
    return hashlib.sha256(made_of).digest() + hashlib.sha256(made).digest()
