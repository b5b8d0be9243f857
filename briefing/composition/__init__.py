"""Everything that is known → `Briefing`: what each page says and in what order, before any of it is Markdown."""

from __future__ import annotations

from briefing.composition.automatic import Automatic
from briefing.composition.context import figures, readable, word_count
from briefing.composition.desk import Desk, Material
from briefing.composition.overviews import overviews
from briefing.composition.sources import as_of, citations_in, source_page
from briefing.composition.topics import topic_page
from briefing.model import Briefing, Party, TopicPage
from briefing.settings import Settings

__all__ = ["Material", "compose", "figures", "readable", "word_count"]


def compose(material: Material, settings: Settings) -> Briefing:
    """Decide what each page says.

    Args:
        material: Sources, topics, and what was found about them; all evidence of the topics has been resolved.
        settings: Languages and how much of the sources is shown.
    """
    desk = Desk(material, settings.languages)
    automatic = Automatic(material, desk, settings.automatic_share)
    topics = tuple(topic_page(topic, desk, automatic) for topic in material.topics)
    statements = [statement for page in topics for statement in (*page.statements, *page.also)]
    citations = citations_in(statements)
    sources = tuple(source_page(annotated, citations, settings) for annotated in material.sources)
    return Briefing(
        title=settings.titles,
        languages=settings.languages,
        as_of=as_of(annotated.source for annotated in material.sources),
        topics=topics,
        sources=sources,
        rejected=material.rejected,
        corroboration=material.corroboration,
        parties=_parties(topics),
        overviews=overviews(topics, desk),
        address=f"{settings.site_url.rstrip('/')}/" if settings.site_url else "",
        names=material.names,
        overruled=tuple(
            (statement.id, rule, reason)
            for topic in material.topics
            for statement in topic.statements
            for rule, reason in sorted(statement.allow.items())
        ),
    )


def _parties(topics: tuple[TopicPage, ...]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for page in topics:
        for statement in (*page.statements, *page.also):
            for party in (*statement.speakers, *(party for side in statement.disputed for party in side.by)):
                found.setdefault(party.id, party)
        for quotation in page.quotations:
            found.setdefault(quotation.speaker.id, quotation.speaker)
    return tuple(found.values())
