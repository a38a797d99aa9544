"""The files of repeats: their limits, their looks, and CSV."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from exports.codebook import codebook_of
from exports.coding import Response
from exports.table import Table, wide_table
from exports.writers import FORMATS, xlsx
from exports.writers.csv import write_csv
from tests.exports.factories import ABOUT, make_table, open_xlsx, sheet_rows, xlsx_bytes
from tests.exports.families import ANDERSSON, BERG, FAMILY, ROWS, family, plain, said


def test_instances_go_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that silently lacks children is worse than none."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert open_xlsx(family()).sheetnames[-1] == "Sammanfattning"
    book = open_xlsx(make_table(FAMILY, said(ANDERSSON), said(ANDERSSON)))
    assert book.sheetnames[-2:] == ["barn 2", "leksak 2"]
    assert [row[:2] for row in sheet_rows(book, "barn 2")] == [("_parent", "_number"), (2, 2)]


def test_a_long_answer_in_a_repeat_is_counted_among_the_cuts() -> None:
    """Läs mig counts every cut text once."""
    table = make_table(FAMILY, said({"husdjur[1]/art": "x" * 40_000}))
    assert "hold more: 1." in str(sheet_rows(open_xlsx(table), "Läs mig"))


def test_an_answer_in_a_repeat_is_no_formula() -> None:
    """What a respondent wrote runs nowhere."""
    table = make_table(FAMILY, said({"husdjur[1]/art": "=1+1"}))
    cell = load_workbook(BytesIO(xlsx_bytes(table)))["husdjur"]["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_sheets_of_repeats_look_like_the_others() -> None:
    """They scroll, filter and print as well."""
    for name in ROWS:
        sheet = open_xlsx(family())[name]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)


def csv_bytes(table: Table) -> bytes:
    """Write CSV in memory."""
    stream = BytesIO()
    assert write_csv(table, stream, byte_order_mark=False) == 3
    return stream.getvalue()


def test_csv_is_a_file_for_each_table_in_one_zip() -> None:
    """Each table can be loaded by itself; nothing of the children is left out."""
    archive = zipfile.ZipFile(BytesIO(csv_bytes(family())))
    assert archive.namelist() == ["Data.csv", "barn.csv", "leksak.csv", "husdjur.csv"]
    assert archive.read("Data.csv").decode() == (
        "_version,_row,familj,barn__count,husdjur__count\r\n"
        "1,1,Andersson,2,1\r\n1,2,Berg,1,0\r\n1,3,Celik,0,0\r\n"
    )
    rows = list(csv.reader(StringIO(archive.read("barn.csv").decode(), newline="")))
    assert rows[2] == ["1", "2", "12", "2", "NAP", "NAP", "5.0"]
    assert archive.read("leksak.csv").decode().splitlines()[2] == '1,1,2,"""NA"""'


def test_a_csv_file_of_several_tables_is_called_an_archive() -> None:
    """A zip file that is called .csv would open as rubbish; a workbook is one, and stays .xlsx."""
    with_repeats, without = BytesIO(csv_bytes(family())), BytesIO()
    write_csv(make_table(plain()), without)
    assert FORMATS["csv"].kind_of(with_repeats).suffix == ".zip"
    assert FORMATS["csv"].kind_of(without).suffix == ".csv"
    assert FORMATS["xlsx"].kind_of(BytesIO(xlsx_bytes(family()))).suffix == ".xlsx"


@pytest.mark.parametrize("write", [xlsx_bytes, csv_bytes])
def test_the_same_answers_give_the_same_bytes(write: Callable[[Table], bytes]) -> None:
    """Two extracts can be compared by their checksum."""
    assert write(family()) == write(family())
    other = make_table(FAMILY, said(ANDERSSON | {"husdjur[1]/art": "hund"}), said(BERG), said({}))
    assert write(other) != write(family())


def test_responses_are_read_once_for_all_tables() -> None:
    """Rows that belong together come from one reading, so that their keys fit."""
    read = []

    def responses() -> Iterator[Response]:
        for number in range(2):
            read.append(number)
            yield said(ANDERSSON)

    table = wide_table(codebook_of(FAMILY), responses())
    stream = BytesIO()
    assert FORMATS["xlsx"].write(table, stream, language="sv", about=ABOUT) == 2
    assert read == [0, 1]
    assert [row[0] for row in sheet_rows(load_workbook(stream), "leksak")] == [
        *("_parent", 1, 1, 2, 2)
    ]
