"""What an author typed into Excel arrives as rows of text, whichever program saved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

from forms.problems import BadInstrument, ProblemCode
from forms.reading import read_workbook
from forms.workbook import Row, Sheet, Unread, Workbook
from tests.forms.reading.files import (
    codes_of,
    packed,
    parts_of,
    read_here,
    shared_strings,
    workbook_file,
)


def codes_of_path(path: Path) -> list[str]:
    """Give the codes of the mistakes for which the file is refused."""
    with pytest.raises(BadInstrument) as caught:
        read_workbook(path)
    return [problem.code.name for problem in caught.value.problems]


def read_rows(*rows: Iterable[object]) -> Sheet:
    """Read a survey sheet with these rows."""
    return read_here(workbook_file({"survey": rows})).sheet("survey")


def test_values_are_shown_as_excel_shows_them() -> None:
    """Codes such as 1 do not become 1.0, and dates can be compared."""
    values = [1.0, 0.5, 0.1 + 0.2, 12345678901.0, True, False, dt.date(2026, 1, 31)]
    moments = [dt.datetime(2026, 1, 31, 14, 30), dt.time(8, 15)]  # noqa: DTZ001 - as in Excel
    headers = [f"c{n}" for n in range(9)]
    cells = read_rows(headers, [*values, *moments]).rows[0].cells
    assert list(cells.values()) == [
        *("1", "0.5", "0.3", "12345678901", "TRUE", "FALSE"),
        *("2026-01-31", "2026-01-31T14:30:00", "08:15:00"),
    ]


def test_numbers_have_the_fifteen_digits_that_excel_shows() -> None:
    """The file itself may hold 0.30000000000000004."""
    cell = "<row><c t='inlineStr'><is><t>a</t></is></c></row>"
    rows = f"{cell}<row><c><v>0.30000000000000004</v></c></row>"
    assert read_here(packed(parts_of(("survey", rows)))).sheets[0].rows[0].cells == {"a": "0.3"}


def test_texts_and_headers_are_trimmed_of_what_nobody_sees() -> None:
    """A blank pasted along with a name does not make it another name."""
    blank = "\u00a0\u200b\ufeff "
    sheet = read_rows([f"{blank}type{blank}", "label"], [f"{blank}note{blank}", "two\u00a0words"])
    assert sheet.headers == ("type", "label")
    assert sheet.rows == (Row(2, {"type": "note", "label": "two words"}),)


def test_joiners_and_direction_marks_stay() -> None:
    """Persian and Arabic texts are not changed."""
    text = "می\u200cخواهم؟\u200f"
    assert read_rows(["label"], [text]).rows[0].cells == {"label": text}


def test_blank_rows_are_left_out_and_numbers_are_excels() -> None:
    """A message names the row that the author sees."""
    sheet = read_rows(["type"], ["note"], [None], ["  "], ["text"])
    assert [row.number for row in sheet.rows] == [2, 5]


def test_columns_without_a_header_are_left_out() -> None:
    """Remarks beside the sheet do no harm."""
    sheet = read_rows(["type", None, "name"], ["note", "remark", "n", "far off"])
    rows = (Row(2, {"type": "note", "name": "n"}),)
    unread = (Unread(2, 2, is_formula=False), Unread(2, 4, is_formula=False))
    assert sheet == Sheet("survey", ("type", "name"), rows, columns=(1, 3), unread=unread)


def test_of_two_equal_headers_the_first_counts_and_both_are_told() -> None:
    """The compiler can complain about the second."""
    sheet = read_rows(["label", "label"], ["first", "second"])
    assert sheet.headers == ("label", "label")
    assert sheet.rows[0].cells == {"label": "first"}


def test_sheets_that_xlsform_does_not_know_are_only_named() -> None:
    """Notes of any size beside the questionnaire cost nothing."""
    notes = [["a"]] * 10
    file = workbook_file({"Notes": notes, "Survey": [["type"], ["note"]], "entities": [["a"]]})
    assert read_here(file, rows=5) == Workbook(
        (
            Sheet("Notes"),
            Sheet("Survey", ("type",), (Row(2, {"type": "note"}),)),
            Sheet("entities", ("a",)),
        )
    )


def test_formulas_give_their_last_result() -> None:
    """An author may count with Excel."""
    rows = '<row r="1"><c t="str"><f>"ty"&amp;"pe"</f><v>type</v></c></row>'
    assert read_here(packed(parts_of(("survey", rows)))).sheets[0].headers == ("type",)


def test_formulas_without_a_result_are_told() -> None:
    """Programs that save no results would lose what the author sees."""
    formula = '<row r="2"><c t="str"><f>1+1</f></c><c><f>2</f><v>7</v></c></row>'
    head = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    sheet = read_here(packed(parts_of(("survey", head + formula)))).sheets[0]
    assert [row.cells for row in sheet.rows] == [{"note": "7"}]
    assert sheet.unread == (Unread(2, 1, is_formula=True),)
    assert Workbook.from_json(Workbook((sheet,)).to_json()) == Workbook((sheet,))


def test_rich_text_is_flattened() -> None:
    """A bold word does not lose its sentence."""
    rows = '<row r="1"><c t="s"><v>0</v></c></row>'
    parts = parts_of(("survey", rows))
    rich = "<si><r><rPr><b/></rPr><t>la</t></r><r><t>bel</t></r></si>"
    parts["xl/sharedStrings.xml"] = shared_strings([]).replace("</sst>", rich + "</sst>")
    assert read_here(packed(parts)).sheets[0].headers == ("label",)


def test_line_breaks_are_the_same_whoever_wrote_them() -> None:
    """Windows' breaks do not show as signs in a label."""
    cell = "<c t='inlineStr'><is><t>{}</t></is></c>"
    rows = f'<row r="1">{cell.format("a_x000D_&#10;b")}{cell.format("c&#13;&#10;d")}</row>'
    assert read_here(packed(parts_of(("survey", rows)))).sheets[0].headers == ("a\nb", "c\nd")


def test_a_sheet_that_claims_a_million_rows_and_is_short_is_read() -> None:
    """Formatting a whole column is no mistake."""
    formatted = "".join(f'<row r="{n}" s="1"/>' for n in range(2, 20_000))
    parts = parts_of(("survey", '<row r="1"><c t="s"><v>0</v></c></row>' + formatted))
    sheet = str(parts["xl/worksheets/sheet1.xml"])
    stated = '<dimension ref="A1:XFD1048576"/><sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<sheetData>", stated)
    assert read_here(packed(parts)).sheets[0] == Sheet("survey", ("type",))


def test_a_sheet_that_claims_one_cell_and_has_more_is_read() -> None:
    """Some programs state a size that is too small, and nothing may be lost."""
    rows = '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'
    parts = parts_of(("survey", rows))
    sheet = str(parts["xl/worksheets/sheet1.xml"])
    stated = '<dimension ref="A1"/><sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<sheetData>", stated)
    assert read_here(packed(parts)).sheets[0].rows == (Row(2, {"type": "note"}),)


def test_a_chart_or_a_broken_property_does_not_matter() -> None:
    """Only what is read can be wrong."""
    parts = parts_of() | {"docProps/core.xml": "<nonsense/>", "xl/charts/chart1.xml": "<c/>"}
    assert codes_of(packed(parts)) == []


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    """The command line names files."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook_file({"survey": [["type"]]}))
    assert read_workbook(path) == read_workbook(str(path)) == read_workbook(path.read_bytes())


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """A misspelt path is not a damaged workbook."""
    assert codes_of_path(tmp_path / "nowhere.xlsx") == ["FILE_MISSING"]
    assert codes_of_path(tmp_path) == ["FILE_MISSING"]


def test_a_file_that_may_not_be_read_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The author learns that it is about permissions."""

    def refuse(*_: object) -> None:
        raise PermissionError

    path = tmp_path / "form.xlsx"
    path.write_bytes(b"")
    monkeypatch.setattr(Path, "open", refuse)
    assert codes_of_path(path) == [ProblemCode.FILE_UNREADABLE.name]
