"""Rules `negation` and `quoted-words`: how a text words what its evidence says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.lexicon import table
from briefing.model import Finding
from briefing.verification.claimed import Claimed
from briefing.verification.facts import UNTOLD, Reader
from briefing.verification.grounds import PASSAGE
from briefing.verification.marks import quoted
from briefing.verification.polarity import knows

_SHORTEST_DENIED = 5
"""Letters of a word that a prefix may deny: `fair` is lost, and `under`, `unter` and `union` are no denials."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")


def check_negation(claimed: Claimed, reader: Reader) -> Iterator[Finding]:
    """A text says no only where its evidence does, and says it where all of its evidence does."""
    grounds = [ground for ground in claimed.grounds if ground.where == PASSAGE]
    if not all(_is_read(ground.language) for ground in grounds):
        return
    around = [reader.facts(ground.text, ground.language).polarity for ground in grounds]
    quotes = [quote.polarity for quote in claimed.quotes]
    for language, facts in claimed.texts.items():
        said = facts.polarity
        if said.sure > sum(one.sure + one.hidden + one.denials for one in around):
            yield claimed.finding("negation", f"says no more often than its evidence ({claimed.origins()})", language)
        if knows(language) and not (said.sure or said.hidden or said.denials) and any(one.sure for one in quotes):
            yield claimed.finding(
                "negation", f"its evidence ({claimed.origins()}) says no, but the text does not", language
            )


def check_prefixes(claimed: Claimed) -> Iterator[Finding]:
    """No word gains or loses a negative prefix: `unworried` where the evidence has `worried`, and the other way round.

    Compared with the quoted words, their passages and the editor's translations in the language of the text, and only
    where one side has the bare word alone and the other the prefixed one alone.
    """
    for language, facts in claimed.texts.items():
        proofs = [ground.text for ground in claimed.grounds if ground.where == PASSAGE and ground.language == language]
        proofs += [
            text for one in claimed.evidence for into, text in one.evidence.translation.items() if into == language
        ]
        said, given = _bare_words(facts.text), _bare_words(" ".join(proofs))
        for ours, theirs in ((said, given), (given, said)):
            for word in sorted(ours):
                bare = _without_prefix(word, language)
                if bare and bare in theirs - ours and word not in theirs:
                    one, other = (word, bare) if ours is said else (bare, word)
                    message = f"“{one}” is the opposite of “{other}” in its evidence ({claimed.origins()})"
                    yield claimed.finding("negation", message, language)


def _bare_words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _without_prefix(word: str, language: str) -> str | None:
    """The word that a negative prefix denies; None where there is none."""
    for prefix in table(language, "verification").get("negation", {}).get("prefixes", "").split():
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_DENIED:
            return word.removeprefix(prefix)
    return None


def check_quoted_words(claimed: Claimed) -> Iterator[Finding]:
    """Words in quotation marks stand in the evidence, or in the translation that the editor gave of it."""
    for language, facts in claimed.texts.items():
        here = [ground for ground in claimed.grounds if ground.where == PASSAGE]
        originals = [ground.text for ground in here if ground.language in {language, UNTOLD}]
        translations = [
            one.evidence.translation[language] for one in claimed.evidence if language in one.evidence.translation
        ]
        proofs = [_words(text) for text in (*originals, *translations)]
        for start, end in quoted(facts.text):
            words = _words(facts.text[start:end])
            if words and not any(words in proof for proof in proofs):
                hint = "" if proofs else f"; give the translation beside the quotation ({language}: …)"
                yield claimed.finding(
                    "quoted-words",
                    f"“{facts.text[start:end]}” stands in quotation marks but not in the evidence{hint}",
                    language,
                )


def _is_read(language: str) -> bool:
    return language == UNTOLD or knows(language)


def _words(text: str) -> str:
    """The words of a text between single spaces, so that a search finds whole words; neither case nor marks count."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
