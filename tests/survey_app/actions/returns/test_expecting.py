"""What is expected of whom, worked out of the register."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from survey_app.actions import instruments, rounds
from survey_app.actions.register import importing
from survey_app.actions.register.periods import PeriodUnknown, period_of
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns import expecting, saving, tallying
from survey_app.actions.returns.counting import Counting
from survey_app.actions.returns.expecting import expected_in
from survey_app.actions.returns.placing import teams_on
from survey_app.actions.returns.reporting import background_of
from survey_app.actions.returns.saving import Action, Sent
from survey_app.actions.returns.unexpected import Cause, unexpected_in
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.register import Consent
from tests.factories import make_version
from tests.forms.tables import workbook_of
from tests.survey_app.actions.returns.reports import PUPIL, REPORT, make_city, make_report


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be a day."""
    monkeypatch.setattr(expecting, "today", lambda: day)


def codes(**round_: str) -> list[tuple[str, str, str]]:
    """Give what a round expects: unit, team, state."""
    made = make_report(**round_)  # type: ignore[arg-type]
    return [(each.unit.code, each.unit.team, each.state.value) for each in expected_in(made)]


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2025-08", []), ("2025-09", ["E7K3M"]), ("2026-06", ["E7K3M"]), ("ht-2025", ["E7K3M"])],
)
def test_a_pupil_is_expected_from_the_month_of_enrolment(context, period, expected) -> None:
    """Only the enrolled one of two pupils."""
    make_city()
    assert [code for code, *_ in codes(period=period)] == expected


def test_changing_the_register_changes_what_is_expected(context) -> None:
    """Nobody types who is expected."""
    make_city()
    made = make_report(period="2025-09")
    assert len(expected_in(made)) == 1
    header = "| elev | undertecknat | blankett | parter | uppgifter | undertecknare | återkallat |"
    row = "| E7K3M | 2025-09-01 | 2019 | skola | narvaro | vardnadshavare-1 | 2025-09-02 |"
    importing.carry_out(workbook_of(f"samtycken\n{header}\n{row}"), "c@demo.example")
    assert expected_in(made) == []


def test_who_has_the_pupil_at_the_end_reports(context) -> None:
    """A pupil who changes team in the month is reported about once."""
    make_city()
    more = """
        team
        | kod | namn    | typ    | gäller_från |
        | t2  | Team Ask | mobilt | 2020-01-01 |
        placeringar
        | elev  | gäller_från | gäller_till | skola | team |
        | E7K3M | 2025-09-01  | 2025-10-14  | almen | t1   |
        | E7K3M | 2025-10-15  |             | fri   | t2   |
    """
    importing.carry_out(workbook_of(more), "c@demo.example")
    made = make_report(period="2025-10")
    assert [(e.unit.team, e.unit.school) for e in expected_in(made)] == [("t2", "fri")]
    assert expected_in(made, "t1") == []
    earlier = make_report("september", "2025-09")
    assert [e.unit.team for e in expected_in(earlier)] == ["t1"]


def test_late_is_after_the_due_day(context, monkeypatch) -> None:
    """A week after the month unless the round says otherwise."""
    make_city()
    made = make_report(period="2025-10")
    on(monkeypatch, date(2025, 11, 7))
    assert [each.state for each in expected_in(made)] == [ReturnState.EXPECTED]
    on(monkeypatch, date(2025, 11, 8))
    assert [each.state for each in expected_in(made)] == [ReturnState.MISSING]
    made.due = date(2025, 11, 30)
    assert [each.state for each in expected_in(made)] == [ReturnState.EXPECTED]


def test_every_eight_weeks_each_pupil_has_its_own_days(context, monkeypatch) -> None:
    """From the enrolment on 2 September: over on 27 October and 22 December."""
    make_city()
    on(monkeypatch, date(2025, 12, 22))
    made = make_report("v8", None, every="every-8-weeks")
    found = [(each.unit.occasion, each.period.last, each.due) for each in expected_in(made)]
    assert found == [
        ("v8-1", date(2025, 10, 27), date(2025, 11, 3)),
        ("v8-2", date(2025, 12, 22), date(2025, 12, 29)),
    ]


def test_teams_schools_and_districts_report_too(context) -> None:
    """A district without a team has nobody, but is expected."""
    make_city()
    assert codes(name="a", period="2025", unit="team")[0][:2] == ("t1", "t1")
    assert [c[:2] for c in codes(name="b", period="2022", unit="district")] == [("rink", "t1")]
    assert [c[:2] for c in codes(name="c", period="2025", unit="district")] == [("jarva", "")]
    assert [c[:2] for c in codes(name="d", period="2025", unit="school")] == [("almen", "t1")]


def test_an_account_reports_for_the_teams_whose_posts_it_holds(context) -> None:
    """Only while it holds them."""
    from survey_app.actions import accounts  # noqa: PLC0415
    from survey_app.audience import Role  # noqa: PLC0415

    make_city()
    accounts.create("x@y.example", [Role.TEAM_MEMBER])
    post = """
        tjänster
        | team | tjänst    | gäller_från | gäller_till | yrke    | andel | konto       |
        | t1   | kurator 1 | 2018-08-01  | 2025-12-31  | kurator | 1     | x@y.example |
    """
    importing.carry_out(workbook_of(post), "c@demo.example")
    assert teams_on("x@y.example", date(2025, 12, 31)) == ["t1"]
    assert teams_on("x@y.example", date(2026, 1, 1)) == []
    assert teams_on("z@y.example", date(2025, 12, 31)) == []


@pytest.mark.parametrize("key", ["2025-07", "2025-13", "2025-00", "vt2025", "", "25-01"])
def test_what_is_no_period_is_refused(key) -> None:
    """July is none: nothing is expected then."""
    with pytest.raises(PeriodUnknown):
        period_of(key)


AGREED = """
    samtycken
    | elev  | undertecknat | blankett | parter | uppgifter | undertecknare    | gäller_till | återkallat |
"""


def grades_of_the_term() -> Round:
    """Open a round of a return that consents name."""
    table = REPORT.replace("| report  | Rapport ", "| betyg  | Betyg ")
    version = make_version(table.replace("{unit}", "pupil").replace("{period}", "term"))
    rounds.create("betyg-ht-2025", version)
    return rounds.open_round("betyg-ht-2025")


@pytest.mark.parametrize(
    ("consents", "is_expected"),
    [
        ([], True),
        (["2025-09-01 | betyg narvaro | | "], True),
        (["2025-09-01 | narvaro delmal | | "], False),
        (["2025-09-01 | narvaro | | ", "2025-11-03 | betyg | | "], True),
        (["2025-05-01 | betyg | 2025-06-30 | ", "2025-06-30 | narvaro | | "], False),
        (["2025-05-01 | betyg | 2025-08-01 | ", "2025-06-30 | narvaro | | "], True),
        (["2025-05-01 | betyg | | 2025-08-01", "2025-06-30 | narvaro | | "], False),
        (["2026-01-07 | narvaro | | "], True),
    ],
)
def test_what_a_consent_does_not_name_is_not_expected(context, consents, is_expected) -> None:
    """A consent to attendance is none to grades; the list of pupils and the count say the same."""
    make_city()
    made, attendance = grades_of_the_term(), make_report(period="2025-10")
    rows = [each.split("|") for each in consents]
    lines = "".join(
        f"| E7K3M | {day} | 2019 | skola | {classes} | vardnadshavare-1 | {end} | {back} |\n"
        for day, classes, end, back in rows
    )
    saving.save(made, PUPIL, Sent(0, {"scheduled": "1"}, {}, Action.SUBMIT), "t@demo.example")
    db.session.execute(delete(Consent))
    db.session.commit()
    importing.carry_out(workbook_of(AGREED + lines), "c@demo.example")
    assert bool(expected_in(made)) is is_expected
    assert bool(tallying.counted(made, Counting())) is is_expected
    assert len(expected_in(attendance)) == 1
    causes = [] if is_expected else [(Cause.NOT_AGREED, False)]
    assert [(each.cause, each.is_readable) for each in unexpected_in(made)] == causes


@pytest.mark.parametrize(
    ("classes", "given"), [("", "ja"), ("delmal, narvaro", "ja"), ("delmal", "nej")]
)
def test_a_report_asks_about_attendance_where_the_consent_lets_it(context, classes, given) -> None:
    """The month's report is about more than one class of data."""
    make_city()
    db.session.execute(delete(Consent))
    db.session.commit()
    row = f"| E7K3M | 2025-09-01 | 2019 | skola | {classes} | vardnadshavare-1 | | |"
    importing.carry_out(workbook_of(AGREED + (row if classes else "")), "c@demo.example")
    rounds.create("manad-2025-10", instruments.newest_version("manadsrapport"))
    month = rounds.find("manad-2025-10")
    (expected,) = expected_in(month)
    assert background_of(month, expected).given["narvaro_tillaten"] == given
