"""Puts the package together: data, codebook and codes as CSV, `datapackage.json` and `read.R`."""

from __future__ import annotations

import csv as library
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZIP_DEFLATED

from exports.about import About
from exports.codebook import Codebook
from exports.listings import ListingRow, codebook_rows, values_rows
from exports.panel import Panel, PanelColumn, has_panel
from exports.read_me import MISSING, MISSING_GAPS
from exports.table import Table
from exports.table_names import DATA
from exports.wording import Gettext, Wording, untranslated, wording_for
from exports.writers import csv
from exports.writers.archive import DatelessArchive
from exports.writers.files import opened
from exports.writers.package.contents import DataFile, Observed, columns_by_table, fields_of
from exports.writers.package.descriptor import descriptor, plain
from exports.writers.package.r import r_script
from forms.marking import N_

APOSTROPHES = N_(
    "A text that begins like a formula, or with an apostrophe, has one more apostrophe before it; "
    "taking one away gives back what was answered."
)


def write_package(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    language: str,
    about: About,
    gettext: Gettext = untranslated,
) -> int:
    """Write a zip file with all that a program needs to know, labels in a language.

    Returns:
        How many responses were written.
    """
    codebook, wording = table.codebook, wording_for(table.codebook, language, gettext)
    names = csv.names_of_tables(codebook)
    observed = Observed(table)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        paths = [Path(folder, str(number)) for number in range(len(names))]
        panel = stack.enter_context(closing(Panel(codebook))) if has_panel(codebook) else None
        with ExitStack() as writing:
            streams = [writing.enter_context(path.open("wb")) for path in paths]
            responses = csv.write_tables(observed.watched(), streams, "utf-8", panel)
        columns = panel.columns() if panel else []
        files = _files(codebook, observed, columns, wording)
        with opened(target) as stream, DatelessArchive(stream, "w", ZIP_DEFLATED) as archive:
            for file, path in zip(files, paths, strict=True):
                archive.write(str(path), file.path)
            archive.writestr("codebook.csv", _listing(codebook_rows(codebook, wording, columns)))
            archive.writestr("values.csv", _listing(values_rows(codebook, wording)))
            archive.writestr("datapackage.json", descriptor(codebook, about, files, _note(wording)))
            archive.writestr("read.R", r_script(files))
    return responses


def _files(
    codebook: Codebook, observed: Observed, panel: Sequence[PanelColumn], wording: Wording
) -> list[DataFile]:
    taken: set[str] = set()
    files = []
    for table, columns in columns_by_table(codebook, panel):
        name = "data" if table == DATA else _free(f"data-{plain(table)}", taken)
        taken.add(name)
        fields = fields_of(columns, observed, wording)
        files.append(DataFile(name=name, path=f"{name}.csv", table=table, fields=fields))
    return files


def _free(wanted: str, taken: set[str]) -> str:
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _note(wording: Wording) -> str:
    return f"{wording.ours(MISSING, **MISSING_GAPS)} {wording.ours(APOSTROPHES)}"


def _listing(rows: Iterable[ListingRow]) -> str:
    text = StringIO(newline="")
    library.writer(text).writerows([csv.field(cell) for cell in row] for row in rows)
    return text.getvalue()
