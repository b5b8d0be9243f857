"""Blocks → passages: where one sentence ends and the next begins.

A sentence's end inside quotation marks counts, so `„Das reicht. Wir gehen“, sagte er.` holds two sentences. Every full
stop, question or exclamation mark that white space follows is a candidate; what stands before it (an abbreviation, an
initial, an ordinal) and after it (a small letter, a word that opens sentences) decides. The words for that are in
`data/<language>/sentences.toml`; a language without such a file gets the words of all languages together.

Each candidate looks at a bounded window of text only, so time grows in proportion to the text whatever it holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefing.lexicon import languages, table
from briefing.model import Passage, Source, fold

WINDOW = 48
"""Characters looked at before a candidate; the longest German abbreviation with its ordinal frame is below 30."""


class _Words(NamedTuple):
    """The words of one language that decide about a full stop, all in lower case."""

    bound: frozenset[str]
    open: frozenset[str]
    numbered: frozenset[str]
    closing: frozenset[str]
    openers: frozenset[str]
    ordinal_before: frozenset[str]
    ordinal_after: frozenset[str]
    asking: frozenset[str]
    """Verbs that may follow a question and a name."""
    ordinals: bool
    """Whether the language writes ordinals as a number and a full stop."""


def segment(source: Source) -> tuple[Passage, ...]:
    """Cut the paragraphs, quotations and list items of `source` into sentences.

    Headings give no passage. Passages are verbatim slices of `source.text`, in order, disjoint, and together cover all
    but the white space of their blocks.

    Returns:
        One passage a sentence, with its first six fields filled.
    """
    seen: dict[str, int] = {}
    passages = []
    for index, block in enumerate(source.article.blocks):
        if block.kind == "heading":
            continue
        for start, end in _sentences(source.text[block.start : block.end], source.language):
            text = source.text[block.start + start : block.start + end]
            name = f"{source.slug}-{hashlib.sha256(fold(text).encode()).hexdigest()[:8]}"
            seen[name] = seen.get(name, 0) + 1
            identifier = name if seen[name] == 1 else f"{name}-{seen[name]}"
            passages.append(
                Passage(identifier, source.slug, text, block.start + start, block.start + end, index),
            )
    return tuple(passages)


def _sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of `text`, without the white space between them."""
    words = _words(language)
    start = _skip_space(text, 0)
    for match in _candidate().finditer(text):
        if match.end() <= start:
            continue
        if _ends(text, start, match, words):
            yield start, match.end()
            start = _skip_space(text, match.end())
    end = len(text.rstrip())
    if start < end:
        yield start, end


@cache
def _candidate() -> re.Pattern[str]:
    """A possible end: closing punctuation with the marks and brackets that close after it, before white space.

    A mark set off by one space (`werden. “`) still closes when nothing follows it directly. An end glued to the next
    word (`Ende.Der`) is a candidate too, since scraped pages lose line breaks; a blank line always is an end.
    """
    closers = r"[\"“”»«’‘'›‹\)\]*†]"
    return re.compile(
        # asked first, because it fails at most places: a third of the time
        r"(?=[.!?…\n])(?:"
        rf"(?:[.!?…]{{1,8}}(?:{closers}|\[\d{{1,3}}\]|[ \u00a0]{closers}(?=\s|$)){{0,6}}(?=\s|$))"
        r"|(?<=[a-zß-öø-ÿ]{2})[.!?][\"“”»«]?(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])"
        r"|(?=\n[ \t]{0,8}\n))",
    )


def _ends(text: str, start: int, match: re.Match[str], words: _Words) -> bool:
    """Whether the candidate `match` ends the sentence that began at `start`."""
    token = match.group()
    if not token:
        return True
    after = _after(text, match.end())
    if not after.strip():
        return True
    if not text[match.end()].isspace():
        return token[0] in "?!" or _first_word(after) in words.openers
    if _opens_small(after):
        if len(token) > 1 or token[0] != ".":
            return False
        return _ends_before_small(text[max(start, match.start() - WINDOW) : match.start()], after, words)
    mark = token.rstrip("\"“”»«’‘'›‹)] \u00a0")
    before = text[max(start, match.start() - WINDOW) : match.start()]
    if token[0] == "." and not token.startswith(".."):
        return _stop_ends(before, after, token, words)
    if before.endswith("(") and token.endswith(")"):  # (!) and (?) comment on a word
        return False
    if mark.startswith(("..", "…")) and (before[-1:].isspace() or not before):  # "Das ist … Wahnsinn"
        return bool(before) and _first_word(after) in words.openers
    return not (mark[-1:] in "!?" and token[-1] in '"”“»«' and _asks(after, words))


def _ends_before_small(before: str, after: str, words: _Words) -> bool:
    """Whether a full stop ends a sentence although a small letter follows: a remark in brackets, hasty typing.

    On 124 German pages 57 of 330 full stops before a small letter were such ends, all after a word of five letters or
    more, or before a word that opens sentences; the others stood after abbreviations.
    """
    word = _last_word(before)
    if not word.isalpha() or _is_abbreviation(word, words) or word.lower() in words.numbered | words.closing:
        return False
    if after[0] == "(":
        return True
    if not after[0].isalpha():
        return False
    return len(word) >= 5 or (len(word) >= 3 and _first_word(after) in words.openers)  # noqa: PLR2004


def _stop_ends(before: str, after: str, token: str, words: _Words) -> bool:
    """Whether a single full stop after `before` ends a sentence when `after` follows."""
    if re.search(r"(?:://|www\.|@)\S*$", before):
        return True
    word = _last_word(before)
    opener = _first_word(after) in words.openers
    if len(token) > 1 and token[1:].strip(")]") != "":  # a quotation closes with it: „… usw.“
        return opener or not _is_abbreviation(word, words)
    if word[-1:].isdigit():
        return _number_ends(before, word, after, words, opener=opener)
    lower = word.lower()
    if lower in words.closing:
        return True
    if (lower in words.numbered or _tail(lower) in words.numbered or lower.endswith("str")) and after[:1].isdigit():
        return False
    if lower in words.open:
        return opener
    if lower in words.bound or _tail(lower) in words.bound:
        return False
    if _is_initial(word) or (words.ordinals and _is_roman(word)):
        return opener
    return True


def _is_abbreviation(word: str, words: _Words) -> bool:
    """Whether `word` needs the full stop after it."""
    return word.lower() in words.bound | words.open or _is_initial(word)


def _number_ends(before: str, word: str, after: str, words: _Words, *, opener: bool) -> bool:
    """Whether the full stop after a number ends the sentence, or makes an ordinal or the mark of a list item of it."""
    rest = before[: -len(word)].rstrip()
    digits = re.sub(r"\D", "", word)
    if not rest and len(digits) <= 3 and word == digits:  # noqa: PLR2004 - "1. Anreise", "100. Geburtstag"
        return False
    if not words.ordinals or word != digits or len(digits) > 3 or rest.endswith("/"):  # noqa: PLR2004 - 2019. is a year, not an ordinal
        return not (word[-2:-1] == "." and after.lstrip()[:1].isdigit())
    following = _first_word(after)
    if following in words.ordinal_after:
        return False
    if after.lstrip()[:1].isdigit():  # 19. 6. 2024
        return len(digits) > 2  # noqa: PLR2004 - days and months
    if opener:
        return True
    return len(digits) == 3 and _last_word(rest).lower() not in words.ordinal_before  # noqa: PLR2004


def _skip_space(text: str, position: int) -> int:
    """First position from `position` on that is no white space."""
    match = _not_space().search(text, position)
    return match.start() if match else len(text)


@cache
def _not_space() -> re.Pattern[str]:
    return re.compile(r"\S")


def _after(text: str, position: int) -> str:
    """The next words after `position`."""
    start = _skip_space(text, position)
    return text[start : start + WINDOW]


def _opens_small(after: str) -> bool:
    """Whether a small letter, or punctuation that cannot open a sentence, follows."""
    bare = after.lstrip("\"„“”»«‚‘’'›‹([–—-… .")
    if after[:1] in ",;:)]/&%" or (after[:1] in "–—-" and bare[:1].islower()):
        return True
    first = bare[:1]
    if bare.startswith(("http", "www.")):
        return False
    # iPhone, eBay: a small first letter with a capital behind it is a name, and may open a sentence
    return first.islower() and not bare[1:2].isupper()


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def _first_word(after: str) -> str:
    """The first word of `after`, in lower case."""
    match = _word_pattern().search(after)
    return match.group().lower() if match else ""


def _last_word(before: str) -> str:
    """What stands before the full stop up to a space, bracket, mark or dash, with full stops inside (`z.B`)."""
    match = re.search(r"[^\s()\[\]\"„“”»«‚‘’'/–—,;:]{1,40}$", before)
    return match.group() if match else ""


def _tail(word: str) -> str:
    """What follows the last hyphen or full stop of `word`: `Prof.Dr` → `dr`, `Dipl.-Ing` → `ing`."""
    return re.split(r"[-.]", word)[-1] if re.search(r"[-.]", word) else ""


def _is_initial(word: str) -> bool:
    """Whether `word` is one letter, or letters with full stops (`J`, `z.B`, `U.S`)."""
    return bool(re.fullmatch(r"[^\W\d_](?:\.-?[^\W\d_]{1,2})*", word)) or bool(
        re.fullmatch(r"[A-Z][a-z]?-[A-Z]|[CTP]h", word)
    )


def _is_roman(word: str) -> bool:
    """Whether `word` is a Roman number as rulers and popes bear it."""
    return bool(re.fullmatch(r"[IVX]{1,5}", word))


def _asks(after: str, words: _Words) -> bool:
    """Whether a name and a verb follow a question in marks, so that it goes on (`"Why?" Smith asked`)."""
    found = re.match(r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\s){1,3}(\w+)\b", after)
    return found is not None and found[1] in words.asking


@cache
def _words(language: str) -> _Words:
    """The deciding words of `language`; of all languages together where it has none of its own."""
    own = [language] if table(language, "sentences") else list(languages())

    def gather(key: str) -> frozenset[str]:
        return frozenset(word for code in own for word in str(table(code, "sentences").get(key, "")).lower().split())

    ordinal_after = gather("ordinal_after")
    return _Words(
        bound=gather("bound"),
        open=gather("open"),
        numbered=gather("numbered"),
        closing=gather("closing"),
        openers=gather("openers"),
        ordinal_before=gather("ordinal_before"),
        ordinal_after=ordinal_after,
        asking=gather("asking"),
        ordinals=bool(ordinal_after),
    )
