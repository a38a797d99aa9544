"""The built-in instruments: YAML in Swedish and gettext catalogues, loaded as workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

import translations
from forms.languages import folder_of
from forms.library.catalogues import (
    Translations,
    has_letters,
    languages_of,
    template_of,
    texts_in,
)
from forms.library.source import COLUMNS, TEXT_COLUMNS, BadSource, Entry, Source, parse
from forms.workbook import CHOICES, SETTINGS, SURVEY, Row, Sheet, Workbook

__all__ = ["BadSource", "NoSuchInstrument", "extract", "for_pupils", "load", "names", "texts"]

DIRECTORY = Path(__file__).parent
TITLE = "form_title"

Languages = Mapping[str, Translations]


class NoSuchInstrument(LookupError):
    """No built-in instrument has that name; the message lists those there are."""


@cache
def names() -> tuple[str, ...]:
    """List the built-in instruments by name, which is also their form_id."""
    return tuple(sorted(path.stem for path in DIRECTORY.glob("*.yaml")))


@cache
def for_pupils() -> tuple[str, ...]:
    """List those that pupils answer by themselves, in all their languages; staff read the rest."""
    modes = {name: _read(name).settings.cells.get("sa_mode") for name in names()}
    return tuple(name for name, mode in modes.items() if mode == "anonymous")


def load(
    name: str, catalogues: Path = translations.DIRECTORY, *, with_drafts: bool = False
) -> Workbook:
    """Make the workbook of a built-in instrument, in every language that has signed-off texts.

    Args:
        name: One of `names()`.
        catalogues: The folder of the languages, each with its ``LC_MESSAGES/<name>.po``.
        with_drafts: In every language that is translated whole, read by a second speaker or not.

    Returns:
        The sheets survey, choices and settings. Texts stand in a column per language, such as
        ``label::Svenska (sv)``; the title also in ``sa_title::…``, beside ``form_title``.

    Raises:
        NoSuchInstrument: There is none by that name.
        BadSource: Its YAML has a mistake.
    """
    source = _read(name)
    languages = languages_of(name, source, catalogues, with_drafts=with_drafts)
    return Workbook(
        (
            _sheet(SURVEY, source.survey, languages),
            _sheet(CHOICES, source.choices, languages),
            _settings(source.settings, languages),
        )
    )


def extract(name: str) -> Catalog:
    """Collect the Swedish texts of a built-in instrument as a template for translators (.pot)."""
    return template_of(_read(name))


def texts(
    name: str, tag: str, catalogues: Path = translations.DIRECTORY
) -> Sequence[tuple[str, str, str]]:
    """List what is to be translated in a built-in instrument, drafts too.

    Returns:
        Place ("TRI1.label"), Swedish text and the text in the language, "" where it has none.
    """
    path = catalogues / folder_of(tag) / "LC_MESSAGES" / f"{name}.po"
    found = texts_in(path, with_drafts=True) if path.exists() else {}
    keys = [key for key in _read(name).texts() if has_letters(key[1])]
    return [(*key, found.get(key, "")) for key in keys]


def _read(name: str) -> Source:
    if name not in names():
        raise NoSuchInstrument(f"There is no built-in instrument {name}: {', '.join(names())}")
    path = DIRECTORY / f"{name}.yaml"
    return parse(path.read_text(encoding="utf-8"), path.name)


def _sheet(name: str, entries: Sequence[Entry], languages: Languages) -> Sheet:
    rows = [_with_languages(entry, languages) for entry in entries]
    used = {header for row in rows for header in row}
    headers = [header for column in COLUMNS[name] for header in _headers(column, languages)]
    return Sheet(
        name,
        tuple(header for header in headers if header in used),
        tuple(Row(number, cells) for number, cells in enumerate(rows, start=2)),
    )


def _headers(column: str, languages: Languages) -> list[str]:
    if column not in TEXT_COLUMNS:
        return [column]
    return [f"{column}::{language}" for language in languages]


def _with_languages(entry: Entry, languages: Languages) -> dict[str, str]:
    cells = {column: cell for column, cell in entry.cells.items() if column not in TEXT_COLUMNS}
    for column, key in entry.texts():
        cells |= _translated(column, key, languages)
    return cells


def _translated(column: str, key: tuple[str, str], languages: Languages) -> dict[str, str]:
    return {
        f"{column}::{language}": texts[key] for language, texts in languages.items() if key in texts
    }


def _settings(entry: Entry, languages: Languages) -> Sheet:
    """Lay out the one row of settings; XLSForm has one title, so ours by language stand beside."""
    key = next((key for column, key in entry.texts() if column == TITLE), None)
    titles = _translated("sa_title", key, languages) if key else {}
    cells = {**entry.cells, **titles}
    return Sheet(SETTINGS, tuple(cells), (Row(2, cells),))
