"""Make a large file: in a process of its own, which says how far it is and may be stopped."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from exports.table import Record
from exports.writers import FORMATS
from survey_app.actions import exporting, extracts
from survey_app.actions.jobs.keeping import KEPT, change, end, now, path_of, stamp_of
from survey_app.store.database import db
from survey_app.store.jobs import ExportJob, JobState

BETWEEN_SIGNS, BETWEEN_BEATS = 0.5, 5.0  # seconds

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody does not want the file any more, or it may not be made any more."""


def make(job_id: str) -> bool:
    """Make a file that waits; needs an app context. It is noted what became of it.

    Returns:
        False when it does not wait any more: another server's process may be making it.
    """
    if not _set(job_id, JobState.WAITING, state=JobState.RUNNING.value, beat=now()):
        return False
    try:
        with _beating(job_id):
            _write(db.session.get_one(ExportJob, job_id))
    except Stopped:
        path_of(job_id).unlink(missing_ok=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits is told
        log.error("A large file could not be made: %s", type(error).__name__)
        end(job_id, JobState.FAILED)
    return True


def _write(job: ExportJob) -> None:
    job_id, file_format, of = job.id, job.file_format, job.round
    _set(job_id, JobState.RUNNING, stamp=stamp_of(of))
    signs = _Signs(job_id)
    descriptor = os.open(path_of(job_id), os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w+b") as file, force_locale(job.locale):
        written = exporting.write_round(of, file_format, file, watch=signs.watch)
        facts = {
            "rows": written,
            "digest": extracts.digest_of(file),
            "responses": written if extracts.may_count([of]) else None,
            "suffix": FORMATS[file_format].kind_of(file).suffix,
        }
    if not _set(job_id, JobState.RUNNING, state=JobState.DONE.value, ends=now() + KEPT, **facts):
        raise Stopped


@contextmanager
def _beating(job_id: str) -> Iterator[None]:
    """Give signs of life from another thread: some formats write long after the last row."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # for a thread
    is_over = threading.Event()

    def beat() -> None:
        with app.app_context():
            while not is_over.wait(BETWEEN_BEATS):
                with suppress(OperationalError):  # the database is busy: the next one will do
                    _set(job_id, JobState.RUNNING, beat=now())

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@dataclass(slots=True)
class _Signs:
    """Tells twice a second how far it is, and stops when nobody waits any more."""

    job_id: str
    next_sign: float = field(default_factory=time.monotonic)

    def watch(self, records: Iterator[Record]) -> Iterator[Record]:
        """Give the records on."""
        for number, record in enumerate(records):
            if time.monotonic() >= self.next_sign:
                self.next_sign = time.monotonic() + BETWEEN_SIGNS
                self._tell(number)
            yield record

    def _tell(self, rows: int) -> None:
        try:
            is_wanted = _set(self.job_id, JobState.RUNNING, rows=rows, beat=now())
        except OperationalError:
            return  # the database is busy: the next sign will do
        if not is_wanted:
            raise Stopped


def _set(job_id: str, while_it_is: JobState, **facts: object) -> bool:
    told = update(ExportJob).where(ExportJob.id == job_id, ExportJob.state == while_it_is.value)
    return change(told.values(facts)) == 1
