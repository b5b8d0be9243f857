"""Rules on top of the scores: what is certainly furniture, comments, captions, the headline, a heading over nothing."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from briefing.extraction import furniture
from briefing.extraction.metadata import names_author_or_date
from briefing.extraction.titles import find_title, repeats
from briefing.extraction.vocabulary import PHRASE_KINDS, WORD_CLASSES

if TYPE_CHECKING:
    from briefing.extraction.choice import Choice
    from briefing.extraction.features import Page
    from briefing.model import RemovalKind

_ALIKE_WORDS = 32
"""Words up to which a line is the alternative text of a picture whose caption, the next line, says the same."""

_CAPTION_WORDS = 22
"""Words up to which one sentence right before the credit of a picture is its caption. With two sentences or 32
words, the rule took five labelled body paragraphs in 464 pages, with these bounds it takes two, and finds as many
captions."""

_MOST = 0.4
"""Share of the kept words before a section of readers' comments; long discussions outweigh short articles."""

_COMMENT, _COMMENT_PHRASE = WORD_CLASSES.index("comment"), PHRASE_KINDS.index("comment")

LONG = 12
"""Words from which a line is rather a sentence than a label."""

ITEM = re.compile(r"(?:[-–—•·*▪►‣○●]|\d{1,3}[.)])\s+\S")
"""The beginning of an item of a list."""

_HEADING = re.compile(r"h[1-6]")

Why = tuple["RemovalKind", str]


class Decision(NamedTuple):
    """The lines that stay, and of those that a rule removed, why."""

    kept: list[bool]
    why: dict[int, Why]
    title: int | None
    """Index of the headline, None where no line is it."""

    def removes(self, index: int, kind: RemovalKind, reason: str) -> None:
        """Takes a line out."""
        self.kept[index] = False
        self.why[index] = kind, reason


def decide(choice: Choice) -> Decision:
    """Which of the chosen lines stay, and which is the headline."""
    decision = Decision(list(choice.kept), {}, None)
    _furniture(choice, decision)
    _comments(choice, decision)
    _captions(choice, decision)
    hint = choice.found.title.value if choice.found is not None and choice.found.title is not None else None
    index = find_title(choice.page, decision.kept, hint)
    if index is not None:
        _lede(choice.page, decision, index)
    title = choice.page.lines[index].text if index is not None else hint
    if title is not None:
        for copy in repeats(choice.page, title):
            if copy != index and decision.kept[copy] and choice.is_trusted(copy) and not is_heading(choice, copy):
                continue
            decision.removes(copy, "title", "the headline" if copy == index else "repeats the headline")
    _edges(choice, decision)
    return Decision(decision.kept, decision.why, index)


def is_heading(choice: Choice, index: int) -> bool:
    """True where the mark-up calls a line a heading."""
    return choice.marks is not None and _HEADING.fullmatch(choice.marks[index].tag) is not None


def _places(decision: Decision) -> list[int]:
    return list(compress(range(len(decision.kept)), decision.kept))


def _furniture(choice: Choice, decision: Decision) -> None:
    page = choice.page
    for index in _places(decision):
        if choice.is_trusted(index) and choice.marks is not None and choice.marks[index].tag == "pre":
            continue  # there, what looks like a leaked script is a listing
        if (reason := furniture.certain(page.lines[index].text)) is not None:
            decision.removes(index, *reason)
    places = _places(decision)
    before = next((n for n, index in enumerate(places) if page.words[index] >= LONG and page.closed[index]), 0)
    for index in places[:before]:
        if page.words[index] <= LONG and (about := names_author_or_date(page.lines[index].text)):
            decision.removes(index, "byline", about)


def _comments(choice: Choice, decision: Decision) -> None:
    """Removes what readers wrote: all after a line on comments that stands behind most of the text.

    Certain is only a section in which dates, replies and the like stand between the texts; a counter of comments in the
    middle of an article has none of them after it.
    """
    page = choice.page
    so_far = np.cumsum(page.words * np.fromiter(decision.kept, bool, len(decision.kept)))
    total = float(so_far[-1])
    behind = (page.words <= LONG) & (so_far >= _MOST * total) & (so_far < total)
    speaks_of_comments = (page.of_class[_COMMENT] > 0) | (np.array(page.kinds) == _COMMENT_PHRASE)
    for index in np.flatnonzero(behind & speaks_of_comments).tolist():
        if not _is_about_comments(page, index):
            continue
        later = [place for place in range(index + 1, len(page.lines)) if decision.kept[place]]
        signs = sum(_is_sign_of_comment(page, place) for place in range(index + 1, later[-1] + 1))
        if signs * 2 >= len(later):
            reason = f"after »{page.lines[index].text[:40]}«, among signs of readers' comments"
            for place in later:
                if not choice.is_trusted(place):  # comments that the mark-up names are not among those
                    decision.removes(place, "comment", reason)
            return


def _is_about_comments(page: Page, index: int) -> bool:
    told = furniture.certain(page.lines[index].text) or furniture.by_words(page, index)
    return told is not None and told[0] == "comment"


def _is_sign_of_comment(page: Page, index: int) -> bool:
    """True for a short line with a date or about answering: what a forum prints around each text."""
    if page.words[index] > LONG:
        return False
    told = furniture.by_words(page, index)
    return told is not None and told[0] in {"comment", "byline"}


def _captions(choice: Choice, decision: Decision) -> None:
    """Lines with a credit at their end, lines before a line that is a credit, and texts that describe the same picture.

    A sentence before a credit is conspicuous only among longer paragraphs: where they have one sentence each, or it
    is the first of them, it may as well be the article's, and stays unless it says who stands where.
    """
    page, kept = choice.page, decision.kept
    places = _places(decision)
    sentences = np.sort(page.stops[places][page.words[places] >= LONG])
    is_conspicuous = len(sentences) > 0 and bool(sentences[len(sentences) // 2] > 1)
    for index in places:
        if _is_no_caption(choice, index):
            continue
        credit = furniture.credit_at_end(page.lines[index].text)
        if credit is not None:
            decision.removes(index, "caption", f"ends with the credit »{credit[:60]}«")
        elif (
            page.words[index] <= _ALIKE_WORDS
            and index + 1 < len(kept)
            and not kept[index + 1]
            and _is_credit(page.lines[index + 1].text)
            and _may_be_caption(page, index, alone=is_conspicuous and index > places[0])
        ):
            decision.removes(index, *_BEFORE_CREDIT)
    for index in range(len(kept) - 1):
        if (
            kept[index]
            and index + 1 in decision.why
            and decision.why[index + 1][0] == "caption"
            and not _is_no_caption(choice, index)
            and _says_the_same(page, index)
        ):
            decision.removes(index, "caption", "says what the caption after it says")


_BEFORE_CREDIT: Why = ("caption", "a short text, and the next line is the credit of a picture")


def _is_credit(text: str) -> bool:
    if furniture.credit_at_end(text) is None:  # a fifth of the time of the patterns
        return False
    told = furniture.certain(text)
    return told is not None and told[0] == "credit"


def _is_no_caption(choice: Choice, index: int) -> bool:
    """True for a trusted line that the mark-up puts in no figure, unless it is too short for a paragraph."""
    return (
        choice.is_trusted(index)
        and bool(choice.page.words[index] > _CAPTION_WORDS)
        and not choice.in_mark_up(index, "caption", "gallery")
    )


def _lede(page: Page, decision: Decision, title: int) -> None:
    """Gives back the lede: the text right under the headline, if only the credit after it made it a caption."""
    for index in range(title + 1, min(title + 3, len(decision.kept))):
        if decision.why.get(index) == _BEFORE_CREDIT and not furniture.describes_a_picture(page.lines[index].text):
            decision.kept[index] = True
            del decision.why[index]


def _may_be_caption(page: Page, index: int, *, alone: bool) -> bool:
    """True for one short sentence, no speech, that stands `alone`, and for a text that says who stands where."""
    text = page.lines[index].text
    if furniture.describes_a_picture(text):
        return bool(page.words[index] <= _ALIKE_WORDS)
    return alone and bool(page.words[index] <= _CAPTION_WORDS and page.stops[index] <= 1 and text[0] not in "\"„“»«‚'")


def _says_the_same(page: Page, index: int) -> bool:
    """True where most words of a short line stand in the next one."""
    own = set(re.findall(r"\w{3,}", page.lines[index].text.lower()))
    other = set(re.findall(r"\w{3,}", page.lines[index + 1].text.lower()))
    share = 0.6
    return bool(own) and bool(page.words[index] <= _ALIKE_WORDS) and len(own & other) >= share * len(own)


def _edges(choice: Choice, decision: Decision) -> None:
    """Removes short lines without a sentence that nothing follows: the heading of a box after the article."""
    page, few = choice.page, 2
    places = _places(decision)
    tail: list[int] = []
    while places and not (page.words[places[-1]] >= LONG or page.closed[places[-1]]):
        tail.append(places.pop())
    if places and len(tail) <= few:
        for index in tail:
            if not ITEM.match(page.lines[index].text) and (not choice.is_trusted(index) or is_heading(choice, index)):
                decision.removes(index, "other", "a heading that no text follows")
