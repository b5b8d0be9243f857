"""The same work on many sources, side by side where there is much of it.

No engine of our own: joblib runs the work in processes of this machine, or on a Dask or Ray cluster by its own
backends. The results stand in the order of the tasks, so the number of jobs cannot change a byte.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from briefing.errors import BriefingError

Task = TypeVar("Task")
Result = TypeVar("Result")

log = logging.getLogger("briefing")

_WORTH_PROCESSES = 48
"""Tasks from which processes pay: starting two takes about as long as 40 articles (`make bench`)."""
_LONG = 100
"""Tasks from which a progress bar is shown on a terminal."""


_SELDOM = (500_000, 50, 100)
"""Values made between two looks of the garbage collector, and such looks between two longer ones: with Python's own 700
it takes a tenth of a rebuild of 1,000 sources, with 100,000 a thirtieth, and finds nothing, for frozen values make no
rings."""


@dataclass(frozen=True, slots=True)
class Execution:
    """How the per-source work is run; it never changes what comes out."""

    jobs: int | None = None
    """Processes; None for as many as pay on this machine."""
    backend: str | None = None
    """A backend of joblib for a cluster, `dask` or `ray`; None for this machine."""
    address: str | None = None
    """Where the cluster's scheduler listens, such as `tcp://127.0.0.1:8786`."""
    cache: bool = True
    quiet: bool = False
    """No progress bar, even on a terminal."""


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Tell the log of the package, at level INFO, how long a stage took: `briefing -v` shows it."""
    begun = time.perf_counter()
    yield
    log.info("%s: %.2f s", name, time.perf_counter() - begun)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let Python look for rings of values less often."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.freeze()  # and so all that is new counts as old, and is not looked at the moment this ends
        gc.unfreeze()
        gc.set_threshold(*usual)


def run(work: Callable[[Task], Result], tasks: Iterable[Task], count: int, execution: Execution) -> Iterator[Result]:
    """`work` of every task, in the order of the tasks, one after another as they are done.

    Args:
        work: A pure function that can be sent to another process or machine.
        tasks: What to do; taken one by one as there is room for them.
        count: How many tasks there are.
        execution: How many processes, and where.
    """
    return _progress(_run(work, tasks, count, execution), count, execution)


def _run(work: Callable[[Task], Result], tasks: Iterable[Task], count: int, execution: Execution) -> Iterator[Result]:
    jobs = execution.jobs or (os.cpu_count() or 1 if count >= _WORTH_PROCESSES else 1)
    if not count or (not execution.backend and min(jobs, count) <= 1):
        yield from map(work, tasks)
        return
    import joblib  # noqa: PLC0415 - 0.15 s that a small briefing need not wait

    with _cluster(execution):
        backend = {"backend": execution.backend} if execution.backend else {}
        with joblib.parallel_config(**backend, n_jobs=-1 if execution.backend else jobs):
            yield from joblib.Parallel(return_as="list" if execution.backend else "generator", batch_size="auto")(
                joblib.delayed(work)(task) for task in tasks
            )


@contextmanager
def _cluster(execution: Execution) -> Iterator[None]:
    if execution.backend == "dask":
        try:
            from distributed import Client  # noqa: PLC0415 - only where a cluster is asked for
        except ImportError:
            message = "the backend dask needs the package “distributed”; install it beside briefing"
            raise BriefingError(message) from None
        try:
            with Client(execution.address, set_as_default=True, timeout="10s"):
                yield
        except OSError as error:
            message = f"no Dask scheduler answers at {execution.address}: {error}"
            raise BriefingError(message) from None
    elif execution.backend == "ray":
        try:
            import ray  # noqa: PLC0415
            from ray.util.joblib import register_ray  # noqa: PLC0415
        except ImportError:
            message = "the backend ray needs the package “ray”; install it beside briefing"
            raise BriefingError(message) from None
        register_ray()
        ray.init(address=execution.address)
        yield
    else:
        yield


def _progress(results: Iterable[Result], total: int, execution: Execution) -> Iterator[Result]:
    if execution.quiet or total < _LONG or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal with much to do
    from rich.progress import track  # noqa: PLC0415

    yield from track(results, "Reading sources", total, console=Console(stderr=True), transient=True)


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the project for one build: a second one says that it waits, and does."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            sys.stderr.write("briefing: another build of this project is running; waiting for it\n")
            lock.acquire()
    except OSError as error:
        message = f"cannot lock the project: {error.strerror}: {error.filename or folder}"
        raise BriefingError(message) from None
    try:
        yield
    finally:
        lock.release()
