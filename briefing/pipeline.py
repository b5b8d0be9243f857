"""The way of the data: this module is the table of contents of the package.

seeds/*      ─▶ read ─▶ extract ─▶ identify ─▶ segment ─▶ annotate ─┐      per source: pure, cached, in parallel
sources.yml ────────────────────────┘                               │
topics/*.yml ─▶ verify ◀────────────────────────────────────────────┤      across sources
                  └──────▶ compose ◀─ corroborate ◀─ classify ◀─────┘
                              └─▶ render, export ─▶ write
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from briefing.annotation import annotate
from briefing.caching import Cache
from briefing.composition import Material, compose, figures, readable, word_count
from briefing.corroboration import corroborate, laid_down, take_down, taken_up
from briefing.errors import ProjectError, SourceError, UnprovedError, VerificationError
from briefing.exports import export
from briefing.extraction import extract
from briefing.located import unknown
from briefing.model import (
    AnnotatedSource,
    Bearing,
    Briefing,
    Corroboration,
    Digest,
    Finding,
    Memory,
    Page,
    Pages,
    Place,
    Rejected,
    SourceEntry,
)
from briefing.project import NAMES_FILE, SOURCES_FILE, Project
from briefing.reading import ACCEPTED, fetch, settle
from briefing.rendering import render
from briefing.rendering.source import cleaned_markdown
from briefing.running import Execution, collecting_seldom, exclusive, log, run, stage
from briefing.segmentation import segment
from briefing.settings import Settings
from briefing.shelving import Packed, pack
from briefing.sources import identify, name_sources
from briefing.stamping import Stamps, page_stamps
from briefing.topics import classify
from briefing.verification import Verified, over_limit, verify
from briefing.winnowing import marks
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
    memory: Cache
    """Where stages keep what saves work in the next build."""


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
        UnprovedError: A statement says what its evidence does not, or more of a source would be shown than may be.
    """
    built = draft_briefing(project, execution)
    if any(finding.severity == "error" for finding in built.findings):
        raise UnprovedError(built.findings)
    return built


@collecting_seldom()
def draft_briefing(project: Project, execution: Execution = _DEFAULT) -> Built:
    """The same where statements are not proved: for those who review it, not for a site.

    Raises:
        SourceError: A source cannot be read or holds no article, and the project does not say to keep going.
        ProjectError: `sources.yml` names a file that is not there.
        VerificationError: A statement's evidence does not stand in its source.
    """
    seeds = read_seeds(project, execution)
    with stage("verify"):
        verified = verify(project.topics, seeds.sources, project.names, project.settings, seeds.memory)
    if verified.unresolved:
        raise VerificationError("\n".join(f"{finding.place}: {finding.message}" for finding in verified.unresolved))
    briefing = _compose(project, seeds, verified)
    return Built(briefing, seeds, (*verified.findings, *over_limit(briefing.sources, project.settings.quotation_limit)))


@collecting_seldom()
def check_project(project: Project, execution: Execution = _DEFAULT) -> tuple[Finding, ...]:
    """Hold every statement against its evidence, and write nothing."""
    seeds = read_seeds(project, execution)
    with stage("verify"):
        verified = verify(project.topics, seeds.sources, project.names, project.settings, seeds.memory)
    limit = project.settings.quotation_limit
    if verified.unresolved or limit is None:
        return verified.findings
    return (*verified.findings, *over_limit(_compose(project, seeds, verified).sources, limit))


def _compose(project: Project, seeds: Seeds, verified: Verified) -> Briefing:
    """The stages that look across sources, once every piece of evidence has its place."""
    with stage("classify"):
        bearings = classify(seeds.sources, project.topics, seeds.memory)
    with stage("corroborate"):
        corroboration = _corroborated(seeds, bearings)
    material = Material(
        seeds.sources, seeds.rejected, project.topics, project.names, bearings, verified.evidence, corroboration
    )
    with stage("compose"):
        return compose(material, project.settings)


def _corroborated(seeds: Seeds, bearings: tuple[Bearing, ...]) -> Corroboration:
    """How the sources stand to one another, which nothing changes that an editor writes: found once."""
    given = " ".join(one.digest.key if one.digest else "" for one in seeds.sources)
    known = taken_up(seeds.memory.recall_value("corroboration", given))
    if known:
        return known
    found = corroborate(seeds.sources, bearings, seeds.memory)
    seeds.memory.keep_value("corroboration", given, laid_down(found))
    return found


# -------------------------------------------------------------------------------------------------------- per source


@dataclass(frozen=True, slots=True)
class SourceTask:
    """Everything that bears on how one source is read; it can be sent to a machine that has none of the files."""

    file: str
    data: bytes
    slug: str
    entry: SourceEntry | None
    limit: int

    @property
    def content(self) -> str:
        """Hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def identity(self, content: str = "") -> str:
        """What tells it from every other task.

        Args:
            content: As the property has it; of `data` where it is not given.
        """
        told = repr((self.file, content or self.content, self.slug, self.entry, self.limit))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def read_source(task: SourceTask) -> AnnotatedSource | Rejected:
    """The stages that look at one source only, in their order."""
    try:
        article = extract(settle(task.data, task.file, limit=task.limit))
    except SourceError as error:
        return Rejected(task.file, error.message)
    if isinstance(article, Rejected):
        return article
    source = identify(article, task.slug, task.entry)
    return AnnotatedSource(source, annotate(source, segment(source)))


def pack_source(task: SourceTask) -> Packed:
    """The same, with what the stages across sources want of it, as bytes: so it travels, and so it is kept."""
    read = read_source(task)
    if isinstance(read, Rejected):
        return pack(read)
    wordings, traits = take_down(read)
    digest = Digest(
        key=task.identity(),
        passages=read.ids,
        blocks=tuple(passage.block for passage in read.passages),
        words=tuple(word_count(passage.text) for passage in read.passages),
        removed=tuple(Counter(removal.kind for removal in read.source.article.removals).items()),
        figures={n: figures(passage) for n, passage in enumerate(read.passages) if passage.figures},
        actors=frozenset(actor.name for passage in read.passages for actor in passage.actors),
        excerpts=readable(read),
        marks=array("I", sorted(marks(read.source.text))).tobytes(),
        traits=traits,
    )
    return pack(replace(read, wordings=wordings, digest=digest))


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
    cache = Cache(settings.root / settings.build / "cache" if execution.cache else None)
    shelf = _Reading(names, slugs, project, cache)
    with stage("read, extract, identify, segment, annotate"):
        results = shelf.read(execution)
    rejected = tuple(result for result in results if isinstance(result, Rejected))
    if rejected and not settings.keep_going:
        raise SourceError("\n".join(_refusal(one, settings) for one in sorted(rejected, key=lambda one: one.file)))
    return Seeds(tuple(one for one in results if isinstance(one, AnnotatedSource)), rejected, skipped, cache)


class _Reading:
    """Reads the sources of a project: from the cache what was read before, anew what was not."""

    def __init__(self, names: Mapping[str, Path], slugs: Mapping[str, str], project: Project, cache: Cache) -> None:
        self._names, self._slugs, self._project, self._cache = names, slugs, project, cache

    def read(self, execution: Execution) -> list[AnnotatedSource | Rejected]:
        """Every source, in the order of the names."""
        settings = self._project.settings
        folder = settings.root / settings.seeds
        stamps = Stamps(self._cache, f"stamps-seeds-{settings.size_limit}")  # a larger file was refused
        results: dict[str, AnnotatedSource | Rejected | None] = {}
        keys: dict[str, str] = {}
        for name in self._slugs:
            try:
                content = stamps.told(folder, name, partial(self._content, name))
            except SourceError as error:
                results[name] = Rejected(name, error.message)
                continue
            keys[name] = self._cache.key(self._of(name, b"").identity(content))
            results[name] = self._cache.shelved(keys[name], partial(self._again, name, keys[name]))
        missing = [name for name, result in results.items() if result is None]
        log.info("%d sources, %d of them to be read anew", len(results), len(missing))
        found = run(pack_source, map(self._task, missing), len(missing), execution)
        for name, packed in zip(missing, found, strict=True):
            results[name] = self._cache.shelve(keys[name], packed, partial(self._again, name, keys[name]))
        self._cache.sweep(set(keys.values()))
        stamps.keep()
        return [result for result in results.values() if result is not None]

    def _task(self, name: str) -> SourceTask:
        settings = self._project.settings
        _, data = fetch(self._names[name], root=settings.root / settings.seeds, limit=settings.size_limit)
        return self._of(name, data)

    def _content(self, name: str) -> str:
        return self._task(name).content

    def _of(self, name: str, data: bytes) -> SourceTask:
        """The task of a file that holds these bytes."""
        return SourceTask(
            name, data, self._slugs[name], self._project.entries.get(name), self._project.settings.size_limit
        )

    def _again(self, name: str, key: str) -> Packed:
        """Read a source once more in the course of a build, where its entry in the cache turned out to be damaged."""
        task = self._task(name)
        if self._cache.key(task.identity()) != key:
            message = "has changed while the briefing was built; build again"
            raise SourceError(message, Place(f"{self._project.settings.seeds}/{name}"))
        return pack_source(task)


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
    paths = [path for path in paths if path.name not in own or path.relative_to(folder).as_posix() not in own]
    files = tuple(path for path in paths if path.suffix.lower() in ACCEPTED)
    for path in files:
        if not path.name.isprintable():  # bytes that are no UTF-8, line breaks: no page and no message could name it
            raise SourceError(
                f"the name of the file {path.name!a} holds what cannot be shown; rename it", Place(folder.name)
            )
    if not files:
        kinds = ", ".join(sorted(ACCEPTED))
        raise SourceError(f"no sources here; put at least one article in, as a {kinds} file", Place(folder.name))
    return files, tuple(path.relative_to(folder).as_posix() for path in paths if path.suffix.lower() not in ACCEPTED)


# ----------------------------------------------------------------------------------------------------------- writing


@collecting_seldom()
def publish(project: Project, execution: Execution = _DEFAULT) -> tuple[Built, Written]:
    """Build the briefing and write its pages, its data and its cleaned sources, where they changed.

    Nothing is written before everything is known to be good, and then all of it in one step.
    """
    settings = project.settings
    workshop = settings.root / settings.build
    with exclusive(workshop):
        built = build_briefing(project, execution)
        with stage("render, export, write"):
            pages = pages_of(built)
            written = _write(settings.root / settings.docs, pages, _owned(pages), workshop, built.seeds.memory)
            _write(workshop / "sources", _cleaned(built.seeds), (), workshop, built.seeds.memory)
    return built, written


def _write(folder: Path, pages: Pages, owned: tuple[str, ...], workshop: Path, memory: Memory) -> Written:
    """Write some pages, without asking for those that are known to lie there already."""
    stamps = Stamps(memory, f"stamps-{folder.name}", changes=False)  # their links change with every build
    wanted = pages.stamps
    written = write(folder, pages, owned, workshop, stamps.untouched(folder, wanted))
    stamps.look(folder, wanted, frozenset(written.changed))
    stamps.keep()
    return written


def _cleaned(seeds: Seeds) -> Pages:
    """The cleaned text of every source."""
    return Pages(
        {
            f"{one.source.slug}.md": Page(partial(cleaned_markdown, one), one.digest.key if one.digest else "")
            for one in seeds.sources
        }
    )


def outdated_pages(project: Project, built: Built) -> Written:
    """What `publish` would change in `docs/`."""
    pages = pages_of(built)
    return outdated(project.settings.root / project.settings.docs, pages, _owned(pages))


def _owned(pages: Mapping[str, str]) -> tuple[str, ...]:
    """The folders that hold nothing but pages (`en/topics`); beside them a person may keep files, which stay."""
    return tuple(sorted({"/".join(path.split("/")[:2]) for path in pages if path.count("/") > 1}))


def pages_of(built: Built) -> Pages:
    """Every file of `docs/`: the pages in each language, and the briefing as data beside the first."""
    first = built.briefing.languages[0]
    stamps, memory = page_stamps(built.briefing), built.seeds.memory
    data = {f"{first}/{path}": page for path, page in export(built.briefing, stamps, memory).pages.items()}
    return Pages({**render(built.briefing, stamps, memory).pages, **data})
