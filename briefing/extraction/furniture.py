"""What kind of furniture a line is, and why: the words and phrases of all languages' tables, applied to one line."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, cast

from briefing import lexicon
from briefing.extraction.vocabulary import PHRASE_KINDS, WORD_CLASSES

if TYPE_CHECKING:
    from briefing.extraction.features import Page
    from briefing.model import RemovalKind

_CERTAIN_LENGTH = 600
"""Letters beyond which no line is furniture by its words alone: no pattern of the tables reaches further."""

_CAPTION_WORDS = 60
"""Words up to which a line with a credit at its end is a caption; the longest in the labelled dumps has 50."""

_CREDIT_LENGTH = 95
"""Letters that a credit has at most."""

_SENTENCE = re.compile(r"[^\W\d]{3,}[.!?]\s")

_TIME = WORD_CLASSES.index("time")


@cache
def _certain() -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for language in ("all", *lexicon.languages()):
        for kind, patterns in lexicon.table(language, "extraction").get("certain", {}).items():
            groups.setdefault(kind, []).extend(patterns)
    order = (
        "paywall",
        "widget",
        "caption",
        "comment",
        "legal",
        "credit",
        "related",
        "navigation",
        "byline",
        "advert",
        "share",
    )
    # Over lower case: a pattern that disregards case is nearly twice as slow, for it cannot skip an alternative by
    # its first letter.
    kinds = [f"(?P<{kind}>{'|'.join(groups[kind])})" for kind in order if groups.get(kind)]
    return re.compile("|".join([*kinds, rf"(?P<closing>(?s:{_closing()}))"]))


def _closing() -> str:
    return "|".join(
        pattern
        for language in ("all", *lexicon.languages())
        for pattern in lexicon.table(language, "extraction").get("closing", {}).get("byline", ())
    )


@cache
def _credit_marks() -> tuple[str, ...]:
    tables = (lexicon.table(language, "extraction") for language in ("all", *lexicon.languages()))
    return tuple(mark for table in tables for mark in table.get("credits", {}).get("marks", ()))


@lru_cache(maxsize=4096)  # each line is asked for several times, and menus repeat theirs
def certain(text: str) -> tuple[RemovalKind, str] | None:
    """The kind of a line that is furniture wherever it stands, and the reason; None for all others."""
    if len(text) > _CERTAIN_LENGTH:
        return None
    match = _certain().fullmatch(text.lower())
    if match is None:
        return None
    if match["closing"] is not None:
        return "byline", "a note on who reported, wrote or edited"
    kind = _outermost(match)
    return cast("RemovalKind", kind), f"{_NAMES[kind]}: such a line is no part of an article anywhere"


_NAMES = {
    "paywall": "part of a paywall",
    "widget": "the page's machinery",
    "caption": "the caption of a picture",
    "comment": "readers' comments",
    "legal": "a legal notice",
    "credit": "the credit of a picture or a source",
    "related": "a pointer to other texts",
    "navigation": "navigation",
    "byline": "author or time",
    "advert": "advertising",
    "share": "sharing or an address",
}


def _outermost(match: re.Match[str]) -> str:
    return next(kind for kind in _NAMES if kind in match.re.groupindex and match[kind] is not None)


@cache
def _directions() -> re.Pattern[str]:
    marks = (
        mark
        for language in ("all", *lexicon.languages())
        for mark in lexicon.table(language, "extraction").get("directions", {}).get("marks", ())
    )
    return re.compile("|".join(marks))


def describes_a_picture(text: str) -> bool:
    """True where a text says who stands where in a picture."""
    return _directions().search(text.lower()) is not None


def credit_at_end(text: str) -> str | None:
    """The credit with which a caption ends (`© dpa/Name`, `Foto: Name`); None where it does not, or is too long."""
    if text.count(" ") >= _CAPTION_WORDS:
        return None
    tail = text[-_CREDIT_LENGTH:].lower()
    if ":" not in tail and "©" not in tail and "(c)" not in tail and "foto" not in tail and "photo" not in tail:
        return None  # every mark of the tables holds one of these
    for mark in _credit_marks():
        place = tail.rfind(mark)
        if place < 0 or (place and tail[place - 1] not in " .!?)([|\n\u00a0"):
            continue
        if mark == "(c)" and tail[:place].rstrip()[-1:].isdigit():
            continue  # `section 12 (c) of the Act` is a paragraph of law
        credit = text[len(text) - len(tail) + place :].strip(" .!?()[]")
        if len(credit) > len(mark) and not _SENTENCE.search(credit):
            return credit
    return None


def by_words(page: Page, index: int) -> tuple[RemovalKind, str] | None:
    """The kind that a line's opening phrase or most of its words tell; None where they tell none."""
    words = page.words[index]
    opening = page.kinds[index]
    few = 40
    if opening >= 0 and words <= few:
        kind = PHRASE_KINDS[opening]
        return cast("RemovalKind", kind), f"begins like {_NAMES[kind]}"
    dates = page.of_class[_TIME, index]
    if dates and words <= few and page.digits[index] and (dates + page.digits[index]) * 2 >= words:
        return "byline", "a date or time and few words more"
    name, count = page.furniture[index]
    if count and count * 3 >= words:
        return cast(
            "RemovalKind", name
        ), f"{count} of {int(words)} words are typical of {_NAMES[name].removeprefix('a ')}"
    return None


Part = Literal["before", "within", "after"]


def by_place(page: Page, index: int, part: Part, regime: tuple[RemovalKind, str] | None) -> tuple[RemovalKind, str]:
    """The kind of a line by where it stands, when its words do not tell."""
    words = int(page.words[index])
    sentence = "a sentence" if page.closed[index] else "no sentence"
    where = {"before": "before the article", "within": "inside the article", "after": "after the article"}[part]
    if regime is not None:
        return regime[0], f"{words} words after »{regime[1]}«"
    long = 12
    if words >= long:
        likeness = f"{round(100 * float(page.likeness[index]))} % of its rarer words are the article's"
        return ("related" if part == "after" else "other"), f"{words} words, {sentence}, {where}; {likeness}"
    return ("navigation" if part == "before" else "other"), f"{words} words, {sentence}, {where}"
