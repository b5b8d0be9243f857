"""The same statements in other orders: by time, by speaker, by support."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import TOPIC, make_project

from briefing.model import Briefing, Overviews
from briefing.pipeline import draft_briefing
from briefing.project import load_project
from briefing.settings import load_settings

STATEMENTS = """\
  - id: jobs
    by: [Seafarers]
    date: 2031-03
    en: The seafarers fear for more than 40 jobs.
    de: Mehr als 40 Stellen könnten wegfallen, warnte die Gewerkschaft der Seeleute.
    evidence:
      - ferry: The union of seafarers warned that more than 40 jobs could be lost
    disputed:
      - by: [Operator]
        en: Nobody would be dismissed.
        de: Niemand werde entlassen.
        evidence:
          - ferry: nobody would be dismissed
  - id: fire
    date: 2029
    en: In 2029 the terminal burned.
    de: Ein Brand beschädigte 2029 das Terminal.
    evidence:
      - ferry: a fire damaged the terminal in 2029
"""


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """A briefing with dates, a speaker and somebody who contradicts."""
    folder: Path = tmp_path_factory.mktemp("overviews")
    project = make_project(folder, {"topics/ferry.yml": TOPIC + STATEMENTS})
    return draft_briefing(load_project(load_settings(project))).briefing


@pytest.fixture(scope="module")
def found(briefing: Briefing) -> Overviews:
    """Its overviews."""
    return briefing.overviews


def test_the_timeline_is_in_order_and_says_what_was_worked_out(found: Overviews) -> None:
    """The oldest comes first; a date that no cited sentence writes is marked."""
    assert [(entry.date, entry.derived) for entry in found.timeline] == [("2029", False), ("2031-03", True)]


def test_who_speaks_and_who_contradicts(found: Overviews) -> None:
    """A speaker has statements, a contradictor what they contradict."""
    voices = {voice.party.id: voice for voice in found.voices}
    assert [one.id for one in voices["seafarers"].statements] == ["jobs"]
    assert [one.id for one in voices["operator"].contradicts] == ["jobs"]
    assert [one.id for one in found.disputed] == ["jobs"]


def test_nobody_is_both_heard_and_unheard(found: Overviews) -> None:
    """Who has a voice is not listed among those without."""
    assert not {voice.party.id for voice in found.voices} & {one.party.id for one in found.unheard}


def test_every_figure_is_listed_once(briefing: Briefing) -> None:
    """A figure that two statements cite is one figure."""
    listed = [(one.quoted.passage, one.quoted.figure.start) for one in briefing.overviews.figures]
    assert len(set(listed)) == len(listed)
    assert {one for page in briefing.topics for one in page.figures} == {
        one.quoted for one in briefing.overviews.figures
    }


def test_support_counts_what_rests_on_one_source(found: Overviews) -> None:
    """Statements of one source are told apart from those of several sources and one chain."""
    (support,) = found.support
    assert support.statements == 3
    assert {one.id for one in support.single_source} == {"jobs", "fire"}
    assert support.chains <= len(support.sources) == 2
