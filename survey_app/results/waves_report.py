"""An enkät's rounds side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask_babel import gettext

from exports.charts.drawings import Dots, Series
from exports.charts.pictures import Picture
from exports.results.enkat import EnkatResult
from exports.results.figures import Figure
from exports.results.printing import Printed
from exports.summaries import DimensionSummary
from survey_app.actions.errors import InstrumentUnknown
from survey_app.actions.results import enkats
from survey_app.results.enkat_report import dimension_name, per_pupil_note
from survey_app.results.reports import Report, Section
from survey_app.results.words import authors, hidden_notes, printer, said
from survey_app.store.models import Round

MOST = 4  # rounds that a picture shows: the newest

Wave = tuple[Round, EnkatResult]
Summaries = Mapping[str, DimensionSummary]


def report_of(instrument: str) -> Report:
    """Compare the closed rounds of a questionnaire.

    Raises:
        InstrumentUnknown: No round of it is closed.
    """
    rounds = [each for each in enkats.closed() if each.version.name == instrument]
    if not rounds:
        raise InstrumentUnknown(instrument=instrument)
    title = authors(rounds[-1].version.title) or instrument
    return compared(title, enkats.waves_of(instrument))


def compared(title: str, waves: Sequence[Wave]) -> Report:
    """Compare the newest of some rounds, the oldest first."""
    waves = waves[-MOST:]
    if len(waves) < 2:
        return Report(title=title, lead="", nothing=gettext(
            "There is nothing to compare yet: at least two closed rounds with ten answers or more "
            "are needed."))  # fmt: skip
    return Report(
        title=title,
        lead=gettext("The index of each area in the newest rounds."),
        cautions=[
            per_pupil_note(),
            gettext(
                "The enkät is anonymous, so the same pupils cannot be followed. A difference may "
                "come of who has answered, and with few answers also of chance."
            ),
        ],
        sections=[Section("", [_picture(waves)])],
    )


def _picture(waves: Sequence[Wave]) -> Picture:
    titles = [authors(of.title) or of.name for of, _ in waves]
    found = [_by_dimension(result) for _, result in waves]
    names = list(dict.fromkeys(name for each in reversed(found) for name in each))
    rows = [_row(name, found) for name in names]
    means = [Series(title, [row[1 + 2 * at] for row in rows]) for at, title in enumerate(titles)]
    return Picture(
        name="waves",
        title=gettext("Index by area and round"),
        sentence=" ".join(_said(row, len(waves)) for row in rows),
        head=[
            gettext("Area"),
            *(words for title in titles for words in (title, f"n, {title}")),
            gettext("Change since the round before"),
        ],
        rows=rows,
        notes=hidden_notes(rows),
        drawing=Dots([row[0].text for row in rows], means, 0, 10),
    )


def _by_dimension(result: EnkatResult) -> Summaries:
    known = [each.summary for each in result.dimensions if each.summary]
    return {each.variable.index.dimension.casefold(): each for each in known if each.variable.index}


def _row(name: str, waves: Sequence[Summaries]) -> list[Printed]:
    show, newest = printer().figure, next(each[name] for each in reversed(waves) if name in each)
    cells = [Printed(dimension_name(newest))]
    for wave in waves:
        one = wave.get(name)
        cells += [show(one.mean), show(one.answered)] if one else [Printed("."), Printed(".")]
    return [*cells, show(_change([wave[name].mean if name in wave else "." for wave in waves]))]


def _change(means: Sequence[Figure | str]) -> Figure | str:
    """Subtract what is shown, so that the change tells no more than the two means."""
    before, now = means[-2:]
    if isinstance(before, Decimal) and isinstance(now, Decimal):
        return now - before
    return ".." if ".." in (before, now) else "."


def _said(row: Sequence[Printed], number: int) -> str:
    values = [said(row[1 + 2 * at]) for at in range(number)]
    return gettext(
        "%(area)s: from %(first)s to %(last)s.",
        area=row[0].text,
        first=values[0],
        last=values[-1],
    )
