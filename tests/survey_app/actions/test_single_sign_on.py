"""People whom a provider lets in at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from survey_app.actions import responses, single_sign_on
from survey_app.actions.single_sign_on import Person
from survey_app.provider import Granted, Provider
from survey_app.store.database import db
from survey_app.store.identities import Identity
from survey_app.store.models import Account
from tests.factories import make_app

PROVIDER = Provider(
    issuer="https://login.example",
    client_id="survey",
    secret="secret",
    label="Stadens inloggning",
    email_claim="email",
    roles_claim="roles",
    scopes="openid email",
    trusts_email=False,
    mapping={"leaders": Granted(frozenset({"coordinator"}))},
    strong=frozenset(),
    takes_passwords=True,
)
ANNA = Person("subject-1", "anna@stad.example", is_confirmed=True, words=["leaders"])
MEETING = 0.5  # seconds in which both get there, unless one waits for the other before


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_first_logins_of_one_person_make_one_account(
    tmp_path, database, request, monkeypatch
) -> None:
    """Two tabs, or an impatient second click: neither is an error."""
    if database == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
        monkeypatch.setenv("DATABASE_URL", url)
    app = make_app(tmp_path / "data")
    both, look = threading.Barrier(2), single_sign_on._linked

    def look_at_the_same_time(person: Person, provider: Provider) -> Account | None:
        found = look(person, provider)
        with suppress(threading.BrokenBarrierError):
            both.wait(MEETING)
        return found

    monkeypatch.setattr(single_sign_on, "_linked", look_at_the_same_time)

    def come(_: int) -> tuple[int, list[str]]:
        with app.app_context():
            account = single_sign_on.enter(ANNA, PROVIDER)
            return account.id, [role.name for role in account.roles]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(come, range(2))
    assert first == second == (first[0], ["coordinator"])
    with app.app_context():
        assert (db.session.query(Account).count(), db.session.query(Identity).count()) == (1, 1)
    responses.close(app)
