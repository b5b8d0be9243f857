"""Whatever a text contains, the page shows exactly that text and nothing of it comes alive."""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from briefing.model import fold
from briefing.rendering.markdown import escape, link_target, text_fragment, visible

CASES = json.loads((Path(__file__).parent / "cases" / "hostile.json").read_text("utf-8"))
HOSTILE = [text for kind, texts in CASES.items() if kind != "comment" for text in texts]

# Everything that MkDocs and Material document, and more, with the settings that make it greediest.
EXTENSIONS = {
    **dict.fromkeys(["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "nl2br"]),
    **dict.fromkeys(["sane_lists", "smarty", "tables", "wikilinks"]),
    "toc": {"permalink": True},
    **{
        f"pymdownx.{name}": None
        for name in (
            "arithmatex b64 betterem bracketspan caret critic details escapeall fancylists highlight inlinehilite keys"
            " mark progressbar quotes superfences tasklist tilde blocks.admonition blocks.caption blocks.definition"
            " blocks.details blocks.html blocks.tab"
        ).split()
    },
    "pymdownx.emoji": None,
    "pymdownx.smartsymbols": None,
    "pymdownx.snippets": {"base_path": ["."], "check_paths": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.magiclink": {
        "repo_url_shorthand": True,
        "repo_url_shortener": True,
        "social_url_shorthand": True,
        "normalize_issue_symbols": True,
        "user": "user",
        "repo": "repo",
        "provider": "github",
    },
}

# A page on which the text (§) stands wherever a template may print it.
PLACES = """\
# §

§

A word before § and after, and § twice§. **§** *§* “§”.[^1]

- §
- word §
    - §

1. §

> §

| head | § |
| ---- | - |
| §    | x |
| § §  | § |

[§](other.md "§") ![§](image.png) [before § after](https://example.org/)

Term §
:   §

!!! note "§"
    §

??? quote "§"
    §

§
{ .after }

<div class="raw" title="§" data-x="§">§ <em>§</em> <q lang="de">§</q></div>

<p>§</p>

<span title="§">§</span> and <a href="#x" title="§">§</a>

<div markdown="1">

§ *§*

</div>

## § { #anchor }

### Section § and §

*[ABBR]: §

[^1]: §
    § [link](https://example.org/)

    §
"""
START = "§\n\nafter\n"
# Two hundred in everyday runs; `make fuzz` loads a profile with many more.
MANY = 2 * settings().max_examples
ALONE = "§"
HARMLESS = "Harmless"
# Attributes that may depend on the text: ids and links to them are made of headings.
DERIVED = {"id", "href", "name", "for"}


@cache
def converter() -> markdown.Markdown:
    """A converter with every extension on."""
    return markdown.Markdown(
        extensions=list(EXTENSIONS),
        extension_configs={name: config for name, config in EXTENSIONS.items() if config},
    )


def rendered(page: str, text: str) -> BeautifulSoup:
    """The page as a browser reads it, with the escaped text in every place."""
    md = converter().reset()
    return BeautifulSoup(md.convert(page.replace("§", escape(text))), "html5lib")


def skeleton(soup: BeautifulSoup) -> list[tuple[str, dict[str, str]]]:
    """Every element with its attributes, without those that may depend on the text."""
    return [
        (
            tag.name,
            {
                key: str(value)
                for key, value in sorted(tag.attrs.items())
                if key not in DERIVED | {"title", "alt", "data-x"}
            },
        )
        for tag in soup.find_all()
    ]


def told(soup: BeautifulSoup) -> list[str]:
    """All that a reader gets to see or hear: the text, and the attributes that the text stands in."""
    spoken = [str(tag[key]) for tag in soup.find_all() for key in ("title", "alt", "data-x") if tag.has_attr(key)]
    return [fold(soup.get_text()), *(fold(words) for words in spoken)]


@cache
def harmless(page: str) -> tuple[list[tuple[str, dict[str, str]]], list[str]]:
    """Skeleton and words of the page with a harmless text."""
    soup = rendered(page, HARMLESS)
    return skeleton(soup), told(soup)


def assert_literal(page: str, text: str) -> None:
    """The page with `text` differs from one with a harmless word in that word only."""
    elements, words = harmless(page)
    soup = rendered(page, text)
    assert skeleton(soup) == elements
    assert told(soup) == [fold(line.replace(HARMLESS, visible(text))) for line in words]


hostile_characters = st.sampled_from(
    "<>&\"'`*_~^=+-#:;!?.,/\\|()[]{}@%$\t\n \u00a0\u2028\x02\x03\x00…“„’–0123456789abcdefwstndrhx"
)
hostile_words = st.sampled_from(
    [*HOSTILE, "www.", "https://", "1st", "--8<--", "klzzwxh:0000", "{: .x}", "&#60;", "\x02", "\x03"]
)
texts = st.one_of(
    st.text(hostile_characters, min_size=1, max_size=24),
    st.lists(st.one_of(hostile_words, hostile_characters), min_size=1, max_size=5).map("".join),
    st.text(st.characters(codec=None), min_size=1, max_size=12),
).filter(lambda text: visible(text) != "")


@pytest.mark.parametrize("text", [text for text in HOSTILE if visible(text)], ids=ascii)
def test_a_hostile_text_stays_literal(text: str) -> None:
    """Each text of the list appears as it is, in every place of a page."""
    for page in (PLACES, START, ALONE):
        assert_literal(page, text)


@given(texts)
@settings(max_examples=MANY, deadline=None)
@example("0" * 41)
@example("1st" * 3)
@example("1st0123456789abcdef0123456789abcdef01234567")
@example("0<b>0123456789abcdef0123456789abcdef01234567")
def test_any_text_stays_literal(text: str) -> None:
    """Any text appears as it is, in every place of a page."""
    assert_literal(PLACES, text)


@given(texts)
@settings(max_examples=MANY, deadline=None)
def test_any_text_stays_literal_at_the_start_of_a_page(text: str) -> None:
    """At the very start, where metadata and lists begin, a text is only a text."""
    assert_literal(START, text)


@given(texts, texts)
@settings(max_examples=MANY, deadline=None)
def test_two_texts_side_by_side_wake_nothing(first: str, second: str) -> None:
    """What one text ends with and the next begins with mean nothing together either (but for `?` before a number)."""
    assume(not (visible(first).endswith("?") and second[:1].isdigit()))
    soup = BeautifulSoup(converter().reset().convert(f"x {escape(first)}{escape(second)}"), "html5lib")
    assert [tag.name for tag in soup.find_all()] == ["html", "head", "body", "p"]
    assert fold(soup.get_text()) == fold(f"x {visible(first)}{visible(second)}")


@given(texts)
@settings(deadline=None)
def test_any_text_is_a_scalar_of_front_matter(text: str) -> None:
    """Between double quotes in YAML the escape is one string, which HTML reads as the text."""
    value = yaml.load(f'title: "{escape(text)}"', Loader=yaml.CSafeLoader)["title"]
    assert html.unescape(value) == visible(text)


def test_prose_is_left_as_it_is() -> None:
    """A committed page stays readable: ordinary sentences contain no references."""
    for prose in (
        "Kim sagte am 19. Juni: „Wir liefern 4.800.000 Stück.“ Die Vietnam-Reise folgt, später; wann? Bald! Ende.",
        "Rund 50 % der Atom- und Raketentests (laut Seoul 12,5 Prozent, Anm. d. Red.) sind (noch) geheim (Reuters).",
    ):
        assert escape(prose) == prose


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:x",
        "java\nscript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "/x",
        "x.html",
        "",
        "https:",
        "https://",
        "https:example.org",
        "http:///x",
        "mailto:a@example.org",
        "ftp://example.org/",
        "https://user@example.org/",
        "https://example.org@evil.example/",
        "https://user:pw@example.org/",
        "https://example.org\\@evil.example/",
        "https://exa mple.org/",
        "https://example.org/\nx",
        "https://example.org/\x02",
        "https://example.org:port/",
        "https://[::1",
        "https://<b>/",
        "https://example.org:99999/",
    ],
)
def test_what_is_no_plain_web_address_is_no_link(url: str) -> None:
    """Other schemes, addresses without a host, with a user name or with hidden characters are refused."""
    assert link_target(url) is None
    assert text_fragment(url, "x") is None


@given(st.text(max_size=20), texts)
@settings(max_examples=MANY, deadline=None)
def test_an_address_is_one_link_and_nothing_else(path: str, words: str) -> None:
    """In a Markdown link and in an attribute the address is the target, and nothing of it comes alive."""
    for target in (
        link_target(f"https://example.org/{path}"),
        text_fragment("https://example.org/a_b?c=d&e=f#g", words),
    ):
        if target is None:
            continue
        page = f'x [y]({target}) <a href="{target}">y</a>'
        soup = BeautifulSoup(converter().reset().convert(page), "html5lib")
        assert [tag.name for tag in soup.find_all()] == ["html", "head", "body", "p", "a", "a"]
        assert [link["href"] for link in soup.find_all("a")] == [html.unescape(target)] * 2
        assert html.unescape(target).isascii()


SIX = "%20".join(["wort"] * 6)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("https://example.org/a", "Beistand"), "https://example.org/a#:~:text=Beistand"),
        (("https://example.org/a", " a-b,  c&d "), "https://example.org/a#:~:text=a%2Db%2C%20c%26d"),
        (("https://example.org/a#b", "ü"), "https://example.org/a#b:~:text=%C3%BC"),
        (
            ("https://example.org/", "x", "vor-her", "nach, her"),
            "https://example.org/#:~:text=vor%2Dher-,x,-nach%2C%20her",
        ),
        (("https://example.org/", ""), "https://example.org/"),
        (("https://example.org/", "wort " * 70), "https://example.org/#:~:text=" + f"{SIX},{SIX}"),
    ],
)
def test_a_text_fragment_is_written_as_the_draft_says(arguments: tuple[str, ...], expected: str) -> None:
    """Dash, comma and ampersand are encoded; prefix and suffix stand around; a long quotation becomes a range."""
    assert html.unescape(text_fragment(*arguments) or "") == expected
