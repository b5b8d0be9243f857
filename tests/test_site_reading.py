"""The site as it is read: footnotes under pointer, focus and finger; citing; paper; no script, no server; everybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from bibtexparser.entrypoint import parse_string
from bs4 import BeautifulSoup

from briefing.model import fold

if TYPE_CHECKING:
    from browser import Visit
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
KINDS = (
    *("", "timeline/", "voices/", "figures/", "disputes/", "matrix/", "coverage/", "method/", "whole/"),
    *("sources/", "changes/"),
)
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WEIGHT = 150_000
"""Bytes that a topic page may load beyond Material's own style sheets, script and frame of the page.

Measured: 112 kB for the largest topic (31 statements, 55 footnotes), 67 of them its text.
"""
SHIFT = 0.02
"""Cumulative layout shift; from 0.1 on it counts as bad (web.dev), and our pages move nothing."""


def kinds(site: Path) -> list[str]:
    """The address of one page of each kind, in English, and of one in German."""
    topic = max((site / "topics").glob("*/index.html"), key=lambda page: page.stat().st_size).parent.name
    source = min((site / "sources").glob("*/index.html")).parent.name
    return [*KINDS, f"topics/{topic}/", f"sources/{source}/", f"de/topics/{topic}/"]


def topic(site: Path) -> str:
    """The address of the largest topic page."""
    return kinds(site)[-3]


@contextmanager
def opened(browser: Browser, **context: Any) -> Iterator[Page]:
    """A page in a window of its own."""
    window = browser.new_context(**context)
    try:
        yield window.new_page()
    finally:
        window.close()


def quoted(page: Page, mark: str) -> str:
    """The exact words that a footnote quotes."""
    return fold(page.locator(f"li[id='{mark[1:]}'] .quoted").inner_text())


# ---------------------------------------------------------------------------------------------------------- footnotes


def test_a_note_shows_under_the_pointer(visit: Callable[..., Visit], built_site: Path) -> None:
    """Hovering over a mark shows the quoted words in their language, and leaving hides them."""
    page = visit().go(topic(built_site))
    mark = page.locator("a.footnote-ref").first
    mark.hover()
    note = page.locator(".briefing-note")
    note.wait_for(state="visible")
    words = note.locator(".quoted")
    assert fold(words.inner_text()) == quoted(page, mark.get_attribute("href") or "")
    assert words.get_attribute("lang")
    assert mark.get_attribute("aria-describedby") == note.get_attribute("id")
    page.mouse.move(2, 2)
    note.wait_for(state="hidden")


def test_a_note_shows_at_the_keyboards_focus(visit: Callable[..., Visit], built_site: Path) -> None:
    """Tab to a mark shows its note, Escape hides it."""
    page = visit().go(topic(built_site))
    page.locator("h1").click()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('a.footnote-ref')"):
            break
    page.locator(".briefing-note").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator(".briefing-note").wait_for(state="hidden")


def test_a_tap_shows_a_note_and_a_second_one_leads_to_it(browser: Browser, site_address: str, built_site: Path) -> None:
    """On a phone, where nothing hovers, one tap is enough for the proof, and it stays within the window."""
    with opened(browser, **PHONE) as page:
        page.goto(site_address + topic(built_site))
        mark = page.locator("a.footnote-ref").first
        mark.tap()
        note = page.locator(".briefing-note")
        note.wait_for(state="visible")
        box = note.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["viewport"]["width"]
        assert "#" not in page.url
        mark.tap()
        assert page.url.endswith(mark.get_attribute("href") or "?")


def test_the_way_from_a_statement_to_the_source_and_back(visit: Callable[..., Visit], built_site: Path) -> None:
    """A footnote's link leads to the sentence, highlighted, its quoted words marked; a link there leads back."""
    page = visit().go(topic(built_site))
    href = page.locator("a.footnote-ref").first.get_attribute("href") or ""
    words = quoted(page, href).strip('“”„"')
    page.locator(f"li[id='{href[1:]}'] .note-links a").first.click()
    passage = page.locator(".passage:target")
    passage.wait_for()
    assert words in fold(passage.inner_text())
    assert passage.locator("mark").count()
    assert passage.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
    passage.locator(".uses a").first.click()
    page.locator(".statement:target").wait_for()


def test_every_stretch_of_foreign_text_names_its_language(built_site: Path) -> None:
    """Quotations say which language they are in, so that they are read out and hyphenated right."""
    for file in sorted(built_site.rglob("index.html")):
        soup = BeautifulSoup(file.read_text("utf-8"), "lxml")
        assert all(one.get("lang") for one in soup.select(".quoted")), file
        assert all(one.get("lang") or one.find_parent("span", lang=True) for one in soup.select(".passage mark")), file


# ------------------------------------------------------------------------------------------------------------- citing


def test_a_statement_can_be_cited(visit: Callable[..., Visit], built_site: Path) -> None:
    """Text, BibTeX and CSL-JSON hold the statement and the address that leads to it."""
    window = visit()
    page = window.go(topic(built_site))
    link = page.locator(".statement .permalink").first
    page.locator(".statement .cite").first.click()
    address = page.locator("dialog pre").nth(0).inner_text()
    text, bibtex, csl = (page.locator("dialog pre").nth(n).text_content() or "" for n in (1, 2, 3))
    name = (link.get_attribute("href") or "").partition("#")[2]
    assert address == f"{window.home}{topic(built_site)}#{name}"
    assert address in text
    library = parse_string(bibtex)
    assert library.failed_blocks == []
    assert library.entries[0].fields_dict["url"].value == address
    (item,) = json.loads(csl)
    assert item["URL"] == address
    assert item["type"] == "webpage"
    assert item["title"] in text
    page.keyboard.press("Escape")
    page.goto(address)
    page.locator(".statement:target").wait_for()


# ------------------------------------------------------------------------------------------------ for whom it is hard


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_no_violation(
    browser: Browser, site_address: str, built_site: Path, scheme: Scheme, width: int
) -> None:
    """No kind of page has a fault of accessibility that axe-core knows.

    All four pairs of scheme and width had none on fifteen pages when this was written; two of them are tried each time.
    """
    found = []
    # axe is put into the page as a script, which the page's own policy would refuse.
    with opened(browser, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True) as page:
        for path in kinds(built_site):
            page.goto(site_address + path)
            violations = Axe().run(page).response["violations"]
            found += [(path, one["id"], one["nodes"][0]["html"][:200]) for one in violations]
    assert found == []


def test_axe_finds_nothing_in_what_opens(browser: Browser, site_address: str, built_site: Path) -> None:
    """Search results, a note and the dialog of citations hold to the same."""
    with opened(browser, bypass_csp=True) as page:
        page.goto(site_address + topic(built_site))
        page.focus(".md-search__input")
        page.keyboard.type("2024")
        page.wait_for_selector(".md-search-result__link")
        assert Axe().run(page).response["violations"] == []
        page.keyboard.press("Escape")
        page.locator("a.footnote-ref").first.hover()
        page.locator(".briefing-note").wait_for(state="visible")
        assert Axe().run(page).response["violations"] == []
        page.locator(".statement .cite").first.click()
        assert Axe().run(page).response["violations"] == []


def test_pages_can_be_read_without_scripts(browser: Browser, site_address: str, built_site: Path) -> None:
    """With scripts off all text is there, a footnote leads to its note, and nothing offers what cannot work."""
    with opened(browser, java_script_enabled=False) as page:
        page.goto(site_address + topic(built_site))
        assert page.locator(".statement p").first.is_visible()
        assert not page.locator(".md-search").is_visible()
        mark = page.locator("a.footnote-ref").first
        mark.click()
        assert page.url.endswith(mark.get_attribute("href") or "?")
        assert page.locator("li:target .quoted").is_visible()
        page.locator("li:target a.footnote-backref").first.click()
        assert "#fnref" in page.url


def test_the_site_works_from_a_folder(visit: Callable[..., Visit], built_site: Path) -> None:
    """Opened as files, tabs, topics, sources and the other language are reached by their links."""
    window = visit(built_site.as_uri() + "/")
    page = window.go("index.html")
    page.locator(".door a").first.click()
    page.wait_for_url("**/topics/*/index.html")
    page.locator(".footnote .note-links a").first.click()
    page.wait_for_url("**/sources/*/index.html#*")
    german = page.locator(".md-select__link[hreflang=de]").evaluate("link => link.href")
    page.goto(german)
    assert page.locator("html").get_attribute("lang") == "de"
    assert window.complaints == []


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_colours_follow_the_readers_choice(browser: Browser, site_address: str, scheme: Scheme, is_dark: bool) -> None:  # noqa: FBT001
    """Who prefers dark colours gets them without asking."""
    with opened(browser, color_scheme=scheme) as page:
        page.goto(site_address)
        rgb = page.evaluate("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        assert (sum(rgb[:3]) < 3 * 128) == is_dark


def test_no_kind_of_page_scrolls_sideways(browser: Browser, site_address: str, built_site: Path) -> None:
    """Every kind of page fits a phone, a tablet and a desk."""
    too_wide = []
    with opened(browser) as page:
        for path in kinds(built_site):
            page.goto(site_address + path)
            for width in (360, 768, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("() => document.documentElement.scrollWidth") > width:
                    too_wide.append((path, width))
    assert too_wide == []


# -------------------------------------------------------------------------------------------------- weight and paper


def test_a_topic_page_is_light_and_holds_still(browser: Browser, site_address: str, built_site: Path) -> None:
    """Little is loaded beside Material's own, and nothing moves while it is."""
    with opened(browser, **PHONE) as page:
        loaded: dict[str, int] = {}
        page.on("response", lambda answer: loaded.update({answer.url: len(answer.body())}))
        page.goto(site_address + topic(built_site), wait_until="networkidle")
        theirs = ("/main.", "/palette.", "/bundle.", page.url)
        own = {url: size for url, size in loaded.items() if not any(name in url for name in theirs)}
        own["article"] = len(page.locator("article").evaluate("one => one.outerHTML").encode())
        assert sum(own.values()) < WEIGHT, own
        shift = page.evaluate(
            "() => new Promise(answer => { let sum = 0; new PerformanceObserver(list => { for (const one of"
            " list.getEntries()) sum += one.value; }).observe({type: 'layout-shift', buffered: true});"
            " setTimeout(() => answer(sum), 500) })"
        )
        assert shift <= SHIFT


def test_a_page_prints_as_a_paper(visit: Callable[..., Visit], built_site: Path) -> None:
    """On paper there is no navigation; what is folded is unfolded; publishers' addresses are written out."""
    page = visit().go(topic(built_site))
    page.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".cite", ".permalink"):
        assert not any(page.locator(part).nth(n).is_visible() for n in range(page.locator(part).count())), part
    outside = page.locator(".footnote .note-links a[href^='http']")
    if outside.count():
        assert outside.first.evaluate("one => getComputedStyle(one, '::after').content").startswith('" <" attr') or (
            "http" in outside.first.evaluate("one => getComputedStyle(one, '::after').content")
        )
