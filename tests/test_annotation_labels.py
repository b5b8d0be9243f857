"""How well the analysis reads pages of the web; runs only where the pages lie beside the repository (`../shared`)."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from articles import annotated

from briefing.model import Passage

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = SHARED / "cleaning" / "html"
SPEAKERS = SHARED / "speakers"
LABELS = Path(__file__).parent / "labels" / "analysis.jsonl"
FLOORS = {
    # kind: precision and recall that must not be lost, of both sets together
    "dates": (0.97, 0.97),
    "figures": (0.97, 0.98),
    "countries": (0.98, 0.98),
    "persons": (0.96, 0.97),
}
needs_pages = pytest.mark.skipif(not PAGES.is_dir(), reason="needs the pages of ../shared")


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a page, as ../shared/speakers/score.py takes them."""
    document = lxml.html.fromstring(gzip.decompress(path.read_bytes()))
    texts = (re.sub(r"\s+", " ", str(node.xpath("string()"))).strip() for node in document.iter("p"))
    return list(dict.fromkeys(text for text in texts if len(text) > 60))[:40]


@cache
def counted() -> dict[str, Counter[str]]:
    """For each kind how many labels were found, missed, and how many findings have no label."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in FLOORS}
    for line in LABELS.read_text("utf-8").splitlines():
        page = json.loads(line)
        found = findings(PAGES / page["page"])
        for kind, count in counts.items():
            wanted = {(place, start): value for place, start, _, value in page.get(kind, [])}
            count["right"] += sum(found[kind].get(key) == value for key, value in wanted.items())
            count["wanted"] += len(wanted)
            count["said"] += len(found[kind])
    return counts


def findings(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    """What the analysis finds on a page: kind → (paragraph, offset) → value."""
    texts = paragraphs(path)
    words = {"the", "and", "of", "to"}
    language = "en" if sum(word in words for text in texts for word in text.split()) > len(texts) else "de"
    made = annotated(texts, language)
    result: dict[str, dict[tuple[int, int], Any]] = {kind: {} for kind in FLOORS}
    for passage in made.passages:
        start = made.source.article.blocks[passage.block].start
        for kind, place, value in marked(passage):
            result[kind][passage.block, place - start] = value
    return result


def marked(passage: Passage) -> Iterator[tuple[str, int, str | None]]:
    """Kind, place and value of what one passage holds."""
    for mention in passage.dates:
        yield "dates", mention.start, mention.value
    for figure in passage.figures:
        yield "figures", figure.start, figure.value
    for actor in passage.actors:
        if actor.kind == "country":
            yield "countries", actor.start, actor.code
        elif actor.kind == "person":
            yield "persons", actor.start, actor.name


@needs_pages
@pytest.mark.parametrize("kind", FLOORS)
def test_findings_on_labelled_pages_stay_as_good(kind: str) -> None:
    """Precision and recall of each kind keep above their floors."""
    count = counted()[kind]
    precision, recall = count["right"] / count["said"], count["right"] / count["wanted"]
    assert precision >= FLOORS[kind][0], f"{kind}: precision {precision:.3f}, recall {recall:.3f}"
    assert recall >= FLOORS[kind][1], f"{kind}: precision {precision:.3f}, recall {recall:.3f}"


@needs_pages
def test_published_speakers_on_labelled_pages_are_right() -> None:
    """Of the speakers told as certain, 97 % are right, and 77 % of the named ones are told (measured 46 of 57)."""
    labels: dict[str, list[dict[str, Any]]] = {}
    for label in json.loads((SPEAKERS / "labels.json").read_text("utf-8")):
        labels.setdefault(label["page"], []).append(label)
    count: Counter[str] = Counter()
    for page, entries in labels.items():
        texts = paragraphs(SPEAKERS / "pages" / page)
        quotes = [quote for passage in annotated(texts).passages for quote in passage.quotations]
        for entry in entries:
            words = folded(texts[entry["paragraph"]][entry["offset"] : entry["offset"] + entry["length"]])
            names = [
                folded(quote.speaker.name)
                for quote in quotes
                if quote.speaker is not None
                and quote.speaker.confidence == "certain"
                and same(folded(quote.text), words)
            ]
            count["named"] += bool(entry["speakers"])
            count["said"] += bool(names)
            wanted = [folded(name) for name in entry["speakers"]]
            count["right"] += bool(names) and any(name in names[0] or names[0] in name for name in wanted)
    assert count["right"] >= 0.97 * count["said"]
    assert count["right"] >= 0.77 * count["named"]


@needs_pages
def test_speakers_on_other_labelled_pages_are_right() -> None:
    """Of 140 quotations on 108 pages: 97 % of the certain speakers are right, and 78 % of the named ones are told."""
    pages: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in LABELS.with_name("speakers.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        pages.setdefault((label["page"], label["language"]), []).append(label)
    count: Counter[str] = Counter()
    for (page, language), labels in pages.items():
        texts = page_texts(page)
        quotes = [(p.block, quote) for p in annotated(texts, language).passages for quote in p.quotations]
        for label in labels:
            words = folded(texts[label["paragraph"]][label["offset"] : label["offset"] + label["length"]])
            said = [
                folded(quote.speaker.name)
                for block, quote in quotes
                if block == label["paragraph"] and same(folded(quote.text), words)
                if quote.speaker is not None and quote.speaker.confidence == "certain"
            ]
            named = bool(label["speakers"]) and not label["none_ok"]
            right = bool(said) and any(folded(n) in said[0] or said[0] in folded(n) for n in label["speakers"])
            count["named"] += named
            count["told"] += bool(said)
            count["right"] += right
            count["found"] += right and named
    assert count["right"] >= 0.97 * count["told"]
    assert count["found"] >= 0.78 * count["named"]


def page_texts(page: str) -> list[str]:
    """The paragraphs of a labelled page, without soft hyphens, as reading would leave them."""
    kind, name = page.split("/", 1)
    if kind == "dumps":
        lines = (SHARED / "cleaning" / page).read_text("utf-8", "replace").replace("\xad", "").splitlines()
        return [line for line in (re.sub(r"\s+", " ", line).strip() for line in lines) if len(line) > 60]
    folder = PAGES if kind == "html" else SPEAKERS / "pages"
    return [text.replace("\xad", "") for text in paragraphs(folder / name)]


def folded(text: str) -> str:
    """Words in small letters, marks dropped."""
    return re.sub(r"\W+", " ", text).strip().lower()


def same(found: str, wanted: str) -> bool:
    """Whether two stretches of words are the same or, when long, one holds the other."""
    return bool(found) and (found == wanted or (len(found) > 25 and (found in wanted or wanted in found)))
