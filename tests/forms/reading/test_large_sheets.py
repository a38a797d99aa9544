"""Sheets that are too large: refused early, cheaply, and with the right limit's name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.problems import BadInstrument
from forms.reading import Limits, read_workbook
from forms.reading.limits import MEGABYTE
from tests.forms.reading.costs import assert_refused_cheaply
from tests.forms.reading.files import (
    MAIN,
    codes_of,
    packed,
    parts_of,
    shared_strings,
    workbook_file,
)


def cells(*columns: str) -> str:
    """Give the XML of cells with these texts."""
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in columns)


def test_fifty_thousand_rows_are_refused_quickly(tmp_path: Path) -> None:
    """Reading stops at the first row beyond the limit."""
    rows = f"<row>{cells('type', 'name')}</row>" + f"<row>{cells('text', 'a')}</row>" * 50_000
    data = packed(parts_of(("survey", rows)))
    assert_refused_cheaply(tmp_path / "rows.xlsx", data, "TOO_MANY_ROWS", seconds=5, megabytes=150)


def test_rows_are_counted_to_the_last_that_is_not_blank() -> None:
    """The limit is exact, and blank rows at the end are free."""
    rows: list[Any] = [["type"], *[["note"]] * 5, *[[None]] * 5]
    data = workbook_file({"survey": rows})
    assert codes_of(data, rows=5) == []
    assert codes_of(data, rows=4) == ["TOO_MANY_ROWS"]


def test_a_row_with_an_impossible_number_ends_the_sheet() -> None:
    """A number of twelve digits does not make the reader count to it."""
    rows = f'<row r="1">{cells("type")}</row><row r="999999999999"><c r="A999999999999"/></row>'
    assert codes_of(packed(parts_of(("survey", rows)))) == []


def test_too_many_columns_are_refused() -> None:
    """Excel's last column is far beyond what a questionnaire needs."""
    data = workbook_file({"choices": [[f"c{n}" for n in range(16_384)]]})
    assert codes_of(data) == ["TOO_MANY_COLUMNS"]


def test_columns_are_counted_to_the_last_with_a_header() -> None:
    """The limit is exact, and formatted columns at the end are free."""
    header = f'{cells("a", "b")}<c/>{cells("d")}<c r="XFD1"/>'
    data = packed(parts_of(("survey", f'<row>{header}</row><row><c r="F2"><v>1</v></c></row>')))
    assert codes_of(data, columns=4) == []
    assert codes_of(data, columns=3) == ["TOO_MANY_COLUMNS"]


def test_a_cell_longer_than_excel_allows_is_named() -> None:
    """The author learns which text to shorten."""
    data = packed(
        parts_of(("survey", f"<row>{cells('label')}</row><row>{cells('a' * 32_768)}</row>"))
    )
    with pytest.raises(BadInstrument) as caught:
        read_workbook(data)
    (problem,) = caught.value.problems
    found = (problem.code.name, problem.sheet, problem.row, problem.column)
    assert found == ("CELL_TOO_LONG", "survey", 2, "label")


def test_one_long_text_used_a_thousand_times_is_counted_each_time() -> None:
    """A small file cannot become a huge questionnaire."""
    rows = '<row><c t="s"><v>0</v></c></row>' + '<row><c t="s"><v>1</v></c></row>' * 1_000
    parts = parts_of(("survey", rows))
    parts["xl/sharedStrings.xml"] = shared_strings(["label", "a" * 30_000])
    assert codes_of(packed(parts)) == ["EXPANDS_TOO_MUCH"]


def test_huge_shared_strings_are_stopped_by_the_clock(tmp_path: Path) -> None:
    """Two million texts that no cell uses fill neither the memory nor the day."""
    item = "<si><t>a</t></si>"
    content = f'<sst xmlns="{MAIN}">{item * 2_500_000}</sst>'
    assert_refused_cheaply(
        tmp_path / "strings.xlsx",
        packed(parts_of() | {"xl/sharedStrings.xml": content}),
        "TOOK_TOO_LONG",
        cpu_seconds=3,
        seconds=5,
        megabytes=Limits().memory_bytes // MEGABYTE,
    )
