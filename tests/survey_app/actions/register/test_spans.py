"""When a pupil is reported about."""

from __future__ import annotations

from datetime import date

import pytest

from survey_app.actions.register import importing
from survey_app.actions.register.pathway import Enrolment
from survey_app.actions.register.spans import Validity, reportable
from survey_app.store.database import db
from survey_app.store.register import EnrolmentSpan
from tests.forms.tables import workbook_of
from tests.survey_app.actions.register.test_importing import CITY


def day(month: int, number: int = 1) -> date:
    """Give a day of 2026."""
    return date(2026, month, number)


WHOLE = Enrolment(day(2), day(11, 30))
OPEN = Enrolment(day(2))


@pytest.mark.parametrize(
    ("time", "consents", "expected"),
    [
        (WHOLE, [], [WHOLE]),
        (WHOLE, [Validity(day(1), None)], [WHOLE]),
        (OPEN, [Validity(day(1), day(4, 30))], [Enrolment(day(2), day(4, 30))]),
        (WHOLE, [Validity(day(1), day(1, 31))], []),
        (
            WHOLE,
            [Validity(day(1), day(4, 30)), Validity(day(6), None)],
            [Enrolment(day(2), day(4, 30)), Enrolment(day(6), day(11, 30))],
        ),
        (OPEN, [Validity(day(1), day(4, 30)), Validity(day(5), None)], [OPEN]),
        (OPEN, [Validity(day(1), day(6)), Validity(day(3), day(4))], [Enrolment(day(2), day(6))]),
        (WHOLE, [Validity(day(1), day(12))], [WHOLE]),
        (OPEN, [Validity(day(1), day(1, 15)), Validity(day(3), None)], [Enrolment(day(3))]),
    ],
)
def test_an_ended_consent_ends_the_reporting(time, consents, expected) -> None:
    """From the day it was taken back on, until another is signed."""
    assert reportable([time], consents) == expected


def spans() -> list[tuple[str, date, date | None]]:
    """Read what is worked out."""
    found = db.session.query(EnrolmentSpan).order_by(EnrolmentSpan.pupil, EnrolmentSpan.first_day)
    return [(each.pupil, each.first_day, each.last_day) for each in found]


def test_the_register_keeps_them_as_its_dates_say(context) -> None:
    """Changing a date in the register changes what is expected."""
    importing.carry_out(workbook_of(CITY), "c@demo.example")
    assert spans() == [("E7K3M", date(2025, 9, 2), None)]
    importing.carry_out(workbook_of(CITY.replace("2025-09-02", "2025-10-05")), "c@demo.example")
    assert spans() == [("E7K3M", date(2025, 10, 5), None)]
    header = "| elev | undertecknat | blankett | parter | uppgifter | undertecknare | återkallat |"
    row = "| E7K3M | 2025-09-01 | 2019 | skola | narvaro | vardnadshavare-1 | 2025-11-01 |"
    importing.carry_out(workbook_of(f"samtycken\n{header}\n{row}"), "c@demo.example")
    assert spans() == [("E7K3M", date(2025, 10, 5), date(2025, 10, 31))]
