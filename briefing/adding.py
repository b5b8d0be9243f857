"""A file or a page of the web → a new source of the project: all of it, or nothing.

Everything is tried in a copy first: the file is read, its entry written, the briefing built. Only then do the two files
change, the source before its entry: a source without an entry is a good project, an entry without its source is none.
So even when the machine stops between the two, nothing is broken.

Entries are added at the end of `sources.yml`, so that not a byte of what stands there changes; ruamel.yaml writes them,
and writes the whole file anew, with its comments and its order, where the end is no place for another entry.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.errors import BriefingError, SourceError
from briefing.fetching import fetch_page
from briefing.located import Located, load
from briefing.model import AnnotatedSource, Place, Rejected, Source
from briefing.pipeline import SourceTask, read_source, source_files
from briefing.project import SOURCES_FILE, Project, load_project
from briefing.reading import ACCEPTED, fetch
from briefing.review import Review, Revision, aside, reviewed
from briefing.running import Execution, exclusive
from briefing.slugs import check_slug, make_slug
from briefing.sources import name_sources
from briefing.writing import link, write_file

if TYPE_CHECKING:
    from ruamel.yaml import YAML

_RUN = 8
"""Words of a run that two texts may share by chance no more: of the first five seeds, which report the same event and
quote the same sentences, no two share more than 1.8 % of their runs of this length."""
_NEAR = 0.5
"""Share of the new text's runs that makes it a near-duplicate: a reprint with a new beginning or end."""
_ALIKE = 0.05
"""Share from which a likeness is named at all; almost three times what texts about one event share by themselves."""
_FEWEST = 12
"""Runs in common below which a likeness is chance, however short the text: 19 words on end, or two sentences quoted."""
_SAFE_NAME = re.compile(r"[\w][\w .()+,@=-]{0,120}")
_WIDE = 1000
"""Columns of a line that is not to be broken: a broken line is a bigger change than a long one."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A source that is there already, and how much of the new one stands in it word for word."""

    slug: str
    share: float
    """Of the new text's runs of words, 0 to 1."""

    @property
    def is_near_duplicate(self) -> bool:
        """Whether the new text is mostly the old one."""
        return self.share >= _NEAR


@dataclass(frozen=True, slots=True)
class Addition:
    """A source that was added, and what that changes."""

    file: str
    """Its path below the project."""
    entry: Mapping[str, str]
    """What was written to `sources.yml`."""
    read: AnnotatedSource
    likenesses: tuple[Likeness, ...]
    review: Review
    """The briefing without it, and with it."""


def add(
    root: Project | Path,
    what: str,
    *,
    slug: str | None = None,
    allow_private: bool = False,
    execution: Execution | None = None,
) -> Addition:
    """Add a file, or a page of the web, to the sources of a project.

    Args:
        root: The project, or its folder.
        what: A path, or an address that starts with http:// or https://.
        slug: By which name it is to be cited; by default one is made from its outlet, title, address or name.
        allow_private: Whether an address may lead to this machine or its network.
        execution: How to read the sources.

    Raises:
        BriefingError: It holds no article, is there already, cannot be had, or the slug is taken. Nothing was changed.
    """
    project = root if isinstance(root, Project) else _project(root)
    settings = project.settings
    with exclusive(settings.root / settings.build):
        name, data, url = _material(what, project, allow_private=allow_private)
        present = _present(project)
        _refuse_copies(name, data, present, settings.seeds)
        task = SourceTask(name, data, slug or "new-source", None, settings.size_limit)
        found = read_source(task)
        if isinstance(found, Rejected):
            detail = f" ({found.detail})" if found.detail else ""
            raise SourceError(f"{found.reason}{detail}; nothing was added", Place(what))
        taken = set(name_sources(present, project.entries).values())
        chosen = _slug(slug, found.source, url, name, taken)
        if url:
            name = _free(f"{chosen}{Path(name).suffix}", present)
        entry = {"slug": chosen, **({"url": url} if url else {})}
        return _added(project, name, data, entry, execution or Execution())


def _project(root: Path) -> Project:
    from briefing.settings import load_settings  # noqa: PLC0415

    return load_project(load_settings(root))


# ---------------------------------------------------------------------------------------------- what is to be added


def _material(what: str, project: Project, *, allow_private: bool) -> tuple[str, bytes, str | None]:
    """Name, bytes and, of a page, its address."""
    limit = project.settings.size_limit
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", what):
        page = fetch_page(what, limit=limit, allow_private=allow_private)
        return f"page{page.ending}", page.data, page.url
    path = Path(what)
    if path.suffix.lower() not in ACCEPTED:
        kinds = ", ".join(sorted(ACCEPTED))
        raise SourceError(f"is of no kind that can be read ({kinds}); nothing was added", Place(what))
    _, data = fetch(path, limit=limit)
    name = path.name
    if not _SAFE_NAME.fullmatch(name):
        name = f"{make_slug(path.stem, 'source')}{path.suffix.lower()}"
    return name, data, None


def _present(project: Project) -> dict[str, Path]:
    """The sources that are there, by their names below the folder; none where there is no folder yet."""
    folder = project.settings.root / project.settings.seeds
    try:
        files, _ = source_files(folder)
    except SourceError:
        return {}
    return {path.relative_to(folder).as_posix(): path for path in files}


def _refuse_copies(name: str, data: bytes, present: Mapping[str, Path], seeds: str) -> None:
    digest = hashlib.sha256(data).digest()
    for other, path in present.items():
        try:
            same = path.stat().st_size == len(data) and hashlib.sha256(path.read_bytes()).digest() == digest
        except OSError:
            continue
        if same:
            raise BriefingError(f"this very file is there already, as {seeds}/{other}; nothing was added")
    if name in present:
        raise BriefingError(f"{seeds}/{name} is there already and holds something else; give the new file another name")


def _slug(asked: str | None, source: Source, url: str | None, name: str, taken: set[str]) -> str:
    """The slug that was asked for; else the first of outlet, address, title and name that gives a free one."""
    if asked is not None:
        check_slug(asked, Place("--slug"))
        if asked in taken:
            raise BriefingError(f"the slug “{asked}” is taken; each source needs its own. Nothing was added")
        return asked
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    host = host.rpartition(".")[0] if not host.replace(".", "").isdigit() else ""
    title = " ".join((source.title or "").split()[:6])
    candidates = [text for text in (source.outlet, host, title, Path(name).stem) if text]
    first = make_slug(candidates[0], "source")
    date = source.published or source.updated
    slugs = [
        make_slug(text, "source") for text in (f"{first}-{date.value[:10]}" if date else "", *candidates[1:]) if text
    ]
    numbered = (f"{first}-{n}" for n in range(2, len(taken) + 3))
    return next(one for one in (first, *slugs, *numbered) if one not in taken)


def _free(name: str, present: Mapping[str, Path]) -> str:
    stem, ending = Path(name).stem, Path(name).suffix
    names = (name, *(f"{stem}-{n}{ending}" for n in range(2, len(present) + 3)))
    return next(one for one in names if one not in present)


# ------------------------------------------------------------------------------------------- trying, then writing


def _added(project: Project, name: str, data: bytes, entry: Mapping[str, str], execution: Execution) -> Addition:
    settings = project.settings
    seeds = settings.root / settings.seeds
    listed = seeds / SOURCES_FILE
    before = listed.read_bytes() if listed.is_file() else None
    text = with_entry((before or b"").decode("utf-8"), name, entry)
    older = Revision("without it", None, None)
    if any(_present(project)):
        older = aside("without it", lambda: project, settings.root, execution)
    workshop = settings.root / settings.build
    with tempfile.TemporaryDirectory(prefix="adding-", dir=workshop) as folder:
        copy = replace(settings, root=Path(folder))
        for part in (settings.seeds, settings.topics):
            if (settings.root / part).is_dir():
                shutil.copytree(
                    settings.root / part, copy.root / part, symlinks=True, copy_function=link, dirs_exist_ok=True
                )
        write_file(copy.root / copy.seeds / name, data)
        write_file(copy.root / copy.seeds / SOURCES_FILE, text.encode())
        newer = aside("with it", lambda: load_project(copy), settings.root, execution)
        if newer.problem and not older.problem:
            raise BriefingError(f"the project does not build with it, so nothing was added:\n{newer.problem}")
        found = _read_again(name, data, entry, project)
        addition = Addition(
            f"{settings.seeds}/{name}", entry, found, _likenesses(found, older), reviewed(older, newer)
        )  # all of it is known before anything is written, and while the copy is there to be read
    write_file(seeds / name, data)
    try:
        write_file(listed, text.encode())
    except BaseException:
        (seeds / name).unlink(missing_ok=True)
        raise
    return addition


def _read_again(name: str, data: bytes, entry: Mapping[str, str], project: Project) -> AnnotatedSource:
    found = read_source(SourceTask(name, data, entry["slug"], None, project.settings.size_limit))
    if isinstance(found, Rejected):  # pragma: no cover - it was read a moment ago
        raise SourceError(found.reason, Place(name))
    return found


def _likenesses(new: AnnotatedSource, older: Revision) -> tuple[Likeness, ...]:
    mine = _runs(new.source)
    if not mine or older.built is None:
        return ()
    common = ((other.source.slug, len(mine & _runs(other.source))) for other in older.built.seeds.sources)
    found = [Likeness(slug, n / len(mine)) for slug, n in common if n >= max(_FEWEST, _ALIKE * len(mine))]
    return tuple(sorted(found, key=lambda one: (-one.share, one.slug)))


def _runs(source: Source) -> set[tuple[str, ...]]:
    words = [word for block in source.article.blocks for word in re.findall(r"\w+", block.text.casefold())]
    return {tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}


# ------------------------------------------------------------------------------------------------------- sources.yml


def with_entry(text: str, file: str, entry: Mapping[str, str]) -> str:
    """`sources.yml` with one entry more; all that stands in it keeps its place, its comments and its bytes.

    Args:
        text: The file, perhaps empty.
        file: Name of the source.
        entry: Its keys and values.

    Raises:
        ProjectError: The file is broken YAML.
    """
    top = load(text, SOURCES_FILE)
    dumped = _dumped({file: dict(entry)})
    if top is None or top.text in {"", "~", "null"}:
        kept = text.rstrip() if top is None else ""
        return f"{kept}\n{dumped}" if kept else dumped
    ending = "" if text.endswith("\n") else "\n"
    longer = f"{text}{ending}{dumped}"
    if _holds(longer, top, file):
        return longer.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else longer
    return _rewritten(text, file, entry)


def _holds(text: str, top: Located, file: str) -> bool:
    """Whether `text` says all that `top` says, and one entry more."""
    try:
        found = load(text, SOURCES_FILE)
    except BriefingError:
        return False
    if found is None or found.mapping is None or top.mapping is None:
        return False
    return [*found.mapping] == [*top.mapping, file] and all(
        _same(found.mapping[key], top.mapping[key]) for key in top.mapping
    )


def _same(one: Located, other: Located) -> bool:
    if one.mapping is not None and other.mapping is not None:
        return [*one.mapping] == [*other.mapping] and all(
            _same(one.mapping[key], other.mapping[key]) for key in one.mapping
        )
    if one.sequence is not None and other.sequence is not None:
        return len(one.sequence) == len(other.sequence) and all(map(_same, one.sequence, other.sequence))
    return one.text == other.text


def _yaml() -> YAML:
    from ruamel.yaml import YAML  # noqa: PLC0415 - only where a source is added

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    return yaml


def _dumped(data: object) -> str:
    stream = io.StringIO()
    _yaml().dump(data, stream)
    return stream.getvalue()


def _rewritten(text: str, file: str, entry: Mapping[str, str]) -> str:
    data = _yaml().load(text)
    if not isinstance(data, dict):
        raise BriefingError(
            f"{SOURCES_FILE} must be a mapping of file names to what is known of them; nothing was added"
        )
    data[file] = dict(entry)
    return _dumped(data)


# ----------------------------------------------------------------------------------------------------------- telling


def told(addition: Addition) -> str:
    """What was added, what was found in it, and what it changes, as Markdown."""
    return "\n".join([*_found(addition), "", addition.review.markdown()])


def _found(addition: Addition) -> Iterator[str]:
    from briefing.review.report import literal  # noqa: PLC0415

    source = addition.read.source
    found = source.article.metadata
    known = {
        "title": found.title and f"{found.title.value} ({found.title.where})",
        "outlet": found.outlet and f"{found.outlet.value} ({found.outlet.where})",
        "date": found.published and f"{found.published.value} ({found.published.where})",
        "updated": found.updated and f"{found.updated.value} ({found.updated.where})",
        "language": found.language and found.language.value,
        "agencies": ", ".join(one.value for one in found.agencies),
        "address": addition.entry.get("url"),
    }
    yield f"### Added {literal(addition.entry['slug'])}, as {literal(addition.file)}"
    yield ""
    for key, value in known.items():
        yield f"- {key}: {literal(value) if value else 'not found'}"
    words = sum(len(block.text.split()) for block in source.article.blocks)
    yield f"- article: {words} words in {len(addition.read.passages)} sentences"
    removed = Counter(removal.kind for removal in source.article.removals)
    yield f"- left out: {', '.join(f'{n} × {kind}' for kind, n in sorted(removed.items())) or 'nothing'}"
    for repair in source.article.document.repairs:
        yield f"- repaired: {literal(repair.kind)} ({repair.count})"
    missing = [
        key for key in ("title", "outlet", "date") if not known[key] and not (key == "date" and known["updated"])
    ]
    if missing:
        yield f"- to be told in {SOURCES_FILE} where somebody knows it: {', '.join(missing)}"
    for one in addition.likenesses:
        what = "**near-duplicate**" if one.is_near_duplicate else "alike"
        yield f"- {what}: {one.share:.0%} of it stands word for word in {literal(one.slug)}"
