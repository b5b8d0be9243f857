"""A source as Markdown: what `briefing clean` prints and `build/sources/` holds.

One sentence a line, so that a change of one sentence is a change of one line. The body passes the one escape, so it
renders back to exactly the cleaned text; the front matter is plain YAML, for it is read as data and never published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from briefing.model import AnnotatedSource, Block, Source, fold
from briefing.rendering.markdown import escape


def cleaned_markdown(annotated: AnnotatedSource) -> str:
    """The cleaned text of a source, with what is known of it as front matter.

    Whatever the text contains, it renders through Python-Markdown back to exactly the cleaned text.

    Args:
        annotated: A source and its passages, whose ends are where lines are broken.
    """
    source = annotated.source
    ends: dict[int, list[int]] = {}
    for passage in annotated.passages:
        ends.setdefault(passage.block, []).append(passage.end)
    # JSON is YAML, and its strings need no thought about quotation marks, colons or line ends.
    known = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in _known(source).items() if value]
    blocks = "\n\n".join(_blocks(source.article.blocks, ends))
    return "\n".join(["---", *known, "---"]) + f"\n\n{blocks}\n"


def _blocks(blocks: tuple[Block, ...], ends: Mapping[int, list[int]]) -> Iterator[str]:
    items: list[str] = []
    for index, block in enumerate(blocks):
        if items and block.kind != "list":
            yield "\n".join(items)
            items = []
        lines = list(_lines(block, ends.get(index, [])))
        if block.kind == "heading":
            yield f"{'#' * min(6, max(2, block.level or 2))} {' '.join(lines)}"
        elif block.kind == "quote":
            yield "\n".join(f"> {line}" for line in lines)
        elif block.kind == "list":
            items.append("- " + "\n  ".join(lines))
        else:
            yield "\n".join(lines)
    if items:
        yield "\n".join(items)


def _lines(block: Block, ends: list[int]) -> Iterator[str]:
    """The text of a block, escaped, cut where its passages end."""
    at = block.start
    for end in (*(end for end in ends if end < block.end), block.end):
        if sentence := fold(block.text[at - block.start : end - block.start]):
            yield escape(sentence)
        at = end


def _known(source: Source) -> dict[str, str | list[str]]:
    return {
        "title": source.title or "",
        "outlet": source.outlet or "",
        "published": source.published.value if source.published else "",
        "updated": source.updated.value if source.updated else "",
        "language": source.language,
        "authors": list(source.authors),
        "agencies": list(source.agencies),
        "url": source.url or "",
        "file": source.file,
        "sha256": source.sha256,
    }
