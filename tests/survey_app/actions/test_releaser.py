"""The thread that releases: it survives failures, catches up, and lets the server stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from survey_app.actions import releaser, releases, responses, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundClosed, StorageUnavailable
from survey_app.actions.responses import Sending
from survey_app.actions.rounds import Dates
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import Response
from tests.factories import make_answers, make_response, make_round

SECONDS = 10


def happens(what: Callable[[], bool]) -> bool:
    """Wait a while for something to become true."""
    deadline = time.monotonic() + SECONDS
    while not (done := what()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return done


def readable() -> int:
    """Count the answers that can be read."""
    db.session.rollback()
    return db.session.query(Response).count()


def test_a_failure_ends_nothing_and_is_made_good(context: Flask, monkeypatch, caplog) -> None:
    """Answers that wait need no other answer, and no new start, to be looked at again."""
    of = make_round()
    for _ in range(5):
        make_response(of, sent=uuid4())
    failures = iter([RuntimeError("unheard of"), MemoryError()])
    look = queries.rounds_with_at_least

    def fails_twice(number: int):
        for failure in failures:
            raise failure
        return look(number)

    monkeypatch.setattr(queries, "rounds_with_at_least", fails_twice)
    monkeypatch.setattr(releaser, "MINUTE", 0.1)
    monkeypatch.setattr(releaser, "MOMENT", 0.05)
    context.extensions[releases.ARRIVAL].clear()
    running = releaser.start(context)
    assert happens(lambda: readable() == 5)
    running.close()
    assert "Releasing answers failed: RuntimeError" in caplog.text
    assert "Releasing answers failed: MemoryError" in caplog.text


def test_a_release_that_hangs_does_not_hold_up_the_end(context, monkeypatch, caplog) -> None:
    """Whoever stops the server does not wait for a table that is locked."""
    has_begun, is_over = threading.Event(), threading.Event()

    def hang() -> None:
        has_begun.set()
        is_over.wait(SECONDS)

    monkeypatch.setattr(releases, "release_ended", hang)
    monkeypatch.setattr(releaser, "PATIENCE", 0.2)
    running = releaser.start(context)
    assert has_begun.wait(SECONDS)
    begun = time.monotonic()
    running.close()
    assert time.monotonic() - begun < SECONDS / 2
    assert "still going on" in caplog.text
    is_over.set()
    running._thread.join()


def test_what_ended_while_the_server_was_down_is_released_at_its_start(context) -> None:
    """Nobody has to look, and no key stays."""
    of = make_round(dates=Dates(locks=today()))
    make_response(of)
    with writing():
        rounds.find("autumn").locks = today() - timedelta(days=1)
    running = releaser.start(context)
    assert happens(lambda: readable() == 1)
    running.close()
    assert list((context.config["SETTINGS"].data / "pool").iterdir()) == []


def test_a_round_that_ended_by_its_date_stays_ended(context) -> None:
    """A clock that is set back would let in answers that readers could tell from the others."""
    of = make_round(dates=Dates(locks=today()))
    make_response(of)
    with writing():
        rounds.find("autumn").locks = today() - timedelta(days=1)
    assert releases.release_ended() == ["autumn"]
    assert releases.release_ended() == []
    with writing():
        rounds.find("autumn").locks = today()
    with pytest.raises(RoundClosed):
        make_response(of)


def test_who_waited_over_midnight_is_too_late(context, monkeypatch) -> None:
    """The others may have been released in between: the answer would be alone."""
    of = make_round(dates=Dates(locks=today()))
    keys = releases.keys_of(context)
    sending = Sending(of.id, of.version_id, make_answers(), "token", is_repeatable=True, keys=keys)
    db.session.rollback()
    monkeypatch.setattr(responses, "today", lambda: today() + timedelta(days=1))
    with pytest.raises(RoundClosed):
        responses.commit(sending)


def test_without_room_for_a_key_nothing_is_acknowledged(context, caplog) -> None:
    """The pupil is told, keeps the answers, and sends them again when there is room."""
    of, sent = make_round(), uuid4()
    folder = context.config["SETTINGS"].data / "pool"
    folder.rmdir()
    folder.touch()  # nothing can be written into it now
    with pytest.raises(StorageUnavailable):
        make_response(of, sent=sent)
    page = context.test_client().post("/e/autumn", data={"pets": "1", "response_id": sent})
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "No key can be written" in caplog.text
    folder.unlink()
    folder.mkdir()
    page = context.test_client().post("/e/autumn", data={"pets": "1", "response_id": sent})
    assert page.status_code == 303
    rounds.close_round("autumn")
    assert readable() == 1
