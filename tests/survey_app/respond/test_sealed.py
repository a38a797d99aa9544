"""Sealed answers: the server opens them for nobody but itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from survey_app.actions import rounds
from tests.tools.sealing import sealed


def key_of(client: FlaskClient, name: str) -> str:
    """Read the round's public key off its page."""
    page = client.get(f"/e/{name}").get_data(as_text=True)
    found = re.search(r'id="offline">(.*?)</script>', page)
    assert found
    return str(json.loads(found[1])["key"])


def locked(client: FlaskClient, name: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Make the form that the outbox posts."""
    return locked_for(key_of(client, name), name, answers)


def locked_for(key: str, name: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Make it with a key that the tablet has."""
    response_id = str(uuid4())
    body = urlencode({"response_id": response_id, **answers})
    return {"response_id": response_id, "_sealed": sealed(key, name, response_id, body)}


def test_sealed_answers_are_stored_like_others_and_once(client, open_round, stored) -> None:
    """What waited on a tablet counts as much as what was sent at once."""
    name = open_round()
    form = locked(client, name, {"pets": "1", "how_many": "2", "about": "Håkan & co"})
    for _ in range(3):
        answer = client.post(f"/e/{name}", data=form)
        assert (answer.status_code, answer.location) == (303, f"/e/{name}/thanks")
    (response,) = stored(name)
    assert response.answers == {"pets": "1", "how_many": "2", "about": "Håkan & co"}


@pytest.mark.parametrize("is_sealed", [True, False])
def test_what_is_kept_is_kept_after_the_end_too(app, client, open_round, stored, is_sealed) -> None:
    """The server's word was lost, and then the round closed: the tablet must not say refused."""
    name = open_round()
    form = locked(client, name, {"pets": "1"})
    other = locked(client, name, {"pets": "0"})
    if not is_sealed:
        form, other = ({"response_id": each["response_id"], "pets": "1"} for each in (form, other))
    assert client.post(f"/e/{name}", data=form).status_code == 303
    with app.app_context():
        rounds.close_round(name)
    again = client.post(f"/e/{name}", data=form)
    assert (again.status_code, again.location) == (303, f"/e/{name}/thanks")
    assert client.post(f"/e/{name}", data=other).status_code == 410
    assert len(stored(name)) == 1


def test_nobody_learns_from_the_server_what_is_inside(client, open_round, stored) -> None:
    """Who finds a tablet may send what waits there; the server's page must not open it for them."""
    name = open_round()
    form = locked(client, name, {"pets": "1", "how_many": "many", "about": "hemligt"})
    answer = client.post(f"/e/{name}/en", data=form)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert answer.headers["Survey-Round"] == name
    assert not re.search("hemligt|many|data-question", said)
    assert stored(name) == []


@pytest.mark.parametrize("button", ["_add", "_remove", "_refresh"])
def test_no_button_shows_what_is_inside(client, open_round, button) -> None:
    """The buttons that give a page back with everything typed do nothing inside a seal."""
    name = open_round()
    form = locked(client, name, {"about": "hemligt", button: "x"})
    answer = client.post(f"/e/{name}", data=form)
    assert answer.status_code == 422
    assert "hemligt" not in answer.get_data(as_text=True)


def test_a_seal_fits_one_round_and_one_id(client, open_round, stored) -> None:
    """Nobody can move answers elsewhere, or have them counted again under another id."""
    name, other = open_round(), open_round()
    form = locked(client, name, {"pets": "1"})
    assert client.post(f"/e/{other}", data=form).status_code == 400
    again = {**form, "response_id": str(uuid4())}
    assert client.post(f"/e/{name}", data=again).status_code == 400
    assert stored(name) == stored(other) == []


def test_another_id_inside_is_refused(client, open_round, stored) -> None:
    """One sending has one id, or trying again could count twice."""
    name = open_round()
    form = locked(client, name, {"pets": "1"})
    body = urlencode({"response_id": str(uuid4()), "pets": "1"})
    form["_sealed"] = sealed(key_of(client, name), name, form["response_id"], body)
    assert client.post(f"/e/{name}", data=form).status_code == 400
    assert stored(name) == []


@pytest.mark.parametrize("broken", ["", "AAAA", "å" * 9, "!" * 200, "AQ" + "A" * 300])
def test_a_broken_seal_is_refused_with_words(client, open_round, broken) -> None:
    """Garbage is answered like any other mistake."""
    name = open_round()
    answer = client.post(f"/e/{name}", data={"response_id": str(uuid4()), "_sealed": broken})
    assert answer.status_code == 400
    assert "<h1>" in answer.get_data(as_text=True)


def test_every_changed_bit_breaks_the_seal(client, open_round) -> None:
    """What was altered on the device is noticed, wherever it was."""
    name = open_round()
    form = locked(client, name, {"pets": "1"})
    for place in (0, 3, 40, 95, 110, 3000, -3):
        text = list(form["_sealed"])
        text[place] = "B" if text[place] != "B" else "C"
        answer = client.post(f"/e/{name}", data={**form, "_sealed": "".join(text)})
        assert answer.status_code == 400, place


def test_a_closed_round_refuses_and_says_that_it_is_ours(app, client, open_round) -> None:
    """The tablet tells a closed round from a captive portal by the header."""
    name = open_round()
    form = locked(client, name, {"pets": "1"})
    with app.app_context():
        rounds.close_round(name)
    answer = client.post(f"/e/{name}", data=form)
    assert answer.status_code == 410
    assert answer.headers["Survey-Round"] == name


def test_each_round_has_a_key_that_only_the_server_reads(app, client, open_round) -> None:
    """A backup of the database alone opens nothing."""
    first, second = (open_round() for _ in range(2))
    assert key_of(client, first) != key_of(client, second)
    assert key_of(client, first) == key_of(client, first)
    folder = app.config["SETTINGS"].data / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in (first, second):
        assert (folder / f"{name}.json").stat().st_mode & 0o777 == 0o600


def test_the_key_goes_when_the_round_is_over_for_good(app, client, open_round, stored) -> None:
    """A tablet's files keep what was sent, in order: nobody can open it any more."""
    name = open_round()
    public = key_of(client, name)
    form = locked(client, name, {"pets": "1"})
    assert client.post(f"/e/{name}", data=form).status_code == 303
    file = app.config["SETTINGS"].data / "keys" / f"{name}.json"
    with app.app_context(), file.open("rb") as before:
        private = before.read()
        rounds.close_round(name)
        before.seek(0)
        assert before.read() != private  # its blocks are overwritten, not let go
    assert json.loads(file.read_text()) == {"public_key": public}
    assert [path.name for path in file.parent.glob(f"{name}.*")] == [file.name]
    late = locked_for(public, name, {"pets": "0"})
    for _ in range(2):
        assert client.post(f"/e/{name}", data=late).status_code == 410
        app.extensions.pop("round_keys")  # as after the next start
    assert public in client.get(f"/e/{name}/thanks").get_data(as_text=True)


def test_the_key_stays_while_a_round_may_be_opened_again(app, client, open_round, stored) -> None:
    """It was closed by mistake before anyone answered: tablets hold its old key."""
    name = open_round()
    form = locked(client, name, {"pets": "1"})
    with app.app_context():
        rounds.close_round(name)
        rounds.open_round(name)
    assert client.post(f"/e/{name}", data=form).status_code == 303
    assert len(stored(name)) == 1
