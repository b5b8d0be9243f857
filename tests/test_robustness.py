"""Bad projects: one clear message, exit status 2, and the pages as they were; hostile text appears as text."""

from __future__ import annotations

import html
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from projects import CONFIG, FERRY, TOPIC, make_project, run, tree

from briefing.cli import main
from briefing.errors import SourceError
from briefing.reading import read
from briefing.rendering.markdown import visible
from briefing.verification import RULES

CASES = Path(__file__).parent / "cases"
EVIL_YAML = 'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: {en: *c, de: *c}\n'

BAD = {
    "no folder of seeds": ({"seeds/ferry.txt": None, "seeds/faehre.txt": None}, "seeds: there is no such folder"),
    "no seeds": (
        {"seeds/ferry.txt": None, "seeds/faehre.txt": None, "seeds/sources.yml": ""},
        "seeds: no sources here; put at least one article in",
    ),
    "an empty source": ({"seeds/empty.txt": ""}, "seeds/empty.txt: is empty"),
    "a source of white space": ({"seeds/empty.txt": " \n\n\t"}, "seeds/empty.txt: is empty"),
    "a binary source": ({"seeds/picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0" * 40}, "seeds/picture.txt:"),
    "a source over the limit": ({"seeds/large.txt": "word " * 1_100_000}, "seeds/large.txt:"),
    "broken sources.yml": ({"seeds/sources.yml": "ferry.txt: {slug: [}\n"}, "seeds/sources.yml:1:"),
    "a file that is not there": (
        {"seeds/sources.yml": "fery.txt: {slug: x-y}\n"},
        "seeds/sources.yml:1:1: “fery.txt” is no known file in seeds/; did you mean “ferry.txt”?",
    ),
    "an unknown key of a source": (
        {"seeds/sources.yml": "ferry.txt: {outlett: X}\n"},
        "“outlett” is no known key of the entry of ferry.txt; did you mean “outlet”?",
    ),
    "two sources with one slug": (
        {"seeds/sources.yml": "ferry.txt: {slug: same}\nfaehre.txt: {slug: same}\n"},
        "seeds/sources.yml:2:1: the slug “same” is taken by ferry.txt",
    ),
    "a slug that is a device": ({"seeds/sources.yml": "ferry.txt: {slug: con}\n"}, "“con” cannot be a slug"),
    "a slug with slashes": ({"seeds/sources.yml": "ferry.txt: {slug: ../../x}\n"}, "“../../x” cannot be a slug"),
    "an address that is a script": (
        {"seeds/sources.yml": "ferry.txt: {url: 'javascript:alert(1)'}\n"},
        "url must start with http:// or https://",
    ),
    "a topic in broken YAML": ({"topics/bad.yml": "title: {en: x\n"}, "topics/bad.yml:"),
    "a topic without a title in a language": (
        {"topics/bad.yml": "title: {en: x}\n"},
        "topics/bad.yml:1:8: title has no text in “de”",
    ),
    "an unknown key of a topic": (
        {"topics/bad.yml": "title: {en: x, de: x}\nstatments: []\n"},
        "topics/bad.yml:2:1: “statments” is no known key of the topic; did you mean “statements”?",
    ),
    "a statement without evidence": (
        {"topics/bad.yml": "title: {en: x, de: x}\nstatements:\n  - {id: a-b, en: x, de: x}\n"},
        "topics/bad.yml:3:5: the statement “a-b” has no evidence",
    ),
    "a topic's name that leads out": ({"topics/..x.yml": "title: {en: x, de: x}\n"}, "cannot be a topic's file name"),
    "a statement's id that leads out": (
        {"topics/bad.yml": TOPIC.replace("id: reopening", "id: ../../x")},
        "“../../x” cannot be a statement's id",
    ),
    "one id twice": ({"topics/other.yml": TOPIC}, "the id “reopening” is taken at topics/ferry.yml:7:5"),
    "a quotation that is not there": (
        {"topics/ferry.yml": TOPIC.replace("will reopen on 4 May", "will reopen on 5 May")},
        "“will reopen on 5 May” does not stand in ferry; the nearest passage reads “will reopen on 〔4〕 May”",
    ),
    "a source that is not there": (
        {"topics/ferry.yml": TOPIC.replace("- ferry:", "- fery:")},
        "topics/ferry.yml:13:15: “fery” is no known source; did you mean “ferry”?",
    ),
    "aliases that multiply": ({"topics/bad.yml": EVIL_YAML}, "topics/bad.yml:1:4: anchors and aliases"),
    "an alias of itself": ({"topics/bad.yml": "title: &t\n  en: *t\n"}, "topics/bad.yml:1:8: anchors and aliases"),
    "a tag": ({"topics/bad.yml": "title: !!python/object/apply:os.system [id]\n"}, "topics/bad.yml:1:8: the tag"),
    "nesting without end": ({"topics/bad.yml": "[" * 5000}, "topics/bad.yml:1:"),
    "a topic that is not UTF-8": ({"topics/bad.yml": b"title: {en: \xff, de: x}\n"}, "topics/bad.yml: not UTF-8"),
    "an unknown setting": (
        {"mkdocs.yml": "site_name: x\nplugins:\n  - briefing: {langauges: [en]}\n"},
        "mkdocs.yml: “langauges” is no known setting of the plugin “briefing”; did you mean “languages”?",
    ),
    "a folder outside of the project": (
        {"mkdocs.yml": "site_name: x\nplugins:\n  - briefing: {topics: ../../x}\n"},
        "mkdocs.yml: plugins: briefing: topics: must be the name of a folder inside the project",
    ),
    "a statement's id that the pages use": (
        {"topics/bad.yml": TOPIC.replace("id: reopening", "id: timeline")},
        "the id “timeline” is an anchor of the site's own pages",
    ),
    "a time that is none": (
        {"seeds/sources.yml": "ferry.txt: {published: 2031-03-12T99:99}\n"},
        "published: there is no such time as 2031-03-12T99:99",
    ),
    "a time before itself": (
        {"seeds/sources.yml": "ferry.txt: {not_before: 2031-03-12, not_after: 2031-03-11}\n"},
        "seeds/sources.yml:1:48: not_after is earlier than not_before",
    ),
    "a file whose name is a line break": ({"seeds/a\nb.txt": FERRY}, "seeds: the name of the file 'a\\nb.txt' holds"),
    "broken mkdocs.yml": ({"mkdocs.yml": "site_name: [\n"}, "mkdocs.yml:"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_project_gives_one_clear_message(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each kind of bad project names file, line and what is wrong, exits with 2, and leaves `docs/` alone."""
    changes, message = BAD[case]
    make_project(tmp_path, changes)  # type: ignore[arg-type]
    (tmp_path / "docs" / "en" / "index.md").write_text("as it was\n")
    before = tree(tmp_path / "docs")
    assert main(["build", "--project", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert tree(tmp_path / "docs") == before


def test_mkdocs_stops_at_a_bad_project_too(tmp_path: Path) -> None:
    """The plugin gives the same message, and no traceback."""
    make_project(tmp_path, {"topics/bad.yml": "title: {en: x}\n"})
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "topics/bad.yml:1:8: title has no text in “de”" in done.stderr
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_keep_going_leaves_the_bad_source_out_and_says_so(tmp_path: Path) -> None:
    """With `--keep-going` the site is built without the source that cannot be read, and names it."""
    make_project(tmp_path, {"seeds/empty.txt": ""})
    assert run(tmp_path, "build", "--keep-going").returncode == 0
    assert any("empty.txt" in html.unescape(page.decode()) for page in tree(tmp_path / "docs" / "en").values())


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A source that is a link to a file elsewhere on the machine is not read."""
    make_project(tmp_path)
    (tmp_path / "seeds" / "passwd.txt").symlink_to("/etc/passwd")
    done = run(tmp_path, "build")
    assert done.returncode == 2
    assert "seeds/passwd.txt: is a link that leads out of the folder" in done.stderr


def test_a_folder_named_like_a_source_is_no_source(tmp_path: Path) -> None:
    """A folder whose name ends like a text file's is passed over."""
    make_project(tmp_path)
    (tmp_path / "seeds" / "folder.txt").mkdir()
    assert run(tmp_path, "build").returncode == 0


def test_a_file_of_unknown_kind_is_named_and_skipped(tmp_path: Path) -> None:
    """A PDF beside the sources is named in a warning, and the rest is built."""
    make_project(tmp_path, {"seeds/paper.pdf": "%PDF-1.7"})
    done = run(tmp_path, "build")
    assert done.returncode == 0
    assert "seeds/paper.pdf" in done.stderr


def test_read_only_sources_are_enough(tmp_path: Path) -> None:
    """Nothing is ever written to `seeds/` and `topics/`."""
    make_project(tmp_path)
    before = tree(tmp_path / "seeds"), tree(tmp_path / "topics")
    for folder in ("seeds", "topics"):
        (tmp_path / folder).chmod(0o555)
    assert run(tmp_path, "build").returncode == 0
    assert (tree(tmp_path / "seeds"), tree(tmp_path / "topics")) == before


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """When a page cannot be written whole, none is, and the message says so."""
    make_project(tmp_path)
    assert run(tmp_path, "build").returncode == 0
    before = tree(tmp_path / "docs")
    make_project(tmp_path, {"topics/ferry.yml": TOPIC.replace("are to sail", "are going to sail")})
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "build", "--no-cache"],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be written: File too large; nothing was changed" in done.stderr
    assert {path: text for path, text in tree(tmp_path / "docs").items() if not path.startswith("docs")} == before


def test_a_source_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    """Without permission there is a message, not a traceback."""
    path = tmp_path / "secret.txt"
    path.write_text(FERRY)
    read(path)  # whatever reading imports is imported before this process becomes nobody
    path.chmod(0)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    was = os.geteuid()
    os.seteuid(65534 if was == 0 else was)
    try:
        with pytest.raises(SourceError, match=r"secret\.txt: cannot be read: Permission denied"):
            read(path)
    finally:
        os.seteuid(was)


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    """The second build says that it waits, and both end well with the same pages."""
    make_project(tmp_path)
    (tmp_path / "build").mkdir()
    hold = (
        "import time; from filelock import FileLock\n"
        "with FileLock('build/lock'): print('held', flush=True); time.sleep(1.5)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], cwd=tmp_path, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = run(tmp_path, "build")
    assert "waiting" in done.stderr
    assert done.returncode == 0


def test_a_killed_build_leaves_one_whole_state(tmp_path: Path) -> None:
    """A whole `briefing build`, killed while it runs, leaves the pages of one state; the next build mends the rest."""
    make_project(tmp_path)
    run(tmp_path, "build")
    states = [tree(tmp_path / "docs")]
    make_project(tmp_path, {"topics/ferry.yml": TOPIC.replace("are to sail", "are going to sail")})
    other = make_project(tmp_path / "other", {"topics/ferry.yml": TOPIC.replace("are to sail", "are going to sail")})
    run(other, "build")
    states.append(tree(other / "docs"))
    assert states[0] != states[1]
    for moment in range(8):
        process = subprocess.Popen([sys.executable, "-m", "briefing", "build"], cwd=tmp_path, stdout=subprocess.DEVNULL)
        time.sleep(0.1 * moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert tree(tmp_path / "docs") in states
    assert run(tmp_path, "build").returncode == 0
    assert tree(tmp_path / "docs") == states[1]


# ------------------------------------------------------------------------------------------------ large and odd texts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FERRY.replace("\n", " ") * 3000, id="three megabytes on one line"),
        pytest.param("A line.\n" * 100_000, id="a hundred thousand tiny lines"),
        pytest.param(FERRY + "\n" + "„" * 20_000 + "\n", id="quotation marks that never close"),
        pytest.param(FERRY + "\n" + "a." * 50_000 + "\n", id="abbreviations without end"),
        pytest.param(FERRY + "\n" + "1.000" * 30_000 + "\n", id="a number without end"),
        pytest.param(FERRY + "\nאוניית המעבורת תחזור לפעול ב-4 במאי, כך נמסר. 🚢🏳️‍🌈\n", id="right to left, and emoji"),
    ],
)
def test_odd_sources_are_read_in_bounded_time(tmp_path: Path, text: str) -> None:
    """Whatever the shape of a text, reading it ends soon, with an article or with a clear refusal."""
    path = tmp_path / "odd.txt"
    path.write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "inspect", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in {0, 2}, done.stderr
    assert "Traceback" not in done.stderr


def test_five_thousand_statements(tmp_path: Path) -> None:
    """A project of five thousand statements builds."""
    head, _, statement = TOPIC.partition("  - id: reopening\n")
    statements = "".join(f"  - id: reopening-{n}\n{statement}" for n in range(5000)).replace("    key: true\n", "")
    make_project(tmp_path, {"topics/ferry.yml": head + statements})
    done = run(tmp_path, "build")
    assert done.returncode == 0, done.stderr
    assert "5000 statements" in done.stdout


# ------------------------------------------------------------------------------------------------------ hostile text


def hostile_strings() -> Iterator[str]:
    """The Big List of Naughty Strings and our own list of what comes alive in Markdown."""
    yield from json.loads((CASES / "blns.json").read_text("utf-8"))
    for kind, strings in json.loads((CASES / "hostile.json").read_text("utf-8")).items():
        if kind != "comment":
            yield from strings


@pytest.fixture(scope="module")
def hostile_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with every hostile string as text of a source, and many as title, outlet, statement and topic title."""
    folder = tmp_path_factory.mktemp("hostile")
    strings = [s for s in hostile_strings() if s.strip() and "\n" not in s and s.encode(errors="ignore").decode() == s]
    body = "\n\n".join(
        f"The harbour authority said on Wednesday that {string} was the name of the ship." for string in strings
    )
    chosen = [s for s in strings if s.isprintable() and len(s) < 120 and any(c in s for c in "<[*_{&`:|#!\\%")][:60]
    statements = "".join(
        f"  - id: hostile-{n}\n    status: stated\n    en: {json.dumps(f'The ship is called {s} today.')}\n"
        f"    de: {json.dumps(f'Das Schiff heißt heute {s}.')}\n    evidence:\n      - ferry: will reopen on 4 May\n"
        f"    allow: {{{', '.join(f'{rule}: hostile text proves nothing' for rule in RULES)}}}\n"
        for n, s in enumerate(chosen)
    )
    quoted = json.dumps("</title><script>alert(1)</script> *x* [y](javascript:alert(1)) {{ 7*7 }} {% raw %} :smile:")
    topic = (
        f"title: {{en: {quoted}, de: {quoted}}}\nquestion: {{en: {quoted}, de: {quoted}}}\nstatements:\n{statements}"
    )
    entry = f"{{title: {quoted}, outlet: {quoted}, authors: [{quoted}], agencies: [{quoted}], note: {quoted}}}"
    return make_project(
        folder,
        {
            "seeds/hostile.txt": FERRY + "\n" + body + "\n",
            "seeds/sources.yml": f"hostile.txt: {entry}\n",
            "topics/hostile.yml": topic,
            "mkdocs.yml": CONFIG.replace("{languages: [en, de]}", "{languages: [en, de], source_text: full}"),
        },
    )


def test_hostile_text_shows_as_text(hostile_project: Path) -> None:
    """On the built pages every hostile string stands literally, and no element, link or script comes of it."""
    subprocess.run([sys.executable, "-m", "briefing", "build"], cwd=hostile_project, check=False, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=hostile_project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    site = hostile_project / "site"
    harmless = {
        script.get("src") for script in BeautifulSoup((site / "method" / "index.html").read_bytes(), "lxml")("script")
    }
    for path in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(path.read_bytes(), "lxml")
        assert {script.get("src") and Path(str(script["src"])).name for script in soup("script")} <= {
            src and Path(str(src)).name for src in harmless
        }, path
        links = [str(a["href"]) for a in soup("a", href=True)]
        assert not [
            link for link in links if link.lower().lstrip().startswith(("javascript:", "data:", "vbscript:"))
        ], path
        assert not soup(lambda tag: any(name.startswith("on") for name in tag.attrs)), path
        assert not soup.select("article iframe, article object, article embed, article form, article img"), path
    page = BeautifulSoup((site / "sources" / "hostile" / "index.html").read_bytes(), "lxml").get_text()
    cleaned = json.loads(run(hostile_project, "clean", "seeds/hostile.txt", "--format", "json").stdout)[0]
    shown = " ".join(page.split())
    missing = [b["text"] for b in cleaned["blocks"] if " ".join(visible(b["text"]).split()) not in shown]
    assert missing == []


def test_a_project_can_be_moved(tmp_path: Path) -> None:
    """The pages do not depend on where the project lies."""
    one = make_project(tmp_path / "one")
    run(one, "build")
    two = tmp_path / "a folder" / "zwei"
    shutil.copytree(one, two)
    shutil.rmtree(two / "docs")
    shutil.rmtree(two / "build")
    run(two, "build")
    assert tree(one / "docs") == {**tree(two / "docs"), "en/.keep": b"", "de/.keep": b""} or tree(one / "docs") == tree(
        two / "docs"
    )
