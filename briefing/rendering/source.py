"""An article as Markdown: what `briefing clean` prints and `build/sources/` holds.

One sentence a line would need the sentences; here it is one block a paragraph, each on one line, so that the text
renders back to exactly what was cleaned.
"""

from __future__ import annotations

from briefing.model import Article, Block, Metadata, Source, fold
from briefing.rendering.markdown import escape


def cleaned_markdown(source: Source | Article) -> str:
    """The cleaned text of a source as Markdown, with what is known of it as front matter.

    Whatever the text contains, it renders through Python-Markdown back to exactly the cleaned text.
    """
    article = source.article if isinstance(source, Source) else source
    known = _known(source) if isinstance(source, Source) else _found(article.metadata)
    lines = ["---", *(f'{key}: "{escape(value)}"' for key, value in known.items() if value), "---"]
    return "\n".join(lines) + "\n\n" + "\n\n".join(_blocks(article.blocks)) + "\n"


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    shown: list[str] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        text = escape(fold(block.text))
        if block.kind == "heading":
            shown.append(f"{'#' * min(6, max(2, block.level or 2))} {text}")
        elif block.kind == "quote":
            shown.append(f"> {text}")
        elif block.kind == "list":
            item = f"- {text}"
            if before and before.kind == "list":
                shown[-1] += f"\n{item}"
            else:
                shown.append(item)
        else:
            shown.append(text)
    return shown


def _known(source: Source) -> dict[str, str]:
    return {
        "title": source.title or "",
        "outlet": source.outlet or "",
        "published": source.published.value if source.published else "",
        "updated": source.updated.value if source.updated else "",
        "language": source.language,
        "authors": ", ".join(source.authors),
        "agencies": ", ".join(source.agencies),
        "url": source.url or "",
        "file": source.file,
        "sha256": source.sha256,
    }


def _found(metadata: Metadata) -> dict[str, str]:
    return {
        "title": metadata.title.value if metadata.title else "",
        "outlet": metadata.outlet.value if metadata.outlet else "",
        "published": metadata.published.value if metadata.published else "",
        "updated": metadata.updated.value if metadata.updated else "",
        "language": metadata.language.value if metadata.language else "",
        "authors": ", ".join(found.value for found in metadata.authors),
        "agencies": ", ".join(found.value for found in metadata.agencies),
        "url": metadata.url.value if metadata.url else "",
    }
