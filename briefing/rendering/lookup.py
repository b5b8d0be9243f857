"""The briefing by identifier: made once and used by every page, so a thousand pages cost a thousand times one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from briefing.model import Briefing, ComposedStatement, SourcePage, TopicPage, Use

_HOME_STATEMENTS = 7
"""Statements that answer "what happened" at a glance: a reader's screen and patience hold five to seven."""

_COLUMNS = 24
"""Columns of the matrix: at 1.3 rem each, what a window of 1,280 pixels holds beside the statements."""


@dataclass(frozen=True)
class Lookup:
    """What pages look up."""

    briefing: Briefing

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site."""
        return self.briefing.languages

    @cached_property
    def sources(self) -> dict[str, SourcePage]:
        """Sources by slug."""
        return {page.source.slug: page for page in self.briefing.sources}

    @cached_property
    def topics(self) -> dict[str, TopicPage]:
        """Topics by id."""
        return {page.topic.id: page for page in self.briefing.topics}

    @cached_property
    def statements(self) -> dict[str, ComposedStatement]:
        """Statements by id, those that only appear under *Also reported* included."""
        return {one.id: one for page in self.briefing.topics for one in (*page.statements, *page.also)}

    @cached_property
    def uses(self) -> dict[str, tuple[Use, ...]]:
        """By passage, the statements that cite it."""
        return {shown.passage.id: shown.uses for page in self.briefing.sources for shown in page.shown}

    @cached_property
    def key_statements(self) -> tuple[ComposedStatement, ...]:
        """The key statements of all topics."""
        return tuple(one for page in self.briefing.topics for one in page.statements if one.key)

    @cached_property
    def home_statements(self) -> tuple[ComposedStatement, ...]:
        """The key statements for the home page: where there are too many, the first of each topic, then the second."""
        ranked = [
            (rank, n, one)
            for n, page in enumerate(self.briefing.topics)
            for rank, one in enumerate(one for one in page.statements if one.key)
        ]
        chosen = sorted(ranked, key=lambda place: place[:2])[:_HOME_STATEMENTS]
        return tuple(one for *_, one in sorted(chosen, key=lambda place: (place[1], place[0])))

    @cached_property
    def carrying(self) -> tuple[SourcePage, ...]:
        """The sources that carry a key statement, of many those that carry most: the columns of the matrix."""
        counts = Counter(slug for one in self.key_statements for slug in one.sources)
        chosen = {slug for slug, _ in counts.most_common(_COLUMNS)}
        return tuple(page for page in self.briefing.sources if page.source.slug in chosen)
