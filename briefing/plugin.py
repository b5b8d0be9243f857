"""The MkDocs plugin `briefing`: a thin adapter that runs the pipeline before the build and the check after it.

The first language is the site that MkDocs builds; when it is done, the plugin builds each other language from
`mkdocs.<code>.yml` into a folder of the same site, so one `mkdocs build` or `mkdocs serve` makes all of them.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from pathspec.gitignore import GitIgnoreSpec

from briefing.errors import BriefingError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

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
        from briefing.settings import settings_from  # noqa: PLC0415

        try:
            self.settings = settings_from(dict(self.config), _root(config), config.site_name, config.site_url or "")
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
            config.theme.dirs.insert(0, theme)
        config.extra["alternate"] = len(self.settings.languages) > 1  # the switch is drawn; links to home pages are not
        config.extra["briefing_languages"] = _languages(self.settings.languages, language)
        if config.nav is None:
            config.nav = navigation(self._shown, language)
            config.not_in_nav = GitIgnoreSpec.from_lines(["sources/*.md", "!sources/index.md"])
        return config

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Rebuild when a source or a topic changes."""
        for folder in (self.settings.seeds, self.settings.topics):
            if (self.settings.root / folder).is_dir():
                server.watch(str(self.settings.root / folder))
        return server

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Build the other languages, then read the whole site for what MkDocs does not notice."""
        if self.is_translation:
            return
        for language in self.settings.languages[1:]:
            _build_translation(language, self._shown, self.settings, config)
        self._check_site(Path(config.site_dir))

    @staticmethod
    def _publish(settings: Settings) -> Briefing:
        from briefing.pipeline import publish  # noqa: PLC0415
        from briefing.project import load_project  # noqa: PLC0415

        built, written = publish(load_project(settings))
        for finding in built.findings:
            log.warning("%s: %s: %s", finding.place, finding.rule, finding.message)
        for name in built.seeds.skipped:
            log.warning("%s/%s is of no kind that can be read, and was skipped", settings.seeds, name)
        log.info("%d sources; %d pages changed", len(built.seeds.sources), len(written.changed) + len(written.removed))
        return built.briefing

    @staticmethod
    def _check_site(site: Path) -> None:
        from briefing.sitecheck import check_site  # noqa: PLC0415

        for finding in check_site(site):
            log.warning("%s: %s: %s", finding.place, finding.rule, finding.message)


def navigation(briefing: Briefing, language: str) -> list[Any]:
    """The navigation of one language: home, the topics in their order, the sources, how to read it all.

    Sources are left out: they are reached from footnotes and from their table, and navigation drawn on each page for each
    of a thousand sources costs the square of them.
    """
    from briefing.rendering.labels import Labels  # noqa: PLC0415

    topics = [f"topics/{page.topic.id}.md" for page in briefing.topics]
    shown: list[Any] = ["index.md"]
    if topics:
        shown.append({Labels(language).word("topics"): topics})
    return [*shown, "sources/index.md", "method.md"]


def _languages(languages: tuple[str, ...], current: str) -> list[dict[str, str]]:
    """Each language of the site, with the way from the root of the current one to its own."""
    from briefing.rendering.labels import Labels  # noqa: PLC0415

    up = "" if current == languages[0] else "../"
    return [
        {
            "code": code,
            "name": Labels(code).word("language_name"),
            "root": "" if code == current else up if code == languages[0] else f"{up}{code}/",
        }
        for code in languages
    ]


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
    plugin = translated.plugins["briefing"]
    plugin.briefing, plugin.language = briefing, language
    build(translated)
