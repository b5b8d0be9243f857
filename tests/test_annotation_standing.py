"""How a passage stands to the truth: what each rule claims, and what it leaves alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from articles import annotated

CASES = tomllib.loads((Path(__file__).parent / "cases" / "analysis" / "status.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_passage_stands_to_the_truth_as_it_is_told(case: dict[str, str]) -> None:
    """Forecasts, judgements, charges, denials and positions are told from reports, and from one another."""
    assert annotated([case["text"]], case.get("language", "de")).passages[-1].status.value == case["status"]
