"""A citation-first briefing generator: scraped articles in, a site out on which every statement is footnoted.

    >>> import briefing
    >>> built = briefing.build(".")                       # doctest: +SKIP
    >>> built.briefing.topics[0].statements[0].text["en"] # doctest: +SKIP

`build` makes the whole briefing of a project and writes its pages; `analyse` reads articles into annotated passages;
`clean` and `clean_text` take the article out of a file. The stages behind them, in their order, are in
`briefing.pipeline`; the values that travel between them in `briefing.model`; what can go wrong in `briefing.errors`.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model import AnnotatedSource, Article, Rejected
    from briefing.pipeline import Built

__all__ = ["analyse", "build", "clean", "clean_text"]
__version__ = "0.1.0"


def build(project: str | PathLike[str]) -> Built:
    """Build the briefing of a project and write its pages.

    Args:
        project: The folder that holds `mkdocs.yml`, `seeds/` and `topics/`.

    Returns:
        The briefing, its sources and the findings about its statements.

    Raises:
        briefing.errors.BriefingError: Something in the project must be mended first; nothing was written.
    """
    from pathlib import Path  # noqa: PLC0415 - importing the package defines names and does nothing else

    from briefing.pipeline import publish  # noqa: PLC0415
    from briefing.project import load_project  # noqa: PLC0415
    from briefing.settings import load_settings  # noqa: PLC0415

    built, _ = publish(load_project(load_settings(Path(project))))
    return built


def analyse(paths: Iterable[str | PathLike[str]]) -> tuple[AnnotatedSource, ...]:
    """Read articles into annotated passages, outside of any project.

    Args:
        paths: Files, in any folder.

    Returns:
        One annotated source a file, in the order of the file names.

    Raises:
        briefing.errors.SourceError: A file cannot be read or holds no article.
    """
    from pathlib import Path  # noqa: PLC0415

    from briefing.errors import SourceError  # noqa: PLC0415
    from briefing.model import Rejected  # noqa: PLC0415
    from briefing.pipeline import SourceTask, read_source  # noqa: PLC0415
    from briefing.reading import LIMIT, fetch  # noqa: PLC0415
    from briefing.sources import name_sources  # noqa: PLC0415

    found = []
    for path, slug in name_sources(map(str, paths), {}).items():
        file, data = fetch(Path(path))
        source = read_source(SourceTask(file, data, slug, None, LIMIT))
        if isinstance(source, Rejected):
            raise SourceError(f"{path}: {source.reason}{f' ({source.detail})' if source.detail else ''}")
        found.append(source)
    return tuple(found)


def clean(path: str | PathLike[str]) -> Article | Rejected:
    """Take the article out of a file.

    Returns:
        The article with its blocks and everything that was left out, or why there is none.

    Raises:
        briefing.errors.SourceError: The file cannot be read as text.
    """
    from pathlib import Path  # noqa: PLC0415

    from briefing.extraction import extract  # noqa: PLC0415
    from briefing.reading import read  # noqa: PLC0415

    return extract(read(Path(path)))


def clean_text(data: bytes, filename: str) -> str | None:
    """The body of an article as plain text, without its title; None where there is no article.

    Args:
        data: The bytes of a text dump or an HTML page.
        filename: Its name, which tells the two apart where the content does not.
    """
    from briefing.errors import SourceError  # noqa: PLC0415
    from briefing.extraction import body  # noqa: PLC0415
    from briefing.model import Rejected, fold  # noqa: PLC0415
    from briefing.reading import settle  # noqa: PLC0415

    try:
        blocks = body(settle(data, filename))
    except SourceError:
        return None
    return None if isinstance(blocks, Rejected) else "\n\n".join(fold(block.text) for block in blocks)
