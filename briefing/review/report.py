"""A review as Markdown for a pull request, and as data.

Everything that comes from a source or a file of the project passes `literal`: a hostile headline can bring no HTML,
link or image into the comment, and mentions nobody.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefing.model import ComposedContradiction, ComposedStatement, Finding, Note, Source, fold
from briefing.rendering.markdown import escape
from briefing.review.comparing import (
    Agreement,
    Comparison,
    Difference,
    DisputeChange,
    SourceChange,
    StatementChange,
)
from briefing.review.revisions import Revision

_LISTED_PAGES = 25
"""Pages named one by one; more are counted. A reviewer looks at the first few."""
_LISTED_AGREEMENTS = 12
"""Claims, disputes or sentences of one source that are named one by one."""
_LONG = 400
"""Characters of a sentence of a source that are shown: enough to judge it; a page without full stops is no sentence."""

# GitHub and GitLab look for names and numbers in what Markdown has become, so a character reference does not stop them;
# a zero-width space after the mark does. Renovate and Dependabot mend their comments in the same way
# (renovatebot/renovate#1083, dependabot-core#3157; cmark-gfm#389 on why a backslash cannot).
_MARKS = re.compile(
    r"&#(?:64|35);(?=[\w&])|(?<![^\W_])(?:[gG][hH])(?=-\d)|(?<![^\W_])[!](?=\d)|&#(?:33|37|38|126);(?=\d)"
)
_NOTHING = "&#8203;"
# Slugs, paths and dates are nothing but themselves, and are easier to read in a terminal without references.
_PLAIN = re.compile(r"(?!www\.)[a-z0-9]+(?:[./-][a-z0-9]+)*(?::\d+)*")


def literal(text: str) -> str:
    """`text` for any place of a comment: it appears as it is; it renders, links, mentions and refers to nothing.

    >>> literal("@team: see #1 <img src=x>")
    '&#64;&#8203;team&#58; see &#35;&#8203;1 &#60;img src&#61;x&#62;'
    """
    if _PLAIN.fullmatch(text):
        return text
    return _MARKS.sub(lambda found: found[0] + _NOTHING, escape(fold(text)))


# ---------------------------------------------------------------------------------------------------------- Markdown


def as_markdown(older: Revision, newer: Revision, comparison: Comparison, limit: int | None = None) -> str:
    """The review as Markdown.

    Args:
        older: What was compared.
        newer: With what.
        comparison: In what they differ; without anything if one of them does not build.
        limit: Characters that the text may have, where comments are limited; the entries that do not fit are left out
            and counted. None for all.
    """
    compared = f"{_revision(older)} → {_revision(newer)}"
    if older.problem or newer.problem:
        parts = [f"### The briefing: {compared}", *_problems(older, newer)]
    elif not comparison:
        return f"The briefing does not change: {compared}.\n"
    else:
        parts = [
            f"### What changes in the briefing: {compared}",
            f"**{_summary(older, comparison)}**",
            *_body(comparison),
        ]
    return _within(parts, limit)


def _revision(revision: Revision) -> str:
    """Its name, with the commit where the name does not tell it."""
    commit = revision.commit
    return literal(revision.name) + (f" ({commit[:7]})" if commit and not commit.startswith(revision.name) else "")


def _within(parts: Sequence[str], limit: int | None) -> str:
    whole = _joined(parts)
    if limit is None or len(whole) <= limit:
        return whole
    kept: list[str] = []
    room = limit - 120  # for the line that says what is missing
    for n, part in enumerate(parts):
        if len(part) + 2 > room:
            kept.append(f"… and {len(parts) - n} more entries; `briefing diff` prints them all.")
            break
        kept.append(part)
        room -= len(part) + 2
    return _joined(kept)


def _joined(parts: Sequence[str]) -> str:
    """The parts below one another; entries of a list without a line between."""
    return "".join(("\n" if part.startswith("- ") else "\n\n") + part for part in parts).lstrip("\n") + "\n"


def _problems(older: Revision, newer: Revision) -> Iterator[str]:
    for revision in (older, newer):
        if revision.problem:
            lines = [fold(line) for line in revision.problem.splitlines() if line.strip()]
            yield f"**{_revision(revision)} does not build**, so the two cannot be compared:"
            yield "\n".join(f"- {literal(line)}" for line in lines)


def _summary(older: Revision, comparison: Comparison) -> str:
    def counted(n: int, what: str, after: str) -> str:
        return f"{n} {what}{'' if n == 1 else 's'} {after}".strip() if n else ""

    kinds = [one.kind for one in comparison.statements]
    sources = [one.kind for one in comparison.sources]
    proofs = sum(
        bool(one.proof_added or one.proof_removed) for one in comparison.statements if one.before and one.after
    )
    parts = [
        *(counted(sources.count(kind), "source", kind) for kind in ("added", "changed", "removed")),
        *(counted(kinds.count(kind), "statement", kind) for kind in ("added", "reworded", "renamed", "withdrawn")),
        counted(sum(_differs(one, "status") for one in comparison.statements), "statement", "of another status"),
        counted(
            sum(_differs(one, "chains") for one in comparison.statements), "statement", "with another number of chains"
        ),
        counted(proofs, "statement", "with other evidence"),
        counted(comparison.conflicts, "new conflict", ""),
        counted(len(comparison.findings_added), "new finding", ""),
    ]
    told = [part for part in parts if part] or ["Only titles, names, order or layout differ"]
    first = "The briefing begins: " if older.built is None else ""
    return f"{first}{'; '.join(told)}."


def _differs(change: StatementChange, what: str) -> bool:
    return any(one.what == what for one in change.differences)


def _body(comparison: Comparison) -> Iterator[str]:
    yield from _section("New findings", (_finding(one) for one in comparison.findings_added))
    yield from _section("Sources", (_source(one) for one in comparison.sources))
    for kind, title in (
        ("withdrawn", "Statements withdrawn"),
        ("reworded", "Statements reworded"),
        ("added", "Statements added"),
        ("changed", "Statements with another status, support or evidence"),
        ("renamed", "Statements that only got another id (links to the old one break)"),
    ):
        chosen = [one for one in comparison.statements if one.kind == kind]
        yield from _section(title, (_statement(one) for one in chosen if not one.statement.automatic))
    automatic = [one for one in comparison.statements if one.statement.automatic]
    yield from _section("Sentences that the build chose itself", (_automatic(one) for one in automatic))
    yield from _section("Disagreements between sources", (_dispute(one) for one in comparison.disputes))
    yield from _section("Titles, names and open questions", (f"- {_difference(one)}" for one in comparison.texts))
    yield from _section("Findings that are gone", (_finding(one, is_gone=True) for one in comparison.findings_gone))
    yield _coverage(comparison.coverage)
    yield from _pages(comparison)


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    """The entries under their title, each a part of its own, so that a limit cuts between them."""
    for n, entry in enumerate(entries):
        yield f"#### {title}\n\n{entry}" if n == 0 else entry


def _source(change: SourceChange) -> str:
    source = change.source
    lines = [f"- **{change.kind}** {_named(source)}"]
    if change.kind == "changed":
        lines += [f"  - {_difference(one)}" for one in change.differences]
        lines += _sentences("sentence gone", change.sentences_removed)
        lines += _sentences("sentence new", change.sentences_added)
    else:
        lines.append(f"  - {'; '.join(map(literal, _facts(source)))}")
    if change.cited_by:
        verb = "was cited by" if change.kind == "removed" else "cited by"
        lines.append(f"  - {verb} {literal(', '.join(change.cited_by))}")
    elif change.kind == "added":
        lines.append("  - no statement cites it yet")
    lines += _agreements("supports", change.supports)
    lines += _agreements("contradicts", change.contradicts)
    return "\n".join(lines)


def _named(source: Source) -> str:
    return f"{literal(source.slug)}: {literal(source.title or 'no title')}"


def _facts(source: Source) -> Iterator[str]:
    date = source.published or source.updated
    yield source.outlet or "outlet not known"
    yield date.value if date else "date not known"
    yield f"language {source.language}"
    if source.agencies:
        yield f"agencies {', '.join(source.agencies)}"
    yield f"file {source.file}"


def _agreements(verb: str, found: tuple[Agreement, ...]) -> Iterator[str]:
    for one in found[:_LISTED_AGREEMENTS]:
        kind = f" ({one.kind})" if one.kind else ""
        yield f"  - {verb} {literal(', '.join(one.sources))}{kind}: “{_short(one.passage)}”"
        yield from (f"    - against: “{_short(other)}”" for other in one.others[:2])
    if len(found) > _LISTED_AGREEMENTS:
        yield f"  - {verb} others in {len(found) - _LISTED_AGREEMENTS} more sentences"


def _sentences(what: str, sentences: tuple[str, ...]) -> Iterator[str]:
    yield from (f"  - {what}: “{_short(one)}”" for one in sentences[:_LISTED_AGREEMENTS])
    if len(sentences) > _LISTED_AGREEMENTS:
        yield f"  - {what}: {len(sentences) - _LISTED_AGREEMENTS} more"


def _short(text: str) -> str:
    text = fold(text)
    return literal(text if len(text) <= _LONG else f"{text[: _LONG - 1].rsplit(' ', 1)[0]} …")


def _statement(change: StatementChange) -> str:
    one = change.statement
    lines = [f"- **{literal(one.id)}** ({literal(one.topic)})"]
    if change.before and change.after:
        lines += _wording(change.before, change.after)
        lines += [f"  - {_difference(difference)}" for difference in change.differences]
    else:
        lines += [f"  - {literal(code)}: {literal(text)}" for code, text in one.text.items()]
        lines.append(f"  - {_standing(one)}")
    lines += [f"  - evidence added: {_note(note)}" for note in change.proof_added]
    lines += [f"  - evidence removed: {_note(note)}" for note in change.proof_removed]
    lines += [f"  - **new contradiction** {_contradiction(side)}" for side in change.contradictions_added]
    lines += [f"  - contradiction withdrawn {_contradiction(side)}" for side in change.contradictions_removed]
    return "\n".join(lines)


def _wording(before: ComposedStatement, after: ComposedStatement) -> Iterator[str]:
    """Old and new text of each language that differs, the words that differ marked; an unchanged text once."""
    if dict(before.text) == dict(after.text):
        yield f"  - {_short(next(iter(after.text.values())))}"
        return
    for code in dict.fromkeys((*before.text, *after.text)):
        old, new = before.text.get(code, ""), after.text.get(code, "")
        if old != new:
            gone, come = _marked(old, new)
            yield f"  - {literal(code)}, before: {gone}"
            yield f"  - {literal(code)}, now: {come}"


def _marked(old: str, new: str) -> tuple[str, str]:
    """Two texts with the words that differ in `<del>` and `<ins>`."""
    before, after = old.split(), new.split()
    gone, come = [], []
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, right = literal(" ".join(before[a:b])), literal(" ".join(after[c:d]))
        gone.append(left if what == "equal" else f"<del>{left}</del>" if left else "")
        come.append(right if what == "equal" else f"<ins>{right}</ins>" if right else "")
    return " ".join(filter(None, gone)), " ".join(filter(None, come))


def _standing(one: ComposedStatement) -> str:
    speakers = ", ".join(next(iter(party.name.values()), party.id) for party in one.speakers)
    by = f" by {literal(speakers)}" if speakers else ""
    key = "; key statement" if one.key else ""
    return f"{one.status}{by}; sources: {len(one.sources)}; chains: {one.chains}{key}"


def _note(note: Note) -> str:
    return f"{literal(note.source)}: “{_short(note.exact)}”"


def _contradiction(side: ComposedContradiction) -> str:
    by = ", ".join(next(iter(party.name.values()), party.id) for party in side.by)
    text = next(iter(side.text.values()), "")
    proof = "; ".join(_note(note) for note in side.notes)
    return f"by {literal(by or 'somebody not named')}{f': {literal(text)}' if text else ''} ({proof})"


def _automatic(change: StatementChange) -> str:
    one = change.statement
    names = literal(", ".join(one.sources))
    return f"- {change.kind} ({literal(one.topic)}; {names}): “{_short(next(iter(one.text.values())))}”"


def _dispute(change: DisputeChange) -> str:
    title = {"added": "**new**", "changed": "other sentences", "removed": "gone"}[change.kind]
    lines = [f"- {title}: {literal(change.dispute.kind)}"]
    for by, passages in change.sides:
        holder = f", {literal(by)}" if by else ""
        lines += [f"  - {literal(one.source)}{holder}: “{_short(one.text)}”" for one in passages[:3]]
        if len(passages) > 3:  # noqa: PLR2004 - as many as shown above
            lines.append(f"  - … and {len(passages) - 3} more sentences of this side")
    return "\n".join(lines)


def _difference(one: Difference) -> str:
    if one.before and one.after:
        gone, come = _marked(fold(one.before), fold(one.after))
        return f"{literal(one.what)}: {gone} → {come}"
    if one.after:
        return f"{literal(one.what)}, new: {literal(one.after)}"
    return f"{literal(one.what)}, gone: {literal(one.before)}"


def _finding(one: Finding, *, is_gone: bool = False) -> str:
    refused = " (no site is built with it)" if one.severity == "error" and not is_gone else ""
    return f"- {literal(str(one.place))}: {literal(one.rule)}{refused}: {literal(one.message)}"


def _coverage(measures: tuple[Difference, ...]) -> str:
    marks = {True: "", False: "**"}
    rows = [
        f"| {one.what} | {literal(one.before)} | {mark}{literal(one.after)}{mark} |"
        for one in measures
        for mark in [marks[one.before == one.after]]
    ]
    return "\n".join(["#### Coverage", "", "| | before | after |", "| --- | ---: | ---: |", *rows])


def _pages(comparison: Comparison) -> Iterator[str]:
    pages = [page for page in comparison.pages if page.path.endswith(".md")]
    if not pages:
        yield "#### Pages\n\nNo page changes."
        return
    lines = [f"- {literal(page.path)}: +{page.added} −{page.removed} lines" for page in pages[:_LISTED_PAGES]]
    if len(pages) > _LISTED_PAGES:
        lines.append(f"- … and {len(pages) - _LISTED_PAGES} more")
    yield "#### Pages to look at\n\n" + "\n".join(lines)


# -------------------------------------------------------------------------------------------------------------- data


def as_data(older: Revision, newer: Revision, comparison: Comparison) -> dict[str, Any]:
    """The review as `briefing diff --format json` prints it."""
    return {
        "before": _revision_data(older),
        "after": _revision_data(newer),
        "changes": bool(comparison),
        "sources": [_source_data(one) for one in comparison.sources],
        "statements": [_statement_data(one) for one in comparison.statements],
        "disputes": [_dispute_data(one) for one in comparison.disputes],
        "texts": [_difference_data(one) for one in comparison.texts],
        "findings": {
            "added": [_finding_data(one) for one in comparison.findings_added],
            "gone": [_finding_data(one) for one in comparison.findings_gone],
        },
        "conflicts": comparison.conflicts,
        "coverage": [_difference_data(one) for one in comparison.coverage],
        "pages": [{"path": one.path, "added": one.added, "removed": one.removed} for one in comparison.pages],
    }


def _revision_data(revision: Revision) -> dict[str, Any]:
    state = "broken" if revision.problem else "built" if revision.built else "absent"
    return {"name": revision.name, "commit": revision.commit, "state": state, "problem": revision.problem or None}


def _source_data(change: SourceChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "slug": change.source.slug,
        "file": change.source.file,
        "title": change.source.title,
        "outlet": change.source.outlet,
        "differences": [_difference_data(one) for one in change.differences],
        "sentences": {"added": list(change.sentences_added), "removed": list(change.sentences_removed)},
        "cited_by": list(change.cited_by),
        "supports": [_agreement_data(one) for one in change.supports],
        "contradicts": [_agreement_data(one) for one in change.contradicts],
    }


def _agreement_data(one: Agreement) -> dict[str, Any]:
    return {
        "text": fold(one.passage),
        "sources": list(one.sources),
        "kind": one.kind or None,
        "others": list(one.others),
    }


def _statement_data(change: StatementChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.statement.id,
        "topic": change.statement.topic,
        "automatic": change.statement.automatic,
        "before": _text_data(change.before),
        "after": _text_data(change.after),
        "differences": [_difference_data(one) for one in change.differences],
        "evidence": {
            "added": [_note_data(one) for one in change.proof_added],
            "removed": [_note_data(one) for one in change.proof_removed],
        },
        "contradictions": {
            "added": [_contradiction_data(one) for one in change.contradictions_added],
            "removed": [_contradiction_data(one) for one in change.contradictions_removed],
        },
    }


def _text_data(one: ComposedStatement | None) -> Mapping[str, str] | None:
    return dict(one.text) if one else None


def _note_data(note: Note) -> dict[str, Any]:
    return {"source": note.source, "exact": note.exact, "passage": note.passages[0] if note.passages else None}


def _contradiction_data(side: ComposedContradiction) -> dict[str, Any]:
    return {
        "by": [party.id for party in side.by],
        "text": dict(side.text),
        "evidence": [_note_data(one) for one in side.notes],
    }


def _dispute_data(change: DisputeChange) -> dict[str, Any]:
    sides = [
        {
            "by": by or None,
            "passages": [{"id": one.id, "source": one.source, "text": fold(one.text)} for one in passages],
        }
        for by, passages in change.sides
    ]
    return {"kind": change.kind, "id": change.dispute.id, "about": change.dispute.kind, "sides": sides}


def _difference_data(one: Difference) -> dict[str, str]:
    return {"what": one.what, "before": one.before, "after": one.after}


def _finding_data(one: Finding) -> dict[str, Any]:
    return {"rule": one.rule, "statement": one.statement, "place": str(one.place), "message": one.message}
