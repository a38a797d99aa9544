"""Migrations: once each, whoever starts at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic import command
from flask import Flask
from sqlalchemy import inspect

from survey_app.actions import responses, rounds
from survey_app.store import migrating
from survey_app.store.database import db
from tests.factories import make_app, make_round


def make(data: Path) -> Flask:
    """Make an app; again where Python 3.11 miscounts what it parses in two threads at once."""
    try:
        return make_app(data)
    except SystemError:
        return make_app(data)


def test_two_servers_may_start_at_once(tmp_path) -> None:
    """The second waits for the first instead of failing."""
    with ThreadPoolExecutor(2) as pool:
        apps = list(pool.map(make, [tmp_path] * 2))
    for app in apps:
        with app.app_context():
            assert inspect(db.engine).has_table("response")
        responses.close(app)


def test_starting_again_keeps_what_is_there(tmp_path) -> None:
    """An update loses nothing."""
    with make_app(tmp_path).app_context():
        make_round("kept")
    with make_app(tmp_path).app_context():
        assert rounds.find("kept").state == "open"


def test_every_migration_can_be_undone(context) -> None:
    """A failed update can be taken back."""
    with context.app_context():
        command.downgrade(migrating.configuration(), "base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        command.upgrade(migrating.configuration(), "head")
        assert inspect(db.engine).has_table("response")
