"""What a questionnaire says in one language beside its source, so that a person can approve it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.languages import tag_of
from forms.workbook import CHOICES, SETTINGS, SURVEY, Row, Workbook

TITLE, OWN_TITLE = "form_title", "sa_title"
SEPARATOR = "::"


@dataclass(frozen=True, slots=True)
class Translated:
    """A text beside its source.

    Attributes:
        place: Where it stands: `TRI1.label`, `agreement.4.label`; in the interface its message.
        text: "" where it is not translated.
    """

    place: str
    source: str
    text: str


def texts_of(workbook: Workbook, tag: str, source: str) -> tuple[Translated, ...]:
    """List the texts of a workbook that have letters, in the order of its rows.

    Args:
        workbook: The author's sheets.
        tag: The language that is asked for.
        source: The tag of the language that it is translated from.
    """
    return tuple(
        each
        for name in (SETTINGS, SURVEY, CHOICES)
        for row in workbook.sheet(name).rows
        for each in _of_row(name, row, tag, source)
        if any(character.isalpha() for character in each.source)
    )


def _of_row(sheet: str, row: Row, tag: str, source: str) -> Iterator[Translated]:
    for header, text in row.cells.items():
        column, separator, language = header.partition(SEPARATOR)
        if separator and tag_of(language) == source:
            names = (cell for head, cell in row.cells.items() if _is_of(head, column, tag))
            place = TITLE if column == OWN_TITLE else column
            yield Translated(f"{_place(sheet, row)}.{place}", text, next(names, ""))


def _is_of(header: str, column: str, tag: str) -> bool:
    own, separator, language = header.partition(SEPARATOR)
    return bool(separator) and own == column and tag_of(language) == tag


def _place(sheet: str, row: Row) -> str:
    if sheet == SETTINGS:
        return SETTINGS
    names = (row.cells.get(part, "") for part in ("list_name", "name"))
    return ".".join(name for name in names if name)


def is_complete(texts: Sequence[Translated]) -> bool:
    """Tell whether everything has a text."""
    return all(each.text for each in texts)


def digest_of(texts: Sequence[Translated]) -> str:
    """Give the SHA-256 of texts and sources, which no change of a letter leaves alone."""
    rows = sorted((each.place, each.source, each.text) for each in texts)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
