"""`Briefing` → Markdown pages, complete without any plugin.

Templates hold loops and conditions only. Whatever a template prints is escaped, unless it is `Markdown`: text of ours
that was built to be markup. So a template cannot forget the escape.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from briefing.model import Memory, Page, Pages, PageStamps
from briefing.piecing import Pieces
from briefing.rendering.labels import Labels
from briefing.rendering.lookup import Lookup
from briefing.rendering.markdown import escape, link_target, text_fragment
from briefing.rendering.view import PageView

if TYPE_CHECKING:
    import jinja2

    from briefing.model import Briefing, SourcePage, Use

__all__ = ["escape", "link_target", "render", "text_fragment"]

_UNSTAMPED = PageStamps()
_LISTING = frozenset({"sources", "coverage"})
"""Templates that have a row for every source."""


def render(briefing: Briefing, stamps: PageStamps = _UNSTAMPED, memory: Memory | None = None) -> Pages:
    """Every page of the site.

    Args:
        briefing: What the site says.
        stamps: What pages hang on that look at more than one source.
        memory: Where rows of sources are kept from one build to the next; it never changes what comes out.

    Returns:
        The text of each file by its path below `docs/`, such as `en/topics/port-strike.md`, sorted by path; written
        when it is asked for.
    """
    pages: dict[str, Page] = {}
    lookup = Lookup(briefing)
    for language in briefing.languages:
        labels = Labels(language)

        def page(
            path: str,
            template: str,
            stamp: str = stamps.cited,
            labels: Labels = labels,
            language: str = language,
            **values: object,
        ) -> None:
            def write() -> str:
                pieces = Pieces(memory if template in _LISTING else None, f"{language}/{path}")
                view = PageView(briefing, labels, path, lookup, pieces)
                text = _environment().get_template(f"{template}.md.j2").render(view=view, briefing=briefing, **values)
                pieces.keep()
                return text.strip("\n") + "\n"

            pages[f"{language}/{path}"] = Page(write, stamp)

        page("index.md", "index")
        page("sources/index.md", "sources", stamps.everything)
        page("coverage.md", "coverage", stamps.everything)
        for name in ("timeline", "voices", "figures", "disputes", "matrix", "method", "whole"):
            page(f"{name}.md", name)
        for topic in briefing.topics:
            page(f"topics/{topic.topic.id}.md", "topic", page=topic)
        for source in briefing.sources:
            page(f"sources/{source.source.slug}.md", "source", _stamp(source, language, lookup), page=source)
    return Pages(pages)


def _stamp(page: SourcePage, language: str, lookup: Lookup) -> str:
    """Everything that the page of a source hangs on: of a thousand sources nearly all pages stay as they are.

    What `source.md.j2` shows, and its macros, stands here; `tests/test_incremental.py` holds builds that trust stamps
    against fresh ones.
    """
    if not page.reading:
        return ""
    shown = [
        (
            one.passage.id,
            one.marks,
            one.follows,
            one.paragraph,
            one.sentence,
            [_use(use, language, lookup) for use in one.uses],
        )
        for one in page.shown
    ]
    told = (page.reading, page.source_text, page.words, page.shown_words, page.removed, shown, lookup.languages)
    return hashlib.sha256(repr((language, told)).encode("utf-8", "surrogatepass")).hexdigest()


def _use(use: Use, language: str, lookup: Lookup) -> tuple[str | None, ...]:
    statement = lookup.statements[use.statement]
    title = lookup.topics[use.topic].topic.title[language]
    return (use.topic, use.statement, title, statement.text[language], statement.language)


@cache
def _environment() -> jinja2.Environment:
    from briefing.rendering.templating import environment  # noqa: PLC0415 - Jinja, only where pages are written

    return environment()
