"""The manuals: every command in them runs, as it stands there and in that order."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browser import served
from projects import FERRY, make_project
from repositories import commit, git

import briefing.cli

ROOT = Path(__file__).parent.parent
MANUALS = ROOT / "manual"
FURTHER = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")
ADDRESS = "https://example.org"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"


def commands(name: str) -> list[str]:
    """What a manual tells to type, line by line."""
    blocks = FENCE.findall((MANUALS / name).read_text("utf-8"))
    return [line for kind, text in blocks if kind == "console" for line in text.splitlines() if line]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with the article that the manual adds."""
    article = tmp_path / "home/articles/tide.txt"
    article.parent.mkdir(parents=True)
    article.write_text(FERRY.replace("4 May", "11 May").replace("Ferry line", "Late tide: ferry line"), "utf-8")
    return tmp_path / "home"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """A server that has the page which the manual adds."""
    (tmp_path / "web/news").mkdir(parents=True)
    title, *paragraphs = FERRY.replace("300,000", "250,000").split("\n\n")
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    (tmp_path / "web/news/ferry.html").write_text(PAGE.format(title, body), "utf-8")
    with served(tmp_path / "web") as address:
        yield address.rstrip("/")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project, with a server to push to."""
    folder = make_project(tmp_path / "project")
    (folder / ".gitignore").write_text("/build/\n/site/\n", "utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "init", "--quiet", "--bare", "server.git")
    git(folder, "remote", "add", "origin", str(tmp_path / "server.git"))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The briefing")
    return folder


class Typist:
    """Somebody who types what a manual says."""

    def __init__(self, project: Path, home: Path, web: str) -> None:
        self.project, self.web = project, web
        webroot = project.parent / "webroot"
        webroot.mkdir(exist_ok=True)
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(home),
            "WEBROOT": str(webroot),
            "NO_MKDOCS_2_WARNING": "1",
            **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }

    def types(self, line: str) -> None:
        """One command, which must succeed."""
        words = shlex.split(line)
        if words[0] == "make":
            targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
            assert set(words[1:]) <= targets, line
        elif words[:2] == ["mkdocs", "serve"]:
            self.serves()
        else:
            if ADDRESS in line:
                line = f"{line.replace(ADDRESS, self.web)} --allow-private"
            done = subprocess.run(
                ["bash", "-euc", line],
                cwd=self.project,
                env=self.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            # `diff` and `check` answer 1 where they found something, which is what they are for.
            good = {0, 1} if words[:2] in (["briefing", "diff"], ["briefing", "add"]) else {0}
            assert done.returncode in good, f"{line}\n{done.stdout}{done.stderr}"

    def serves(self) -> None:
        """The site is there while the server runs, on another port than the manual's, which may be taken."""
        command = ["mkdocs", "serve", "--dev-addr", "127.0.0.1:8947"]
        with subprocess.Popen(
            command, cwd=self.project, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                for _ in range(300):
                    try:
                        with urllib.request.urlopen("http://127.0.0.1:8947/", timeout=5) as answer:
                            assert answer.status == 200
                            break
                    except OSError:
                        time.sleep(0.1)
                else:
                    pytest.fail("mkdocs serve shows nothing")
            finally:
                server.terminate()


def test_every_command_of_the_maintainer_runs(project: Path, home: Path, web: str) -> None:
    """From the first source to the published site, in the order of the manual."""
    typist = Typist(project, home, web)
    typed = commands("maintainer.md")
    for line in typed:
        typist.types(line)
    assert len(typed) > 15
    assert (project / "seeds/tide.txt").is_file()
    assert (Path(typist.environment["WEBROOT"]) / "index.html").is_file()
    assert git(project, "rev-parse", "origin/tide") == git(project, "rev-parse", "HEAD")


def test_every_command_of_the_reviewer_runs(project: Path, home: Path, web: str) -> None:
    """On a branch that adds a source, in the order of the manual."""
    typist = Typist(project, home, web)
    typist.types("briefing build")
    commit(project)
    typist.types("git switch --create tide")
    shutil.copy(home / "articles/tide.txt", project / "seeds")
    typist.types("briefing build")
    git(project, "add", "seeds", "docs")
    git(project, "commit", "--quiet", "--message", "Tide")
    typed = commands("reviewer.md")
    for line in typed:
        typist.types(line)
    assert len(typed) > 7


WRITTEN = [*sorted(MANUALS.glob("*.md")), *(path for path in map(ROOT.joinpath, FURTHER) if path.exists())]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_every_command_that_is_only_mentioned_exists(path: Path) -> None:
    """In running text as in blocks: each is one that `briefing` or `make` knows, with its options."""
    text = path.read_text("utf-8")
    blocks = [line for kind, block in FENCE.findall(text) if kind == "console" for line in block.splitlines()]
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    parser = vars(briefing.cli)["_parser"]()
    for line in (*blocks, *re.findall(r"`((?:briefing|make) [^`]+)`", FENCE.sub("", text))):
        words = shlex.split(line.replace("…", "x").replace("[", "").replace("]", ""), comments=True)
        if words[:1] == ["make"]:
            assert {word for word in words[1:] if "=" not in word} <= targets, line
        elif words[:1] == ["briefing"] and len(words) == 2:  # only its name
            with pytest.raises(SystemExit, match="0"):
                parser.parse_args([words[1], "--help"])
        elif words[:1] == ["briefing"]:
            parser.parse_args(words[1:])


def test_the_commands_of_the_readme_that_read_a_source_run() -> None:
    """On the very file that it names."""
    found = re.findall(r"`(briefing clean [^`]+)`", (ROOT / "README.md").read_text("utf-8"))
    assert found
    for line in found:
        done = subprocess.run([sys.executable, "-m", *shlex.split(line)], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, line


@pytest.mark.parametrize("path", sorted(MANUALS.glob("*.md")), ids=lambda path: path.stem)
def test_examples_in_yaml_are_yaml_and_links_lead_somewhere(path: Path) -> None:
    """Nothing in a manual is only nearly right."""
    text = path.read_text("utf-8")
    for kind, block in FENCE.findall(text):
        assert kind in {"console", "yaml"}
        if kind == "yaml":
            assert yaml.safe_load(block)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("http") or (path.parent / target).exists(), target
    for word in re.findall(r"`(\.github/[^`]+|briefing/[^`]+|[\w-]+\.yml)`", text):
        name = word.rpartition("/")[2]
        assert word in {"sources.yml", ".gitlab-ci.yml"} or list(ROOT.glob(f"**/{name}")) or (ROOT / word).exists(), (
            word
        )
