"""`Briefing` → Markdown pages, complete without any plugin.

Templates hold loops and conditions only. Whatever a template prints is escaped, unless it is `Markdown`: text of ours
that was built to be markup. So a template cannot forget the escape.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from briefing.rendering.labels import Labels
from briefing.rendering.lookup import Lookup
from briefing.rendering.markdown import escape, link_target, text_fragment
from briefing.rendering.view import PageView

if TYPE_CHECKING:
    import jinja2

    from briefing.model import Briefing

__all__ = ["escape", "link_target", "render", "text_fragment"]


def render(briefing: Briefing) -> Mapping[str, str]:
    """Write every page of the site.

    Returns:
        The text of each file by its path below `docs/`, such as `en/topics/port-strike.md`, sorted by path.
    """
    pages: dict[str, str] = {}
    lookup = Lookup(briefing)
    for language in briefing.languages:
        labels = Labels(language)

        def page(path: str, template: str, labels: Labels = labels, language: str = language, **values: object) -> None:
            view = PageView(briefing, labels, path, lookup)
            text = _environment().get_template(f"{template}.md.j2").render(view=view, briefing=briefing, **values)
            pages[f"{language}/{path}"] = text.strip("\n") + "\n"

        page("index.md", "index")
        page("sources/index.md", "sources")
        for name in ("timeline", "voices", "figures", "disputes", "matrix", "coverage", "method", "whole"):
            page(f"{name}.md", name)
        for topic in briefing.topics:
            page(f"topics/{topic.topic.id}.md", "topic", page=topic)
        for source in briefing.sources:
            page(f"sources/{source.source.slug}.md", "source", page=source)
    return dict(sorted(pages.items()))


@cache
def _environment() -> jinja2.Environment:
    import jinja2  # noqa: PLC0415 - only where pages are written

    from briefing.rendering.view import printed  # noqa: PLC0415

    return jinja2.Environment(
        loader=jinja2.PackageLoader("briefing", "rendering/templates"),
        undefined=jinja2.StrictUndefined,
        finalize=printed,
        autoescape=False,  # noqa: S701 - `finalize` escapes every value for Markdown, which HTML's escape does not
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
