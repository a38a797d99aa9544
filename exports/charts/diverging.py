"""Bars to both sides of a middle line, one for each question."""

from __future__ import annotations

from exports.charts.canvas import LEADING, LINE, SOFT, Canvas, width_of, wrapped
from exports.charts.drawings import Bar, Diverging, Segment

# Brown is worse, teal is better: told apart with any kind of sight, and by their side.
FILLS = {-2: "#8f4a12", -1: "#f0c9a2", 0: "#e6e1d8", 1: "#b4dad4", 2: "#0b5b58"}
EDGES = {-2: "#8f4a12", -1: "#8f4a12", 0: "#78766c", 1: "#0b5b58", 2: "#0b5b58"}
WORDS = {-2: "#ffffff", -1: "#1d2a2f", 0: "#1d2a2f", 1: "#1d2a2f", 2: "#ffffff"}
THICK, GAP, MARGIN = 30.0, 16.0, 12.0
ROOM_FOR_WORDS = 30.0  # a narrower part has its number in the table alone
NARROW = 520.0  # below it, labels stand above their bars


def draw(of: Diverging, canvas: Canvas) -> float:
    """Draw all bars below a legend, and give the height."""
    y = _legend(of, canvas)
    before, after = _reach(of)
    side, end = _columns(of, canvas)
    room = canvas.width - side - end - 2 * MARGIN
    scale = room / max(before + after, 1)
    middle = MARGIN + side + before * scale
    for bar in of.bars:
        y = _bar(bar, canvas, y, side, middle, scale)
    return y


def _legend(of: Diverging, canvas: Canvas) -> float:
    x, y = MARGIN, MARGIN
    for tone, label in of.legend:
        width = 34 + width_of(label)
        if x > MARGIN and x + width > canvas.width:
            x, y = MARGIN, y + 26
        canvas.box(x, y, 16, 16, FILLS[tone], EDGES[tone])
        canvas.text(x + 23, y + 13, label)
        x += width + 6
    return y + 38 if of.legend else y


def _columns(of: Diverging, canvas: Canvas) -> tuple[float, float]:
    """Give the widths of the column of labels and of the words at the end."""
    end = max((width_of(bar.end) for bar in of.bars), default=0.0) + 14
    if canvas.width < NARROW:
        return 0.0, 0.0
    return canvas.width * 0.38, end


def _reach(of: Diverging) -> tuple[float, float]:
    """Give how far the longest bars go to either side of the middle."""
    sides = [_sides(bar) for bar in of.bars]
    return max((a for a, _ in sides), default=0.0), max((b for _, b in sides), default=0.0)


def _sides(bar: Bar) -> tuple[float, float]:
    before = after = 0.0
    for each in bar.segments:
        length = each.share.number or 0.0
        before += length if each.tone < 0 else length / 2 if each.tone == 0 else 0.0
        after += length if each.tone > 0 else length / 2 if each.tone == 0 else 0.0
    return before, after


def _bar(bar: Bar, canvas: Canvas, y: float, side: float, middle: float, scale: float) -> float:
    if side:
        lines = wrapped(bar.label, side - 16)
        height = max(THICK, len(lines) * LEADING)
        canvas.paragraph(MARGIN, y + (height - len(lines) * LEADING) / 2 + 15, bar.label, side - 16)
        canvas.text(canvas.width - MARGIN, y + height / 2 + 5, bar.end, anchor="end", colour=SOFT)
        top = y + (height - THICK) / 2
    else:
        foot = canvas.paragraph(MARGIN, y + 12, bar.label, canvas.width - 2 * MARGIN)
        canvas.text(MARGIN, foot + LEADING, bar.end, colour=SOFT)
        top, height = foot + LEADING + 8, foot + LEADING + 8 - y + THICK
    _segments(bar, canvas, top, middle, scale)
    return y + height + GAP


def _segments(bar: Bar, canvas: Canvas, top: float, middle: float, scale: float) -> None:
    # The middle is marked above and below, so that it crosses no number.
    for end in (top - GAP / 2 + 1, top + THICK):
        canvas.line([(middle, end), (middle, end + GAP / 2 - 1)], SOFT, width=1.5)
    x = middle - _sides(bar)[0] * scale
    for each in bar.segments:
        if each.share.number is None:
            place = top + THICK / 2
            canvas.line([(middle, place), (middle + 60, place)], LINE, "4 4")
            canvas.text(middle + 8, top + THICK / 2 - 4, each.share.text)
            continue
        width = each.share.number * scale
        _segment(each, canvas, x, top, width)
        x += width


def _segment(of: Segment, canvas: Canvas, x: float, top: float, width: float) -> None:
    if not width:
        return
    canvas.box(x, top, width, THICK, FILLS[of.tone], EDGES[of.tone])
    if width >= max(ROOM_FOR_WORDS, width_of(of.share.text) + 8):
        foot = top + THICK / 2 + 5
        canvas.text(x + width / 2, foot, of.share.text, anchor="middle", colour=WORDS[of.tone])
