"""`survey-app language`: listed, approved and withdrawn from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from survey_app import cli


@pytest.fixture
def run(tmp_path):
    """Give `run("language list")` with data of its own."""

    def invoke(command: str) -> Result:
        return CliRunner().invoke(cli.main, ["--data", str(tmp_path / "data"), *command.split()])

    return invoke


def states(run) -> dict[tuple[str, str], str]:
    """Give the state of each language and text."""
    listed = json.loads(run("language list --json").stdout)
    return {(each["language"], each["subject"]): each["state"] for each in listed}


def test_a_language_is_approved_whole_and_withdrawn(run) -> None:
    """Its pages and its questionnaires together."""
    assert states(run)["sv-simple", "interface"] == "draft"
    assert run("language approve sv-simple --by Asha").exit_code == 0
    after = states(run)
    assert after["sv-simple", "interface"] == after["sv-simple", "elevenkat"] == "approved"
    assert after["sv", "interface"] == after["en", "elevenkat"] == "source"
    assert "Asha" in run("language list").stdout
    assert run("language withdraw sv-simple").exit_code == 0
    assert states(run)["sv-simple", "elevenkat"] == "draft"


def test_an_unknown_language_is_one_sentence(run) -> None:
    """And exit status 1."""
    wrong = run("language approve xx")
    assert wrong.exit_code == 1
    assert 'There is nothing to approve in the language "xx"' in wrong.stderr
