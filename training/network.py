"""Two learners in numpy: a network with one hidden layer, and logistic regression."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from briefing.extraction.features import Array

if TYPE_CHECKING:
    from pathlib import Path

UNIT = 4096
"""Weights are written as multiples of 1/4096, so that the sums of the model are exact."""


@dataclass(frozen=True)
class Weights:
    """What `scoring.Network` reads: hidden layer, its thresholds, output, direct connection, bias."""

    hidden: Array
    hidden_bias: Array
    output: Array
    direct: Array
    bias: float

    def scores(self, matrix: Array) -> Array:
        """The log-odds of each row."""
        hidden = np.maximum(matrix @ self.hidden + self.hidden_bias, 0.0)
        result: Array = hidden @ self.output + matrix @ self.direct + self.bias
        return result


def odds_to_share(scores: Array) -> Array:
    """Log-odds as probabilities."""
    result: Array = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
    return result


@dataclass(frozen=True)
class Plan:
    """Size of the hidden layer, times that all rows are seen, and the seed of all randomness."""

    units: int
    epochs: int
    seed: int = 0


def learn_network(rows: Array, targets: Array, weights: Array, plan: Plan) -> Weights:
    """A network by Adam with dropout, the last third of its steps averaged.

    Args:
        rows: One line of a page each.
        targets: Probability that the line is the article's.
        weights: How much the line counts.
        plan: Size, length and seed; the same seed gives the same weights on one machine.
    """
    random = np.random.default_rng(plan.seed)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 0.05
    scaled = ((rows - mean) / spread).astype(np.float32)
    targets, weights = targets.astype(np.float32), (weights / weights.mean()).astype(np.float32)
    count, width = scaled.shape
    batch, rate, drop_input, drop, penalty = 1024, 2e-3, 0.1, 0.15, np.float32(1e-3)
    values = [
        random.normal(0, width**-0.5, (width, plan.units)).astype(np.float32),
        np.zeros(plan.units, np.float32),
        random.normal(0, plan.units**-0.5, plan.units).astype(np.float32),
        np.zeros(1, np.float32),
        np.zeros(width, np.float32),
    ]
    first, second = [np.zeros_like(value) for value in values], [np.zeros_like(value) for value in values]
    average = [value.copy() for value in values]
    steps, step = plan.epochs * (count // batch), 0
    for _ in range(plan.epochs):
        order = random.permutation(count)
        for start in range(0, count - batch + 1, batch):
            chosen = order[start : start + batch]
            inputs = scaled[chosen] * _kept(random, (1, width), drop_input)
            before = inputs @ values[0] + values[1]
            mask = _kept(random, before.shape, drop)
            hidden = np.maximum(before, 0) * mask
            output = hidden @ values[2] + values[3] + inputs @ values[4]
            error = (odds_to_share(output) - targets[chosen]) * weights[chosen] / np.float32(batch)
            back = np.outer(error, values[2]) * mask * (before > 0)
            gradients = [
                inputs.T @ back + penalty * values[0],
                back.sum(axis=0),
                hidden.T @ error + penalty * values[2],
                np.array([error.sum()]),
                inputs.T @ error + penalty * values[4],
            ]
            step += 1
            pace = rate * (1 - step / steps) + 1e-5
            for index, gradient in enumerate(gradients):
                first[index] = np.float32(0.9) * first[index] + np.float32(0.1) * gradient
                second[index] = np.float32(0.999) * second[index] + np.float32(0.001) * gradient * gradient
                move = first[index] / (1 - 0.9**step) / (np.sqrt(second[index] / (1 - 0.999**step)) + 1e-8)
                values[index] = (values[index] - pace * move).astype(np.float32)
                blend = np.float32(1.0 if step < 0.6 * steps else 0.01)
                average[index] += (values[index] - average[index]) * blend
    hidden_weights, hidden_bias, output_weights, bias, direct = (value.astype(np.float64) for value in average)
    return Weights(
        hidden=hidden_weights / spread[:, None],
        hidden_bias=hidden_bias - mean / spread @ hidden_weights,
        output=output_weights,
        direct=direct / spread,
        bias=float(bias[0] - mean / spread @ direct),
    )


def _kept(random: np.random.Generator, shape: tuple[int, ...], drop: float) -> Array:
    """Zero where a value is dropped, for the others what makes up for it."""
    result: Array = (random.random(shape, dtype=np.float32) > drop) / np.float32(1 - drop)
    return result


def learn_linear(rows: Array, targets: Array, weights: Array, *, strength: float) -> Weights:
    """Logistic regression by Newton's method; `strength` is the inverse of the penalty, as scikit-learn counts it."""
    spread = rows.std(axis=0) + 0.02
    scaled = np.concatenate([rows / spread, np.ones((len(rows), 1))], axis=1)
    penalty = np.full(scaled.shape[1], 1.0 / strength)
    penalty[-1] = 1e-6
    found = np.zeros(scaled.shape[1])
    for _ in range(30):
        share = odds_to_share(scaled @ found)
        gradient = scaled.T @ (weights * (share - targets)) + penalty * found
        curvature = (scaled * (weights * share * (1 - share))[:, None]).T @ scaled + np.diag(penalty)
        move = np.linalg.solve(curvature, gradient)
        found -= move
        if np.abs(move).max() < 1e-8:  # noqa: PLR2004
            break
    width = rows.shape[1]
    return Weights(np.zeros((width, 0)), np.zeros(0), np.zeros(0), found[:-1] / spread, float(found[-1]))


def write(weights: Weights, names: tuple[str, ...], path: Path) -> None:
    """The weights as a JSON file with a row a feature: first its direct weight, then those of the hidden units."""

    def whole(values: Array) -> list[int]:
        return [round(float(value) * UNIT) for value in values]

    head = {
        "about": "Learned by training/train.py. A row: a measure, its direct weight, its weights in the hidden layer.",
        "unit": UNIT,
        "hidden_bias": whole(weights.hidden_bias),
        "output": whole(weights.output),
        "bias": round(weights.bias * UNIT),
    }
    rows = zip(names, weights.direct, weights.hidden, strict=True)
    lines = (f"{json.dumps(name)}: {json.dumps([*whole(np.array([own])), *whole(row)])}" for name, own, row in rows)
    body = ",\n".join(lines)
    path.write_text(json.dumps(head, indent=0)[:-2] + ',\n"features": {\n' + body + "\n}\n}\n", "utf-8")
