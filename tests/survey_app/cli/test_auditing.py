"""`survey-app audit verify`: says whether the trail is whole, and where it is not."""

from __future__ import annotations

import json
import sqlite3

import pytest
from click.testing import CliRunner, Result

from survey_app import cli
from survey_app.actions import responses, trail
from survey_app.store.database import writing
from tests.factories import make_app


@pytest.fixture
def run(tmp_path):
    """Give `run("audit verify")` on data with three entries."""
    made = make_app(tmp_path / "data")
    with made.app_context():
        for number in range(3):
            with writing():
                trail.record("a@demo.example", "test.do", f"thing:{number}", {"n": number})
    responses.close(made)

    def invoke(command: str) -> Result:
        return CliRunner().invoke(cli.main, ["--data", str(tmp_path / "data"), *command.split()])

    return invoke


def test_a_whole_trail_shows_its_last_hash(run) -> None:
    """The hash is for noting elsewhere."""
    facts = json.loads(run("audit verify --json").stdout)
    assert (facts["entries"], facts["is_whole"], facts["broken"]) == (3, True, None)
    said = run("audit verify")
    assert said.exit_code == 0
    assert "3 entries, all as they were written." in said.stdout
    assert facts["last_hash"] in said.stdout


def test_a_broken_trail_names_the_entry_and_fails(run, tmp_path) -> None:
    """Whoever goes round the triggers is found out."""
    with sqlite3.connect(tmp_path / "data" / "survey.sqlite") as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit_entry'"
        ).fetchall()
        for (name,) in names:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE audit_entry SET actor = 'b@demo.example' WHERE number = 2")
    said = run("audit verify")
    assert said.exit_code == 1
    assert "Entry 2 of 3 is not what was written." in said.stdout
    assert json.loads(run("audit verify --json").stdout)["broken"] == 2
