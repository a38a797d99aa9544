"""SPSS syntax: reads the CSV file beside it into what the .sav file holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from exports.about import About
from exports.table import Table
from exports.wording import Gettext, untranslated, wording_for
from exports.writers.sav import (
    DIALECT,
    LONGEST_LABEL,
    LONGEST_TEXT,
    LONGEST_VALUE_LABEL,
    format_of,
    missing_of,
)
from exports.writers.statistical.names import cut_to_bytes
from exports.writers.statistical.numbers import Column, missing_order
from exports.writers.statistical.spool import Spool, Waiting
from exports.writers.syntax.files import number, one_line, write_with_syntax

HEAD = """\
* Encoding: UTF-8.
* Reads the file of the same name, .csv, beside it; set the folder first, as with CD.
* Missing answers have the numbers of the .sav file; the codes' words are in the labels.
* A line end within an answer stands as |, because SPSS reads a case from one line."""
LINE_END = re.compile(r"\r\n|[\r\n]")


def write_sps(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    language: str,
    about: About,  # noqa: ARG001 - a script has no title; writers are called alike
    gettext: Gettext = untranslated,
) -> int:
    """Write CSV and syntax, labels in a language; tell how many responses there are."""
    return write_with_syntax(
        table,
        target,
        wording=wording_for(table.codebook, language, gettext),
        dialect=DIALECT,
        suffix=".sps",
        syntax=partial(_syntax, missing=len(missing_order(table.codebook))),
        field=_field,
    )


def _field(cell: Waiting) -> str:
    """Write a text on one line; nothing at all is SPSS's own missing value."""
    return "" if cell is None else LINE_END.sub("|", cut_to_bytes(str(cell), LONGEST_TEXT))


def _syntax(spool: Spool, file: str, *, missing: int) -> Iterator[str]:
    yield HEAD
    yield f"GET DATA /TYPE=TXT /FILE={_quoted(file)} /ENCODING='UTF8' /ARRANGEMENT=DELIMITED"
    yield "  /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2 /VARIABLES="
    for column in spool.columns:
        yield f"  {column.name} {_reading(column)}"
    yield "."
    for column in spool.columns:
        yield from _described(column, missing)
    yield "EXECUTE."


def _reading(column: Column) -> str:
    # Without decimals, for SPSS would put a point into a number that has none.
    return f"A{min(column.width, LONGEST_TEXT)}" if column.is_text else "F20.0"


def _described(column: Column, missing: int) -> Iterator[str]:
    name = column.name
    if column.label:
        yield f"VARIABLE LABELS {name} {_quoted(cut_to_bytes(column.label, LONGEST_LABEL))}."
    if not column.is_text:
        yield f"FORMATS {name} ({format_of(column)})."
    if column.labels and not column.is_text:
        yield f"VALUE LABELS {name}"
        for code, text in column.labels.items():
            yield f"  {code} {_quoted(cut_to_bytes(text, LONGEST_VALUE_LABEL))}"
        yield "."
    if codes := ", ".join(map(_missing, missing_of(column, missing))):
        yield f"MISSING VALUES {name} ({codes})."
    yield f"VARIABLE LEVEL {name} ({column.variable.measure.value.upper()})."


def _missing(codes: dict[str, int] | str) -> str:
    if isinstance(codes, str):
        return _quoted(codes)
    return f"{number(codes['lo'])} THRU {number(codes['hi'])}"


def _quoted(text: str) -> str:
    return "'" + one_line(text).replace("'", "''") + "'"
