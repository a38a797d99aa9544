"""What the database counts is what the lines say, whatever state each return is in."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from survey_app.actions import rounds
from survey_app.actions.calendar import today
from survey_app.actions.returns import overview, tallying
from survey_app.actions.returns.expecting import expected_in
from survey_app.actions.returns.saving import Action
from survey_app.store.database import db, writing
from survey_app.store.models import Round
from survey_app.store.register import EnrolmentSpan
from tests.survey_app.returns.city import OURS, fill, hand_in, open_month


@pytest.fixture
def month(context) -> Round:
    """Report in October: one handed in, one begun, one that cannot be."""
    of = fill(september=False)
    hand_in(of, OURS[0])
    hand_in(of, OURS[1], Action.SAVE)
    return rounds.find(of.name)


@pytest.mark.parametrize("days", [7, 0, -1])
def test_the_database_counts_what_the_lines_say(month: Round, days: int) -> None:
    """Before the due day, on it, and after; by team, with what is late."""
    month.due = today() + timedelta(days=days)
    db.session.commit()
    lines = expected_in(month)
    counted = tallying.counted(month)
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
    known: overview.Known = {}
    overview.pictures(known=known)
    assert overview.unexpected_among(known) == len(overview.unexpected()) == 0
    with writing():
        db.session.execute(delete(EnrolmentSpan).where(EnrolmentSpan.pupil == OURS[0]))
    known = {}
    overview.pictures(known=known)
    assert overview.unexpected_among(known) == len(overview.unexpected()) == 1
