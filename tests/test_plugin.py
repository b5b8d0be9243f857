"""The plugin: a thin adapter between MkDocs and the pipeline."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser import build_site
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from projects import CONFIG, TOPIC, make_project, tree

from briefing.plugin import BriefingPlugin, valid

ADDRESS = "https://example.org/briefing/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that knows its address."""
    project = make_project(tmp_path_factory.mktemp("placed"), {"mkdocs.yml": f"site_url: {ADDRESS}\n{CONFIG}"})
    return build_site(project, project / "site")


def soup(page: Path) -> BeautifulSoup:
    """A built page."""
    return BeautifulSoup(page.read_text("utf-8"), "lxml")


def led(html: str) -> str:
    """A page's HTML with its links led to files."""
    return BriefingPlugin().on_post_page(html)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("topics/a/", "topics/a/index.html"),
        ("../..", "../../index.html"),
        (".", "./index.html"),
        ("../a/#b", "../a/index.html#b"),
        ("#b", "#b"),
        ("a.pdf", "a.pdf"),
        ("../data/briefing.json", "../data/briefing.json"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("/a/", "/a/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("?q=a/", "?q=a/"),
    ],
)
def test_links_lead_to_files(before: str, after: str) -> None:
    """Only links within the site that lead to a folder get the name of its file."""
    assert led(f'<a class="x" href="{before}">y</a>') == f'<a class="x" href="{after}">y</a>'


@given(st.text())
def test_text_is_never_taken_for_a_link(text: str) -> None:
    """What is no element stays as it is."""
    assert led(text.replace("<", "&lt;")) == text.replace("<", "&lt;")


def test_what_material_leaves_invalid_is_mended() -> None:
    """The Nu checker's three findings go; a label keeps its control where there is one."""
    assert valid('<input type="checkbox" id="a" autocomplete="off">') == '<input type="checkbox" id="a">'
    assert valid('<input type="text" autocomplete="off">') == '<input type="text" autocomplete="off">'
    assert valid('<label for="__toc" tabindex="">') == "<label>"
    assert valid('<input id="__toc"><label for="__toc">') == '<input id="__toc"><label for="__toc">'


def test_each_page_names_itself_and_its_other_languages(site: Path) -> None:
    """Canonical address, one link a language, and both whole, because search engines want them so."""
    for root in ("", "de/"):
        head = soup(site / root / "topics/ferry/index.html")
        assert head.select_one("link[rel=canonical]")["href"] == f"{ADDRESS}{root}topics/ferry/"  # type: ignore[index]
        others = {link["hreflang"]: link["href"] for link in head.select("link[hreflang]")}
        assert others == {"en": f"{ADDRESS}topics/ferry/", "de": f"{ADDRESS}de/topics/ferry/"}


def test_a_shared_page_has_a_card(site: Path) -> None:
    """Title, description and picture for those who show a preview, the picture among the site's files."""
    head = soup(site / "topics/ferry/index.html")
    card = {str(meta["property"]): str(meta["content"]) for meta in head.select("meta[property^='og:']")}
    assert card["og:title"] == "The ferry"
    assert card["og:description"] == "When does the ferry sail again?"
    assert card["og:url"] == f"{ADDRESS}topics/ferry/"
    picture = site / card["og:image"].removeprefix(ADDRESS)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_robots_and_maps_cover_every_language(site: Path) -> None:
    """robots.txt names a sitemap for each language, and these name every page."""
    robots = (site / "robots.txt").read_text("utf-8")
    maps = re.findall(rf"Sitemap: {ADDRESS}(\S+)", robots)
    assert maps == ["sitemap.xml", "de/sitemap.xml"]
    listed = {
        str(loc.string) for name in maps for loc in BeautifulSoup((site / name).read_text("utf-8"), "xml").select("loc")
    }
    pages = {page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")}
    assert listed == {f"{ADDRESS}{page}/".replace("/./", "/") for page in pages}


def test_structured_data_stand_on_the_page(site: Path) -> None:
    """The JSON-LD of a page is JSON, and of this page."""
    found = soup(site / "de/topics/ferry/index.html").select_one("script[type='application/ld+json']")
    assert found is not None
    assert json.loads(str(found.string))["url"] == f"{ADDRESS}de/topics/ferry/"


def test_a_title_cannot_end_the_script_it_stands_in(tmp_path: Path) -> None:
    """A topic called like an end tag stays data, in the JSON-LD and everywhere else."""
    hostile = "</script><script>window.bad=1</script>"
    topic = TOPIC.replace("en: The ferry", f'en: "{hostile}"')
    project = make_project(tmp_path, {"topics/ferry.yml": topic})
    page = soup(build_site(project, project / "site") / "topics/ferry/index.html")
    assert not [script for script in page.find_all("script") if script.get_text().startswith("window.bad")]


def test_without_an_address_nothing_claims_one(tmp_path: Path) -> None:
    """Where nobody said where the site will stand, no page says so."""
    project = make_project(tmp_path)
    site = build_site(project, project / "site")
    head = soup(site / "index.html")
    assert not head.select("link[rel=canonical], meta[property='og:url'], meta[property='og:image']")
    assert "Sitemap" not in (site / "robots.txt").read_text("utf-8")


def test_sources_are_not_in_the_navigation(site: Path) -> None:
    """Navigation does not grow with the number of sources."""
    links = {link.get("href") for link in soup(site / "index.html").select(".md-nav--primary a")}
    assert not [link for link in links if link and re.search(r"sources/(ferry|faehre)", str(link))]
    assert [link for link in links if link and "sources/index.html" in str(link)]


def _served(address: str) -> str:
    try:
        with urlopen(address, timeout=2) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())
    except (URLError, OSError):
        return ""


def _until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.3)
    return False


def _is_quiet(log: Path, seconds: float) -> bool:
    """Whether no build begins or ends for so long."""
    before = log.read_text("utf-8").count("Build")
    time.sleep(seconds)
    return log.read_text("utf-8").count("Build") == before


def test_serving_follows_edits_and_does_not_loop(tmp_path: Path) -> None:
    """An edited topic is on the served page soon after, what is wrong is named, and then nothing is built again.

    Nor does the server's own address get into what is committed.
    """
    project = make_project(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    address = f"http://{host}/topics/ferry/"
    log = project / "serve.log"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", host],
            cwd=project,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        try:
            assert _until(lambda: "Ferries are to sail" in _served(address)), log.read_text("utf-8")
            topic = project / "topics/ferry.yml"
            topic.write_text(topic.read_text("utf-8").replace("Ferries are to sail", "Boats are to sail"), "utf-8")
            assert _until(lambda: "Boats are to sail" in _served(address)), log.read_text("utf-8")
            good = topic.read_text("utf-8")
            topic.write_text(good.replace("from 4 May", "from 5 May"), "utf-8")
            line = next(n for n, text in enumerate(good.splitlines(), 1) if "from 4 May" in text)
            assert _until(lambda: f"topics/ferry.yml:{line}:" in log.read_text("utf-8")), log.read_text("utf-8")
            topic.write_text(good.replace("Boats", "Ships"), "utf-8")
            assert _until(lambda: "Ships are to sail" in _served(address)), log.read_text("utf-8")
            # What the first build wrote may be seen once more; then there must be a while without a build.
            assert _until(lambda: _is_quiet(log, 4)), log.read_text("utf-8")
            assert not [path for path, content in tree(project / "docs").items() if host.encode() in content]
        finally:
            server.kill()  # a background job of a shell would not heed an interrupt
            server.wait()
