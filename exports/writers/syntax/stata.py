"""A Stata do-file: reads the CSV file beside it into what the .dta file holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from exports.about import About
from exports.table import Table
from exports.wording import Gettext, untranslated, wording_for
from exports.writers.dta import DIALECT, FORMATS
from exports.writers.statistical.numbers import Column
from exports.writers.statistical.spool import Spool, Waiting
from exports.writers.syntax.files import one_line, write_with_syntax

HEAD = """\
* Reads the file of the same name, .csv, beside it; set the folder first, as with cd.
* For Stata 14 and later. Missing answers are .n (not answered), .p (not asked) and so on, as in
* the .dta file; the codes' words are in the labels.
version 14"""
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def write_do(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    language: str,
    about: About,  # noqa: ARG001 - a script has no title; writers are called alike
    gettext: Gettext = untranslated,
) -> int:
    """Write CSV and do-file, labels in a language; tell how many responses there are."""
    return write_with_syntax(
        table,
        target,
        wording=wording_for(table.codebook, language, gettext),
        dialect=DIALECT,
        suffix=".do",
        syntax=_syntax,
        field=_field,
    )


def _field(cell: Waiting) -> str:
    return "" if cell is None else str(cell)


def _syntax(spool: Spool, file: str) -> Iterator[str]:
    yield HEAD
    yield f"import delimited using {_quoted(file)}, clear varnames(1) case(preserve) ///"
    yield '    stringcols(_all) encoding("utf-8") bindquotes(strict) maxquotedrows(unlimited)'
    for column in spool.columns:
        yield from _described(column)


def _described(column: Column) -> Iterator[str]:
    name = column.name
    if not column.is_text:
        yield from _as_number(column)
    if column.label:
        yield f"label variable {name} {_quoted(column.label)}"


def _as_number(column: Column) -> Iterator[str]:
    """Make numbers of the texts that were read, and letters of missing values."""
    name, letters = column.name, sorted({str(each) for each in column.missing.values()})
    yield f"rename {name} _text"
    yield f"generate double {name} = real(_text)"
    for letter in letters:
        yield f'replace {name} = .{letter} if _text == "{letter}"'
    yield "drop _text"
    yield f"format {name} {FORMATS[column.kind]}"
    labels = [(code, text) for code, text in column.labels.items() if _may_label(code, column)]
    for code, text in labels:
        number = f".{code}" if isinstance(code, str) else code
        yield f"label define {name} {number} {_quoted(text)}, add"
    if labels:
        yield f"label values {name} {name}"


def _may_label(code: int | str, column: Column) -> bool:
    return isinstance(code, str) or column.is_whole


def _quoted(text: str) -> str:
    """Quote with compound quotes; what Stata would take for a macro or an end becomes plain."""
    plain = one_line(text).replace("\"'", "'").replace("`", "'").replace("$", "\\$")
    return f'`"{plain}"\''
