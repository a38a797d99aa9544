"""A team sees and writes its own pupils' reports alone; a coordinator looks and changes nothing."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.actions import rounds
from survey_app.actions.returns.scope import ReturnUnknown, Viewer, find_expected, sheets_of
from tests.factories import make_round
from tests.survey_app.conftest import token
from tests.survey_app.returns.city import OTHER, OURS, TEAM, THEIRS

ROUND = "/returns/manad-2026-10"


def addresses(app: Flask, code: str, team: str) -> list[tuple[str, str]]:
    """Give every address of the blueprint, with its method, filled in for a pupil and a team."""
    gaps = {"round_name": "manad-2026-10", "kind": "pupil", "code": code}
    gaps |= {"whose": "teams", "group": team}
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("returns.") or "occasion" in rule.arguments:
            continue
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda gap: gaps[gap[1]], rule.rule)
        found += [(method, path) for method in (rule.methods or set()) & {"GET", "POST"}]
    return found


def status(client: FlaskClient, method: str, path: str) -> int:
    """Fetch or post with the client's own token."""
    data = {"csrf_token": token(client, "/returns/")} if method == "POST" else None
    return client.open(path, method=method, data=data).status_code


def test_another_teams_addresses_are_not_there(city, team) -> None:
    """Neither reading nor writing, and not even whether such a pupil exists."""
    theirs = [
        each for each in addresses(city, THEIRS[0], "t2") if "t2" in each[1] or "X" in each[1]
    ]
    assert len(theirs) == 4
    assert {each: status(team, *each) for each in theirs} == dict.fromkeys(theirs, 404)


def test_pages_of_the_team_never_name_other_pupils(city, team) -> None:
    """Every page that can be fetched has the team's own codes only."""
    for method, path in addresses(city, OURS[0], "t1"):
        if method == "GET":
            page = team.get(path).get_data(as_text=True)
            assert not [code for code in THEIRS if code in page], path


def test_the_other_team_sees_its_own(other) -> None:
    """The same address shows each team its own sheet."""
    page = other.get(f"{ROUND}/").get_data(as_text=True)
    assert all(code in page for code in THEIRS)
    assert OURS[0] not in page


def test_a_coordinator_looks_at_any_team_and_changes_none(looking) -> None:
    """The fields are shown disabled, and sending is refused."""
    assert "t1" in looking.get(f"{ROUND}/").get_data(as_text=True)
    page = looking.get(f"{ROUND}/pupil/{OURS[0]}").get_data(as_text=True)
    assert re.search(r'<fieldset class="bare" disabled>', page)
    assert 'value="submit"' not in page
    data = {"csrf_token": token(looking, "/rounds/"), "_do": "save", "status": "hel"}
    assert looking.post(f"{ROUND}/pupil/{OURS[0]}", data=data).status_code == 403


def test_a_round_of_another_mode_is_none_of_theirs(city, team) -> None:
    """An anonymous round has no address here."""
    with city.app_context():
        make_round()
    assert team.get("/returns/autumn/").status_code == 404
    assert team.get(f"/returns/autumn/pupil/{OURS[0]}").status_code == 404


@pytest.mark.parametrize(("account", "code"), [(TEAM, THEIRS[0]), (OTHER, OURS[0]), ("", OURS[0])])
def test_one_function_decides_whose_returns_they_are(city, account: str, code: str) -> None:
    """Whatever page is added later asks it."""
    with city.app_context(), pytest.raises(ReturnUnknown):
        find_expected(rounds.find("manad-2026-10"), "pupil", code, "", Viewer(account))


def test_late_rounds_come_first(city) -> None:
    """What should have been done is seen at once."""
    with city.app_context():
        names = [each.round.name for each in sheets_of(Viewer(TEAM))]
    assert names == ["manad-2026-09", "manad-2026-10"]
