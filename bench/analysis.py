"""The analysis alone, on articles cleaned outside the clock: sentences and articles a second, time and memory.

Articles are streamed, nothing is kept, so memory must not grow with their number. Beside it in the same run, where
installed: pysbd for sentences, sumy's LexRank for one summary an article.
"""

from __future__ import annotations

import importlib
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from bench.corpus import articles, pages
from briefing.annotation import annotate
from briefing.extraction import extract
from briefing.model import AnnotatedSource, Article, Place, Source, Topic
from briefing.reading import settle
from briefing.segmentation import segment
from briefing.topics import classify

COUNTS = (100, 400)
"""Articles of the two runs whose times are compared."""
COMPARED = 20
"""Articles given to the libraries beside ours."""
TOPIC = Topic("bench", {}, {}, {"de": ("Vertrag", "Waffe", "Besuch"), "en": ("treaty", "arms")}, (), Place("bench"))


def report() -> str:
    """A table of the runs, as Markdown."""
    if not pages():
        return "The labelled pages (`../shared/cleaning`) are not here, so there is nothing to measure."
    analyse(next(iter(sources(1))))  # the dictionaries are loaded once
    rows = ["| | articles | seconds | articles/s | sentences/s | MB |", "|---|---|---|---|---|---|"]
    rows.append(measured("segmentation", COUNTS[0], sources(COUNTS[0]), lambda made: len(segment(made))))
    rows.extend(measured("whole analysis", count, sources(count), analyse) for count in COUNTS)
    rows.extend(others())
    return "\n".join(rows)


def _cleaned(text: str, number: int) -> Source | None:
    """A dump cleaned, as a source; None where it holds no article."""
    article = extract(settle(text.encode(), f"{number:05d}.txt"))
    if not isinstance(article, Article):
        return None
    language = article.metadata.language.value if article.metadata.language else "de"
    nothing: tuple[str, ...] = ()
    return Source(
        slug=f"a{number}",
        article=article,
        title=None,
        outlet=None,
        published=article.metadata.published,
        updated=None,
        not_before=None,
        not_after=None,
        dated={},
        language=language,
        authors=nothing,
        agencies=nothing,
        cited=nothing,
        url=None,
        rights=None,
        note=None,
    )


def sources(count: int) -> Iterator[Source]:
    """The first `count` dumps that hold an article."""
    found = (_cleaned(text, number) for number, text in enumerate(articles(2 * count)))
    return islice((made for made in found if made is not None), count)


def analyse(made: Source) -> int:
    """The whole analysis of one article; returns its number of sentences."""
    passages = annotate(made, segment(made))
    classify((AnnotatedSource(made, passages),), (TOPIC,))
    return len(passages)


def measured(name: str, count: int, made: Iterable[Source], work: Callable[[Source], int]) -> str:
    """Run `work` on the articles; one row of the table, its seconds those of the processor."""
    seconds, sentences = 0.0, 0
    for source in made:
        begun = time.process_time()
        sentences += work(source)
        seconds += time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"| {name} | {count} | {seconds:.1f} | {count / seconds:.0f} | {sentences / seconds:.0f} | {memory} |"


def others() -> list[str]:
    """Rows of the libraries beside ours, those that are installed."""
    rows = []
    try:
        segmenter = importlib.import_module("pysbd").Segmenter(language="de", clean=False)
    except ImportError:
        pass
    else:
        rows.append(
            measured(
                "pysbd, sentences only", COMPARED, sources(COMPARED), lambda made: len(segmenter.segment(made.text))
            ),
        )
    try:
        parser = importlib.import_module("sumy.parsers.plaintext").PlaintextParser
        tokenizer = importlib.import_module("sumy.nlp.tokenizers").Tokenizer("german")
        summarizer = importlib.import_module("sumy.summarizers.lex_rank").LexRankSummarizer()
    except (ImportError, LookupError):
        return rows

    def summed(made: Source) -> int:
        return len(summarizer(parser.from_string(made.text, tokenizer).document, 5))

    return [*rows, measured("sumy LexRank, summary only", COMPARED, sources(COMPARED), summed)]
