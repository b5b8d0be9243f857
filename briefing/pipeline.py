"""The way of the data: this module is the table of contents of the package.

    seeds/*  ──read──▶ extract ──▶ identify ──▶ segment ──▶ annotate ──┐
    sources.yml                                                        ├─▶ classify ─▶ corroborate ─▶ compose ─▶ render ─▶ write
    topics/*.yml ───────────────────── verify ◀────────────────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.annotation import annotate
from briefing.composition import Material, compose
from briefing.corroboration import corroborate
from briefing.errors import ProjectError, SourceError, VerificationError
from briefing.extraction import extract
from briefing.located import unknown
from briefing.model import AnnotatedSource, Article, Briefing, Finding, Place, Rejected, Source
from briefing.exports import export
from briefing.project import NAMES_FILE, SOURCES_FILE, Project
from briefing.reading import ACCEPTED, read
from briefing.rendering import render
from briefing.rendering.source import cleaned_markdown
from briefing.segmentation import segment
from briefing.sources import identify
from briefing.topics import classify
from briefing.verification import verify
from briefing.writing import Written, outdated, write


@dataclass(frozen=True, slots=True)
class Built:
    """A briefing, and everything its building found out."""

    briefing: Briefing
    sources: tuple[AnnotatedSource, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]
    """Files of `seeds/` that are of no kind that can be read."""


def build_briefing(project: Project) -> Built:
    """Run every stage but the writing.

    Raises:
        SourceError: A source cannot be read or holds no article, and the project does not say to keep going.
        ProjectError: `sources.yml` names a file that is not there.
        VerificationError: A statement's evidence does not stand in its source.
    """
    sources, rejected, skipped = read_sources(project)
    verified = verify(project.topics, sources)
    if verified.unresolved:
        raise VerificationError("\n".join(f"{finding.place}: {finding.message}" for finding in verified.unresolved))
    bearings = classify(sources, project.topics)
    corroboration = corroborate(sources, bearings)
    material = Material(sources, rejected, project.topics, project.names, bearings, verified.evidence, corroboration)
    return Built(compose(material, project.settings), sources, verified.findings, skipped)


def read_sources(project: Project) -> tuple[tuple[AnnotatedSource, ...], tuple[Rejected, ...], tuple[str, ...]]:
    """The stages that look at one source only: the annotated sources, the rejected files, and those of no known kind."""
    folder = project.settings.root / project.settings.seeds
    files, skipped = source_files(folder)
    _check_entries(project, [path.relative_to(folder).as_posix() for path in files])
    articles, rejected = _articles(files, project)
    return tuple(annotated(source) for source in identify(articles, project.entries)), rejected, skipped


def check_project(project: Project) -> tuple[Finding, ...]:
    """Hold every statement against its evidence, and write nothing."""
    return verify(project.topics, read_sources(project)[0]).findings


def annotated(source: Source) -> AnnotatedSource:
    """The stages that look at one source only."""
    return AnnotatedSource(source, annotate(source, segment(source)))


def source_files(folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The sources in a folder in the order of their names, and the names of files that are of no accepted kind.

    Raises:
        SourceError: There is no folder, or no source in it.
    """
    if not folder.is_dir():
        raise SourceError("no such folder; put the articles there, one file each", Place(folder.name))
    own = {SOURCES_FILE, NAMES_FILE}
    paths = sorted(p for p in folder.rglob("*") if (p.is_file() or p.is_symlink()) and not p.name.startswith("."))
    paths = [p for p in paths if p.relative_to(folder).as_posix() not in own]
    files = tuple(p for p in paths if p.suffix.lower() in ACCEPTED)
    if not files:
        raise SourceError(f"no sources here; put articles in as {', '.join(sorted(ACCEPTED))} files", Place(folder.name))
    return files, tuple(p.relative_to(folder).as_posix() for p in paths if p.suffix.lower() not in ACCEPTED)


def _check_entries(project: Project, names: list[str]) -> None:
    for file, entry in project.entries.items():
        if file not in names:
            raise ProjectError(unknown(f"file in {project.settings.seeds}/", file, names), entry.place)


def _articles(files: tuple[Path, ...], project: Project) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    settings = project.settings
    folder = settings.root / settings.seeds
    articles: list[Article] = []
    rejected: list[Rejected] = []
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            result = extract(read(path, root=folder, limit=settings.size_limit))
        except SourceError as error:
            result = Rejected(name, error.message)
        if isinstance(result, Article):
            articles.append(result)
        else:
            rejected.append(result)
    if rejected and not settings.keep_going:
        first = rejected[0]
        detail = f" ({first.detail})" if first.detail else ""
        raise SourceError(f"{first.reason}{detail}; mend or remove the file, or build with --keep-going", Place(f"{settings.seeds}/{first.file}"))
    return tuple(articles), tuple(rejected)


def publish(project: Project) -> tuple[Built, Written]:
    """Build the briefing and write its pages, its data and its cleaned sources, where they changed.

    Nothing is written before everything is known to be good.
    """
    settings = project.settings
    built = build_briefing(project)
    written = write(settings.root / settings.docs, pages_of(built), project.settings.languages)
    write(settings.root / settings.build, {f"sources/{source.source.slug}.md": cleaned_markdown(source.source) for source in built.sources}, ("sources",))
    return built, written


def outdated_pages(project: Project, built: Built) -> Written:
    """What `publish` would change in `docs/`."""
    settings = project.settings
    return outdated(settings.root / settings.docs, pages_of(built), settings.languages)


def pages_of(built: Built) -> dict[str, str]:
    """Every file of `docs/`: the pages in each language, and the briefing as data beside the first."""
    pages = dict(render(built.briefing))
    pages.update({f"{built.briefing.languages[0]}/{path}": text for path, text in export(built.briefing).items()})
    return pages
