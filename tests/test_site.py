"""This repository's own site, built and used: no faults in its pages, and every footnote leads there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browser import ROOT, Visit, build_site
from bs4 import BeautifulSoup
from projects import CONFIG, make_project

from briefing.sitecheck import check_site

LANGUAGES = {"en": "", "de": "de/"}
WIDE, NARROW = 1280, 390


def first_topic(site: Path, language: str) -> str:
    """Address of the first topic page that has footnotes."""
    root = site / LANGUAGES[language]
    pages = sorted(page for page in root.glob("topics/*/index.html") if "footnote-ref" in page.read_text("utf-8"))
    return f"{pages[0].parent.relative_to(site).as_posix()}/"


def test_the_site_builds_without_a_warning(built_site: Path) -> None:
    """No statement lacks its proof, no link its target, and MkDocs has nothing to complain about."""
    log = built_site.with_suffix(".log").read_text("utf-8")
    assert [line for line in log.splitlines() if line.startswith(("WARNING", "ERROR"))] == []


def test_the_built_site_has_no_findings(built_site: Path) -> None:
    """Footnotes, ids, links and anchors of all languages are as they must be, and nothing asks another host."""
    assert check_site(built_site, ROOT / "docs") == ()


@pytest.mark.parametrize("partial", ['<a href="gone/">x</a>', '<p id="a"></p><p id="a"></p>', "<p>x[^x]</p>"])
def test_a_fault_in_the_built_site_fails_a_strict_build(tmp_path: Path, partial: str) -> None:
    """What MkDocs itself does not notice stops the build, wherever it comes from: here from a theme's own part."""
    settings = CONFIG.replace("font: false", "font: false, custom_dir: theme")
    project = make_project(tmp_path, {"mkdocs.yml": settings, "theme/partials/comments.html": partial})
    with pytest.raises(AssertionError, match=r"link-broken|id-duplicate|footnote-undefined"):
        build_site(project, tmp_path / "site")


def test_both_languages_have_the_same_pages(built_site: Path) -> None:
    """Every page exists in every language at the same path."""
    pages = {page.relative_to(built_site).as_posix() for page in built_site.rglob("*.html")}
    german = {page.removeprefix("de/") for page in pages if page.startswith("de/")}
    assert german == {page for page in pages if not page.startswith("de/")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_names_its_language(built_site: Path, language: str) -> None:
    """Browsers, search engines and screen readers are told in which language a page is."""
    for page in sorted((built_site / LANGUAGES[language]).glob("topics/*/index.html")):
        root = BeautifulSoup(page.read_text("utf-8"), "lxml").html
        assert root is not None
        assert root["lang"] == language, page


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_load_without_errors_or_foreign_requests(
    visit: Callable[..., Visit], built_site: Path, language: str
) -> None:
    """Home, a topic and a source open without an error in the console, and ask nobody but their own server."""
    window = visit()
    sources = sorted((built_site / LANGUAGES[language]).glob("sources/*/index.html"))
    source = f"{sources[0].parent.relative_to(built_site).as_posix()}/"
    for path in (LANGUAGES[language], first_topic(built_site, language), source):
        page = window.go(path)
        assert page.locator("h1").first.is_visible(), path
    assert window.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_footnote_leads_there_and_back_by_mouse(
    visit: Callable[..., Visit], built_site: Path, language: str, width: int
) -> None:
    """A click on a mark brings its note into view, and the arrow in the note brings the mark back."""
    page = visit(width=width).go(first_topic(built_site, language))
    mark = page.locator(".md-content a.footnote-ref").first
    note = unquote(urlsplit(mark.get_attribute("href") or "").fragment)
    mark.click()
    page.wait_for_url(lambda url: unquote(urlsplit(url).fragment) == note)
    page.mouse.move(0, 0)
    arrow = page.locator(f'li[id="{note}"] a.footnote-backref').first
    arrow.scroll_into_view_if_needed()
    arrow.click()
    page.wait_for_url(lambda url: unquote(urlsplit(url).fragment).startswith("fnref"))
    page.wait_for_function("() => { const r = document.querySelector(':target').getBoundingClientRect();"
                           " return r.top >= 0 && r.bottom <= innerHeight }")  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_footnote_leads_there_and_back_by_keyboard(
    visit: Callable[..., Visit], built_site: Path, language: str
) -> None:
    """Enter on a mark leads to its note; from there Tab reaches the arrow, and Enter on it leads back to the mark."""
    page = visit().go(first_topic(built_site, language))
    mark = page.locator(".md-content a.footnote-ref").first
    note = unquote(urlsplit(mark.get_attribute("href") or "").fragment)
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: unquote(urlsplit(url).fragment) == note)  # on a busy machine it takes a moment
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('footnote-backref')"):
            break
    assert page.evaluate("document.activeElement.closest('li').id") == note
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: unquote(urlsplit(url).fragment).startswith("fnref"))


@pytest.mark.browser
@pytest.mark.parametrize(("language", "word"), [("en", "treaty"), ("de", "vertrag")])
def test_search_finds_pages_of_its_language(
    visit: Callable[..., Visit], site_address: str, language: str, word: str
) -> None:
    """A word typed into the search leads to pages of the language one reads in."""
    window = visit()
    page = window.go(LANGUAGES[language])
    page.keyboard.press("/")
    page.wait_for_selector(".md-search__input:focus")
    page.keyboard.type(word, delay=20)
    page.wait_for_selector(".md-search-result__link")
    links = page.eval_on_selector_all(".md-search-result__link", "links => links.map(link => link.href)")
    assert links
    assert all((link.removeprefix(site_address).startswith("de/")) == (language == "de") for link in links)
    assert window.complaints == []


@pytest.mark.browser
def test_the_language_switch_keeps_the_page(visit: Callable[..., Visit], built_site: Path) -> None:
    """Who changes the language stays at the topic."""
    page = visit().go(first_topic(built_site, "en"))
    leads_to = page.locator("a[hreflang=de]").first.evaluate("link => link.href")
    assert leads_to.removesuffix("index.html") == page.url.replace("/topics/", "/de/topics/")


@pytest.mark.browser
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_is_wider_than_the_window(visit: Callable[..., Visit], built_site: Path, width: int) -> None:
    """Nothing has to be scrolled sideways, on a telephone or a desk."""
    window = visit(width=width)
    for path in ("", first_topic(built_site, "de")):
        page = window.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.browser
def test_the_browser_itself_keeps_handlers_and_other_hosts_out(
    visit: Callable[..., Visit],
) -> None:
    """If markup ever slipped through, the page's policy would stop what it wants to run or fetch."""
    page = visit().go("")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.bad = 1\">')")
    blocked = page.evaluate(
        "() => new Promise(answer => { document.addEventListener('securitypolicyviolation', e => answer(e.blockedURI));"
        " new Image().src = 'http://other.invalid/x.png' })"
    )
    assert blocked == "http://other.invalid/x.png"
    page.wait_for_timeout(200)
    assert page.evaluate("window.bad") is None
