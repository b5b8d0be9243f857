"""The speaker that a phrase names: a person by the fullest name, whom a pronoun or an office means, or a body.

Pronouns and offices are resolved by gender and uniqueness; what has more than one candidate is `likely`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from briefing.annotation.blocks import Frame, Memory, View
from briefing.annotation.bodies import listed_bodies
from briefing.annotation.countries import country_code
from briefing.annotation.forms import lemma
from briefing.annotation.grammar import closed_words
from briefing.annotation.offices import role_gender
from briefing.annotation.persons import People, Person
from briefing.annotation.phrases import APPOSITION, Phrase
from briefing.lexicon import table, word_set
from briefing.model import Speaker

ANTECEDENTS = 400
"""Words of the same block looked back over for whom a pronoun means; a long paragraph has 200."""


class Naming:
    """Names the speakers of one block; the memory holds who was spoken of before it."""

    def __init__(self, view: View, people: People, memory: Memory) -> None:
        self.view = view
        self.words = view.words
        self.closed = view.closed
        self.language = view.language
        self.people = people
        self.memory = memory

    def frame(
        self,
        cue: tuple[int, int],
        phrase: Phrase | None,
        kind: Literal["verb", "preposition", "colon", "carried"],
    ) -> Frame | None:
        """The frame that a cue and its phrase make, None where the phrase names nobody."""
        speaker = self.resolve(phrase) if phrase is not None else None
        return Frame(cue, speaker, kind, phrase) if speaker is not None else None

    def resolve(self, phrase: Phrase) -> Speaker | None:
        """The speaker that a phrase names, by the fullest name the article gives."""
        if phrase.kind == "person" and phrase.person is not None:
            return Speaker(self.people.persons[phrase.person].name, "certain" if phrase.sure else "likely")
        if phrase.kind == "pronoun":
            return self.resolve_pronoun(phrase)
        if phrase.kind == "role":
            return self._resolve_role(phrase)
        if phrase.kind == "country" and phrase.article in {"der", "die"} and phrase.text.endswith(("er", "erin")):
            return self._resolve_general(phrase)  # sagte der Norweger
        listed = [word for word in phrase.text.split() if word in listed_bodies()]
        if phrase.kind == "body" and len(listed) == 1:
            return Speaker(listed[0], "certain")  # die staatliche Nachrichtenagentur dpa
        return Speaker(_without_genitive(phrase, self.language), "certain" if phrase.kind != "other" else "likely")

    def _resolve_role(self, phrase: Phrase) -> Speaker:
        """An office resolved to the one person the article gives it, else left as it stands."""
        behind = self.words[max(phrase.first + 1, phrase.last) : phrase.last + 2]
        if self.closed.verb_second and not phrase.article and any(word.is_capital for word in behind):
            return Speaker(_nominative(phrase, self.language), "likely")  # erklärt Juristin Bürger: a name not read
        if phrase.article == "die" and phrase.gender == "m":
            return Speaker(_nominative(replace(phrase, plural=True), self.language), "certain")  # die Forscher
        if phrase.article in self.closed.definite or not self.closed.verb_second or not phrase.article:
            head = phrase.text.split()[-1].lower()
            following = self.words[phrase.last + 1].text.lower() if phrase.last + 1 < len(self.words) else ""
            if following in self.closed.others:  # the manager of another firm
                return Speaker(phrase.text, "certain")
            if self.closed.verb_second and self._has_unread_name(phrase):
                return Speaker(_nominative(phrase, self.language), "likely")
            matching = [
                person
                for person in self.people.persons
                if any(_same_role(head, role) for role in person.roles)
                and not (person.gender and phrase.gender in {"m", "f"} and person.gender != phrase.gender)
            ]
            matching = matching or self._same_office(head, phrase)
            if len(matching) == 1:
                return Speaker(matching[0].name, "certain")
            if len(matching) > 1:
                return Speaker(_nominative(phrase, self.language), "likely")
            general = head.rsplit("-", 1)[-1] in _general_roles(self.language)
            inhabitant = self.people.persons and not role_gender(phrase.text.split()[-1], self.language)
            if phrase.article in self.closed.definite and (
                general or inhabitant
            ):  # so der Manager, sagte der Hamburger
                return self._resolve_general(phrase)
            if phrase.article in self.closed.definite:
                return self._resolve_other_office(phrase, head)
        return Speaker(_nominative(phrase, self.language), "certain")

    def _resolve_general(self, phrase: Phrase) -> Speaker:
        """`der Manager`, `the lawmaker`: words for who was spoken of before, by whatever office."""
        gender = phrase.gender if phrase.gender in {"m", "f"} else {"der": "m", "die": "f"}.get(phrase.article)
        fitting = [
            person
            for person in self.people.persons
            if person.first_block <= self.view.number and not (person.gender and gender and person.gender != gender)
        ]
        near = {mention.person for mention in self.view.named_before(phrase.first)}
        here = [person for index, person in enumerate(self.people.persons) if index in near and person in fitting]
        if len(here) == 1:
            return Speaker(here[0].name, "certain")
        last = self.memory.speaker
        if last is not None and any(person.name == last.name for person in fitting):
            others = {person.name for person in fitting} - {last.name}
            since = {self.people.persons[mention.person].name for mention in self.view.named_before(phrase.first)}
            return Speaker(last.name, "likely" if others & since else last.confidence)
        if len(fitting) == 1:
            return Speaker(fitting[0].name, "certain")
        subject = self.memory.subject
        if subject is not None and subject.kind == "person" and subject.person is not None and subject.sure:
            person = self.people.persons[subject.person]
            if person in fitting:
                return Speaker(person.name, "certain")
        return Speaker(_nominative(phrase, self.language), "likely")

    def _resolve_other_office(self, phrase: Phrase, head: str) -> Speaker:
        """An office nobody is given: of who spoke last, if that one has none or one that goes with others.

        `CSU-Chef X kritisierte … „…“, sagte der Ministerpräsident`: a reader who is not told of anybody else takes it
        to be X; where X has another office, it is left open.
        """
        name = _nominative(phrase, self.language)
        last = next(
            (p for p in self.people.persons if self.memory.speaker and p.name == self.memory.speaker.name), None
        )
        owned = self._has_owner(phrase)
        if last is None or owned or head.endswith(_role_words("spokespersons", self.language) or ("\0",)):
            return Speaker(name, "certain")
        if last.gender and phrase.gender in {"m", "f"} and last.gender != phrase.gender:
            return Speaker(name, "certain")
        so_far = [
            p for p in self.people.persons if p.first_block <= self.view.number and p.gender in {None, phrase.gender}
        ]
        if phrase.gender in {"m", "f"} and so_far == [last] and not self.view.named_before(phrase.first):
            return Speaker(last.name, "certain")
        beside = _role_words("beside_others", self.language)
        if all(role.endswith(beside) for role in last.roles) and not self.view.named_before(phrase.first):
            return Speaker(last.name, "certain" if last.roles else "likely")
        return Speaker(name, "likely")

    def _has_owner(self, phrase: Phrase) -> bool:
        """Whether a genitive behind an office tells whose it is: `der Leiter des Amts`."""
        place = phrase.last + 1
        if place + 1 >= len(self.words):
            return False
        follows = self.words[place].text
        return follows in {"des", "eines", "von", "vom"} or (follows == "der" and self.words[place + 1].is_capital)

    def _has_unread_name(self, phrase: Phrase) -> bool:
        """Whether an apposition of two capital words behind an office names nobody we know: `der Leiter, Jan Haus,`."""
        for place in range(phrase.last + 1, min(len(self.words) - 3, phrase.last + APPOSITION)):
            word = self.words[place]
            if word.text == ",":
                behind = self.words[place + 1 : place + 4]
                named = behind[0].is_capital and behind[1].is_capital and behind[2].text in {",", ":", "."}
                return named and place + 1 not in self.view.mentions
            if not word.is_word or word.quoted:
                return False
        return False

    def _same_office(self, head: str, phrase: Phrase) -> list[Person]:
        """Persons whose office has another name for the same, of the same country: `der polnische Präsident`."""
        lands = {country_code(word, self.language) for word in phrase.text.split()[:-1]} - {None}
        before = self.words[phrase.first - 1].text if phrase.first else ""
        lands |= {country_code(before, self.language)} - {None}
        none: frozenset[str] = frozenset()
        same = next((words for words in _same_offices(self.language) if head in words), none)
        return [
            person
            for person in self.people.persons
            if lands & person.lands and any(role.split()[-1].rsplit("-", 1)[-1] in same for role in person.roles)
        ]

    def resolve_pronoun(self, phrase: Phrase) -> Speaker | None:
        """`er`, `sie`: the one person of that gender spoken of in this block or the one before."""
        if phrase.gender not in {"m", "f"}:
            return None
        verb = self.words[phrase.first - 1].text if phrase.first else ""
        following = self.words[phrase.last + 1].text if phrase.last + 1 < len(self.words) else ""
        if phrase.gender == "f" and self.closed.verb_second and (_is_plural_verb(verb) or _is_plural_verb(following)):
            return None
        here = [
            (mention.person, self.view.number)
            for mention in self.view.mentions_in(max(0, phrase.first - ANTECEDENTS), phrase.first)
            if not self.words[mention.first].quoted
        ]
        recent = [
            entry for entry in self.memory.recent if entry[1] >= self.view.number - 1 and entry not in here
        ] + here
        fitting = list(dict.fromkeys(person for person, _ in recent if self._fits(self.people.persons[person], phrase)))
        last = self.memory.speaker
        if last is not None:
            same = [person for person in fitting if self.people.persons[person].name == last.name]
            since = [
                m.person for m in self.view.named_before(phrase.first) if m.person in fitting and m.person not in same
            ]
            if same and not since:
                return Speaker(self.people.persons[same[0]].name, last.confidence)
        office = self._last_office(phrase)
        if office is not None:
            return replace(office, confidence="likely") if fitting else office
        if len(fitting) == 1:
            return Speaker(self.people.persons[fitting[0]].name, "certain")
        near = self._nearest(phrase) or self._only_quoted(fitting, phrase)
        if near is not None:
            return near
        if fitting:
            return Speaker(self.people.persons[fitting[-1]].name, "likely")
        everybody = [person for person in self.people.persons if self._fits(person, phrase)]
        if len(everybody) == 1 and everybody[0].first_block <= self.view.number:
            return Speaker(everybody[0].name, "certain" if everybody[0].mentions > 1 else "likely")
        return None

    def adds(self, phrase: Phrase, last: Speaker) -> bool:
        """Whether a pronoun that adds something may mean who was quoted last, and hardly anybody else."""
        if not self._may_mean(phrase, last.name):
            return False
        latest = [self.people.persons[person].name for person in self.memory.latest]
        return last.name in latest or not any(self._may_mean(phrase, name) for name in latest)

    def _may_mean(self, phrase: Phrase, name: str) -> bool:
        """Whether a pronoun may mean a person, by gender."""
        person = next((person for person in self.people.persons if person.name == name), None)
        return person is not None and self._fits(person, phrase)

    def _only_quoted(self, fitting: Sequence[int], phrase: Phrase) -> Speaker | None:
        """Of several whom a pronoun may mean the only one ever quoted, unless the sentence before is about another."""
        subject = self.memory.subject
        about = subject is None or subject.kind == "person"
        if about and any(person in fitting for person in self.memory.latest):
            return None
        if any(mention.person in fitting for mention in self.view.named_before(phrase.first)):
            return None
        quoted = [name for person in fitting if (name := self.people.persons[person].name) in self.memory.named]
        only = self.memory.only_quoted
        if not quoted and only is not None and self._may_mean(phrase, only):
            quoted = [only]
        return Speaker(quoted[0], "certain") if len(quoted) == 1 else None

    def _last_office(self, phrase: Phrase) -> Speaker | None:
        """Who spoke last, if only an office is known of them, which that gender may have: `the mayor … he said`."""
        last = self.memory.speaker
        if last is None or any(person.name == last.name for person in self.people.persons):
            return None
        gender = role_gender(last.name.split()[-1], self.language)
        return last if gender in {"?", phrase.gender} else None

    def _nearest(self, phrase: Phrase) -> Speaker | None:
        """The only one of that gender named in the sentence of a pronoun before it, else in the one before."""
        index = self.view.sentence_at(phrase.first)
        for number in (index, index - 1):
            if number < 0:
                return None
            first, last = self.view.block.sentences[number]
            named = {
                mention.person
                for mention in self.view.mentions_in(first, min(last, phrase.first))
                if not self.words[mention.first].quoted and mention.sure
            }
            fitting = [person for person in named if self._fits(self.people.persons[person], phrase)]
            if len(fitting) > 1:
                return None
            if fitting:
                subject = self.view.clauses.subject_of_sentence(first, last) if number < index else None
                another = (
                    subject is not None and subject.kind == "role" and subject.gender in {None, "?", phrase.gender}
                )
                return None if another else Speaker(self.people.persons[fitting[0]].name, "certain")
        return None

    def _fits(self, person: Person, phrase: Phrase) -> bool:
        return person.gender is None or person.gender == phrase.gender

    def spoken_of(self, gender: str) -> Speaker | None:
        """Who the sentence before is about, if it is a person of that gender."""
        subject = self.memory.subject
        if subject is None or subject.kind != "person" or subject.person is None or not subject.sure:
            return None
        person = self.people.persons[subject.person]
        return Speaker(person.name, "certain") if person.gender in {None, gender} else None


def _is_plural_verb(word: str) -> bool:
    """Whether a verb beside `sie` shows that several speak."""
    return word.islower() and word.endswith("en") and len(word) > 4  # noqa: PLR2004


@cache
def _general_roles(language: str) -> frozenset[str]:
    """Words for a person whose office was told before."""
    return word_set(language, "roles", "general")


@cache
def _role_words(key: str, language: str) -> tuple[str, ...]:
    return tuple(str(table(language, "roles").get(key, "")).split())


@cache
def _same_offices(language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words.split()) for words in table(language, "roles").get("same", []))


def _without_genitive(phrase: Phrase, language: str) -> str:
    """A body as a name of its own: `Ministerium` for `des Ministeriums`."""
    before, _, head = phrase.text.rpartition(" ")
    base = lemma(head, language)
    if phrase.article not in closed_words(language).genitive or before or not head.startswith(base):
        return phrase.text
    return base


def _nominative(phrase: Phrase, language: str) -> str:
    """An office as a name of its own: `polnischer Präsident`, whatever the case it stood in."""
    if not closed_words(language).verb_second:
        return phrase.text
    words = phrase.text.split()
    ending = "e" if phrase.gender == "f" or phrase.plural else "er"
    adjectives = [
        re.sub(r"(?:en|er|em|es|e)$", ending, word)
        if word.islower() and word.endswith(("e", "en", "er", "em", "es"))
        else word
        for word in words[:-1]
    ]
    return " ".join([*adjectives, words[-1]])


def _same_role(head: str, role: str) -> bool:
    """Whether an office as repeated means the one given before: `ministerin` for `nrw-landwirtschaftsministerin`."""
    last = role.rsplit(maxsplit=1)[-1]
    bare = head.removesuffix("s")
    if last.endswith((head, bare)):
        return True
    return len(bare) > 6 and last.rstrip("esn").endswith(bare.rstrip("esn"))  # noqa: PLR2004 - short stems mislead
