"""From the lines that are kept to an article: blocks, a reason for each removal, and what the lines say of it."""

from __future__ import annotations

import re
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

from briefing.extraction import furniture
from briefing.extraction.metadata import agencies_in_brackets, from_text
from briefing.extraction.rules import ITEM, LONG, decide
from briefing.model import Article, Block, Rejected, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.extraction.choice import Choice
    from briefing.extraction.features import Page
    from briefing.extraction.rules import Decision, Why
    from briefing.extraction.tree import Marked
    from briefing.model import BlockKind, Document

_LEAST_WORDS = 20
"""Words below which what is kept is no article; the shortest bodies found in labelled dumps have 21."""

_LEAST_TRUSTED = 15
"""The same for lines that the mark-up speaks for; the shortest bodies of labelled pages with mark-up have 16 and 19."""

_HEADING_WORDS = 16

_SENTENCE_END = re.compile(r"[.!?…:;,。！？][\"'”’“»«)\]]*$")
_BRACKET = re.compile(r"[ \t\n]*\(([^()\n]{2,60})\)\s*$")
_SHORT_SIGN = re.compile(r"[a-zäöü]{2,8}(?:\s?[/,]\s?(?:[a-zäöü]{2,8}|[A-Za-z]{2,8}))*")


def body(document: Document, choice: Choice) -> tuple[Block, ...] | Rejected:
    """The blocks made of the chosen lines of a file, or `Rejected` where they are no article."""
    decision = decide(choice)
    return _rejected(document, choice, decision) or tuple(_blocks(choice, decision).values())


def assemble(document: Document, choice: Choice) -> Article | Rejected:
    """The article made of the chosen lines of a file, or `Rejected` where they are none."""
    decision = decide(choice)
    rejected = _rejected(document, choice, decision)
    if rejected is not None:
        return rejected
    _reasons(choice.page, decision)
    blocks = _blocks(choice, decision)
    removals = _removals(choice, decision, blocks)
    headline = choice.page.lines[decision.title] if decision.title is not None else None
    body = tuple(blocks.values())
    metadata = from_text(choice.text, headline, body, removals, choice.found)
    return Article(document, choice.text, body, removals, metadata)


def _rejected(document: Document, choice: Choice, decision: Decision) -> Rejected | None:
    least = _LEAST_TRUSTED if choice.trusted is not None and any(choice.trusted) else _LEAST_WORDS
    if sum(compress(choice.page.words.tolist(), decision.kept)) >= least:
        return None
    return Rejected(document.file, "no article", f"fewer than {least} words of running text were found")


# ------------------------------------------------------------------------------------------------------------- blocks


def _blocks(choice: Choice, decision: Decision) -> dict[int, Block]:
    """The block that each line makes which stays: all of it, but for the note of agencies at a paragraph's end."""
    page = choice.page
    places = list(compress(range(len(decision.kept)), decision.kept))
    blocks: dict[int, Block] = {}
    for index, (kind, level) in zip(places, _kinds(page, places, choice.marks), strict=True):
        line = page.lines[index]
        text = _without_note(line.text) if kind == "paragraph" else line.text
        blocks[index] = Block(kind, text, line.start, line.start + len(text), level)
    return blocks


def _without_note(text: str) -> str:
    """A paragraph without its closing note, `(Reuters, AFP)` or `(abc)`."""
    match = _BRACKET.search(text) if text[-1] == ")" else None
    if match is None or not _SENTENCE_END.search(text[: match.start()]):
        return text
    inner = match[1].strip()
    if agencies_in_brackets(inner) or _SHORT_SIGN.fullmatch(inner):
        return text[: match.start()]
    return text


def _kinds(page: Page, places: Sequence[int], marks: Sequence[Marked] | None) -> Iterator[tuple[BlockKind, int]]:
    """Kind and level of each line that stays: from the mark-up where there is any, else from shape and neighbours."""
    is_item = [ITEM.match(page.lines[index].text) is not None for index in places]
    is_headlike = [_is_headlike(page, index) for index in places]
    is_text = [not (item or headlike) for item, headlike in zip(is_item, is_headlike, strict=True)]
    for place, index in enumerate(places):
        if marks is not None and (marked := _kind_of_tag(marks[index])) is not None:
            yield marked
        elif is_item[place]:
            yield "list", 0
        elif is_headlike[place] and place + 1 < len(places) and is_text[place + 1]:
            yield "heading", 0
        else:
            yield "paragraph", 0


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


# ----------------------------------------------------------------------------------------------------------- removals


def _removals(choice: Choice, decision: Decision, blocks: Mapping[int, Block]) -> tuple[Removal, ...]:
    """Everything that is in no block, in the order of the text."""
    found = list(choice.signs)
    for index, line in enumerate(choice.page.lines):
        block = blocks.get(index)
        if block is None:
            kind, reason = decision.why[index]
            found.append(Removal(kind, line.text, line.start, line.end, reason))
        elif block.end < line.end:
            note = line.text[block.end - line.start :].lstrip()
            reason = "names agencies or author's sign in brackets"
            found.append(Removal("credit", note, line.end - len(note), line.end, reason))
    return tuple(sorted(found, key=attrgetter("start")) if choice.signs else found)


def _reasons(page: Page, decision: Decision) -> None:
    """Gives every line that is not kept a kind and a reason: by its words, else by its place."""
    kept, why = decision.kept, decision.why
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
            if told is None and (credit := furniture.credit_at_end(text)):
                told = "caption", f"ends with the credit »{credit[:60]}«"
            part: furniture.Part = "before" if index < first else "after" if index > last else "within"
            why[index] = told or furniture.by_place(page, index, part, regime)
            if told is None:
                continue
        kind = why[index][0]
        if index > first and kind in {"comment", "related"} and page.words[index] <= LONG:
            regime = (kind, page.lines[index].text[:40])
