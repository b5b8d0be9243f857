"""The nouns of the package: every value that travels from one stage to the next.

All values are frozen and hold tuples, so a stage can only answer with new ones. This module imports no sibling. Spans
(`start`, `end`) are half-open code-point offsets into `Source.text`: for text files the decoded file as `reading`
settled it, for HTML the text that extraction took out of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

# --------------------------------------------------------------------------------------------------- places and spans


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file that a person edits; lines and columns count from 1, 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:column`, as editors and CI understand it."""
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


def fold(text: str) -> str:
    r"""`text` on one line, each run of white space a single space: how a slice is shown and compared.

    >>> fold("  two\n lines ")
    'two lines'
    """
    if text.isprintable() and "  " not in text:  # nearly always, in a third of the time; of white space a space alone
        return text.strip(" ")
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of damage that `reading` mended, and how often: `Repair("zero-width character removed", 3)`."""

    kind: str
    count: int


class Media(StrEnum):
    """What a file holds, told from its content and name."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of `seeds/`, decoded once; its text does not change afterwards."""

    file: str
    """Name of the file, relative to `seeds/`, with forward slashes; the path as given for files named by hand."""
    sha256: str
    """Hexadecimal SHA-256 of the bytes."""
    text: str
    media: Media
    encoding: str
    """Python's name of the encoding it was decoded with."""
    repairs: tuple[Repair, ...] = ()


# --------------------------------------------------------------------------------------------------------- extraction

BlockKind = Literal["heading", "paragraph", "quote", "list"]
RemovalKind = Literal[
    "navigation",
    "caption",
    "credit",
    "byline",
    "related",
    "comment",
    "widget",
    "paywall",
    "legal",
    "advert",
    "share",
    "title",
    "other",
]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, block quotation or list item of an article: a verbatim slice of its text."""

    kind: BlockKind
    text: str
    start: int
    end: int
    level: int = 0
    """Of a heading, 1 to 6, where known; of a list item its depth, from 0."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the file that is not the article's body, and why it was left out."""

    kind: RemovalKind
    text: str
    start: int
    end: int
    reason: str
    """For people: `'3 words, no sentence, before the article'`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of metadata and where it was found (`"JSON-LD headline"`, `"line 9"`, `"sources.yml"`)."""

    value: str
    where: str


Precision = Literal["minute", "day", "week", "month", "year", "decade", "unknown"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of the article: `value` in ISO 8601 (`2024-06-19`, `2024-06`), cut to its precision."""

    value: str
    precision: Precision
    where: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; what it does not say is `None` or empty, never guessed."""

    title: Found | None = None
    outlet: Found | None = None
    published: FoundDate | None = None
    updated: FoundDate | None = None
    language: Found | None = None
    """ISO 639-1 code of the article's language."""
    authors: tuple[Found, ...] = ()
    agencies: tuple[Found, ...] = ()
    """Agencies credited for the *text*; a photo credit is none."""
    cited: tuple[Found, ...] = ()
    """Outlets and agencies that the article quotes (`berichtete Bloomberg`)."""
    url: Found | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What extraction found in a document: the body as blocks, everything else as removals, both in file order."""

    document: Document
    text: str
    """What all spans point into: `document.text`, or for HTML the text taken out of the page."""
    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]
    metadata: Metadata

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.document.file

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the file."""
        return self.document.sha256


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document in which there is no article."""

    file: str
    reason: str
    """Short and stable: `no article`, `too large`, `binary`."""
    detail: str = ""


# ------------------------------------------------------------------------------------------------------------- memory


class Memory(Protocol):
    """What a stage may keep from one build to the next to save work; whatever it holds, results are the same."""

    def recall(self, name: str) -> bytes | None:
        """What was kept under `name` by the same version of the code; None where nothing was."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` for the next build."""


# ------------------------------------------------------------------------------------------------------ what is written


@dataclass(frozen=True, slots=True)
class Page:
    """A file that is written when somebody asks for its text."""

    write: Callable[[], str]
    stamp: str = ""
    """Tells everything that its text hangs on but the code; empty where that was not thought through."""


@dataclass(frozen=True, slots=True)
class PageStamps:
    """Stamps of pages by what they look at; empty where nobody keeps readings of sources."""

    cited: str = ""
    """Everything the briefing says, the sources that are cited, and the names of those that are not heard."""
    everything: str = ""
    """And all other sources."""


class Pages(Mapping[str, str]):
    """The texts of files by path, sorted, each written when it is asked for."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        """Write nothing yet.

        Args:
            pages: The files by path.
        """
        self._pages = dict(sorted(pages.items()))

    def __getitem__(self, path: str) -> str:
        """The text of a file, written anew each time."""
        return self._pages[path].write()

    def __iter__(self) -> Iterator[str]:
        """The paths, sorted."""
        return iter(self._pages)

    def __len__(self) -> int:
        """The number of files."""
        return len(self._pages)

    @property
    def pages(self) -> Mapping[str, Page]:
        """The files, unwritten."""
        return self._pages

    @property
    def stamps(self) -> Mapping[str, str]:
        """The stamps of those files that have one."""
        return {path: page.stamp for path, page in self._pages.items() if page.stamp}


# -------------------------------------------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """What `sources.yml` says of one file; every value outranks what was found in the file."""

    file: str
    place: Place
    slug: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    updated: str | None = None
    not_before: str | None = None
    """ISO date: the text cannot have been written earlier."""
    not_after: str | None = None
    """ISO date: the text cannot have been written later, so it proves nothing that came after."""
    dated: Mapping[str, str] = field(default_factory=dict)
    """How to name the time of an undated text, a text a language: `undated, before the visit`."""
    language: str | None = None
    authors: tuple[str, ...] | None = None
    agencies: tuple[str, ...] | None = None
    url: str | None = None
    rights: str | None = None
    """`passages`, `quotes` or `full`: overrules the project's `source_text` for this source."""
    note: str | None = None
    """How the values above are known."""
    guess: str | None = None
    """A likely outlet; for editors only, never shown as a fact."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is cited: an article, and what is known of where it comes from."""

    slug: str
    article: Article
    title: str | None
    outlet: str | None
    published: FoundDate | None
    updated: FoundDate | None
    not_before: str | None
    not_after: str | None
    dated: Mapping[str, str]
    language: str
    """ISO 639-1 code, `und` where it could not be told."""
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    cited: tuple[str, ...]
    url: str | None
    rights: str | None
    note: str | None

    @property
    def file(self) -> str:
        """Name of the file in `seeds/`."""
        return self.article.file

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the file."""
        return self.article.sha256

    @property
    def text(self) -> str:
        """What all spans of the source point into."""
        return self.article.text


# ------------------------------------------------------------------------------------------ segmentation, annotation


class Status(StrEnum):
    """How a passage stands to the truth."""

    REPORTED = "reported"
    """The outlet says so in its own voice."""
    STATED = "stated"
    """A party about itself, or its own view."""
    ALLEGED = "alleged"
    """A party about another."""
    DENIED = "denied"
    ASSESSED = "assessed"
    """An opinion, a fear or a forecast."""


Confidence = Literal["certain", "likely", "unknown"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a passage that decided something about it: a reporting verb, a modal, a denial."""

    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it, by the fullest name the article gives, and how sure that is; only `certain` is published."""

    name: str
    confidence: Confidence
    via: str | None = None
    """Who passes it on, where somebody does: the agency in "dpa reports that the minister said"."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, without the marks."""

    text: str
    start: int
    end: int
    speaker: Speaker | None = None
    kind: Literal["speech", "scare", "title"] = "speech"
    """Speech of a person or body; words held at arm's length; the title of a work."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: number times magnitude, its unit, what is counted, and how it is bounded."""

    text: str
    start: int
    end: int
    value: str
    """Exact decimal, without exponent or separators: `4800000`, `0.5`."""
    unit: str | None = None
    """Canonical (`EUR`, `km`, `percent`); None for a bare count."""
    subject: str | None = None
    bound: Literal["more than", "at least", "about", "up to", "less than", "almost"] | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written, and as resolved: `value` in ISO 8601 cut to its precision, None where it cannot be known."""

    text: str
    start: int
    end: int
    value: str | None
    precision: Precision
    derived: bool
    """True where the value was computed from the article's date (`am Mittwoch`) and does not stand in the text."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, agency or country as one passage names it."""

    name: str
    """Canonical within the article: a person's fullest form, a country's ISO 3166 name in the article's language."""
    kind: Literal["person", "organisation", "agency", "country"]
    text: str
    start: int
    end: int
    role: str | None = None
    code: str | None = None
    """ISO 3166-1 alpha-2 of a country, so that languages can be compared."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a source, the unit of citation: a verbatim slice, with what annotation read in it.

    `segment` fills the first six fields, `annotate` the others.
    """

    id: str
    """`<slug>-<hash of its words>`: stays when its neighbours change."""
    source: str
    """Slug of its source."""
    text: str
    start: int
    end: int
    block: int
    """Index of its block among the article's blocks."""
    status: Status = Status.REPORTED
    cues: tuple[Cue, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage as it is compared with others: forms of its words, and what fixes it to one thing in the world."""

    words: tuple[str, ...]
    """Dictionary forms of the words that carry meaning, in the order of the sentence; numbers as `#4.8`."""
    marks: tuple[str, ...]
    """What every language shares, sorted: countries and persons (`@DE`), figures and days (`#2024-06-19`)."""
    ages: tuple[str, ...]
    """Numbers that say how old somebody is, sorted: they tell who it is, and not what happened."""
    anchors: tuple[str, ...]
    """Names, countries, and numbers of two digits and more, sorted."""
    negated: bool


@dataclass(frozen=True, slots=True)
class Traits:
    """What comparing thousands of sources wants of one of them, as numbers.

    A feature is a word or mark of a `Wording`; it is known by a hash of eight bytes. Bytes are little-endian arrays of
    the stated type.
    """

    words: str
    """Its longer words, one a line: what a compound of any source may be made of."""
    features: bytes
    """uint64: every feature once, those of `words` first."""
    named: bytes
    """bool a feature: it is a person or a country."""
    starts: bytes
    """int32, one more than there are passages: where each one's features start in `members`."""
    members: bytes
    """int32: places in `features`, passage by passage."""
    ages: bytes
    """bool a member: it says how old somebody is."""
    contents: bytes
    """uint64 a passage: a hash of everything that comparing looks at."""
    quoting: bytes
    """bool a passage: it quotes somebody who is certain."""
    titled: bytes
    """float64 a passage: how much of the headline it says, 0 to 1."""
    names: bytes
    """uint64: the features that two sources on one event share."""
    runs: bytes
    """uint64: the runs of words outside quotation marks by which reprints are known."""
    compounds: bool
    """Its language writes compounds as one word."""
    denied: tuple[tuple[int, int], ...]
    """Passages that are denied by the one right behind them, with that one."""
    voices: tuple[tuple[int, tuple[str, ...], bool], ...]
    """Passages with certain speakers, these, and whether there is one of them whom the passage names as an actor."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the stages across sources want of one source, so that they need not open its whole analysis."""

    key: str
    """Tells this reading of the source from every other."""
    passages: tuple[str, ...]
    """Ids in file order."""
    blocks: tuple[int, ...]
    """The block of each passage."""
    words: tuple[int, ...]
    """Words of each passage."""
    removed: tuple[tuple[str, int], ...]
    """Kinds of removed lines and their number, in the order of the file."""
    figures: Mapping[int, frozenset[tuple[str, str | None]]]
    """Value and unit of the figures of each passage that has some."""
    actors: frozenset[str]
    """Names of everybody the passages name."""
    excerpts: tuple[tuple[int, int, int, int, int, bool, bool, bool], ...]
    """The stretches that can be read on their own: the numbers of the first passage and of the last, which is the one
    that is wanted; where the stretch starts and ends; its words; whether the last has a figure, a named speaker's
    words, and nobody, no figure and no date."""
    marks: bytes
    """uint32 in the order of the machine, sorted: what its text is known by that may share words with a statement."""
    traits: Traits


@dataclass(frozen=True, slots=True)
class AnnotatedSource:
    """A source and its passages in file order: what the stages across sources work on."""

    source: Source
    passages: tuple[Passage, ...]
    wordings: tuple[Wording, ...] = ()
    """Of each passage, where they were taken down when the source was read."""
    digest: Digest | None = None
    """Likewise."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its passages."""
        return tuple(passage.id for passage in self.passages)

    def passage(self, number: int) -> Passage:
        """One passage; where sources are read from the cache, this is cheaper than all."""
        return self.passages[number]

    def wording(self, number: int) -> Wording:
        """The wording of one passage, where wordings were taken down."""
        return self.wordings[number]


# ------------------------------------------------------------------------------------------------- topics, statements


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted stretch that proves a statement, as the editor wrote it (W3C TextQuoteSelector)."""

    source: str
    exact: str
    place: Place
    prefix: str = ""
    suffix: str = ""
    translation: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Who contradicts a statement, and with what proof."""

    by: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    text: Mapping[str, str] = field(default_factory=dict)
    """In our own words, a text a language; may be empty."""
    place: Place = Place("")
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each language's text stands, by language."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the briefing in our own words, one text a language, with its evidence."""

    id: str
    text: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    place: Place
    key: bool = False
    before: bool = False
    """It is background: it may rest on texts from before the event."""
    status: Status | None = None
    by: tuple[str, ...] = ()
    date: str | None = None
    """ISO date or year of what it tells, for the timeline."""
    section: Mapping[str, str] = field(default_factory=dict)
    disputed: tuple[Contradiction, ...] = ()
    allow: Mapping[str, str] = field(default_factory=dict)
    """Findings the editor overrules: rule → reason."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each language's text stands, by language."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of the briefing: its question, the terms that bring a passage to it, and its statements."""

    id: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    statements: tuple[Statement, ...]
    place: Place
    order: int = 0
    unknown: tuple[Mapping[str, str], ...] = ()
    """Questions that the sources leave open, a text a language."""


@dataclass(frozen=True, slots=True)
class Name:
    """How one person or body is called in each language: `names.yml`."""

    name: Mapping[str, str]
    role: Mapping[str, str]
    also: tuple[str, ...]
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Bearing:
    """How strongly a passage bears on a topic (0 to 1], and the words that earned it."""

    passage: str
    topic: str
    score: float
    words: tuple[str, ...]


# -------------------------------------------------------------------------------------- verification, corroboration


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a statement says that its evidence does not prove."""

    rule: str
    place: Place
    message: str
    statement: str = ""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class ResolvedEvidence:
    """Evidence that was found: exactly one span of one source, and the passages it lies in."""

    evidence: Evidence
    source: str
    passages: tuple[str, ...]
    exact: str
    """The verbatim slice of the source, which may differ from the editor's in white space and kind of marks only."""
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What passages of one or several sources say alike."""

    id: str
    passages: tuple[str, ...]
    sources: tuple[str, ...]
    chains: int
    rests_on: str | None = None


@dataclass(frozen=True, slots=True)
class DisputeSide:
    """One side of a dispute: who holds it, in which passages."""

    by: str | None
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim and its denial, or sources that differ on a date, a number or a wording; never resolved by us."""

    id: str
    kind: Literal["denial", "date", "figure", "wording"]
    sides: tuple[DisputeSide, ...]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How sources stand to one another: what they say alike, where they differ, and which share an origin."""

    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    origins: Mapping[str, str | None] = field(default_factory=dict)
    """For each source the chain it belongs to (the slug of its first member), None where no origin is known."""
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each source what it has its text from: agencies, its outlet, texts that others print too."""
    likely: tuple[tuple[str, str], ...] = ()
    """Pairs of passages that may say the same, the likeliest first: for `briefing suggest`, never for the site."""
    echo: Mapping[str, float] = field(default_factory=dict)
    """For each passage how much of what it speaks of other sources speak of too, 0 to 1."""

    def chains(self, sources: tuple[str, ...]) -> int:
        """How many separate ways a report in `sources` reached us, at most.

        A source of unknown origin never counts as a further one, so the count is an upper bound of what is known. Two
        sources are one way where they share an origin or a third of `sources` joins them; sources that are not asked
        about join nobody, so an article that is added elsewhere changes no count.
        """
        return len(self.ways(sources)) or min(1, len(sources)) if len(sources) > 1 else len(sources)

    def ways(self, sources: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The separate ways of a report, each with its sources; those of unknown origin are in none."""
        known = [(slug, origins) for slug in dict.fromkeys(sources) if (origins := self._known(slug))]
        if len(known) < 2:  # noqa: PLR2004 - nothing to join: most claims have two sources, and the origin of one is known
            return tuple((slug,) for slug, _ in known)
        groups: list[tuple[set[str], list[str]]] = []
        for slug, found in known:
            joined = [group for group in groups if group[0] & found]
            members = [*(one for _, slugs in joined for one in slugs), slug]
            groups = [group for group in groups if group not in joined]
            groups.append((found.union(*(origins for origins, _ in joined)), members))
        return tuple(tuple(slugs) for _, slugs in groups)

    def _known(self, slug: str) -> set[str]:
        """What a source is known to have its text from."""
        return set(self.shared.get(slug, ())) or {origin for origin in [self.origins.get(slug)] if origin}


# -------------------------------------------------------------------------------------------------------- composition


@dataclass(frozen=True, slots=True)
class Party:
    """Who says it, as the site names them in each language."""

    id: str
    """Safe for addresses: `ada-lind`."""
    name: Mapping[str, str]
    role: Mapping[str, str]
    kind: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the way from a statement to the exact words of a source."""

    label: str
    """`<slug>-<hash>`; the same words get the same label on every page and in every build."""
    source: str
    passages: tuple[str, ...]
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    translation: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ComposedContradiction:
    """Who contradicts a statement, in our words where the editor gave some, with footnotes."""

    by: tuple[Party, ...]
    text: Mapping[str, str]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ComposedStatement:
    """A statement with everything a page says about it."""

    id: str
    topic: str
    text: Mapping[str, str]
    """One text a language; of an automatic statement the passage itself, in every language the same."""
    language: str | None
    """Language of an automatic statement's text; None for texts of our own."""
    key: bool
    automatic: bool
    before: bool
    status: Status
    speakers: tuple[Party, ...]
    section: Mapping[str, str]
    date: str | None
    notes: tuple[Note, ...]
    sources: tuple[str, ...]
    chains: int
    rests_on: Party | None
    disputed: tuple[ComposedContradiction, ...]


@dataclass(frozen=True, slots=True)
class SpokenQuotation:
    """Words of a known speaker in a cited passage, for the lists of quotations."""

    speaker: Party
    text: str
    source: str
    passage: str


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """A figure of a cited passage, for the lists of figures."""

    figure: Figure
    source: str
    passage: str
    status: Status
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One topic: its statements in the order of the page, and what its cited passages hold besides."""

    topic: Topic
    statements: tuple[ComposedStatement, ...]
    """The editor's, in the editor's order; of a topic without any, the automatic ones."""
    also: tuple[ComposedStatement, ...] = ()
    """Strong claims that the statements leave out."""
    quotations: tuple[SpokenQuotation, ...] = ()
    figures: tuple[QuotedFigure, ...] = ()
    silent: tuple[str, ...] = ()
    """Of an automatic topic the sources that speak of it and of which nothing is shown, the oldest first."""


@dataclass(frozen=True, slots=True)
class Use:
    """A statement that cites a passage."""

    topic: str
    statement: str


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage on its source's page, the quoted stretches, and every statement that uses it."""

    passage: Passage
    marks: tuple[tuple[int, int], ...]
    """Disjoint, ordered spans into the source's text."""
    uses: tuple[Use, ...]
    follows: bool
    """It directly follows the passage shown before it, so no `[…]` stands between them."""
    paragraph: int
    """Number of its block among the article's paragraphs, from 1."""
    sentence: int
    """Number of its sentence in the block, from 1."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source: what the site shows of it."""

    source: Source
    shown: tuple[ShownPassage, ...]
    source_text: str
    """`passages`, `quotes` or `full`, as it holds for this source."""
    words: int
    shown_words: int
    used_in: tuple[str, ...]
    """Topics that cite it."""
    removed: tuple[tuple[str, int], ...] = ()
    """Kinds of removed lines and their number."""
    reading: str = ""
    """Tells this reading of the source from every other; empty where nobody keeps readings."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A statement that tells of a time."""

    date: str
    """ISO 8601, cut to its precision."""
    statement: ComposedStatement
    derived: bool
    """The date stands in none of the cited sentences as such: it follows from the article's own (`on Wednesday`)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks, with everything the site has of them."""

    party: Party
    statements: tuple[ComposedStatement, ...]
    contradicts: tuple[ComposedStatement, ...]
    """Statements of others that they contradict."""
    quotations: tuple[SpokenQuotation, ...]


@dataclass(frozen=True, slots=True)
class Unheard:
    """Somebody the cited sentences name, and whose own words stand in none of them."""

    party: Party
    code: str | None
    """ISO 3166-1 alpha-2 of a country."""
    passages: int


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """A figure with the topics whose statements cite its passage."""

    quoted: QuotedFigure
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundDispute:
    """Passages that differ, found by comparing the sources; every passage of it is shown on its source's page."""

    kind: str
    sides: tuple[tuple[Party | None, tuple[Passage, ...]], ...]


@dataclass(frozen=True, slots=True)
class Support:
    """How a topic is supported: its statements, by what stands behind them."""

    topic: str
    statements: int
    sources: tuple[str, ...]
    chains: int
    single_source: tuple[ComposedStatement, ...]
    single_chain: tuple[ComposedStatement, ...]
    """Of several sources, but at most one chain."""


@dataclass(frozen=True, slots=True)
class Overviews:
    """The same statements in other orders: by time, by speaker, by figure, by what supports them."""

    timeline: tuple[TimelineEntry, ...] = ()
    voices: tuple[Voice, ...] = ()
    unheard: tuple[Unheard, ...] = ()
    figures: tuple[ListedFigure, ...] = ()
    disputed: tuple[ComposedStatement, ...] = ()
    found_disputes: tuple[FoundDispute, ...] = ()
    support: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the whole site says, in every language, before any of it is Markdown."""

    title: Mapping[str, str]
    languages: tuple[str, ...]
    as_of: str | None
    """ISO date of the newest source; None where no source is dated."""
    topics: tuple[TopicPage, ...]
    sources: tuple[SourcePage, ...]
    rejected: tuple[Rejected, ...]
    corroboration: Corroboration
    parties: tuple[Party, ...]
    """Everybody who speaks in a statement or quotation, by first appearance."""
    overruled: tuple[tuple[str, str, str], ...] = ()
    """Statement id, rule and reason of each finding the editor overruled."""
    overviews: Overviews = Overviews()
    address: str = ""
    """Where the first language's site will stand, ending in a slash; empty where nobody said."""
    names: tuple[Name, ...] = ()
    """Everybody `names.yml` knows, so that a search finds them by any of their names."""
