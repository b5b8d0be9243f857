"""The check of the built site finds each thing that is wrong, and nothing on a site where all is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.rendering.markdown import escape
from briefing.sitecheck import check_site

NOTE = (
    '<p>Text<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup></p>'
    '<div class="footnote"><ol><li id="fn:a">Note <a class="footnote-backref" href="#fnref:a">back</a></li></ol></div>'
)
HEAD = '<link rel="canonical" href="https://example.org/base/">'


def write(site: Path, pages: dict[str, str]) -> Path:
    """A site of hand-made pages; what is not HTML is written as it is."""
    for file, body in pages.items():
        path = site / file
        path.parent.mkdir(parents=True, exist_ok=True)
        html = f"<!doctype html><html><head>{HEAD if file == 'index.html' else ''}</head><body>{body}</body></html>"
        path.write_text(html if file.endswith(".html") else body, "utf-8")
    return site


def rules(site: Path, docs: Path | None = None) -> list[str]:
    """The rules that the site breaks."""
    return [finding.rule for finding in check_site(site, docs)]


GOOD = {
    "index.html": NOTE
    + """
        <a href="topics/treaty/#key">x</a> <a href="topics/treaty">x</a> <a href="de/">x</a> <a href="#fn:a">x</a>
        <a href="">x</a> <a href="#">x</a> <a href="https://example.com/?q=1#:~:text=a">x</a>
        <a href="https://example.org/base/de/">x</a> <a href="/base/de/#%C3%BC">x</a>
        <link rel="alternate" href="https://example.org/base/de/"> <link rel="stylesheet" href="assets/a.css?v=1">
        <img src="assets/i%20i.png" srcset="assets/i%20i.png 2x" alt="">
    """,
    "topics/treaty/index.html": """
        <h2 id="key">x</h2> <a href="../../de/topics/treaty/">x</a> <a href="../../">x</a> <a href="..">x</a>
        <a name="old"></a> <a href="#old">x</a>
    """,
    "topics/index.html": "<code>[^x]</code><pre>[^y]</pre><script>'[^z]'</script><!-- [^c] -->",
    "de/index.html": '<p id="ü">[siehe]</p><a href="../">x</a><a href="//example.com/">x</a>',
    "de/topics/treaty/index.html": f"<p>{escape('[^1] and [^2]: kept')}</p>",
    "404.html": '<a href="/base/topics/">x</a>',
    "assets/a.css": "a{background:url(data:image/png;base64,AA)} b{background:url('i.png')}",
    "assets/i i.png": "",
}


def test_a_good_site_has_no_findings(tmp_path: Path) -> None:
    """Relative, absolute, own and foreign addresses, anchors, notes and code are all as they must be."""
    assert check_site(write(tmp_path, GOOD)) == ()


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("footnote-undefined", "<p>Text[^x] and so on</p>"),
        ("footnote-undefined", "<p><em>Text[^a-b:c]</em></p>"),
        ("footnote-missing", '<sup><a class="footnote-ref" href="#fn:x">1</a></sup>'),
        ("footnote-unused", '<div class="footnote"><ol><li id="fn:b">Note</li></ol></div>'),
        ("anchor-missing", NOTE.replace('id="fnref:a"', "")),
        ("id-duplicate", '<p id="a"></p><p id="a"></p>'),
        ("id-duplicate", f"{NOTE}<ol><li id='fn:a'>Another</li></ol>"),
        ("link-broken", '<a href="nowhere/">x</a>'),
        ("link-broken", '<a href="../outside/">x</a>'),
        ("link-broken", '<a href="../../../etc/passwd">x</a>'),
        ("link-broken", '<a href="/outside">x</a>'),
        ("link-broken", '<a href="Page.html">x</a>'),
        ("link-broken", '<a href="de/">x</a>'),
        ("link-broken", '<a href="https://example.org/base/gone/">x</a>'),
        ("link-broken", '<a href="http://[">x</a>'),
        ("link-broken", '<p><img src="gone.png" alt=""></p>'),
        ("link-broken", '<img srcset="page.html 1x, gone.png 2x" alt="">'),
        ("link-broken", '<script src="gone.js"></script>'),
        ("link-broken", '<svg><use xlink:href="gone.svg#i"></use></svg>'),
        ("anchor-missing", '<a href="#gone">x</a>'),
        ("anchor-missing", '<a href="page.html#gone">x</a>'),
        ("other-host", '<img src="https://example.com/x.png" alt="">'),
        ("other-host", '<img src="//example.com/x.png" alt="">'),
        ("other-host", '<img srcset="https://example.com/x.png 2x" alt="">'),
        ("other-host", '<script src="https://example.com/x.js"></script>'),
        ("other-host", '<link rel="stylesheet" href="https://example.com/x.css">'),
        ("other-host", '<link rel="preconnect" href="https://example.com">'),
        ("other-host", '<iframe src="https://example.com/"></iframe>'),
        ("other-host", '<p style="background: url(https://example.com/x.png)"></p>'),
        ("other-host", "<style>@import 'https://example.com/x.css';</style>"),
        ("other-host", '<meta http-equiv="refresh" content="0; url=https://example.com/">'),
        ("link-scheme", '<a href="javascript:alert(1)">x</a>'),
        ("link-scheme", '<a href=" java\nscript:alert(1)">x</a>'),
        ("link-scheme", '<a href="JAVASCRIPT:alert(1)">x</a>'),
        ("link-scheme", '<a href="data:text/html,x">x</a>'),
        ("link-scheme", '<a href="file:///etc/passwd">x</a>'),
        ("link-scheme", '<form action="javascript:alert(1)"></form>'),
        ("link-scheme", '<iframe src="data:text/html,x"></iframe>'),
    ],
)
def test_each_fault_is_found(tmp_path: Path, rule: str, body: str) -> None:
    """One fault on a page gives one finding, which names the page and its rule."""
    findings = check_site(write(tmp_path, {"index.html": "", "page.html": body}))
    assert [(finding.rule, finding.place.file, finding.severity) for finding in findings] == [
        (rule, "page.html", "error")
    ]


def test_two_files_with_one_address_are_found(tmp_path: Path) -> None:
    """Names that differ in case or in the form of an accent only are one address on some disks and hosts."""
    site = write(tmp_path, {"a/index.html": "", "A/index.html": "", "\u00fc.html": "", "u\u0308.html": ""})
    assert rules(site) == ["address-duplicate"] * 2


def test_a_style_sheet_asks_no_other_host(tmp_path: Path) -> None:
    """Fonts and images that a style sheet would fetch from elsewhere are found."""
    site = write(
        tmp_path, {"a.css": "@import url(https://example.com/font.css); a{background:url('//example.com/x.png')}"}
    )
    assert rules(site) == ["other-host"] * 2


def test_what_the_converter_swallows_is_found_in_the_markdown(tmp_path: Path) -> None:
    """A label defined twice and two files that become one page are seen in the Markdown only."""
    docs = write(
        tmp_path / "docs",
        {
            "twice.md": "x[^a]\n\n[^a]: one\n\n[^a]: two\n",
            "fine.md": "x[^a]\n\n[^a]: one\n\n```\n[^a]: code\n```\n",
            "topic.md": "",
            "topic/index.md": "",
        },
    )
    assert rules(write(tmp_path / "site", {"index.html": ""}), docs) == ["address-duplicate", "footnote-duplicate"]


def test_a_damaged_page_is_still_read(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 and unclosed elements do not stop the check."""
    (tmp_path / "index.html").write_bytes(b"<body><p>\xff<div><a href='x'>")
    assert rules(tmp_path) == ["link-broken"]
