"""What kinds of things, deeds and qualities a text tells of, in a form that two languages can be compared by.

`data/<language>/verification_words.toml` orders words into fields, and a field into kinds that exclude one another (of
a weapon: missile, drone, tank). Words are found by their dictionary form; a German compound by its last part, while its
first only keeps a finding away (`Panzerfabrik` is a factory, and has to do with tanks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from briefing.dictionary import is_known, lemmatize
from briefing.lexicon import table
from briefing.verification.marks import quoted

GENERAL = "any"
"""The kind of a field's general word: `weapon` is no other weapon than a missile."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.!?:;,]")
_SHORTEST_TAIL = 6
"""Letters of a noun that is looked for at the end of compounds; shorter ones end other words: `Meilenstein`."""
_SHORTEST_HEAD = 4
_LONG = 12
"""Letters of an adjective that may be made of words."""
_DECLINED = re.compile(r"[dnt]e$")
"""How an adjective or participle ends that is used as a noun: `Verbündete`, in the lists `Verbündeter`."""
_REACH = 14
"""Words between a separable verb and its prefix, at most; the clause ends before, as a rule."""

WORDS = "verification_words"
"""The list that is read unless another is named."""

Kinds = Mapping[str, Mapping[str, str]]
"""Field → kind → the word that names it; the word is empty where it may mean something else."""


@dataclass(frozen=True, slots=True)
class Named:
    """A word that names a kind of thing, deed or quality."""

    field: str
    kind: str
    word: str
    start: int
    end: int
    is_sure: bool
    """Whether it means this kind wherever it stands."""


@dataclass(frozen=True, slots=True)
class _Entry:
    field: str
    kind: str
    is_sure: bool
    words: tuple[str, ...]
    """The entry, word by word, in small letters."""
    is_noun: bool
    """Whether it is written with a capital letter, in a language that so marks its nouns."""


def reads(language: str) -> bool:
    """Whether there is a list of words for the language."""
    return bool(table(language, WORDS))


@lru_cache(maxsize=16384)
def kinds(text: str, language: str) -> Kinds:
    """What `text` tells of: each field, the kinds it names, and the words by which it does."""
    found: dict[str, dict[str, str]] = {}
    for one in named(text, language):
        of_field = found.setdefault(one.field, {})
        of_field[one.kind] = of_field.get(one.kind) or (one.word if one.is_sure else "")
    return found


@lru_cache(maxsize=16384)
def named(text: str, language: str, name: str = WORDS) -> tuple[Named, ...]:
    """Every word of `text` that stands in a list, in order.

    Args:
        text: What is read.
        language: ISO 639-1 code.
        name: The list, `data/<language>/<name>.toml`: tables of kinds, each kind the words that name it.
    """
    idioms = _idioms(language, name)
    plain = idioms.sub(lambda match: "_" * len(match.group()), text) if idioms else text
    return tuple(_entries_in(plain, language, _listed(language, name)))


@cache
def _idioms(language: str, name: str) -> re.Pattern[str] | None:
    listed = str(table(language, name).get("idioms", ""))
    return (
        re.compile(rf"\b(?:{'|'.join(re.escape(one.strip()) for one in listed.split(','))})\b", re.IGNORECASE)
        if listed
        else None
    )


def merged(several: Iterable[Kinds]) -> Kinds:
    """What several texts tell of together."""
    found: dict[str, dict[str, str]] = {}
    for one in several:
        for field, of_field in one.items():
            same = found.setdefault(field, {})
            for kind, word in of_field.items():
                same[kind] = same.get(kind) or word
    return found


def _entries_in(text: str, language: str, listed: _Listed) -> Iterator[Named]:
    """The entries that `text` names; in quotation marks and in names they are not sure."""
    if not listed.first:
        return
    matches = list(_TOKEN.finditer(text))
    tokens = [match.group() for match in matches]
    forms = [_forms(token, language) for token in tokens]
    spans = quoted(text)
    opens = True
    for at, token in enumerate(tokens):
        if not token[0].isalpha():
            opens = opens or token in {".", "!", "?", ":"}
            continue
        if token in listed.idle:
            opens = False
            continue
        is_sure = not any(start <= matches[at].start() < end for start, end in spans)
        is_sure = is_sure and (listed.has_nouns or opens or token[0].islower())
        parts = _parts(token, language, listed) if listed.has_nouns or "-" in token else ()
        if not parts and not any(form in listed.first or form in listed.separable for form in forms[at]):
            listed.idle.add(token)
        found = [*_entries_at(tokens, forms, at, listed, opens=opens), *((entry, token) for entry in parts)]
        for entry, word in found:
            yield Named(entry.field, entry.kind, word, *matches[at].span(), entry.is_sure and is_sure)
        opens = False


def _entries_at(
    tokens: list[str], forms: list[tuple[str, ...]], at: int, listed: _Listed, *, opens: bool
) -> Iterator[tuple[_Entry, str]]:
    capital = tokens[at][0].isupper()
    for form in forms[at]:
        for entry in listed.first.get(form, ()):
            if _continues(entry.words, forms, at) and (
                not listed.has_nouns or (capital if entry.is_noun else not capital or opens)
            ):
                yield entry, " ".join(tokens[at : at + len(entry.words)])
        for prefix, entry in listed.separable.get(form, ()):
            if not capital and _is_parted(tokens, at, prefix):
                yield entry, f"{tokens[at]} … {prefix}"


def _continues(words: tuple[str, ...], forms: list[tuple[str, ...]], at: int) -> bool:
    return len(forms) >= at + len(words) and all(word in forms[at + n] for n, word in enumerate(words) if n)


def _is_parted(tokens: list[str], at: int, prefix: str) -> bool:
    """Whether the prefix of a separable verb closes the clause."""
    for later in range(at + 1, min(len(tokens), at + _REACH)):
        if tokens[later] == prefix:
            return (
                later + 1 == len(tokens) or not tokens[later + 1][0].isalpha() or tokens[later + 1] in {"und", "oder"}
            )
        if tokens[later] in {".", "!", "?", ";"}:
            return False
    return False


def _parts(token: str, language: str, listed: _Listed) -> tuple[_Entry, ...]:
    """The kinds of a compound: surely that of its last part, perhaps those of the others."""
    key = (token, language)
    if key not in listed.compounds:
        listed.compounds[key] = tuple(_read_parts(token, language, listed))
    return listed.compounds[key]


def _read_parts(token: str, language: str, listed: _Listed) -> Iterator[_Entry]:
    pieces = token.split("-")
    for number, piece in enumerate(pieces):
        is_last = number + 1 == len(pieces)
        for form in _forms(piece, language):
            if len(pieces) > 1:
                yield from (_unsure(entry) for entry in listed.first.get(form, ()) if len(entry.words) == 1)
            if listed.has_nouns:
                yield from _compound(form, language, listed, is_sure=is_last and token[0].isupper())


def _compound(form: str, language: str, listed: _Listed, *, is_sure: bool) -> Iterator[_Entry]:
    is_sure = is_sure and form not in listed.first
    for cut in range(_SHORTEST_HEAD - 1, len(form) - _SHORTEST_TAIL + 1):
        if form[cut:] in listed.tails and _is_known(form[:cut], language):
            yield from (entry if is_sure else _unsure(entry) for entry in listed.tails[form[cut:]])
    if len(form) >= _LONG and not is_sure:  # `aufenthaltsbeendend`
        for cut in range(_SHORTEST_HEAD, len(form) - _SHORTEST_TAIL + 1):
            for part in _forms(form[cut:], language):
                yield from (_unsure(entry) for entry in listed.first.get(part, ()) if len(entry.words) == 1)
    for cut in range(_SHORTEST_HEAD - 1, len(form)):
        yield from (_unsure(entry) for entry in listed.heads.get(form[:cut], ()))


@lru_cache(maxsize=65536)
def _is_known(head: str, language: str) -> bool:
    """Whether a dictionary has the first part of a compound: `Beistands` of a `vertrag`, no `Partnerschaftsv`."""
    plain = [head.removesuffix(joint) for joint in ("", "s", "es", "n", "en", "er", "e") if head.endswith(joint)]
    plain += [f"{head}e", *(head[cut:] for cut in range(3, len(head) - 3))]
    return any(len(one) > 2 and is_known(one.title(), lang=language) for one in plain)  # noqa: PLR2004


@cache
def _unsure(entry: _Entry) -> _Entry:
    return replace(entry, is_sure=False)


@lru_cache(maxsize=65536)
def _forms(token: str, language: str) -> tuple[str, ...]:
    """The word as written and as the dictionary has it, in small letters."""
    word = re.sub(r"[’']s$", "", token)
    found = {word, lemmatize(word, lang=language), lemmatize(word.lower(), lang=language)}
    found |= {f"{form}r" for form in found if form[0].isupper() and _DECLINED.search(form)}
    return tuple(sorted({form.casefold() for form in found}))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list of one language, indexed."""

    first: Mapping[str, tuple[_Entry, ...]]
    """Entries by their first word."""
    separable: Mapping[str, tuple[tuple[str, _Entry], ...]]
    """By the verb alone: its prefix, and the entry."""
    tails: Mapping[str, tuple[_Entry, ...]]
    heads: Mapping[str, tuple[_Entry, ...]]
    has_nouns: bool
    compounds: dict[tuple[str, str], tuple[_Entry, ...]]
    """The compounds that were read already: the same words come again and again."""
    idle: set[str]
    """The words that were read already and name nothing: most."""


@cache
def _listed(language: str, name: str) -> _Listed:
    first: dict[str, list[_Entry]] = {}
    separable: dict[str, list[tuple[str, _Entry]]] = {}
    tails: dict[str, list[_Entry]] = {}
    heads: dict[str, list[_Entry]] = {}
    entries = list(_entries(language, name))
    for entry, written in entries:
        first.setdefault(entry.words[0], []).append(entry)
        prefix, bar, verb = written.rpartition("|")
        if bar:
            separable.setdefault(verb, []).append((prefix.replace("|", ""), entry))
        if entry.is_noun and len(entry.words) == 1:
            if len(written) >= _SHORTEST_TAIL:
                tails.setdefault(entry.words[0], []).append(entry)
            if len(written) >= _SHORTEST_HEAD:
                heads.setdefault(entry.words[0].removesuffix("e"), []).append(entry)
    indexes = [{key: tuple(value) for key, value in one.items()} for one in (first, tails, heads)]
    parted = {key: tuple(value) for key, value in separable.items()}
    has_nouns = any(entry.is_noun for entry, _ in entries)
    return _Listed(
        first=indexes[0],
        separable=parted,
        tails=indexes[1],
        heads=indexes[2],
        has_nouns=has_nouns,
        compounds={},
        idle=set(),
    )


def _entries(language: str, name: str) -> Iterator[tuple[_Entry, str]]:
    marks_nouns = bool(table(language, "dates").get("capital_nouns"))
    for field, listed in table(language, name).items():
        for kind, words in listed.items() if isinstance(listed, dict) else ():
            for word in (word.strip() for word in words.split(",")):
                written = word.strip("()")
                parts = tuple(written.replace("|", "").casefold().split())
                if parts:
                    yield _Entry(field, kind, word[0] != "(", parts, marks_nouns and written[0].isupper()), written
