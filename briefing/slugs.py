"""Slugs: short names that can stand in an address and be a file's name on every system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from briefing.errors import ProjectError
from briefing.model import Place

LONGEST = 60
_MADE_LONGEST = 48
"""Longer file names are cut: a slug stands in every address and footnote of its source."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = frozenset(
    {"index", "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
"""`index` would collide with the folder's own page; the others are devices on Windows, no names for files."""


def is_slug(text: str) -> bool:
    """Whether `text` can name a page on every system."""
    return bool(_SLUG.fullmatch(text)) and len(text) <= LONGEST and text not in _RESERVED


_ANCHORS = frozenset(
    "chains changes coverage disputed disputes downloads figures found history home key-points legend limits matrix "
    "not-known open overruled quotations rejected removed single sources status support timeline topics unheard unused "
    "voices whole abdeckung anderungen aussagen quellen start streitpunkte themen zahlen zeitleiste".split()
)
_ANCHOR = re.compile(r"(section|column|day|t)-\d[\d-]*|(door|topic|figures|disputes)-.+|also-reported|briefing-labels")
"""Anchors that the site's own pages use; a statement of that name would give a page the same anchor twice."""


def is_anchor(text: str) -> bool:
    """Whether a page of the site uses `text` as an anchor of its own."""
    return text in _ANCHORS or bool(_ANCHOR.fullmatch(text))


def check_slug(text: str, place: Place, what: str = "slug") -> str:
    """`text`, if it can name a page on every system.

    Raises:
        ProjectError: It is empty, too long, reserved, or holds anything but a-z, 0-9 and single hyphens.
    """
    if not is_slug(text):
        raise ProjectError(
            f"“{text}” cannot be a {what}: use a-z, 0-9 and single hyphens, at most {LONGEST}, no reserved name", place
        )
    return text


def make_slug(text: str, kind: str) -> str:
    """A slug for `text`; `kind` stands before one that would be empty or reserved.

    >>> make_slug("Ferry Reopens (May).txt", "source")
    'ferry-reopens-may-txt'
    >>> make_slug("con", "source")
    'source-con'
    """
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MADE_LONGEST].strip("-")
    return (
        slug
        if is_slug(slug)
        else f"{kind}-{slug or hashlib.sha256(text.encode(errors='surrogateescape')).hexdigest()[:8]}"
    )
