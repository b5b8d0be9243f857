"""The command: what it prints, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from projects import FERRY, TOPIC, make_project, run, tree

from briefing.model import fold

ARTICLE = {
    "type": "object",
    "required": "file source sha256 title outlet published language authors agencies url blocks removed".split(),
    "properties": {
        "blocks": {"items": {"required": ["kind", "text", "start", "end"]}},
        "removed": {"items": {"required": ["kind", "text", "start", "end", "reason"]}},
    },
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, not yet built."""
    return make_project(tmp_path_factory.mktemp("project"))


def test_build_writes_pages_and_data(project: Path) -> None:
    """`briefing build` writes the pages of every language, and the briefing as data."""
    done = run(project, "build")
    assert done.returncode == 0, done.stderr
    assert "2 sources, 1 topic, 1 statement;" in done.stdout
    pages = tree(project / "docs")
    assert {"en/index.md", "de/index.md", "en/topics/ferry.md", "de/sources/faehre.md"} <= set(pages)
    statement = json.loads(pages["en/data/briefing.json"])["topics"][0]["statements"][0]
    assert statement["id"] == "reopening"
    assert [evidence["exact"] for evidence in statement["evidence"]] == [
        "will reopen on 4 May",
        "nimmt am 4. Mai den Betrieb wieder auf",
    ]


def test_offsets_lead_to_the_quoted_words(project: Path) -> None:
    """`start` and `end` in `briefing.json` cut the quoted words out of the decoded file."""
    run(project, "build")
    data = json.loads((project / "docs" / "en" / "data" / "briefing.json").read_text("utf-8"))
    files = {source["slug"]: source["file"] for source in data["sources"]}
    for topic in data["topics"]:
        for statement in topic["statements"]:
            for evidence in statement["evidence"]:
                text = (project / "seeds" / files[evidence["source"]]).read_text("utf-8")
                assert text[evidence["start"] : evidence["end"]] == evidence["exact"]
                assert text[: evidence["start"]].endswith(evidence["prefix"])
                assert text[evidence["end"] :].startswith(evidence["suffix"])


def test_check_of_the_pages_says_what_is_not_up_to_date(tmp_path: Path) -> None:
    """`build --check` exits with 1 and names the pages that a build would change, without changing them."""
    project = make_project(tmp_path)
    run(project, "build")
    assert run(project, "build", "--check").returncode == 0
    make_project(project, {"topics/ferry.yml": TOPIC.replace("are to sail", "are going to sail")})
    before = tree(project / "docs")
    done = run(project, "build", "--check")
    assert done.returncode == 1
    assert "docs/en/topics/ferry.md is not up to date" in done.stdout
    assert "docs/de/topics/ferry.md" not in done.stdout
    assert tree(project / "docs") == before


def test_clean_prints_the_article(project: Path) -> None:
    """`clean` prints the body as Markdown, text or JSON."""
    paragraph = "The union of seafarers warned that more than 40 jobs could be lost."
    assert paragraph in run(project, "clean", "seeds/ferry.txt").stdout
    text = run(project, "clean", "seeds/ferry.txt", "--format", "text").stdout
    assert text.startswith("The ferry line between Halden and Morvik will reopen on 4 May")
    (article,) = json.loads(run(project, "clean", "seeds/ferry.txt", "--format", "json").stdout)
    jsonschema.validate(article, ARTICLE)
    assert all(FERRY[b["start"] : b["end"]] == b["text"] for b in (*article["blocks"], *article["removed"]))
    assert "\n\n".join(fold(block["text"]) for block in article["blocks"]) == text.rstrip("\n")


def test_clean_explains_what_it_left_out(project: Path) -> None:
    """`clean --explain` gives every removed line a kind and a reason."""
    lines = run(project, "clean", "seeds/ferry.txt", "--explain").stdout.splitlines()
    assert any(line.startswith("-  title (") and line.endswith("to reopen in May") for line in lines)


def test_inspect_prints_the_whole_analysis(project: Path) -> None:
    """`inspect` without files reads the project's sources; with files, those, wherever they lie."""
    ours = json.loads(run(project, "inspect").stdout)
    assert [source["source"] for source in ours["sources"]] == ["faehre", "ferry"]
    assert {"claims", "disputes"} <= set(ours)
    passage = ours["sources"][1]["passages"][0]
    assert (
        passage["text"]
        == "The ferry line between Halden and Morvik will reopen on 4 May, the harbour authority said on Wednesday."
    )
    assert passage["topics"]
    single = json.loads(run(project.parent, "inspect", str(project / "seeds" / "ferry.txt")).stdout)
    assert [source["file"] for source in single["sources"]] == [str(project / "seeds" / "ferry.txt")]


def test_wrong_use_exits_with_2(project: Path) -> None:
    """An unknown command, an unknown option and a file that is not there are wrong use."""
    for arguments in (
        ["fly"],
        ["build", "--fast"],
        ["clean", "nowhere.txt"],
        ["inspect", "nowhere.txt"],
        ["build", "--jobs", "0"],
    ):
        done = run(project, *arguments)
        assert done.returncode == 2, arguments
        assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error(project: Path) -> None:
    """`briefing inspect | head -1` ends quietly."""
    import subprocess  # noqa: PLC0415 - only here is a shell needed
    import sys  # noqa: PLC0415

    command = f"{sys.executable} -m briefing inspect | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=project, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_verbose_tells_of_each_stage(tmp_path: Path) -> None:
    """`-v` says on standard error what each stage took, and changes nothing that is written."""
    project = make_project(tmp_path)
    done = run(project, "build", "-v")
    told = [line.removeprefix("briefing: ").split(":")[0] for line in done.stderr.splitlines()]
    assert told == [
        "2 sources, 2 of them to be read anew",
        "read, extract, identify, segment, annotate",
        "verify",
        "classify",
        "corroborate",
        "compose",
        "render, export, write",
    ]
    pages = tree(project / "docs")
    done = run(project, "build", "--no-cache")
    assert done.stderr == ""
    assert tree(project / "docs") == pages
