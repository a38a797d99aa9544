"""Workbooks that we write: tidy, text only, and read back as they were."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import category
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import writing
from forms.reading.container import check_container
from forms.reading.limits import Limits
from forms.reading.sheets import INVISIBLE, read_sheets
from forms.workbook import Row, Sheet, Workbook, sheet_of
from forms.writing import write_workbook
from tests.forms.tables import workbook_of


def written(workbook: Workbook) -> bytes:
    """Write the workbook and give the file's bytes."""
    file = BytesIO()
    write_workbook(workbook, file)
    return file.getvalue()


def read_back(workbook: Workbook) -> Workbook:
    """Write and read as the worker does, without its process."""
    data = written(workbook)
    check_container(data, Limits())
    return read_sheets(data, Limits())


def opened(workbook: Workbook) -> openpyxl.Workbook:
    """Write the workbook and open it as another program would."""
    return openpyxl.load_workbook(BytesIO(written(workbook)))


def test_a_questionnaire_is_read_back_as_it_was_written() -> None:
    """A downloaded questionnaire can be uploaded again."""
    workbook = workbook_of("""
        | type           | name | label::Svenska (sv) | relevant  |
        | integer        | age  | Hur gammal är du?   |           |
        |                |      |                     |           |
        | select_one sex | sex  | Kön                 | ${age} > 1 |
        choices
        | list_name | name | label::Svenska (sv) |
        | sex       | 1    | Flicka              |
        settings
        | form_id | version |
        | enkat   | 2026.10 |
    """)
    assert read_back(workbook) == workbook


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "${a} > 1", "01", "1.0", "1e5", "TRUE", "#N/A", "2026-01-31",
     "_x000D_", "_x0041_", "_x005F_", "a\nb", "<b>&amp;</b>", "'quoted'", "سؤال", "🙂"],
)  # fmt: skip
def test_a_text_stays_the_text_it_is(text: str) -> None:
    """No label becomes a formula, a number, a date or an error."""
    workbook = Workbook((sheet_of("survey", [{"type": "note", "label": text}]),))
    assert read_back(workbook) == workbook
    cell = opened(workbook)["survey"]["B2"]
    assert (cell.data_type, cell.number_format) in {("s", "@"), ("inlineStr", "@")}


def test_a_text_like_a_formula_is_marked_as_text() -> None:
    """Editing the cell in Excel does not turn it into a formula."""
    workbook = Workbook((sheet_of("survey", [{"label": "=1+1", "hint": "plain"}]),))
    page = opened(workbook)["survey"]
    assert [page["A2"].quotePrefix, page["B2"].quotePrefix] == [True, False]


def test_survey_choices_and_settings_come_first() -> None:
    """An author finds the sheets where every XLSForm has them."""
    names = ("notes", "settings", "choices", "Survey")
    workbook = Workbook(tuple(sheet_of(name, [{"type": "note"}]) for name in names))
    assert opened(workbook).sheetnames == ["Survey", "choices", "settings", "notes"]


def test_headers_are_bold_and_stay_in_sight_and_texts_wrap() -> None:
    """A long questionnaire can be read in Excel."""
    label = "A long question, " * 20
    page = opened(Workbook((sheet_of("survey", [{"type": "note", "label": label}]),)))["survey"]
    assert page["A1"].font.bold
    assert page.freeze_panes == "A2"
    assert page["B2"].alignment.wrap_text
    assert (page.column_dimensions["A"].width, page.column_dimensions["B"].width) == (10, 60)


def test_equal_sheets_give_equal_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps questionnaires under version control sees only real changes."""
    workbook = workbook_of("| type | name |\n| note | n |")
    first = written(workbook)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert written(workbook) == first
    assert b"2000-01-01" in openpyxl_core(first)


def test_looks_are_made_once_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city's register has half a million cells, each of which would be compared with all looks."""
    made = []

    class Counted(openpyxl.styles.Alignment):
        def __init__(self, **given: Any) -> None:
            made.append(given)
            super().__init__(**given)

    monkeypatch.setattr(writing, "Alignment", Counted)
    written(Workbook((sheet_of("survey", [{"name": f"q{n}", "label": "=1"} for n in range(9)]),)))
    assert len(made) == 1


def openpyxl_core(data: bytes) -> bytes:
    """Give the part with the dates of the document."""
    return ZipFile(BytesIO(data)).read("docProps/core.xml")


def test_control_characters_are_left_out() -> None:
    """A stray character does not make the whole file unreadable."""
    workbook = Workbook((sheet_of("survey", [{"label": "a\x07b"}]),))
    assert read_back(workbook).sheets[0].rows[0].cells == {"label": "ab"}


def test_a_workbook_is_written_to_a_path(tmp_path: Path) -> None:
    """The command line writes files."""
    workbook = workbook_of("| type | name |\n| note | n |")
    write_workbook(workbook, tmp_path / "form.xlsx")
    assert (tmp_path / "form.xlsx").read_bytes() == written(workbook)


def _may_stand(character: str) -> bool:
    """Leave out what no workbook holds, and blanks that reading evens out."""
    return (
        category(character) not in {"Cc", "Cs", "Zs"}
        and character not in INVISIBLE + "\ufffe\uffff\u2028\u2029"
    )


plain = st.characters(max_codepoint=0x1FFFF).filter(_may_stand)
texts = st.text(st.one_of(plain, st.sampled_from("=+-@${}<>&'\"_x0D \n")), max_size=40).map(
    lambda text: text.strip()
)
headers = st.lists(texts.filter(bool), min_size=1, max_size=5, unique=True)


@st.composite
def sheets(draw: st.DrawFn, name: str) -> Sheet:
    """Draw a sheet with gaps between its rows."""
    columns = draw(headers)
    numbers = sorted(draw(st.sets(st.integers(2, 40), max_size=6)))
    rows = (Row(n, {h: t for h in columns if (t := draw(texts))}) for n in numbers)
    return Sheet(name, tuple(columns), tuple(row for row in rows if row.cells))


@given(st.builds(lambda *drawn: Workbook(drawn), sheets("survey"), sheets("choices")))
def test_whatever_is_written_is_read_back(workbook: Workbook) -> None:
    """No text an author writes is changed on its way through a file."""
    assert read_back(workbook) == workbook
