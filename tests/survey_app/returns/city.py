"""A small city with two teams, and a month's report like the built-in one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask.testing import FlaskClient

from forms.workbook import Workbook
from survey_app.actions import accounts, rounds
from survey_app.actions.calendar import today
from survey_app.actions.register import importing
from survey_app.actions.returns.reporting import report
from survey_app.actions.returns.saving import Action, Kept, Sent
from survey_app.actions.returns.scope import Viewer, find_expected
from survey_app.actions.rounds import Dates
from survey_app.audience import Role
from survey_app.store.database import writing
from survey_app.store.models import InstrumentVersion, Round, RoundState
from tests.factories import make_version
from tests.forms.tables import workbook_of
from tests.survey_app.conftest import PASSWORD, token

TEAM, MATE, OTHER = "team@demo.example", "mate@demo.example", "other@demo.example"
COORDINATOR, ADMINISTRATOR = "look@demo.example", "admin@demo.example"
OFFICER, OTHER_OFFICER = "almen@demo.example", "bjork@demo.example"
OURS = tuple(f"E{number:03}" for number in range(1, 10))
THEIRS = ("X901", "X902")

MONTH = """
    survey
    | type                | name               | label                        | required | relevant                    | constraint       | repeat_count    |
    | begin_group         | manaden            | Månaden                      |          |                             |                  |                 |
    | select_one status   | status             | Hur har eleven varit inskriven? | yes   |                             |                  |                 |
    | hidden              | delmal_antal       |                              |          |                             |                  |                 |
    | end_group           |                    |                              |          |                             |                  |                 |
    | begin_repeat        | delmal             | Delmål                       |          | ${status} != 'uppehall'     |                  | ${delmal_antal} |
    | hidden              | delmal_nr          |                              |          |                             |                  |                 |
    | hidden              | delmal_vikt        |                              |          |                             |                  |                 |
    | hidden              | delmal_utgangslage |                              |          |                             |                  |                 |
    | select_one niva     | delmal_niva        | Hur långt har eleven kommit? | yes      |                             |                  |                 |
    | end_repeat          |                    |                              |          |                             |                  |                 |
    | select_one ja_nej   | narvaro_uppgift    | Lämnar ni uppgifter om närvaro? | yes   |                             |                  |                 |
    | integer             | schema_min         | Minuter på schemat           | yes      | ${narvaro_uppgift} = 'ja'   | . >= 0           |                 |
    | integer             | giltig_min         | Giltig frånvaro              | yes      | ${narvaro_uppgift} = 'ja'   | . <= ${schema_min} |               |
    | integer             | ogiltig_min        | Ogiltig frånvaro             | yes      | ${narvaro_uppgift} = 'ja'   | . <= ${schema_min} |               |
    | select_multiple insats | insatser        | Vilka insatser har eleven fått? | yes   |                             |                  |                 |
    | text                | anteckning         | Något mer                    |          |                             |                  |                 |
    choices
    | list_name | name     | label                | sa_missing |
    | status    | hel      | Hela månaden         |            |
    | status    | uppehall | Uppehåll             |            |
    | niva      | -2       | −2 Mycket mindre     |            |
    | niva      | -1       | −1 Mindre            |            |
    | niva      | 0        | 0 Som väntat         |            |
    | niva      | 1        | +1 Mer               |            |
    | niva      | 2        | +2 Mycket mer        |            |
    | niva      | KEB      | Kan inte bedömas     | yes        |
    | ja_nej    | ja       | Ja                   |            |
    | ja_nej    | nej      | Nej                  |            |
    | insats    | samtal   | Stödsamtal           |            |
    | insats    | hem      | Föräldrastöd         |            |
    | insats    | mote     | Möte                 |            |
    settings
    | form_id | form_title   | default_language | sa_mode | sa_unit | sa_period |
    | manad   | Månadsrapport | Svenska (sv)    | return  | pupil   | month     |
"""
# One pupil's month, with one milestone.
FULL: Mapping[str, str] = {
    "status": "hel",
    "delmal[#]": "1",
    "delmal[1]/delmal_niva": "-1",
    "narvaro_uppgift": "ja",
    "schema_min": "1500",
    "giltig_min": "180",
    "ogiltig_min": "120",
    "insatser": "samtal mote",
}


def fill(*, september: bool = True, version: InstrumentVersion | None = None) -> Round:
    """Fill the register, make accounts, and open September and October; needs an app context."""
    for email in (TEAM, MATE, OTHER):
        accounts.create(email, [Role.TEAM_MEMBER], PASSWORD)
    accounts.create(COORDINATOR, [Role.COORDINATOR], PASSWORD)
    importing.carry_out(register(), COORDINATOR)
    for email, school in ((OFFICER, "almen"), (OTHER_OFFICER, "bjork")):
        accounts.create(email, [Role.SCHOOL_OFFICER], PASSWORD, schools=[school])
    version = version or make_version(MONTH)
    wanted = Dates(due=today() + timedelta(days=7))
    earlier = open_month("manad-2026-09", version, Dates(due=today() - timedelta(days=20)))
    if september:
        hand_in(earlier, OURS[0])
    return open_month("manad-2026-10", version, wanted)


def open_month(name: str, version: InstrumentVersion, dates: Dates) -> Round:
    """Open a round whose name ends in its period; no device asks for it, which saves a second."""
    rounds.create(name, version, dates=dates, title={"sv": f"Månadsrapport {name[-7:]}"})
    with writing():
        found = rounds.find(name)
        found.state = RoundState.OPEN
    return found


def hand_in(of: Round, code: str, action: Action = Action.SUBMIT, **changed: str) -> Kept:
    """Report about one of our pupils as the team would."""
    expected, _ = find_expected(of, "pupil", code, "", Viewer(TEAM))
    return report(of, expected, Sent(0, {**FULL, **changed}, action=action), TEAM).kept


def log_in(client: FlaskClient, email: str) -> FlaskClient:
    """Log in."""
    data = {"email": email, "password": PASSWORD, "csrf_token": token(client)}
    client.post("/login", data=data)
    return client


def register() -> Workbook:
    """Write the register's workbook."""
    pupils = [*((code, "almen", "t1") for code in OURS), *((c, "bjork", "t2") for c in THEIRS)]
    steps = ("aktualiserad", "erbjuden", "samtycke", "inskriven")
    tables = {
        "stadsdelar\n| kod | namn | uppgår_i | gäller_från | gäller_till |": [
            "jarva | Järva | | 2010-01-01 |"
        ],
        "skolor\n| kod | namn | huvudman | stadsdel | gäller_från | gäller_till |": [
            "almen | Almskolan | kommunal | jarva | 2010-01-01 |",
            "bjork | Björkskolan | kommunal | jarva | 2010-01-01 |",
        ],
        "team\n| kod | namn | typ | gäller_från | gäller_till |": [
            "t1 | Team Alm | stationerat | 2018-08-01 |",
            "t2 | Team Björk | mobilt | 2018-08-01 |",
        ],
        "teamets_skolor\n| team | skola | gäller_från | gäller_till |": [
            "t1 | almen | 2018-08-01 |",
            "t2 | bjork | 2018-08-01 |",
        ],
        "tjänster\n| team | tjänst | gäller_från | gäller_till | yrke | andel | konto |": [
            f"t1 | kurator 1 | 2018-08-01 | | kurator | 1 | {TEAM}",
            f"t1 | kurator 2 | 2018-08-01 | | kurator | 1 | {MATE}",
            f"t2 | kurator 1 | 2018-08-01 | | kurator | 1 | {OTHER}",
        ],
        "elever\n| elev | kön | födelseår | förskjutning | bostadsstadsdel |": [
            f"{code} | flicka | 2014 | |" for code, _, _ in pupils
        ],
        "placeringar\n| elev | gäller_från | gäller_till | skola | team |": [
            f"{code} | 2025-09-01 | | {school} | {team}" for code, school, team in pupils
        ],
        "vägen\n| elev | nummer | steg | dag | skäl |": [
            f"{code} | {number} | {step} | 2025-09-01 |"
            for code, _, _ in pupils
            for number, step in enumerate(steps, start=1)
        ],
        "delmål\n| elev | nummer | område | delmål | med_elev | med_vårdnadshavare | start | mål_dag"
        " | vikt | svårighet | utgångsläge | nivå_-2 | nivå_-1 | nivå_0 | nivå_1 | nivå_2 | läge | avslutat | skäl |": [
            f"{code} | 1 | narvaro | Kommer till första lektionen | ja | nej | 2025-09-10 | | 2 | 1 |"
            " -1 | | Aldrig | Varannan dag | Varje dag | | aktivt | |"
            for code, _, _ in pupils
        ],
    }
    lines = [f"{head}\n" + "\n".join(f"| {row} |" for row in rows) for head, rows in tables.items()]
    return workbook_of("\n".join(lines))
