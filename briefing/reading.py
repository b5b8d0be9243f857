"""Bytes to text, once: the encoding found, damage repaired and counted, what is not text refused.

After this stage a text does not change any more; every span of every later stage points into it. So everything that
could make two readers see two different texts is settled here: encoding, line ends, mojibake, composition (NFC), and
the characters that cannot be seen. What a journalist typed stays: typographic quotation marks are evidence.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import os
import re
import stat
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.model import Document, Media, Place, Repair

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED = frozenset({".txt", ".html", ".htm", ".md"})
"""Endings, in lower case, of the files that are sources; others are named and skipped by whoever lists a folder."""

LIMIT = 5_000_000
"""Bytes. The largest of 654 labelled pages has 0.9 million with all its scripts; five times that is no article."""

_NOT_BLANK = re.compile(rb"[^\0 \t\r\n]")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
)

_CONTROLS = bytes((*range(9), *range(14, 32)))

_BINARY_SHARE = 0.02
"""Share of control characters above which bytes are no text; the labelled pages have none at all."""

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)

# What Windows-1252 text in the languages of western Europe holds beyond ASCII: letters and typographic marks.
_WESTERN = frozenset("äöüßÄÖÜéèêëàâáãåçñîïíìóòôõúùûøæœÉÈÊÀÁÂÇÑÍÓÔÚØÆŒÅÿ„“”‘’‚–—…€£§°©®«»‹›·•¿¡´½¼¾²³µ±×\u00a0\u00ad™ºª")
_WESTERN_SHARE = 0.97

# Not seen, or changing the order of what is seen. ZWNJ and ZWJ are in the list and excused below, where they are
# spelling.
_INVISIBLE = {
    "soft hyphen removed": "\u00ad",
    "zero-width character removed": (
        "\u200b\u200c\u200d\u2060\ufeff\u180e\u2061\u2062\u2063\u2064\u034f\u3164\uffa0\u115f\u1160\u17b4\u17b5"
    ),
    "direction-changing character removed": (
        "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    ),
    "invisible annotation character removed": "\ufff9\ufffa\ufffb",
}
_KIND_OF = {character: kind for kind, characters in _INVISIBLE.items() for character in characters}
_UNSEEN = re.compile(
    f"[{''.join(_KIND_OF)}\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ufffe\uffff\U000e0000-\U000e0fff]"
)
# The bytes of a character in UTF-8 read as Latin-1 or Windows-1252: in all mojibake that can be undone with certainty,
# and a quarter of the time of ftfy's own test or less. Of two bytes without the last lead, for that is an ß, as in
# `Fuß”`; of three and more at least three, for `ä”` and `é»` are no damage. Of 3,329 damaged texts all but 3 have it.
_TRAIL = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
_MAYBE_MOJIBAKE = re.compile(f"[\u00c2-\u00de][{_TRAIL}]|[\u00e0-\u00f4][{_TRAIL}]{{2}}")
_MOST_MARKS = 30
_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")  # a combining character is no letter to `re`
_PLAIN = bytes((*range(0x20, 0x7F), *b"\t\n\r\v\f"))
_PLAIN_BLANKED = bytes.maketrans(_PLAIN, b" " * len(_PLAIN))
_JOINERS = "\u200c\u200d"
_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}"
    r"|shy|zwj|zwnj|lrm|rlm|ZeroWidthSpace|NoBreak|InvisibleTimes|InvisibleComma|ApplyFunction);?"
)
_TAG = re.compile(r"<(?:!doctype|html|head|body|div|article|p|span|table|section|main|meta|script)\b", re.IGNORECASE)


def read(path: Path, *, root: Path | None = None, limit: int = LIMIT) -> Document:
    """The document in a file: `fetch`, then `settle`.

    Raises:
        SourceError: As `fetch` and `settle` do.
    """
    name, data = fetch(path, root=root, limit=limit)
    return settle(data, name, limit=limit)


def fetch(path: Path, *, root: Path | None = None, limit: int = LIMIT) -> tuple[str, bytes]:
    """The name of a file's document and its bytes: the part of reading that touches the file.

    Args:
        path: The file.
        root: The folder of sources; the document is named relative to it, and a link that leads out of it is refused.
        limit: Size in bytes above which a file is refused.

    Raises:
        SourceError: The file is too large, cannot be read, or is a link that leads out of `root`.
    """
    name = _name(path, root)
    try:
        if root is not None and _is_linked(path, root) and not path.resolve(strict=True).is_relative_to(root.resolve()):
            message = "is a link that leads out of the folder of sources; copy the file itself there"
            raise SourceError(message, Place(name))
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            message = "is no regular file; a source is a file of text"
            raise SourceError(message, Place(name))
        if status.st_size > limit:
            raise _too_large(status.st_size, limit, name)
        data = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a ring of links, on Python before 3.13
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise SourceError(message, Place(name)) from error
    return name, data


def _is_linked(path: Path, root: Path) -> bool:
    """Whether a link stands between a folder and a file in it; without one, nothing leads out of the folder."""
    if not path.is_relative_to(root) or ".." in path.parts:
        return True
    above = os.fspath(root)
    for name in path.relative_to(root).parts:
        above = f"{above}/{name}"
        if os.path.islink(above):  # noqa: PTH114 - paths as such are made ten times as slowly as asked
            return True
    return False


def settle(data: bytes, file: str, *, limit: int = LIMIT) -> Document:
    """The document in these bytes: the part of reading that touches no file.

    The same bytes always give the same document, and a document's text, encoded in UTF-8, gives itself again.

    Args:
        data: The bytes as they were scraped.
        file: The name to give the document; its ending helps to tell HTML and Markdown.
        limit: Size in bytes above which they are refused.

    Raises:
        SourceError: The bytes are empty, too many, or no text.
    """
    if len(data) > limit:
        raise _too_large(len(data), limit, file)
    if not _NOT_BLANK.search(data):
        message = "is empty; remove it, or scrape the article again"
        raise SourceError(message, Place(file))
    repairs: Counter[str] = Counter()
    raw, encoding = _decode(data, file, repairs)
    text = _repair(raw, repairs)
    media = _media(text, file)
    if media is Media.HTML:
        text = _without_references(text, repairs)
    if not text or text.isspace():
        message = "holds no visible character; remove it, or scrape the article again"
        raise SourceError(message, Place(file))
    return Document(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        media=media,
        encoding=encoding,
        repairs=tuple(Repair(kind, count) for kind, count in sorted(repairs.items()) if count),
    )


def _name(path: Path, root: Path | None) -> str:
    if root is not None and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return path.as_posix()


def _too_large(size: int, limit: int, file: str) -> SourceError:
    message = f"has {size:,} bytes, more than the limit of {limit:,}; scrape the article alone, or raise the limit"
    return SourceError(message, Place(file))


# ----------------------------------------------------------------------------------------------------------- decoding


def _decode(data: bytes, file: str, repairs: Counter[str]) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            repairs["byte order mark removed"] += 1
            return _lossy(data[len(mark) :], encoding, repairs), encoding
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise _binary(f"looks like {kind}", file)
    if wide := _wide(data):
        return _lossy(data, wide, repairs), wide
    controls = len(data) - len(data.translate(None, delete=_CONTROLS))
    if controls > max(8, _BINARY_SHARE * len(data)):
        raise _binary(f"{controls} of its {len(data)} bytes are control characters", file)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, repairs)


def _binary(why: str, file: str) -> SourceError:
    message = f"is no text file ({why}); sources are .txt, .html or .md"
    return SourceError(message, Place(file))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: most characters of the first bytes have a zero byte in the same place."""
    head = data[:4000]
    if 0 not in head:
        return None
    quarter = max(1, len(head) // 4)
    zeros = [head[offset::4].count(0) / quarter for offset in range(4)]
    seen, none = 0.5, 0.1
    if zeros[1] > seen and zeros[3] > seen and zeros[0] < none:
        return "utf-32-le" if zeros[2] > seen else "utf-16-le"
    if zeros[0] > seen and zeros[2] > seen and zeros[3] < none:
        return "utf-16-be" if zeros[1] < none else None
    if min(zeros[:3]) > seen and zeros[3] < none:
        return "utf-32-be"
    return None


def _lossy(data: bytes, encoding: str, repairs: Counter[str]) -> str:
    text = data.decode(encoding, "replace")
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        repairs["undecodable byte replaced"] += max(1, text.count("\ufffd"))
    return text


def _legacy(data: bytes, repairs: Counter[str]) -> tuple[str, str]:
    """Bytes that are not UTF-8 throughout: torn UTF-8, the declared encoding, Windows-1252, or the likeliest."""
    torn = data.decode("utf-8", "replace")
    damage = torn.count("\ufffd")
    letters = sum(1 for character in torn if character > "\x7f") - damage
    if letters > 10 * damage:  # a page cut in the middle of a character, or pasted together from two
        repairs["undecodable byte replaced"] += damage
        return torn, "utf-8"
    if (declared := _declared(data)) is not None:
        return declared
    western = _windows_1252(data)
    beyond = [character for character in western if character > "\x7f"]
    if sum(character in _WESTERN for character in beyond) >= _WESTERN_SHARE * len(beyond):
        return western, "windows-1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 20 ms to import, needed by few files

    best = from_bytes(data[:200_000], threshold=0.3).best()
    if best is not None and best.encoding not in {"utf_8", "ascii"}:
        try:
            return data.decode(best.encoding), best.encoding.replace("_", "-")
        except (UnicodeDecodeError, LookupError):
            pass
    return western, "windows-1252"


def _declared(data: bytes) -> tuple[str, str] | None:
    """The text by the encoding that an HTML page declares, if it exists and fits; a wrong declaration is ignored."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii"))
    except LookupError:
        return None
    if not getattr(codec, "_is_text_encoding", True) or codec.name in {"utf-8", "utf-16", "utf-32", "utf-7", "ascii"}:
        return None
    if codec.name in {"iso8859-1", "cp1252"}:  # browsers read both as Windows-1252 (WHATWG Encoding Standard)
        return _windows_1252(data), "windows-1252"
    try:
        return data.decode(codec.name), codec.name
    except (UnicodeDecodeError, ValueError):
        return None


def _windows_1252(data: bytes) -> str:
    """Windows-1252 as browsers read it: its five empty places are control characters, so every byte has a meaning."""
    pieces = re.split(rb"([\x81\x8d\x8f\x90\x9d]+)", data)
    return "".join(piece.decode("latin-1" if index % 2 else "cp1252") for index, piece in enumerate(pieces))


# ------------------------------------------------------------------------------------------------------------- repair


def _repair(text: str, repairs: Counter[str]) -> str:
    """`text` with uniform line ends, mojibake undone, the unseen removed, composed; repeated until nothing changes.

    One pass nearly always suffices. Undoing mojibake can bring up a soft hyphen, and removing one can bring letters
    together that compose, hence the loop; each pass shortens the text or leaves it, so it ends.
    """
    for _ in range(8):
        rare = _rare(text)  # tells what there is to mend, and saves looking through the whole text for each of it
        before = text = _with_plain_line_ends(text, rare, repairs)
        if _MAYBE_MOJIBAKE.search(rare):
            text = _unmojibake(text, repairs)
            rare = _rare(text)
        if _UNSEEN.search(rare):
            text = _without_unseen(text, repairs)
            rare = _rare(text)
        if _MARKS.search(rare):
            text = _without_surplus_marks(text, repairs)
        if _may_compose(rare):
            text = _composed(text, repairs)
        if text == before:
            break
    return text


def _rare(text: str) -> str:
    """Each row of characters that are no plain ASCII, once: of most pages a hundredth.

    In rows, because mojibake and characters that compose are told by neighbours.
    """
    rows = text.encode("utf-8", "surrogatepass").translate(_PLAIN_BLANKED).split()
    return b" ".join(dict.fromkeys(rows)).decode("utf-8", "surrogatepass")


def _may_compose(rare: str) -> bool:
    """True where characters could compose with each other, or marks with the plain letters before them."""
    return not unicodedata.is_normalized("NFC", rare) or any(map(unicodedata.combining, set(rare)))


def _with_plain_line_ends(text: str, rare: str, repairs: Counter[str]) -> str:
    for end in _LINE_ENDS:
        if end[0] in (text if end.isascii() else rare) and end in text:
            repairs["line end made uniform"] += text.count(end)
            text = text.replace(end, "\n")
    return text


def _unmojibake(text: str, repairs: Counter[str]) -> str:
    """Lines that were decoded wrongly put right where that is certain: the letters, never the quotation marks' kind."""
    from ftfy import TextFixerConfig, fix_encoding  # noqa: PLC0415 - 40 ms to import
    from ftfy.badness import is_bad  # noqa: PLC0415

    certain = TextFixerConfig(replace_lossy_sequences=False, explain=False)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _MAYBE_MOJIBAKE.search(line) and is_bad(line):
            fixed = fix_encoding(line, certain)
            if fixed != line:
                repairs["mojibake undone in a line"] += 1
                lines[number] = fixed
    return "\n".join(lines)


def _without_unseen(text: str, repairs: Counter[str]) -> str:
    def removed(match: re.Match[str]) -> str:
        character = match[0]
        if character in _JOINERS and _is_spelling(text, match.start()):
            return character
        repairs[_KIND_OF.get(character) or _other_kind(character)] += 1
        return ""

    return _UNSEEN.sub(removed, text)


def _other_kind(character: str) -> str:
    return "invisible tag character removed" if character > "\uffff" else "control character removed"


def _is_spelling(text: str, place: int) -> bool:
    """True where a joiner stands between letters of scripts that are spelt with it: Arabic to Sinhala."""
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return len(around) > 1 and all("\u0600" <= character <= "\u0dff" for character in around)


def _without_surplus_marks(text: str, repairs: Counter[str]) -> str:
    """`text` with at most 30 combining characters in a row, which no script needs (UAX #15, Stream-Safe Text Format).

    Putting them in canonical order takes the square of their number: 2.4 MB of them took more than four minutes.
    """

    def cut(match: re.Match[str]) -> str:
        kept: list[str] = []
        row = 0
        for character in match[0]:
            row = row + 1 if unicodedata.combining(character) else 0
            if row <= _MOST_MARKS:
                kept.append(character)
        surplus = len(match[0]) - len(kept)
        if surplus:
            repairs["surplus combining character removed"] += surplus
        return "".join(kept)

    return _MARKS.sub(cut, text)


def _composed(text: str, repairs: Counter[str]) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    composed = unicodedata.normalize("NFC", text)
    repairs["character composed (NFC)"] += max(1, len(text) - len(composed))
    return composed


def _without_references(text: str, repairs: Counter[str]) -> str:
    """HTML without the references to characters that would be mended if they stood there themselves."""
    mended: dict[str, tuple[str, str]] = {}
    for reference in set(_REFERENCE.findall(text)):
        character = html.unescape(reference) or chr(_number(reference))
        if character != "\r" and character in _LINE_ENDS:
            mended[reference] = "line end made uniform", "\n"
        elif len(character) == 1 and _UNSEEN.match(character):
            mended[reference] = _KIND_OF.get(character) or _other_kind(character), ""
    if not mended:
        return text

    def resolved(match: re.Match[str]) -> str:
        if match[0] not in mended:
            return match[0]
        kind, instead = mended[match[0]]
        repairs[kind] += 1
        return instead

    return _REFERENCE.sub(resolved, text)


def _number(reference: str) -> int:
    """The code point of a numeric reference: `html.unescape` gives nothing for those that no text should have."""
    digits = reference.strip("&#;")
    return int(digits[1:], 16) if digits[0] in "xX" else int(digits)


# -------------------------------------------------------------------------------------------------------------- media


def _media(text: str, file: str) -> Media:
    """HTML if it is marked up, whatever its name; a name alone decides only between text and Markdown."""
    ending = file.rpartition(".")[2].lower()
    start = text[:1000].lstrip()[:20].lower()
    if start.startswith(("<!doctype html", "<html", "<?xml")) and _TAG.search(text[:5000]):
        return Media.HTML
    if ending in {"html", "htm"}:
        return Media.HTML if _TAG.search(text) else Media.TEXT
    return Media.MARKDOWN if ending == "md" else Media.TEXT
