"""What the analysis reads in sentences made for it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from articles import annotated

from briefing.annotation import annotate_text
from briefing.model import Actor, Cue, DateMention, Figure, Passage, Quotation

CASES = Path(__file__).parent / "cases" / "analysis"


def load(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    return list(tomllib.loads(CASES.joinpath(name).read_text("utf-8"))["case"])


@pytest.mark.parametrize("case", load("speakers.toml"), ids=lambda case: case["about"])
def test_words_go_to_who_says_them(case: Mapping[str, Any]) -> None:
    """A certain speaker is the one the case names; "" means nobody, "?" nobody for certain."""
    passages = annotated(case["text"], case.get("language", "de")).passages
    quotes = {quote.text: quote for passage in passages for quote in passage.quotations}
    for words, name in case.get("says", {}).items():
        speaker = quotes[words].speaker
        if name == "?":
            assert speaker is None or speaker.confidence != "certain"
        else:
            assert (speaker.name if speaker else "") == name
            assert speaker is None or speaker.confidence == "certain"
    for beginning, name in case.get("passages", {}).items():
        passage = next(passage for passage in passages if passage.text.startswith(beginning))
        assert [speaker.name for speaker in passage.speakers] == ([name] if name else [])


@pytest.mark.parametrize("case", load("passages.toml"), ids=lambda case: case["text"][:40])
def test_a_sentence_is_read_as_a_reader_would(case: Mapping[str, Any]) -> None:
    """Status, dates, figures, countries and persons of one sentence."""
    passage = annotate_text(case["text"], case.get("language", "de"), date(2024, 6, 19))
    found = {
        "status": passage.status.value,
        "dates": [mention.value for mention in passage.dates],
        "figures": [
            " ".join(filter(None, (figure.value, figure.unit or figure.subject, figure.bound)))
            for figure in passage.figures
        ],
        "countries": [actor.code for actor in passage.actors if actor.kind == "country"],
        "persons": [actor.name for actor in passage.actors if actor.kind == "person"],
    }
    for key, value in found.items():
        if key in case:
            assert value == case[key], key


def spans(passage: Passage) -> list[tuple[str, int, int]]:
    """Every annotation of a passage that has a place."""
    marked: list[Cue | Quotation | Figure | DateMention | Actor] = [*passage.cues, *passage.quotations]
    marked += [*passage.figures, *passage.dates, *passage.actors]
    return [(entry.text, entry.start, entry.end) for entry in marked]


def test_every_annotation_is_a_slice_of_the_source() -> None:
    """Whatever is found can be shown in its place."""
    texts = [entry for case in load("speakers.toml") for entry in case["text"]]
    texts += [case["text"] for case in load("passages.toml")]
    made = annotated(texts)
    for passage in made.passages:
        for text, start, end in spans(passage):
            assert passage.start <= start < end <= passage.end
            assert made.source.text[start:end] == text


def test_a_date_is_unknown_without_the_date_of_the_article() -> None:
    """What depends on an unknown day has no value, what stands in the text keeps it."""
    passage = annotate_text("Am Mittwoch und am 3. März 2024.", "de")
    assert [(mention.text, mention.value) for mention in passage.dates] == [
        ("Mittwoch", None),
        ("3. März 2024", "2024-03-03"),
    ]


def test_father_and_son_stay_apart() -> None:
    """Namesakes are two persons; once both are known, the family name alone is not sure to mean either."""
    made = annotated(["Machthaber Kim Jong Un kam. Sein Vater Kim Jong Il war tot.", "„Gut“, sagte Kim."])
    names = {actor.name for passage in made.passages for actor in passage.actors if actor.kind == "person"}
    assert names == {"Kim Jong Un", "Kim Jong Il"}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“Prices are falling,’’ said Ann Harbour.", ["Prices are falling,"]),
        ("``We won,'' she said. ''They lost,'' he said.", ["We won,", "They lost,"]),
        ("The dogs'' bowl is 5'' wide.", []),
    ],
)
def test_single_marks_typed_twice(text: str, quoted: list[str]) -> None:
    """Two single marks in a row are a double one beside the words they hold, and nothing elsewhere."""
    made = annotated([text], "en")
    assert [quote.text for passage in made.passages for quote in passage.quotations] == quoted


def test_an_unknown_language_gets_sentences_and_quotations_only() -> None:
    """Nothing is guessed where no word lists are."""
    made = annotated(["Il a dit « bonjour ». Le 3 mai 2024, Paul Martin est parti."], "fr")
    assert len(made.passages) == 2
    assert [quote.text for quote in made.passages[0].quotations] == ["bonjour"]
    assert all(not passage.actors and not passage.dates and not passage.speakers for passage in made.passages)


@pytest.mark.parametrize(
    ("sentences", "language", "status"),
    [
        ("Die Partei wirft ihm Betrug vor. „Ich habe nie Geld genommen“, sagte Kern.", "de", "denied"),
        ("Die Stadt wird schöner. „Ich habe nie Geld genommen“, sagte Kern.", "de", "stated"),
        ("Der Lehrer soll Kinder bedroht haben. Er habe sie auch eingesperrt.", "de", "alleged"),
        ("Die Angestellten sagten aus, sie seien bezahlt worden. Alles hätten sie freiwillig gemacht.", "de", "stated"),
        ("The union accuses him of fraud. “There was no secret account,” said Kern.", "en", "denied"),
        ("Two trains met in a crash that claimed the lives of five people.", "en", "reported"),
        (
            "The senator accused him of leaking the plan. It was Friday. “We had no role in it,” he said.",
            "en",
            "denied",
        ),
        ("She accused the firm of theft. The firm said it did not order the raid.", "en", "denied"),
        ("She accused the firm of theft. The firm did not comment.", "en", "reported"),
        (
            "Sie warf dem Amt Willkür vor. Es war Freitag. Er habe die Akte nicht zurückgehalten, sagte er.",
            "de",
            "denied",
        ),
        ("Die Gäste kamen am Freitag. Er habe die Tür nicht geschlossen, sagte er.", "de", "stated"),
    ],
)
def test_a_sentence_may_answer_the_one_before(sentences: str, language: str, status: str) -> None:
    """What somebody says behind an accusation denies it where it is negated, and goes on with it where it is not."""
    assert annotated([sentences], language).passages[-1].status.value == status
