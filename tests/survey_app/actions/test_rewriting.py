"""Files that somebody's reading keeps from being written anew: it is done later, as is said."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from datetime import datetime

import pytest

from survey_app.actions import calendar, releaser, rewriting, rounds, xforms
from survey_app.actions.interviews import consents
from survey_app.actions.persons import erasing
from survey_app.actions.retention import carrying
from survey_app.settings import TIME_ZONE
from survey_app.store import mixing
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase
from tests.factories import make_response, make_round
from tests.survey_app.actions.interviews.people import ANNA, make_interview, make_talks


@pytest.fixture(autouse=True)
def hasty(monkeypatch) -> None:
    """Try once, without patience; write no forms for devices, which takes seconds."""
    monkeypatch.setattr(mixing, "TRIES", 1)
    monkeypatch.setattr(mixing, "LOG_TRIES", 1)
    monkeypatch.setattr(xforms, "prepare", lambda _: None)


def log_of(app) -> int:
    """Give the size of the write-ahead log, which holds what was written in its order."""
    return (app.config["SETTINGS"].data / "survey.sqlite-wal").stat().st_size


@contextmanager
def reading(app):
    """Read for a while, as whoever makes a large file does."""
    with closing(sqlite3.connect(app.config["SETTINGS"].data / "survey.sqlite")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM round").fetchone()
        yield


def look(app) -> releaser.Releaser:
    """Do what a server does hourly."""
    it = releaser.Releaser(app)
    it._look_at_all()
    return it


def test_a_round_that_ends_while_somebody_reads_is_mixed_later(context) -> None:
    """Else the log would tell the order of its answers until others come."""
    make_response(make_round())
    with reading(context):
        rounds.close_round("autumn")
        assert log_of(context) > 0
        assert look(context)._next_look  # soon again
        assert log_of(context) > 0
    look(context)
    assert log_of(context) == 0
    assert list((context.config["SETTINGS"].data / rewriting.FOLDER).iterdir()) == []


def test_a_consent_taken_back_while_somebody_reads_is_gone_later(context) -> None:
    """What was said stands in the log until then, whatever is deleted."""
    make_interview(make_talks(), {"fore": "hemlighet"})
    with reading(context):
        consents.withdraw(db.session.query(InterviewCase).one(), ANNA)
    look(context)
    data = context.config["SETTINGS"].data
    assert not [path for path in data.glob("survey.*") if b"hemlighet" in path.read_bytes()]


def test_a_stop_in_the_middle_is_made_good(context, monkeypatch) -> None:
    """What is to be done is noted before it is tried."""
    make_response(make_round())

    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(mixing, "mix_patiently", stop)
        with pytest.raises(KeyboardInterrupt):
            rounds.close_round("autumn")
    assert log_of(context) > 0
    look(context)
    assert log_of(context) == 0


def test_a_heavy_database_is_written_anew_at_night(context, monkeypatch) -> None:
    """By day nobody could save for as long as that takes; what goes quickly is done at once."""
    monkeypatch.setattr(rewriting, "HEAVY", 0)
    rewritten: list[object] = []
    really = mixing.mix_patiently

    def rewrite(engine) -> bool:
        rewritten.append(engine)
        return really(engine)

    monkeypatch.setattr(mixing, "mix_patiently", rewrite)
    monkeypatch.setattr(rewriting, "is_night", lambda: False)
    make_response(make_round())
    rounds.close_round("autumn")
    by_day = look(context)
    assert (rewritten, log_of(context)) == ([], 0)
    assert by_day._next_look > time.monotonic() + releaser.MINUTE  # not again and again
    monkeypatch.setattr(rewriting, "is_night", lambda: True)
    look(context)
    look(context)
    assert len(rewritten) == 1


def test_a_heavy_database_is_rewritten_at_night_after_erasing_too(context, monkeypatch) -> None:
    """One person is erased by day; those who save then need not wait for all the others' rows."""
    forgotten: list[object] = []

    def forget(engine, tables) -> bool:
        forgotten.append((engine, tables))
        return True

    monkeypatch.setattr(mixing, "forget", forget)
    monkeypatch.setattr(rewriting, "HEAVY", 0)
    monkeypatch.setattr(rewriting, "is_night", lambda: False)
    case = make_interview(make_talks(), {"fore": "hemlighet"})
    seen = erasing.preview(case.code).digest
    kept = erasing.erase(case.code, case.code, erasing.Ground.ERASURE, seen, ANNA)
    look(context)
    assert (forgotten, log_of(context), kept.is_rewritten) == ([], 0, False)
    monkeypatch.setattr(rewriting, "is_night", lambda: True)
    look(context)
    assert (len(forgotten), carrying.find(kept.number).is_rewritten) == (1, True)


def test_a_heavy_database_is_rewritten_by_day_when_somebody_says_so(context, monkeypatch) -> None:
    """`survey-app retention finish` waits for nothing."""
    monkeypatch.setattr(rewriting, "HEAVY", 0)
    monkeypatch.setattr(rewriting, "is_night", lambda: False)
    case = make_interview(make_talks(), {"fore": "hemlighet"})
    seen = erasing.preview(case.code).digest
    kept = erasing.erase(case.code, case.code, erasing.Ground.ERASURE, seen, ANNA)
    assert (carrying.settle_all(), carrying.settle_all(at_once=True)) == (1, 0)
    assert carrying.find(kept.number).is_rewritten


@pytest.mark.parametrize(("hour", "is_it"), [(4, True), (5, False), (19, False), (20, True)])
def test_nights_are_swedish(monkeypatch, hour, is_it) -> None:
    """From eight in the evening to five in the morning."""

    class Clock(datetime):
        """A clock that stands."""

        @classmethod
        def now(cls, tz=None):
            """Give the hour in Sweden."""
            return datetime(2026, 7, 1, hour, 30, tzinfo=TIME_ZONE).astimezone(tz)

    monkeypatch.setattr(calendar, "datetime", Clock)
    assert calendar.is_night() == is_it
