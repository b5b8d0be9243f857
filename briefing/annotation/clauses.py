"""Clauses around verbs of speech: which verb reports, what its subject is, whether a sentence is reported speech.

German puts the subject behind the verb when a quotation, an adverb or a clause stands first, before it otherwise;
English before it, or behind it after a quotation. A subject is only taken if it can speak, is no object by its
article, and agrees in number with the verb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from briefing.annotation.bodies import listed_bodies
from briefing.annotation.forms import lemma
from briefing.annotation.grammar import closed_words
from briefing.annotation.persons import Mention
from briefing.annotation.phrases import Phrase, phrase_at
from briefing.annotation.tokens import Token
from briefing.annotation.verbs import verbs
from briefing.lexicon import table, word_set

REACH = 14
"""Tokens between a verb and a subject behind it; `sagte am Mittwoch bei einem Besuch in der Stadt der …` has 9."""
SKIPPED = 3
"""Small words of no known class passed over between a verb and its subject: `sagte da ganz leise der Mann`."""
BREAKS = frozenset({",", ":", ";", "–", "—", "-", "(", ")", "“", "”", '"', "»", "«", "„"})
"""Marks behind which a clause begins; a bracket that closes is passed over, and `-` counts only apart from its word."""
CLAUSE = 80
"""Tokens of the longest clause looked back over; it bounds the work at each verb."""


def _is_singular_verb(word: str) -> bool:
    """Whether a German verb form is of the third person singular."""
    return word.endswith(("t", "te", "e")) or not word.endswith("en")


@cache
def _plural_names(language: str) -> frozenset[str]:
    return word_set(language, "grammar", "plural_names")


@cache
def subjunctive(language: str) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """Forms and endings of reported speech, and the words of the first person."""
    data = table(language, "grammar")
    endings = tuple(str(data.get("subjunctive_endings", "")).split()) or ("\0",)
    return (
        word_set(language, "grammar", "subjunctive_sure"),
        endings,
        word_set(language, "grammar", "first_person"),
    )


@cache
def idioms(language: str) -> frozenset[str]:
    """Set phrases whose subjunctive reports nothing."""
    return frozenset(table(language, "grammar").get("subjunctive_idioms", []))


class Clauses:
    """Reads the clauses of one block."""

    def __init__(self, words: Sequence[Token], mentions: Mapping[int, Mention], language: str) -> None:
        self.words = words
        self.mentions = mentions
        self.language = language
        self.closed = closed_words(language)
        self.verbs = verbs(language)

    def subject(self, verb: int, first: int, last: int) -> Phrase | None:
        """The subject of a verb in the sentence from `first` to `last`, if it can speak and agrees in number."""
        phrase = self.subject_phrase(verb, first, last)
        return phrase if phrase is None or self.agrees(phrase, self.words[verb].text) else None

    def agrees(self, phrase: Phrase, verb: str) -> bool:
        """Whether a subject may stand with a plural verb: `Polen werfen sie vor` has another one."""
        if (
            not self.closed.verb_second
            or not verb.endswith("en")
            or phrase.kind in {"group", "pronoun", "role", "other"}
        ):
            return True
        if phrase.article == "die" and phrase.kind == "body" and phrase.text.endswith("en"):
            return True
        return any(word in _plural_names(self.language) for word in phrase.text.split())

    def subject_phrase(self, verb: int, first: int, last: int) -> Phrase | None:
        """The same, whatever its number."""
        if self.in_relative_clause(verb, first):
            return None
        start = self.clause_start(verb, first)
        if not self.closed.verb_second:
            before = self.subject_before(verb, start, first)
            if before is not None:
                return before if self.may_speak(before) else None
            return self.english_inversion(verb, first, last)
        lead = self.skip_conjunction(start)
        if self.words[lead].text.lower() in self.closed.comparatives and lead < verb:  # wie X berichtet, wie es X nennt
            object_first = self.closed.pronouns.get(self.words[lead + 1].text.lower()) == "n"
            phrase = phrase_at(self.words, lead + 1 + object_first, self.mentions, self.language)
            return (
                phrase
                if phrase is not None and self.may_speak(phrase) and phrase.article not in self.closed.oblique
                else None
            )
        if (
            self.words[lead].text.lower() in self.closed.subordinators - self.closed.determiners
            and lead < verb
            and lead > first
        ):
            return None
        before_verb = [word.text for word in self.words[max(lead, verb - 2) : verb]]
        if (
            len(before_verb) > 1
            and before_verb[0] in self.closed.conjunctions
            and before_verb[1] in self.closed.adverbs
        ):
            return self.speaker_after(verb + 1, last, loose=False)  # … und trotzdem mahnt der Trainer
        if verb > lead and self.words[verb - 1].text in self.closed.conjunctions and before_verb != [before_verb[-1]]:
            phrase = phrase_at(self.words, lead, self.mentions, self.language)  # X rief dazu auf und kritisierte …
            if phrase is not None and phrase.last < verb - 2 and phrase.article not in self.closed.oblique:
                return phrase if self.may_speak(phrase) else None
        if self.words[lead].text.lower() in self.closed.focus and lead + 1 < verb:
            lead += 1  # auch die Grünen sprachen von …
        before = self.subject_before(verb, lead, first)
        if before is not None:
            return before if self.may_speak(before) else self.subject_behind_object(verb, last)
        return self.speaker_after(verb + 1, last, loose=verb == lead)

    def subject_behind_object(self, verb: int, last: int) -> Phrase | None:
        """The subject of a clause that opens with its object: `Die Kritik nannte der Minister überzogen`.

        Only a masculine in the nominative shows that it is the subject.
        """
        phrase = phrase_at(self.words, verb + 1, self.mentions, self.language) if verb + 1 < last else None
        if phrase is None or phrase.kind not in {"role", "person"} or phrase.article not in self.closed.nominative:
            return None
        return None if self.is_dative(phrase) or phrase.gender == "f" else phrase

    def subject_before(self, verb: int, start: int, first: int) -> Phrase | None:
        """The phrase that fills the clause before the verb, or the one before an apposition in commas."""
        if verb > start:
            phrase = phrase_at(self.words, start, self.mentions, self.language)
            phrase = self.with_name(phrase) if phrase is not None and self.closed.verb_second else phrase
            if phrase is not None and phrase.last < verb and self.fills(phrase, verb):
                return phrase
            if not self.closed.verb_second:
                return self.ending_at(verb, start)
            return None
        if verb <= first or self.words[verb - 1].text != ",":
            return None
        reported = self.reported_by(verb, first) if self.closed.verb_second else None
        if reported is not None:
            return reported
        lead = self.skip_conjunction(first)
        phrase = phrase_at(self.words, lead, self.mentions, self.language)
        if not self.closed.verb_second and (phrase is None or not self.may_speak(phrase)):
            return self.before_apposition(verb - 1, first)
        if phrase is None or not self.may_speak(phrase) or phrase.article in self.closed.oblique:
            return None
        if phrase.last + 1 < verb - 1 and self.words[phrase.last + 1].text == ",":
            return phrase
        if phrase.last == verb - 2 and any(word.text == "," for word in self.words[phrase.first : phrase.last]):
            return phrase  # Der Leiter des Amts, Max Weber, verwies
        return None

    def reported_by(self, verb: int, first: int) -> Phrase | None:
        """The subject of a clause with an apposition before its verb: `…, wie die Leiterin, Eva Maier, bestätigt`."""
        for place in range(verb - 2, max(first, verb - REACH), -1):
            if self.words[place].text in self.closed.comparatives and self.words[place - 1].text == ",":
                phrase = phrase_at(self.words, place + 1, self.mentions, self.language)
                return phrase if phrase is not None and phrase.kind == "person" and phrase.last == verb - 2 else None
        return None

    def with_name(self, phrase: Phrase) -> Phrase:
        """The person named right behind a noun that is no office we know: `Fachfrau Eva Maier`; else the phrase."""
        mention = self.mentions.get(phrase.last + 1)
        if mention is None:
            return phrase
        joined = mention.role_first == phrase.last + 1 and "-" in self.words[phrase.last + 1].text
        if phrase.kind not in {"other", "name"} and (phrase.article or not joined):  # IG Bau-Chef Max Weber
            return phrase
        named = phrase_at(self.words, phrase.last + 1, self.mentions, self.language)
        return named if named is not None and named.kind == "person" else phrase

    def before_apposition(self, comma: int, first: int) -> Phrase | None:
        """English: who an apposition that ends with `comma` stands behind, `On Monday, Ada Kern, a nurse, said`."""
        opening = next((k for k in range(comma - 1, max(first, comma - REACH), -1) if self.words[k].text == ","), None)
        if opening is None:
            return None
        inside = self.mentions.get(opening + 1)
        if inside is not None and inside.last == comma - 1 and inside.full:  # the council’s leader, Ada Kern, said
            return phrase_at(self.words, opening + 1, self.mentions, self.language)
        phrase = self.ending_at(opening, self.clause_start(opening, first))
        return phrase if phrase is not None and phrase.kind == "person" else None

    def ending_at(self, verb: int, start: int) -> Phrase | None:
        """English: the phrase that ends right before the verb or an adverb."""
        end = verb
        while end - 1 > start and self.words[end - 1].text.lower() in self.closed.adverbs | self.closed.perfect:
            end -= 1
        for place in range(max(start, end - 8), end):
            phrase = phrase_at(self.words, place, self.mentions, self.language)
            if phrase is not None and phrase.last == end - 1 and self.may_speak(phrase):
                before = self.words[place - 1].text.lower() if place > start else ""
                if before in self.closed.prepositions:
                    return None
                return phrase
        return None

    def english_inversion(self, verb: int, first: int, last: int) -> Phrase | None:
        """The subject behind an English verb, which only a quotation or comma before it allows."""
        before = self.words[verb - 1].text if verb > first else ""
        phrase = self.speaker_after(verb + 1, last, loose=False) if before in {",", "”", '"', "“", "’"} else None
        following = self.words[phrase.last + 1].text if phrase is not None and phrase.last + 1 < last else ""
        return None if following in self.closed.comparatives else phrase  # …, acknowledged X as

    def fills(self, phrase: Phrase, verb: int) -> bool:
        """Whether nothing but attributes stands between a phrase and the verb, and the phrase is no object."""
        if phrase.article in self.closed.oblique or self.is_dative(phrase) or verb - phrase.last > 14:  # noqa: PLR2004
            return False
        following = self.words[phrase.last + 1]
        if (
            not self.closed.verb_second
            and following.is_word
            and following.text.lower()
            not in (self.closed.prepositions | self.closed.adverbs | self.closed.perfect | self.closed.emphatic)
        ):
            return phrase.last + 1 == verb
        depth = 0
        for word in self.words[phrase.last + 1 : verb]:
            depth += (word.text == "(") - (word.text == ")")
            if depth:
                continue
            if word.text in {",", ":", ";", "–"} or word.text in self.verbs.certain:
                return False
            lower = word.text.lower()
            if (
                word.is_word
                and not word.is_capital
                and self.closed.verb_second
                and not (
                    lower
                    in self.closed.determiners
                    | self.closed.prepositions
                    | self.closed.adverbs
                    | self.closed.conjunctions
                    or lower[-1] in self.closed.no_verb_letters
                    or lower.isdigit()
                )
            ):
                return False
            if not self.closed.verb_second and lower in (
                self.closed.subordinators | self.verbs.no_speech - self.closed.perfect
            ):
                return False
        return True

    def speaker_after(self, place: int, limit: int, *, loose: bool, beside: bool = False) -> Phrase | None:
        """The first phrase from `place` on that can speak and is no object, adverbs and prepositional phrases skipped.

        Args:
            place: Where to begin.
            limit: Where to end.
            loose: Whether a single unknown word may be a name.
            beside: Whether a verb of speech stands behind a quotation, so that any noun that is its subject speaks.
        """
        start, end = place, min(limit, place + REACH)
        skipped = 0
        while place < end:
            word = self.words[place]
            lower = word.text.lower()
            if word.quoted or word.text in ",.;:!?–(":
                return None
            if lower in self.closed.prepositions and place not in self.mentions:
                place = self.behind_prepositional(place + 1, end)
                continue
            if (
                (lower in self.closed.adverbs or lower in self.closed.days)
                and place not in self.mentions
                and not (lower in self.closed.determiners and place + 1 < end and self.words[place + 1].is_capital)
            ):
                place += 1
                continue
            phrase = phrase_at(self.words, place, self.mentions, self.language)
            if phrase is None:
                place += 1
                skipped += 1
                finite = lower in self.verbs.no_speech or lower in subjunctive(self.language)[0]
                if not self.closed.verb_second or not word.is_word or finite or skipped > SKIPPED:
                    return None
                continue
            if phrase.article in self.closed.oblique or self.is_dative(phrase):
                place = phrase.last + 1
                continue
            phrase = self.with_name(phrase)
            if self.may_speak(phrase) and (loose or phrase.kind != "name"):
                return phrase
            if beside and phrase.kind == "other" and phrase.article in self.closed.determiners:
                is_name = not self.closed.capital_nouns and self.words[phrase.last].is_capital
                # sagte der Hamburger; but: said the Harbour Guild
                return replace(phrase, kind="body" if is_name else "role")
            if (
                beside
                and phrase.kind == "other"
                and not phrase.article
                and phrase.first == phrase.last
                and _is_singular_verb(self.words[start - 1].text)
            ):
                return replace(phrase, kind="name")  # sagte Jesus: a noun would have an article
            return None
        return None

    def is_dative(self, phrase: Phrase) -> bool:
        """Whether `der` before a feminine noun makes it an object: `sagte der Zeitung`."""
        if phrase.article != "der" or phrase.kind == "group":
            return False
        if phrase.kind == "role":
            return phrase.gender == "f"
        if phrase.kind in {"body", "other"}:
            head = phrase.text.split()[0].lower()
            agency = listed_bodies().get(phrase.text.split()[0]) == "agency"
            return agency or any(word.endswith(self.closed.feminine_nouns) for word in (head, phrase.text.lower()))
        return phrase.kind == "person" and phrase.gender == "f"

    def behind_prepositional(self, place: int, end: int) -> int:
        """The first token behind the noun phrase of a preposition; a person is part of it if no noun comes before."""
        start = place
        while place < end and self.words[place].is_word and not self.words[place].quoted:
            word = self.words[place]
            if place in self.mentions:
                set_phrase = self.words[start].text in self.closed.set_phrases
                return place if place > start and set_phrase else self.mentions[place].last + 1
            if word.is_capital or word.text[0].isdigit():
                place += 1
                while (
                    place < end
                    and (
                        self.words[place].is_capital
                        or self.words[place].text == "."
                        or self.words[place].text[0].isdigit()
                    )
                    and place not in self.mentions
                ):
                    place += 1
                return place
            place += 1
        return place

    def clause_start(self, verb: int, first: int) -> int:
        """First token of the clause that the verb stands in: behind a comma, colon, dash or quotation."""
        place, first = verb, max(first, verb - CLAUSE)
        while place > first:
            before = self.words[place - 1]
            if before.quoted:
                return place
            if before.text not in BREAKS:
                place -= 1
            elif before.text == ")":
                back = range(place - 1, max(first, place - 12), -1)
                place = next((k for k in back if self.words[k].text == "("), place - 1)
            elif before.text != "-" or (place - 1 > first and self.words[place - 2].end < before.start):
                return place  # BONN - The minister said
            else:
                place -= 1
        return place

    def in_relative_clause(self, verb: int, first: int) -> bool:
        """Whether the clause of the verb hangs on a noun: `…, der sagte`, `, who said`."""
        start = self.clause_start(verb, first)
        if start == first or self.words[start - 1].text != "," or start >= verb:
            lower = self.words[start].text.lower()
            return (
                not self.closed.verb_second
                and any(word.text.lower() in self.closed.who for word in self.words[start:verb])
                and lower not in self.closed.who
            )
        lower = self.words[start].text.lower()
        if lower not in self.closed.relatives:
            return False
        following = self.words[start + 1]
        if not self.closed.verb_second:
            return True
        return not (
            lower in self.closed.determiners
            and (following.is_capital or following.text.endswith(("e", "en")))
            and start + 1 < verb
        )

    def skip_conjunction(self, place: int) -> int:
        """The first token from `place` on that is neither a mark nor a word that joins sentences."""
        end = max(place, len(self.words) - 1)
        while place < end and (
            self.words[place].text.lower() in self.closed.conjunctions or not self.words[place].is_word
        ):
            place = self.behind_bracket(place) if self.words[place].text == "(" else place + 1
        return min(place, end)

    def behind_bracket(self, place: int) -> int:
        """The first token behind a bracket that opens at `place`, or behind its mark where it is long or not closed."""
        close = range(place + 1, min(len(self.words), place + REACH))
        return next((index for index in close if self.words[index].text == ")"), place) + 1

    def subject_of_sentence(self, first: int, last: int) -> Phrase | None:
        """The phrase that opens a sentence, if it can speak: who the sentence is about."""
        if first >= last or self.words[first].quoted:
            return None
        start = self.skip_conjunction(first)
        phrase = phrase_at(self.words, start, self.mentions, self.language)
        if phrase is None or not self.may_speak(phrase) or phrase.article in self.closed.oblique:
            return None
        return None if self.words[start].quoted else phrase

    def may_speak(self, phrase: Phrase) -> bool:
        """Whether a phrase names somebody or a body."""
        return phrase.kind != "other" and phrase.text.lower() not in {"es", "it"}

    def antecedent(self, clause: int, first: int) -> Phrase | None:
        """The noun that a relative clause beginning at `clause` hangs on: `ein junger Mann, der sagte:`."""
        for start in range(max(first, clause - 7), clause - 1):
            phrase = phrase_at(self.words, start, self.mentions, self.language)
            if phrase is not None and phrase.last == clause - 2 and phrase.kind != "pronoun":
                return replace(phrase, kind="role") if phrase.kind == "other" else phrase
        return None

    def finite(self, place: int, first: int, last: int) -> int | None:
        """The finite verb of a form at `place`: itself, or the auxiliary of a participle (`hat … bestätigt`).

        None for a participle in the passive, whose subject does not speak.
        """
        text = self.words[place].text
        following = self.words[place + 1].text if place + 1 < last else "."
        joins = self.closed.conjunctions | self.closed.perfect | self.closed.passive | self.closed.perfect_infinitives
        closes = not following[0].isalnum() or following in joins
        if not self.closed.verb_second or not text.endswith("t") or not closes or place == first:
            return place
        if self.words[place - 1].text in {",", "“", '"', "«", "»"}:
            return place
        for auxiliary in range(place - 1, max(first, place - CLAUSE) - 1, -1):
            lower = self.words[auxiliary].text.lower()
            if lower in self.closed.perfect and not self.words[auxiliary].quoted:
                return auxiliary
            if lower in self.closed.passive:
                return None
        return place

    def auxiliary(self, participle: int, first: int, last: int) -> int | None:
        """Place of the auxiliary that makes a perfect with the participle at `participle`; None where none does."""
        if participle + 1 < last and self.words[participle + 1].text in self.closed.perfect:
            return participle + 1
        for place in range(participle - 1, max(first, participle - CLAUSE) - 1, -1):
            word = self.words[place]
            if word.quoted or word.text in {":", ";"}:
                continue
            if word.text in self.closed.perfect:
                return place
            if word.text in self.closed.passive or word.text in {",", "–"}:
                return None
        return None

    def is_silent(self, verb: int, last: int) -> bool:
        """Whether a verb tells that somebody said nothing: `äußerte sich dazu nicht`, `sagte dazu nichts`."""
        if not self.words[verb].text.startswith(self.verbs.silent):
            return False
        for place in range(verb + 1, min(last, verb + REACH)):
            word = self.words[place]
            if word.quoted or word.text in {",", ":", ";", "–"}:
                return False
            if word.text in self.closed.negations:
                return True
        return False

    def is_own_name(self, verb: int, last: int) -> bool:
        """Whether a verb tells only what somebody is called: `die Firma nannte sich „Regen“`."""
        behind = self.words[verb + 1 : min(last, verb + 4)]
        return self.words[verb].text in self.verbs.called and any(word.text in self.closed.reflexive for word in behind)

    def own_verb(self, first: int, last: int) -> bool:
        """Whether the first clause of a sentence has a verb of speech, whoever its subject is."""
        for place in range(first, last):
            word = self.words[place]
            if word.quoted or word.text in {",", ":", ";", "–", "("}:
                return False
            if word.text in self.verbs.certain and place > first and self.has_particle(place, last):
                return True
        return False

    def has_particle(self, verb: int, last: int) -> bool:
        """Whether a separable verb of speech has its particle at the clause's end: `teilte … mit`; others need none."""
        text = self.words[verb].text
        wanted = next((parts for stem, parts in self.verbs.prepositions.items() if text.startswith(stem)), None)
        if wanted is not None:
            behind = self.words[verb + 1 : min(last, verb + 40)]
            return any(word.text in wanted and not word.quoted for word in behind)
        particles = next((parts for stem, parts in self.verbs.particles.items() if text.startswith(stem)), None)
        if particles is None:
            return True
        for place in range(verb + 1, min(last, verb + 40)):
            word = self.words[place]
            if word.text in particles and not word.quoted:
                following = self.words[place + 1] if place + 1 < last else None
                if following is None or not following.is_word:
                    return True
                joins = self.closed.conjunctions | self.closed.subordinators
                if following.text in joins and following.text not in self.closed.determiners:
                    return True  # an article behind it shows a preposition: gab sie an die Leitung weiter
        return False

    def is_toward_person(self, verb: int, last: int, subject: Phrase) -> bool:
        """Whether a verb such as `begrüßen` has a person for its object and nothing that it says."""
        if self.words[verb].text not in self.verbs.toward:
            return False
        for place in range(verb + 1, last):
            word = self.words[place]
            if word.quoted or word.text == ":" or word.text.lower() in {"dass", "daß", "that"}:
                return False
            if word.text in ",;.–":
                return False
            if word.text.lower() in self.closed.prepositions:
                return False
            if subject.first <= place <= subject.last:
                continue
            if word.text in self.closed.objects:
                return True
            phrase = phrase_at(self.words, place, self.mentions, self.language)
            if phrase is not None and phrase.kind in {"person", "role", "group"}:
                return True
            if phrase is not None and phrase.kind != "pronoun":
                return False
        return False

    def is_infinitive(self, place: int, first: int, last: int) -> bool:
        """Whether a form in -en is an infinitive or ends a clause, so that it has no subject of its own here."""
        text = self.words[place].text
        before = self.words[place - 1].text.lower() if place > first else ""
        if before in self.closed.not_finite_after:
            return True
        if not self.closed.verb_second:
            return False
        following = self.words[place + 1].text if place + 1 < last else "."
        return text.endswith("en") and following in ".,;:!?" and not (place == first or before == ",")

    def is_reported(self, first: int, last: int) -> bool:
        """Whether a sentence has a verb form that only reported speech has, outside quotation marks."""
        return self.reported_verb(first, last) is not None

    def reported_verb(self, first: int, last: int) -> int | None:
        """Place of a verb form that only reported speech has; None where there is none, or somebody says `ich`."""
        sure, endings, first_person = subjunctive(self.language)
        found: int | None = None
        for place, word in enumerate(self.words[first:last], first):
            if word.quoted:
                continue
            lower = word.text.lower()
            if lower in first_person and lower not in self.closed.our:
                return None
            if found is not None or word.is_capital:
                continue
            ends = lower.endswith(endings) and len(lower) > 5  # noqa: PLR2004 - Ziele, viele
            if ends or (lower in sure and not self.is_idiom(place, last)):
                found = place
        return found if found is not None or not self.closed.verb_second else self.subjunctive_verb(first, last)

    def is_idiom(self, place: int, last: int) -> bool:
        """Whether a subjunctive only stands in a set phrase: `sei es`, `es sei denn`."""
        following = self.words[place + 1].text.lower() if place + 1 < last else ""
        return f"{self.words[place].text.lower()} {following}" in idioms(self.language)

    def subjunctive_verb(self, first: int, last: int) -> int | None:
        """Place of a verb in -e behind a noun or pronoun: `Das Treffen zeuge von …`, `Es leite … ein`."""
        for place in range(first + 1, last):
            word, before = self.words[place], self.words[place - 1]
            text = word.text
            if word.quoted or not text.endswith("e") or not text.islower() or len(text) < 4:  # noqa: PLR2004
                continue
            behind = self.words[place + 1].text if place + 1 < last else ""
            named = before.is_capital or before.text in self.closed.pronouns or behind in self.closed.pronouns
            if not named or before.text.lower() in self.closed.determiners:
                continue
            if place + 1 < last and self.words[place + 1].is_capital and not text.endswith(("iere", "ele")):
                continue
            if lemma(text, self.language) == text + "n":  # zeuge → zeugen, but sagte → sagen
                return place
        return None
