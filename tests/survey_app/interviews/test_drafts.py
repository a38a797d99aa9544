"""Notes that save themselves: what the guide's script is told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.actions import rounds
from survey_app.actions.interviews import cases, consents, devices
from tests.survey_app.actions.interviews.people import (
    ADULT,
    ALL,
    ANNA,
    OTHER,
    make_case,
    make_interview,
    make_talks,
)
from tests.survey_app.conftest import choose_language
from tests.survey_app.coordinate.test_rounds import shown
from tests.survey_app.returns.city import log_in


@pytest.fixture
def case(app: Flask) -> str:
    """Give the address of a case of Anna's that has consented."""
    with app.app_context():
        made = make_case(make_talks())
        consents.record(made, ADULT, ANNA)
        return f"/interviews/talks/cases/{made.code}/"


def browser(app: Flask, account: str = ANNA) -> FlaskClient:
    """Give the browser of somebody who reads English."""
    client = log_in(app.test_client(), account)
    choose_language(client, "en")
    return client


def send(client: FlaskClient, case: str, revision: int, **typed: str) -> tuple[int, dict[str, Any]]:
    """Save as the script does, with a token that it asked for."""
    token = json.loads(shown(client, f"{case}draft"))["token"]
    body = {"revision": revision, "typed": typed}
    response = client.post(f"{case}draft", json=body, headers={"X-CSRFToken": token})
    assert response.json is not None
    return response.status_code, response.json


def place(client: FlaskClient, case: str) -> dict[str, Any]:
    """Read what the page tells its script."""
    found = re.search(r'id="place">(.*?)</script>', shown(client, f"{case}notes"), re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_notes_are_kept_and_the_next_revision_is_told(app, case) -> None:
    """Nothing else comes back: the page has what was typed."""
    anna = browser(app)
    assert send(anna, case, 0, takes="1", fore="Ett") == (200, {"revision": 1, "likely": []})
    status, told = send(anna, case, 1, takes="1", fore="640823-3233", nowhere="x")
    assert (status, told) == (200, {"revision": 2, "likely": ["fore"]})
    assert place(anna, case)["base"] == {"takes": "1", "fore": "640823-3233"}


def test_what_cannot_be_kept_is_said_at_its_note(app, case) -> None:
    """A name for certain, and a note that is not asked: nothing of it is kept."""
    anna = browser(app)
    status, told = send(anna, case, 0, takes="1", fore="Ring 070-123 45 67")
    assert status == 422
    assert "“070-123 45 67” names somebody" in told["problems"]["fore"]
    status, told = send(anna, case, 0, takes="0", fore="Ett")
    assert (status, list(told["problems"])) == (422, ["fore"])
    assert place(anna, case)["revision"] == 0


def test_who_comes_second_is_told_what_the_first_wrote(app, case) -> None:
    """Nothing is overwritten; the script asks."""
    anna = browser(app)
    send(anna, case, 0, takes="1", fore="Ett")
    status, told = send(anna, case, 0, takes="1", fore="Två")
    assert status == 409
    assert {name: told[name] for name in ("revision", "theirs", "by")} == {
        "revision": 1,
        "theirs": {"takes": "1", "fore": "Ett"},
        "by": ANNA,
    }


def test_notes_that_are_done_are_corrected_by_hand_alone(app, case) -> None:
    """Or each pause in typing would make a new version of a text that is being coded."""
    anna = browser(app)
    with app.app_context():
        done = make_interview(rounds.find("talks"), {"fore": "Ett"})
        address = f"/interviews/talks/cases/{done.code}/"
    assert place(anna, address)["done"] is True
    status, told = send(anna, address, 1, takes="1", fore="Två")
    assert (status, told["erased"]) == (409, False)
    assert place(anna, address)["base"]["fore"] == "Ett"


def test_others_and_strangers_learn_nothing(app, case) -> None:
    """Another interviewer finds no case, and nobody who is not logged in anything."""
    assert browser(app, OTHER).get(f"{case}draft").status_code == 404
    stranger = app.test_client()
    assert stranger.get(f"{case}draft").status_code == 302
    assert stranger.post(f"{case}draft", json={}).status_code in {302, 400}


@pytest.mark.parametrize(
    "body", [None, [], "x", {"revision": "1", "typed": []}, {"typed": {"fore": 1}}]
)
def test_a_broken_sending_is_an_empty_draft_of_nothing(app, case, body) -> None:
    """No server error, and no note is lost by it."""
    anna = browser(app)
    send(anna, case, 0, takes="1", fore="Ett")
    token = json.loads(shown(anna, f"{case}draft"))["token"]
    response = anna.post(f"{case}draft", json=body, headers={"X-CSRFToken": token})
    assert response.status_code == 409
    assert place(anna, case)["base"]["fore"] == "Ett"


def test_each_account_and_case_has_a_lock_of_its_own(app, case) -> None:
    """The same each time, for nobody else, and given out no more when the case is erased."""
    anna = browser(app)
    first = place(anna, case)["lock"]
    assert place(anna, case)["lock"] == first
    with app.app_context():
        other = make_case(rounds.find("talks"))
        consents.record(other, ADULT, ANNA)
        address = f"/interviews/talks/cases/{other.code}/"
    second = place(anna, address)["lock"]
    assert not set(first.values()) & set(second.values())
    assert first["id"] != first["key"]
    with app.app_context():
        of = rounds.find("talks")
        locks = [devices.lock_for(cases.find(of, case.split("/")[-2], ALL), n) for n in (1, 2)]
        assert len({text for lock in locks for text in (lock.id, lock.key)}) == 4
        consents.withdraw(cases.find(of, case.split("/")[-2], ALL), ANNA)
    erased = anna.get(f"{case}draft")
    assert (erased.status_code, json.loads(erased.get_data())["erased"]) == (409, True)
    assert "lock" not in erased.get_data(as_text=True)
