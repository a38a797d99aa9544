"""The coded rows as CSV by RFC 4180: commas, CRLF, UTF-8.

A questionnaire with repeats has several tables, thus several files: `Data.csv` and one for each
repeat, named as the sheets of the workbook are, together in a zip file. Without repeats the file
is plain CSV.

A text that begins like a formula gets an apostrophe before it, and so does a text that begins
with an apostrophe: taking one leading apostrophe away gives back every answer. Numbers are
numbers, also negative ones. Labels are not in this file.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZIP_DEFLATED

from exports.about import About
from exports.cells import Cell
from exports.codebook import Codebook
from exports.panel import Panel, has_panel
from exports.table import Table
from exports.table_names import PANEL
from exports.wording import Gettext, untranslated
from exports.writers.archive import DatelessArchive
from exports.writers.defusing import begins_like_a_formula, visible
from exports.writers.files import opened


def write_csv(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    language: str = "",  # noqa: ARG001 - the file holds no words of ours; writers are called alike
    about: About | None = None,  # noqa: ARG001
    gettext: Gettext = untranslated,  # noqa: ARG001
    byte_order_mark: bool = True,
) -> int:
    """Write the codes, each table under a header row with the names of its variables.

    Args:
        byte_order_mark: Begin with the mark that tells Excel that a file is in UTF-8.

    Returns:
        How many responses were written.
    """
    encoding = "utf-8-sig" if byte_order_mark else "utf-8"
    with opened(target) as stream:
        if table.codebook.repeats:
            return _write_archive(table, stream, encoding)
        return write_tables(table, [stream], encoding)


def _write_archive(table: Table, stream: BinaryIO, encoding: str) -> int:
    """Fill a file for each table beside the others, then put them together."""
    names = names_of_tables(table.codebook)
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.csv" for number in range(len(names))]
        with ExitStack() as stack:
            streams = [stack.enter_context(file.open("wb")) for file in files]
            responses = write_tables(table, streams, encoding)
        with DatelessArchive(stream, "w", ZIP_DEFLATED) as archive:
            for name, file in zip(names, files, strict=True):
                archive.write(str(file), f"{name}.csv")
    return responses


def names_of_tables(codebook: Codebook) -> list[str]:
    """Name Data, the tables of the repeats, and the panel if there is one."""
    panel = [PANEL] if has_panel(codebook) else []
    return [*(name for name, _ in codebook.tables), *panel]


def write_tables(
    table: Table, streams: Sequence[BinaryIO], encoding: str, panel: Panel | None = None
) -> int:
    """Write Data to the first stream, each repeat to its own, and a panel to one more.

    Args:
        panel: Lays the panel out, and is closed by whoever gives it.

    Returns:
        How many responses were written.
    """
    if panel is None and len(streams) > 1 + len(table.codebook.repeats):
        with closing(Panel(table.codebook)) as own:
            return write_tables(table, streams, encoding, own)
    texts = [TextIOWrapper(stream, encoding, newline="") for stream in streams]
    writers = [csv.writer(text) for text in texts]
    number = 1 + len(table.codebook.repeats)
    (data, *below), panels = writers[:number], writers[number:]
    for rows, (_, variables) in zip((data, *below), table.codebook.tables, strict=True):
        rows.writerow([field(variable.name) for variable in variables])
    responses = 0
    for responses, record in enumerate(table.records, start=1):  # noqa: B007 - it is the count
        data.writerow([field(cell) for cell in record.row])
        if panel is not None:
            panel.count(record.row)
        for rows, instances in zip(below, record.below, strict=True):
            rows.writerows([field(cell) for cell in row] for row in instances)
    if panel is not None:
        panels[0].writerow([field(name) for name, *_ in panel.columns()])
        panels[0].writerows([field(cell) for cell in row] for row in panel.rows())
    for text in texts:
        text.detach()
    return responses


def field(cell: Cell) -> str:
    """Write a cell as it stands in a file, before quotes."""
    if isinstance(cell, str):
        text = visible(cell)
        return f"'{text}" if text.startswith("'") or begins_like_a_formula(text) else text
    if isinstance(cell, Fraction):
        return repr(float(cell))
    if isinstance(cell, date | time):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
