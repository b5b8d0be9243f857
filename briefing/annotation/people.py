"""The persons of an article, from given names, titles, offices and word shapes; variants merged, namesakes kept apart.

German writes every noun with a capital letter, so a capital proves nothing. A person is one of these, in falling
order of certainty: a name behind a personal title; a known given name with a capital word behind it; a name of three
parts in the order family name first; a name behind an office; two words no dictionary knows, where the article also
uses the second alone or makes it speak. A family name alone counts once the article has given the full one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from briefing import dictionary
from briefing.annotation.bodies import is_body
from briefing.annotation.countries import country_code, is_country_word
from briefing.annotation.tokens import Token
from briefing.lexicon import languages, table

Gender = Literal["m", "f"]
LONGEST_NAME = 6
"""Tokens of the longest name read: `Karl-Theodor Maria Nikolaus Freiherr von und zu` is cut."""
LONG_NOUN = 9
"""Letters from which a word of the dictionary is taken for a noun rather than a family name."""
APPOSITION = 8
"""Tokens between an office and the name behind its comma: `der Leiter der Abteilung für Recht im Amt, N. N.,` has 7."""
LONGEST_ROLE = 24
"""Letters of the longest role tried as the end of a compound: `oppositionspolitiker` has 20."""


@dataclass(slots=True)
class Person:
    """A person while the article is being read; frozen values leave this folder as `Actor`."""

    name: str
    """The fullest form, without title."""
    family: str
    gender: Gender | None = None
    roles: Counter[str] = field(default_factory=Counter)
    """Heads of the offices the article gives them, in lower case, with the text of the first place as written."""
    role: str | None = None
    lands: set[str] = field(default_factory=set)
    """ISO codes of the countries named right before an office of theirs: `Russlands Präsident`."""
    mentions: int = 0
    first_block: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens of one block that name a person."""

    first: int
    last: int
    person: int
    """Index among the article's persons."""
    full: bool
    """More than the family name."""
    sure: bool = True
    """No namesake competes."""
    role_first: int = -1
    """First token of the title or office before the name, -1 without."""


@dataclass(frozen=True, slots=True)
class People:
    """The persons of an article and where each block names them."""

    persons: tuple[Person, ...]
    mentions: tuple[tuple[Mention, ...], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A full name before merging."""

    block: int
    first: int
    last: int
    parts: tuple[str, ...]
    gender: Gender | None
    role: tuple[int, int] | None
    family_first: bool
    titled: bool
    role_text: str | None = None
    lead: int = -1
    """First token of the titles and offices before the name, -1 without."""
    land: str | None = None
    """Country named right before the office."""
    initials: frozenset[str] = frozenset()
    """Its parts that stand for a longer name, and are written with a full stop."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The offices of one language."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    titles: frozenset[str]
    female_titles: frozenset[str]
    male_titles: frozenset[str]
    groups: frozenset[str]
    compounds: bool
    """Whether nouns have capitals and form compounds, as in German."""
    feminine_endings: tuple[str, ...]
    """Endings that make the name of a woman's office of that of a man's."""
    inflections: tuple[str, ...]
    """Endings of an office's other cases, and of its plural."""
    either_endings: tuple[str, ...]
    """Endings of offices that are the same for women and men."""
    abstract_endings: tuple[str, ...]
    """Endings of nouns that no name has."""
    genitive: tuple[str, ...]
    """Endings of names in the genitive, the longest first."""


def people(blocks: Sequence[Sequence[Token]], language: str) -> People:
    """Find the persons of an article.

    Args:
        blocks: The words of its blocks, in order.
        language: ISO 639-1 code.

    Returns:
        The persons in order of first mention, and their mentions in each block in order of place.
    """
    if not table(language, "roles"):
        return People((), tuple(() for _ in blocks))
    vocabulary = Counter(word.text for words in blocks for word in words if word.is_capital)
    found = [name for number, words in enumerate(blocks) for name in _full_names(words, number, vocabulary, language)]
    found += _lone_names(blocks, found, language)
    persons, owner = _merge(found, vocabulary, language)
    by_block: dict[int, list[Mention]] = {}
    for name, index in zip(found, owner, strict=True):
        by_block.setdefault(name.block, []).append(
            Mention(name.first, name.last, index, len(name.parts) > 1, role_first=name.lead),
        )
    mentions = tuple(
        _with_family_names(words, by_block.get(number, []), persons, number, language)
        for number, words in enumerate(blocks)
    )
    for block in mentions:
        for mention in block:
            persons[mention.person].mentions += 1
    return People(tuple(persons), mentions)


# ------------------------------------------------------------------------------------------------------- word classes


@cache
def roles(language: str) -> Roles:
    """The offices of `language`; empty sets where it has none."""
    data = table(language, "roles")

    def words(key: str) -> frozenset[str]:
        return frozenset(str(data.get(key, "")).split())

    def endings(key: str) -> tuple[str, ...]:
        return tuple(str(table(language, "endings").get(key, "")).split())

    return Roles(
        masculine=words("masculine"),
        feminine=words("feminine"),
        titles=words("titles"),
        female_titles=words("female_titles"),
        male_titles=words("male_titles"),
        groups=words("groups"),
        compounds=bool(table(language, "dates").get("capital_nouns")),
        feminine_endings=endings("feminine"),
        inflections=endings("inflections"),
        either_endings=endings("either") or ("\0",),
        abstract_endings=endings("abstract") or ("\0",),
        genitive=endings("genitive"),
    )


@lru_cache(maxsize=65536)
def role_gender(word: str, language: str) -> str | None:
    """`m`, `f` or `?` if `word` is an office or a compound that ends in one, None if it is none.

    >>> role_gender("NRW-Landwirtschaftsministerin", "de"), role_gender("Kreml-Chefs", "de"), role_gender("Haus", "de")
    ('f', 'm', None)
    """
    known = roles(language)
    if known.compounds and not word[0].isupper():
        return None
    lower = word.lower()
    tail = lower.rsplit("-", 1)[-1]
    if not known.compounds:
        if lower in known.feminine or tail in known.feminine:
            return "f"
        bare = {form.removesuffix(ending) for form in (lower, tail) for ending in ("", *known.inflections)}
        return "?" if bare & known.masculine else None
    if _ends_in(tail, known.feminine):
        return "?" if _ends_in(tail, known.masculine) else "f"
    for ending in known.feminine_endings:
        if tail.endswith(ending) and (_ends_in(tail.removesuffix(ending), known.masculine)):
            return "f"
    for ending in ("", *known.inflections):
        if tail.endswith(ending) and _ends_in(tail.removesuffix(ending) if ending else tail, known.masculine):
            return "?" if tail.endswith(known.either_endings) else "m"
    return None


def _ends_in(word: str, endings: frozenset[str]) -> bool:
    """Whether `word` is one of `endings`, or a compound of one of four letters or more with three letters before it."""
    if word in endings:
        return True
    return any(word[-k:] in endings for k in range(4, min(len(word) - 2, LONGEST_ROLE + 1)))


@cache
def _given_names() -> Mapping[str, Gender | None]:
    data = table("all", "given_names")
    women, men = frozenset(data["f"].split()), frozenset(data["m"].split())
    names: dict[str, Gender | None] = dict.fromkeys(sorted(women | men))
    names.update(dict.fromkeys(sorted(women - men), "f"))
    names.update(dict.fromkeys(sorted(men - women), "m"))
    return names


@cache
def _names(key: str) -> frozenset[str]:
    return frozenset(table("all", "given_names")[key].split())


@cache
def _sentence_words(language: str) -> frozenset[str]:
    return frozenset(table(language, "grammar").get("sentence_words", "").split())


@cache
def _calendar_words(language: str) -> frozenset[str]:
    data = table(language, "dates")
    return frozenset(word for names in [*data.get("months", []), *data.get("weekdays", [])] for word in names.split())


@cache
def _body_endings() -> tuple[str, ...]:
    data = table("all", "organisations")
    return tuple(data["german_endings"].split() + data["english_endings"].split() + data["places"].split())


@cache
def _bodies() -> frozenset[str]:
    data = table("all", "organisations")
    return frozenset(data["german_endings"].split() + data["english_endings"].split())


@lru_cache(maxsize=65536)
def is_known(word: str, language: str) -> bool:
    """Whether the dictionary of `language` knows the word."""
    try:
        return dictionary.is_known(word, lang=language)
    except ValueError:
        return True


@lru_cache(maxsize=65536)
def lemma(word: str, language: str) -> str:
    """The dictionary form of `word`; the word itself where the language has no dictionary."""
    try:
        return dictionary.lemmatize(word, lang=language)
    except ValueError:
        return word


def _is_known_anywhere(word: str) -> bool:
    """Whether any of our languages has the word: German news is full of English (`Earth Overshoot Day`)."""
    return any(is_known(word, language) for language in languages())


def given_gender(word: str) -> Gender | None:
    """The gender that goes with a given name, also with the first part of a double one."""
    names = _given_names()
    return names.get(word) or names.get(word.split("-", maxsplit=1)[0])


def is_given(word: str) -> bool:
    """Whether `word` is a known given name, or a double one that begins with one."""
    names = _given_names()
    return word in names or (
        "-" in word and word.split("-", maxsplit=1)[0] in names and word.split("-")[1][:1].isupper()
    )


@cache
def _long_body_endings(*, hyphened: bool) -> tuple[str, ...]:
    """Endings that no family name has; behind a hyphen, all of them."""
    return tuple(ending for ending in _body_endings() if len(ending) > 5 or hyphened)  # noqa: PLR2004


@lru_cache(maxsize=65536)
def _is_name_shaped(word: str, language: str) -> bool:
    """Whether a word can be part of a name at all."""
    if (
        not word[0].isupper()
        or any(map(str.isdigit, word))
        or not {".", "/"}.isdisjoint(word)
        or word.lower() in _calendar_words(language)
    ):
        return False
    if len(word) > 1 and word.isupper():  # an abbreviation
        return False
    if role_gender(word, language) or is_country_word(word, language) or word.lower() in _bodies():
        return False
    if word in _names("firm_words"):
        return False
    if re.match(r"[A-ZÄÖÜ]{2,}[a-zäöüß]", word):  # CPython
        return False
    if re.search(
        r"[a-zäöüß][A-ZÄÖÜ]",
        word.removeprefix("Mc").removeprefix("Mac").removeprefix("De").removeprefix("Di").removeprefix("La"),
    ):  # AllerVielfalt
        return False
    if "-" in word and any(part.isupper() and len(part) > 1 for part in word.split("-")):
        return False
    # Rosenberg and Neuhaus are persons, Adenauer-Stiftung and Fördergesellschaft are none
    lower = word.lower()
    forms = (lower, lower.removesuffix("s"))
    return not any(form.endswith(_long_body_endings(hyphened="-" in word)) for form in forms)


# ------------------------------------------------------------------------------------------------------- full names


def _full_names(words: Sequence[Token], block: int, vocabulary: Counter[str], language: str) -> list[_Found]:
    """Names of more than one word, and names behind a title or an office, in one block."""
    found = []
    index = 0
    while index < len(words):
        if not words[index].is_capital and not (
            not roles(language).compounds and role_gender(words[index].text, language)
        ):
            index += 1
            continue
        begins = _may_begin(words, index, language)
        name = _name_at(words, index, block, vocabulary, language) if begins else None
        if name is None:
            index += 1
        else:
            found.append(name)
            index = name.last + 1
    return found


def _may_begin(words: Sequence[Token], index: int, language: str) -> bool:
    """Whether a name can begin here: a word alone is none without title or office; asked first, as most are alone."""
    text = words[index].text
    if text.lower() in roles(language).titles or role_gender(text, language):
        return True
    if index + 1 == len(words):
        return False
    following = words[index + 1]
    return following.is_capital or following.text == "." or following.text.lower() in _names_particles()


def _name_at(words: Sequence[Token], index: int, block: int, vocabulary: Counter[str], language: str) -> _Found | None:
    """The name that begins at `index`, with the titles and offices before it."""
    known = roles(language)
    place, title_gender, titled, role = index, None, False, None
    while place < len(words) and place < index + LONGEST_NAME:
        text = words[place].text
        lower = text.lower()
        if lower in known.titles and text[0].isupper():
            titled = True
            title_gender = "f" if lower in known.female_titles else "m" if lower in known.male_titles else title_gender
            role = role or ((place, place) if role_gender(text, language) else None)
        elif role_gender(text, language) and not (role is None and is_given(text)):
            role = (role[0] if role else place, place)
        elif not (text == "." and place > index and words[place - 1].text.lower() in known.titles):
            break
        place += 1
    if role is None and not titled:
        place = index
    following = words[place + 1].text if place + 1 < len(words) else ""
    bare = role is None and not titled and words[place].text not in _names("family_first")
    third = words[place + 2] if place + 2 < len(words) else None
    if bare and not is_given(words[place].text) and following and is_given(following) and third and third.is_capital:
        return None  # Vizekanzlerin-in-spe Anna Berger: the name begins with the next word
    last = _name_end(words, place, vocabulary, language, anchored=titled or role is not None, titled=titled)
    if last is None:
        return None
    # of `Matt Stone/Boston Herald`, the name of a photographer, the part before the stroke
    parts = tuple(word.text.split("/")[0] for word in words[place : last + 1] if word.text != ".")
    initials = frozenset(
        word.text
        for word, after in pairwise(words[place : last + 2])
        if after.text == "." and len(word.text) == 1 and word.is_capital and after.start == word.end
    )
    if known.compounds and len(parts) > 1 and _is_genitive(words, last, language):
        parts = (*parts[:-1], parts[-1][:-1])
    gender: Gender | None = given_gender(parts[0]) or (
        "f" if title_gender == "f" else "m" if title_gender == "m" else None
    )
    if gender is None and role is not None:
        told = role_gender(words[role[1]].text, language)
        gender = (
            "f" if told == "f" else "m" if told == "m" and known.compounds and _is_person_role(words, role) else None
        )
    family_first = (
        parts[0] in _names("family_first")
        and len(parts) > 1
        and not (given_gender(parts[0]) and len(parts) == 2 and "-" not in parts[1])  # noqa: PLR2004 - Kim Basinger
    )
    before = " ".join(word.text for word in words[role[0] : role[1] + 1]) if role else ""
    office = before or _apposed_role(words, last, language) or _role_before_comma(words, index, language)
    land = country_code(words[index - 1].text, language) if role and index else None
    return _Found(
        block,
        place,
        last,
        parts,
        gender,
        role,
        family_first,
        titled,
        office,
        index if place > index else -1,
        land,
        initials,
    )


def _is_genitive(words: Sequence[Token], last: int, language: str) -> bool:
    """Whether a family name in -s is a genitive, since its noun follows: `Arnold Schwarzeneggers Widerstand`."""
    name = words[last].text
    if not name.endswith("s") or name.endswith("ss") or is_known(name, language) or last + 1 >= len(words):
        return False
    following = words[last + 1]
    return following.is_capital and following.start - words[last].end == 1 and is_known(following.text, language)


def _apposed_role(words: Sequence[Token], last: int, language: str) -> str | None:
    """The office behind a name: `Eva Maier, die neue Vorsitzende des Vereins`; English `, a professor of law`."""
    if last + 1 >= len(words) or words[last + 1].text != ",":
        return None
    for place in range(last + 2, min(len(words), last + 6)):
        text = words[place].text
        if role_gender(text, language):
            return text
        if not text[0].isalnum() or (roles(language).compounds and words[place].is_capital and not text.endswith("er")):
            return None
    return None


def _role_before_comma(words: Sequence[Token], index: int, language: str) -> str | None:
    """The office before a name in commas: `die Sprecherin des Ministeriums, Eva Maier, sagte`."""
    if not roles(language).compounds or index < 2 or words[index - 1].text != ",":  # noqa: PLR2004 - office and comma
        return None
    office = None
    for place in range(index - 2, max(-1, index - APPOSITION), -1):
        text = words[place].text
        if not words[place].is_word or text in _frame_words("perfect", language) | _frame_words("passive", language):
            break
        if (
            role_gender(text, language)
            and place
            and words[place - 1].text.lower() in _frame_words("definite", language)
        ):
            office = text  # the first one holds: die Sprecherin des Ministers
    return office


def _is_person_role(words: Sequence[Token], role: tuple[int, int]) -> bool:
    """Whether an office in the masculine tells a man: it does before a name (`Sprecher Müller`)."""
    return role[0] <= role[1] < len(words)


def _name_end(
    words: Sequence[Token],
    first: int,
    vocabulary: Counter[str],
    language: str,
    *,
    anchored: bool,
    titled: bool,
) -> int | None:
    """Index of the last token of the name at `first`, None where there is none."""
    if first >= len(words):
        return None
    last = _longest_shape(words, first, language)
    if last is None:
        return None
    count = sum(word.is_capital for word in words[first : last + 1])
    head = words[first].text
    if head in _sentence_words_capital(language) and not is_given(head):
        return None
    if _is_place_or_firm(words, first, last):
        return None
    if is_given(head):
        if count > 1 and not _is_place_after(words, first, last, language):
            return last
        return last if titled or (anchored and count == 1) else None
    if head in _names("family_first") and count >= 2 and _looks_east_asian(words, first, last):  # noqa: PLR2004
        return last
    if count == 2 and {head, words[last].text} <= _names("family_first"):  # noqa: PLR2004 - Han Lee
        return last
    if titled:
        return last if count <= 3 else first  # noqa: PLR2004
    if anchored:
        return last if _follows_office(words, first, last, language) else None
    if count < 2:  # noqa: PLR2004 - a family name needs a given one, or an anchor
        return None
    apposed = not is_known(words[last].text, language) and _role_before_comma(words, first, language) is not None
    return last if apposed or _is_unknown_pair(words, first, last, vocabulary, language) else None


@cache
def _sentence_words_capital(language: str) -> frozenset[str]:
    return frozenset(word.capitalize() for word in _sentence_words(language))


def _longest_shape(words: Sequence[Token], first: int, language: str) -> int | None:
    """The run of name-shaped words, initials and particles from `first` on; None where `first` is none itself."""
    if not _is_name_shaped(words[first].text, language):
        return None
    last = first
    place = first + 1
    while place < len(words) and place < first + LONGEST_NAME:
        text = words[place].text
        if words[place].start == words[place - 1].end and text != ".":
            break
        if text == "." and len(words[place - 1].text) == 1 and words[place - 1].is_capital:
            place += 1
            continue
        if text.lower() in _names_particles() and text not in _sentence_words_capital(language):
            place += 1
            continue
        if not words[place].is_capital or not _is_name_shaped(text, language):
            break
        if words[place - 1].text in _names_particles() and _is_no_house(text, language):
            break
        if last > first and words[last].is_capital and not is_given(words[last].text):
            if words[place - 1].text in _names("origin"):
                break  # Martina Weber von der Bank: the name is complete before `von`
            article = words[place - 1].text.lower() in _frame_words("articles", language)
            if article and words[place - 2].text in _names("origin"):
                break  # Martina Weber von den Stadtwerken
            if place == last + 1 and is_given(text) and _goes_on(words, place, language):
                break  # Martina Weber Anna Kern: the names of two
        if words[place - 1].text in _names("origin") and is_given(text) and not is_given(words[first].text):
            break  # Sonnenkinder von Anna Kern
        if words[last].text.endswith(("’s", "'s")) or "/" in words[last].text:
            break
        if last > first and _is_behind_name(words[last].text, text, language):
            break
        if text in _sentence_words_capital(language):
            break
        last = place
        place += 1
    return last


def _goes_on(words: Sequence[Token], place: int, language: str) -> bool:
    """Whether a word that could be a family name, and is no given one, stands right behind the one at `place`."""
    if place + 1 >= len(words) or not words[place + 1].is_capital or words[place + 1].start != words[place].end + 1:
        return False
    return _is_name_shaped(words[place + 1].text, language) and not is_given(words[place + 1].text)


def _is_place_or_firm(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name is a listed firm's (`Louis Vuitton`), or a place's called after somebody (`St. Louis Park`)."""
    if " ".join(word.text for word in words[first : last + 1]) in _firms():
        return True
    if last > first and words[last].text.lower() in _names("place_closers"):
        return True
    before = words[first - 1].text if first else ""
    if before == "." and first > 1:
        before = words[first - 2].text
    return before in _names("place_openers")


@cache
def _firms() -> frozenset[str]:
    return frozenset(table("all", "organisations")["firms"])


def _is_behind_name(before: str, word: str, language: str) -> bool:
    """Whether a third word is no part of a name: behind its genitive (`Eva Webers Erfahrung`), or a long noun."""
    if is_given(word) or not roles(language).compounds:
        return False
    if "-" in word and before.endswith("s"):  # Georg Büchners Woyzeck-Fragment
        return is_known(word.rsplit("-", 1)[-1], language)
    if not is_known(word, language):
        return False
    return (before.endswith("s") and not is_known(before, language)) or len(word) >= LONG_NOUN


def _is_no_house(word: str, language: str) -> bool:
    """Whether a word behind `von` or `von der` is a thing or a body, not part of a name: `von der Universität`."""
    return is_body(word) or "-" in word or (roles(language).compounds and len(word) > 6 and is_known(word, language))  # noqa: PLR2004


@cache
def _names_particles() -> frozenset[str]:
    return frozenset(table("all", "given_names")["particles"].split())


def _is_place_after(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether the run is a body or place named after somebody: `Konrad Adenauer Stiftung`."""
    after = words[last + 1].text if last + 1 < len(words) else ""
    joined = last + 1 < len(words) and words[last + 1].start - words[last].end <= 1
    del first
    return (
        bool(after)
        and joined
        and after[0].isupper()
        and after.lower().endswith(_body_endings())
        and not role_gender(after, language)
    )


def _looks_east_asian(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether a family name that stands first goes on as such names do: `Kim Dae-jung`, `Xi Jinping`, `Moon Jae In`."""
    parts = [word.text for word in words[first + 1 : last + 1] if word.text != "."]
    if any(len(part) > 9 or (part in _given_names()) for part in parts):  # noqa: PLR2004 - longest syllable pair
        return False
    if len(parts) == 2 or "-" in parts[0] or len(parts[0]) >= 4:  # noqa: PLR2004
        return True
    return parts[0] in table("all", "given_names")["short_second"]


def _follows_office(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether the run behind an office can be a name: unknown to the dictionary, or two capitals."""
    texts = [word.text for word in words[first : last + 1] if word.is_capital]
    if any(len(text) == 1 for text in texts[:1]):
        return len(texts) > 1
    unknown = [not is_known(text, language) or text in _names("family_first") for text in texts]
    if len(texts) == 2 and roles(language).compounds and not any(_is_common(text, language) for text in texts):  # noqa: PLR2004
        return True  # an office and two more capitals: no German noun phrase but a name does so
    if len(texts) == 1:
        trader = first > 0 and _ends_in(words[first - 1].text.lower(), _traders(language))
        return unknown[0] and not _is_common(texts[0], language) and not trader
    return unknown[-1] or unknown[0]


@cache
def _traders(language: str) -> frozenset[str]:
    """Offices that firms have as often as people: `der Betreiber Solantis`."""
    return frozenset(str(table(language, "roles").get("traders", "")).split())


@cache
def _frame_words(key: str, language: str) -> frozenset[str]:
    """A closed class of `data/<language>/grammar.toml`."""
    return frozenset(str(table(language, "grammar").get(key, "")).split())


@cache
def _speaking(language: str) -> frozenset[str]:
    return frozenset(str(table(language, "speech").get("certain", "")).split())


def _is_common(word: str, language: str) -> bool:
    """Whether a word has the ending of an abstract noun, which no name has."""
    return word.endswith(roles(language).abstract_endings)


def _is_unknown_pair(words: Sequence[Token], first: int, last: int, vocabulary: Counter[str], language: str) -> bool:
    """Whether two or three unknown words are a name, by what the article does with them elsewhere."""
    texts = [word.text for word in words[first : last + 1] if word.is_capital]
    if _has_initial(words, first, last, language) or _has_age(words, first, last, language):
        return True
    if (
        len(texts) > 3  # noqa: PLR2004 - four capitals are a title
        or any(_is_common(text, language) for text in texts)
        or any(_is_known_anywhere(text) or "’" in text[-3:] or "'" in text[-3:] for text in (texts[0], texts[-1]))
    ):
        return False
    if _goes_with_capital(words, first, language):
        return False
    if _is_coordinated(words, first, last, language):
        return True
    if first and words[first - 1].text.lower() in _frame_words("prepositions", language) | _frame_words(
        "articles", language
    ):
        return False
    if any("-" in text and is_known(text.rsplit("-", 1)[-1], language) for text in texts[:1]):  # Flatrate-Plattform
        return False
    family, given = texts[-1], texts[0]
    alone = (
        vocabulary[family]
        + sum(vocabulary[family + ending] for ending in roles(language).genitive if len(ending) == 1)
        - vocabulary[given]
    )
    after = words[last + 1].text if last + 1 < len(words) else ""
    before = words[first - 1].text if first else ""
    speaking = _speaking(language)
    return (
        alone > 0
        or after in speaking
        or after in _frame_words("of_persons", language)
        or before in speaking
        or (after == "," and last + 2 < len(words) and bool(role_gender(words[last + 2].text, language)))
        or (after == "(" and last + 2 < len(words) and country_code(words[last + 2].text, language) is not None)
    )


def _is_coordinated(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether a name whose given name is known stands beside the words, with `and` between: `X Y und Anja Kern`."""
    links = _frame_words("conjunctions", language)
    behind = words[last + 1 : last + 4]
    if len(behind) == 3 and behind[0].text in links and is_given(behind[1].text) and behind[2].is_capital:  # noqa: PLR2004
        return True
    before = words[max(0, first - 3) : first]
    return len(before) == 3 and before[2].text in links and is_given(before[0].text) and before[1].is_capital  # noqa: PLR2004


def _goes_with_capital(words: Sequence[Token], first: int, language: str) -> bool:
    """Whether the word before belongs to the name, in a language that writes common nouns small: `Nam Nghi Phu`."""
    if roles(language).compounds or first == 0 or not words[first - 1].is_capital:
        return False
    before = words[first - 1]
    return before.end + 1 == words[first].start and not is_country_word(before.text, language)


def _has_initial(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether a word no dictionary has goes on with an initial: `Verdale V. Marquardt`, German also `Nuradi A.`."""
    if (
        _is_known_anywhere(words[first].text)
        or words[first].text.isupper()
        or words[first].end + 1 != words[first + 1].start
    ):
        return False
    initial = words[first + 1]
    stop = words[first + 2] if first + 2 < len(words) else None
    if (
        len(initial.text) != 1
        or not initial.is_capital
        or stop is None
        or stop.text != "."
        or stop.start != initial.end
    ):
        return False
    return roles(language).compounds or last > first + 2


def _has_age(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether two words, one of which no dictionary has, are followed by an age: `Keyosha Lane, 34, of …`, `(34)`."""
    texts = [word.text for word in words[first : last + 1] if word.is_capital]
    after = words[last + 1 : last + 4]
    if len(texts) != 2 or len(after) < 3 or after[0].text not in {",", "("} or after[2].text not in {",", ")", "."}:  # noqa: PLR2004
        return False
    if not after[1].text.isdigit() or len(after[1].text) != 2 or any(_is_common(text, language) for text in texts):  # noqa: PLR2004
        return False
    before = words[first - 1].text.lower() if first else ""
    return before not in _frame_words("articles", language) and not all(map(_is_known_anywhere, texts))


# ------------------------------------------------------------------------------------------------------- merging


def _merge(found: Sequence[_Found], vocabulary: Counter[str], language: str) -> tuple[list[Person], list[int]]:
    """Make persons of names: two names are one person if the parts of one begin or end the other's.

    Returns:
        The persons, and for each name the index of its person.
    """
    persons: list[Person] = []
    keys: list[frozenset[str]] = []
    owner: list[int] = []
    for name in found:
        parts = _without_genitive(name.parts, vocabulary, language)
        key = frozenset(
            part.lower() for joined in parts for part in joined.split("-") if part not in _names_particles()
        )
        family = parts[0] if name.family_first else parts[-1]
        index = _same(key, family, name, persons, keys)
        if index is None:
            persons.append(Person(_written(parts, name.initials), family, first_block=name.block))
            keys.append(key)
            index = len(persons) - 1
        person = persons[index]
        if len(key) > len(keys[index]):
            keys[index] = key
            person.name = _written(parts, name.initials)
            person.family = family
        person.gender = person.gender or name.gender
        if name.role_text:
            person.roles[name.role_text.lower()] += 1
            person.lands |= {name.land} if name.land else set()
            person.role = person.role or name.role_text
        owner.append(index)
    return persons, owner


def _written(parts: Sequence[str], initials: frozenset[str]) -> str:
    """A name as it is shown: `Robert J. Stephens`."""
    return " ".join(part + "." if part in initials else part for part in parts)


def _same(
    key: frozenset[str], family: str, name: _Found, persons: Sequence[Person], keys: Sequence[frozenset[str]]
) -> int | None:
    """Index of the person that a name belongs to: the last one whose parts include it, or are included in it."""
    for index in range(len(persons) - 1, max(-1, len(persons) - 201), -1):  # 200 namesakes bound the work
        person = persons[index]
        if key == keys[index]:
            return index
        if person.gender and name.gender and person.gender != name.gender:
            continue
        families = frozenset(family.lower().split("-")), frozenset(person.family.lower().split("-"))
        if (key < keys[index] or keys[index] < key) and families[0] <= keys[index] and families[1] <= key:
            return index
    return None


def _without_genitive(parts: tuple[str, ...], vocabulary: Counter[str], language: str) -> tuple[str, ...]:
    """`Merkels` → `Merkel`, where the article also has the form without."""
    family = parts[-1].removesuffix("’").removesuffix("'")
    for ending in roles(language).genitive:
        bare = family.removesuffix(ending)
        if bare != family and (len(ending) > 1 or vocabulary[bare] > 0):
            return (*parts[:-1], bare)
    return (*parts[:-1], family)


def _with_family_names(
    words: Sequence[Token],
    found: Sequence[Mention],
    persons: Sequence[Person],
    block: int,
    language: str,
) -> tuple[Mention, ...]:
    """Add the places where a person is named by the family name alone."""
    families: dict[str, list[int]] = {}
    for index, person in enumerate(persons):
        for form in (person.family, person.family.split()[-1]):
            if len(form) > 1 and index not in families.setdefault(form, []):
                families[form].append(index)
    _add_given_names(families, persons)
    taken = {place for mention in found for place in range(mention.first, mention.last + 1)}
    mentions = list(found)
    endings = (*(ending for ending in roles(language).genitive if len(ending) == 1), "’", "'")
    for place, word in enumerate(words):
        if place in taken or not word.is_capital:
            continue
        form = word.text
        if form not in families and form.endswith(endings):
            form = _bare(form, language)
        if form not in families:
            continue
        chosen, sure = _choose(families[form], persons, block)
        first = _with_particles(words, place, persons[chosen])
        if first == place and _belongs_to_more(words, place, form, language):
            continue
        given = mentions[-1] if mentions else None
        if given is not None and given.person == chosen and given.last == first - 1 and not given.full:
            mentions[-1] = Mention(given.first, place, chosen, full=True)  # both parts, known from another place
            continue
        mentions.append(Mention(first, place, chosen, full=False, sure=sure))
    return tuple(sorted(mentions, key=lambda mention: mention.first))


def _add_given_names(families: dict[str, list[int]], persons: Sequence[Person]) -> None:
    """Let a person be named by the given name too, where one alone bears it: `Ada` for `Ada Lind`."""
    bearers: dict[str, list[int]] = {}
    for index, person in enumerate(persons):
        first = person.name.split()[0]
        if first != person.family and (_may_stand_alone(first) or not _is_known_anywhere(first)):
            bearers.setdefault(first, []).append(index)
    for first, indices in bearers.items():
        if len(indices) == 1 and first not in families:
            families[first] = indices


def _may_stand_alone(word: str) -> bool:
    """Whether a given name says that a person is meant even without a family name."""
    return is_given(word) and word not in _names("words") and len(word) > 2  # noqa: PLR2004 - Jo, Bo, Ed


def _lone_names(blocks: Sequence[Sequence[Token]], found: Sequence[_Found], language: str) -> list[_Found]:
    """Given names that stand alone everywhere, of people who are known by them: `Mia said`, `Tom and Lia`.

    One such name needs proof: it speaks, or the article uses it twice, and nowhere behind a preposition or beside
    another capital word, as places and firms stand.
    """
    named = {part for name in found for part in name.parts}
    places: dict[str, list[tuple[int, int]]] = {}
    for number, words in enumerate(blocks):
        for place, word in enumerate(words):
            text = _bare(word.text, language) if word.is_capital else ""
            if text and text not in named and _may_stand_alone(text):
                places.setdefault(text, []).append((number, place))
    lone = []
    for text, uses in places.items():
        speaks = any(_is_beside(blocks[number], place, _speaking(language)) for number, place in uses)
        if (speaks or len(uses) > 1) and not any(
            _is_no_lone_name(blocks[number], place, language) for number, place in uses
        ):
            number, place = uses[0]
            lone.append(
                _Found(number, place, place, (text,), given_gender(text), None, family_first=False, titled=False)
            )
    return lone


def _is_beside(words: Sequence[Token], place: int, others: frozenset[str]) -> bool:
    """Whether one of `others` stands right before or behind a word."""
    return any(0 <= near < len(words) and words[near].text in others for near in (place - 1, place + 1))


def _is_no_lone_name(words: Sequence[Token], place: int, language: str) -> bool:
    """Whether a given name is used as places and firms are, or is part of a longer name."""
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    if after is not None and after.is_capital and after.start == words[place].end + 1:
        return True
    if before is None:
        return False
    return (
        (
            before.is_capital
            and place > 1
            and words[place - 2].text not in {".", "!", "?", ":"}
            and not is_given(before.text)
        )
        or before.text.lower() in _names("whereabouts")
        or before.text.lower() in _frame_words("articles", language)
        or before.text in {"@", "#", "-", "."}
    )


def _bare(text: str, language: str) -> str:
    """A family name without the ending of the genitive."""
    for ending in roles(language).genitive:
        if len(ending) == 1:
            text = text.removesuffix(ending)
    return text.removesuffix("’").removesuffix("'")


def _with_particles(words: Sequence[Token], place: int, person: Person) -> int:
    """The first token of a family name with its particles, where the full name has them: `von Preen`."""
    parts = person.name.split()
    first = place
    while first > 0 and words[first - 1].text.lower() in _names_particles() and words[first - 1].text.lower() in parts:
        first -= 1
    return first


def _belongs_to_more(words: Sequence[Token], place: int, form: str, language: str) -> bool:
    """Whether a family name is part of another name here, or a common noun."""
    before = words[place - 1] if place else None
    if before is not None and is_given(before.text) and before.text != form:
        return True
    if before is not None and _goes_with_capital(words, place, language) and not _is_known_anywhere(before.text):
        return True  # another one of the family: Junmyung Lee
    article = before is not None and before.text.lower() in _frame_words("articles", language)
    return article and is_known(form, language) and is_known(form.lower(), language)


def _choose(candidates: Sequence[int], persons: Sequence[Person], block: int) -> tuple[int, bool]:
    """Which of several namesakes is meant, and whether that is sure: one alone introduced so far is."""
    introduced = [index for index in candidates if persons[index].first_block <= block] or list(candidates)
    if len(introduced) == 1:
        return introduced[0], True
    return introduced[0], False
