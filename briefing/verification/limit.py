"""Rule `quotation-limit`: no more of a source is shown than the project's limit."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model import Finding, Place, SourcePage


def over_limit(pages: Iterable[SourcePage], limit: float | None) -> tuple[Finding, ...]:
    """The sources of which the site would show more than `limit`.

    Args:
        pages: What the site shows of each source. Those shown in full are left out: their rights were told to allow it.
        limit: Largest share of a source's words, 0 to 1; None for no limit.
    """
    if limit is None:
        return ()
    return tuple(
        Finding(
            "quotation-limit",
            Place(page.source.file),
            f"{page.shown_words} of {page.words} words of {page.source.slug} would be shown, "
            f"{page.shown_words / page.words:.0%}; the limit is {limit:.0%}. Quote less, or set rights: quotes",
        )
        for page in pages
        if page.source.rights != "full" and page.words and page.shown_words > limit * page.words
    )
