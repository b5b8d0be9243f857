"""Which passages bear on which topic, and which words earned it."""

from __future__ import annotations

from briefing.model import AnnotatedSource, Bearing, Topic


def classify(sources: tuple[AnnotatedSource, ...], topics: tuple[Topic, ...]) -> tuple[Bearing, ...]:
    """Say which passages bear on which topics; a topic without terms takes every passage.

    Returns:
        The bearings, by topic in the given order, then by passage in the order of the sources.
    """
    bearings = []
    for topic in topics:
        terms = tuple(term.lower() for words in topic.terms.values() for term in words)
        for source in sources:
            for passage in source.passages:
                found = tuple(term for term in terms if term in passage.text.lower())
                if found or not terms:
                    bearings.append(Bearing(passage.id, topic.id, 1.0, found))
    return tuple(bearings)
