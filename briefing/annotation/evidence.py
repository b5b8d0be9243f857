"""What proves that capital words are a person, and what proves that they are none.

Each question is asked of a run of words that has the shape of a name; `fullnames` asks them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from briefing.annotation.countries import country_code, is_country_word
from briefing.annotation.forms import is_common, is_known, is_known_anywhere
from briefing.annotation.grammar import word_class
from briefing.annotation.namewords import (
    body_endings,
    firms,
    given_names,
    is_family,
    is_given,
    is_typed,
    legal_forms,
    listed,
    opening_words,
)
from briefing.annotation.offices import ends_in, role_gender, roles, traders
from briefing.annotation.tokens import Token
from briefing.lexicon import table, word_set

HEADLINE = 5
"""Words before and behind a name whose capitals are looked at."""


def is_unknown_pair(words: Sequence[Token], first: int, last: int, vocabulary: Counter[str], language: str) -> bool:
    """Whether two or three unknown words are a name, by what the article does with them elsewhere."""
    texts = [word.text for word in words[first : last + 1] if word.is_capital]
    if _has_initial(words, first, last, language) or _has_age(words, first, last, language):
        return True
    after_stop = first > 0 and words[first - 1].text == "."  # z. B. Kern
    if len(texts[0]) == 1 and words[first + 1].text == "." and is_family(texts[-1]) and not after_stop:  # R. Kern
        return not is_common(texts[-1], language)
    if (
        len(texts) > 3  # noqa: PLR2004 - four capitals are a title
        or any(word.text in listed("origin") for word in words[first:last])  # Wirtshaus vom Oberlehen
        or any(_is_abstract(text, language) for text in texts)
        or is_known_anywhere(texts[0])
        or "’" in texts[0][-3:]
        or "'" in texts[0][-3:]
        or goes_with_capital(words, first, language)
    ):
        return False
    if any("-" in text and is_known(text.rsplit("-", 1)[-1], language) for text in texts[:1]):  # Flatrate-Plattform
        return False
    article = first > 0 and words[first - 1].text.lower() in word_class("articles", language)
    listed_names = is_family(texts[-1]) or (is_family(texts[0]) and is_given(texts[-1]))  # Yuasa Masaaki
    syllable = texts[-1] in listed("family_first") and len(texts) == 2  # noqa: PLR2004 - Juhao Wang
    signed = first > 0 and words[first - 1].text in listed("bylines")  # By Alda Kern
    if signed and not is_known_anywhere(texts[-1]):
        return True
    if (syllable or (listed_names and not is_common(texts[-1], language))) and not article:
        return not roles(language).compounds or _stands_free(words, first, language)
    if is_known_anywhere(texts[-1]) or "’" in texts[-1][-3:] or "'" in texts[-1][-3:]:
        return False
    if _is_coordinated(words, first, last, language):
        return True
    if first and words[first - 1].text.lower() in word_class("prepositions", language) | word_class(
        "articles", language
    ):
        return False
    family, given = texts[-1], texts[0]
    alone = (
        vocabulary[family]
        + sum(vocabulary[family + ending] for ending in roles(language).genitive if len(ending) == 1)
        - vocabulary[given]
    )
    after = words[last + 1].text if last + 1 < len(words) else ""
    before = words[first - 1].text if first else ""
    verbs = speaking(language)
    return (
        alone > 0
        or after in verbs
        or after in word_class("of_persons", language)
        or before in verbs
        or (after == "," and last + 2 < len(words) and bool(role_gender(words[last + 2].text, language)))
        or (after == "(" and last + 2 < len(words) and country_code(words[last + 2].text, language) is not None)
    )


def goes_with_given(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether what stands behind a given name can be a family name: the surer the given name, the less is asked.

    A given name that is a word as well (`Temple`) wants a family name that is none; one of the lists a family name or
    a word that is none; one typed by hand is trusted, but where every word has a capital letter.
    """
    given, family = words[first].text, words[last].text
    place = family.lower() in listed("place_nouns")
    if is_typed(given):
        doubtful = is_common(family, language) and not is_family(family) and is_title_case(words, first, last)
        return roles(language).compounds or not doubtful
    if is_family(family) and not place:
        return is_given(given) or not is_common(family, language)
    return is_given(given) and not place and not is_common(family, language)


def _stands_free(words: Sequence[Token], first: int, language: str) -> bool:
    """Whether an unknown German word may be a given name: no compound, and no noun before it."""
    text = words[first].text
    before = words[first - 1] if first else None
    joined = before is not None and before.is_capital and before.end + 1 == words[first].start
    if before is not None and joined and before.text not in opening_words(language):
        return False
    return not any(is_known(text[place:].capitalize(), language) for place in range(3, len(text) - 3))


def is_title_case(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words around a name have capital letters too, as in headlines: `Grace Period Ends Today`."""
    around = [*words[max(0, first - HEADLINE) : first], *words[last + 1 : last + 1 + HEADLINE]]
    long = [word for word in around if word.is_word and len(word.text) > 3]  # noqa: PLR2004 - of, the, with stay small
    return sum(word.is_capital for word in long) > len(long) / 2


def _is_coordinated(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether a name whose given name is known stands beside the words, with `and` between: `X Y und Anja Kern`."""
    links = word_class("conjunctions", language)
    behind = words[last + 1 : last + 4]
    if len(behind) == 3 and behind[0].text in links and is_given(behind[1].text) and behind[2].is_capital:  # noqa: PLR2004
        return True
    before = words[max(0, first - 3) : first]
    return len(before) == 3 and before[2].text in links and is_given(before[0].text) and before[1].is_capital  # noqa: PLR2004


def goes_with_capital(words: Sequence[Token], first: int, language: str) -> bool:
    """Whether the word before belongs to the name, in a language that writes common nouns small: `Nam Nghi Phu`."""
    if roles(language).compounds or first == 0 or not words[first - 1].is_capital:
        return False
    before = words[first - 1]
    return before.end + 1 == words[first].start and not is_country_word(before.text, language)


def _has_initial(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether a word no dictionary has goes on with an initial: `Verdale V. Marquardt`, German also `Nuradi A.`."""
    if (
        is_known_anywhere(words[first].text)
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
    if not after[1].text.isdigit() or len(after[1].text) != 2 or any(_is_abstract(text, language) for text in texts):  # noqa: PLR2004
        return False
    before = words[first - 1].text.lower() if first else ""
    return before not in word_class("articles", language) and not all(map(is_known_anywhere, texts))


def follows_office(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether the run behind an office can be a name: unknown to the dictionary, or two capitals."""
    texts = [word.text for word in words[first : last + 1] if word.is_capital]
    if any(len(text) == 1 for text in texts[:1]):
        return len(texts) > 1
    unknown = [not is_known(text, language) or text in listed("family_first") or is_family(text) for text in texts]
    if len(texts) == 2 and roles(language).compounds and not any(_is_abstract(text, language) for text in texts):  # noqa: PLR2004
        return True  # an office and two more capitals: no German noun phrase but a name does so
    if len(texts) == 1:
        trader = first > 0 and any(
            ends_in(words[first - 1].text.lower().removesuffix(ending), traders(language))
            for ending in ("", *roles(language).inflections)
        )
        behind = words[last + 1] if last + 1 < len(words) else None
        if behind is not None and behind.is_capital and is_common(texts[0], language) and not roles(language).compounds:
            return False  # Chief Brand Officer
        return unknown[0] and not _is_abstract(texts[0], language) and not trader
    return unknown[-1] or unknown[0]


def looks_east_asian(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether a family name that stands first goes on as such names do: `Kim Dae-jung`, `Xi Jinping`, `Moon Jae In`."""
    parts = [word.text for word in words[first + 1 : last + 1] if word.text != "."]
    if any(len(part) > 9 or (part in given_names()) for part in parts):  # noqa: PLR2004 - longest syllable pair
        return False
    if len(parts) == 2 or "-" in parts[0] or len(parts[0]) >= 4:  # noqa: PLR2004
        return True
    return parts[0] in table("all", "given_names")["short_second"]


def is_place_or_firm(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether a name is a listed firm's (`Louis Vuitton`), or a place's called after somebody (`St. Louis Park`)."""
    texts = [word.text for word in words[max(0, first - 1) : last + 1]]
    begun = texts[1:] if first else texts
    if " ".join(texts[:2]) in firms() or any(" ".join(begun[:count]) in firms() for count in range(2, len(begun) + 1)):
        return True  # also what is left behind a firm's first word
    if last + 1 < len(words) and words[last + 1].text in legal_forms():
        return True
    if last > first and words[last].text.lower() in listed("place_closers"):
        return True
    if words[first].text in listed("house_openers") and not is_typed(words[first].text):
        return True
    before = words[first - 1].text if first else ""
    if before in {".", "„", "»", '"', "“"} and first > 1:
        before = words[first - 2].text
    return before in listed("place_openers") or (
        before in listed("named_after") and not _has_office(words, first, language)
    )


def _has_office(words: Sequence[Token], first: int, language: str) -> bool:
    """Whether an office stands before the body right before a name: `der Leiter der Kanzlei Ada Kern`."""
    return any(
        role_gender(word.text, language) for word in words[max(0, first - HEADLINE - 3) : first] if word.is_capital
    )


def is_place_after(words: Sequence[Token], last: int, language: str) -> bool:
    """Whether the run is a body or place named after somebody: `Konrad Adenauer Stiftung`, `Ada Kern Medical School`.

    A noun further on counts where nouns are written small, as capitals then belong to one name.
    """
    place = last + 1
    while place < len(words) and words[place].is_capital and words[place].start - words[place - 1].end <= 1:
        text = words[place].text
        if text.lower().removesuffix("s").endswith(body_endings()) and not role_gender(text, language):
            return True
        if roles(language).compounds or place > last + HEADLINE:
            return False
        place += 1
    return False


def _is_abstract(word: str, language: str) -> bool:
    """Whether a word has the ending of an abstract noun, which no name has."""
    return word.endswith(roles(language).abstract_endings)


@cache
def speaking(language: str) -> frozenset[str]:
    """Verbs that only say something."""
    return word_set(language, "speech", "certain")
