"""What to write next: the claims that no statement covers, as YAML to paste, and what bears on statements there are.

For the editor's eyes: what is only likely is told here, as comments, and never shown on the site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from briefing.composition.automatic import Automatic
from briefing.composition.choosing import Candidate
from briefing.composition.desk import Desk, Material
from briefing.corroboration import corroborate
from briefing.errors import ProjectError, VerificationError
from briefing.located import unknown
from briefing.model import Passage, Place, ResolvedEvidence, Statement, Status, Topic, fold
from briefing.pipeline import read_seeds
from briefing.running import Execution
from briefing.slugs import make_slug
from briefing.topics import classify
from briefing.verification import verify

if TYPE_CHECKING:
    from briefing.project import Project

_DEFAULT = Execution()
_LIMIT = 10
"""Claims of one topic that are printed; the rest is there once these are written or dropped."""
_FURTHER = 3
"""Passages that are shown below a statement, so that its best support is not lost in a list."""
_ID_WORDS = 3


def suggest(project: Project, topic: str | None = None, limit: int = _LIMIT, execution: Execution = _DEFAULT) -> str:
    """What an editor may write next, as YAML ready to paste below `statements:`.

    Args:
        project: The project; its statements may be none.
        topic: Only this topic.
        limit: Claims of one topic.
        execution: How the sources are read.

    Raises:
        ProjectError: There is no such topic.
        SourceError: A source cannot be read or holds no article.
        VerificationError: A statement's evidence does not stand in its source.
    """
    topics = [one for one in project.topics if topic in {None, one.id}]
    if topic is not None and not topics:
        names = [one.id for one in project.topics]
        raise ProjectError(unknown("topic", topic, names), Place(project.settings.topics))
    desk = _Suggestions(_material(project, execution), project)
    return "\n".join(line for one in topics for line in desk.of_topic(one, limit)) + "\n"


def _material(project: Project, execution: Execution) -> Material:
    seeds = read_seeds(project, execution)
    verified = verify(project.topics, seeds.sources, project.names, project.settings)
    if verified.unresolved:
        raise VerificationError("\n".join(f"{finding.place}: {finding.message}" for finding in verified.unresolved))
    bearings = classify(seeds.sources, project.topics)
    corroboration = corroborate(seeds.sources, bearings)
    return Material(
        seeds.sources, seeds.rejected, project.topics, project.names, bearings, verified.evidence, corroboration
    )


class _Suggestions:
    """The material of a project, asked for what its statements leave out."""

    def __init__(self, material: Material, project: Project) -> None:
        self._languages = project.settings.languages
        self._folder = project.settings.topics
        self._desk = Desk(material, self._languages)
        self._automatic = Automatic(material, self._desk, 1.0)
        self._texts = {one.source.slug: fold(one.source.text) for one in material.sources}
        self._evidence = {id(one.evidence): one for one in material.evidence}
        corroboration = material.corroboration
        together = [*(claim.passages for claim in corroboration.claims), *corroboration.likely]
        self._alike = _partners([(passage,) for passage in passages] for passages in together)
        sides = [(dispute.kind, [side.passages for side in dispute.sides]) for dispute in corroboration.disputes]
        self._against = _partners(passages for kind, passages in sides if kind != "wording")
        self._worded = _partners(passages for kind, passages in sides if kind == "wording")

    def of_topic(self, topic: Topic, limit: int) -> Iterator[str]:
        """The lines of one topic."""
        candidates = self._automatic.candidates(topic)
        yield f"# {self._folder}/{topic.id}.yml: {len(candidates)} claims that no statement covers, best first"
        for one in candidates[:limit]:
            yield from self._claim(one)
        for statement in topic.statements:
            yield from self._statement(statement)
        yield ""

    def _claim(self, one: Candidate) -> Iterator[str]:
        passages = [self._desk.passages[passage] for passage in one.passages]
        main = one.excerpt.passages[-1]
        sources = "1 source" if len(one.sources) == 1 else f"{len(one.sources)} sources, at most {one.chains} chains"
        yield f"  # {sources}"
        yield f"  - id: {_proposed_id(main)}"
        if main.status is not Status.REPORTED:
            yield f"    status: {main.status}"
        speakers = [speaker.name for speaker in main.speakers if speaker.confidence == "certain"]
        if speakers:
            yield f"    by: [{', '.join(map(_quoted, speakers))}]"
        for language in self._languages:
            yield f'    {language}: ""'
        yield "    evidence:"
        for passage in passages:
            yield from self._evidence_lines(passage)

    def _evidence_lines(self, passage: Passage) -> Iterator[str]:
        """One piece of evidence; with the words before it where its own stand twice in the source."""
        text, words = self._texts[passage.source], fold(passage.text)
        if text.count(words) <= 1:
            yield f"      - {passage.source}: {_quoted(words)}"
            return
        yield f"      - {passage.source}:"
        yield f"          quote: {_quoted(words)}"
        yield '          prefix: ""  # these words stand here more than once: say what stands before the ones you mean'

    def _statement(self, statement: Statement) -> Iterator[str]:
        """Comments on a statement: what else may support or contradict it."""
        cited = {passage: None for one in self._resolved(statement) for passage in one.passages}
        known = set(cited) | {
            passage
            for side in statement.disputed
            for evidence in side.evidence
            for passage in self._evidence[id(evidence)].passages
        }
        for what, partners in (
            ("may support", self._alike),
            ("may contradict", self._against),
            ("words differently", self._worded),
        ):
            found = dict.fromkeys(
                other for passage in cited for other in partners.get(passage, ()) if other not in known
            )
            if found:
                yield f"# statement {statement.id}: what {what} it"
                for other in list(found)[:_FURTHER]:
                    yield f"#   - {self._desk.passages[other].source}: {_quoted(fold(self._desk.passages[other].text))}"

    def _resolved(self, statement: Statement) -> list[ResolvedEvidence]:
        return [self._evidence[id(evidence)] for evidence in statement.evidence]


def _partners(groups: Iterable[Iterable[tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    """For each passage those in the other parts of its groups, in the order of the groups."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        parts = list(group)
        for part in parts:
            for passage in part:
                others = (other for another in parts if another is not part for other in another if other != passage)
                found.setdefault(passage, {}).update(dict.fromkeys(others))
    return {passage: tuple(others) for passage, others in found.items()}


def _proposed_id(passage: Passage) -> str:
    """A slug of the longest words, for the editor to improve: `kim-multipolaren-weltordnung`."""
    words = re.findall(r"[^\W\d_]{4,}", passage.text)
    longest = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))[:_ID_WORDS]
    return make_slug(" ".join(word for word in dict.fromkeys(words) if word in longest), "claim")


def _quoted(text: str) -> str:
    """`text` as a YAML scalar in double quotes, which JSON's are."""
    return json.dumps(text, ensure_ascii=False)
