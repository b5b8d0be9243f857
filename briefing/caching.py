"""What the per-source stages found, kept in `build/cache/` by content, settings and code version.

An entry is only ever used if its key is exactly the one asked for and its checksum holds; anything else is as if it
were not there and is written anew. Reading one can build nothing but the values of `briefing.model`.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from briefing import model
from briefing.errors import BriefingError
from briefing.writing import write_file

_HEADER = b"briefing cache 1\n"
_DIGEST = hashlib.sha256().digest_size
_ENGINES = ("trafilatura", "htmldate", "lxml", "ftfy", "charset-normalizer", "py3langid", "simplemma", "babel")
"""Libraries whose version changes what a source is read as."""


class _ModelUnpickler(pickle.Unpickler):
    """Builds values of `briefing.model` and plain ones, and refuses everything else."""

    def find_class(self, module: str, name: str) -> object:
        if module == "briefing.model" and isinstance(found := getattr(model, name, None), type):
            return found
        if (module, name) == ("types", "MappingProxyType"):
            return super().find_class(module, name)
        message = f"{module}.{name} has no place in a cache"
        raise pickle.UnpicklingError(message)


@cache
def code_version() -> str:
    """A hash of the package's own code and word lists, of Python and of the libraries that read sources."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for library in _ENGINES:
        try:
            digest.update(f"{library} {version(library)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{library} -\n".encode())
    for name, content in _package_files(files("briefing"), ""):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _package_files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    """The code and data that bear on one source; templates and the theme do not."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in {
            "__pycache__",
            "rendering",
            "theme",
            "composition",
            "verification",
            "schemas",
        }:
            found += _package_files(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and entry.name.endswith((".py", ".toml", ".tsv", ".json")) and entry.name != "labels.toml":
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


class Cache:
    """A folder of entries, one file a key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def key(self, *parts: object) -> str:
        """The key for what `parts`, whose `repr` must tell everything, lead to with this version of the code."""
        digest = hashlib.sha256(code_version().encode())
        for part in parts:
            digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    def get(self, key: str) -> object | None:
        """The value kept under `key`; None if there is none, or it is damaged."""
        try:
            content = self._path(key).read_bytes()
        except OSError:
            return None
        head, checksum, body = (
            content[: len(_HEADER)],
            content[len(_HEADER) :][:_DIGEST],
            content[len(_HEADER) + _DIGEST :],
        )
        if head != _HEADER or hashlib.sha256(key.encode() + body).digest() != checksum:
            return None
        try:
            found: object = _ModelUnpickler(io.BytesIO(body)).load()
        except Exception:  # noqa: BLE001 - whatever a damaged entry does to the unpickler, it is no entry
            return None
        return found

    def put(self, key: str, value: object) -> None:
        """Keep `value` under `key`; a cache that cannot be written is no error, the next build is only slower."""
        body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        try:
            write_file(self._path(key), _HEADER + hashlib.sha256(key.encode() + body).digest() + body)
        except BriefingError:
            return

    def sweep(self, keys: set[str]) -> None:
        """Forget everything but `keys`."""
        if not self._folder.is_dir():
            return
        for path in self._folder.glob("*/*"):
            if path.parent.name + path.name not in keys:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]
