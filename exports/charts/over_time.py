"""Lines and columns over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exports.charts.canvas import LINE, SOFT, Canvas, width_of
from exports.charts.drawings import Columns, Series, Trend

LINES = ("#0b5b58", "#8f4a12", "#3b4a8c", "#6b6b6b")
DASHES = ("", "7 4", "2 4", "10 3 2 3")
FILLS = ("#b4dad4", "#8f4a12", "#e6e1d8")
EDGES = ("#0b5b58", "#8f4a12", "#78766c")
MARGIN, AXIS, HEIGHT, FOOT = 12.0, 40.0, 230.0, 34.0
MOST_TICKS = 7
STEPS = (1, 2, 5, 10, 20, 50)

Place = Callable[[float], float]


def draw_trend(of: Trend, canvas: Canvas) -> float:
    """Draw each series as a line with marks; where a number is hidden, it has a gap."""
    top = _legend(of.series, canvas, is_line=True)
    at, x = _scale(of.low, of.high, top), _steps(canvas, len(of.places))
    _axis(canvas, of.low, of.high, at)
    if of.middle is not None:
        canvas.line(
            [(AXIS, at(of.middle)), (canvas.width - MARGIN, at(of.middle))], SOFT, width=1.5
        )
    for number, series in enumerate(of.series):
        _line(series, number, canvas, at, x)
    return _places(of.places, canvas, top, x)


def draw_columns(of: Columns, canvas: Canvas) -> float:
    """Draw the parts of each column on each other, the first at the bottom."""
    top = _legend(of.series, canvas, is_line=False)
    at, x = _scale(0, of.high, top), _steps(canvas, len(of.places))
    _axis(canvas, 0, of.high, at)
    wide = min(38.0, (canvas.width - AXIS - MARGIN) / max(len(of.places), 1) * 0.66)
    for place in range(len(of.places)):
        _column(of, place, canvas, at, x(place) - wide / 2, wide)
    return _places(of.places, canvas, top, x)


def _column(of: Columns, place: int, canvas: Canvas, at: Place, left: float, wide: float) -> None:
    base = 0.0
    for number, series in enumerate(of.series):
        value = series.values[place]
        if value.number is None:
            canvas.text(left + wide / 2, at(0) - 6, value.text, anchor="middle", colour=SOFT)
            return
        low, high = at(base), at(base + value.number)
        if low > high:
            canvas.box(left, high, wide, low - high, FILLS[number], EDGES[number])
        base += value.number


def _line(series: Series, number: int, canvas: Canvas, at: Place, x: Place) -> None:
    colour, piece = LINES[number % len(LINES)], list[tuple[float, float]]()
    pieces, marks = [piece], []
    for place, value in enumerate(series.values):
        if value.number is None:
            pieces.append(piece := [])
            if value.is_hidden and number == 0:
                foot = canvas_foot(at) - 6
                canvas.text(x(place), foot, value.text, anchor="middle", colour=SOFT)
            continue
        piece.append((x(place), at(value.number)))
        marks.append(piece[-1])
    for each in pieces:
        if len(each) > 1:
            canvas.line(each, colour, DASHES[number % len(DASHES)], width=2.5)
    for one in marks:
        canvas.mark(*one, number, colour)


def _legend(series: Sequence[Series], canvas: Canvas, *, is_line: bool) -> float:
    x, y = MARGIN, MARGIN
    for number, each in enumerate(series):
        width = 44 + width_of(each.label)
        if x > MARGIN and x + width > canvas.width:
            x, y = MARGIN, y + 26
        if is_line:
            colour = LINES[number % len(LINES)]
            canvas.line([(x, y + 8), (x + 28, y + 8)], colour, DASHES[number % 4], width=2.5)
            canvas.mark(x + 14, y + 8, number, colour)
        else:
            canvas.box(x + 8, y, 16, 16, FILLS[number], EDGES[number])
        canvas.text(x + 35, y + 13, each.label)
        x += width + 6
    return y + 40


def _scale(low: float, high: float, top: float) -> Place:
    return lambda value: top + HEIGHT - (min(max(value, low), high) - low) / (high - low) * HEIGHT


def canvas_foot(at: Place) -> float:
    """Give where the lowest value lies."""
    return at(float("-inf"))


def _steps(canvas: Canvas, number: int) -> Place:
    room = canvas.width - AXIS - 2 * MARGIN
    return lambda place: AXIS + MARGIN + room * (place + 0.5) / max(number, 1)


def _axis(canvas: Canvas, low: float, high: float, at: Place) -> None:
    for value in ticks(low, high):
        canvas.line([(AXIS, at(value)), (canvas.width - MARGIN, at(value))], LINE)
        canvas.text(AXIS - 8, at(value) + 5, f"{value:g}", anchor="end", colour=SOFT)


def ticks(low: float, high: float) -> Sequence[float]:
    """Give round numbers from end to end, not too many."""
    step = next((each for each in STEPS if (high - low) / each < MOST_TICKS), STEPS[-1])
    return [low + step * number for number in range(int((high - low) / step) + 1)]


def _places(places: Sequence[str], canvas: Canvas, top: float, x: Place) -> float:
    """Write what fits below, always with the last."""
    room = (canvas.width - AXIS - 2 * MARGIN) / max(len(places), 1)
    widest = max((width_of(each, 13) for each in places), default=0.0) + 10
    every = max(1, -int(-widest // room))
    for place, words in enumerate(places):
        if (len(places) - 1 - place) % every == 0:
            last = place == len(places) - 1 and widest > room
            at = min(x(place), canvas.width - widest / 2) if last else x(place)
            canvas.text(at, top + HEIGHT + 22, words, anchor="middle", colour=SOFT, size=13)
    return top + HEIGHT + FOOT
