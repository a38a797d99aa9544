"""A weak hash is renewed at login, whoever else is writing."""

from __future__ import annotations

import sqlite3

from sqlalchemy import event

from survey_app.actions import accounts
from survey_app.store.database import db
from survey_app.store.models import Account
from tests.factories import weaken_passwords
from tests.survey_app.conftest import EMAIL, PASSWORD, token


def hash_kept() -> str:
    """Read the account's hash."""
    return str(db.session.query(Account.password).scalar())


def test_a_weak_hash_is_renewed_although_others_write(app, visitor) -> None:
    """A login that had only read could not have written after somebody else's commit."""
    with app.app_context():
        accounts.create(EMAIL, ["coordinator"], PASSWORD)
        engine, weak = db.engine, hash_kept()
    weaken_passwords(app, time_cost=2)
    data = {"email": EMAIL, "password": PASSWORD, "csrf_token": token(visitor)}

    @event.listens_for(engine, "after_cursor_execute")
    def write_elsewhere(_connection, _cursor, statement: str, *_: object) -> None:
        if statement.startswith("SELECT account."):
            with sqlite3.connect(str(engine.url.database)) as other:
                other.execute("INSERT INTO role (name) VALUES (hex(randomblob(8)))")

    assert visitor.post("/login", data=data).status_code == 302
    event.remove(engine, "after_cursor_execute", write_elsewhere)
    with app.app_context():
        renewed = hash_kept()
    assert "t=1" in weak
    assert "t=2" in renewed
