"""The persons of an article: variants of a name merged, namesakes kept apart.

`fullnames` finds the names, `shortnames` where one word takes a name up; here names are made persons. A family name
alone counts once the article has given the full one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.annotation.fullnames import full_names
from briefing.annotation.namewords import may_be_given, particles
from briefing.annotation.offices import roles
from briefing.annotation.persons import Mention, Name, People, Person
from briefing.annotation.shortnames import lone_names, with_family_names
from briefing.annotation.tokens import Token
from briefing.lexicon import table


def people(blocks: Sequence[Sequence[Token]], language: str) -> People:
    """Find the persons of an article.

    Args:
        blocks: The words of its blocks, in order.
        language: ISO 639-1 code.

    Returns:
        The persons in order of first mention, and their mentions in each block in order of place.
    """
    if not table(language, "roles"):
        return People((), tuple(() for _ in blocks))
    vocabulary = Counter(word.text for words in blocks for word in words if word.is_capital)
    found = [name for number, words in enumerate(blocks) for name in full_names(words, number, vocabulary, language)]
    found = _without_neighbours(found)
    found += lone_names(blocks, found, language)
    persons, owner = _merge(found, vocabulary, language)
    by_block: dict[int, list[Mention]] = {}
    for name, index in zip(found, owner, strict=True):
        by_block.setdefault(name.block, []).append(
            Mention(name.first, name.last, index, len(name.parts) > 1, role_first=name.lead),
        )
    mentions = tuple(
        with_family_names(words, by_block.get(number, []), persons, number, language)
        for number, words in enumerate(blocks)
    )
    for block in mentions:
        for mention in block:
            persons[mention.person].mentions += 1
    return People(tuple(persons), mentions)


def _without_neighbours(found: Sequence[Name]) -> list[Name]:
    """The names that are not the family names of two: `schenkte Kern Weber ein Auto`, where `Ada Kern` is named too."""
    families = {name.parts[0] if name.family_first else name.parts[-1] for name in found if len(name.parts) > 1}
    return [
        name
        for name in found
        if len(name.parts) != 2 or name.family_first or name.parts[0] not in families or may_be_given(name.parts[0])  # noqa: PLR2004
    ]


def _merge(found: Sequence[Name], vocabulary: Counter[str], language: str) -> tuple[list[Person], list[int]]:
    """Make persons of names: two names are one person if the parts of one begin or end the other's.

    Returns:
        The persons, and for each name the index of its person.
    """
    persons: list[Person] = []
    keys: list[frozenset[str]] = []
    owner: list[int] = []
    for name in found:
        parts = _without_genitive(name.parts, vocabulary, language)
        key = frozenset(part.lower() for joined in parts for part in joined.split("-") if part not in particles())
        family = parts[0] if name.family_first else parts[-1]
        index = _same(key, family, name, persons, keys)
        if index is None:
            persons.append(Person(_written(parts, name.initials), family, first_block=name.block))
            keys.append(key)
            index = len(persons) - 1
        person = persons[index]
        if len(key) > len(keys[index]):
            keys[index] = key
            person.name = _written(parts, name.initials)
            person.family = family
        person.gender = person.gender or name.gender
        if name.role_text:
            person.roles[name.role_text.lower()] += 1
            person.lands |= {name.land} if name.land else set()
            person.role = person.role or name.role_text
        owner.append(index)
    return persons, owner


def _written(parts: Sequence[str], initials: frozenset[str]) -> str:
    """A name as it is shown: `Robert J. Stephens`."""
    return " ".join(part + "." if part in initials else part for part in parts)


def _same(
    key: frozenset[str], family: str, name: Name, persons: Sequence[Person], keys: Sequence[frozenset[str]]
) -> int | None:
    """Index of the person that a name belongs to: the last one whose parts include it, or are included in it."""
    for index in range(len(persons) - 1, max(-1, len(persons) - 201), -1):  # 200 namesakes bound the work
        person = persons[index]
        if key == keys[index]:
            return index
        if person.gender and name.gender and person.gender != name.gender:
            continue
        families = frozenset(family.lower().split("-")), frozenset(person.family.lower().split("-"))
        if (key < keys[index] or keys[index] < key) and families[0] <= keys[index] and families[1] <= key:
            return index
    return None


def _without_genitive(parts: tuple[str, ...], vocabulary: Counter[str], language: str) -> tuple[str, ...]:
    """`Merkels` → `Merkel`, where the article also has the form without."""
    family = parts[-1].removesuffix("’").removesuffix("'")
    for ending in roles(language).genitive:
        bare = family.removesuffix(ending)
        if bare != family and (len(ending) > 1 or vocabulary[bare] > 0):
            return (*parts[:-1], bare)
    return (*parts[:-1], family)
