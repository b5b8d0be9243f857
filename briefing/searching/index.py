"""Entries → an inverted index: for each stem the entries that have it, with how much it says about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from briefing.dictionary import lemmatize
from briefing.searching.entries import Entry
from briefing.searching.words import folded, stem
from briefing.wordforms import part

# BM25's constants as Robertson and Zaragoza recommend them (2009); length counts less than usual because the long
# entries are the well-proved statements.
_SATURATION = 1.2
_LENGTH = 0.3
_SCALE = 100
_VISIBLE = 0.5
"""Texts of less weight only surround what is quoted; nobody types their words by heart."""
_LEMMA = 0.7
"""Weight of a word's lemma beside the word itself."""
_LONGEST_TEXT = 320
"""Characters of a text that a result shows."""
# Statements and topics before the pages they rest on.
_KINDS: Mapping[str, float] = {"statement": 1.0, "topic": 1.15, "voice": 0.8, "source": 0.6, "passage": 0.45}


def search_index(entries: Iterable[Entry]) -> dict[str, Any]:
    """The index of one language, ready for JSON.

    Returns:
        `docs`: for each entry its location, page title, title, text, kind, language and quoted words; `boosts`: what
        its score is multiplied by; `terms`: all stems, sorted; `postings`: for each stem entry numbers and weights in
        turns; `forms`: words as they stand, where they differ from their stem, and `stems`: for each the number of its
        stem. A typo in an ending (`rendeirng`) is near a word, not near a stem: with them, of 242 single words with one
        typo each, 234 instead of 228 led to the right page; most others are everyday words.
    """
    found = tuple(entries)
    counts = [_weighted(entry.words) for entry in found]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / len(lengths) if lengths else 1.0
    postings: dict[str, list[int]] = defaultdict(list)
    for number, (count, length) in enumerate(zip(counts, lengths, strict=True)):
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)
        for term, weight in sorted(count.items()):
            postings[term] += [number, max(1, round(_SCALE * weight / (weight + norm)))]
    terms = sorted(postings)
    forms = _forms(found, terms)
    return {
        "docs": [_shown(one) for one in found],
        "boosts": [_KINDS[one.kind] for one in found],
        "terms": terms,
        "postings": [postings[term] for term in terms],
        "forms": list(forms),
        "stems": list(forms.values()),
    }


def plain_index(entries: Iterable[Entry], language: str) -> dict[str, Any]:
    """The same entries as MkDocs' own `search_index.json` has them, for other tools; our pages do not load it."""
    docs = [
        {
            "location": one.location,
            "title": one.title or one.page,
            "text": " ".join([one.text, *(text for text, _ in one.proof)]),
        }
        for one in entries
    ]
    return {"config": {"lang": [language], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"]}, "docs": docs}


def _forms(entries: Iterable[Entry], terms: list[str]) -> Mapping[str, int]:
    """Inflected words → the number of their stem; sorted."""
    number = {term: n for n, term in enumerate(terms)}
    words = {word for entry in entries for text, weight in entry.words if weight >= _VISIBLE for word in folded(text)}
    return {word: number[stem(word)] for word in sorted(words) if stem(word) != word}


def _shown(entry: Entry) -> list[Any]:
    shown: list[Any] = [entry.location, entry.page, entry.title, _cut(entry.text), entry.kind, entry.language]
    return [*shown, [[_cut(text), language] for text, language in entry.proof]] if entry.proof else shown


def _weighted(words: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    """The weight of each stem: of the words themselves, and less of their lemmas."""
    count: Counter[str] = Counter()
    for text, weight in words:
        for word in folded(text):
            count[stem(word)] += weight  # type: ignore[assignment]
        for lemma in _lemmas(text):
            count[lemma] += weight * _LEMMA  # type: ignore[assignment]
    return count


@cache
def _lemmas(text: str) -> tuple[str, ...]:
    """Stems of the words' dictionary forms, where they differ from their own (`schwor`: `schwören`)."""
    found = []
    for word in part("tokenizer").simple_tokenizer(text):
        for language in ("de", "en"):
            lemma = folded(lemmatize(word, lang=language))
            if lemma and stem(lemma[0]) not in {stem(own) for own in folded(word)}:
                found.append(stem(lemma[0]))
    return tuple(found)


def _cut(text: str) -> str:
    """`text`, shortened at a space where a result could not show it all."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT].rsplit(' ', 1)[0]} …"
