"""Logging in: the right password only, and no telling who has an account."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect

from survey_app.account.login import WRONG
from survey_app.actions import accounts
from survey_app.actions.errors import AccountTaken, EmailInvalid
from survey_app.store.database import db
from survey_app.store.models import Account
from tests.survey_app.conftest import EMAIL, PASSWORD, swedish, token


def log_in(client, email=EMAIL, password=PASSWORD, address="/login"):
    """Try to log in."""
    data = {"email": email, "password": password, "csrf_token": token(client)}
    return client.post(address, data=data)


@pytest.fixture
def account(app) -> None:
    """Make the account."""
    with app.app_context():
        accounts.create(EMAIL, ["coordinator"], PASSWORD)


def test_the_right_password_leads_to_the_page_that_was_asked_for(visitor, account) -> None:
    """A bookmark works."""
    asked = visitor.get("/rounds/new")
    response = log_in(visitor, address=asked.location)
    assert response.status_code == 302
    assert response.location.endswith("/rounds/new")


def test_letters_case_of_the_address_does_not_matter(visitor, account) -> None:
    """Tablets begin with a capital letter."""
    assert log_in(visitor, email=EMAIL.capitalize()).status_code == 302


@pytest.mark.parametrize(
    "data",
    [
        {"password": "wrong"},
        {"email": "nobody@demo.example"},
        {"email": "no address"},
        {"email": "", "password": ""},
    ],
)
def test_nothing_tells_whether_an_account_exists(app, visitor, account, data) -> None:
    """A guesser learns no names."""
    response = log_in(visitor, **data)
    assert response.status_code == 200
    page = response.get_data(as_text=True)
    assert page.count(swedish(app, WRONG)) == 1
    assert page.count('role="alert"') == 1


def test_logging_out_ends_the_session(coordinator) -> None:
    """The next one at the computer is unknown."""
    assert coordinator.get("/rounds/").status_code == 200
    coordinator.post("/logout", data={"csrf_token": token(coordinator, "/rounds/")})
    assert coordinator.get("/rounds/").status_code == 302


def test_a_login_does_not_lead_to_another_server(visitor, account) -> None:
    """A link in a mail cannot send staff to a copy of this page."""
    response = log_in(visitor, address="/login?next=https://evil.example/")
    assert "evil" not in (response.location or "")


def test_guessing_a_password_is_slowed_down(visitor, account) -> None:
    """Eleven wrong guesses a minute are one too many, and the right one must wait then."""
    statuses = [log_in(visitor, password="wrong").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert log_in(visitor).status_code == 429
    assert log_in(visitor, email="other@demo.example").status_code == 200


def test_another_spelling_of_the_address_gives_no_more_guesses(visitor, account) -> None:
    """The login finds the same account by wide letters, so the limit must count it as the same."""
    for _ in range(10):
        log_in(visitor, password="wrong")
    wide = EMAIL.replace("demo", "\uff44\uff45\uff4d\uff4f")
    assert log_in(visitor, email=wide).status_code == 429


def test_many_may_log_in_from_one_address(app, account) -> None:
    """A town hall has one."""
    statuses = [log_in(app.test_client()).status_code for _ in range(15)]
    assert statuses == [302] * 15


def test_a_password_is_kept_hashed(context) -> None:
    """Whoever reads the database cannot log in."""
    password = accounts.create(EMAIL, ["coordinator"])
    kept = db.session.query(Account).one()
    assert kept.password is not None
    assert kept.password.startswith("$argon2id$")
    assert password not in kept.password
    assert len(password) >= 20


def test_a_login_leaves_no_trace(app, coordinator) -> None:
    """The accounts table has no time and no address to fill."""
    with app.app_context():
        columns = {column["name"] for column in inspect(db.engine).get_columns("account")}
    factor = {"tf_primary_method", "tf_totp_secret", "tf_last_counter", "mf_recovery_codes"}
    known = {"id", "email", "password", "active", "closed_on", "fs_uniquifier"}
    known |= {"fs_webauthn_user_handle"}  # what passkeys call it: made by chance
    assert columns - factor == known


def test_an_address_has_one_account(context) -> None:
    """In whatever letters."""
    accounts.create(EMAIL, ["coordinator"])
    with pytest.raises(AccountTaken):
        accounts.create(EMAIL.upper(), ["administrator"])
    with pytest.raises(EmailInvalid):
        accounts.create("no address", ["coordinator"])
