"""What a passage says, who says it, how sure, when, how much: one door, `annotate`."""

from __future__ import annotations

from datetime import date

from briefing.model import Passage, Source


def annotate(source: Source, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Fill in status, cues, speakers, quotations, figures, dates and actors of the `passages` of `source`."""
    del source
    return passages


def annotate_text(text: str, language: str, reference: date | None = None) -> Passage:
    """Annotate one free-standing sentence, such as a statement of the briefing.

    Args:
        text: The sentence.
        language: ISO 639-1 code.
        reference: The day to which relative dates refer.
    """
    del language, reference
    return Passage("text", "text", text, 0, len(text), 0)
