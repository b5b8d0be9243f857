"""How likely each line belongs to the article: a small network over the measures of `features`.

The network has one hidden layer and a direct connection; `training/train.py` learns it from labelled pages and writes
`data/all/extraction_model.json`. Its weights are multiples of 1/4096 and the measures of 1/64, so every sum is exact in
floating point, whatever the order in which a machine adds: the same page has the same article everywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from briefing.extraction.features import Array, Page


_ROWS = 16
"""Rows multiplied at once: so few that BLAS starts no thread for them, which costs more than it saves,
above all on a busy machine."""


@dataclass(frozen=True, slots=True)
class Network:
    """The numbers of a network."""

    weights: Array
    """A row a feature: what it adds to the score directly, then to each hidden unit."""
    hidden_bias: Array
    output: Array
    """What each hidden unit adds to the score."""
    bias: float


@cache
def network(name: str, features: tuple[str, ...]) -> Network:
    """The network `data/all/<name>.json`, its rows in the order of `features`.

    Raises:
        ValueError: The file was trained for other measures than these.
    """
    table: dict[str, Any] = json.loads(files("briefing").joinpath("data", "all", f"{name}.json").read_text("utf-8"))
    rows: dict[str, list[int]] = table["features"]
    if set(rows) != set(features):
        message = f"{name}.json was trained for other features; run training/train.py again"
        raise ValueError(message)
    weights = np.array([rows[feature] for feature in features], np.float64) / table["unit"]
    return Network(
        weights=weights,
        hidden_bias=np.array(table["hidden_bias"], np.float64) / table["unit"],
        output=np.array(table["output"], np.float64) / table["unit"],
        bias=table["bias"] / table["unit"],
    )


def scores(page: Page) -> Array:
    """The score of each line, above 0 where it is rather the article than not (a log-odds)."""
    return _run(network("extraction_model", page.names), page.matrix)


def likely(page: Page, scores: Array) -> list[bool]:
    """For each line whether it is rather the article's: by its score, or as a heading between two paragraphs of it.

    A short line without an end between two long closed ones stays down to a score of -1: on held-out dumps that raised
    F1 from .918 to .919 and cost nothing in any way of showing the pages.
    """
    kept = scores > 0.0
    long = kept & (page.words >= 20) & (page.closed > 0)  # noqa: PLR2004 - a paragraph
    between = np.zeros(len(kept), bool)
    between[1:-1] = long[:-2] & long[2:]
    short = (page.words >= 2) & (page.words <= 10) & (page.closed == 0)  # noqa: PLR2004 - a heading
    found: list[bool] = (kept | (between & short & (scores > -1.0))).tolist()
    return found


def scores_with_markup(matrix: Array, names: tuple[str, ...]) -> Array:
    """The score of each line of a page with mark-up, from the measures of `markup`."""
    return _run(network("extraction_html", names), matrix)


def _run(net: Network, matrix: Array) -> Array:
    mixed = np.empty((len(matrix), net.weights.shape[1]))
    for start in range(0, len(matrix), _ROWS):
        mixed[start : start + _ROWS] = matrix[start : start + _ROWS] @ net.weights
    hidden = mixed[:, 1:]
    hidden += net.hidden_bias
    np.maximum(hidden, 0.0, out=hidden)
    result: Array = (hidden * net.output).sum(axis=1) + mixed[:, 0] + net.bias
    return result
