"""Amounts as bars below each other, each with its number."""

from __future__ import annotations

from exports.charts.canvas import LEADING, LINE, SOFT, Canvas, width_of, wrapped
from exports.charts.diverging import MARGIN, NARROW
from exports.charts.drawings import Amount, Bars

THICK, GAP = 20.0, 12.0
WHOLE, PART, EDGE = "#0b5b58", "#b4dad4", "#0b5b58"


def draw(of: Bars, canvas: Canvas) -> float:
    """Draw all bars, and give the height."""
    y = MARGIN
    for each in of.amounts:
        y = _amount(each, of.high, canvas, y)
    return y


def _amount(each: Amount, high: float, canvas: Canvas, y: float) -> float:
    is_narrow = canvas.width < NARROW
    left = MARGIN if is_narrow else MARGIN + canvas.width * 0.42
    room = canvas.width - 2 * MARGIN if is_narrow else left - MARGIN - 14
    lines = wrapped(each.label, room)
    if is_narrow:
        foot = canvas.paragraph(MARGIN, y + 12, each.label, room)
        y, height = foot + 8, THICK
    else:
        height = max(THICK, len(lines) * LEADING)
        first = y + (height - len(lines) * LEADING) / 2 + 14
        canvas.paragraph(MARGIN, first, each.label, room)
    _bar(each, high, canvas, left, y + (height - THICK) / 2)
    return y + height + GAP


def _bar(each: Amount, high: float, canvas: Canvas, left: float, top: float) -> None:
    room = canvas.width - MARGIN - left - width_of(each.value.text) - 10
    middle = top + THICK / 2
    if each.value.number is None:
        canvas.line([(left, middle), (left + 40, middle)], LINE, "4 4")
        canvas.text(left + 48, middle + 5, each.value.text, colour=SOFT)
        return
    width = room * each.value.number / max(high, 1)
    if width:
        canvas.box(left, top, width, THICK, WHOLE if each.is_whole else PART, EDGE)
    canvas.text(left + width + 8, middle + 5, each.value.text)
