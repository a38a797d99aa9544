"""What an existing account may do, changed by an administrator."""

from __future__ import annotations

import re

import pytest

from survey_app.actions import accounts, logins, permissions, trail
from survey_app.actions.errors import AccountUnknown
from survey_app.actions.permissions import Permissions
from survey_app.actions.register import importing
from survey_app.audience import Role
from tests.survey_app.conftest import EMAIL, PASSWORD, token
from tests.survey_app.results.test_districts import register
from tests.survey_app.returns.city import log_in

ADMIN, SOMEBODY = "admin@stad.example", "nagon@stad.example"


@pytest.fixture
def administrator(app):
    """Give the browser of an administrator, in a city with schools and districts."""
    with app.app_context():
        importing.carry_out(register(), EMAIL)
        accounts.create(ADMIN, [Role.ADMINISTRATOR], PASSWORD)
        accounts.create(SOMEBODY, [Role.CODER])
    return log_in(app.test_client(), ADMIN)


def page_of(client, email: str) -> str:
    """Find the page of an account from the list of all."""
    listed = client.get("/accounts/").text
    pattern = rf'href="(/accounts/\d+/)">{re.escape(email)}'
    [found] = re.findall(pattern, listed)
    return str(found)


def change(client, email: str, **ticked: list[str]):
    """Tick boxes on an account's page."""
    page = page_of(client, email)
    return client.post(page, data={**ticked, "csrf_token": token(client, page)})


def held(app, email: str) -> tuple:
    """Give what an account may do, and what was done to it, newest first."""
    with app.app_context():
        found = permissions.of(accounts.find(email))
        done = [each.action for each in trail.of_subject(email)]
    return (found.roles, found.schools, found.districts), done


def test_roles_schools_and_districts_are_given_and_taken(app, administrator) -> None:
    """From the page that shows what is held; each change is on record, and nothing else is."""
    with app.app_context():
        key = logins.begin(accounts.find(SOMEBODY).id, "")
        school = accounts.schools()[0].code
    roles = ["district_reader", "school_officer"]
    ticked = {"roles": roles, "schools": [school], "districts": ["alvik", "dalen"]}
    assert change(administrator, SOMEBODY, **ticked).location == "/accounts/"
    given = (roles, [school], ["alvik", "dalen"])
    told = ["account.districts", "account.school_given", "account.roles"]
    assert held(app, SOMEBODY) == (given, told)
    with app.app_context():
        assert not logins.is_alive(key)
        key = logins.begin(accounts.find(SOMEBODY).id, "")
    shown = administrator.get(page_of(administrator, SOMEBODY)).text
    assert len(re.findall(r"<input checked", shown)) == 5
    change(administrator, SOMEBODY, **ticked)
    assert held(app, SOMEBODY) == (given, told)
    with app.app_context():
        assert logins.is_alive(key)  # nothing was changed
    change(administrator, SOMEBODY, roles=["coder"])
    told = ["account.districts", "account.school_taken", "account.roles", *told]
    assert held(app, SOMEBODY) == ((["coder"], [], []), told)


@pytest.mark.parametrize(
    "ticked",
    [
        {"roles": []},
        {"roles": ["coder"], "districts": ["alvik"]},
        {"roles": ["coder"], "schools": ["S1"]},
        {"roles": ["district_reader"], "districts": ["nowhere"]},
    ],
)
def test_what_goes_together_with_nothing_changes_nothing(app, administrator, ticked) -> None:
    """The page says what is wrong, and where."""
    answer = change(administrator, SOMEBODY, **ticked)
    assert answer.status_code == 200
    assert 'class="field-error"' in answer.text
    assert held(app, SOMEBODY) == ((["coder"], [], []), [])


def test_nobody_stops_being_the_administrator_by_their_own_hand(app, administrator) -> None:
    """Else nobody might be left who can."""
    assert "Det här är ditt eget konto" in change(administrator, ADMIN, roles=["coder"]).text
    assert held(app, ADMIN)[0][0] == ["administrator"]
    change(administrator, ADMIN, roles=["administrator", "coder"])
    assert held(app, ADMIN)[0][0] == ["administrator", "coder"]


def test_an_account_that_is_none_is_said_to_be_none(context) -> None:
    """Whatever number stands in the address."""
    with pytest.raises(AccountUnknown):
        permissions.change(77, Permissions([], [], []), ADMIN)
