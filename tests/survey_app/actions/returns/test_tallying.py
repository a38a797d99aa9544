"""What the database counts is what the lines say, whatever state each return is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from survey_app.actions import exporting, responses, rounds
from survey_app.actions.calendar import today
from survey_app.actions.persons import erasing
from survey_app.actions.persons.erasing import Ground
from survey_app.actions.register import importing
from survey_app.actions.register.periods import period_of
from survey_app.actions.returns import overview, tallying
from survey_app.actions.returns.counting import Counting
from survey_app.actions.returns.expecting import expected_in
from survey_app.actions.returns.prefilling import may_tell_attendance
from survey_app.actions.returns.saving import Action
from survey_app.store.database import db
from survey_app.store.models import Round
from tests.factories import make_app
from tests.forms.tables import workbook_of
from tests.survey_app.returns.city import COORDINATOR, OURS, fill, hand_in, open_month

DISCHARGED = f"""
    vägen
    | elev      | nummer | steg      | dag        | skäl     |
    | {OURS[0]} | 5      | utskriven | 2026-09-30 | Flyttade |
"""
AGREED = f"""
    samtycken
    | elev      | undertecknat | blankett | parter | uppgifter       | undertecknare    |
    | {OURS[1]} | 2026-09-01   | 2019     | skola  | delmal          | vardnadshavare-1 |
    | {OURS[2]} | 2026-09-01   | 2019     | skola  | delmal, narvaro | vardnadshavare-1 |
"""


@pytest.fixture
def month(context) -> Round:
    """Report in October: one handed in, one begun, one that cannot be."""
    of = fill(september=False)
    hand_in(of, OURS[0])
    hand_in(of, OURS[1], Action.SAVE)
    return rounds.find(of.name)


@pytest.fixture
def on_postgresql(tmp_path, monkeypatch, postgresql) -> Iterator[Flask]:
    """Give an app with the other database."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    app = make_app(tmp_path / "data")
    yield app
    responses.close(app)


@pytest.mark.parametrize("days", [7, 0, -1])
def test_the_database_counts_what_the_lines_say(month: Round, days: int) -> None:
    """Before the due day, on it, and after; by team, with what is late."""
    month.due = today() + timedelta(days=days)
    db.session.commit()
    lines = expected_in(month)
    counted = tallying.counted(month, Counting())
    assert set(counted) == {each.unit.team for each in lines} == {"t1", "t2"}
    for team, found in counted.items():
        its = [each for each in lines if each.unit.team == team]
        assert found.states == Counter(each.state for each in its)
        assert found.tally == tallying.tally_of(month, its)
    assert counted["t1"].late == (days < 0)
    assert tallying.total_of(counted.values()).share.to_come == len(lines)
    assert [owed.due for owed in overview.late() if owed.round is month] == (
        [month.due, month.due] if days < 0 else []
    )


def test_a_picture_may_show_the_newest_rounds_alone(month: Round) -> None:
    """And says how many there are beside them."""
    open_month("manad-2026-08", month.version, rounds.Dates(due=date(2026, 9, 7)))
    (whole,), (part,) = overview.pictures(), overview.pictures(2)
    assert (len(whole.rounds), whole.left_out) == (3, 0)
    assert (len(part.rounds), part.left_out) == (2, 1)
    assert part.rounds == whole.rounds[:2]


def test_what_is_beside_the_expected_is_counted_without_listing_it(month: Round) -> None:
    """A pupil whose report has come is enrolled no more."""
    known = overview.Known()
    overview.pictures(known=known)
    assert known.unexpected() == len(overview.unexpected()) == 0
    importing.carry_out(workbook_of(DISCHARGED), COORDINATOR)
    known = overview.Known()
    overview.pictures(known=known)
    assert known.unexpected() == len(overview.unexpected()) == 1


def test_a_count_that_is_kept_follows_each_change(month: Round) -> None:
    """One more draft, one handed in, another due day, a discharge: each shows at once."""

    def look() -> tuple[int, int, int, int]:
        its = tallying.counted(month, Counting())["t1"]
        return its.stored, its.tally.handed_in, its.late, its.tally.share.to_come

    assert look() == look() == (2, 1, 0, 9)
    hand_in(month, OURS[2], Action.SAVE)
    assert look() == (3, 1, 0, 9)
    hand_in(month, OURS[3])
    assert look() == (4, 2, 0, 9)
    month.due = today() - timedelta(days=1)
    db.session.commit()
    assert look() == (4, 2, 2, 9)
    importing.carry_out(workbook_of(DISCHARGED), COORDINATOR)
    assert look() == (3, 1, 1, 8)


def test_who_is_erased_is_not_counted_as_missing(month: Round) -> None:
    """Nothing had come about the pupil, so no return is gone; the register's trail says nothing."""
    before = sum(Counting().numbers(month, period_of("2026-10"), today()).to_come.values())
    preview = erasing.preview(OURS[3])
    erasing.erase(OURS[3], OURS[3], Ground.ERASURE, preview.digest, COORDINATOR)
    month = rounds.find("manad-2026-10")
    after = sum(Counting().numbers(month, period_of("2026-10"), today()).to_come.values())
    assert after == before - 1


def test_postgresql_counts_and_exports_alike(on_postgresql: Flask, tmp_path) -> None:
    """The statements are the same, the other database's ways of running them are not."""
    with on_postgresql.app_context():
        of = fill(september=False)
        for place, action in enumerate([Action.SUBMIT, Action.SAVE]):
            hand_in(of, OURS[place], action)
        month = rounds.find(of.name)
        test_the_database_counts_what_the_lines_say(month, -1)
        file = tmp_path / "file.csv"
        assert exporting.write_round(month, "csv", file) == 1
        test_what_is_beside_the_expected_is_counted_without_listing_it(month)
        assert [one.unit.code for one in overview.unexpected_of(month, "t1")] == [OURS[0]]
        assert overview.unexpected_of(month, "t2") == overview.unexpected_of(month, "") == []
        importing.carry_out(workbook_of(AGREED), COORDINATOR)
        october = period_of("2026-10")
        assert [may_tell_attendance(pupil, october) for pupil in OURS[1:4]] == [False, True, True]


def test_many_teams_are_shown_in_parts(month: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """The totals stay those of all."""
    monkeypatch.setattr(overview, "TEAMS_AT_A_TIME", 1)
    (whole,) = overview.pictures()
    (second,) = overview.pictures(first=1)
    assert (whole.teams, second.teams) == (["t1"], ["t2"])
    assert whole.all_teams == second.all_teams == 2
    assert whole.totals == second.totals
    assert {team for team, _ in second.cells} == {"t2"}
