"""Compounds fall apart as the words of the corpus have it, whatever was kept of an earlier corpus."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from briefing.caching import Cache
from briefing.corroboration.compounds import Compounds
from briefing.corroboration.traits import feature_hash
from briefing.model import Memory, Traits

WORDS = (
    *("hafen", "arbeit", "arbeiter", "streik", "vertrag", "partner", "partnerschaft", "schafe", "afen", "harbour"),
    *("hafenarbeiter", "hafenstreik", "streikvertrag", "partnerschafe", "partnerschaftsvertrag", "hafenarbeiterstreik"),
)
SOURCES = st.lists(st.tuples(st.sets(st.sampled_from(WORDS)), st.booleans()), max_size=4)


def taken_down(words: set[str], *, compounds: bool) -> Traits:
    """What comparing wants of a source of these words, as far as compounds go."""
    hashes = b"".join(map(feature_hash, sorted(words)))
    return Traits(
        words="\n".join(sorted(words)),
        features=hashes,
        compounds=compounds,
        **dict.fromkeys(("named", "starts", "members", "ages", "contents", "quoting", "titled", "names", "runs"), b""),
        denied=(),
        voices=(),
    )


def splits(sources: list[tuple[set[str], bool]], memory: Memory | None) -> dict[str, tuple[str, ...]]:
    """The parts of every word that has some, in a corpus of sources of these words, of which some write compounds."""
    traits = [taken_down(words, compounds=compounds) for words, compounds in sources]
    hashes = [np.frombuffer(one.features, "<u8") for one in traits]
    features, vocabulary = np.unique(np.concatenate([*hashes, np.zeros(0, np.uint64)]), return_inverse=True)
    at = np.cumsum([0, *map(len, hashes)])
    found = Compounds(traits, features, vocabulary, at, memory)
    told = {word: parts for word in WORDS if (parts := found.parts(word))}
    rows = sorted((feature_hash(word), feature_hash(part)) for word, parts in told.items() for part in parts)
    assert sorted(zip(*(map(bytes, column.reshape(-1, 1)) for column in found.rows), strict=True)) == rows
    return told


def test_a_compound_holds_words_of_the_corpus() -> None:
    """A part is found where the corpus has it as a word of its own, in whatever source, and only there."""
    assert splits([({"hafenstreik", "streik"}, True)], None) == {"hafenstreik": ("streik",)}
    assert splits([({"hafenstreik"}, True), ({"streik", "hafen"}, False)], None) == {"hafenstreik": ("streik", "hafen")}
    assert splits([({"hafenstreik"}, True)], None) == {}
    assert splits([({"hafenstreik", "streik"}, False)], None) == {}


@given(st.lists(SOURCES, min_size=1, max_size=6))
def test_what_was_kept_changes_no_split(corpora: list[list[tuple[set[str], bool]]]) -> None:
    """However sources come and go, each corpus splits as one of which nothing was known."""
    with tempfile.TemporaryDirectory() as folder:
        memory = Cache(Path(folder))
        for sources in corpora:
            assert splits(sources, memory) == splits(sources, None)
