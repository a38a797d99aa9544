"""What teams have reported, as a coordinator sees it: counted, judged, locked with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from survey_app.actions import accounts, rounds, trail
from survey_app.actions.calendar import today
from survey_app.actions.register import importing
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns import overview
from survey_app.actions.returns.saving import Action, Sent, find, save
from survey_app.actions.returns.tallying import Tally
from survey_app.audience import Role
from survey_app.store.database import db
from tests.forms.tables import workbook_of
from tests.survey_app.actions.register.test_importing import CITY
from tests.survey_app.actions.returns.reports import PUPIL, make_report
from tests.survey_app.conftest import token
from tests.survey_app.returns import city as two_teams

TEAM = "t@demo.example"
PAGE = "/followup/report-2025-10/t1/"


def make_city() -> None:
    """Fill the register; an account holds the team's post."""
    accounts.create(TEAM, [Role.TEAM_MEMBER])
    with_post = CITY.replace("| kurator | 0,5   |       |", f"| kurator | 0,5   | {TEAM} |")
    importing.carry_out(workbook_of(with_post), "c@demo.example")


def hand_in(name: str = "report-2025-10") -> None:
    """Hand in the pupil's return."""
    sent = Sent(0, {"scheduled": "100"}, action=Action.SUBMIT)
    save(rounds.find(name), PUPIL, sent, TEAM)


def due(name: str, days: int) -> None:
    """Want a round's returns so many days from today."""
    rounds.find(name).due = today() + timedelta(days=days)
    db.session.commit()


@pytest.fixture
def city(app):
    """Give the app with the register and one open round."""
    with app.app_context():
        make_city()
        make_report()
        due("report-2025-10", 3)
    return app


def post(client, address: str, **data):
    """Press a button of the team's page; give the page that follows."""
    data["csrf_token"] = token(client, PAGE)
    answer = client.post(address, data=data, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)


def state(app) -> str:
    """Give what is stored about the pupil."""
    with app.app_context():
        kept = find(rounds.find("report-2025-10"), PUPIL)
        assert kept is not None
        return kept.state


def tally() -> Tally:
    """Give the team's figures."""
    (picture,) = overview.pictures()
    return picture.cells["t1", "report-2025-10"]


def test_the_picture_counts_what_is_to_come(city) -> None:
    """Expected, missing after the day, handed in late, accepted."""
    with city.app_context():
        assert (tally().share.to_come, tally().missing, tally().look) == (1, 0, "wait")
        due("report-2025-10", -1)
        assert (tally().missing, tally().look) == (1, "missing")
        assert [(owed.team, owed.missing, owed.days) for owed in overview.late()] == [("t1", 1, 1)]
        hand_in()
        assert (tally().missing, tally().late, tally().handed_in) == (0, 1, 1)
        assert overview.late() == []
        due("report-2025-10", 0)
        assert (tally().late, tally().look) == (0, "in")


def test_what_is_accepted_late_was_handed_in_when_it_was(city, coordinator) -> None:
    """The coordinator's own day does not make a return late."""
    with city.app_context():
        hand_in()
    post(coordinator, PAGE + "accept", unit="E7K3M", revision="1")
    with city.app_context():
        assert (tally().share.accepted, tally().late, tally().look) == (1, 0, "whole")


def test_pages_show_both_numbers_and_words(city, coordinator) -> None:
    """Colours are never alone."""
    with city.app_context():
        due("report-2025-10", -2)
    page = coordinator.get("/followup/").get_data(as_text=True)
    assert "0 / 1" in page
    assert "1 missing" in page
    assert 'href="/followup/report-2025-10/t1/"' in page
    assert "Team Alm" in coordinator.get("/followup/late").get_data(as_text=True)
    assert "E7K3M" in coordinator.get(PAGE).get_data(as_text=True)


def test_one_is_accepted_as_it_was_shown(city, coordinator) -> None:
    """Another revision than the one on the page is not accepted."""
    with city.app_context():
        hand_in()
    status, _ = post(coordinator, PAGE + "accept", unit="E7K3M", revision="7")
    assert (status, state(city)) == (409, ReturnState.SUBMITTED)
    post(coordinator, PAGE + "accept", unit="E7K3M", revision="1")
    assert state(city) == ReturnState.ACCEPTED


def test_all_handed_in_are_accepted_at_once(city, coordinator) -> None:
    """Only those that the page showed, in the state it showed."""
    with city.app_context():
        hand_in()
    _, page = post(coordinator, PAGE + "accept-all", shown="E7K3M::7")
    assert "Some had changed" in page
    assert state(city) == ReturnState.SUBMITTED
    _, page = post(coordinator, PAGE + "accept-all", shown="E7K3M::1")
    assert "1 return is accepted." in page
    assert state(city) == ReturnState.ACCEPTED


def test_one_is_given_back_with_a_comment(city, coordinator) -> None:
    """Without a comment it is not."""
    with city.app_context():
        hand_in()
    status, _ = post(coordinator, PAGE + "give-back", unit="E7K3M", revision="1", comment=" ")
    assert (status, state(city)) == (422, ReturnState.SUBMITTED)
    _, page = post(
        coordinator, PAGE + "give-back", unit="E7K3M", revision="1", comment="Hours or minutes?"
    )
    assert "Hours or minutes?" in page
    assert state(city) == ReturnState.RETURNED


def test_a_unit_of_another_team_is_not_judged(city, coordinator) -> None:
    """The address says which team's page it was."""
    with city.app_context():
        hand_in()
    other = "/followup/report-2025-10/t2/accept"
    assert post(coordinator, other, unit="E7K3M", revision="1")[0] == 409
    assert state(city) == ReturnState.SUBMITTED


def test_a_round_is_locked_and_opened_with_a_reason(city, coordinator) -> None:
    """Both stand in the trail; without a reason nothing happens."""
    lock = "/followup/report-2025-10/lock"
    _, page = post(coordinator, lock, reason="")
    assert "Write why." in page
    _, page = post(coordinator, lock, reason="Bokslut")
    assert "is locked." in page
    with city.app_context():
        assert rounds.find("report-2025-10").state == "closed"
        rounds.find("report-2025-10").locks = date(2025, 12, 1)
        db.session.commit()
    _, page = post(coordinator, lock, reason="Rättelse")
    assert "is open again." in page
    with city.app_context():
        assert rounds.find("report-2025-10").state_on(today()) == "open"
        entries = trail.of_subject("round:report-2025-10")
        assert [entry.action for entry in entries] == ["round.reopen", "round.lock"]
        assert "Bokslut" in entries[1].details


def test_a_round_of_returns_is_not_closed_without_a_reason(city, coordinator) -> None:
    """The page for rounds of every kind leads to the one that asks why."""
    answer = coordinator.get("/rounds/report-2025-10/close")
    assert answer.location == "/followup/report-2025-10/lock"


def test_team_members_do_not_see_the_picture(app, visitor) -> None:
    """It is the coordinator's."""
    with app.app_context():
        accounts.create(TEAM, [Role.TEAM_MEMBER], "four-words-on-paper")
    data = {"email": TEAM, "password": "four-words-on-paper", "csrf_token": token(visitor)}
    visitor.post("/login", data=data)
    assert visitor.get("/followup/").status_code == 403


def test_two_rounds_of_one_month_are_pointed_out(city, coordinator) -> None:
    """Nobody learns from a figure alone that one of two returns was passed over."""
    told = "report-2025-10-b, report-2025-10"
    assert told not in coordinator.get("/followup/").text
    with city.app_context():
        made = rounds.find("report-2025-10")
        rounds.create("report-2025-10-b", made.version, period=made.period)
        rounds.open_round("report-2025-10-b")
    page = coordinator.get("/followup/").text
    assert told in page
    assert "the return of the later round counts" in page


def test_pages_of_many_teams_lead_on(app, coordinator, monkeypatch) -> None:
    """To the next ones and back, with all rounds where all are shown; nonsense is the first."""
    with app.app_context():
        two_teams.fill(september=False)
    assert "page=2" not in coordinator.get("/followup/").text
    monkeypatch.setattr(overview, "TEAMS_AT_A_TIME", 1)
    first = coordinator.get("/followup/?all").text
    assert 'href="/followup/?all=&amp;page=2"' in first
    second = coordinator.get("/followup/?page=2").text
    assert 'href="/followup/?page=1"' in second
    assert ("/t1/" in first, "/t2/" in first) == (True, False)
    assert ("/t1/" in second, "/t2/" in second) == (False, True)
    for nonsense in ("0", "-3", "x"):
        assert "/t1/" in coordinator.get(f"/followup/?page={nonsense}").text
