"""Pages that list every source, put together of kept pieces: after one change a thousand rows are as they were.

Of each such page the pieces are kept by everything they hang on but the code, which the memory itself looks after.
Whoever asks for a piece says how it is written, so what comes out is the same with any memory and with none.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from briefing.model import Memory


class Pieces:
    """The pieces of one page."""

    def __init__(self, memory: Memory | None = None, page: str = "") -> None:
        """Recall them.

        Args:
            memory: Where they are kept from one build to the next; None for nowhere.
            page: The path of the page.
        """
        self._memory, self._name = memory, f"pieces-{page.replace('/', '-')}"
        self._known = _read(memory.recall(self._name)) if memory else {}
        self._asked: dict[str, str] = {}

    def text(self, key: str, write: Callable[[], str]) -> str:
        """The piece of a key.

        Args:
            key: Tells everything the piece hangs on; empty where nobody knows that.
            write: Writes it, where it is not known.
        """
        if not key:
            return write()
        known = self._known.get(key)
        self._asked[key] = text = write() if known is None else known
        return text

    def keep(self) -> None:
        """Keep what was asked for, for the next build."""
        if self._memory and self._asked != self._known:
            self._memory.keep(self._name, json.dumps(self._asked).encode())


def _read(kept: bytes | None) -> dict[str, str]:
    try:
        found = json.loads(kept or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) and all(isinstance(text, str) for text in found.values()) else {}
