"""Dictionaries opened only as far as they are read answer as simplemma does."""

from __future__ import annotations

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


def test_after_many_look_ups_the_whole_dictionary_is_loaded() -> None:
    """Answers stay the same on both sides of the change, and the stream is given back."""
    stream = opened("en")

    def is_whole_after(times: int) -> bool:
        assert {stream.get("went") for _ in range(times)} == {"go"}
        return stream.is_whole

    assert [is_whole_after(5000), is_whole_after(5000)] == [False, True]
    assert stream["went"] == "go"
    with pytest.raises(KeyError):
        stream["qwxz"]
    assert len(stream) == len(DEFAULT_DICTIONARY_FACTORY.get_dictionary("en"))


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
