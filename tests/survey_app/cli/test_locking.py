"""`survey-app round close` and `open` of returns: why is asked, and kept on record."""

from __future__ import annotations

import json
import shlex

import pytest
from click.testing import CliRunner, Result

from survey_app import cli
from survey_app.actions import responses, trail
from tests.factories import PETS, make_app, make_round
from tests.survey_app.actions.returns.reports import make_city, make_report

NAME = "report-2025-10"


@pytest.fixture
def run(tmp_path):
    """Run a command on data with a round of returns and one of an enkät, both open."""
    app = make_app(tmp_path / "data")
    with app.app_context():
        make_city()
        make_report()
        make_round(table=PETS)
    responses.close(app)

    def invoke(words: str) -> Result:
        return CliRunner().invoke(cli.main, ["--data", str(tmp_path / "data"), *shlex.split(words)])

    return invoke


def recorded(tmp_path) -> list[tuple[str, str, str]]:
    """Give what the trail has of the round, the oldest first."""
    app = make_app(tmp_path / "data")
    with app.app_context():
        found = trail.of_subject(f"round:{NAME}")
        assert trail.verify().is_whole
    responses.close(app)
    reasons = [json.loads(each.details)["reason"] for each in found]
    return [(e.actor, e.action, why) for e, why in zip(found, reasons, strict=True)][::-1]


def test_returns_are_locked_and_unlocked_with_a_reason(run, tmp_path) -> None:
    """As on the coordinator's page; the trail says that it was done on the server itself."""
    assert "is closed" in run(f"round close {NAME} --reason Bokslut").stdout
    assert "is open" in run(f"round open {NAME} --reason 'Fel i skolans siffror'").stdout
    assert recorded(tmp_path) == [
        ("system", "round.lock", "Bokslut"),
        ("system", "round.reopen", "Fel i skolans siffror"),
    ]


@pytest.mark.parametrize("words", ["round close {}", "round close {} --reason ' '"])
def test_returns_are_not_locked_without_a_reason(run, tmp_path, words) -> None:
    """Nothing changes, and the sentence says what is lacking."""
    result = run(words.format(NAME))
    assert (result.exit_code, "Write why." in result.stderr) == (1, True)
    states = {each["name"]: each["state"] for each in json.loads(run("round list --json").stdout)}
    assert states[NAME] == "open"
    assert recorded(tmp_path) == []


def test_returns_are_not_unlocked_without_a_reason(run) -> None:
    """What was locked stays locked."""
    run(f"round close {NAME} --reason Bokslut")
    assert run(f"round open {NAME}").exit_code == 1
    assert "is open" in run(f"round open {NAME} --reason Rättelse").stdout


def test_other_rounds_have_no_reason(run) -> None:
    """An enkät is closed without one; one that is given would be kept nowhere."""
    assert run("round close autumn --reason Klart").exit_code == 2
    assert run("round close autumn").exit_code == 0
