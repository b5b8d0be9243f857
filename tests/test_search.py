"""The search: the same words in Python and in the browser, and the right page among the first three."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import ROOT, Visit
from hypothesis import given
from hypothesis import strategies as st

from briefing.searching import Entry, search_index
from briefing.searching.words import folded, stem, stems

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUERIES = ROOT / "tests" / "cases" / "search"
FIRST = 3
"""Results that a reader looks at before trying other words."""
FLOOR = 0.95


def entry(text: str, kind: str = "statement", location: str = "topics/a/#a") -> Entry:
    """An entry that is found by its own text."""
    return Entry(location, "Page", "", text, kind, "de", ((text, 1.0),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Südkorea", "Suedkorea"),
        ("Verträge", "Vertrag"),
        ("Verträgen", "Vertrages"),
        ("treaties", "treaty"),
        ("supplied", "supplies"),
        ("signed", "signing"),
        ("10.000", "10000"),
        ("10 000", "10,000"),
        ("Straße", "Strasse"),
        ("Waffe", "WAFFEN"),
    ],
)
def test_spellings_and_inflections_fold_to_one_stem(one: str, other: str) -> None:
    """Who types one form finds the other."""
    assert stems(one) == stems(other)


def test_marks_separate_words() -> None:
    """German quotation marks, hyphens and apostrophes end a word; decimals are no thousands."""
    assert folded("„Vertrag“-Text: 4,8") == ["vertrag", "text", "4", "8"]


@given(st.text())
def test_stems_are_never_empty_and_stay(text: str) -> None:
    """Every word has a stem, and the stem of a stem is itself, so a query may be stemmed already."""
    for word in folded(text):
        assert stem(word)
        assert stem(stem(word)) == stem(word)


def test_an_index_lists_for_each_stem_its_entries() -> None:
    """Terms are sorted, postings name entries by number with a weight, and rarer words in a text weigh no less."""
    index = search_index([entry("Vertrag unterzeichnet"), entry("Verträge, Vertrag")])
    assert index["terms"] == sorted(index["terms"])
    postings = dict(zip(index["terms"], index["postings"], strict=True))
    assert postings["vertrag"][0::2] == [0, 1]
    assert postings["vertrag"][3] > postings["vertrag"][1]


def test_an_index_holds_lemmas() -> None:
    """A verb is found by its dictionary form where that shares no stem with it."""
    assert stem("schworen") in search_index([entry("Sie schwor den Eid")])["terms"]


def test_other_tools_find_the_same_entries(built_site: Path) -> None:
    """MkDocs' own index stands beside ours, each location a page of the site with its anchor."""
    for root in ("", "de/"):
        found = json.loads((built_site / root / "search/search_index.json").read_text("utf-8"))
        assert found["docs"]
        for one in found["docs"]:
            assert one["title"]
            assert (built_site / root / one["location"].partition("#")[0] / "index.html").is_file()


def test_statements_rank_above_the_sentences_they_rest_on() -> None:
    """The same words count for more in a statement of ours than on a source's page."""
    index = search_index([entry("a", "passage"), entry("a"), entry("a", "topic"), entry("a", "source")])
    passage, statement, topic, source = index["boosts"]
    assert topic >= statement > source > passage


def ready(visit: Callable[..., Visit], path: str) -> Page:
    """A page on which the index has been loaded."""
    page = visit().go(path)
    page.focus(".md-search__input")
    page.wait_for_function("() => window.briefing_search")
    return page


@pytest.mark.browser
def test_the_browser_folds_words_as_python_does(visit: Callable[..., Visit]) -> None:
    """Query and index agree on every word of every source, and on some that are hard."""
    words = {
        "Ångström",
        "ﬁnal",
        "İstanbul",
        "Österreich",
        "naïve",
        "Ærø",
        "Łódź",
        "straße",
        "x1y",
        "２０２４",
        "12.345,67",
    }
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        words.update(path.read_text("utf-8").split())
    ordered = sorted(words)
    page = ready(visit, "")
    script = "words => words.map(word => briefing_words.folded(word).map(briefing_words.stem))"
    assert page.evaluate(script, ordered) == [stems(word) for word in ordered]


def results(page: Page, query: str) -> list[str]:
    """The addresses of the results, one a page, below the language's root."""
    page.fill(".md-search__input", query)
    found: list[str] = page.eval_on_selector_all(".md-search-result__item > a", "all => all.map(one => one.href)")
    return [address.split("/", 3)[3].removeprefix("de/").replace("index.html", "") for address in found]


def queries(name: str, language: str) -> list[tuple[str, str, list[str]]]:
    """Kind, query and acceptable pages of each labelled query in one language."""
    lines = (QUERIES / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(kind, query, pages.split()) for code, kind, query, pages in rows if code == language]


@pytest.mark.browser
@pytest.mark.parametrize("name", ["seen", "unseen"])
def test_the_right_page_is_among_the_first_three(visit: Callable[..., Visit], name: str) -> None:
    """Inflected, in parts of compounds, in other spellings, with a typo, in the other language: 95 of 100 are found.

    Measured when this was written: 66 of 66 seen and 74 of 75 unseen queries, 64 and 73 of them in first place.
    """
    missed: dict[str, list[Any]] = defaultdict(list)
    total = 0
    for language, root in (("en", ""), ("de", "de/")):
        page = ready(visit, root)
        for kind, query, wanted in queries(name, language):
            total += 1
            first = results(page, query)[:FIRST]
            if not any(address.startswith(one) for address in first for one in wanted):
                missed[kind].append((language, query, first))
    assert sum(map(len, missed.values())) <= (1 - FLOOR) * total, dict(missed)


@pytest.mark.browser
def test_a_result_leads_to_the_statement(visit: Callable[..., Visit]) -> None:
    """Enter opens the best result, and the statement it names is in view and highlighted."""
    page = ready(visit, "")
    statement = page.evaluate("() => briefing_search.docs.find(doc => doc[4] === 'statement')")
    page.fill(".md-search__input", statement[3])
    page.press(".md-search__input", "Enter")
    page.wait_for_url(lambda url: url.endswith(statement[0].split("/")[-1]))
    target = page.locator(":target")
    target.wait_for()
    assert target.evaluate("one => one.classList.contains('statement')")
    page.wait_for_function("() => { const r = document.querySelector(':target').getBoundingClientRect();"
                           " return r.bottom > 0 && r.top < innerHeight }")  # fmt: skip


@pytest.mark.browser
def test_the_keyboard_is_enough(visit: Callable[..., Visit]) -> None:
    """Slash opens the search, arrows walk the results, Escape closes it."""
    page = visit().go("")
    page.keyboard.press("/")
    page.keyboard.type("a")
    page.wait_for_selector(".md-search-result__link")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("Escape")
    assert not page.is_checked("#__search")


@pytest.mark.browser
def test_the_search_works_from_a_folder(visit: Callable[..., Visit], built_site: Path) -> None:
    """A site opened as a file, without any server, can be searched, and its links lead to files."""
    page = visit(built_site.as_uri() + "/").go("index.html")
    page.focus(".md-search__input")
    page.keyboard.type("2024")
    page.wait_for_selector(".md-search-result__link")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/index.html*")
    assert page.locator("h1").first.is_visible()
