"""A login ends when it is ended, and by itself; what is known of it is little."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect

from survey_app.actions import accounts
from survey_app.actions.calendar import today
from survey_app.actions.logins import browser_of
from survey_app.store.database import db, writing
from survey_app.store.logins import Login
from tests.survey_app.conftest import EMAIL, PASSWORD, token

HOME, COOKIE = "/rounds/", "session"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def log_in(app, **more: str) -> FlaskClient:
    """Give another browser of the coordinator's."""
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    data = {"email": EMAIL, "password": PASSWORD, "csrf_token": token(client), **more}
    assert client.post("/login", data=data).status_code == 302
    return client


def is_in(client: FlaskClient) -> bool:
    """Tell whether the coordinator's pages open."""
    return client.get(HOME).status_code == 200


def copy_of(client: FlaskClient) -> FlaskClient:
    """Give a browser with a copy of another's cookie."""
    cookie, other = client.get_cookie(COOKIE), client.application.test_client()
    assert cookie is not None
    other.environ_base["HTTP_USER_AGENT"] = FIREFOX
    other.set_cookie(COOKIE, cookie.value)
    return other


def age(client: FlaskClient, name: str, by: timedelta) -> None:
    """Make a login older."""
    with client.session_transaction() as session:
        session["login"] = {
            **session["login"],
            name: session["login"][name] - int(by.total_seconds()),
        }


def test_a_copied_cookie_is_dead_after_the_logout(app, coordinator) -> None:
    """Whoever took it from the shared computer has nothing."""
    client = log_in(app)
    copy = copy_of(client)
    assert is_in(copy)
    client.post("/logout", data={"csrf_token": token(client, HOME)})
    assert not is_in(copy)
    assert is_in(log_in(app))


@pytest.mark.parametrize(
    ("name", "by", "stays"),
    [
        ("seen", timedelta(minutes=119), True),
        ("seen", timedelta(minutes=121), False),
        ("began", timedelta(hours=11, minutes=59), True),
        ("began", timedelta(hours=12, minutes=1), False),
    ],
)
def test_a_login_ends_by_itself(app, coordinator, name, by, stays) -> None:
    """After two hours without use, and after twelve in any case."""
    client = log_in(app)
    age(client, name, by)
    assert is_in(client) is stays


def test_use_keeps_a_login_alive(app, coordinator) -> None:
    """The cookie says when it was used last."""
    client = log_in(app)
    for _ in range(3):
        age(client, "seen", timedelta(minutes=90))
        assert is_in(client)


def test_no_cookie_outlives_the_login(app, coordinator) -> None:
    """The form of Flask-Security would remember a browser for a year when asked to."""
    client = log_in(app, remember="y")
    client.delete_cookie(COOKIE)
    assert not is_in(client)


def test_only_days_and_the_browsers_family_are_kept(app, coordinator) -> None:
    """No address, no time, no version; and the key in the cookie is not in the table."""
    client = log_in(app)
    with client.session_transaction() as session:
        key = session["login"]["key"]
    with app.app_context():
        columns = {column["name"] for column in inspect(db.engine).get_columns("login")}
        kept = db.session.query(Login).filter(Login.browser.contains("Firefox")).one()
        assert (kept.browser, kept.id == key) == ("Firefox, Windows", False)
    assert columns == {"id", "account_id", "browser", "first_on", "last_on"}


def test_the_days_of_use_are_noted_and_old_logins_forgotten(app, coordinator) -> None:
    """The list says what it needs to, and the table does not become a diary."""
    client = log_in(app)
    with app.app_context(), writing():
        for each in db.session.query(Login):
            each.first_on = each.last_on = each.last_on - timedelta(days=3)
    assert is_in(client)
    log_in(app)
    with app.app_context():
        found = db.session.query(Login).order_by(Login.first_on).all()
        assert [each.last_on for each in found] == [today()] * 2
        assert found[0].first_on < found[1].first_on


def test_one_or_all_other_browsers_are_logged_out(app, coordinator) -> None:
    """From the page of one's own account; the browser in use stays."""
    first, second, third = log_in(app), log_in(app), log_in(app)
    page = first.get("/account/").get_data(as_text=True)
    with second.session_transaction() as session:
        login_id = sha256(session["login"]["key"].encode()).hexdigest()
    assert f"/account/logins/{login_id}/end" in page
    data = {"csrf_token": token(first, HOME)}
    first.post(f"/account/logins/{login_id}/end", data=data)
    assert [is_in(each) for each in (first, second, third)] == [True, False, True]
    first.post("/account/logins/end", data=data)
    assert [is_in(each) for each in (first, third)] == [True, False]


def test_others_logins_cannot_be_ended(app, coordinator) -> None:
    """An id that leaked is no key to it."""
    with app.app_context():
        theirs = db.session.query(Login.id).scalar()
        accounts.create("b@demo.example", ["coordinator"], PASSWORD)
    other = app.test_client()
    data = {"email": "b@demo.example", "password": PASSWORD, "csrf_token": token(other)}
    other.post("/login", data=data)
    other.post(f"/account/logins/{theirs}/end", data={"csrf_token": token(other, HOME)})
    assert coordinator.get(HOME).status_code == 200


def test_what_is_not_there_sets_no_cookie(visitor) -> None:
    """A mistyped address is no visit."""
    assert "Set-Cookie" not in visitor.get("/nope").headers
    assert "Set-Cookie" not in visitor.post("/nope").headers


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0", "Edge, Linux"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPad"),
        ("curl/8", "?, ?"),
    ],
)  # fmt: skip
def test_a_browser_is_named_by_family_and_device(agent, name) -> None:
    """What its owner recognises, and nothing finer."""
    assert browser_of(agent) == name
