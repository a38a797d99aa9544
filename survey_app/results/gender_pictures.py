"""Milestones and attendance of girls, and of all other pupils, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from exports.charts.drawings import Series, Trend
from exports.charts.pictures import Picture
from exports.disclosure.symbols import Symbol
from exports.results.attendance import AttendanceMonth
from exports.results.genders import CLASSES, GIRLS, OfGender
from exports.results.milestones import MilestoneMonth
from exports.results.printing import Printed
from survey_app.results.words import from_to, hidden_notes, period_word, printer

LOWEST_T, MIDDLE_T, HIGHEST_T = 20.0, 50.0, 80.0
TEN = 10

Months = Sequence[MilestoneMonth] | Sequence[AttendanceMonth]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """What is shown of each class.

    Attributes:
        columns: Heading and place of each mean in the table; the last one is drawn.
        ends: Of the scale.
        middle: A value with a line of its own.
    """

    name: str
    title: str
    columns: Sequence[tuple[str, int]]
    ends: tuple[float, float]
    middle: float | None = None


def reached_by_gender(months: Sequence[MilestoneMonth]) -> Picture:
    """Show which share of the milestones is reached."""
    return _picture(
        months,
        _Split(
            name="by-gender-reached",
            title=gettext("Milestones reached, by gender"),
            columns=[(gettext("Share reached, %"), 0)],
            ends=(0, 100),
        ),
    )


def scores_by_gender(months: Sequence[MilestoneMonth]) -> Picture:
    """Show the mean T-score."""
    return _picture(
        months,
        _Split(
            name="by-gender-gas",
            title=gettext("GAS T-score, by gender"),
            columns=[(gettext("Mean T-score"), 1)],
            ends=(LOWEST_T, HIGHEST_T),
            middle=MIDDLE_T,
        ),
    )


def absence_by_gender(months: Sequence[AttendanceMonth]) -> Picture:
    """Draw all absence; the table has the excused and the unexcused beside it."""
    means = [one.means[-1] for month in months for one in month.genders]
    highest = max((float(each) for each in means if not isinstance(each, Symbol)), default=0)
    return _picture(
        months,
        _Split(
            name="by-gender-absence",
            title=gettext("Absence in per cent of scheduled time, by gender"),
            columns=[
                (gettext("Excused (giltig), %"), 0),
                (gettext("Unexcused (ogiltig), %"), 1),
                (gettext("All absence, %"), 2),
            ],
            ends=(0, max(TEN, -(-highest // TEN) * TEN)),
        ),
    )


def gender_word(name: str) -> str:
    """Name a class."""
    return gettext("Girls") if name == GIRLS else gettext("Boys and other gender")


def gender_note() -> str:
    """Say who is counted with whom, whether there are any or not."""
    return gettext(
        "So few have another gender than girl or boy that they could be recognised. They are "
        "always counted with the boys. Both groups are shown when each has at least ten pupils."
    )


def _picture(months: Months, of: _Split) -> Picture:
    by_class = {name: [_row(month, name, of) for month in months] for name in CLASSES}
    rows = [by_class[name][at] for at in range(len(months)) for name in CLASSES]
    drawn = {name: [row[-1] for row in own] for name, own in by_class.items()}
    return Picture(
        name=of.name,
        title=of.title,
        sentence=" ".join(from_to(own, -1, gender_word(name)) for name, own in by_class.items()),
        head=[
            gettext("Month"),
            gettext("Group"),
            gettext("Pupils"),
            *(words for words, _ in of.columns),
        ],
        rows=rows,
        notes=[gender_note(), *hidden_notes(rows)],
        drawing=Trend(
            [row[0].text for row in by_class[GIRLS]],
            [Series(gender_word(name), values) for name, values in drawn.items()],
            *of.ends,
            of.middle,
        ),
    )


def _row(month: MilestoneMonth | AttendanceMonth, name: str, of: _Split) -> list[Printed]:
    show = printer().figure
    found: OfGender | None = next((each for each in month.genders if each.name == name), None)
    means = [found.means[at] if found else Symbol.HIDDEN for _, at in of.columns]
    n = found.n if found else Symbol.HIDDEN
    return [
        Printed(period_word(month.period)),
        Printed(gender_word(name)),
        *map(show, (n, *means)),
    ]
