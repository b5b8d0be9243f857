"""What search engines and assistants read of a page: schema.org in JSON-LD.

A page is a `BackgroundNewsArticle` that cites its sources; quoted words are `Quotation`s with who said them. There is
no `ClaimReview`: that would state a verdict, and this site gives none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefing.model import Briefing, Party, Source, SpokenQuotation, TopicPage, fold

_CONTEXT = "https://schema.org"
_TYPES = {"person": "Person", "organisation": "Organization", "agency": "Organization", "country": "Country"}


def structured(briefing: Briefing, language: str, path: str) -> dict[str, Any] | None:
    """The JSON-LD of one page.

    Args:
        briefing: The whole briefing.
        language: ISO 639-1 code of the page.
        path: Of the page below its language's folder, as `topics/port-strike.md`.

    Returns:
        The object, None for a page that is no article.
    """
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if path == "index.md":
        return _home(briefing, language)
    if folder == "topics":
        found = [page for page in briefing.topics if page.topic.id == name]
        return _topic(found[0], briefing, language) if found else None
    if folder == "sources":
        sources = [page.source for page in briefing.sources if page.source.slug == name]
        return {"@context": _CONTEXT, **_article(sources[0])} if sources else None
    return None


def _home(briefing: Briefing, language: str) -> dict[str, Any]:
    keys = [one.text[language] for page in briefing.topics for one in page.statements if one.key]
    return _known(
        {
            "@context": _CONTEXT,
            "@type": "BackgroundNewsArticle",
            "headline": briefing.title[language],
            "inLanguage": language,
            "abstract": " ".join(keys),
            "url": _address(briefing, language, ""),
            "citation": [_article(page.source) for page in briefing.sources],
            "isBasedOn": [page.source.url for page in briefing.sources if page.source.url],
            "hasPart": [
                _known(
                    {
                        "@type": "BackgroundNewsArticle",
                        "headline": page.topic.title[language],
                        "url": _address(briefing, language, f"topics/{page.topic.id}/"),
                    }
                )
                for page in briefing.topics
            ],
        }
    )


def _topic(page: TopicPage, briefing: Briefing, language: str) -> dict[str, Any]:
    cited = {slug for one in (*page.statements, *page.also) for slug in one.sources}
    sources = [one.source for one in briefing.sources if one.source.slug in cited]
    languages = {source.slug: source.language for source in sources}
    return _known(
        {
            "@context": _CONTEXT,
            "@type": "BackgroundNewsArticle",
            "headline": page.topic.title[language],
            "alternativeHeadline": page.topic.question.get(language),
            "inLanguage": language,
            "abstract": " ".join(one.text[language] for one in page.statements if one.key),
            "url": _address(briefing, language, f"topics/{page.topic.id}/"),
            "citation": [_article(source) for source in sources],
            "isBasedOn": [source.url for source in sources if source.url],
            "hasPart": list(_quotations(page.quotations, languages, language)),
        }
    )


def _quotations(
    quotations: Iterable[SpokenQuotation], languages: dict[str, str], language: str
) -> Iterable[dict[str, Any]]:
    for one in quotations:
        yield {
            "@type": "Quotation",
            "text": fold(one.text),
            "inLanguage": languages.get(one.source, "und"),
            "spokenByCharacter": _party(one.speaker, language),
        }


def _party(party: Party, language: str) -> dict[str, Any]:
    described = {"description": party.role[language]} if party.role.get(language) else {}
    return {"@type": _TYPES.get(party.kind, "Thing"), "name": party.name[language], **described}


def _article(source: Source) -> dict[str, Any]:
    return _known(
        {
            "@type": "NewsArticle",
            "headline": fold(source.title) if source.title else None,
            "publisher": {"@type": "Organization", "name": source.outlet} if source.outlet else None,
            "author": [{"@type": "Person", "name": name} for name in source.authors],
            "datePublished": source.published.value if source.published else None,
            "dateModified": source.updated.value if source.updated else None,
            "inLanguage": source.language if source.language != "und" else None,
            "url": source.url,
            "associatedMedia": {"@type": "MediaObject", "name": source.file, "sha256": source.sha256},
        }
    )


def _address(briefing: Briefing, language: str, path: str) -> str | None:
    """Where a page stands, None where nobody said where the site will."""
    if not briefing.address:
        return None
    return briefing.address + ("" if language == briefing.languages[0] else f"{language}/") + path


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
