"""Questionnaires as text tables, so that a test shows nothing but its case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from forms.workbook import SURVEY, Row, Sheet, Workbook

SECTIONS = frozenset({"survey", "choices", "settings", "external_choices", "entities", "osm"})
_BAR = re.compile(r"(?<!\\)\|")


def workbook_of(text: str) -> Workbook:
    r"""Read a text table as an author's workbook.

    A line without bars, or with a known sheet's name alone, begins the sheet of that name; before
    the first such line stands the survey sheet. The first line under it is the header, Excel's row 1.
    An empty line is nothing; a line of empty cells is a blank row and keeps its number. `\|` is
    a bar, `\n` a line break. A column without a header is left out.
    """
    sheets = groupby(_lines(text), key=lambda line: line[0])
    return Workbook(tuple(_sheet(name, [cells for _, cells in lines]) for name, lines in sheets))


def _lines(text: str) -> Iterator[tuple[str, list[str]]]:
    name = SURVEY
    for line in filter(None, map(str.strip, text.splitlines())):
        if "|" not in line or line.strip("| ").lower() in SECTIONS:
            name = line.strip("| ")
        else:
            yield name, _cells(line)


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|").removesuffix("|")
    return [_text(cell) for cell in _BAR.split(inner)]


def _text(cell: str) -> str:
    return cell.strip().replace(r"\|", "|").replace(r"\n", "\n")


def _sheet(name: str, lines: list[list[str]]) -> Sheet:
    headers, *below = lines
    rows = (Row(number, _row(headers, cells)) for number, cells in enumerate(below, start=2))
    return Sheet(name, tuple(filter(None, headers)), tuple(row for row in rows if row.cells))


def _row(headers: list[str], cells: list[str]) -> dict[str, str]:
    pairs = zip(headers, cells, strict=False)
    return {header: cell for header, cell in pairs if header and cell}
