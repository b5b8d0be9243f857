"""How well the analysis reads pages that were labelled before anyone saw its answer; needs the pages of `../shared`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from articles import annotated
from test_annotation_labels import PAGES, page_texts

from briefing.model import Passage

LABELS = Path(__file__).parent / "labels" / "reading.jsonl"
FLOORS = {
    # kind: precision and recall of all pages together; measured values less what three labels weigh
    "dates": (0.98, 0.97),
    "figures": (0.97, 0.97),
    "countries": (0.97, 0.97),
    "persons": (0.98, 0.96),
}
QUOTATIONS = 0.99
"""Share of the quotations found from mark to mark: 150 of 150 measured."""
BOUNDARIES = 0.006
"""Share of wrong ends of sentences: 2 of 855 measured."""
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="needs the pages of ../shared")

Span = tuple[int, int, int, Any]
"""Paragraph, start, end and value."""


@cache
def pages() -> tuple[dict[str, Any], ...]:
    """The labelled pages, each with the texts of its paragraphs."""
    return tuple(
        page | {"texts": [repaired(text) for text in page_texts(page["page"])]}
        for page in map(json.loads, LABELS.read_text("utf-8").splitlines())
    )


def repaired(text: str) -> str:
    """UTF-8 that was read as Latin-1, as pages without a declared encoding are here, set right."""
    if not re.search("[ÃâÂ][\x80-\xbf]", text):
        return text

    def read(run: re.Match[str]) -> str:
        try:
            return run[0].encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return run[0]

    return re.sub(r"[\x00-\xff]+", read, text)


@cache
def found() -> tuple[dict[str, list[Span]], ...]:
    """For each page what the analysis finds in the paragraphs that were read, by kind."""
    return tuple(dict(findings(page)) for page in pages())


def findings(page: dict[str, Any]) -> dict[str, list[Span]]:
    """What the analysis finds on one page, which it reads whole, in the paragraphs that were labelled."""
    body = page["body"]
    made = annotated([page["texts"][place] for place in body], page["language"], published=page["published"])
    result: dict[str, list[Span]] = {kind: [] for kind in (*FLOORS, "quotations", "ends")}
    for passage in made.passages:
        if body[passage.block] in page["read"]:
            origin = made.source.article.blocks[passage.block].start
            for kind, start, end, value in marked(passage):
                result[kind].append((body[passage.block], start - origin, end - origin, value))
    return result


def marked(passage: Passage) -> Iterator[tuple[str, int, int, str | None]]:
    """Kind, span and value of what one passage holds."""
    yield from (("dates", mention.start, mention.end, mention.value) for mention in passage.dates)
    yield from (("figures", figure.start, figure.end, figure.value) for figure in passage.figures)
    yield from (("countries", one.start, one.end, one.code) for one in passage.actors if one.kind == "country")
    yield from (("persons", one.start, one.end, one.name) for one in passage.actors if one.kind == "person")
    yield from (("quotations", quote.start, quote.end, quote.kind) for quote in passage.quotations)
    yield "ends", passage.end, passage.end, None


def agrees(kind: str, wanted: str | None, got: str | None) -> bool:
    """Whether a value is the labelled one: names by their words, numbers by their value."""
    if wanted is None or got is None:
        return wanted is got
    wanted = wanted.split("|")[0]
    if kind == "figures":
        return Decimal(wanted) == Decimal(got)
    if kind == "persons":
        return set(wanted.split()) <= set(got.split()) or set(got.split()) <= set(wanted.split())
    return wanted == got


def overlaps(span: Span, label: list[Any]) -> bool:
    """Whether a finding lies where a label does."""
    return bool(span[0] == label[0] and span[1] < label[1] + label[2] and label[1] < span[2])


@pytest.mark.parametrize("kind", FLOORS)
def test_what_is_read_on_pages_labelled_beforehand_stays_as_good(kind: str) -> None:
    """Precision and recall of each kind keep above their floors; what readers could differ on counts for neither."""
    count: Counter[str] = Counter()
    for page, spans in zip(pages(), found(), strict=True):
        left = list(spans[kind])
        for label in page.get(kind, []):
            right = next((one for one in left if overlaps(one, label) and agrees(kind, label[3], one[3])), None)
            count["wanted"] += 1
            if right is not None:
                left.remove(right)
                count["right"] += 1
        count["wrong"] += sum(not any(overlaps(one, label) for label in page.get(f"{kind}?", [])) for one in left)
    precision, recall = count["right"] / (count["right"] + count["wrong"]), count["right"] / count["wanted"]
    assert precision >= FLOORS[kind][0], f"{kind}: precision {precision:.3f}, recall {recall:.3f}"
    assert recall >= FLOORS[kind][1], f"{kind}: precision {precision:.3f}, recall {recall:.3f}"


def test_quotations_are_found_from_mark_to_mark() -> None:
    """The pieces of a quotation, one a sentence, begin at its first mark and end at its last."""
    labels = right = 0
    for page, spans in zip(pages(), found(), strict=True):
        for paragraph, start, length, _ in page.get("quotations", []):
            inside = [
                one
                for one in spans["quotations"]
                if one[0] == paragraph and start - 1 <= one[1] and one[2] <= start + length + 1
            ]
            labels += 1
            right += bool(inside) and min(one[1] for one in inside) <= start + 1 <= start + length - 1 <= max(
                one[2] for one in inside
            )
    assert right >= QUOTATIONS * labels, f"{right} of {labels}"


def test_sentences_end_where_a_reader_ends_them() -> None:
    """A stop before white space and a capital letter or a number ends a sentence, but where a reader said otherwise."""
    wrong = ends = 0
    for page, spans in zip(pages(), found(), strict=True):
        for paragraph in page["read"]:
            text = page["texts"][paragraph]
            goes_on = [
                (start, start + length) for place, start, length in page.get("goes_on", []) if place == paragraph
            ]
            wanted = {stop for stop in stops(text) if not any(start <= stop <= end for start, end in goes_on)} | {
                start + length for place, start, length in page.get("ends", []) if place == paragraph
            }
            got = {end for place, _, end, _ in spans["ends"] if place == paragraph}
            last = {len(text.rstrip())}
            ends += len(wanted | last)
            wrong += len((wanted ^ got) - last)
    assert wrong <= BOUNDARIES * ends, f"{wrong} of {ends}"


def stops(text: str) -> Iterator[int]:
    """Where sentences end if no stop belongs to an abbreviation."""
    for stop in re.finditer(r"[.!?…]+[\"“”»«’‘'›‹)\]*]*(?=\s)", text):
        if text[stop.end() :].lstrip().lstrip("\"„“”»«‚‘’'›‹([–—- ")[:1].isupper():
            yield stop.end()
