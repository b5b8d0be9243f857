"""Rules `exchanged` and `languages-differ`: a word for another of its kind (`school` for `hospital`, `buy` for `sell`).

A word that stands nowhere in the evidence may still be right, said otherwise; lists know too few ways to say it.
So a finding needs two: a word whose kind nothing in or around the evidence names, and another kind of the same field
that the quoted words or their passages name and the text leaves out. Between languages the same holds, each way.

Things that are called what they are (`firm` in data/all) need not share a field with what stands in their place; but
then nothing in the whole article may name them. A few (`alone`: animals, vehicles) are looked for there in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

from briefing.lexicon import word_set
from briefing.model import Finding
from briefing.verification.claimed import Claimed
from briefing.verification.facts import Facts
from briefing.verification.grounds import NAMES
from briefing.verification.polarity import polarity
from briefing.verification.vocabulary import GENERAL, Kinds, kinds, merged, reads


def check_exchanged(claimed: Claimed) -> Iterator[Finding]:
    """No word stands where the evidence, or another language, has another of its kind."""
    for language, other in combinations(filter(reads, claimed.texts), 2):
        yield from _between(claimed, language, other)
    around = [(ground.text, ground.language) for ground in claimed.grounds if ground.text]
    if not all(reads(language) for _, language in around):
        return
    proofs = [*claimed.quotes, *claimed.passage_facts]
    translations = [(text, into) for one in claimed.evidence for into, text in one.evidence.translation.items()]
    given = merged([*map(_said, proofs), *(kinds(*text) for text in translations)])
    quoted = merged([*map(_said, claimed.quotes), *(kinds(*text) for text in translations)])
    near = merged(kinds(*text) for text in (*translations, *around))
    anywhere = merged(kinds(*article) for article in claimed.articles)
    denials = {polarity(text, language).sure for text, language in translations} | {one.polarity.sure for one in proofs}
    for language, facts in claimed.texts.items():
        said = _said(facts)
        for field in _common(said, given, negated=denials != {facts.polarity.sure}):
            ours, theirs = _alone(said[field], near.get(field, {})), _alone(given[field], said[field])
            if ours and theirs:
                message = (
                    f"“{ours}” stands neither in nor around its evidence ({claimed.origins()}); there is “{theirs}”"
                )
                yield claimed.finding("exchanged", message, language)
        left_out = next(_unnamed(quoted, said, "firm"), "")
        for word in _unnamed(said, merged([near, anywhere]), "firm" if left_out else "alone"):
            message = f"nothing in the whole of {claimed.origins()} speaks of “{word}”"
            yield claimed.finding("exchanged", message, language)


def _between(claimed: Claimed, language: str, other: str) -> Iterator[Finding]:
    one, two = claimed.texts[language], claimed.texts[other]
    said, given = _said(one), _said(two)
    for field in _common(said, given, negated=one.polarity.sure != two.polarity.sure):
        ours, theirs = _alone(said[field], given[field]), _alone(given[field], said[field])
        if ours and theirs:
            yield claimed.finding(
                "languages-differ", f"“{ours}” in “{language}”, but “{theirs}” in “{other}”", language
            )
    ours, theirs = next(_unnamed(said, given, "firm"), ""), next(_unnamed(given, said, "firm"), "")
    if ours and theirs:
        message = f"“{ours}” in “{language}” has no like in “{other}”, nor “{theirs}” the other way round"
        yield claimed.finding("languages-differ", message, language)


def _said(facts: Facts) -> Kinds:
    """The kinds that a text names, the words within a name unsure."""
    names = " ".join(one.text for one in facts.mentions if one.kind in NAMES).split()
    return {
        field: {kind: "" if word in names else word for kind, word in named.items()}
        for field, named in kinds(facts.text, facts.language).items()
    }


def _unnamed(said: Kinds, given: Kinds, fields: str) -> Iterator[str]:
    """The words of some fields that `given` names in no sense; a general one (`weapon`), if it names no kind of it."""
    for field in sorted(_listed(fields) & set(said)):
        for kind, word in said[field].items():
            if kind == GENERAL:
                is_asked = field in _listed("alone") and field not in given
            else:
                is_asked = kind not in _listed("loose") and not _is_named(word, said, given)
            if word and is_asked:
                yield word


def _is_named(word: str, said: Kinds, given: Kinds) -> bool:
    """Whether any sense of the word is among `given`."""
    return any(
        kind in given.get(field, {}) for field, named in said.items() for kind, same in named.items() if same == word
    )


def _common(one: Kinds, other: Kinds, *, negated: bool) -> Iterator[str]:
    """The fields that both tell of; those that a negation turns round only where none stands on one side alone."""
    return (field for field in one if field in other and not (negated and field in _listed("turned")))


def _alone(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """The first word of `one` whose kind `other` does not name at all."""
    return next((word for kind, word in one.items() if word and kind != GENERAL and kind not in other), "")


@cache
def _listed(key: str) -> frozenset[str]:
    return word_set("all", "verification_words", key)
