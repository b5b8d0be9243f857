"""Texts are known by marks: whoever shares a run of words shares a mark."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from briefing.winnowing import RUN, marks, runs

WORDS = st.lists(st.sampled_from(("Die", "ferry", "STRASSE", "straße", "12,5", "ǅ", "a", "b", "\ud800")), max_size=12)


@given(WORDS, WORDS, WORDS, WORDS, st.lists(st.sampled_from("abcdefg"), min_size=RUN, max_size=RUN))
@example([], [], [], [], list("abcdefg"))
def test_a_shared_run_leaves_a_shared_mark(
    before: list[str], behind: list[str], above: list[str], below: list[str], shared: list[str]
) -> None:
    """However long the texts are around it, a run that both have gives both a mark."""
    one, other = " ".join(before + shared + behind), "\n".join(above + shared + below)
    assert set(runs(one)) & set(runs(other))
    assert marks(one) & marks(other)


@given(WORDS, WORDS)
def test_without_a_shared_mark_there_is_no_shared_run(one: list[str], other: list[str]) -> None:
    """A text whose marks are all others need not be opened."""
    ours, theirs = ", ".join(one), " – ".join(other)
    assert marks(ours) & marks(theirs) or not set(runs(ours)) & set(runs(theirs))


def test_a_short_text_has_no_marks() -> None:
    """Below seven words there is no run that could be shared."""
    assert marks("Die Fähre fährt von morgen an") == frozenset()
    assert len(marks("Die Fähre fährt von morgen an wieder")) == 1
