"""Who may fetch and send: accounts and their devices, and nobody who guesses."""

from __future__ import annotations

import pytest

from survey_app.actions import accounts, tokens
from survey_app.audience import Role
from survey_app.store.database import db
from survey_app.store.models import Account
from tests.factories import make_round
from tests.survey_app.conftest import token as form_token
from tests.survey_app.openrosa.device import EMAIL, PASSWORD, Device, said

PATHS = ("/formList", "/forms/visits/form.xml", "/forms/visits/manifest.xml")


@pytest.fixture
def secret(app, device) -> str:
    """Make the device's token."""
    with app.app_context():
        return tokens.create(EMAIL, "tablet")


def with_token(app, secret: str) -> Device:
    """Give a device that has nothing but a secret address."""
    return Device(app.test_client(), f"/openrosa/token/{secret}", None)


@pytest.mark.parametrize(
    "auth",
    [None, (EMAIL, "wrong"), ("nobody@demo.example", PASSWORD), ("", ""), (EMAIL, "x" * 5_000)],
)
def test_whoever_is_unknown_is_asked_for_a_password(app, device, auth) -> None:
    """The challenge is what makes a device send one; nothing tells who has an account."""
    unknown = Device(app.test_client(), auth=auth)
    answers = [unknown.get(path) for path in PATHS] + [unknown.send(b"<x/>")]
    for response in answers:
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Basic realm=")
        assert "Set-Cookie" not in response.headers
    *looking, _sending = answers
    assert {response.data for response in looking} == {answers[0].data}


def test_no_other_kind_of_login_counts(app, device) -> None:
    """A bearer token is none of ours."""
    headers = {"Authorization": "Bearer abc"}
    assert app.test_client().get("/openrosa/formList", headers=headers).status_code == 401


def test_a_browsers_login_does_not_count(coordinator, device) -> None:
    """Another site cannot send forms in a coordinator's name."""
    assert coordinator.get("/openrosa/formList").status_code == 401
    assert coordinator.get("/rounds/").status_code == 200


def test_a_devices_password_opens_no_page(device) -> None:
    """The other way round neither."""
    assert device.client.get("/rounds/", auth=device.auth).status_code == 302


def test_a_coordinator_does_not_collect(app, device) -> None:
    """Being known is not enough; a person may have both roles."""
    with app.app_context():
        password = accounts.create("c@demo.example", [Role.COORDINATOR])
        both = accounts.create("d@demo.example", [Role.COORDINATOR, Role.INTERVIEWER])
    refused = Device(app.test_client(), auth=("c@demo.example", password)).get("/formList")
    assert refused.status_code == 403
    assert said(refused)
    assert Device(app.test_client(), auth=("d@demo.example", both)).forms()


def test_letters_case_of_the_address_does_not_matter(app, device) -> None:
    """Tablets begin with a capital letter."""
    assert Device(app.test_client(), auth=(EMAIL.capitalize(), PASSWORD)).forms()


def test_an_account_that_is_switched_off_collects_no_more(app, device, secret) -> None:
    """Neither by password nor by token."""
    with app.app_context():
        db.session.query(Account).filter_by(email=EMAIL).one().active = False
        db.session.commit()
    assert device.get("/formList").status_code == 401
    assert with_token(app, secret).get("/formList").status_code == 403


def test_guessing_a_password_is_slowed_down(app, device) -> None:
    """Eleven wrong guesses a minute are one too many; another account is not locked."""
    with app.app_context():
        other = accounts.create("e@demo.example", [Role.INTERVIEWER])
    wrong = Device(app.test_client(), auth=(EMAIL, "wrong"))
    statuses = [wrong.get("/formList").status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    assert device.get("/formList").status_code == 429
    assert Device(app.test_client(), auth=("e@demo.example", other)).forms()


def test_guessing_tokens_is_slowed_down(app, device, secret) -> None:
    """From one address, whatever is tried."""
    guesser = with_token(app, "x" * 43)
    assert [guesser.get("/formList").status_code for _ in range(61)] == [403] * 60 + [429]
    assert with_token(app, secret).get("/formList").status_code == 429


def test_right_passwords_are_not_slowed_down(device) -> None:
    """A device may fetch and send all day."""
    assert {device.get("/formList").status_code for _ in range(15)} == {200}


def test_a_token_opens_the_same_addresses(app, device, secret) -> None:
    """For devices that cannot log in; its list leads to addresses with it."""
    tablet = with_token(app, secret)
    (form,) = tablet.forms()
    assert form["downloadUrl"] == f"http://localhost{tablet.base}/forms/visits/form.xml"
    assert all(tablet.get(path).status_code == 200 for path in PATHS)
    assert (
        tablet.client.head(f"{tablet.base}/submission")
        .headers["Location"]
        .endswith(f"{tablet.base}/submission")
    )


@pytest.mark.parametrize("wrong", ["x", "x" * 43, "nope/more"])
def test_a_wrong_token_opens_nothing(app, device, secret, wrong) -> None:
    """And asks for no password, which would not help."""
    refused = with_token(app, wrong).get("/formList")
    assert refused.status_code in (403, 404)
    assert "WWW-Authenticate" not in refused.headers


def test_a_wrong_token_is_not_mended_by_a_right_password(app, device) -> None:
    """What is in the address counts."""
    assert Device(app.test_client(), "/openrosa/token/x").get("/formList").status_code == 403


def test_a_revoked_token_opens_nothing(app, device, secret) -> None:
    """A lost tablet is shut out, and the account's other devices go on."""
    with app.app_context():
        other = tokens.create(EMAIL, "other")
        tokens.revoke(EMAIL, "tablet")
    assert with_token(app, secret).get("/formList").status_code == 403
    assert with_token(app, other).forms()


def test_no_form_token_is_asked_of_devices(app, device) -> None:
    """They have no session to ride on; pages still ask."""
    assert device.send(b"nonsense").status_code == 400
    assert b"stays on the device" in device.send(b"nonsense").data
    page = app.test_client()
    assert form_token(page)
    assert page.post("/login", data={}).status_code == 400


def test_an_error_names_no_secret_in_the_log(app, device, secret, monkeypatch, caplog) -> None:
    """The address of a token is the token."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("survey_app.openrosa.views.xforms.offered", broken)
    assert with_token(app, secret).get("/formList").status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert secret not in caplog.text


def test_the_enkat_is_still_without_accounts(app, device) -> None:
    """Even when a device sends a password there."""
    with app.app_context():
        make_round("enkat")
    page = device.client.get("/e/enkat", auth=device.auth)
    assert page.data == app.test_client().get("/e/enkat").data
