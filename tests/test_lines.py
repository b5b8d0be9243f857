"""Lines of a page: torn sentences are one line, and what the networks read of the lines is exact."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.context import NAMES, context
from briefing.extraction.features import Page
from briefing.extraction.lines import lines_of
from briefing.extraction.scoring import refined, scores

TORN: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "extraction.toml").read_text("utf-8"),
)["torn"]
SENTENCE = "Die Stadt will im Herbst neue Wohnungen bauen, sagte die Bürgermeisterin am Montag vor dem Rat."
PIECES = st.lists(
    st.sampled_from(
        [SENTENCE, "Mehr zum Thema", "", "Teilen", "„Wir bauen“", "die", "Das ist der\nText", "»", "(dpa)"]
    ),
    max_size=40,
)


@pytest.mark.parametrize("case", TORN, ids=lambda case: case["text"][:20])
def test_torn(case: dict[str, Any]) -> None:
    """Lines are joined where a sentence was torn for certain, and nowhere else."""
    assert len(lines_of(case["text"])) == case["lines"]


@given(PIECES)
def test_lines_are_slices(pieces: list[str]) -> None:
    """Lines are slices of the text, in order, and leave out white space only."""
    text = "\n".join(pieces)
    place = 0
    for line in lines_of(text):
        assert text[line.start : line.end] == line.text
        assert not text[place : line.start].strip()
        place = line.end
    assert not text[place:].strip()


@given(PIECES)
def test_context_is_exact(pieces: list[str]) -> None:
    """What the first scores say of a page is a multiple of 1/64 and at most 8, so that sums are the same everywhere."""
    text = "\n".join(["Titel", *pieces])
    page = Page(text, lines_of(text))
    first = scores(page)
    matrix = context(page, first)
    assert matrix.shape == (len(page.lines), len(NAMES))
    assert np.array_equal(matrix * 64, np.rint(matrix * 64))
    assert np.abs(matrix).max() <= 8
    assert np.array_equal(refined(page, first), refined(Page(text, lines_of(text)), scores(page)))
