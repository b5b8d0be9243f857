"""The step that posts a review has a token that may write, and reads what a fork's code has written."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".github/scripts/post_review.py"
WORKFLOWS = ROOT / ".github/workflows"

_spec = importlib.util.spec_from_file_location("post_review", SCRIPT)
assert _spec
assert _spec.loader
post_review = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(post_review)

RUN = {"head_repository": {"owner": {"login": "fork"}}, "head_branch": "new&draft", "head_sha": "a" * 40}
PULLS = [{"number": 7, "head": {"sha": "a" * 40}}, {"number": 8, "head": {"sha": "b" * 40}}]


@contextmanager
def github(comments: list[dict[str, Any]]) -> Iterator[tuple[str, list[tuple[str, str, Any]]]]:
    """A server that answers as GitHub does, and the requests that it got."""
    seen: list[tuple[str, str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            seen.append((self.command, self.path, json.loads(body) if body else None))
            found: Any = PULLS if "/pulls?" in self.path else comments if "comments?" in self.path else {}
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", seen
        finally:
            server.shutdown()
            thread.join()


def post(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch, run: dict[str, Any] | None = None) -> int:
    """Run the step on a review that is there."""
    (folder / "event.json").write_text(json.dumps({"workflow_run": RUN | (run or {})}), "utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(folder / "event.json"))
    monkeypatch.setenv("GITHUB_API_URL", address)
    monkeypatch.setenv("GITHUB_REPOSITORY", "owner/briefing")
    monkeypatch.setenv("GITHUB_TOKEN", "t")
    return int(post_review.main([str(folder / "review.md")]))


def test_the_first_review_is_posted_and_later_ones_update_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One comment a pull request; a comment of somebody else that looks like ours is left alone."""
    (tmp_path / "review.md").write_text("### What changes\n", "utf-8")
    forged = {"id": 1, "user": {"login": "mallory"}, "body": post_review.MARK}
    with github([forged]) as (address, seen):
        assert post(tmp_path, address, monkeypatch) == 0
    assert seen[0][1] == "/repos/owner/briefing/pulls?state=open&head=fork%3Anew%26draft"
    assert seen[-1][:2] == ("POST", "/repos/owner/briefing/issues/7/comments")
    assert seen[-1][2] == {"body": f"{post_review.MARK}\n### What changes\n"}
    own = {"id": 2, "user": {"login": post_review.AUTHOR}, "body": f"{post_review.MARK}\nold"}
    with github([forged, own]) as (address, seen):
        post(tmp_path, address, monkeypatch)
    assert seen[-1][:2] == ("PATCH", "/repos/owner/briefing/issues/comments/2")


def test_a_review_of_another_commit_is_not_posted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pull request is the one that the event names; where it has moved on, its own run will speak."""
    (tmp_path / "review.md").write_text("x", "utf-8")
    with github([]) as (address, seen):
        assert post(tmp_path, address, monkeypatch, {"head_sha": "c" * 40}) == 0
    assert [one[0] for one in seen] == ["GET"]


def test_a_review_that_is_no_review_is_refused(tmp_path: Path) -> None:
    """By its size, before anything of it is read."""
    (tmp_path / "review.md").write_bytes(b"x" * 1_000_000)
    with pytest.raises(SystemExit, match="bytes"):
        post_review.read_review(tmp_path / "review.md")
    (tmp_path / "review.md").write_bytes(b"\xff\x00@all" * 20_000)
    assert len(post_review.read_review(tmp_path / "review.md")) <= post_review.LIMIT


@given(st.text(max_size=80) | st.from_regex(r"(@|#|&#64;|&commat;|<|\]\(|https?://|www\.)+\w+", fullmatch=True))
def test_nothing_forged_comes_alive(text: str) -> None:
    """No tag but our own two, no mention in any spelling, no link, no address that links itself."""
    shown = post_review.defused(text)
    assert not re.search(r"<(?!/?(del|ins)>)", shown)
    assert not re.search(r"[@#]\w", html.unescape(shown))
    assert "](" not in shown
    assert not re.search(r"(?i)https?://|www\.", shown)


def test_an_honest_review_stays_as_it_is() -> None:
    """What `briefing diff` writes holds nothing that has to be defused."""
    honest = (
        "### What changes: main (3f2a1bc) → HEAD\n\n- **a** (b)\n  - en, before: <del>x</del> y\n"
        "| | before | after |\n| --- | ---: | ---: |\n&#64;&#8203;team &#60;img&#62;\n"
    )
    assert post_review.defused(honest) == honest


def test_no_workflow_gives_a_token_that_writes_to_the_code_of_a_fork() -> None:
    """Write permissions stand only in jobs that check out the default branch, or nothing."""
    for path in WORKFLOWS.glob("*.yml"):
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}, path.name
        triggers = workflow.get("on", workflow.get(True))
        assert "pull_request_target" not in triggers, path.name
        for name, job in workflow["jobs"].items():
            assert "secrets." not in json.dumps(job), f"{path.name}: {name}"
            writes = "write" in job["permissions"].values()
            checkouts = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
            trusted = all(
                step["with"].get("ref") == "${{ github.event.repository.default_branch }}" for step in checkouts
            )
            assert trusted or not writes, f"{path.name}: {name}"
            # What a branch or a title is called goes to a shell by the environment only.
            assert not any("${{" in step.get("run", "") for step in job["steps"]), f"{path.name}: {name}"
            for step in job["steps"]:
                if "uses" in step:
                    assert re.search(r"@[0-9a-f]{40}$", step["uses"]), step["uses"]
