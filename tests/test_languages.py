"""A language is a folder of word lists: a small French in a copy of the package is read without a line of code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from articles import annotated
from projects import make_project

from briefing import lexicon

ROOT = Path(__file__).parent.parent
FRENCH = ROOT / "tests/cases/languages/fr"
MANUAL = ROOT / "manual/languages.md"
ARTICLE = """Le bac de Sainte-Marie reprend la mer

« Nous partons vendredi prochain », a déclaré Marie Dupont, directrice du port. Selon le ministre Jean Martin, la \
réparation a coûté plus de 3,5 millions d’euros. La Pologne dément avoir payé 12 000 tonnes de gazole.

« Le bac transporte 450 passagers par jour », explique M. Martin. Il pourrait revenir en 2025, estime la mairie. Le \
navire aurait heurté un quai le 3 mai 1999, et l’ambassadeur polonais était à bord. Les habitants attendent depuis \
trois semaines que le port ouvre de nouveau ses portes.
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the package that has the small French, and nothing else changed."""
    folder = tmp_path_factory.mktemp("french")
    shutil.copytree(ROOT / "briefing", folder / "briefing", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(FRENCH, folder / "briefing/data/fr")
    (folder / "article.txt").write_text(ARTICLE, "utf-8")
    return folder


def run(package: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command of the package in that folder, there; of this repository's where the folder has none."""
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=package,
        env={**os.environ, "PYTHONPATH": str(package if (package / "briefing").is_dir() else ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def passages(package: Path) -> dict[str, dict[str, Any]]:
    """What the package reads in the article: each passage by its first words."""
    done = run(package, "inspect", "article.txt")
    assert done.returncode == 0, done.stderr
    (source,) = json.loads(done.stdout)["sources"]
    assert source["language"] == "fr"
    assert source["unread"] == []
    return {" ".join(passage["text"].split()[:2]): passage for passage in source["passages"]}


def test_sentences_end_where_french_ends_them(passages: dict[str, dict[str, Any]]) -> None:
    """`M. Martin` does not end one."""
    assert list(passages) == ["« Nous", "Selon le", "La Pologne", "« Le", "Il pourrait", "Le navire", "Les habitants"]


def test_speakers_are_found(passages: dict[str, dict[str, Any]]) -> None:
    """Behind a quotation, in the perfect and the present, and with a preposition."""
    assert [(one["text"], one["speaker"]) for one in passages["« Nous"]["quotations"]] == [
        ("Nous partons vendredi prochain", "Marie Dupont")
    ]
    assert [one["speaker"] for one in passages["« Le"]["quotations"]] == ["Jean Martin"]
    assert [one["name"] for one in passages["Selon le"]["speakers"]] == ["Jean Martin"]


def test_status_is_told(passages: dict[str, dict[str, Any]]) -> None:
    """Denied, alleged, assessed, stated and reported, with the cue words."""
    assert {words: passage["status"] for words, passage in passages.items()} == {
        "« Nous": "stated",
        "Selon le": "stated",
        "La Pologne": "denied",
        "« Le": "stated",
        "Il pourrait": "assessed",
        "Le navire": "alleged",
        "Les habitants": "reported",
    }
    assert [cue["text"] for cue in passages["La Pologne"]["cue"]] == ["dément"]


def test_figures_are_read_in_french_notation(passages: dict[str, dict[str, Any]]) -> None:
    """A comma points, a space groups; bound, unit and subject are those of the data."""
    (cost,) = passages["Selon le"]["figures"]
    assert (cost["value"], cost["unit"], cost["bound"]) == ("3500000", "EUR", "more than")
    (fuel,) = passages["La Pologne"]["figures"]
    assert (fuel["value"], fuel["unit"]) == ("12000", "t")
    (passengers,) = passages["« Le"]["figures"]
    assert (passengers["value"], passengers["subject"]) == ("450", "passagers")


def test_dates_are_read(passages: dict[str, dict[str, Any]]) -> None:
    """With and without a year; a weekday waits for the article's date, which this one does not tell."""
    assert [(date["value"], date["precision"]) for date in passages["Le navire"]["dates"]] == [("1999-05-03", "day")]
    assert [date["value"] for date in passages["Il pourrait"]["dates"]] == ["2025"]
    assert [(date["text"], date["value"]) for date in passages["« Nous"]["dates"]] == [("vendredi prochain", None)]


def test_persons_and_countries_are_read(passages: dict[str, dict[str, Any]]) -> None:
    """Persons with their office, a country by name and by adjective."""
    persons = {one["name"]: one["role"] for one in passages["« Nous"]["actors"]}
    assert persons == {"Marie Dupont": "directrice"}
    assert [one["code"] for one in passages["La Pologne"]["actors"]] == ["PL"]
    assert [one["code"] for one in passages["Le navire"]["actors"]] == ["PL"]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("figures.toml", "ranges = ", "rangse = ", "data/fr/figures.toml: no language has “rangse”; is it “ranges”?"),
        ("grammar.toml", 'links = "de du"', "links = true", "data/fr/grammar.toml: “links” must be a text"),
        ("figures.toml", 'point = ","', 'point = ""', "data/fr/figures.toml: “point” is missing"),
        ("dates.toml", "(?P<year>(?:1[0-9]", "(?P<year>(?:1[0-9", "data/fr/dates.toml: “patterns.list” is no regular"),
        ("status.toml", "negated = ", "negatd = ", "no language has “denial.negatd”; is it “denial.negated”?"),
        ("roles.toml", "titles = ", "titles ", "data/fr/roles.toml: this is no TOML"),
    ],
)
def test_a_fault_in_a_file_is_told(package: Path, file: str, old: str, new: str, told: str) -> None:
    """File, key and what it may have been; the command does not guess."""
    path = package / "briefing/data/fr" / file
    sound = path.read_text("utf-8")
    assert old in sound
    try:
        path.write_text(sound.replace(old, new, 1), "utf-8")
        done = run(package, "inspect", "article.txt")
    finally:
        path.write_text(sound, "utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_fault_in_a_phrase_of_a_topic_is_told(package: Path) -> None:
    """The phrases that say what a term says are regular expressions, a list under each term."""
    path = package / "briefing/data/fr/topics.toml"
    path.write_text("[idioms]\nnaufrage = ['par le fond', 'a (sombré']\n", "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from briefing.lexicon import table; table('fr', 'topics')"],
            cwd=package,
            env={**os.environ, "PYTHONPATH": str(package)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.unlink()
    assert "“idioms” is no regular expression" in done.stderr


def test_a_file_less_switches_off_its_part_only(package: Path) -> None:
    """Without `dates.toml` there are no dates, the source says so, and the rest is as before."""
    path = package / "briefing/data/fr/dates.toml"
    sound = path.read_text("utf-8")
    try:
        path.unlink()
        done = run(package, "inspect", "article.txt")
    finally:
        path.write_text(sound, "utf-8")
    (source,) = json.loads(done.stdout)["sources"]
    assert source["unread"] == ["dates"]
    assert not any(passage["dates"] for passage in source["passages"])
    assert sum(passage["status"] == "stated" for passage in source["passages"]) == 3


def test_an_unknown_language_has_sentences_and_quotations() -> None:
    """The rest is empty, and it is said what was not read."""
    (first, second) = annotated(["« Nous partons demain à midi », dit Eva Maier. Le bac est parti."], "xx").passages
    assert [quotation.text for quotation in first.quotations] == ["Nous partons demain à midi"]
    assert (first.speakers, first.dates, first.figures, second.cues, second.actors) == ((), (), (), (), ())
    assert lexicon.unread("xx") == ("speakers", "status", "dates", "figures", "persons", "countries")
    assert lexicon.unread("de") == lexicon.unread("en") == ()


def test_a_build_says_what_was_not_read(tmp_path: Path) -> None:
    """A source in a language without words is no reason to stop, and none to keep silent."""
    project = make_project(tmp_path, {"seeds/bac.txt": ARTICLE})
    done = run(project, "build")
    assert done.returncode == 0, done.stderr
    assert "seeds/bac.txt is in “fr”" in done.stderr
    assert "not read: speakers, status, dates, figures, persons, countries" in done.stderr
    assert "3 sources" in done.stdout


@pytest.mark.parametrize("language", lexicon.languages())
def test_the_files_of_the_package_are_sound(language: str) -> None:
    """Every file of the analysis is there for each language of the package, and passes the checks of the loader."""
    for name in lexicon.ANALYSIS:
        assert lexicon.table(language, name)


def test_the_manual_names_every_file_and_what_it_must_have() -> None:
    """The table of the manual says what the loader asks."""
    rows = re.findall(r"^\| `(\w+)\.toml` \|[^|]*\|([^|]*)\|$", MANUAL.read_text("utf-8"), re.MULTILINE)
    needed = lexicon.table("all", "language")["needed"]
    assert {name for name, _ in rows} == lexicon.ANALYSIS
    assert {name: set(re.findall(r"`([\w.]+)`", keys)) for name, keys in rows} == {
        name: set(needed.get(name, "").split()) for name, _ in rows
    }


def test_every_command_of_the_manual_runs(package: Path) -> None:
    """As it stands there."""
    lines = re.findall(r"^```console\n(.*?)^```$", MANUAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for line in "".join(lines).splitlines():
        done = run(package, *line.removeprefix("briefing ").split())
        assert done.returncode == 0, done.stderr
        assert "Marie Dupont" in done.stdout
