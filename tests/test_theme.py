"""Titles of any content stay literal on a page that Material renders, in its head, navigation, labels and search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import ROOT, Visit, build_site, served
from bs4 import BeautifulSoup

from briefing.model import fold
from briefing.rendering.markdown import escape
from briefing.sitecheck import check_site

HOSTILE = (
    """Words </title><script>window.bad = 1</script><img src=x onerror="window.bad = 1"> """
    """*a* "b" 'c' & &lt;i&gt; [^1] {{ 7*7 }} :smile:"""
)
TEXT = escape(HOSTILE)
# Without the policy that would stop scripts anyway: the escape alone is on trial.
MKDOCS = f"""\
site_name: Tiny & small
theme:
  name: material
  custom_dir: {(ROOT / "briefing" / "theme").as_posix()}
  font: false
  features: [navigation.footer, navigation.path, navigation.tabs, content.tooltips, search.suggest, search.highlight]
extra: {{generator: false, content_security_policy: ""}}
plugins: [search]
markdown_extensions: [abbr, admonition, attr_list, footnotes, md_in_html, tables, smarty, pymdownx.emoji, toc]
"""
PAGES = {
    "index.md": "# Home\n\nWelcome\n",
    "a.md": f'# {TEXT}\n\n<span title="{TEXT}" class="tip">here</span>\n\n## {TEXT} 2\n\n### {TEXT} 3\n',
    "b.md": f'---\ntitle: "{TEXT}"\ndescription: "{TEXT}"\n---\n\nBody\n',
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site whose titles try to break out."""
    project = tmp_path_factory.mktemp("hostile")
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    for name, text in PAGES.items():
        (project / "docs" / name).write_text(text, "utf-8")
    return build_site(project, project / "site")


@pytest.fixture(scope="module")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    """A server of the small site."""
    with served(hostile_site) as address:
        yield address


@pytest.mark.parametrize("page", ["a", "b"])
def test_a_title_is_literal_in_head_heading_and_navigation(hostile_site: Path, page: str) -> None:
    """Title, heading and links of the navigation show the words as they are, from a heading and from front matter."""
    soup = BeautifulSoup((hostile_site / page / "index.html").read_text("utf-8"), "html5lib")
    assert soup.title is not None
    assert fold(soup.title.get_text()) == f"{HOSTILE} - Tiny & small"
    assert soup.h1 is not None
    assert fold(soup.h1.get_text()) == HOSTILE
    assert HOSTILE in [fold(link.get_text()) for link in soup.select(".md-nav__link--active")]
    assert not [script for script in soup.find_all("script") if "bad" in script.get_text()]


def test_labels_and_descriptions_are_literal(hostile_site: Path) -> None:
    """Attributes that assistive technology reads hold the words themselves, escaped once."""
    pages = {name: BeautifulSoup((hostile_site / name / "index.html").read_text("utf-8"), "html5lib") for name in "ab"}
    assert pages["a"].select_one(".md-footer__link--next[aria-label]")["aria-label"] == f"Next: {HOSTILE}"  # type: ignore[index]
    assert pages["b"].select_one("meta[name=description]")["content"] == HOSTILE  # type: ignore[index]
    assert f"{HOSTILE} 2" in [nav["aria-label"] for nav in pages["a"].select("nav[aria-label]")]


def test_the_site_of_hostile_titles_has_no_findings(hostile_site: Path) -> None:
    """What looks like a footnote or a link in a title is none."""
    assert check_site(hostile_site) == ()


@pytest.mark.browser
def test_nothing_comes_alive_in_a_browser(visit: Callable[..., Visit], hostile_address: str) -> None:
    """Opened, hovered over and searched for, hostile titles run nothing, fetch nothing and are shown whole."""
    window = visit(hostile_address)
    page = window.page
    for path in ("", "b/", "a/"):
        window.go(path)
        assert page.evaluate("window.bad") is None
    assert page.title() == f"{HOSTILE} - Tiny & small"
    for place in (".tip", ".md-tabs__item >> nth=1", ".md-sidebar--secondary .md-ellipsis >> nth=0"):
        page.hover(place)
        page.wait_for_timeout(400)  # Material's tooltips open after a quarter of a second
    page.focus(".md-search__input")
    page.keyboard.type("words", delay=20)
    page.wait_for_selector(".md-search-result__item h1", state="attached")
    results = [fold(heading.inner_text()) for heading in page.query_selector_all(".md-search-result__item h1")]
    assert results == [HOSTILE, HOSTILE]
    assert page.evaluate("window.bad") is None
    assert window.complaints == []
