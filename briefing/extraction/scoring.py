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


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of the hidden layer (features by units), its thresholds, and what output and inputs add to the score."""

    hidden: Array
    hidden_bias: Array
    output: Array
    direct: Array
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
        hidden=np.ascontiguousarray(weights[:, 1:]),
        hidden_bias=np.array(table["hidden_bias"], np.float64) / table["unit"],
        output=np.array(table["output"], np.float64) / table["unit"],
        direct=np.ascontiguousarray(weights[:, 0]),
        bias=table["bias"] / table["unit"],
    )


def scores(page: Page) -> Array:
    """The score of each line, above 0 where it is rather the article than not (a log-odds)."""
    return _run(network("extraction_model", page.names), page.matrix)


def scores_with_markup(matrix: Array, names: tuple[str, ...]) -> Array:
    """The score of each line of a page with mark-up, from the measures of `markup`."""
    return _run(network("extraction_html", names), matrix)


def _run(net: Network, matrix: Array) -> Array:
    hidden = np.maximum(matrix @ net.hidden + net.hidden_bias, 0.0)
    result: Array = hidden @ net.output + matrix @ net.direct + net.bias
    return result
