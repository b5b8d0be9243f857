"""Pages from a briefing: what stands on which page, how little of a source is shown, and what is drawn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from projects import CONFIG, FERRY, TOPIC, make_project

from briefing.lexicon import languages, table
from briefing.model import Briefing, ComposedStatement, Corroboration, Status, TimelineEntry
from briefing.pipeline import build_briefing
from briefing.project import load_project
from briefing.rendering import render
from briefing.rendering.labels import Labels
from briefing.rendering.lookup import Lookup
from briefing.rendering.moments import moments
from briefing.rendering.view import Markdown, PageView, printed
from briefing.settings import load_settings

DISPUTED = (
    TOPIC.replace("    key: true\n", "    key: true\n    date: 2031-03-12\n")
    + """\
    disputed:
      - by: [Operator]
        en: Nobody would be dismissed.
        de: Niemand werde entlassen.
        evidence:
          - ferry: nobody would be dismissed
"""
)


def built(folder: Path, **changes: str) -> Briefing:
    """The briefing of the small project, with some of its files replaced."""
    names = {"config": "mkdocs.yml", "topic": "topics/ferry.yml", "ferry": "seeds/ferry.txt"}
    project = make_project(folder, {names[key]: text for key, text in changes.items()})
    return build_briefing(load_project(load_settings(project))).briefing


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """A small briefing with one dated, disputed statement."""
    return built(tmp_path_factory.mktemp("small"), topic=DISPUTED)


@pytest.fixture(scope="module")
def pages(briefing: Briefing) -> Mapping[str, str]:
    """Its pages."""
    return render(briefing)


def statement(**changes: object) -> ComposedStatement:
    """A bare statement."""
    bare = ComposedStatement(
        *("a", "t", {"en": "A", "de": "A"}, None),
        key=False,
        automatic=False,
        before=False,
        status=Status.REPORTED,
        speakers=(),
        section={},
        date=None,
        notes=(),
        sources=("s",),
        chains=1,
        rests_on=None,
        disputed=(),
    )
    return replace(bare, **changes)  # type: ignore[arg-type]


def test_both_languages_have_the_same_pages(pages: Mapping[str, str]) -> None:
    """Every page stands at the same path in each language."""
    english = {path.removeprefix("en/") for path in pages if path.startswith("en/")}
    assert english == {path.removeprefix("de/") for path in pages if path.startswith("de/")}
    assert {"index.md", "timeline.md", "voices.md", "disputes.md", "matrix.md", "coverage.md", "whole.md"} <= english


def test_the_same_briefing_gives_the_same_pages(briefing: Briefing, pages: Mapping[str, str]) -> None:
    """Nothing but the briefing decides what a page says."""
    assert render(briefing) == pages


def test_labels_of_all_languages_have_the_same_keys() -> None:
    """No page can miss a word in one language only."""

    def keys(found: object, before: str = "") -> set[str]:
        if not isinstance(found, dict):
            return {before}
        return {key for name, value in found.items() for key in keys(value, f"{before}.{name}")}

    assert keys(dict(table("en", "labels"))) == keys(dict(table("de", "labels")))


@pytest.mark.parametrize("page", ["index", "topics/ferry", "timeline", "matrix", "disputes", "whole"])
def test_a_statement_stands_on_every_page_it_belongs_to(pages: Mapping[str, str], page: str) -> None:
    """A dated, disputed key statement is on the home page, its topic's, and each overview it concerns."""
    assert "Ferries are to sail between Halden and Morvik" in pages[f"en/{page}.md"]
    assert "wieder Fähren verkehren" in pages[f"de/{page}.md"]


def test_every_mark_has_one_note(pages: Mapping[str, str]) -> None:
    """On each page the marks and the notes are the same, each note once."""
    for path, text in pages.items():
        notes = re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE)
        marks = re.findall(r"\[\^([^\]]+)\](?!:)", text)
        assert len(set(notes)) == len(notes), path
        assert set(notes) == set(marks), path


def test_a_page_shows_no_more_of_a_source_than_is_set(tmp_path: Path) -> None:
    """`quotes` shows the quoted words, `passages` the cited sentences, `full` everything."""
    cited = "will reopen on 4 May, the harbour authority"
    shown = {}
    for choice in ("quotes", "passages", "full"):
        config = CONFIG.replace("languages: [en, de]", f"languages: [en, de], source_text: {choice}")
        text = render(built(tmp_path / choice, config=config))["en/sources/ferry.md"]
        shown[choice] = ("will reopen on 4 May" in text.replace("</mark>", "").replace("<mark>", ""), "300,000" in text)
    assert shown == {"quotes": (True, False), "passages": (True, False), "full": (True, True)}
    quotes = render(built(tmp_path / "again", config=CONFIG.replace("[en, de]", "[en, de], source_text: quotes")))
    assert not [path for path, text in quotes.items() if cited in text]


def test_words_of_a_source_are_literal_wherever_they_stand(tmp_path: Path) -> None:
    """Markup in a quotation, with its mark around it, stays text on every page."""
    hostile = '<b>*x*</b> [^y] {: .z } "&lt;'
    ferry = FERRY.replace("will reopen on 4 May", f"will reopen {hostile} on 4 May")
    topic = TOPIC.replace("ferry: will reopen on 4 May", f"ferry: 'will reopen {hostile} on 4 May'")
    for path, text in render(built(tmp_path, ferry=ferry, topic=topic)).items():
        assert "<b>" not in text, path
        assert "[^y]" not in text, path
        assert "{: .z }" not in text, path


def test_what_is_printed_is_escaped_unless_it_is_ours() -> None:
    """A template cannot forget the escape."""
    assert printed("<b>") == "&#60;b&#62;"
    assert printed(Markdown("<b>")) == "<b>"


@pytest.mark.parametrize(
    ("path", "file", "built_page"),
    [
        ("index.md", "data/a.json", "timeline/#t-1"),
        ("method.md", "../data/a.json", "../timeline/#t-1"),
        ("sources/index.md", "../data/a.json", "../timeline/#t-1"),
        ("topics/x.md", "../../data/a.json", "../../timeline/#t-1"),
    ],
)
def test_addresses_in_raw_html_fit_the_built_page(briefing: Briefing, path: str, file: str, built_page: str) -> None:
    """Files stand beside the first language's pages; the other language's are one folder further down."""
    assert PageView(briefing, Labels("en"), path).file("data/a.json") == file
    assert PageView(briefing, Labels("de"), path).file("data/a.json") == f"../{file}"
    assert PageView(briefing, Labels("de"), path).built("timeline.md", "t-1") == built_page


def test_dots_show_origins(briefing: Briefing) -> None:
    """Sources of one origin share a ring; each of unknown origin stands alone."""
    origins = {"a": "a", "b": "a", "c": None, "d": None, "e": "e"}
    view = PageView(replace(briefing, corroboration=Corroboration(origins=origins)), Labels("en"), "index.md")
    assert view.dots(statement(sources=("a", "b", "c", "d", "e"))) == [(True, 2), (True, 1), (False, 1), (False, 1)]


def test_a_statement_in_foreign_words_says_in_which(briefing: Briefing) -> None:
    """An automatic statement on a page of another language carries its own."""
    view = PageView(briefing, Labels("en"), "index.md")
    assert view.said(statement(language="de")) == '<span lang="de">A</span>'
    assert view.said(statement(language="en")) == "A"
    assert view.said(statement()) == "A"


def test_the_home_page_takes_the_first_of_each_topic(briefing: Briefing) -> None:
    """With too many key statements, seven are left, taken in turns, in the order of the topics."""
    page = briefing.topics[0]
    many = tuple(
        replace(page, statements=tuple(statement(id=f"{name}{n}", key=True) for n in range(6))) for name in "xyz"
    )
    home = Lookup(replace(briefing, topics=many)).home_statements
    assert [one.id for one in home] == ["x0", "x1", "x2", "y0", "y1", "z0", "z1"]


dates = st.one_of(
    st.dates(dt.date(1500, 1, 1), dt.date(2100, 1, 1)).map(dt.date.isoformat),
    st.dates(dt.date(1500, 1, 1), dt.date(2100, 1, 1)).map(lambda day: day.isoformat()[:7]),
    st.integers(1500, 2100).map(str),
)


@given(st.lists(dates, max_size=8), st.sampled_from(["en", "de"]))
def test_every_date_is_drawn_once_in_order(found: list[str], language: str) -> None:
    """Entries of one date are one moment, and no distance is less than that of the same day."""
    entries = [TimelineEntry(date, statement(), derived=False) for date in sorted(found)]
    drawn = moments(entries, Labels(language))
    assert [moment.date for moment in drawn] == sorted(set(found))
    assert sum(len(moment.entries) for moment in drawn) == len(found)
    assert all(1 <= moment.height < 7 for moment in drawn)
    assert not drawn or drawn[0].gap == ""


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        ("1948", "1961", "13 years"),
        ("2024-03", "2024-06-19", "4 months"),
        ("2024-06-19", "2024-06-20", "1 day"),
        ("2024", "2024-06-19", ""),
    ],
)
def test_distances_are_told_in_words(one: str, other: str, gap: str) -> None:
    """Years, months or days, as a person would say; nothing where one date lies within the other."""
    entries = [TimelineEntry(date, statement(), derived=False) for date in (one, other)]
    assert [moment.gap for moment in moments(entries, Labels("en"))] == ["", gap]


@pytest.mark.parametrize("language", [code for code in languages() if table(code, "labels")])
def test_numbers_are_written_as_cldr_writes_them(language: str) -> None:
    """Small numbers, which babel is not asked for, and those that it groups."""
    for number in (*range(1000), 1234, 10_000, 1_234_567):
        assert Labels(language).number(number) == format_decimal(number, locale=language)
    assert Labels(language).number("0.50") == format_decimal(0.5, locale=language)
