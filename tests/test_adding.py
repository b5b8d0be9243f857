"""`briefing add`: a file or a page of the web, whole or not at all."""

from __future__ import annotations

import gzip
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import FERRY, make_project, run, tree

from briefing.adding import Addition, add, told, with_entry
from briefing.errors import BriefingError
from briefing.fetching import fetch_page, is_public
from briefing.located import load
from briefing.project import load_project
from briefing.settings import load_settings

TIDE = """\
Tide delays the first ferry from Morvik

20 March 2031

The ferry line between Halden and Morvik will reopen on 11 May, a week later than planned, the harbour authority said \
on Thursday. An unusually low tide had delayed the work on the quay by several days.

The operator said that tickets for the first week would remain valid. Nobody who had booked a crossing needed to do \
anything, a spokeswoman added.
"""
PAGE = (
    '<!doctype html><html lang="en"><head><title>Tide delays the first ferry</title>'
    '<meta property="og:site_name" content="Halden Post">'
    '<meta property="article:published_time" content="2031-03-20T08:00:00+01:00"></head>'
    '<body><nav><a href="/">Home</a></nav><article><h1>Tide delays the first ferry</h1>'
    f"{''.join(f'<p>{part}</p>' for part in TIDE.split(chr(10) * 2)[2:])}</article></body></html>"
)
SOURCES = """\
# What the files do not say themselves.
ferry.txt: {slug: ferry,   outlet: "Halden Post"}   # as its editor wrote

faehre.txt:
    note: >-
      Folded, and
      indented by four.
    slug: faehre
# The end.
"""

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project with a `sources.yml` that somebody wrote by hand."""
    return make_project(tmp_path / "project", {"seeds/sources.yml": SOURCES})


@pytest.fixture
def tide(tmp_path: Path) -> str:
    """An article in a file, not yet in the project."""
    path = tmp_path / "tide.txt"
    path.write_text(TIDE, "utf-8")
    return str(path)


@contextmanager
def site(answers: dict[str, Answer | Callable[[], Answer]], slowness: float = 0) -> Iterator[str]:
    """The address of a local site that gives these answers; of anything else it knows nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answers.get(self.path, (404, {}, b""))
            status, headers, body = found() if callable(found) else found
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            try:
                for n in range(0, len(body), 1000):
                    self.wfile.write(body[n : n + 1000])
                    time.sleep(slowness)
            except OSError:
                pass  # the reader left

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(body: str = PAGE, **headers: str) -> Answer:
    """A page that is there."""
    return 200, HTML | {key.replace("_", "-"): value for key, value in headers.items()}, body.encode()


# ------------------------------------------------------------------------------------------------------------- files


def test_a_file_is_copied_and_gets_its_entry(project: Path, tide: str) -> None:
    """The bytes are the same, the entry stands at the end, and nothing else of `sources.yml` is touched."""
    added = add(project, tide)
    assert (project / added.file).read_bytes() == Path(tide).read_bytes()
    assert (project / "seeds/sources.yml").read_text("utf-8") == SOURCES + f"tide.txt:\n  slug: {added.entry['slug']}\n"
    assert load_project(load_settings(project)).entries["tide.txt"].slug == added.entry["slug"]


def test_what_was_found_and_what_changes_is_told(project: Path, tide: str) -> None:
    """Title, date and what is missing; then the briefing before and after, as a reviewer sees it."""
    text = told(add(project, tide, slug="tide"))
    assert "### Added tide, as seeds/tide.txt" in text
    assert "- title: Tide delays the first ferry from Morvik" in text
    assert "- outlet: not found" in text
    assert "| sources | 2 | **3** |" in text
    assert "**1 source added" in text


def test_a_near_duplicate_is_named(project: Path, tmp_path: Path) -> None:
    """A reprint under another headline is added, and its reader is told what it is."""
    copy = tmp_path / "reprint.txt"
    copy.write_text(
        FERRY.replace("Ferry line between Halden and Morvik to reopen in May", "Back on the water"), "utf-8"
    )
    [likeness] = add(project, str(copy)).likenesses
    assert (likeness.slug, likeness.is_near_duplicate) == ("ferry", True)


def test_an_unlike_text_is_like_nothing(project: Path, tide: str) -> None:
    """Texts about one event share words, but no long runs of them."""
    assert not add(project, tide).likenesses


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("ferry-again.txt", FERRY.encode(), "there already, as seeds/ferry.txt"),
        ("ferry.txt", TIDE.encode(), "holds something else"),
        ("empty.txt", b"", "empty"),
        ("menu.txt", b"Home\nNews\nSport\n", "nothing was added"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(2000), "PNG"),
        ("paper.pdf", b"%PDF-1.7", "of no kind that can be read"),
        ("large.txt", b"word " * 1_100_000, "more than the limit"),
        ("missing.txt", None, "cannot be read"),
    ],
)
def test_what_is_no_new_source_is_refused_and_nothing_changes(
    project: Path, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    """Not a byte of the project is another one after a refusal."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    before = tree(project / "seeds")
    with pytest.raises(BriefingError, match=message):
        add(project, str(path))
    assert tree(project / "seeds") == before


@pytest.mark.parametrize("slug", ["ferry", "../x", "con", "Ferry", "", "a" * 61])
def test_a_slug_that_is_taken_or_none_is_refused(project: Path, tide: str, slug: str) -> None:
    """A slug names a page on every system, and one source."""
    before = tree(project / "seeds")
    with pytest.raises(BriefingError):
        add(project, tide, slug=slug)
    assert tree(project / "seeds") == before


def test_a_disk_that_takes_no_more_leaves_nothing(project: Path, tide: str) -> None:
    """Where the entry cannot be written, the file is not there either."""
    (project / "seeds/sources.yml").write_text(f"{SOURCES}{'# A long comment.' * 5000}\n", "utf-8")
    before = tree(project / "seeds")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, old[1]))
    try:
        with pytest.raises(BriefingError, match="cannot be written"):
            add(project, tide)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert tree(project / "seeds") == before


def test_the_first_source_of_a_project(tmp_path: Path, tide: str) -> None:
    """There is no folder and no `sources.yml` yet."""
    files = {"seeds/ferry.txt": None, "seeds/faehre.txt": None, "topics/ferry.yml": None}
    project = make_project(tmp_path / "new", files)
    for path in (project / "seeds", project / "topics"):
        if path.is_dir():
            path.rmdir()
    assert "The briefing begins" in told(add(project, tide))
    assert (project / "seeds/tide.txt").is_file()


# ------------------------------------------------------------------------------------------------------- sources.yml

VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(VALUES, VALUES)
def test_any_name_and_value_is_written_as_itself(name: str, value: str) -> None:
    """Whatever a name or an address holds, YAML reads it back as it was; the rest of the file stays byte for byte."""
    text = with_entry(SOURCES, f"{name}.txt", {"slug": "new", "url": value})
    found = load(text, "sources.yml")
    assert found is not None
    assert found.mapping is not None
    assert text.startswith(SOURCES)
    entry = found.mapping[f"{name}.txt"].mapping
    assert entry is not None
    assert entry["url"].text == value


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("# Only a comment.\n", "# Only a comment."),
        ("{a.txt: {slug: a}}  # flow\n", "# flow"),
        ("a.txt: {slug: a}", "a.txt: {slug: a}"),
        ("  a.txt: {slug: a}  # indented\n", "# indented"),
        ("a.txt: {slug: a}\n...\n", "a.txt: {slug: a}"),
        ("a.txt:\n  note: |\n    Two\n    lines\n\n\n", "    lines"),
    ],
)
def test_every_shape_of_the_file_takes_an_entry(text: str, kept: str) -> None:
    """Where the end is no place for an entry the file is written anew, with its comments."""
    longer = with_entry(text, "b.txt", {"slug": "b"})
    found = load(longer, "sources.yml")
    assert found is not None
    assert found.mapping is not None
    assert list(found.mapping) == (["a.txt", "b.txt"] if "a.txt" in text else ["b.txt"])
    assert kept in longer


# --------------------------------------------------------------------------------------------------------- addresses


def test_a_page_is_fetched_and_becomes_a_source(project: Path) -> None:
    """It is kept as it came, under a name made from its outlet, with the address it had in the end."""
    with site({"/old": (301, {"Location": "/tide"}, b""), "/tide": page()}) as address:
        added = add(project, f"{address}/old", allow_private=True)
    assert added.entry == {"slug": "halden-post", "url": f"{address}/tide"}
    assert (project / "seeds/halden-post.html").read_bytes() == PAGE.encode()
    assert "- outlet: Halden Post" in told(added)


def test_private_addresses_are_refused_also_behind_a_redirect(project: Path) -> None:
    """Neither a number, nor a name, nor a redirect leads to this machine or its network, unless it is allowed."""
    refused = ("http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://169.254.169.254/", "http://10.0.0.1/",
               "http://0.0.0.0/", "http://2130706433/", "http://[::ffff:127.0.0.1]/")  # fmt: skip
    for url in refused:
        with pytest.raises(BriefingError, match=r"no public address|no such host"):
            add(project, url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104 - it is not bound to
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:192.168.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_are_public(address: str, public: bool) -> None:  # noqa: FBT001 - a case
    """Also where one address hides another: mapped, translated or tunnelled."""
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "javascript://x/", "http://", "http://a@b.example/", "http://a b/"],
)
def test_only_complete_web_addresses_are_fetched(url: str) -> None:
    """Other schemes, users and broken addresses are refused before anything is asked."""
    with pytest.raises(BriefingError, match=r"no address of a page|names a user"):
        fetch_page(url, limit=1000)


def test_robots_are_obeyed() -> None:
    """A site that asks programs to stay away is left alone; one whose wishes cannot be read, too."""
    rules: Answer = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private\n")
    with site({"/robots.txt": rules, "/private/a": page(), "/open": page()}) as address:
        assert fetch_page(f"{address}/open", limit=10**6, allow_private=True).data == PAGE.encode()
        with pytest.raises(BriefingError, match=r"robots\.txt"):
            fetch_page(f"{address}/private/a", limit=10**6, allow_private=True)
    with site({"/robots.txt": (503, {}, b""), "/open": page()}) as address, pytest.raises(BriefingError, match="503"):
        fetch_page(f"{address}/open", limit=10**6, allow_private=True)


def test_large_packed_slow_and_endless_answers_are_refused() -> None:
    """By size as unpacked, by time for everything together, and by the number of hops."""
    bomb = gzip.compress(bytes(5_000_000))
    answers: dict[str, Answer | Callable[[], Answer]] = {
        "/large": page("x" * 50_000),
        "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, bomb),
        "/round": (302, {"Location": "/round"}, b""),
        "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
        "/gone": (410, {}, b""),
    }
    with site(answers) as address:
        for path, message in (
            ("/large", "larger than"),
            ("/bomb", "larger than"),
            ("/round", "leads on more than 5 times"),
            ("/image", "is image/png"),
            ("/gone", "answers 410"),
        ):
            with pytest.raises(BriefingError, match=message):
                fetch_page(address + path, limit=10_000, allow_private=True)
    with site({"/slow": page("x" * 40_000)}, slowness=0.1) as address:
        start = time.monotonic()
        with pytest.raises(BriefingError, match=r"takes too long|in 1 seconds"):
            fetch_page(f"{address}/slow", limit=10**6, allow_private=True, seconds=1)
        assert time.monotonic() - start < 3


def test_an_encoding_that_only_the_header_tells_is_kept() -> None:
    """A file has no header, so what came in another encoding is kept in UTF-8 with its mark."""
    with site({"/": (200, {"Content-Type": "text/plain; charset=iso-8859-2"}, "Łódź".encode("iso-8859-2"))}) as address:
        found = fetch_page(f"{address}/", limit=1000, allow_private=True)
    assert (found.ending, found.data.decode("utf-8-sig")) == (".txt", "Łódź")


def test_the_command_adds_and_tells(project: Path, tide: str) -> None:
    """Exit status 0 where all is well, 2 where nothing was added."""
    done = run(project, "add", tide, "--slug", "tide")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Added tide" in done.stdout
    again = run(project, "add", tide)
    assert again.returncode == 2
    assert "nothing was added" in again.stderr


def test_the_record_of_an_addition_is_complete(project: Path, tide: str) -> None:
    """A caller finds the file, the entry and the source as it was read."""
    added = add(load_project(load_settings(project)), tide, slug="tide")
    assert isinstance(added, Addition)
    assert (added.file, dict(added.entry)) == ("seeds/tide.txt", {"slug": "tide"})
    assert added.read.source.slug == "tide"
