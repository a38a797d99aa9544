"""Those who take agreed files, and those who look at the record, see that and nothing else."""

from __future__ import annotations

import pytest

from survey_app.actions import accounts, research, rounds, trail
from survey_app.actions.errors import RoundUnknown
from survey_app.actions.research import NoResearcher, NotForResearch
from survey_app.audience import Role
from survey_app.store.database import db, writing
from tests.factories import INTERVIEW, make_response, make_round, release
from tests.survey_app.conftest import EMAIL, PASSWORD, token

RESEARCHER, OFFICER = "r@lu.example", "dpo@stad.example"


def browser_of(app, email: str, role: Role):
    """Give the browser of a new account."""
    with app.app_context():
        accounts.create(email, [role], PASSWORD)
    client = app.test_client()
    client.post("/login", data={"email": email, "password": PASSWORD, "csrf_token": token(client)})
    return client


@pytest.fixture
def over(app) -> None:
    """Make a round that is over and may be read."""
    with app.app_context():
        found = make_round()
        for _ in range(6):
            make_response(found)
        release("autumn")
        rounds.close_round("autumn")


def taken(client, file_format: str = "csv") -> int:
    """Try to download the round's file."""
    with client.get(f"/rounds/autumn/answers.{file_format}") as response:
        return response.status_code


def test_a_researcher_takes_what_is_agreed_and_as_long(app, over) -> None:
    """Before, and after it has ended, the round is not there; each download is on record."""
    client = browser_of(app, RESEARCHER, Role.RESEARCHER)
    assert taken(client) == 404
    with app.app_context():
        research.allow(RESEARCHER, "autumn", EMAIL)
    assert "/rounds/autumn/answers.csv" in client.get("/research/").text
    assert [taken(client), taken(client, "qdpx")] == [200, 404]
    assert client.get("/rounds/autumn/").status_code == 403
    with app.app_context():
        research.deny(RESEARCHER, "autumn", EMAIL)
    assert taken(client) == 404
    with app.app_context():
        done = [entry.action for entry in trail.of_subject("autumn")]
        assert done == ["extract.denied", "extract.allowed"]


def test_what_is_agreed_can_be_had_only_when_it_may_be_read(app) -> None:
    """An agreement opens no open round."""
    with app.app_context():
        make_round()
    client = browser_of(app, RESEARCHER, Role.RESEARCHER)
    with app.app_context():
        research.allow(RESEARCHER, "autumn", EMAIL)
    assert taken(client) == 409
    assert "answers.csv" not in client.get("/research/").text


def test_only_researchers_and_no_interviews(context) -> None:
    """Notes may tell who was talked to."""
    accounts.create(RESEARCHER, [Role.RESEARCHER])
    accounts.create("c@stad.example", [Role.CODER])
    make_round("visits", table=INTERVIEW)
    make_round()
    with pytest.raises(NotForResearch):
        research.allow(RESEARCHER, "visits", EMAIL)
    with pytest.raises(NoResearcher):
        research.allow("c@stad.example", "autumn", EMAIL)
    with pytest.raises(RoundUnknown):
        research.allow(RESEARCHER, "none", EMAIL)


def test_a_coordinator_agrees_on_a_page(app, coordinator, over) -> None:
    """From the log of files taken out."""
    browser_of(app, RESEARCHER, Role.RESEARCHER)
    assert "/research/agreed/" in coordinator.get("/extracts/").text
    page = "/research/agreed/"
    data = {"email": RESEARCHER, "round": "autumn", "csrf_token": token(coordinator, page)}
    coordinator.post(f"{page}allow", data=data)
    assert f"{RESEARCHER}: Pets" in coordinator.get(page).text
    coordinator.post(f"{page}deny", data=data)
    assert f"{RESEARCHER}: Pets" not in coordinator.get(page).text


def test_the_page_says_what_is_lacking(app, coordinator) -> None:
    """A researcher who is there, or a round: nobody is sent to invite one more."""
    assert "There is no researcher yet." in coordinator.get("/research/agreed/").text
    browser_of(app, RESEARCHER, Role.RESEARCHER)
    page = coordinator.get("/research/agreed/").text
    assert "There is no researcher yet." not in page
    assert "There is no round yet that could be agreed." in page


def test_the_officer_for_data_sees_who_did_what_and_no_content(app) -> None:
    """Values that were changed are not the officer's; a record that was changed is."""
    client = browser_of(app, OFFICER, Role.DATA_PROTECTION_OFFICER)
    with app.app_context(), writing():
        trail.record(EMAIL, "save", "manad/E1", {"fore": ["2", "a secret value"]})
    page = client.get("/trail/").text
    assert EMAIL in page
    assert "manad/E1" in page
    assert "secret" not in page
    assert 'role="alert"' not in page
    assert client.get("/extracts/").status_code == 200
    with app.app_context(), writing():
        connection = db.session.connection()
        for trigger in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
        ).scalars():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql("UPDATE audit_entry SET actor = 'somebody'")
    app.extensions.pop(trail.VERIFIED)  # an hour later, all of it is checked again
    assert 'role="alert"' in client.get("/trail/").text
