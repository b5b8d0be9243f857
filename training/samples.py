"""Labelled pages as lines to learn from.

The labels of a page are a few pieces of text that its body holds or does not hold. That is little, so a page with
mark-up also lends trafilatura's choice to every text that shows it: a line is taken as the body's where
trafilatura's text holds most of its three-word runs. The labelled pieces outrank that, and weigh most. Each page
with mark-up is shown in four more ways, because dumps are made in many: as a browser copies it, as the bare text
nodes, and both of the containers of its article, from the smallest to what a scraper may take for it. And each page
is shown trimmed to its article and a few lines around it.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
from lxml import html

from briefing.extraction.features import Array, Page
from briefing.extraction.lines import lines_of
from briefing.extraction.tree import lines_of_tree
from briefing.model import fold
from briefing.reading import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.html import HtmlElement

    from briefing.extraction.lines import Line
    from briefing.extraction.tree import Block, Marked

FOLDS = 5
_LIMIT = 10**9
_OUTLET = re.compile(r"(?:archive\.org\.)?(?:[\w-]+\.)*?[\w-]+\.(?:co\.uk|[a-z]{2,4})(?=[.-]|$)", re.IGNORECASE)
"""The host in the name of a page, which begins with it."""

_WIDER = 3
"""Elements around the smallest container that are shown too: with the third the lines are those of half a page."""

_SHOWN = 3
"""One in so many of the wider containers is learned from: they hold the same lines over and over."""

_EDGES = ((0, 0), (1, 0), (3, 2), (0, 4), (6, 1))
"""Lines before and after the article that a trimmed sample has: a choice, to show all sorts."""

_UNSEEN = "ancestor::script or ancestor::style or ancestor::noscript or ancestor::template or ancestor::head"


@dataclass
class Sample:
    """One text of a page and what is known of its lines."""

    name: str
    style: str
    language: str
    inside: list[str]
    outside: list[str]
    text: str
    page: Page
    labelled: Array
    """1 or 0 where a labelled piece stands in the line, else NaN."""
    weak: Array
    """1 or 0 by trafilatura's choice, NaN where the page's mark-up is not at hand."""
    told: Array = field(default_factory=lambda: np.zeros((0, 0)))
    """Scores by models that saw neither the page nor one further fold, a row a fold, once there are any."""
    marks: list[Marked] = field(default_factory=list)
    body: str = ""
    """trafilatura's text of the whole page, for pages with mark-up."""
    tree: HtmlElement | None = None
    """The page, for pages with mark-up whose style is `html`."""
    blocks: list[Block] = field(default_factory=list)
    """Its blocks, by the lines in them."""

    @property
    def fold(self) -> int:
        """The part of the pages in which this one is held out; all texts of all pages of an outlet share it."""
        match = _OUTLET.match(self.name)
        return _number(match[0].lower() if match else self.name) % FOLDS

    @property
    def is_learned_from(self) -> bool:
        """False for most of the wider containers."""
        return not self.style.startswith("wider") or _number(self.name + self.text) % _SHOWN == 0

    @property
    def is_whole(self) -> bool:
        """True where the text is the whole page, so that all labelled pieces should stand in it."""
        return self.style in {"dump", "block", "nodes", "html"}


def load(folder: Path) -> tuple[list[Sample], list[Sample]]:
    """The samples of the dumps (with all ways of showing the pages), and those of the pages with mark-up.

    Args:
        folder: Holds `dumps/` and `html/`, each with `snippets.json`, as `score.py` reads them.
    """
    pages = dict(_pages(folder / "html"))
    bodies = {name: _trafilatura(tree) for name, (_, tree) in pages.items()}
    texts: list[Sample] = []
    marked: list[Sample] = []
    for file, labels in _index(folder / "dumps"):
        name = file.removesuffix(".txt")
        text = settle((folder / "dumps" / file).read_bytes(), file, limit=_LIMIT).text
        texts.append(_sample(name, "dump", labels, (text, lines_of(text)), bodies.get(name, "")))
    for name, (labels, tree) in pages.items():
        shown = lines_of_tree(tree)
        sample = _sample(name, "html", labels, (shown.text, shown.lines), bodies[name])
        sample.marks, sample.tree, sample.blocks = shown.marks, tree, shown.blocks
        marked.append(sample)
        for style, text in _ways(tree, bodies[name]):
            lines = lines_of(text)
            if bodies[name] and len(lines) > 1:
                texts.append(_sample(name, style, labels, (text, lines), bodies[name]))
    return texts, marked


def trimmed(sample: Sample) -> Sample | None:
    """The sample as a scraper would have it who cut out little more than the article; None where that changes nothing.

    Needs what others told of it. Such texts begin with the article and end with it, which few dumps of whole pages do.
    """
    soft = sample.told.mean(axis=0) > 0.0
    likely = np.where(np.isnan(sample.weak), soft, 0.6 * np.nan_to_num(sample.weak) + 0.4 * soft)
    likely = np.where(np.isnan(sample.labelled), likely, sample.labelled)
    inside = np.flatnonzero((likely > 0.5) & (sample.page.words >= 8))  # noqa: PLR2004 - rather the article; a sentence
    few = 3
    if len(inside) < few or sample.style not in {"dump", "block", "nodes"}:
        return None
    before, after = _EDGES[_number(sample.name + sample.style) % len(_EDGES)]
    part = slice(max(0, int(inside[0]) - before), int(inside[-1]) + 1 + after)
    lines = sample.page.lines[part]
    if len(lines) == len(sample.page.lines):
        return None
    return replace(
        sample,
        style=f"trimmed {sample.style}",
        page=Page(sample.text, lines),
        labelled=sample.labelled[part],
        weak=sample.weak[part],
        told=sample.told[:, part],
    )


def _index(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    return list(json.loads((folder / "snippets.json").read_text("utf-8")).items())


def _pages(folder: Path) -> Iterator[tuple[str, tuple[dict[str, Any], HtmlElement]]]:
    for file, labels in _index(folder):
        text = settle(gzip.decompress((folder / file).read_bytes()), file.removesuffix(".gz"), limit=_LIMIT).text
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        yield file.removesuffix(".html.gz"), (labels, html.document_fromstring(text.encode("utf-8"), parser=parser))


def _trafilatura(tree: HtmlElement) -> str:
    from trafilatura import extract  # noqa: PLC0415

    return extract(html.fromstring(html.tostring(tree, encoding="unicode")), include_comments=False) or ""


def _ways(tree: HtmlElement, body: str) -> Iterator[tuple[str, str]]:
    """The page, and the container of its article, as a browser copies them and as bare text nodes."""
    yield "block", lines_of_tree(tree).text
    yield "nodes", _nodes(tree)
    long = [_letters(line) for line in body.split("\n") if len(line) > 60]  # noqa: PLR2004 - paragraphs
    if not long:
        return
    container = _container(tree, long)
    shown = set()
    for number, element in enumerate(_containers(tree, container, long)):
        kind = "wider" if number > 1 else "container"
        for style, text in (("block", lines_of_tree(element).text), ("nodes", _nodes(element))):
            if number == (style == "nodes") or (number > 1 and text not in shown):
                yield f"{kind} {style}", text
            shown.add(text)


def _containers(tree: HtmlElement, smallest: HtmlElement, paragraphs: list[str]) -> Iterator[HtmlElement]:
    """What a scraper may take for the article: the smallest container, those around it, `<article>` and `<main>`."""
    parent = smallest.getparent()
    yield smallest
    yield parent if parent is not None else smallest
    for element in list(smallest.iterancestors())[1:_WIDER]:
        if element.tag not in {"html", "body"}:
            yield element
    for path in (".//article", ".//main|.//*[@role='main']|.//*[@id='main' or @id='content']"):
        named = tree.xpath(path)
        if named:
            yield max(named, key=lambda one: _share(_letters(one.text_content()), paragraphs))


def _nodes(element: HtmlElement) -> str:
    return "\n".join(filter(None, (text.strip() for text in element.xpath(f".//text()[not({_UNSEEN})]"))))


def _container(tree: HtmlElement, paragraphs: list[str]) -> HtmlElement:
    """The smallest element that holds nine of ten paragraphs."""
    element = tree
    while True:
        children = (child for child in element if isinstance(child.tag, str))
        most = 0.9
        holding = [child for child in children if _share(_letters(child.text_content()), paragraphs) >= most]
        if not holding:
            return element
        element = holding[-1]


def _number(text: str) -> int:
    return int(sha256(text.encode()).hexdigest(), 16)


def _share(letters: str, paragraphs: list[str]) -> float:
    return sum(paragraph in letters for paragraph in paragraphs) / len(paragraphs)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _sample(name: str, style: str, labels: dict[str, Any], shown: tuple[str, list[Line]], body: str) -> Sample:
    text, lines = shown
    return Sample(
        name=name,
        style=style,
        language=labels["lang"],
        inside=[fold(piece) for piece in labels["with"]],
        outside=[fold(piece) for piece in labels["without"]],
        text=text,
        page=Page(text, lines),
        labelled=_labelled(lines, labels),
        weak=_weak(lines, body) if body else np.full(len(lines), np.nan),
        body=body,
    )


def _labelled(lines: list[Line], labels: dict[str, Any]) -> Array:
    found = np.full(len(lines), np.nan)
    folded = [fold(line.text) for line in lines]
    for key, value in (("with", 1.0), ("without", 0.0)):
        for piece in map(fold, labels[key]):
            for index, line in enumerate(folded):
                if piece in line:
                    found[index] = value
    return found


def _weak(lines: list[Line], body: str) -> Array:
    """Which lines trafilatura took: long ones by their three-word runs, short ones as the long ones around them."""
    words = re.findall(r"\w+", body.lower())
    runs = set(zip(words, words[1:], words[2:], strict=False))
    joined, whole = _letters(body), {_letters(line) for line in body.split("\n")}
    found, certain = np.zeros(len(lines)), np.zeros(len(lines), bool)
    doubtful: dict[int, bool] = {}
    for index, line in enumerate(lines):
        own = re.findall(r"\w+", line.text.lower())
        letters = _letters(line.text)
        if len(own) > 3:  # noqa: PLR2004 - two runs and more
            triples = list(zip(own, own[1:], own[2:], strict=False))
            certain[index] = sum(run in runs for run in triples) > 0.7 * len(triples)
            found[index] = certain[index]
        elif letters and letters in joined:
            doubtful[index] = letters in whole
    for index, is_whole in doubtful.items():
        before, after = certain[max(0, index - 3) : index].any(), certain[index + 1 : index + 4].any()
        found[index] = (before and after) or (is_whole and (before or after))
    return found
