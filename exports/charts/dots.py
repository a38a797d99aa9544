"""A few values side by side on a line, one line for each thing."""

from __future__ import annotations

from exports.charts.canvas import LINE, SOFT, Canvas, width_of
from exports.charts.drawings import Dots
from exports.charts.over_time import LINES, MARGIN, ticks

STEP, NARROW = 40.0, 520.0


def draw(of: Dots, canvas: Canvas) -> float:
    """Draw the marks of all series on each line, joined, with the values as text at the end."""
    x, y = MARGIN, MARGIN
    for number, series in enumerate(of.series):
        width = 34 + width_of(series.label)
        if x > MARGIN and x + width > canvas.width:
            x, y = MARGIN, y + 26
        canvas.mark(x + 8, y + 8, number, LINES[number % len(LINES)])
        canvas.text(x + 22, y + 13, series.label)
        x += width + 6
    y += 44
    for row in range(len(of.labels)):
        y = _row(of, row, canvas, y)
    return _scale(of, canvas, y)


def _row(of: Dots, row: int, canvas: Canvas, y: float) -> float:
    words = " · ".join(series.values[row].text for series in of.series)
    left, right = _ends(of, canvas)
    if canvas.width < NARROW:
        canvas.text(MARGIN, y, of.labels[row])
        canvas.text(canvas.width - MARGIN, y, words, anchor="end", colour=SOFT)
        y += 22
    else:
        canvas.text(MARGIN, y + 5, of.labels[row])
        canvas.text(canvas.width - MARGIN, y + 5, words, anchor="end", colour=SOFT)
    canvas.line([(left, y), (right, y)], LINE)
    marks = []
    for number, series in enumerate(of.series):
        value = series.values[row].number
        if value is not None:
            at = left + (right - left) * (value - of.low) / (of.high - of.low)
            marks.append((at, y, number, LINES[number % len(LINES)]))
    if len(marks) > 1:
        canvas.line([(mark[0], y) for mark in marks], SOFT, width=2.5)
    for mark in marks:
        canvas.mark(*mark)
    return y + STEP


def _ends(of: Dots, canvas: Canvas) -> tuple[float, float]:
    if canvas.width < NARROW:
        return MARGIN + 6, canvas.width - MARGIN - 6
    labels = max((width_of(each) for each in of.labels), default=0.0)
    longest = len(of.series) * 6
    return min(MARGIN + labels + 20, canvas.width / 2), canvas.width - MARGIN - longest * 8 - 12


def _scale(of: Dots, canvas: Canvas, y: float) -> float:
    left, right = _ends(of, canvas)
    for value in ticks(of.low, of.high):
        at = left + (right - left) * (value - of.low) / (of.high - of.low)
        canvas.text(at, y, f"{value:g}", anchor="middle", colour=SOFT, size=13)
    return y + 16
