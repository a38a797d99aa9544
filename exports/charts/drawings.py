"""What is drawn: nothing but what is printed in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.results.printing import Printed


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar.

    Attributes:
        tone: -2, the worst, to 2, the best; 0 lies on the middle.
    """

    share: Printed
    tone: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One question: its parts from the worst to the best, and a word at its end."""

    label: str
    segments: Sequence[Segment]
    end: str = ""


@dataclass(frozen=True, slots=True)
class Diverging:
    """Bars to both sides of a middle: good answers towards the end of the line."""

    bars: Sequence[Bar]
    legend: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one part of each column."""

    label: str
    values: Sequence[Printed]


@dataclass(frozen=True, slots=True)
class Trend:
    """Values over time as lines.

    Attributes:
        places: What stands below, such as months, the oldest first.
        low, high: The ends of the scale.
        middle: A value with a line of its own.
    """

    places: Sequence[str]
    series: Sequence[Series]
    low: float
    high: float
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Values over time as columns whose parts lie on each other."""

    places: Sequence[str]
    series: Sequence[Series]
    high: float


@dataclass(frozen=True, slots=True)
class Dots:
    """The same few values side by side for several things, each on a scale of its own line."""

    labels: Sequence[str]
    series: Sequence[Series]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Amount:
    """A bar of its own.

    Attributes:
        is_whole: It stands for several of the others together, and is drawn darker.
    """

    label: str
    value: Printed
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Amounts below each other, from one edge; `high` is where the scale ends."""

    amounts: Sequence[Amount]
    high: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of a grid: its number, and how dark it is; None where there is nothing to draw."""

    value: Printed
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers in rows and columns, darker where there is more.

    Attributes:
        columns: A short sign that stands over each column, and what it means.
    """

    labels: Sequence[str]
    columns: Sequence[tuple[str, str]]
    cells: Sequence[Sequence[Cell]]


Drawing = Diverging | Trend | Columns | Dots | Bars | Grid
