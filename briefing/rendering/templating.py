"""The templates, compiled once a machine instead of once a build: 0.15 s of each.

What Jinja made of a template is kept where Python keeps what it made of this module (`briefing.compiled`): nothing that
is code is ever read from a project's folder.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from briefing.compiled import keep, recall
from briefing.rendering.view import printed

_FOLDER = Path(__file__).parent
_BEARING = ("templating.py", "view.py", "markdown.py")
"""Modules that bear on what a template is compiled to: its constants are escaped then."""


def environment(folder: Path = _FOLDER) -> jinja2.Environment:
    """Jinja as our templates want it: whatever they print is escaped, and what is not defined is an error.

    Args:
        folder: Beside whose modules compiled templates are kept, in its `__pycache__`.
    """
    return jinja2.Environment(
        loader=jinja2.PackageLoader("briefing", "rendering/templates"),
        undefined=jinja2.StrictUndefined,
        finalize=printed,
        autoescape=False,  # noqa: S701 - `finalize` escapes every value for Markdown, which HTML's escape does not
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(folder),
    )


class _Compiled(BytecodeCache):
    """Compiled templates beside the compiled modules of a folder; none where nobody may write there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was kept, if it was made of just this."""
        compiled = recall(bucket.key, self._made_of(bucket), self._folder)
        if compiled is not None:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        keep(bucket.key, self._made_of(bucket), bucket.bytecode_to_string(), self._folder)

    def _made_of(self, bucket: Bucket) -> bytes:
        return self._made_with + bytes.fromhex(bucket.checksum)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of a template, which is also that of its file."""
        del filename
        return name

    @cached_property
    def _made_with(self) -> bytes:
        """A hash of everything but the template that bears on what it is compiled to."""
        digest = hashlib.sha256(f"{sys.version} jinja2 {version('jinja2')}".encode())
        for name in _BEARING:
            digest.update((_FOLDER / name).read_bytes())
        return digest.digest()
