"""Finding the article in a file: its body as blocks, and everything else with the reason why it was left.

One door, `extract`. Text dumps go through `dump`, pages with markup through `html`; what a file says of itself is
read by `metadata`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model import Media, Rejected

if TYPE_CHECKING:
    from briefing.model import Article, Document

__all__ = ["extract"]


def extract(document: Document) -> Article | Rejected:
    """The article in a document, or why there is none.

    Args:
        document: A file as `reading` settled it.

    Returns:
        An article whose blocks and removals are verbatim slices of its text, in file order, disjoint, and together
        cover all of it but white space; or `Rejected` with a short, stable reason.
    """
    if document.media is Media.HTML:
        from briefing.extraction.html import from_html  # noqa: PLC0415 - imports trafilatura: 0.3 s

        return from_html(document)
    if document.media is Media.MARKDOWN:
        from briefing.extraction.markdown import from_markdown  # noqa: PLC0415

        return from_markdown(document)
    from briefing.extraction.dump import from_dump  # noqa: PLC0415

    return from_dump(document)
