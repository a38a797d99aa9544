"""Staff who write at the same moment, on PostgreSQL: each finds what the other has written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from flask import Flask
from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import select

from survey_app.actions import accounts, responses, rounds, xforms
from survey_app.actions.returns import saving
from survey_app.actions.returns.saving import ReturnChanged, Sent
from survey_app.store.database import db
from survey_app.store.models import AccountRole
from tests.factories import make_app, weaken_passwords
from tests.survey_app.actions.returns.reports import PUPIL, make_city, make_report

MEETING = 0.5  # seconds in which both get there, unless one waits for the other before


@pytest.fixture(scope="module")
def app(tmp_path_factory, postgresql) -> Iterator[Flask]:
    """Give an app on PostgreSQL."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", postgresql.new_database())
        made = make_app(tmp_path_factory.mktemp("writing") / "data")
        weaken_passwords(made)
        yield made
        responses.close(made)


@pytest.fixture
def at_once(app, monkeypatch) -> Callable[..., list[object]]:
    """Give a way to do two things at once that both read before either writes, if they can."""

    def do(owner: object, reading: str, *acts: Callable[[], object]) -> list[object]:
        both, read = threading.Barrier(len(acts)), getattr(owner, reading)

        def meet(*args, **more):
            found = read(*args, **more)
            with suppress(threading.BrokenBarrierError):
                both.wait(MEETING)
            return found

        def run(act: Callable[[], object]) -> object:
            with app.app_context():
                try:
                    return act()
                except Exception as error:  # noqa: BLE001 - what became of each is the question
                    return type(error)

        with monkeypatch.context() as patched, ThreadPoolExecutor(len(acts)) as pool:
            patched.setattr(owner, reading, meet)
            return list(pool.map(run, acts))

    return do


def test_the_first_two_accounts_of_a_role_can_be_made_at_once(app, at_once) -> None:
    """Two coordinators make accounts for their new coders: neither is an error."""

    def made(email: str) -> Callable[[], object]:
        return lambda: bool(accounts.create(email, ["coder"]))

    found = at_once(
        SQLAlchemyUserDatastore, "find_role", made("a@demo.example"), made("b@demo.example")
    )
    assert found == [True, True]
    with app.app_context():
        assert db.session.scalars(select(AccountRole.name)).all() == ["coder"]
        assert len(accounts.listing()) == 2


def test_of_two_who_save_one_return_the_second_is_told(app, at_once, monkeypatch) -> None:
    """Whoever looks at the same revision may not overwrite what the other has just written."""
    monkeypatch.setattr(xforms, "prepare", lambda _: None)  # the compiler takes its time
    with app.app_context():
        make_city()
        make_report()
        saving.save(rounds.find("report-2025-10"), PUPIL, Sent(0, {}), "first@demo.example")

    def saved(account: str) -> Callable[[], object]:
        sent = Sent(1, {})
        return lambda: saving.save(rounds.find("report-2025-10"), PUPIL, sent, account).revision

    found = at_once(saving, "find", saved("first@demo.example"), saved("other@demo.example"))
    assert sorted(found, key=str) == [2, ReturnChanged]
