"""Where one sentence ends and the next begins."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from articles import source
from hypothesis import given
from hypothesis import strategies as st

from briefing.segmentation import segment

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases/analysis/sentences.toml").read_text("utf-8"))["case"]
PAIRS = [
    pytest.param(case[language], language, id=f"{case['about']}-{language}")
    for case in CASES
    for language in ("de", "en")
    if language in case
]
HOSTILE = st.text(st.sampled_from(list("aA1. !?…„“\"'»«’()[]\n\t\u00a0ßÄz-–:,;/@")), max_size=200)


@pytest.mark.parametrize(("marked", "language"), PAIRS)
def test_sentences_end_where_a_reader_ends_them(marked: str, language: str) -> None:
    """Each case is cut at its marks and nowhere else."""
    wanted = [part.strip() for part in marked.split("¦")]
    made = source([marked.replace("¦", "")], language)
    assert [passage.text for passage in segment(made)] == wanted


@given(st.lists(HOSTILE, max_size=5), st.sampled_from(["de", "en", "fr", "und"]))
def test_passages_cover_everything_but_white_space(paragraphs: list[str], language: str) -> None:
    """Passages are slices in order, disjoint, and leave out white space only, whatever the text."""
    made = source(paragraphs, language)
    rest = list(made.text)
    place = 0
    for passage in segment(made):
        assert place <= passage.start < passage.end
        assert passage.text == made.text[passage.start : passage.end]
        block = made.article.blocks[passage.block]
        assert block.start <= passage.start
        assert passage.end <= block.end
        rest[passage.start : passage.end] = " " * (passage.end - passage.start)
        place = passage.end
    assert not "".join(rest).strip()


def test_headings_give_no_passage() -> None:
    """A heading is context for what stands beneath it, not evidence."""
    made = source([("heading", "Ein Titel"), "Ein Satz."])
    assert [passage.text for passage in segment(made)] == ["Ein Satz."]


def test_an_identifier_hangs_on_the_words_alone() -> None:
    """A passage keeps its name when its neighbours or line breaks change; a repetition gets a number."""
    first = segment(source(["Ein Satz. Noch einer. Ein Satz."]))
    second = segment(source(["Ganz neu. Noch\neiner."]))
    assert first[1].id == second[1].id
    assert first[2].id == f"{first[0].id}-2"
    assert first[0].id.startswith("test-")


@pytest.mark.parametrize(
    "text", ["a. " * 150_000, "." * 400_000, "„" * 200_000, "x" * 500_000, "A.b" * 100_000, "1. " * 100_000]
)
def test_any_text_is_cut_in_linear_time(text: str) -> None:
    """Half a megabyte of nonsense takes seconds, not minutes."""
    begun = time.perf_counter()
    segment(source([text]))
    assert time.perf_counter() - begun < 20
