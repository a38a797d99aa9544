"""Storing: once, whole, or not at all."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from survey_app.actions import responses, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import (
    RoundClosed,
    RoundNotYetOpen,
    RoundUnknown,
    StorageUnavailable,
)
from survey_app.actions.rounds import Dates
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Receipt, Response
from tests.factories import make_answers, make_response, make_round, release


def in_threads(app, count, work) -> list[BaseException | None]:
    """Run `work(number)` in threads that begin together; give what each raised."""
    together = threading.Barrier(min(count, 20))

    def run(number: int) -> None:
        with app.app_context():
            if number < together.parties:
                together.wait(5)
            work(number)

    with ThreadPoolExecutor(20) as pool:
        return [each.exception() for each in [pool.submit(run, n) for n in range(count)]]


def test_what_was_said_is_kept_as_it_was_said(context) -> None:
    """Left empty differs from not asked."""
    make_response(make_round(), make_answers(pets="1"))
    release("autumn")
    kept = db.session.scalars(select(Response)).one()
    assert (kept.answers, kept.asked) == ({"pets": "1"}, ["many", "pets"])


def test_twenty_identical_sendings_store_one(app) -> None:
    """A tablet that sends again and again counts once."""
    with app.app_context():
        round_ = make_round()
        ids, sent = (round_.id, round_.version_id), uuid4()
    errors = in_threads(app, 20, lambda _: responses.store(*ids, make_answers(), sent))
    with app.app_context():
        assert errors == [None] * 20
        assert queries.response_count(ids[0]) == 1


def test_two_hundred_different_sendings_store_two_hundred(app) -> None:
    """A whole school at once loses nobody."""
    with app.app_context():
        round_ = make_round()
        ids = (round_.id, round_.version_id)
    errors = in_threads(
        app, 200, lambda n: responses.store(*ids, make_answers(many=str(n)), uuid4())
    )
    with app.app_context():
        assert errors == [None] * 200
        release("autumn")
        said = {answers["many"] for answers in db.session.scalars(select(Response.answers))}
        assert said == {str(number) for number in range(200)}


def test_without_an_id_every_sending_counts(context) -> None:
    """A browser without a script makes no id; two pupils may say the same."""
    round_ = make_round()
    for _ in range(2):
        make_response(round_)
    assert queries.response_count(round_.id) == 2
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 0


def test_one_id_may_answer_two_rounds(context) -> None:
    """A receipt belongs to its round."""
    sent = uuid4()
    made = [make_round("first"), make_round("second")]
    for round_ in made:
        make_response(round_, sent=sent)
    assert [queries.response_count(round_.id) for round_ in made] == [1, 1]


def test_the_receipt_and_the_answer_share_nothing(context) -> None:
    """Whoever has the tables and the tablet's own id finds no answer with them."""
    round_, sent = make_round(), uuid4()
    make_response(round_, sent=sent)
    release("autumn")
    response, receipt = (
        db.session.scalars(select(Response)).one(),
        db.session.scalars(select(Receipt)).one(),
    )
    assert str(sent) not in (response.id, receipt.token)
    assert response.id not in receipt.token
    assert receipt.token != responses.token_of(round_.id + 1, sent)


def test_a_round_that_closed_while_someone_wrote_takes_nothing(context) -> None:
    """The page was opened in time, the sending came too late."""
    round_ = make_round()
    found = rounds.find("autumn")
    rounds.close_round("autumn")
    with pytest.raises(RoundClosed):
        make_response(found, sent=uuid4())
    assert queries.response_count(round_.id) == 0
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 0


def test_a_round_closed_while_the_sending_waited_takes_nothing(app) -> None:
    """What decides is the moment of writing."""
    hold, entered = threading.Event(), threading.Event()
    with app.app_context():
        round_ = make_round()
        ids = (round_.id, round_.version_id)
    writer = app.extensions[responses.WRITER]

    def wait(connection) -> None:
        connection.exec_driver_sql("UPDATE round SET state = 'closed'")
        entered.set()
        hold.wait(5)

    def send() -> None:
        with app.app_context():
            responses.store(*ids, make_answers(), uuid4())

    with ThreadPoolExecutor(2) as pool:
        closing = pool.submit(writer.run, wait)
        entered.wait(5)
        sending = pool.submit(send)
        hold.set()
        closing.result(5)
        with pytest.raises(RoundClosed):
            sending.result(5)
    with app.app_context():
        assert queries.response_count(ids[0]) == 0


def test_a_refused_sending_may_come_again(context) -> None:
    """A refusal leaves no receipt: in an open round the same sending is new."""
    made, sent = make_round(is_open=False), uuid4()
    with pytest.raises(RoundNotYetOpen):
        make_response(made, sent=sent)
    make_response(rounds.open_round("autumn"), sent=sent)
    assert queries.response_count(made.id) == 1


def test_dates_open_and_close_a_round(context) -> None:
    """Nobody has to be at work on the first and the last day."""
    day = timedelta(days=1)
    early = make_round("early", dates=Dates(opens=today() + day))
    with pytest.raises(RoundNotYetOpen):
        make_response(early)
    make_response(make_round("now", dates=Dates(opens=today(), locks=today())))


def test_an_unknown_round_takes_nothing(context) -> None:
    """A made-up number is refused by name."""
    with pytest.raises(RoundUnknown):
        responses.store(99, 1, make_answers())


def test_a_writer_that_is_gone_is_an_error_with_a_page(app) -> None:
    """While the server stops, a pupil reads that the answer was not saved."""
    with app.app_context():
        round_ = make_round()
        responses.close(app)
        with pytest.raises(StorageUnavailable):
            make_response(round_)
