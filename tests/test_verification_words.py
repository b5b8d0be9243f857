"""Exchanged words, lost doubt and exchanged roles, on small texts about an invented tram."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_verification_opposites import findings_of

from briefing.verification.clauses import clauses, parties
from briefing.verification.facts import Reader
from briefing.verification.vocabulary import kinds

NEW = {"exchanged", "certainty", "roles", "languages-differ"}
CASES: dict[str, tuple[str, str, str, set[str]]] = {
    # what is tried: (English, German, evidence, the rules among the new ones that find it)
    "the same, in other words": (
        "Shop owners condemned the yearly charge.",
        "Händler haben die jährliche Gebühr kritisiert.",
        "criticised the annual fee",
        set(),
    ),
    "a person for another, in one language": (
        "Teachers criticised the annual fee.",
        "Händler kritisierten die jährliche Gebühr.",
        "criticised the annual fee",
        {"languages-differ", "exchanged"},
    ),
    "a person for another, in both": (
        "Teachers criticised the annual fee.",
        "Lehrer kritisierten die jährliche Gebühr.",
        "criticised the annual fee",
        {"exchanged"},
    ),
    "a deed for its opposite, in both": (
        "Shopkeepers praised the annual fee.",
        "Händler lobten die jährliche Gebühr.",
        "criticised the annual fee",
        {"exchanged"},
    ),
    "what may be is told as a fact": (
        "The line will cost more than planned, Eva Dahl said.",
        "Die Bahn wird mehr kosten als geplant, sagte Eva Dahl.",
        "could cost more than planned",
        {"certainty"},
    ),
    "what may be stays so": (
        "The line might cost more than planned, Eva Dahl said.",
        "Die Bahn könnte mehr kosten als geplant, sagte Eva Dahl.",
        "could cost more than planned",
        set(),
    ),
    "doubt lost in one language": (
        "Perhaps the line will cost more than planned, Eva Dahl said.",
        "Die Bahn wird mehr kosten als geplant, sagte Eva Dahl.",
        "could cost more than planned",
        {"languages-differ", "certainty"},
    ),
    "a cause where none is told": (
        "It was closed before the war because it was old.",
        "Sie wurde vor dem Krieg geschlossen, weil sie alt war.",
        "closed before the war",
        {"certainty"},
    ),
    "roles exchanged in one language": (
        "Eva Dahl received Ingrid Solberg at the depot.",
        "Ingrid Solberg empfing Eva Dahl im Depot.",
        "received Eva Dahl at the depot",
        {"languages-differ", "roles"},
    ),
    "roles exchanged in both": (
        "Eva Dahl received Ingrid Solberg at the depot.",
        "Eva Dahl empfing Ingrid Solberg im Depot.",
        "received Eva Dahl at the depot",
        {"roles"},
    ),
    "roles kept in the passive": (
        "Eva Dahl was received by Ingrid Solberg at the depot.",
        "Eva Dahl wurde von Ingrid Solberg im Depot empfangen.",
        "received Eva Dahl at the depot",
        set(),
    ),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_words_doubt_and_roles(case: str, tmp_path: Path) -> None:
    """A word, a doubt or a role that the evidence gives otherwise is found, and the same said otherwise is not."""
    english, german, evidence, rules = CASES[case]
    findings = findings_of(tmp_path, english, german, evidence)
    assert {finding.rule for finding in findings} & NEW == rules, findings


@pytest.mark.parametrize(
    ("text", "language", "field", "found"),
    [
        ("Sie lehnten das Verbot gestern ab.", "de", "motion-on-a-demand", {"reject": "lehnten … ab"}),
        ("Mittelstreckenraketen wurden gezeigt.", "de", "weapon", {"missile": "Mittelstreckenraketen"}),
        ("Ein Partnerschaftsvertrag lag vor.", "de", "money", None),
        ("The power plant was sold.", "en", "building", {"power-plant": "power plant", "factory": ""}),
        ("He called it a “school of thought”.", "en", "building", {"school": ""}),
        ("Above all, it rained.", "en", "share", None),
        ("Rien de nouveau.", "fr", "weapon", None),
    ],
)
def test_kinds(text: str, language: str, field: str, found: dict[str, str] | None) -> None:
    """Words are found by dictionary form, as parted verbs and in compounds; what is unsure has no word."""
    assert kinds(text, language).get(field) == found


@pytest.mark.parametrize(
    ("text", "language", "acting", "bearing"),
    [
        ("Norway supplied Sweden with trams.", "en", "Norway", "Sweden"),
        ("Trams were supplied to Sweden by Norway.", "en", "Norway", "Sweden"),
        ("Norwegen lieferte Schweden Bahnen.", "de", "Norwegen", "Schweden"),
        ("Norwegen hat Bahnen an Schweden geliefert.", "de", "Norwegen", "Schweden"),
        ("Schweden wurden Bahnen von Norwegen geliefert.", "de", "Norwegen", "Schweden"),
        ("the supply of trams to Sweden", "en", None, None),
    ],
)
def test_who_acts(text: str, language: str, acting: str | None, bearing: str | None) -> None:
    """Order, passive and preposition tell who acts and who is acted upon; where they do not, nobody is named."""
    from briefing.verification.roles import _read  # noqa: PLC0415 - the reading itself is what is asked

    facts = Reader(()).facts(text, language)
    pairs = [_read(clause) for clause in clauses(facts, parties(facts))]
    assert [tuple(one.text if one else None for one in pair) for pair in pairs] == [(acting, bearing)]
