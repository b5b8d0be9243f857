"""What a file says of itself, and what it does not say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.extraction import extract
from briefing.extraction.pagedata import date_of
from briefing.model import Article, Found, FoundDate, Metadata
from briefing.reading import read, settle

ROOT = Path(__file__).parent.parent
CASES = tomllib.loads((Path(__file__).parent / "cases" / "metadata.toml").read_text("utf-8"))
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def metadata_of(text: str, file: str = "a.txt") -> Metadata:
    """The metadata of a text that has an article."""
    article = extract(settle(text.encode(), file))
    assert isinstance(article, Article), article
    return article.metadata


def plain(metadata: Metadata) -> dict[str, Any]:
    """The values alone, without what is unknown."""
    found: dict[str, Any] = {}
    for key in ("title", "outlet", "published", "updated", "language", "url"):
        value: Found | FoundDate | None = getattr(metadata, key)
        if value is not None:
            found[key] = value.value
    for key in ("authors", "agencies", "cited"):
        values: tuple[Found, ...] = getattr(metadata, key)
        if values:
            found[key] = [value.value for value in values]
    return found


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_seeds(seed: Path) -> None:
    """Of each source is known what it says, and nothing else."""
    article = extract(read(seed, root=seed.parent))
    assert isinstance(article, Article)
    assert plain(article.metadata) == CASES["seeds"][seed.name[:3]]


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: str(case["label"]))
def test_texts(case: dict[str, Any]) -> None:
    """Lines around an article, and what they say of it."""
    body = CASES["body"][case.get("language", "de")]
    text = "\n\n".join([*case.get("before", []), case.get("lead", "") + body, *case.get("after", [])])
    found = plain(metadata_of(text))
    for key in ("published", "updated", "outlet", "authors", "agencies", "title"):
        assert found.get(key) == case.get(key), key


def test_every_value_says_where() -> None:
    """Each value comes with the place it was found in."""
    article = extract(read(SEEDS[0], root=SEEDS[0].parent))
    assert isinstance(article, Article)
    assert article.metadata.outlet is not None
    assert article.metadata.outlet.where == "source, line 10"
    assert article.metadata.updated == FoundDate("2024-06-19T20:12", "minute", "line 10")


HEAD = """<title>Seitentitel - Blatt</title><link rel="canonical" href="https://example.org/a">
<meta property="og:title" content="Offener Titel"><meta property="og:site_name" content="Das Blatt">
<meta property="article:published_time" content="2021-03-04T05:06:07+01:00">
<meta name="author" content="Erika Mustermann und Max Muster">
"""
DATA = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "X"},
{"@type": "NewsArticle", "headline": "Der &quot;wahre&quot; Titel", "datePublished": "2021-03-03T00:00:00Z",
"dateModified": "2021-03-05T10:11", "author": [{"@type": "Person", "name": "Jo Ann"}],
"publisher": {"name": "Blatt Verlag"}}]}</script>"""


def page(head: str) -> str:
    """A page with a head and an article."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in CASES["body"]["de"].split("\n\n") * 2)
    body = f"<article><h1>Offener Titel</h1>{paragraphs}</article>"
    return f"<!doctype html><html lang='de-AT'><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("day", ["31.02.2022", "29. Februar 2023", "31 April 2020", "2023-11-31"])
def test_a_day_that_no_calendar_has_is_no_date(day: str) -> None:
    """What cannot be a day is not taken for one, in text or markup, and a page that would show it can be written."""
    body = (
        "Die Gemeinde Morvik baut im Herbst eine Brücke über den Fluss, wie die Verwaltung am Montag mitteilte. "
        "Die Kosten trägt zur Hälfte das Land, den Rest bezahlen die Anlieger in den kommenden zehn Jahren.\n\n"
    )
    text = f"Morvik baut eine Brücke über den Fluss\n\nStand: {day}\n\n{body * 3}"
    found = metadata_of(text)
    assert (found.published, found.updated) == (None, None)
    assert date_of(day, "meta") is None


def test_meta_elements() -> None:
    """Open Graph, meta elements and the canonical link are read."""
    assert plain(metadata_of(page(HEAD), "a.html")) == {
        "title": "Offener Titel",
        "outlet": "Das Blatt",
        "published": "2021-03-04T05:06",
        "language": "de",
        "authors": ["Erika Mustermann", "Max Muster"],
        "url": "https://example.org/a",
    }


def test_json_ld_outranks_meta_elements() -> None:
    """JSON-LD comes first; midnight sharp is a day, for nobody publishes by the second."""
    metadata = metadata_of(page(HEAD + DATA), "a.html")
    assert metadata.title == Found('Der "wahre" Titel', "JSON-LD headline")
    assert metadata.outlet == Found("Blatt Verlag", "JSON-LD publisher")
    assert metadata.published == FoundDate("2021-03-03", "day", "JSON-LD datePublished")
    assert metadata.updated == FoundDate("2021-03-05T10:11", "minute", "JSON-LD dateModified")
    assert metadata.authors == (Found("Jo Ann", "JSON-LD author"),)


@pytest.mark.parametrize(
    "data", ["{", "[[[[", "null", '"x"', '{"@type": "NewsArticle", "author": 7, "headline": []}', "[" * 50_000]
)
def test_broken_json_ld(data: str) -> None:
    """Broken data is passed over."""
    script = f'<script type="application/ld+json">{data}</script>'
    assert plain(metadata_of(page(HEAD + script), "a.html"))["title"] == "Offener Titel"


def test_language_is_told_from_the_text() -> None:
    """The language is that of the body, also where there is no folder of words for it."""
    french = (
        "Le gouvernement a annoncé lundi une nouvelle loi qui doit faciliter la construction de logements dans les "
        "grandes villes du pays. Les maires demandent plus de moyens pour les écoles et les transports, et ils "
        "veulent être entendus."
    )
    assert plain(metadata_of("\n\n".join([french] * 4)))["language"] == "fr"
    assert plain(metadata_of(CASES["body"]["en"]))["language"] == "en"


@pytest.mark.parametrize(
    ("title", "head"),
    [
        (
            "Neues Gesetz soll den Bau erleichtern - Blatt am Morgen",
            '<meta property="og:site_name" content="Blatt am Morgen">',
        ),
        (
            "Neues Gesetz soll den Bau erleichtern | BLATT am Morgen",
            '<meta property="og:site_name" content="Blatt am Morgen">',
        ),
        (
            "Neues Gesetz soll den Bau erleichtern – blatt.example",
            '<link rel="canonical" href="https://www.blatt.example/a">',
        ),
        ("Blatt | Neues Gesetz soll den Bau erleichtern", '<link rel="canonical" href="https://www.blatt.example/a">'),
        ("Neues Gesetz soll den Bau erleichtern - DER SPIEGEL", ""),
        (
            "Neues Gesetz soll den Bau erleichtern - Abend Blatt online",
            '<link rel="canonical" href="https://www.abendblatt.example/a">',
        ),
        (
            "Neues Gesetz soll den Bau erleichtern | AB | 23.05.2021",
            '<link rel="canonical" href="https://ab.example/a"><meta property="og:site_name" content="AB.EXAMPLE">',
        ),
        (
            "Neues Gesetz soll den Bau erleichtern · BLATT.de · Das Magazin am Abend",
            '<meta property="og:site_name" content="Blatt">',
        ),
        (
            "Neues Gesetz soll den Bau erleichtern | Blatt",
            '<link rel="canonical" href="https://web.archive.org/web/20210523080000/https://blatt.example/a">',
        ),
    ],
)
def test_title_without_outlet(title: str, head: str) -> None:
    """The name of its outlet is taken off a title, where the page or the list of outlets says that it is one."""
    metadata = metadata_of(page(f'<meta property="og:title" content="{title}">{head}'), "a.html")
    assert metadata.title == Found("Neues Gesetz soll den Bau erleichtern", "meta og:title")


@pytest.mark.parametrize(
    "title",
    [
        "Neues Gesetz - Streit um Wohnungen",
        "Blatt am Morgen",
        "Bau – und dann? | Ein Überblick",
        "Streit um zwei Zeitungen – Morgenpost – neuer Anlauf",
        "Neues Gesetz – Morgenpost-Umfrage zu Wohnungen",
    ],
)
def test_title_with_another_tail(title: str) -> None:
    """What stands behind a dash and is no outlet's name stays a part of the title."""
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Blatt am Morgen">'
    head += '<link rel="canonical" href="https://www.morgenpost.example/a">'
    assert metadata_of(page(head), "a.html").title == Found(title, "meta og:title")
