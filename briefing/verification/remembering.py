"""Statements that were held against their evidence before: of 121 statements that takes a second, each build anew.

What the rules find hangs on the statement, on the sources of its evidence, on the names and on the day of the event;
all but `retelling`, which looks at every source and is asked each time. So a statement with which nothing was wrong is
kept by all of these, with the places of its evidence. One that is to be mended is held against its evidence again:
its findings tell lines of a file, and these move.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from briefing.model import AnnotatedSource, Evidence, Memory, Name, Place, ResolvedEvidence, Statement
from briefing.verification.proved import Elsewhere, Proved

_NAME = "statements"


class Remembered:
    """The statements that an earlier build proved."""

    def __init__(
        self,
        memory: Memory | None,
        names: tuple[Name, ...],
        event: str | None,
        sources: Sequence[AnnotatedSource],
    ) -> None:
        """Recall them.

        Args:
            memory: Where they are kept by the version of the code; None for nowhere.
            names: What persons and bodies are called in each language.
            event: The day of the event, which tells background from news.
            sources: The annotated sources.
        """
        self._memory = memory
        self._given = repr((_told(names), event))
        self._readings = {one.source.slug: one.digest.key for one in sources if one.digest} if memory else {}
        self._known: dict[str, list[Any]] = json.loads((memory and memory.recall(_NAME)) or b"{}")
        self._asked: dict[str, list[Any]] = {}

    def of(self, statement: Statement) -> Proved | None:
        """What is known of a statement; None of one that must be held against its evidence."""
        key = self._key(statement)
        if key is None or key not in self._known:
            return None
        self._asked[key] = self._known[key]
        places, elsewhere, overruled = self._known[key]
        return Proved(
            tuple(
                ResolvedEvidence(piece, source, tuple(passages), *words)
                for piece, (source, passages, *words) in zip(_pieces(statement), places, strict=True)
            ),
            tuple(Elsewhere(*one) for one in elsewhere),
            frozenset(overruled),
        )

    def take_down(self, statement: Statement, proved: Proved) -> None:
        """Remember a statement that was proved."""
        key = self._key(statement)
        if key is not None:
            places = [
                [one.source, one.passages, one.exact, one.prefix, one.suffix, one.start, one.end]
                for one in proved.evidence
            ]
            elsewhere = [[getattr(one, field.name) for field in fields(one)] for one in proved.elsewhere]
            self._asked[key] = [places, elsewhere, sorted(proved.overruled)]

    def keep(self) -> None:
        """Keep what was asked for or taken down, for the next build."""
        if self._memory and self._asked != self._known:
            self._memory.keep(_NAME, json.dumps(self._asked).encode())

    def _key(self, statement: Statement) -> str | None:
        """Everything that proving a statement hangs on; None where a source is read from nowhere."""
        slugs = dict.fromkeys(piece.source for piece in _pieces(statement))
        readings = [self._readings.get(slug) for slug in slugs]
        if not slugs or None in readings:
            return None
        told = repr((self._given, _told(statement), readings))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _pieces(statement: Statement) -> Iterator[Evidence]:
    """All evidence of a statement and its contradictions."""
    yield from statement.evidence
    for side in statement.disputed:
        yield from side.evidence


def _told(value: object) -> object:
    """A value of the model without the places in files: an editor who adds a line moves all statements below it."""
    if is_dataclass(value):
        return [_told(getattr(value, field.name)) for field in fields(value)] if not isinstance(value, Place) else None
    if isinstance(value, Mapping):
        return [(key, _told(inner)) for key, inner in value.items()]
    return [_told(inner) for inner in value] if isinstance(value, tuple) else value
