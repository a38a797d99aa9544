"""A picture with all that belongs to it: table, sentence, notes; and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import resvg_py

from exports.charts import bars, diverging, dots, grid, over_time
from exports.charts.canvas import Canvas
from exports.charts.drawings import Bars, Columns, Diverging, Dots, Drawing, Grid, Trend
from exports.results.printing import Printed

WIDE, NARROW = 760.0, 340.0  # for a page, and for a phone
ZOOM = 2  # of a PNG: sharp on paper too
FONT = "NotoSans.ttf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is shown of one thing, in all its forms.

    Attributes:
        name: What its files are called.
        sentence: Says in words what the picture shows; it is the picture's text for who does
            not see it.
        head: Of the table.
        rows: Of the table; the first cell is the row's name.
        remarks: What every reader must know beside it.
        notes: How the numbers of the table are to be read.
        drawing: None where a table says it better.
        n: How many all of it rests on; None where each row has its own.
    """

    name: str
    title: str
    sentence: str
    head: Sequence[str]
    rows: Sequence[Sequence[Printed]]
    remarks: Sequence[str] = ()
    notes: Sequence[str] = ()
    drawing: Drawing | None = None
    n: Printed | None = None


def svg_of(picture: Picture, *, is_narrow: bool = False, is_rtl: bool = False) -> str:
    """Draw a picture."""
    width = NARROW if is_narrow else WIDE
    canvas = Canvas(width, picture.title, picture.sentence, is_rtl=is_rtl)
    return canvas.svg(_drawn(picture.drawing, canvas))


def png_of(svg: str) -> bytes:
    """Paint a picture with our own font: a server may have none."""
    font = str(files("exports.charts") / FONT)
    painted: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=ZOOM,
        font_files=[font],
        skip_system_fonts=True,
        font_family="Noto Sans",
    )
    return painted


def _drawn(drawing: Drawing | None, canvas: Canvas) -> float:
    match drawing:
        case Diverging():
            return diverging.draw(drawing, canvas)
        case Trend():
            return over_time.draw_trend(drawing, canvas)
        case Columns():
            return over_time.draw_columns(drawing, canvas)
        case Dots():
            return dots.draw(drawing, canvas)
        case Bars():
            return bars.draw(drawing, canvas)
        case Grid():
            return grid.draw(drawing, canvas)
        case None:
            return 0.0
