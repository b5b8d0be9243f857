"""Names of more than one word, and names behind a title or an office: where each begins, ends, and what office it has.

German writes every noun with a capital letter, so a capital proves nothing. A name is one of these, in falling order of
certainty: a name behind a personal title; a known given name with a capital word behind it; a name of three parts in
the order family name first; a name behind an office; two words no dictionary knows, where `evidence` speaks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from briefing.annotation.bodies import is_body
from briefing.annotation.countries import country_code, is_country_word
from briefing.annotation.evidence import (
    follows_office,
    goes_with_given,
    is_place_after,
    is_place_or_firm,
    is_title_case,
    is_unknown_pair,
    looks_east_asian,
)
from briefing.annotation.forms import is_common, is_known
from briefing.annotation.grammar import word_class
from briefing.annotation.namewords import (
    given_gender,
    is_family,
    is_given,
    is_name_shaped,
    is_typed,
    listed,
    may_be_given,
    opening_words,
    particles,
)
from briefing.annotation.offices import role_gender, roles
from briefing.annotation.persons import Gender, Name
from briefing.annotation.tokens import Token

LONGEST_NAME = 6
"""Tokens of the longest name read: `Karl-Theodor Maria Nikolaus Freiherr von und zu` is cut."""
LONG_NOUN = 9
"""Letters from which a word of the dictionary is taken for a noun rather than a family name."""
OPENING, CLOSING = frozenset('„“”"»«‚‘'), frozenset('“”"»«‘’')
"""Marks of quotation that may stand before and behind a name."""
APPOSITION = 8
"""Tokens between an office and the name behind its comma: `der Leiter der Abteilung für Recht im Amt, N. N.,` has 7."""


def full_names(words: Sequence[Token], block: int, vocabulary: Counter[str], language: str) -> list[Name]:
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
    return following.is_capital or following.text == "." or _is_particle(following.text, language)


def _name_at(words: Sequence[Token], index: int, block: int, vocabulary: Counter[str], language: str) -> Name | None:
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
        elif role_gender(text, language) and not (role is None and is_typed(text)):
            role = (role[0] if role else place, place)
        elif not (text == "." and place > index and words[place - 1].text.lower() in known.titles):
            break
        place += 1
    if role is None and not titled:
        place = index
    following = words[place + 1].text if place + 1 < len(words) else ""
    bare = role is None and not titled and words[place].text not in listed("family_first")
    third = words[place + 2] if place + 2 < len(words) else None
    bare = bare and not may_be_given(words[place].text)
    if bare and following and is_typed(following) and third and third.is_capital:
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
    given = given_gender(parts[0]) if len(parts) > 1 or is_typed(parts[0]) else None  # Price is a man's name as well
    gender: Gender | None = given or ("f" if title_gender == "f" else "m" if title_gender == "m" else None)
    if gender is None and role is not None:
        told = role_gender(words[role[1]].text, language)
        gender = (
            "f" if told == "f" else "m" if told == "m" and known.compounds and _is_person_role(words, role) else None
        )
    family_first = (
        parts[0] in listed("family_first")
        and len(parts) > 1
        and not (given_gender(parts[0]) and len(parts) == 2 and "-" not in parts[1])  # noqa: PLR2004 - Kim Basinger
    )
    before = " ".join(word.text for word in words[role[0] : role[1] + 1]) if role else ""
    office = before or _apposed_role(words, last, language) or _role_before_comma(words, index, language)
    land = country_code(words[index - 1].text, language) if role and index else None
    return Name(
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
        if not words[place].is_word or text in word_class("perfect", language) | word_class("passive", language):
            break
        if role_gender(text, language) and place and words[place - 1].text.lower() in word_class("definite", language):
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
    if head in opening_words(language) and not is_given(head):
        return None
    if _is_said_twice(words, first, last) or _is_quoted(words, first, last):
        return None
    if is_place_or_firm(words, first, last, language) or is_place_after(words, last, language):
        return None
    if is_given(head):
        if count > 1:
            proved = anchored or titled or count > 2 or goes_with_given(words, first, last, language)  # noqa: PLR2004
            return last if proved else None
        return last if titled or (anchored and count == 1) else None
    may_be = count > 1 and may_be_given(head) and head.lower() not in particles()
    if may_be and goes_with_given(words, first, last, language):
        return last
    if head in listed("family_first") and count >= 2 and looks_east_asian(words, first, last):  # noqa: PLR2004
        return last
    if count == 2 and {head, words[last].text} <= listed("family_first"):  # noqa: PLR2004 - Han Lee
        return last
    if titled:
        second = words[first + 1].text if last > first else ""
        verb = _is_of_title(words, first, first + 1, language) and not is_family(second) if second else False
        return last if count <= 3 and not verb else first  # noqa: PLR2004 - Mr Weber Announces Winners
    if anchored:
        return last if follows_office(words, first, last, language) else None
    if count < 2:  # noqa: PLR2004 - a family name needs a given one, or an anchor
        return None
    apposed = not is_known(words[last].text, language) and _role_before_comma(words, first, language) is not None
    return last if apposed or is_unknown_pair(words, first, last, vocabulary, language) else None


def _is_said_twice(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether a run is one word and the same again: `Zack Zack`."""
    return last == first + 1 and words[first].text == words[last].text


def _is_quoted(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether marks enclose the run and nothing else, as the name of a work or a house: `die Schule „Ada Kern“`."""
    if not first or last == first or last + 1 >= len(words):
        return False
    return words[first - 1].text in OPENING and words[last + 1].text in CLOSING


def _longest_shape(words: Sequence[Token], first: int, language: str) -> int | None:
    """The run of name-shaped words, initials and particles from `first` on; None where `first` is none itself."""
    if not (is_name_shaped(words[first].text, language) or _is_called_like_country(words, first, language)):
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
        if _is_particle(text, language) and text not in opening_words(language):
            if _is_article_here(words, place, language):
                break
            place += 1
            continue
        if not words[place].is_capital or not (
            is_name_shaped(text, language) or _is_called_like(words, place, language)
        ):
            break
        if words[place - 1].text in particles() and _is_no_house(text, language):
            break
        if last > first and words[last].is_capital and not is_given(words[last].text):
            if words[place - 1].text in listed("origin"):
                break  # Martina Weber von der Bank: the name is complete before `von`
            article = words[place - 1].text.lower() in word_class("articles", language)
            if article and words[place - 2].text in listed("origin"):
                break  # Martina Weber von den Stadtwerken
            if text == words[first].text:
                break  # Martina Weber Martina Weber
            if place == last + 1 and is_typed(text) and _goes_on(words, place, language):
                break  # Martina Weber Anna Kern: the names of two
            if len(words[last].text) > 1 and _is_of_title(words, first, place, language):
                break
        author = not is_given(words[first].text) or _goes_on(words, place, language)
        if words[place - 1].text in listed("origin") and is_typed(text) and author:
            break  # Sonnenkinder von Anna Kern, Falco von Anna Kern
        if words[last].text.endswith(("’s", "'s")) or "/" in words[last].text:
            break
        if last > first and _is_behind_name(words[last].text, text, language):
            break
        if text in opening_words(language) and not _is_initial(words, place):
            break
        last = place
        place += 1
    return last


def _is_particle(word: str, language: str) -> bool:
    """Whether a word may stand inside a name; some are words of our own in one language only: `Ada des Prés`."""
    foreign = word in listed("foreign_particles") and word not in word_class("determiners", language)
    return foreign or word.lower() in particles()


def _is_article_here(words: Sequence[Token], place: int, language: str) -> bool:
    """Whether a particle is an article of our own, as none stands before it: `Petra den Brief`, not `Karl der Gute`."""
    if words[place].text not in word_class("definite", language) or _is_particle(words[place - 1].text, language):
        return False
    return place + 1 == len(words) or words[place + 1].text not in listed("epithets")


def _is_initial(words: Sequence[Token], place: int) -> bool:
    """Whether a letter stands for a name, as another one follows its stop: `Ada A. Kern`, not `King Francis I.`."""
    after = words[place + 1 : place + 3]
    return len(words[place].text) == 1 and len(after) == 2 and after[0].text == "." and after[1].is_capital  # noqa: PLR2004


def _is_of_title(words: Sequence[Token], first: int, place: int, language: str) -> bool:
    """Whether a common word behind a name of two is no part of it: `Martina Weber Talk Prices`; German nouns may be."""
    text = words[place].text
    if roles(language).compounds or is_typed(text) or not is_common(text, language):
        return False
    return not is_family(text) or is_title_case(words, first, place)


def _is_called_like(words: Sequence[Token], place: int, language: str) -> bool:
    """Whether a country or an office is a family name here, behind a given one: `Jack London`, `Gerhard Richter`."""
    text, before = words[place].text, words[place - 1]
    if not is_given(before.text) or not is_family(text) or before.end + 1 != words[place].start:
        return False
    return is_country_word(text, language) or role_gender(text, language) is not None


def _is_called_like_country(words: Sequence[Token], place: int, language: str) -> bool:
    """Whether the name of a country is a given name here, as a family name stands behind it: `Israel Rivera`."""
    if place + 1 >= len(words) or not is_typed(words[place].text) or not is_country_word(words[place].text, language):
        return False
    following = words[place + 1]
    aged = [word.text for word in words[place + 2 : place + 4] if word.text == "," or word.text.isdigit()]
    return (
        following.is_capital
        and following.start == words[place].end + 1
        and is_family(following.text)
        and following.text.lower() not in listed("place_nouns")
        and not is_country_word(following.text, language)
        and (
            len(aged) == 2  # noqa: PLR2004 - Israel Hill, 37,
            or not (is_common(following.text, language) and is_title_case(words, place, place + 1))
        )
    )


def _goes_on(words: Sequence[Token], place: int, language: str) -> bool:
    """Whether a word that could be a family name, and is no given one, stands right behind the one at `place`."""
    if place + 1 >= len(words) or not words[place + 1].is_capital or words[place + 1].start != words[place].end + 1:
        return False
    return is_name_shaped(words[place + 1].text, language) and not is_given(words[place + 1].text)


def _is_behind_name(before: str, word: str, language: str) -> bool:
    """Whether a third word is no part of a name: behind its genitive (`Eva Webers Erfahrung`), or a long noun."""
    if is_given(word) or not roles(language).compounds:
        return False
    if "-" in word and before.endswith("s"):  # Georg Büchners Woyzeck-Fragment
        return is_known(word.rsplit("-", 1)[-1], language)
    if not is_known(word, language):
        return False
    genitive = before.endswith("s") and (not is_known(before, language) or is_family(before[:-1]))
    return genitive or (len(word) >= LONG_NOUN and not is_family(word))


def _is_no_house(word: str, language: str) -> bool:
    """Whether a word behind `von` or `von der` is a thing or a body, not part of a name: `von der Universität`."""
    return is_body(word) or "-" in word or (roles(language).compounds and len(word) > 6 and is_known(word, language))  # noqa: PLR2004
