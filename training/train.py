"""Learns the two models of extraction from labelled pages, and says how good they are on pages they did not see.

    python -m training.train ../shared/cleaning [--write]

Method. Five folds by page. (1) Three networks a fold learn from the labelled pieces and trafilatura's choice; their
mean on the held-out fold becomes a soft label of every line, also of the dumps whose mark-up is not at hand. (2) One
network a fold learns from all of it: labelled pieces as they are, trafilatura's choice blended with the soft labels.
The table is made of these, rules included, each page scored by the models that did not learn from it (the soft
labels of its fellow pages come from models that did, so the figures lean a little to the good side). (3) The model
that is written learns in the same way from all pages. The linear model of pages with mark-up learns last, from the
labelled pieces and, at a hundredth of their weight, trafilatura's choice.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from briefing.extraction.assembly import assemble
from briefing.extraction.choice import Choice
from briefing.extraction.features import Array, Page
from briefing.extraction.html import hidden_body
from briefing.extraction.markup import chosen, measures, taken
from briefing.extraction.scoring import likely
from briefing.model import Article, Document, Media, fold
from training.network import Plan, Weights, learn_linear, learn_network, odds_to_share, write
from training.samples import FOLDS, Sample, load, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DATA = Path(__file__).parent.parent / "briefing" / "data" / "all"
STYLES = ("dump", "block", "nodes", "container block", "container nodes", "trimmed dump", "html")

_TEACHERS = tuple(Plan(32, 10, seed) for seed in range(3))
_PLAN = Plan(48, 14)
_STRENGTH = 0.1
_WEAK_WEIGHT = 0.01


def main(arguments: list[str]) -> int:
    """Learn, print the table, and with `--write` write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    texts, marked = load(options.folder)
    teach(texts)
    texts += [cut for sample in texts if (cut := trimmed(sample)) is not None]
    table: dict[str, Counter[str]] = {}
    scored: dict[int, Array] = {}
    for number in range(FOLDS):
        first = _network([sample for sample in texts if sample.fold != number], _PLAN)
        for sample in texts:
            if sample.fold == number:
                kept = likely(sample.page, first.scores(sample.page.matrix))
                count(sample, Choice(sample.text, sample.page, kept), table)
        for sample in marked:
            if sample.fold == number:
                scored[id(sample)] = first.scores(sample.page.matrix)
    for number in range(FOLDS):
        second, names = _linear([sample for sample in marked if sample.fold != number], scored)
        for sample in (sample for sample in marked if sample.fold == number):
            held = taken([line.text for line in sample.page.lines], sample.body)
            hidden = hidden_body(sample.page.lines, held, sample.body)
            if hidden is not None:
                text, lines, _ = hidden
                choice = Choice(text, Page(text, lines), [True] * len(lines))
            else:
                matrix, _ = measures(sample.page, sample.marks, held, scored[id(sample)], None)
                kept, trusted = chosen(sample.page, held, second.scores(matrix))
                choice = Choice(sample.text, sample.page, kept, sample.marks, None, trusted)
            count(sample, choice, table)
    show(table)
    if options.write:
        write(_network(texts, _PLAN), texts[0].page.names, DATA / "extraction_model.json")
        second, names = _linear(marked, scored)
        write(second, names, DATA / "extraction_html.json")
    return 0


def teach(samples: Sequence[Sample]) -> None:
    """Fill in the soft labels: what the mean of three networks that did not see the page says."""
    for number in range(FOLDS):
        rows = [sample for sample in samples if sample.fold != number]
        teachers = [_network(rows, plan, soft=False) for plan in _TEACHERS]
        for sample in samples:
            if sample.fold == number:
                shares = [odds_to_share(teacher.scores(sample.page.matrix)) for teacher in teachers]
                sample.soft = np.mean(shares, axis=0)


def _network(samples: Sequence[Sample], plan: Plan, *, soft: bool = True) -> Weights:
    rows, targets, weights = [], [], []
    for sample in samples:
        target, weight = _targets(sample, soft=soft)
        known = ~np.isnan(target)
        rows.append(sample.page.matrix[known])
        targets.append(target[known])
        weights.append(weight[known] * (1.0 if sample.style == "dump" else 0.5))
    together: Callable[[list[Array]], Array] = np.concatenate
    return learn_network(together(rows), together(targets), together(weights), plan)


def _targets(sample: Sample, *, soft: bool) -> tuple[Array, Array]:
    """What each line should be and how much it counts: by the root of its words, labelled ones four times and more."""
    weight = np.sqrt(np.maximum(sample.page.words, 1.0))
    target = sample.weak
    if soft:
        unknown = np.isnan(target)
        target = np.where(unknown, sample.soft, 0.6 * np.nan_to_num(target) + 0.4 * sample.soft)
        weight = np.where(unknown, 0.5 * weight, weight)
    is_labelled = ~np.isnan(sample.labelled)
    full = np.sqrt(np.maximum(sample.page.words, 1.0)) * 4 + 4
    return np.where(is_labelled, sample.labelled, target), np.where(is_labelled, full, weight)


def _linear(samples: Sequence[Sample], scored: dict[int, Array]) -> tuple[Weights, tuple[str, ...]]:
    rows, targets, weights = [], [], []
    names: tuple[str, ...] = ()
    for sample in samples:
        held = taken([line.text for line in sample.page.lines], sample.body)
        matrix, names = measures(sample.page, sample.marks, held, scored[id(sample)], None)
        is_labelled = ~np.isnan(sample.labelled)
        rows.append(matrix)
        targets.append(np.where(is_labelled, sample.labelled, held > 0.5))  # noqa: PLR2004 - rather taken than not
        weights.append(np.where(is_labelled, 1.0, _WEAK_WEIGHT))
    model = learn_linear(np.concatenate(rows), np.concatenate(targets), np.concatenate(weights), strength=_STRENGTH)
    return model, names


def count(sample: Sample, choice: Choice, table: dict[str, Counter[str]]) -> None:
    """Add what the article made of these lines holds and lacks of the labelled pieces."""
    media = Media.HTML if sample.marks else Media.TEXT
    article = assemble(Document(sample.name, "", choice.text, media, "utf-8"), choice)
    body = fold("\n\n".join(block.text for block in article.blocks)) if isinstance(article, Article) else ""
    hit = sum(piece in body for piece in sample.inside)
    row = Counter(hit=hit, lost=len(sample.inside) - hit, wrong=sum(piece in body for piece in sample.outside))
    for key in (sample.style, f"{sample.style}, {sample.language}"):
        table.setdefault(key, Counter()).update(row)


def show(table: dict[str, Counter[str]]) -> None:
    """Print F1, precision and recall of each way of showing the pages, in all and in German and English."""
    sys.stdout.write("| held-out pages | F1 | precision | recall |\n|---|---|---|---|\n")
    for style in STYLES:
        for key in (style, f"{style}, de", f"{style}, en"):
            row = table.get(key, Counter())
            precision = row["hit"] / max(1, row["hit"] + row["wrong"])
            recall = row["hit"] / max(1, row["hit"] + row["lost"])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            sys.stdout.write(f"| {key} | {f1:.4f} | {precision:.4f} | {recall:.4f} |\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
