"""Rules `languages-differ` and `translation`: every language says the same numbers, dates, names and negations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, permutations

from briefing.model import Finding
from briefing.verification.claimed import Claimed
from briefing.verification.facts import Facts, Reader
from briefing.verification.grounds import proves
from briefing.verification.polarity import knows

RULE = "languages-differ"


def check_agreement(claimed: Claimed) -> Iterator[Finding]:
    """Hold the texts of one statement against one another, each way."""
    for (language, facts), (other_language, other) in permutations(claimed.texts.items(), 2):
        for mention in {
            (one.kind, one.value): one for one in facts.mentions if one.hard and one.kind != "capital"
        }.values():
            if not proves(other, mention):
                yield claimed.finding(
                    RULE, f"“{mention.text}” stands in “{language}” but not in “{other_language}”", language
                )
            elif mention.kind == "number":
                yield from _measure(claimed, facts, other, mention.value)
    yield from _swapped(claimed)
    languages = [language for language in claimed.texts if knows(language)]
    for language in languages[1:]:
        yield from _negations(claimed, languages[0], language)


def check_translations(claimed: Claimed, reader: Reader) -> Iterator[Finding]:
    """The editor's translation of a quotation says what the quotation says, nothing less and nothing more."""
    for evidence, quote in zip(claimed.evidence, claimed.quotes, strict=True):
        for language, text in evidence.evidence.translation.items():
            translated = reader.facts(text, language)
            for one, other, where in ((quote, translated, "translation"), (translated, quote, "quotation")):
                for mention in one.mentions:
                    if mention.hard and mention.kind not in {"word", "capital"} and not proves(other, mention):
                        message = f"“{mention.text}” is missing in the {where} ({language})"
                        yield Finding("translation", evidence.evidence.place, message, claimed.statement.id)
            said, meant = translated.polarity, quote.polarity
            if knows(language) and (said.sure > meant.sure + meant.hidden or meant.sure > said.sure + said.hidden):
                message = (
                    f"the translation ({language}) says no {_times(said.sure)}, the quotation {_times(meant.sure)}"
                )
                yield Finding("translation", evidence.evidence.place, message, claimed.statement.id)


def _swapped(claimed: Claimed) -> Iterator[Finding]:
    """As many names in both, but not the same ones as often: one of them was written for another.

    Where the totals differ, a language has said `he` or `the country`, and nothing follows.
    """
    for kind in ("country", "person"):
        counts = {
            language: Counter(one.value for one in facts.of(kind, hard=True))
            for language, facts in claimed.texts.items()
        }
        for (language, one), (other_language, other) in combinations(counts.items(), 2):
            if one != other and one.total() == other.total() and set(one) == set(other):
                names = ", ".join(sorted((one - other) | (other - one)))
                message = f"“{language}” and “{other_language}” do not name the same as often ({names})"
                yield claimed.finding(RULE, message, language)


def _measure(claimed: Claimed, facts: Facts, other: Facts, value: str) -> Iterator[Finding]:
    """Units and bounds of one number; where a language names none, it is no difference of unit."""
    one, two = ([m for m in side.mentions if m.kind == "number" and m.value == value] for side in (facts, other))
    units = [{mention.unit for mention in side} for side in (one, two)]
    if not units[0] & units[1] and None not in units[0] | units[1]:
        yield claimed.finding(RULE, f"“{one[0].text}” has another unit in “{other.language}”", facts.language)
    bounds = [{mention.bound for mention in side if mention.hard} for side in (one, two)]
    if all(bounds) and not bounds[0] & bounds[1] and not {"about", "almost"} >= bounds[0] | bounds[1]:
        yield claimed.finding(RULE, f"“{one[0].text}” is bounded differently in “{other.language}”", facts.language)


def _negations(claimed: Claimed, first: str, second: str) -> Iterator[Finding]:
    """As many negations in both; a hidden one (`unknown`) may be spelled out or not."""
    one, two = claimed.texts[first].polarity, claimed.texts[second].polarity
    if one.sure > two.sure + two.hidden or two.sure > one.sure + one.hidden:
        message = f"“{first}” says no {_times(one.sure)}, “{second}” {_times(two.sure)}"
        yield claimed.finding(RULE, message, first if one.sure > two.sure else second)
    elif bool(one.denials) != bool(two.denials) and not (one.sure or two.sure):
        message = f"“{first if one.denials else second}” speaks of a denial, the other language does not"
        yield claimed.finding(RULE, message, first if one.denials else second)


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")
