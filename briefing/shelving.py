"""A source that has been read, in two parts: the digest, which every build opens, and the rest, which stays shelved.

A briefing of 10,000 sources cites some hundred of them. So what one was read as is packed in pieces: the digest with
what is known of the source, the article, and each passage with its wording. A shelved source looks like any other; its
pieces are opened when somebody asks for them. Opening one can build nothing but the values of `briefing.model`.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from itertools import accumulate
from typing import Any, cast

from briefing import model
from briefing.model import (
    AnnotatedSource,
    Article,
    Block,
    Digest,
    Document,
    Metadata,
    Passage,
    Rejected,
    Removal,
    Source,
    Wording,
)

_OPEN = 256
"""Pieces that are kept at hand, of at most some 100 KB each: all of a small briefing, and 25 MB of a large one."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What reading a source gave, as bytes that can be kept, or sent from one machine to another."""

    head: bytes
    """The source without its article, and its digest; or why it was rejected."""
    body: bytes
    """The article, the passages and their wordings; empty for a rejected one."""


def pack(read: AnnotatedSource | Rejected) -> Packed:
    """Pack what reading a source gave.

    Args:
        read: A source with its digest and wordings, or why there is none.
    """
    if isinstance(read, Rejected):
        return Packed(dumped(read), b"")
    pieces = [dumped(piece) for piece in (read.source.article, *read.passages, *read.wordings)]
    ends = list(accumulate((len(piece) for piece in pieces), initial=0))
    table = struct.pack(f"<{len(ends) + 1}I", len(ends), *ends)
    return Packed(dumped((read.source, read.digest), _HeadPickler), table + b"".join(pieces))


def unpack(head: bytes, shelf: Shelf) -> AnnotatedSource | Rejected:
    """The source that `pack` made a head of.

    Args:
        head: As `pack` gave it.
        shelf: Where its body stands.

    Raises:
        pickle.UnpicklingError: It holds what `pack` puts into no head; other errors where it was damaged.
    """
    found = _HeadUnpickler(head, shelf).load()
    if isinstance(found, Rejected):
        return found
    source, digest = found
    if not isinstance(source, Source) or not isinstance(digest, Digest):
        message = "no head of a source"
        raise pickle.UnpicklingError(message)
    return ShelvedSource(source, digest, shelf)


# ------------------------------------------------------------------------------------------------------------- opening


class Shelves:
    """Opens pieces, and keeps the last few at hand."""

    def __init__(self) -> None:
        """Start with none open."""
        self._open: OrderedDict[object, Any] = OrderedDict()

    def opened(self, key: object, open_: Callable[[], Any]) -> Any:  # noqa: ANN401 - of whatever kind `open_` gives
        """What `open_` gives, or gave a little while ago for the same key."""
        if key in self._open:
            self._open.move_to_end(key)
        else:
            self._open[key] = open_()
            if len(self._open) > _OPEN:
                self._open.popitem(last=False)
        return self._open[key]

    def is_open(self, key: object) -> bool:
        """Whether it is at hand."""
        return key in self._open


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the body of one source stands."""

    key: str
    load: Callable[[], bytes]
    """Gives the body, sound in every case: where it was damaged, the source is read again."""
    shelves: Shelves

    def article(self) -> Article:
        """The article."""
        return cast("Article", self.shelves.opened((self.key, "article"), lambda: self._piece(0)))

    def passages(self, count: int) -> tuple[Passage, ...]:
        """All of so many passages."""
        found = self.shelves.opened(
            (self.key, "passages"), lambda: tuple(self._piece(1 + number) for number in range(count))
        )
        return cast("tuple[Passage, ...]", found)

    def passage(self, number: int, count: int) -> Passage:
        """One of so many passages."""
        if self.shelves.is_open((self.key, "passages")):
            return self.passages(count)[number]
        return cast("Passage", self._piece(1 + number))

    def wording(self, number: int, passages: int) -> Wording:
        """The wording of one of so many passages."""
        return cast("Wording", self._piece(1 + passages + number))

    def _piece(self, number: int) -> object:
        body: bytes = self.shelves.opened(self.key, self.load)
        start, end = struct.unpack_from("<2I", body, 4 * (1 + number))
        first = 4 * (1 + struct.unpack_from("<I", body)[0])
        return loaded(body[first + start : first + end])


class ShelvedSource(AnnotatedSource):
    """A source whose passages are opened when somebody asks for them."""

    __slots__ = ("_shelf",)
    _shelf: Shelf

    def __init__(self, source: Source, digest: Digest, shelf: Shelf) -> None:
        """A source of which nothing is open but what is known of it, and its digest."""
        for name, value in (("source", source), ("digest", digest), ("_shelf", shelf)):
            object.__setattr__(self, name, value)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages."""
        return self._shelf.passages(len(self.ids))

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """All wordings."""
        return tuple(self.wording(number) for number in range(len(self.ids)))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its passages."""
        return cast("Digest", self.digest).passages

    def passage(self, number: int) -> Passage:
        """One passage."""
        return self._shelf.passage(number, len(self.ids))

    def wording(self, number: int) -> Wording:
        """The wording of one passage."""
        return self._shelf.wording(number, len(self.ids))


class _ShelvedArticle(Article):
    """An article of which only the name and the checksum of its file are known before it is opened."""

    __slots__ = ("_file", "_sha256", "_shelf")
    _file: str
    _sha256: str
    _shelf: Shelf

    def __init__(self, file: str, sha256: str, shelf: Shelf) -> None:
        for name, value in (("_file", file), ("_sha256", sha256), ("_shelf", shelf)):
            object.__setattr__(self, name, value)

    @property
    def document(self) -> Document:
        return self._shelf.article().document

    @property
    def file(self) -> str:
        return self._file

    @property
    def sha256(self) -> str:
        return self._sha256

    @property
    def text(self) -> str:
        return self._shelf.article().text

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self._shelf.article().blocks

    @property
    def removals(self) -> tuple[Removal, ...]:
        return self._shelf.article().removals

    @property
    def metadata(self) -> Metadata:
        return self._shelf.article().metadata

    def __reduce__(self) -> tuple[Any, ...]:
        return self._shelf.article().__reduce__()  # type: ignore[return-value]


# ------------------------------------------------------------------------------------------------------------ pickling


class _HeadPickler(pickle.Pickler):
    """Leaves the article out: it stands in the body. Values are made of their fields in one call, half as slow."""

    def reducer_override(self, obj: object) -> Any:  # noqa: ANN401 - as `pickle` has it
        if is_dataclass(obj) and not isinstance(obj, type):
            return type(obj), tuple(getattr(obj, field.name) for field in fields(obj))
        return NotImplemented

    def persistent_id(self, obj: object) -> tuple[str, str] | None:
        return (obj.file, obj.sha256) if isinstance(obj, Article) else None


class _ModelUnpickler(pickle.Unpickler):
    """Builds values of `briefing.model` and plain ones, and refuses everything else."""

    def find_class(self, module: str, name: str) -> object:
        if module == "briefing.model" and isinstance(found := getattr(model, name, None), type):
            return found
        if (module, name) == ("types", "MappingProxyType"):
            return super().find_class(module, name)
        message = f"{module}.{name} has no place in a cache"
        raise pickle.UnpicklingError(message)


class _HeadUnpickler(_ModelUnpickler):
    """Puts an article in place that is opened from the shelf."""

    def __init__(self, head: bytes, shelf: Shelf) -> None:
        super().__init__(io.BytesIO(head))
        self._shelf = shelf

    def persistent_load(self, pid: object) -> Article:
        match pid:
            case (str(file), str(sha256)):
                return _ShelvedArticle(file, sha256, self._shelf)
        message = "no name of an article"
        raise pickle.UnpicklingError(message)


def loaded(content: bytes) -> object:
    """The value that `dumped` wrote.

    Raises:
        pickle.UnpicklingError: It holds something else than values of the model and plain ones; other errors where it
            was damaged.
    """
    return _ModelUnpickler(io.BytesIO(content)).load()


def dumped(value: object, pickler: type[pickle.Pickler] = pickle.Pickler) -> bytes:
    """A value of the model as bytes."""
    stream = io.BytesIO()
    pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()
