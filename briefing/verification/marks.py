"""Which words of a text stand in quotation marks."""

from __future__ import annotations

import re

_PAIRS = re.compile(
    r"„([^„“”\"]+)[“”\"]"  # German, and German closed the English way
    r"|“([^“”]+)”"
    r"|»([^»«]+)«|«([^«»]+)»"
    r"|\"([^\"]+)\""
    r"|‚([^‚‘]+)[‘’](?!\w)"
    # English single marks: the opening one stands before a letter and after none, so that no apostrophe opens
    r"|(?<!\w)‘([^‘’]+(?:’\w[^‘’]*)*)’(?!\w)"
)


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the words in quotation marks of any kind, without the marks; apostrophes open nothing.

    >>> [text[a:b] for text in ["Ada’s “new level”, „neue Ebene“"] for a, b in quoted(text)]
    ['new level', 'neue Ebene']
    """
    return tuple(
        match.span(group) for match in _PAIRS.finditer(text) for group in range(1, 8) if match.group(group) is not None
    )


def unquoted(text: str) -> list[str]:
    """The stretches of `text` outside quotation marks."""
    pieces, at = [], 0
    for start, end in quoted(text):
        pieces.append(text[at:start])
        at = end
    return [*pieces, text[at:]]
