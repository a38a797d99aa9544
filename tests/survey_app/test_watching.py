"""Figures for whoever watches the server, which tell nothing about those who answer."""

from __future__ import annotations

import re

import pytest

from survey_app.audience import open_to_everyone
from survey_app.settings import load
from survey_app.settings_errors import SettingsInvalid
from tests.factories import make_response, make_round, release
from tests.survey_app.conftest import token

TOKEN = "a-token-of-twenty-letters"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def let_in(app, **settings: str) -> None:
    """Change settings of an app."""
    for name, value in settings.items():
        object.__setattr__(app.config["SETTINGS"], name, value)


@pytest.mark.parametrize(
    ("setting", "headers", "remote", "status"),
    [
        ("", BEARER, "127.0.0.1", 404),
        (TOKEN, {}, "127.0.0.1", 404),
        (TOKEN, {"Authorization": "Bearer other"}, "127.0.0.1", 404),
        (TOKEN, BEARER, "10.0.0.9", 200),
        ("loopback", {}, "127.0.0.1", 200),
        ("loopback", {}, "10.0.0.9", 404),
        ("loopback", {"X-Forwarded-For": "10.0.0.9"}, "127.0.0.1", 404),
    ],
)
def test_figures_are_for_whom_the_setting_lets_in(
    app, visitor, setting, headers, remote, status
) -> None:
    """Off unless asked for; a proxy on the same machine is not the machine."""
    let_in(app, metrics=setting)
    found = visitor.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": remote})
    assert found.status_code == status


def test_a_token_that_can_be_guessed_is_refused(tmp_path, monkeypatch) -> None:
    """With what would do."""
    monkeypatch.setenv("SURVEY_APP_METRICS", "short")
    with pytest.raises(SettingsInvalid, match="SURVEY_APP_METRICS"):
        load(tmp_path)


def test_no_figure_moves_when_pupils_answer(app, visitor) -> None:
    """A series of figures is no diary of arrivals: not as numbers, and not as work done."""
    let_in(app, metrics=TOKEN)
    with app.app_context():
        found = make_round()
        before = visitor.get("/metrics", headers=BEARER).data
        for _ in range(20):
            visitor.get("/e/autumn")
            visitor.post("/e/autumn", data={"pets": "1"})
            make_response(found)
        release("autumn")
    assert visitor.get("/metrics", headers=BEARER).data == before
    names = set(re.findall(r"^survey_app_\w+", before.decode(), re.MULTILINE))
    assert names == {
        "survey_app_staff_errors_total",
        "survey_app_free_bytes",
        "survey_app_accounts",
        "survey_app_logins_today",
    }
    assert not re.search(r"^(process|python)_", before.decode(), re.MULTILINE)


def test_wrong_passwords_are_counted(app, visitor) -> None:
    """Whoever watches sees an attack; not on whom."""
    let_in(app, metrics=TOKEN)
    for _ in range(2):
        data = {"email": "a@b.example", "password": "x", "csrf_token": token(visitor)}
        visitor.post("/login", data=data)
    found = visitor.get("/metrics", headers=BEARER).text
    assert 'survey_app_failed_logins_total{step="password"} 2.0' in found
    assert "b.example" not in found


def test_whom_to_tell_of_a_weakness(app, visitor) -> None:
    """As RFC 9116 wants it, once a contact is set."""
    assert visitor.get("/.well-known/security.txt").status_code == 404
    let_in(app, security_contact="mailto:it@stad.example", address="https://survey.example")
    found = visitor.get("/.well-known/security.txt")
    assert found.mimetype == "text/plain"
    fields = dict(line.split(": ", 1) for line in found.text.splitlines())
    assert fields["Contact"] == "mailto:it@stad.example"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", fields["Expires"])
    assert fields["Canonical"] == "https://survey.example/.well-known/security.txt"


def test_a_contact_is_an_address_of_its_own(tmp_path, monkeypatch) -> None:
    """A bare e-mail address would not be read."""
    monkeypatch.setenv("SURVEY_APP_SECURITY_CONTACT", "it@stad.example")
    with pytest.raises(SettingsInvalid, match="mailto:"):
        load(tmp_path)


def test_errors_are_counted_on_pages_of_staff_alone(app, visitor) -> None:
    """That a pupil met one says that a pupil was there."""
    let_in(app, metrics=TOKEN)
    broken = open_to_everyone(lambda: ("", 500))
    for address in ("/e/x/broken", "/broken"):
        app._got_first_request = False
        app.add_url_rule(address, address, broken)
        visitor.get(address)
    assert "survey_app_staff_errors_total 1.0" in visitor.get("/metrics", headers=BEARER).text
