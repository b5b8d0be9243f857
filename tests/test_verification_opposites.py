"""Opposites: what one language says, the other must not deny by another word."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import make_project
from test_verification import QUIET

from briefing.model import Finding
from briefing.pipeline import read_seeds
from briefing.project import load_project
from briefing.settings import load_settings
from briefing.verification import verify

GAZETTE = """\
Council of Drammen votes for the tram

The Gazette
14 March 2031

The council of Drammen voted on Tuesday evening for the first tram to Lier. Finance Minister Eva Dahl hopes that it \
will pay for itself. Shopkeepers criticised the annual fee.

Ingrid Solberg received Eva Dahl at the depot. The line could cost more than planned, she said. It was closed \
before the war.
"""
NAMES = """\
- {name: {en: Ingrid Solberg, de: Ingrid Solberg}, role: {en: Mayor, de: Bürgermeisterin}, also: [Solberg]}
- {name: {en: Eva Dahl, de: Eva Dahl}, role: {en: Finance Minister, de: Finanzministerin}, also: [Dahl]}
"""
CASES: dict[str, tuple[str, str, str, set[str]]] = {
    "first and last": (
        "It is the last tram to Lier.",
        "Es ist die erste Bahn nach Lier.",
        "voted on Tuesday evening",
        {"languages-differ"},
    ),
    "the same in both": (
        "It is the first tram to Lier.",
        "Es ist die erste Bahn nach Lier.",
        "voted on Tuesday evening",
        set(),
    ),
    "morning and evening": (
        "The council voted in the morning.",
        "Der Rat stimmte am Morgen ab.",
        "voted on Tuesday evening",
        {"opposite"},
    ),
    "yearly and monthly": (
        "Shopkeepers criticised the monthly fee.",
        "Händler kritisierten die monatliche Gebühr.",
        "criticised the annual fee",
        {"opposite"},
    ),
    "criticised and praised": (
        "Shopkeepers praised the annual fee.",
        "Händler kritisierten die jährliche Gebühr.",
        "criticised the annual fee",
        {"languages-differ", "exchanged"},
    ),
    "hope and fear": (
        "Eva Dahl fears that the tram will pay.",
        "Eva Dahl befürchtet, dass die Bahn sich lohnt.",
        "hopes that it will",
        {"opposite", "exchanged"},
    ),
    "a prefix that denies": (
        "Eva Dahl is worried about the tram.",
        "Eva Dahl ist über die Bahn unbesorgt.",
        "could cost more",
        {"languages-differ", "certainty", "status"},
    ),
    "a word that may mean something else": (
        "The first council vote was on Tuesday.",
        "Am Dienstag stimmte der Rat schließlich erst ab.",
        "voted on Tuesday evening",
        set(),
    ),
    "an opposite of a negated word": (
        "Shopkeepers did not praise the fee.",
        "Händler haben die Gebühr nicht gelobt, sondern kritisiert.",
        "criticised the annual fee",
        {"negation"},
    ),
    "a prefix that the evidence has not": (
        "Eva Dahl sees an unplanned cost in the tram.",
        "Eva Dahl sieht in der Bahn Kosten, die keiner plante.",
        "could cost more than planned",
        {"negation", "languages-differ", "certainty"},
    ),
    "before and after": (
        "It was closed after the war.",
        "Sie wurde vor dem Krieg geschlossen.",
        "closed before the war",
        {"languages-differ", "opposite"},
    ),
    "an office that is another": (
        "Foreign Minister Eva Dahl hopes it will pay.",
        "Außenministerin Eva Dahl hofft, dass es sich lohnt.",
        "hopes that it will",
        {"opposite"},
    ),
    "a former office": (
        "The former Foreign Minister Eva Dahl hopes it will pay.",
        "Die frühere Außenministerin Eva Dahl hofft, dass es sich lohnt.",
        "hopes that it will",
        set(),
    ),
}


def findings_of(tmp_path: Path, english: str, german: str, evidence: str, more: str = "") -> tuple[Finding, ...]:
    """What is found in one statement about the tram."""
    topic = (
        "title: {en: Tram, de: Bahn}\nquestion: {en: What?, de: Was?}\nstatements:\n  - id: tried\n"
        f"    en: {english}\n    de: {german}\n{more}    evidence:\n      - gazette: {evidence}\n"
    )
    files = {
        "seeds/ferry.txt": None,
        "seeds/faehre.txt": None,
        "topics/ferry.yml": None,
        "seeds/gazette.txt": GAZETTE,
        "seeds/sources.yml": "gazette.txt: {slug: gazette, language: en}\n",
        "seeds/names.yml": NAMES,
        "topics/tram.yml": topic,
    }
    project = load_project(load_settings(make_project(tmp_path, files)))
    return verify(project.topics, read_seeds(project, QUIET).sources, project.names, project.settings).findings


@pytest.mark.parametrize("case", sorted(CASES))
def test_opposites(case: str, tmp_path: Path) -> None:
    """A text that names one of two opposites only is not published beside one that names the other only."""
    english, german, evidence, rules = CASES[case]
    findings = findings_of(tmp_path, english, german, evidence)
    assert {finding.rule for finding in findings} == rules, findings


@pytest.mark.parametrize(
    ("english", "german", "evidence", "rules"),
    [
        (
            "The harbour is haunted by ghosts.",
            "Im Hafen spuken Gespenster.",
            "criticised the annual fee",
            {"unrelated"},
        ),
        (
            "Sellers with small incomes dislike such charges.",
            "Händler mögen die Gebühr.",
            "{quote: criticised the annual fee, de: eine Gebühr}",
            {"unrelated"},
        ),
        ("Shop owners dislike the charge.", "Händler mögen die Gebühr.", "criticised the annual fee", set()),
        ("It was so.", "Es war so.", "criticised the annual fee", set()),
    ],
)
def test_evidence_bears_on_its_statement(
    english: str, german: str, evidence: str, rules: set[str], tmp_path: Path
) -> None:
    """A text that shares nothing with its evidence is a finding; one that shares a stem, or is too short, is none."""
    findings = findings_of(tmp_path, english, german, evidence)
    assert {finding.rule for finding in findings if finding.rule == "unrelated"} == rules, findings


@pytest.mark.parametrize(
    ("english", "rules"),
    [("Eva Dahl fears it has cost more.", {"languages-differ"}), ("Eva Dahl fears it may cost more.", set())],
)
def test_what_may_be_has_not_happened(english: str, rules: set[str], tmp_path: Path) -> None:
    """Where one language leaves open what the other tells as done, the modality was lost."""
    german = "Eva Dahl befürchtet, sie könnte mehr kosten."
    findings = findings_of(tmp_path, english, german, "could cost more than planned", "    status: assessed\n")
    assert {finding.rule for finding in findings} == rules, findings
