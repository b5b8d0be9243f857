"""A site on a local server, and a real Chromium that looks at it: what the browser tests stand on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "google-chrome", "chromium-browser")
# No sign of life of its own: nothing that Chromium does by itself may look like a request of the page.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]


def build_site(project: Path, site: Path, *, strict: bool = True) -> Path:
    """Build the project with MkDocs as a person would, and answer with the folder of the site.

    What MkDocs said is in a file beside it, `site.log`. Where a build fails, or warns and is `strict`, that is an
    AssertionError with what MkDocs said.
    """
    # Not --quiet: MkDocs counts only the warnings that it logs.
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site), *(["--strict"] if strict else [])]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site.with_suffix(".log").write_text(done.stderr, "utf-8")
    return site


def copy_project(to: Path) -> Path:
    """What this repository's site is built from, in a folder of its own, so that a build touches nothing here."""
    to.mkdir(parents=True, exist_ok=True)
    for name in ("docs", "seeds", "topics"):
        shutil.copytree(ROOT / name, to / name)
    for settings in sorted(ROOT.glob("mkdocs*.yml")):
        shutil.copy(settings, to)
    return to


class _Silent(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a local server of the folder, on a free port, while the context lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only the browser tests need it

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "no Chromium on the path: `make chromium` installs it, or says what to install"
    # As root, in a container, Chromium's sandbox has nothing to stand on.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET + as_root)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page in the browser, and what it did that it should not."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)
    """Errors of the console and of scripts, requests that failed, and requests to other hosts."""

    def __post_init__(self) -> None:
        """Listen."""
        self.page.on("console", lambda message: self._complain(message.text, only_if=message.type == "error"))
        self.page.on("pageerror", lambda error: self._complain(str(error)))
        self.page.on("response", lambda r: self._complain(f"{r.status}: {r.url}", only_if=r.status >= 400))
        self.page.on("requestfailed", lambda request: self._complain(f"failed: {request.url}"))
        self.page.on(
            "request",
            lambda request: self._complain(
                f"asked for {request.url}", only_if=not request.url.startswith((self.home, "data:", "blob:"))
            ),
        )

    def _complain(self, what: str, *, only_if: bool = True) -> None:
        if only_if:
            self.complaints.append(what)

    def go(self, path: str) -> Page:
        """Open the page of the site at `path` and wait until nothing more is loading."""
        self.page.goto(self.home + path, wait_until="networkidle")
        return self.page
