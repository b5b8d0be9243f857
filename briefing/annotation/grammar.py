"""The closed word classes of a language, from `data/<language>/grammar.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import NamedTuple

from briefing.lexicon import table, word_set


class Words(NamedTuple):
    """The closed word classes of one language, in lower case."""

    determiners: frozenset[str]
    definite: frozenset[str]
    oblique: frozenset[str]
    prepositions: frozenset[str]
    adverbs: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    comparatives: frozenset[str]
    pronouns: Mapping[str, str]
    sentence_words: frozenset[str]
    auxiliaries: frozenset[str]
    feminine_nouns: tuple[str, ...]
    verb_second: bool
    capital_nouns: bool
    perfect: frozenset[str]
    passive: frozenset[str]
    copula: frozenset[str]
    perfect_infinitives: frozenset[str]
    addressee: frozenset[str]
    others: frozenset[str]
    links: frozenset[str]
    several: frozenset[str]
    female_articles: frozenset[str]
    who: frozenset[str]
    emphatic: frozenset[str]
    not_finite_after: frozenset[str]
    reported_perfect: frozenset[str]
    owners: frozenset[str]
    """Words before whose document something is: `in der Mitteilung des Verbands`."""
    genitive: frozenset[str]
    nominative: frozenset[str]
    """Articles that a masculine has as a subject only."""
    focus: frozenset[str]
    """Words before a subject that belong to it: `auch die Grünen`."""
    our: frozenset[str]
    """Words of the outlet for its own people, who may be told something: `sagte unserem Reporter`."""
    origin: frozenset[str]
    """Words behind a name that tell where somebody works."""
    hypothetical: frozenset[str]
    """Words that open a clause of what somebody might say: `wenn X sagt: „…“`."""
    negations: frozenset[str]
    objects: Mapping[str, str]
    """Pronouns that are objects only → their gender."""
    neuter_articles: frozenset[str]
    about: frozenset[str]
    """Prepositions before what somebody speaks of: `X über Y: „…“`."""
    days: frozenset[str]
    """Names of days, which stand anywhere in a clause: `schrieb Samstagabend`."""
    set_phrases: frozenset[str]
    """Behind a preposition they end its phrase: `vor allem Weber`."""
    reflexive: frozenset[str]
    for_whom: frozenset[str]
    """Before whom a thing is so: `für X ist klar`."""
    adjectives: tuple[str, ...]
    """Endings of adjectives before a noun, where nouns have a capital letter."""
    inhabitants: tuple[str, ...]
    """Endings of adjectives with a capital letter: `Berliner`."""
    no_verb_letters: frozenset[str]
    """Last letters of small words that need not be verbs."""
    feminine_plural: tuple[str, ...]
    plural_behind: Mapping[str, str]
    """Article → ending of a noun that is a plural behind it."""


@cache
def closed_words(language: str) -> Words:
    """The closed word classes of `language`; all empty where it has none."""
    data = table(language, "grammar")

    words = partial(word_set, language, "grammar")

    def endings(key: str) -> tuple[str, ...]:
        return tuple(str(table(language, "endings").get(key, "")).split()) or ("\0",)

    pronouns = {word: gender for gender in "mfn" for word in words(f"pronouns_{gender}")}
    return Words(
        determiners=words("determiners"),
        definite=words("definite"),
        oblique=words("oblique"),
        prepositions=words("prepositions"),
        adverbs=words("adverbs"),
        relatives=words("relatives"),
        conjunctions=words("conjunctions"),
        subordinators=words("subordinators"),
        comparatives=words("comparatives"),
        pronouns=pronouns,
        sentence_words=words("sentence_words"),
        auxiliaries=word_set(language, "speech", "no_speech"),
        feminine_nouns=tuple(str(data.get("feminine_nouns", "")).split()),
        verb_second=bool(data.get("verb_second")),
        capital_nouns=bool(table(language, "dates").get("capital_nouns")),
        perfect=words("perfect"),
        passive=words("passive"),
        copula=words("copula"),
        perfect_infinitives=words("perfect_infinitives"),
        addressee=words("addressee"),
        others=words("others"),
        links=words("links"),
        several=words("several"),
        female_articles=words("female_articles"),
        who=words("who"),
        emphatic=words("emphatic"),
        not_finite_after=words("not_finite_after"),
        reported_perfect=words("reported_perfect"),
        owners=words("owners"),
        genitive=words("genitive"),
        nominative=words("nominative"),
        focus=words("focus"),
        our=words("our"),
        origin=words("origin"),
        hypothetical=words("hypothetical"),
        negations=words("negations"),
        objects={word: gender for gender in "mfn" for word in words(f"objects_{gender}")},
        neuter_articles=words("neuter_articles"),
        about=words("about"),
        days=_days(language),
        set_phrases=words("set_phrases"),
        reflexive=words("reflexive"),
        for_whom=words("for_whom"),
        adjectives=endings("adjectives"),
        inhabitants=endings("inhabitants"),
        no_verb_letters=frozenset(endings("no_verb_letters")),
        feminine_plural=endings("feminine_plural"),
        plural_behind=table(language, "endings").get("plural_behind", {}),
    )


@cache
def _days(language: str) -> frozenset[str]:
    """Names of days, alone and with a part of the day: `freitagmittag`."""
    days = " ".join(table(language, "dates").get("weekdays", [])).split()
    parts = word_set(language, "grammar", "day_parts")
    return frozenset(day + part for day in days for part in ("", "s", *parts))


@cache
def word_class(key: str, language: str) -> frozenset[str]:
    """A closed class of `data/<language>/grammar.toml`."""
    return word_set(language, "grammar", key)
