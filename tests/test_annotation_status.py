"""How a passage stands to the truth, on pages of the web; runs only where the pages lie beside the repository."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest
from articles import annotated
from test_annotation_labels import PAGES, page_texts

from briefing.model import Status

LABELS = Path(__file__).parent / "labels" / "status.jsonl"
FLOORS = {
    # set: mean of F1 over the five statuses, and share of passages read right; measured values less what one or two
    # passages weigh (the untouched set has four denials, the later one none, so its mean is over four statuses)
    "dev": (0.91, 0.93),
    "held": (0.76, 0.79),
    "later": (0.81, 0.88),
    "web": (0.89, 0.93),
}
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="needs the pages of ../shared")


@cache
def confusion() -> dict[str, Counter[tuple[str, str]]]:
    """For each set how often a status was read as which."""
    pages: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        label = json.loads(line)
        pages[label["page"], label["language"]].append(label)
    counts: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in FLOORS}
    for (page, language), labels in pages.items():
        made = annotated(page_texts(page), language)
        found = {(passage.block, passage.id.split("-", 1)[1]): passage.status.value for passage in made.passages}
        for label in labels:
            read = found[int(label["paragraph"]), label["hash"]]
            counts[label["set"]][label["status"], read] += 1
    return counts


def f1(count: Counter[tuple[str, str]], status: str) -> float:
    """Harmonic mean of precision and recall of one status."""
    right = count[status, status]
    wanted = sum(number for (label, _), number in count.items() if label == status)
    read = sum(number for (_, said), number in count.items() if said == status)
    return 2 * right / (wanted + read)


@pytest.mark.parametrize("name", FLOORS)
def test_statuses_on_labelled_pages_stay_as_good(name: str) -> None:
    """The mean F1 of the statuses and the share read right keep above their floors."""
    count = confusion()[name]
    found = {status for status, _ in count}
    macro = sum(f1(count, status) for status in Status if status in found) / len(found)
    share = sum(number for (label, said), number in count.items() if label == said) / count.total()
    assert macro >= FLOORS[name][0], f"macro-F1 {macro:.3f}, right {share:.3f}"
    assert share >= FLOORS[name][1], f"macro-F1 {macro:.3f}, right {share:.3f}"
