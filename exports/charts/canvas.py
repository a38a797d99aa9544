"""A sheet to draw on: SVG with plain attributes, so that no policy for styles stops it."""

from __future__ import annotations

from textwrap import wrap
from xml.etree import ElementTree as ET

from exports.writers.defusing import visible

SVG = "http://www.w3.org/2000/svg"
FONTS = "Noto Sans, Segoe UI, Roboto, Helvetica Neue, Arial, Noto Sans Arabic, sans-serif"
LETTER = 0.54  # width of a letter in parts of its size, on average
INK, SOFT, LINE, PAPER = "#1d2a2f", "#4f5c62", "#c9c1b3", "#ffffff"
SIZE, LEADING = 14, 19


class Canvas:
    """Draws from the reading edge: in languages from right to left everything is mirrored."""

    def __init__(self, width: float, title: str, words: str, *, is_rtl: bool = False) -> None:
        self.width = width
        self._is_rtl = is_rtl
        # Only what is drawn later tells how high it is.
        self._root = ET.Element("svg", xmlns=SVG, role="img", fill=INK)
        self._root.set("font-family", FONTS)
        self._root.set("font-size", str(SIZE))
        # Said here, for a picture inside a page takes the page's direction else.
        self._root.set("direction", "rtl" if is_rtl else "ltr")
        ET.SubElement(self._root, "title").text = title
        ET.SubElement(self._root, "desc").text = words
        self._paper = ET.SubElement(self._root, "rect", fill=PAPER)

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str) -> None:
        """Draw a bar, with an edge that is seen where the fill is light."""
        left = self.width - x - width if self._is_rtl else x
        inside = (left + 0.75, y + 0.75, max(width - 1.5, 0.5), max(height - 1.5, 0.5))
        placed = dict(zip(("x", "y", "width", "height"), map(_number, inside), strict=True))
        ET.SubElement(
            self._root, "rect", {**placed, "fill": fill, "stroke": edge, "stroke-width": "1.5"}
        )

    def line(self, points: list[tuple[float, float]], colour: str, dash: str = "",
             width: float = 1) -> None:  # fmt: skip
        """Draw a line through points."""
        joined = " ".join(f"{_number(self._x(x))},{_number(y)}" for x, y in points)
        look = {"points": joined, "fill": "none", "stroke": colour, "stroke-width": str(width)}
        ET.SubElement(self._root, "polyline", look | ({"stroke-dasharray": dash} if dash else {}))

    def mark(self, x: float, y: float, shape: int, colour: str) -> None:
        """Draw a mark; shapes differ, so that colours need not be told apart."""
        x, r = self._x(x), 5.0
        look = {"fill": colour if shape % 2 == 0 else PAPER, "stroke": colour, "stroke-width": "2"}
        if shape % 4 < 2:
            ET.SubElement(
                self._root, "circle", {"cx": _number(x), "cy": _number(y), "r": "5", **look}
            )
            return
        corners = ((x, y - r - 1), (x + r + 1, y), (x, y + r + 1), (x - r - 1, y))
        points = " ".join(f"{_number(a)},{_number(b)}" for a, b in corners)
        ET.SubElement(self._root, "polygon", {"points": points, **look})

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK,
             size: int = SIZE) -> None:  # fmt: skip
        """Write one line; y is its foot."""
        look = {"x": _number(self._x(x)), "y": _number(y), "text-anchor": anchor, "fill": colour}
        ET.SubElement(self._root, "text", look | {"font-size": str(size)}).text = words

    def paragraph(
        self, x: float, y: float, words: str, width: float, *, colour: str = INK
    ) -> float:
        """Write as many lines as it takes, and give the foot of the last."""
        lines = wrapped(words, width)
        for number, line in enumerate(lines):
            self.text(x, y + number * LEADING, line, colour=colour)
        return y + (len(lines) - 1) * LEADING

    def svg(self, height: float) -> str:
        """Give the picture, so high."""
        size = {"width": _number(self.width), "height": _number(height)}
        for name, value in size.items():
            self._root.set(name, value)
            self._paper.set(name, value)
        self._root.set("viewBox", f"0 0 {size['width']} {size['height']}")
        return visible(ET.tostring(self._root, encoding="unicode"))

    def _x(self, x: float) -> float:
        return self.width - x if self._is_rtl else x


def wrapped(words: str, width: float, size: int = SIZE) -> list[str]:
    """Break a text into lines of about a width."""
    return wrap(words, max(int(width / (LETTER * size)), 8)) or [""]


def width_of(words: str, size: int = SIZE) -> float:
    """Guess how wide a line is."""
    return len(words) * LETTER * size


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
