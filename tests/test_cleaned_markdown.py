"""The cleaned Markdown of a source renders back to exactly the cleaned text."""

from __future__ import annotations

from typing import cast

import markdown
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import AnnotatedSource, Article, Block, BlockKind, Document, Found, Media, Metadata, fold
from briefing.rendering.markdown import visible
from briefing.rendering.source import cleaned_markdown
from briefing.segmentation import segment
from briefing.sources import identify

SPECIAL = st.sampled_from([*"*_`#>-+=~|!?.:;,[](){}<>&\"'\\/@^$%1 ", "Das ist es. ", "z. B. ", "„Ja.“ ", "1. ", "www."])
TEXTS = st.lists(SPECIAL | st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40)
KINDS = st.sampled_from(["heading", "paragraph", "quote", "list"])


def source_of(pieces: list[tuple[str, str]], title: str = "") -> AnnotatedSource:
    """A source whose article has these blocks."""
    blocks, text = [], ""
    for kind, words in pieces:
        blocks.append(Block(cast("BlockKind", kind), words, len(text), len(text) + len(words)))
        text += words + "\n\n"
    document = Document("a.txt", "0" * 64, text, Media.TEXT, "utf-8")
    metadata = Metadata(title=Found(title, "test") if title else None, language=Found("de", "test"))
    source = identify(Article(document, text, tuple(blocks), (), metadata), "a", None)
    return AnnotatedSource(source, segment(source))


def rendered(text: str) -> str:
    """What Python-Markdown shows of the body."""
    body = text.split("\n---\n", 1)[1]
    return fold(BeautifulSoup(markdown.markdown(body), "html.parser").get_text(" "))


@given(
    st.lists(st.tuples(KINDS, TEXTS.map("".join).filter(lambda words: visible(words).strip())), min_size=1, max_size=5)
)
def test_it_renders_back_to_the_cleaned_text(pieces: list[tuple[str, str]]) -> None:
    """Whatever the blocks contain, the rendered page shows their words, no more and no less."""
    shown = rendered(cleaned_markdown(source_of(pieces)))
    assert shown == fold(" ".join(visible(words) for _, words in pieces))


@given(TEXTS.map("".join))
def test_the_front_matter_is_yaml(title: str) -> None:
    """A title with any character is read back as it was."""
    text = cleaned_markdown(source_of([("paragraph", "Ein Satz.")], title))
    assert yaml.safe_load(text.split("---\n")[1]).get("title", "") == title


def test_it_has_one_sentence_a_line() -> None:
    """A paragraph is broken where its sentences end, a list item goes on indented."""
    text = cleaned_markdown(source_of([("paragraph", "Eins ist da. Zwei ist hier."), ("list", "Drei kam. Vier ging.")]))
    assert text.endswith("Eins ist da.\nZwei ist hier.\n\n- Drei kam.\n  Vier ging.\n")
