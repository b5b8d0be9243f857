"""Each rule on small texts: what it finds, what it leaves alone, and what its message says."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import TOPIC, make_project, run, tree

from briefing.cli import main
from briefing.errors import ProjectError, UnprovedError, VerificationError
from briefing.model import Finding, Name, Place
from briefing.pipeline import build_briefing, check_project, read_seeds
from briefing.project import Project, load_project
from briefing.reporting import print_findings
from briefing.running import Execution
from briefing.settings import load_settings
from briefing.verification import RULES, verify
from briefing.verification.cognates import cognate
from briefing.verification.facts import Reader
from briefing.verification.marks import quoted
from briefing.verification.numbers import numbers
from briefing.verification.polarity import polarity

QUIET = Execution(cache=False, quiet=True)
GAZETTE = """\
Council of Drammen votes for the tram

The Gazette
14 March 2031

The council of Drammen voted on Tuesday for a tram to Lier, Norway. Mayor Ingrid Solberg said the line would cost more \
than 4.8 million euros. "It is a new era," she said. Nobody voted against it.

Eva Dahl of the opposition fears that the work could take nine years. She accused the mayor of hiding the price. The \
mayor denied it.

The old tram was closed in March 1962. It ran for 24 kilometres, through a town of 10,500 people. Sweden and Denmark \
did not offer help.
"""
NAMES = """\
- {name: {en: Ingrid Solberg, de: Ingrid Solberg}, also: [Solberg]}
- {name: {en: Eva Dahl, de: Eva Dahl}, also: [Dahl]}
- {name: {en: Norway, de: Norwegen}, kind: country}
"""
CASES: dict[str, tuple[str, str, str, str | None]] = {
    # what is tried: (English, German, evidence, the rule that finds it; None where all is well)
    "a number in another notation": (
        "The tram is to cost more than 4.8 million euros, says Ingrid Solberg.",
        "Die Bahn soll laut Ingrid Solberg mehr als 4,8 Millionen Euro kosten.",
        "would cost more than 4.8 million euros",
        None,
    ),
    "a number that is not there": (
        "The tram is to cost more than 4.9 million euros, says Ingrid Solberg.",
        "Die Bahn soll laut Ingrid Solberg mehr als 4,9 Millionen Euro kosten.",
        "would cost more than 4.8 million euros",
        "number",
    ),
    "a unit that is another": (
        "The tram is to cost more than 4.8 million dollars, says Ingrid Solberg.",
        "Die Bahn soll laut Ingrid Solberg mehr als 4,8 Millionen Dollar kosten.",
        "would cost more than 4.8 million euros",
        "unit",
    ),
    "a bound that is dropped": (
        "The tram is to cost 4.8 million euros, says Ingrid Solberg.",
        "Die Bahn soll laut Ingrid Solberg 4,8 Millionen Euro kosten.",
        "would cost more than 4.8 million euros",
        "bound",
    ),
    "a bound that is another": (
        "The tram is to cost less than 4.8 million euros, says Ingrid Solberg.",
        "Die Bahn soll laut Ingrid Solberg weniger als 4,8 Millionen Euro kosten.",
        "would cost more than 4.8 million euros",
        "bound",
    ),
    "a spelled number": (
        "Eva Dahl fears nine years of work.",
        "Eva Dahl befürchtet neun Jahre Bauzeit.",
        "could take nine years",
        None,
    ),
    "a spelled number that is another": (
        "Eva Dahl fears eight years of work.",
        "Eva Dahl befürchtet acht Jahre Bauzeit.",
        "could take nine years",
        "number",
    ),
    "a number in the sentence before": (
        "The tram that closed in 1962 had 24 kilometres.",
        "Die 1962 stillgelegte Bahn maß 24 Kilometer.",
        "It ran for 24 kilometres",
        None,
    ),
    "a year that is another": (
        "The former tram was shut in 1963.",
        "Die frühere Bahn wurde 1963 stillgelegt.",
        "was closed in March 1962",
        "date",
    ),
    "a month that is another": (
        "The former tram was shut in May 1962.",
        "Die frühere Bahn wurde im Mai 1962 stillgelegt.",
        "was closed in March 1962",
        "month",
    ),
    "a day that the weekday resolves to": (
        "On Tuesday, 11 March 2031, Drammen decided for a tram.",
        "Am Dienstag, dem 11. März 2031, entschied sich Drammen für eine Bahn.",
        "voted on Tuesday for a tram",
        None,
    ),
    "a day that was no such weekday": (
        "On Tuesday, 12 March 2031, Drammen decided for a tram.",
        "Am Dienstag, dem 12. März 2031, entschied sich Drammen für eine Bahn.",
        "voted on Tuesday for a tram",
        "date",
    ),
    "a person by surname": (
        "Solberg spoke of the price.",
        "Solberg sprach vom Preis.",
        "Ingrid Solberg said the line",
        None,
    ),
    "a person who is not there": (
        "Dahl spoke of the old tram.",
        "Dahl sprach von der alten Bahn.",
        "through a town of 10,500 people",
        "name",
    ),
    "a name that no list knows": (
        "The tram of Skien was shut in 1962.",
        "Die Bahn von Skien wurde 1962 stillgelegt.",
        "was closed in March 1962",
        "name",
    ),
    "a name that is a word, too": (
        "Later Smith shut the tram.",
        "Später legte Smith die Bahn still.",
        "was closed in March 1962",
        "name",
    ),
    "a country by its people": (
        "The Swedish and Danish did not help.",
        "Schwedische und dänische Hilfe gab es nicht.",
        "Sweden and Denmark did not offer help",
        None,
    ),
    "a country that is another": (
        "Finland and Denmark did not help.",
        "Finnland und Dänemark halfen nicht.",
        "Sweden and Denmark did not offer help",
        "country",
    ),
    "a negation that is dropped": (
        "Sweden and Denmark gave help.",
        "Schweden und Dänemark halfen.",
        "Sweden and Denmark did not offer help",
        "negation",
    ),
    "a negation that is added": (
        "Drammen did not decide for a tram.",
        "Drammen entschied sich nicht für eine Bahn.",
        "The council of Drammen voted on Tuesday for a tram",
        "negation",
    ),
    "a negation in one language": (
        "Nobody was against the tram.",
        "Alle waren für die Bahn.",
        "Nobody voted against it",
        "languages-differ",
    ),
    "a number in one language": (
        "The tram had 24 kilometres.",
        "Die Bahn war lang.",
        "It ran for 24 kilometres",
        "languages-differ",
    ),
    "a country in one language": (
        "Sweden and Denmark did not help.",
        "Schweden half nicht.",
        "Sweden and Denmark did not offer help",
        "languages-differ",
    ),
    "words that were said": (
        "Solberg called it a “new era”.",
        "Solberg sprach von einem Aufbruch.",
        "It is a new era",
        None,
    ),
    "words that were not said": (
        "Solberg called it a “great era”.",
        "Solberg sprach von einem Aufbruch.",
        "It is a new era",
        "quoted-words",
    ),
    "words without a translation": (
        "Solberg spoke of a start.",
        "Solberg sprach von einer „neuen Zeit“.",
        "It is a new era",
        "quoted-words",
    ),
    "seven words of the source": (
        "The council of Drammen voted on Tuesday for a railway.",
        "Der Rat von Drammen entschied sich am Dienstag für eine Bahn.",
        "The council of Drammen voted on Tuesday for a tram",
        "retelling",
    ),
    "six words of the source": (
        "The council of Drammen voted on a railway.",
        "Der Rat von Drammen entschied über eine Bahn.",
        "The council of Drammen voted on Tuesday for a tram",
        None,
    ),
}


def project_with(folder: Path, statement: str, changes: Mapping[str, str | None] | None = None) -> Project:
    """A project whose only topic has this statement, given as YAML."""
    files = {
        "seeds/ferry.txt": None,
        "seeds/faehre.txt": None,
        "topics/ferry.yml": None,
        "seeds/gazette.txt": GAZETTE,
        "seeds/names.yml": NAMES,
        "seeds/sources.yml": "gazette.txt: {published: 2031-03-14, language: en, outlet: The Gazette}\n",
        "topics/tram.yml": f"title: {{en: The tram, de: Die Bahn}}\nstatements:\n{statement}",
    }
    return load_project(load_settings(make_project(folder, {**files, **(changes or {})})))


def statement_of(english: str, german: str, evidence: str, more: str = "") -> str:
    """One statement as an editor writes it."""
    lines = [f"  - id: tried\n    en: {json.dumps(english)}\n    de: {json.dumps(german)}\n", more]
    return "".join([*lines, f"    evidence:\n      - gazette: {json.dumps(evidence)}\n"])


def found(project: Project) -> list[Finding]:
    """What verification finds."""
    return list(verify(project.topics, read_seeds(project, QUIET).sources, project.names, project.settings).findings)


@pytest.mark.parametrize("case", CASES)
def test_each_rule(case: str, tmp_path: Path) -> None:
    """A rule finds what is wrong, and nothing is found where nothing is."""
    english, german, evidence, rule = CASES[case]
    findings = found(project_with(tmp_path, statement_of(english, german, evidence)))
    assert bool(findings) == bool(rule), findings
    assert rule is None or rule in {finding.rule for finding in findings}, findings


@pytest.mark.parametrize(
    ("more", "english", "german", "evidence", "rule"),
    [
        ("    by: [Ingrid Solberg]\n", "It is a start.", "Es ist ein Anfang.", "It is a new era", "attribution"),
        (
            "    by: [Eva Dahl]\n",
            "Eva Dahl sees a start.",
            "Eva Dahl sieht einen Anfang.",
            "It is a new era",
            "attribution",
        ),
        ("    by: [Ingrid Solberg]\n", "Solberg sees a start.", "Solberg sieht einen Anfang.", "It is a new era", None),
        (
            "    status: assessed\n",
            "Work takes nine years.",
            "Der Bau dauert neun Jahre.",
            "could take nine years",
            "status",
        ),
        (
            "    status: assessed\n",
            "Work could last nine years.",
            "Der Bau könnte neun Jahre dauern.",
            "could take nine years",
            None,
        ),
        (
            "    status: reported\n",
            "Work takes nine years.",
            "Der Bau dauert neun Jahre.",
            "could take nine years",
            "status",
        ),
        ("    date: 1961\n", "A tram was shut.", "Eine Bahn wurde stillgelegt.", "was closed in March 1962", "date"),
        ("    date: 1962-03\n", "A tram was shut.", "Eine Bahn wurde stillgelegt.", "was closed in March 1962", None),
    ],
)
def test_who_says_it_and_how_sure(  # noqa: PLR0913, PLR0917 - one column each
    more: str, english: str, german: str, evidence: str, rule: str | None, tmp_path: Path
) -> None:
    """Speaker, status and date, which stand beside the text, agree with the evidence too."""
    findings = found(project_with(tmp_path, statement_of(english, german, evidence, more)))
    assert bool(findings) == bool(rule), findings
    assert rule is None or rule in {finding.rule for finding in findings}, findings


@pytest.mark.parametrize(
    ("entry", "before", "rule"),
    [
        ("not_after: 2031-03-10", "false", "time"),
        ("not_after: 2031-03-10", "true", None),
        ("published: 2031-03-14", "true", "time"),
        ("published: 2031-03-14", "false", None),
        ("published: 2031-03", "false", None),
        ("published: 2031-02", "false", "time"),
    ],
)
def test_a_source_proves_only_what_it_can_know(entry: str, before: str, rule: str | None, tmp_path: Path) -> None:
    """A text from before the event proves background only, and background rests on one."""
    text = statement_of(
        "A tram was shut.", "Eine Bahn wurde stillgelegt.", "The old tram was closed", f"    before: {before}\n"
    )
    config = "site_name: x\nplugins:\n  - briefing: {languages: [en, de], event: 2031-03-11}\n"
    changes = {"mkdocs.yml": config, "seeds/sources.yml": f"gazette.txt: {{{entry}, language: en}}\n"}
    findings = found(project_with(tmp_path, text, changes))
    assert {finding.rule for finding in findings} == ({rule} if rule else set()), findings


def test_an_overruled_rule_is_silent_and_a_needless_one_is_a_warning(tmp_path: Path) -> None:
    """`allow` takes a finding away, with a reason; where nothing is found, it is to be removed."""
    more = "    allow: {number: The council said so by telephone., time: Just in case.}\n"
    text = statement_of("The tram had 25 stops.", "Die Bahn hatte 25 Halte.", "It ran for 24 kilometres", more)
    findings = found(project_with(tmp_path, text))
    assert [(finding.rule, finding.severity) for finding in findings] == [("allow", "warning")]
    assert "allow: time: this rule finds nothing here" in findings[0].message


def test_an_unknown_rule_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """A rule that does not exist cannot be overruled."""
    text = statement_of("A tram.", "Eine Bahn.", "The old tram", "    allow: {nmber: why}\n")
    with pytest.raises(ProjectError, match="“nmber” is no known rule to overrule; did you mean “number”"):
        found(project_with(tmp_path, text))


@pytest.mark.parametrize(
    ("translation", "message"),
    [
        ("Es fuhr 24 Kilometer weit", None),
        ("Es fuhr 25 Kilometer weit", "“25” is missing in the quotation (de)"),
        ("Es fuhr weit", "“24” is missing in the translation (de)"),
        ("Es fuhr nicht 24 Kilometer weit", "the translation (de) says no once, the quotation never"),
    ],
)
def test_translations_say_what_the_quotation_says(translation: str, message: str | None, tmp_path: Path) -> None:
    """A translation of the evidence adds nothing and leaves nothing out."""
    text = statement_of("It had 24 kilometres.", "Es waren 24 Kilometer.", "It ran for 24 kilometres")
    text = text.replace(
        'gazette: "It ran for 24 kilometres"', f"gazette: {{quote: It ran for 24 kilometres, de: {translation}}}"
    )
    findings = found(project_with(tmp_path, text))
    messages = [finding.message for finding in findings]
    assert message in messages if message else not messages
    assert {(finding.rule, finding.place.line) for finding in findings} <= {("translation", 7)}


def test_contradictions_are_held_against_their_evidence_too(tmp_path: Path) -> None:
    """Who contradicts a statement is quoted as carefully as the statement."""
    more = (
        "    disputed:\n      - by: [Ingrid Solberg]\n        en: Solberg denied it 3 times.\n"
        "        de: Solberg bestritt es 3 Mal.\n        evidence: [{gazette: The mayor denied it}]\n"
    )
    text = statement_of("Eva Dahl accused Solberg.", "Eva Dahl beschuldigte Solberg.", "She accused the mayor", more)
    findings = found(project_with(tmp_path, text))
    assert [(finding.rule, finding.place.line) for finding in findings] == [("number", 8), ("number", 9)]


def test_a_finding_names_file_line_column_and_what_would_be_right(tmp_path: Path) -> None:
    """The message leads the editor to the text that is wrong, and shows what stands in the evidence."""
    english, german, evidence, _ = CASES["a unit that is another"]
    first = found(project_with(tmp_path, statement_of(english, german, evidence)))[0]
    assert str(first.place) == "topics/tram.yml:4:9"
    assert first.message == "“4.8 million” is given in USD; the evidence says EUR"
    assert first.statement == "tried"


def test_what_stands_beside_the_evidence_is_named(tmp_path: Path) -> None:
    """A value that the neighbouring sentence or the article's date proved says so."""
    english, german, evidence, _ = CASES["a number in the sentence before"]
    project = project_with(tmp_path, statement_of(english, german, evidence))
    elsewhere = verify(project.topics, read_seeds(project, QUIET).sources, project.names).elsewhere
    assert [(one.text, one.where, one.source) for one in elsewhere if one.language == "en"] == [
        ("1962", "neighbouring sentence", "gazette")
    ]


def test_a_quotation_must_stand_once_in_the_body(tmp_path: Path) -> None:
    """Absent, ambiguous and removed words are refused with what would be right, at their line."""
    for evidence, message in (
        ("The council of Oslo voted", "the nearest passage reads “The council of 〔Drammen〕 voted”"),
        ("The mayor", "prefix"),
        ("Council of Drammen votes", "only in a heading, a caption or a removed line"),
    ):
        project = project_with(tmp_path, statement_of("A tram.", "Eine Bahn.", evidence))
        with pytest.raises(VerificationError) as error:
            build_briefing(project, QUIET)
        if evidence != "The mayor":
            assert message in str(error.value)
            assert str(error.value).startswith("topics/tram.yml:7:18: ")


def test_the_build_refuses_what_it_cannot_prove(tmp_path: Path) -> None:
    """Findings stop the build with status 1, absent words with 2; the pages stay as they were."""
    make_project(tmp_path)
    assert run(tmp_path, "build").returncode == 0
    before = tree(tmp_path / "docs")
    (tmp_path / "topics" / "ferry.yml").write_text(TOPIC.replace("again from 4 May", "again from 5 May"))
    done = run(tmp_path, "build")
    assert (done.returncode, tree(tmp_path / "docs")) == (1, before)
    assert "topics/ferry.yml:10:9: date: “5 May” does not stand in its evidence" in done.stderr
    assert "Traceback" not in done.stderr
    (tmp_path / "topics" / "ferry.yml").write_text(TOPIC.replace("reopen on 4 May", "open on 4 May"))
    assert (run(tmp_path, "build").returncode, tree(tmp_path / "docs")) == (2, before)


def test_the_limit_of_quotation_stops_the_build(tmp_path: Path) -> None:
    """No more of a source is shown than the project allows; sources shown by right in full are left out."""
    text = statement_of("A tram was shut.", "Eine Bahn wurde stillgelegt.", "The old tram was closed")
    config = "site_name: x\nplugins:\n  - briefing: {languages: [en, de], quotation_limit: 0.01}\n"
    project = project_with(tmp_path, text, {"mkdocs.yml": config})
    assert [finding.rule for finding in check_project(project, QUIET)] == ["quotation-limit"]
    with pytest.raises(UnprovedError, match="the limit is 1%"):
        build_briefing(project, QUIET)
    rights = "gazette.txt: {published: 2031-03-14, language: en, rights: full}\n"
    free = project_with(tmp_path, text, {"mkdocs.yml": config, "seeds/sources.yml": rights})
    assert check_project(free, QUIET) == ()


def test_findings_are_printed_for_people_tools_and_pull_requests(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` exits with 1 and prints each finding in the form that is asked for."""
    english, german, evidence, _ = CASES["a year that is another"]
    root = project_with(tmp_path, statement_of(english, german, evidence)).settings.root
    arguments = ["check", "--project", str(root), "--quiet"]
    assert main([*arguments, "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert {(one["rule"], one["file"], one["line"], one["column"], one["statement"]) for one in printed} == {
        ("date", "topics/tram.yml", 4, 9, "tried"),
        ("date", "topics/tram.yml", 5, 9, "tried"),
    }
    assert main([*arguments, "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=topics/tram.yml,line=4,col=9,title=date::“1963” does not")
    assert main(arguments) == 1
    assert capsys.readouterr().err.endswith("2 findings\n")


def test_annotations_cannot_be_forged(capsys: pytest.CaptureFixture[str]) -> None:
    """A message with line breaks and commas stays one annotation."""
    finding = Finding("number", Place("topics/a,b:c.yml", 1, 2), "100 %\n::error::forged")
    print_findings([finding], "github")
    assert capsys.readouterr().out == (
        "::error file=topics/a%2Cb%3Ac.yml,line=1,col=2,title=number::100 %25%0A::error::forged\n"
    )


# --------------------------------------------------------------------------------------------------- reading of facts


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "4.8 million shells, 10,000 containers, $2.5bn, 24th", "4800000 10000 2500000000 24"),
        ("de", "4,8 Millionen Geschosse, 10.000 Container, 2,5 Mrd. Euro, 24.", "4800000 10000 2500000000 24"),
        ("en", "twenty-five men, two hundred women, a two-day visit, the fifth", "25 200 2 5"),
        ("de", "fünfundzwanzig Männer, zweitägiger Besuch, der fünfte, zwanzigste, sechsten, dritte", "25 2 5 20 6 3"),
        ("de", "zehntausend Menschen, Tausende, ein Dutzend, F-16", "10000 1000 12 16"),
        ("en", "one source, both states, at first", ""),
        ("en", "²³ and ٣٤ and " + "9" * 60, "34"),
    ],
)
def test_numbers_are_read_in_both_notations(language: str, text: str, values: str) -> None:
    """Digits and words, separators, magnitudes and ordinals give one exact value."""
    read = [one.value for one in numbers(text, language, []) if one.hard]
    assert read == values.split()


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        (
            "en",
            "on 19 June 2024, June 20, 2024, in March 2024, since May, 3rd of May",
            "2024-06-19 2024-06-20 2024-03 --05 --05-03",
        ),
        (
            "de",
            "am 19. Juni 2024, 20.06.2024, im März 2024, im Mai, am 3. Mai",
            "2024-06-19 2024-06-20 2024-03 --05 --05-03",
        ),
        ("en", "They may march on 31 February 2024", "2024-02"),
        ("de", "2024-06-19", "2024-06-19"),
    ],
)
def test_dates_are_read_in_both_orders(language: str, text: str, values: str) -> None:
    """Dates become ISO 8601, cut to what is said; months that are other words need a neighbour."""
    assert {one.value for one in Reader(()).facts(text, language).of("date")} == set(values.split())


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "um 20.15 Uhr", "20:15"),
        ("en", "at 8:15 p.m.", "20:15"),
        ("en", "at 8 am", "08:00"),
        ("en", "at 12 a.m.", "00:00"),
        ("de", "um 24 Uhr", "00:00"),
        ("de", "um 20:15 in Oslo", "20:15"),
    ],
)
def test_times_of_day_are_read_in_both_ways_of_counting(language: str, text: str, value: str) -> None:
    """Twelve hours and twenty-four give one time, and no number beside."""
    assert [(one.kind, one.value) for one in Reader(()).facts(text, language).mentions if one.kind != "country"][
        :1
    ] == [("clock", value)]


def test_names_are_read_in_any_form() -> None:
    """Inflected, hyphenated and shortened names give one key; a longer name is another."""
    place = Place("names.yml")
    names = (
        Name({"en": "Kim Jong Un", "de": "Kim Jong Un"}, {}, ("Kim",), "person", place),
        Name({"en": "North Korea", "de": "Nordkorea"}, {}, (), "country", place),
    )
    reader = Reader(names)

    def read(text: str, language: str) -> set[tuple[str, str]]:
        return {(one.kind, one.value) for one in reader.facts(text, language).mentions if one.hard}

    kim, korea = ("person", "Kim Jong Un"), ("country", "KP")
    assert read("Kims Besuch in Nordkoreas Hauptstadt", "de") == {kim, korea}
    assert read("Kim Jong-un und die nordkoreanische Führung", "de") == {kim, korea}
    assert read("Kim’s visit to Pyongyang", "en") == {kim, korea}
    assert read("auf dem Kim-Il-Sung-Platz", "de") == {("word", "Kim Il"), ("word", "Sung")}
    assert read("die UNO und die Vereinten Nationen", "de") == {("organisation", "UN")}
    assert read("they told us so", "en") == set()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Selenskyj", "Zelenskyy", True),
        ("Lukaschenko", "Lukashenko", True),
        ("Peskow", "Peskov", True),
        ("Artjom", "Artyom", True),
        ("Schoigu", "Shoigu", True),
        ("Nawalny", "Navalny", True),
        ("Putin", "Rutin", False),
        ("Merkel", "Merz", False),
        ("Jones", "Johns", False),
        ("Lind", "Lund", False),
    ],
)
def test_transcriptions_of_one_name_are_one(one: str, other: str, *, same: bool) -> None:
    """German and English write foreign names differently; other names stay others."""
    assert cognate(one, other) is same


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kim’s “new level”", ["new level"]),
        ("die „neue Ebene“ und »Wir«", ["neue Ebene", "Wir"]),
        ('a "plain" one and ‘another’s’', ["plain", "another’s"]),
        ("the states’ and Kim’s own", []),
    ],
)
def test_quotation_marks_of_every_kind(text: str, words: list[str]) -> None:
    """Marks are paired, apostrophes are none."""
    assert [text[start:end] for start, end in quoted(text)] == words


def test_hidden_negations_are_told_from_spelled_ones() -> None:
    """`unknown` and `nicht bekannt` may stand for one another; `did not` and `tat` may not."""
    assert polarity("It is unknown and didn’t matter.", "en").hidden == 1
    assert polarity("It is unknown and didn’t matter.", "en").sure == 1
    assert polarity("Es ist nicht bekannt.", "de").sure == 1
    assert polarity("Moskau wies das zurück.", "de").denials == 1


@given(st.text(max_size=80), st.sampled_from(["de", "en", "und", "fr"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """No text breaks the reading of facts, and every mention is a slice of it."""
    for mention in Reader(()).facts(text, language).mentions:
        assert text[mention.start : mention.end] == mention.text


@given(st.integers(2, 999_999), st.integers(0, 99))
def test_a_number_is_the_same_in_both_notations(whole: int, cents: int) -> None:
    """Whatever number is written the German and the English way reads the same."""
    english = f"{whole:,}.{cents:02d}"
    german = english.translate(str.maketrans(",.", ".,"))
    values = [
        [one.value for one in numbers(f"x {text} x", code, [])] for text, code in ((english, "en"), (german, "de"))
    ]
    assert values[0] == values[1]
    assert len(values[0]) == 1


def test_thousands_of_statements_take_seconds(tmp_path: Path) -> None:
    """Verification is linear in the statements: 5,000 take 20 seconds of one processor at most."""
    english, german, evidence, _ = CASES["a number in another notation"]
    text = "".join(
        statement_of(english.replace("tram", f"tram line {n}"), german.replace("Bahn", f"Bahn {n}"), evidence).replace(
            "id: tried", f"id: tried-{n}"
        )
        for n in range(5000)
    )
    project = project_with(tmp_path, text)
    sources = read_seeds(project, QUIET).sources
    started = time.process_time()
    findings = verify(project.topics, sources, project.names, project.settings).findings
    assert time.process_time() - started < 20
    assert {finding.rule for finding in findings} == {"number", "date"}  # the numbers of the lines, some like years


def test_every_rule_is_known_by_name() -> None:
    """The rules that an editor may overrule are those that exist, in order."""
    assert list(RULES) == sorted(set(RULES))
    assert {rule for *_, rule in CASES.values() if rule} <= set(RULES)
