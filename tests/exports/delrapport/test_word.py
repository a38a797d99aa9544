"""The report as a Word document, read back by python-docx and by LibreOffice."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from exports.charts.pictures import Picture
from exports.delrapport.word import docx_of
from exports.writers.defusing import visible
from tests.exports.delrapport.example import ODD, make_picture, make_report
from tests.tools.libreoffice import libreoffice_convert


def cells(picture: Picture) -> list[list[str]]:
    """Give a picture's table as texts, its head first."""
    return [list(picture.head), *([visible(cell.text) for cell in row] for row in picture.rows)]


def test_headings_tables_and_pictures_are_what_they_seem() -> None:
    """Real styles, header rows that repeat, a text for each drawing, the language, every number."""
    report = make_report()
    read = Document(BytesIO(docx_of(report)))
    styled = {(each.style.name, each.text) for each in read.paragraphs if each.style}
    assert {
        ("Title", report.title),
        ("Heading 1", "Delmål"),
        ("Heading 2", "Månad för månad"),
    } <= styled
    assert {("Caption", "Tabell 2. Koder"), ("Caption", "Diagram 1. Nådda delmål")} <= styled
    exhibits = list(report.chapters[0].exhibits)
    shown = [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]
    assert shown == [cells(each.picture) for each in exhibits]
    for table in read.tables:
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True, *[False] * (len(table.rows) - 1)]
    (drawing,) = read.inline_shapes
    assert drawing._inline.docPr.get("descr") == visible(exhibits[0].picture.sentence)
    languages = {each.get(qn("w:val")) for each in read.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}


def test_the_same_report_has_the_same_bytes_and_another_has_others() -> None:
    """Neither the clock nor the writer stands in it."""
    first = docx_of(make_report())
    assert docx_of(make_report()) == first
    assert docx_of(make_report(make_picture(exact()))) != first


def exact():
    """Give a shown share."""
    return make_picture().rows[0][2]


def test_libreoffice_opens_it(tmp_path) -> None:
    """Another program finds all words, also those that look like markup."""
    file = tmp_path / "report.docx"
    file.write_bytes(docx_of(make_report()))
    (text,) = libreoffice_convert(file, "txt:Text (encoded):UTF8", into=tmp_path / "out")
    read = text.read_text(encoding="utf-8")
    assert visible(ODD) in read
    assert "45,5" in read
