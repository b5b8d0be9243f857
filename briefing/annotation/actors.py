"""Persons with their office, organisations, agencies and countries, as one passage names them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from briefing.annotation.bodies import is_body, listed_bodies
from briefing.annotation.countries import countries, country_name
from briefing.annotation.persons import People
from briefing.annotation.tokens import Token, in_address
from briefing.lexicon import word_set
from briefing.model import Actor


def actors(
    text: str,
    words: Sequence[Token],
    sentence: tuple[int, int],
    persons: People,
    block: int,
    language: str,
) -> tuple[Actor, ...]:
    """Find who and what a sentence names.

    Args:
        text: The block.
        words: Its words.
        sentence: The sentence as a half-open range of `words`.
        persons: The persons of the article.
        block: Index of the block among those `persons` was made from.
        language: ISO 639-1 code.

    Returns:
        The actors in order of place, with spans relative to `text`.
    """
    first, last = sentence
    named = tuple(_countries(text, words[first:last], language))
    sure = {(actor.start, actor.end) for actor in named if " " in actor.text}  # Sierra Leone is nobody
    people = [
        actor for actor in _persons(text, words, sentence, persons, block) if (actor.start, actor.end) not in sure
    ]
    found = [*people, *named]
    taken = [(actor.start, actor.end) for actor in found if actor.kind == "person"]
    found = [actor for actor in found if actor.kind == "person" or not _inside(actor, taken)]
    taken = [(actor.start, actor.end) for actor in found]
    found += [actor for actor in _bodies(text, words[first:last]) if not _inside(actor, taken)]
    return tuple(sorted(found, key=lambda actor: (actor.start, actor.end)))


def _inside(actor: Actor, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < actor.end and actor.start < end for start, end in spans)


def _persons(
    text: str,
    words: Sequence[Token],
    sentence: tuple[int, int],
    persons: People,
    block: int,
) -> Iterator[Actor]:
    mentions = persons.mentions[block] if block < len(persons.mentions) else ()
    index = bisect_left(mentions, sentence[0], key=lambda mention: mention.first)
    while index < len(mentions) and mentions[index].first < sentence[1]:
        mention = mentions[index]
        person = persons.persons[mention.person]
        start, end = words[mention.first].start, words[min(mention.last, sentence[1] - 1)].end
        yield Actor(person.name, "person", text[start:end], start, end, person.role)
        index += 1


def _countries(text: str, words: Sequence[Token], language: str) -> Iterator[Actor]:
    for mention in countries(words, language):
        if in_address(text, mention.start):
            continue
        name = country_name(mention.code, language)
        yield Actor(name, "country", text[mention.start : mention.end], mention.start, mention.end, code=mention.code)


@cache
def _first_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in listed_bodies():
        parts = tuple(name.split())
        by_first.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in by_first.items()}


@cache
def _legal_forms() -> frozenset[str]:
    return word_set("all", "organisations", "legal_forms")


def _bodies(text: str, words: Sequence[Token]) -> Iterator[Actor]:
    """Listed bodies, and nouns that say by their ending that they are one."""
    forms = _legal_forms()
    first_words = _first_words()
    index = 0
    while index < len(words):
        word = words[index]
        last = _listed_until(words, index) if word.text in first_words else None
        # Bank, Partei, Regierung alone name no body
        if (
            last is None
            and word.is_capital
            and (len(word.text) > 9 or "-" in word.text)  # noqa: PLR2004
            and word.text not in forms
            and is_body(word.text)
        ):
            last = index
        if last is not None:
            name = " ".join(part.text for part in words[index : last + 1])
            kind = listed_bodies().get(name, "organisation")
            start, end = word.start, words[last].end
            yield Actor(name, kind, text[start:end], start, end)
            index = last
        index += 1


def _listed_until(words: Sequence[Token], index: int) -> int | None:
    """Index of the last word of the listed name that begins at `index`."""
    for parts in _first_words().get(words[index].text, ()):
        if all(index + k < len(words) and words[index + k].text == part for k, part in enumerate(parts)):
            return index + len(parts) - 1
    return None
