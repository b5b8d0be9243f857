"""The automatic briefing: what is chosen, that it can be read alone, and that it says more than other choices."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from clusters import NAMES, Cluster, annotated, cluster, source
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.composition import Material, compose
from briefing.composition.context import Excerpt, stretches, word_count
from briefing.corroboration import corroborate
from briefing.model import (
    AnnotatedSource,
    Bearing,
    Briefing,
    ComposedStatement,
    Evidence,
    Place,
    ResolvedEvidence,
    Statement,
    Topic,
    fold,
)
from briefing.pipeline import read_seeds
from briefing.project import Project, load_project
from briefing.settings import Settings, load_settings
from briefing.topics import classify
from briefing.verification import verify

ROOT = Path(__file__).parent.parent
OVERVIEW = Topic("overview", {"en": "Overview", "de": "Überblick"}, {}, {}, (), Place("topics/overview.yml"))


def briefing_of(
    sources: tuple[AnnotatedSource, ...],
    topics: tuple[Topic, ...] = (OVERVIEW,),
    share: float = 0.15,
    evidence: tuple[ResolvedEvidence, ...] = (),
) -> Briefing:
    """The composed briefing of some sources."""
    bearings = classify(sources, topics)
    material = Material(sources, (), topics, (), bearings, evidence, corroborate(sources, bearings))
    return compose(material, Settings(ROOT, {"en": "Test", "de": "Test"}, automatic_share=share))


def statements_of(sources: tuple[AnnotatedSource, ...], share: float = 0.15) -> tuple[ComposedStatement, ...]:
    """The statements of the one topic that takes every passage."""
    return briefing_of(sources, share=share).topics[0].statements


def words_of(sources: tuple[AnnotatedSource, ...]) -> int:
    """Words of all passages."""
    return sum(word_count(passage.text) for one in sources for passage in one.passages)


# -------------------------------------------------------------------------------------------------------- how much


@cache
def seeds() -> tuple[Project, tuple[AnnotatedSource, ...]]:
    """This repository's own project."""
    project = load_project(load_settings(ROOT))
    return project, read_seeds(project).sources


def carried(share: float) -> float:
    """Part of the facts that several of the five seeds report which the automatic topics carry, each on its page.

    A fact is a statement of this repository that is key or rests on several sources; it is carried where the page of
    its topic shows the whole of one piece of its evidence.
    """
    project, sources = seeds()
    verified = verify(project.topics, sources, project.names, project.settings)
    resolved = {id(one.evidence): one for one in verified.evidence}
    empty = tuple(replace(topic, statements=()) for topic in project.topics)
    pages = {page.topic.id: page.statements for page in briefing_of(sources, empty, share).topics}
    assert sum(word_count(one.text["de"]) for page in pages.values() for one in page) <= share * words_of(sources)
    verdicts = []
    for topic in project.topics:
        shown = [(one.notes[0].source, one.notes[0].start, one.notes[0].end) for one in pages[topic.id]]
        for statement in topic.statements:
            proofs = [resolved[id(one)] for one in statement.evidence if id(one) in resolved]
            if statement.key or len({proof.source for proof in proofs}) > 1:
                verdicts.append(
                    any(
                        source == proof.source and start <= proof.start and proof.end <= end
                        for proof in proofs
                        for source, start, end in shown
                    )
                )
    return sum(verdicts) / len(verdicts)


def test_the_seeds_in_a_seventh_of_their_words() -> None:
    """With 15 % of the words of the five seeds, at least 40 % of their vital facts stand on the right page."""
    assert carried(0.15) >= 0.4


def test_the_seeds_in_a_third_of_their_words() -> None:
    """With 30 %, at least 60 %."""
    assert carried(0.3) >= 0.6


def vital(event: Cluster, passages: list[str]) -> float:
    """Part of an event's vital facts that some passages carry."""
    found = frozenset().union(*(event.facts[passage] for passage in passages)) if passages else frozenset()
    return len(found & event.vital) / len(event.vital)


def by_chance(event: Cluster, share: float, seed: int) -> float:
    """The same for passages drawn at random until the words are used up."""
    passages = [passage for one in event.sources for passage in one.passages]
    random.Random(seed).shuffle(passages)  # noqa: S311 - a yardstick, no secret
    left, chosen = share * words_of(event.sources), []
    for passage in passages:
        if word_count(passage.text) <= left:
            left -= word_count(passage.text)
            chosen.append(passage.id)
    return vital(event, chosen)


@pytest.mark.parametrize("share", [0.15, 0.3])
def test_more_than_chance(share: float) -> None:
    """Over the invented events, what is chosen carries half as many vital facts again as a random choice."""
    events = [cluster(name) for name in NAMES]
    chosen = [
        vital(event, [passage for one in statements_of(event.sources, share) for passage in one.notes[0].passages])
        for event in events
    ]
    chance = [by_chance(event, share, seed) for event in events for seed in range(40)]
    assert sum(chosen) / len(chosen) >= 1.3 * sum(chance) / len(chance)


# ----------------------------------------------------------------------------------------------------- what is shown


@pytest.mark.parametrize("name", NAMES)
def test_statements_are_verbatim(name: str) -> None:
    """Every automatic statement is a slice of its source, in every language of the site the same; so is its note."""
    event = cluster(name)
    texts = {one.source.slug: one.source.text for one in event.sources}
    for one in statements_of(event.sources):
        note = one.notes[0]
        assert one.automatic
        assert set(one.text.values()) == {fold(texts[note.source][note.start : note.end])}
        assert note.exact == texts[note.source][note.start : note.end]
        assert one.language == next(s.source.language for s in event.sources if s.source.slug == note.source)


@pytest.mark.parametrize("name", NAMES)
def test_no_more_words_than_the_share(name: str) -> None:
    """The statements take at most the share of all words that the settings give them."""
    event = cluster(name)
    shown = sum(word_count(one.text["en"]) for one in statements_of(event.sources, 0.2))
    assert 0 < shown <= 0.2 * words_of(event.sources)


def test_two_short_articles_make_more_than_one_statement() -> None:
    """However small the share, a topic has three statements, of at most half its words."""
    fire = (
        "Am Montag brach in Husum ein Feuer in einer Fischfabrik aus. Rund 80 Helfer löschten es bis Mitternacht. "
        "Nach Angaben der Polizei wurde in Husum niemand verletzt. Die Feuerwehr in Husum sucht noch nach der Ursache."
    )
    damage = (
        "Ein Feuer hat am Montag die Fischfabrik von Jens Brodersen zerstört. Brodersen schätzt den Schaden auf vier "
        "Millionen Euro. In Husum arbeiteten 120 Menschen für Jens Brodersen."
    )
    sources = tuple(annotated(source(text, f"s{n}")) for n, text in enumerate((fire, damage)))
    shown = statements_of(sources, 0.05)
    assert len(shown) == 3
    assert {note.source for one in shown for note in one.notes} == {"s0", "s1"}
    assert sum(word_count(one.text["de"]) for one in shown) <= 0.5 * words_of(sources)


def test_a_source_of_which_nothing_is_shown_is_named() -> None:
    """A topic that has no room for a source says so, and every other one is shown."""
    event = cluster("strike")
    for share in (0.05, 0.15, 0.6):
        page = briefing_of(event.sources, share=share).topics[0]
        shown = {note.source for one in page.statements for note in one.notes}
        assert shown | set(page.silent) == {one.source.slug for one in event.sources}
        assert not shown & set(page.silent)


def test_what_is_said_is_not_said_again() -> None:
    """Of sentences that say little new, another one is chosen before them."""
    texts = (
        "In Husum starben am Montag drei Menschen bei einem Brand. In Husum starben drei Menschen bei Bränden.",
        "Bei einem Brand in Husum starben drei Menschen. Bürgermeisterin Anke Tiedjen versprach am Abend rasche Hilfe.",
    )
    sources = tuple(annotated(source(text, f"s{n}")) for n, text in enumerate(texts))
    shown = [one.text["de"] for one in statements_of(sources, 0.5)]
    assert any("Hilfe" in text for text in shown[:2])


def test_a_claim_is_shown_once_with_all_that_say_it() -> None:
    """One statement of each claim, with a footnote for every source of it."""
    event = cluster("tanker")
    statements = statements_of(event.sources, 0.5)
    shown = [passage for one in statements for note in one.notes for passage in note.passages]
    assert len(shown) == len(set(shown))
    several = [one for one in statements if len(one.sources) > 1]
    assert several
    assert all({note.source for note in one.notes} == set(one.sources) for one in several)


def test_key_statements_come_first_and_are_few() -> None:
    """A home page holds six, and the topic shows them first."""
    statements = statements_of(cluster("strike").sources, 0.5)
    keys = [one.key for one in statements]
    assert keys == sorted(keys, reverse=True)
    assert 3 <= sum(keys) <= 6


def test_a_denial_stands_beside_what_it_denies() -> None:
    """Where the accusation is shown, so are those who deny it."""
    statements = statements_of(cluster("strike").sources, 0.6)
    accusation = next(one for one in statements if "replacement crews from abroad" in one.text["en"])
    assert {note.source for side in accusation.disputed for note in side.notes} >= {"capital-wire"}


def test_an_unrelated_source_changes_nothing() -> None:
    """An article that does not bear on a topic leaves its automatic statements, their ids and their order."""
    sources, other = cluster("tanker").sources, cluster("verdict").sources[1]
    ship = replace(OVERVIEW, id="ship", terms={"de": ("Tanker", "Schiff", "Halvarsund", "Öl", "Besatzung")})
    before = briefing_of(sources, (ship,)).topics[0].statements
    after = briefing_of((*sources, other), (ship,)).topics[0].statements
    assert [(one.id, one.key) for one in before] == [(one.id, one.key) for one in after]


def test_the_order_of_the_sources_changes_nothing() -> None:
    """Sources may come in any order."""
    sources = cluster("probe").sources
    assert [one.id for one in statements_of(sources)] == [one.id for one in statements_of(sources[::-1])]


def test_also_reported() -> None:
    """A topic with statements shows beside them the claims of several sources that no statement cites."""
    event = cluster("tanker")
    first = event.sources[0].passages[0]
    proof = Evidence(first.source, first.text, Place("topics/overview.yml"))
    resolved = ResolvedEvidence(proof, first.source, (first.id,), first.text, "", "", first.start, first.end)
    statement = Statement("aground", {"en": "It ran aground.", "de": "Er lief auf Grund."}, (proof,), Place("x"))
    page = briefing_of(event.sources, (replace(OVERVIEW, statements=(statement,)),), evidence=(resolved,)).topics[0]
    assert [one.id for one in page.statements] == ["aground"]
    assert page.also
    assert all(one.automatic and len(one.sources) > 1 for one in page.also)
    assert not any(first.id in note.passages for one in page.also for note in one.notes)


# ------------------------------------------------------------------------------------------------------ context guard


def shown(text: str, language: str = "de") -> list[str]:
    """The excerpts of a text of one paragraph."""
    one = annotated(source(text, language=language))
    return [Excerpt._make((one, *stretch)).text for stretch in stretches(one)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Er kündigte gegen die Entscheidung der Richter Revision an.", "de"),
        ("Das teilten beide Unternehmen am Mittwoch in Husum mit.", "de"),
        ("Deshalb bleibt die Strecke nach Norden wochenlang gesperrt.", "de"),
        ("Im März blockierte sie jedoch die neue Mission in Genf.", "de"),
        ("Das Unternehmen will den Standort im Norden bald schließen.", "de"),
        ("Die Regierung in der fernen Hauptstadt bestreitet das.", "de"),
        ("Am Hafen brach gestern ein großes Feuer in einer Halle aus.", "de"),
        ("„Wir kennen solche leeren Versprechen seit vielen Jahren.“", "de"),
        ("Warum verließ der große Tanker in der Nacht die Fahrrinne?", "de"),
        ("Melden Sie sich jetzt an, wenn Sie mehr davon lesen wollen.", "de"),
        ("9 Uhr (Skispringen / 12 Uhr (Langlauf)", "de"),
        ("Die Angeklagte hatte das Verfahren in Husum verzögert.", "de"),
        ("Der 24-Jährige war am Abend von der Polizei gefasst worden.", "de"),
        ("Der Norweger gewann die Abfahrt am Ende mit großem Vorsprung.", "de"),
        ("F. war vor der Jugendkammer des Landgerichts angeklagt worden.", "de"),
        ("Drei starben, fünf wurden schwer verletzt.", "de"),
        ("Vier Menschen kamen dabei am frühen Morgen ums Leben.", "de"),
        ("Unterdessen präzisierte die Polizei ihre Angaben zu den Opfern.", "de"),
        ("The suspect was taken to a hospital in the afternoon.", "en"),
        ("The two trains collided near a tunnel before midnight.", "en"),
        ("Another two people have been detained for questioning.", "en"),
        ("She would not say how long the walkout might last.", "en"),
        ("The company cancelled most of its daily sailings.", "en"),
        ("But the ferries stayed in port for another long day.", "en"),
        ("This was the first strike on the islands in years.", "en"),
        ("Ferry crews on the islands walked off the job yesterday.", "en"),
    ],
)
def test_what_cannot_be_read_alone_is_left_out(text: str, language: str) -> None:
    """A sentence that hides whom, what or when it means is not shown where nothing stands before it."""
    assert shown(text, language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bei seinem Besuch in Genf sprach Präsident Otto Brandt über die Zölle.", "de"),
        ("Das neue Gesetz tritt im Juli dieses Jahres in Kraft.", "de"),
        ("Experten der Behörde warnten am Montag vor einer Flut.", "de"),
        ("Drei der vier Männer kamen am Montag vor das Gericht in Kiel.", "de"),
        ("Der Norweger Magnus Holm gewann die Abfahrt am Sonntag.", "de"),
        ("Zwei junge Männer brachen in der Nacht in das Museum ein.", "de"),
        ("Two people were killed in the crash near Larissa on Monday.", "en"),
        ("The Seafarers' Alliance is demanding a raise of 9 percent for all crews.", "en"),
        ("Minister Colin Rhead said on Tuesday that he would meet both sides.", "en"),
    ],
)
def test_what_can_be_read_alone_is_shown(text: str, language: str) -> None:
    """A pronoun whose noun stands in the same sentence is no reason to leave it out."""
    assert shown(text, language) == [text]


def test_the_sentence_before_is_taken_along() -> None:
    """A sentence that leans on the one before it is shown with it, as one verbatim stretch."""
    text = "Bürgermeister Florian Wenck besuchte am Montag den Ort. Er dankte den 600 Einsatzkräften."
    assert shown(text) == ["Bürgermeister Florian Wenck besuchte am Montag den Ort.", text]


def test_a_place_line_is_left_out() -> None:
    """Where a report was written is no part of its first sentence."""
    assert shown("Wien/Genf (Agentur) - Die Regierung in Wien hat den Vertrag kritisiert.") == [
        "Die Regierung in Wien hat den Vertrag kritisiert."
    ]


@given(st.text(alphabet=st.sampled_from("aA bB.!?\"„“»«'\n<>*_er sie Das "), max_size=200))
@settings(max_examples=60)
def test_any_text_has_slices_or_none(text: str) -> None:
    """Whatever a source holds, an excerpt is a slice of it that ends where its passage ends."""
    one = annotated(source(text))
    for excerpt in (Excerpt._make((one, *stretch)) for stretch in stretches(one)):
        assert one.source.text[excerpt.start : excerpt.end] == excerpt.text
        assert excerpt.passages[-1].id == excerpt.ids[-1]
        assert excerpt.end == excerpt.passages[-1].end


def test_a_topic_with_nothing() -> None:
    """A topic on which nothing bears has no statements."""
    nothing = replace(OVERVIEW, id="nothing", terms={"de": ("Xylophonkonzert",)})
    assert briefing_of(cluster("flood").sources, (nothing,)).topics[0].statements == ()


def test_bearings_decide_the_page() -> None:
    """A passage that bears on two topics is shown once, on the page it bears on most."""
    event = cluster("flood")
    topics = (replace(OVERVIEW, id="one", terms={"de": ("x",)}), replace(OVERVIEW, id="two", terms={"de": ("y",)}))
    ids = [passage.id for one in event.sources for passage in one.passages]
    bearings = (*(Bearing(one, "one", 0.4, ()) for one in ids), *(Bearing(one, "two", 0.9, ()) for one in ids))
    material = Material(event.sources, (), topics, (), bearings, (), corroborate(event.sources, bearings))
    pages = compose(material, Settings(ROOT, {"en": "Test", "de": "Test"})).topics
    assert pages[0].statements == ()
    assert pages[1].statements


def test_a_topic_without_terms_gets_what_is_left() -> None:
    """Beside a topic that takes every passage, one with terms has its own: it bears less strongly, but of itself."""
    flood = cluster("flood").sources
    words = [word for one in flood for passage in one.passages for word in passage.text.split() if len(word) > 9]
    own = replace(OVERVIEW, id="own", terms={"de": (max(sorted(words), key=words.count),)})
    overview, named = briefing_of(flood, (OVERVIEW, own), share=0.3).topics
    assert overview.statements
    assert named.statements
