"""Words in quotation marks, over sentence and paragraph ends, and what they are: speech, scare quotes, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from briefing.annotation.offices import role_gender
from briefing.annotation.pairing import PARTNERS, SINGLE, Pairs, Span, begins_speech, double_marks, pairs, skip_space
from briefing.lexicon import table, word_set

Kind = Literal["speech", "scare", "title"]

TITLE_WORDS = 8
"""Words of the longest title taken for one."""
TOLD = 80
"""Characters looked at before the words in marks for the verb of who told it to them."""
SCARE_WORDS = 4
"""Words up to which a quotation without speaker or full stop is held for a single word at arm's length."""


def quotations(blocks: Sequence[str], language: str) -> tuple[tuple[Span, ...], ...]:
    """Find the quoted words of an article.

    Args:
        blocks: The text of its blocks in order. A quotation that is not closed in its block and is taken up by the next
            one (with a mark that opens again, as English does, or with one that closes) gives a span in each.
        language: ISO 639-1 code.

    Returns:
        The spans of each block, in order of place.
    """
    verbs = _speaker_behind_comma(language)
    texts = [double_marks(text) for text in blocks]
    read = [pairs(text, verbs) for text in texts]
    result: list[tuple[Span, ...]] = []
    open_mark: str | None = None
    for number, (text, here) in enumerate(zip(texts, read, strict=True)):
        spans = here.spans if open_mark is None else _taken_up(text, here, open_mark)
        continued, open_mark = open_mark is not None, None
        place = here.dangling
        if place is not None and begins_speech(text, place) and not verbs.search(text, place):
            taken_up = number + 1 < len(texts) and _takes_up(text[place], texts[number + 1], read[number + 1])
            if taken_up or _lost_its_close(text, place):
                before = [span for span in spans if span.end <= place]
                inside = [replace(span, outer=False) for span in spans if span.start > place]
                spans = [*before, *_rest(text, place, continued=continued), *inside]
                open_mark = text[place] if taken_up else None
        result.append(tuple(spans))
    return tuple(result)


def _taken_up(text: str, here: Pairs, open_mark: str) -> list[Span]:
    """The spans of a block before which a quotation was left open."""
    spans, close = here.spans, here.first_close
    if close is not None and text[close] in PARTNERS[open_mark]:
        inside = [replace(span, outer=False) for span in spans if span.end <= close]
        kept = [span for span in spans if span.start >= close]
        return [Span(skip_space(text, 0), close, outer=True, continued=True), *inside, *kept]
    if spans and spans[0].start <= 2:  # noqa: PLR2004 - the mark and a space
        return [replace(spans[0], continued=True), *spans[1:]]
    return spans


def _takes_up(mark: str, text: str, here: Pairs) -> bool:
    """Whether a block goes on with the quotation that `mark` opened in the one before: it opens anew, or closes it."""
    if text.lstrip()[:1] == mark:
        return True
    return mark not in SINGLE and here.first_close is not None and text[here.first_close] in PARTNERS[mark]


def _lost_its_close(text: str, place: int) -> bool:
    """Whether a mark that nothing closes holds all that follows: it opens the block or stands behind a colon."""
    if text[place] in SINGLE or text.rstrip()[-1:] not in {".", "!", "?"}:
        return False
    return not text[:place].strip() or text[:place].rstrip().endswith(":")


def _rest(text: str, place: int, *, continued: bool) -> list[Span]:
    """What a mark that nothing closes holds: all that follows in its block."""
    end = len(text.rstrip())
    return (
        [Span(place + 1, end, outer=True, continued=continued and place <= 1, closed=False)] if place + 1 < end else []
    )


@cache
def _speaker_behind_comma(language: str) -> re.Pattern[str]:
    """Finds a verb of speech right behind a comma, or behind two words there: `, said X`, `, der Minister sagte`."""
    verbs = sorted(word_set(language, "speech", "certain"))
    return re.compile(rf"[,?!]\s(?:[^\W\d_]+\s){{0,2}}(?:{'|'.join(verbs)})\b" if verbs else r"(?!)")


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
        if ends not in ".!?…," and (_is_outlet(words, behind, language) or _is_told(text, span, language)):
            return "title"
    alone = span.end - span.start > 1 and not text[: span.start - 1].strip() and not text[span.end + 1 :].strip()
    announced = text[: span.start - 1].rstrip().endswith(":")
    if attributed or reported or announced or ends in ".!?…," or len(words) > SCARE_WORDS:
        return "speech"
    return "speech" if alone and len(words) == SCARE_WORDS else "scare"


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


def _is_outlet(words: Sequence[str], behind: str, language: str) -> bool:
    """Whether words are the name of an outlet or a work: `„Bild“-Zeitung`, `der „Badischen Zeitung“`."""
    joined = re.match(r"[-–]([A-ZÄÖÜ]\w+)", behind)
    if joined is not None and _names_work(joined[1], language):
        return True
    outlets = tuple(sorted(_speech(language, "outlets"))) or ("\0",)
    return words[-1][:1].isupper() and words[-1].lower().endswith(outlets)


def _is_told(text: str, span: Span, language: str) -> bool:
    """Whether words behind an article are whom somebody told something: `sagte X der „Rheinischen Post“`."""
    found = _told(language).search(text[max(0, span.start - TOLD) : span.start - 1])
    return found is not None and found["before"].lower() not in word_set(language, "grammar", "prepositions")


@cache
def _told(language: str) -> re.Pattern[str]:
    articles = sorted(word_set(language, "grammar", "addressee"))
    verbs = sorted(word_set(language, "speech", "certain") - word_set(language, "grammar", "determiners"))
    if not articles or not verbs:
        return re.compile(r"(?!)")
    return re.compile(
        rf"(?:\b(?:{'|'.join(verbs)})|, so)\s[^,;:.„“\"«»]*?(?P<before>[^\s,;:.„“\"«»]+)\s(?:{'|'.join(articles)})\s$"
    )


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
