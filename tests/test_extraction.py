"""The article in a file: the five sources, invariants for any text, hostile files, what the labelled pages demand."""

from __future__ import annotations

import gzip
import html
import importlib.util
import json
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.extraction import body, extract
from briefing.model import Article, Block, Document, Found, FoundDate, Rejected, Removal, fold
from briefing.reading import read, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
CASES = tomllib.loads((Path(__file__).parent / "cases" / "extraction.toml").read_text("utf-8"))
LABELLED = ROOT.parent / "shared" / "cleaning"

SENTENCE = (
    "Die Regierung hat am Montag ein Gesetz beschlossen, das den Bau von Wohnungen in den Städten erleichtern soll."
)
BODY = f"""{SENTENCE}

Die Opposition kritisierte den Entwurf und warnte davor, dass die Kosten für den Bau am Ende bei Mietern lägen.

Ein Sprecher der Stadt sagte, dass die Verwaltung in den nächsten Wochen über die Anträge entscheiden werde.

Zuletzt waren in den großen Städten so wenige Wohnungen gebaut worden wie seit vielen Jahren nicht mehr."""


def article_of(text: str, file: str = "a.txt") -> Article:
    """The article in a text, which must have one."""
    article = extract(settle(text.encode(), file))
    assert isinstance(article, Article), article
    return article


def assert_sound(article: Article) -> None:
    """Blocks and removals are slices, in order, disjoint, and together all of the text but white space."""
    pieces: list[Block | Removal] = [*article.blocks, *article.removals]
    pieces.sort(key=lambda piece: piece.start)
    place = 0
    for piece in pieces:
        assert piece.start >= place
        assert piece.text == article.text[piece.start : piece.end]
        assert piece.text.strip()
        assert not article.text[place : piece.start].strip()
        place = piece.end
    assert not article.text[place:].strip()
    assert list(article.blocks) == sorted(article.blocks, key=lambda block: block.start)
    assert list(article.removals) == sorted(article.removals, key=lambda removal: removal.start)
    assert all(removal.reason for removal in article.removals)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_seeds(seed: Path) -> None:
    """Of each source every paragraph of the body stays, and nothing that stands around it."""
    article = extract(read(seed, root=seed.parent))
    assert isinstance(article, Article)
    assert_sound(article)
    expected = CASES["seeds"][seed.name[:3]]
    lines = article.text.split("\n")
    kept = {article.text.count("\n", 0, block.start) + 1 for block in article.blocks}
    assert kept == set(expected["body"])
    headings = {article.text.count("\n", 0, block.start) + 1 for block in article.blocks if block.kind == "heading"}
    assert headings == set(expected["headings"])
    kinds = {article.text.count("\n", 0, removal.start) + 1: removal.kind for removal in article.removals}
    for kind, numbers in expected["removed"].items():
        assert {number: kinds.get(number) for number in numbers} == dict.fromkeys(numbers, kind), lines


@pytest.mark.parametrize("case", CASES["lines"], ids=lambda case: str(case["line"])[:30])
def test_furniture_within_the_body(case: dict[str, str]) -> None:
    """A line of furniture between paragraphs is removed, with its kind."""
    first, rest = BODY.split("\n\n", 1)
    article = article_of(f"{first}\n\n{case['line']}\n\n{rest}")
    removed = {fold(removal.text): removal.kind for removal in article.removals}
    assert removed == {fold(case["line"]): case["kind"]}


@pytest.mark.parametrize("line", CASES["negative"])
def test_body_that_looks_like_furniture(line: str) -> None:
    """A paragraph that speaks of photos, comments or copyright stays."""
    first, rest = BODY.split("\n\n", 1)
    article = article_of(f"{first}\n\n{line}\n\n{rest}")
    assert line in [block.text for block in article.blocks]


def test_comments_after_the_article() -> None:
    """What follows the heading of the comments is removed as comments."""
    comments = "Kommentare\n\nHans\n\nIch finde das gut!\n\nAntworten\n\nPetra\n\nIch nicht."
    article = article_of(f"Neues Gesetz soll den Bau erleichtern\n\n{BODY}\n\n{comments}")
    assert "\n\n".join(block.text for block in article.blocks) == BODY
    assert article.removals[0].kind == "title"
    assert {removal.kind for removal in article.removals[1:]} == {"comment"}


def test_torn_sentence() -> None:
    """A sentence torn at a link is one block, its text the slice with the line ends in it."""
    torn = "Das Gesetz, über das am Dienstag die\nSüddeutsche Zeitung\nberichtet hatte, soll im Herbst in Kraft treten."
    article = article_of(f"{BODY}\n\n{torn}")
    assert torn in [block.text for block in article.blocks]


def test_list_and_heading() -> None:
    """Short lines before a paragraph are headings, lines with bullets are items of a list."""
    article = article_of(
        f"{BODY}\n\nDie wichtigsten Punkte\n\n{SENTENCE}\n\n"
        "- Wohnungen sollen schneller gebaut werden können.\n- Die Städte bekommen dafür mehr Geld als bisher.\n\n"
        f"{BODY[:300]}"
    )
    kinds = [block.kind for block in article.blocks]
    assert kinds[4:8] == ["heading", "paragraph", "list", "list"]


PAGE = """<!doctype html><html lang="de"><head><title>Neues Gesetz - Blatt</title>{head}</head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/p">Politik</a></li></ul></nav>
<article><h1>Neues Gesetz</h1><p class="lede">{lede}</p>{body}</article>
<aside><h3>Mehr zum Thema</h3><a href="/x">Was die Städte tun</a></aside>
<footer>Impressum</footer></body></html>"""


def page(head: str = "") -> str:
    """A small page with an article."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n"))
    lede = "Lange war darüber gestritten worden, nun hat die Regierung entschieden, wie sie den Bau fördern will."
    return PAGE.format(
        head=head, lede=lede, body=f"{paragraphs}<h2>Wie es weitergeht</h2>{paragraphs.replace('Montag', 'Freitag')}"
    )


def test_page() -> None:
    """Of a page with mark-up the body stays, with its headings; the rest is there as removals."""
    article = article_of(page(), "a.html")
    assert_sound(article)
    assert [block.text for block in article.blocks if block.kind == "heading"] == ["Wie es weitergeht"]
    assert [block.level for block in article.blocks if block.kind == "heading"] == [2]
    assert article.blocks[0].text.startswith("Lange war")
    removed = {removal.text: removal.kind for removal in article.removals}
    assert removed["Neues Gesetz"] == "title"
    assert removed["Mehr zum Thema"] == "related"
    assert "Impressum" in removed


def test_cells_of_a_table_stay() -> None:
    """The cells of a table that belongs to the article stay, short as they are."""
    table = "".join(f"<tr><td>Stadt {word}</td><td>{word} Wohnungen</td></tr>" for word in ("A", "B", "C", "D"))
    markup = page().replace("</article>", f"<table>{table}</table><p>{SENTENCE}</p></article>")
    assert markup != page()
    kept = [block.text for block in article_of(markup, "a.html").blocks]
    assert {"Stadt A", "B Wohnungen", "D Wohnungen"} <= set(kept)


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "blockquote", "table><tr><td"])
def test_nested_deep(tag: str) -> None:
    """A page nested a hundred thousand deep ends soon, in an article or a refusal."""
    start = time.perf_counter()
    answer = extract(settle(f"<html><body>{f'<{tag}>' * 100_000}<p>{SENTENCE}</p>".encode(), "a.html"))
    assert time.perf_counter() - start < 20
    assert isinstance(answer, Article) or answer.reason in {"nested too deep", "no article"}


@pytest.mark.parametrize("value", ['="1"', '=">"', "='<b c'", ""], ids=["quoted", "greater", "less", "bare"])
def test_crowded_tag(value: str) -> None:
    """A tag with fifty thousand attributes is refused at once, whatever their values hold."""
    crowd = " ".join(f"a{number}{value}" for number in range(50_000))
    start = time.perf_counter()
    answer = extract(settle(page().replace("<article>", f"<article {crowd}>").encode(), "a.html"))
    assert time.perf_counter() - start < 10
    assert isinstance(answer, Rejected)
    assert answer.reason == "too many attributes"


@pytest.mark.parametrize(
    "before",
    ["<!-->", "<!--->", "<!-- --!>", "<script/>", "<script-x>", "<textarea><script></textarea>", "<xmp><!--</xmp>"],
)
def test_crowded_tag_behind(before: str) -> None:
    """A tag with too many attributes is seen behind what only looks as if it hid tags."""
    crowd = " ".join(f'a{number}="<"' for number in range(3_000))
    answer = extract(settle(page().replace("<article>", f"{before}<article {crowd}>").encode(), "a.html"))
    assert isinstance(answer, Rejected)
    assert answer.reason == "too many attributes"


@pytest.mark.parametrize(
    "character", ["&#11;", "&#1;", "&#xFFFE;", "\ufffe", "&#x110000;" * 500, "&#xD800;", f"&amp;#{'1' * 5000};"]
)
def test_character_of_no_text(character: str) -> None:
    """A character that no document may hold, beside what is taken out of the tree, loses no article."""
    script = f"<script>go()</script>{character}<script>go()</script>"
    markup = page().replace("<article>", f"<article><p>Vorab {script} und mehr.</p>")
    assert [block.text for block in article_of(page(), "a.html").blocks][-1] in [
        block.text for block in article_of(markup, "a.html").blocks
    ]


def test_long_tag() -> None:
    """A tag with a long value, and a script with less-than signs in it, are no crowd of attributes."""
    script = "<script>for (i = 0; i<n; i++) { " + "a b c " * 3000 + "}</script>"
    markup = page().replace("<article>", f"{script}<article data-state='{'a b ' * 3000}'>")
    assert [block.text for block in article_of(markup, "a.html").blocks] == [
        block.text for block in article_of(page(), "a.html").blocks
    ]


@pytest.mark.parametrize(
    "spelt",
    [
        "Wer &amp;lt;b&amp;gt; schreibt, der meint damit &amp;lt;i&amp;gt;.",
        "Die Zeichen &amp;amp;lt; und &amp;amp;gt; stehen hier.",
        "&amp;lt;p&amp;gt;So stand es da, &amp;lt;b&amp;gt;fett&amp;lt;/b&amp;gt;, als wäre nichts.&amp;lt;/p&amp;gt;",
    ],
)
def test_spelt_references(spelt: str) -> None:
    """A paragraph whose visible text spells references to characters stays, as it is spelt."""
    article = article_of(page().replace("</article>", f"<p>{spelt}</p><p>{SENTENCE}</p></article>"), "a.html")
    assert html.unescape(spelt) in [block.text for block in article.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "wort\n" * 300_000,
        "das ist offen und geht\n" * 19_000,
        "(" * 300_000,
        "a > " * 100_000,
        "„" * 300_000,
        "x" * 1_000_000,
    ],
    ids=["lines", "torn", "brackets", "signs", "quotes", "word"],
)
def test_hostile_texts(text: str) -> None:
    """No text makes extraction hang."""
    start = time.perf_counter()
    answer = extract(settle(text.encode(), "a.txt"))
    assert time.perf_counter() - start < 20
    assert isinstance(answer, Article | Rejected)


@pytest.mark.parametrize("text", ["Startseite\nPolitik\nImpressum\n", "42", "true\nfalse\n", "Ein kurzer Satz."])
def test_no_article(text: str) -> None:
    """A file without an article is rejected with a short, stable reason and a detail for people."""
    answer = extract(settle(text.encode(), "menu.txt"))
    assert isinstance(answer, Rejected)
    assert (answer.file, answer.reason) == ("menu.txt", "no article")
    assert answer.detail


_LINES = st.sampled_from(
    [*BODY.split("\n\n"), "Mehr lesen", "Kommentare", "© dpa/Name", "Foto: Name", "- Punkt", "12.03.2021", ""]
)


@given(st.lists(_LINES | st.text(max_size=60), max_size=30))
def test_any_text(lines: list[str]) -> None:
    """Any text is an article whose spans are sound, or rejected."""
    try:
        answer = extract(settle("\n".join(lines).encode("utf-8", "replace"), "a.txt"))
    except SourceError:
        return
    if isinstance(answer, Article):
        assert_sound(answer)
    assert body(settle("\n".join(lines).encode("utf-8", "replace"), "a.txt")) == _blocks(answer)


def _blocks(answer: Article | Rejected) -> tuple[Block, ...] | Rejected:
    return answer.blocks if isinstance(answer, Article) else answer


_TAGS = st.sampled_from(
    "p div h1 h2 ul li blockquote article nav figure figcaption table tr td br b a span script".split()
)


@given(st.lists(st.tuples(_TAGS, _LINES | st.text(max_size=30)), max_size=20))
def test_any_page(parts: list[tuple[str, str]]) -> None:
    """Any page is an article whose spans are sound, or rejected."""
    markup = "<html><body>" + "".join(f"<{tag}>{text}" for tag, text in parts) + f"<p>{SENTENCE}</p>"
    try:
        document = settle(markup.encode("utf-8", "replace"), "a.html")
    except SourceError:
        return
    answer = extract(document)
    if isinstance(answer, Article):
        assert_sound(answer)
    assert body(document) == _blocks(answer)


def test_same_answer_every_time() -> None:
    """The same file gives the same article, however often it is asked."""
    document = read(SEEDS[0], root=SEEDS[0].parent)
    assert extract(document) == extract(document)


def _labelled(kind: str) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    for name, labels in json.loads((LABELLED / kind / "snippets.json").read_text("utf-8")).items():
        raw = (LABELLED / kind / name).read_bytes()
        yield name, gzip.decompress(raw) if name.endswith(".gz") else raw, labels


@pytest.mark.parametrize("kind", ["dumps", "html"])
def test_labelled_pages(kind: str) -> None:
    """On every fifth labelled page cleaning is at least as good as the floor; without the folder only the rest runs."""
    if not LABELLED.is_dir():
        return
    hit = wrong = lost = 0
    for index, (name, data, labels) in enumerate(_labelled(kind)):
        if index % 5:
            continue
        answer = extract(settle(data, name.removesuffix(".gz")))
        body = fold("\n\n".join(block.text for block in answer.blocks)) if isinstance(answer, Article) else ""
        if isinstance(answer, Article):
            assert_sound(answer)
        found = sum(fold(piece) in body for piece in labels["with"])
        hit, lost = hit + found, lost + len(labels["with"]) - found
        wrong += sum(fold(piece) in body for piece in labels["without"])
    assert 2 * hit / (2 * hit + wrong + lost) >= CASES["floors"][kind]


def test_documents_are_not_changed() -> None:
    """Extraction points into the text that reading settled."""
    document = read(SEEDS[1], root=SEEDS[1].parent)
    article = extract(document)
    assert isinstance(article, Article)
    assert isinstance(article.document, Document)
    assert article.text is document.text


def test_training_is_importable() -> None:
    """The training script needs nothing that the package does not have."""
    assert importlib.util.find_spec("briefing.extraction.scoring") is not None


def test_markdown() -> None:
    """Of a Markdown file the marks are taken off the lines, and the front matter is read."""
    paragraphs = BODY.replace("\n\n", "\n\n## Zwischentitel\n\n", 1)
    text = f"---\ntitle: Neues Gesetz\ndate: 2022-05-03\n---\n\n# Neues Gesetz\n\n{paragraphs}\n\n> {SENTENCE}\n"
    article = article_of(text, "a.md")
    assert_sound(article)
    kinds = [(block.kind, block.level) for block in article.blocks]
    assert kinds == [("paragraph", 0), ("heading", 2), *[("paragraph", 0)] * 3, ("quote", 0)]
    assert article.blocks[1].text == "Zwischentitel"
    assert article.metadata.title == Found("Neues Gesetz", "front matter title")
    assert article.metadata.published == FoundDate("2022-05-03", "day", "front matter date")


@given(st.text(alphabet="-#> *a.\n1:", max_size=80))
def test_any_markdown(head: str) -> None:
    """Any Markdown file is an article whose spans are sound, or rejected."""
    answer = extract(settle(f"{head}\n\n{BODY}".encode(), "a.md"))
    if isinstance(answer, Article):
        assert_sound(answer)
