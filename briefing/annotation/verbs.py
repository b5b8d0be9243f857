"""The verbs and prepositions by which a language reports speech, from `data/<language>/speech.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import NamedTuple

from briefing.annotation.sequences import by_first_word
from briefing.lexicon import table, word_set


class Verbs(NamedTuple):
    """The reporting words of one language."""

    beside: frozenset[str]
    certain: frozenset[str]
    participles: frozenset[str]
    telling: frozenset[str]
    """The last two together."""
    prepositional: frozenset[str]
    """First words of all prepositions of speech."""
    toward: frozenset[str]
    """Verbs that say nothing where their object is a person."""
    citing: frozenset[str]
    """Verbs whose object speaks."""
    further: frozenset[str]
    adding: frozenset[str]
    """Verbs by which somebody goes on who was quoted before."""
    particles: Mapping[str, frozenset[str]]
    """Beginning of a separable verb → particles, one of which closes its clause."""
    prepositions: Mapping[str, frozenset[str]]
    """Beginning of a verb → prepositions, one of which stands behind it."""
    no_speech: frozenset[str]
    own: Mapping[str, tuple[tuple[str, ...], ...]]
    """First word of a phrase by which the subject of its sentence speaks: `nach eigenen Angaben`."""
    silent: tuple[str, ...]
    """Beginnings of verbs that say nothing where a negation stands by them: `äußerte sich nicht`."""
    convinced: frozenset[str]
    impersonal: frozenset[str]
    views: frozenset[str]
    """First words of prepositions that tell in whose view something is so, which they need not have said."""
    concluding: frozenset[str]
    """Nouns for what somebody says, with a colon behind: `Das Problem: „…“`."""
    answering: frozenset[str]
    """Nouns for what comes from somebody: `Zustimmung kam von X: „…“`."""
    calling: frozenset[str]
    """Participles of the next verbs, behind a comma."""
    judging: frozenset[str]
    """Verbs by which somebody says what a thing is, in words that are quoted."""
    no_judgement: frozenset[str]
    """Behind one of these it is another verb: `called on`."""
    quoted: frozenset[str]
    """Participles by which words are passed on: `was quoted as saying`."""
    standing: frozenset[str]
    """Verbs, beside the copula, of how a thing is for somebody: `für X stand fest`."""
    called: frozenset[str]
    """Verbs that say nothing of oneself: `nannte sich`."""
    before: Mapping[str, tuple[tuple[str, ...], ...]]
    """First word of a preposition of speech → its words, longest first."""
    after: frozenset[str]


@cache
def verbs(language: str) -> Verbs:
    """The reporting words of `language`."""
    data = table(language, "speech")

    words = partial(word_set, language, "speech")
    own, before = by_first_word(data.get("own", [])), by_first_word(data["before"])
    return Verbs(
        beside=words("strong") | words("certain"),
        certain=words("certain"),
        participles=words("participles"),
        telling=words("certain") | words("participles"),
        prepositional=frozenset({*own, *before, *data["after"]}),
        toward=words("toward"),
        citing=words("citing"),
        further=words("further"),
        adding=words("adding"),
        particles=_by_stem(data["particles"]),
        prepositions=_by_stem(data["prepositions"]),
        no_speech=words("no_speech"),
        own=own,
        silent=tuple(str(data.get("silent", "")).split()) or ("\0",),
        convinced=words("convinced"),
        impersonal=words("impersonal"),
        views=words("views"),
        concluding=words("concluding"),
        answering=words("answering"),
        calling=words("calling"),
        judging=words("judging"),
        no_judgement=words("no_judgement"),
        quoted=words("quoted"),
        standing=words("standing"),
        called=words("called"),
        before=before,
        after=frozenset(data["after"]),
    )


def _by_stem(parts: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Stem → words, longest stem first, so that the first that fits is the right one."""
    return {stem: frozenset(words.split()) for stem, words in sorted(parts.items(), key=lambda item: -len(item[0]))}
