"""The processes that make large files: one at a time, beside the server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from flask import Flask
from sqlalchemy import select

from survey_app.actions.jobs.keeping import end, sweep, tidy
from survey_app.settings import DATA_VARIABLE
from survey_app.store.database import db
from survey_app.store.jobs import ExportJob, JobState

MAKERS = "large_file_makers"
PROGRAM = "survey_app.large_file"
PATIENCE = 5.0  # seconds that an end waits for processes
ANOTHER_MAKES_IT = 3  # how a process ends that found its file taken

_one_starts = threading.Lock()

# From a job's id to the process that this server has started for it.
Makers = dict[str, "subprocess.Popen[bytes]"]


def start_next(app: Flask) -> None:
    """Begin the oldest file that waits, unless another one is being made; needs a context.

    So it is done when one is asked for, when one has ended, at each look at one that waits, and
    hourly: the server that had to begin it may be gone.
    """
    with _one_starts:
        _start_next(app)


def _start_next(app: Flask) -> None:
    sweep()
    states = list(db.session.scalars(select(ExportJob.state)))
    oldest = select(ExportJob.id).where(ExportJob.state == JobState.WAITING.value)
    waiting = db.session.scalar(oldest.order_by(ExportJob.at).limit(1))
    db.session.rollback()
    if waiting and JobState.RUNNING not in states and waiting not in _makers(app):
        _start(app, waiting)


def stop(app: Flask, job_id: str) -> None:
    """End the process of a file, if this server has one."""
    if process := _makers(app).get(job_id):
        process.terminate()


def open_up(app: Flask) -> None:
    """Tidy up what an earlier run left, and go on with what waits."""
    with app.app_context():
        tidy()
        start_next(app)


def close(app: Flask) -> None:
    """End all processes; their files are shown as interrupted."""
    makers = dict(_makers(app))
    app.extensions[MAKERS] = {}
    for process in makers.values():
        process.terminate()
    with app.app_context():
        for job_id, process in makers.items():
            process.wait(PATIENCE)
            end(job_id, JobState.INTERRUPTED, among=(JobState.RUNNING.value,))


def _makers(app: Flask) -> Makers:
    makers: Makers = app.extensions.setdefault(MAKERS, {})
    return makers


def _start(app: Flask, job_id: str) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", PROGRAM, job_id],
        env={**os.environ, DATA_VARIABLE: str(app.config["SETTINGS"].data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    _makers(app)[job_id] = process
    threading.Thread(target=_await, args=(app, job_id, process), daemon=True).start()


def _await(app: Flask, job_id: str, process: subprocess.Popen[bytes]) -> None:
    """When a process has ended, note it if it could not, and begin the next."""
    status = process.wait()
    with app.app_context(), _one_starts:
        if _makers(app).pop(job_id, None) is None:
            return  # the server is closing
        if status != ANOTHER_MAKES_IT:
            end(job_id, JobState.INTERRUPTED)
        _start_next(app)
