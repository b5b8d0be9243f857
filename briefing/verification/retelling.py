"""Rule `retelling`: what a statement takes from a source word for word stands in quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefing.model import AnnotatedSource, Contradiction, Finding, Statement
from briefing.verification.marks import unquoted
from briefing.winnowing import marks, runs


class Runs:
    """The runs of words that texts share with sources; from seven words on they are quoted, or said otherwise.

    The texts are indexed once. Of the sources only those are opened that have a mark in common with a text.
    """

    def __init__(self, texts: Iterable[str], sources: Iterable[AnnotatedSource]) -> None:
        """Look for every run.

        Args:
            texts: What no source may say in so many words.
            sources: The sources, of which the first that has a run is told.
        """
        pieces = {piece for text in texts for piece in unquoted(text)}
        wanted = {run for piece in pieces for run in runs(piece)}
        marked = frozenset[int]().union(*map(marks, pieces))
        self._found: dict[tuple[str, ...], str] = {}
        for annotated in sources if wanted else ():
            if annotated.digest and marked.isdisjoint(memoryview(annotated.digest.marks).cast("I")):
                continue
            for run in runs(annotated.source.text):
                if run in wanted:
                    self._found.setdefault(run, annotated.source.slug)

    def repeated(self, text: str) -> tuple[str, str] | None:
        """The first words of `text` that a source has too, and its slug."""
        for piece in unquoted(text):
            for run in runs(piece):
                if run in self._found:
                    return " ".join(run), self._found[run]
        return None


def check_retelling(statement: Statement, side: Contradiction | None, shared: Runs) -> Iterator[Finding]:
    """No text of a statement, or of one of its contradictions, repeats a source outside quotation marks."""
    said: Statement | Contradiction = side or statement
    texts: Mapping[str, str] = said.text
    for language, text in texts.items():
        if found := shared.repeated(text):
            message = f"repeats “{found[0]}” from {found[1]}; put it in quotation marks or say it in other words"
            yield Finding("retelling", said.places.get(language, said.place), message, statement.id)
