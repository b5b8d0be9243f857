"""The briefing in the formats of other tools: each holds to its standard and says what the pages say."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bibtexparser.entrypoint import parse_string
from browser import ROOT, copy_project
from jsonschema import Draft202012Validator
from projects import make_project, run

from briefing.exports import as_json, briefing_data, export, schema
from briefing.formats.annotations import content_name, web_annotations
from briefing.formats.feed import feed
from briefing.formats.structured import structured
from briefing.model import Briefing, Corroboration, FoundDate, Source
from briefing.pipeline import build_briefing
from briefing.project import load_project
from briefing.settings import load_settings

# What the W3C asks of an annotation (https://www.w3.org/TR/annotation-model/), as far as we use it.
ANNOTATION: dict[str, Any] = {
    "type": "object",
    "required": ["id", "type", "motivation", "body", "target"],
    "properties": {
        "id": {"type": "string", "pattern": "^urn:"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["describing", "replying"]},
        "body": {"type": "array", "minItems": 1, "items": {"required": ["type", "value", "language", "format"]}},
        "target": {"type": "array", "minItems": 1, "items": {"required": ["type", "source", "selector"]}},
    },
}
# The part of CSL's own schema (csl-data.json 1.0.2) that our items use; nothing beside it.
CSL: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"const": "article-newspaper"},
            **{key: {"type": "string"} for key in ("title", "container-title", "language", "URL", "note")},
            "author": {"type": "array", "items": {"type": "object", "required": ["literal"]}},
            "issued": {
                "type": "object",
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
                    }
                },
            },
        },
    },
}


def built(project: Path) -> Briefing:
    """The briefing of a project."""
    return build_briefing(load_project(load_settings(project))).briefing


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """A small briefing about an invented event."""
    return built(make_project(tmp_path_factory.mktemp("ferry")))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """This repository's briefing."""
    return built(copy_project(tmp_path_factory.mktemp("own") / "project"))


@pytest.fixture(params=["ferry", "own"])
def briefing(request: pytest.FixtureRequest) -> Briefing:
    """Each of the two."""
    found: Briefing = request.getfixturevalue(request.param)
    return found


def with_source(briefing: Briefing, **changes: Any) -> Briefing:
    """The briefing with its first source changed."""
    first, *others = briefing.sources
    return replace(briefing, sources=(replace(first, source=replace(first.source, **changes)), *others))


def test_the_data_hold_to_their_schema(briefing: Briefing) -> None:
    """`briefing.json` is what its schema says, and the schema is one."""
    own_schema = json.loads(schema("briefing"))
    Draft202012Validator.check_schema(own_schema)
    errors = list(Draft202012Validator(own_schema).iter_errors(json.loads(json.dumps(briefing_data(briefing)))))
    assert errors == []


def test_every_exact_quotation_is_a_slice_of_its_source(briefing: Briefing) -> None:
    """The offsets lead to the words, so other tools can follow a footnote without this package."""
    texts = {page.source.slug: page.source.text for page in briefing.sources}
    for topic in briefing_data(briefing)["topics"]:
        for statement in topic["statements"]:
            for one in (*statement["evidence"], *(e for side in statement["disputed"] for e in side["evidence"])):
                assert texts[one["source"]][one["start"] : one["end"]] == one["exact"]


def test_the_briefing_is_the_same_in_pieces(briefing: Briefing) -> None:
    """`briefing.json`, which is put together of pieces, is what `json` makes of the whole."""
    assert export(briefing)["data/briefing.json"] == as_json(briefing_data(briefing))
    bare = replace(briefing, sources=(), topics=(), corroboration=Corroboration())
    assert export(bare)["data/briefing.json"] == as_json(briefing_data(bare))


def test_every_file_is_json_or_xml_or_bibtex(briefing: Briefing) -> None:
    """Each exported file is read by a parser of its kind."""
    for path, text in export(briefing).items():
        if path.endswith((".json", ".jsonld")):
            json.loads(text)
        elif path.endswith(".xml"):
            assert not feedparser.parse(text).bozo
        else:
            assert parse_string(text).failed_blocks == []


def test_annotations_hold_to_the_model(briefing: Briefing) -> None:
    """Each citation is an annotation with the statement as its body and the exact words as its target."""
    validator = Draft202012Validator(ANNOTATION)
    ids: list[str] = []
    for page in briefing.sources:
        collection = web_annotations(page.source, briefing)
        items = collection["first"]["items"]
        assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert collection["total"] == len(items)
        for one in items:
            assert list(validator.iter_errors(one)) == []
            quote, position = one["target"][0]["selector"]
            assert page.source.text[position["start"] : position["end"]] == quote["exact"]
            assert one["target"][0]["source"]["id"] == content_name(page.source.sha256)
        ids += [one["id"] for one in items]
    assert len(set(ids)) == len(ids)
    assert ids


def test_a_file_is_named_by_its_content() -> None:
    """The name of a file holds its whole SHA-256 (RFC 6920)."""
    digest = bytes(range(32))
    name = content_name(digest.hex())
    assert base64.urlsafe_b64decode(name.removeprefix("ni:///sha-256;") + "=") == digest


def test_bibtex_and_csl_name_every_source(briefing: Briefing) -> None:
    """Reference managers get one entry a source, keyed by its slug, with nothing made up."""
    slugs = [page.source.slug for page in briefing.sources]
    library = parse_string(export(briefing)["data/sources.bib"])
    assert [entry.key for entry in library.entries] == slugs
    items = json.loads(export(briefing)["data/sources.csl.json"])
    assert list(Draft202012Validator(CSL).iter_errors(items)) == []
    for item, entry, page in zip(items, library.entries, briefing.sources, strict=True):
        assert item["id"] == page.source.slug
        dated = bool(page.source.published or page.source.updated)
        assert ("issued" in item) == ("year" in entry.fields_dict) == dated
        assert ("container-title" in item) == ("organization" in entry.fields_dict) == bool(page.source.outlet)


def test_hostile_titles_stay_within_their_field(ferry: Briefing) -> None:
    """Braces, backslashes and markup in a headline end no field, entry or element."""
    title = 'A } @misc{x, \\input{y} 100 % & $1 #_^~ <b> "q" </title>\n]]>'
    hostile = with_source(ferry, title=title, outlet=title, published=FoundDate("2031-03", "month", "here"))
    library = parse_string(export(hostile)["data/sources.bib"])
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [page.source.slug for page in hostile.sources]
    assert library.entries[0].fields_dict["month"].value == "mar"
    named = replace(hostile, title=dict.fromkeys(hostile.languages, title))
    parsed = feedparser.parse(feed(named, "en"), sanitize_html=False)
    assert not parsed.bozo
    assert "</title>" in parsed.feed.title


@pytest.mark.parametrize("address", ["", "https://example.org/briefing/"])
def test_the_feed_tells_the_statements(briefing: Briefing, address: str) -> None:
    """An entry a statement, key statements first, with stable ids; links are whole where the address is known."""
    placed = replace(briefing, address=address)
    for language in briefing.languages:
        parsed = feedparser.parse(feed(placed, language))
        assert parsed.version == "atom10"
        statements = [one for page in briefing.topics for one in page.statements]
        assert parsed.entries[0].summary in {one.text[language] for one in statements if one.key}
        assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) == min(100, len(statements))
        folder = "" if language == briefing.languages[0] else f"{language}/"
        assert parsed.entries[0].link.startswith(f"{address or '../'}{folder}topics/")


def types(found: object) -> set[str]:
    """Every `@type` in a JSON-LD object."""
    if isinstance(found, dict):
        return {found["@type"], *(t for value in found.values() for t in types(value))} if "@type" in found else set()
    return {t for one in found for t in types(one)} if isinstance(found, list) else set()


def test_pages_say_what_they_are_and_give_no_verdict(briefing: Briefing) -> None:
    """Home and topics are background articles that cite their sources; nothing is a claim review."""
    topic, source = briefing.topics[0], briefing.sources[0]
    for path in ("index.md", f"topics/{topic.topic.id}.md"):
        found = structured(briefing, "de", path)
        assert found is not None
        assert found["@context"] == "https://schema.org"
        assert found["@type"] == "BackgroundNewsArticle"
        assert found["inLanguage"] == "de"
        assert found["citation"]
        assert types(found) <= {
            *("BackgroundNewsArticle", "NewsArticle", "Organization", "Person", "Quotation", "MediaObject"),
            *("Country", "Thing"),
        }
    article = structured(briefing, "en", f"sources/{source.source.slug}.md")
    assert article is not None
    assert article["@type"] == "NewsArticle"
    assert structured(briefing, "en", "method.md") is None


def test_structured_data_know_the_address_of_the_page(ferry: Briefing) -> None:
    """Where the site's address is known, each language's pages stand below it."""
    placed = replace(ferry, address="https://example.org/")
    found = structured(placed, "de", "topics/ferry.md")
    assert found is not None
    assert found["url"] == "https://example.org/de/topics/ferry/"
    assert "url" not in (structured(ferry, "de", "topics/ferry.md") or {})


def test_what_a_source_does_not_say_is_left_out(ferry: Briefing) -> None:
    """No format fills in an outlet or a date that nobody knows."""
    bare: dict[str, Any] = {"outlet": None, "published": None, "updated": None, "title": None, "url": None}
    unknown = with_source(ferry, **bare, authors=())
    source: Source = unknown.sources[0].source
    assert set(json.loads(export(unknown)["data/sources.csl.json"])[0]) <= {"id", "type", "language", "note"}
    article = structured(unknown, "en", f"sources/{source.slug}.md")
    assert article is not None
    assert not {"publisher", "datePublished", "headline", "author"} & set(article)


def test_the_pages_link_every_export() -> None:
    """What is exported can be found from the site: the templates name each kind of file."""
    templates = "".join(
        path.read_text("utf-8") for path in sorted((ROOT / "briefing/rendering/templates").glob("*.j2"))
    )
    names = (
        "data/briefing.json",
        "data/briefing.schema.json",
        "data/sources.bib",
        "data/sources.csl.json",
        "data/feed.",
    )
    for name in (*names, "data/annotations/"):
        assert name in templates


@pytest.mark.parametrize("verb", ["inspect", "clean"])
def test_what_the_command_prints_holds_to_its_schema(tmp_path: Path, verb: str) -> None:
    """`inspect` and `clean --format json` print what their schemas say, for files that lie anywhere."""
    project = make_project(tmp_path)
    files = ["seeds/ferry.txt", "seeds/faehre.txt"]
    done = run(project, verb, *files, *(["--format", "json"] if verb == "clean" else []))
    assert done.returncode == 0, done.stderr
    own_schema = json.loads(schema(verb))
    Draft202012Validator.check_schema(own_schema)
    assert list(Draft202012Validator(own_schema).iter_errors(json.loads(done.stdout))) == []
