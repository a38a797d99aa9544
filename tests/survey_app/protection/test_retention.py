"""Rules are written and carried out by administrators, on pages that show numbers alone."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect

from survey_app import cli
from survey_app.actions import accounts, rounds
from survey_app.actions.calendar import today
from survey_app.actions.retention import carrying, facts, sets
from survey_app.audience import Role
from survey_app.store.database import db, writing
from tests.factories import make_response, make_round, release
from tests.survey_app.conftest import PASSWORD, choose_language, token

ADMIN, OFFICER = "admin@stad.example", "dpo@stad.example"
PAGE = "/data-protection/retention/enkats/"


def browser_of(app, email: str, role: Role):
    """Give the browser of a new account, in English."""
    with app.app_context():
        accounts.create(email, [role], PASSWORD)
    client = app.test_client()
    client.post("/login", data={"email": email, "password": PASSWORD, "csrf_token": token(client)})
    choose_language(client, "en")
    return client


@pytest.fixture
def over(app) -> None:
    """Make a round that ended long ago."""
    with app.app_context():
        found = make_round()
        for _ in range(6):
            make_response(found)
        release("autumn")
        rounds.close_round("autumn")
        with writing():
            rounds.find("autumn").closed_on = today() - timedelta(days=800)


def write_rule(client, **changed: str):
    """Fill in the rule's form."""
    data = {"length": "2", "unit": "year", "decision": "SN 2026/1", "decided_on": "2026-01-15"}
    filled = data | changed | {"csrf_token": token(client, PAGE)}
    return client.post(f"{PAGE}rule", data=filled, follow_redirects=True)


def test_from_a_rule_to_a_protocol(app, over) -> None:
    """What is due is seen in numbers, confirmed by a word, and kept as a protocol."""
    client = browser_of(app, ADMIN, Role.ADMINISTRATOR)
    assert "no rule" in client.get("/data-protection/retention/").text
    assert "Write the reference" in write_rule(client, decision="").text
    page = write_rule(client).text
    assert "Kept for 2 years from the last day of the round." in page
    assert "Anonymous answers: 6" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    data = {"csrf_token": token(client, PAGE), "seen": seen[1], "word": "yes"}
    wrong = client.post(f"{PAGE}carry-out", data=data, follow_redirects=True)
    assert "Nothing was erased." in wrong.text
    done = client.post(f"{PAGE}carry-out", data=data | {"word": "Erase"}, follow_redirects=True)
    assert "It is erased." in done.text
    officer = browser_of(app, OFFICER, Role.DATA_PROTECTION_OFFICER)
    assert "/data-protection/protocols/1/" in officer.get("/data-protection/").text
    protocol = officer.get("/data-protection/protocols/1/").text
    for said in ("SN 2026/1", ADMIN, "Anonymous answers: 6", "there was no rule for backups"):
        assert said in protocol
    assert 'role="alert"' not in protocol


def test_the_officer_for_data_looks_and_changes_nothing(app, over) -> None:
    """Who watches does not do what is watched."""
    client = browser_of(app, OFFICER, Role.DATA_PROTECTION_OFFICER)
    page = client.get(PAGE).text
    assert "/rule" not in page
    data = {"csrf_token": token(client, "/nope")}
    assert client.post(f"{PAGE}carry-out", data=data).status_code == 403
    assert client.post(f"{PAGE}rule", data=data).status_code == 403


def test_the_command_line_does_the_same(app, over) -> None:
    """For whoever has no browser at hand; a word is asked for there too."""

    def run(*words: str) -> str:
        said = CliRunner().invoke(cli.main, ["--data", str(data), "retention", *words])
        assert said.exit_code == 0, said.output
        return said.stdout

    data = app.config["SETTINGS"].data
    decided = ("--decision", "SN 2026/1", "--decided-on", "2026-01-15", "--by", "Kim")
    run("rule", "enkats", "--length", "2", *decided)
    listed = {each["name"]: each for each in json.loads(run("list", "--json"))}
    assert (listed["enkats"]["kept_for"], listed["enkats"]["is_due"]) == ("2 year", True)
    counts = {"rounds": 1, "responses": 6}
    assert json.loads(run("preview", "enkats", "--json"))["counts"] == counts
    kept = json.loads(run("carry-out", "enkats", "--by", "Kim", "--confirm", "gallra", "--json"))
    assert (kept["counts"], kept["carried_out_by"], kept["is_rewritten"]) == (counts, "Kim", True)
    with app.app_context():
        assert not carrying.preview("enkats").is_empty or carrying.listing()


def test_what_somebody_was_in_the_way_of_is_finished_later(app, over, monkeypatch) -> None:
    """The protocol says so until the files are written anew."""
    client = browser_of(app, ADMIN, Role.ADMINISTRATOR)
    seen = re.search(r'name="seen" value="([^"]+)"', write_rule(client).text)
    assert seen
    monkeypatch.setattr("survey_app.store.mixing.forget", lambda *_: False)
    data = {"csrf_token": token(client, PAGE), "seen": seen[1], "word": "erase"}
    done = client.post(f"{PAGE}carry-out", data=data, follow_redirects=True)
    assert "may still hold traces" in done.text
    monkeypatch.undo()
    with app.app_context():
        assert carrying.settle_all() == 0
        assert carrying.find(1).is_rewritten
        db.session.rollback()


def test_every_table_is_in_the_record_of_processing(app) -> None:
    """A new table says what it holds about whom, and which rule it follows."""
    told = [table for area in facts.AREAS for fact in area.facts for table in fact.tables]
    with app.app_context():
        there = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert sorted(told) == sorted(there)
    known = {each.name for each in sets.DATA_SETS} | {""}
    assert {fact.rule for area in facts.AREAS for fact in area.facts} <= known
    officer = browser_of(app, OFFICER, Role.DATA_PROTECTION_OFFICER)
    assert "Answers, notes and transcripts" in officer.get("/data-protection/stored/").text
