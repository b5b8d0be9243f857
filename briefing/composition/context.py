"""Can a passage be read on its own? The guard before everything that the program chooses without an editor.

A sentence taken out of its article must not hide whom it means (`Er sagte`), what it speaks of (`Dies sei falsch`),
when (`gestern`) or who says it (the second sentence of a quotation). What leans only on the sentence before is shown
with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from briefing.dictionary import lemmatize
from briefing.lexicon import languages, table
from briefing.model import AnnotatedSource, Passage

Standing = Literal["alone", "leaning", "unfit"]
Stretch = tuple[int, int, int, int, int, bool, bool, bool]
"""What a `Digest` has of an `Excerpt`: all but the source, in the order of its fields."""
_FEWEST, _MOST = 5, 60
"""Words of an excerpt. Shorter ones are captions and exclamations; longer ones are lists and damaged sentence ends: of
20,849 passages of 420 pages 2 % are longer."""
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_EARLY = 5
"""Words at the start of a sentence among which a pronoun means somebody in the one before: `Im März blockierte sie`."""
_NOUN = 4
"""Words at the start of a sentence among which a German numeral has its noun: `Drei der vier Männer`."""
_INITIAL = re.compile(r"[A-ZÄÖÜ]\.s? (?=[a-zäöü])")
"""`F. war angeklagt`: the name stands before."""
_PLACE_LINE = re.compile(
    r"(?:\d{1,2}\.\d{1,2}\.\d{4}\s*\|?\s*)?"
    r"[A-ZÄÖÜ][\w.]+(?:[ /,-]+[A-ZÄÖÜ][\w.]+){0,4}(?: ?\([\w/ .-]{2,30}\))? ?(?:[–—-]|--) (?=\S)"
)
"""`Wien/Genf (Agentur) - `, which says where the report was written and is no part of the sentence."""
_MARKS = str.maketrans({"„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "‟": '"'})


class Excerpt(NamedTuple):
    """One or two neighbouring passages of a source that can be read on their own.

    Of those that nobody looks at only the numbers are known, for a topic of 1,000 sources has 16,000 of them.
    """

    annotated: AnnotatedSource
    first: int
    last: int
    """Number of the passage that was wanted; `first` is the same, or the one before."""
    start: int
    """Where it starts in its source's text, behind the place line of an agency."""
    end: int
    words: int
    has_figures: bool
    """Of the wanted passage, like the next."""
    has_named_quotation: bool
    is_plain: bool
    """It names nobody, no number and no day."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its passages."""
        ids = self.annotated.ids
        return (ids[self.last],) if self.first == self.last else ids[self.first : self.last + 1]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its passages; the last is the one that was wanted."""
        return tuple(self.annotated.passage(number) for number in range(self.first, self.last + 1))

    @property
    def text(self) -> str:
        """The verbatim slice."""
        if self.first == self.last:
            passage = self.annotated.passage(self.last)
            return passage.text[self.start - passage.start :]
        return self.annotated.source.text[self.start : self.end]


def stretches(annotated: AnnotatedSource) -> tuple[Stretch, ...]:
    """The stretches of text that can be shown, in the order of the file: all of an `Excerpt` but the source.

    Args:
        annotated: A source and its passages in file order.
    """
    return annotated.digest.excerpts if annotated.digest else readable(annotated)


def readable(annotated: AnnotatedSource) -> tuple[Stretch, ...]:
    """The stretches that can be read on their own, as a `Digest` has them; of one source, when it is read.

    Args:
        annotated: A source and its passages in file order.
    """
    source = annotated.source
    kinds = [block.kind for block in source.article.blocks]
    found = []
    before: Passage | None = None
    for number, passage in enumerate(annotated.passages):
        if kinds[passage.block] in {"heading", "list"}:
            before = None
            continue
        standing = _standing(passage, source.language)
        is_leaning = standing == "leaning" and before is not None and before.block == passage.block
        if standing == "alone" or is_leaning:
            first = number - is_leaning
            start, end, words = _stretch(source.text, annotated.passages[first].start, passage.end)
            if _FEWEST <= words <= _MOST:
                is_plain = not (passage.actors or passage.figures or passage.dates)
                quotes = _has_named_quotation(passage)
                found.append((first, number, start, end, words, bool(passage.figures), quotes, is_plain))
        before = passage if standing == "alone" else None
    return tuple(found)


def word_count(text: str) -> int:
    """Words of a text, as shares of it are counted."""
    return len(re.findall(r"\w+", text))


def word_counts(annotated: AnnotatedSource) -> tuple[int, ...]:
    """Words of each passage."""
    if annotated.digest:
        return annotated.digest.words
    return tuple(word_count(passage.text) for passage in annotated.passages)


def figures(passage: Passage) -> frozenset[tuple[str, str | None]]:
    """Value and unit of the figures of a passage."""
    return frozenset((figure.value, figure.unit) for figure in passage.figures)


def actors(annotated: AnnotatedSource) -> frozenset[str]:
    """Names of everybody the passages name."""
    if annotated.digest:
        return annotated.digest.actors
    return frozenset(actor.name for passage in annotated.passages for actor in passage.actors)


def _stretch(text: str, start: int, end: int) -> tuple[int, int, int]:
    """Where it starts behind a place line, where it ends, and how many words it has."""
    if place_line := _PLACE_LINE.match(text, start, end):
        start = place_line.end()
    return start, end, word_count(text[start:end])


def _has_named_quotation(passage: Passage) -> bool:
    return any(
        one.kind == "speech" and one.speaker is not None and one.speaker.confidence == "certain"
        for one in passage.quotations
    )


def _standing(passage: Passage, language: str) -> Standing:
    """Whether a passage can be read alone, with the sentence before it, or not at all."""
    lists = _of_language(language)
    text = passage.text.translate(_MARKS)
    unspoken = re.sub(r'"[^"]*"', lambda match: " " * len(match.group()), text)
    written = _WORD.findall(unspoken)
    words = [word.lower() for word in written]
    if _is_broken(text.strip()) or lists.days & set(words) or lists.first_person & set(words):
        return "unfit"
    if lists.address & {word for place, word in enumerate(written) if place} or lists.page & set(words):
        return "unfit"
    if (
        _hides_speaker(passage, words, lists)
        or _opens_back(written, passage, lists)
        or _points_back(passage, unspoken, lists)
    ):
        return "leaning"
    return "alone"


def _is_broken(text: str) -> bool:
    """Whether it is no whole statement: a question, an announcement, a row of a table, the middle of a quotation."""
    opening = text.lstrip("\"'‚‘(–-")[:1]
    return (
        not re.search(r"[.!][\"'’‘)\]]*$|[.!,]?[\"]$", text)
        or text.endswith(("…", "..."))
        or text.count('"') % 2 == 1
        or not (opening.isupper() or opening.isdigit())
        or text.isupper()
    )


def _hides_speaker(passage: Passage, unspoken: list[str], lists: _Lists) -> bool:
    """Whether it is speech, and the passage does not name the speaker."""
    quoted = any(quotation.kind == "speech" for quotation in passage.quotations)
    if not unspoken or (quoted and not _named(passage, lists)):
        return True
    names = [part for speaker in passage.speakers for part in speaker.name.split() if len(part) > 1]
    named = any(re.search(rf"\b{re.escape(name)}", passage.text) for name in names)
    return bool(passage.speakers) and not named


def _named(passage: Passage, lists: _Lists) -> list[int]:
    """Where people and bodies are named; a country, an agency or `the company` is nobody whom a pronoun means."""
    return [
        actor.start - passage.start
        for actor in passage.actors
        if actor.kind not in {"country", "agency"} and actor.text.lower() not in lists.bare_nouns
    ]


def _opens_back(written: list[str], passage: Passage, lists: _Lists) -> bool:
    """Whether the first words mean something that stands before the passage: `Sie`, `Deshalb`, `Das Unternehmen`."""
    first, following, *_ = *(word.lower() for word in written), ""
    if first in lists.articles and lists.is_article(written):
        noun = written[2].lower() if following in lists.numerals and len(written) > 2 else following  # noqa: PLR2004 - the two trains
        return lists.is_bare(noun) and not _named(passage, lists)
    countless = lists.capitals and first in lists.numerals and not any(map(_is_capital, written[1:_NOUN]))
    if countless or _INITIAL.match(passage.text):
        return True
    return (first in lists.openers or first in lists.pronouns) and following not in lists.times


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _points_back(passage: Passage, unspoken: str, lists: _Lists) -> bool:
    """Whether a pronoun stands before anything that it could mean."""
    matches = list(_WORD.finditer(unspoken))
    written = [match.group() for match in matches]
    names = _named(passage, lists)
    for place, (word, match) in enumerate(zip(written, matches, strict=True)):
        if word == lists.neuter and not unspoken[: match.start()].rstrip().endswith(","):
            if not any(following[0].isupper() for following in written[place + 1 : place + 4]):
                return True  # "Die Regierung bestreitet das.", but not "das neue Gesetz"
            continue
        if word in lists.adverbs and place < _EARLY and "," not in unspoken[: match.end() + 1]:
            return True  # "Drei Menschen kamen dabei ums Leben.", but not "damit, dass"
        if word not in lists.pronouns:  # capitalised ones open the sentence, or are forms of address
            continue
        if place + 1 < len(written) and written[place + 1].lower() in lists.times:
            continue
        if any(name < match.start() for name in names):
            continue
        if place < _EARLY or not any(lists.can_be_meant(before) for before in written[1:place]):
            return True
    return False


class _Lists:
    """The word lists of one language; of all together where it has none."""

    def __init__(self, language: str) -> None:
        read = _lists(language)
        self._language = language
        self.pronouns, self.openers, self.bare_nouns = read["pronouns"], read["openers"], read["bare_nouns"]
        self.articles, self.days = read["articles"], read["days"]
        self.first_person, self.times = read["first_person"], read["times"]
        self.address, self.page = read["address"], read["page"]
        self.adverbs, self.numerals = read["adverbs"], read["numerals"]
        self._endings = tuple(sorted(read["bare_endings"]))
        self._peoples = _peoples(language)
        self.neuter = str(table(language, "context").get("neuter", ""))
        self._empty = read["empty"]
        self.capitals = bool(table(language, "context").get("capital_nouns", False))

    def is_article(self, written: list[str]) -> bool:
        """Whether the first word belongs to a noun, and is no pronoun: `Das neue Gesetz`, not `Das sagt sie`."""
        following = written[1] if len(written) > 1 else ""
        if written[0].lower() not in self.openers or not self.capitals or following[:1].isupper():
            return True
        after = written[2] if len(written) > 2 else ""  # noqa: PLR2004 - article, adjective, noun
        is_verb = lemmatize(following, lang=self._language).endswith("n")
        return after[:1].isupper() and following.endswith("e") and not is_verb

    def is_bare(self, word: str) -> bool:
        """Whether it takes up what was named before: `the suspect`, `der 24-Jährige`."""
        one = word if self.capitals else word.removesuffix("s")
        return (
            word in self.bare_nouns or one in self.bare_nouns or word in self._peoples or word.endswith(self._endings)
        )

    def can_be_meant(self, word: str) -> bool:
        """Whether a pronoun can mean this word: a noun where capitals tell, else any of content."""
        lower = word.lower()
        if lower in self._empty or lower in self.times or not lower[0].isalpha():
            return False
        return not self.capitals or word[0].isupper()


@cache
def _of_language(language: str) -> _Lists:
    return _Lists(language)


@cache
def _lists(language: str) -> Mapping[str, frozenset[str]]:
    codes = [language] if table(language, "context") else list(languages())
    keys = (
        *("pronouns", "openers", "bare_nouns", "bare_endings", "articles", "adverbs", "numerals"),
        *("days", "first_person", "times", "address", "page"),
    )
    lists = {key: _words(codes, "context", key) for key in keys}
    return {**lists, "empty": _words(codes, "content", "empty")}


@cache
def _peoples(language: str) -> frozenset[str]:
    """What an inhabitant of each country is called, in small letters."""
    named = (names[1] for names in table(language, "countries").get("countries", {}).values())
    return frozenset(people.lower() for inhabitants in named for people in inhabitants.split("|") if people)


def _words(codes: list[str], name: str, key: str) -> frozenset[str]:
    return frozenset(word for code in codes for word in str(table(code, name).get(key, "")).split())
