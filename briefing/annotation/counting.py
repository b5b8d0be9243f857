"""Whether a number counts something, rather than naming, dating or placing it: told by its neighbours.

Dates, times, ages, scores, ordinals, house and telephone numbers, names of products and places in a text count nothing.
"""

from __future__ import annotations

import re

from briefing.annotation.forms import is_known, lemma
from briefing.annotation.notation import Notation

BEFORE, AFTER = 32, 16
"""Characters before and behind a number that are looked at."""
SUBJECT = 80
"""Characters behind a number in which what it counts is looked for: four long German words."""
AGE = 2
"""Digits of an age."""
POSTCODE = 5
"""Digits of a German postcode."""
LABEL = 3
"""Digits of the longest number that belongs to a name before it: `Halle 1`, `Boeing 737`."""


def counts(text: str, match: re.Match[str], notation: Notation) -> bool:
    """Whether a number counts something.

    Args:
        text: The sentence.
        match: What the notation's pattern found in it.
        notation: The language's notation.
    """
    if match["sign"]:
        return True
    before, after = text[max(0, match.start() - BEFORE) : match.start()], text[match.end() : match.end() + AFTER]
    if match["unit"] and (is_below_zero(before) or re.search(r"(?:^|[\s(])\+$", before)):
        before = before[:-1]  # -4,9 °C, +2,5 Grad
    if match["unit"] and before.endswith(" / "):
        before = ""  # GTX 1060 / 6 GB
    if re.search(r"(?<!\w)[nN]\s?=\s?$", before):
        return True  # the size of a sample: (n=689)
    if before and (before[-1].isalnum() or before[-1] in "#_@/-–.:'’+=›†" or re.search(r"\d\s?[-–:/]\s?$", before)):
        return _closes_range(before, match, text, notation)
    if _is_announced(text, match, before, notation):
        return False
    if notation.none_after.match(after) or _is_age(before, match, after, notation):
        return False
    if match["unit"] == "px" and before.rstrip().endswith(":") and after.startswith((";", "}", ")")):
        return False  # a rule of a style sheet
    if not match["word"] and not match["unit"]:
        if (
            (not _has_magnitude(match) and _is_marked(before, after))
            or _is_part(text, match, before, after, notation)
            or _is_of_name(before)
        ):
            return False
        if _is_bare(match) and _is_year_or_row(text, match, before, after, notation):
            return False
    if not match["unit"] and not _has_magnitude(match) and _is_label(before, match, text, notation):
        return False
    following = after.split()
    return not (following and following[0].strip(".,;)") in notation.ages)


def _closes_range(before: str, match: re.Match[str], text: str, notation: Notation) -> bool:
    """Whether a number is the end of a range, or a side, and is measured or counts: `200-300 Meter`, `4-6 Personen`."""
    if match["unit"]:
        return bool(re.search(r"\d\s?[-–x×]\s?$", before))
    opening = re.search(r"(?<![\d.,:/–-])(\d{1,3})\s?[-–]\s?$", before)
    if opening is None or not is_counted_range(opening[1], match, text, notation):
        return False
    announcing = before[: opening.start()].lower().split()
    return not announcing or announcing[-1] not in notation.none_before


def is_counted_range(first: str, closing: re.Match[str], text: str, notation: Notation) -> bool:
    """Whether two bare numbers with a dash between them count what follows: `4-6 Personen`, but no result of a match.

    Args:
        first: The digits of the first number.
        closing: What the notation's pattern found behind the dash.
        text: The sentence.
        notation: The language's notation.
    """
    last = closing["digits"] or ""
    if closing["unit"] or not (first.isdigit() and last.isdigit() and 0 < int(first) < int(last)):
        return False
    counted = subject(text, closing.end(), notation)
    return counted is not None and not first.startswith("0") and not _is_singular(counted, notation)


def opens_quantity(text: str, match: re.Match[str], notation: Notation) -> bool:
    """Whether the first number of a range whose last one has a unit or noun counts, and is no age and no page."""
    before = text[max(0, match.start() - BEFORE) : match.start()]
    return not notation.age_range.search(before) and not _is_announced(text, match, before, notation)


def subject(text: str, position: int, notation: Notation) -> str | None:
    """What is counted: the noun after the number, with the adjectives between."""
    found = notation.subject.match(text[position : position + SUBJECT])
    if found is None:
        return None
    *between, noun = found[1].split()
    if noun in notation.no_nouns:
        return None
    return None if any(word in notation.no_adjectives for word in between) else found[1]


def is_below_zero(before: str) -> bool:
    """Whether what stands before a number is the sign of a negative one, and no range or dash."""
    return bool(re.search(r"(?:^|[^\d\s]\s|\()[-−]$", before[-3:]))


def _has_magnitude(match: re.Match[str]) -> bool:
    return bool(match["magnitude"] or match["glued"])


def _is_announced(text: str, match: re.Match[str], before: str, notation: Notation) -> bool:
    """Whether the word before a number says that it counts nothing: `Seite 3`, `day 3`, `several hundred`."""
    words = before.lower().split()
    if not words:
        return False
    if match["word"] and words[-1] in notation.vague:
        return True
    if words[-1] in notation.none_before or words[-1].strip("(") in notation.none_before:
        return True
    return words[-1] in notation.bare_before and not match["unit"] and subject(text, match.end(), notation) is None


def _is_of_name(before: str) -> bool:
    """Whether a number belongs to what is written as no word is: `RTX 3080`, `MH 17`, `(SV 09 …`, `iPhone 15`."""
    words = before.split()
    name = words[-1].lstrip('(„“"»«') if words else ""
    return name[:1].isalpha() and len(name) > 1 and (name.isupper() or bool(re.search(r"[a-z][A-Z]", name)))


def _is_bare(match: re.Match[str]) -> bool:
    """Whether a number is nothing but digits."""
    return bool(match["digits"]) and not match["unit"] and not _has_magnitude(match)


def _is_marked(before: str, after: str) -> bool:
    """Whether the marks around a number show that it counts nothing."""
    return (
        (before.endswith("(") and after.startswith(")"))  # an age, a note
        or bool(re.search(r"[(\[](?:\d+, ?)*$", before) and re.match(r"(?:, ?\d+)*[)\]]", after))  # notes: (3, 10)
        or bool(re.match(r"\.,\s\d", after))  # days: am 24., 25. und 26. Dezember
        or (after.startswith((";", "}", " !")) and before.rstrip().endswith(":"))  # a rule of a style sheet
        or before.endswith(('="', "='"))  # an attribute of mark-up
        or bool(re.search(r"(?<!\w)[A-Z][a-z]{1,4}\.\s$", before))  # Prop. 13
        or bool(re.search(r"[©®@#]\s*$", before))  # the year of a right, a place in a list
        or bool(re.search(r"(?:^|\s)0\d+[\s/]\s?$", before))  # a telephone number
        or bool(
            re.match(r"\.\s[A-ZÄÖÜ(\[„“»]|\)|\s[A-ZÄÖÜ][\w-]+,", after) and not before.strip()
        )  # 1. Entry, 8001 Zürich,
        or (after.startswith(")") and bool(re.search(r"\(\S+:\s$", before)))  # a page: (ebd.: 9)
        or (after.startswith(")") and "(" not in before)
        or bool(re.search(r"\+\d[\d\s()/–-]{0,24}$", before))
    )


def _is_part(text: str, match: re.Match[str], before: str, after: str, notation: Notation) -> bool:
    """Whether a number is part of a time, an address, an ordinal or a row of others."""
    if notation.no_count_after.match(after) or notation.streets.match(text[match.end() : match.end() + SUBJECT]):
        return True
    if after.startswith(",") and re.search(r"[^\W\d][\w’'-]*,\s$", before) and _is_of(match, AGE):
        return True  # Heather Grant, 33, of …; a juvenile, 16, of …
    if _is_of(match, POSTCODE) and _is_postcode(before, text, match.end(), notation):
        return True
    if not notation.capital_nouns and not before.rstrip().endswith(":") and _opens_name(text, match.end(), notation):
        return True
    # an ordinal: 2. Bundesliga
    digits = match["digits"] or ""
    return bool(re.match(r"\.\s*/?\s*\w", after)) and len(digits) <= LABEL and notation.capital_nouns


def _opens_name(text: str, end: int, notation: Notation) -> bool:
    """Whether a name in the singular stands behind a number, which belongs to it: `the 610 Loop`."""
    name = re.match(r"\s([A-Z][a-z]+)(?!\w)", text[end : end + SUBJECT])
    if name is None or name[1].endswith("s") or name[1].lower() in notation.no_names:
        return False
    return subject(text, end, notation) is None


def _is_year_or_row(text: str, match: re.Match[str], before: str, after: str, notation: Notation) -> bool:
    """Whether bare digits are a year that no pattern of dates took, or stand in a row of numbers."""
    counted = subject(text, match.end(), notation)
    if re.fullmatch(r"(?:19|20)\d\d", match["digits"]):
        if counted is None or text[match.end() + 1 + len(counted) :][:1] == ".":  # 2018 St. Emilion
            return True
        if not notation.capital_nouns and counted[0].isupper():
            return True  # In 2015 Germany wins
        if not match["digits"].endswith("00") and re.search(r"(?:^|[/,;|•–])\s*$", before):
            return True  # the head of an entry: 2009 Abschluss als …
    if re.search(r"(?<!\d)(?!(?:19|20)\d\d\s)\d+\s$", before):
        return True  # a telephone number, an address, the sides of a picture
    return counted is None and bool(re.match(r"\s\d{2,}(?![.,]?\d|\s?%)", after))


def _is_of(match: re.Match[str], digits: int) -> bool:
    """Whether a number is written with so many digits and nothing between them."""
    return bool(match["digits"]) and match["digits"].isdigit() and len(match["digits"]) == digits


def _is_age(before: str, match: re.Match[str], after: str, notation: Notation) -> bool:
    """Whether a number is somebody's age: `mit 18 Jahren war sie`, but not `mit 18 Jahren Haft`."""
    if notation.age_range.search(before):
        return not match["unit"] or match["unit"] in notation.age_units
    if not notation.age_before.search(before):
        return False
    return match["unit"] in notation.age_units and not re.match(r"[\s\u00a0][A-ZÄÖÜ]", after)


def _is_postcode(before: str, text: str, end: int, notation: Notation) -> bool:
    """Whether five digits stand where an entry begins, or before a place no dictionary has: `in 31167 Bockenem`."""
    if re.search(r"(?:^|[,*•|]|\bD-|\bA-)\s?$", before):
        return True
    following = re.match(r"\s([A-ZÄÖÜ][\w-]+)", text[end : end + 40])
    return (
        notation.capital_nouns
        and following is not None
        and bool(re.search(r"(?:^|\s)(?:in|aus|nach|bei)\s$", before))
        and not is_known(following[1], notation.language)
    )


def _is_label(before: str, match: re.Match[str], text: str, notation: Notation) -> bool:
    """Whether a small number behind a name or noun with a capital letter numbers it: `Halle 1`, `Position acht`."""
    words = before.split()
    name = words[-1].lstrip('(["„“»«') if words else ""
    if not name[:1].isupper() or name.lower() in notation.no_names:
        return False
    if name.lower().endswith(notation.street_endings) and match["digits"]:
        return True
    if (
        len(words) == 1
        and text[match.end() :][:1] != ":"
        and (is_known(name, notation.language) or is_known(name.lower(), notation.language))
    ):
        return False
    if not name.replace("-", "").isalpha():
        return False
    counted = subject(text, match.end(), notation) if notation.capital_nouns else None
    if not match["word"] and len(match["digits"] or match["fraction"]) > LABEL:  # Exynos 9810, but laut Polizei 4000
        return counted is None and (match["digits"] or "").isdigit() and not is_known(name, notation.language)
    return counted is None or (bool(match["digits"]) and match["digits"] != "1" and _is_singular(counted, notation))


def _is_singular(counted: str, notation: Notation) -> bool:
    """Whether a noun behind a number is surely no plural, so that the number belongs to the name before it.

    The noun's last part that the dictionary knows (`Transportdrohne` → `Drohne`) is its own lemma there, and ends in
    what German feminines never keep unchanged in the plural.
    """
    word = counted.lower()
    if " " in counted or not word.endswith(notation.singular_endings) or word.endswith(notation.same_plurals):
        return False
    for start in range(len(counted) - 3):
        tail = counted[start:].capitalize()
        if is_known(tail, notation.language):
            return lemma(tail, notation.language) == tail
    return False
