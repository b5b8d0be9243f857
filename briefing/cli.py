"""The command `briefing`: parse, call, print.

Exit status 0 is good, 1 means findings, 2 wrong use or bad input. Nothing is imported before it is needed, so that
`briefing clean` on one file starts in a fraction of a second.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.errors import BriefingError, UnprovedError

if TYPE_CHECKING:
    from briefing.model import Topic
    from briefing.project import Project
    from briefing.running import Execution

GOOD, FINDINGS, BAD_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The words after `briefing`; those of the process by default.

    Returns:
        The exit status.
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        status = run(options)
        sys.stdout.flush()
    except UnprovedError as error:
        from briefing.reporting import print_findings  # noqa: PLC0415

        print_findings(error.findings)
        print("briefing: nothing was written, for nothing unproved is published", file=sys.stderr)
        return FINDINGS
    except BriefingError as error:
        print(f"briefing: {error}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # the reader of a pipe left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as error:  # standard output is a full disk; files report their own troubles as BriefingError
        print(f"briefing: cannot print: {error.strerror or error}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130  # as the shell does for a program that SIGINT ends
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefing",
        description="Turn a folder of news articles into a site on which every statement is footnoted to exact words.",
    )
    parser.add_argument("--version", action="version", version=f"briefing {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text)
        added.set_defaults(run=run)
        return added

    build = command("build", _build, "Write the pages of the briefing in this folder.")
    build.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not up to date")
    build.add_argument(
        "--keep-going", action="store_true", help="leave out sources that cannot be read, and say so on the site"
    )
    _project_option(build)

    check = command("check", _check, "Hold every statement against its evidence.")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    _project_option(check)

    clean = command("clean", _clean, "Take the article out of each file and print it.")
    clean.add_argument("files", nargs="+", type=Path, metavar="FILE")
    clean.add_argument("--format", choices=("markdown", "text", "json"), default="markdown")
    clean.add_argument("--explain", action="store_true", help="print what was left out of each file, and why")

    inspect = command("inspect", _inspect, "Print the whole analysis as JSON; of the project's sources, or of FILEs.")
    inspect.add_argument("files", nargs="*", type=Path, metavar="FILE")
    inspect.add_argument("--html", action="store_true", help="print one page that shows it in colour over the text")
    _project_option(inspect)

    diff = command("diff", _diff, "Say what changes in the briefing from one revision to another, for a pull request.")
    diff.add_argument(
        "revision",
        nargs="?",
        metavar="REV",
        help="compare with the work tree; REV..REV compares two commits (default: where the work left the main branch)",
    )
    diff.add_argument("--format", choices=("markdown", "json"), default="markdown")
    diff.add_argument("--limit", type=int, metavar="N", help="characters that the Markdown may have")
    _project_option(diff)

    suggest = command("suggest", _suggest, "Print the claims that no statement covers, as YAML to paste into a topic.")
    suggest.add_argument("--topic", metavar="ID", help="only this topic")
    suggest.add_argument("--limit", type=int, default=10, metavar="N", help="claims of one topic (default: 10)")
    _project_option(suggest)

    new = command("new", _new, "Make an empty project that builds as it is.")
    new.add_argument("folder", type=Path, metavar="DIR")
    new.add_argument("--title", default="", help="the site's name (default: made from the folder's)")
    new.add_argument("--languages", default="en,de", metavar="CODES", help="languages of the site (default: en,de)")

    add = command("add", _add, "Add a file, or a page of the web, to the sources, and say what it changes.")
    add.add_argument("what", metavar="FILE|URL")
    add.add_argument("--slug", help="the name by which it is cited (default: made from its outlet or title)")
    add.add_argument("--allow-private", action="store_true", help="let an address lead to this machine or its network")
    _project_option(add)
    return parser


def _project_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the folder that holds mkdocs.yml (default: this one)",
    )
    parser.add_argument(
        "--jobs", type=_jobs, metavar="N", help="processes that read sources side by side (default: as many as pay)"
    )
    parser.add_argument("--backend", choices=("dask", "ray"), help="read sources on a cluster, by joblib's own backend")
    parser.add_argument(
        "--address", metavar="URL", help="where the cluster's scheduler listens, such as tcp://127.0.0.1:8786"
    )
    parser.add_argument("--no-cache", action="store_true", help="read every source anew")
    told = parser.add_mutually_exclusive_group()
    told.add_argument("-q", "--quiet", action="store_true", help="show no progress")
    told.add_argument("-v", "--verbose", action="store_true", help="say what each stage did and how long it took")


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:  # noqa: PLR2004 - more processes than any machine of today runs well
        message = "a whole number from 1 to 1024"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _execution(options: argparse.Namespace) -> Execution:
    from briefing.running import Execution  # noqa: PLC0415

    if options.verbose:
        import logging  # noqa: PLC0415

        logging.basicConfig(stream=sys.stderr, format="briefing: %(message)s")
        logging.getLogger("briefing").setLevel(logging.INFO)
    return Execution(options.jobs, options.backend, options.address, cache=not options.no_cache, quiet=options.quiet)


def _project(options: argparse.Namespace, **changes: object) -> Project:
    import dataclasses  # noqa: PLC0415

    from briefing.project import load_project  # noqa: PLC0415
    from briefing.settings import load_settings  # noqa: PLC0415

    settings = load_settings(options.project)
    return load_project(dataclasses.replace(settings, **changes))  # type: ignore[arg-type]


def _build(options: argparse.Namespace) -> int:
    from briefing.pipeline import build_briefing, outdated_pages, publish  # noqa: PLC0415
    from briefing.reporting import print_findings, unread_parts  # noqa: PLC0415

    project = _project(options, **({"keep_going": True} if options.keep_going else {}))
    if options.check:
        built = build_briefing(project, _execution(options))
        stale = outdated_pages(project, built)
        for path in (*stale.changed, *stale.removed):
            print(f"{project.settings.docs}/{path} is not up to date; run `briefing build`")
        print_findings(built.findings)
        return FINDINGS if stale.changed or stale.removed else GOOD
    built, written = publish(project, _execution(options))
    for line in unread_parts(page.source for page in built.briefing.sources):
        print(f"{project.settings.seeds}/{line}", file=sys.stderr)
    for name in built.seeds.skipped:
        print(f"{project.settings.seeds}/{name} is of no kind that can be read, and was skipped", file=sys.stderr)
    print_findings(built.findings)
    counts = {
        "source": len(built.seeds.sources),
        "topic": len(built.briefing.topics),
        "statement": sum(len(page.statements) for page in built.briefing.topics),
    }
    told = ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for what, n in counts.items())
    print(f"{told}; {len(written.changed)} files written, {len(written.removed)} removed")
    return GOOD


def _check(options: argparse.Namespace) -> int:
    from briefing.pipeline import check_project  # noqa: PLC0415
    from briefing.reporting import print_findings  # noqa: PLC0415

    findings = check_project(_project(options), _execution(options))
    print_findings(findings, options.format)
    return FINDINGS if any(finding.severity == "error" for finding in findings) else GOOD


def _clean(options: argparse.Namespace) -> int:
    from briefing import clean  # noqa: PLC0415
    from briefing.errors import SourceError  # noqa: PLC0415
    from briefing.model import Place, Rejected, fold  # noqa: PLC0415

    articles = []
    for path in options.files:
        article = clean(path)
        if isinstance(article, Rejected):
            raise SourceError(f"{article.reason}{f' ({article.detail})' if article.detail else ''}", Place(str(path)))
        articles.append(article)
    if options.explain:
        from briefing.reporting import print_removals  # noqa: PLC0415

        print_removals(articles)
    elif options.format == "json":
        from briefing.exports import article_data, as_json  # noqa: PLC0415

        sys.stdout.write(as_json([article_data(article) for article in articles]))
    elif options.format == "text":
        print("\n\n\n".join("\n\n".join(fold(block.text) for block in article.blocks) for article in articles))
    else:
        from briefing.model import AnnotatedSource  # noqa: PLC0415
        from briefing.rendering.source import cleaned_markdown  # noqa: PLC0415
        from briefing.segmentation import segment  # noqa: PLC0415
        from briefing.sources import identify  # noqa: PLC0415

        sources = [identify(article, "source", None) for article in articles]
        print("\n".join(cleaned_markdown(AnnotatedSource(one, segment(one))) for one in sources), end="")
    return GOOD


def _inspect(options: argparse.Namespace) -> int:
    from briefing.corroboration import corroborate  # noqa: PLC0415
    from briefing.topics import classify  # noqa: PLC0415

    topics: tuple[Topic, ...] = ()
    if options.files:
        from briefing import analyse  # noqa: PLC0415

        sources = analyse(options.files)
    else:
        from briefing.pipeline import read_seeds  # noqa: PLC0415

        project = _project(options)
        sources, topics = read_seeds(project, _execution(options)).sources, project.topics
    bearings = classify(sources, topics)
    corroboration = corroborate(sources, bearings)
    if options.html:
        from briefing.formats.inspection import inspection_page  # noqa: PLC0415

        sys.stdout.write(inspection_page(sources, bearings, corroboration))
    else:
        from briefing.exports import as_json, inspection_data  # noqa: PLC0415

        sys.stdout.write(as_json(inspection_data(sources, bearings, corroboration)))
    return GOOD


def _diff(options: argparse.Namespace) -> int:
    from briefing.review import review  # noqa: PLC0415

    found = review(options.project, options.revision, _execution(options))
    if options.format == "json":
        from briefing.exports import as_json  # noqa: PLC0415

        sys.stdout.write(as_json(found.data()))
    else:
        sys.stdout.write(found.markdown(options.limit))
    return FINDINGS if found.comparison.findings_added or not found.is_comparable else GOOD


def _add(options: argparse.Namespace) -> int:
    from briefing.adding import add, told  # noqa: PLC0415

    private, execution = options.allow_private, _execution(options)
    added = add(options.project, options.what, slug=options.slug, allow_private=private, execution=execution)
    sys.stdout.write(told(added))
    return FINDINGS if added.review.comparison.findings_added or not added.review.is_comparable else GOOD


def _suggest(options: argparse.Namespace) -> int:
    from briefing.suggesting import suggest  # noqa: PLC0415

    sys.stdout.write(suggest(_project(options), options.topic, options.limit, _execution(options)))
    return GOOD


def _new(options: argparse.Namespace) -> int:
    from briefing.starting import start  # noqa: PLC0415

    for path in start(options.folder, options.title, tuple(options.languages.split(","))):
        print(path)
    print(f"Put articles into {options.folder / 'seeds'}, one file each, and run `mkdocs build` in {options.folder}.")
    return GOOD
