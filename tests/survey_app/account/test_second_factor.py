"""A second factor: asked of those who could open much, set up at the first login."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import update

from survey_app.account.second_factor import WRONG_CODE
from survey_app.actions import accounts, responses
from survey_app.settings import DEMO_FILE, FactorDuty
from survey_app.store.database import db
from survey_app.store.models import Account
from tests.factories import make_app, weaken_passwords
from tests.survey_app.conftest import EMAIL, PASSWORD, swedish, token

HOME = "/rounds/"


@pytest.fixture(autouse=True)
def _asked_by_role(app) -> None:
    ask(app, FactorDuty.ROLES)
    with app.app_context():
        accounts.create(EMAIL, ["coordinator", "interviewer"], PASSWORD)


def ask(app, duty: FactorDuty | None) -> None:
    """Set of whom a second factor is asked."""
    settings = app.config["SETTINGS"]
    object.__setattr__(settings, "second_factor", duty)


def send(client: FlaskClient, address: str, **data: str):
    """Fill in a page's form."""
    return client.post(address, data={**data, "csrf_token": token(client, address)})


def log_in(client: FlaskClient, email: str = EMAIL):
    """Give the password."""
    return send(client, "/login", email=email, password=PASSWORD)


def set_up(client: FlaskClient) -> TOTP:
    """Set up an app after the password; it gives the codes of any time."""
    assert log_in(client).location == "/second-factor/setup"
    page = send(client, "/second-factor/setup", setup="authenticator").get_data(as_text=True)
    assert 'src="data:image/svg+xml' in page
    key = re.search(r"<code>([A-Z2-7-]+)</code>", page)
    assert key
    made = TOTP(key[1])
    answer = enter(client, code_of(made))
    assert answer.status_code == 302
    return made


def code_of(made: TOTP, later: int = 0) -> str:
    """Give the code of now, or of some seconds later: a clock may be wrong by thirty."""
    return str(made.generate(time.time() + later).token)


def enter(client: FlaskClient, code: str, address: str = "/second-factor"):
    """Type a code, in the middle of a login or later."""
    page = HOME if is_in(client) else "/second-factor"
    return client.post(address, data={"code": code, "csrf_token": token(client, page)})


def is_in(client: FlaskClient) -> bool:
    """Tell whether the coordinator's pages open."""
    return client.get(HOME).status_code == 200


def test_a_password_alone_opens_nothing(visitor) -> None:
    """Neither pages, nor the pages of Flask-Security that need a login, nor the devices' door."""
    log_in(visitor)
    assert not is_in(visitor)
    assert visitor.get("/second-factor/recovery-codes").status_code == 302
    assert visitor.get("/second-factor").location == "/login"  # none is set up to be right
    device = visitor.get("/openrosa/formList", auth=(EMAIL, PASSWORD))
    assert device.status_code == 403


def test_the_app_that_was_set_up_is_asked_at_each_login(app, visitor) -> None:
    """And a code opens once: whoever looks over a shoulder comes too late."""
    made = set_up(visitor)
    assert is_in(visitor)
    used, other = code_of(made), app.test_client()
    assert log_in(other).location.startswith("/second-factor?")
    again = enter(other, used)
    assert swedish(app, WRONG_CODE) in again.get_data(as_text=True)
    assert not is_in(other)
    assert enter(other, code_of(made, later=30)).status_code == 302
    assert is_in(other)


def test_another_accounts_code_is_none(app, visitor) -> None:
    """Each account has a secret of its own, kept sealed."""
    made = set_up(visitor)
    with app.app_context():
        accounts.create("b@demo.example", ["coordinator"], PASSWORD)
        kept = db.session.query(Account).filter_by(email=EMAIL).one()
        secret, codes = str(kept.tf_totp_secret), kept.mf_recovery_codes
    assert made.base32_key not in secret
    assert codes is None
    other = app.test_client()
    log_in(other, "b@demo.example")
    send(other, "/second-factor/setup", setup="authenticator")
    assert enter(other, code_of(made)).status_code == 200
    assert not is_in(other)


def test_codes_cannot_be_guessed(app, visitor) -> None:
    """Ten wrong ones, and the right one has to wait too."""
    made = set_up(visitor)
    guesser = app.test_client()
    log_in(guesser)
    statuses = [enter(guesser, f"{number:06}").status_code for number in range(11)]
    assert statuses == [200] * 10 + [429]
    again = app.test_client()
    log_in(again)
    assert enter(again, code_of(made, later=30)).status_code == 429


def test_a_recovery_code_works_once(app, visitor) -> None:
    """For a lost telephone; the table has none that could be read."""
    set_up(visitor)
    page = send(visitor, "/second-factor/recovery-codes").get_data(as_text=True)
    codes = re.findall(r"<li><code>([0-9a-f-]+)</code>", page)
    assert len(codes) == 8
    assert codes[0] not in visitor.get("/second-factor/recovery-codes").get_data(as_text=True)
    with app.app_context():
        assert codes[0] not in str(db.session.query(Account.mf_recovery_codes).scalar())
    for expected in (302, 200):
        other = app.test_client()
        log_in(other)
        found = send(other, "/second-factor/recovery", code=codes[0])
        assert found.status_code == expected
        assert is_in(other) == (expected == 302)


def test_the_password_is_asked_before_the_factor_is_changed(app, visitor) -> None:
    """An open desk does not give somebody else's telephone the key."""
    made = set_up(visitor)
    with visitor.session_transaction() as session:
        session["fs_paa"] -= 3_600
    asked = visitor.get("/second-factor/setup")
    assert asked.location.startswith("/password-again")
    wrong = send(visitor, asked.location, password="wrong")
    assert wrong.status_code == 200
    assert send(visitor, asked.location, password=PASSWORD).status_code == 302
    page = send(visitor, "/second-factor/setup", setup="authenticator").get_data(as_text=True)
    address = re.search(r'action="(/second-factor/setup/[^"]+)"', page)
    key = re.search(r"<code>([A-Z2-7-]+)</code>", page)
    assert address
    assert key
    assert key[1].replace("-", "") != made.base32_key
    assert enter(visitor, "000000", address[1]).location == "/second-factor/setup"
    # The code of a later step: this account's codes of the present one may have been used.
    answer = enter(visitor, code_of(TOTP(key[1]), later=30), address[1])
    assert answer.location == "/second-factor/recovery-codes"


def test_who_must_have_one_cannot_do_without(visitor) -> None:
    """The page does not offer it, and a forged form is refused."""
    set_up(visitor)
    assert send(visitor, "/second-factor/setup", setup="disable").status_code == 200
    assert visitor.get("/second-factor/setup").status_code == 200
    with visitor.application.app_context():
        assert db.session.query(Account).one().has_second_factor


@pytest.mark.parametrize(
    ("duty", "role", "is_asked"),
    [
        (FactorDuty.ROLES, "administrator", True),
        (FactorDuty.ROLES, "team_member", False),
        (FactorDuty.ALL, "team_member", True),
        (FactorDuty.OFF, "coordinator", False),
    ],
)
def test_it_is_asked_of_those_whom_the_setting_names(app, visitor, duty, role, is_asked) -> None:
    """By role; of all; or of nobody."""
    ask(app, duty)
    with app.app_context():
        accounts.create("x@demo.example", [role], PASSWORD)
    location = log_in(visitor, "x@demo.example").location
    assert location == ("/second-factor/setup" if is_asked else "/")


def test_only_the_demo_goes_without_unasked(app) -> None:
    """What is invented needs no telephone; a real installation has to say so to be without."""
    settings = replace(app.config["SETTINGS"], second_factor=None)
    before = settings.second_factor_now
    (settings.data / DEMO_FILE).touch()
    assert (before, settings.second_factor_now) == (FactorDuty.ROLES, FactorDuty.OFF)


@pytest.fixture
def other_database(tmp_path, monkeypatch, postgresql) -> Iterator[Flask]:
    """Give an app on PostgreSQL with the coordinator."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    made = make_app(tmp_path / "other")
    weaken_passwords(made)
    ask(made, FactorDuty.ROLES)
    with made.app_context():
        accounts.create(EMAIL, ["coordinator"], PASSWORD)
    yield made
    responses.close(made)


def test_of_two_who_come_at_once_with_one_code_one_gets_in(other_database) -> None:
    """PostgreSQL lets both read before either has written, unless the second has to wait."""
    made = set_up(other_database.test_client())
    second = other_database.test_client()
    log_in(second)
    code = code_of(made, later=30)
    data = {"code": code, "csrf_token": token(second, "/second-factor")}
    with other_database.app_context(), db.engine.connect() as first, ThreadPoolExecutor() as pool:
        step = int(time.time() + 30) // 30
        first.execute(update(Account).values(tf_last_counter=step))
        waiting = pool.submit(second.post, "/second-factor", data=data)
        wait([waiting], timeout=1)
        first.commit()
        assert waiting.result().status_code == 200
    assert not is_in(second)
