"""The MkDocs plugin `briefing`: a thin adapter that runs the pipeline before the build and the check after it.

The first language is the site that MkDocs builds; when it is done, the plugin builds each other language from
`mkdocs.<code>.yml` into a folder of the same site, so one `mkdocs build` or `mkdocs serve` makes all of them.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from pathspec.gitignore import GitIgnoreSpec

from briefing.errors import BriefingError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from briefing.model import Briefing
    from briefing.settings import Settings

log = logging.getLogger("mkdocs.plugins.briefing")


class BriefingConfig(Config):
    """The plugin's options; `briefing.settings` checks their values."""

    languages = Optional(Type(list))
    seeds = Optional(Type(str))
    topics = Optional(Type(str))
    docs = Optional(Type(str))
    build = Optional(Type(str))
    source_text = Optional(Type(str))
    quotation_limit = Optional(Type((int, float)))
    automatic_share = Optional(Type((int, float)))
    size_limit = Optional(Type(int))
    event = Optional(Type(object))
    keep_going = Optional(Type(bool))


class BriefingPlugin(BasePlugin[BriefingConfig]):
    """Runs the pipeline before MkDocs collects its files."""

    briefing: Briefing | None = None
    """Set from outside on the plugin of the other languages' builds: their pages have been written already."""
    language = ""
    """Language of this build, set with it; the first of the settings otherwise."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Write the pages, and show MkDocs the theme and the navigation."""
        from briefing.settings import settings_from, site_address  # noqa: PLC0415

        try:
            address = site_address(Path(config.config_file_path)) if config.config_file_path else ""
            self.settings = settings_from(dict(self.config), _root(config), config.site_name, address)
            self.is_translation = self.briefing is not None
            if self.briefing is None:
                self._shown = self._publish(self.settings)
            else:
                self._shown = self.briefing
        except BriefingError as error:
            raise PluginError(f"briefing: {error}") from None
        language = self.language or self.settings.languages[0]
        theme = str(Path(__file__).parent / "theme")
        if theme not in config.theme.dirs:
            # A project's own folder comes before ours, so that a maintainer can replace any part.
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, theme)
        if config.theme.get("favicon") in {None, _MATERIALS_ICON}:
            config.theme["favicon"] = "assets/favicon.svg"
        config.extra["alternate"] = len(self.settings.languages) > 1  # the switch is drawn; links to home pages are not
        config.extra.update(page_values(self._shown, language))
        if config.nav is None:
            config.nav = [*navigation(self._shown, language), "changes.md"]
            config.not_in_nav = GitIgnoreSpec.from_lines(["sources/*.md", "!sources/index.md"])
        return config

    def on_page_context(self, context: TemplateContext, *, page: Page, **_: Any) -> TemplateContext:
        """Tell search engines what the page is."""
        from briefing.formats.structured import structured  # noqa: PLC0415

        found = structured(self._shown, self.language or self.settings.languages[0], page.file.src_uri)
        # `<` as an escape of JSON's own, so that no text can end the element it stands in.
        values = cast("dict[str, object]", context)  # MkDocs hands templates whatever stands in it
        values["briefing_structured"] = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c") if found else ""
        return context

    def on_post_page(self, output: str, **_: Any) -> str:
        """Let links lead to files, so that the site works from a folder as well as from a server."""
        return _FOLDER_LINK.sub(_to_file, valid(output))

    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str:
        """The page of what does not exist, and others that are no Markdown."""
        return valid(output_content) if template_name.endswith(".html") else output_content

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the page of changes and its feeds, which tell of commits and so are never among the committed pages."""
        from mkdocs.structure.files import File  # noqa: PLC0415

        from briefing.history import history  # noqa: PLC0415
        from briefing.lexicon import table  # noqa: PLC0415
        from briefing.rendering.changes import changes_pages  # noqa: PLC0415

        language = self.language or self.settings.languages[0]
        changes = history(self.settings.root, self.settings)
        for path, text in changes_pages(self._shown, changes, language, config.site_url or "").items():
            files.append(File.generated(config, path, content=text))
        config.extra["briefing_feeds"] = None if changes is None else table(language, "changes")["title"]
        return files

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Rebuild when a source, a topic or the package's own pages and theme change."""
        package = Path(__file__).parent
        folders = (
            self.settings.root / self.settings.seeds,
            self.settings.root / self.settings.topics,
            package / "rendering" / "templates",
            package / "theme",
        )
        for folder in folders:
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the search index, build the other languages, then read the site for what MkDocs does not notice."""
        self._write_index(Path(config.site_dir), self.language or self.settings.languages[0])
        if self.is_translation:
            return
        _write_robots(config, self.settings)
        for language in self.settings.languages[1:]:
            _build_translation(language, self._shown, self.settings, config)
        self._check_site(Path(config.site_dir), self.settings.root / self.settings.docs)

    @staticmethod
    def _publish(settings: Settings) -> Briefing:
        from briefing.pipeline import publish  # noqa: PLC0415
        from briefing.project import load_project  # noqa: PLC0415
        from briefing.reporting import unread_parts  # noqa: PLC0415

        built, written = publish(load_project(settings))
        for finding in built.findings:
            log.warning("%s: %s: %s", finding.place, finding.rule, finding.message)
        for line in unread_parts(page.source for page in built.briefing.sources):
            log.info("%s/%s", settings.seeds, line)
        for name in built.seeds.skipped:
            log.warning("%s/%s is of no kind that can be read, and was skipped", settings.seeds, name)
        log.info("%d sources; %d pages changed", len(built.seeds.sources), len(written.changed) + len(written.removed))
        return built.briefing

    def _write_index(self, site: Path, language: str) -> None:
        """The search index, as a script: pages opened from a folder may run one, and may not fetch."""
        from briefing.searching import entries, plain_index, search_index  # noqa: PLC0415

        found = entries(self._shown, language)
        folder = site / "search"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "briefing.js").write_text(f"window.briefing_search={_compact(search_index(found))};\n", "utf-8")
        # Where MkDocs' or Material's search is on as well, the file of this name is theirs.
        if not (folder / "search_index.json").exists():
            (folder / "search_index.json").write_text(_compact(plain_index(found, language)) + "\n", "utf-8")

    @staticmethod
    def _check_site(site: Path, docs: Path) -> None:
        from briefing.sitecheck import check_site  # noqa: PLC0415

        for finding in check_site(site, docs):
            log.warning("%s: %s: %s", finding.place, finding.rule, finding.message)


_MATERIALS_ICON = "assets/images/favicon.png"
# Links within the site that lead to a folder: relative, ending in a slash or in dots.
_FOLDER_LINK = re.compile(r'(<a\b[^>]*?\shref=")((?![a-zA-Z][\w+.-]*:|[/#?])(?:[^"#?]*/)?(?:\.{1,2})?)((?:#[^"]*)?")')


def valid(page: str) -> str:
    """A page of Material's without what the Nu HTML checker finds in it (9.8.1): three attributes without effect."""
    page = re.sub(r'(<input\b[^>]*\btype="checkbox"[^>]*?) autocomplete="off"', r"\1", page)
    page = re.sub(r'(<label\b[^<>]*?) tabindex=""', r"\1", page)
    return page if 'id="__toc"' in page else page.replace(' for="__toc"', "")


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _to_file(link: re.Match[str]) -> str:
    before, path, rest = link.groups()
    if not path:
        return link[0]
    return f"{before}{path}{'' if path.endswith('/') else '/'}index.html{rest}"


def navigation(briefing: Briefing, language: str) -> list[Any]:
    """The navigation of one language: home, the topics in their order, the overviews, the sources, how to read it all.

    Sources are left out: they are reached from footnotes and from their table, and navigation drawn on each page for
    each of a thousand sources costs the square of them (3,000 pages: 207 s instead of 22).
    """
    from briefing.rendering.labels import Labels  # noqa: PLC0415

    word = Labels(language).word
    topics = [f"topics/{page.topic.id}.md" for page in briefing.topics]
    overviews = ["timeline.md", "voices.md", "figures.md", "disputes.md", "matrix.md", "whole.md"]
    return [
        {word("home"): "index.md"},
        *([{word("topics"): topics}] if topics else []),
        {word("glance"): overviews},
        {word("sources"): ["sources/index.md", "coverage.md"]},
        "method.md",
    ]


def page_values(briefing: Briefing, language: str) -> dict[str, Any]:
    """What the theme's templates ask for, under `config.extra`."""
    from briefing.rendering.labels import Labels  # noqa: PLC0415

    labels = Labels(language)
    as_of = briefing.as_of
    said = dict(labels.words("site")) | {
        "method": labels.word("method"),
        "coverage": labels.word("coverage"),
        "whole": labels.word("whole"),
        "site": briefing.title[language],
        "language": language,
        "as_of": as_of or "",
        "as_of_shown": labels.word("as_of", date=labels.date(as_of)) if as_of else "",
    }
    return {
        "briefing_labels": said,
        "briefing_language": language,
        "briefing_languages": _languages(briefing, language),
        "briefing_root": "" if language == briefing.languages[0] else "../",
        "briefing_made": labels.word("site.made", sources=labels.count("sources", len(briefing.sources))),
    }


def _languages(briefing: Briefing, current: str) -> list[dict[str, str]]:
    """Each language of the site, with the way from the root of the current one to its own, and its full address."""
    from briefing.rendering.labels import Labels  # noqa: PLC0415

    first = briefing.languages[0]
    up = "" if current == first else "../"
    return [
        {
            "code": code,
            "name": Labels(code).word("language_name"),
            "root": "" if code == current else up if code == first else f"{up}{code}/",
            "path": "" if code == first else f"{code}/",
            "address": briefing.address and briefing.address + ("" if code == first else f"{code}/"),
        }
        for code in briefing.languages
    ]


def _write_robots(config: MkDocsConfig, settings: Settings) -> None:
    """Everybody may read everything; where the site's address is known, where its maps are."""
    address = config.site_url.rstrip("/") if config.site_url else ""
    folders = ["", *(f"{language}/" for language in settings.languages[1:])]
    maps = [f"Sitemap: {address}/{folder}sitemap.xml" for folder in folders if address]
    Path(config.site_dir, "robots.txt").write_text("\n".join(["User-agent: *", "Allow: /", *maps, ""]), "utf-8")


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path()


def _build_translation(language: str, briefing: Briefing, settings: Settings, config: MkDocsConfig) -> None:
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    path = settings.root / f"mkdocs.{language}.yml"
    if not path.is_file():
        log.warning("%s is missing, so the site is not built in “%s”", path.name, language)
        return
    address = f"{config.site_url.rstrip('/')}/{language}/" if config.site_url else config.site_url
    translated = load_config(
        config_file=str(path), site_dir=str(Path(config.site_dir) / language), site_url=address, strict=config.strict
    )
    plugin = cast("BriefingPlugin", translated.plugins["briefing"])
    plugin.briefing, plugin.language = briefing, language
    build(translated)
