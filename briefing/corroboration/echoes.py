"""How much of what a passage speaks of other sources on the same event speak of too: what many mention matters more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from briefing.corroboration.content import Content, meaningful
from briefing.corroboration.matching import Match, names_of
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


def echoes(
    contents: tuple[Content, ...], sources: tuple[AnnotatedSource, ...], matches: tuple[Match, ...]
) -> dict[str, float]:
    """For each passage the part of its words, names and numbers that related sources have too, 0 to 1.

    Words are counted, not weighed, and unrelated sources are not heard: so an article on another event changes nothing.

    Args:
        contents: The features of all passages, the passages of one source side by side.
        sources: The annotated sources, for their titles.
        matches: What `matching` found: it knows sources of one event that share no names.
    """
    titles = {one.source.slug: set(meaningful(one.source.title or "", one.source.language)) for one in sources}
    related = _related(names_of(contents))
    for match in matches:
        if match.related >= _RELATED and match.first.source != match.second.source:
            related[match.first.source].add(match.second.source)
            related[match.second.source].add(match.first.source)
    holders: dict[str, set[str]] = defaultdict(set)
    for content in contents:
        for feature in (*content.weights, *content.parts):
            if len(holders[feature]) < _LOOKED_AT:
                holders[feature].add(content.source)
    heard: dict[tuple[str, str], float] = {}
    result = {}
    for content in contents:
        total = 0.0
        for feature in content.weights:
            key = (feature, content.source)
            if key not in heard:
                heard[key] = min(_ENOUGH, len(holders[feature] & related[content.source])) / _ENOUGH
            total += heard[key]
        titled = len(titles[content.source] & content.weights.keys()) / max(len(titles[content.source]), _TITLE_WORDS)
        result[content.passage.id] = round(total / max(len(content.weights), 1) + _TITLE * titled, 3)
    return result


def _related(names: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """For each source the others that share enough names with it; of a name all have, the first that do."""
    holders: dict[str, list[str]] = defaultdict(list)
    for source, held in names.items():
        for name in sorted(held):
            if len(holders[name]) < _LOOKED_AT:
                holders[name].append(source)
    related = {}
    for source, held in names.items():
        met = Counter(other for name in held for other in holders[name] if other != source)
        related[source] = {other for other, count in met.items() if count >= _RELATED}
    return related
