"""Briefings of 5 to 10,000 sources: time and memory a stage, growth, the engine's share, a rebuild after one change.

All times are seconds of the processor, of one process, so that a busy machine does not show.
"""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.corpus import write_articles

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "5,100,1000,10000").split(","))
SITES = tuple(size for size in SIZES if size <= int(os.environ.get("BENCH_SITES", "1000")))
"""Sizes at which the whole site is built too; MkDocs takes most of an hour for 10,000 sources in two languages."""

CONFIG = """\
site_name: Bench
docs_dir: docs/en
theme: {name: material, font: false}
markdown_extensions: [attr_list, footnotes, md_in_html, tables, {toc: {toc_depth: 2}}]
plugins: [search, {briefing: {languages: [en, de], automatic_share: 0.02, keep_going: true}}]
"""
TOPIC = "title: {en: Overview, de: Überblick}\n"

STAGES = """
import json, resource, sys, time
from pathlib import Path
from briefing import pipeline
from briefing.project import load_project
from briefing.running import Execution
from briefing.settings import load_settings

times = {}
def timed(name):
    original = getattr(pipeline, name)
    def wrapper(*args, **kwargs):
        start = time.process_time()
        try:
            return original(*args, **kwargs)
        finally:
            times[name] = times.get(name, 0) + time.process_time() - start
    setattr(pipeline, name, wrapper)
for name in "read_seeds verify classify corroborate compose write".split():
    timed(name)
start = time.process_time()
pipeline.publish(load_project(load_settings(Path())), Execution(jobs=1, quiet=True))
times["engine"] = time.process_time() - start
times["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(json.dumps(times))
"""


def report() -> str:
    """The tables, as Markdown."""
    rows, exponents = [], []
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            project = _project(Path(folder) / str(size), size)
            full = _engine(project)
            again = _engine(project)
            _touch(project)
            changed = _engine(project)
            shutil.rmtree(project / "build")
            sites = (_mkdocs(project), _mkdocs(project)) if size in SITES else None
            rows.append((size, full, again, changed, sites))
            sys.stderr.write(_table(rows)[-1] + "\n")
            if before and before[0] >= 100:  # noqa: PLR2004 - start-up hides the growth below
                exponents.append(math.log(full["engine"] / before[1]) / math.log(size / before[0]))
            before = (size, full["engine"])
            shutil.rmtree(project)
    return "\n".join(_table(rows)) + "\n\n" + "\n".join(_summary(rows, exponents))


def _project(folder: Path, size: int) -> Path:
    write_articles(folder / "seeds", size)
    for name, text in {
        "mkdocs.yml": CONFIG,
        "mkdocs.de.yml": "INHERIT: mkdocs.yml\ndocs_dir: docs/de\nsite_dir: site/de\ntheme: {language: de}\n",
        "topics/overview.yml": TOPIC,
        "docs/en/.keep": "",
        "docs/de/.keep": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def _engine(project: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", STAGES], cwd=project, capture_output=True, text=True, check=True)
    times: dict[str, float] = json.loads(done.stdout)
    return times


def _touch(project: Path) -> None:
    path = project / "seeds" / "00002.txt"
    path.write_text(
        path.read_text("utf-8") + "\nA sentence was added to the end of this article on Wednesday.\n", "utf-8"
    )


def _mkdocs(project: Path) -> float:
    """Build the whole site; the seconds that took."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=project,
        env=environment,
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


Row = tuple[int, dict[str, float], dict[str, float], dict[str, float], tuple[float, float] | None]
"""Sources; the engine's first run, one with nothing changed, one after a change; the site without and with a cache."""


def _table(rows: list[Row]) -> list[str]:
    stages = "read_seeds verify classify corroborate compose write engine".split()
    names = [
        *(f"{stage} s" for stage in stages),
        "peak GiB",
        "unchanged s",
        "one changed s",
        "site s",
        "site, cached s",
    ]
    lines = [f"| sources | {' | '.join(names)} |", f"| ---: |{' ---: |' * len(names)}"]
    for size, full, again, changed, sites in rows:
        cells = [f"{full.get(stage, 0):.2f}" for stage in stages]
        cells += [
            f"{full['memory']:.2f}",
            f"{again['engine']:.2f}",
            f"{changed['engine']:.2f}",
            *(f"{site:.1f}" if site else "–" for site in sites or (None, None)),
        ]
        lines.append(f"| {size} | {' | '.join(cells)} |")
    return lines


def _summary(rows: list[Row], exponents: list[float]) -> list[str]:
    growth = ", ".join(f"{exponent:.2f}" for exponent in exponents)
    lines = [f"- Growth of the engine's time from size to size, from 100 on: exponent {growth}."] if growth else []
    for size, full, again, changed, sites in rows:
        share = ""
        if sites:
            cold, warm = full["engine"] / sites[0], again["engine"] / sites[1]
            share = f"; the engine is {cold:.0%} of the whole build without a cache, {warm:.0%} with one"
        part = changed["engine"] / full["engine"]
        lines.append(f"- {size} sources: a rebuild after one change takes {part:.1%} of a full run{share}.")
    return lines
