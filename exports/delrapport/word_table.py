"""The table of a picture in a Word document, as XML: python-docx is slow cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from exports.charts.pictures import Picture
from exports.charts.spans import spans
from exports.results.printing import Printed
from exports.writers.defusing import visible

HEADER_FILL = "E4EFED"
SMALL = "18"  # half points


def add_table(document: Any, picture: Picture, caption: str) -> None:
    """Add a table whose header row repeats, and where cells that say the same are one."""
    table = document.add_table(rows=0, cols=len(picture.head), style="Table Grid")._tbl
    table.tblPr.append(_element("w:tblCaption", val=visible(caption)))
    table.append(_row([_cell(words, is_header=True) for words in picture.head], is_header=True))
    for row, places in zip(picture.rows, spans(picture), strict=True):
        table.append(_row(list(_cells(row, places))))


def _cells(row: Sequence[Printed], places: Sequence[int]) -> Iterator[Any]:
    for at, printed in enumerate(row):
        span = places[at] if at < len(places) else 1
        is_number = printed.number is not None or printed.is_hidden or not printed.is_exact
        yield _cell(printed.text if span else "", is_number=is_number, span=span)


def _row(cells: Sequence[Any], *, is_header: bool = False) -> Any:
    settings = _element("w:trPr", _element("w:cantSplit"))
    if is_header:
        settings.append(_element("w:tblHeader"))
    return _element("w:tr", settings, *cells)


def _cell(words: str, *, is_header: bool = False, is_number: bool = False, span: int = 1) -> Any:
    """Make a cell; span 0 for one that goes on the one above."""
    about = _element("w:tcPr")
    if span != 1:
        about.append(_element("w:vMerge", val="restart" if span else "continue"))
    if is_header:
        about.append(_element("w:shd", val="clear", fill=HEADER_FILL))
    text = _element("w:t")
    text.text = visible(words)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    looks = _element(
        "w:rPr", *([_element("w:b")] if is_header else []), _element("w:sz", val=SMALL)
    )
    paragraph = _element("w:p")
    if is_number:
        paragraph.append(_element("w:pPr", _element("w:jc", val="right")))
    paragraph.append(_element("w:r", looks, text))
    return _element("w:tc", about, paragraph)


def _element(name: str, *children: Any, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made
