"""Bytes to text: encodings, damage, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.model import Document, Media, Repair
from briefing.reading import LIMIT, read, settle

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = "Die Außenministerin sagte: „Wir prüfen das.“ – Für Österreich ist es „größer“ …\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    """A text comes out the same in whatever encoding it was saved."""
    assert settle((GERMAN * 20).encode(encoding), "a.txt").text == GERMAN * 20


def test_short_western_bytes_are_windows_1252() -> None:
    """A few bytes beyond ASCII are no evidence for a rare encoding."""
    document = settle("Grüße".encode("latin-1"), "a.txt")
    assert (document.text, document.encoding) == ("Grüße", "windows-1252")


def test_wrong_declaration() -> None:
    """UTF-8 stays UTF-8 whatever the page declares; a declaration that fits is believed."""
    page = '<html><head><meta charset="{}"></head><body><p>Größe</p></body></html>'
    assert "Größe" in settle(page.format("iso-8859-1").encode(), "a.html").text
    cyrillic = page.format("windows-1251").replace("Größe", "Привет")
    assert "Привет" in settle(cyrillic.encode("cp1251"), "a.html").text
    assert "Größe" in settle(page.format("no-such-thing").encode("cp1252"), "a.html").text


def test_torn_utf8() -> None:
    """A file cut in the middle of a character is still UTF-8, and the loss is counted."""
    document = settle((GERMAN * 20).encode()[:-3], "a.txt")
    assert document.encoding == "utf-8"
    assert Repair("undecodable byte replaced", 1) in document.repairs


def test_line_ends() -> None:
    """All kinds of line ends become one, and are counted."""
    document = settle("a\r\nb\rc\u2028d\x85e\n".encode(), "a.txt")
    assert document.text == "a\nb\nc\nd\ne\n"
    assert document.repairs == (Repair("line end made uniform", 4),)


def test_invisible_characters() -> None:
    """What cannot be seen, or turns the order of letters, goes; joiners stay where a script is spelt with them."""
    document = settle("Zu\u00adcker\u200b \u202eegal\u202c \ufeffx\x07 می\u200cخواهم".encode(), "a.txt")
    assert document.text == "Zucker egal x می\u200cخواهم"
    assert {repair.kind: repair.count for repair in document.repairs} == {
        "soft hyphen removed": 1,
        "zero-width character removed": 2,
        "direction-changing character removed": 2,
        "control character removed": 1,
    }


def test_references_to_invisible_characters() -> None:
    """A page cannot bring back by reference what was removed."""
    page = "<html><body><p>Zu&shy;cker &#x202E;um&ZeroWidthSpace;ge&#8203;kehrt &amp; so</p></body></html>"
    assert "Zucker umgekehrt &amp; so" in settle(page.encode(), "a.html").text


def test_references_to_characters_of_no_text() -> None:
    """Control characters and what Unicode calls no character are removed as references, too; line breaks are kept."""
    document = settle(b"<html><body><p>eins&#11;zwei&#x2028;drei v&#1;i&#xFFFE;er</p></body></html>", "a.html")
    assert "eins\nzwei\ndrei vier" in document.text
    assert {repair.kind: repair.count for repair in document.repairs} == {
        "line end made uniform": 2,
        "control character removed": 2,
    }


def test_mojibake_is_mended_and_quotation_marks_stay() -> None:
    """UTF-8 read as Windows-1252 is undone; typographic marks stay as they were typed."""
    damaged = GERMAN.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    assert "Für Österreich" in settle(damaged.encode(), "a.txt").text
    assert settle(GERMAN.encode(), "a.txt").text == GERMAN


def test_composition() -> None:
    """Letters and their marks are composed."""
    assert settle("Gru\u0308ße".encode(), "a.txt").text == "Grüße"


def test_surplus_combining_characters() -> None:
    """Of a heap of combining characters thirty stay: to put half a million of them in order takes many minutes."""
    document = settle(("a" + "\u0301\u0316" * 250_000 + " und weiter").encode(), "a.txt")
    assert Repair("surplus combining character removed", 499_970) in document.repairs
    assert len(document.text) < 50
    assert settle(document.text.encode(), "a.txt").text == document.text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        ("\u200b\u00ad".encode(), "visible"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(32)) * 20, "control"),
        (b"x" * 11, "limit"),
    ],
)
def test_refused(data: bytes, word: str) -> None:
    """What is no text is refused with a message that says why and names the file."""
    with pytest.raises(SourceError, match=word) as caught:
        settle(data, "folder/a.txt", limit=10 if word == "limit" else LIMIT)
    assert str(caught.value).startswith("folder/a.txt: ")


def test_media() -> None:
    """Mark-up tells HTML, whatever the name; without it a name alone does not."""
    assert settle(b"<!DOCTYPE html><html><body>x</body></html>", "a.txt").media is Media.HTML
    assert settle(b"<p>x</p>", "a.htm").media is Media.HTML
    assert settle(b"no mark-up at all", "a.html").media is Media.TEXT
    assert settle(b"# Head", "a.md").media is Media.MARKDOWN


def test_read_names_and_refuses(tmp_path: Path) -> None:
    """A document is named relative to the folder; links out of it, folders and missing files are refused."""
    seeds = tmp_path / "seeds"
    (seeds / "sub").mkdir(parents=True)
    (seeds / "sub" / "a.txt").write_text("text", "utf-8")
    (tmp_path / "outside.txt").write_text("secret", "utf-8")
    (seeds / "link.txt").symlink_to(tmp_path / "outside.txt")
    (seeds / "ring.txt").symlink_to(seeds / "ring.txt")
    assert read(seeds / "sub" / "a.txt", root=seeds).file == "sub/a.txt"
    with pytest.raises(SourceError, match="leads out"):
        read(seeds / "link.txt", root=seeds)
    for name in ("ring.txt", "missing.txt", "sub"):
        with pytest.raises(SourceError):
            read(seeds / name, root=seeds)


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are a document or an error for people; a document, read again, is itself."""
    try:
        document = settle(data, "a.txt")
    except SourceError:
        return
    assert isinstance(document, Document)
    again = settle(document.text.encode(), "a.txt")
    assert again.text == document.text


@given(st.text(max_size=300).filter(lambda text: text.strip()), st.sampled_from(["utf-8", "utf-16"]))
def test_reading_is_idempotent(text: str, encoding: str) -> None:
    """What was settled once does not change any more."""
    try:
        once = settle(text.encode(encoding, "replace"), "a.txt")
        assert settle(once.text.encode(), "a.txt").text == once.text
    except SourceError:
        return
