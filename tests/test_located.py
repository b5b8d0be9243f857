"""YAML whose every value knows its place, without aliases, tags and surprises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ProjectError
from briefing.located import Located, load, unknown
from briefing.model import Place

LAUGHS = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


def loaded(text: str) -> Located:
    """The document of `text`, which holds one."""
    value = load(text, "x.yml")
    assert value is not None
    return value


def test_every_value_knows_its_place() -> None:
    """Lines and columns count from 1, for keys and values alike."""
    fields = loaded("title: {en: A}\nlist:\n  - one\n  - two\n").fields("the file")
    assert fields["title"].fields("title")["en"].place == Place("x.yml", 1, 13)
    assert [value.place.line for value in fields["list"].items("list")] == [3, 4]
    assert loaded("a: 1\nb: 2").key_places["b"] == Place("x.yml", 2, 1)


@pytest.mark.parametrize("scalar", ["2024-06-19", "1961", "no", "on", "0o17", "1e3", "~", "3.10", "12:30"])
def test_scalars_stay_as_they_were_typed(scalar: str) -> None:
    """No quotation is ever taken for a date, a number or a truth value."""
    assert loaded(f"key: {scalar}").fields("the file")["key"].text == scalar


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAUGHS, "x.yml:1:4: anchors and aliases (&name, *name) are not allowed here; write the value out"),
        ("a: &self [*self]", "x.yml:1:4: anchors and aliases"),
        ("<<: {a: b}\na: *x", "anchors and aliases"),
        ("a: !!python/object:os.system x", "x.yml:1:4: the tag"),
        ("a: !x y", "quote a text that starts with “!”"),
        ("a: 1\nb: 2\na: 3", "x.yml:3:1: the key “a” stands here twice; first at line 1"),
        ("a: [", "x.yml:2:1: broken YAML"),
        ("a: b: c", "x.yml:1:5: broken YAML"),
        ("a: 'x", "broken YAML"),
        ("\ta: b", "broken YAML"),
        ("a: \x01", "broken YAML"),
        ("a: b\n---\nc: d", "x.yml:2:1: a second YAML document starts here"),
        ("[" * 25 + "]" * 25, "nested deeper than 20 levels"),
        ("[" * 100_000, "nested deeper than 20 levels"),
        ("{[a]: b}", "a key must be a text"),
        ("? {a: b}\n: c", "a key must be a text"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    """Broken, ambiguous and dangerous YAML is refused in one line, with its place."""
    with pytest.raises(ProjectError) as error:
        load(text, "x.yml")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_holds_no_value(text: str) -> None:
    """Nothing is None, not an error."""
    assert load(text, "x.yml") is None


def test_values_of_the_wrong_kind_are_named() -> None:
    """A text for a list, a list for a text, and so on."""
    fields = loaded("text: a\nlist: [a]\nmap: {a: b}\nempty:\nflag: yes").fields("the file")
    for wrong, message in (
        (lambda: fields["text"].items("stops"), "stops must be a list; each entry starts with “- ”"),
        (lambda: fields["list"].as_text("the stop"), "the stop must be a text"),
        (lambda: fields["empty"].as_text("the stop"), "the stop must be a text"),
        (lambda: fields["list"].fields("the stop"), "the stop must be a mapping of keys to values"),
        (lambda: fields["map"].as_texts("stops"), "stops must be a list"),
        (lambda: fields["flag"].as_flag("key"), "key must be true or false"),
    ):
        with pytest.raises(ProjectError, match=message):
            wrong()


def test_texts_in_each_language() -> None:
    """Every language of the site needs a text, and no other has one."""
    value = loaded("{en: A, de: B}")
    assert dict(value.per_language("title", ("en", "de"))) == {"en": "A", "de": "B"}
    with pytest.raises(ProjectError, match="title has no text in “fr”; every language of the site needs one"):
        value.per_language("title", ("en", "de", "fr"))
    with pytest.raises(ProjectError, match="“de” is no known key of title"):
        value.per_language("title", ("en",))


def test_the_nearest_known_word_is_offered() -> None:
    """A slip of the hand gets the word that was meant, anything else the list."""
    assert unknown("key", "evidense", ["evidence", "date"]) == "“evidense” is no known key; did you mean “evidence”?"
    assert unknown("key", "zzz", ["evidence", "date"]) == "“zzz” is no known key; known are: date, evidence"


@given(st.text(max_size=60))
def test_any_text_loads_or_is_refused(text: str) -> None:
    """No text does anything but load or raise a `ProjectError`."""
    value: Located | str | None
    try:
        value = load(text, "x.yml")
    except ProjectError as error:
        value = error.message
    assert value is None or isinstance(value, Located) or "\n" not in value


@given(st.recursive(st.text("ab é„“", max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=8))
def test_what_is_written_is_read(value: str | list[object]) -> None:
    """Lists of texts come back as they were written, however deep."""

    def plain(located: Located) -> object:
        return located.text if located.sequence is None else [plain(one) for one in located.sequence]

    assert plain(loaded(json.dumps(value))) == value
