"""Which passages bear on which topic."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from articles import annotated
from test_annotation_labels import page_texts

from briefing import analyse
from briefing.lexicon import table
from briefing.model import Place, Topic
from briefing.project import load_project
from briefing.settings import load_settings
from briefing.topics import classify

TERMS = tomllib.loads(Path(__file__).parent.joinpath("cases/analysis/terms.toml").read_text("utf-8"))
PAIRS = [
    pytest.param(term, word, meets, id=f"{term}-{word}")
    for key, meets in (("meets", True), ("meets_not", False))
    for term, words in TERMS[key].items()
    for word in words
]


def topic(*terms: str, language: str = "de", name: str = "one") -> Topic:
    """A topic with nothing but terms."""
    return Topic(name, {}, {}, {language: terms} if terms else {}, (), Place("topics/one.yml"))


@pytest.mark.parametrize(("term", "word", "meets"), PAIRS)
def test_a_term_meets_its_forms_and_compounds(*, term: str, word: str, meets: bool) -> None:
    """A term is met by its forms, its compounds and words made from it, not by words that hold its letters."""
    bearings = classify((annotated([f"Dort geht es um {word} und mehr."]),), (topic(term),))
    assert bool(bearings) is meets
    if meets:
        assert bearings[0].words == (word,)
        assert 0.5 <= bearings[0].score <= 1


def test_a_topic_without_terms_takes_every_passage() -> None:
    """It scores 1 everywhere."""
    source = annotated(["Ein Satz. Noch einer."])
    bearings = classify((source,), (topic(),))
    assert [(bearing.passage, bearing.score) for bearing in bearings] == [
        (passage.id, 1.0) for passage in source.passages
    ]


def test_a_country_is_met_in_any_form() -> None:
    """`Russland` brings `russische`, `Russlands` and `Kreml`."""
    source = annotated(["Russische Soldaten kamen. Der Kreml schwieg. Das Wetter war gut."])
    assert len(classify((source,), (topic("Russland"),))) == 2


def test_terms_of_several_words_and_of_another_language() -> None:
    """A phrase is met as a whole; a topic without terms in an article's language lends those it has."""
    source = annotated(["The Security Council met. The council was tired."], "en")
    assert len(classify((source,), (topic("Security Council", language="en"),))) == 1
    assert len(classify((source,), (topic("Security Council", language="de"),))) == 1


def test_heading_and_neighbour_bring_a_passage() -> None:
    """Under a heading with the term, a sentence beside one that holds it bears on the topic too, less strongly."""
    source = annotated([("heading", "Streit um Waffen"), "Die Waffen kamen nachts. Niemand sah sie. Alle schliefen."])
    bearings = classify((source,), (topic("Waffe"),))
    assert [bearing.passage for bearing in bearings] == [passage.id for passage in source.passages[:2]]
    assert bearings[0].score > bearings[1].score


def test_the_order_is_that_of_topics_and_sources() -> None:
    """Bearings come by topic, then by passage, however often they are asked for."""
    sources = (annotated(["Waffen und Handel."], slug="a"), annotated(["Handel mit Waffen."], slug="b"))
    topics = (topic("Handel", name="trade"), topic("Waffe", name="arms"))
    bearings = classify(sources, topics)
    assert [(bearing.topic, bearing.passage[0]) for bearing in bearings] == [
        ("trade", "a"), ("trade", "b"), ("arms", "a"), ("arms", "b"),
    ]  # fmt: skip
    assert classify(sources, topics) == bearings


LABELS = Path(__file__).parent / "labels" / "topics.json"
DUMPS = Path(__file__).resolve().parents[2] / "shared" / "cleaning" / "dumps"


@pytest.mark.skipif(not DUMPS.is_dir(), reason="needs the pages of ../shared")
@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("topics.json", 0.94, 0.90), ("topics-later.json", 0.97, 0.84)]
)
def test_bearings_on_labelled_pages_stay_as_good(name: str, precision: float, recall: float) -> None:
    """Invented topics over pages of the web, 250 and 189 pairs judged by reading: the floors hold."""
    labels = json.loads(LABELS.with_name(name).read_text("utf-8"))
    pages = dict.fromkeys(label["page"] for label in labels)
    sources = {page: annotated(page_texts(page), slug=f"s{number}") for number, page in enumerate(pages)}
    topics = tuple(topic(*label["terms"], name=label["topic"]) for label in labels)
    bearings = classify(tuple(sources.values()), topics)
    right = said = wanted = 0
    for label in labels:
        judged = {passage.id for passage in sources[label["page"]].passages[: label["judged"]]}
        found = {bearing.passage for bearing in bearings if bearing.topic == label["topic"]} & judged
        true = {passage for passage in judged if passage.split("-", 1)[1] in label["bearing"]}
        right, said, wanted = right + len(found & true), said + len(found), wanted + len(true)
    assert right >= precision * said, f"precision {right / said:.3f}"
    assert right >= recall * wanted, f"recall {right / wanted:.3f}"


def test_bearings_on_the_seeds_stay_as_good() -> None:
    """The topics of the project itself: the passages that bear by a reader's judgement, open questions left out."""
    root = Path(__file__).parents[1]
    sources = analyse(sorted((root / "seeds").glob("*.txt")))
    passages = [passage.id for source in sources for passage in source.passages]
    bearings = classify(sources, load_project(load_settings(root)).topics)
    right = said = wanted = 0
    for label in json.loads((LABELS.parent / "topics-seeds.json").read_text("utf-8")):
        true, unsure = (
            {passage for passage in passages if passage.rsplit("-", 1)[1] in label[key]} for key in ("bearing", "open")
        )
        found = {bearing.passage for bearing in bearings if bearing.topic == label["topic"]} - unsure
        assert len(true) == len(label["bearing"])
        right, said, wanted = right + len(found & true), said + len(found), wanted + len(true)
        assert len(found & true) >= 0.82 * len(found), label["topic"]
        assert len(found & true) >= 0.88 * len(true), label["topic"]
    assert right >= 0.87 * said, f"precision {right / said:.3f}"
    assert right >= 0.90 * wanted, f"recall {right / wanted:.3f}"


def test_a_verb_meets_its_noun_though_its_particle_stands_apart() -> None:
    """`tritt … zurück` meets `zurücktreten`, `blew out` meets `blowout`; a preposition is no particle."""
    source = annotated(["Die Kanzlerin tritt am Abend zurück. Der Zug fuhr zurück in das Tal."])
    assert len(classify((source,), (topic("zurücktreten"),))) == 1
    source = annotated(["A panel blew out in the air. The others looked out."], "en")
    assert len(classify((source,), (topic("blowout", language="en"),))) == 1


def test_the_head_of_a_compound_stands_for_it_once_it_was_said() -> None:
    """`Lager` alone is about the `Flüchtlingslager` behind it in the same source, and not before it or elsewhere."""
    source = annotated(
        ["Das Lager brannte.", "Im Flüchtlingslager leben viele.", "Dort ist Streit.", "Das Lager ist voll."]
    )
    other = annotated(["Das Lager der Firma ist leer."], slug="other")
    found = classify((source, other), (topic("Flüchtlingslager"),))
    assert [bearing.passage for bearing in found] == [source.passages[1].id, source.passages[3].id]


def test_english_nouns_meet_their_verbs() -> None:
    """Endings join them: closure and close, collision and collide, injury and injured."""
    for term, sentence in (
        ("closure", "The port was closed."),
        ("collision", "Both collided."),
        ("injury", "He is injured."),
    ):
        assert len(classify((annotated([sentence], "en"),), (topic(term, language="en"),))) == 1


def test_a_sentence_that_takes_up_the_one_before_bears_too() -> None:
    """A pronoun at the beginning brings one sentence, a place between two that bear brings it too."""
    source = annotated(["Waffen kamen nachts. Dies geschah heimlich. Niemand sah sie. Der Mond schien."])
    assert len(classify((source,), (topic("Waffe"),))) == 2
    source = annotated(["Waffen kamen nachts. Niemand sah sie. Waffen gingen tags."])
    assert len(classify((source,), (topic("Waffe"),))) == 3


def test_a_phrase_says_what_a_term_says() -> None:
    """`lost their lives` is about victims, `ums Leben` about `Tote`; `causing` tells of no cause."""
    for language, term, sentence, bears in (
        ("en", "victim", "Nine of them lost their lives.", True),
        ("en", "death", "The storm claimed the lives of two.", True),
        ("en", "cause", "It rolled on, causing delays.", False),
        ("en", "cause", "The causes are not known.", True),
        ("de", "Tote", "Zwei von ihnen kamen ums Leben.", True),
        ("de", "Opfer", "Drei wurden getötet.", True),
        ("de", "Haft", "Der Dieb muss hinter Gitter.", True),
    ):
        found = classify((annotated([sentence], language),), (topic(term, language=language),))
        assert bool(found) is bears, sentence


def test_a_general_term_is_met_by_its_kinds_and_not_the_other_way_round() -> None:
    """A rifle is a weapon; not every weapon is a rifle."""
    assert classify((annotated(["He dropped a rifle."], "en"),), (topic("weapon", language="en"),))
    assert not classify((annotated(["He dropped a weapon."], "en"),), (topic("rifle", language="en"),))


def test_what_a_dateline_names_is_not_told() -> None:
    """The place before the agency is where a report was written."""
    text = ["Seoul/Moskau (Reuters) - Der Präsident ist da."]
    assert not classify((annotated(text),), (topic("Seoul"),))
    assert classify((annotated(["Der Präsident ist in Seoul."]),), (topic("Seoul"),))


def test_a_passage_that_turns_to_another_topic_is_not_carried() -> None:
    """Between two that bear, one that holds a term of another topic only bears on that."""
    source = annotated(["Die Waffen kamen nachts. Der Handel wächst schnell. Waffen sah keiner."])
    bearings = classify((source,), (topic("Waffe", name="arms"), topic("Handel", name="trade")))
    assert [bearing.topic for bearing in bearings] == ["arms", "arms", "trade"]


def test_a_word_that_is_everywhere_does_not_make_its_term_common() -> None:
    """`Flughafen` in each passage, beside another topic, counts less; `Flug` still earns its passage."""
    sources = tuple(
        annotated(["Der Vater stand am Flughafen. Der Vater sprach im Flughafen."] * 8, slug=f"s{number}")
        for number in range(4)
    )
    last = annotated(["Ein Flug fiel aus."], slug="last")
    topics = (topic("Flug", name="flights"), topic("Vater", name="man"))
    found = [bearing.passage for bearing in classify((*sources, last), topics) if bearing.topic == "flights"]
    assert found == [last.passages[0].id]


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_word_stands_in_two_rows_of_senses(language: str) -> None:
    """Else it would bridge them: a term of one would be met by all words of the other."""
    rows = [set(row.split()) for row in table(language, "topics")["senses"]]
    assert not [word for number, row in enumerate(rows) for other in rows[:number] for word in row & other]
    for phrases in table(language, "topics")["idioms"].values():
        assert all(re.compile(phrase) for phrase in phrases)


def test_an_english_genitive_meets_its_noun() -> None:
    """`Kern’s` is Kern, whatever the apostrophe."""
    for written in ("Kern's", "Kern’s"):
        assert classify((annotated([f"They spoke of {written} death."], "en"),), (topic("Kern", language="en"),))


def test_a_name_is_common_only_where_it_is_everywhere() -> None:
    """A firm that stands in a third of few passages, beside another topic, still earns its passage."""
    sources = tuple(
        annotated(
            ["Die Xelva zahlt nicht.", "Der Kredit von Xelva fehlt.", "Es regnet.", "Der Tag war lang."], slug=f"s{n}"
        )
        for n in range(6)
    )
    topics = (topic("Xelva", name="owner"), topic("Kredit", name="loan"))
    assert len([one for one in classify(sources, topics) if one.topic == "owner"]) == 12


def test_what_is_said_behind_what_bears_goes_on_with_it() -> None:
    """Words in marks behind a passage that bears, in its block, bear too; what turns to another topic does not."""
    source = annotated(
        ["Er sprach von Waffen. „Wir haben lange daran gearbeitet und sind bereit“, sagte Ada Kern. Es schneite stark."]
    )
    assert len(classify((source,), (topic("Waffe", name="arms"),))) == 2
    topics = (topic("Waffe", name="arms"), topic("arbeiten", name="work"))
    found = classify((source,), topics)
    assert [one.passage for one in found if one.topic == "arms"] == [source.passages[0].id]
