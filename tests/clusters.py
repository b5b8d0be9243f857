"""The invented events of `cases/clusters`, as annotated sources, and which facts each passage carries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.annotation import annotate
from briefing.model import AnnotatedSource, Article, Block, Document, FoundDate, Media, Metadata, Source
from briefing.segmentation import segment

FOLDER = Path(__file__).parent / "cases" / "clusters"
NAMES = ("diesel", "flood", "merger", "probe", "strike", "tanker", "verdict")


@dataclass(frozen=True, slots=True)
class Cluster:
    """An event as several outlets tell it, and what a reader must learn of it."""

    sources: tuple[AnnotatedSource, ...]
    facts: Mapping[str, frozenset[str]]
    """The facts of each passage, by its id."""
    vital: frozenset[str]


def cluster(name: str) -> Cluster:
    """Read one of `NAMES`."""
    head, *articles = re.split(r"^== ", (FOLDER / f"{name}.txt").read_text("utf-8"), flags=re.MULTILINE)
    vital = frozenset(re.findall(r"^vital: (.*)$", head, re.MULTILINE)[0].split())
    facts: dict[str, frozenset[str]] = {}
    sources = tuple(_source(article, facts) for article in articles)
    return Cluster(sources, facts, vital)


def source(text: str, slug: str = "one", *, language: str = "de", outlet: str = "", published: str = "") -> Source:
    """A source of paragraphs that empty lines part, as extraction would make it."""
    blocks = tuple(
        Block("paragraph", match.group(), match.start(), match.end())
        for match in re.finditer(r"\S(?:.|\n(?!\n))*", text)
    )
    document = Document(f"{slug}.txt", hashlib.sha256(text.encode()).hexdigest(), text, Media.TEXT, "utf-8")
    return Source(
        slug=slug,
        article=Article(document, text, blocks, (), Metadata()),
        title=None,
        outlet=outlet or None,
        published=FoundDate(published, "day", "test") if published else None,
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


def annotated(one: Source) -> AnnotatedSource:
    """The source with its annotated passages."""
    return AnnotatedSource(one, annotate(one, segment(one)))


def _source(article: str, facts: dict[str, frozenset[str]]) -> AnnotatedSource:
    from dataclasses import replace  # noqa: PLC0415

    head, _, body = article.partition("\n")
    slug, outlet, published, agencies, language, title = (part.strip() for part in head.split("|"))
    tags = {
        sentence.strip(): frozenset(carried.split())
        for sentence, carried in re.findall(r"^(.+?)(?:\s*\{(.*)\})?$", body, re.MULTILINE)
    }
    plain = re.sub(r"[ ]*\{.*\}$", "", body, flags=re.MULTILINE).strip()
    made = source(plain, slug, language=language, outlet=outlet, published=published)
    made = replace(made, title=title, agencies=tuple(filter(None, (a.strip() for a in agencies.split(",")))))
    one = annotated(made)
    for passage in one.passages:
        facts[passage.id] = frozenset().union(
            *(carried for sentence, carried in tags.items() if sentence in passage.text)
        )
    return one
