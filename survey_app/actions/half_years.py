"""Half-years that can be reported on, and what belongs to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from forms.marking import N_
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError
from survey_app.actions.register.periods import Period, PeriodUnknown, kind_of, period_of
from survey_app.actions.results import enkats, interviews, returned
from survey_app.store.models import Round

_NAMED = re.compile(r"\b(?:vt|ht)-\d{4}\b")
LAST_OF_SPRING = 7  # July has no term: what ends there is counted to the spring


class HalfYearUnknown(ActionError):
    """It is no term."""

    sentence = N_('"%(term)s" is no half-year. Write it like vt-2026 or ht-2026.')
    status = 404


class ReportFormatMissing(ActionError):
    """The server lacks the program that sets PDF files."""

    sentence = N_(
        "This server cannot write PDF: the extra survey-app[pdf] is not installed. Take the HTML "
        "file and print it, or the Word document."
    )
    status = 404


def find(term: str) -> Period:
    """Find a half-year.

    Raises:
        HalfYearUnknown: It is none.
    """
    try:
        if kind_of(term) == "term":
            return period_of(term)
    except PeriodUnknown:
        pass
    raise HalfYearUnknown(term=term)


def known() -> Sequence[str]:
    """Give the half-years of which there is anything to report, the newest first."""
    found = {_term_of(each) for each in (*enkats.closed(), *interviews.rounds_with_codes())}
    return sorted(found | set(_reported()), key=returned.in_time, reverse=True)


def enkats_of(term: str) -> Sequence[Round]:
    """Give the enkät's closed rounds that ended in a half-year, the oldest first."""
    return [each for each in enkats.closed() if _term_of(each) == term]


def interviews_of(term: str) -> Sequence[Round]:
    """Give the rounds of coded interviews that ended in a half-year."""
    return [each for each in interviews.rounds_with_codes() if _term_of(each) == term]


def _term_of(of: Round) -> str:
    """Choose by the round's last day, else by its name, else it is the one that is going on."""
    if last := last_day(of):
        return _containing(last)
    named = _NAMED.search(of.name)
    return named[0] if named else _containing(today())


def is_told(of: Round) -> bool:
    """Tell whether a round itself says to which half-year it belongs."""
    return bool(last_day(of) or _NAMED.search(of.name))


def last_day(of: Round) -> date | None:
    """Give the last day that is known of a round."""
    return of.locks or of.due or of.opens


def _containing(day: date) -> str:
    return f"{'vt' if day.month <= LAST_OF_SPRING else 'ht'}-{day.year}"


def _reported() -> Iterator[str]:
    for kind, name in returned.sources():
        if kind == returned.GRADES:
            yield from (terms[1] for terms, _ in returned.grade_comparisons(name))
        else:
            is_milestones = kind == returned.MILESTONES
            months = returned.milestone_months if is_milestones else returned.attendance_months
            yield from (_containing(period_of(each.period).first) for each in months(name))
