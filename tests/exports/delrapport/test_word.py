"""The report as a Word document, read back by python-docx and by LibreOffice."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from exports.charts.pictures import Picture
from exports.delrapport.word import docx_of
from exports.results.printing import Printed
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


def test_pages_are_numbered_and_nothing_is_torn_apart() -> None:
    """A heading stays with sentence, picture and table; a small table stays whole."""
    read = Document(BytesIO(docx_of(make_report())))
    (field,) = read.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    sentence = make_report().chapters[0].parts[0].exhibits[0].picture.sentence
    *_, said = (each for each in read.paragraphs if each.text == visible(sentence))
    assert said.paragraph_format.keep_with_next
    for table in read.tables:
        kept = [
            [each.paragraph_format.keep_with_next for cell in row.cells for each in cell.paragraphs]
            for row in table.rows
        ]
        assert all(map(all, kept[:-1]))
        assert not any(kept[-1])


def test_columns_are_as_wide_as_their_words() -> None:
    """Codes beside twelve narrow numbers: no letter stands below another."""
    number = Printed("12", 12.0)
    wide = Picture(name="wide", title="Koder", sentence="", head=["Kod", *map(str, range(12))],
                   rows=[[Printed("Förändring: Närvaro"), *[number] * 12]])  # fmt: skip
    (table,) = Document(BytesIO(docx_of(make_report(wide)))).tables[:1]
    first, *others = (each.w or 0 for each in table._tbl.tblGrid.gridCol_lst)
    assert first > 3 * max(others)
    assert first + sum(others) <= Cm(16)


def test_a_full_table_breaks_headings_and_no_word() -> None:
    """Four long headings take no room from the names of the rows."""
    heads = [f"Staden våren {year} och hösten" for year in range(2023, 2028)]
    full = Picture(name="full", title="Omgångar", sentence="", head=["Område", *heads],
                   rows=[[Printed("Studiero"), *[Printed("5,6", 5.6)] * 5]])  # fmt: skip
    (table,) = Document(BytesIO(docx_of(make_report(full)))).tables[:1]
    widths = [each.w or 0 for each in table._tbl.tblGrid.gridCol_lst]
    assert widths[0] > Cm(1.9)
    assert Cm(15.9) < sum(widths) <= Cm(16)


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
