"""The lines of a page, and lines torn apart by a scraper put together again where that is certain."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefing import lexicon

_CLOSED = re.compile(r"[.!?…:;。！？][\"'”’“»«)\]]*$")
_CONTINUES = re.compile(r"[a-zà-öø-ÿœ,;)»”]|[.:!?](?:\s|$)|[–—-]\s|-[^\W\d_]")
_NO_PROSE = re.compile(r"https?://|www\.|\S@\S")
_NEXT_BLANK = re.compile(r"[ \t]*\n[ \t]*\n")

_TORN_WORDS = 4
"""Words from which an open line can be a torn sentence; menus in lower case have shorter ones."""

_ENDS = ".!?؟…:|»>©"
"""Marks after which a sentence does not go on."""

_LINK_WORDS = 8
"""Words up to which a line between two torn pieces is the text of the link that tore them."""


_OPENING = {"“": "„", "«": "»", "»": "«", "”": "“"}
"""Of each mark that can close a quotation the one that opened it."""

_QUOTED = 5000
"""Letters in which the opening of a quotation is looked for; bounded, for half a million lines may be such marks."""

_HEAD = 200
"""Letters at the beginning of a piece that tell whether it has the words of a sentence."""

_MARKS = 3
"""Letters of a line that holds nothing but such a mark, and perhaps a full stop."""

MOST_LINES = 20_000
"""Lines beyond which a file is no article but a log, a list or an attack; the longest labelled page has 1,222."""


class Line(NamedTuple):
    """A line of a page without the white space around it, or several that are one sentence.

    A named tuple, which is made in a third of the time of a frozen dataclass: a page has hundreds of lines.
    """

    start: int
    end: int
    text: str
    """The verbatim slice; holds line ends where it was mended."""
    gap: bool
    """True where a blank line, or the beginning of the text, stands before it."""


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of `text` in order, torn ones mended."""
    found: list[Line] = []
    maybe_torn: list[int] = []
    place, gap, before = 0, True, ""
    new = tuple.__new__  # what the class itself does, in half of the time
    for row in text.split("\n"):
        if line := row.strip():
            if not gap and _may_be_torn(before, line):
                maybe_torn.append(len(found) - 1)
            start = place if line is row or row[0] == line[0] else place + len(row) - len(row.lstrip())
            found.append(new(Line, (start, start + len(line), line, gap)))
            gap, before = False, line
        else:
            gap = True
        place += len(row) + 1
    return _mended(text, found, maybe_torn)


def _may_be_torn(piece: str, following: str) -> bool:
    """True for the few lines worth a closer look: open and long enough, or before a mark that closes a quotation."""
    return len(following) <= _MARKS or (piece[-1] not in _ENDS and piece.count(" ") >= _TORN_WORDS - 1)


def _mended(text: str, lines: list[Line], maybe_torn: list[int]) -> list[Line]:
    """Lines joined where a sentence was broken at a link or a mark-up border: some of these, and what follows them.

    Certain is: no blank line between, the first piece has the length of prose and is open at its end, and the next
    piece goes on in lower case or with a mark; or does so after one short piece, the text of the link; or the first
    piece ends in a word that ends no sentence. A mark that closes a quotation belongs to what opened it.
    """
    done: list[Line] = []
    first = 0
    for index in maybe_torn:
        if index < first:
            continue  # a piece of the one before
        line, last = lines[index], index
        while last + 1 < len(lines) and not lines[last + 1].gap:
            if (more := _pieces(text, line.start, lines, last)) == 0:
                break
            last += more
        if last > index:
            done += lines[first:index]
            done.append(Line(line.start, lines[last].end, text[line.start : lines[last].end], line.gap))
            first = last + 1
    return done + lines[first:]


def _pieces(text: str, start: int, lines: list[Line], last: int) -> int:
    """How many lines after `last` surely go on with the piece that began at `start`."""
    following = lines[last + 1].text
    if len(following) <= _MARKS and (opening := _OPENING.get(following[0])):
        bounds = max(start, lines[last].end - _QUOTED), lines[last].end
        return int(text.count(opening, *bounds) > text.count(following[0], *bounds))
    if not _is_open(text, start, lines[last].end):
        return 0
    if _goes_on(following):
        return 1
    if last + 2 < len(lines) and not lines[last + 2].gap and _is_link(following):
        beyond = lines[last + 2].text
        if _goes_on(beyond) or (
            beyond[0] == "(" and text.count(" ", start, min(lines[last].end, start + _HEAD)) >= _LINK_WORDS
        ):
            return 2
    word = lines[last].text.rpartition(" ")[2]
    return int(word in _hanging() and not _NO_PROSE.match(following))


@cache
def _hanging() -> frozenset[str]:
    """Words with which no sentence and no heading ends."""
    tables = (lexicon.table(language, "extraction").get("torn", {}) for language in ("all", *lexicon.languages()))
    return frozenset(word for table in tables for word in table.get("hanging", "").split())


def _is_open(text: str, start: int, end: int) -> bool:
    if text[end - 1] in _ENDS:
        return False
    head = text[start : min(end, start + _HEAD)]
    return head.count(" ") + head.count("\n") >= _TORN_WORDS - 1 and not _CLOSED.search(text[max(start, end - 6) : end])


def _goes_on(piece: str) -> bool:
    return _CONTINUES.match(piece) is not None and not _NO_PROSE.match(piece)


def _is_link(piece: str) -> bool:
    return piece.count(" ") < _LINK_WORDS and piece[-1] not in ".!?…:|" and not _NO_PROSE.match(piece)
