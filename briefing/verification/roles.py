"""Rules `roles` and `languages-differ`: who does it to whom (`Ada accused Eva`, `Eva accused Ada`).

Each clause with a deed of `data/<language>/verification_roles.toml` is read for who acts and who is acted upon. That is
seldom possible and never sure, so a finding needs more than a difference: somebody acts in one text and is only acted
upon in the other, by the same deed; or each text knows one alone who acts, both texts name both, and they are two.
What cannot be told is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from briefing.lexicon import table
from briefing.model import Finding
from briefing.verification.claimed import Claimed
from briefing.verification.clauses import (
    ATTRIBUTE,
    LIST,
    OBLIQUE,
    WORD,
    Clause,
    Key,
    Party,
    Words,
    clauses,
    function_words,
    parties,
)
from briefing.verification.facts import UNTOLD, Facts, Reader
from briefing.verification.grounds import NAMES, PASSAGE

_BESIDE = 14
"""Letters between an attribute and its noun, at most: `Russia’s latest attack`."""
_PARTICIPLE = re.compile(r"(?:(?:\w*ge|be|ver|er|ent|emp|zer|miss|über|unter|wider|hinter)\w*(?:t|en)|\w+iert)$")
_TO_VERB = re.compile(r"\b(?:to|would|will|could|can|may|might|must|should)\s$")

Pair = tuple[Party | None, Party | None]
"""Who acts, and who is acted upon, as far as can be told."""


@dataclass
class _Parts:
    """Who acts and who is acted upon, by deed."""

    acts: dict[str, dict[Key, str]] = field(default_factory=dict)
    bears: dict[str, dict[Key, str]] = field(default_factory=dict)
    known: set[Key] = field(default_factory=set)
    """Everybody who is named."""


def check_roles(claimed: Claimed, reader: Reader) -> Iterator[Finding]:
    """Nobody does what was done to them, in another language or in the evidence."""
    read = {language: _parts([facts]) for language, facts in claimed.texts.items()}
    for language, other in combinations(claimed.texts, 2):
        for message in _exchanged(read[language], read[other]):
            yield claimed.finding("languages-differ", f"{message} in “{language}”, but not in “{other}”", language)
    if any(ground.language == UNTOLD for ground in claimed.grounds):
        return
    texts = [(ground.text, ground.language) for ground in claimed.grounds if ground.where == PASSAGE]
    texts += [(text, language) for one in claimed.evidence for language, text in one.evidence.translation.items()]
    given = _parts([reader.facts(*text) for text in texts])
    for language in claimed.texts:
        for message in _exchanged(read[language], given):
            yield claimed.finding("roles", f"{message}, but not in its evidence ({claimed.origins()})", language)


def _exchanged(one: _Parts, other: _Parts) -> Iterator[str]:
    both = {key for key in one.known & other.known if key[0] in NAMES}
    for deed in sorted({*one.acts, *one.bears} & {*other.acts, *other.bears}):
        acts, bears = one.acts.get(deed, {}), one.bears.get(deed, {})
        acts_there, bears_there = other.acts.get(deed, {}), other.bears.get(deed, {})
        for here, there, elsewhere, opposite, does in (
            (acts, acts_there, bears, bears_there, True),
            (bears, bears_there, acts, acts_there, False),
        ):
            turned = [text for key, text in here.items() if key in opposite and key not in {**there, **elsewhere}]
            differs = len(here) == len(there) == 1 and set(here) != set(there) and {*here, *there} <= both
            if turned or differs:
                who = turned[0] if turned else next(iter(here.values()))
                yield f"“{who}” is the one who {'does it' if does else 'it is done to'} ({deed})"
                break


def _parts(texts: Iterable[Facts]) -> _Parts:
    found = _Parts()
    for facts in texts:
        if not table(facts.language, LIST):
            continue
        named = parties(facts)
        found.known |= {key for one in named for key in one.keys}
        for clause in clauses(facts, named):
            for role, one in zip((found.acts, found.bears), _read(clause), strict=True):
                for key in sorted(one.keys) if one else ():
                    role.setdefault(clause.deed.kind, {}).setdefault(key, one.text if one else "")
    return found


def _read(clause: Clause) -> Pair:
    listed = _of_deed(clause.deed.kind, clause.language)
    if clause.deed.field == "nouns":
        return _of_noun(clause, listed)
    acts, bears = _by_case(clause, listed) if listed["cases"] else _by_order(clause, listed)
    return acts, None if clause.deed.kind in listed["telling"] else bears  # `Ada said Eva should go`


def _of_deed(deed: str, language: str) -> Words:
    """The lists, in which those who are taken from are acted upon too: `bought from`, `erhielt von`."""
    listed = function_words(language)
    if deed not in listed["taking"]:
        return listed
    return {**listed, "to": listed["from"], "by": listed["by"] - listed["from"]}


def _first(found: Iterable[Party], governors: Iterable[str]) -> Party | None:
    return next((one for one in found if one.before in set(governors)), None)


def _of_noun(clause: Clause, listed: Words) -> Pair:
    """`the Russian attack on Ukraine`, `Angriff Russlands auf die Ukraine`, `criticism by the union`."""
    if _TO_VERB.search(clause.before):
        return None, None  # `to attack`
    start, end = clause.deed.start, clause.deed.end
    behind = 1 if listed["cases"] else 0
    beside = [
        one
        for one in clause.parties
        if one.before == ATTRIBUTE and (0 < start - one.end <= _BESIDE or 0 < one.start - end <= behind)
    ]
    after = [one for one in clause.parties if one.start >= end]
    return (beside[-1] if beside else _first(after, listed["by"])), _first(after, listed["to"])


def _by_order(clause: Clause, listed: Words) -> Pair:
    """In a language whose subject stands before its verb, as in English."""
    verb = clause.deed
    whole = [one for one in clause.parties if one.before != ATTRIBUTE]
    before = [one for one in whole if one.end <= verb.start]
    after = [one for one in whole if one.start >= verb.end]
    words = [word.lower() for word in WORD.findall(clause.before)][-3:]
    last = words[-1] if words else ""
    is_gerund = verb.word.endswith("ing") and last not in listed["passive"]  # but `is giving`
    if not is_gerund and last in listed["articles"] | {"of", "in", "for"}:
        return None, None  # `the supply of arms`
    if _may_be_noun(verb.word, clause.language) and not _follows_subject(last, before, verb.start, listed):
        return None, None  # `a return visit`
    subject = before[-1] if len(before) > 1 and not before[-1].before else _first(before, ("", "of"))
    if not verb.word.endswith("ing") and last != "to" and listed["passive"] & set(words):
        return _first(after, listed["by"]), subject or _first(after, listed["to"])
    nearest = after[0] if after and after[0].before in {"", OBLIQUE, *listed["to"]} else None
    is_infinitive = last == "to" and not listed["passive"] & set(words[-2:-1])  # but `she is to visit`
    return (None if is_gerund or is_infinitive else subject), nearest


def _may_be_noun(word: str, language: str) -> bool:
    """Whether a verb has the form of its noun: `visit`, `visits`, and neither `visited` nor `visiting`."""
    return bool({word.lower(), word.lower().removesuffix("s")} & _infinitives(language))


@cache
def _infinitives(language: str) -> frozenset[str]:
    listed: Mapping[str, str] = table(language, LIST)["verbs"]
    return frozenset(verb.strip() for verbs in listed.values() for verb in verbs.split(","))


def _follows_subject(last: str, before: list[Party], start: int, listed: Words) -> bool:
    """Whether a word stands before it that only a verb has: an auxiliary, `to`, its subject."""
    is_beside = bool(before) and start - before[-1].end == 1 and before[-1].before in {"", "of"}
    return is_beside or last in {"to", "not"} | listed["auxiliaries"]


def _by_case(clause: Clause, listed: Words) -> Pair:
    """In a language whose articles may tell the subject wherever it stands, as in German."""
    bare = [one for one in clause.parties if one.before in {"", OBLIQUE}]
    first, to = (bare[0] if bare else None), _first(clause.parties, listed["to"])
    words = [word.lower() for word in WORD.findall(clause.text)]
    if listed["passive"] & set(words) and _PARTICIPLE.match(clause.deed.word):
        return _first(clause.parties, listed["by"]), first or to
    if re.search(r"\bzu\s+$", clause.before) or re.search(r"\wzu\w", clause.deed.word):
        return None, first or to
    if first and first.before == OBLIQUE:
        second = bare[1] if len(bare) > 1 and bare[1].before != OBLIQUE else None
        return second, first
    if len(bare) > 1:
        return bare[0], bare[1]
    return (first if first and _leads(first, clause, listed, words) else None), to


def _leads(party: Party, clause: Clause, listed: Words, words: Iterable[str]) -> bool:
    """Whether the only party of a clause opens it; of another (`sagte Ada Hilfe zu`) nobody can tell who it is."""
    offset = clause.deed.start - len(clause.before)
    opening = [word.lower() for word in WORD.findall(clause.text[: max(0, party.start - offset)])]
    return listed["leading"].issuperset(opening) and not listed["pronouns"] & set(words)
