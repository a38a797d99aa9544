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
from tests.exports.factories import ABOUT, make_table, respond, xlsx_bytes


def test_the_file_says_neither_who_made_it_nor_when() -> None:
    """An employee's name or a clock time would go along with every copy."""
    archive = zipfile.ZipFile(BytesIO(xlsx_bytes(make_example())))
    core = etree.fromstring(archive.read("docProps/core.xml"))
    said = {etree.QName(element).localname: element.text for element in core}
    assert said == {"creator": "survey-app", "title": "Min skolsituation"}
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


def test_too_many_rows_are_refused_before_the_target_is_touched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file that silently lacks responses is worse than none."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    path = tmp_path / "x.xlsx"
    with pytest.raises(TooLargeForExcel):
        xlsx.write_xlsx(make_example(), path, language="sv", about=ABOUT)
    assert not path.exists()
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert xlsx.write_xlsx(make_example(), path, language="sv", about=ABOUT) == 3


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
