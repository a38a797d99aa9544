"""`survey-app token`: made, listed and revoked from the command line."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner, Result

from survey_app import cli

EMAIL = "a@demo.example"


@pytest.fixture
def run(tmp_path):
    """Give `run("token list")` with data of its own, where an interviewer has an account."""

    def invoke(command: str) -> Result:
        return CliRunner().invoke(cli.main, ["--data", str(tmp_path / "data"), *command.split()])

    invoke(f"account create {EMAIL} --role interviewer")
    return invoke


def test_a_token_is_shown_once(run) -> None:
    """The list says that it is there, not what it is."""
    created = run(f"token create {EMAIL} --name tablet")
    assert created.exit_code == 0
    found = re.search(r"Address: /openrosa/token/(\S+)", created.stdout)
    assert found is not None
    assert f"Token: {found[1]}\n" in created.stdout
    listed = run("token list --json")
    assert found[1] not in listed.stdout
    (facts,) = json.loads(listed.stdout)
    assert (facts["account"], facts["name"], facts["revoked_on"]) == (EMAIL, "tablet", None)
    assert facts["created_on"]


def test_a_token_is_revoked(run) -> None:
    """By its name; a wrong one is one sentence and exit status 1."""
    run(f"token create {EMAIL} --name tablet")
    assert run(f"token revoke {EMAIL} --name tablet").exit_code == 0
    assert "tablet" in run("token list").stdout
    assert json.loads(run("token list --json").stdout)[0]["revoked_on"]
    wrong = run(f"token revoke {EMAIL} --name other")
    assert wrong.exit_code == 1
    assert 'There is no device "other"' in wrong.stderr
