"""Rounds: their states, and what may be known when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey_app.actions import rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import (
    RoundClosed,
    RoundDatesInvalid,
    RoundNameInvalid,
    RoundNameTaken,
    RoundNotYetOpen,
    RoundStaysClosed,
    RoundStillOpen,
    RoundUnknown,
)
from survey_app.actions.retention import due
from survey_app.actions.rounds import Count, Dates
from survey_app.store.database import writing
from survey_app.store.models import RoundState, state_on
from tests.factories import INTERVIEW, make_response, make_round, make_version

DAY = timedelta(days=1)


def test_a_round_is_planned_opened_and_closed(context) -> None:
    """Each state has its own answer to those who come."""
    planned = make_round(is_open=False)
    with pytest.raises(RoundNotYetOpen):
        rounds.refuse_unless_open("autumn", planned.state_on(today()))
    opened = rounds.open_round("autumn")
    rounds.refuse_unless_open("autumn", opened.state_on(today()))
    closed = rounds.close_round("autumn")
    with pytest.raises(RoundClosed):
        rounds.refuse_unless_open("autumn", closed.state_on(today()))
    with pytest.raises(RoundUnknown):
        rounds.find("spring")


@pytest.mark.parametrize(
    ("state", "opens", "locks", "expected"),
    [
        ("open", None, None, "open"),
        ("open", 0, 0, "open"),
        ("open", 1, None, "planned"),
        ("open", None, -1, "closed"),
        ("planned", -1, 1, "planned"),
        ("closed", -1, 1, "closed"),
    ],
)
def test_a_rounds_dates_count_to_the_day(state, opens, locks, expected) -> None:
    """The first and the last day belong to the round."""
    first, last = (None if n is None else today() + n * DAY for n in (opens, locks))
    assert state_on(RoundState(state), first, last, today()) == expected


@pytest.mark.parametrize("name", ["", "Höst", "a b", "a/b", "-a", "a--b", "A", "x" * 65])
def test_a_name_that_cannot_stand_in_an_address_is_refused(context, name) -> None:
    """The address is read aloud and typed by hand."""
    with pytest.raises(RoundNameInvalid):
        make_round(name)


def test_a_name_is_used_once(context) -> None:
    """An address leads to one round."""
    make_round()
    with pytest.raises(RoundNameTaken):
        make_round()


@pytest.mark.parametrize(
    "dates",
    [
        Dates(opens=today() + DAY, locks=today()),
        Dates(opens=today() + DAY, due=today()),
        Dates(due=today() + DAY, locks=today()),
        Dates(locks=today() - DAY),
    ],
)
def test_dates_that_do_not_fit_are_refused(context, dates) -> None:
    """A round that is over before it begins is a mistake."""
    with pytest.raises(RoundDatesInvalid):
        make_round(dates=dates)


@pytest.mark.parametrize(("stored", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_the_count_of_an_open_anonymous_round_moves_in_steps(context, stored, shown) -> None:
    """Whoever reloads the page cannot see that the pupil in the next room just sent."""
    round_ = make_round()
    for _ in range(stored):
        make_response(round_)
    assert rounds.count(round_) == Count(shown, is_exact=False)
    assert [count for _, count in rounds.listing()] == [Count(shown, is_exact=False)]


def test_a_closed_round_tells_all(context) -> None:
    """Then nobody can watch answers arrive."""
    round_ = make_round()
    for _ in range(5):
        make_response(round_)
    with pytest.raises(RoundStillOpen):
        rounds.refuse_unless_readable(round_)
    closed = rounds.close_round("autumn")
    rounds.refuse_unless_readable(closed)
    assert rounds.count(closed) == Count(5, is_exact=True)


def test_an_anonymous_round_that_could_be_read_is_not_opened_again(context) -> None:
    """Two downloads with one answer between them would show whose it is."""
    round_ = make_round()
    make_response(round_)
    rounds.close_round("autumn")
    with pytest.raises(RoundStaysClosed):
        rounds.open_round("autumn")


def test_a_round_past_its_last_day_is_not_opened_again_either(context) -> None:
    """The dates close it as a person would."""
    round_ = make_round(dates=Dates(locks=today()))
    make_response(round_)
    with writing():
        rounds.find("autumn").locks = today() - DAY
    assert rounds.may_read(round_)
    with pytest.raises(RoundStaysClosed):
        rounds.open_round("autumn")


def test_a_round_closed_by_mistake_may_open_again(context) -> None:
    """Without answers nothing can be compared."""
    make_round()
    rounds.close_round("autumn")
    assert rounds.open_round("autumn").state == RoundState.OPEN


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_round_that_is_over_ends_but_once(context, is_closed) -> None:
    """Else what is kept until a year after its end would be kept from the second press on."""
    name = make_round(dates=Dates(locks=today())).name
    if is_closed:
        rounds.close_round(name)
    before = today() - timedelta(days=400)
    with writing():
        found = rounds.find(name)
        found.closed_on, found.locks = before if is_closed else None, before
    rounds.close_round(name)
    assert due.last_day_of(rounds.find(name)) == before


def test_other_modes_are_open_to_their_readers(context) -> None:
    """Interviews are read and corrected while they go on."""
    round_ = make_round(table=INTERVIEW)
    make_response(round_)
    assert rounds.count(round_) == Count(1, is_exact=True)
    rounds.close_round("autumn")
    assert rounds.open_round("autumn").state == RoundState.OPEN


def test_a_round_has_the_mode_of_its_version(context) -> None:
    """Nobody chooses it."""
    assert rounds.create("new", make_version()).mode == "anonymous"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hösten 2026", "hosten-2026"),
        ("  Åk 4–6: Östermalm!  ", "ak-4-6-ostermalm"),
        ("سؤال", "omgang"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_name_for_the_address_is_made_of_the_title(app, title: str, name: str) -> None:
    """A coordinator need not invent one."""
    with app.app_context():
        assert rounds.free_name(title) == name


def test_a_made_name_is_never_one_that_is_taken(app) -> None:
    """Two rounds may have the same title."""
    with app.app_context():
        version = make_version()
        for expected in ("host", "host-2", "host-3"):
            assert rounds.free_name("Höst") == expected
            rounds.create(expected, version)
