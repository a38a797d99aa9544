"""The interviewers' pages, from the first case to its notes, without a script."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.actions import rounds
from survey_app.actions.interviews import answering, cases
from tests.survey_app.actions.interviews.people import ALL, ANNA, OTHER, make_talks
from tests.survey_app.conftest import choose_language
from tests.survey_app.coordinate.test_rounds import sent, shown
from tests.survey_app.returns.city import log_in

ROUND = "/interviews/talks/"
CASE = {"role": "elev", "state": "planned", "group": "inskriven", "gender": "flicka"}
CASE |= {"year_group": "7-9", "district": "", "recruited": "team", "language": "so"}
SIGNED = {"signed_on": "2026-01-15", "form_version": "2026-1", "person": "y"}


@pytest.fixture
def talks(app: Flask) -> Flask:
    """Open a round of interviews with two interviewers."""
    with app.app_context():
        make_talks()
    return app


@pytest.fixture
def anna(talks: Flask) -> FlaskClient:
    """Give the browser of an interviewer, who reads English."""
    client = log_in(talks.test_client(), ANNA)
    choose_language(client, "en")
    return client


@pytest.fixture
def other(talks: Flask) -> FlaskClient:
    """Give the browser of another interviewer."""
    return log_in(talks.test_client(), OTHER)


def add_case(app: Flask, client: FlaskClient, **facts: str) -> str:
    """Add a case on the page and give its address."""
    page = sent(client, f"{ROUND}new", **(CASE | facts))
    assert "is added. Keep who it is outside the system." in page
    with app.app_context():
        newest = cases.cases_in(rounds.find("talks"), ALL)[-1]
        return f"{ROUND}cases/{newest.code}/"


def test_an_interview_goes_from_case_to_notes(talks, anna) -> None:
    """Add, consent, begin, save, finish, correct."""
    address = add_case(talks, anna)
    assert "Write down the consent first" in shown(anna, address)
    assert anna.get(f"{address}notes").status_code == 409
    page = sent(anna, f"{address}consent", **SIGNED, is_15="no", guardians="1")
    assert "Under 15 years both guardians must have signed" in page
    page = sent(anna, f"{address}consent", **SIGNED, is_15="no", guardians="2")
    assert "The consent is written down." in page
    assert "the pupil, and 2 guardians" in page
    page = sent(anna, f"{address}notes", _revision="0", fore="Så var det.")
    assert "this is not asked, and would be lost" in page
    assert "Så var det." in page
    page = sent(anna, f"{address}notes", _revision="0", takes="1", fore="Så var det.")
    assert "The notes are saved." in page
    assert "Så var det." in page
    page = sent(anna, f"{address}notes", _revision="1", _done="1")
    assert "This question needs an answer." in page
    page = sent(anna, f"{address}notes", _revision="1", takes="1", fore="Så.", _done="1")
    assert "The interview is done." in page
    assert "Interviewed" in shown(anna, ROUND)
    page = sent(anna, f"{address}notes", _revision="2", takes="1", fore="Annat.")
    assert "A note that you correct is kept as a new version" in page


def test_a_second_press_is_no_conflict(talks, anna) -> None:
    """Nobody chooses between their notes and the same notes; what differs is still asked about."""
    address = add_case(talks, anna)
    sent(anna, f"{address}consent", **SIGNED, is_15="no", guardians="2")
    notes = {"_revision": "0", "takes": "1", "fore": "Så."}
    for _ in range(2):
        assert "The notes are saved." in sent(anna, f"{address}notes", **notes)
    assert interview_of(talks) == (1, "Så.", False)
    for _ in range(2):
        assert "The interview is done." in sent(anna, f"{address}notes", **notes, _done="1")
    assert interview_of(talks) == (2, "Så.", True)
    changed = notes | {"_revision": "1", "fore": "Annat."}
    assert "has changed these notes in the meantime" in sent(anna, f"{address}notes", **changed)
    assert interview_of(talks) == (2, "Så.", True)


def interview_of(app: Flask) -> tuple[int, str, bool]:
    """Give the revision, the note and whether it is done of the only interview."""
    with app.app_context():
        (case,) = cases.cases_in(rounds.find("talks"), ALL)
        kept = answering.find(case)
        assert kept is not None
        return kept.revision, kept.answers["fore"], kept.is_done


def test_a_note_that_names_somebody_is_not_saved(talks, anna) -> None:
    """What was typed stays on the page; a number that only may be one is asked about."""
    address = add_case(talks, anna, role="personal")
    sent(anna, f"{address}consent", **SIGNED)
    page = sent(anna, f"{address}notes", _revision="0", fore="Ring 070-123 45 67", nu="Bra")
    assert "“070-123 45 67” names somebody" in page
    assert "Ring 070-123 45 67" in page
    page = sent(anna, f"{address}notes", _revision="0", takes="1", fore="640823-3233")
    assert "may be a personnummer" in page
    assert 'name="_revision" value="1"' in page


def test_two_tabs_do_not_overwrite_each_other(talks, anna) -> None:
    """The second is told, and keeps what it wrote on the page."""
    address = add_case(talks, anna, role="personal")
    sent(anna, f"{address}consent", **SIGNED)
    sent(anna, f"{address}notes", _revision="0", takes="1", fore="Ett")
    page = sent(anna, f"{address}notes", _revision="0", takes="1", fore="Två")
    assert "has changed these notes in the meantime" in page
    assert "Två" in page
    assert "Ett" in shown(anna, f"{address}notes")


def test_a_withdrawal_is_asked_about_and_erases(talks, anna) -> None:
    """Nothing can be added afterwards."""
    address = add_case(talks, anna, role="personal")
    sent(anna, f"{address}consent", **SIGNED)
    sent(anna, f"{address}notes", _revision="0", takes="1", fore="Hemligt", _done="1")
    assert "Nobody can undo it." in shown(anna, f"{address}withdraw")
    page = sent(anna, f"{address}withdraw")
    assert "is erased." in page
    assert "inskriven" not in page
    for path in ("notes", "consent", "change", "withdraw"):
        assert anna.get(address + path).status_code == 409


def test_another_interviewers_case_is_not_found(talks, anna, other) -> None:
    """Nor is it in the list."""
    address = add_case(talks, anna)
    assert address.split("/")[-2] not in shown(other, ROUND)
    for path in ("", "notes", "consent", "change", "withdraw"):
        assert other.get(address + path).status_code == 404


def test_a_group_that_names_somebody_stays_on_the_form(talks, anna) -> None:
    """With the sentence above it, and nothing lost."""
    page = sent(anna, f"{ROUND}new", **(CASE | {"group": "Kim 070-123 45 67"}))
    assert "“070-123 45 67” names somebody" in page
    assert 'value="Kim 070-123 45 67"' in page


def test_what_is_known_of_a_case_is_shown_again_to_be_changed(talks, anna) -> None:
    """The role stays: consent and pseudonym depend on it."""
    address = add_case(talks, anna)
    page = shown(anna, f"{address}change")
    assert re.search(r'<option selected value="flicka">', page)
    assert 'name="role"' not in page
    facts = {name: value for name, value in CASE.items() if name != "role"}
    page = sent(anna, f"{address}change", **(facts | {"state": "booked"}))
    assert "It is saved." in page
    assert "Booked" in page


def test_a_coordinator_keeps_the_sample_and_gives_cases_away(talks, coordinator) -> None:
    """What is wanted, beside what there is."""
    wanted = {"role": "elev", "gender": "flicka", "year_group": "", "district": "", "group": ""}
    page = sent(coordinator, f"{ROUND}sample", **(wanted | {"wanted": "3"}))
    assert "The sample has another line." in page
    page = sent(coordinator, f"{ROUND}sample", **(wanted | {"wanted": "4"}))
    assert "The sample has a row for this already." in page
    address = add_case(talks, coordinator, interviewer=OTHER)
    assert f"<dd>{OTHER}</dd>" in shown(coordinator, address)
    listed = shown(coordinator, ROUND)
    assert "Left to find" in listed
    assert OTHER in listed
    number = re.search(r"/sample/(\d+)/remove", shown(coordinator, f"{ROUND}sample"))
    assert number
    page = sent_to(coordinator, f"{ROUND}sample", number[0])
    assert "Nothing is wanted yet." in page


def sent_to(client: FlaskClient, page: str, address: str) -> str:
    """Press a button of a page that posts to another address."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown(client, page))
    assert token
    data = {"csrf_token": token[1]}
    response = client.post(f"/interviews/talks{address}", data=data, follow_redirects=True)
    return response.get_data(as_text=True)


def test_an_interviewer_starts_at_the_interviews(talks, anna) -> None:
    """The wordmark leads to one's own work; the sample is the coordinator's."""
    assert anna.get("/").location == "/interviews/"
    assert anna.get(f"{ROUND}sample").status_code == 403
    assert anna.get("/rounds/").status_code == 403
