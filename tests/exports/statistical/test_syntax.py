"""Syntax for SPSS and Stata: PSPP runs the one, and finds what the .sav file holds."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from exports.table import Table
from exports.writers.syntax.stata import _quoted
from tests.exports.families import ROWS, family
from tests.exports.statistical.files import LONG, written
from tests.tools.pspp import run_pspp


def unpacked(folder: Path, file_format: str, table: Table | None = None) -> Path:
    """Write CSV and syntax, and unpack them."""
    with zipfile.ZipFile(written(folder, file_format, table)) as archive:
        archive.extractall(folder)
    return folder


def formats(meta: Any) -> dict[str, str]:
    """Give how the numbers of a file are shown."""
    types: dict[str, str] = meta.original_variable_types
    return {name: shown for name, shown in types.items() if not shown.startswith("A")}


def test_pspp_reads_with_the_syntax_what_the_sav_file_holds(tmp_path: Path) -> None:
    """Numbers, texts, labels, formats, levels and missing values: nothing differs."""
    unpacked(tmp_path, "sps")
    run_pspp("INSERT FILE='Data.sps'.\nSAVE OUTFILE='read.sav'.", tmp_path)
    rows, read = pyreadstat.read_sav(tmp_path / "read.sav", user_missing=True)
    wanted, meta = pyreadstat.read_sav(written(tmp_path, "sav"), user_missing=True)
    wanted["ord"] = wanted["ord"].str.replace("\n", "|")
    assert rows.astype(object).equals(wanted.astype(object))
    assert rows["ord"][0] == f"rad|{LONG}"
    # SPSS has no empty labels; a column without one has none.
    assert read.column_names_to_labels == {
        name: re.sub(r"\s+", " ", label or "").strip() or None
        for name, label in meta.column_names_to_labels.items()
    }
    assert read.variable_value_labels == meta.variable_value_labels
    assert read.variable_measure == meta.variable_measure
    assert read.missing_ranges == meta.missing_ranges
    assert formats(read) == formats(meta)


def test_each_table_has_its_syntax(tmp_path: Path) -> None:
    """Repeats are read one by one."""
    unpacked(tmp_path, "sps", family())
    for name, (_, *rows) in ROWS.items():
        run_pspp(f"INSERT FILE='{name}.sps'.\nSAVE OUTFILE='{name}.sav'.", tmp_path)
        read, _ = pyreadstat.read_sav(tmp_path / f"{name}.sav")
        assert len(read) == len(rows), name


def test_a_do_file_makes_numbers_letters_and_labels(tmp_path: Path) -> None:
    """No Stata is at hand: the lines are those of its manual, and hold the codes of the .dta."""
    unpacked(tmp_path, "do")
    script = (tmp_path / "Data.do").read_text(encoding="utf-8")
    with (tmp_path / "Data.csv").open(encoding="utf-8", newline="") as file:
        header, first, second, third = csv.reader(file)
    columns = list(zip(header, first, second, third, strict=True))
    assert ("kön", "1", "d", "n") in columns
    assert ("antal", "3", "-99", "n") in columns
    for line in (
        'import delimited using `"Data.csv"\', clear varnames(1) case(preserve) ///',
        "generate double kön = real(_text)",
        'replace kön = .d if _text == "d"',
        'label define kön 1 `"Flicka"\', add',
        'label define kön .d `"Vet ej"\', add',
        "label values kön kön",
        "format dag %tdCCYY-NN-DD",
        'label variable dag `"Dag"\'',
    ):
        assert line in script.splitlines()
    assert "rename ord" not in script


def test_a_label_runs_nothing_in_stata() -> None:
    """Authors are not trusted: signs that begin a macro or end a text are harmless."""
    assert _quoted("`c(pwd)' $S_OS \"'") == "`\"'c(pwd)' \\$S_OS '\"'"


@pytest.mark.parametrize("file_format", ["sps", "do"])
def test_the_same_table_has_the_same_bytes(file_format: str, tmp_path: Path) -> None:
    """Two downloads can be compared."""
    first = written(tmp_path, file_format).read_bytes()
    assert written(tmp_path, file_format).read_bytes() == first
