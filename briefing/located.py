"""YAML whose every value knows its line, read without any of YAML's surprises.

Aliases, tags and duplicate keys are refused: no file that a person writes for a briefing needs them, and the first two
are how a small file grows without bound or becomes an object. Scalars stay as they were typed (`2024-06-19`, `1961` and
`no` are text), so a quotation in the evidence is never taken for a date or a truth value.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from briefing.errors import ProjectError
from briefing.model import Place

_DEEPEST = 20
"""Levels of nesting allowed; the deepest file the project defines has seven."""


@dataclass(frozen=True, slots=True)
class Located:
    """One YAML value and its place: text, or a sequence, or a mapping (exactly one of the three is set)."""

    place: Place
    text: str | None = None
    sequence: tuple[Located, ...] | None = None
    mapping: Mapping[str, Located] | None = None
    key_places: Mapping[str, Place] = field(default_factory=dict)

    def refuse(self, message: str) -> ProjectError:
        """The error that says `message` at this place."""
        return ProjectError(message, self.place)

    def as_text(self, what: str) -> str:
        """The value as text on one line; an error that calls it `what` if it is empty, a list or a mapping."""
        if self.text is None or not self.text.strip():
            raise self.refuse(f"{what} must be a text")
        return self.text.strip()

    def as_flag(self, what: str) -> bool:
        """The value as `true` or `false`."""
        if self.text not in {"true", "false"}:
            raise self.refuse(f"{what} must be true or false")
        return self.text == "true"

    def items(self, what: str) -> tuple[Located, ...]:
        """The values of a sequence."""
        if self.sequence is None:
            raise self.refuse(f"{what} must be a list; each entry starts with “- ”")
        return self.sequence

    def as_texts(self, what: str) -> tuple[str, ...]:
        """A sequence of texts."""
        return tuple(entry.as_text(f"each entry of {what}") for entry in self.items(what))

    def fields(self, what: str, known: Iterable[str] | None = None) -> Mapping[str, Located]:
        """The values of a mapping; a key that is not in `known` is an error which offers the nearest known one."""
        if self.mapping is None:
            raise self.refuse(f"{what} must be a mapping of keys to values")
        if known is not None:
            for key in self.mapping:
                if key not in known:
                    raise ProjectError(unknown(f"key of {what}", key, known), self.key_places[key])
        return self.mapping

    def per_language(self, what: str, languages: tuple[str, ...], *, complete: bool = True) -> Mapping[str, str]:
        """A text in each language of the project."""
        texts = {key: value.as_text(f"{what} in “{key}”") for key, value in self.fields(what, languages).items()}
        missing = [language for language in languages if language not in texts]
        if complete and missing:
            raise self.refuse(f"{what} has no text in “{missing[0]}”; every language of the site needs one")
        return texts


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """The message that `word` is no known `what`, with the nearest known word."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    hint = f"did you mean “{near[0]}”?" if near else f"known are: {', '.join(known)}"
    return f"“{word}” is no known {what}; {hint}"


def load(text: str, file: str) -> Located | None:
    """The one YAML document of `text`, None where there is none.

    Raises:
        ProjectError: Broken YAML, an alias, a tag, a duplicate key, deep nesting, or more than one document.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = list(_checked(yaml.parse(text, Loader=loader), file))
    except yaml.YAMLError as error:
        raise ProjectError(f"broken YAML: {_problem(error)}", _mark(error, file)) from None
    values = iter(events)
    for event in values:
        if isinstance(event, yaml.DocumentStartEvent):
            return _value(next(values), values, file)
    return None


def _checked(events: Iterator[yaml.Event], file: str) -> Iterator[yaml.Event]:
    depth, documents = 0, 0
    for event in events:
        place = _place(event, file)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ProjectError("anchors and aliases (&name, *name) are not allowed here; write the value out", place)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise ProjectError(f"the tag {tag} is not allowed here; quote a text that starts with “!”", place)
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            depth -= 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > _DEEPEST:
            raise ProjectError(f"nested deeper than {_DEEPEST} levels", place)
        if documents > 1:
            raise ProjectError("a second YAML document starts here; one file holds one", place)
        yield event


def _value(event: yaml.Event, events: Iterator[yaml.Event], file: str) -> Located:
    place = _place(event, file)
    if isinstance(event, yaml.ScalarEvent):
        return Located(place, text=event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        found = []
        while not isinstance(following := next(events), yaml.SequenceEndEvent):
            found.append(_value(following, events, file))
        return Located(place, sequence=tuple(found))
    mapping: dict[str, Located] = {}
    key_places: dict[str, Place] = {}
    while not isinstance(following := next(events), yaml.MappingEndEvent):
        key = _value(following, events, file)
        if key.text is None:
            raise key.refuse("a key must be a text")
        if key.text in mapping:
            raise key.refuse(f"the key “{key.text}” stands here twice; first at line {key_places[key.text].line}")
        mapping[key.text] = _value(next(events), events, file)
        key_places[key.text] = key.place
    return Located(place, mapping=mapping, key_places=key_places)


def _place(event: yaml.Event, file: str) -> Place:
    mark = event.start_mark
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _problem(error: yaml.YAMLError) -> str:
    parts = (getattr(error, "context", None), getattr(error, "problem", None))
    return " ".join(part for part in parts if part) or str(error).splitlines()[0]


def _mark(error: yaml.YAMLError, file: str) -> Place:
    mark = getattr(error, "problem_mark", None)
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
