"""Pictures: the same in all their forms, harmless, and whole on a server without fonts."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from exports.charts.drawings import (
    Amount,
    Bar,
    Bars,
    Cell,
    Columns,
    Diverging,
    Dots,
    Drawing,
    Grid,
    Segment,
    Series,
    Trend,
)
from exports.charts.pictures import Picture, png_of, svg_of
from exports.charts.workbook import xlsx_of
from exports.results.printing import Printed

SVG = "{http://www.w3.org/2000/svg}"
HIDDEN = Printed("..", is_hidden=True)
SEVEN, AT_LEAST = Printed("7,5", 7.5), Printed("≥80", 80.0, is_exact=False)
SERIES = [Series("Då", [SEVEN, HIDDEN]), Series("Nu", [HIDDEN, SEVEN])]
DRAWINGS: list[Drawing] = [
    Diverging([Bar("=Fråga & svar", [Segment(AT_LEAST, 2)], "n = 46–49"), Bar("B", [Segment(HIDDEN, 2)])],
              [(2, "Stämmer helt")]),
    Trend(["sep", "okt"], SERIES, 0, 10, 5),
    Columns(["sep", "okt"], SERIES, 20),
    Dots(["A", "B"], SERIES, 0, 10),
    Bars([Amount("Relation", SEVEN, is_whole=True), Amount("Tillit", HIDDEN)], 10),
    Grid(["1 Tillit", "2 " + "Lång " * 20], [("A", "Elev"), ("B", "Personal")],
         [[Cell(SEVEN, 0.75), Cell(HIDDEN)], [Cell(HIDDEN), Cell(Printed("12", 12.0), 1.0)]]),
]  # fmt: skip


def picture(drawing: Drawing) -> Picture:
    """Make a picture of a drawing."""
    rows = [[Printed("=1+1"), SEVEN, AT_LEAST, HIDDEN]]
    return Picture(name="p", title="Titel", sentence="Så är det.", head=["A", "B", "C", "D"],
                   rows=rows, remarks=["Anmärkning"], notes=["Förklaring"], drawing=drawing)  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWINGS)
@pytest.mark.parametrize("is_narrow", [False, True])
def test_a_picture_says_what_it_is_and_holds_nothing_that_runs(drawing, is_narrow: bool) -> None:
    """A strict policy for styles and scripts has nothing to stop; a screen reader has words."""
    root = ET.fromstring(svg_of(picture(drawing), is_narrow=is_narrow))  # noqa: S314  # our own
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("role") == "img"
    assert (root[0].text, root[1].text) == ("Titel", "Så är det.")
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "rect", "polyline", "polygon", "circle", "text",
    }  # fmt: skip
    assert not {name for each in root.iter() for name in each.attrib} & {"style", "href", "onload"}


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_nothing_lies_outside_of_a_picture(drawing) -> None:
    """Also on a phone, also mirrored."""
    for is_narrow in (False, True):
        for is_rtl in (False, True):
            svg = svg_of(picture(drawing), is_narrow=is_narrow, is_rtl=is_rtl)
            root = ET.fromstring(svg)  # noqa: S314  # our own
            width = float(root.get("width", "0"))
            for each in root.iter(f"{SVG}rect"):
                left = float(each.get("x", "0"))
                assert 0 <= left <= left + float(each.get("width", "0")) <= width


def test_a_language_from_right_to_left_is_mirrored() -> None:
    """What begins at the left begins at the right, with the same numbers."""
    texts = []
    for is_rtl in (False, True):
        root = ET.fromstring(svg_of(picture(DRAWINGS[3]), is_rtl=is_rtl))  # noqa: S314  # our own
        texts.append(
            [
                (t.text, t.get("text-anchor"), float(t.get("x", "0")))
                for t in root.iter(f"{SVG}text")
            ]
        )
    assert texts[1] == [(words, at, round(760 - x, 1)) for words, at, x in texts[0]]


def test_a_png_has_letters_wherever_it_is_painted() -> None:
    """Our font comes along: a server may have none. Swedish letters and signs are in it."""
    empty = svg_of(picture(Dots([""], [], 0, 1)))
    painted = {
        png_of(svg_of(picture(Dots([words], [], 0, 1)))) for words in ("å", "ö", "≥", "–", "")
    }
    assert len(painted) == 5
    assert png_of(empty).startswith(b"\x89PNG")


def test_the_workbook_has_numbers_signs_and_words_but_no_formula() -> None:
    """What is only a bound stays text, so that nobody computes with it."""
    content = xlsx_of(picture(DRAWINGS[0]))
    assert content == xlsx_of(picture(DRAWINGS[0]))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[5]][:4] == ["=1+1", 7.5, "≥80", ".."]
    assert sheet["A5"].data_type == "s"
    words = {cell.value for row in sheet for cell in row}
    assert {"Titel", "Så är det.", "Anmärkning", "Förklaring"} <= words
