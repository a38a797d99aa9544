"""Which large files there are, how far they are, and which have to go."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from flask_babel import get_locale
from sqlalchemy import Connection, delete, func, select, update

from forms.instrument import Mode
from survey_app.actions import rounds
from survey_app.actions.jobs.errors import FileGone, JobUnknown
from survey_app.store import queries
from survey_app.store.database import WRITING, db, writing
from survey_app.store.interviews import InterviewConsent
from survey_app.store.jobs import GOING_ON, ExportJob, JobState
from survey_app.store.models import Round
from survey_app.store.register import Consent

LARGE = 5_000  # responses, from which on making a file takes longer than one waits for a page
KEPT = timedelta(hours=24)
LISTED = timedelta(days=7)
STALE = timedelta(seconds=30)  # without a sign of life
OWN = 0o700
FOLDER = "large-files"


def is_large(of: Round) -> bool:
    """Tell whether a round's file is made apart."""
    return size_of(of) > LARGE


def size_of(of: Round) -> int:
    """Count the rows that its file will have, about."""
    returned = queries.return_revisions(of.id)[0] if of.mode == Mode.RETURN else 0
    return queries.response_count(of.id) + returned


def order(of: Round, file_format: str, actor: str) -> ExportJob:
    """Put a file on the list; whoever asks twice for the same gets the one that is on its way."""
    rounds.refuse_unless_readable(of)
    same = select(ExportJob).where(
        ExportJob.actor == actor,
        ExportJob.round_id == of.id,
        ExportJob.file_format == file_format,
        ExportJob.state.in_(GOING_ON),
    )
    if found := db.session.scalar(same):
        return found
    job = ExportJob(
        id=secrets.token_hex(16),
        actor=actor,
        round_id=of.id,
        file_format=file_format,
        locale=str(get_locale()),
        total=size_of(of),
        at=now(),
        beat=now(),
    )
    with writing():
        db.session.add(job)
    return job


def find(job_id: str, actor: str) -> ExportJob:
    """Find a file of an account.

    Raises:
        JobUnknown: It has none of that id.
    """
    sweep()
    job = db.session.get(ExportJob, job_id)
    if job is None or job.actor != actor:
        raise JobUnknown
    return job


def listing(actor: str) -> Sequence[ExportJob]:
    """Give an account's files, the newest first."""
    sweep()
    own = select(ExportJob).where(ExportJob.actor == actor, ExportJob.at > now() - LISTED)
    return db.session.scalars(own.order_by(ExportJob.at.desc())).all()


def cancel(job: ExportJob) -> None:
    """Stop making a file, or remove it; whoever makes it notices and ends."""
    end(job.id, JobState.CANCELLED, among=(*GOING_ON, JobState.DONE))


def file_of(job: ExportJob) -> Path:
    """Give the path of a file that is done.

    Raises:
        FileGone: It is not.
        RoundStillOpen, AnswersWithheld: The answers may not be read (any more).
    """
    rounds.refuse_unless_readable(job.round)
    if not job.is_done or not path_of(job.id).exists():
        raise FileGone
    return path_of(job.id)


def path_of(job_id: str) -> Path:
    """Say where a file lies: in a folder of the data directory that only the server's user sees."""
    folder: Path = current_app.config["SETTINGS"].data / FOLDER
    folder.mkdir(mode=OWN, exist_ok=True)
    return folder / job_id


def end(job_id: str, state: JobState, *, among: Sequence[str] = GOING_ON) -> None:
    """Note what became of a file in one of the states; remove it, unless it is there to be had."""
    told = update(ExportJob).where(ExportJob.id == job_id, ExportJob.state.in_(among))
    if change(told.values(state=state.value)) or not _is_finished(job_id):
        path_of(job_id).unlink(missing_ok=True)


def _is_finished(job_id: str) -> bool:
    """Tell whether a file is there to be had, as the table has it now: its maker is another."""
    with db.engine.connect() as connection:
        told = select(ExportJob.state).where(ExportJob.id == job_id)
        return connection.scalar(told) == JobState.DONE


def sweep() -> None:
    """Note which have lost their maker, and remove files whose time is over.

    So it is done at each look, by `tidy`, and when a consent is taken back.
    """
    db.session.rollback()  # to see what the makers have said meanwhile
    held = (*GOING_ON, JobState.DONE)
    for job in db.session.scalars(select(ExportJob).where(ExportJob.state.in_(held))).all():
        if job.state == JobState.RUNNING and job.beat < now() - STALE:
            end(job.id, JobState.INTERRUPTED)
        elif _is_over(job):
            end(job.id, JobState.EXPIRED, among=held)
    db.session.rollback()


def end_all() -> None:
    """End all files, made and being made: something that they may hold has been erased."""
    held = (*GOING_ON, JobState.DONE)
    for job_id in db.session.scalars(select(ExportJob.id).where(ExportJob.state.in_(held))).all():
        end(job_id, JobState.EXPIRED, among=held)
    db.session.rollback()


def _is_over(job: ExportJob) -> bool:
    """Tell whether a file's time is over, its consents are others, or it is lost, as in backups."""
    if job.is_done and not path_of(job.id).exists():
        return True
    return (job.ends is not None and job.ends < now()) or (
        job.stamp not in ("", stamp_of(job.round))
    )


def tidy() -> None:
    """Remove what no file on the list has left, as after a crash; forget what is long over."""
    sweep()
    wanted = {*GOING_ON, JobState.DONE}
    there = list(path_of("").iterdir())  # first: one that begins now is on the list before
    kept = set(db.session.scalars(select(ExportJob.id).where(ExportJob.state.in_(wanted))))
    for path in there:
        if path.name not in kept:
            path.unlink(missing_ok=True)
    change(delete(ExportJob).where(ExportJob.at < now() - LISTED))


def stamp_of(of: Round) -> str:
    """Tell the consents apart as they are now from as they were: what was taken back shows.

    Anonymous rounds have none.
    """
    if of.mode == Mode.ANONYMOUS:
        return "-"
    facts: list[object] = []
    for table, days in (
        (Consent, (Consent.withdrawn_on, Consent.valid_to)),
        (InterviewConsent, (InterviewConsent.withdrawn_on,)),
    ):
        told = [each for day in days for each in (func.count(day), func.max(day))]
        facts += db.session.execute(select(func.count(), *told).select_from(table)).one()
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def change(statement: object) -> int:
    """Run a statement in a transaction of its own, beside whatever the session is reading."""
    with db.engine.connect().execution_options(**{WRITING: True}) as connection:
        return _change(connection, statement)


def _change(connection: Connection, statement: object) -> int:
    with connection.begin():
        return int(connection.execute(statement).rowcount)  # type: ignore[call-overload]  # any statement


def now() -> datetime:
    """Give the time as the table has it."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)
