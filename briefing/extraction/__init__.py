"""Finding the article in a file: its body as blocks, and everything else with the reason why it was left.

Two doors: `extract` gives all of it, `body` the blocks alone in two thirds of the time. Text dumps go through `dump`,
pages with markup through `html`, and each says which lines are the article; `rules` and `assembly` make it of them;
what a file says of itself is read by `metadata`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model import Media, Rejected

if TYPE_CHECKING:
    from briefing.extraction.choice import Choice
    from briefing.model import Article, Block, Document

__all__ = ["body", "extract"]


def extract(document: Document) -> Article | Rejected:
    """The article in a document, or why there is none.

    Args:
        document: A file as `reading` settled it.

    Returns:
        An article whose blocks and removals are verbatim slices of its text, in file order, disjoint, and together
        cover all of it but white space; or `Rejected` with a short, stable reason.
    """
    from briefing.extraction.assembly import assemble  # noqa: PLC0415 - importing a package defines names only

    choice = _choice(document)
    return choice if isinstance(choice, Rejected) else assemble(document, choice)


def body(document: Document) -> tuple[Block, ...] | Rejected:
    """The blocks of the article in a document, the same as `extract` gives, or why there is none.

    For who needs the text alone: no line gets a reason, and what the file says of itself is not read.

    Args:
        document: A file as `reading` settled it.
    """
    from briefing.extraction import assembly  # noqa: PLC0415

    choice = _choice(document)
    return choice if isinstance(choice, Rejected) else assembly.body(document, choice)


def _choice(document: Document) -> Choice | Rejected:
    if document.media is Media.HTML:
        from briefing.extraction.html import from_html  # noqa: PLC0415 - imports lxml

        return from_html(document)
    if document.media is Media.MARKDOWN:
        from briefing.extraction.markdown import from_markdown  # noqa: PLC0415

        return from_markdown(document)
    from briefing.extraction.dump import from_dump  # noqa: PLC0415

    return from_dump(document)
