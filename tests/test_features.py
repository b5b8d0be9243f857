"""What is measured of lines: words found by their characters, known by their marks, and all measures exact."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from briefing import lexicon
from briefing.extraction.characters import Characters, mark_of
from briefing.extraction.features import Page
from briefing.extraction.lines import lines_of
from briefing.extraction.vocabulary import PHRASE_KINDS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
WORDS = st.sampled_from("Kommentar KOMMENTARE Straße ÄRZTE naïve covid 2024 Łódź новости 東京 ǅ a".split())
SIGNS = st.sampled_from([" ", ", ", "-", "’", "\n", "_", "… ", " 😀 ", "𝐀 "])
PHRASES = {
    phrase: kind
    for kind in reversed(PHRASE_KINDS)  # of two kinds the first counts
    for language in ("all", *lexicon.languages())
    for phrase in lexicon.table(language, "extraction").get("phrases", {}).get(kind, ())
}


@given(TEXTS)
def test_words_are_those_of_the_pattern(text: str) -> None:
    """Words are rows of letters and digits of any script, wherever they stand."""
    begins, ends = Characters(text).words()
    assert list(zip(begins, ends, strict=True)) == [match.span() for match in re.finditer(r"[^\W_]+", text)]


@given(st.lists(st.tuples(SIGNS, WORDS), max_size=30))
def test_marks_tell_words_apart(pieces: list[tuple[str, str]]) -> None:
    """A word has the mark of its lower case, wherever it stands and whatever its case, and other words another."""
    text = "".join(sign + word for sign, word in pieces)
    characters = Characters(text)
    begins, ends = characters.words()
    words = [text[begin:end].lower() for begin, end in zip(begins, ends, strict=True)]
    marks = characters.marks(begins, ends).tolist()
    assert marks == [mark_of(word) for word in words]
    assert len(set(marks)) == len(set(words))


def test_marks_in_a_long_text() -> None:
    """Beyond the length of usual pages the marks are the same."""
    text = "Wort " * 30_000 + "Ende"
    characters = Characters(text)
    marks = characters.marks(*characters.words())
    assert set(marks.tolist()) == {mark_of("wort"), mark_of("ende")}
    assert marks[-1] == mark_of("ende")


@given(
    st.lists(st.tuples(st.sampled_from(sorted(PHRASES)), st.sampled_from(["", " x", "x", ": Wort", "."])), min_size=1)
)
def test_openings_are_whole_phrases(pieces: list[tuple[str, str]]) -> None:
    """A line opens with the longest phrase that it begins with, unless letters go on where the phrase ends in one."""
    text = "\n".join(phrase.title() + rest for phrase, rest in pieces)
    page = Page(text, lines_of(text))
    for line, kind in zip(page.lines, page.kinds, strict=True):
        lower = line.text.lower()
        fit = [
            phrase
            for phrase in PHRASES
            if lower.startswith(phrase)
            and not (phrase[-1].isalpha() and lower[len(phrase) : len(phrase) + 1].isalpha())
        ]
        assert kind == (PHRASE_KINDS.index(PHRASES[max(fit, key=len)]) if fit else -1)


@given(st.lists(st.tuples(SIGNS, WORDS), min_size=1, max_size=30))
def test_measures_are_exact(pieces: list[tuple[str, str]]) -> None:
    """Measures are multiples of 1/64 and at most 8, so that sums are the same everywhere."""
    text = "".join(sign + word for sign, word in pieces)
    matrix = Page(text, lines_of(text)).matrix
    assert np.array_equal(matrix * 64, np.rint(matrix * 64))
    assert matrix.min() >= 0
    assert matrix.max() <= 8
