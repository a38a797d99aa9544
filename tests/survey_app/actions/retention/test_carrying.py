"""Nothing goes without a decision; what goes is gone from every file, and a protocol is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Self

import pytest
from sqlalchemy import select, text

from survey_app.actions import accounts, rounds, trail
from survey_app.actions.calendar import today
from survey_app.actions.retention import carrying, rules, sets
from survey_app.actions.retention.errors import (
    DueChanged,
    NameMissing,
    NotByUs,
    NotConfirmed,
    NothingDue,
    RuleInvalid,
    RuleMissing,
)
from survey_app.store.database import db, writing
from survey_app.store.extracts import Extract
from survey_app.store.interviews import InterviewCase
from survey_app.store.models import Account, Response
from survey_app.store.register import Pupil
from survey_app.store.retention import Unit
from survey_app.store.returns import UnitReturn
from tests.factories import make_response, make_round, release
from tests.survey_app.actions.interviews.people import make_interview, make_talks
from tests.survey_app.actions.retention.over import (
    ADMIN,
    BY,
    DECISION,
    SECRET,
    carry_out,
    count,
    end,
    returned_city,
    rule,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def test_nothing_is_erased_without_a_decision(context) -> None:
    """Neither a rule without one nor its absence lets anything go."""
    with pytest.raises(RuleMissing):
        carrying.preview("returns")
    for length, decision, day in (
        (0, DECISION, today()),
        (1, " ", today()),
        (1, DECISION, today() + timedelta(days=1)),
    ):
        with pytest.raises(RuleInvalid):
            rules.register("returns", length, Unit.YEAR, decision, day, ADMIN)
    assert rules.listing() == {}
    rule("returns", 2, Unit.YEAR)
    rule("returns", 3, Unit.YEAR)
    newest, first = trail.of_subject("returns")
    assert '"length": ["2", "3"]' in newest.details
    assert f'"decision": [null, "{DECISION}"]' in first.details


@pytest.mark.parametrize(
    ("day", "length", "unit", "expected"),
    [
        (date(2026, 3, 31), -1, Unit.MONTH, date(2026, 2, 28)),
        (date(2024, 2, 29), -1, Unit.YEAR, date(2023, 2, 28)),
        (date(2026, 1, 10), -13, Unit.MONTH, date(2024, 12, 10)),
        (date(2026, 1, 1), -1, Unit.DAY, date(2025, 12, 31)),
        (date(2026, 1, 31), 1, Unit.MONTH, date(2026, 2, 28)),
        (date(2026, 1, 31), -3650, Unit.YEAR, date(1900, 1, 31)),
    ],
)
def test_lengths_are_those_of_the_calendar(day, length, unit, expected) -> None:
    """A year is a year, leap days or not."""
    assert rules.shifted(day, length, unit) == expected


def test_a_round_is_due_the_day_after_its_time_is_over(context) -> None:
    """Not a day too early; an open round never, nor one whose last day nobody knows."""
    make_response(make_round("over"))
    rule("enkats", 10)
    end("over", days=10)
    assert carrying.preview("enkats").is_empty
    end("over", days=11)
    assert carrying.preview("enkats").counts == {"rounds": 1, "responses": None}
    with writing():
        rounds.find("over").closed_on = None
    assert carrying.preview("enkats").is_empty


def test_small_rounds_numbers_are_not_told(context) -> None:
    """Neither page, protocol nor trail says how many answered where few did."""
    for number in (3, 6):
        of = make_round(f"round-{number}")
        for _ in range(number):
            make_response(of)
        release(of.name)
        end(of.name)
    rule("enkats")
    kept = carry_out("enkats")
    assert kept.counts == {"rounds": 2, "responses": None}
    assert count(Response) == 0
    of = make_round("round-7")
    for _ in range(7):
        make_response(of)
    release(of.name)
    end(of.name)
    assert carry_out("enkats").counts == {"rounds": 1, "responses": 7}


def test_it_is_confirmed_by_a_word_by_somebody_and_as_it_was_shown(context) -> None:
    """Nobody erases by a slip of the hand."""
    returned_city()
    rule("returns")
    seen = carrying.preview("returns").digest
    for typed, digest, by, error in (
        ("yes", seen, BY, NotConfirmed),
        ("erase", seen, " ", NameMissing),
        ("erase", "another", BY, DueChanged),
    ):
        with pytest.raises(error):
            carrying.carry_out("returns", typed, digest, by)
    assert count(UnitReturn) == 1
    carry_out("returns")
    with pytest.raises(NothingDue):
        carry_out("returns")
    rule(sets.BACKUPS)
    with pytest.raises(NotByUs):
        carry_out(sets.BACKUPS)


def test_a_protocol_tells_what_why_who_and_until_when_backups_have_it(context) -> None:
    """And that it was altered shows."""
    returned_city()
    rule("returns", 1)
    rule(sets.BACKUPS, 30)
    kept = carry_out("returns")
    assert (kept.number, kept.day, kept.data_set, kept.ground) == (1, today(), "returns", DECISION)
    assert kept.counts == {"returns": 1, "submissions": 0, "trail": 2}
    assert (kept.carried_out_by, kept.rule, kept.is_rewritten) == (BY, "1 day", True)
    assert kept.backups_until == today() + timedelta(days=30)
    assert carrying.is_as_kept(kept)
    assert trail.verify().is_whole
    with writing():
        carrying.find(1).counts = {"returns": 0}
    assert not carrying.is_as_kept(carrying.find(1))


def test_a_pupil_stays_as_long_as_there_are_returns(context) -> None:
    """Else figures of returns that are kept could not be worked out again."""
    returned_city()
    with writing():
        db.session.execute(text("UPDATE enrolment_span SET last_day = '2026-01-31'"))
    rule("register")
    before = count(Pupil)
    assert carry_out("register").counts == {"pupils": before - 1}
    rule("returns")
    carry_out("returns")
    assert carry_out("register").counts == {"pupils": 1}
    assert count(Pupil) == 0


def test_interviews_go_with_all_that_hangs_on_them(context) -> None:
    """Notes, consents, and what the record says of the case."""
    code = make_interview(make_talks(), {"fore": SECRET}).code
    of = rounds.find("talks")
    end(of.name)
    rule("interviews")
    kept = carry_out("interviews")
    assert (kept.counts["interviews"], kept.counts["trail"]) == (1, 1)
    assert count(InterviewCase) == 0
    assert code not in "".join(each.subject for each in trail.newest())


class _Long(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2020, 1, 1, tzinfo=tz)


def test_the_record_forgets_and_is_still_whole(context, monkeypatch) -> None:
    """Who and what go; that something was done, and protocols, stay."""
    monkeypatch.setattr(trail, "datetime", _Long)
    with writing():
        trail.record(ADMIN, "test.do", SECRET)
    monkeypatch.undo()
    rule("trail")
    rule("extracts")
    with writing():
        db.session.add(
            Extract(at=LONG_AGO, actor=ADMIN, kind="round", subject="x",
                    file_format="csv", rule="1", digest="x")
        )  # fmt: skip
    assert carry_out("extracts").counts == {"extracts": 1}
    assert count(Extract) == 0
    assert carry_out("trail").counts == {"trail": 1}
    said = trail.newest()[-1]
    assert (said.action, said.actor, said.subject) == ("test.do", "", "")
    assert trail.verify().is_whole


def test_closed_accounts_go_after_their_time_and_no_others(context) -> None:
    """Whoever may log in stays."""
    accounts.create("gone@stad.example", ["coordinator"])
    accounts.create("here@stad.example", ["coordinator"])
    accounts.set_active("gone@stad.example", ADMIN, is_active=False)
    rule("accounts")
    assert carrying.preview("accounts").is_empty
    with writing():
        accounts.find("gone@stad.example").closed_on = today() - timedelta(days=9)
    assert carry_out("accounts").counts == {"accounts": 1, "trail": 1}
    assert db.session.scalars(select(Account.email)).all() == ["here@stad.example"]
