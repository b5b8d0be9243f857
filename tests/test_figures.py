"""Quantities: what they are measured in, and what tells them from other numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.annotation.figures import figures
from briefing.annotation.units import units

CASES = tomllib.loads((Path(__file__).parent / "cases" / "analysis" / "figures.toml").read_text("utf-8"))["case"]
BOUNDS = {"de": "Etwa", "en": "About"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_quantities_are_told_from_other_numbers(case: Mapping[str, Any]) -> None:
    """Value, unit or subject, and bound of each quantity of a sentence, and no other number."""
    found = figures(case["text"], case.get("language", "de"))
    told = [" ".join(filter(None, (one.value, one.unit or one.subject, one.bound))) for one in found]
    assert told == case["figures"]


@pytest.mark.parametrize("language", BOUNDS)
def test_every_unit_is_read_behind_a_number(language: str) -> None:
    """Each word and symbol for a unit makes a quantity of the number before it, by the unit's name."""
    for word, name in units(language).items():
        (found,) = figures(f"{BOUNDS[language]} 7 {word}.", language)
        assert (found.value, found.unit, found.bound) == ("7", name, "about"), word


@given(st.text(max_size=80), st.sampled_from(sorted(BOUNDS)))
def test_quantities_are_slices_of_any_text(text: str, language: str) -> None:
    """Whatever the text, each quantity is a slice of it, none overlaps another's number, and its value is a decimal."""
    found = figures(text, language)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.value.lstrip("-").replace(".", "", 1).isdigit() for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_units_are_named_alike_in_every_language() -> None:
    """A quantity in a unit of the SI, a currency or a time has one name, so that languages can be compared."""
    pairs = [("7 Lichtjahre", "7 light-years"), ("3 Esslöffel", "3 tablespoons"), ("9 Megabyte", "9 megabytes")]
    pairs += [("8 tschechische Kronen", "8 Czech korunas"), ("5 Quadratkilometer", "5 square kilometers")]
    for german, english in pairs:
        assert figures(german, "de")[0].unit == figures(english, "en")[0].unit
