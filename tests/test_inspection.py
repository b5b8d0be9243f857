"""`inspect --html`: every annotation over the text, on a page on which nothing of a source comes alive."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest
from articles import annotated
from axe_playwright_python.sync_playwright import Axe
from browser import Visit, served
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats.inspection import inspection_page
from briefing.formats.inspection.marks import Mark, marks, pieces
from briefing.model import (
    Actor,
    AnnotatedSource,
    Bearing,
    Claim,
    Corroboration,
    Cue,
    DateMention,
    Dispute,
    DisputeSide,
    Figure,
    Passage,
    Quotation,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOTHING = Corroboration()
TEXT = (
    "„Wir liefern, wie Eva Maier sagt, ‚bis zu 5000 Granaten‘“, sagte Ministerin Anna Berger am 3. Mai 2024.\n\n"
    "Das bestreitet Russland. Die Fähre soll im kommenden Jahr mehr als 3,5 Millionen Euro gekostet haben.\n\n"
)
HOSTILE = [
    "</p></article><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% include 'page.css' %}",
    "</style><style>*{display:none}</style>",
    "<!-- ]]> &lt;b&gt; &amp;",
    "javascript:alert(1)",
    "\u202eredrum שלום \u0000\u0007\ud800\ufffe",
]
SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


def page(source: AnnotatedSource, bearings: tuple[Bearing, ...] = (), found: Corroboration = NOTHING) -> BeautifulSoup:
    """The page of one source, parsed as browsers parse it."""
    return BeautifulSoup(inspection_page([source], bearings, found).encode(), "html5lib")


def one_source(text: str) -> AnnotatedSource:
    """An annotated German article, a paragraph a line."""
    return annotated([line for line in text.split("\n") if line])


@given(st.lists(st.tuples(SPANS, st.sampled_from(["actor", "quotation", "figure", "date", "cue"])), max_size=12))
def test_marks_nest_however_annotations_overlap(spans: list[tuple[list[int], str]]) -> None:
    """Every mark covers its own words and no others, what was opened last is closed first, and no letter is lost."""
    text = "Vierzig Buchstaben, zwei Kommas, Punkt…."
    start = 100
    made: dict[str, list[object]] = {"actor": [], "quotation": [], "figure": [], "date": [], "cue": []}
    for (first, last), kind in spans:
        place = (text[first:last], start + first, start + last)
        made[kind].append(
            {
                "actor": Actor("X", "person", *place),
                "quotation": Quotation(*place),
                "figure": Figure(*place, value="1"),
                "date": DateMention(*place, value=None, precision="day", derived=True),
                "cue": Cue(*place, kind="denial"),
            }[kind]
        )
    passage = replace(
        Passage("p-1", "p", text, start, start + len(text), 0),
        actors=tuple(made["actor"]),  # type: ignore[arg-type]
        quotations=tuple(made["quotation"]),  # type: ignore[arg-type]
        figures=tuple(made["figure"]),  # type: ignore[arg-type]
        dates=tuple(made["date"]),  # type: ignore[arg-type]
        cues=tuple(made["cue"]),  # type: ignore[arg-type]
    )
    found = marks(passage, ())
    assert len(found) == sum(first < last for (first, last), _ in spans)
    stack: list[Mark] = []
    covered, read = {mark.number: "" for mark in found}, 0
    for piece in pieces(passage, found):
        if piece.what == "open":
            assert piece.mark is not None
            assert piece.first == (piece.mark.start == read)
            stack.append(piece.mark)
        elif piece.what == "close":
            assert stack.pop() is piece.mark
        else:
            read += len(piece.text)
            for mark in stack:
                covered[mark.number] += piece.text
    assert not stack
    assert read == len(text)
    assert covered == {mark.number: mark.text for mark in found}


def test_the_page_shows_all_that_was_read() -> None:
    """Status, speakers with their tier, quotations, figures, dates, actors, cues, topics, claims and disputes."""
    source = one_source(TEXT)
    first, second = source.passages[:2]
    found = Corroboration(
        (Claim("claim-1", (first.id, second.id), ("s",), 1, "Anna Berger"),),
        (Dispute("dispute-1", "denial", (DisputeSide("Russland", (second.id,)), DisputeSide(None, (first.id,)))),),
    )
    html = page(source, (Bearing(first.id, "weapons", 0.6, ("Granaten",)),), found)
    shown = html.find(id=first.id)
    assert isinstance(shown, Tag)
    told = " ".join(shown.get_text(" ").split())
    for words in (
        "speaker certain Anna Berger",
        "said by Anna Berger (certain)",
        "up to 5000 of “Granaten”",
        "2024-05-03, to the day",
        "Anna Berger, Ministerin",
        "topic weapons 0.60 , by Granaten",
    ):
        assert words in told
    assert "denied" in html.find(id=second.id)["class"]  # type: ignore[index]
    for anchor in ("claim.claim-1", "dispute.dispute-1"):
        article = html.find(id=anchor)
        assert isinstance(article, Tag)
        assert {link["href"] for link in article.select("li a")} == {f"#{first.id}", f"#{second.id}"}


def test_every_link_and_note_has_its_target() -> None:
    """Ids are unique, links lead to one of them, and what a mark is described by stands on the page."""
    html = page(one_source(TEXT), (Bearing(one_source(TEXT).passages[0].id, "weapons", 0.6, ("Granaten",)),))
    ids = [str(tag["id"]) for tag in html.select("[id]")]
    assert len(ids) == len(set(ids))
    wanted = [str(link["href"]).removeprefix("#") for link in html.find_all("a")]
    wanted += [str(mark["aria-describedby"]) for mark in html.select("[aria-describedby]")]
    assert set(wanted) <= set(ids)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_source_comes_alive(text: str) -> None:
    """Whatever stands in text, title, outlet, speaker or topic, the page has the elements it has without it."""
    calm, wild = one_source(TEXT), one_source(TEXT)
    wild = AnnotatedSource(
        replace(wild.source, title=text, outlet=text, authors=(text,), url=text, language='de" onclick="x'),
        tuple(
            replace(
                passage,
                text=passage.text.replace("Ministerin", text),
                speakers=tuple(replace(one, name=text, via=text) for one in passage.speakers),
            )
            for passage in wild.passages
        ),
    )
    claims = Corroboration((Claim("c", (wild.passages[0].id,), ("s",), 1, text),))
    html = inspection_page([wild], (Bearing(wild.passages[0].id, text, 0.5, (text,)),), claims)
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(html.encode("utf-8"), transport_encoding="utf-8")  # raises at the first fault of syntax
    soup = BeautifulSoup(html, "html5lib")
    assert {tag.name for tag in soup.find_all()} <= {tag.name for tag in page(calm).find_all()} | {"strong"}
    attributes = {name for tag in soup.find_all() for name in tag.attrs}
    assert not {name for name in attributes if name.startswith("on")}
    assert all(str(link["href"]).startswith("#") for link in soup.select("[href]"))
    assert not soup.select("[src]")


def test_an_unknown_language_says_what_was_not_read() -> None:
    """Sentences and quotations are there, and the page says that the rest is not."""
    source = annotated(["« Nous partons demain. » Le bateau est parti à midi, a dit le ministre."], "fr")
    assert [quotation.text for passage in source.passages for quotation in passage.quotations]
    shown = page(source).find(class_="unread")
    assert shown is not None
    assert "speakers, status, dates, figures, persons, countries" in shown.get_text()
    assert page(one_source(TEXT)).find(class_="unread") is None


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    """`briefing inspect --html FILE` prints the page."""
    (tmp_path / "ferry.txt").write_text(TEXT * 3, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "inspect", "--html", "ferry.txt"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"<!doctype html>")
    assert b"Anna Berger" in done.stdout


# ---------------------------------------------------------------------------------------------------- in a real browser


def written(folder: Path) -> Path:
    """A folder with the page of a text that has everything, hostile words included."""
    source = one_source(TEXT + "Der Hafen meldet: " + " ".join(HOSTILE[:6]) + " und so weiter bis zum Ende.")
    bearing = Bearing(source.passages[0].id, "weapons", 0.6, ("Granaten",))
    (folder / "index.html").write_text(inspection_page([source], (bearing,), NOTHING), "utf-8")
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_a_mark_says_what_it_means_without_a_script(tmp_path: Path, visit: Callable[..., Visit], width: int) -> None:
    """The keyboard reaches a mark and its note is shown; a switch hides a kind; nothing is asked of another host."""
    with served(written(tmp_path)) as address:
        window = visit(address, width)
        opened = window.go("")
        mark = opened.locator(".text .figure").first
        note = "element => getComputedStyle(element, '::after').content"
        assert mark.evaluate(note) == "none"
        mark.focus()
        assert "up to 5000" in mark.evaluate(note)
        assert opened.locator(f"[id='{mark.get_attribute('aria-describedby')}']").is_visible()
        notes = opened.locator(".notes .of-figure")
        assert notes.first.is_visible()
        opened.locator(".show-figure").uncheck()
        assert not notes.first.is_visible()
        opened.locator(".only-denied").check()
        assert opened.locator(".passage:visible").count() == opened.locator(".passage.denied").count() > 0
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert window.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(tmp_path: Path, browser: Browser, scheme: str) -> None:
    """Contrast, names and order hold in both colour schemes."""
    with served(written(tmp_path)) as address:
        # axe is put into the page as a script, which the page's own policy would refuse
        context = browser.new_context(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light")
        opened = context.new_page()
        opened.goto(address)
        violations = Axe().run(opened).response["violations"]
        context.close()
    assert [(one["id"], node["html"]) for one in violations for node in one["nodes"]] == []
