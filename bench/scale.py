"""Briefings of 5 to 10,000 sources: time and memory a stage, growth, the engine's share, a rebuild after one change.

All times are seconds of the processor, of one process, so that a busy machine shows less. The times of stages leave out
the import of the package (0.15 s); the engine's share of a site holds it, as far as MkDocs has not imported the same.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.corpus import write_articles
from briefing.model import AnnotatedSource, fold
from briefing.pipeline import SourceTask, read_source
from briefing.verification import RULES

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
TERMS = """\
title: {en: Water, de: Wasser}
terms: {en: [water, police, government, hospital], de: [Wasser, Polizei, Regierung, Krankenhaus]}
"""
_STATEMENTS, _CITED = 20, 5
"""Statements of the topic that has some, and the sources they cite; the one that changes is among them."""

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


SITE = """
import json, os, sys, time
from briefing import plugin
from mkdocs.__main__ import cli

os.cpu_count = lambda: 1  # all of it in this process, whose time is what is told
spent = []
publish = plugin.BriefingPlugin._publish
def timed(settings):
    start = time.process_time()
    try:
        return publish(settings)
    finally:
        spent.append(time.process_time() - start)
plugin.BriefingPlugin._publish = staticmethod(timed)
try:
    cli(["build", "--quiet"])
finally:
    print(json.dumps([sum(spent), time.process_time()]))
"""


def report() -> str:
    """The tables, as Markdown."""
    rows, exponents = [], []
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        _engine(_project(Path(folder) / "first", 1))  # so that Python has compiled everything
        for size in SIZES:
            project = _project(Path(folder) / str(size), size)
            rows.append(_row(size, project))
            sys.stderr.write(_table(rows)[-1] + "\n")
            full = rows[-1][1]["engine"]
            if before and before[0] >= 100:  # noqa: PLR2004 - start-up hides the growth below
                exponents.append(math.log(full / before[1]) / math.log(size / before[0]))
            before = (size, full)
            shutil.rmtree(project)
        edited = [_edited(size, Path(folder) / f"edited-{size}") for size in SITES]
    return "\n".join(_table(rows)) + "\n\n" + "\n".join((*_summary(rows, exponents), *edited))


def _row(size: int, project: Path) -> Row:
    full, again = _engine(project), _engine(project)
    _touch(project)
    changed = _engine(project)
    shutil.rmtree(project / "build")
    return size, full, again, changed, (_mkdocs(project), _mkdocs(project)) if size in SITES else None


def _edited(size: int, folder: Path) -> str:
    """The same with terms and statements, which rebuilds must not look at anew: a line of the summary."""
    project = _project(folder, size)
    (project / "topics" / "terms.yml").write_text(TERMS, "utf-8")
    statements = project / "topics" / "statements.yml"
    statements.write_text(_statements(project / "seeds"), "utf-8")
    full, again = _engine(project), _engine(project)
    _touch(project)
    changed = _engine(project)
    statements.write_text(statements.read_text("utf-8").replace("Number 3:", "Third:"), "utf-8")
    reworded = _engine(project)
    shutil.rmtree(project)
    part = changed["engine"] / full["engine"]
    return (
        f"- {size} sources, with terms and {_STATEMENTS} statements: engine {full['engine']:.2f} s, unchanged "
        f"{again['engine']:.2f} s, one source changed {changed['engine']:.2f} s ({part:.1%}; verify "
        f"{changed['verify']:.2f}, classify {changed['classify']:.2f}), one statement changed "
        f"{reworded['engine']:.2f} s (verify {reworded['verify']:.2f})."
    )


def _statements(seeds: Path) -> str:
    """A topic of statements that cite long passages of the first sources; they say nothing, so rules are overruled."""
    allow = dict.fromkeys(RULES, "A benchmark.")
    lines = ["title: {en: Statements, de: Aussagen}", "statements:"]
    tasks = [SourceTask(path.name, path.read_bytes(), path.stem, None, 10**7) for path in sorted(seeds.iterdir())]
    read = [source for source in map(read_source, tasks[:_CITED]) if isinstance(source, AnnotatedSource)]
    for number in range(_STATEMENTS):
        source = read[number % len(read)]
        passages = [fold(one.text) for one in source.passages]
        quote = sorted({one for one in passages if passages.count(one) == 1}, key=len)[-1 - number // len(read)]
        lines += [
            f"  - id: number-{number}",
            f"    en: 'Number {number}: somebody said something.'",
            f"    de: 'Nummer {number}: jemand sagte etwas.'",
            f"    allow: {json.dumps(allow)}",
            f"    evidence: [{json.dumps({source.source.slug: quote}, ensure_ascii=False)}]",
        ]
    return "\n".join(lines) + "\n"


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
    times: dict[str, float] = json.loads(_run(STAGES, project))
    return times


def _run(script: str, project: Path) -> str:
    """What a script prints in a process of its own, which keeps compiled modules as Python does of itself."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(Path(__file__).parent.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=True).stdout


def _touch(project: Path) -> None:
    """One sentence more in the middle of an article; what stands at its end may be taken for no part of it."""
    path = project / "seeds" / "00002.txt"
    lines = path.read_text("utf-8").split("\n")
    longest = max(range(len(lines)), key=lambda number: len(lines[number]))
    lines[longest] += " Die Behörde nannte dazu am Mittwoch Hafen, Brücke und Eisenbahn."
    path.write_text("\n".join(lines), "utf-8")


def _mkdocs(project: Path) -> tuple[float, float]:
    """Build the whole site; the seconds that the engine took, its import included, and those of all."""
    engine, whole = json.loads(_run(SITE, project).splitlines()[-1])
    return engine, whole


Sites = tuple[tuple[float, float], tuple[float, float]]
"""The engine and the whole of a site, without a cache and with one."""
Row = tuple[int, dict[str, float], dict[str, float], dict[str, float], Sites | None]
"""Sources; the engine's first run, one with nothing changed, one after a change; the site."""


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
            *(f"{site[1]:.1f}" if site else "–" for site in sites or (None, None)),
        ]
        lines.append(f"| {size} | {' | '.join(cells)} |")
    return lines


def _summary(rows: list[Row], exponents: list[float]) -> list[str]:
    growth = ", ".join(f"{exponent:.2f}" for exponent in exponents)
    lines = [f"- Growth of the engine's time from size to size, from 100 on: exponent {growth}."] if growth else []
    for size, full, _, changed, sites in rows:
        share = ""
        if sites:
            cold, warm = (engine / whole for engine, whole in sites)
            share = f"; the engine is {cold:.0%} of the whole build without a cache, {warm:.0%} with one"
        part = changed["engine"] / full["engine"]
        lines.append(f"- {size} sources: a rebuild after one change takes {part:.1%} of a full run{share}.")
    return lines
