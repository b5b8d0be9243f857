"""The lists of names that `python -m training.names` writes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from briefing.annotation.namewords import gathered, is_family, is_given, is_typed, may_be_given
from briefing.lexicon import table, word_set
from training.names import NAME

KEYS = ("f", "m", "either", "words", "family")


@pytest.mark.parametrize("key", KEYS)
def test_a_list_holds_each_name_once_and_in_order(key: str) -> None:
    """A list is sorted, has no name twice, and nothing that does not have the form of a name."""
    names = table("all", "names")[key].split()
    assert names == sorted(set(names))
    assert all(NAME.fullmatch(name) for name in names)


def test_a_given_name_has_one_gender_or_none() -> None:
    """The three lists of given names share none, and every given name that is a word stands in one of them."""
    women, men, either, words = (word_set("all", "names", key) for key in ("f", "m", "either", "words"))
    assert not women & men | women & either | men & either
    assert words <= women | men | either


@pytest.mark.parametrize("key", KEYS)
def test_a_name_is_found_in_its_list_and_nothing_else_is(key: str) -> None:
    """However the list is kept: neither the beginning of a name, nor two names that follow each other."""
    listed, names = gathered(key), table("all", "names")[key].split()
    assert all(name in listed for name in names)
    others = {other for one, two in pairwise(names) for other in (one[:-1], one[1:], f"{one} {two}", f"{one}{two}")}
    assert not any(other in listed for other in others - set(names))
    assert not any(other in listed for other in ("", "X", None))


def test_names_typed_by_hand_outrank_the_lists() -> None:
    """A word of the lists is a given name only if it is no word otherwise; one typed by hand always is."""
    assert is_typed("Mark")
    assert is_given("Mark")
    assert may_be_given("Reed")
    assert not is_given("Reed")
    assert is_given("Désirée")


def test_double_and_owned_family_names_are_known_by_their_last_part() -> None:
    """`Weber-Kern` is a family name as `Kern` is, and so is `Kern’s`."""
    assert is_family("Anders-Weber")
    assert is_family("Weber’s")
    assert is_family("O'Brien")
