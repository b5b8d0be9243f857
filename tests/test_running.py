"""Sources are read side by side, here or on a cluster, and it never shows in what comes out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from projects import make_project, run, tree


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a real Dask scheduler on loopback, with two workers of one process each."""
    with ExitStack() as stack:

        def start(*command: str) -> subprocess.Popen[str]:
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=tmp_path,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(process.kill)
            return process

        command = (
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--no-show",
        )
        address = wait_for(start(*command), r"Scheduler at:\s+(tcp://\S+)")
        for n in range(2):
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", str(n))
            wait_for(start("distributed.cli.dask_worker", address, *options), r"Registered to:\s+(tcp://\S+)")
        yield address


def wait_for(process: subprocess.Popen[str], pattern: str) -> str:
    """What the pattern finds in what the process says of itself."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError("".join(said))


def test_a_cluster_writes_the_same_bytes(scheduler: str, tmp_path: Path) -> None:
    """Two Dask workers write what one process writes."""
    here = make_project(tmp_path / "here")
    there = make_project(tmp_path / "there")
    assert run(here, "build", "--jobs", "1", "--no-cache").returncode == 0
    done = run(there, "build", "--backend", "dask", "--address", scheduler, "--no-cache")
    assert done.returncode == 0, done.stderr
    assert tree(there / "docs") == tree(here / "docs")


def test_a_cluster_that_does_not_answer_is_said_in_one_line(tmp_path: Path) -> None:
    """A wrong address gives one message and status 2, not a traceback."""
    project = make_project(tmp_path)
    done = run(project, "build", "--backend", "dask", "--address", "tcp://127.0.0.1:9", "--no-cache")
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
