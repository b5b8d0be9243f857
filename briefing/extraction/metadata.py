"""What a file says of itself: headline, outlet, dates, authors, agencies, language. Nothing is guessed.

A value is taken only where the text marks it: a date in a line of its own or after a word like *updated*, an author
after *by*, an agency in a dateline, a closing note, a source line or a copyright line. The credit of a picture names
no agency.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import TYPE_CHECKING

from briefing import lexicon
from briefing.extraction import credits as names
from briefing.extraction.titles import without_outlet
from briefing.model import Found, FoundDate, Metadata, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.extraction.lines import Line
    from briefing.model import Block, Precision, Removal

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s*(?:©|\(c\)|copyright|by|\d{4}(?:\s?[-–]\s?\d{4})?))*\s+(.{2,60})", re.IGNORECASE
)
_YEAR_AFTER = re.compile(r"[\s,]*(?:19|20)\d\d.*$|[.|,;:].*$")
_NAME_PART = r"(?:[A-ZÄÖÜÉÁŠŽČØÅ][\w'’.-]*|van|von|de|der|den|del|da|di|du|la|le|al|el|bin|ben|zu|ter)"
_NAME = re.compile(rf"[A-ZÄÖÜÉÁŠŽČØÅ][\w'’.-]*(?:\s{_NAME_PART}){{1,3}}")
_TAIL = re.compile(r"\s*(?:[,|•·/–—-]\s*)?\d.*$|\s*[|•·(].*$|,\s*[a-zäöü].*$")
_TIME = re.compile(
    r"\W{0,6}(?:um\s|at\s)?(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(Uhr|h\b|am\b|pm\b|a\.m\.|p\.m\.)?", re.IGNORECASE
)
_AFTER_BODY = 8
"""Lines after the body in which a source line, a copyright or a labelled date is still the article's."""


_SAMPLE = 2000
"""Letters of the body from which its language is told."""

_DIGIT = re.compile(r"\d")

_CREDITING = frozenset({"byline", "credit", "legal", "other"})
"""Kinds of removals that can say where a text comes from; the others are most of a page, and asked for nothing."""

_FEW_WORDS = 6
"""Words that may stand beside a date in a line of its own: a place, a section, the name of the day."""


def from_text(
    text: str,
    title: Line | None,
    blocks: Sequence[Block],
    removals: Sequence[Removal],
    found: Metadata | None,
) -> Metadata:
    """The metadata of an article: what its mark-up says, and for the rest what its lines say.

    Args:
        text: What all spans point into.
        title: The line of the headline, if there is one.
        blocks: The body.
        removals: Everything else.
        found: What the mark-up of a page says; outranks the lines.
    """
    known = found if found is not None else Metadata()
    around = _around(blocks, removals)
    headline = None
    if title is not None:
        headline = Found(fold(title.text), _where(text, title.start))
    published, updated = known.published, known.updated
    if published is None and updated is None:
        published, updated = _dates(text, around, blocks)
    source_outlet, agencies = _credited(text, around, blocks)
    outlet = known.outlet or source_outlet
    if headline is not None:
        headline = Found(without_outlet(headline.value, [outlet.value] if outlet else []), headline.where)
    return Metadata(
        title=known.title or headline,
        outlet=outlet,
        published=published,
        updated=updated,
        language=_language(blocks) or known.language,
        authors=known.authors or _authors(text, around, blocks),
        agencies=agencies,
        cited=names.cited(blocks, [agency.value for agency in agencies]),
        url=known.url,
    )


def names_author_or_date(text: str) -> str | None:
    """What a short line above an article is about, if it is nothing but a byline or a date; else None."""
    line = fold(text)
    lower = line.lower()
    start = next((start for start in _starts("bylines") if lower.startswith(start + " ")), None)
    if start is not None and _person_names(_named_in(line[len(start) :])):
        return "names of authors and nothing else"
    read = _read_date(line)
    if read is not None and len((line[: read[2]] + line[read[3] :]).split()) <= _FEW_WORDS:
        return "a date and few words more"
    return None


def agencies_in_brackets(inner: str) -> bool:
    """True where the words of a closing note are agencies, perhaps with an author's short sign: `dpa/lno`."""
    return bool(names.only_agencies(inner))


def _where(text: str, place: int) -> str:
    return f"line {text.count(chr(10), 0, place) + 1}"


def _around(blocks: Sequence[Block], removals: Sequence[Removal]) -> list[Removal]:
    """The removals that can speak of the article: those before and among its blocks, and the first few after it."""
    last = blocks[-1].end
    after = [removal for removal in removals if removal.start >= last][:_AFTER_BODY]
    return [*(removal for removal in removals if removal.start < last), *after]


# ----------------------------------------------------------------------------------------------- dates


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in lexicon.languages():
        for number, forms in enumerate(lexicon.table(language, "extraction").get("months", {}).get("names", ()), 1):
            months.update(dict.fromkeys(forms.split(), number))
    return months


@cache
def _date_pattern() -> re.Pattern[str]:
    month = "|".join(sorted(_months(), key=lambda form: (-len(form), form)))
    return re.compile(
        rf"(?<![\w.])(?:(?P<y1>(?:19|20)\d\d)-(?P<m1>[01]\d)(?:-(?P<d1>[0-3]\d))?(?:T(?P<hour>\d\d):(?P<minute>\d\d))?"
        rf"|(?P<d2>[0-3]?\d)\.\s?(?P<m2>[01]?\d)\.\s?(?P<y2>(?:19|20)?\d\d)"
        rf"|(?P<d3>[0-3]?\d)(?:st|nd|rd|th)?\.?\s(?P<w3>{month})\.?,?\s(?P<y3>(?:19|20)\d\d)"
        rf"|(?P<w4>{month})\.?\s(?P<d4>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<y4>(?:19|20)\d\d))(?![\w])",
        re.IGNORECASE,
    )


@cache
def _labels(key: str) -> re.Pattern[str]:
    words = [
        word
        for language in lexicon.languages()
        for word in lexicon.table(language, "extraction").get("dates", {}).get(key, ())
    ]
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})\b", re.IGNORECASE
    )


def _read_date(text: str, begin: int = 0) -> tuple[str, Precision, int, int] | None:
    """The first date of a line in ISO 8601, its precision, and its span with the time that follows."""
    match = _date_pattern().search(text, begin)
    if match is None:
        return None
    part = match.groupdict()
    year = part["y1"] or part["y2"] or part["y3"] or part["y4"]
    word = part["w3"] or part["w4"]
    month = _months()[word.lower()] if word else int(part["m1"] or part["m2"])
    day = part["d1"] or part["d2"] or part["d3"] or part["d4"]
    full_year = int(year) + (2000 if len(year) == 2 else 0)  # noqa: PLR2004 - `19.06.24`
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= monthrange(full_year, month)[1]):  # noqa: PLR2004
        return None  # `31.02.2022` is no day: a page that shows it could not be written
    value = f"{full_year:04}-{month:02}"
    if not day:
        return value, "month", match.start(), match.end()
    value += f"-{int(day):02}"
    if part["hour"]:
        return f"{value}T{part['hour']}:{part['minute']}", "minute", match.start(), match.end()
    return _with_time(text, value, match)


def _with_time(text: str, day: str, match: re.Match[str]) -> tuple[str, Precision, int, int]:
    """A day, or the minute if a time follows it."""
    clock = _TIME.match(text, match.end())
    if clock is None:
        return day, "day", match.start(), match.end()
    hour = int(clock[1]) % 12 + 12 if (clock[3] or "").lower().startswith("p") else int(clock[1])
    if hour > 23 or int(clock[2]) > 59:  # noqa: PLR2004
        return day, "day", match.start(), match.end()
    return f"{day}T{hour:02}:{clock[2]}", "minute", match.start(), clock.end()


def _dates(text: str, around: Sequence[Removal], blocks: Sequence[Block]) -> tuple[FoundDate | None, FoundDate | None]:
    """Publication and update: labelled dates anywhere around the body, and a date alone in its line before it.

    A bare date later than the labelled update is not the article's: an aggregator put it there.
    """
    published: FoundDate | None = None
    updated: FoundDate | None = None
    bare: FoundDate | None = None
    first = next((block.start for block in blocks if block.kind == "paragraph"), blocks[0].start)
    for removal in around:
        line = removal.text
        if removal.kind in {"comment", "related", "caption", "advert", "title"} or not _DIGIT.search(line):
            continue
        place = 0
        while (read := _read_date(line, place)) is not None:
            value, precision, start, end = read
            date = FoundDate(value, precision, _where(text, removal.start))
            label = line[place:start]
            if _labels("updated").search(label):
                updated = updated or date
            elif _labels("published").search(label):
                published = published or date
            elif removal.start < first and len((line[:start] + line[end:]).split()) <= _FEW_WORDS:
                bare = bare or date
            place = end
    if published is None and bare is not None and (updated is None or bare.value[:10] <= updated.value[:10]):
        published = bare
    return published, updated


# ----------------------------------------------------------------------------------- outlet, agencies, authors


@cache
def _starts(table: str, key: str = "starts") -> tuple[str, ...]:
    words = {
        word
        for language in lexicon.languages()
        for word in lexicon.table(language, "extraction").get(table, {}).get(key, ())
    }
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _credited(text: str, around: Sequence[Removal], blocks: Sequence[Block]) -> tuple[Found | None, tuple[Found, ...]]:
    """The outlet that a source or copyright line names, and the agencies that the text is credited to."""
    outlet: Found | None = None
    agencies: dict[str, Found] = {}
    first = next((block for block in blocks if block.kind == "paragraph"), blocks[0])
    for name in names.dateline(first.text):
        agencies.setdefault(name, Found(name, f"dateline, {_where(text, first.start)}"))
    end = blocks[-1].start
    for removal in (removal for removal in around if removal.kind in _CREDITING):
        for origin in _source_lists(removal, after=removal.start > end):
            for part in names.split(origin):
                if (agency := names.agency(part)) is not None:
                    agencies.setdefault(agency, Found(agency, f"source, {_where(text, removal.start)}"))
                elif outlet is None and (known := names.outlet(part)) is not None:
                    outlet = Found(known, f"source, {_where(text, removal.start)}")
        if removal.kind in {"legal", "credit"} and (holder := _holder(removal.text)) is not None:
            if (agency := names.agency(holder)) is not None:
                agencies.setdefault(agency, Found(agency, f"copyright, {_where(text, removal.start)}"))
            if outlet is None and (named := agency or names.outlet(holder)) is not None:
                outlet = Found(named, f"copyright, {_where(text, removal.start)}")
    return outlet, tuple(agencies.values())


def _source_lists(removal: Removal, *, after: bool) -> Iterator[str]:
    """The lists of origins that a removed line holds: closing brackets, `Quelle: …` with several names, `By Reuters`.

    One name alone after `Source:` counts only after the body, for within it is mostly the credit of a picture.
    """
    line = fold(removal.text)
    inner = line.strip("() .")
    if names.only_agencies(inner) and (line.startswith("(") or after):
        yield inner
        return
    lower = line.lower()
    for start in _starts("sources"):
        place = lower.find(start)
        if place < 0 or (place and lower[place - 1].isalpha()):
            continue
        origin = line[place + len(start) :].strip()
        several = len(names.split(origin)) > 1 or place > 0
        if (several or after) and "©" not in origin:
            yield origin
        return
    for start in _starts("bylines"):
        if lower.startswith(start + " ") and names.only_agencies(line[len(start) :].strip()):
            yield line[len(start) :]
            return


def _holder(line: str) -> str | None:
    """Who holds the copyright by a line that names a year: `(c) Copyright Name 2024`."""
    match = _COPYRIGHT.search(line) if re.search(r"(?:19|20)\d\d", line) else None
    return _YEAR_AFTER.sub("", match[1]).strip() if match else None


def _authors(text: str, around: Sequence[Removal], blocks: Sequence[Block]) -> tuple[Found, ...]:
    """The names in a line before the body that begins like a byline; all of the line must be names."""
    first = next((block.end for block in blocks if block.kind == "paragraph"), blocks[0].end)
    before = [
        removal
        for removal in around
        if removal.start < first and removal.kind not in {"title", "caption", "comment", "related"}
    ]
    for number, removal in enumerate(before):
        line = fold(removal.text)
        lower = line.lower()
        if not lower.startswith(_starts("bylines")):
            continue
        start = next((start for start in _starts("bylines") if lower == start or lower.startswith(start + " ")), None)
        if start is None:
            continue
        rest = line[len(start) :].strip()
        if not rest and number + 1 < len(before):
            rest = fold(before[number + 1].text)
        listed = _person_names(_named_in(rest))
        if listed:
            return tuple(Found(name, _where(text, removal.start)) for name in listed)
    return ()


def _named_in(byline: str) -> str:
    """The part of a byline that can hold names: what stands before a date, a number or a sign."""
    read = _read_date(byline)
    return _TAIL.sub("", (byline if read is None else byline[: read[2]]).strip()).strip(" ,|•·/–—-")


def _person_names(text: str) -> list[str]:
    between = "|".join(map(re.escape, _starts("bylines", "between")))
    parts = [part.strip() for part in re.split(rf"\s*,\s*|\s+(?:{between})\s+", text) if part.strip()]
    most = 5
    if parts and len(parts) <= most and all(_NAME.fullmatch(part) and not names.agency(part) for part in parts):
        return parts
    return []


# -------------------------------------------------------------------------------------------------- language


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(lexicon.table(code, "extraction")["words"]["stop"].split())
        for code in lexicon.languages()
        if lexicon.table(code, "extraction")
    }


def _language(blocks: Sequence[Block]) -> Found | None:
    """The language of the body: by its function words where they are clear, else as py3langid tells.

    Of the labelled German and English bodies nine in ten have 32 to 48 of 100 words in their list, and at most 7 in
    the other's. The lists answer in microseconds, and only texts in further languages need the model, which takes a
    third of a second to load.
    """
    sample = " ".join(block.text for block in blocks)[:_SAMPLE].lower()
    words = re.findall(r"[^\W\d_]+", sample)
    clear, twice = 0.25, 2
    shares = sorted(
        ((sum(word in stop for word in words) / max(1, len(words)), code) for code, stop in _function_words().items()),
        reverse=True,
    )
    if shares and shares[0][0] >= clear and all(shares[0][0] >= twice * share for share, _ in shares[1:]):
        return Found(shares[0][1], "function words of the text")
    if not words:
        return None
    import py3langid  # noqa: PLC0415 - 0.3 s to load its model

    code, _ = py3langid.classify(sample)
    return Found(str(code), "py3langid on the text")
