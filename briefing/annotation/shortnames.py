"""Persons named by one word: the family name alone, once the article has given the full one, or a given name alone."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.annotation.evidence import goes_with_capital, speaking
from briefing.annotation.forms import is_known, is_known_anywhere
from briefing.annotation.grammar import word_class
from briefing.annotation.namewords import given_gender, is_given, is_typed, listed, may_be_given, particles
from briefing.annotation.offices import role_gender, roles
from briefing.annotation.persons import Mention, Name, Person
from briefing.annotation.tokens import Token


def with_family_names(
    words: Sequence[Token],
    found: Sequence[Mention],
    persons: Sequence[Person],
    block: int,
    language: str,
) -> tuple[Mention, ...]:
    """Add the places where a person is named by the family name alone."""
    families: dict[str, list[int]] = {}
    for index, person in enumerate(persons):
        for form in (person.family, person.family.split()[-1]):
            if len(form) > 1 and index not in families.setdefault(form, []):
                families[form].append(index)
    _add_given_names(families, persons)
    taken = {place for mention in found for place in range(mention.first, mention.last + 1)}
    mentions = list(found)
    endings = (*(ending for ending in roles(language).genitive if len(ending) == 1), "’", "'")
    for place, word in enumerate(words):
        if place in taken or not word.is_capital:
            continue
        form = word.text
        if form not in families and form.endswith(endings):
            form = _bare(form, language)
        if form not in families:
            continue
        chosen, sure = _choose(families[form], persons, block)
        first = _with_particles(words, place, persons[chosen])
        if first == place and _belongs_to_more(words, place, form, language):
            continue
        if first == place and _is_place_here(words, place, persons[chosen]):
            continue
        if form != persons[chosen].family and _goes_on(words, place, persons[chosen], language):
            continue
        given = mentions[-1] if mentions else None
        if given is not None and given.person == chosen and given.last == first - 1 and not given.full:
            mentions[-1] = Mention(given.first, place, chosen, full=True)  # both parts, known from another place
            continue
        mentions.append(Mention(first, place, chosen, full=False, sure=sure))
    return tuple(sorted(mentions, key=lambda mention: mention.first))


def _add_given_names(families: dict[str, list[int]], persons: Sequence[Person]) -> None:
    """Let a person be named by the given name too, where one alone bears it: `Ada` for `Ada Lind`."""
    bearers: dict[str, list[int]] = {}
    for index, person in enumerate(persons):
        first = person.name.split()[0]
        if first != person.family and (_may_stand_alone(first) or not is_known_anywhere(first)):
            bearers.setdefault(first, []).append(index)
    for first, indices in bearers.items():
        if len(indices) == 1 and first not in families:
            families[first] = indices


def _is_place_here(words: Sequence[Token], place: int, person: Person) -> bool:
    """Whether the place that somebody is named after is meant: `nach Meran`, where `Ada von Meran` is a person."""
    before = words[place - 1].text.lower() if place else ""
    return before in listed("whereabouts") and not listed("origin").isdisjoint(person.name.split())


def _goes_on(words: Sequence[Token], place: int, person: Person, language: str) -> bool:
    """Whether a given name is that of somebody else, whose family name stands behind it."""
    following = words[place + 1] if place + 1 < len(words) else None
    if following is None or not following.is_capital or following.start != words[place].end + 1:
        return False
    if _bare(words[place].text, language) != words[place].text or role_gender(following.text, language):
        return False  # Evans Buch, Ada Kardinal Kern
    return not following.text.startswith(_bare(person.family, language))


def _with_particles(words: Sequence[Token], place: int, person: Person) -> int:
    """The first token of a family name with its particles, where the full name has them: `von Preen`."""
    parts = person.name.split()
    first = place
    while first > 0 and words[first - 1].text.lower() in particles() and words[first - 1].text.lower() in parts:
        first -= 1
    return first


def _belongs_to_more(words: Sequence[Token], place: int, form: str, language: str) -> bool:
    """Whether a family name is part of another name here, or a common noun."""
    before = words[place - 1] if place else None
    if before is not None and is_given(before.text) and before.text != form:
        return True
    if before is not None and goes_with_capital(words, place, language) and not is_known_anywhere(before.text):
        return True  # another one of the family: Junmyung Lee
    joined = before is not None and before.is_capital and before.end + 1 == words[place].start
    if before is not None and joined and form.lower() in listed("place_nouns"):
        titled = before.text.lower() in roles(language).titles or role_gender(before.text, language)
        return not titled  # Stony Hill
    article = before is not None and before.text.lower() in word_class("articles", language)
    return article and is_known(form, language) and is_known(form.lower(), language)


def _choose(candidates: Sequence[int], persons: Sequence[Person], block: int) -> tuple[int, bool]:
    """Which of several namesakes is meant, and whether that is sure: one alone introduced so far is."""
    introduced = [index for index in candidates if persons[index].first_block <= block] or list(candidates)
    if len(introduced) == 1:
        return introduced[0], True
    return introduced[0], False


def lone_names(blocks: Sequence[Sequence[Token]], found: Sequence[Name], language: str) -> list[Name]:
    """Given names that stand alone everywhere, of people who are known by them: `Mia said`, `Tom and Lia`.

    One such name needs proof: it speaks, is introduced or has an age, or the article uses it twice, and nowhere behind
    a preposition or beside another capital word, as places and firms stand.
    """
    named = {part for name in found for part in name.parts}
    places: dict[str, list[tuple[int, int]]] = {}
    for number, words in enumerate(blocks):
        for place, word in enumerate(words):
            text = _bare(word.text, language) if word.is_capital else ""
            if not text or {text, word.text} & named:
                continue
            if _may_stand_alone(text) or (_is_introduced(words, place) and may_be_given(text)):
                places.setdefault(text, []).append((number, place))
    lone = []
    for text, uses in places.items():
        is_somebody = any(
            _is_beside(blocks[number], place, speaking(language))
            or _is_introduced(blocks[number], place)
            or _has_age(blocks[number], place)
            for number, place in uses
        )
        if (is_somebody or len(uses) > 1) and not any(
            _is_no_lone_name(blocks[number], place, language) for number, place in uses
        ):
            number, place = uses[0]
            lone.append(Name(number, place, place, (text,), given_gender(text), None, family_first=False, titled=False))
    return lone


def _may_stand_alone(word: str) -> bool:
    """Whether a given name says that a person is meant even without a family name."""
    return is_typed(word) and word not in listed("words") and len(word) > 2  # noqa: PLR2004 - Jo, Bo, Ed


def _is_beside(words: Sequence[Token], place: int, others: frozenset[str]) -> bool:
    """Whether one of `others` stands right before or behind a word."""
    return any(0 <= near < len(words) and words[near].text in others for near in (place - 1, place + 1))


def _is_introduced(words: Sequence[Token], place: int) -> bool:
    """Whether a word says that a name follows: `a woman called Ada`, `ein Mann namens Tom`."""
    return place > 0 and words[place - 1].text in listed("introduces")


def _has_age(words: Sequence[Token], place: int) -> bool:
    """Whether an age stands behind a name: `Lucia, 10, and Emma, 4,`, `Mia (34)`."""
    behind = [word.text for word in words[place + 1 : place + 4]]
    if len(behind) < 3 or not behind[1].isdigit() or len(behind[1]) > 2:  # noqa: PLR2004 - comma, age, comma
        return False
    return (behind[0] == "," and behind[2] in {",", "."}) or (behind[0] == "(" and behind[2] == ")")


def _is_no_lone_name(words: Sequence[Token], place: int, language: str) -> bool:
    """Whether a given name is used as places and firms are, or is part of a longer name."""
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    if after is not None and after.is_capital and after.start == words[place].end + 1:
        return True
    if before is None:
        return False
    return (
        (
            before.is_capital
            and place > 1
            and words[place - 2].text not in {".", "!", "?", ":"}
            and not is_given(before.text)
        )
        or before.text.lower() in listed("whereabouts")
        or before.text.lower() in word_class("articles", language)
        or before.text in {"@", "#", "-", "."}
    )


def _bare(text: str, language: str) -> str:
    """A family name without the ending of the genitive."""
    for ending in roles(language).genitive:
        if len(ending) == 1:
            text = text.removesuffix(ending)
    return text.removesuffix("’").removesuffix("'")
