"""Results, feed and large files on the other database: the same statements, run otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from survey_app.actions import accounts, responses, rounds, tokens
from survey_app.actions.jobs import keeping, making, running
from survey_app.actions.results import enkats, released, returned
from survey_app.audience import Role
from survey_app.store.jobs import JobState
from survey_app.store.submissions import READING
from tests.factories import make_app, weaken_passwords
from tests.survey_app.api.test_feed import EMAIL, rows
from tests.survey_app.conftest import PASSWORD
from tests.survey_app.results.test_pages import fill, report_october
from tests.survey_app.returns import city


@pytest.fixture
def on_postgresql(tmp_path, monkeypatch, postgresql) -> Iterator[Flask]:
    """Give an app with the other database."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    app = make_app(tmp_path / "data")
    weaken_passwords(app)
    yield app
    responses.close(app)


def test_results_feed_and_large_files_work_on_postgresql(on_postgresql, monkeypatch) -> None:
    """What was shown is kept and read again; numbers are numbers; a file is made and fetched."""
    app = on_postgresql
    with app.app_context():
        fill("ten", {"3": 30, "2": 8, "DK": 3})
        counted = enkats.result_of(rounds.find("ten"))
        app.extensions.pop(enkats.KEPT)
        monkeypatch.setattr(enkats, "alike_in", None)
        assert enkats.result_of(rounds.find("ten")) == counted
        report_october()
        (month,) = returned.attendance_months("manad")
        assert month.pupils == 6
        assert [each.about for each in released.listing()] == ["attendance", "enkat"]
        city.hand_in(rounds.find("manad-2026-10"), city.OURS[6])
        assert returned.attendance_months("manad") == [month]  # one more is not told
        accounts.create(EMAIL, [Role.COORDINATOR], PASSWORD)
        key = tokens.create(EMAIL, "Excel", READING)
        fed = rows(app, key, "mood")
        assert sum(each["alone"] == 3 for each in fed) == 30
        with app.test_request_context():
            monkeypatch.setattr(running, "_start", lambda *_: None)
            job_id = keeping.order(rounds.find("ten"), "csv", EMAIL).id
        making.make(job_id)
        job = keeping.find(job_id, EMAIL)
        assert (job.state, job.rows, job.responses) == (JobState.DONE, 41, 41)
        assert keeping.file_of(job).read_bytes().count(b"\n") > 41
