"""What a program gets: the rows that may be read, typed and described, and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from openapi_spec_validator import validate

from forms.answers import Answers
from survey_app.actions import accounts, exporting, extracts, rounds, tokens
from survey_app.actions.returns.saving import Action
from survey_app.api import feed
from survey_app.audience import Role
from survey_app.store.submissions import READING
from tests.factories import INTERVIEW, make_response, make_round
from tests.survey_app.returns import city
from tests.tools.programs import find_npm_file

EMAIL = "reader@demo.example"
TABLE = """
    survey
    | type             | name  | label            |
    | select_one agree | well  | Jag trivs.       |
    | integer          | many  | Hur många?       |
    | date             | day   | Vilken dag?      |
    | text             | about | Berätta          |
    choices
    | list_name | name | label     | sa_missing |
    | agree     | 1    | Inte alls |            |
    | agree     | 2    | Helt      |            |
    | agree     | DK   | Vet ej    | yes        |
    settings
    | form_id | form_title | default_language |
    | trivsel | Trivsel    | Svenska (sv)     |
"""
SAID = (
    {"well": "1", "many": "3", "day": "2026-10-01", "about": "=1+1 å"},
    {"well": "DK", "many": "4", "day": "2026-10-02"},
    {"well": "2"},
    {"well": "2", "many": "0", "about": "x"},
    {"well": "2", "many": "7", "day": "2026-10-03", "about": "y"},
)


@pytest.fixture
def key(app: Flask) -> str:
    """Give a coordinator's key."""
    with app.app_context():
        accounts.create(EMAIL, [Role.COORDINATOR], "four-words-on-paper")
        return tokens.create(EMAIL, "Excel", READING)


@pytest.fixture
def answered(app: Flask) -> Flask:
    """Let five answer, and close the round."""
    with app.app_context():
        made = make_round("autumn", table=TABLE)
        asked = frozenset({"well", "many", "day", "about"})
        for values in SAID:
            make_response(made, Answers(dict(values), asked))
        rounds.close_round("autumn")
    return app


def got(app: Flask, key: str, path: str = "", **headers: str) -> Any:
    """Fetch with a key."""
    client: FlaskClient = app.test_client()
    answer = client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {key}", **headers})
    assert "Set-Cookie" not in answer.headers
    return answer


def rows(app: Flask, key: str, path: str) -> list[dict[str, Any]]:
    """Follow the links from part to part."""
    found: list[dict[str, Any]] = []
    while path:
        page = got(app, key, path).get_json()
        found += page["value"]
        path = page.get("@odata.nextLink", "").partition("/api/v1/")[2]
    return found


def test_numbers_are_numbers_and_what_is_missing_is_said(answered, key) -> None:
    """Cell for cell what the coded file has."""
    found = rows(answered, key, "trivsel")
    with answered.app_context():
        table = exporting.coded([rounds.find("autumn")])
        cells = [dict(zip(table.codebook.names, row, strict=True)) for row in table.rows]
    for row, cell in zip(found, cells, strict=True):
        missing = dict(each.split("=") for each in (row["_missing"] or "").split("; ") if each)
        for name, value in cell.items():
            shown = missing[name] if name in missing else row[name]
            assert shown == (value.isoformat() if hasattr(value, "isoformat") else value)
    by_text = {row["about"]: row for row in found}
    assert {key: by_text["=1+1 å"][key] for key in ("well", "many", "day", "_missing")} == {
        "well": 1, "many": 3, "day": "2026-10-01", "_missing": None,
    }  # fmt: skip
    (unsure,) = (row for row in found if row["many"] == 4)
    assert (unsure["well"], unsure["_missing"]) == (None, "well=DK")
    assert unsure["about"] == "NA"
    assert [row["_line"] for row in found] == [1, 2, 3, 4, 5]


def test_parts_are_the_whole(answered, key, monkeypatch) -> None:
    """Whatever a part's size: no row twice, none left out."""
    whole = rows(answered, key, "trivsel")
    for size in (1, 2, 4, 5):
        monkeypatch.setattr(feed, "AT_A_TIME", size)
        assert rows(answered, key, "trivsel") == whole
        assert rows(answered, key, "trivsel?$select=well") == [{"well": r["well"]} for r in whole]
    small = got(answered, key, "trivsel", Prefer="odata.maxpagesize=1").get_json()
    assert len(small["value"]) == 1
    assert got(answered, key, "trivsel?$skip=1&$top=2").get_json()["value"] == whole[1:3]
    counted = got(answered, key, "trivsel?$top=0&$count=true").get_json()
    assert (counted["value"], counted["@odata.count"]) == ([], 5)


def test_what_is_not_understood_is_refused(answered, key) -> None:
    """Not answered with something else: what is left to programs, and what means nothing."""
    refused = {
        501: ["$filter=well eq 1", "$orderby=well", "$expand=x"],
        400: ["$top=-1", "$top=x", "$skip=1e3", "$select=nobody", "$skiptoken=%00", "$format=xml",
              "$top=99999999999", "$count=yes", "$top=1&$top=2"],
    }  # fmt: skip
    for status, options in refused.items():
        for option in options:
            answer = got(answered, key, f"trivsel?{option}")
            assert (option, answer.status_code) == (option, status)
            assert answer.get_json()["error"]["code"] in ("not_implemented", "bad_request")


def test_every_refusal_is_one_that_a_program_can_read(app, key) -> None:
    """Whoever may not, whatever is not there, and whatever may not be done: JSON, no page."""
    client = app.test_client()
    headers = {"Authorization": f"Bearer {key}"}
    with app.app_context():
        accounts.create("team@demo.example", [Role.TEAM_MEMBER], "four-words-on-paper")
        of_team = tokens.create("team@demo.example", "Excel", READING)
    answers = (
        (403, "forbidden", got(app, of_team)),
        (404, "not_found", client.get("/api/v1/a/b", headers=headers)),
        (405, "method_not_allowed", client.post("/api/v1/", headers=headers)),
    )
    for status, code, answer in answers:
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)
    assert "GET" in answers[-1][2].headers["Allow"]


def test_what_staff_may_not_read_is_not_fed(app, key) -> None:
    """Open, withheld, planned, or an interview: as if they were not there."""
    with app.app_context():
        for name, count in (("aaa", 6), ("bbb", 4)):
            made = make_round(name, table=TABLE.replace("trivsel", name))
            for _ in range(count):
                make_response(made, Answers({"well": "1"}, frozenset({"well"})))
        rounds.close_round("bbb")
        make_round("visits", table=INTERVIEW)
    assert got(app, key).get_json()["value"] == []
    for name in ("aaa", "bbb", "visits", "nothing"):
        answer = got(app, key, name)
        assert answer.status_code == 404
        assert answer.get_json()["error"]["code"] == "not_found"
    with app.app_context():
        rounds.close_round("aaa")
    assert [each["name"] for each in got(app, key).get_json()["value"]] == ["aaa"]


def test_returns_have_their_repeats_as_tables(app, key) -> None:
    """Each milestone's row says which report it belongs to."""
    with app.app_context():
        month = city.fill(september=False)
        for code in city.OURS[:3]:
            city.hand_in(month, code, Action.SUBMIT)
    names = [each["name"] for each in got(app, key).get_json()["value"]]
    assert names[:2] == ["manad", "manad_delmal"]
    reports, milestones = rows(app, key, "manad"), rows(app, key, "manad_delmal")
    assert [row["_parent"] for row in milestones] == [row["_row"] for row in reports] == [1, 2, 3]
    assert {row["delmal_niva"] for row in milestones} == {-1}


def test_the_metadata_is_valid_and_names_what_comes(answered, key) -> None:
    """By the schema that OASIS publishes."""
    answer = got(answered, key, "$metadata")
    document = etree.fromstring(answer.data)
    schema = etree.XMLSchema(etree.parse(find_npm_file("odata-csdl/schemas/edmx.xsd")))
    schema.assertValid(document)
    types = dict(re.findall(r'<Property Name="(\w+)" Type="Edm\.(\w+)"', answer.text))
    assert types == {
        "_line": "Int64", "_missing": "String", "_version": "String", "well": "Int64",
        "many": "Int64", "day": "Date", "about": "String",
    }  # fmt: skip
    assert 'String="Jag trivs."' in answer.text
    row, *_ = rows(answered, key, "trivsel")
    assert set(row) == set(types)


def test_the_description_is_valid(answered, key) -> None:
    """OpenAPI 3.1, with every address that there is, and the columns of each table."""
    described = got(answered, key, "openapi.json").get_json()
    validate(described)
    served = {
        rule.rule for rule in answered.url_map.iter_rules() if rule.rule.startswith("/api/v1")
    }
    named = {f"/api/v1{path}".replace("/trivsel", "/<string:table>") for path in described["paths"]}
    assert named == served
    told = described["paths"]["/trivsel"]["get"]["responses"]["200"]["content"]
    columns = told["application/json"]["schema"]["properties"]["value"]["items"]["properties"]
    assert set(columns) == set(rows(answered, key, "trivsel")[0])


def test_only_a_key_for_reading_opens_it(answered, key, coordinator) -> None:
    """Neither a login, a password, a device's secret, nor the key of one who may not."""
    with answered.app_context():
        accounts.create("team@demo.example", [Role.TEAM_MEMBER], "four-words-on-paper")
        of_team = tokens.create("team@demo.example", "Excel", READING)
        of_device = tokens.create(EMAIL, "tablet")
    assert got(answered, of_team).status_code == 403
    assert coordinator.get("/api/v1/").status_code == 401
    for wrong in (of_device, "", "x", "four-words-on-paper", key[:-1]):
        answer = got(answered, wrong)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic")
    basic = b64encode(f"anyone:{key}".encode()).decode()
    as_excel = answered.test_client().get("/api/v1/", headers={"Authorization": f"Basic {basic}"})
    assert as_excel.status_code == 200
    assert answered.test_client().get(f"/openrosa/token/{key}/formList").status_code == 403
    with answered.app_context():
        tokens.revoke(EMAIL, "Excel")
    assert got(answered, key).status_code == 401


def test_guessing_is_slowed_down(app, key) -> None:
    """Sixty failures a minute from an address, then even the right key waits."""
    for _ in range(60):
        assert got(app, "wrong").status_code == 401
    assert got(app, key).status_code == 429


def test_a_reading_is_put_on_record_once(answered, key, monkeypatch) -> None:
    """Its later parts are no extracts of their own."""
    monkeypatch.setattr(feed, "AT_A_TIME", 2)
    rows(answered, key, "trivsel")
    with answered.app_context():
        (noted,) = extracts.listing()
        assert (noted.actor, noted.subject, noted.file_format) == (EMAIL, "trivsel", "odata")
        assert noted.responses == 5


def test_a_key_is_made_shown_once_and_ended(coordinator, app) -> None:
    """By whoever may download."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', coordinator.get("/connect/").text)
    assert token
    made = coordinator.post("/connect/", data={"csrf_token": token[1], "name": "Bok 1"}).text
    secret = re.search(r'<code class="address">([\w-]{40,})</code>', made)
    assert secret
    assert secret[1] not in coordinator.get("/connect/").text
    assert got(app, secret[1]).status_code == 200
    again = coordinator.post("/connect/", data={"csrf_token": token[1], "name": "Bok 1"})
    assert "already" in again.text
    coordinator.post("/connect/end", data={"csrf_token": token[1], "name": "Bok 1"})
    assert got(app, secret[1]).status_code == 401
