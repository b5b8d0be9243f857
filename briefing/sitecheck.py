"""The built site, read as a browser would: what `mkdocs build --strict` does not notice.

MkDocs checks links between Markdown files. It does not see a footnote without a note, an id given twice, a link in raw
HTML or to another language's site, two files with one address, or a page that asks another host for something. Here
the HTML itself is read, so it does not matter which template, theme or extension put a link there.

Rules of the findings, all errors:

    footnote-undefined   `[^x]` stands in the text: its note does not exist
    footnote-missing     a mark leads to a note that is not on the page
    footnote-unused      a note that no mark leads to
    footnote-duplicate   one label defined twice in a Markdown file (the converter drops one of them silently)
    id-duplicate         an id stands twice on a page: links lead to the first only
    link-broken          a link within the site leads to no file
    anchor-missing       a link leads to a page that has no such anchor
    link-scheme          a link or resource that is neither http(s) nor within the site
    other-host           something the browser would fetch from another host
    address-duplicate    two files that a case-insensitive disk or host takes for one
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from briefing.model import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

# Relations of <link> that make a browser connect or fetch; canonical, alternate, prev, next … only say something.
_FETCHING = frozenset(
    "stylesheet icon apple-touch-icon mask-icon manifest"
    " preload prefetch modulepreload preconnect dns-prefetch prerender".split()
)
_FETCHED = ("src", "poster", "data", "background", "ping")
_WEB = frozenset({"http", "https"})
# Raw HTML, because there a mark that an article contains stands as `&#91;^…`, and one that is left over as itself.
_BODY = re.compile(r"<body\b.*", re.DOTALL | re.IGNORECASE)
# What is not closed goes on to the end of the page, as in a browser (and a search for its end happens once).
_NO_PROSE = re.compile(
    r"<(code|pre|script|style|textarea|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_MARK = re.compile(r"\[\^[^\[\]\s]+\]")
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]]+)\]:", re.MULTILINE)
_FENCED = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1", re.DOTALL | re.MULTILINE)
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""", re.IGNORECASE)
_REFRESH_URL = re.compile(r"""url\s*=\s*["']?([^"']*)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Link:
    """An address as an element of a page has it."""

    address: str
    shown: str
    """The element, for the message: `<a href>`."""
    fetched: bool
    """The browser asks for it by itself."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What matters of one HTML file."""

    file: str
    ids: Mapping[str, int]
    """Each id, and each name of an anchor, with the number of elements that have it."""
    links: tuple[_Link, ...]
    left_over: tuple[str, ...]
    """Footnote marks that stand in the text as themselves."""
    notes: tuple[str, ...]
    """Ids of the notes at the end of the page."""
    marks: frozenset[str]
    """Ids of the notes that marks lead to."""
    canonical: str | None


def check_site(site: Path, docs: Path | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with the built site, by file.

    Takes 11 ms a page (Material's, 28 kB), most of it in the parser.

    Args:
        site: The folder that MkDocs built, with all languages in it.
        docs: The Markdown it was built from: reveals what the converter swallows (a label defined twice, two
            files for one page). Findings name files relative to either folder.
    """
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {file: _read(site, file) for file in files if file.endswith(".html")}
    root = _own_address(pages)
    targets = _Targets(frozenset(files), pages, root)
    findings = [finding for page in pages.values() for finding in _check_page(page, targets)]
    findings += [finding for file in files if file.endswith(".css") for finding in _check_css(site, file)]
    findings += _same_address(files)
    if docs is not None:
        findings += _check_markdown(docs)
    return tuple(sorted(findings, key=lambda finding: (finding.place, finding.rule, finding.message)))


# ---------------------------------------------------------------------------------------------------- reading a page


def _read(site: Path, file: str) -> _Page:
    """What matters of the HTML file `file`."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - half a second that the command's other verbs need not wait

    raw = (site / file).read_text("utf-8", errors="replace")
    soup = BeautifulSoup(raw, "lxml")
    ids: Counter[str] = Counter()
    links: list[_Link] = []
    notes: list[str] = []
    marks: set[str] = set()
    canonical = None
    for tag in soup.find_all():
        ids.update(_anchors(tag))
        links += _links(tag)
        if tag.name == "li":
            notes += [name for name in _anchors(tag) if name.startswith("fn:")]
        elif tag.name == "a" and "footnote-ref" in tag.get_attribute_list("class"):
            marks.add(unquote(str(tag.get("href", ""))).removeprefix("#"))
        elif tag.name == "link" and "canonical" in tag.get_attribute_list("rel"):
            canonical = str(tag.get("href", "")) or None
    left_over = tuple(dict.fromkeys(_MARK.findall(_prose(raw))))
    return _Page(file, ids, tuple(links), left_over, tuple(notes), frozenset(marks), canonical)


def _prose(raw: str) -> str:
    """The text of the page's body outside code, with character references as they stand in the file."""
    body = _BODY.search(raw)
    return _NO_PROSE.sub(" ", body[0] if body else raw)


def _anchors(tag: Tag) -> list[str]:
    """What a fragment can name this element by."""
    names = [tag.get("id"), tag.get("name") if tag.name == "a" else None]
    return list(dict.fromkeys(str(name) for name in names if name))


def _links(tag: Tag) -> Iterator[_Link]:
    """Every address that the element has."""
    if href := tag.get("href") or tag.get("xlink:href"):
        relations = {str(relation).lower() for relation in tag.get_attribute_list("rel") if relation}
        fetched = bool(relations & _FETCHING) if tag.name == "link" else tag.name in {"use", "image", "base"}
        yield _Link(str(href), f"<{tag.name} href>", fetched)
    if action := tag.get("action") or tag.get("formaction"):
        yield _Link(str(action), f"<{tag.name} action>", fetched=False)
    for key in _FETCHED:
        if value := tag.get(key):
            yield _Link(str(value), f"<{tag.name} {key}>", fetched=True)
    for key in ("srcset", "imagesrcset"):
        for candidate in str(tag.get(key, "")).split(","):
            if candidate.strip():
                yield _Link(candidate.split()[0], f"<{tag.name} {key}>", fetched=True)
    style = tag.get_text() if tag.name == "style" else str(tag.get("style", ""))
    yield from (_Link(address, f"style of <{tag.name}>", fetched=True) for address in _css_addresses(style))
    if tag.name == "meta" and str(tag.get("http-equiv", "")).lower() == "refresh":
        yield from (
            _Link(address, "<meta refresh>", fetched=True)
            for address in _REFRESH_URL.findall(str(tag.get("content", "")))
        )


def _css_addresses(css: str) -> Iterator[str]:
    """Addresses that a style sheet fetches; images written into it are none."""
    for found in _CSS_URL.finditer(css):
        address = (found[1] or found[2] or "").strip()
        if address and not address.lower().startswith("data:"):
            yield address


# --------------------------------------------------------------------------------------------------- checking a page


@dataclass(frozen=True, slots=True)
class _Targets:
    """What links can lead to."""

    files: frozenset[str]
    pages: Mapping[str, _Page]
    root: SplitResult | None
    """The site's own address, where its pages name it."""

    def find(self, page: str, path: str) -> str | None:
        """The file that `path`, as a link on `page` has it, leads to; None if there is none."""
        path = unquote(path)
        if not path:
            return page
        if path.startswith("/"):
            joined = path.removeprefix(self.root.path if self.root else "/").lstrip("/")
        else:
            joined = posixpath.join(posixpath.dirname(page), path)
        file = posixpath.normpath(joined or ".")
        index = posixpath.normpath(posixpath.join(file, "index.html"))
        candidates = (index,) if path.endswith("/") else (file, index)
        return next((candidate for candidate in candidates if candidate in self.files), None)


def _check_page(page: _Page, targets: _Targets) -> Iterator[Finding]:
    """What is wrong with one page."""
    for mark in page.left_over:
        yield _finding("footnote-undefined", page.file, f"{mark} stands in the text: no note of that name exists.")
    for note in sorted(page.marks - page.ids.keys()):
        yield _finding("footnote-missing", page.file, f"A mark leads to #{note}, which is not on the page.")
    for note in page.notes:
        if note not in page.marks:
            yield _finding("footnote-unused", page.file, f"No mark leads to the note #{note}.")
    for name, count in page.ids.items():
        if count > 1:
            yield _finding("id-duplicate", page.file, f"{count} elements have the id {name!r}.")
    for link in dict.fromkeys(page.links):
        yield from _check_link(page, link, targets)


def _check_link(page: _Page, link: _Link, targets: _Targets) -> Iterator[Finding]:
    """What is wrong with one address; a missing note is told by `_check_page`."""
    # As browsers do: no white space around, no tabs and line breaks within.
    address = re.sub(r"[\t\r\n]", "", link.address).strip("".join(map(chr, range(0x21))))
    try:
        split = urlsplit(address)
    except ValueError:
        yield _finding("link-broken", page.file, f"{link.shown} {address!r} is no address.")
        return
    if split.scheme and split.scheme not in _WEB:
        yield _finding(
            "link-scheme", page.file, f"{link.shown} {_short(address)!r} is neither http(s) nor within the site."
        )
        return
    if split.netloc:
        own = (
            targets.root is not None
            and split.netloc == targets.root.netloc
            and split.path.startswith(targets.root.path)
        )
        if not own:
            if link.fetched:
                yield _finding("other-host", page.file, f"{link.shown} asks {split.netloc} for {_short(address)!r}.")
            return
        split = split._replace(path=split.path or "/")
    yield from _check_target(page, link, split, targets)


def _check_target(page: _Page, link: _Link, split: SplitResult, targets: _Targets) -> Iterator[Finding]:
    """Whether the address within the site exists, with its anchor."""
    target = targets.find(page.file, split.path)
    if target is None:
        yield _finding("link-broken", page.file, f"{link.shown} {_short(link.address)!r} leads to no file.")
        return
    anchor = unquote(split.fragment.partition(":~:")[0])
    if not anchor or anchor == "top" or target not in targets.pages:
        return
    if target == page.file and anchor in page.marks:
        return
    if anchor not in targets.pages[target].ids:
        yield _finding(
            "anchor-missing", page.file, f"{link.shown} {_short(link.address)!r}: {target} has no anchor #{anchor}."
        )


def _check_css(site: Path, file: str) -> Iterator[Finding]:
    """What a style sheet asks of other hosts."""
    for address in _css_addresses((site / file).read_text("utf-8", errors="replace")):
        if urlsplit(address).netloc:
            yield _finding(
                "other-host", file, f"The style sheet asks {urlsplit(address).netloc} for {_short(address)!r}."
            )


# ---------------------------------------------------------------------------------------------------- the whole site


def _own_address(pages: Mapping[str, _Page]) -> SplitResult | None:
    """The site's own address, as its first page names it in `<link rel="canonical">`."""
    home = pages.get("index.html")
    if home is None or home.canonical is None:
        return None
    return urlsplit(urljoin(home.canonical, "."))


def _same_address(files: Iterable[str]) -> Iterator[Finding]:
    """Files, or pages, that some disk or host takes for one."""
    by_address: dict[str, list[str]] = defaultdict(list)
    for file in files:
        by_address[unicodedata.normalize("NFC", file).casefold()].append(file)
    for same in by_address.values():
        for other in same[1:]:
            yield _finding(
                "address-duplicate", other, f"{other} and {same[0]} have one address where case does not count."
            )


def _check_markdown(docs: Path) -> Iterator[Finding]:
    """What gets lost on the way from Markdown to HTML."""
    by_page: dict[str, list[str]] = defaultdict(list)
    for path in sorted(docs.rglob("*.md")):
        file = path.relative_to(docs).as_posix()
        folder, name = posixpath.split(file.removesuffix(".md"))
        page = folder if name.lower() in {"index", "readme"} else posixpath.join(folder, name)
        by_page[unicodedata.normalize("NFC", page).casefold()].append(file)
        labels = Counter(_DEFINITION.findall(_FENCED.sub("", path.read_text("utf-8", errors="replace"))))
        for label, count in labels.items():
            if count > 1:
                yield _finding("footnote-duplicate", file, f"The note [^{label}] is defined {count} times.")
    for same in by_page.values():
        for other in same[1:]:
            yield _finding("address-duplicate", other, f"{other} and {same[0]} become one page.")


def _finding(rule: str, file: str, message: str) -> Finding:
    """A finding about a file of the site."""
    return Finding(rule=rule, place=Place(file), message=message)


def _short(address: str) -> str:
    """`address`, cut where it would fill the line."""
    return address if len(address) <= 120 else f"{address[:119]}…"  # noqa: PLR2004 - one line of a terminal
