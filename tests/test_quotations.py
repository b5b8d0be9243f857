"""Quotation marks: which words stand in them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.annotation import annotate_text
from briefing.annotation.quotations import quotations

CASES = tomllib.loads((Path(__file__).parent / "cases" / "analysis" / "quotations.toml").read_text("utf-8"))["case"]
MARKS = ["„“", "“”", '""', "»«", "«»"]
WORDS = st.lists(st.sampled_from(["Regen", "Wind", "es", "war", "kalt"]), min_size=2, max_size=8).map(" ".join)


def quoted(blocks: list[str]) -> list[str]:
    """The words between marks, in order of place."""
    found = quotations(blocks, "en")
    return [text[span.start : span.end] for text, spans in zip(blocks, found, strict=True) for span in spans]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_words_in_marks(case: dict[str, Any]) -> None:
    """The words of each case are found, and no others."""
    assert quoted(case["text"]) == case["quoted"]


@given(
    st.sampled_from(MARKS),
    WORDS,
    st.sampled_from(["„", "“", "”", '"', "»", "«", "’", "‘", "'", '5"', "6'"]),
    st.sampled_from(["Es war {} kalt.", "Es war {}kalt.", "Es war kalt{}.", "{} Es war kalt.", "Es war kalt. {}"]),
    st.sampled_from(["before", "behind"]),
)
def test_a_stray_mark_in_another_block_loses_no_quotation(
    marks: str, words: str, stray: str, around: str, place: str
) -> None:
    """A quotation with both marks is found whole, whatever single mark stands in the paragraph before or behind."""
    block = f"Gestern kam {marks[0]}{words}{marks[1]} dazu."
    other = around.format(stray)
    assert words in quoted([other, block] if place == "before" else [block, other])


@given(st.sampled_from(MARKS), st.lists(WORDS, min_size=2, max_size=4), st.sampled_from(["blocks", "\n", " "]))
def test_paragraphs_that_open_anew_are_one_quotation_each(marks: str, paragraphs: list[str], between: str) -> None:
    """A quotation whose paragraphs each open it anew is found whole, in blocks, lines or run together."""
    parts = [f"{marks[0]}{words}." for words in paragraphs]
    parts[-1] += f"{marks[1]}, sagte er."
    assert quoted(parts if between == "blocks" else [between.join(parts)]) == [f"{words}." for words in paragraphs]


@given(st.text(alphabet="„“”\"»«‚‘’'›‹ab .,\n5", max_size=60), st.text(alphabet="„“”\"»«‚‘’' ab.", max_size=30))
def test_spans_lie_in_their_block_and_nest(first: str, second: str) -> None:
    """Whatever the marks: spans are ordered, hold something and cross no outer one."""
    for text, spans in zip([first, second], quotations([first, second], "de"), strict=True):
        reach = 0
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
            if span.outer:
                assert span.start >= reach
                reach = span.end
            else:
                assert span.end <= reach
        assert list(spans) == sorted(spans, key=lambda span: (span.start, span.end))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("„Es geht“, sagte Eva Maier der „Neuen Woche“.", "title"),
        ("Nach einem Bericht der „Oberen Zeitung“ fehlt Geld.", "title"),
        ("Er liest die „Woche“-Zeitschrift gern.", "title"),
        ("Er fuhr in der „Linie“ nach Hause.", "scare"),
        ("Das meine ich mit der „Wende“ nicht.", "scare"),
    ],
)
def test_names_of_papers_are_titles(text: str, kind: str) -> None:
    """Whom something is told, and what ends in the noun of a paper, is a name; other words in marks are not."""
    assert [quote.kind for quote in annotate_text(text, "de").quotations][-1] == kind
