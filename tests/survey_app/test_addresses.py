"""Every address of the app as every role, with own and others' ids, against a table of audiences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.actions import accounts, instruments, responses, tokens
from survey_app.actions.calendar import today
from survey_app.actions.rounds import Dates
from survey_app.audience import DEVICES, PROGRAMS, Role
from survey_app.store.submissions import READING
from tests.factories import make_app, make_round
from tests.survey_app.conftest import PASSWORD, token
from tests.survey_app.returns.city import (
    ADMINISTRATOR,
    COORDINATOR,
    OFFICER,
    OTHER,
    OTHER_OFFICER,
    OURS,
    TEAM,
    THEIRS,
    fill,
    log_in,
    open_month,
)

INTERVIEWER = "interviewer@demo.example"
CODER = "coder@demo.example"
DISTRICT_READER = "group@demo.example"
RESEARCHER, OFFICER_FOR_DATA = "research@demo.example", "data@demo.example"
EVERYONE = frozenset({None, *Role})
COORDINATE = frozenset({Role.COORDINATOR})
REPORT = frozenset({Role.TEAM_MEMBER, Role.SCHOOL_OFFICER})
KEEP = frozenset({Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR})
COLLECT = frozenset({Role.INTERVIEWER, Role.TEAM_MEMBER})
# Who is let in: by view, or by all of a blueprint. A new page is written down here first.
AUDIENCES: Mapping[str, frozenset[Role | None]] = {
    "account.language": EVERYONE,
    "account.invitation": EVERYONE,  # its address is the key
    "account.sign_on": EVERYONE,  # off, unless a setting is made
    "account.sign_on_answer": EVERYONE,
    "account.sign_on_ended": EVERYONE,
    "account.own": frozenset(Role),
    "account.own_password": frozenset(Role),
    "account.end_login": frozenset(Role),
    "account.end_others": frozenset(Role),
    "account": frozenset({Role.ADMINISTRATOR}),
    "health": EVERYONE,
    "watching": EVERYONE,  # figures ask for a token
    "respond": EVERYONE,
    "security.login": EVERYONE,
    "security": frozenset(Role),
    "security.two_factor_setup": EVERYONE,  # they know who is in the middle of a login
    "security.two_factor_token_validation": EVERYONE,
    "security.mf_recovery": EVERYONE,
    "security.wan_signin": EVERYONE,
    "security.wan_signin_response": EVERYONE,
    "coordinate.start": EVERYONE,
    "coordinate.round_answers": COORDINATE | {Role.RESEARCHER},
    "coordinate.extract_list": COORDINATE | {Role.DATA_PROTECTION_OFFICER},
    "coordinate.trail_list": frozenset({Role.DATA_PROTECTION_OFFICER}),
    "coordinate.research_list": frozenset({Role.RESEARCHER}),
    "coordinate": COORDINATE,
    "protection.start": KEEP | COORDINATE,
    "protection.stored": KEEP | COORDINATE,
    "protection.protocol": KEEP | COORDINATE,
    "protection.retention_rule": frozenset({Role.ADMINISTRATOR}),
    "protection.retention_carry_out": frozenset({Role.ADMINISTRATOR}),
    "protection.preserve": COORDINATE,
    "protection.person": COORDINATE,
    "protection.person_found": COORDINATE,
    "protection.person_extract": COORDINATE,
    "protection.person_erase": COORDINATE,
    "protection": KEEP,
    "preview": COORDINATE,
    "api": COORDINATE,
    "results.districts": COORDINATE | {Role.DISTRICT_READER},
    "results": COORDINATE,
    "openrosa": COLLECT,
    "calendars.subscribed": EVERYONE,  # its address is the key
    "calendars": frozenset({Role.TEAM_MEMBER}),
    "interviews.sample": COORDINATE,
    "interviews.sample_remove": COORDINATE,
    "interviews": COORDINATE | {Role.INTERVIEWER},
    "coding": COORDINATE | {Role.CODER},
    "returns.sheets": REPORT,
    "returns.send": REPORT,
    "returns.send_ready": REPORT,
    "returns": REPORT | {Role.COORDINATOR},
}
ACCOUNTS: Mapping[Role | None, str] = {
    Role.INTERVIEWER: INTERVIEWER,
    Role.CODER: CODER,
    Role.TEAM_MEMBER: TEAM,
    Role.SCHOOL_OFFICER: OFFICER,
    Role.DISTRICT_READER: DISTRICT_READER,
    Role.COORDINATOR: COORDINATOR,
    Role.RESEARCHER: RESEARCHER,
    Role.DATA_PROTECTION_OFFICER: OFFICER_FOR_DATA,
    Role.ADMINISTRATOR: ADMINISTRATOR,
}
KEYS: dict[str, str] = {}  # of programs that read, by account
GAPS = {
    "answer_format": "xlsx",
    "name": "manad-2026-10", "round_name": "manad-2026-10", "language": "en", "number": "1",
    "kind": "pupil", "code": OURS[0], "team": "t1", "whose": "teams", "group": "t1",
    "occasion": "v8-1", "file_name": "cat.png", "token": "x", "draft_id": "none", "tag": "ar",
    "subject": "elevenkat", "digest": "none", "file_format": "svg", "about": "waves",
    "scheme_id": "1", "code_id": "1", "question": "fore", "double_id": "1",
    "account_id": "1", "login_id": "none", "secret": "x", "job_id": "none", "table": "manad", "term": "ht-2026",
    "data_set": "returns",
}  # fmt: skip
# They lead elsewhere whoever comes at the wrong moment.
LEADING = {
    "coordinate.start",
    "security.two_factor_setup",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.wan_signin",
}
FOUND, UNKNOWN, REFUSED = 302, (302, 401), 403
CHANGED = 409  # whoever may write has been there before


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Fill a city with rounds of three questionnaires and an account of each role, once."""
    app = make_app(tmp_path_factory.mktemp("walked") / "data")
    with app.app_context():
        fill(september=False)
        make_round()
        accounts.create(INTERVIEWER, [Role.INTERVIEWER], PASSWORD)
        accounts.create(CODER, [Role.CODER], PASSWORD)
        accounts.create(DISTRICT_READER, [Role.DISTRICT_READER], PASSWORD, districts=["jarva"])
        accounts.create(RESEARCHER, [Role.RESEARCHER], PASSWORD)
        accounts.create(OFFICER_FOR_DATA, [Role.DATA_PROTECTION_OFFICER], PASSWORD)
        accounts.create(ADMINISTRATOR, [Role.ADMINISTRATOR], PASSWORD)
        soon = Dates(due=today() + timedelta(days=7))
        open_month("narvaro-2026-10", instruments.newest_version("narvaro"), soon)
        for account in filter(None, ACCOUNTS.values()):
            KEYS[account] = tokens.create(account, "program", READING)
    yield app
    responses.close(app)


def addresses(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Give view, method and address of everything that is served."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda gap: GAPS[gap[1]], rule.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule.endpoint, method, path


def audience_of(view: str) -> frozenset[Role | None]:
    """Look a view up in the table; one that is not there fails the test."""
    return AUDIENCES[view] if view in AUDIENCES else AUDIENCES[view.split(".", maxsplit=1)[0]]


def browser_of(app: Flask, account: str | None) -> FlaskClient:
    """Give the browser of an account, or of nobody."""
    return log_in(app.test_client(), account) if account else app.test_client()


def status(client: FlaskClient, method: str, path: str, account: str | None) -> int:
    """Fetch, or post with the browser's own token; devices say who they are each time."""
    login = (account, PASSWORD) if account and path.startswith(DEVICES) else None
    if account and path.startswith(PROGRAMS):
        login = (account, KEYS[account])
    page = "/nope" if client.get("/login").status_code == FOUND else "/login"
    data = {"csrf_token": token(client, page)} if method == "POST" else None
    with client.open(path, method=method, data=data, auth=login) as response:
        return response.status_code


@pytest.mark.parametrize("role", [None, *Role])
def test_every_address_lets_in_whom_the_table_says(walked, role) -> None:
    """Nothing is posted by those who may: only that nobody else can."""
    account = ACCOUNTS.get(role)
    client, wrong = browser_of(walked, account), []
    for view, method, path in addresses(walked):
        is_let_in = role in audience_of(view)
        if "/token/" in path or (is_let_in and method == "POST"):
            continue
        found = status(client, method, path, account)
        refused = found in UNKNOWN if role is None else found == REFUSED
        if refused == is_let_in and view not in LEADING:
            wrong.append((method, path, found))
    assert wrong == []


def test_nobody_knocks_at_another_door(walked) -> None:
    """Secret addresses of devices that nobody made open nothing, whoever asks."""
    for account in (None, OFFICER, TEAM):
        client = browser_of(walked, account)
        for _, method, path in addresses(walked):
            if "/token/" in path:
                assert status(client, method, path, None) == REFUSED, path


OUR_TEAM, THEIR_TEAM = frozenset({TEAM}), frozenset({OTHER})
OUR_SCHOOL, THEIR_SCHOOL = frozenset({OFFICER}), frozenset({OTHER_OFFICER})
LOOKING = frozenset({COORDINATOR})
# Address -> who writes there; LOOKING read all but what is nobody's.
WRITERS: Mapping[str, frozenset[str]] = {
    f"/returns/manad-2026-10/pupil/{OURS[0]}": OUR_TEAM,
    f"/returns/manad-2026-10/pupil/{THEIRS[0]}": THEIR_TEAM,
    f"/returns/narvaro-2026-10/pupil/{OURS[0]}": OUR_TEAM | OUR_SCHOOL,
    f"/returns/narvaro-2026-10/pupil/{THEIRS[0]}": THEIR_TEAM | THEIR_SCHOOL,
    "/returns/manad-2026-10/teams/t1/": OUR_TEAM,
    "/returns/manad-2026-10/teams/t2/": THEIR_TEAM,
    "/returns/narvaro-2026-10/teams/t1/": OUR_TEAM,
    "/returns/narvaro-2026-10/schools/almen/": OUR_SCHOOL,
    "/returns/narvaro-2026-10/schools/bjork/": THEIR_SCHOOL,
}
NOBODYS = (
    "/returns/manad-2026-10/schools/almen/",
    "/returns/narvaro-2026-10/schools/nowhere/",
    "/returns/narvaro-2026-10/teams/almen/",
    f"/returns/manad-2026-10/pupil/{OURS[0]}/v8-1",
    "/returns/manad-2026-10/pupil/nobody",
    f"/returns/autumn/pupil/{OURS[0]}",
    "/returns/autumn/teams/t1/",
    "/returns/autumn/schools/almen/",
)


@pytest.mark.parametrize("account", [TEAM, OTHER, OFFICER, OTHER_OFFICER, COORDINATOR])
def test_ids_of_others_are_not_there(walked, account) -> None:
    """Own ones are read and written; coordinators look; all else is as if it did not exist."""
    client = browser_of(walked, account)
    read = {path: status(client, "GET", path, account) for path in (*WRITERS, *NOBODYS)}
    assert read == {
        path: 200 if account in WRITERS.get(path, frozenset()) or _looks(account, path) else 404
        for path in (*WRITERS, *NOBODYS)
    }
    posted = {path: status(client, "POST", _target(path), account) for path in WRITERS}
    posted = {path: 303 if found == CHANGED else found for path, found in posted.items()}
    assert posted == {
        path: 303 if account in writers else 403 if account in LOOKING else 404
        for path, writers in WRITERS.items()
    }


def test_a_teams_calendar_is_its_own(walked) -> None:
    """Another team's days are nobody else's, and an officer has none."""
    found = {
        account: status(browser_of(walked, account), "GET", "/calendar/t1/days.ics", account)
        for account in (TEAM, OTHER, OFFICER, COORDINATOR)
    }
    assert found == {TEAM: 200, OTHER: 404, OFFICER: 403, COORDINATOR: 403}


def _looks(account: str, path: str) -> bool:
    return account in LOOKING and path in WRITERS


def _target(path: str) -> str:
    """Give where a page's form is sent to: a sheet hands in what is ready, a return is saved."""
    return f"{path}ready" if path.endswith("/") else path
