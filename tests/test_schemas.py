"""The JSON Schemas by which editors help: they say what the loader says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from briefing import project
from briefing.errors import ProjectError
from briefing.model import Status
from briefing.project import load_project
from briefing.settings import SOURCE_TEXTS, Settings, load_settings
from briefing.starting import start
from briefing.verification import RULES

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "briefing/schemas"
PLACES = {"sources": "seeds/sources.yml", "names": "seeds/names.yml", "topic": "topics/x.yml"}


class _Core(yaml.SafeLoader):
    """YAML 1.2 as language servers read it: a date is a text, and `no` is a word."""


_Core.yaml_implicit_resolvers = {
    mark: [(tag, what) for tag, what in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for mark, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def schema(name: str) -> dict[str, Any]:
    """One of the three schemas."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return found


def is_valid(name: str, text: str) -> bool:
    """Whether the schema accepts a file."""
    return bool(Draft7Validator(schema(name)).is_valid(yaml.load(text, _Core)))  # noqa: S506 - a safe loader


def is_loaded(name: str, text: str, folder: Path) -> bool:
    """Whether the loader does."""
    path = folder / PLACES[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    try:
        load_project(Settings(root=folder, languages=("en", "de")))
    except ProjectError:
        return False
    return True


def known_keys(definition: dict[str, Any]) -> set[str]:
    """The keys that a part of a schema names."""
    return set(definition["properties"])


@pytest.mark.parametrize("name", sorted(PLACES))
def test_the_schemas_are_schemas(name: str) -> None:
    """Draft 7, which every YAML language server knows; and every key has a word of help."""
    Draft7Validator.check_schema(schema(name))
    for part in (schema(name), *schema(name)["definitions"].values()):
        for key, value in part.get("properties", {}).items():
            assert "description" in value or "$ref" in value, key


def test_they_know_the_keys_that_the_loader_knows() -> None:
    """No more and no fewer, and the same words where a value is one of a few."""
    keys = vars(project)  # what the loader goes by is its own affair, but not here
    topic, sources, names = schema("topic"), schema("sources"), schema("names")
    statement = topic["definitions"]["statement"]
    assert known_keys(topic) == set(keys["_TOPIC_KEYS"])
    assert known_keys(statement) == set(keys["_STATEMENT_KEYS"])
    assert known_keys(topic["definitions"]["quote"]) == set(keys["_EVIDENCE_KEYS"])
    assert known_keys(sources["definitions"]["entry"]) == set(keys["_SOURCE_KEYS"])
    assert statement["properties"]["status"]["enum"] == list(Status)
    assert statement["properties"]["allow"]["propertyNames"]["enum"] == list(RULES)
    assert names["definitions"]["name"]["properties"]["kind"]["enum"] == list(keys["_KINDS"])
    assert sources["definitions"]["entry"]["properties"]["rights"]["enum"] == list(SOURCE_TEXTS)


def test_the_files_of_this_project_are_valid_and_name_their_schema() -> None:
    """The first line of each leads an editor to it."""
    files = [*ROOT.glob("topics/*.yml"), ROOT / "seeds/sources.yml", ROOT / "seeds/names.yml"]
    assert len(files) > 2
    for path in files:
        text = path.read_text("utf-8")
        told = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert told, path.name
        target = (path.parent / told[1]).resolve()
        assert target.parent == SCHEMAS.resolve()
        errors = Draft7Validator(json.loads(target.read_text("utf-8"))).iter_errors(yaml.load(text, _Core))  # noqa: S506
        assert not [f"{path.name}: {list(error.path)}: {error.message}" for error in errors]


TOPIC = "title: {en: A, de: B}\n"
STATEMENT = "  - id: one\n    en: A.\n    de: B.\n"
EVIDENCE = "    evidence: [{ferry: words}]\n"
CASES = [
    ("sources", "", True),
    ("sources", "a.txt: {slug: a, published: 2024-06-19, url: https://example.org/}\n", True),
    (
        "sources",
        "a.txt: {slug: a-1, published: 2024, not_after: 2024-06, agencies: [AFP], dated: {en: x, de: y}}\n",
        True,
    ),
    ("sources", "a.txt: {slug: A}\n", False),
    ("sources", "a.txt: {slug: con}\n", False),
    ("sources", "a.txt: {slug: ../x}\n", False),
    ("sources", "a.txt: {slgu: a}\n", False),
    ("sources", "a.txt: {published: 19.6.2024}\n", False),
    ("sources", "a.txt: {published: 2024-13-01}\n", False),
    ("sources", "a.txt: {url: 'javascript:alert(1)'}\n", False),
    ("sources", "a.txt: {rights: all}\n", False),
    ("sources", "a.txt: {language: german}\n", False),
    ("sources", "a.txt: {agencies: AFP}\n", False),
    ("sources", "a.txt: text\n", False),
    ("sources", "- a.txt\n", False),
    ("names", "- {name: {en: A, de: B}, kind: person, role: {en: C, de: D}, also: [E]}\n", True),
    ("names", "- {kind: person}\n", False),
    ("names", "- {name: {en: A, de: B}, kind: animal}\n", False),
    ("names", "- {name: {en: A, de: B}, nick: C}\n", False),
    ("names", "name: {en: A, de: B}\n", False),
    ("topic", TOPIC, True),
    ("topic", TOPIC + "order: 3\nquestion: {en: C, de: D}\nterms: {en: [ferry]}\nunknown: [{en: E, de: F}]\n", True),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE, True),
    (
        "topic",
        TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    key: true\n    date: 2024-06\n    status: denied\n",
        True,
    ),
    (
        "topic",
        TOPIC + "statements:\n" + STATEMENT + "    evidence: [{ferry: {quote: words, en: Worte, prefix: a}}]\n",
        True,
    ),
    (
        "topic",
        TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    disputed: [{by: A, evidence: [{ferry: b}]}]\n",
        True,
    ),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    disputed: [{by: [A]}]\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT, False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + "    evidence: []\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + "    evidence: [{ferry: {en: words}}]\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    status: true\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    status: rumoured\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    key: perhaps\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    by: Ada Lind\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    date: May\n", False),
    ("topic", TOPIC + "statements:\n" + STATEMENT + EVIDENCE + "    weight: 3\n", False),
    ("topic", TOPIC + "order: first\n", False),
    ("topic", TOPIC + "words: {en: [ferry]}\n", False),
    ("topic", "question: {en: C, de: D}\n", False),
    ("topic", TOPIC + "terms: {en: ferry}\n", False),
]


@pytest.mark.parametrize(("name", "text", "good"), CASES)
def test_schema_and_loader_agree(name: str, text: str, good: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """What an editor underlines is what the build refuses."""
    assert (is_valid(name, text), is_loaded(name, text, tmp_path)) == (good, good)


def test_a_new_project_has_them_at_hand(tmp_path: Path) -> None:
    """No editor finds the ones in the package, so `briefing new` copies them beside the files that name them."""
    start(tmp_path / "new")
    named = 0
    for path in (tmp_path / "new").rglob("*.yml"):
        told = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
        if told:
            named += 1
            target = (path.parent / told[1]).resolve()
            assert target.read_bytes() == (SCHEMAS / target.name).read_bytes()
    assert named == 4
    assert load_project(load_settings(tmp_path / "new")).topics
