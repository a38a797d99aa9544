"""Milestones and attendance month by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask_babel import gettext

from exports.charts.drawings import Columns, Series, Trend
from exports.charts.pictures import Picture
from exports.results.attendance import AttendanceMonth
from exports.results.figures import Figure
from exports.results.milestones import MilestoneMonth
from exports.results.printing import Printed
from survey_app.actions.instruments import newest_version
from survey_app.actions.register.periods import Period
from survey_app.actions.results import returned
from survey_app.results.gender_pictures import (
    absence_by_gender,
    reached_by_gender,
    scores_by_gender,
)
from survey_app.results.reports import Report, Section
from survey_app.results.words import (
    authors,
    from_to,
    hidden_notes,
    is_within,
    period_word,
    printer,
    said,
    shown_anew_note,
)

LOWEST_T, MIDDLE_T, HIGHEST_T = 20.0, 50.0, 80.0
TEN = 10

Row = Sequence[Printed]
Figures = tuple[str, Sequence[Figure]]  # a period, and what is shown of it
Month = TypeVar("Month")
Dated = TypeVar("Dated", MilestoneMonth, AttendanceMonth)


def milestones(instrument: str, within: Period | None = None) -> Report:
    """Report how milestones have gone, in all months or those of a term."""
    months = _of(within, returned.milestone_months(instrument))
    if not months:
        return _nothing(gettext("Milestones"))
    reached, scores = _table(months, _reached_of), _table(months, _score_of)
    return Report(
        title=gettext("Milestones"),
        lead=_source(instrument),
        cautions=[
            gettext(
                "How far a milestone is reached is the team's judgement, and depends on how hard "
                "it was set. There is no group to compare with: the figures tell how it went, not "
                "why."
            ),
            shown_anew_note(),
        ],
        sections=[
            Section("", [_reached(reached), _scores(scores)]),
            Section(gettext("By gender"), [reached_by_gender(months), scores_by_gender(months)]),
        ],
    )


def attendance(instrument: str, within: Period | None = None) -> Report:
    """Report attendance, giltig and ogiltig absence apart, in all months or those of a term."""
    months = _of(within, returned.attendance_months(instrument))
    if not months:
        return _nothing(gettext("Attendance"))
    means, classes = _table(months, _absence_of), _table(months, _classes_of)
    return Report(
        title=gettext("Attendance"),
        lead=_source(instrument),
        cautions=[
            gettext(
                "Unexcused absence (ogiltig) may rise because guardians stop excusing, which can "
                "be good news. Read it together with the excused absence (giltig) and the total."
            ),
            gettext(
                "Schools register absence in different ways, and figures that could not be stated "
                "are left out."
            ),
            shown_anew_note(),
        ],
        sections=[
            Section("", [_absence(means), _classes(classes)]),
            Section(gettext("By gender"), [absence_by_gender(months)]),
        ],
    )


def _of(within: Period | None, months: Sequence[Dated]) -> Sequence[Dated]:
    return [each for each in months if within is None or is_within(each.period, within)]


def _reached_of(of: MilestoneMonth) -> Figures:
    return of.period, (of.pupils, of.reached_all, of.reached_some, of.reached_none, of.share)


def _score_of(of: MilestoneMonth) -> Figures:
    return of.period, (of.pupils, of.t)


def _absence_of(of: AttendanceMonth) -> Figures:
    return of.period, (of.pupils, of.excused, of.unexcused, of.absence)


def _classes_of(of: AttendanceMonth) -> Figures:
    return of.period, (*of.classes, of.pupils)


def _reached(rows: Sequence[Row]) -> Picture:
    return Picture(
        name="reached",
        title=gettext("Milestones reached"),
        sentence=from_to(rows, 5, gettext("Share of the milestones that are reached, per cent")),
        head=[
            gettext("Month"),
            gettext("Pupils"),
            gettext("All reached"),
            gettext("Some reached"),
            gettext("None reached"),
            gettext("Share reached, %"),
        ],
        rows=rows,
        notes=[
            gettext(
                "The share is worked out for each pupil, of the milestones that were judged, and "
                "each pupil counts the same. Means are shown from ten pupils on."
            ),
            *hidden_notes(rows),
        ],
        drawing=Trend(_places(rows), [Series(gettext("Share reached, %"), _column(rows, 5))],
                      0, 100),
    )  # fmt: skip


def _scores(rows: Sequence[Row]) -> Picture:
    return Picture(
        name="gas",
        title=gettext("GAS T-score"),
        sentence=from_to(rows, 2, gettext("Mean T-score")),
        head=[gettext("Month"), gettext("Pupils"), gettext("Mean T-score")],
        rows=rows,
        notes=[
            gettext(
                "50 means that the milestones are met as expected. The line is drawn between 20 "
                "and 80."
            ),
            *hidden_notes(rows),
        ],
        drawing=Trend(
            _places(rows),
            [Series(gettext("Mean T-score"), _column(rows, 2))],
            LOWEST_T,
            HIGHEST_T,
            MIDDLE_T,
        ),
    )


def _absence(rows: Sequence[Row]) -> Picture:
    highest = max((cell.number or 0 for cell in _column(rows, 4)), default=0)
    return Picture(
        name="absence",
        title=gettext("Absence in per cent of scheduled time"),
        sentence=" ".join(
            [
                from_to(rows, 4, gettext("All absence, per cent")),
                from_to(rows, 2, gettext("Excused (giltig)")),
                from_to(rows, 3, gettext("Unexcused (ogiltig)")),
            ]
        ),
        head=[
            gettext("Month"),
            gettext("Pupils"),
            gettext("Excused (giltig), %"),
            gettext("Unexcused (ogiltig), %"),
            gettext("All absence, %"),
        ],
        rows=rows,
        notes=[
            gettext("Means of the pupils' own per cent, from ten pupils on."),
            *hidden_notes(rows),
        ],
        drawing=Columns(
            _places(rows),
            [
                Series(gettext("Excused (giltig), %"), _column(rows, 2)),
                Series(gettext("Unexcused (ogiltig), %"), _column(rows, 3)),
            ],
            high=max(TEN, -(-highest // TEN) * TEN),
        ),
    )


def _classes(rows: Sequence[Row]) -> Picture:
    newest = rows[-1]
    return Picture(
        name="classes",
        title=gettext("Pupils by absence"),
        sentence=gettext(
            "%(month)s, %(all)s pupils. Away half of the time or more: %(much)s. Away less than a "
            "twentieth of the time: %(little)s.",
            month=newest[0].text,
            much=said(newest[5]),
            all=said(newest[6]),
            little=said(newest[1]),
        ),
        head=[
            gettext("Month"),
            gettext("Below 5 %"),
            "5–9 %",
            "10–19 %",
            "20–49 %",
            gettext("50 % and more"),
            gettext("Pupils"),
        ],
        rows=rows,
        notes=hidden_notes(rows),
    )


def _table(months: Sequence[Month], of: Callable[[Month], Figures]) -> list[list[Printed]]:
    show, rows = printer().figure, []
    for month in months:
        period, figures = of(month)
        rows.append([Printed(period_word(period)), *map(show, figures)])
    return rows


def _column(rows: Sequence[Row], at: int) -> list[Printed]:
    return [row[at] for row in rows]


def _places(rows: Sequence[Row]) -> list[str]:
    return [row[0].text for row in rows]


def _source(instrument: str) -> str:
    title = authors(newest_version(instrument).title) or instrument
    return gettext("From the returns of “%(title)s” about enrolled pupils.", title=title)


def _nothing(title: str) -> Report:
    return Report(title=title, lead="", nothing=gettext("Nothing has been handed in yet."))
