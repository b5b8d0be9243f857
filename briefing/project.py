"""The folder of a briefing: `sources.yml`, `names.yml` and `topics/*.yml`, read and checked into frozen values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import ProjectError
from briefing.located import Located, load, unknown
from briefing.model import Contradiction, Evidence, Name, Place, SourceEntry, Statement, Status, Topic
from briefing.settings import SOURCE_TEXTS, Settings
from briefing.slugs import check_slug, is_anchor

SOURCES_FILE = "sources.yml"
NAMES_FILE = "names.yml"
_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d)?)?)?")
_WHOLE_DAY = len("2024-06-19")
_KINDS = ("person", "organisation", "agency", "country")
_SOURCE_KEYS = (
    "slug title outlet published updated not_before not_after dated language authors agencies url rights note guess"
).split()
_TOPIC_KEYS = "order title question terms unknown statements".split()
_STATEMENT_KEYS = "id key before section status by date evidence disputed allow".split()
_EVIDENCE_KEYS = ("quote", "prefix", "suffix")


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that people wrote for one briefing, besides the sources themselves."""

    settings: Settings
    entries: Mapping[str, SourceEntry]
    """What `sources.yml` says, by file name."""
    names: tuple[Name, ...]
    topics: tuple[Topic, ...]


def load_project(settings: Settings) -> Project:
    """Read and check the files a maintainer writes.

    Raises:
        ProjectError: The first thing that is not as it must be, with file, line and column.
    """
    root = settings.root
    entries = _entries(root / settings.seeds / SOURCES_FILE, settings)
    names = _names(root / settings.seeds / NAMES_FILE, settings)
    folder = root / settings.topics
    files = sorted(folder.glob("*.yml")) + sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    topics = tuple(filter(None, (_topic(path, settings) for path in files)))
    _check_unique(topics)
    return Project(settings, entries, names, tuple(sorted(topics, key=lambda topic: (topic.order, topic.id))))


# ------------------------------------------------------------------------------------------------------- sources.yml


def _read(path: Path, settings: Settings) -> Located | None:
    if not path.is_file():
        return None
    file = path.relative_to(settings.root).as_posix()
    try:
        return load(path.read_text("utf-8"), file)
    except UnicodeDecodeError as error:
        raise ProjectError(f"not UTF-8 at byte {error.start}; save the file as UTF-8", Place(file)) from None
    except OSError as error:
        raise ProjectError(f"cannot be read: {error.strerror}", Place(file)) from None


def _is_empty(value: Located) -> bool:
    return value.text is not None and value.text in {"", "~", "null"}


def _entries(path: Path, settings: Settings) -> Mapping[str, SourceEntry]:
    top = _read(path, settings)
    if top is None or _is_empty(top):
        return {}
    fields = top.fields("sources.yml")
    return {
        file: _entry(file, value, fields_place, settings)
        for file, value in fields.items()
        for fields_place in [top.key_places[file]]
    }


def _entry(file: str, value: Located, place: Place, settings: Settings) -> SourceEntry:
    fields = value.fields(f"the entry of {file}", _SOURCE_KEYS)
    texts = {
        key: fields[key].as_text(key)
        for key in ("slug", "title", "outlet", "language", "url", "rights", "note", "guess")
        if key in fields
    }
    dates = {
        key: _iso(fields[key], key) for key in ("published", "updated", "not_before", "not_after") if key in fields
    }
    if dates.get("not_before", "") > dates.get("not_after", "9999"):
        raise fields["not_after"].refuse("not_after is earlier than not_before; no text was written then")
    if "slug" in texts:
        check_slug(texts["slug"], fields["slug"].place)
    if "url" in texts and not re.match(r"https?://[^\s/]", texts["url"]):
        raise fields["url"].refuse("url must start with http:// or https://")
    if "rights" in texts and texts["rights"] not in SOURCE_TEXTS:
        raise fields["rights"].refuse(unknown("rights", texts["rights"], SOURCE_TEXTS))
    if "language" in texts and not re.fullmatch("[a-z]{2}", texts["language"]):
        raise fields["language"].refuse("language must be a two-letter code such as de")
    dated = fields["dated"].per_language("dated", settings.languages) if "dated" in fields else {}
    lists = {key: fields[key].as_texts(key) for key in ("authors", "agencies") if key in fields}
    return SourceEntry(file=file, place=place, dated=dated, **texts, **dates, **lists)  # type: ignore[arg-type]


def _iso(value: Located, what: str) -> str:
    text = value.as_text(what)
    if not _ISO_DATE.fullmatch(text):
        raise value.refuse(f"{what} must be a date such as 2024-06-19, 2024-06 or 2024, not “{text}”")
    if len(text) >= _WHOLE_DAY:
        try:
            dt.datetime.fromisoformat(text)
        except ValueError:
            raise value.refuse(f"{what}: there is no such {'time' if 'T' in text else 'day'} as {text}") from None
    return text


# --------------------------------------------------------------------------------------------------------- names.yml


def _names(path: Path, settings: Settings) -> tuple[Name, ...]:
    top = _read(path, settings)
    if top is None or _is_empty(top):
        return ()
    return tuple(_name(value, settings) for value in top.items("names.yml"))


def _name(value: Located, settings: Settings) -> Name:
    fields = value.fields("the name", ("name", "kind", "role", "also"))
    if "name" not in fields:
        raise value.refuse("a name must be given: name: {en: …, de: …}")
    kind = fields["kind"].as_text("kind") if "kind" in fields else "person"
    if kind not in _KINDS:
        raise fields["kind"].refuse(unknown("kind of actor", kind, _KINDS))
    return Name(
        name=fields["name"].per_language("name", settings.languages),
        role=fields["role"].per_language("role", settings.languages) if "role" in fields else {},
        also=fields["also"].as_texts("also") if "also" in fields else (),
        kind=kind,
        place=value.place,
    )


# ------------------------------------------------------------------------------------------------------------ topics


def _topic(path: Path, settings: Settings) -> Topic | None:
    top = _read(path, settings)
    if top is None or _is_empty(top):
        return None
    languages = settings.languages
    fields = top.fields("the topic", _TOPIC_KEYS)
    if "title" not in fields:
        raise top.refuse("a topic needs a title: {en: …, de: …}")
    terms = fields["terms"].fields("terms") if "terms" in fields and not _is_empty(fields["terms"]) else {}
    order = fields["order"].as_text("order") if "order" in fields else "0"
    if not re.fullmatch(r"\d{1,4}", order):
        raise fields["order"].refuse("order must be a whole number")
    return Topic(
        id=check_slug(path.stem, Place(top.place.file), "topic's file name"),
        title=fields["title"].per_language("title", languages),
        question=fields["question"].per_language("question", languages) if "question" in fields else {},
        terms={language: value.as_texts(f"terms in “{language}”") for language, value in terms.items()},
        statements=tuple(_statement(value, languages) for value in _list(fields, "statements")),
        place=top.place,
        order=int(order),
        unknown=tuple(value.per_language("unknown", languages) for value in _list(fields, "unknown")),
    )


def _list(fields: Mapping[str, Located], key: str) -> tuple[Located, ...]:
    return fields[key].items(key) if key in fields and not _is_empty(fields[key]) else ()


def _statement(value: Located, languages: tuple[str, ...]) -> Statement:
    fields = value.fields("the statement", (*_STATEMENT_KEYS, *languages))
    if "id" not in fields:
        raise value.refuse("a statement needs an id")
    for language in languages:
        if language not in fields:
            raise value.refuse(f"the statement “{fields['id'].text}” has no text in “{language}”")
    if not _list(fields, "evidence"):
        raise value.refuse(f"the statement “{fields['id'].text}” has no evidence; nothing unproven is published")
    status = fields["status"].as_text("status") if "status" in fields else None
    if status is not None and status not in set(Status):
        raise fields["status"].refuse(unknown("status", status, list(Status)))
    return Statement(
        id=check_slug(fields["id"].as_text("id"), fields["id"].place, "statement's id"),
        text={language: fields[language].as_text(f"the text in “{language}”") for language in languages},
        evidence=_evidence(fields["evidence"], languages),
        place=value.place,
        key="key" in fields and fields["key"].as_flag("key"),
        before="before" in fields and fields["before"].as_flag("before"),
        status=Status(status) if status else None,
        by=fields["by"].as_texts("by") if "by" in fields else (),
        date=_iso(fields["date"], "date") if "date" in fields else None,
        section=fields["section"].per_language("section", languages) if "section" in fields else {},
        disputed=tuple(_contradiction(entry, languages) for entry in _list(fields, "disputed")),
        allow={k: v.as_text(f"the reason for “{k}”") for k, v in fields["allow"].fields("allow").items()}
        if "allow" in fields
        else {},
        places={language: fields[language].place for language in languages},
    )


def _contradiction(value: Located, languages: tuple[str, ...]) -> Contradiction:
    fields = value.fields("the contradiction", ("by", "evidence", *languages))
    if not _list(fields, "evidence"):
        raise value.refuse("a contradiction needs evidence")
    by = fields.get("by")
    return Contradiction(
        by=() if by is None else (by.as_text("by"),) if by.text else by.as_texts("by"),
        evidence=_evidence(fields["evidence"], languages),
        text={
            language: fields[language].as_text(f"the text in “{language}”")
            for language in languages
            if language in fields
        },
        place=value.place,
        places={language: fields[language].place for language in languages if language in fields},
    )


def _evidence(value: Located, languages: tuple[str, ...]) -> tuple[Evidence, ...]:
    found = []
    for entry in value.items("evidence"):
        for slug, quote in entry.fields("evidence").items():
            if quote.text is not None:
                found.append(Evidence(slug, quote.as_text("the quotation"), quote.place))
                continue
            fields = quote.fields("the evidence", (*_EVIDENCE_KEYS, *languages))
            if "quote" not in fields:
                raise quote.refuse("evidence needs the words it quotes: quote: …")
            found.append(
                Evidence(
                    source=slug,
                    exact=fields["quote"].as_text("quote"),
                    place=fields["quote"].place,
                    prefix=fields["prefix"].as_text("prefix") if "prefix" in fields else "",
                    suffix=fields["suffix"].as_text("suffix") if "suffix" in fields else "",
                    translation={k: fields[k].as_text(f"the translation “{k}”") for k in languages if k in fields},
                )
            )
    return tuple(found)


def _check_unique(topics: tuple[Topic, ...]) -> None:
    from markdown.extensions.toc import slugify  # noqa: PLC0415 - what makes an anchor of a page's title

    titles = {slugify(title, "-") for topic in topics for title in topic.title.values()} | {t.id for t in topics}
    seen: dict[str, Place] = {}
    topic_ids: dict[str, Place] = {}
    for topic in topics:
        if topic.id in topic_ids:
            raise ProjectError(
                f"the topic “{topic.id}” stands in two files; the other is {topic_ids[topic.id].file}", topic.place
            )
        topic_ids[topic.id] = topic.place
        for statement in topic.statements:
            if is_anchor(statement.id) or statement.id in titles:
                raise ProjectError(
                    f"the id “{statement.id}” is an anchor of the site's own pages; choose another", statement.place
                )
            if statement.id in seen:
                first = seen[statement.id]
                raise ProjectError(
                    f"the id “{statement.id}” is taken at {first}; ids are unique in the whole project", statement.place
                )
            seen[statement.id] = statement.place
