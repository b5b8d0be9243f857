"""Which quotation mark opens and which closes, in one block.

A mark's shape does not tell its role: `“` closes in German and opens in English, `»` the other way round from country
to country, `"` and `’` do everything. So each mark is read from what it stands beside, from what is open, and where
that leaves two readings, from the mark that comes next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

DEPTH = 4
"""Marks open at once; deeper nesting is not read, which bounds the work at each mark."""
AHEAD = 600
"""Characters looked ahead for the next mark; a long sentence has 300."""
SPACES = 8
"""White space looked over between a full stop and the mark behind it: a line's end and its indent."""
NESTED = 2
"""Pairs of the same marks read inside another pair; more of them mean that a mark was lost."""

PARTNERS = {
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
SINGLE = "‚‘’'"
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
    """It goes on from the quotation before, of this block or the one before."""
    closed: bool = True
    """Its closing mark stands in this block."""


@dataclass(slots=True)
class Pairs:
    """What one block has of marks."""

    spans: list[Span]
    dangling: int | None
    """Place of the mark left open at the block's end."""
    first_close: int | None
    """Place of the first double mark that closes nothing; of a straight one only if no pair comes before."""


@dataclass(slots=True)
class _Open:
    """A mark that was opened, and what was found inside of it."""

    place: int
    continued: bool = False
    """It opens anew a paragraph of the quotation before it."""
    same: int = 0
    """Pairs of the same mark inside."""


@dataclass(slots=True)
class _State:
    stack: list[_Open] = field(default_factory=list)
    found: list[tuple[int, int, bool, bool]] = field(default_factory=list)
    """Start, end, whether it is continued, whether it is closed."""
    first_close: int | None = None
    sets_spaces: bool = False
    """« bonjour », as French does; « always opens there."""


def double_marks(text: str) -> str:
    """The text, as long as it is, with one double mark for each single mark typed twice: beside the words it holds."""
    for pair in _TWICE:
        if pair in text:
            text = re.sub(rf"(?<![^\s(]){pair}(?=\w)", ' "', text)
            text = re.sub(rf"(?<=[^\s{pair[0]}]){pair}(?!\w|{pair[0]})", '" ', text)
    return text


def pairs(text: str, verbs: re.Pattern[str]) -> Pairs:
    """Pair the marks of a block.

    Args:
        text: The block, with single marks typed twice already made double ones.
        verbs: Finds the verb of a speaker behind a comma, which no quotation holds whose mark was lost.
    """
    places = [match.start() for match in _marks().finditer(text)]
    if not places:
        return Pairs([], None, None)
    state = _State(sets_spaces="«" in text and _sets_spaces(text))
    for place in places:
        role = _role(text, place, state)
        if role == "open":
            _open(text, place, state, verbs)
        elif role == "close":
            _close(text, place, state, verbs)
    # what was quoted behind a mark left open shows that it was none, unless it opens the block and straight it is not
    last = max((end for start, end, _, _ in state.found if text[start - 1] not in SINGLE), default=-1)
    heads = {place for place in places[:1] if text[place] != '"' and not text[:place].strip()}
    left = [one.place for one in state.stack if one.place > last or one.place in heads]
    return Pairs(_spans(text, state.found), left[0] if left else None, state.first_close)


def _open(text: str, place: int, state: _State, verbs: re.Pattern[str]) -> None:
    """Open a mark; the same one again behind a full stop opens the next paragraph of what goes on."""
    stack = state.stack
    continued = False
    if stack and text[stack[-1].place] == text[place] and _behind_sentence(text, place):
        before = stack.pop()
        end = len(text[:place].rstrip())
        if begins_speech(text, before.place) and not verbs.search(text, before.place + 1, end):
            state.found.append((before.place + 1, end, before.continued, False))
            continued = True
    if len(stack) == DEPTH:
        del stack[0]
    stack.append(_Open(place, continued))


def _close(text: str, place: int, state: _State, verbs: re.Pattern[str]) -> None:
    """Close the latest mark that this one may close."""
    index = partner(text, place, state.stack)
    if index is None:
        alone = not state.found or text[place] != '"'
        if text[place] not in SINGLE and state.first_close is None and not state.stack and alone:
            state.first_close = place
        return
    opened = state.stack[index]
    del state.stack[index:]
    start = opened.place + 1
    if opened.same and _is_no_pair(text, opened, place, verbs):
        return
    if text[start:place].strip():
        state.found.append((start, place, opened.continued, True))
        for outer in state.stack:
            outer.same += text[outer.place] == text[opened.place]


def _is_no_pair(text: str, opened: _Open, place: int, verbs: re.Pattern[str]) -> bool:
    """Whether marks around pairs of the same mark are no pair: typed twice, or of two quotations with a lost mark."""
    typed_twice = text[opened.place + 1] == text[opened.place] and text[place - 1] == text[place]
    return typed_twice or opened.same > NESTED or verbs.search(text, opened.place + 1, place) is not None


def partner(text: str, place: int, stack: Sequence[_Open]) -> int | None:
    """Index in `stack` of the mark that the one at `place` closes."""
    for index in range(len(stack) - 1, -1, -1):
        if text[place] in PARTNERS[text[stack[index].place]]:
            return index
    return None


def begins_speech(text: str, place: int) -> bool:
    """Whether a mark stands where speech begins: at the block's beginning, or behind a colon, comma or full stop."""
    before = text[max(0, place - SPACES) : place].rstrip()[-1:]
    if text[place] in SINGLE:
        return before in {"", ":"}
    return not before or before in ":,;.!?…–—-)"


def skip_space(text: str, position: int, end: int | None = None) -> int:
    """The first place from `position` on that is no white space."""
    limit = len(text) if end is None else end
    while position < limit and text[position].isspace():
        position += 1
    return position


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(PARTNERS)) + "]")


def _spans(text: str, found: list[tuple[int, int, bool, bool]]) -> list[Span]:
    """The pairs in order of place, white space trimmed, told outer from inner."""
    spans = []
    reach = -1
    for start, end, continued, closed in sorted(found):
        left, right = skip_space(text, start, end), end
        while right > left and text[right - 1].isspace():
            right -= 1
        spans.append(Span(left, right, start > reach, continued, closed))
        reach = max(reach, end)
    return spans


# ------------------------------------------------------------------------------------------------ the role of a mark


def _role(text: str, place: int, state: _State) -> str | None:
    """Whether the mark at `place` opens or closes, or is no quotation mark at all (an apostrophe, inches)."""
    mark = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    opens, closes = _shape(text, place)
    stack = state.stack
    has_partner = partner(text, place, stack) is not None
    if not before and not has_partner and _opens_block(text):
        return "open"
    if mark == "„":
        return "open"
    if mark in "«»" and state.sets_spaces:
        return "open" if mark == "«" else "close"
    if mark in SINGLE:
        return _single(text, place, opens=opens, closes=closes, has_partner=has_partner)
    if has_partner:
        return _partnered(text, place, stack, opens=opens, closes=closes)
    if opens and not (mark == '"' and before.isdigit()):
        return "open"
    if mark == "«" and (not before or before.isspace()):
        return "open"
    if (mark in "“«»" or before in ".,:;!?") and bool(after) and not after.isspace() and not closes:
        return "open"
    if _stands_apart(before, after) and _closes_apart(text, place):
        return "open"
    return "close" if closes and not (mark == '"' and before.isdigit() and after != ",") else None


def _sets_spaces(text: str) -> bool:
    """Whether a block sets its marks as French does, « bonjour »."""
    return re.search(r"(?<![^\s(’'])«\s[^«»]{1,400}\s»(?![^\s.,;:!?)])", text) is not None


def _shape(text: str, place: int) -> tuple[bool, bool]:
    """Whether a mark may open and whether it may close, by what stands beside it."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    opens = not before or before.isspace() or before in "([{–—-/…„“«»‚‘\"'>|*_"
    opens = opens and bool(after) and not after.isspace() and after not in ".,;:!?)]"
    return opens, bool(before) and not before.isspace() and (not after or not after.isalnum())


def _partnered(text: str, place: int, stack: Sequence[_Open], *, opens: bool, closes: bool) -> str | None:
    """The role of a double mark while one is open that it may close."""
    mark, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    opener = text[stack[-1].place]
    if mark == "“" and opener == "“" and "”" in text and not closes:
        return "open"  # here the marks are told apart, and ”closes
    if mark == '"' and not opens and not closes and before in ".!?…" and _next_shape(text, place) == "close":
        return "open"  # paragraphs that ran together: reform."That is
    if mark == '"' and before.isdigit() and after == " " and _next_shape(text, place) == "close":
        return None  # inches
    if closes or not opens:
        return "close"
    if mark not in opener and mark in "“”«»‹›" and not before.isspace():
        return "close"
    return "open"


def _next_shape(text: str, place: int) -> str | None:
    """Whether the next mark of the same kind opens or closes, as far as its neighbours show it."""
    family = "’'‘" if text[place] in SINGLE else text[place]
    for index in range(place + 1, min(len(text), place + AHEAD)):
        if text[index] in family:
            opens, closes = _shape(text, index)
            if opens or closes:
                return "open" if opens else "close"
    return None


def _behind_sentence(text: str, place: int) -> bool:
    """Whether the text before `place` ends a sentence."""
    return text[max(0, place - SPACES) : place].rstrip()[-1:] in {".", "!", "?", "…"}


def _stands_apart(before: str, after: str) -> bool:
    """Whether spaces stand on both sides of a mark: `" bonjour "`."""
    return (not before or before.isspace()) and after.isspace()


def _closes_apart(text: str, place: int) -> bool:
    """Whether the next mark that may close the one at `place` has a space before it, too."""
    for index in range(place + 2, min(len(text), place + AHEAD)):
        if text[index] in PARTNERS[text[place]]:
            return text[index - 1].isspace() and not text[index + 1 : index + 2].isalnum()
    return False


def _opens_block(text: str) -> bool:
    """Whether a double mark at the beginning of a block opens, although a space stands behind it: `” If I may …”`."""
    behind = text[1:].lstrip()[:1]
    return text[0] not in SINGLE and behind.isupper() and any(mark in text[2:] for mark in PARTNERS[text[0]])


def _single(text: str, place: int, *, opens: bool, closes: bool, has_partner: bool) -> str | None:
    """The role of a single mark; `’` and `'` mostly stand for left-out letters."""
    mark, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if mark == "‚":
        return "open" if opens and after.isalnum() else None
    if mark == "‘":
        if has_partner and closes and not (opens and after.isalnum()):
            return "close"
        return "open" if opens and not re.match(r"\d\ds\b", text[place + 1 : place + 5]) else None  # the ‘90s
    if has_partner and closes:
        possessive = before in "sxz" and after == " " and text[place + 2 : place + 3].islower()
        return None if possessive and _next_shape(text, place) == "close" else "close"  # the players’ efforts
    if opens and mark == "'" and after.isalpha() and before not in tuple("–-"):
        return "open"
    return None
