"""What a reader of verification finds in a text: values that mean the same in every language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MentionKind = Literal[
    "number", "year", "date", "decade", "weekday", "clock", "country", "person", "organisation", "word", "capital"
]


@dataclass(frozen=True, slots=True)
class Mention:
    """One value of a text, in a form that two languages can be compared by."""

    kind: MentionKind
    value: str
    """`4800000`, `2024-06-19` (cut to its precision, `--06` without a year), ISO 3166 code, key of a name, 0 to 6."""
    text: str
    start: int
    end: int
    hard: bool = True
    """Must be proved; a soft mention only proves (`both` proves a two, the `Kremlin` in a spokesman's title Russia)."""
    unit: str | None = None
    bound: str | None = None


Span = tuple[int, int]


def overlaps(start: int, end: int, spans: list[Span]) -> bool:
    """Whether the span shares a character with one of `spans`."""
    return any(start < other_end and other_start < end for other_start, other_end in spans)
