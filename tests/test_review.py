"""`briefing diff`: two revisions, compared as briefings."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import FERRY, TOPIC, run, tree
from repositories import commit, git, make_changes, make_repository

from briefing.errors import BriefingError
from briefing.model import Finding, Place
from briefing.review import review
from briefing.review.comparing import Comparison
from briefing.review.report import as_markdown, literal
from briefing.review.revisions import Revision

TODAY = "topics/ferry.yml"
SECOND = """\
  - id: closed
    status: reported
    en: It has been shut since a fire at the terminal in 2029.
    de: Seit einem Feuer im Terminal im Jahr 2029 ruhte der Verkehr.
    evidence:
      - ferry: closed since a fire damaged the terminal in 2029
"""
TIDE = """\
Tide delays the first ferry from Morvik

20 March 2031

The ferry line between Halden and Morvik will reopen on 11 May, a week later than planned, the harbour authority said \
on Thursday. An unusually low tide had delayed the work on the quay by several days.

The operator said that tickets for the first week would remain valid.
"""

LATE = """\
Ferry between Halden and Morvik to start a week late

20 March 2031

The ferry line between Halden and Morvik will reopen on 11 May, the harbour authority said on Thursday.

The new terminal had cost 14 million crowns, Mayor Tore Nygaard said in Halden. The operator said that nobody would be \
dismissed.

The crossing had been closed since a fire damaged the terminal in 2029.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project, committed on `main`."""
    return make_repository(tmp_path / "repository")


def test_a_change_that_alters_nothing_is_told_in_one_line(project: Path) -> None:
    """Comments and layout of a file are no change of the briefing."""
    make_changes(project, {TODAY: f"# A comment.\n{TOPIC}"})
    markdown = review(project).markdown()
    assert markdown.startswith("The briefing does not change")
    assert markdown.count("\n") == 1


def test_many_sources_are_compared(project: Path) -> None:
    """More sources than are kept open at once, of a revision whose files are gone when the work tree's are read."""
    tides = {f"seeds/tide-{n}.txt": TIDE.replace("11 May", f"{n % 28 + 1} June") for n in range(140)}
    commit(project, tides)
    make_changes(project, {"seeds/tide-7.txt": LATE})
    assert "tide-7" in review(project, "HEAD").markdown()


def test_statements_are_told_as_added_reworded_and_withdrawn(project: Path) -> None:
    """Old and new words in each language that changed, and the evidence, stand in the report."""
    make_changes(project, {TODAY: TOPIC + SECOND})
    added = review(project)
    [change] = added.comparison.statements
    assert (change.kind, change.statement.id) == ("added", "closed")
    assert "closed since a fire damaged the terminal in 2029" in added.markdown()
    assert "Seit einem Feuer im Terminal im Jahr 2029 ruhte der Verkehr." in added.markdown()
    commit(project, {TODAY: TOPIC.replace("are to sail", "will sail") + SECOND.replace("id: closed", "id: shut")})
    after = review(project, "HEAD~1").comparison
    assert {(one.kind, one.statement.id) for one in after.statements} == {("reworded", "reopening"), ("added", "shut")}
    commit(project, {TODAY: TOPIC + SECOND})
    withdrawn = review(project, "HEAD..HEAD~2").comparison
    assert [(one.kind, one.statement.id) for one in withdrawn.statements] == [("withdrawn", "closed")]


def test_words_that_differ_are_marked(project: Path) -> None:
    """A reviewer sees at a glance which words of a long sentence are new."""
    make_changes(project, {TODAY: TOPIC.replace("are to sail", "will sail")})
    markdown = review(project).markdown()
    assert "en, before: Ferries <del>are to</del> sail between Halden and Morvik again from 4 May." in markdown
    assert "en, now: Ferries <ins>will</ins> sail between Halden and Morvik again from 4 May." in markdown
    assert "de, before" not in markdown


def test_a_statement_that_only_got_another_id_is_renamed(project: Path) -> None:
    """It is neither withdrawn nor new; but links to it break, and that is said."""
    make_changes(project, {TODAY: TOPIC.replace("id: reopening", "id: sails-again")})
    found = review(project)
    assert [one.kind for one in found.comparison.statements] == ["renamed"]
    assert "links to the old one break" in found.markdown()


def test_status_evidence_and_contradictions_are_told(project: Path) -> None:
    """What changes about a statement beside its words is named one by one, and a contradiction is a new conflict."""
    topic = TOPIC.replace("status: stated", "status: reported").replace(
        "      - faehre: nimmt am 4. Mai den Betrieb wieder auf\n", ""
    )
    disputed = """\
    disputed:
      - by: [Tore Nygaard]
        en: The mayor sees it otherwise.
        de: Der Bürgermeister sieht es anders.
        evidence:
          - ferry: We have waited two years for this day
"""
    make_changes(project, {TODAY: topic + disputed})
    found = review(project)
    [change] = found.comparison.statements
    assert change.kind == "changed"
    assert {one.what: (one.before, one.after) for one in change.differences}["status"] == ("stated", "reported")
    assert [note.source for note in change.proof_removed] == ["faehre"]
    assert found.comparison.conflicts == 1
    assert "**new contradiction** by Tore Nygaard: The mayor sees it otherwise." in found.markdown()


def test_a_translation_is_no_evidence(project: Path) -> None:
    """Another translation of the same quoted words is told as that, and not as words that came and went."""
    quote = "      - faehre: {{quote: nimmt am 4. Mai den Betrieb wieder auf, en: {}}}\n"
    plain = "      - faehre: nimmt am 4. Mai den Betrieb wieder auf\n"
    commit(project, {TODAY: TOPIC.replace(plain, quote.format("starts again on 4 May"))})
    make_changes(project, {TODAY: TOPIC.replace(plain, quote.format("resumes service on 4 May"))})
    [change] = review(project).comparison.statements
    assert not change.proof_added
    assert [(one.what, one.after) for one in change.differences] == [
        ("translation of faehre (en)", "resumes service on 4 May")
    ]


def test_sources_are_told_as_added_changed_and_removed(project: Path) -> None:
    """Sources are never edited; of one that was, the sentences that are gone and new are shown."""
    make_changes(project, {"seeds/tide.txt": TIDE, "seeds/ferry.txt": FERRY.replace("12.5 million", "13 million")})
    found = review(project)
    kinds = {one.source.slug: one for one in found.comparison.sources}
    assert {slug: one.kind for slug, one in kinds.items()} == {"ferry": "changed", "tide": "added"}
    assert any("12.5 million" in one for one in kinds["ferry"].sentences_removed)
    assert any("13 million" in one for one in kinds["ferry"].sentences_added)
    assert kinds["ferry"].cited_by == ("reopening",)
    assert "no statement cites it yet" in found.markdown()
    commit(project)
    gone = review(project, "HEAD..HEAD~1").comparison
    assert [(one.kind, one.source.slug) for one in gone.sources if one.kind == "removed"] == [("removed", "tide")]


def test_what_a_new_source_supports_and_contradicts_is_told(project: Path) -> None:
    """Its claims are held against those of the others: agreement by name, disagreement with both sides."""
    make_changes(project, {"seeds/late.txt": LATE})
    found = review(project)
    [change] = found.comparison.sources
    assert any("closed since a fire" in one.passage and one.sources == ("ferry",) for one in change.supports)
    assert any("14 million" in one.passage and one.kind == "figure" for one in change.contradicts)
    assert found.comparison.conflicts > 0
    markdown = found.markdown()
    assert "new conflict" in markdown
    assert "    - against: “He said that the new terminal had cost 12.5 million crowns.”" in markdown


def test_coverage_and_pages_are_told_before_and_after(project: Path) -> None:
    """A new source shows in the numbers and leads to the pages that it bears on."""
    make_changes(project, {"seeds/tide.txt": TIDE})
    found = review(project)
    assert "| sources | 2 | **3** |" in found.markdown()
    assert "en/sources/tide.md" in {page.path for page in found.comparison.pages}
    assert "#### Pages to look at" in found.markdown()


def test_a_revision_that_does_not_build_says_why(project: Path) -> None:
    """A reviewer reads the findings, not a traceback; and the command says that all is not well."""
    make_changes(project, {TODAY: TOPIC.replace("will reopen on 4 May", "will reopen on 5 June")})
    found = review(project)
    assert not found.is_comparable
    assert "**the work tree does not build**" in found.markdown()
    assert "5 June" in found.markdown()
    assert found.data()["after"]["state"] == "broken"
    assert run(project, "diff").returncode == 1


def test_a_broken_revision_of_the_past_is_told_too(project: Path) -> None:
    """The older of the two may be the one that does not build."""
    commit(project, {"mkdocs.yml": "plugins: [briefing: {sedes: x}]\n"})
    make_changes(project, {"mkdocs.yml": git(project, "show", "HEAD~1:mkdocs.yml")})
    markdown = review(project).markdown()
    assert "**HEAD (" in markdown
    assert "sedes" in markdown


def test_a_revision_before_the_project_is_an_empty_briefing(tmp_path: Path) -> None:
    """Then everything is new."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, {"README.md": "Nothing yet.\n"})
    project = make_repository(folder, "news/ferry")
    found = review(project, "HEAD~1")
    assert found.data()["before"]["state"] == "absent"
    assert "**The briefing begins: 2 sources added; 1 statement added" in found.markdown()


def test_the_default_is_where_the_work_left_the_main_branch(project: Path) -> None:
    """On a branch its own commits count, and not what happened on `main` meanwhile; on `main` what is not committed."""
    assert review(project).older.name == "HEAD"
    base = git(project, "rev-parse", "HEAD")
    git(project, "switch", "--quiet", "--create", "tide")
    commit(project, {"seeds/tide.txt": TIDE})
    git(project, "switch", "--quiet", "main")
    commit(project, {TODAY: TOPIC + SECOND})
    git(project, "switch", "--quiet", "tide")
    found = review(project)
    assert (found.older.commit, found.older.name) == (base, "where this branch left main")
    assert [one.source.slug for one in found.comparison.sources] == ["tide"]
    assert not found.comparison.statements
    assert review(project, "main...tide").older.commit == base


def test_a_shallow_clone_says_that_it_does_not_know(project: Path, tmp_path: Path) -> None:
    """Rather than that nothing changed."""
    git(project, "switch", "--quiet", "--create", "tide")
    commit(project, {"seeds/tide.txt": TIDE})
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=tide", f"file://{project}", "shallow")
    with pytest.raises(BriefingError, match="shallow"):
        review(tmp_path / "shallow")


def test_the_work_tree_is_only_read(project: Path) -> None:
    """No file, no index and no branch is another one after a review."""
    commit(project, {"seeds/tide.txt": TIDE})
    make_changes(project, {TODAY: TOPIC + SECOND})
    shutil.rmtree(project / "build", ignore_errors=True)
    before = tree(project)
    review(project, "HEAD~1..HEAD")
    assert tree(project) == before


def test_attributes_of_git_hide_nothing(project: Path) -> None:
    """With `export-ignore` or `ident` an archive would show other files than the committed ones."""
    commit(
        project, {".gitattributes": "seeds/tide.txt export-ignore\n*.txt ident export-subst\n", "seeds/tide.txt": TIDE}
    )
    found = review(project, "HEAD~1..HEAD").comparison
    assert [one.source.slug for one in found.sources] == ["tide"]


def test_a_branch_under_review_runs_no_code(project: Path, tmp_path: Path) -> None:
    """MkDocs lets `mkdocs.yml` call any function of Python; a review only reads it."""
    config = (project / "mkdocs.yml").read_text("utf-8")
    called = tmp_path / "called"
    commit(project, {"mkdocs.yml": f'{config}x: !!python/object/apply:os.mkdir ["{called}"]\ny: !made/up z\n'})
    found = review(project, "HEAD~1..HEAD")
    assert found.is_comparable
    assert not called.exists()


def test_a_link_is_a_source_or_not_as_in_the_work_tree(project: Path) -> None:
    """One that leads out of the sources stops the build of any state with it; nothing of its target is shown."""
    (project / "seeds/copy.txt").symlink_to("ferry.txt")
    commit(project)
    assert not review(project, "HEAD").comparison
    (project / "seeds/passwd.txt").symlink_to("/etc/passwd")
    commit(project)
    (project / "seeds/passwd.txt").unlink()
    markdown = review(project, "HEAD").markdown()
    assert "leads out of the folder of sources" in markdown
    assert "root:" not in markdown


def test_a_crafted_tree_writes_nothing_outside(project: Path, tmp_path: Path) -> None:
    """Git refuses such names, but a repository can be made by hand."""
    blob = git(project, "hash-object", "-w", "seeds/ferry.txt")
    (tmp_path / "out").mkdir()
    (tmp_path / "where").write_text(str(tmp_path / "out"), "utf-8")
    where = git(project, "hash-object", "-w", str(tmp_path / "where"))
    names = (b"../../evil.yml", b"..", b"a\\b.yml", b"ferry.txt")
    evil = b"".join(b"100644 " + name + b"\0" + bytes.fromhex(blob) for name in names)
    below = git(project, "rev-parse", "HEAD:topics")  # a folder of the same name as a link that leads out
    evil += b"120000 through\0" + bytes.fromhex(where) + b"40000 through\0" + bytes.fromhex(below)
    (tmp_path / "tree").write_bytes(evil)
    seeds = git(project, "hash-object", "-w", "-t", "tree", "--literally", str(tmp_path / "tree"))
    (tmp_path / "top").write_bytes(b"40000 seeds\0" + bytes.fromhex(seeds))
    top = git(project, "hash-object", "-w", "-t", "tree", "--literally", str(tmp_path / "top"))
    made = git(project, "commit-tree", top, "-m", "crafted")
    found = review(project, f"{made}..HEAD")
    assert not list((tmp_path / "out").iterdir())
    assert [page.source.slug for page in (found.older.built or pytest.fail("not built")).briefing.sources] == ["ferry"]


def test_a_folder_without_git_and_unknown_revisions_are_refused(project: Path, tmp_path: Path) -> None:
    """In one sentence each; a revision that looks like an option is none."""
    with pytest.raises(BriefingError, match="no git repository"):
        review(tmp_path)
    for revision in ("nowhere", "--output=x", "HEAD..nowhere", "a\nb"):
        with pytest.raises(BriefingError, match="knows no revision"):
            review(project, revision)


def test_the_command_prints_markdown_and_json(project: Path) -> None:
    """Both say the same."""
    make_changes(project, {TODAY: TOPIC + SECOND})
    markdown, data = run(project, "diff"), run(project, "diff", "--format", "json")
    assert (markdown.returncode, data.returncode) == (0, 0)
    assert "1 statement added" in markdown.stdout
    told = json.loads(data.stdout)
    assert [(one["kind"], one["id"]) for one in told["statements"]] == [("added", "closed")]
    assert told["statements"][0]["evidence"]["added"][0]["source"] == "ferry"


def test_a_hostile_headline_brings_nothing_into_the_comment(project: Path) -> None:
    """It mentions nobody, and no HTML, link or image of its own comes alive."""
    hostile = (
        "@octocat closes #1 <img src=x onerror=alert(1)> [x](https://evil.example) ![y](https://evil.example/y.png)"
    )
    entry = f"tide.txt: {{slug: tide, title: {json.dumps(hostile)}, outlet: '</details>|`@all`'}}\n"
    make_changes(project, {"seeds/tide.txt": TIDE, "seeds/sources.yml": entry})
    markdown = review(project).markdown()
    for alive in ("@octocat", "<img", "](http", "</details>", "@all", "https://"):
        assert alive not in markdown
    assert not re.search(r"[@#]\w", html.unescape(markdown).replace("####", ""))  # as GitHub sees it
    assert "&#64;&#8203;octocat" in markdown


@given(st.text(max_size=60))
def test_no_text_mentions_or_opens_anything(text: str) -> None:
    """Whatever a source holds, no mark of a mention, a reference, HTML, code or a link is left as it is."""
    shown = literal(text)
    assert not set("@<>`*[]|\\\n") & set(shown)
    assert "http://" not in shown
    assert "www." not in shown
    assert not re.search(r"[@#][A-Za-z0-9]", html.unescape(shown))  # as GitHub sees it


def test_a_report_keeps_to_its_limit() -> None:
    """A comment may have 65,536 characters on GitHub; what does not fit is counted."""
    findings = tuple(Finding("quote", Place("topics/x.yml", n), f"finding {n}") for n in range(1000))
    older, newer = Revision("main", "0" * 40, None), Revision("the work tree", None, None)
    markdown = as_markdown(older, newer, Comparison(findings_added=findings), limit=2000)
    assert len(markdown) <= 2000
    assert "more entries; `briefing diff` prints them all." in markdown
