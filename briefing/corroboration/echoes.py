"""How much of what a passage speaks of other sources on the same event speak of too: what many mention matters more."""

from __future__ import annotations

from collections import defaultdict

from briefing.corroboration.content import Content, meaningful
from briefing.corroboration.matching import names_of
from briefing.model import AnnotatedSource

_ENOUGH = 2
"""Other sources that must have a word for it to count in full; more would favour what stands in every article
anyway."""
_TITLE, _TITLE_WORDS = 0.5, 4
"""What a passage gains that says all that its title says; of titles shorter than this many words, less."""
_RELATED = 2
"""Names that two sources share where they speak of one event; see `claims`."""
_LOOKED_AT = 60
"""Sources of a word that are looked at; a word of more is either common, or finds two related ones among these."""


def echoes(contents: tuple[Content, ...], sources: tuple[AnnotatedSource, ...]) -> dict[str, float]:
    """For each passage the part of its words, names and numbers that related sources have too, 0 to 1.

    Words are counted, not weighed, and unrelated sources are not heard: so an article on another event changes nothing.

    Args:
        contents: The features of all passages, the passages of one source side by side.
        sources: The annotated sources, for their titles.
    """
    titles = {one.source.slug: set(meaningful(one.source.title or "", one.source.language)) for one in sources}
    names = names_of(contents)
    holders: dict[str, dict[str, None]] = defaultdict(dict)
    for content in contents:
        for feature in (*content.weights, *content.parts):
            holders[feature][content.source] = None
    known: dict[tuple[str, str], bool] = {}

    def heard(feature: str, source: str) -> float:
        found = 0
        for other in list(holders[feature])[:_LOOKED_AT]:
            pair = (min(source, other), max(source, other))
            if other != source and known.setdefault(pair, len(names[source] & names[other]) >= _RELATED):
                found += 1
                if found == _ENOUGH:
                    break
        return found / _ENOUGH

    once: dict[tuple[str, str], float] = {}
    result = {}
    for content in contents:
        total = 0.0
        for feature in content.weights:
            key = (feature, content.source)
            if key not in once:
                once[key] = heard(*key)
            total += once[key]
        titled = len(titles[content.source] & content.weights.keys()) / max(len(titles[content.source]), _TITLE_WORDS)
        result[content.passage.id] = round(total / max(len(content.weights), 1) + _TITLE * titled, 3)
    return result
