"""From the lines that are kept to an article: rules for what is certain, blocks, and a reason for each removal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.extraction import furniture
from briefing.extraction.metadata import agencies_in_brackets, from_text, names_author_or_date
from briefing.extraction.titles import find_title, repeats
from briefing.extraction.tree import HINTS
from briefing.model import Article, Block, Rejected, Removal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.extraction.features import Page
    from briefing.extraction.tree import Marked
    from briefing.model import BlockKind, Document, Metadata, RemovalKind

_LEAST_WORDS = 20
"""Words below which what is kept is no article; the shortest bodies found in labelled dumps have 21."""

_LEAST_TRUSTED = 15
"""The same for lines that the mark-up speaks for; the shortest bodies of labelled pages with mark-up have 16 and 19."""

_ALIKE_WORDS = 32
"""Words up to which a line is the alternative text of a picture whose caption, the next line, says the same."""

_CAPTION_WORDS = 22
"""Words up to which one sentence right before the credit of a picture is its caption. With two sentences or 32
words, the rule took five labelled body paragraphs in 464 pages, with these bounds it takes two, and finds as many
captions."""

_MOST = 0.4
"""Share of the kept words before a section of readers' comments; long discussions outweigh short articles."""

_HEADING_WORDS = 16
_LONG = 12

_ITEM = re.compile(r"(?:[-–—•·*▪►‣○●]|\d{1,3}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;,。！？][\"'”’“»«)\]]*$")
_BRACKET = re.compile(r"[ \t\n]*\(([^()\n]{2,60})\)\s*$")
_SHORT_SIGN = re.compile(r"[a-zäöü]{2,8}(?:\s?[/,]\s?(?:[a-zäöü]{2,8}|[A-Za-z]{2,8}))*")

Why = tuple["RemovalKind", str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines of a file, and which of them are rather the article than not."""

    text: str
    """What the lines are slices of."""
    page: Page
    kept: Sequence[bool]
    """For each line; rules may remove more."""
    marks: Sequence[Marked] | None = None
    """What the mark-up says of each line, where there is any."""
    found: Metadata | None = None
    """The metadata that the mark-up holds."""
    trusted: Sequence[bool] | None = None
    """For each line whether who knows the mark-up took it for the article's: rules that go by the look of a line and
    its neighbours leave those alone. On the labelled pages with mark-up such rules lost more of them than they
    cleaned (F1 .935 with them, .940 without; each page scored by a model that had not seen it)."""

    def is_trusted(self, index: int) -> bool:
        """True where only its own words or its place in the mark-up can remove a line."""
        return self.trusted is not None and bool(self.trusted[index])

    def in_mark_up(self, index: int, *parts: str) -> bool:
        """True where the mark-up says that a line stands in one of these parts of a page (see `tree.HINTS`)."""
        return self.marks is not None and any(self.marks[index].hints >> HINTS.index(part) & 1 for part in parts)


def assemble(document: Document, choice: Choice) -> Article | Rejected:
    """The article made of the chosen lines of a file, or `Rejected` where they are none."""
    page, found = choice.page, choice.found
    kept = list(choice.kept)
    why: dict[int, Why] = {}
    _furniture(choice, kept, why)
    _comments(choice, kept, why)
    _captions(choice, kept, why)
    index = find_title(page, kept, found.title.value if found is not None and found.title is not None else None)
    if index is not None:
        _lede(page, kept, why, index)
    title = page.lines[index].text if index is not None else found.title.value if found and found.title else None
    if title is not None:
        for copy in repeats(page, title):
            if copy != index and kept[copy] and choice.is_trusted(copy) and not _is_heading(choice, copy):
                continue
            kept[copy] = False
            why[copy] = ("title", "the headline" if copy == index else "repeats the headline")
    _edges(choice, kept, why)
    least = _LEAST_TRUSTED if choice.trusted is not None and any(choice.trusted) else _LEAST_WORDS
    if sum(page.words[i] for i, keep in enumerate(kept) if keep) < least:
        return Rejected(document.file, "no article", f"fewer than {least} words of running text were found")
    _reasons(page, kept, why)
    blocks, removals = _pieces(page, kept, why, choice.marks)
    headline = page.lines[index] if index is not None else None
    metadata = from_text(choice.text, headline, blocks, removals, found)
    return Article(document, choice.text, blocks, removals, metadata)


# ----------------------------------------------------------------------------------------------- what is certain


def _furniture(choice: Choice, kept: list[bool], why: dict[int, Why]) -> None:
    page = choice.page
    for index, keep in enumerate(kept):
        if choice.is_trusted(index) and choice.marks is not None and choice.marks[index].tag == "pre":
            continue  # there, what looks like a leaked script is a listing
        if keep and (reason := furniture.certain(page.lines[index].text)) is not None:
            kept[index] = False
            why[index] = reason
    for index in range(
        next((i for i, keep in enumerate(kept) if keep and page.words[i] >= _LONG and page.closed[i]), 0)
    ):
        if kept[index] and page.words[index] <= _LONG and (about := names_author_or_date(page.lines[index].text)):
            _remove(kept, why, index, ("byline", about))


def _comments(choice: Choice, kept: list[bool], why: dict[int, Why]) -> None:
    """Removes what readers wrote: all after a line on comments that stands behind most of the text.

    Certain is only a section in which dates, replies and the like stand between the texts; a counter of comments in the
    middle of an article has none of them after it.
    """
    page = choice.page
    words = [page.words[index] if keep else 0.0 for index, keep in enumerate(kept)]
    total, so_far = sum(words), 0.0
    for index, text in enumerate(line.text for line in page.lines):
        so_far += words[index]
        if (
            so_far < _MOST * total
            or so_far == total
            or page.words[index] > _LONG
            or not _is_about_comments(page, index)
        ):
            continue
        later = [place for place in range(index + 1, len(kept)) if kept[place]]
        signs = sum(_is_sign_of_comment(page, place) for place in range(index + 1, later[-1] + 1))
        if signs * 2 >= len(later):
            for place in later:
                if choice.is_trusted(place):
                    continue  # comments that the mark-up names are not among these
                _remove(kept, why, place, ("comment", f"after »{text[:40]}«, among signs of readers' comments"))
            return


def _is_about_comments(page: Page, index: int) -> bool:
    told = furniture.certain(page.lines[index].text) or furniture.by_words(page, index)
    return told is not None and told[0] == "comment"


def _is_sign_of_comment(page: Page, index: int) -> bool:
    """True for a short line with a date or about answering: what a forum prints around each text."""
    if page.words[index] > _LONG:
        return False
    told = furniture.by_words(page, index)
    return told is not None and told[0] in {"comment", "byline"}


def _captions(choice: Choice, kept: list[bool], why: dict[int, Why]) -> None:
    """Lines with a credit at their end, lines before a line that is a credit, and texts that describe the same picture.

    A sentence before a credit is conspicuous only among longer paragraphs: where they have one sentence each, or it
    is the first of them, it may as well be the article's, and stays unless it says who stands where.
    """
    page = choice.page
    sentences = sorted(page.stops[index] for index, keep in enumerate(kept) if keep and page.words[index] >= _LONG)
    is_conspicuous = bool(sentences) and sentences[len(sentences) // 2] > 1
    first = next((index for index, keep in enumerate(kept) if keep), 0)
    for index, keep in enumerate(kept):
        if not keep or _is_no_caption(choice, index):
            continue
        line = page.lines[index]
        credit = furniture.credit_at_end(line.text)
        if credit is not None:
            _remove(kept, why, index, ("caption", f"ends with the credit »{credit[:60]}«"))
        elif (
            _may_be_caption(page, index, alone=is_conspicuous and index > first)
            and index + 1 < len(kept)
            and not kept[index + 1]
        ):
            following = furniture.certain(page.lines[index + 1].text)
            if (
                following is not None
                and following[0] == "credit"
                and furniture.credit_at_end(page.lines[index + 1].text)
            ):
                _remove(kept, why, index, _BEFORE_CREDIT)
    for index in range(len(kept) - 1):
        if (
            kept[index]
            and index + 1 in why
            and why[index + 1][0] == "caption"
            and not _is_no_caption(choice, index)
            and _says_the_same(page, index)
        ):
            _remove(kept, why, index, ("caption", "says what the caption after it says"))


_BEFORE_CREDIT: Why = ("caption", "a short text, and the next line is the credit of a picture")


def _is_no_caption(choice: Choice, index: int) -> bool:
    """True for a trusted line that the mark-up puts in no figure, unless it is too short for a paragraph."""
    return (
        choice.is_trusted(index)
        and bool(choice.page.words[index] > _CAPTION_WORDS)
        and not choice.in_mark_up(index, "caption", "gallery")
    )


def _lede(page: Page, kept: list[bool], why: dict[int, Why], title: int) -> None:
    """Gives back the lede: the text right under the headline, if only the credit after it made it a caption."""
    for index in range(title + 1, min(title + 3, len(kept))):
        if why.get(index) == _BEFORE_CREDIT and not furniture.describes_a_picture(page.lines[index].text):
            kept[index] = True
            del why[index]


def _remove(kept: list[bool], why: dict[int, Why], index: int, reason: Why) -> None:
    kept[index] = False
    why[index] = reason


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


def _edges(choice: Choice, kept: list[bool], why: dict[int, Why]) -> None:
    """Removes short lines without a sentence that nothing follows: the heading of a box after the article."""
    page = choice.page
    last = max((i for i, keep in enumerate(kept) if keep and (page.words[i] >= _LONG or page.closed[i])), default=-1)
    tail = [index for index in range(last + 1, len(kept)) if kept[index]]
    few = 2
    if last >= 0 and len(tail) <= few:
        for index in tail:
            if not _ITEM.match(page.lines[index].text) and (not choice.is_trusted(index) or _is_heading(choice, index)):
                _remove(kept, why, index, ("other", "a heading that no text follows"))


def _is_heading(choice: Choice, index: int) -> bool:
    return choice.marks is not None and re.fullmatch(r"h[1-6]", choice.marks[index].tag) is not None


# ------------------------------------------------------------------------------------------------------- reasons


def _reasons(page: Page, kept: Sequence[bool], why: dict[int, Why]) -> None:
    """A kind and a reason for every line that is not kept: by its words, else by its place."""
    places = [index for index, keep in enumerate(kept) if keep]
    first, last = places[0], places[-1]
    regime: Why | None = None
    for index, keep in enumerate(kept):
        if keep:
            regime = None
            continue
        if index not in why:
            text = page.lines[index].text
            told = furniture.certain(text) or furniture.by_words(page, index)
            if told is None:
                credit = furniture.credit_at_end(text)
                told = ("caption", f"ends with the credit »{credit[:60]}«") if credit else None
            part: furniture.Part = "before" if index < first else "after" if index > last else "within"
            why[index] = told or furniture.by_place(page, index, part, regime)
            if told is None:
                continue
        kind = why[index][0]
        if index > first and kind in {"comment", "related"} and page.words[index] <= _LONG:
            regime = (kind, page.lines[index].text[:40])


# --------------------------------------------------------------------------------------------- blocks and removals


def _pieces(
    page: Page, kept: Sequence[bool], why: dict[int, Why], marks: Sequence[Marked] | None
) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    kinds = _kinds(page, kept, marks)
    blocks: list[Block] = []
    removals: list[Removal] = []
    for index, line in enumerate(page.lines):
        if not kept[index]:
            kind, reason = why[index]
            removals.append(Removal(kind, line.text, line.start, line.end, reason))
            continue
        end, note = _without_note(line.text) if kinds[index][0] == "paragraph" else (len(line.text), "")
        blocks.append(Block(kinds[index][0], line.text[:end], line.start, line.start + end, kinds[index][1]))
        if note:
            start = line.start + line.text.index(note, end)
            removals.append(
                Removal(
                    "credit",
                    line.text[start - line.start :],
                    start,
                    line.end,
                    "names agencies or author's sign in brackets",
                )
            )
    return tuple(blocks), tuple(removals)


def _without_note(text: str) -> tuple[int, str]:
    """Where a paragraph ends before its closing note, `(Reuters, AFP)` or `(abc)`, and the note, empty if none."""
    match = _BRACKET.search(text)
    if match is None or not _SENTENCE_END.search(text[: match.start()]):
        return len(text), ""
    inner = match[1].strip()
    if agencies_in_brackets(inner) or _SHORT_SIGN.fullmatch(inner):
        return match.start(), text[match.start() :].strip()
    return len(text), ""


def _kinds(page: Page, kept: Sequence[bool], marks: Sequence[Marked] | None) -> dict[int, tuple[BlockKind, int]]:
    """Kind and level of each kept line: from the mark-up where there is any, else from its shape and neighbours."""
    order = [index for index, keep in enumerate(kept) if keep]
    found: dict[int, tuple[BlockKind, int]] = {}
    headlike = {index: _is_headlike(page, index) for index in order}
    for place, index in enumerate(order):
        if marks is not None and (marked := _kind_of_tag(marks[index])) is not None:
            found[index] = marked
            continue
        text = page.lines[index].text
        following = order[place + 1] if place + 1 < len(order) else None
        if _ITEM.match(text):
            found[index] = ("list", 0)
        elif (
            headlike[index]
            and following is not None
            and not headlike[following]
            and not _ITEM.match(page.lines[following].text)
        ):
            found[index] = ("heading", 0)
        else:
            found[index] = ("paragraph", 0)
    return found


def _kind_of_tag(mark: Marked) -> tuple[BlockKind, int] | None:
    if re.fullmatch(r"h[1-6]", mark.tag):
        return "heading", int(mark.tag[1])
    if mark.quoted:
        return "quote", 0
    if mark.tag == "li" or (mark.level and mark.tag == "p"):
        return "list", max(0, mark.level - 1)
    return ("paragraph", 0) if mark.tag == "p" else None


def _is_headlike(page: Page, index: int) -> bool:
    text = page.lines[index].text
    if page.words[index] > _HEADING_WORDS or "\n" in text:
        return False
    label = 3  # words before a colon: `Die Einzelheiten:`
    return _SENTENCE_END.search(text) is None or text[-1] == "?" or bool(text[-1] == ":" and page.words[index] <= label)
