"""A report as a Word document: real headings, header rows that repeat, texts for pictures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from exports.charts.pictures import Picture, png_of, svg_of
from exports.delrapport.model import Chapter, Delrapport, Exhibit
from exports.delrapport.word_table import add_table
from exports.writers.archive import DatelessArchive
from exports.writers.defusing import visible

DATELESS = datetime(1980, 1, 1)  # noqa: DTZ001 - Word knows no time zone here
WIDTH = Cm(16)
HEADINGS = ("Title", "Heading 1", "Heading 2", "Heading 3")
INK = RGBColor(0x1D, 0x2A, 0x2F)
SMALL, FONT, CAUTION = Pt(9), "Calibri", "Intense Quote"


def docx_of(report: Delrapport) -> bytes:
    """Write the document; the same report gives the same bytes."""
    document = Document()
    _set_up(document, report)
    document.add_paragraph(report.title, style="Title")
    for line in report.facts:
        document.add_paragraph(line)
    document.add_heading(report.summary_title, level=1)
    for line in report.summary:
        document.add_paragraph(visible(line), style="List Bullet")
    for chapter in report.chapters:
        _chapter(document, chapter)
    return _dateless(document)


def _set_up(document: Any, report: Delrapport) -> None:
    about = document.core_properties
    about.title, about.language, about.author = report.title, report.language, ""
    about.comments = about.last_modified_by = ""
    about.created = about.modified = DATELESS
    for style in document.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), report.language)
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), report.language)
    document.styles["Normal"].font.name = FONT
    for name in (*HEADINGS, "Caption", CAUTION):
        document.styles[name].font.color.rgb = INK
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    document.styles[CAUTION].font.bold = document.styles[CAUTION].font.italic = False
    _number_pages(section.footer.paragraphs[0])


def _number_pages(foot: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(field)


def _chapter(document: Any, chapter: Chapter) -> None:
    document.add_heading(visible(chapter.title), level=1)
    _paragraphs(document, chapter.paragraphs)
    _paragraphs(document, chapter.cautions, style=CAUTION)
    for part in chapter.parts:
        if part.title:
            document.add_heading(part.title, level=2)
        for each in part.exhibits:
            _exhibit(document, each, level=3 if part.title else 2)


def _paragraphs(document: Any, texts: Iterable[str], style: str | None = None) -> None:
    for text in texts:
        document.add_paragraph(visible(text), style=style)


def _exhibit(document: Any, of: Exhibit, level: int) -> None:
    picture = of.picture
    document.add_heading(visible(picture.title), level=level)
    if picture.sentence:
        said = document.add_paragraph(visible(picture.sentence))
        said.paragraph_format.keep_with_next = True  # no heading alone at the foot of a page
    if picture.drawing is not None:
        _drawing(document, picture)
        document.add_paragraph(visible(of.figure), style="Caption")
    _paragraphs(document, picture.remarks)
    document.add_paragraph(
        visible(of.table), style="Caption"
    ).paragraph_format.keep_with_next = True
    add_table(document, picture, of.table)
    for note in picture.notes:
        document.add_paragraph().add_run(note).font.size = SMALL


def _drawing(document: Any, picture: Picture) -> None:
    placed = document.add_picture(BytesIO(png_of(svg_of(picture))), width=WIDTH)
    words = placed._inline.docPr
    words.set("title", visible(picture.title))
    words.set("descr", visible(picture.sentence))
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def _dateless(document: Any) -> bytes:
    """Pack it anew, for zip files say when each member was written."""
    packed, again = BytesIO(), BytesIO()
    document.save(packed)
    with ZipFile(packed) as before, DatelessArchive(again, "w") as archive:
        for member in before.infolist():
            archive.writestr(member.filename, before.read(member))
    return again.getvalue()
