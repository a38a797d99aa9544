"""Passkeys, with a device made of a key: what they open, and what they do not."""

from __future__ import annotations

import html
import json
import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask.testing import FlaskClient
from webauthn.helpers import encode_cbor

from survey_app.actions import accounts, trail
from survey_app.actions.calendar import today
from survey_app.provider import Provider
from survey_app.settings import FactorDuty
from survey_app.store.database import db
from survey_app.store.logins import Login
from survey_app.store.models import Account
from survey_app.store.passkeys import Passkey
from tests.survey_app.conftest import EMAIL, PASSWORD, token

HOME, PRESENT, VERIFIED = "/rounds/", 1, 4
ID = b"passkey-1"
KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(autouse=True)
def _coordinator_with_a_passkey(app) -> None:
    object.__setattr__(app.config["SETTINGS"], "second_factor", FactorDuty.ROLES)
    with app.app_context():
        accounts.create(EMAIL, ["coordinator"], PASSWORD)
        point = KEY.public_key().public_numbers()
        x, y = point.x.to_bytes(32), point.y.to_bytes(32)
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        its = {"name": "Telefonen", "usage": "first", "last_on": today()}
        account = db.session.query(Account).one()
        account.webauthn.append(Passkey(credential_id=ID, public_key=public, sign_count=0, **its))
        db.session.commit()


def base64(data: bytes) -> str:
    """Write bytes as browsers do."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def asked(client: FlaskClient, start: str = "/passkey") -> tuple[str, dict[str, Any]]:
    """Begin, and give where the answer goes and what is asked."""
    page = client.post(start, data={"csrf_token": token(client, start)}).get_data(as_text=True)
    address = re.search(rf'action="({start}/[^"]+)"', page)
    options = re.search(r'data-options="([^"]+)"', page)
    assert address
    assert options
    return html.unescape(address[1]), json.loads(html.unescape(options[1]))


def signed(options: dict[str, Any], flags: int = PRESENT | VERIFIED, **changed: str) -> str:
    """Answer as the device and the browser do."""
    said = {"type": "webauthn.get", "challenge": options["challenge"], "origin": "http://localhost"}
    client_data = json.dumps(said | changed).encode()
    of_device = sha256(b"localhost").digest() + bytes([flags]) + bytes(4)
    signature = KEY.sign(of_device + sha256(client_data).digest(), ec.ECDSA(SHA256()))
    parts = {"clientDataJSON": client_data, "authenticatorData": of_device, "signature": signature}
    response = {name: base64(part) for name, part in parts.items()}
    return json.dumps(
        {"id": base64(ID), "rawId": base64(ID), "type": "public-key", "response": response}
    )


def send(client: FlaskClient, address: str, credential: str) -> Any:
    """Send an answer."""
    data = {"credential": credential, "csrf_token": token(client, "/passkey")}
    return client.post(address, data=data)


def is_in(client: FlaskClient) -> bool:
    """Tell whether the coordinator's pages open."""
    return client.get(HOME).status_code == 200


def test_a_passkey_stands_for_password_and_code(app, visitor) -> None:
    """Also for whoever stopped in the middle of another login; the login is one of ours."""
    data = {"email": EMAIL, "password": PASSWORD, "csrf_token": token(visitor)}
    assert visitor.post("/login", data=data).location == "/second-factor/setup"
    with visitor.session_transaction() as session:
        session["tf_state"] = "ready"  # as if the app had been set up before
    address, options = asked(visitor)
    assert "allowCredentials" not in options or options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    assert send(visitor, address, signed(options)).location == "/"
    assert is_in(visitor)
    with app.app_context():
        assert db.session.query(Login).count() == 1


def test_an_answer_counts_once_and_in_its_browser(app, visitor) -> None:
    """Telephones do not count how often they were asked: a copied answer would pass."""
    address, options = asked(visitor)
    answer = signed(options)
    thief = app.test_client()
    assert send(thief, address, answer).location == "/passkey"
    assert send(visitor, address, answer).location == "/"
    visitor.post("/logout", data={"csrf_token": token(visitor, HOME)})
    assert send(visitor, address, answer).location == "/passkey"
    assert not is_in(visitor)


@pytest.mark.parametrize(
    ("flags", "changed"),
    [
        (PRESENT, {}),  # nobody's finger, face or PIN
        (PRESENT | VERIFIED, {"origin": "https://evil.example"}),
        (PRESENT | VERIFIED, {"challenge": "YW5vdGhlcg"}),
        (PRESENT | VERIFIED, {"type": "webauthn.create"}),
    ],
)
def test_what_was_signed_elsewhere_or_by_nobody_is_refused(visitor, flags, changed) -> None:
    """A page that looks like ours gets nothing that it could use."""
    address, options = asked(visitor)
    assert send(visitor, address, signed(options, flags, **changed)).location == "/passkey"
    assert not is_in(visitor)


def test_a_closed_account_stays_closed(app, visitor) -> None:
    """And no login of it begins."""
    with app.app_context():
        accounts.set_active(EMAIL, trail.SYSTEM, is_active=False)
    address, options = asked(visitor)
    assert send(visitor, address, signed(options)).location == "/passkey"
    with app.app_context():
        assert db.session.query(Login).count() == 0


def test_a_lost_telephone_opens_nothing_any_more(app, visitor) -> None:
    """What removes the second factor removes what the telephone kept."""
    with app.app_context():
        accounts.remove_factor(EMAIL, trail.SYSTEM)
        assert db.session.query(Passkey).count() == 0
    address, options = asked(visitor)
    assert send(visitor, address, signed(options)).location == "/passkey"


def test_a_passkey_shows_again_who_sits_there(app, visitor) -> None:
    """Before what protects the account is changed; and the page lists it by name and day."""
    address, options = asked(visitor)
    send(visitor, address, signed(options))
    with visitor.session_transaction() as session:
        session["fs_paa"] -= 3_600
    assert visitor.get("/passkeys/new").location.startswith("/password-again")
    address, options = asked(visitor, "/passkey-again")
    data = {"csrf_token": token(visitor, "/passkey-again"), "credential": signed(options)}
    assert visitor.post(address, data=data).status_code == 302
    assert visitor.get("/passkeys/new").status_code == 200
    assert "Telefonen" in visitor.get("/account/").get_data(as_text=True)


def test_where_the_provider_alone_lets_in_passkeys_do_not(app, visitor) -> None:
    """They would pass it by."""
    address, options = asked(visitor)
    alone = Provider(
        issuer="https://login.example",
        client_id="us",
        secret="hush",
        label="Login",
        email_claim="email",
        roles_claim="roles",
        scopes="openid",
        trusts_email=False,
        mapping={},
        strong=frozenset(),
        takes_passwords=False,
    )
    credential = {"credential": signed(options), "csrf_token": token(visitor)}
    object.__setattr__(app.config["SETTINGS"], "provider", alone)
    assert visitor.post(address, data=credential).status_code == 403
    assert not is_in(visitor)
