"""The analysis alone, on articles cleaned outside the clock: sentences and articles a second, time and memory.

Articles are streamed, nothing is kept, so memory must not grow with their number. Beside it in the same run pysbd for
sentences, and sumy's LexRank for one summary an article.
"""

from __future__ import annotations

import os
import re
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from bench.corpus import articles, pages
from briefing.annotation import annotate
from briefing.extraction import extract
from briefing.model import AnnotatedSource, Article, Place, Source, Topic
from briefing.reading import settle
from briefing.segmentation import segment
from briefing.topics import classify

COUNTS = tuple(int(count) for count in os.environ.get("BENCH_ARTICLES", "1000,10000").split(","))
"""Articles of the runs whose times are compared."""
WARMING = 300
"""Articles read before the clock runs, after which both dictionaries are loaded whole, which takes a second."""
COMPARED = 50
"""Articles given to the libraries beside ours, which are slower by far."""
TOPIC = Topic("bench", {}, {}, {"de": ("Vertrag", "Waffe", "Besuch"), "en": ("treaty", "arms")}, (), Place("bench"))
_PAGE = resource.getpagesize()


def report() -> str:
    """A table of the runs, as Markdown."""
    if not pages():
        return "The labelled pages (`../shared/cleaning`) are not here, so there is nothing to measure."
    for source in sources(WARMING):
        analyse(source)
    few, many = COUNTS[0], COUNTS[-1]
    rows = ["| | articles | processor seconds | articles/s | sentences/s | MB |", "|---|---|---|---|---|---|"]
    rows.append(_row("segmentation alone", few, _measured(sources(few), lambda made: len(segment(made)))))
    runs = {count: _measured(sources(count), analyse) for count in COUNTS}
    rows.extend(_row("whole analysis", count, run) for count, run in runs.items())
    rows.append(_row("whole analysis, words made up", few, _measured(varied(few), analyse)))
    rows.append(_row("pysbd, sentences only", COMPARED, _measured(sources(COMPARED), _pysbd())))
    rows.append(_row("sumy LexRank, one summary only", COMPARED, _measured(sources(COMPARED), _lexrank())))
    growth = runs[many][0] / runs[few][0]
    told = f"{many / few:.0f} times the articles take {growth:.1f} times the time"
    return "\n".join([*rows, "", f"{told} and {runs[many][2] - runs[few][2]:+d} MB of memory."])


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
    """`count` dumps that hold an article, the labelled ones again and again."""
    texts = (pages()[number % len(pages())] for number in range(2 * count))
    return islice(_made(texts), count)


def varied(count: int) -> Iterator[Source]:
    """As many in which two in three of the longer words are made up, so that no word list and no cache knows them."""
    return islice(_made(islice(articles(len(pages()) + 2 * count), len(pages()), None)), count)


def _made(texts: Iterable[str]) -> Iterator[Source]:
    found = (_cleaned(text, number) for number, text in enumerate(texts))
    return (made for made in found if made is not None)


def analyse(made: Source) -> int:
    """The whole analysis of one article; returns its number of sentences."""
    passages = annotate(made, segment(made))
    classify((AnnotatedSource(made, passages),), (TOPIC,))
    return len(passages)


def _measured(made: Iterable[Source], work: Callable[[Source], int]) -> tuple[float, int, int]:
    """Run `work` on the articles: processor seconds, sentences, and the memory held at the end, in MB."""
    seconds, sentences = 0.0, 0
    for source in made:
        begun = time.process_time()
        sentences += work(source)
        seconds += time.process_time() - begun
    return seconds, sentences, _memory()


def _memory() -> int:
    """The memory this process holds now, in MB; where the system does not tell, the most it ever held."""
    told = Path("/proc/self/statm")
    if told.is_file():
        return int(told.read_text("ascii").split()[1]) * _PAGE // 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _row(name: str, count: int, run: tuple[float, int, int]) -> str:
    seconds, sentences, memory = run
    return f"| {name} | {count} | {seconds:.1f} | {count / seconds:.0f} | {sentences / seconds:.0f} | {memory} |"


# ----------------------------------------------------------------------------------------------------- beside ours


def _pysbd() -> Callable[[Source], int]:
    import pysbd  # noqa: PLC0415

    segmenters = {code: pysbd.Segmenter(language=code, clean=False) for code in ("de", "en")}

    def segmented(made: Source) -> int:
        return sum(len(segmenters[_known(made)].segment(text)) for text in _paragraphs(made))

    return segmented


class _Tokenizer:
    """Sentences and words for sumy, whose own tokenizer wants data from the network."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """The sentences of a paragraph."""
        return tuple(part for part in re.split(r"(?<=[.!?])\s+", text) if part)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return tuple(re.findall(r"\w+", sentence.lower()))


def _lexrank() -> Callable[[Source], int]:
    from sumy.parsers.plaintext import PlaintextParser  # noqa: PLC0415
    from sumy.summarizers.lex_rank import LexRankSummarizer  # noqa: PLC0415

    summarizer = LexRankSummarizer()

    def summed(made: Source) -> int:
        document = PlaintextParser.from_string("\n\n".join(_paragraphs(made)), _Tokenizer()).document
        summarizer(document, 5)
        return len(document.sentences)

    return summed


def _known(made: Source) -> str:
    return made.language if made.language in {"de", "en"} else "en"


def _paragraphs(made: Source) -> list[str]:
    return [block.text for block in made.article.blocks if block.kind != "heading"]
