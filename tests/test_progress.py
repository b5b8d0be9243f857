"""Progress on a terminal, in colour unless the reader wants none; nothing in a pipe."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from projects import FERRY, make_project

_MANY = {f"seeds/ferry-{n}.txt": FERRY.replace("40 jobs", f"{n + 41} jobs") for n in range(110)}


def _shown(project: Path, **environment: str) -> str:
    """What a terminal of `briefing build` gets on standard error."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "briefing", "build", "--jobs", "1", "--no-cache"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", **environment},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux tells the end of a terminal so
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert done.wait() == 0
    return shown.decode()


def test_a_terminal_shows_progress(tmp_path: Path) -> None:
    """A bar counts the sources; `NO_COLOR` takes its colours away."""
    project = make_project(tmp_path, _MANY)
    coloured, plain = _shown(project), _shown(project, NO_COLOR="1")
    assert "Reading sources" in coloured
    assert "Reading sources" in plain
    assert "\x1b[38;" in coloured
    assert "\x1b[38;" not in plain
