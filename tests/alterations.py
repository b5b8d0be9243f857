"""Every single falsification of a statement that a careless edit could make, in a fixed order.

The alterations know nothing of how verification reads: they work on letters and on the lists below. Each changes one
thing in one language of one statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from briefing.model import Name, Statement

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
}
# A finite verb, and what follows it when it is denied.
VERBS = {
    "en": (
        "is are was were has have had could would will should might may can must".split(),
        {"said": "did not say", "called": "did not call", "signed": "did not sign", "gave": "did not give"},
        "not",
    ),
    "de": (
        (
            "ist sind war waren hat haben hatte hätten könnte würde wird werden wurde sollte soll sei seien habe "
            "will kann"
        ).split(),
        {"sagte": "sagte nicht", "nannte": "nannte nicht", "sprach": "sprach nicht", "gab": "gab nicht"},
        "nicht",
    ),
}
NEGATIONS = {
    "en": {
        "not ": "",
        "no ": "a ",
        "never ": "",
        "cannot": "can",
        "without ": "with ",
        "None": "All",
        "neither": "both",
    },
    "de": {
        "nicht ": "",
        "keinen ": "einen ",
        "keine ": "eine ",
        "kein ": "ein ",
        "nie ": "",
        "ohne ": "mit ",
        "niemanden ": "jeden ",
    },
}
OTHER_WORDS = {
    "en": ["modest", "friendship", "hostile", "yesterday", "silence"],
    "de": ["bescheiden", "Freundschaft", "feindselig", "gestern", "Schweigen"],
}
# Words of one kind: a thing for another thing, what may be for what is.
EXCHANGED = {
    "en": {
        "common noun": (
            "treaty ceasefire, agreement verdict, missiles drones, shells knives, weapons medicines, arms flowers, "
            "ammunition food, submarines helicopters, satellites tractors, airport prison, hotel hospital, car horse, "
            "tanks boats, alliance lawsuit, sanctions donations, children soldiers, flags stones, flowers knives, "
            "square bridge, visit attack"
        ),
        "certainty": "could will, might will, may will, presumably certainly, whether that, if because",
    },
    "de": {
        "common noun": (
            "Vertrag Waffenstillstand, Abkommen Urteil, Raketen Drohnen, Artilleriegranaten Messer, "
            "Waffen Medikamente, Munition Lebensmittel, Satelliten Traktoren, Flughafen Gefängnis, Hotel Krankenhaus, "
            "Auto Pferd, Panzer Boote, Bündnis Urteil, Sanktionen Spenden, Kinder Soldaten, Flaggen Steine, "
            "Blumen Messer, Besuch Angriff"
        ),
        "certainty": "könnte wird, könnten werden, wohl zweifellos, vermutlich zweifellos, ob dass, falls weil",
    },
}
QUOTED = re.compile(r"[“„»]([^“”„«»]+)[”“«]")


@dataclass(frozen=True)
class Alteration:
    """One false text, and what was changed."""

    kind: str
    language: str
    text: str
    change: str


def altered(statement: Statement, alteration: Alteration, number: int) -> Statement:
    """The statement with the false text, under an id of its own."""
    texts = {**statement.text, alteration.language: alteration.text}
    return replace(statement, id=f"{statement.id}-{number}", text=texts, disputed=())


def alterations(text: str, language: str, names: Iterable[Name]) -> Iterator[Alteration]:
    """Every alteration of one text."""
    names = tuple(names)
    for kind, found in (
        ("digit", _digits(text)),
        ("year", _years(text)),
        ("month", _months(text, language)),
        ("name", _names(text, language, names, "person")),
        ("country", _names(text, language, names, "country")),
        ("negation", _negations(text, language)),
        ("quoted word", _quoted(text, language)),
    ):
        for start, end, instead in found:
            changed = text[:start] + instead + text[end:]
            if changed != text:
                yield Alteration(kind, language, changed, f"{text[start:end]} → {instead}")


def exchanges(text: str, language: str) -> Iterator[Alteration]:
    """Every word of the lists above in a text, replaced by its other."""
    for kind, pairs in EXCHANGED[language].items():
        for one, other in (pair.split() for pair in pairs.split(", ")):
            for match in re.finditer(rf"(?<![\w-]){one}(?![\w-])", text):
                changed = text[: match.start()] + other + text[match.end() :]
                yield Alteration(kind, language, changed, f"{one} → {other}")


Change = tuple[int, int, str]


def _digits(text: str) -> Iterator[Change]:
    for match in re.finditer(r"\d", text):
        for shift in (1, 3, 9):
            yield *match.span(), str((int(match.group()) + shift) % 10)


def _years(text: str) -> Iterator[Change]:
    for match in re.finditer(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d.,]\d)", text):
        for shift in (-10, -1, 1, 23):
            yield *match.span(), str(int(match.group()) + shift)


def _months(text: str, language: str) -> Iterator[Change]:
    months = MONTHS[language]
    for number, month in enumerate(months):
        for match in re.finditer(rf"\b{month}\b(?=\s\d|,|\s|$)", text):
            for shift in (1, 5, 11):
                yield *match.span(), months[(number + shift) % 12]


def _names(text: str, language: str, names: tuple[Name, ...], kind: str) -> Iterator[Change]:
    """Each mention of a name, replaced by the next five of its kind, a full name by a full one."""
    of_kind = [name for name in names if name.kind == kind]
    forms = {form: name for name in of_kind for form in (name.name[language], *name.also) if _is_name(form)}
    if kind == "person":
        forms = {form: name for form, name in forms.items() if "-Chef" not in form and "-Sprecher" not in form}
    pattern = "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))
    for match in re.finditer(rf"(?<![\w-])({pattern})(s|’s)?(?![\w-])", text) if pattern else ():
        name = forms[match[1]]
        at = of_kind.index(name)
        for other in [*of_kind[at + 1 :], *of_kind[:at]][:5]:
            if other is not name:
                full = other.name[language]
                short = next((form for form in other.also if _is_name(form) and form in full), full)
                instead = full if kind == "country" or " " in match[1] else short
                if instead != match[1]:
                    yield match.start(1), match.end(1), instead


def _is_name(form: str) -> bool:
    return form[0].isupper() and all(word[0].isupper() for word in form.split())


def _negations(text: str, language: str) -> Iterator[Change]:
    for negation, instead in NEGATIONS[language].items():
        for match in re.finditer(rf"(?<!\w){negation}", text):
            yield *match.span(), instead
    auxiliaries, verbs, word = VERBS[language]
    for match in re.finditer(rf"\b(?:{'|'.join(auxiliaries)})\b(?! (?:not|nicht))", text):
        yield *match.span(), f"{match.group()} {word}"
    for verb, instead in verbs.items():
        for match in re.finditer(rf"\b{verb}\b", text):
            yield *match.span(), instead


def _quoted(text: str, language: str) -> Iterator[Change]:
    for quotation in QUOTED.finditer(text):
        for number, match in enumerate(re.finditer(r"[^\W\d_]{2,}", quotation[1])):
            words = OTHER_WORDS[language]
            instead = words[(number + len(match.group())) % len(words)]
            yield quotation.start(1) + match.start(), quotation.start(1) + match.end(), instead
