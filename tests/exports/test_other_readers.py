"""The workbook in the programs that its readers use: LibreOffice, pandas, calamine."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from exports.writers.xlsx import SHEETS, write_xlsx
from tests.exports.factories import (
    ABOUT,
    ask,
    item,
    make_instrument,
    make_table,
    respond,
)
from tests.tools.libreoffice import libreoffice_convert

INSTRUMENT = make_instrument(
    item("a", label="Jag trivs"),
    item("b"),
    ask("antal", "integer"),
    ask("dag", "date"),
    ask("ord"),
)
WORDS = ("å ä ö 😀", "=1+1", "-5", "@SUM(1)", "\t=1", "#N/A", "_x0041_", "rad\nrad", "NA")
RESPONSES = [
    respond(a="4", b="3", antal=str(number), dag="2026-01-05", ord=word)
    for number, word in enumerate(WORDS, start=1)
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Write a workbook of nine responses and one that was not asked for numbers."""
    path = tmp_path / "export.xlsx"
    table = make_table(INSTRUMENT, *RESPONSES, respond(a="DK", b=None))
    write_xlsx(table, path, language="sv", about=ABOUT)
    return path


@pytest.mark.slow
def test_libreoffice_shows_every_sheet_as_it_is_meant(workbook: Path) -> None:
    """A coordinator without Excel sees the same, and no formula has run."""
    written = {path.stem.removeprefix("export-"): path for path in libreoffice_convert(workbook)}
    assert set(written) == set(SHEETS)
    with written["Data"].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["_version", "a", "b", "antal", "dag", "ord", "index_trivsel"]
    assert rows[1][:-1] == ["1", "4", "3", "1", "2026-01-05", "å ä ö 😀"]
    assert float(rows[1][-1]) == pytest.approx(25 / 3, abs=0.05)
    assert [row[5] for row in rows[1:]] == [*WORDS[:-1], '"NA"', "NAP"]
    assert rows[10] == ["1", "DK", "NA", "NAP", "NAP", "NAP", "NA"]
    for name in ("Etiketter", "Kodbok", "Värden", "Sammanfattning", "Läs mig"):
        assert len(written[name].read_text(encoding="utf-8").splitlines()) > 1


@pytest.mark.slow
def test_libreoffice_means_pass_over_missing_codes(workbook: Path) -> None:
    """AVERAGE over a column gives the mean of the answers, whatever codes stand between."""
    book = load_workbook(workbook)
    book["Data"]["I1"] = "=AVERAGE(B2:B11)"
    book["Data"]["J1"] = "=COUNT(D2:D11)"
    book.save(workbook)
    data = next(p for p in libreoffice_convert(workbook) if p.stem == "export-Data")
    with data.open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream))[8:10] == ["4", "9"]


def test_pandas_reads_codes_with_their_types(workbook: Path) -> None:
    """The analyst loads the file in one line."""
    frame = pd.read_excel(workbook, "Data", engine="calamine", keep_default_na=False)
    assert list(frame["a"]) == [4] * 9 + ["DK"]
    assert list(frame["b"]) == [3] * 9 + ["NA"]
    assert frame["dag"][0] == pd.Timestamp(2026, 1, 5)
    numbers = pd.to_numeric(frame["index_trivsel"], errors="coerce")
    assert numbers.mean() == pytest.approx(25 / 3, abs=1e-12)
    assert list(frame["ord"]) == [*WORDS[:-1], '"NA"', "NAP"]


def test_pandas_reads_every_sheet(workbook: Path) -> None:
    """Codebook and values can be used by programs as well."""
    frames = pd.read_excel(workbook, None, engine="calamine", keep_default_na=False)
    assert tuple(frames) == SHEETS
    assert list(frames["Kodbok"]["Variable"]) == list(frames["Data"].columns)
    assert frames["Etiketter"].shape == frames["Data"].shape
