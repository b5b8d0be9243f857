"""What earlier builds found, kept in `build/cache/` by content, settings and code version.

Nothing here is trusted: an entry is only ever used if its key is exactly the one asked for and its checksums hold;
anything else is as if it were not there and is written anew. Of sources there is one file each, by key: a head that
every build reads, and a body that stays on the shelf (`shelving`). Beside them stands what stages remember across
sources, a file each.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from briefing.compiled import package_files
from briefing.model import AnnotatedSource, Rejected
from briefing.shelving import Packed, Shelf, Shelves, dumped, loaded, unpack

_HEADER = b"briefing cache 2\n"
_DIGEST = hashlib.sha256().digest_size
_FRAME = len(_HEADER) + 8 + _DIGEST
_LARGEST = 1 << 30
"""Bytes of a head at most; a damaged size must not fill the memory."""
_PREFIX = 2
"""Letters of a key that name its folder, so that none holds ten thousand files."""
_ENGINES = ("trafilatura", "htmldate", "lxml", "ftfy", "charset-normalizer", "py3langid", "simplemma", "babel")
"""Libraries whose version changes what a source is read as."""


_NO_READING = frozenset({"rendering", "verification", "schemas", "labels.toml"})
"""What does not bear on how one source is read; templates stand in `rendering`."""


@cache
def page_version() -> str:
    """A hash of everything in the package that bears on a page, templates and labels too."""
    digest = hashlib.sha256(code_version().encode())
    for name, content in package_files().items():
        digest.update(name.encode() + b"\0" + content)
    for library in ("jinja2", "markupsafe"):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()


@cache
def code_version() -> str:
    """A hash of the package's own code and word lists, of Python and of the libraries that read sources."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for library in _ENGINES:
        try:
            digest.update(f"{library} {version(library)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{library} -\n".encode())
    for name, content in package_files().items():
        if _NO_READING.isdisjoint(name.split("/")):
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()


class Cache:
    """A folder of entries; where there is no folder, or it cannot be written, entries are kept in memory."""

    def __init__(self, folder: Path | None) -> None:
        """Look at nothing yet.

        Args:
            folder: Where entries are kept; None for nowhere.
        """
        self._folder = folder
        self._shelves = Shelves()

    def key(self, *parts: object) -> str:
        """The key for what `parts`, whose `repr` must tell everything, lead to with this version of the code."""
        digest = hashlib.sha256(code_version().encode())
        for part in parts:
            digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    # -------------------------------------------------------------------------------------------------------- values

    def get(self, key: str) -> object | None:
        """The value kept under `key`; None if there is none, or it is damaged."""
        content = self._read(self._path(key), key)
        try:
            return None if content is None else loaded(content)
        except Exception:  # noqa: BLE001 - whatever a damaged entry does to the unpickler, it is no entry
            return None

    def put(self, key: str, value: object) -> None:
        """Keep a value of the model under `key`; a cache that cannot be written is no error, only slower."""
        self._write(self._path(key), key, dumped(value))

    # ------------------------------------------------------------------------------------------------------- sources

    def shelved(self, key: str, again: Callable[[], Packed]) -> AnnotatedSource | Rejected | None:
        """The source kept under `key`; None if there is none, or its head is damaged.

        Args:
            key: Its key.
            again: Reads the source again, where it turns out later that its body is damaged.
        """
        try:
            with open(self._path(key), "rb") as stream:  # noqa: PTH123 - the same, without the way round by `Path`
                frame = stream.read(_FRAME)
                size = int.from_bytes(frame[len(_HEADER) : len(_HEADER) + 8], "little")
                if frame[: len(_HEADER)] != _HEADER or size > _LARGEST:
                    return None
                head = stream.read(size)
                if os.fstat(stream.fileno()).st_size < len(frame) + size + _DIGEST:
                    return None
        except OSError:
            return None
        if _checksum(key, frame[:-_DIGEST], head) != frame[-_DIGEST:]:
            return None
        return self._unpacked(key, head, lambda: self._body(key, again))

    def shelve(self, key: str, packed: Packed, again: Callable[[], Packed]) -> AnnotatedSource | Rejected:
        """Keep a source under `key`; where the cache cannot be written, in memory.

        Args:
            key: Its key.
            packed: What reading it gave; let go where it was written.
            again: Reads the source again, where it turns out later that its body is damaged.
        """
        kept = self._save(self._path(key), _framed(key, packed)) if self._folder else False
        load = partial(self._body, key, again) if kept else partial(_same, packed.body)
        found = self._unpacked(key, packed.head, load)
        if found is None:
            message = "what was packed a moment ago cannot be unpacked"
            raise AssertionError(message)
        return found

    def sweep(self, keys: set[str]) -> None:
        """Forget every source but those of `keys`."""
        if self._folder is None or not self._folder.is_dir():
            return
        for folder in os.scandir(self._folder):
            if len(folder.name) == _PREFIX and folder.is_dir(follow_symlinks=False):
                for entry in os.scandir(folder.path):
                    if folder.name + entry.name not in keys:
                        Path(entry.path).unlink(missing_ok=True)

    def _unpacked(self, key: str, head: bytes, load: Callable[[], bytes]) -> AnnotatedSource | Rejected | None:
        try:
            return unpack(head, Shelf(key, load, self._shelves))
        except Exception:  # noqa: BLE001 - whatever a damaged entry does to the unpickler, it is no entry
            return None

    def _body(self, key: str, again: Callable[[], Packed]) -> bytes:
        try:
            content = self._path(key).read_bytes()
        except OSError:
            content = b""
        size = int.from_bytes(content[len(_HEADER) : len(_HEADER) + 8], "little")
        checksum, body = content[_FRAME + size :][:_DIGEST], content[_FRAME + size + _DIGEST :]
        if content and _checksum(key, b"body", body) == checksum:
            return body
        packed = again()
        self._save(self._path(key), _framed(key, packed))
        return packed.body

    # -------------------------------------------------------------------------------------------------------- memory

    def recall(self, name: str) -> bytes | None:
        """What a stage kept under `name`; None if nothing was, by another version of the code, or it is damaged."""
        return self._read(self._folder / name, page_version() + name) if self._folder else None

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` under `name` for the next build."""
        if self._folder:
            self._write(self._folder / name, page_version() + name, content)

    def recall_value(self, name: str, given: str) -> object | None:
        """The value of the model that was kept under `name` with what `given` tells; None where there is none."""
        content, head = self.recall(name) or b"", hashlib.sha256(given.encode()).digest()
        try:
            return loaded(content[len(head) :]) if content.startswith(head) else None
        except Exception:  # noqa: BLE001 - whatever a damaged entry does to the unpickler, it is no entry
            return None

    def keep_value(self, name: str, given: str, value: object) -> None:
        """Keep a value of the model under `name` for builds that are given the same."""
        self.keep(name, hashlib.sha256(given.encode()).digest() + dumped(value))

    # --------------------------------------------------------------------------------------------------------- files

    def _path(self, key: str) -> Path:
        return Path(f"{self._folder or os.devnull}/{key[:_PREFIX]}/{key[_PREFIX:]}")

    @staticmethod
    def _read(path: Path, key: str) -> bytes | None:
        try:
            content = path.read_bytes()
        except OSError:
            return None
        start = len(_HEADER) + _DIGEST
        return content[start:] if content[:start] == _HEADER + _checksum(key, content[start:]) else None

    def _write(self, path: Path, key: str, content: bytes) -> None:
        self._save(path, _HEADER + _checksum(key, content) + content)

    @staticmethod
    def _save(path: Path, content: bytes) -> bool:
        """Write a file whole or not at all, and say whether it was; one torn by a power cut fails its checksum."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
                Path(temporary).replace(path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:
            return False
        return True


def _same(body: bytes) -> bytes:
    return body


def _checksum(key: str, *parts: bytes) -> bytes:
    digest = hashlib.sha256(key.encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.digest()


def _framed(key: str, packed: Packed) -> bytes:
    """An entry: what it is, the size and checksum of the head, the head, the checksum of the body, the body."""
    frame = _HEADER + len(packed.head).to_bytes(8, "little")
    head = frame + _checksum(key, frame, packed.head) + packed.head
    return head + _checksum(key, b"body", packed.body) + packed.body
