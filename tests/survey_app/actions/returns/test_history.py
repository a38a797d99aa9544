"""What was reported before stands beside the fields, also where each pupil has its own periods."""

from __future__ import annotations

from datetime import date

import pytest

from survey_app.actions.returns import expecting, history
from survey_app.actions.returns.expecting import expected_in
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.saving import Action, Sent, save
from survey_app.returns.words import short_period
from survey_app.store.models import Round
from tests.survey_app.actions.returns.reports import make_city, make_report


@pytest.fixture
def weeks(context, monkeypatch) -> Round:
    """Hand in ten of a pupil's eight weeks, the tenth first; the third is only a draft."""
    monkeypatch.setattr(expecting, "today", lambda: date(2027, 6, 30))
    make_city()
    of = make_report("v8", None, every="every-8-weeks")
    by_key = {each.unit.occasion: each.unit for each in expected_in(of)}
    for number in (10, 2, 1, 3):
        action = Action.SAVE if number == 3 else Action.SUBMIT
        save(of, by_key[f"v8-{number}"], Sent(0, {"scheduled": str(number)}, action=action), "t@x")
    return of


def unit_of(of: Round, occasion: str) -> Unit:
    """Give the pupil's unit in a period of its own."""
    return next(each.unit for each in expected_in(of) if each.unit.occasion == occasion)


def test_own_periods_have_last_time_and_a_curve(weeks) -> None:
    """In the order of their numbers, not of their letters; drafts are nobody's."""
    tenth = unit_of(weeks, "v8-10")
    assert [each.period for each in history.months_of(weeks, tenth)] == ["v8-1", "v8-2", "v8-10"]
    assert history.latest_before(weeks, tenth) == {"scheduled": "2"}


def test_what_comes_later_is_not_last_time(weeks) -> None:
    """Whoever writes the second sees the first; the first has none before it."""
    assert history.latest_before(weeks, unit_of(weeks, "v8-2")) == {"scheduled": "1"}
    assert history.latest_before(weeks, unit_of(weeks, "v8-1")) == {}


@pytest.mark.parametrize(
    ("key", "words"),
    [("v8-3", "vecka 17–24"), ("2026-10", "okt. 26"), ("ht-2026", "ht-2026"), ("2026", "2026")],
)
def test_each_period_has_a_short_name(app, key: str, words: str) -> None:
    """Over a narrow column."""
    with app.test_request_context("/e/somewhere"):
        assert short_period(key) == words
