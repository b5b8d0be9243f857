"""Words in quotation marks: which mark opens, which closes, over sentence and paragraph ends.

A mark's shape does not tell its role: `“` closes in German and opens in English, `»` the other way round from country
to country, `"` and `’` do everything. So each mark is read from what it stands beside and from what is open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.annotation.offices import role_gender
from briefing.lexicon import table, word_set

Kind = Literal["speech", "scare", "title"]

DEPTH = 4
"""Marks open at once; deeper nesting is not read, which bounds the work at each mark."""

TITLE_WORDS = 8
"""Words of the longest title taken for one."""
SCARE_WORDS = 4
"""Words up to which a quotation without speaker or full stop is held for a single word at arm's length."""

_PARTNERS = {
    "„": '“”"‟',
    "“": '”"“',
    "”": "”",
    "»": "«",
    "«": "»",
    '"': '"“”',
    "‚": "‘’'",
    "‘": "’'",
    "'": "'’",
    "›": "‹",
    "‹": "›",
    "‟": "”",
    "’": "’",
}
"""What may close each mark. Mixed pairs (`„…"`) come from careless typing and from conversions."""
_SINGLE = "‚‘’'"
_TWICE = ("''", "’’", "‘‘", "``")
"""Single marks typed twice for a double one, as some typewriters of newsrooms and all of TeX do."""


@dataclass(frozen=True, slots=True)
class Span:
    """Quoted words in one block, without the marks."""

    start: int
    end: int
    outer: bool
    """Not inside other marks."""
    continued: bool = False
    """It goes on from the block before."""
    closed: bool = True
    """Its closing mark stands in this block."""


def quotations(blocks: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    """Find the quoted words of an article.

    Args:
        blocks: The text of its blocks in order. A quotation that is not closed in its block and is taken up by the next
            one (with a mark that opens again, as English does, or with one that closes) gives a span in each.

    Returns:
        The spans of each block, in order of place.
    """
    blocks = [_double(text) for text in blocks]
    result: list[tuple[Span, ...]] = []
    open_mark: str | None = None
    for number, text in enumerate(blocks):
        spans, dangling, first_close = _pairs(text)
        if open_mark is not None:
            if first_close is not None and text[first_close] in _PARTNERS[open_mark]:
                kept = [span for span in spans if span.start >= first_close]
                spans = [Span(_skip(text, 0), first_close, outer=True, continued=True), *kept]
            elif (spans and spans[0].start <= 2) or (dangling is not None and dangling <= 1):  # noqa: PLR2004
                spans = [
                    Span(span.start, span.end, span.outer, continued=index == 0) for index, span in enumerate(spans)
                ]
        open_mark = None
        if dangling is not None and _goes_on(text, dangling, blocks[number + 1] if number + 1 < len(blocks) else ""):
            spans = [span for span in spans if span.end <= dangling]
            end = len(text.rstrip())
            if dangling + 1 < end:
                spans.append(Span(dangling + 1, end, outer=True, closed=False))
                open_mark = text[dangling]
        result.append(tuple(spans))
    return tuple(result)


def _double(text: str) -> str:
    """The text, as long as it is, with one double mark for each single mark typed twice: beside the words it holds."""
    for pair in _TWICE:
        if pair in text:
            text = re.sub(rf"(?<![^\s(]){pair}(?=\w)", ' "', text)
            text = re.sub(rf"(?<=[^\s{pair[0]}]){pair}(?!\w|{pair[0]})", '" ', text)
    return text


def _skip(text: str, position: int, end: int | None = None) -> int:
    """The first place from `position` on that is no white space."""
    limit = len(text) if end is None else end
    while position < limit and text[position].isspace():
        position += 1
    return position


def _goes_on(text: str, position: int, following: str) -> bool:
    """Whether the mark at `position`, left open, is taken up by the block `following` or runs to the end of its own."""
    if text[position] in _SINGLE:
        return False
    head = following.lstrip()[:1]
    if head and head == text[position]:
        return True
    _, _, first_close = _pairs(following)
    if first_close is not None and following[first_close] in _PARTNERS[text[position]]:
        return True
    # a colon before and a full stop at the end: only the closing mark was lost
    return text[:position].rstrip().endswith(":") and text.rstrip()[-1:] in ".!?"


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_PARTNERS)) + "]")


def _pairs(text: str) -> tuple[list[Span], int | None, int | None]:
    """Pair the marks of `text`.

    Returns:
        The spans; the place of a double mark left open; the place of the first double mark that closes nothing.
    """
    stack: list[int] = []
    found: list[tuple[int, int]] = []
    first_close: int | None = None
    for match in _marks().finditer(text):
        place = match.start()
        role = _role(text, place, stack)
        if role == "open":
            while stack and text[stack[-1]] == text[place] and text[place] not in _SINGLE:
                stack.pop()  # the same mark opens twice: the first was never closed
            if len(stack) < DEPTH:
                stack.append(place)
        elif role == "close":
            index = _partner(text, place, stack)
            if index is not None:
                start = stack[index]
                del stack[index:]
                if text[start + 1 : place].strip():
                    found.append((start + 1, place))
            elif text[place] not in _SINGLE and first_close is None and not stack and not found:
                first_close = place
    doubles = [place for place in stack if text[place] not in _SINGLE]
    return _spans(text, found), doubles[0] if doubles else None, first_close


def _spans(text: str, found: list[tuple[int, int]]) -> list[Span]:
    """The pairs in order of place, white space trimmed, told outer from inner."""
    spans = []
    reach = -1
    for start, end in sorted(found):
        left, right = _skip(text, start, end), end
        while right > left and text[right - 1].isspace():
            right -= 1
        spans.append(Span(left, right, outer=start > reach))
        reach = max(reach, end)
    return spans


def _partner(text: str, place: int, stack: list[int]) -> int | None:
    """Index in `stack` of the mark that the one at `place` closes."""
    for index in range(len(stack) - 1, -1, -1):
        if text[place] in _PARTNERS[text[stack[index]]]:
            return index
    return None


def _role(text: str, place: int, stack: list[int]) -> str | None:
    """Whether the mark at `place` opens or closes, or is no quotation mark at all (an apostrophe, inches)."""
    mark = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    opens = not before or before.isspace() or before in "([{–—-/…„“«»‚‘\"'>|*_"
    opens = opens and bool(after) and not after.isspace() and after not in ".,;:!?)]"
    closes = bool(before) and not before.isspace() and (not after or not after.isalnum())
    partner = _partner(text, place, stack) is not None
    if not before and not partner and _opens_block(text):
        return "open"
    if mark == "„":
        return "open"
    if mark == "‚":
        return "open" if opens and after.isalnum() else None
    if mark in "’'":
        return _apostrophe(text, place, opens=opens, closes=closes, partner=partner)
    if mark == "‘":
        return "close" if partner and closes and not (opens and after.isalnum()) else "open" if opens else None
    if partner and (closes or not opens):
        return "close"
    if partner and mark not in text[stack[-1]] and mark in "“”«»‹›" and not before.isspace():
        return "close"
    if opens and not (mark == '"' and before.isdigit()):
        return "open"
    if mark == "«" and not partner and (not before or before.isspace()):  # « bonjour », as French sets it
        return "open"
    if mark in "“«»" and not partner and bool(after) and not after.isspace() and not closes:
        return "open"
    return "close" if closes else None


def _opens_block(text: str) -> bool:
    """Whether a double mark at the beginning of a block opens, although a space stands behind it: `” If I may …”`."""
    behind = text[1:].lstrip()[:1]
    return text[0] not in _SINGLE and behind.isupper() and any(mark in text[2:] for mark in _PARTNERS[text[0]])


def _apostrophe(text: str, place: int, *, opens: bool, closes: bool, partner: bool) -> str | None:
    """The role of `’` or `'`, which mostly stand for left-out letters."""
    if partner and closes:
        return "close"
    before = text[place - 1] if place else " "
    if opens and text[place] == "'" and text[place + 1 : place + 2].isalpha() and before not in "–-":
        return "open"
    return None


# ------------------------------------------------------------------------------------------------ what is quoted


def quotation_kind(text: str, span: Span, language: str, *, attributed: bool) -> Kind:
    """Tell speech from words held at arm's length and from titles of works.

    Args:
        text: The block.
        span: The quoted words in it.
        language: ISO 639-1 code.
        attributed: Whether a speaker was found.
    """
    words = text[span.start : span.end].split()
    before = text[max(0, span.start - 40) : span.start - 1].split()
    behind = text[span.end + 1 : span.end + 40]
    ends = text[span.end - 1 : span.end]
    reported = _is_reported(behind if ends.isalnum() else ends + behind, language)
    if len(words) <= TITLE_WORDS and words[0][:1].isupper() and not reported:
        if ends not in ".!?…," and before and _names_work(before[-1], language):
            return "title"
        if ends not in ".!?…" and (_is_headline(words, language) or _names_office(behind, language)):
            return "title"
    alone = span.end - span.start > 1 and not text[: span.start - 1].strip() and not text[span.end + 1 :].strip()
    announced = text[: span.start - 1].rstrip().endswith(":")
    if attributed or reported or announced or ends in ".!?…," or len(words) > SCARE_WORDS:
        return "speech"
    return "speech" if alone and len(words) >= SCARE_WORDS else "scare"


def _is_reported(behind: str, language: str) -> bool:
    """Whether the words behind a quotation report it: `“, so X`, `,” she said`, `,” X said`."""
    first = re.match(r"[^\w.]*([^\W_]+)", behind)
    if first is None:
        return False
    strong, certain = _speech(language, "strong"), _speech(language, "certain")
    near = re.findall(r"[^\W_]+", behind)[:3]
    return any(word in strong or word in certain for word in near) or (first[1] == "so" and "," in first[0])


def _is_headline(words: Sequence[str], language: str) -> bool:
    """Whether each long word has a capital, in a language that writes nouns small: `Another Day in March`."""
    if table(language, "dates").get("capital_nouns"):
        return False
    long = [word for word in words if len(word.strip(",’'")) > 3]  # noqa: PLR2004 - of, the, and stay small
    return len(words) > 1 and len(long) > 0 and all(word[0].isupper() for word in (*long, words[-1]))


def _names_office(behind: str, language: str) -> bool:
    """Whether an office stands right behind the words, whose work they name: `‘Us Again’ director`."""
    word = re.match(r" ([a-z]+)", behind)
    return word is not None and role_gender(word[1], language) is not None


@cache
def _speech(language: str, key: str) -> frozenset[str]:
    return word_set(language, "speech", key)


def _names_work(word: str, language: str) -> bool:
    """Whether a noun before the mark says that a name follows: `der Roman`, `des Blogs`, `das Nachrichtenmagazin`."""
    lower = word.lower().rsplit("-", 1)[-1]
    works = _speech(language, "works")
    forms = {lower, lower.removesuffix("s"), lower.removesuffix("es"), lower.removesuffix("e"), lower.removesuffix("n")}
    return bool(forms & works) or any(form.endswith(_work_endings(language)) for form in forms)


@cache
def _work_endings(language: str) -> tuple[str, ...]:
    """Nouns of works that also end compounds, in a language that writes those as one word."""
    if not table(language, "dates").get("capital_nouns"):
        return ("\0",)
    return tuple(sorted(work for work in _speech(language, "works") if len(work) > SCARE_WORDS))
