"""The files that people write: what is read from them, and what each mistake says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from projects import TOPIC, make_project

from briefing.errors import ProjectError
from briefing.model import Place, Status
from briefing.project import Project, load_project
from briefing.settings import load_settings

STATEMENT = """\
title: {en: T, de: T}
statements:
  - id: a-b
    en: A.
    de: B.
    evidence:
      - ferry: will reopen
"""
FULL = """\
order: 2
title: {en: Tram, de: Bahn}
question: {en: What?, de: Was?}
terms: {en: [tram], de: [Bahn, Straßenbahn]}
unknown:
  - {en: The price., de: Der Preis.}
statements:
  - id: a-b
    key: true
    before: true
    section: {en: S, de: T}
    status: alleged
    by: [Ada Lind]
    date: 2031-03
    en: It is 1961.
    de: Es ist 1961.
    evidence:
      - ferry: no
      - ferry: {quote: will reopen, prefix: terminal, suffix: on, de: öffnet wieder}
    disputed:
      - by: Tore Nygaard
        en: He denies it.
        de: Er bestreitet es.
        evidence: [{ferry: rejected the claim}]
    allow: {number: It is a year.}
"""


def project(folder: Path, files: Mapping[str, str | bytes | None]) -> Project:
    """The example project with changed files, read."""
    return load_project(load_settings(make_project(folder, files)))


def test_a_topic_is_read_whole(tmp_path: Path) -> None:
    """Every key of a topic, a statement and its evidence arrives, each text as it was typed."""
    topic = next(one for one in project(tmp_path, {"topics/tram.yml": FULL}).topics if one.id == "tram")
    assert (topic.order, topic.terms["de"], topic.unknown[0]["en"]) == (2, ("Bahn", "Straßenbahn"), "The price.")
    statement = topic.statements[0]
    assert (statement.key, statement.before, statement.status) == (True, True, Status.ALLEGED)
    assert (statement.by, statement.date, dict(statement.text)["de"]) == (("Ada Lind",), "2031-03", "Es ist 1961.")
    first, second = statement.evidence
    assert (first.exact, first.place) == ("no", Place("topics/tram.yml", 18, 16))
    assert (second.exact, second.prefix, second.suffix) == ("will reopen", "terminal", "on")
    assert dict(second.translation) == {"de": "öffnet wieder"}
    assert (statement.disputed[0].by, statement.disputed[0].places["de"].line) == (("Tore Nygaard",), 23)
    assert dict(statement.allow) == {"number": "It is a year."}
    assert statement.places["en"] == Place("topics/tram.yml", 15, 9)


def test_names_and_sources_are_read(tmp_path: Path) -> None:
    """`names.yml` and `sources.yml` are optional; what stands in them is typed."""
    read = project(
        tmp_path,
        {
            "seeds/names.yml": "- {name: {en: A, de: B}, kind: agency, role: {en: R, de: S}, also: [C, D]}\n",
            "seeds/sources.yml": "ferry.txt: {slug: f-1, published: 2031-03-12, authors: [Ada Lind]}\n",
        },
    )
    assert [(name.name["de"], name.kind, name.also) for name in read.names] == [("B", "agency", ("C", "D"))]
    entry = read.entries["ferry.txt"]
    assert (entry.slug, entry.published, entry.authors, entry.outlet) == ("f-1", "2031-03-12", ("Ada Lind",), None)


@pytest.mark.parametrize("text", ["", "# nothing\n", "~\n", "null\n"])
def test_an_empty_file_says_nothing(text: str, tmp_path: Path) -> None:
    """Empty files and comments are no mistakes."""
    read = project(tmp_path, dict.fromkeys(("topics/empty.yml", "seeds/names.yml", "seeds/sources.yml"), text))
    assert ([topic.id for topic in read.topics], read.names, dict(read.entries)) == (["ferry"], (), {})


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "topics/x.yml",
            "titel: {en: a, de: b}",
            "x.yml:1:1: “titel” is no known key of the topic; did you mean “title”?",
        ),
        ("topics/x.yml", "order: 1", "x.yml:1:1: a topic needs a title: {en: …, de: …}"),
        ("topics/x.yml", "title: {en: a}", "x.yml:1:8: title has no text in “de”"),
        ("topics/x.yml", "title: {en: a, de: ''}", "x.yml:1:20: title in “de” must be a text"),
        ("topics/x.yml", "title: {en: a, de: b, fr: c}", "x.yml:1:23: “fr” is no known key of title"),
        ("topics/x.yml", "title: {en: a, de: b}\norder: first", "x.yml:2:8: order must be a whole number"),
        ("topics/x.yml", "- a\n- b", "x.yml:1:1: the topic must be a mapping"),
        ("topics/X.yml", "title: {en: a, de: b}", "“X” cannot be a topic's file name"),
        ("topics/index.yml", "title: {en: a, de: b}", "“index” cannot be a topic's file name"),
        ("topics/a--b.yml", "title: {en: a, de: b}", "“a--b” cannot be a topic's file name"),
        (
            "topics/ferry.yaml",
            "title: {en: a, de: b}",
            "the topic “ferry” stands in two files; the other is topics/ferry.yml",
        ),
        ("topics/x.yml", TOPIC, "x.yml:7:5: the id “reopening” is taken at topics/ferry.yml:7:5"),
        ("topics/x.yml", STATEMENT.replace("id: a-b", "ID: a-b"), "x.yml:3:5: “ID” is no known key of the statement"),
        ("topics/x.yml", STATEMENT.replace("- id: a-b\n    en", "- en"), "x.yml:3:5: a statement needs an id"),
        ("topics/x.yml", STATEMENT.replace("id: a-b", "id: a_b"), "x.yml:3:9: “a_b” cannot be a statement's id"),
        ("topics/x.yml", STATEMENT.replace("    de: B.\n", ""), "x.yml:3:5: the statement “a-b” has no text in “de”"),
        ("topics/x.yml", STATEMENT.replace("de: B.", "de: [B]"), "x.yml:5:9: the text in “de” must be a text"),
        ("topics/x.yml", STATEMENT.replace("      - ferry: will reopen\n", ""), "the statement “a-b” has no evidence"),
        ("topics/x.yml", STATEMENT.replace("- ferry: will", "- ferry:\n          will"), ""),
        (
            "topics/x.yml",
            STATEMENT.replace("will reopen", "{quot: x}"),
            "“quot” is no known key of the evidence; did you mean “quote”?",
        ),
        (
            "topics/x.yml",
            STATEMENT.replace("will reopen", "{prefix: x}"),
            "evidence needs the words it quotes: quote: …",
        ),
        (
            "topics/x.yml",
            STATEMENT.replace("- ferry: will reopen", "- will reopen"),
            "x.yml:7:9: evidence must be a mapping",
        ),
        ("topics/x.yml", STATEMENT + "    status: claimed\n", "“claimed” is no known status"),
        ("topics/x.yml", STATEMENT + "    key: yes\n", "x.yml:8:10: key must be true or false"),
        (
            "topics/x.yml",
            STATEMENT + "    date: June 2031\n",
            "date must be a date such as 2024-06-19, 2024-06 or 2024",
        ),
        ("topics/x.yml", STATEMENT + "    by: Ada Lind\n", "by must be a list"),
        ("topics/x.yml", STATEMENT + "    allow: {number: }\n", "the reason for “number” must be a text"),
        ("topics/x.yml", STATEMENT + "    disputed: [{by: A}]\n", "a contradiction needs evidence"),
        ("seeds/names.yml", "- {kind: person}", "names.yml:1:3: a name must be given"),
        (
            "seeds/names.yml",
            "- {name: {en: A, de: B}, kind: persn}",
            "“persn” is no known kind of actor; did you mean “person”?",
        ),
        ("seeds/names.yml", "a: b", "names.yml:1:1: names.yml must be a list"),
        ("seeds/sources.yml", "ferry.txt: {published: 12.3.2031}", "published must be a date such as"),
        ("seeds/sources.yml", "ferry.txt: {published: 2031-13-01}", "published must be a date such as"),
        ("seeds/sources.yml", "ferry.txt: {published: 2031-02-29}", "there is no such day as 2031-02-29"),
        ("seeds/sources.yml", "ferry.txt: {slug: Über}", "“Über” cannot be a slug"),
        ("seeds/sources.yml", "ferry.txt: {slug: nul}", "“nul” cannot be a slug"),
        ("seeds/sources.yml", "ferry.txt: {url: 'ftp://x'}", "url must start with http:// or https://"),
        ("seeds/sources.yml", "ferry.txt: {rights: all}", "“all” is no known rights"),
        ("seeds/sources.yml", "ferry.txt: {language: german}", "language must be a two-letter code such as de"),
        (
            "seeds/sources.yml",
            "ferry.txt: {slugg: x}",
            "“slugg” is no known key of the entry of ferry.txt; did you mean “slug”?",
        ),
        ("seeds/sources.yml", "ferry.txt: x\nferry.txt: y", "the key “ferry.txt” stands here twice"),
    ],
)
def test_each_mistake_says_what_would_be_right(file: str, text: str, message: str, tmp_path: Path) -> None:
    """One sentence with file, line and column; evidence on a line of its own is none."""
    if not message:
        assert project(tmp_path, {file: text}).topics
        return
    with pytest.raises(ProjectError) as error:
        project(tmp_path, {file: text})
    assert message in str(error.value)
    assert file.rpartition("/")[0] in str(error.value)


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    """An encoding that an editor chose is told from a mistake in the text."""
    with pytest.raises(ProjectError, match=r"topics/x\.yml: not UTF-8 at byte 12; save the file as UTF-8"):
        project(tmp_path, {"topics/x.yml": b"title: {en: \xfc}"})


def test_topics_are_ordered(tmp_path: Path) -> None:
    """By `order`, then by name."""
    files = {f"topics/{name}.yml": f"title: {{en: a, de: b}}\norder: {n}" for name, n in (("z", 1), ("b", 2), ("a", 2))}
    assert [topic.id for topic in project(tmp_path, files).topics] == ["ferry", "z", "a", "b"]
