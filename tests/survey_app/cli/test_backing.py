"""Backup and restore on the command line."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal

import pytest
from click.testing import CliRunner

from survey_app import cli
from survey_app.actions import backups


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


def stopped_in_the_middle(*words: str) -> None:
    """Be a command that is told to stop when it has copied everything."""
    gather = backups._gather

    def stop(folder):
        made = gather(folder)
        os.kill(os.getpid(), signal.SIGTERM)
        return made

    backups._gather = stop
    cli.main(words)


def test_a_stop_in_the_middle_leaves_nothing_in_clear(run, tmp_path) -> None:
    """As when a timer's time is over, or the machine shuts down; after a power cut later."""
    assert run("round", "list").exit_code == 0
    (tmp_path / "copies").mkdir()
    words = ("backup", "copies/all.backup", "--data", "data")
    process = multiprocessing.get_context("fork").Process(target=stopped_in_the_middle, args=words)
    process.start()
    process.join(60)
    assert process.exitcode == 128 + signal.SIGTERM
    assert list((tmp_path / "copies").iterdir()) == []
    left = tmp_path / "copies" / ".survey-app-cut"
    left.mkdir()
    (left / "plain").write_text("answers")
    os.utime(left, (0, 0))
    assert run(*words).exit_code == 0
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["all.backup"]
