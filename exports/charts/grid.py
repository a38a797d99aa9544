"""Numbers in rows and columns, darker where there is more."""

from __future__ import annotations

from collections.abc import Sequence

from exports.charts.canvas import INK, LEADING, PAPER, SOFT, Canvas, width_of, wrapped
from exports.charts.diverging import MARGIN, NARROW
from exports.charts.drawings import Cell, Grid

HIGH = 30.0  # of a row of cells
EDGE = "#c9c1b3"
# From light to dark; the number stands in each, so nobody has to tell the shades apart.
SHADES = ((0.0, "#f4f8f7", INK), (0.01, "#dcefec", INK), (0.25, "#b4dad4", INK),
          (0.5, "#4f9f97", INK), (0.75, "#0b5b58", PAPER))  # fmt: skip


def draw(of: Grid, canvas: Canvas) -> float:
    """Draw what the columns' signs mean, then the rows, and give the height."""
    y = _legend(of, canvas)
    is_narrow = canvas.width < NARROW
    left = MARGIN if is_narrow else MARGIN + canvas.width * 0.38
    width = min((canvas.width - MARGIN - left) / max(len(of.columns), 1), 90.0)
    for column, (sign, _) in enumerate(of.columns):
        canvas.text(left + (column + 0.5) * width, y + 13, sign, anchor="middle", colour=SOFT)
    y += 22
    for label, cells in zip(of.labels, of.cells, strict=True):
        y = _row(label, cells, canvas, (left, y, width))
    return y + MARGIN


def _legend(of: Grid, canvas: Canvas) -> float:
    x, y = MARGIN, MARGIN
    for sign, meaning in of.columns:
        words = f"{sign} {meaning}" if meaning else ""
        width = width_of(words) + 18
        if x > MARGIN and x + width > canvas.width:
            x, y = MARGIN, y + LEADING + 2
        if words:
            y = canvas.paragraph(x, y + 13, words, canvas.width - MARGIN - x) - 13
            x += width
    return y + (LEADING + 12 if any(meaning for _, meaning in of.columns) else 0)


def _row(
    label: str, cells: Sequence[Cell], canvas: Canvas,
    place: tuple[float, float, float],
) -> float:  # fmt: skip
    left, y, width = place
    if left == MARGIN:
        y = canvas.paragraph(MARGIN, y + 13, label, canvas.width - 2 * MARGIN) + 7
        high = HIGH
    else:
        room = left - MARGIN - 12
        lines = len(wrapped(label, room))
        high = max(HIGH, lines * LEADING + 6)
        canvas.paragraph(MARGIN, y + (high - lines * LEADING) / 2 + 14, label, room)
    for column, cell in enumerate(cells):
        _cell(cell, canvas, left + column * width, y, (width, high))
    return y + high


def _cell(cell: Cell, canvas: Canvas, x: float, y: float, size: tuple[float, float]) -> None:
    width, high = size
    fill, ink = PAPER, SOFT
    if cell.share is not None:
        fill, ink = next((f, i) for least, f, i in reversed(SHADES) if cell.share >= least)
    canvas.box(x, y, width, high, fill, EDGE)
    canvas.text(x + width / 2, y + high / 2 + 5, cell.value.text, anchor="middle", colour=ink)
