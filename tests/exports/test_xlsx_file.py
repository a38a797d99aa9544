"""The workbook as a file: its bytes, its limits, and what it leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from exports.coding import Response
from exports.errors import AnswerDoesNotFit, TooLargeForExcel
from exports.table import Table
from exports.writers import xlsx
from tests.exports.example import HEADER, INSTRUMENT, RESPONSES, make_example
from tests.exports.factories import make_table, open_xlsx, respond, sheet_rows, xlsx_bytes


def test_the_file_says_neither_who_made_it_nor_when() -> None:
    """An employee's name or a clock time would go along with every copy."""
    archive = zipfile.ZipFile(BytesIO(xlsx_bytes(make_example())))
    core = etree.fromstring(archive.read("docProps/core.xml"))
    said = {etree.QName(element).localname: element.text for element in core}
    subject = "HT 2026"
    assert said == {"creator": "survey-app", "title": "Min skolsituation", "subject": subject}
    assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_data_give_the_same_bytes_in_another_process() -> None:
    """Two extracts can be compared by their checksum."""
    code = (
        "import sys; from tests.exports.example import make_example;"
        "from tests.exports.factories import xlsx_bytes;"
        "sys.stdout.buffer.write(xlsx_bytes(make_example()))"
    )
    written = {xlsx_bytes(make_example())}
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
        command = [sys.executable, "-c", code]
        written.add(
            subprocess.run(command, env=environment, check=True, capture_output=True).stdout
        )
    assert len(written) == 1


def test_another_answer_gives_other_bytes() -> None:
    """The comparison above can fail."""
    other = make_table(INSTRUMENT, *RESPONSES[:2], respond(ord="annat"))
    assert xlsx_bytes(other) != xlsx_bytes(make_example())


def test_what_a_sheet_cannot_hold_goes_on_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that silently lacks responses is worse than none."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    monkeypatch.setattr(xlsx, "AT_A_TIME", 3)
    whole = sheet_rows(open_xlsx(make_table(INSTRUMENT, *RESPONSES[:2])), "Data")
    book = open_xlsx(make_table(INSTRUMENT, *RESPONSES, *RESPONSES))
    assert book.sheetnames[:6] == list(xlsx.SHEETS)
    later = ["Data 2", "Etiketter 2", "Data 3", "Etiketter 3"]
    assert book.sheetnames[6:] == later
    header, first, second = whole
    third = sheet_rows(book, "Data 2")[1]
    found = [sheet_rows(book, name) for name in ("Data", "Data 2", "Data 3")]
    assert found == [whole, [header, third, first], [header, second, third]]
    assert [book[name].auto_filter.ref for name in later] == ["A1:K3", "A1:L3"] * 2
    assert book["Etiketter 3"].freeze_panes == "A2"
    facts = [row[1] for row in book["Läs mig"].iter_rows(values_only=True)]
    assert any("Data 2, Etiketter 2, Data 3, Etiketter 3" in str(fact) for fact in facts)


def test_a_full_sheet_alone_is_followed_by_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is what a sheet holds, not one less."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert open_xlsx(make_example()).sheetnames == list(xlsx.SHEETS)


def test_the_largest_sheet_is_the_one_of_excel() -> None:
    """One row is the header's."""
    assert xlsx.MOST_ROWS == 2**20 - 1
    assert xlsx.MOST_COLUMNS == 2**14


def test_too_many_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for columns, before any row is read."""
    monkeypatch.setattr(xlsx, "MOST_COLUMNS", len(HEADER) - 1)
    with pytest.raises(TooLargeForExcel):
        xlsx_bytes(make_table(INSTRUMENT))


def damaged() -> Response:
    """Make a response whose integer is none."""
    return respond(antal="hemligt")


@pytest.mark.parametrize("responses", [RESPONSES, (*RESPONSES, damaged())])
def test_no_temporary_file_is_left_behind(
    responses: tuple[Response, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Children's answers do not stay in /tmp, whether the export succeeds or fails."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    failed = False
    try:
        xlsx_bytes(make_table(INSTRUMENT, *responses))
    except AnswerDoesNotFit:
        failed = True
    assert failed == (len(responses) > len(RESPONSES))
    assert list(tmp_path.iterdir()) == []


def test_rows_may_be_read_only_once() -> None:
    """A query that streams from the database is enough."""
    table = make_example()
    once = Table(table.codebook, iter(list(table.records)))
    assert xlsx_bytes(once) == xlsx_bytes(table)
