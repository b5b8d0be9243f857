"""Files that need not be read, written or looked at: nobody has touched them since it was known what they hold.

As git does it for its index: with what a file holds its size, times and number on the disk are kept; while these
are the same, nobody has written it. A file that was written within `_GRAIN` of being looked at is looked at again, for
the clock of a file system may stand still that long.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Container, Mapping
from pathlib import Path

from briefing.model import Briefing, Memory, PageStamps, SourcePage

_GRAIN = 20_000_000
"""Nanoseconds: the clock of Linux's file systems moves every 4 ms, at most every 10."""


class Stamps:
    """What the files of one folder held when they were last looked at."""

    def __init__(self, memory: Memory, name: str, *, changes: bool = True) -> None:
        """Recall what is known.

        Args:
            memory: Where it is kept from one build to the next.
            name: Under which name.
            changes: Whether the time of the last change of a file's links counts; not where building links them anew.
        """
        self._memory, self._name, self._changes = memory, name, changes
        self._known: dict[str, list[object]] = _read(memory.recall(name))
        self._seen: dict[str, list[object]] = {}
        self._before: dict[str, list[object] | None] = {}

    def held(self, folder: Path, path: str) -> str | None:
        """What a file is known to hold; None where it was touched, or nobody knew."""
        known = self._known.get(path)
        if known is None or known[1:] != self._state(folder, path):
            return None
        self._seen[path] = known
        return str(known[0])

    def told(self, folder: Path, path: str, tell: Callable[[], str]) -> str:
        """What a file holds: as it is known, or else as `tell` tells it now."""
        known, state = self.held(folder, path), self._state(folder, path)
        if known is not None:
            return known
        told = tell()
        if state is not None:
            self._seen[path] = [told, *state]
        return told

    def untouched(self, folder: Path, stamps: Mapping[str, str]) -> frozenset[str]:
        """The files that are known to hold what these stamps say."""
        self._before = {path: self._state(folder, path) for path in stamps}
        return frozenset(path for path, stamp in stamps.items() if self.held(folder, path) == stamp)

    def look(self, folder: Path, stamps: Mapping[str, str], written: Container[str]) -> None:
        """Take down that files hold what these stamps say.

        Args:
            folder: Where they lie.
            stamps: What they hold.
            written: Those that were written since `untouched` was asked. Of another the state of then is taken down, so
                one that somebody touched since is known to nobody.
        """
        for path, stamp in stamps.items():
            state = self._state(folder, path) if path in written else self._before.get(path)
            if state is not None:
                self._seen[path] = [stamp, *state]

    def keep(self) -> None:
        """Keep what was asked for or taken down, for the next build."""
        latest = time.time_ns() - _GRAIN
        kept = {path: seen for path, seen in self._seen.items() if max(map(int, map(str, seen[2:-1]))) < latest}
        if kept != self._known:
            self._memory.keep(self._name, json.dumps(kept, ensure_ascii=True).encode())

    def _state(self, folder: Path, path: str) -> list[object] | None:
        try:
            status = os.lstat(f"{folder}/{path}")  # joining paths as such takes longer than asking
        except OSError:
            return None
        if stat.S_ISLNK(status.st_mode):  # which tells nothing of what it leads to
            return None
        times = (status.st_mtime_ns, status.st_ctime_ns) if self._changes else (status.st_mtime_ns,)
        return [status.st_size, *times, status.st_ino]


def _read(kept: bytes | None) -> dict[str, list[object]]:
    try:
        found = json.loads(kept or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def page_stamps(briefing: Briefing) -> PageStamps:
    """What pages of a briefing hang on that look at more than one source.

    A page is a function of the briefing, so its stamp is a digest of the briefing: of all that it says, and of the
    sources by their readings, which also tell how they stand to one another.
    """
    pages = briefing.sources
    if not all(page.reading for page in pages):
        return PageStamps()
    silent = {slug for page in briefing.topics for slug in page.silent}
    named = [(page.source.outlet, page.source.title) for page in pages if page.source.slug in silent]
    shared, origins = briefing.corroboration.shared, briefing.corroboration.origins
    said = (
        *(briefing.title, briefing.languages, briefing.as_of, briefing.topics, briefing.rejected, briefing.parties),
        *(briefing.overruled, briefing.overviews, briefing.address, briefing.names, len(pages), named),
    )
    cited = [
        (_shown(page), shared.get(page.source.slug), origins.get(page.source.slug)) for page in pages if page.used_in
    ]
    looked_at = _hash((said, cited))
    return PageStamps(looked_at, _hash((looked_at, list(map(_shown, pages)))))


def _shown(page: SourcePage) -> tuple[object, ...]:
    """What other pages tell of a source; the text of its passages hangs on the reading."""
    return (page.reading, page.source_text, page.words, page.shown_words, page.used_in, page.removed)


def _hash(told: object) -> str:
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
