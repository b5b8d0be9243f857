"""A small project about an invented event, for tests that need one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

FERRY = """\
Ferry line between Halden and Morvik to reopen in May

By Ada Lind
12 March 2031

The ferry line between Halden and Morvik will reopen on 4 May, the harbour authority said on Wednesday. The crossing \
had been closed since a fire damaged the terminal in 2029.

"We have waited two years for this day," said Mayor Tore Nygaard at a meeting in Halden. He said that the new terminal \
had cost 12.5 million crowns.

The union of seafarers warned that more than 40 jobs could be lost. The operator rejected the claim and said that \
nobody would be dismissed.

About 300,000 passengers used the line each year before the fire, according to the harbour authority.
"""

FAEHRE = """\
Fähre zwischen Halden und Morvik fährt ab Mai wieder

12. März 2031

Die Fähre zwischen Halden und Morvik nimmt am 4. Mai den Betrieb wieder auf. Das teilte die Hafenbehörde am Mittwoch \
mit. Die Verbindung war seit einem Brand im Jahr 2029 unterbrochen.

„Auf diesen Tag haben wir zwei Jahre gewartet“, sagte Bürgermeister Tore Nygaard in Halden. Das neue Terminal hat nach \
seinen Angaben 12,5 Millionen Kronen gekostet.

Die Gewerkschaft der Seeleute befürchtet, dass mehr als 40 Stellen wegfallen. Der Betreiber wies das zurück: Niemand \
werde entlassen.
"""

TOPIC = """\
title: {en: The ferry, de: Die Fähre}
question: {en: When does the ferry sail again?, de: Wann fährt die Fähre wieder?}
terms:
  en: [ferry, terminal]
  de: [Fähre, Terminal]
statements:
  - id: reopening
    key: true
    status: stated
    en: Ferries are to sail between Halden and Morvik again from 4 May.
    de: Zwischen Halden und Morvik sollen ab dem 4. Mai wieder Fähren verkehren.
    evidence:
      - ferry: will reopen on 4 May
      - faehre: nimmt am 4. Mai den Betrieb wieder auf
"""

CONFIG = """\
site_name: The ferry
docs_dir: docs/en
theme: {name: material, font: false}
extra_css: [assets/briefing.css]
markdown_extensions: [attr_list, footnotes, md_in_html, tables, {toc: {toc_depth: 2}}]
plugins:
  - search
  - briefing: {languages: [en, de]}
"""

FILES = {
    "mkdocs.yml": CONFIG,
    "mkdocs.de.yml": "INHERIT: mkdocs.yml\nsite_name: Die Fähre\ndocs_dir: docs/de\nsite_dir: site/de\n",
    "seeds/ferry.txt": FERRY,
    "seeds/faehre.txt": FAEHRE,
    "topics/ferry.yml": TOPIC,
    "docs/en/.keep": "",
    "docs/de/.keep": "",
}


def make_project(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The project in `folder`, with `changes` to its files; None leaves a file out."""
    for name, content in {**FILES, **(changes or {})}.items():
        path = folder / name
        if content is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`briefing` with these arguments in the project's folder, as a person would call it."""
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=project,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
