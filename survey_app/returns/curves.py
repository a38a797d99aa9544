"""A pupil's curve over the months, as numbers, points of a drawing, and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import get_locale, gettext

from exports.derived.gas import Rating, t_score
from exports.results.printing import number_text
from survey_app.actions.returns.doubting import attendance_of, levels_of
from survey_app.actions.returns.history import Month, months_of
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.prefilling import WEIGHT, milestones_at
from survey_app.returns.words import short_period
from survey_app.store.models import Round

WIDTH, HEIGHT, EDGE = 240, 96, 8  # of a drawing, in its own units
LEVELS, SCORES, PERCENT = (-2.0, 2.0), (20.0, 80.0), (0.0, 100.0)

Row = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a drawing.

    Attributes:
        values: One per month; None where there is none.
        points: Where the values stand, x and y; gaps divide them into pieces.
    """

    label: str
    values: Row
    pieces: Sequence[Sequence[tuple[float, float]]]

    def words(self) -> list[str]:
        """Give the values as the table shows them."""
        known = (
            None if value is None else number_text(round(value, 1), str(get_locale()))
            for value in self.values
        )
        return ["–" if word is None else word for word in known]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One small drawing, with the sentence that says the same."""

    title: str
    sentence: str
    lines: Sequence[Line]
    middle: float


@dataclass(frozen=True, slots=True)
class Curve:
    """What is known of a pupil over the months, the oldest first."""

    months: Sequence[str]
    drawings: Sequence[Drawing]


def curve_of(of: Round, unit: Unit) -> Curve | None:
    """Draw a pupil's months until a round; None when there is nothing to draw."""
    months = months_of(of, unit)
    drawings = [
        drawing
        for drawing in (_levels(months), _scores(months), _absence(months))
        if any(value is not None for line in drawing.lines for value in line.values)
    ]
    return Curve([short_period(month.period) for month in months], drawings) if drawings else None


def ratings_of(values: Mapping[str, str]) -> list[Rating]:
    """Give the rated milestones of a month with their weights."""
    levels, found = levels_of(values), []
    for prefix, number in milestones_at(values):
        weight = values.get(prefix + WEIGHT, "")
        level = levels[number][1] if number in levels else None
        found.append(Rating(level, float(weight) if weight.isdecimal() and int(weight) else 1.0))
    return found


def _levels(months: Sequence[Month]) -> Drawing:
    numbers = sorted({n for month in months for n in levels_of(month.values)}, key=int)
    rows = {
        gettext("Milestone %(number)s", number=n): [
            float(levels_of(month.values)[n][1]) if n in levels_of(month.values) else None
            for month in months
        ]
        for n in numbers
    }
    return _drawing(gettext("Levels of the milestones"), rows, LEVELS, 0.0)


def _scores(months: Sequence[Month]) -> Drawing:
    row = [t_score(ratings_of(month.values)) for month in months]
    return _drawing(gettext("GAS T"), {gettext("GAS T"): row}, SCORES, 50.0)


def _absence(months: Sequence[Month]) -> Drawing:
    known = [attendance_of(month.values) for month in months]
    rows: Mapping[str, Row] = {
        gettext("Excused absence, per cent"): [
            each.excused_percent if each else None for each in known
        ],
        gettext("Unexcused absence, per cent"): [
            each.unexcused_percent if each else None for each in known
        ],
    }
    return _drawing(gettext("Absence"), rows, PERCENT, 50.0)


def _drawing(
    title: str, rows: Mapping[str, Row], scale: tuple[float, float], middle: float
) -> Drawing:
    place = _placing(scale)
    lines = [Line(label, row, _pieces(row, place)) for label, row in rows.items()]
    return Drawing(title, _sentence(lines), lines, place(middle))


def _placing(scale: tuple[float, float]) -> Callable[[float], float]:
    low, high = scale
    return lambda value: round(
        HEIGHT - EDGE - (min(max(value, low), high) - low) / (high - low) * (HEIGHT - 2 * EDGE), 1
    )


def _pieces(row: Row, place: Callable[[float], float]) -> list[list[tuple[float, float]]]:
    step = (WIDTH - 2 * EDGE) / max(len(row) - 1, 1)
    pieces: list[list[tuple[float, float]]] = [[]]
    for number, value in enumerate(row):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((round(EDGE + number * step, 1), place(value)))
    return [piece for piece in pieces if piece]


def _sentence(lines: Sequence[Line]) -> str:
    """Say for each line where it was first and where it is now."""
    said = []
    for line in lines:
        known = [word for word in line.words() if word != "–"]
        if len(known) > 1:
            said.append(
                gettext(
                    "%(what)s: from %(first)s to %(last)s.",
                    what=line.label,
                    first=known[0],
                    last=known[-1],
                )
            )
        elif known:
            said.append(f"{line.label}: {known[0]}.")
    return " ".join(said)
