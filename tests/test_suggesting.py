"""What to write next: YAML that can be pasted, best first, and hints below the statements there are."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from test_starting import put_articles

from briefing.cli import main
from briefing.errors import ProjectError
from briefing.pipeline import build_briefing
from briefing.project import Project, load_project
from briefing.settings import load_settings
from briefing.starting import start
from briefing.suggesting import suggest


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A new project about an invented event."""
    start(tmp_path / "new")
    put_articles(tmp_path / "new", "strike")
    return tmp_path / "new"


def load(folder: Path) -> Project:
    """The project in a folder."""
    return load_project(load_settings(folder))


def test_suggestions_can_be_pasted(project: Path) -> None:
    """Below `statements:`, with texts filled in, what is suggested is a valid topic whose evidence is found."""
    suggested = suggest(load(project)).replace('""', '"Text."')
    topic = project / "topics" / "overview.yml"
    topic.write_text(f"{topic.read_text('utf-8')}\nstatements:\n{suggested}", "utf-8")
    written = load(project).topics[0].statements
    assert len(written) == 10
    assert any(len(statement.evidence) > 1 for statement in written)


def test_the_best_supported_come_first(project: Path) -> None:
    """Claims of several sources stand before those of one."""
    found = yaml.safe_load(suggest(load(project), limit=30))
    sources = [len({source for proof in one["evidence"] for source in proof}) for one in found]
    assert sources[0] > 1
    assert sources == sorted(sources, reverse=True)


def test_what_is_written_is_not_suggested_again(project: Path) -> None:
    """A claim that a statement cites is covered."""
    topic = project / "topics" / "overview.yml"
    before = yaml.safe_load(suggest(load(project), limit=50))
    first = before[0]["evidence"][0]
    statement = {"id": "one", "en": "One.", "de": "Eins.", "evidence": [first]}
    topic.write_text(
        topic.read_text("utf-8") + yaml.safe_dump({"statements": [statement]}, allow_unicode=True), "utf-8"
    )
    after = yaml.safe_load(suggest(load(project), limit=50))
    assert len(after) == len(before) - 1
    assert first not in [proof for one in after for proof in one["evidence"]]


def test_hints_for_statements(project: Path) -> None:
    """Below a statement stands, as a comment, what else supports it and what contradicts it."""
    topic = project / "topics" / "overview.yml"
    words = "Union leader Maeve Tolland accused Calder Lines of flying in replacement crews from abroad."
    statement = {"id": "accused", "en": "One.", "de": "Eins.", "evidence": [{"capital-wire": words}]}
    topic.write_text(
        topic.read_text("utf-8") + yaml.safe_dump({"statements": [statement]}, allow_unicode=True), "utf-8"
    )
    lines = suggest(load(project), "overview").splitlines()
    hint = lines.index("# statement accused: what may contradict it")
    assert "The company denied the accusation." in lines[hint + 1]


def test_an_unknown_topic_is_named(project: Path) -> None:
    """A topic that is not there is answered with the nearest that is."""
    with pytest.raises(ProjectError, match="overview"):
        suggest(load(project), "overvew")


def test_the_command(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`briefing suggest` prints it and changes nothing."""
    assert main(["suggest", "--project", str(project), "--topic", "overview", "--limit", "2", "--quiet"]) == 0
    assert len(yaml.safe_load(capsys.readouterr().out)) == 2
    assert build_briefing(load(project)).briefing.topics[0].statements[0].automatic
