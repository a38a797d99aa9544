"""Backup and restore on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from survey_app import cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give `run("backup", ...)`: the result, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SURVEY_APP_DATA", raising=False)
    return lambda *arguments: CliRunner().invoke(cli.main, arguments)


def test_one_command_each_way(run) -> None:
    """What is listed there is listed here."""
    assert run("round", "open", "ht", "--instrument", "elevenkat", "--codes").exit_code == 0
    assert run("codes", "create", "ht", "--count", "3").exit_code == 0
    written = run("backup", "all.backup", "--verify")
    assert written.exit_code == 0, written.stderr
    assert "written and verified" in written.stdout
    made = run("restore", "all.backup", "--data", "other", "--json")
    assert json.loads(made.stdout)["rows"]["entry_code"] == 3
    here, there = (run("round", "list", "--json", "--data", data) for data in ("data", "other"))
    assert json.loads(there.stdout) == json.loads(here.stdout)


def test_mistakes_are_said_in_a_sentence(run) -> None:
    """And exit 1 or 2."""
    assert run("round", "list").exit_code == 0
    assert run("backup", "all.backup").exit_code == 0
    refused = run("restore", "all.backup")
    assert refused.exit_code == 1
    assert "is not empty" in refused.stderr
    missing = run("restore", "none.backup", "--data", "other")
    assert missing.exit_code == 1
    assert "none.backup: No such file or directory." in missing.stderr
    usage = run("backup", "all.backup", "--verify", "--recipient", "age1x")
    assert usage.exit_code == 2
    assert "--identity" in usage.stderr


def test_nothing_is_no_backup(run, tmp_path) -> None:
    """A wrong directory is said to be wrong: nobody trusts an empty file for years."""
    done = run("backup", "file", "--data", "wrong")
    assert done.exit_code == 1
    assert "nothing to back up" in done.stderr
    assert not (tmp_path / "file").exists()
    assert not (tmp_path / "wrong").exists()
