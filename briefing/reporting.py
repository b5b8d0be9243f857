"""Findings and removals as lines for people, for tools and for a pull request."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from briefing.lexicon import unread
from briefing.model import Article, Finding, Source, fold


def print_findings(findings: Sequence[Finding], form: str = "text") -> None:
    """Print findings.

    Args:
        findings: What was found, in the order of files and lines.
        form: `text` (one line each, to standard error), `json` (one list) or `github` (annotations of a workflow run).
    """
    if form == "json":
        sys.stdout.write(json.dumps([_data(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n")
    elif form == "github":
        sys.stdout.writelines(f"{_annotation(finding)}\n" for finding in findings)
    else:
        sys.stderr.writelines(f"{_line(finding)}\n" for finding in findings)
        if findings:
            sys.stderr.write(f"{len(findings)} finding{'s' if len(findings) > 1 else ''}\n")


def unread_parts(sources: Iterable[Source]) -> Iterator[str]:
    """For each source in a language without word lists a line that says what was not read in it."""
    for source in sources:
        parts = unread(source.language)
        if parts:
            missing = ", ".join(parts)
            yield f"{source.file} is in “{source.language}”, whose words are not all known; not read: {missing}"


def _line(finding: Finding) -> str:
    severity = "" if finding.severity == "error" else f"{finding.severity}: "
    about = f" [{finding.statement}]" if finding.statement else ""
    return f"{finding.place}: {severity}{finding.rule}: {finding.message}{about}"


def _data(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "statement": finding.statement,
        "message": finding.message,
    }


def _annotation(finding: Finding) -> str:
    def encoded(text: str, more: str = "") -> str:
        for character in f"%\r\n{more}":
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    place = finding.place
    return (
        f"::{finding.severity} file={encoded(place.file, ':,')},line={place.line},col={place.column},"
        f"title={encoded(finding.rule, ':,')}::{encoded(finding.message)}"
    )


def print_removals(articles: Iterable[Article]) -> None:
    """Print every line of each file, kept or left out, with kind and reason."""
    for article in articles:
        sys.stdout.write(f"== {article.document.file}\n")
        pieces = [(b.start, f"   kept {b.kind}: {fold(b.text)}") for b in article.blocks]
        pieces += [(r.start, f"-  {r.kind} ({r.reason}): {fold(r.text)}") for r in article.removals]
        sys.stdout.writelines(f"{line}\n" for _, line in sorted(pieces))
