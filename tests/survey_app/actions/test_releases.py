"""Releases: who goes with whom, what waits, and what becomes of keys and codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from survey_app.actions import releaser, releases, responses, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import CodeMissing, CodeUnknown, CodeUsed
from survey_app.actions.rounds import Dates
from survey_app.store import pool, queries
from survey_app.store.database import db, writing
from survey_app.store.models import Receipt, Response, Round
from survey_app.store.releasing import Outcome
from survey_app.store.waiting import EntryCode, Pool, Waiting
from tests.factories import make_answers, make_app, make_response, make_round


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def context(tmp_path, monkeypatch, request):
    """Give the context of an app with either database."""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        monkeypatch.setenv("DATABASE_URL", server.new_database())
    app = make_app(tmp_path / "data")
    with app.app_context():
        yield app
    responses.close(app)


def key_files(app: Flask) -> list[Path]:
    """Give the files of keys."""
    return sorted((app.config["SETTINGS"].data / "pool").iterdir())


def make_codes(of: Round, *districts: str | None) -> list[str]:
    """Give a round entry codes, one for each district named; give their hashes."""
    hashes = [uuid4().hex * 2 for _ in districts]
    rows = [
        {"round_id": of.id, "hash": code, "district": district, "used": False}
        for code, district in zip(hashes, districts, strict=True)
    ]
    with writing():
        db.session.execute(insert(EntryCode), rows)
        db.session.execute(update(Round).values(codes_required=True))
    return hashes


def answer(of: Round, codes: Sequence[str | None]) -> None:
    """Answer once with each code."""
    for code in codes:
        responses.store(of.id, of.version_id, make_answers(), uuid4(), code)


def release(of: Round) -> Outcome:
    """Release what may go."""
    return releaser.release_waiting([of.id])[of.id]


def shown() -> Counter[str | None]:
    """Count the responses that can be read by district."""
    db.session.rollback()
    return Counter(db.session.scalars(select(Response.district)))


def test_four_wait_and_five_go(context) -> None:
    """Nobody is alone in a batch."""
    made = make_round()
    answer(made, [None] * 4)
    assert release(made) == Outcome(0, 4)
    answer(made, [None])
    assert release(made) == Outcome(5, 0)
    assert key_files(context) == []


def test_the_rest_goes_when_the_round_is_closed(context) -> None:
    """Whoever was last counts too."""
    made = make_round()
    answer(made, [None] * 3)
    assert len(key_files(context)) == 1
    rounds.close_round(made.name)
    assert shown().total() == queries.response_count(made.id) == 3
    assert key_files(context) == []
    assert releases.is_small(rounds.find("autumn"), 3)


def test_the_rest_goes_when_the_last_day_has_passed(context) -> None:
    """Nobody has to press a button."""
    made = make_round(dates=Dates(locks=today()))
    answer(made, [None] * 2)
    assert releases.release_ended() == []
    with writing():
        rounds.find("autumn").locks = today() - timedelta(days=1)
    assert releases.release_ended() == ["autumn"]
    assert shown().total() == 2


def test_a_district_goes_along_only_with_ten_of_its_own(context) -> None:
    """Nine from a small district would show whose they are; nor may one join ten alone."""
    made = make_round()
    many, few = (make_codes(made, *[name] * count) for name, count in (("A", 14), ("B", 4)))
    answer(made, many[:9])
    assert release(made) == Outcome(0, 9)
    answer(made, [many[9], *few])
    assert release(made) == Outcome(10, 4)
    answer(made, many[10:])
    assert release(made) == Outcome(0, 8)
    assert shown() == {"A": 10}


def test_a_few_without_district_do_not_show_by_having_none(context) -> None:
    """At the end the smallest districts join them, until they are ten."""
    made = make_round()
    codes = make_codes(made, *["A"] * 12, *["B"] * 10, "C")
    answer(made, codes)
    rounds.close_round("autumn")
    assert shown() == {"A": 12, None: 11}


def test_a_code_lets_one_answer_in(context) -> None:
    """While it waits, and after its release; the same sending again is no second answer."""
    made = make_round()
    first, *others = make_codes(made, *[None] * 5)
    sent = uuid4()
    ids = (made.id, made.version_id, make_answers())
    for _ in range(2):
        responses.store(*ids, sent, first)
    with pytest.raises(CodeUsed):
        responses.store(*ids, uuid4(), first)
    answer(made, others)
    assert release(made) == Outcome(5, 0)
    responses.store(*ids, sent, first)
    for code, error in ((first, CodeUsed), ("0" * 64, CodeUnknown), (None, CodeMissing)):
        with pytest.raises(error):
            responses.store(*ids, uuid4(), code)
    assert queries.response_count(made.id) == 5
    assert len(db.session.scalars(select(Receipt)).all()) == 5


def test_a_code_is_flagged_with_its_batch_and_means_nothing_without_the_key(context) -> None:
    """Between sending and release only the key's file can tell which codes were used."""
    made = make_round()
    codes = make_codes(made, *[None] * 6)
    answer(made, codes[:4])
    keys = releases.keys_of(context)

    def used() -> list[bool | None]:
        with db.engine.connect() as connection:
            return [pool.is_used(connection, keys, made.id, code) for code in codes]

    assert used() == [True] * 4 + [False] * 2
    assert not db.session.scalars(select(EntryCode.used)).all().count(True)
    claims = set(db.session.scalars(select(Waiting.claim)))
    answer(made, codes[4:])
    release(made)
    assert used() == [True] * 6
    assert db.session.scalars(select(EntryCode.used)).all() == [True] * 6
    assert claims.isdisjoint(codes)


def test_what_waits_longer_is_sealed_anew(context) -> None:
    """Neither its row nor its claim nor its bytes stay what they were."""
    made = make_round()
    answer(made, make_codes(made, "B", *[None] * 5)[::-1])
    before = db.session.execute(select(Waiting.key, Waiting.sealed, Waiting.claim)).all()
    old_key = db.session.scalar(select(Pool.key_id))
    assert release(made) == Outcome(5, 1)
    db.session.rollback()
    after = db.session.execute(select(Waiting.key, Waiting.sealed, Waiting.claim)).one()
    assert all(set(after).isdisjoint(row) for row in before)
    assert [path.stem for path in key_files(context)] == [db.session.scalar(select(Pool.key_id))]
    assert key_files(context)[0].stem != old_key


def test_a_missing_key_is_said_and_stops_nothing(context, caplog) -> None:
    """Those that came after can still be read."""
    made = make_round()
    answer(made, [None] * 2)
    for path in key_files(context):
        path.unlink()
    context.extensions[releases.KEYS].destroy_all_but(())
    answer(made, [None] * 5)
    assert release(made) == Outcome(5, 0, unreadable=2)
    assert "2 waiting answers of round" in caplog.text
    rounds.close_round("autumn")
    assert shown().total() == 5
    assert queries.response_count(made.id) == 7


def test_a_changed_row_keeps_no_key_alive(context) -> None:
    """Whoever spoils a row in the database does not save the key of all others."""
    made = make_round()
    answer(made, [None] * 6)
    db.session.rollback()
    spoilt = db.session.scalars(select(Waiting.key)).first()
    with writing():
        db.session.execute(update(Waiting).where(Waiting.key == spoilt).values(sealed=b"0" * 99))
    assert release(made) == Outcome(5, 0, unreadable=1)
    assert key_files(context) == []


def test_keys_without_need_go_and_others_stay(context) -> None:
    """A crash between commit and removal leaves a file; the next start destroys it."""
    made = make_round()
    answer(made, [None])
    needed = key_files(context)
    releases.keys_of(context).make()
    assert len(key_files(context)) == 2
    releases.forget()
    assert key_files(context) == needed
    assert [path.stat().st_mode & 0o777 for path in needed] == [0o600]
    assert needed[0].parent.stat().st_mode & 0o777 == 0o700
    with writing():
        db.session.execute(update(Pool).values(key_id=None))
    releases.forget()
    assert key_files(context) == needed
    with writing():
        db.session.execute(delete(Waiting))
    releases.forget()
    assert key_files(context) == []


@pytest.mark.parametrize("context", ["sqlite"], indirect=True)
def test_the_database_holds_no_key_and_no_word_of_what_waits(context) -> None:
    """A copy of SQLite's files is worth nothing without the folder of keys."""
    made = make_round()
    make_response(made, make_answers(many="4711174711"), uuid4())
    data = context.config["SETTINGS"].data
    held = b"".join(path.read_bytes() for path in data.glob("survey.sqlite*"))
    assert b"4711174711" not in held
    assert key_files(context)[0].read_bytes() not in held
