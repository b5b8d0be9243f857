"""The site's own words in one language: `data/<language>/labels.toml`; counts, dates and lists as CLDR writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from briefing.errors import ProjectError
from briefing.lexicon import languages, table

_SMALL = re.compile(r"0|[1-9]\d{0,2}", re.ASCII)
"""Numbers that are written as they are in every locale of CLDR but Toki Pona's."""


@dataclass(frozen=True)
class Labels:
    """Words, dates, counts and lists of one language of the site."""

    language: str

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse("en_GB" if self.language == "en" else self.language)

    @cached_property
    def _table(self) -> Mapping[str, Any]:
        found = table(self.language, "labels")
        if not found:
            known = [code for code in languages() if table(code, "labels")]
            raise ProjectError(f"the site cannot be in “{self.language}”: there are labels for {', '.join(known)} only")
        return found

    def word(self, key: str, **values: str) -> str:
        """The label `key`, dotted for a table (`status.denied`), with its `{places}` filled."""
        found: Any = self._table
        for part in key.split("."):
            found = found[part]
        return str(found).format(**values)

    def words(self, key: str) -> Mapping[str, str]:
        """A whole table of labels."""
        return dict(self._table[key])

    def count(self, kind: str, n: int) -> str:
        """`n` things of a kind, in the right plural: `1 source`, `2 sources`."""
        forms = self._table["counts"][kind]
        return str(forms.get(self._locale.plural_form(n), forms["other"])).format(n=self.number(n))

    def number(self, value: float | str) -> str:
        """A number with the language's separators."""
        return _number(str(value), str(self._locale))

    def share(self, part: int, whole: int) -> str:
        """`part` of `whole` in percent, whole numbers."""
        return _percent(part / whole if whole else 0, str(self._locale))

    def date(self, value: str) -> str:
        """An ISO date as the language writes it, no more precise than it is: `19 June 2024, 20:12`, `June 2024`."""
        day, _, time = value.partition("T")
        match day.split("-"):
            case [year]:
                return year
            case [year, month]:
                return str(format_date(dt.date(int(year), int(month), 1), "LLLL y", locale=self._locale))
            case _:
                shown = str(format_date(dt.date.fromisoformat(day), "long", locale=self._locale))
                return f"{shown}, {time[:5]}" if time else shown

    def listing(self, names: list[str]) -> str:
        """`A, B and C`."""
        return str(format_list(names, locale=self._locale))

    def quoted(self, text: str) -> str:
        """`text` in the language's quotation marks; marks inside become the inner ones only where they are the same."""
        return f"„{text}“" if self.language == "de" else f"“{text}”"

    def language_name(self, code: str) -> str:
        """The name of a language in this one."""
        named = self._table["languages"].get(code)
        return str(
            named or (Locale.parse(code).get_display_name(self._locale) if re.fullmatch("[a-z]{2}", code) else code)
        )

    def territory(self, code: str) -> str | None:
        """The name of a country by its ISO 3166-1 code."""
        return self._locale.territories.get(code.upper())


@lru_cache(maxsize=65_536)
def _number(value: str, locale: str) -> str:
    """A number as babel writes it; in the tables of a thousand sources the same ones come again and again."""
    if _SMALL.fullmatch(value):  # babel takes 25 µs to say so
        return value
    from decimal import Decimal  # noqa: PLC0415 - babel takes exact decimals

    return str(format_decimal(Decimal(value), locale=locale))


@lru_cache(maxsize=65_536)
def _percent(value: float, locale: str) -> str:
    return str(format_percent(value, locale=locale))
