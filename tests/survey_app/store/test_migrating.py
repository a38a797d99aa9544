"""Migrations: once each, whoever starts at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from survey_app.actions import accounts, responses, rounds
from survey_app.actions.coding import doubling, texts
from survey_app.actions.coding.doubling import Plan
from survey_app.store import migrating
from survey_app.store.database import Base, db
from survey_app.store.doubling import DoubleCode, UnitKind
from tests.factories import make_app, make_round
from tests.survey_app.actions.coding.coded import CODER, make_coded
from tests.survey_app.actions.interviews.people import make_interview

SECOND = "second@demo.example"


def make(data: Path) -> Flask:
    """Make an app; again where Python 3.11 miscounts what it parses in two threads at once."""
    try:
        return make_app(data)
    except SystemError:
        return make_app(data)


def test_two_servers_may_start_at_once(tmp_path) -> None:
    """The second waits for the first instead of failing."""
    responses.close(make_app(tmp_path / "first"))  # what tests share is not made in two threads
    tmp_path = tmp_path / "both"
    tmp_path.mkdir()
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


def test_postgresql_keeps_coded_units_back_and_forth(tmp_path, monkeypatch, postgresql) -> None:
    """What two coders gave before they could say how it is spoken of stands, and is of neither."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    app = make_app(tmp_path / "data")
    with app.app_context():
        of = make_coded()
        accounts.create(SECOND, ["coder"])
        case = make_interview(of.of, {"fore": "Ett."})
        of.give(case, "Ett.", "rel", valence="1")
        texts.mark(case, CODER, is_coded=True)
        doubling.begin(of.of, Plan(UnitKind.PARAGRAPH, 100, SECOND, seed=7), CODER)
        db.session.remove()
        command.downgrade(migrating.configuration(), "122")  # before quotations and consent scans
        assert not inspect(db.engine).has_table("consent_scan")
        command.upgrade(migrating.configuration(), "head")
        assert db.session.query(DoubleCode).one().valence == ""
        refused = text("UPDATE double_code SET valence = 'loud'")
        with pytest.raises(IntegrityError):
            db.session.execute(refused)
        db.session.rollback()
        with db.engine.connect() as connection:
            compared = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(compared, Base.metadata) == []
    responses.close(app)
