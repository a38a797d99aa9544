"""A running server reminds each day: each team once whoever runs, after stops and failures too."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey_app import create_app
from survey_app.actions import accounts, responses
from survey_app.actions.calendar import today
from survey_app.actions.register import importing
from survey_app.actions.returns import daily, reminding
from survey_app.audience import Role
from survey_app.settings import TIME_ZONE, load
from survey_app.settings_errors import SettingsInvalid
from survey_app.store.database import db
from survey_app.store.reminders import Reminder
from tests.forms.tables import workbook_of
from tests.survey_app.actions.register.test_importing import CITY
from tests.survey_app.actions.returns.reports import make_report
from tests.survey_app.actions.returns.test_reminding import Inbox
from tests.tools.commands import run_command
from tests.tools.mail import mail_server
from tests.tools.server import find_free_port

TEAM = "t@demo.example"
SECONDS = 20


def fill(app: Flask) -> None:
    """Let the team owe something since yesterday."""
    with app.app_context():
        accounts.create(TEAM, [Role.TEAM_MEMBER])
        with_post = CITY.replace("| kurator | 0,5   |       |", f"| kurator | 0,5   | {TEAM} |")
        importing.carry_out(workbook_of(with_post), "c@demo.example")
        make_report().due = today() - timedelta(days=1)
        db.session.commit()


def use(app: Flask, port: int) -> Flask:
    """Tell an app of the mail server."""
    settings = replace(app.config["SETTINGS"], smtp=f"smtp://127.0.0.1:{port}", remind_hour=7)
    app.config["SETTINGS"] = settings
    return app


def at(monkeypatch: pytest.MonkeyPatch, hour: int, days: int = 0) -> None:
    """Let it be an hour, today or later."""
    moment = datetime.now(TIME_ZONE).replace(hour=hour) + timedelta(days=days)
    monkeypatch.setattr(daily, "now", lambda: moment)


def happens(what: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Wait a while for something to become true."""
    deadline = time.monotonic() + seconds
    while not (done := what()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return done


@pytest.fixture
def fast(monkeypatch) -> None:
    """Look and try again soon."""
    monkeypatch.setattr(daily, "LOOK", 0.05)
    monkeypatch.setattr(daily, "AGAIN", 0.05)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_several_processes_send_each_once(tmp_path: Path, database, request, monkeypatch) -> None:
    """Both have seen that it is due before either writes the row; the row decides."""
    if database == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
        monkeypatch.setenv("DATABASE_URL", url)
    both = threading.Barrier(2)
    look = reminding.due_now

    def at_the_same_time() -> list[reminding.Due]:
        found = look()
        both.wait(SECONDS)
        return found

    with mail_server(inbox := Inbox()) as port:
        apps = [use(create_app(load(tmp_path / "data", is_testing=True)), port) for _ in range(2)]
        fill(apps[0])
        monkeypatch.setattr(reminding, "due_now", at_the_same_time)
        sent: list[int] = []

        def run(app: Flask) -> None:
            with app.app_context():
                sent.append(len(reminding.remind()))
                db.session.remove()

        threads = [threading.Thread(target=run, args=(app,)) for app in apps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)
        for app in apps:
            responses.close(app)
    assert sorted(sent) == [0, 1]
    assert len(inbox.mails) == 1


class Crossroads(Inbox):
    """Takes the first mail only when a second sender stands there too."""

    def __init__(self) -> None:
        super().__init__()
        self._senders = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        """Count the senders."""
        self._senders += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, *about):  # noqa: N802
        """Wait for the other, then take the mail."""
        for _ in range(SECONDS * 20):
            if self._senders > 1:
                break
            await asyncio.sleep(0.05)
        return await super().handle_DATA(*about)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_commands_at_once_send_each_once(
    tmp_path: Path, database, request, monkeypatch
) -> None:
    """Cron on two machines, or beside a server: both have listed all before either sends."""
    if database == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
        monkeypatch.setenv("DATABASE_URL", url)
    app = create_app(load(tmp_path / "data", is_testing=True))
    fill(app)
    with app.app_context():
        for month in range(1, 6):
            make_report(f"report-2026-0{month}", f"2026-0{month}").due = today() - timedelta(days=1)
        db.session.commit()
    responses.close(app)
    with mail_server(inbox := Crossroads()) as port, ThreadPoolExecutor(2) as pool:
        monkeypatch.setenv("SURVEY_APP_SMTP", f"smtp://127.0.0.1:{port}")
        words = ("--data", tmp_path / "data", "remind", "--json")
        done = list(pool.map(lambda _: run_command(*words), range(2)))
    assert [each.returncode for each in done] == [0, 0], done
    rounds = [one["round"] for each in done for one in json.loads(each.stdout)]
    assert len(rounds) == len(set(rounds)) == len(inbox.mails) == 6


def test_it_waits_for_its_hour_and_runs_once_a_day(app, fast, monkeypatch) -> None:
    """A server started after the hour has stopped through it: it sends at once."""
    fill(app)
    runs: list[int] = []
    monkeypatch.setattr(reminding, "remind", lambda: runs.append(1))
    at(monkeypatch, 6)
    with daily.running(use(app, 1)):
        assert not happens(lambda: bool(runs), 0.5)
        at(monkeypatch, 9)
        assert happens(lambda: len(runs) == 1)
        assert not happens(lambda: len(runs) > 1, 0.5)
        at(monkeypatch, 9, days=1)
        assert happens(lambda: len(runs) == 2)


def test_what_another_began_is_looked_at_again(app, fast, monkeypatch) -> None:
    """Who was killed while sending leaves it to those who run."""
    fill(app)
    with app.app_context():
        (of,) = reminding.due_now()
        reminding._claim(of)
    at(monkeypatch, 9)
    with mail_server(inbox := Inbox()) as port, daily.running(use(app, port)):
        assert not happens(lambda: bool(inbox.mails), 0.5)
        monkeypatch.setattr(reminding, "LEASE", timedelta())
        assert happens(lambda: len(inbox.mails) == 1)


def test_a_broken_mail_server_is_logged_and_tried_again(app, fast, monkeypatch, caplog) -> None:
    """Nothing counts as sent before it is, and nobody's address is in the log."""
    fill(app)
    at(monkeypatch, 9)
    port = find_free_port()
    with daily.running(use(app, port)):
        assert happens(lambda: "Reminders wait" in caplog.text)
        with mail_server(inbox := Inbox(), port):
            assert happens(lambda: len(inbox.mails) == 1)
            assert not happens(lambda: len(inbox.mails) > 1, 0.5)
    assert TEAM not in caplog.text
    with app.app_context():
        assert db.session.query(Reminder).count() == 1


def test_what_fails_otherwise_ends_nothing(app, fast, monkeypatch, caplog) -> None:
    """Without the thread nobody would be reminded again."""
    failures = iter([MemoryError()])
    runs: list[int] = []

    def fails_once() -> None:
        for failure in failures:
            raise failure
        runs.append(1)

    monkeypatch.setattr(reminding, "remind", fails_once)
    at(monkeypatch, 9)
    with daily.running(use(app, 1)):
        assert happens(lambda: bool(runs))
    assert "MemoryError" in caplog.text


def test_without_a_mail_server_or_an_hour_nothing_runs(app) -> None:
    """Cron may do it instead."""
    off = use(app, 1)
    off.config["SETTINGS"] = replace(off.config["SETTINGS"], remind_hour=None)
    for settings in (
        off.config["SETTINGS"],
        replace(off.config["SETTINGS"], smtp="", remind_hour=7),
    ):
        off.config["SETTINGS"] = settings
        with daily.running(off):
            assert "reminders" not in {thread.name for thread in threading.enumerate()}


def test_the_hour_is_checked(tmp_path, monkeypatch) -> None:
    """A slip is said at the start, not by reminders that never come."""
    for text, hour in (("0", 0), ("23", 23), ("off", None), ("", 7)):
        monkeypatch.setenv("SURVEY_APP_REMIND_HOUR", text)
        assert load(tmp_path / "data").remind_hour == hour
    for text in ("24", "-1", "7.30", "of"):
        monkeypatch.setenv("SURVEY_APP_REMIND_HOUR", text)
        with pytest.raises(SettingsInvalid, match="0 to 23"):
            load(tmp_path / "data")
