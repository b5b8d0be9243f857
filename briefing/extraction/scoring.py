"""How likely each line belongs to the article: two small networks, over the measures of `features` and of `context`.

The first reads words, marks and places of a line and of those around it; the second reads the line's own and what the
first made of the whole page. Each has one hidden layer and a direct connection; `training/train.py` learns them from
labelled pages and writes `data/all/extraction_model.json` and `extraction_second.json`. Their weights are multiples of
1/4096 and the measures of 1/64, so every sum is exact in floating point, whatever the order in which a machine adds:
the same page has the same article everywhere.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from briefing.extraction import context

if TYPE_CHECKING:
    from briefing.extraction.features import Array, Page


_PRODUCT = 1 << 18
"""Multiplications of one product of matrices, up to which BLAS starts no thread for it, which costs more than it
saves, above all on a busy machine."""

_NOTE = re.compile(r"[.!?][\"”“»«']?\s*\([^()\n]{2,60}\)$")
"""The end of a sentence, and a note in brackets."""

_NOTED = -1.5
"""Score from which such a line is the article's."""


class Network(NamedTuple):
    """The numbers of a network."""

    direct: Array
    """What each feature adds to the score directly."""
    weights: Array
    """A row a feature: what it adds to each hidden unit."""
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
        direct=weights[:, 0].copy(),
        weights=weights[:, 1:].copy(),
        hidden_bias=np.array(table["hidden_bias"], np.float64) / table["unit"],
        output=np.array(table["output"], np.float64) / table["unit"],
        bias=table["bias"] / table["unit"],
    )


def scores(page: Page) -> Array:
    """The first score of each line, above 0 where it is rather the article than not (a log-odds)."""
    return _run(network("extraction_model", page.names), page.matrix)


def refined(page: Page, scores: Array) -> Array:
    """The second score of each line, from its measures and what the first scores say of its surroundings.

    Held-out F1 rose from .920 to .921 on dumps, from .895 to .900 on bare text nodes, from .922 to .928 on containers.
    """
    return _run(network("extraction_second", names_of_second(page)), measures_of_second(page, scores))


def measures_of_second(page: Page, scores: Array) -> Array:
    """What the second network reads: each line's own measures, and those of `context`; a row a line."""
    return np.concatenate([page.matrix.T[: page.own], context.context(page, scores).T]).T


def names_of_second(page: Page) -> tuple[str, ...]:
    """The names of these measures."""
    return (*page.names[: page.own], *context.NAMES)


def likely(page: Page, scores: Array) -> list[bool]:
    """For each line whether it is rather the article's: by its score, and two kinds that stay though a little below 0.

    A short line without an end between two long closed ones is a heading, down to a score of -1: on held-out dumps that
    raised F1 from .918 to .919 and cost nothing in any way of showing the pages. A sentence right after a kept line
    that ends in a note in brackets (`(Reuters, AFP)`) is the last of its article, down to -1.5: on labelled pages that
    changes nothing, but the measures take such a line for an open one.
    """
    kept = scores > 0.0
    long = kept & (page.words >= 20) & (page.closed > 0)  # noqa: PLR2004 - a paragraph
    between = np.zeros(len(kept), bool)
    between[1:-1] = long[:-2] & long[2:]
    short = (page.words >= 2) & (page.words <= 10) & (page.closed == 0)  # noqa: PLR2004 - a heading
    after = np.zeros(len(kept), bool)
    after[1:] = kept[:-1]
    doubtful = after & ~kept & (scores > _NOTED) & (page.words >= 12)  # noqa: PLR2004 - a sentence
    found: list[bool] = (kept | (between & short & (scores > -1.0))).tolist()
    for index in np.flatnonzero(doubtful).tolist():
        found[index] = found[index] or _NOTE.search(page.lines[index].text[-70:]) is not None
    return found


def scores_with_markup(matrix: Array, names: tuple[str, ...]) -> Array:
    """The score of each line of a page with mark-up, from the measures of `markup`."""
    return _run(network("extraction_html", names), matrix)


def _run(net: Network, matrix: Array) -> Array:
    result = np.empty(len(matrix))
    # In eights, and without a column more for `direct`: BLAS takes a third less for what its registers are made for.
    rows = max(8, _PRODUCT // (net.direct.size + net.weights.size) & -8)
    for start in range(0, len(matrix), rows):
        part = matrix[start : start + rows]
        hidden = part @ net.weights
        hidden += net.hidden_bias
        np.maximum(hidden, 0.0, out=hidden)
        result[start : start + rows] = hidden @ net.output + part @ net.direct
    result += net.bias
    return result
