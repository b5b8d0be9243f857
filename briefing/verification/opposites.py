"""Rules `opposite` and `languages-differ`: a word and its opposite where the evidence or another language has the one.

What is compared is not words but what they tell of (`first` and `last`, `morning` and `evening`, `Foreign Minister` and
`Defence Minister`): a text that names one pole only, against one that names another only. A text that names both, or
neither, says nothing here. A negative prefix makes a pole the opposite of itself: `unbesorgt`, `unworried`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations

from briefing.lexicon import table, word_set
from briefing.model import Finding, Name
from briefing.verification.claimed import Claimed
from briefing.verification.facts import UNTOLD, Facts
from briefing.verification.grounds import PASSAGE
from briefing.verification.polarity import polarity

Text = tuple[str, str]
"""A text and its language."""
Poles = Mapping[str, Mapping[str, str]]
"""What a text tells of → each pole that it may name, with its word; `-pole` for one with a negative prefix.

The word is empty where it may mean something else: such a pole keeps a finding away and makes none.
"""

_FIRST = 3
"""Letters by which a pattern is chosen: two patterns in three need not be tried."""
_BEFORE_A_NAME = 48
"""Letters before a name in which its office may stand: `der südkoreanische Verteidigungsminister ` has 42."""


def check_opposites(claimed: Claimed, names: tuple[Name, ...]) -> Iterator[Finding]:
    """No text names the opposite of what its evidence, another language or `names.yml` says."""
    for language, other in combinations(claimed.texts, 2):
        texts = [(claimed.texts[key].text, key) for key in (language, other)]
        for one, two in _conflicts(texts[:1], texts[1:]):
            message = f"“{one}” in “{language}”, but “{two}” in “{other}”"
            yield claimed.finding("languages-differ", message, language)
    for language, facts in claimed.texts.items():
        yield from _against_evidence(claimed, language)
        yield from _offices(claimed, facts, names)


def _against_evidence(claimed: Claimed, language: str) -> Iterator[Finding]:
    """The opposite of what the quoted words say in every language that they are in, and of what their passages say."""
    quotes = [(quote.text, quote.language) for quote in claimed.quotes]
    quotes += [(text, into) for one in claimed.evidence for into, text in one.evidence.translation.items()]
    around = [(ground.text, ground.language) for ground in claimed.grounds if ground.where == PASSAGE]
    if any(into == UNTOLD for _, into in quotes):
        return
    told = _listed("evidence") & set(_together(quotes))
    for one, two in _conflicts([(claimed.texts[language].text, language)], [*quotes, *around], told):
        yield claimed.finding(
            "opposite", f"“{one}” is the opposite of “{two}” in its evidence ({claimed.origins()})", language
        )


def _together(texts: Iterable[Text]) -> Poles:
    found: dict[str, dict[str, str]] = {}
    for text, language in texts:
        for axis, named in _poles(text, language).items():
            poles = found.setdefault(axis, {})
            for pole, word in named.items():
                poles[pole] = poles.get(pole) or word
    return found


def _offices(claimed: Claimed, facts: Facts, names: tuple[Name, ...]) -> Iterator[Finding]:
    """The office right before a person's name is the one that `names.yml` gives the person."""
    roles = {form: name.role[facts.language] for name in names if facts.language in name.role for form in _forms(name)}
    for person in facts.of("person"):
        role = roles.get(person.text) or roles.get(person.value)
        before = facts.text[max(0, person.start - _BEFORE_A_NAME) : person.start]
        before = re.split(r"[.,;:–—()„“”»«]|\b(?:and|und|of|von|with|mit)\b", before)[-1]
        if not role or _was(before, facts.language):
            continue
        for one, two in _conflicts([(before, facts.language)], [(role, facts.language)], {"portfolio", "office"}):
            message = f"“{one}” stands before {person.text}, whose role in names.yml is “{two}”"
            yield claimed.finding("opposite", message, facts.language)


def _forms(name: Name) -> Iterator[str]:
    yield from (*name.name.values(), *name.also)


def _was(before: str, language: str) -> bool:
    """Whether the office is a past one or a coming one."""
    words = str(table(language, "verification_opposites").get("past", "")).split()
    return any(re.search(rf"(?<!\w){word}", before, re.IGNORECASE) for word in words)


def _conflicts(
    ones: Sequence[Text], others: Sequence[Text], axes: Collection[str] | None = None
) -> Iterator[tuple[str, str]]:
    """The words that exclude one another; those that a negation turns round only where neither side has one."""
    one, other = _together(ones), _together(others)
    for axis in one:
        if axis in other and (axes is None or axis in axes):
            words = _conflict(one[axis], other[axis])
            if words and (
                axis in _listed("firm") or not any(_denies(text, into, words) for text, into in (*ones, *others))
            ):
                yield words


def _conflict(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, str] | None:
    for first, second in ((one, other), (other, one)):  # a pole denied by its prefix, and the pole itself
        for pole in first:
            plain = pole.removeprefix("-")
            if pole != plain and first[pole] and second.get(plain) and plain not in first and pole not in second:
                return (first[pole], second[plain]) if first is one else (second[plain], first[pole])
    said = [next((word for word in side.values() if word), None) for side in (one, other)]
    if not said[0] or not said[1] or set(one) & set(other) or any(pole[0] == "-" for pole in (*one, *other)):
        return None
    return said[0], said[1]


def _denies(text: str, language: str, words: Iterable[str] = ()) -> bool:
    """Whether a text says no, besides by the words themselves: `verweigert` is the opposite of `zugesagt`."""
    for word in words:
        text = text.replace(word, " ")
    read = polarity(text, language)
    return bool(read.sure or read.hidden or read.denials)


@lru_cache(maxsize=16384)
def _poles(text: str, language: str) -> Poles:
    """What `text` tells of, and the poles it names."""
    found: dict[str, dict[str, str]] = {}
    beginnings = _beginnings(text, language)
    for axis, pole, is_sure, pattern, first in _patterns(language):
        if first is not None and first.isdisjoint(beginnings):
            continue
        for match in pattern.finditer(text):
            poles = found.setdefault(axis, {})
            key = f"-{pole}" if match["negative"] else pole
            poles[key] = poles.get(key) or (match.group() if is_sure else "")
    return found


def _beginnings(text: str, language: str) -> set[str]:
    """The first letters of the words, with and without a negative prefix: most patterns need not be tried at all."""
    words = [word.lower() for word in re.findall(r"\w+", text)]
    words += [word.removeprefix(prefix) for word in words for prefix in _negative(language) if word.startswith(prefix)]
    return {word[:size] for word in words for size in range(1, _FIRST + 1)}


@cache
def _negative(language: str) -> tuple[str, ...]:
    listed = str(table(language, "verification_opposites").get("negative", ""))
    return tuple(prefix.strip() for prefix in listed.split(",") if prefix.strip())


@cache
def _patterns(language: str) -> tuple[tuple[str, str, bool, re.Pattern[str], frozenset[str] | None], ...]:
    """Axis, pole, whether its words are sure, the expression, and how its words begin; None if anyhow."""
    prefixes = "|".join(map(re.escape, _negative(language)))
    found = []
    for axis, poles in table(language, "verification_opposites").items():
        for pole, words in poles.items() if isinstance(poles, dict) else ():
            entries = [word.strip() for word in words.split(",")]
            for is_sure in (True, False):
                plain = [word.strip("()") for word in entries if (word[0] != "(") is is_sure]
                if plain:
                    chosen = "|".join(map(_expression, plain))
                    pattern = re.compile(rf"(?<!\w)(?P<negative>{f'(?i:{prefixes})|' if prefixes else ''})(?:{chosen})")
                    first = frozenset(re.split(r"\W", word.lower())[0][:_FIRST] for word in plain)
                    found.append((axis, pole, is_sure, pattern, None if "" in first else first))
    return tuple(found)


def _expression(word: str) -> str:
    """One entry of the list as an expression; in small letters it matches in any."""
    inner = r"\w*".join(re.escape(part) for part in word.split("*"))
    case = inner if word != word.lower() else f"(?i:{inner})"
    return rf"{case}(?!\w)"


@cache
def _listed(key: str) -> frozenset[str]:
    return word_set("all", "verification_opposites", key)
