"""Who sees which page: every route says it, and nobody else gets in."""

from __future__ import annotations

import re

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from survey_app.actions import accounts
from survey_app.audience import DEVICES, EVERYONE, PROGRAMS, Role, for_roles
from tests.factories import CAT, INTERVIEW, PICTURED, make_round

GAPS = {
    "answer_format": "xlsx",
    "file_format": "svg",
    "about": "waves",
    "name": "autumn",
    "round_name": "autumn",
    "language": "en",
    "number": "1",
}
GAPS |= {
    "kind": "pupil",
    "code": "E1",
    "team": "t1",
    "whose": "teams",
    "group": "t1",
    "occasion": "v8-1",
}
GAPS |= {"file_name": "cat.png", "token": "x", "draft_id": "none"}
GAPS |= {"tag": "ar", "subject": "elevenkat"}
GAPS |= {"file_format": "svg", "about": "waves", "term": "ht-2026"}
GAPS |= {
    "digest": "none",
    "scheme_id": "1",
    "code_id": "1",
    "question": "fore",
    "double_id": "1",
    "login_id": "x",
    "account_id": "1",
    "secret": "x",
    "job_id": "none",
    "table": "x",
    "data_set": "returns",
}


# Their addresses are keys, and these are wrong ones; or they are off unless a setting is made.
NOT_THERE = {
    "calendars.subscribed",
    "account.invitation",
    "account.sign_on",
    "account.sign_on_answer",
    "account.sign_on_ended",
    "watching.metrics",
    "watching.security_txt",
}


@pytest.fixture
def addresses(app) -> list[tuple[str, str, frozenset[Role]]]:
    """Give every address that can be fetched: its rule, an example and its audience."""
    with app.app_context():
        make_round(table=PICTURED, pictures=[CAT])
    return [
        (rule.endpoint, filled(rule.rule), app.view_functions[rule.endpoint].audience)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and rule.methods and "GET" in rule.methods
    ]


def filled(rule: str) -> str:
    """Fill a rule's gaps with what is there."""
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda gap: GAPS[gap[1]], rule)


def fetched(client: FlaskClient, address: str) -> int:
    """Give the status of a page; what it sends is closed."""
    with client.get(address) as response:
        return response.status_code


def test_every_route_names_its_audience(app) -> None:
    """Nobody reaches a page before someone decided who may see it."""
    views = {name: view for name, view in app.view_functions.items() if name != "static"}
    assert [name for name, view in views.items() if not hasattr(view, "audience")] == []


def test_a_view_without_an_audience_is_refused(app, coordinator) -> None:
    """Forgetting it opens nothing."""
    blueprint = Blueprint("forgotten", __name__)
    blueprint.add_url_rule("/forgotten", view_func=lambda: "secret")
    app._got_first_request = False
    app.register_blueprint(blueprint)
    assert coordinator.get("/forgotten").status_code == 403


def test_visitors_reach_what_is_open_and_nothing_else(visitor, addresses) -> None:
    """Every page of the staff leads to the login."""
    for endpoint, address, audience in addresses:
        response = visitor.get(address)
        if endpoint in NOT_THERE:
            assert response.status_code == 404
        elif audience == EVERYONE:
            assert response.status_code < 400, endpoint
        elif address.startswith(PROGRAMS):
            assert response.status_code == 401, endpoint
        elif address.startswith(DEVICES):
            expected = 403 if "/token/" in address else 401
            assert response.status_code == expected, endpoint
        else:
            assert response.status_code == 302, endpoint
            assert response.location.startswith("/login?next=/"), endpoint


def test_interviewers_reach_devices_addresses_and_their_own_pages(app, visitor, addresses) -> None:
    """They collect; what all have collected is for coordinators."""
    with app.app_context():
        login = ("i@demo.example", accounts.create("i@demo.example", [Role.INTERVIEWER]))
        make_round("visits", table=INTERVIEW)
    reached = {
        endpoint
        for endpoint, address, audience in addresses
        if audience != EVERYONE
        and visitor.get(address.replace("autumn", "visits"), auth=login).status_code == 200
    }
    assert reached == {"openrosa.forms", "openrosa.form", "openrosa.files"}


def test_coordinators_reach_every_page_of_theirs(app, coordinator, addresses) -> None:
    """No address answers with a crash."""
    expected = {
        "coordinate.start": {302},
        "calendars.subscribed": {404},  # nobody has that address
        "security.login": {302},
        "security.wan_signin": {302},
        "security.wan_delete": {302},
        "account.invitation": {404},  # the same
        "account.sign_on": {404},  # off
        "account.sign_on_answer": {404},
        "account.sign_on_ended": {404},
        "coordinate.large_file": {404},  # nobody has asked for one
        "coordinate.large_file_fetch": {404},
        "coordinate.large_file_new": {409},  # the round is open
        "watching.metrics": {404},  # off
        "watching.security_txt": {404},  # nobody is named
        "security.mf_recovery": {302},  # only in the middle of a login
        "security.two_factor_token_validation": {302},
        "security.two_factor_setup_validate": {302},  # the address is out of date
        "security.tf_select": {404},  # not used
        "security.two_factor_rescue": {404},
        "coordinate.round_answers": {409},  # the round is open
        "coordinate.round_cards": {409},  # it asks for no codes
        "results.report": {404},  # no round of the questionnaire is closed
        "results.picture": {404},
        "results.districts": {200, 404},  # no term is over
        "results.half_year_file": {404},  # the kind of file is a picture's
        "coordinate.instrument_workbook": {404},  # no instrument has a round's name
        "coordinate.version_workbook": {404},
        "coordinate.draft_detail": {404},
        "coordinate.followup_return": {404},
        "interviews.case_list": {404},  # the round is none of interviews
        "interviews.case_new": {404},
        "interviews.case_detail": {404},
        "interviews.case_change": {404},
        "interviews.consent": {404},
        "interviews.withdraw": {404},
        "interviews.draft": {404},
        "interviews.notes": {404},
        "interviews.transcript": {404},
        "interviews.sample": {404},
        "interviews.scan": {404},
        "interviews.scan_file": {404},
        "coordinate.followup_team": {404},  # nobody reports in an anonymous round
        "coordinate.followup_lock": {404},
        "coordinate.register_check": {404},
        "api.service": {401},  # programs have keys
        "api.described": {401},
        "api.rows": {401},
        "api.openapi": {401},
        "protection.protocol": {404},  # nothing was erased
        "preview.frame": {404},
        "returns.sheet": {404},  # the round is none of returns
        "returns.group_sheet": {404},
        "returns.unit": {404},
        "preview.picture": {404},
        "preview.questionnaire": {404},
    }
    # The round is none of interviews, and there is no scheme of codes yet.
    coding = {name: {404} for name in app.view_functions if name.startswith("coding.")}
    expected = coding | expected | {"coding.round_list": {200}}
    for endpoint, address, audience in addresses:
        if audience == EVERYONE or Role.COORDINATOR in audience:
            status = fetched(coordinator, address)
            assert status in expected.get(endpoint, {200}), (endpoint, status)


def test_an_account_without_the_role_is_refused(app, coordinator) -> None:
    """Being known is not enough."""
    for_roles(Role.ADMINISTRATOR)(app.view_functions["coordinate.round_list"])
    try:
        response = coordinator.get("/rounds/")
    finally:
        for_roles(Role.COORDINATOR)(app.view_functions["coordinate.round_list"])
    assert response.status_code == 403
    assert "Your account may not see it." in response.get_data(as_text=True)


def test_flask_security_adds_no_page_of_its_own(app) -> None:
    """Each page has our words, our look and our tests."""
    names = {name for name in app.view_functions if name.startswith("security.")}
    assert names == {
        "security.login",
        "security.logout",
        "security.verify",
        "security.two_factor_setup",
        "security.two_factor_setup_validate",
        "security.two_factor_token_validation",
        "security.two_factor_rescue",  # there is no such page
        "security.tf_select",  # the same
        "security.mf_recovery",
        "security.mf_recovery_codes",
        "security.wan_register",
        "security.wan_register_response",
        "security.wan_signin",
        "security.wan_signin_response",
        "security.wan_verify",
        "security.wan_verify_response",
        "security.wan_delete",
    }


def test_administrators_see_no_content(app) -> None:
    """Whoever keeps the accounts and the machine is not whoever reads; who is both has both."""
    reached = {
        name
        for name, view in app.view_functions.items()
        if Role.ADMINISTRATOR in getattr(view, "audience", ()) and not name.startswith("security.")
    }
    of_numbers = {
        *("protection.start", "protection.protocol", "protection.retention_list"),
        *("protection.retention_set", "protection.retention_rule"),
        *("protection.retention_carry_out", "protection.stored"),
    }
    assert {name.partition(".")[0] for name in reached - of_numbers} == {"account"}
    assert app.view_functions["health.healthz"].audience == EVERYONE
