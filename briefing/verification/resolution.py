"""Evidence → the one span of the one source where its words stand.

White space and kinds of quotation marks are folded, nothing else: not case, not hyphens, not spelling. The fold keeps,
for each character, where it came from, so what is published is a slice of the source and never the editor's typing.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from briefing.model import AnnotatedSource, Evidence, Finding, Passage, ResolvedEvidence, fold

_DOUBLE = "„“”«»‟″"
_SINGLE = "‚‘’‹›‛′"
_MARKS = str.maketrans(dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_SINGLE, "'"))
_STOPS = ".,;:!?"
_CONTEXT = 32
"""Characters of prefix and suffix that are published; the W3C's examples and Hypothesis use 32."""


def fold_marks(text: str) -> str:
    r"""`text` on one line, with every kind of quotation mark as `"` or `'`.

    >>> fold_marks("„neue\n Ebene“")
    '"neue Ebene"'
    """
    return fold(text).translate(_MARKS)


@dataclass(frozen=True)
class SearchableSource:
    """A source prepared for the search of quotations."""

    annotated: AnnotatedSource

    @cached_property
    def _folded(self) -> tuple[str, tuple[int, ...]]:
        text, kept, offsets, blank = self.annotated.source.text, [], [], True
        for offset, character in enumerate(text):
            if character.isspace():
                if not blank:
                    kept.append(" ")
                    offsets.append(offset)
                blank = True
            else:
                kept.append(character.translate(_MARKS))
                offsets.append(offset)
                blank = False
        return "".join(kept), tuple(offsets)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(passage.start for passage in self.annotated.passages)

    def spans(self, exact: str, prefix: str = "", suffix: str = "") -> list[tuple[int, int]]:
        """Every span of the source that reads `exact`, with `prefix` just before and `suffix` just after it."""
        folded, offsets = self._folded
        wanted, before, after = fold_marks(exact), fold_marks(prefix), fold_marks(suffix)
        found = []
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if folded[:at].rstrip().endswith(before) and folded[end:].lstrip().startswith(after):
                found.append((offsets[at], offsets[end - 1] + 1))
            at = folded.find(wanted, at + 1)
        return found

    def passages(self, start: int, end: int) -> tuple[Passage, ...]:
        """The passages that the span touches, if they and white space cover it; else none."""
        passages = self.annotated.passages
        index = max(0, bisect.bisect_right(self._starts, start) - 1)
        touched = []
        for passage in passages[index:]:
            if passage.start >= end:
                break
            if passage.end > start:
                touched.append(passage)
        covered = bool(touched) and touched[0].start <= start and touched[-1].end >= end
        gaps = (self.annotated.source.text[a.end : b.start] for a, b in pairwise(touched))
        return tuple(touched) if covered and all(not gap.strip() for gap in gaps) else ()

    def nearest(self, exact: str) -> str | None:
        """The stretch of a passage most like `exact`, where it differs set in 〔brackets〕."""
        from rapidfuzz import fuzz  # noqa: PLC0415 - only errors need it

        wanted = fold_marks(exact)
        best_score, best = 0.0, None
        for passage in self.annotated.passages:
            text = fold_marks(passage.text)
            alignment = fuzz.partial_ratio_alignment(wanted, text)
            if alignment and alignment.score > best_score:
                best_score, best = alignment.score, _whole_words(text, alignment.dest_start, len(wanted))
        return _marked(wanted, best) if best and best_score >= 50 else None  # noqa: PLR2004 - below, nothing alike remains


def _whole_words(text: str, start: int, length: int) -> str:
    """The words that a stretch of about `length` characters from `start` touches."""
    first = text.rfind(" ", 0, start + 1) + 1
    last = text.find(" ", min(len(text), start + length - 1))
    return text[first : last if last >= 0 else len(text)]


def _marked(wanted: str, found: str) -> str:
    import difflib  # noqa: PLC0415 - only errors need it

    words, marked = found.rstrip(_STOPS).split(), []
    bare, bare_found = ([word.strip(_STOPS) for word in text] for text in (wanted.split(), words))  # no commas
    matcher = difflib.SequenceMatcher(None, bare, bare_found, autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind == "equal":
            marked += words[start:end]
        else:
            marked.append(f"〔{' '.join(words[start:end])}〕")
    return " ".join(marked)


def resolve(evidence: Evidence, statement: str, sources: dict[str, SearchableSource]) -> ResolvedEvidence | Finding:
    """Find the one span that `evidence` quotes.

    Args:
        evidence: What the editor wrote.
        statement: Id of the statement it proves, for the finding.
        sources: All sources by slug.
    """

    def refuse(rule: str, message: str) -> Finding:
        return Finding(rule, evidence.place, message, statement)

    source = sources.get(evidence.source)
    if source is None:
        from briefing.located import unknown  # noqa: PLC0415 - only errors need it

        return refuse("unknown-source", unknown("source", evidence.source, sources))
    spans = source.spans(evidence.exact, evidence.prefix, evidence.suffix)
    placed = [(span, source.passages(*span)) for span in spans]
    proving = [(span, passages) for span, passages in placed if passages]
    if not spans:
        nearest = source.nearest(evidence.exact)
        hint = f"the nearest passage reads “{nearest}”" if nearest else "nothing like it stands there"
        return refuse("quote-not-found", f"“{evidence.exact}” does not stand in {evidence.source}; {hint}")
    if not proving:
        return refuse(
            "quote-outside-body",
            f"“{evidence.exact}” stands in {evidence.source} only in a heading, a caption or a removed line; "
            "quote the body",
        )
    if len(proving) > 1:
        return refuse(
            "quote-ambiguous",
            f"“{evidence.exact}” stands {len(proving)} times in {evidence.source}; say which with prefix or suffix, "
            f"such as {_selectors(source.annotated.source.text, [span for span, _ in proving])}",
        )
    (start, end), passages = proving[0]
    text = source.annotated.source.text
    return ResolvedEvidence(
        evidence=evidence,
        source=evidence.source,
        passages=tuple(passage.id for passage in passages),
        exact=text[start:end],
        prefix=text[max(0, start - _CONTEXT) : start],
        suffix=text[end : end + _CONTEXT],
        start=start,
        end=end,
    )


def _selectors(text: str, spans: list[tuple[int, int]]) -> str:
    prefixes = [" ".join(re.split(r"\s+", text[max(0, start - 60) : start].strip())[-3:]) for start, _ in spans]
    return " or ".join(f"prefix: “{prefix}”" for prefix in prefixes[:3])
