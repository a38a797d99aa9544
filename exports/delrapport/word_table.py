"""The table of a picture in a Word document, as XML: python-docx is slow cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from exports.charts.pictures import Picture
from exports.charts.spans import spans
from exports.results.printing import Printed, is_figure
from exports.writers.defusing import visible

HEADER_FILL = "E4EFED"
SMALL = "18"  # half points
PAGE, LETTER, EDGES = 9070, 110, 240  # widths in twentieths of a point: the text, a letter, a cell
MOST_LETTERS, MOST_OF_HEAD = 60, 24  # of a cell, of a heading that stands on one line
BOLD = 1.2  # letters of a heading are wider
MOST_TOGETHER = 12  # rows that stay on one page


def add_table(document: Any, picture: Picture, caption: str) -> None:
    """Add a table whose header row repeats, and where cells that say the same are one."""
    table = document.add_table(rows=0, cols=len(picture.head), style="Table Grid")._tbl
    table.tblPr.append(_element("w:tblCaption", val=visible(caption)))
    table.tblPr.append(_element("w:tblLayout", type="fixed"))
    for column, width in zip(table.tblGrid.gridCol_lst, _widths(picture), strict=True):
        column.set(qn("w:w"), str(width))
    rows = [_row([_cell(words, is_header=True) for words in picture.head], is_header=True)]
    for row, places in zip(picture.rows, spans(picture), strict=True):
        rows.append(_row(list(_cells(row, places))))
    _keep_together(rows if len(rows) <= MOST_TOGETHER else rows[:2])
    table.extend(rows)


def _widths(picture: Picture) -> list[int]:
    """Give each column what its words need; in a narrow place at least its longest word."""
    columns = [
        [row[at].text for row in picture.rows if at < len(row)] for at in range(len(picture.head))
    ]
    pairs = [*zip(picture.head, columns, strict=True)]
    wanted = [_width(min(len(head), MOST_OF_HEAD), body, MOST_LETTERS) for head, body in pairs]
    least = [
        _width(_longest(head), [word for words in body for word in words.split()], MOST_OF_HEAD)
        for head, body in pairs
    ]
    if sum(wanted) <= PAGE:
        return wanted
    if sum(least) >= PAGE:
        return [each * PAGE // sum(least) for each in least]
    part = (PAGE - sum(least)) / (sum(wanted) - sum(least))
    return [low + int(part * (high - low)) for low, high in zip(least, wanted, strict=True)]


def _width(head: int, body: Sequence[str], most: int) -> int:
    """Give the width of so many bold letters, or of the longest text below them."""
    return int(EDGES + LETTER * max(head * BOLD, min(max(map(len, body), default=0), most)))


def _longest(words: str) -> int:
    return max(map(len, words.split()), default=0)


def _keep_together(rows: Sequence[Any]) -> None:
    """Keep each row on the page of the next."""
    for row in rows[:-1]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().insert(0, _element("w:keepNext"))


def _cells(row: Sequence[Printed], places: Sequence[int]) -> Iterator[Any]:
    for at, printed in enumerate(row):
        span = places[at] if at < len(places) else 1
        yield _cell(printed.text if span else "", is_number=is_figure(printed), span=span)


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
