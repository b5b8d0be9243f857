"""What a text says that can be compared across languages: its mentions, its negations, its words in quotation marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.lexicon import languages
from briefing.model import Name
from briefing.verification.days import days
from briefing.verification.gazetteer import Gazetteer
from briefing.verification.mentions import Mention
from briefing.verification.numbers import numbers
from briefing.verification.polarity import Polarity, polarity
from briefing.verification.strangers import strangers

UNTOLD = "und"
"""ISO 639-2 for a language that could not be told."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one text says."""

    text: str
    language: str
    mentions: tuple[Mention, ...]
    polarity: Polarity

    def of(self, *kinds: str, hard: bool = False) -> tuple[Mention, ...]:
        """The mentions of some kinds, in order."""
        return tuple(one for one in self.mentions if one.kind in kinds and (one.hard or not hard))


@dataclass(frozen=True)
class Reader:
    """Reads texts into facts, each text once."""

    names: tuple[Name, ...]
    gazetteer: Gazetteer = field(init=False)
    _read: dict[tuple[str, str], Facts] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the names."""
        object.__setattr__(self, "gazetteer", Gazetteer(self.names))

    def facts(self, text: str, language: str) -> Facts:
        """What `text` says."""
        key = (text, language)
        if key not in self._read:
            self._read[key] = self._facts(text, language)
        return self._read[key]

    def _facts(self, text: str, language: str) -> Facts:
        if language == UNTOLD:
            return self._in_every_language(text)
        dates = list(days(text, language))
        names = list(self.gazetteer.mentions(text, language))
        taken = [(one.start, one.end) for one in dates] + [
            (one.start, one.end) for one in names if any(character.isdigit() for character in one.text)
        ]
        known = [(one.start, one.end) for one in (*dates, *names)]
        others = strangers(text, language, known)
        found = sorted(
            (*dates, *names, *numbers(text, language, taken), *others), key=lambda one: (one.start, -one.end)
        )
        return Facts(text, language, tuple(found), polarity(text, language))

    def _in_every_language(self, text: str) -> Facts:
        """A text whose language could not be told proves what it says in any of them."""
        read = [self.facts(text, language) for language in languages()]
        mentions = tuple(dict.fromkeys(one for facts in read for one in facts.mentions))
        polarities = [facts.polarity for facts in read]
        most = Polarity(*(max(getattr(one, count) for one in polarities) for count in ("sure", "hidden", "denials")))
        return Facts(text, UNTOLD, mentions, most)
