"""Writers by format: a table goes in, a file comes out."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, BinaryIO, Protocol

from exports.about import About
from exports.table import Table
from exports.wording import Gettext, untranslated
from exports.writers.csv import write_csv
from exports.writers.dta import write_dta
from exports.writers.package.write import write_package
from exports.writers.sav import write_sav
from exports.writers.syntax.spss import write_sps
from exports.writers.syntax.stata import write_do
from exports.writers.xlsx import write_xlsx


class Writer(Protocol):
    """Writes a table to a path or a stream and tells how many responses it wrote."""

    def __call__(
        self,
        table: Table,
        target: str | Path | BinaryIO,
        *,
        language: str,
        about: About,
        gettext: Gettext = untranslated,
    ) -> int:
        """Write the file."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a file is called and sent."""

    suffix: str
    media_type: str


ZIP = FileKind(".zip", "application/zip")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how it is written, and how it is sent.

    Attributes:
        holds_one_table: With repeats, the tables become several such files in a zip file.
    """

    write: Writer
    suffix: str
    media_type: str
    holds_one_table: bool = False

    def kind_of(self, written: Path | IO[bytes]) -> FileKind:
        """Say what a file is that was written: the tables of repeats come in one archive."""
        is_archive = self.holds_one_table and zipfile.is_zipfile(written)
        return ZIP if is_archive else FileKind(self.suffix, self.media_type)


_PACKAGE = Format(write_package, ".zip", "application/zip")
_STATA = Format(write_dta, ".dta", "application/x-stata-dta", holds_one_table=True)
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "xlsx": Format(
            write_xlsx,
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        "csv": Format(
            write_csv, ".csv", "text/csv; charset=utf-8; header=present", holds_one_table=True
        ),
        "sav": Format(write_sav, ".sav", "application/x-spss-sav", holds_one_table=True),
        "stata": _STATA,
        "dta": _STATA,  # by the name of its files
        "package": _PACKAGE,
        "r": _PACKAGE,  # it has the script for R
        "sps": Format(write_sps, ".zip", "application/zip"),
        "do": Format(write_do, ".zip", "application/zip"),
    }
)
# What is offered to choose from, the usual one first.
OFFERED = ("xlsx", "csv", "sav", "stata", "package", "sps", "do")
