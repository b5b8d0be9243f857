"""The way of the data: this module is the table of contents of the package.

seeds/*      ─▶ read ─▶ extract ─▶ identify ─▶ segment ─▶ annotate ─┐      per source: pure, cached, in parallel
sources.yml ────────────────────────┘                               │
topics/*.yml ─▶ verify ◀────────────────────────────────────────────┤      across sources
                  └──────▶ compose ◀─ corroborate ◀─ classify ◀─────┘
                              └─▶ render, export ─▶ write
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.annotation import annotate
from briefing.caching import Cache
from briefing.composition import Material, compose
from briefing.corroboration import corroborate
from briefing.errors import ProjectError, SourceError, VerificationError
from briefing.exports import export
from briefing.extraction import extract
from briefing.located import unknown
from briefing.model import AnnotatedSource, Briefing, Finding, Place, Rejected, SourceEntry
from briefing.project import NAMES_FILE, SOURCES_FILE, Project
from briefing.reading import ACCEPTED, read
from briefing.rendering import render
from briefing.rendering.source import cleaned_markdown
from briefing.running import Execution, exclusive, run
from briefing.segmentation import segment
from briefing.settings import Settings
from briefing.sources import identify, name_sources
from briefing.topics import classify
from briefing.verification import verify
from briefing.writing import Written, outdated, write

_DEFAULT = Execution()


@dataclass(frozen=True, slots=True)
class Seeds:
    """What lies in `seeds/`, read."""

    sources: tuple[AnnotatedSource, ...]
    rejected: tuple[Rejected, ...]
    """Files without an article that `keep_going` left out."""
    skipped: tuple[str, ...]
    """Names of files that are of no kind that can be read."""


@dataclass(frozen=True, slots=True)
class Built:
    """A briefing, and everything its building found out."""

    briefing: Briefing
    seeds: Seeds
    findings: tuple[Finding, ...]


def build_briefing(project: Project, execution: Execution = _DEFAULT) -> Built:
    """Run every stage but the writing.

    Raises:
        SourceError: A source cannot be read or holds no article, and the project does not say to keep going.
        ProjectError: `sources.yml` names a file that is not there.
        VerificationError: A statement's evidence does not stand in its source.
    """
    seeds = read_seeds(project, execution)
    verified = verify(project.topics, seeds.sources, project.names, project.settings)
    if verified.unresolved:
        raise VerificationError("\n".join(f"{finding.place}: {finding.message}" for finding in verified.unresolved))
    bearings = classify(seeds.sources, project.topics)
    corroboration = corroborate(seeds.sources, bearings)
    material = Material(
        seeds.sources, seeds.rejected, project.topics, project.names, bearings, verified.evidence, corroboration
    )
    return Built(compose(material, project.settings), seeds, verified.findings)


def check_project(project: Project, execution: Execution = _DEFAULT) -> tuple[Finding, ...]:
    """Hold every statement against its evidence, and write nothing."""
    sources = read_seeds(project, execution).sources
    return verify(project.topics, sources, project.names, project.settings).findings


# -------------------------------------------------------------------------------------------------------- per source


@dataclass(frozen=True, slots=True)
class SourceTask:
    """Everything that bears on how one file is read."""

    path: Path
    root: Path | None
    slug: str
    entry: SourceEntry | None
    limit: int


def read_source(task: SourceTask) -> AnnotatedSource | Rejected:
    """The stages that look at one source only, in their order."""
    try:
        article = extract(read(task.path, root=task.root, limit=task.limit))
    except SourceError as error:
        return Rejected(error.place.file if error.place else task.path.name, error.message)
    if isinstance(article, Rejected):
        return article
    source = identify(article, task.slug, task.entry)
    return AnnotatedSource(source, annotate(source, segment(source)))


def read_seeds(project: Project, execution: Execution = _DEFAULT) -> Seeds:
    """Read every source of a project.

    Raises:
        SourceError: There is no source, or one cannot be read and the project does not say to keep going.
        ProjectError: `sources.yml` names a file that is not there, or a slug twice.
    """
    settings = project.settings
    folder = settings.root / settings.seeds
    files, skipped = source_files(folder)
    names = {path.relative_to(folder).as_posix(): path for path in files}
    for file, entry in project.entries.items():
        if file not in names:
            raise ProjectError(unknown(f"file in {settings.seeds}/", file, names), entry.place)
    slugs = name_sources(names, project.entries)
    tasks = [
        SourceTask(names[name], folder, slug, project.entries.get(name), settings.size_limit)
        for name, slug in slugs.items()
    ]
    results = _read_all(tasks, settings, execution)
    rejected = tuple(result for result in results if isinstance(result, Rejected))
    if rejected and not settings.keep_going:
        raise SourceError("\n".join(_refusal(one, settings) for one in rejected))
    return Seeds(tuple(result for result in results if isinstance(result, AnnotatedSource)), rejected, skipped)


def _read_all(tasks: list[SourceTask], settings: Settings, execution: Execution) -> list[AnnotatedSource | Rejected]:
    cache = Cache(settings.root / settings.build / "cache")
    keys = [_key(task, cache) if execution.cache else None for task in tasks]
    results: list[AnnotatedSource | Rejected] = run(read_source, tasks, keys, cache, execution)
    if execution.cache:
        cache.sweep({key for key in keys if key})
    return results


def _key(task: SourceTask, cache: Cache) -> str | None:
    """What bears on how a source is read: bytes, name, entry and limit; a link is looked at each time."""
    try:
        if task.path.is_symlink() or task.path.stat().st_size > task.limit:
            return None
        return cache.key(
            hashlib.sha256(task.path.read_bytes()).hexdigest(), task.path.name, task.slug, task.entry, task.limit
        )
    except OSError:
        return None


def _refusal(rejected: Rejected, settings: Settings) -> str:
    detail = f" ({rejected.detail})" if rejected.detail else ""
    return f"{settings.seeds}/{rejected.file}: {rejected.reason}{detail}; mend or remove it, or build with --keep-going"


def source_files(folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The sources in a folder in the order of their names, and the names of files that are of no accepted kind.

    Raises:
        SourceError: There is no folder, or no source in it.
    """
    if not folder.is_dir():
        raise SourceError(
            "there is no such folder; make it and put the articles there, one file each", Place(folder.name)
        )
    own = {SOURCES_FILE, NAMES_FILE}
    paths = sorted(
        path for path in folder.rglob("*") if (path.is_symlink() or not path.is_dir()) and not path.name.startswith(".")
    )
    paths = [path for path in paths if path.relative_to(folder).as_posix() not in own]
    files = tuple(path for path in paths if path.suffix.lower() in ACCEPTED)
    if not files:
        kinds = ", ".join(sorted(ACCEPTED))
        raise SourceError(f"no sources here; put at least one article in, as a {kinds} file", Place(folder.name))
    return files, tuple(path.relative_to(folder).as_posix() for path in paths if path.suffix.lower() not in ACCEPTED)


# ----------------------------------------------------------------------------------------------------------- writing


def publish(project: Project, execution: Execution = _DEFAULT) -> tuple[Built, Written]:
    """Build the briefing and write its pages, its data and its cleaned sources, where they changed.

    Nothing is written before everything is known to be good, and then all of it in one step.
    """
    settings = project.settings
    workshop = settings.root / settings.build
    with exclusive(workshop):
        built = build_briefing(project, execution)
        pages = pages_of(built)
        written = write(settings.root / settings.docs, pages, _owned(pages), workshop)
        cleaned = {f"{one.source.slug}.md": cleaned_markdown(one.source) for one in built.seeds.sources}
        write(workshop / "sources", cleaned, (), workshop)
    return built, written


def outdated_pages(project: Project, built: Built) -> Written:
    """What `publish` would change in `docs/`."""
    pages = pages_of(built)
    return outdated(project.settings.root / project.settings.docs, pages, _owned(pages))


def _owned(pages: Mapping[str, str]) -> tuple[str, ...]:
    """The folders that hold nothing but pages (`en/topics`); beside them a person may keep files, which stay."""
    return tuple(sorted({"/".join(path.split("/")[:2]) for path in pages if path.count("/") > 1}))


def pages_of(built: Built) -> dict[str, str]:
    """Every file of `docs/`: the pages in each language, and the briefing as data beside the first."""
    pages = dict(render(built.briefing))
    pages.update({f"{built.briefing.languages[0]}/{path}": text for path, text in export(built.briefing).items()})
    return pages
