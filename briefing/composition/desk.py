"""What the stages before hand to composition, indexed for looking things up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.composition.context import figures
from briefing.model import (
    AnnotatedSource,
    Bearing,
    Corroboration,
    Evidence,
    Name,
    Note,
    Party,
    Passage,
    Rejected,
    ResolvedEvidence,
    Topic,
    fold,
)
from briefing.slugs import make_slug


@dataclass(frozen=True, slots=True)
class Material:
    """What the stages before hand to composition."""

    sources: tuple[AnnotatedSource, ...]
    rejected: tuple[Rejected, ...]
    topics: tuple[Topic, ...]
    names: tuple[Name, ...]
    bearings: tuple[Bearing, ...]
    evidence: tuple[ResolvedEvidence, ...]
    corroboration: Corroboration


class Desk:
    """The material, indexed for looking things up while composing."""

    def __init__(self, material: Material, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.corroboration = material.corroboration
        self._passages = _Passages(material.sources)
        self.evidence = {id(resolved.evidence): resolved for resolved in material.evidence}
        self._parties: dict[str, Party] = {}
        self._names: dict[str, Name] = {}
        for name in material.names:
            for form in (*name.name.values(), *name.also):
                self._names.setdefault(form.casefold(), name)

    @property
    def passages(self) -> Mapping[str, Passage]:
        """Every passage by its id."""
        return self._passages

    def source(self, passage: str) -> str:
        """The slug of a passage's source, told without opening it."""
        return self._passages.at[passage][0].source.slug

    def figures(self, passage: str) -> frozenset[tuple[str, str | None]]:
        """Value and unit of the figures of a passage."""
        annotated, number = self._passages.at[passage]
        if annotated.digest:
            return annotated.digest.figures.get(number, frozenset())
        return figures(annotated.passage(number))

    def party(self, name: str) -> Party:
        """Who `name` is on the site: from `names.yml` where it stands there, else just as the source has it."""
        known = self._names.get(name.casefold())
        texts: Mapping[str, str] = known.name if known else dict.fromkeys(self.languages, name)
        key = make_slug(texts[self.languages[0]], "party")
        if key not in self._parties:
            self._parties[key] = Party(key, texts, known.role if known else {}, known.kind if known else "unknown")
        return self._parties[key]

    def notes(self, evidence: tuple[Evidence, ...]) -> tuple[Note, ...]:
        """The footnotes of some evidence, each once."""
        return tuple({note.label: note for note in map(self._note, evidence)}.values())

    def _note(self, evidence: Evidence) -> Note:
        """The footnote of one piece of evidence, which verification resolved."""
        resolved = self.evidence[id(evidence)]
        return Note(
            label=note_label(resolved),
            source=resolved.source,
            passages=resolved.passages,
            exact=resolved.exact,
            prefix=resolved.prefix,
            suffix=resolved.suffix,
            start=resolved.start,
            end=resolved.end,
            translation=evidence.translation,
        )


class _Passages(Mapping[str, Passage]):
    """Every passage by its id, opened when it is asked for."""

    def __init__(self, sources: tuple[AnnotatedSource, ...]) -> None:
        self.at = {
            identifier: (annotated, number) for annotated in sources for number, identifier in enumerate(annotated.ids)
        }
        self._opened: dict[str, Passage] = {}

    def __getitem__(self, identifier: str) -> Passage:
        if identifier not in self._opened:
            annotated, number = self.at[identifier]
            self._opened[identifier] = annotated.passage(number)
        return self._opened[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self.at)

    def __len__(self) -> int:
        return len(self.at)


def note_label(resolved: ResolvedEvidence) -> str:
    """`<slug>-<hash>` of the words and the passage they stand in, so it stays when neighbours change."""
    words = f"{resolved.passages[0]} {fold(resolved.exact)}"
    return f"{resolved.source}-{hashlib.sha256(words.encode()).hexdigest()[:6]}"
