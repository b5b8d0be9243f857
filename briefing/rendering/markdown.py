r"""The one escape: text from anywhere, made to stand in a Markdown page as nothing but text.

Sources are data (DESIGN: "what always holds", 2). Every value that a template prints passes `escape`, wherever it
stands: in a paragraph, at the start of a line, after a list marker, in a heading, a table cell, the text of a link, a
double-quoted attribute, an element of raw HTML, or a double-quoted scalar of the front matter. One filter serves all
of them because it knows none of them: what could mean something in any of these places becomes a numeric character
reference, which Python-Markdown sets aside unread and a browser shows as the character it stands for. (Inside a code
span or a fenced block references stay unread, so the escape must not be used there.)

Why not a library: `html.escape`, and the escapes of mistune, html2text and markdownify, let between 39 and 56 % of 73
hostile strings come alive under Material's usual extensions. A backslash is no help either; it is literal inside raw
HTML, and extensions disagree about what it may precede.

Why not simply every punctuation mark: the pages are committed and reviewed as diffs. So a mark stays as it is
where its neighbours make it inert: 299 of the 462 in the first five seeds.

>>> escape("Der Hafen schließt früher, sagt die Stadt. Der Betreiber bestreitet das: kein Wort.")
'Der Hafen schließt früher, sagt die Stadt. Der Betreiber bestreitet das: kein Wort.'
>>> escape("*Nein* :smile: <b>")
'&#42;Nein&#42; &#58;smile: &#60;b&#62;'
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# Python-Markdown frames placeholders in STX and ETX; YAML and HTML allow none of these. White space is not among them.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Half a surrogate pair cannot be encoded in UTF-8; noncharacters cannot stand in YAML or XML.
_NO_CHARACTER = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0, 0x110000, 0x10000))
    + "]"
)
_SPACE = re.compile(r"\s+")

# All ASCII punctuation, and characters that a reader of a diff cannot see (joiners, soft hyphens, marks of direction).
_SPECIAL = re.compile(
    r"[!-/:-@\[-`{-~\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    # smartsymbols raises the letters of `1st`; a text may also begin where another one ended with the digit.
    r"|(?:(?<=[0-9])|^)(?:s(?=t)|[nr](?=d)|t(?=h))(?=.(?:(?![^\W_])|[a-f\d]{20}))"
    # magiclink takes 40 hexadecimal digits for a commit: of a long run only the last 19 stay, so that two texts side by
    # side make no 40 either (found by Hypothesis).
    r"|[a-f\d](?=[a-f\d]{19})"
)
# Marks that mean nothing to any extension, given the characters beside them.
_INERT = re.compile(
    r"[,%]"
    r"|(?<=[^\W_])-(?=[^\W_])"  # Vietnam-Reise, 2024-06-19; a list or a rule has a space or a further hyphen beside it
    r"|(?<=[^\W\d_])-(?=[ ,])"  # Atom- und Raketentests
    r"|(?<=\d)\.(?=\d)"  # 4.800.000
)
# More of them after the first word, which might mark a list (`1. `, `(a) `), a definition or metadata (`Key: `). No
# full stop after www, which magiclink would join to what follows; no `!` at the end, which makes an image of `[…]`;
# not `(c)`, `(r)` and `(tm)`, which smartsymbols makes signs of. (A `?` at the end is a risk right before a number
# only, and with magiclink's shorthand for repositories; questions are many.)
_INERT_LATER = re.compile(
    r"(?:(?<=[^\W_])|(?<=[“”„«»‘’)]))(?:(?<![wW]{3})\.(?=[ “”«»‘’)]|\Z)|[:;?](?=[ “”«»‘’)]|\Z)|!(?=[ “”«»‘’)]))"
    r"|(?<= )\((?=[^\W_])(?!(?i:c|r|tm)\))"
    r"|(?:(?<=[^\W_])|(?<=[.“”«»‘’]))\)(?=[ ,.;:“”«»‘’]|\Z)"
)


def visible(text: str) -> str:
    r"""What a page shows of `text`: white space folded to single spaces, control characters left out.

    Halves of surrogate pairs and noncharacters are shown as U+FFFD. A space at either end is kept, because what is
    printed may be a part of a sentence.

    >>> visible("two\n lines\x02 ")
    'two lines '
    """
    return _SPACE.sub(" ", _NO_CHARACTER.sub("\ufffd", _CONTROL.sub("", text)))


def escape(text: str) -> str:
    """`text` for any place of a Markdown page outside code: it appears literally, on one line, and nothing comes alive.

    Letters, digits, single spaces, typographic quotes and marks that their neighbours make harmless stay as they
    are; the rest becomes numeric character references. Not idempotent: escape a value once, where it is printed.

    >>> escape("1. Mai: 3/4 [x](y)")
    '1&#46; Mai: 3&#47;4 &#91;x&#93;&#40;y)'
    """
    shown = visible(text)
    core = shown.strip(" ")
    first_word = len(core.partition(" ")[0])

    def encoded(match: re.Match[str]) -> str:
        """The character itself where it is inert, otherwise its reference."""
        at = match.start()
        inert = _INERT.match(core, at) or (at > first_word and _INERT_LATER.match(core, at))
        return match[0] if inert else f"&#{ord(match[0])};"

    # A space at an edge becomes a reference: as itself it could undo emphasis around it or, doubled, break the line.
    before = "&#32;" if shown.startswith(" ") else ""
    after = "&#32;" if core and shown.endswith(" ") else ""
    return f"{before}{_SPECIAL.sub(encoded, core)}{after}"


# Of the characters that may stand in a URL (RFC 3986), those that mean nothing to Markdown within a link.
_URL_LITERAL = "/:.?=%+,;-"
_URL_REFERENCE = "&#_~!$'()*@[]"
_HOST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def link_target(url: str) -> str | None:
    """`url` for the parentheses of a Markdown link or a double-quoted `href`, or None if it must not become a link.

    Only complete http and https addresses become links: no other scheme, no user name (which imitates a host), nothing
    that a browser would mend silently (control characters, line breaks, backslashes in the host). Characters that
    cannot stand in an address are percent-encoded as UTF-8, and what Markdown or HTML would read is a character
    reference; so the value goes into the page as it is and must not be escaped again.

    >>> link_target("https://example.org/a_b?x=1&y=ä b")
    'https://example.org/a&#95;b?x=1&#38;y=%C3%A4%20b'
    >>> link_target("javascript:alert(1)") is None
    True
    """
    address = _percent_encoded(url)
    return None if address is None else _referenced(address)


def text_fragment(url: str, exact: str, prefix: str = "", suffix: str = "") -> str | None:
    """`link_target(url)` that leads to the words `exact` on the page, or None if `url` must not become a link.

    As the WICG draft *Text Fragments* has it: `#:~:text=[prefix-,]start[,end][,-suffix]`, with `-`, `,` and `&` of the
    words percent-encoded. Beyond `_LONG_QUOTE` characters the words are named by their beginning and end, since
    browsers look for the whole of `start` within one block.

    Args:
        url: The publisher's page.
        exact: The quoted words; white space is folded.
        prefix: Words right before them, where they alone are not unique; may be empty.
        suffix: Words right after them; may be empty.

    >>> text_fragment("https://example.org/a", "Beistand, sofort", prefix="sagte")
    'https://example.org/a&#35;:&#126;:text=sagte-,Beistand%2C%20sofort'
    """
    address = _percent_encoded(url)
    if address is None:
        return None
    words = visible(exact).strip()
    if not words:
        return _referenced(address)
    parts = [_directive(words)] if len(words) <= _LONG_QUOTE else _both_ends(words)
    if before := visible(prefix).strip():
        parts.insert(0, f"{_directive(before)}-")
    if after := visible(suffix).strip():
        parts.append(f"-{_directive(after)}")
    hash_mark = "" if "#" in address else "#"
    return _referenced(f"{address}{hash_mark}:~:text={','.join(parts)}")


# Chromium's own "copy link to highlight" names ends instead of the whole from 300 characters on.
_LONG_QUOTE = 300
_END_WORDS = 6


def _both_ends(words: str) -> list[str]:
    """The first and the last words of a long quotation, as the two ends of a range."""
    split = words.split(" ")
    if len(split) < 2 * _END_WORDS:
        return [_directive(words)]
    return [_directive(" ".join(end)) for end in (split[:_END_WORDS], split[-_END_WORDS:])]


def _directive(words: str) -> str:
    """`words` percent-encoded for a text directive; unlike elsewhere in a URL, `-` means something there."""
    return quote(words, safe="").replace("-", "%2D")


def _percent_encoded(url: str) -> str | None:
    """`url` in ASCII, each character that cannot stand in a URL percent-encoded; None if it is no web address."""
    url = url.strip()
    if visible(url) != url or "\\" in url:
        return None
    try:
        split = urlsplit(url)
        _ = split.port  # raises where it is no number
    except ValueError:
        return None
    host = split.netloc.rpartition(":")[0] if split.port is not None else split.netloc
    if split.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        return None
    return _BAD_PERCENT.sub("%25", quote(url, safe=_URL_LITERAL + _URL_REFERENCE))


def _referenced(address: str) -> str:
    """A percent-encoded address with character references for what Markdown or HTML would read."""
    return "".join(f"&#{ord(mark)};" if mark in _URL_REFERENCE else mark for mark in address)
