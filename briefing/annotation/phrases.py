"""Noun phrases that can speak: persons, offices, bodies, countries, pronouns, groups.

A phrase is read from its first word: article, adjectives, then a name or a noun; what follows after a comma may still
name it (`der Geschäftsführer der Region, Matthias Körner`). Nothing is guessed: a noun that is no name, office or
body is `other`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.annotation.bodies import is_body, is_listed
from briefing.annotation.countries import is_country_word
from briefing.annotation.forms import is_known
from briefing.annotation.grammar import Words, closed_words
from briefing.annotation.offices import role_gender, roles
from briefing.annotation.persons import Mention
from briefing.annotation.tokens import Token

Kind = Literal["person", "name", "role", "body", "country", "group", "pronoun", "other"]
APPOSITION = 12
"""Tokens between an office and the name behind a comma; the longest of 40 German ones read had 9."""

ACRONYM = 5
"""Letters of the longest run of capitals taken for a body; longer ones are words in capitals (`EXKLUSIV`)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase."""

    first: int
    last: int
    kind: Kind
    text: str
    person: int | None = None
    sure: bool = True
    gender: str | None = None
    article: str = ""
    """The determiner, in lower case."""
    plural: bool = False


def phrase_at(words: Sequence[Token], index: int, mentions: Mapping[int, Mention], language: str) -> Phrase | None:
    """The noun phrase that begins at `index`.

    Args:
        words: The words of one block.
        index: Where to begin.
        mentions: The persons named in the block, by first token and by the first token of the office before the name.
        language: ISO 639-1 code.

    Returns:
        The phrase, None where none begins.
    """
    if index >= len(words) or not words[index].is_word:
        return None
    closed = closed_words(language)
    lower = words[index].text.lower()
    if lower in closed.pronouns and index not in mentions:
        return Phrase(index, index, "pronoun", words[index].text, gender=closed.pronouns[lower])
    place, article = index, ""
    if lower in closed.determiners and index not in mentions:
        article, place = lower, index + 1
    place = _skip_adjectives(words, _skip_truncated(words, place, closed), mentions, closed, language)
    if place >= len(words):
        return None
    if place in mentions:
        owned = _owned(words, mentions[place], mentions, language)
        return owned or _person(words, index, mentions[place], article, language)
    aged = _aged(words[place].text, language)
    if aged:
        return Phrase(index, place, "role", words[place].text, gender=aged, article=article)
    if not _is_noun(words, place, closed, language):
        return None
    return _noun_phrase(words, index, place, article, mentions, language)


def _owned(words: Sequence[Token], owner: Mention, mentions: Mapping[int, Mention], language: str) -> Phrase | None:
    """What belongs to a person, an office or another one: `Weber’s sister, Ada Kern`; None where nothing does."""
    following = words[owner.last + 1] if owner.last + 1 < len(words) else None
    if following is None or not following.is_word:
        return None
    owned = mentions.get(owner.last + 1)
    if closed_words(language).capital_nouns:  # Webers Anwalt, Webers Anwalt Max Kern
        if not words[owner.last].text.endswith(("s", "’")) or not role_gender(following.text, language):
            return None
        if owned is not None:
            return _person(words, owner.last + 1, owned, "", language)
        return _noun_phrase(words, owner.last + 1, owner.last + 1, "", mentions, language)
    if not words[owner.last].text.endswith(("’s", "'s")):
        return None
    chain = owned is not None and words[owned.last].text.endswith(("’s", "'s"))  # read no further, however long it is
    phrase = None if chain else phrase_at(words, owner.last + 1, mentions, language)
    return phrase or Phrase(owner.last + 1, owner.last + 1, "other", following.text)


def _skip_truncated(words: Sequence[Token], place: int, closed: Words) -> int:
    """The first token behind the first part of a double noun: `Zoo- und Tierparkdirektor`."""
    if (
        place + 3 < len(words)
        and words[place].is_capital
        and words[place + 1].text in {"-", "–"}
        and words[place + 1].start == words[place].end
        and words[place + 2].text in closed.conjunctions
        and words[place + 3].is_capital
    ):
        return place + 3
    return place


def _person(words: Sequence[Token], index: int, mention: Mention, article: str, language: str) -> Phrase:
    gender = None
    if mention.role_first >= 0:
        gender = role_gender(words[mention.first - 1].text, language) if words[mention.first - 1].is_word else None
    return Phrase(
        index,
        mention.last,
        "person",
        _join(words, mention.first, mention.last),
        mention.person,
        mention.sure,
        gender,
        article,
    )


@cache
def _no_adjectives(language: str) -> frozenset[str]:
    """Small words that are no adjectives; made once, as it is asked for at every word."""
    closed = closed_words(language)
    return (
        closed.determiners
        | closed.prepositions
        | closed.subordinators
        | closed.adverbs
        | closed.conjunctions
        | closed.comparatives
        | closed.auxiliaries
    )


def _skip_adjectives(
    words: Sequence[Token],
    place: int,
    mentions: Mapping[int, Mention],
    closed: Words,
    language: str,
) -> int:
    """The first token from `place` on that is no adjective, or name in the genitive, before a noun."""
    if (
        closed.capital_nouns
        and place + 1 < len(words)
        and place not in mentions
        and words[place].is_capital
        and words[place].text.endswith(("s", "’"))
        and words[place].text.lower() not in closed.sentence_words
        and words[place + 1].is_capital
        and (place + 1 in mentions or role_gender(words[place + 1].text, language))
        and not role_gender(words[place].text, language)
    ):
        return place + 1  # Russlands Präsident
    no_adjectives = _no_adjectives(language)
    limit = min(len(words) - 1, place + 5)
    while place < limit and place not in mentions:
        text, following = words[place].text, words[place + 1]
        small = not text[0].isupper() and (
            text[-1] in closed.no_verb_letters if closed.capital_nouns else text.replace("-", "").isalnum()
        )
        if closed.capital_nouns:
            inhabitant = (
                text[0].isupper()
                and text.endswith(closed.inhabitants)
                and following.is_capital
                and not role_gender(text, language)
            )
            if (
                not (small and text[0].isalpha() and text.lower() not in no_adjectives and following.is_word)
                and not inhabitant
            ):
                break
            if small and not text.endswith(closed.adjectives):
                break
        elif is_country_word(text, language) and (place + 1 in mentions or role_gender(following.text, language)):
            pass  # French President Nicolas Sarkozy
        elif not small or role_gender(text, language) or not following.is_word or text in no_adjectives:
            break
        elif is_body(text) and not (role_gender(following.text, language) or is_body(following.text)):
            break  # the ministry confirmed, but: the ministry spokesman
        place += 1
    return place


def _aged(word: str, language: str) -> str | None:
    """The gender of somebody called by age, `28-Jährige`; None where the word is nothing of the kind."""
    number, _, noun = word.rpartition("-")
    return role_gender(noun, language) if number.isdigit() and noun[:1].isupper() else None


def _is_noun(words: Sequence[Token], place: int, closed: Words, language: str) -> bool:
    word = words[place]
    if word.is_capital:
        return word.text.lower() not in closed.sentence_words and word.text.lower() not in closed.adverbs
    return not closed.capital_nouns and bool(role_gender(word.text, language) or is_body(word.text))


def _noun_phrase(
    words: Sequence[Token],
    index: int,
    place: int,
    article: str,
    mentions: Mapping[int, Mention],
    language: str,
) -> Phrase:
    """The phrase whose noun stands at `place`: an office, a body, a country, a group or an unknown word."""
    closed = closed_words(language)
    last = place
    while last + 1 < len(words) and words[last + 1].is_capital and last + 1 not in mentions and last - place < 5:  # noqa: PLR2004
        last += 1
    head = words[place].text
    texts = [word.text for word in words[place : last + 1]]
    modified = _join(words, index + bool(article), last)
    role = role_gender(head, language)
    if role:
        named = _named_later(words, last, mentions, closed)
        if named is not None:
            return Phrase(
                index,
                named.last,
                "person",
                _join(words, named.first, named.last),
                named.person,
                named.sure,
                role,
                article,
            )
        plural = _is_plural(head, article, language)
        return Phrase(
            index,
            last,
            "group" if plural else "role",
            _join(words, index + bool(article), place),
            gender=role,
            article=article,
            plural=plural,
        )
    behind = None if closed.capital_nouns else mentions.get(last + 1)
    if behind is not None:  # FBI Director Christopher Wray
        name = _join(words, behind.first, behind.last)
        return Phrase(index, behind.last, "person", name, behind.person, behind.sure, article=article)
    if any(is_body(text) for text in texts) or is_listed(" ".join(texts)):
        return Phrase(index, last, "body", modified, article=article, gender=_body_gender(texts[0], article, closed))
    if len(texts) == 1 and is_country_word(head, language):
        return Phrase(index, last, "country", modified, article=article)
    if head.lower() in roles(language).groups:
        return Phrase(index, last, "group", modified, article=article, plural=True)
    if article and len(texts) == 1 and 1 < len(head) <= ACRONYM and head.isupper() and not head.isdigit():
        return Phrase(index, last, "body", modified, article=article)  # der LSVD
    if (
        not article
        and index == place
        and (not is_known(head, language) or (1 < len(head) <= ACRONYM and head.isupper()))
    ):
        return Phrase(index, last, "body" if head.isupper() and len(head) <= ACRONYM else "name", modified)
    return Phrase(index, last, "other", modified, article=article)


def _body_gender(head: str, article: str, closed: Words) -> str | None:
    if article in closed.female_articles or head.lower().endswith(closed.feminine_nouns or ("\0",)):
        return "f"
    return "n" if article in closed.neuter_articles else None


def _is_plural(head: str, article: str, language: str) -> bool:
    """Whether an office stands for several people, as far as noun and article show it."""
    if not roles(language).compounds:
        singular = roles(language).masculine | roles(language).feminine
        return any(
            head.endswith(ending) and head.removesuffix(ending).lower() in singular
            for ending in roles(language).inflections
        )
    closed = closed_words(language)
    behind = closed.plural_behind.get(article)
    if head.endswith(closed.feminine_plural) or (behind and head.endswith(behind)) or article in closed.several:
        return True
    return not article and head.lower() in roles(language).groups


def _named_later(words: Sequence[Token], last: int, mentions: Mapping[int, Mention], closed: Words) -> Mention | None:
    """The person named behind an office and its attributes: `der Leiter des Amts, Max Weber,`."""
    if (
        last + 2 < len(words) and words[last + 1].text in closed.conjunctions
    ):  # Chefin und Aufsichtsrätin Daniela Cavallo
        for place in range(last + 2, min(len(words), last + 4)):
            mention = mentions.get(place)
            if mention is not None and 0 <= mention.role_first <= place < mention.first:
                return mention
    for place in range(last + 1, min(len(words), last + 1 + APPOSITION)):
        text = words[place].text
        mention = mentions.get(place)
        if mention is not None:
            before = words[place - 1]
            if before.text == ",":
                after = words[mention.last + 1].text if mention.last + 1 < len(words) else "."
                return (
                    mention
                    if mention.full and mention.role_first < 0 and (not after[0].isalnum() or after in closed.origin)
                    else None
                )
            genitive = before.text.lower() in closed.prepositions | closed.determiners | closed.conjunctions
            return (
                mention
                if mention.full
                and mention.first == place
                and mention.role_first < 0
                and not genitive
                and before.is_capital
                else None
            )
        small_verb = (
            words[place].is_word
            and not words[place].is_capital
            and not (
                text.lower() in closed.determiners | closed.prepositions | closed.conjunctions
                or text[-1] in closed.no_verb_letters
            )
        )
        if text in ".;:!?" or small_verb:
            return None
    return None


def _join(words: Sequence[Token], first: int, last: int) -> str:
    """The words from `first` to `last`, with a space where the text has white space."""
    parts = [words[first].text]
    for before, word in zip(words[first:last], words[first + 1 : last + 1], strict=True):
        parts.append(" " if word.start > before.end else "")
        parts.append(word.text)
    return "".join(parts)
