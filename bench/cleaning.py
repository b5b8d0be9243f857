"""Cleaning beside its peers: pages with mark-up beside trafilatura, dumps beside jusText, in one run."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import clean_text
from briefing.extraction import extract
from briefing.model import Article, fold
from briefing.reading import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Clean = Callable[[bytes, str], str]

LABELLED = Path(__file__).parent.parent.parent / "shared" / "cleaning"
_EVERY = 3


def report() -> str:
    """Milliseconds a page and F1 of each cleaner on the labelled pages, and the time of one file from a cold start."""
    if not LABELLED.is_dir():
        return "The labelled pages (`../shared/cleaning`) are not here, so there is nothing to measure."
    rows = ["| | ms of processor a page | times the peer's | F1 |", "|---|---|---|---|"]
    for kind, peer, peer_name, clean, name in (
        ("html", _trafilatura_text, "trafilatura, text alone", _body, "body alone"),
        ("html", _trafilatura, "trafilatura, text and metadata", _everything, "with reasons and metadata"),
        ("dumps", _justext, "jusText", _body, "body alone"),
        ("dumps", _justext, "jusText", _everything, "with reasons and metadata"),
    ):
        pages = list(_pages(kind))[::_EVERY]
        own, theirs = _measured((clean, peer), pages)
        rows.append(f"| {kind}: {peer_name} | {theirs[0]:.1f} | 1 | {theirs[1]:.3f} |")
        rows.append(f"| {kind}: briefing, {name} | {own[0]:.1f} | {own[0] / theirs[0]:.2f} | {own[1]:.3f} |")
    pages = list(_pages("dumps"))[::_EVERY]
    ours, peers = _pass(_body, pages), _pass(_justext, pages)
    rows.append(f"| dumps: jusText, no peer between the pages | {peers:.1f} | 1 | |")
    rows.append(f"| dumps: briefing, body alone, no peer between the pages | {ours:.1f} | {ours / peers:.2f} | |")
    rows += ["", f"Reading and cleaning one dump in a fresh interpreter: {_cold():.2f} s.", ""]
    rows.append(
        "The models learned from these pages, so briefing's F1 is a fit here; `training/train.py` holds pages out."
    )
    return "\n".join(rows)


def _pages(kind: str) -> Iterator[tuple[str, bytes, dict[str, list[str]]]]:
    for name, labels in json.loads((LABELLED / kind / "snippets.json").read_text("utf-8")).items():
        raw = (LABELLED / kind / name).read_bytes()
        yield name.removesuffix(".gz"), gzip.decompress(raw) if name.endswith(".gz") else raw, labels


def _measured(
    cleaners: Sequence[Clean], pages: list[tuple[str, bytes, dict[str, list[str]]]]
) -> list[tuple[float, float]]:
    """Of each cleaner the milliseconds of processor time a page, and F1.

    They take turns on every page, so that a busy machine is as busy for the one as for the other, and in being the
    first, for the second finds the page warm, and trafilatura's own caches. Every page is cleaned once before, for some
    tables are read when a page first needs them: jusText's lists of words, 150 ms, fell to trafilatura alone.
    """
    seconds = [0.0 for _ in cleaners]
    counts = [[0, 0, 0] for _ in cleaners]
    for name, data, _ in pages:
        for clean in cleaners:
            clean(data, name)
    for number, (name, data, labels) in enumerate(pages):
        for index, clean in list(enumerate(cleaners))[:: 1 if number % 2 else -1]:
            start = time.process_time()
            body = clean(data, name)
            seconds[index] += time.process_time() - start
            body = fold(body)
            found = sum(fold(piece) in body for piece in labels["with"])
            wrong = sum(fold(piece) in body for piece in labels["without"])
            counts[index] = [sum(pair) for pair in zip(counts[index], (found, len(labels["with"]), wrong), strict=True)]
    milliseconds = [value * 1000 / len(pages) for value in seconds]
    f1 = [2 * hit / max(1, hit + wanted + wrong) for hit, wanted, wrong in counts]
    return list(zip(milliseconds, f1, strict=True))


def _pass(clean: Clean, pages: list[tuple[str, bytes, dict[str, list[str]]]]) -> float:
    """Milliseconds of processor a page, one after the other as in a folder: a peer between them leaves cold caches.

    In turns with jusText a dump takes a tenth to a fifth longer.
    """
    start = time.process_time()
    for name, data, _ in pages:
        clean(data, name)
    return (time.process_time() - start) * 1000 / len(pages)


def _body(data: bytes, name: str) -> str:
    """The text alone, as `score.py` asks for it."""
    return clean_text(data, name) or ""


def _everything(data: bytes, name: str) -> str:
    """The article with the reason of each removal and its metadata, as a build wants it."""
    article = extract(settle(data, name))
    return "\n\n".join(block.text for block in article.blocks) if isinstance(article, Article) else ""


def _trafilatura(data: bytes, name: str) -> str:
    """As one would use it: the text without comments, and the metadata, which briefing reads too."""
    import trafilatura  # noqa: PLC0415

    del name
    return trafilatura.extract(data, include_comments=False, with_metadata=True) or ""


def _trafilatura_text(data: bytes, name: str) -> str:
    """The text without comments and nothing else: less than briefing does."""
    import trafilatura  # noqa: PLC0415

    del name
    return trafilatura.extract(data, include_comments=False) or ""


def _justext(data: bytes, name: str) -> str:
    """JusText on a dump, each line a paragraph."""
    import html  # noqa: PLC0415

    import justext  # type: ignore[import-untyped]  # noqa: PLC0415

    del name
    lines = data.decode("utf-8", "replace").split("\n")
    markup = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    paragraphs = justext.justext(f"<html><body>{markup}</body></html>", justext.get_stoplist("German"))
    return "\n\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def _cold() -> float:
    program = (
        "import sys; from pathlib import Path; from briefing.reading import read;"
        "from briefing.extraction import extract; extract(read(Path(sys.argv[1])))"
    )
    seed = min((Path(__file__).parent.parent / "seeds").glob("*.txt"))
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, str(seed)], check=True)
    return time.perf_counter() - start
