"""Articles made from literals, for tests of the analysis."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.annotation import annotate
from briefing.model import AnnotatedSource, Article, Block, BlockKind, Document, FoundDate, Media, Metadata, Source
from briefing.segmentation import segment


def source(
    paragraphs: Sequence[str | tuple[BlockKind, str]],
    language: str = "de",
    *,
    slug: str = "test",
    published: str | None = "2024-06-19",
) -> Source:
    """A source whose blocks are `paragraphs`, joined by blank lines; a pair gives the kind of its block."""
    blocks: list[Block] = []
    place = 0
    for entry in paragraphs:
        kind, text = entry if isinstance(entry, tuple) else ("paragraph", entry)
        blocks.append(Block(kind, text, place, place + len(text)))
        place += len(text) + 2
    text = "\n\n".join(block.text for block in blocks)
    document = Document("test.txt", "0" * 64, text, Media.TEXT, "utf-8")
    article = Article(document, text, tuple(blocks), (), Metadata())
    date = FoundDate(published, "day", "test") if published else None
    return Source(
        slug=slug,
        article=article,
        title=None,
        outlet=None,
        published=date,
        updated=None,
        not_before=None,
        not_after=None,
        dated={},
        language=language,
        authors=(),
        agencies=(),
        cited=(),
        url=None,
        rights=None,
        note=None,
    )


def annotated(
    paragraphs: Sequence[str | tuple[BlockKind, str]],
    language: str = "de",
    *,
    slug: str = "test",
    published: str | None = "2024-06-19",
) -> AnnotatedSource:
    """The same, segmented and annotated."""
    made = source(paragraphs, language, slug=slug, published=published)
    return AnnotatedSource(made, annotate(made, segment(made)))
