"""Git history of a project → what changed in its briefing, and when: the page *Changes* and the feeds.

Only what was committed counts, and the time of a change is that of its commit, in UTC; so the same commit gives the
same answer on every machine. The page made of this is never among the committed pages: it would have to name the commit
that it is a part of, and each build would change it again. It is made when the site is built.

Every version of a topic's file is read once and leniently: the rules of today must not hide what was published under
those of last year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Literal

from briefing.caching import Cache
from briefing.errors import ProjectError
from briefing.located import Located, load
from briefing.model import fold
from briefing.project import SOURCES_FILE
from briefing.reading import ACCEPTED
from briefing.repository import Commit, Objects, Repository, repository
from briefing.settings import Settings
from briefing.slugs import make_slug

Kind = Literal["added", "corrected", "extended", "withdrawn"]
_TOPIC_ENDINGS = (".yml", ".yaml")
_LANGUAGE_CODE = 2
"""Letters of an ISO 639-1 code, which is the key of a statement's text; two other keys are as short."""
_NO_LANGUAGE = frozenset({"id", "by"})


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit did to one statement, or to one source."""

    commit: str
    """Its id."""
    time: int
    """Of the commit, in seconds since 1970 in UTC."""
    about: Literal["statement", "source"]
    kind: Kind
    """`corrected` where a reader of the older version was told something else; `extended` where only evidence or a
    contradiction came to it. A source is corrected when its file is another one."""
    id: str
    """Of the statement, or the slug of the source."""
    topic: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    """Its texts by language before; empty if it is new."""
    after: Mapping[str, str] = field(default_factory=dict)
    what: tuple[str, ...] = ()
    """What is another one: `text`, `status`, `speakers`, `date`, `evidence`, `contradiction`."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A statement as one commit has it."""

    topic: str
    texts: Mapping[str, str]
    evidence: frozenset[str]
    contradictions: frozenset[str]
    properties: Mapping[str, str]


_Statements = Mapping[str, _Version]


def history(root: Path, settings: Settings) -> tuple[Change, ...] | None:
    """What changed in the briefing of the project in `root`, newest first.

    Args:
        root: The project's folder.
        settings: Where its topics and sources lie.

    Returns:
        The changes; None where the history is not known: no repository, no git, or a shallow clone, of which nothing is
        told rather than half of it.
    """
    found = repository(root)
    if found is None or found.is_shallow() or (head := found.commit("HEAD")) is None:
        return None
    # One commit has one history, so it is told once: for every language, and for every save while a site is served.
    cache = Cache(settings.root / settings.build / "history")
    key = cache.key(head, found.prefix, settings.topics, settings.seeds)
    kept = cache.get(key)
    if isinstance(kept, tuple):
        return tuple(Change(*one) for one in kept)
    with found.objects() as objects:
        changes = tuple(reversed(list(_changes(found, objects, settings))))
    cache.put(key, tuple(tuple(getattr(one, field.name) for field in fields(Change)) for one in changes))
    cache.sweep({key})
    return changes


def _changes(found: Repository, objects: Objects, settings: Settings) -> Iterator[Change]:
    read: dict[str, _Statements | None] = {}
    statements: dict[str, _Version] = {}
    sources: dict[str, str] = {}
    seeds: str | None = None
    for commit in found.touching(settings.topics, settings.seeds):
        now = _statements(objects, commit, settings.topics, read, statements)
        yield from _statement_changes(commit, statements, now)
        statements = now
        last, seeds = seeds, objects.folder(commit.id, settings.seeds)
        if seeds != last:  # a thousand sources need not be listed again for each word in a topic
            files = _sources(objects, commit, settings.seeds)
            yield from _source_changes(commit, sources, files)
            sources = files


# -------------------------------------------------------------------------------------------------------- statements


def _statements(
    objects: Objects, commit: Commit, folder: str, read: dict[str, _Statements | None], last: _Statements
) -> dict[str, _Version]:
    """The statements of a commit; of a file that is no YAML those it had before, since no site was built of it."""
    found: dict[str, _Version] = {}
    for blob in objects.files(commit.id, folder):
        path = PurePosixPath(blob.path)
        if path.suffix in _TOPIC_ENDINGS:
            if blob.id not in read:
                read[blob.id] = _read(objects.blob(blob.id), path)
            version_of_file = read[blob.id]
            if version_of_file is None:
                version_of_file = {key: version for key, version in last.items() if version.topic == path.stem}
            for key, version in version_of_file.items():
                found.setdefault(key, version)
    return found


def _read(content: bytes, path: PurePosixPath) -> _Statements | None:
    """The statements of a file by their ids, None if it is no YAML."""
    try:
        top = load(content.decode("utf-8", "replace"), path.name)
    except ProjectError:
        return None
    listed = top.mapping.get("statements") if top and top.mapping else None
    return {
        key: _version(keys, path.stem)
        for one in ((listed.sequence or ()) if listed else ())
        if (keys := one.mapping) and (key := _text(keys.get("id")))
    }


def _version(keys: Mapping[str, Located], topic: str) -> _Version:
    texts = {key: _text(value) for key, value in keys.items() if len(key) == _LANGUAGE_CODE and key not in _NO_LANGUAGE}
    return _Version(
        topic=topic,
        texts={key: text for key, text in texts.items() if text},
        evidence=frozenset(_proofs(keys.get("evidence"))),
        contradictions=frozenset(_flat(one) for one in _listed(keys.get("disputed"))),
        properties={
            "status": _text(keys.get("status")),
            "speakers": _flat(keys["by"]) if "by" in keys else "",
            "date": _text(keys.get("date")),
        },
    )


def _proofs(evidence: Located | None) -> Iterator[str]:
    """Source and words of each piece of evidence; a translation beside them is none of the proof."""
    for entry in _listed(evidence):
        for slug, quote in (entry.mapping or {}).items():
            words = quote.text if quote.text is not None else _text((quote.mapping or {}).get("quote"))
            yield f"{slug}: {fold(words)}"


def _listed(value: Located | None) -> tuple[Located, ...]:
    return (value.sequence or ()) if value else ()


def _text(value: Located | None) -> str:
    return fold(value.text) if value and value.text else ""


def _flat(value: Located) -> str:
    """A value with everything in it, as one text to compare."""
    if value.mapping is not None:
        return "; ".join(f"{key}: {_flat(one)}" for key, one in value.mapping.items())
    if value.sequence is not None:
        return ", ".join(map(_flat, value.sequence))
    return _text(value)


def _statement_changes(commit: Commit, old: _Statements, new: _Statements) -> Iterator[Change]:
    gone = {text for key, one in old.items() if key not in new for text in one.texts.values()}
    come = {text for key, one in new.items() if key not in old for text in one.texts.values()}

    def change(key: str, kind: Kind, what: tuple[str, ...] = ()) -> Change:
        before, after = old.get(key), new.get(key)
        topic = (after or before or _NOTHING).topic
        texts = before.texts if before else {}, after.texts if after else {}
        return Change(commit.id, commit.time, "statement", kind, key, topic, *texts, what)

    for key, version in new.items():
        if key in old:
            kind, what = _difference(old[key], version)
            if kind:
                yield change(key, kind, what)
        elif not gone & set(version.texts.values()):  # else it only got another id
            yield change(key, "added")
    for key, version in old.items():
        if key not in new and not come & set(version.texts.values()):
            yield change(key, "withdrawn")


_NOTHING = _Version("", {}, frozenset(), frozenset(), {})


def _difference(old: _Version, new: _Version) -> tuple[Kind | None, tuple[str, ...]]:
    """Whether a reader of the older version was told something else, or it only gained support; and in what."""
    shared = set(old.texts) & set(new.texts)  # a text in a further language corrects nothing
    corrected = ["text"] if any(old.texts[key] != new.texts[key] for key in shared) else []
    corrected += [key for key in new.properties if old.properties[key] != new.properties[key]]
    corrected += ["evidence"] if old.evidence - new.evidence else []
    corrected += ["contradiction"] if old.contradictions - new.contradictions else []
    if corrected:
        return "corrected", tuple(corrected)
    extended = ["evidence"] if new.evidence - old.evidence else []
    extended += ["contradiction"] if new.contradictions - old.contradictions else []
    return ("extended", tuple(extended)) if extended else (None, ())


# ----------------------------------------------------------------------------------------------------------- sources


def _sources(objects: Objects, commit: Commit, folder: str) -> dict[str, str]:
    """The id of each source's content by its slug."""
    top_folder = f"{folder.strip('/')}/"
    blobs = {
        blob.path.removeprefix(top_folder): blob.id for blob in objects.files(commit.id, folder) if not blob.is_link
    }
    entries = _told(objects.blob(blobs[SOURCES_FILE])) if SOURCES_FILE in blobs else {}
    found: dict[str, str] = {}
    for file, key in blobs.items():
        if PurePosixPath(file).suffix.lower() in ACCEPTED:
            told = entries.get(file)
            slug = _text((told.mapping or {}).get("slug")) if told else ""
            found.setdefault(slug or make_slug(file.rsplit(".", 1)[0], "source"), key)
    return found


def _told(content: bytes) -> Mapping[str, Located]:
    try:
        top = load(content.decode("utf-8", "replace"), SOURCES_FILE)
    except ProjectError:
        return {}
    return (top.mapping or {}) if top else {}


def _source_changes(commit: Commit, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    def changes(slugs: Iterable[str], kind: Kind) -> Iterator[Change]:
        yield from (Change(commit.id, commit.time, "source", kind, slug) for slug in sorted(slugs))

    moved = {slug for slug in new if slug not in old and new[slug] in old.values()}
    left = {slug for slug in old if slug not in new and old[slug] in new.values()}
    yield from changes((slug for slug in new if slug not in old and slug not in moved), "added")
    yield from changes((slug for slug in new if slug in old and old[slug] != new[slug]), "corrected")
    yield from changes((slug for slug in old if slug not in new and slug not in left), "withdrawn")
