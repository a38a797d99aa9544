"""What is wrong with a deployment is found, and said with what to do."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from survey_app.actions import accounts, checkup, invitations, responses
from survey_app.actions.checkup import Level
from survey_app.audience import Role
from survey_app.store.database import db
from survey_app.store.invitations import Invitation
from tests.factories import make_app, make_response, make_round

SOUND = {
    "SURVEY_APP_ADDRESS": "https://survey.example",
    "SURVEY_APP_PROXIES": "1",
    "SURVEY_APP_SMTP": "smtp://mail.example",
    "SURVEY_APP_SECOND_FACTOR": "",
}


@pytest.fixture
def look(tmp_path, monkeypatch):
    """Give `look(break_it, SETTING=...)`: what is found that is not good, by what it is about."""

    def look_at(break_it=lambda _: None, email="anna@stad.example", **settings):
        for name, value in (SOUND | settings).items():
            monkeypatch.setenv(name, value)
        app = make_app(tmp_path / "data")
        with app.app_context():
            if email:
                accounts.create(email, [Role.COORDINATOR])
            break_it(tmp_path / "data")
        responses.close(app)
        app = make_app(tmp_path / "data")  # as the command starts: it remembers nothing
        with app.app_context():
            found = checkup.look()
        responses.close(app)
        assert {each.about for each in found} == set(checkup.GOOD)
        return {f.about: (f.level, f.sentence) for f in found if f.level is not Level.GOOD}

    return look_at


def test_a_sound_deployment_has_nothing_to_mend(look) -> None:
    """Each look says what is good."""
    assert look() == {}


@pytest.mark.parametrize(
    ("settings", "about", "level", "words"),
    [
        ({"SURVEY_APP_ADDRESS": ""}, "address", Level.WARNING, "Set SURVEY_APP_ADDRESS"),
        ({"SURVEY_APP_ADDRESS": "http://a.example"}, "address", Level.ERROR, "write https://"),
        ({"SURVEY_APP_PROXIES": "0"}, "address", Level.WARNING, "set it to 1"),
        ({"SURVEY_APP_SMTP": ""}, "mail", Level.WARNING, "nobody is reminded"),
        ({"SURVEY_APP_SECOND_FACTOR": "off"}, "second_factor", Level.WARNING, "roles or all"),
        ({"email": ""}, "accounts", Level.WARNING, "survey-app account invite"),
        ({"email": "anna@demo.example"}, "accounts", Level.ERROR, "1, such as anna@demo.example"),
    ],
)
def test_a_setting_that_is_wrong_is_named(look, settings, about, level, words) -> None:
    """Nothing else is said to be wrong."""
    [(found, (how_much, sentence))] = look(**settings).items()
    assert (found, how_much) == (about, level)
    assert words in sentence


def test_the_way_to_the_first_round_is_told_step_by_step(look) -> None:
    """Nobody, invited, an administrator alone, one who was closed again: each has a next step."""

    def invite(_):
        invitations.invite("bo@stad.example", [Role.ADMINISTRATOR], "system")

    def wait_too_long(_):
        db.session.execute(update(Invitation).values(last_day=date(2026, 1, 1)))
        db.session.commit()

    def come(_):
        accounts.create("bo@stad.example", [Role.ADMINISTRATOR])

    def go(_):
        accounts.set_active("bo@stad.example", "system", is_active=False)

    for step, words in (
        (invite, "somebody is invited"),
        (wait_too_long, "Invite the first administrator"),
        (come, "no account is a coordinator's"),
        (go, "Nobody can log in yet"),
    ):
        level, sentence = look(step, email="")["accounts"]
        assert (level, words in sentence) == (Level.WARNING, True), sentence


def test_files_that_others_can_read_are_named(look) -> None:
    """With the command that mends it."""

    def open_up(data):
        (data / "secrets.json").chmod(0o640)
        data.chmod(0o755)

    level, sentence = look(open_up)["files"]
    assert level is Level.ERROR
    assert sentence.endswith("secrets.json")


def test_a_full_disk_is_told_before_it_is_full(look, monkeypatch) -> None:
    """Answers would be refused."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5 * 1024**2))
    level, sentence = look()["room"]
    assert level is Level.ERROR
    assert "5 MB" in sentence


def test_a_lost_key_is_told(look) -> None:
    """The folder was left out when the data was moved."""

    def lose(data):
        make_response(make_round())
        shutil.rmtree(data / "pool")

    level, sentence = look(lose)["keys"]
    assert level is Level.ERROR
    assert "1 waiting answers cannot be opened" in sentence


def test_a_damaged_database_is_told(look) -> None:
    """An index that lacks a row is enough."""

    def damage(data):
        with sqlite3.connect(data / "survey.sqlite") as connection:
            connection.execute("CREATE TABLE t (a)")
            connection.execute("CREATE INDEX i ON t (a)")
            connection.execute("INSERT INTO t VALUES (1)")
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(
                "UPDATE sqlite_master SET sql = 'CREATE INDEX i ON t (a) WHERE a > 5' WHERE name = 'i'"
            )

    level, sentence = look(damage)["database"]
    assert level is Level.ERROR
    assert "damaged" in sentence
