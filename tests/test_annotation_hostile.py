"""Hostile and endless input: valid spans, in time that grows with the text."""

from __future__ import annotations

import time

import pytest
from articles import annotated
from hypothesis import given
from hypothesis import strategies as st

from briefing.annotation import annotate_text
from briefing.model import Actor, Cue, DateMention, Figure, Quotation

MARKS = [
    "„",
    "“",
    "”",
    '"',
    "'",
    "«",
    "»",
    "‚",
    "‘",
    "’",
    "(",
    ")",
    ":",
    ", ",
    ". ",
    "? ",
    "\n",
    " ",
    "%",
    "\u00ad",
    "😀",
    "İ",
]
WORDS = """sagte sagt so laut zufolge Putin Kim Jong Un Eva Maier er sie der Minister Dr. 19. Juni 2024 1961/62 am
Montag 10.000 Millionen Euro nicht soll haben habe dass von und USA said Mr. ß""".split()
PIECES = st.sampled_from([*MARKS, *(word + " " for word in WORDS)])
ENDLESS = {
    "one word": "wort " * 60_000,
    "opening marks": "„" * 100_000,
    "straight marks": '"a ' * 60_000,
    "names": "Kim Jong Un " * 20_000,
    "different names": " ".join(
        f"Eva N{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}o" for n in range(10_000)
    ),
    "digits": "1" * 200_000,
    "groups of digits": "111.111." * 30_000,
    "hyphens": "a-" * 100_000,
    "verbs": "sagte " * 50_000,
    "quotations": "„Das ist so“, sagte er. " * 8_000,
    "brackets": "(" * 50_000 + ")" * 50_000,
    "offices": "Minister " * 40_000,
    "particles": "Eva von der " * 30_000,
    "commas": ", " * 100_000,
    "days": "wird im März " * 20_000,
    "days and numbers": "am 3. Mai 5 Boote " * 20_000,
}


@given(st.lists(st.lists(PIECES, max_size=25).map("".join), max_size=4), st.sampled_from(["de", "en", "fr"]))
def test_any_mixture_gives_valid_spans(paragraphs: list[str], language: str) -> None:
    """Words of news in any order never break the analysis, and what it finds lies where it says."""
    made = annotated(paragraphs, language)
    for passage in made.passages:
        marked: list[Cue | Quotation | Figure | DateMention | Actor] = [*passage.cues, *passage.quotations]
        marked += [*passage.figures, *passage.dates, *passage.actors]
        for entry in marked:
            assert passage.start <= entry.start < entry.end <= passage.end
            assert made.source.text[entry.start : entry.end] == entry.text


@given(st.text(max_size=80))
def test_any_sentence_can_be_annotated(text: str) -> None:
    """A statement of an editor may hold anything."""
    assert annotate_text(text, "de").text == text


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_text_ends(name: str) -> None:
    """A block of hundreds of kilobytes takes seconds."""
    begun = time.perf_counter()
    annotated([ENDLESS[name]])
    assert time.perf_counter() - begun < 30


def test_many_blocks_end() -> None:
    """Twenty thousand tiny lines take seconds."""
    begun = time.perf_counter()
    annotated([f"Zeile {n}: „ja“, sagte Eva Maier." for n in range(20_000)])
    assert time.perf_counter() - begun < 60
