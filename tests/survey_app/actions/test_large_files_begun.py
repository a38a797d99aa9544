"""The processes that make large files: each file is begun once, whoever begins it."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from survey_app.actions import rounds, xforms
from survey_app.actions.jobs import keeping, running
from survey_app.store.database import db
from survey_app.store.jobs import ExportJob, JobState
from tests.factories import INTERVIEW, make_round
from tests.survey_app.conftest import EMAIL

SECONDS = 60


@pytest.fixture
def waiting(context, monkeypatch) -> str:
    """Ask for a file, and give its id."""
    monkeypatch.setattr(xforms, "prepare", lambda _: None)  # the compiler takes its time
    make_round("talks", table=INTERVIEW)
    job_id = keeping.order(rounds.find("talks"), "csv", EMAIL).id
    db.session.rollback()
    return job_id


def state_of(job_id: str) -> str:
    """Tell how far a file is."""
    db.session.rollback()
    return db.session.get_one(ExportJob, job_id).state


def test_two_who_begin_at_once_begin_one(context, waiting, monkeypatch) -> None:
    """Of two processes the second would find it taken, end, and end the file."""
    begun = []

    def slowly(app, job_id):
        time.sleep(0.2)
        begun.append(job_id)
        running._makers(app)[job_id] = subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.setattr(running, "_start", slowly)

    def begin(_):
        with context.app_context():
            running.start_next(context)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(begin, range(2)))
    for process in running._makers(context).values():
        process.wait()
    assert begun == [waiting]


def test_who_comes_second_ends_nothing(context, waiting) -> None:
    """Two servers may begin the same file; only one process makes it."""
    of_it = update(ExportJob).where(ExportJob.id == waiting)
    keeping.change(of_it.values(state=JobState.RUNNING.value, beat=keeping.now()))
    running._start(context, waiting)
    deadline = time.monotonic() + SECONDS
    while running._makers(context):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert state_of(waiting) == JobState.RUNNING
