"""Who speaks in a sentence outside quotation marks: verbs of speech, `laut X`, `X zufolge`, `hieß es im Bericht`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.annotation.blocks import Frame, View
from briefing.annotation.bodies import listed_bodies
from briefing.annotation.clauses import CLAUSE
from briefing.annotation.countries import country_code
from briefing.annotation.naming import Naming
from briefing.annotation.phrases import Phrase, phrase_at


class IndirectSpeech:
    """Reads the frames of speech that the sentences of one block make without quotation marks."""

    def __init__(self, view: View, naming: Naming) -> None:
        self.view = view
        self.words = view.words
        self.closed = view.closed
        self.verbs = view.verbs
        self.clauses = view.clauses
        self.mentions = view.mentions
        self.language = view.language
        self.naming = naming

    def sentence(self, first: int, last: int) -> tuple[Frame, ...]:
        """The frames that the words of one sentence outside quotation marks make."""
        frames = _with_via([*self._prepositions(first, last), *self._speech_verbs(first, last)])
        unique: dict[str, Frame] = {}
        for frame in frames:
            unique.setdefault(frame.speaker.name, frame)
        return tuple(unique.values())

    def _speech_verbs(self, first: int, last: int) -> Iterator[Frame]:
        """Frames of verbs of speech in a sentence, quotations aside."""
        telling = self.verbs.telling
        for place in range(first, last):
            word = self.words[place]
            if word.text not in telling or word.quoted:
                continue
            if word.text in self.verbs.participles:
                frame = self._perfect(place, first, last)
                if frame is not None:
                    yield frame
                    continue
            if word.text not in self.verbs.certain or word.is_capital:
                continue
            if word.text in self.closed.determiners and place + 1 < last and self.words[place + 1].is_word:
                continue  # meine Tochter
            if (
                self.clauses.is_silent(place, last)
                or self.clauses.is_own_name(place, last)
                or not self.clauses.has_particle(place, last)
                or self.clauses.in_relative_clause(place, first)
                or self.clauses.is_infinitive(place, first, last)
            ):
                continue
            verb = self.clauses.finite(place, first, last)
            phrase = self.clauses.subject(verb, first, last) if verb is not None else None
            if phrase is not None and self.clauses.is_toward_person(place, last, phrase):
                continue
            frame = self.naming.frame((place, place + 1), phrase, "verb") if phrase else None
            if frame is not None and phrase is not None:
                unsure = phrase.kind == "name"  # Augmented Reality bezeichnet …
                yield replace(frame, speaker=replace(frame.speaker, confidence="likely")) if unsure else frame

    def _perfect(self, participle: int, first: int, last: int) -> Frame | None:
        """The frame of `X hat angekündigt`, `wie X mitgeteilt hat`."""
        auxiliary = self.clauses.auxiliary(participle, first, last)
        phrase = self.clauses.subject(auxiliary, first, last) if auxiliary is not None else None
        if phrase is None or phrase.last > participle:
            return None
        frame = self.naming.frame((participle, participle + 1), phrase, "verb")
        if frame is not None and phrase.kind == "name":
            return replace(frame, speaker=replace(frame.speaker, confidence="likely"))
        return frame

    def _own_words(self, place: int, first: int, last: int) -> Frame | None:
        """The frame of `nach eigenen Angaben`, by which the subject of the sentence speaks."""
        for parts in self.verbs.own.get(self.words[place].text.lower(), ()):
            end = place + len(parts)
            if tuple(word.text.lower() for word in self.words[place:end]) != parts or end + 1 >= last:
                continue
            if place == first:
                phrase = self.clauses.speaker_after(end + 1, last, loose=False)
            else:
                phrase = self.clauses.subject_of_sentence(first, last)
            if phrase is not None and phrase.kind in {"person", "body", "country", "role"}:
                return self.naming.frame((place, end), phrase, "preposition")
        return None

    def _prepositions(self, first: int, last: int) -> Iterator[Frame]:
        """Frames of `laut X`, `nach Angaben von X`, `X zufolge`."""
        prepositional = self.verbs.prepositional
        for place in range(first, last):
            word = self.words[place]
            lower = word.text.lower()
            if lower not in prepositional or word.quoted:
                continue
            frame = self._own_words(place, first, last) or self._owned(place, last)
            if frame is None and lower in self.verbs.after:
                frame = self._postposition(place, first)
            elif (
                frame is None
                and lower in self.verbs.before
                and (lower != "so" or (place > first and self.words[place - 1].text in {",", "“", '"', "»", "«", "”"}))
            ):
                frame = self.preposition_at(place, last)
            if frame is not None:
                yield frame

    def _owned(self, place: int, last: int) -> Frame | None:
        """The frame of `nach Webers Ansicht`, with the owner before the noun of `nach Ansicht`."""
        mention = self.mentions.get(place + 1)
        if mention is None or mention.last + 1 >= last:
            return None
        noun = self.words[mention.last + 1].text.lower()
        first = self.words[place].text.lower()
        if (first, noun) not in self.verbs.before.get(first, ()):
            return None
        phrase = phrase_at(self.words, place + 1, self.mentions, self.language)
        return self.naming.frame((place, place + 1), phrase, "preposition") if phrase is not None else None

    def preposition_at(self, place: int, limit: int) -> Frame | None:
        """The frame of a preposition of speech at `place`."""
        for phrase_words in self.verbs.before.get(self.words[place].text.lower(), ()):
            size = len(phrase_words)
            if place + size >= limit:
                continue
            if tuple(word.text.lower() for word in self.words[place : place + size]) != phrase_words:
                continue
            target = place + size
            if self.words[target].text.lower() in self.closed.comparatives:
                return None
            while target < limit and self.words[target].text.lower() in self.closed.links:
                target += 1
            phrase = phrase_at(self.words, target, self.mentions, self.language) if target < limit else None
            if phrase is None or not self.clauses.may_speak(phrase) or self._goes_on_otherwise(phrase, limit):
                return None
            return self.naming.frame((place, place + size), phrase, "preposition")
        return None

    def _goes_on_otherwise(self, phrase: Phrase, limit: int) -> bool:
        """Whether a phrase is only the beginning of something that does not speak: `laut Minister-Erlass`."""
        return phrase.kind == "name" and phrase.last + 1 < limit and self.words[phrase.last + 1].is_capital

    def _postposition(self, place: int, first: int) -> Frame | None:
        """The frame of `X zufolge`: the phrase that ends just before."""
        for start in range(max(first, place - 8), place):
            phrase = phrase_at(self.words, start, self.mentions, self.language)
            if phrase is not None and phrase.last == place - 1 and self.clauses.may_speak(phrase):
                return self.naming.frame((place, place + 1), phrase, "preposition")
        return None

    def impersonal(self, verb: int, limit: int) -> Frame | None:
        """`“, heißt es in dem Bericht`: the body behind the preposition speaks, or the one whose document it is."""
        for place in range(verb + 1, min(limit, verb + 6)):
            if self.words[place].text.lower() in self.closed.prepositions:
                for target in range(place + 1, min(limit, place + 7)):
                    if self.words[target].quoted or self.words[target].text in ",.:;(":
                        return None
                    before = self.words[target - 1].text.lower()
                    phrase = phrase_at(self.words, target, self.mentions, self.language)
                    if phrase is None:
                        continue
                    owner = phrase.kind == "person" or _is_acronym(phrase.text)
                    direct = target == place + 1 or {before, phrase.article} & self.closed.owners or owner
                    if direct and phrase.kind in {"body", "person", "country"}:
                        return self.naming.frame((verb, verb + 2), phrase, "verb")
                return None
        return None

    def goes_further(self, first: int, last: int) -> int | None:
        """Place of the verb in `hieß es weiter`, which goes on with who spoke before."""
        for place in range(first, last - 2):
            word = self.words[place]
            if (
                word.text in self.verbs.impersonal
                and not word.quoted
                and self.words[place + 1].text in self.closed.pronouns
                and self.words[place + 2].text in self.verbs.further
            ):
                return place
        return None

    def tells_of_another(self, frame: Frame, first: int, last: int) -> bool:
        """Whether a sentence reports, in the subjunctive, what another than its speaker has done: `X habe Y geliefert`.

        A country is not another for a speaker of that country; what happened to somebody (`sei verletzt worden`) is no
        charge.
        """
        if frame.speaker.confidence != "certain":
            return False
        for place in range(first, last):
            word = self.words[place]
            if word.quoted or word.text not in self.closed.reported_perfect:
                continue
            phrase = self.clauses.subject_phrase(place, first, last)
            if (
                phrase is None
                or phrase.kind not in {"person", "body", "country"}
                or "worden" in self._texts(place, last)
            ):
                continue
            if not self._closes_with_participle(place, last):
                continue
            named = self.naming.resolve(phrase)
            if named is None or named.name == frame.speaker.name:
                continue
            return phrase.kind != "country" or country_code(phrase.text, self.language) not in self._lands(frame)
        return False

    def _texts(self, first: int, last: int) -> set[str]:
        return {word.text for word in self.words[first:last] if not word.quoted}

    def _closes_with_participle(self, place: int, last: int) -> bool:
        """Whether a participle ends the clause of an auxiliary."""
        for index in range(place + 1, min(last, place + CLAUSE)):
            word = self.words[index]
            if word.text in ",;.:" and not word.quoted:
                before = self.words[index - 1].text
                return before.islower() and before.endswith(("t", "en")) and len(before) > 4  # noqa: PLR2004
        return False

    def _lands(self, frame: Frame) -> frozenset[str]:
        """The countries that a speaker speaks for."""
        person = next((person for person in self.naming.people.persons if person.name == frame.speaker.name), None)
        own = frozenset(person.lands) if person is not None else frozenset[str]()
        codes = {country_code(word, self.language) for word in frame.speaker.name.split()}
        return own | {code for code in codes if code}


def _passes_on(frame: Frame) -> bool:
    """Whether a speaker is one who reports what others say: an agency, the press."""
    if frame.phrase is None or frame.phrase.kind not in {"body", "group", "other"}:
        return False
    if listed_bodies().get(frame.speaker.name) == "agency":
        return True
    return (
        frame.phrase.text.split()[-1]
        .lower()
        .rstrip("ens")
        .endswith(("agentur", "medi", "zeitung", "agenci", "media", "newspaper"))
    )


def _with_via(frames: list[Frame]) -> list[Frame]:
    """Frames in which an agency passes on what a person says made one: `sagte X laut dpa`."""
    carriers = [frame for frame in frames if _passes_on(frame)]
    others = [frame for frame in frames if not _passes_on(frame)]
    if len(carriers) != 1 or not others:
        return frames
    via = carriers[0].speaker.name
    return [replace(frame, speaker=replace(frame.speaker, via=via)) for frame in others]


def _is_acronym(word: str) -> bool:
    """Whether a word is a run of capitals, as bodies are called."""
    return len(word) > 1 and word.isupper()
