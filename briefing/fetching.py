"""One page from the web, fetched politely and without being led astray; for `briefing add`, since a build reads files.

An address that somebody hands on can lead anywhere: to the router at home, to the metadata service of a cloud machine,
round in circles, or to a page without an end. So each hop of the way is looked at: only http and https, only addresses
that are public, and the connection goes to the very address that was looked at, so that a name cannot mean another one
a moment later. `trafilatura.fetch_url` follows redirects by itself and cannot be asked where to; so the page is fetched
with urllib3, which trafilatura uses too, and trafilatura only reads it.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from briefing import __version__
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_NAME = "briefing"
"""How we are called in `robots.txt`."""
_SECONDS = 30.0
"""For everything together; an article comes in one or two."""
_QUIET_SECONDS = 10.0
"""Without a byte from the server."""
_REDIRECTS = 5
_ROBOTS_LIMIT = 500 * 1024
"""Bytes of `robots.txt` that count, as RFC 9309 has it."""
_CHUNK = 64 * 1024
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "": ".html",
}
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_OLD_V4 = ipaddress.ip_network("::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the server sent it."""

    url: str
    """Where it was in the end."""
    ending: str
    """Of a file that holds it: `.html`, `.txt` or `.md`."""
    data: bytes


@dataclass(frozen=True, slots=True)
class _Limits:
    size: int
    deadline: float
    private: bool


def fetch_page(url: str, *, limit: int, allow_private: bool = False, seconds: float = _SECONDS) -> Fetched:
    """Fetch one page.

    Args:
        url: Its address, http or https.
        limit: Size in bytes above which it is refused, unpacked.
        allow_private: Whether it may lie on this machine or in its network.
        seconds: Time for everything together.

    Raises:
        BriefingError: It cannot be had within the limits, is no text, or its site asks programs not to fetch it.
    """
    limits = _Limits(limit, time.monotonic() + seconds, allow_private)
    found: list[Fetched | BriefingError] = []

    def work() -> None:
        try:
            found.append(_page(url, limits))
        except BriefingError as error:
            found.append(error)

    # A thread of its own, since nothing else bounds the time that a name server or a trickle of headers may take.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise _refused(url, f"nothing came of it in {seconds:.0f} seconds")
    if isinstance(found[0], BriefingError):
        raise found[0]
    return found[0]


def _refused(url: str, why: str) -> BriefingError:
    return BriefingError(f"{url}: {why}; nothing was added")


def _page(url: str, limits: _Limits) -> Fetched:
    host, port, _, _ = _split(url)
    _addresses(url, host, port, limits)
    if not _may_fetch(url, limits):
        raise _refused(
            url, "its site asks programs not to fetch it (robots.txt); save the page in a browser, add the file"
        )
    final, response = _get(url, limits)
    try:
        if response.status != 200:  # noqa: PLR2004 - OK
            raise _refused(final, f"the server answers {response.status} {response.reason or ''}".rstrip())
        kind, _, parameters = response.headers.get("content-type", "").partition(";")
        ending = _ENDINGS.get(kind.strip().lower())
        if ending is None:
            raise _refused(final, f"is {kind.strip()}, not a page of text")
        return Fetched(final, ending, _as_utf8(_body(final, response, limits), parameters))
    finally:
        response.close()


def _as_utf8(data: bytes, parameters: str) -> bytes:
    """What came with an encoding named only in the header, which a file does not keep, in UTF-8 with its mark."""
    charset = next(
        (value.strip(" \"'") for key, _, value in (one.partition("=") for one in parameters.split(";"))
         if key.strip().lower() == "charset"),
        "",
    )  # fmt: skip
    if charset.lower().replace("_", "-") in {"", "utf-8", "utf8"}:
        return data
    try:
        return data.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return data  # reading finds out by itself


def _may_fetch(url: str, limits: _Limits) -> bool:
    """Whether the site's `robots.txt` lets us; one that cannot be had for the server's fault says no (RFC 9309)."""
    from urllib.robotparser import RobotFileParser  # noqa: PLC0415

    final, response = _get(urljoin(url, "/robots.txt"), limits)
    try:
        if 400 <= response.status < 500:  # noqa: PLR2004 - there is none
            return True
        if response.status != 200:  # noqa: PLR2004
            raise _refused(
                final, f"the server answers {response.status}, so what it allows is not known; try again later"
            )
        text = _body(final, response, limits, _ROBOTS_LIMIT).decode("utf-8", "replace")
    finally:
        response.close()
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return rules.can_fetch(_NAME, url)


def _body(url: str, response: BaseHTTPResponse, limits: _Limits, cut: int | None = None) -> bytes:
    """The unpacked body; beyond `cut` bytes the rest is left, beyond the limit the page is refused."""
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    parts, size = [], 0
    try:
        while chunk := response.read1(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            if cut is not None and size >= cut:
                break
            if size > limits.size:
                raise _refused(url, f"is larger than {limits.size:,} bytes")
            if time.monotonic() > limits.deadline:
                raise _refused(url, "takes too long")
    except (HTTPError, OSError) as error:
        raise _refused(url, f"broke off: {error}") from None
    return b"".join(parts)[:cut]


def _get(url: str, limits: _Limits) -> tuple[str, BaseHTTPResponse]:
    """The answer at the end of the redirects, and its address; every hop is looked at."""
    for _ in range(_REDIRECTS + 1):
        response = _ask(url, limits)
        where = response.headers.get("location")
        if response.status not in {301, 302, 303, 307, 308} or not where:
            return url, response
        response.close()
        target = urljoin(url, where)
        if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
            raise _refused(url, "leads from https to http")
        url = target
    raise _refused(url, f"leads on more than {_REDIRECTS} times")


def _ask(url: str, limits: _Limits) -> BaseHTTPResponse:
    import urllib3  # noqa: PLC0415 - only where something is fetched
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    host, port, target, secure = _split(url)
    problem: Exception | None = None
    for address in _addresses(url, host, port, limits):
        rest = min(_QUIET_SECONDS, limits.deadline - time.monotonic())
        if rest <= 0:
            raise _refused(url, "takes too long")
        literal = f"[{address}]" if ":" in address else address
        timeout = urllib3.Timeout(connect=rest, read=rest)
        pool = (
            urllib3.HTTPSConnectionPool(
                literal, port, timeout=timeout, retries=False, assert_hostname=host, server_hostname=host,
                ssl_context=ssl.create_default_context(),
            )
            if secure
            else urllib3.HTTPConnectionPool(literal, port, timeout=timeout, retries=False)
        )  # fmt: skip
        try:
            return pool.urlopen(
                "GET", target, headers=_headers(url), redirect=False, preload_content=False, assert_same_host=False
            )  # fmt: skip
        except (HTTPError, OSError) as error:
            problem = error
    raise _refused(url, f"cannot be reached: {problem}")


def _headers(url: str) -> dict[str, str]:
    return {
        "Host": urlsplit(url).netloc.encode("idna").decode()
        if not urlsplit(url).netloc.isascii()
        else urlsplit(url).netloc,
        "User-Agent": f"{_NAME}/{__version__} (fetches one page for its editor)",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,text/markdown;q=0.9",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def _split(url: str) -> tuple[str, int, str, bool]:
    """Host in ASCII, port, path with query, and whether it is https.

    Raises:
        BriefingError: It is no complete http or https address, or names a user.
    """
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        host = (
            (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else parts.hostname
        )
    except (ValueError, UnicodeError):
        raise _refused(url, "is no address of a page") from None
    if (
        parts.scheme not in {"http", "https"}
        or not host
        or any(mark.isspace() or not mark.isprintable() for mark in url)
    ):
        raise _refused(url, "is no address of a page; http:// and https:// are")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "names a user; an address of a public page does not")
    return host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), secure


def _addresses(url: str, host: str, port: int, limits: _Limits) -> list[str]:
    """The addresses that a name has now, if all of them may be asked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refused(url, f"no such host: {getattr(error, 'strerror', None) or error}") from None
    addresses = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))
    if not limits.private and (private := [one for one in addresses if not is_public(one)]):
        raise _refused(url, f"leads to {private[0]}, which is no public address (--allow-private allows it)")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and hides none that does not.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour
        if any(found in network for network in _NAT64):
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if found in _OLD_V4:
            return False
        if hidden is not None:
            return is_public(str(hidden))
    return found.is_global and not found.is_multicast
