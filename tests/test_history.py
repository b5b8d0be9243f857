"""What changed in a briefing, from git history; the page of changes and its feeds."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from projects import FERRY, TOPIC, run, tree
from repositories import commit, git, make_changes, make_repository

from briefing.history import Change, history
from briefing.pipeline import build_briefing
from briefing.project import load_project
from briefing.rendering.changes import changes_pages
from briefing.running import Execution
from briefing.settings import load_settings

TODAY = "topics/ferry.yml"
REWORDED = TOPIC.replace("are to sail", "will sail")
MORE = """\
  - id: closed
    status: reported
    en: It has been shut since a fire at the terminal in 2029.
    de: Seit einem Feuer im Terminal im Jahr 2029 ruhte der Verkehr.
    evidence:
      - ferry: closed since a fire damaged the terminal in 2029
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project, committed on 12 March 2031."""
    return make_repository(tmp_path / "repository")


def changes(project: Path) -> tuple[Change, ...]:
    """Its history, which must be known."""
    found = history(project, load_settings(project))
    assert found is not None
    return found


def told(project: Path) -> list[tuple[str, str]]:
    """Kind and id of each change of a statement, oldest first."""
    return [(one.kind, one.id) for one in reversed(changes(project)) if one.about == "statement"]


def pages(project: Path, language: str = "en", site_url: str = "") -> Mapping[str, str]:
    """The page of changes and its feeds."""
    settings = load_settings(project)
    built = build_briefing(load_project(settings), Execution(cache=False))
    return changes_pages(built.briefing, history(project, settings), language, site_url)


def test_statements_are_added_corrected_extended_and_withdrawn(project: Path) -> None:
    """A correction tells a reader something else than before; further evidence does not."""
    commit(project, {TODAY: TOPIC + MORE}, "2031-03-13")
    commit(project, {TODAY: REWORDED + MORE}, "2031-03-14")
    commit(project, {TODAY: REWORDED + MORE + "      - faehre: seit einem Brand im Jahr 2029\n"}, "2031-03-15")
    commit(project, {TODAY: REWORDED}, "2031-03-16")
    assert told(project) == [
        ("added", "reopening"),
        ("added", "closed"),
        ("corrected", "reopening"),
        ("extended", "closed"),
        ("withdrawn", "closed"),
    ]
    correction = next(one for one in changes(project) if one.kind == "corrected")
    assert (correction.before["en"], correction.after["en"], correction.what) == (
        "Ferries are to sail between Halden and Morvik again from 4 May.",
        "Ferries will sail between Halden and Morvik again from 4 May.",
        ("text",),
    )


def test_status_evidence_and_contradictions_count(project: Path) -> None:
    """Another status or other words of the source correct a statement; a new contradiction extends it."""
    disputed = (
        "    disputed:\n      - {by: [Tore Nygaard], evidence: [{ferry: We have waited two years for this day}]}\n"
    )
    commit(project, {TODAY: TOPIC.replace("status: stated", "status: reported")})
    commit(project, {TODAY: TOPIC.replace("will reopen on 4 May", "reopen on 4 May")})
    commit(project, {TODAY: TOPIC.replace("will reopen on 4 May", "reopen on 4 May") + disputed})
    found = [(one.kind, one.what) for one in reversed(changes(project)) if one.about == "statement"][1:]
    assert found == [
        ("corrected", ("status",)),
        ("corrected", ("status", "evidence")),
        ("extended", ("contradiction",)),
    ]


def test_layout_comments_order_and_ids_are_no_change(project: Path) -> None:
    """Neither is a statement that moved to another file, nor one that only got another id."""
    commit(project, {TODAY: f"# A comment.\n{TOPIC}".replace("key: true", "key:   true")})
    commit(project, {TODAY: None, "topics/crossing.yml": TOPIC.replace("id: reopening", "id: sails-again")})
    assert told(project) == [("added", "reopening")]


def test_sources_are_told_too(project: Path) -> None:
    """Added, replaced and removed; a file that only got another name is none of these."""
    commit(project, {"seeds/tide.txt": FERRY.replace("4 May", "11 May")})
    commit(project, {"seeds/tide.txt": FERRY.replace("4 May", "12 May")})
    commit(project, {"seeds/tide.txt": None, "seeds/ebb.txt": FERRY.replace("4 May", "12 May")})
    commit(project, {"seeds/ebb.txt": None})
    found = [(one.kind, one.id) for one in reversed(changes(project)) if one.about == "source"][2:]
    assert found == [("added", "tide"), ("corrected", "tide"), ("withdrawn", "ebb")]


def test_what_is_not_committed_is_not_told(project: Path) -> None:
    """So the page of one commit is the same on every machine."""
    make_changes(project, {TODAY: REWORDED})
    assert told(project) == [("added", "reopening")]


def test_a_broken_version_was_never_published(project: Path) -> None:
    """A commit whose topic is no YAML withdraws nothing, and the next one adds nothing."""
    commit(project, {TODAY: "statements: [\n"})
    commit(project, {TODAY: REWORDED})
    assert told(project) == [("added", "reopening"), ("corrected", "reopening")]


def test_only_what_reached_the_main_branch_is_told(project: Path) -> None:
    """The steps on a branch were never published; its merge is one change, at the time of the merge."""
    git(project, "switch", "--quiet", "--create", "draft")
    commit(project, {TODAY: REWORDED}, "2031-03-20")
    commit(project, {TODAY: TOPIC.replace("are to sail", "shall sail")}, "2031-03-21")
    git(project, "switch", "--quiet", "main")
    when = "2031-03-25T23:30:00-05:00"
    git(project, "merge", "--quiet", "--no-ff", "draft", GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE=when)
    assert told(project) == [("added", "reopening"), ("corrected", "reopening")]
    assert "26 March 2031" in pages(project)["changes.md"]


def test_a_history_that_was_told_is_kept(project: Path) -> None:
    """Until the next commit; a damaged record is as if it were not there."""
    commit(project, {TODAY: REWORDED})
    first = changes(project)
    [kept] = [path for path in (project / "build/history").rglob("*") if path.is_file()]
    assert changes(project) == first
    kept.write_bytes(kept.read_bytes()[:-9] + b"something")
    assert changes(project) == first
    commit(project, {TODAY: TOPIC})
    assert len(changes(project)) == len(first) + 1


def test_without_history_the_page_says_so(project: Path, tmp_path: Path) -> None:
    """No repository, or a shallow clone: nothing is told rather than half of it, and there is no feed."""
    commit(project, {TODAY: REWORDED})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project}", "shallow")
    shutil.copytree(project, tmp_path / "bare", ignore=shutil.ignore_patterns(".git"))
    for copy in (tmp_path / "shallow", tmp_path / "bare"):
        assert history(copy, load_settings(copy)) is None
        found = pages(copy)
        assert list(found) == ["changes.md"]
        assert "without the history" in found["changes.md"]


def test_the_page_is_the_same_everywhere(project: Path) -> None:
    """Whatever the time zone, the language and the settings of git of whoever builds."""
    commit(project, {TODAY: REWORDED}, "2031-03-14")
    git(project, "config", "log.date", "relative")
    git(project, "config", "diff.renames", "copies")
    script = (
        "from pathlib import Path\nimport sys\nfrom test_history import pages\n"
        "sys.stdout.buffer.write(repr(sorted(pages(Path.cwd(), 'de').items())).encode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=project,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parent), **environment},
            capture_output=True,
            check=True,
        ).stdout
        for environment in (
            {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"},
            {"TZ": "America/Lima", "LC_ALL": "de_DE.UTF-8"},
        )
    }
    assert len(outputs) == 1


def test_the_page_tells_corrections_from_additions(project: Path) -> None:
    """Old and new words stand one above the other, under the day, with a link to the statement."""
    commit(project, {TODAY: REWORDED}, "2031-03-14")
    page = pages(project)["changes.md"]
    assert page.index("14 March 2031") < page.index("12 March 2031")
    assert "**Corrected (wording)** · [The ferry](topics/ferry.md#reopening)" in html.unescape(page)
    assert "Before: <del>Ferries are to sail" in html.unescape(page)


def test_a_link_leads_to_where_the_statement_is_now(project: Path) -> None:
    """Also of a change from before it moved to another topic; a statement that is gone has a link to its topic only."""
    other = TOPIC.partition("statements:")[0].replace("The ferry", "The line")
    commit(project, {TODAY: TOPIC + MORE})
    commit(project, {TODAY: REWORDED})
    commit(project, {TODAY: other, "topics/line.yml": REWORDED})
    page = pages(project)["changes.md"]
    assert "(topics/line.md#reopening)" in page
    assert "#closed)" not in page
    assert "(topics/ferry.md#" not in page


def test_a_correction_of_one_language_is_told_in_that_language(project: Path) -> None:
    """A reader of the other could not have noticed it."""
    commit(project, {TODAY: TOPIC.replace("sollen ab dem", "sollen vom")})
    assert "Corrected" not in pages(project)["changes.md"]
    assert "Berichtigt (Wortlaut)" in html.unescape(pages(project, "de")["changes.md"])


def test_many_statements_of_one_commit_are_counted(project: Path) -> None:
    """A topic written in one go is one piece of news."""
    words = [chr(ord("a") + n % 26) * (n // 26 + 2) for n in range(30)]
    more = "".join(MORE.replace("id: closed", f"id: {word}").replace("has been", f"has {word} been") for word in words)
    commit(project, {TODAY: TOPIC + more})
    page = pages(project)["changes.md"]
    assert "30 statements added" in page
    assert page.count("**Added**") == 1


def test_the_feeds_are_sound(project: Path) -> None:
    """Atom (RFC 4287) and JSON Feed 1.1, with ids that are unlike and stay, and addresses where the site's is known."""
    commit(project, {TODAY: REWORDED}, "2031-03-14")
    found = pages(project, site_url="https://ferry.example/")
    feed, names = ET.fromstring(found["feed.atom"]), {"a": "http://www.w3.org/2005/Atom"}  # noqa: S314 - our own
    ids = [one.findtext("a:id", None, names) for one in feed.findall("a:entry", names)]
    assert ids == [one["id"] for one in json.loads(found["feed.json"])["items"]]
    assert len(set(ids)) == len(ids) == 4
    assert feed.findtext("a:updated", None, names) == "2031-03-14T12:00:00Z"
    assert all(str(one).startswith("https://ferry.example/changes/#c-") for one in ids)
    assert pages(project)["feed.json"].count("urn:uuid:") == 4
    assert "http" not in pages(project)["feed.json"].replace("https://jsonfeed.org/version/1.1", "")


def test_hostile_texts_of_the_past_stay_texts(project: Path) -> None:
    """What a commit of long ago called a statement comes alive neither on the page nor in a feed."""
    hostile = TOPIC.replace(
        "Ferries are to sail", "<script>alert(1)</script> [x](javascript:alert(1)) {: onclick=x } ]]> & \\x01"
    ).replace("id: reopening", "id: '\"><b>'")
    commit(project, {TODAY: hostile})
    commit(project, {TODAY: TOPIC})
    found = pages(project)
    assert "<script" not in found["changes.md"]
    assert "](javascript" not in found["changes.md"]
    assert '"><b>' not in found["changes.md"]
    ET.fromstring(found["feed.atom"])  # noqa: S314 - our own
    assert "<script" not in found["feed.atom"]


def test_the_site_has_the_page_and_the_committed_pages_have_not(project: Path) -> None:
    """A page that names its own commit could never be committed: `briefing build --check` would never agree again."""
    assert run(project, "build").returncode == 0
    commit(project, {".gitignore": "/build/\n/site/\n"}, "2031-03-13")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    site = tree(project / "site")
    assert {"changes/index.html", "feed.atom", "feed.json", "de/changes/index.html", "de/feed.atom"} <= set(site)
    assert not list((project / "docs").rglob("changes.md"))
    assert run(project, "build", "--check").returncode == 0
    assert b'type="application/atom+xml"' in site["index.html"]
