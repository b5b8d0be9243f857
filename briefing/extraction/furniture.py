"""What kind of furniture a line is, and why: the words and phrases of all languages' tables, applied to one line."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from briefing import lexicon
from briefing.extraction.features import PHRASE_KINDS, WORD_CLASSES

if TYPE_CHECKING:
    from briefing.extraction.features import Page
    from briefing.model import RemovalKind

_CERTAIN_LENGTH = 600
"""Letters beyond which no line is furniture by its words alone; the longest of the patterns' texts has half of it."""

_CAPTION_WORDS = 60
"""Words up to which a line with a credit at its end is a caption; the longest in the labelled pages has 54."""

_KIND_OF_CLASS: dict[str, RemovalKind] = {
    name: cast("RemovalKind", name) for name in WORD_CLASSES if name not in {"stop", "self", "you", "time"}
}


@cache
def _certain() -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for language in ("all", *lexicon.languages()):
        for kind, patterns in lexicon.table(language, "extraction").get("certain", {}).items():
            groups.setdefault(kind, []).extend(patterns)
    order = ("paywall", "widget", "caption", "comment", "legal", "credit", "related", "navigation", "byline", "advert", "share")
    return re.compile("|".join(f"(?P<{kind}>{'|'.join(groups[kind])})" for kind in order if groups.get(kind)), re.IGNORECASE)


@cache
def _closing() -> re.Pattern[str]:
    patterns = (
        pattern
        for language in ("all", *lexicon.languages())
        for pattern in lexicon.table(language, "extraction").get("closing", {}).get("byline", ())
    )
    return re.compile("|".join(patterns), re.IGNORECASE | re.DOTALL)


@cache
def _credit() -> re.Pattern[str]:
    marks = (
        mark
        for language in ("all", *lexicon.languages())
        for mark in lexicon.table(language, "extraction").get("credits", {}).get("marks", ())
    )
    return re.compile(rf"(?:^|[\s.!?)(\[|])(?:{'|'.join(marks)})\s*[^.!?\n]{{2,90}}[.)\]]?$", re.IGNORECASE)


def certain(text: str) -> tuple[RemovalKind, str] | None:
    """The kind of a line that is furniture wherever it stands, and the reason; None for all others."""
    if len(text) > _CERTAIN_LENGTH:
        return None
    match = _certain().fullmatch(text)
    if match is not None and match.lastgroup is not None:
        kind = _outermost(match)
        return cast("RemovalKind", kind), f"{_NAMES[kind]}: such a line is no part of an article anywhere"
    if _closing().fullmatch(text):
        return "byline", "a note on who reported, wrote or edited"
    return None


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
    return re.compile("|".join(marks), re.IGNORECASE)


def describes_a_picture(text: str) -> bool:
    """True where a text says who stands where in a picture."""
    return _directions().search(text) is not None


def credit_at_end(text: str) -> str | None:
    """The credit with which a caption ends (`© dpa/Name`, `Foto: Name`); None where it does not, or is too long."""
    if text.count(" ") >= _CAPTION_WORDS:
        return None
    match = _credit().search(text, max(0, len(text) - 110))
    return match[0].strip(" .!?(") if match else None


def by_words(page: Page, index: int) -> tuple[RemovalKind, str] | None:
    """The kind that a line's opening phrase or most of its words tell; None where they tell none."""
    words = page.words[index]
    opening = page.kinds[index]
    few = 40
    if opening >= 0 and words <= few:
        kind = PHRASE_KINDS[opening]
        return cast("RemovalKind", kind), f"begins like {_NAMES[kind]}"
    counts = page.of_class[:, index]
    dates = counts[WORD_CLASSES.index("time")]
    if dates and words <= few and page.digits[index] and (dates + page.digits[index]) * 2 >= words:
        return "byline", "a date or time and few words more"
    best = max(_KIND_OF_CLASS, key=lambda name: (counts[WORD_CLASSES.index(name)], name == "navigation"))
    count = int(counts[WORD_CLASSES.index(best)])
    if count and count * 3 >= words:
        return _KIND_OF_CLASS[best], f"{count} of {int(words)} words are typical of {_NAMES[best].removeprefix('a ')}"
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
