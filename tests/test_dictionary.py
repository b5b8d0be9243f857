"""Dictionaries opened only as far as they are read answer as simplemma does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import simplemma
from hypothesis import given
from hypothesis import strategies as st
from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY
from simplemma.strategies.dictionaries.dictionary_factory import DATA_FOLDER

from briefing.dictionary import Stream, is_known, lemmatize, open_dictionary
from briefing.lexicon import languages

WORDS = st.text(st.sampled_from("abcdehinorstuäöüßÄÖABEHS-'’.é1 "), min_size=1, max_size=12)


def opened(language: str) -> Stream:
    """The dictionary of a language, fresh."""
    found = open_dictionary(language)
    assert isinstance(found, Stream), (
        f"the index of {language} was made from another dictionary: run `python -m training.dictionary`"
    )
    return found


@pytest.mark.parametrize("language", languages())
def test_the_index_fits_the_installed_dictionary(language: str) -> None:
    """The committed index was made from the dictionary that the lock file pins."""
    assert (DATA_FOLDER / f"{language}.plzma").is_file()
    opened(language)


@pytest.mark.parametrize("language", languages())
def test_every_word_is_found_and_no_other(language: str) -> None:
    """Of 3,000 words, and of as many that are nearly words, the lemma is the one that the whole dictionary has."""
    whole, stream = DEFAULT_DICTIONARY_FACTORY.get_dictionary(language), opened(language)
    words = list(whole)[:: len(whole) // 1500]
    for word in [*words, *(word[:-1] for word in words), *(word + "x" for word in words), "", "\0", "\U0010ffff"]:
        assert stream.get(word) == whole.get(word), word
    assert not stream.is_whole
    first, last = min(whole, key=str.encode), max(whole, key=str.encode)
    assert (stream[first], stream[last]) == (whole[first], whole[last])


def test_after_many_words_the_whole_dictionary_is_loaded() -> None:
    """Answers stay the same on both sides of the change, and the stream is given back; a word asked again is free."""
    stream = opened("en")

    def is_whole_after(words: Iterable[object]) -> bool:
        assert {stream.get(f"went{word}") for word in words} == {None}
        assert stream.get("went") == "go"
        return stream.is_whole

    again = [1] * 10_000
    assert [is_whole_after(range(5000)), is_whole_after(again), is_whole_after(range(9000))] == [False, False, True]
    assert stream["went"] == "go"
    with pytest.raises(KeyError):
        stream["qwxz"]
    assert len(stream) == len(DEFAULT_DICTIONARY_FACTORY.get_dictionary("en"))


def test_a_damaged_dictionary_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is cut is made anew; where words are not what they were, simplemma's own dictionary answers."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    opened("en")
    (path,) = tmp_path.rglob("dictionary-en*")
    content = path.read_bytes()
    for damaged in (content[: len(content) // 9], content[:65], b""):
        path.unlink()
        path.write_bytes(damaged)
        assert opened("en").get("went") == "go"
        assert path.read_bytes() == content
    path.unlink()
    path.write_bytes(content[:70] + bytes(len(content) - 70))
    stream = opened("en")
    assert [stream.is_whole, stream.get("went"), stream.is_whole] == [False, "go", True]


def test_words_that_no_dictionary_has_are_read_as_simplemma_reads_them() -> None:
    """By rules, prefixes, hyphens and clitics, in languages with an index and in others."""
    words = "Abzweiglingen Umquartungen verquollt erlaborierte Zwirbler-Innen Zwirblerinnen quargismen Quarg-Häuser \
        unquargized blorptions doesn't can't quargs' Xyzcies zerbrachte Vorgedudelt dudelndem 12 ½ ① ǅ ß".split()
    for language in ("de", "en", "fr", "is"):
        for word in words:
            assert lemmatize(word, language) == simplemma.lemmatize(word, lang=language), (word, language)
            assert is_known(word, language) == simplemma.is_known(word, lang=language), (word, language)


def test_only_the_rules_that_are_asked_for_are_imported() -> None:
    """A dictionary form does not import simplemma whole; one that is built otherwise is imported as it is."""
    script = """
import sys
from briefing import dictionary, wordforms
if sys.argv[1] == "otherwise":
    sys.modules[f"{wordforms.NAME}.strategies.default"] = None
assert dictionary.lemmatize("Umquartungen", "de") == "Umquartung"
print("simplemma" in sys.modules)
"""
    for how, expected in (("as it is", "False"), ("otherwise", "True")):
        done = subprocess.run([sys.executable, "-c", script, how], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected


@given(WORDS, st.sampled_from(["de", "en"]))
def test_answers_are_those_of_simplemma(word: str, language: str) -> None:
    """Compounds, hyphens, clitics and strange characters included."""
    assert lemmatize(word, language) == simplemma.lemmatize(word, lang=language)
    assert is_known(word, language) == simplemma.is_known(word, lang=language)


def test_a_language_without_an_index_has_its_dictionary_all_the_same() -> None:
    """Adding a language needs no index; one that simplemma does not know has no dictionary."""
    assert lemmatize("vapeurs", "fr") == "vapeur"
    with pytest.raises(ValueError, match="xx"):
        lemmatize("word", "xx")
