"""`python -m bench [NAME …]`: run the named benchmarks, or all, and write what they print to `bench/RESULTS.md`."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

BENCHMARKS = ("cleaning", "analysis", "scale")
RESULTS = Path(__file__).parent / "RESULTS.md"


def machine() -> str:
    """What the figures were measured on; shared and noisy, so ratios count and seconds only illustrate."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}"
    )


def main(names: list[str]) -> int:
    """Run benchmarks by name; each returns its section as Markdown."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"bench: no benchmark “{unknown[0]}”; there are {', '.join(BENCHMARKS)}\n")
        return 2
    sections = {}
    if RESULTS.exists():
        for section in RESULTS.read_text("utf-8").split("\n## ")[1:]:
            sections[section.split("\n", 1)[0]] = section.rstrip()
    for name in names or BENCHMARKS:
        report: str = importlib.import_module(f"bench.{name}").report()
        sys.stdout.write(f"## {name}\n\n{report}\n\n")
        sections[name] = f"{name}\n\nMeasured on {machine()}.\n\n{report.rstrip()}"
    head = "# Results\n\nWritten by `make bench`. Machines are noisy: the ratios count, the seconds illustrate.\n"
    RESULTS.write_text(head + "".join(f"\n## {sections[name]}\n" for name in BENCHMARKS if name in sections), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
