# ruff: noqa: INP001 - a script that a workflow runs, no package
"""Post the review of a pull request as one comment that is updated.

Runs with a token that may write comments, so it trusts nothing that the pull request made: the review comes from a run
of the fork's code and may hold anything. It is taken as data: its size is limited, and what could mention, link, embed
or hide is defused, although an honest review holds none of it. Which pull request it belongs to is asked of GitHub, by
what the event says of the run, never of the review. Only the standard library is used, so nothing is installed beside
the token.

Usage: post_review.py REVIEW, with GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_EVENT_PATH set as GitHub sets them.
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ask = Callable[[str, str], Any]
"""Method and path of GitHub's interface → what it answers."""
MARK = "<!-- briefing: review -->"
AUTHOR = "github-actions[bot]"
LIMIT = 60_000
"""Characters; GitHub takes 65,536 in a comment."""

# An honest review marks words with these, and escapes everything else by decimal references.
_TAG = re.compile(r"<(?!/?(?:del|ins)>)")
_AMPERSAND = re.compile(r"&(?!#[1-9][0-9]{1,6};)")
_MENTION = re.compile(r"(@|(?<!&)#|&#(?:64|35);)(?!&#8203;)(?=[\w&])")
_LINK = re.compile(r"\](?=[(:\[])")
_ADDRESS = re.compile(r"(?i)(?<=https):(?=//)|(?<=http):(?=//)|(?<=www)\.|(?<=mailto):")


def defused(text: str) -> str:
    r"""`text` without anything that an honest review does not hold: tags, links, images, mentions, comments.

    >>> defused("@team <img src=x> [a](https://b.example)")
    '@\u200bteam &lt;img src=x> [a]\u200b(https&#58;//b.example)'
    """
    text = "".join(mark for mark in text if mark == "\n" or mark.isprintable())
    text = _TAG.sub("&lt;", _AMPERSAND.sub("&amp;", text))
    text = _ADDRESS.sub(lambda mark: f"&#{ord(mark[0])};", text)
    text = _LINK.sub("]\u200b", text)
    return _MENTION.sub("\\1\u200b", text)


def read_review(path: Path) -> str:
    """The review, if it is text of a size that can be posted.

    Raises:
        SystemExit: It is not.
    """
    size = path.stat().st_size
    if path.is_symlink() or size > 4 * LIMIT:
        sys.exit(f"{path.name} has {size} bytes; a review has at most {4 * LIMIT}")
    text = path.read_bytes().decode("utf-8", "replace")
    return defused(text[:LIMIT])[:LIMIT]


def pull_request(run: dict[str, Any], ask: Ask) -> int | None:
    """The number of the open pull request whose newest commit the run was about; None if there is none."""
    owner, branch = run["head_repository"]["owner"]["login"], run["head_branch"]
    query = urllib.parse.urlencode({"state": "open", "head": f"{owner}:{branch}"})
    found = [one["number"] for one in ask("GET", f"pulls?{query}") if one["head"]["sha"] == run["head_sha"]]
    return found[0] if len(found) == 1 else None


def own_comment(number: int, ask: Ask) -> int | None:
    """The id of our comment on a pull request; None if there is none yet."""
    for page in range(1, 11):
        comments = ask("GET", f"issues/{number}/comments?per_page=100&page={page}")
        for one in comments:
            if one["user"]["login"] == AUTHOR and one["body"].startswith(MARK):
                return int(one["id"])
        if len(comments) < 100:  # noqa: PLR2004 - the last page
            break
    return None


def main(arguments: list[str]) -> int:
    """Post or update the comment."""
    review = read_review(Path(arguments[0]))
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    home = f"{os.environ.get('GITHUB_API_URL', 'https://api.github.com')}/repos/{os.environ['GITHUB_REPOSITORY']}"

    def ask(method: str, path: str, data: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON
        request = urllib.request.Request(  # noqa: S310 - the address of GitHub's own interface
            f"{home}/{path}",
            method=method,
            data=json.dumps(data).encode() if data else None,
            headers={
                "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
                "Accept": "application/vnd.github+json",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)

    number = pull_request(event["workflow_run"], ask)
    if number is None:
        sys.stdout.write("no open pull request has this commit as its newest; nothing to say\n")
        return 0
    comment = own_comment(number, ask)
    body = {"body": f"{MARK}\n{review}"}
    if comment is None:
        ask("POST", f"issues/{number}/comments", body)
    else:
        ask("PATCH", f"issues/comments/{comment}", body)
    sys.stdout.write(f"{'updated' if comment else 'posted'} the review on #{number}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
