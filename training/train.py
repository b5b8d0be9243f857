"""Learns the two models of extraction from labelled pages, and says how good they are on pages they did not see.

    OPENBLAS_NUM_THREADS=1 python -m training.train ../shared/cleaning [--write]

One thread, because a second one only waits: 4 minutes of CPU time instead of 8.

Method. Five folds by outlet. (1) For each two folds a network learns from the others, from the labelled pieces and
trafilatura's choice. What it says of the two becomes a soft label of their lines, also of the dumps whose mark-up is
not at hand, and the score from which the second network learns, which so never sees how well the first knows the
pages it was taught. (2) For each fold a first network learns from the other four: labelled pieces as they are,
trafilatura's choice blended with the soft labels; then a second one from the same and from what `context` makes of
the held-out scores. The table is made of these, rules included, each page scored by models none of which, nor their
teachers, saw it. (3) The models that are written learn in the same way from all pages. The linear model of pages with
mark-up learns last, from the labelled pieces and, at a hundredth of their weight, trafilatura's choice, asked for as at
run time by what a first network says that did not see the page. Pieces that do not stand in the text of a container
are not counted as lost in it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from briefing.extraction.assembly import assemble
from briefing.extraction.choice import Choice
from briefing.extraction.engine import foreign, text_of_tree
from briefing.extraction.features import Array, Page
from briefing.extraction.html import hidden_body
from briefing.extraction.markup import chosen, measures, taken
from briefing.extraction.scoring import likely, measures_of_second, names_of_second
from briefing.model import Article, Document, Media, fold
from training.network import Plan, Weights, learn_linear, learn_network, odds_to_share, write
from training.samples import FOLDS, Sample, load, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Told = Callable[[Sample], Array]

DATA = Path(__file__).parent.parent / "briefing" / "data" / "all"
STYLES = (
    "dump",
    "block",
    "nodes",
    "container block",
    "container nodes",
    "wider block",
    "wider nodes",
    "trimmed dump",
    "html",
)

_TEACHER = Plan(32, 8)
_FIRST = Plan(48, 12)
_SECOND = Plan(32, 12)
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
    learned = [sample for sample in texts if sample.is_learned_from]
    table: dict[str, Counter[str]] = {}
    scored: dict[int, Array] = {}
    for number in range(FOLDS):
        rest = [sample for sample in learned if sample.fold != number]
        first, second = _network(rest, _FIRST, _without(number)), _second(rest, _without(number))
        for sample in texts:
            if sample.fold == number:
                matrix = sample.page.matrix
                refined = second.scores(measures_of_second(sample.page, first.scores(matrix)))
                count(sample, Choice(sample.text, sample.page, likely(sample.page, refined)), table)
        for sample in marked:
            if sample.fold == number:
                scored[id(sample)] = first.scores(sample.page.matrix)
                sample.body = _asked(sample, scored[id(sample)])
    for number in range(FOLDS):
        second, names = _linear([sample for sample in marked if sample.fold != number], scored)
        for sample in (sample for sample in marked if sample.fold == number):
            held = taken([line.text for line in sample.page.lines], sample.body)
            hidden = hidden_body(sample.page.lines, held, sample.body)
            if hidden is not None:
                choice = Choice(hidden.text, Page(hidden.text, hidden.lines), [True] * len(hidden.lines))
            else:
                matrix, _ = measures(sample.page, sample.marks, held, scored[id(sample)], None)
                kept, trusted = chosen(sample.page, held, second.scores(matrix))
                choice = Choice(sample.text, sample.page, kept, sample.marks, None, trusted)
            count(sample, choice, table)
    show(table)
    if options.write:
        names = texts[0].page.names
        write(_network(learned, _FIRST, _by_others), names, DATA / "extraction_model.json")
        write(_second(learned, _by_one), names_of_second(texts[0].page), DATA / "extraction_second.json")
        second, names = _linear(marked, scored)
        write(second, names, DATA / "extraction_html.json")
    return 0


def _asked(sample: Sample, first: Array) -> str:
    """Trafilatura's text of a page with mark-up, asked for as at run time. Takes elements out of the sample's tree."""
    if sample.tree is None:
        return ""
    return text_of_tree(sample.tree, foreign(sample.blocks, sample.page.words, first))


def teach(samples: Sequence[Sample]) -> None:
    """Fill in what networks say that saw neither the page's fold nor one further fold."""
    for sample in samples:
        sample.told = np.full((FOLDS, len(sample.page.lines)), np.nan)
    for one, other in combinations(range(FOLDS), 2):
        rest = [sample for sample in samples if sample.fold not in {one, other} and sample.is_learned_from]
        teacher = _network(rest, _TEACHER, None)
        for sample in samples:
            if sample.fold in {one, other}:
                sample.told[other if sample.fold == one else one] = teacher.scores(sample.page.matrix)
    for sample in samples:
        sample.told[sample.fold] = np.mean(np.delete(sample.told, sample.fold, axis=0), axis=0)


def _without(fold: int) -> Told:
    """What a network says that did not see this fold either."""

    def told(sample: Sample) -> Array:
        result: Array = sample.told[fold]
        return result

    return told


def _by_others(sample: Sample) -> Array:
    """The mean of four networks that did not see the page."""
    result: Array = sample.told[sample.fold]
    return result


def _by_one(sample: Sample) -> Array:
    """One of them: a mean would be smoother than what the second network meets at run time."""
    result: Array = sample.told[(sample.fold + 1) % FOLDS]
    return result


def _network(samples: Sequence[Sample], plan: Plan, soft: Told | None) -> Weights:
    return _learn(samples, plan, soft, lambda sample: sample.page.matrix)


def _second(samples: Sequence[Sample], soft: Told) -> Weights:
    return _learn(samples, _SECOND, soft, lambda sample: measures_of_second(sample.page, soft(sample)))


def _learn(samples: Sequence[Sample], plan: Plan, soft: Told | None, measured: Told) -> Weights:
    rows, targets, weights = [], [], []
    for sample in samples:
        target, weight = _targets(sample, soft(sample) if soft is not None else None)
        known = ~np.isnan(target)
        rows.append(measured(sample)[known].astype(np.float32))
        targets.append(target[known])
        weights.append(weight[known] * (1.0 if sample.style == "dump" else 0.5))
    together: Callable[[list[Array]], Array] = np.concatenate
    return learn_network(np.concatenate(rows), together(targets), together(weights), plan)


def _targets(sample: Sample, told: Array | None) -> tuple[Array, Array]:
    """What each line should be and how much it counts: by the root of its words, labelled ones four times and more."""
    weight = np.sqrt(np.maximum(sample.page.words, 1.0))
    target = sample.weak
    if told is not None:
        unknown, soft = np.isnan(target), odds_to_share(told)
        target = np.where(unknown, soft, 0.6 * np.nan_to_num(target) + 0.4 * soft)
        weight = np.where(unknown, 0.5 * weight, weight)
    is_labelled = ~np.isnan(sample.labelled)
    full = np.sqrt(np.maximum(sample.page.words, 1.0)) * 8 + 8
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
    whole = fold(sample.text)
    inside = [piece for piece in sample.inside if sample.is_whole or piece in whole]
    hit = sum(piece in body for piece in inside)
    row = Counter(hit=hit, lost=len(inside) - hit, wrong=sum(piece in body for piece in sample.outside))
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
