"""Two briefings → what changed: sources, statements and their proof, disputes, coverage, pages; in the pages' order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from briefing.model import (
    Briefing,
    Claim,
    ComposedContradiction,
    ComposedStatement,
    Dispute,
    Finding,
    Note,
    Passage,
    Source,
    fold,
)
from briefing.pipeline import Built, pages_of

_Value = TypeVar("_Value")
StatementKind = Literal["added", "reworded", "changed", "renamed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is another one now; empty for none."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Words of a new source, and the sources that say the same or otherwise."""

    passage: str
    """The sentence."""
    sources: tuple[str, ...]
    """The others' slugs."""
    kind: str = ""
    """Of a dispute: `denial`, `date`, `figure`, `wording`."""
    others: tuple[str, ...] = ()
    """Of a dispute: the others' sentences."""


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source that came, went, or is another one."""

    kind: Literal["added", "changed", "removed"]
    source: Source
    differences: tuple[Difference, ...] = ()
    cited_by: tuple[str, ...] = ()
    """Statements that cite it, in the newer state; of a removed one in the older."""
    supports: tuple[Agreement, ...] = ()
    contradicts: tuple[Agreement, ...] = ()
    sentences_added: tuple[str, ...] = ()
    """Of a source whose text is another one: a source is never edited, so a reviewer must see what was."""
    sentences_removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that came, went, or is another one."""

    kind: StatementKind
    before: ComposedStatement | None
    after: ComposedStatement | None
    differences: tuple[Difference, ...] = ()
    """Of status, speakers, chains and the like; the texts are in the statements."""
    proof_added: tuple[Note, ...] = ()
    proof_removed: tuple[Note, ...] = ()
    contradictions_added: tuple[ComposedContradiction, ...] = ()
    contradictions_removed: tuple[ComposedContradiction, ...] = ()

    @property
    def statement(self) -> ComposedStatement:
        """The newest state of it."""
        found = self.after or self.before
        if found is None:  # pragma: no cover - a change has a state
            raise ValueError(self)
        return found

    @property
    def is_changed(self) -> bool:
        """Whether anything but its text, its proof and its contradictions differs."""
        return bool(self.differences)


@dataclass(frozen=True, slots=True)
class DisputeChange:
    """A disagreement that comparing the sources found, or finds no more."""

    kind: Literal["added", "changed", "removed"]
    dispute: Dispute
    sides: tuple[tuple[str, tuple[Passage, ...]], ...]
    """Who holds it, empty where nobody is named, and in which sentences."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """A file of the site that is another one now, and by how many lines."""

    path: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in which two briefings differ."""

    sources: tuple[SourceChange, ...] = ()
    statements: tuple[StatementChange, ...] = ()
    disputes: tuple[DisputeChange, ...] = ()
    texts: tuple[Difference, ...] = ()
    """Titles, questions, what is not known, names and roles."""
    findings_added: tuple[Finding, ...] = ()
    findings_gone: tuple[Finding, ...] = ()
    coverage: tuple[Difference, ...] = ()
    """Every measure, also those that stayed."""
    pages: tuple[PageChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(
            self.sources or self.statements or self.disputes or self.texts or self.pages
            or self.findings_added or self.findings_gone
        )  # fmt: skip

    @property
    def conflicts(self) -> int:
        """How many disagreements are new: contradictions of statements, and disputes between sources."""
        stated = sum(len(one.contradictions_added) for one in self.statements)
        return stated + sum(one.kind == "added" for one in self.disputes)


def compare(before: Built | None, after: Built | None) -> Comparison:
    """What changed from one briefing to another; None stands for an empty one."""
    statements = _statements(_by_id(before), _by_id(after))
    return Comparison(
        sources=_sources(before, after),
        statements=statements,
        disputes=_disputes(before, after),
        texts=_texts(before.briefing if before else None, after.briefing if after else None),
        findings_added=_without(after, before),
        findings_gone=_without(before, after),
        coverage=_coverage(before, after),
        pages=_pages(pages_of(before) if before else {}, pages_of(after) if after else {}),
    )


# ----------------------------------------------------------------------------------------------------------- sources


def _sources(before: Built | None, after: Built | None) -> tuple[SourceChange, ...]:
    old, new = _source_table(before), _source_table(after)
    changes = []
    for slug, source in new.items():
        if slug not in old and after:
            supports, contradicts = _bearing(source, after)
            changes.append(SourceChange("added", source, (), _citing(after, slug), supports, contradicts))
        elif slug in old and (differences := _told(old[slug], source)):
            gone, come = _sentences(before, after, slug)
            changes.append(
                SourceChange(
                    "changed", source, differences, _citing(after, slug), sentences_added=come, sentences_removed=gone
                )
            )
    changes += [
        SourceChange("removed", source, (), _citing(before, slug)) for slug, source in old.items() if slug not in new
    ]
    return tuple(changes)


def _sentences(before: Built | None, after: Built | None, slug: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences of a source that are gone, and those that are new, in its order."""
    old, new = (
        tuple(dict.fromkeys(fold(one.text) for one in _passages(built).values() if one.source == slug))
        for built in (before, after)
    )
    return tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)


def _source_table(built: Built | None) -> dict[str, Source]:
    return {page.source.slug: page.source for page in built.briefing.sources} if built else {}


def _told(old: Source, new: Source) -> tuple[Difference, ...]:
    """In what two states of a source differ; of its text only that it does, since no page shows the whole."""

    def shown(source: Source) -> dict[str, str]:
        return {
            "file": source.file,
            "text": source.sha256[:12],
            "article": f"{sum(len(block.text.split()) for block in source.article.blocks)} words",
            "title": source.title or "",
            "outlet": source.outlet or "",
            "published": source.published.value if source.published else "",
            "updated": source.updated.value if source.updated else "",
            "not before": source.not_before or "",
            "not after": source.not_after or "",
            "dated": "; ".join(f"{code}: {text}" for code, text in sorted(source.dated.items())),
            "language": source.language,
            "authors": ", ".join(source.authors),
            "agencies": ", ".join(source.agencies),
            "address": source.url or "",
            "rights": source.rights or "",
            "note": source.note or "",
        }

    return _differences(shown(old), shown(new))


def _citing(built: Built | None, slug: str) -> tuple[str, ...]:
    return tuple(one.id for one in _by_id(built).values() if slug in {note.source for note in _all_notes(one)})


def _bearing(source: Source, after: Built) -> tuple[tuple[Agreement, ...], tuple[Agreement, ...]]:
    """What a new source supports, and what it contradicts, as comparing the sources found it."""
    passages = _passages(after)
    found = after.briefing.corroboration
    supports = tuple(
        Agreement(passages[mine[0]].text, others)
        for claim in found.claims
        if (others := tuple(slug for slug in claim.sources if slug != source.slug))
        and (mine := [one for one in claim.passages if _is_of(one, source.slug, passages)])
    )
    contradicts = []
    for dispute in found.disputes:
        for side in dispute.sides:
            mine = [one for one in side.passages if _is_of(one, source.slug, passages)]
            against = [
                passages[one]
                for other in dispute.sides
                if other is not side
                for one in other.passages
                if one in passages and not _is_of(one, source.slug, passages)
            ]
            if mine and against:
                slugs = tuple(dict.fromkeys(other.source for other in against))
                texts = tuple(dict.fromkeys(fold(other.text) for other in against))
                contradicts.append(Agreement(passages[mine[0]].text, slugs, dispute.kind, texts))
    return supports, tuple(contradicts)


def _is_of(passage: str, slug: str, passages: Mapping[str, Passage]) -> bool:
    return passage in passages and passages[passage].source == slug


def _passages(built: Built | None) -> dict[str, Passage]:
    return {passage.id: passage for one in built.seeds.sources for passage in one.passages} if built else {}


# -------------------------------------------------------------------------------------------------------- statements


def _by_id(built: Built | None) -> dict[str, ComposedStatement]:
    """Every statement of a briefing in the order of its pages."""
    pages = built.briefing.topics if built else ()
    return {one.id: one for page in pages for one in (*page.statements, *page.also)}


def _statements(old: dict[str, ComposedStatement], new: dict[str, ComposedStatement]) -> tuple[StatementChange, ...]:
    renamed = _renamed(old, new)
    kept = set(renamed.values())
    changes = []
    for key, after in new.items():
        before = old.get(renamed.get(key, key))
        if before is None:
            changes.append(
                StatementChange("added", None, after, (), after.notes, (), after.disputed)
            )  # fmt: skip
        elif (change := _changed(before, after)) is not None:
            changes.append(change)
    changes += [
        StatementChange("withdrawn", before, None, (), (), before.notes, (), before.disputed)
        for key, before in old.items()
        if key not in new and key not in kept
    ]
    return tuple(changes)


def _renamed(old: Mapping[str, ComposedStatement], new: Mapping[str, ComposedStatement]) -> dict[str, str]:
    """The old id of each statement that only got another one: a text in one language is the same to the letter."""
    gone = {text: key for key in reversed(list(old)) if key not in new for text in old[key].text.values()}
    found: dict[str, str] = {}
    for key, one in new.items():
        if key not in old:
            match = next((gone[text] for text in one.text.values() if text in gone), None)
            if match is not None and match not in found.values():
                found[key] = match
    return found


def _changed(before: ComposedStatement, after: ComposedStatement) -> StatementChange | None:
    differences = (*_differences(_properties(before), _properties(after)), *_retranslated(before, after))
    proofs = _added_removed(before.notes, after.notes, _proof)
    contradictions = _added_removed(before.disputed, after.disputed, _contradiction)
    reworded = dict(before.text) != dict(after.text)
    if not (reworded or differences or any(proofs) or any(contradictions) or before.id != after.id):
        return None
    kind: StatementKind = "reworded" if reworded else "renamed" if before.id != after.id else "changed"
    return StatementChange(kind, before, after, differences, *proofs, *contradictions)


def _properties(one: ComposedStatement) -> dict[str, str]:
    return {
        "id": one.id,
        "topic": one.topic,
        "status": str(one.status),
        "speakers": ", ".join(_name(party.name) for party in one.speakers),
        "sources": str(len(one.sources)),
        "chains": str(one.chains),
        "rests on": _name(one.rests_on.name) if one.rests_on else "",
        "key statement": "yes" if one.key else "",
        "background": "yes" if one.before else "",
        "date": one.date or "",
        "section": _name(one.section),
        "written": "by the build" if one.automatic else "by the editor",
    }


def _name(texts: Mapping[str, str]) -> str:
    return next(iter(texts.values()), "")


def _proof(note: Note) -> tuple[str, ...]:
    return note.source, fold(note.exact)


def _retranslated(before: ComposedStatement, after: ComposedStatement) -> tuple[Difference, ...]:
    """The translations of quoted words that are other ones; the words themselves are the proof."""

    def table(one: ComposedStatement) -> dict[tuple[str, ...], dict[str, str]]:
        return {
            _proof(note): {f"translation of {note.source} ({code})": text for code, text in note.translation.items()}
            for note in _all_notes(one)
        }

    old, new = table(before), table(after)
    return tuple(one for key, texts in new.items() if key in old for one in _differences(old[key], texts))


def _contradiction(one: ComposedContradiction) -> tuple[object, ...]:
    return tuple(party.id for party in one.by), tuple(sorted(one.text.items())), tuple(map(_proof, one.notes))


def _all_notes(one: ComposedStatement) -> Iterable[Note]:
    return (*one.notes, *(note for side in one.disputed for note in side.notes))


def _added_removed(
    old: tuple[_Value, ...], new: tuple[_Value, ...], key: Callable[[_Value], object]
) -> tuple[tuple[_Value, ...], tuple[_Value, ...]]:
    """What `new` has that `old` has not, and the other way round; two values are the same if their keys are."""
    before, after = set(map(key, old)), set(map(key, new))
    return tuple(one for one in new if key(one) not in before), tuple(one for one in old if key(one) not in after)


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    keys = dict.fromkeys((*before, *after))
    return tuple(
        Difference(key, before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    )


# ------------------------------------------------------------------------------- disputes, texts, findings, coverage


def _disputes(before: Built | None, after: Built | None) -> tuple[DisputeChange, ...]:
    def table(built: Built | None) -> dict[str, Dispute]:
        return {one.id: one for one in built.briefing.corroboration.disputes} if built else {}

    def change(kind: Literal["added", "changed", "removed"], dispute: Dispute, built: Built | None) -> DisputeChange:
        passages = _passages(built)
        sides = tuple(
            (side.by or "", tuple(passages[one] for one in side.passages if one in passages)) for side in dispute.sides
        )
        return DisputeChange(kind, dispute, sides)

    old, new = table(before), table(after)
    return (
        *(change("added", one, after) for key, one in new.items() if key not in old),
        *(change("changed", one, after) for key, one in new.items() if key in old and old[key] != one),
        *(change("removed", one, before) for key, one in old.items() if key not in new),
    )


def _texts(before: Briefing | None, after: Briefing | None) -> tuple[Difference, ...]:
    def table(briefing: Briefing | None) -> dict[str, str]:
        if briefing is None:
            return {}
        found = {f"title of the site ({code})": text for code, text in briefing.title.items()}
        found |= {"languages": ", ".join(briefing.languages), "as of": briefing.as_of or ""}
        for page in briefing.topics:
            name = page.topic.id
            found |= {f"title of {name} ({code})": text for code, text in page.topic.title.items()}
            found |= {f"question of {name} ({code})": text for code, text in page.topic.question.items()}
            for n, text in enumerate(page.topic.unknown, 1):
                found |= {f"not known in {name}, {n} ({code})": words for code, words in text.items()}
        for party in briefing.parties:
            found |= {f"name of {party.id} ({code})": text for code, text in party.name.items()}
            found |= {f"role of {party.id} ({code})": text for code, text in party.role.items()}
        found |= {f"overruled in {statement}: {rule}": reason for statement, rule, reason in briefing.overruled}
        found |= {f"left out: {one.file}": one.reason for one in briefing.rejected}
        found |= {f"shown of {page.source.slug}": page.source_text for page in briefing.sources}
        return found

    old, new = table(before), table(after)
    # Who speaks for the first time came with a statement, the share of a new source with the source: told there.
    return tuple(
        one
        for one in _differences(old, new)
        if not (one.what.startswith(("name of ", "role of ", "shown of ")) and not (one.before and one.after))
    )


def _without(one: Built | None, other: Built | None) -> tuple[Finding, ...]:
    """The findings of one that the other has not; a finding that only moved to another line is the same."""
    known = {(found.rule, found.statement, found.message) for found in (other.findings if other else ())}
    return tuple(
        found
        for found in (one.findings if one else ())
        if (found.rule, found.statement, found.message) not in known
    )  # fmt: skip


def _coverage(before: Built | None, after: Built | None) -> tuple[Difference, ...]:
    old, new = _measures(before), _measures(after)
    return tuple(Difference(key, old[key], new[key]) for key in new)


def _measures(built: Built | None) -> dict[str, str]:
    statements = list(_by_id(built).values())
    own = [one for one in statements if not one.automatic]
    cited = {note.source for one in statements for note in _all_notes(one)}
    passages = {passage for one in statements for note in _all_notes(one) for passage in note.passages}
    claims: tuple[Claim, ...] = built.briefing.corroboration.claims if built else ()
    return {
        "sources": str(len(built.briefing.sources) if built else 0),
        "sources that a statement cites": str(len(cited)),
        "topics": str(len(built.briefing.topics) if built else 0),
        "statements by the editor": str(len(own)),
        "statements by the build": str(len(statements) - len(own)),
        "statements resting on one source": str(sum(len(one.sources) == 1 for one in own)),
        "statements of two or more chains": str(sum(one.chains > 1 for one in own)),
        "disputed statements": str(sum(bool(one.disputed) for one in statements)),
        "claims of several sources": str(sum(len(one.sources) > 1 for one in claims)),
        "disputes between sources": str(len(built.briefing.corroboration.disputes) if built else 0),
        "sentences cited": f"{len(passages)} of {len(_passages(built))}",
        "findings": str(len(built.findings) if built else 0),
    }


# ------------------------------------------------------------------------------------------------------------- pages


def _pages(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[PageChange, ...]:
    """The files that differ, pages of people before data, most changed lines first."""
    changes = []
    for path in sorted({*old, *new}):
        before, after = old.get(path, ""), new.get(path, "")
        if before != after:
            old_lines, new_lines = Counter(before.splitlines()), Counter(after.splitlines())
            changes.append(PageChange(path, (new_lines - old_lines).total(), (old_lines - new_lines).total()))
    return tuple(sorted(changes, key=lambda one: (not one.path.endswith(".md"), -one.added - one.removed, one.path)))
