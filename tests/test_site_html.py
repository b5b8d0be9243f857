"""The built pages as HTML: no page has an error that a parser has to mend, and nothing on it is named twice.

The Nu HTML checker (vnu 26.9.27), run by hand over the whole site, found no error either when this was written; it
needs Java, so it is no part of the tests. What it finds in Material's templates is mended by `briefing.plugin.valid`.
"""

from __future__ import annotations

from pathlib import Path

import html5lib


def test_every_page_is_well_formed(built_site: Path) -> None:
    """html5lib reports nothing: each element is closed where it must be and stands where it may."""
    found = {}
    for page in sorted(built_site.rglob("*.html")):
        parser = html5lib.HTMLParser()
        parser.parse(page.read_text("utf-8"))
        if parser.errors:
            found[page.relative_to(built_site).as_posix()] = parser.errors[:3]
    assert found == {}


def test_material_s_invalid_attributes_are_gone(built_site: Path) -> None:
    """What the Nu checker finds in Material's templates stands on no page."""
    for page in sorted(built_site.rglob("*.html")):
        text = page.read_text("utf-8")
        assert 'tabindex=""' not in text, page
        assert 'id="__drawer" autocomplete' not in text, page
        assert ('for="__toc"' in text) <= ('id="__toc"' in text), page
