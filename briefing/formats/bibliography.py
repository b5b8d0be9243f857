"""The sources for reference managers: BibTeX and CSL-JSON.

What a source does not say is left out, never filled in: an undated text has no year, an unnamed outlet no publisher.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from briefing.model import Source, fold

# Of the characters that LaTeX reads, what to write instead; one pass, so that nothing is escaped twice.
_LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "{}%&$#_"},
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex_entry(source: Source) -> str:
    """A source as an entry of a BibTeX file in UTF-8, keyed by slug."""
    date = source.published or source.updated
    parts = date.value[:10].split("-") if date else []
    fields = {
        "title": _braced(source.title) if source.title else "",
        "author": " and ".join(f"{{{_latex(name)}}}" for name in source.authors),
        "organization": _latex(source.outlet or ""),
        "year": parts[0] if parts else "",
        "url": re.sub(r"[{}\\%\s]", lambda mark: f"%{ord(mark[0]):02X}" if mark[0] != "%" else "%", source.url or ""),
        "langid": {"de": "german", "en": "english"}.get(source.language, ""),
        "note": _latex(f"File {source.file}, SHA-256 {source.sha256}"),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    if len(parts) > 1:
        lines.append(f"  month = {_MONTHS[int(parts[1]) - 1]},")
    return "\n".join([f"@misc{{{source.slug},", *lines, "}", ""])


def _latex(text: str) -> str:
    return "".join(_LATEX.get(mark, mark) for mark in fold(text))


def _braced(text: str) -> str:
    """A title in braces, so that no style changes its capitals."""
    return f"{{{_latex(text)}}}"


def csl_item(source: Source) -> dict[str, Any]:
    """A source as a CSL-JSON item, its `id` the slug."""
    date = source.published or source.updated
    item = {
        "id": source.slug,
        "type": "article-newspaper",
        "title": fold(source.title) if source.title else None,
        "container-title": source.outlet,
        "author": [{"literal": name} for name in source.authors],
        "issued": {"date-parts": [[int(part) for part in date.value[:10].split("-")]]} if date else None,
        "language": source.language if source.language != "und" else None,
        "URL": source.url,
        "note": f"File {source.file}, SHA-256 {source.sha256}",
    }
    return {key: value for key, value in item.items() if value}
