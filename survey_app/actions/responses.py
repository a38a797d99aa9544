"""Store what a respondent said: once, whole, and without a trace of who or when."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID, uuid4

from flask import Flask, current_app
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from forms.answers import Answers
from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundUnknown, StorageUnavailable
from survey_app.actions.rounds import refuse_unless_open
from survey_app.store.database import db
from survey_app.store.mixing import mix
from survey_app.store.models import Receipt, Response, Round, RoundState, state_on
from survey_app.store.writer import GroupWriter, Work, WriterUnavailable

WRITER = "response_writer"
KEY = "RECEIPT_KEY"


# Made once: putting a statement together costs more than running it.
_NEW_RESPONSE = insert(Response)
_NEW_RECEIPT = {
    name: dialect.insert(Receipt).on_conflict_do_nothing().returning(Receipt.token)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
# On PostgreSQL the row stays as it is until the commit; SQLite has one writer anyway.
_STATE = (
    select(Round.name, Round.state, Round.opens, Round.locks)
    .where(Round.id == bindparam("wanted"))
    .with_for_update(read=True)
)


@dataclass(frozen=True, slots=True)
class Sending:
    """One sent questionnaire on its way to the tables.

    Attributes:
        token: See `token_of`; one by chance when the sending cannot be recognised again.
    """

    round_id: int
    version_id: int
    answers: Answers
    token: str
    is_repeatable: bool
    day: date

    def __call__(self, connection: Connection) -> None:
        """Write it in the caller's transaction."""
        keep(connection, [self])

    @staticmethod
    def run_together(connection: Connection, sendings: Sequence[Sending]) -> None:
        """Write several with the statements of one."""
        keep(connection, sendings)


def init_app(app: Flask, receipt_key: str) -> None:
    """Set up storing: on SQLite by one writer for all, elsewhere by plain transactions."""
    app.config[KEY] = receipt_key
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            app.extensions[WRITER] = GroupWriter(db.engine, tidy=partial(mix, db.engine))


def store(
    round_id: int, version_id: int, answers: Answers, response_id: UUID | None = None
) -> None:
    """Store a response; return after the commit. The same `response_id` again stores nothing.

    Args:
        round_id: The round it belongs to.
        version_id: The instrument's version that asked.
        answers: What was said, checked already.
        response_id: What the respondent's browser made to recognise a repeated sending.

    Raises:
        RoundUnknown, RoundNotYetOpen, RoundClosed: The round takes no answers; nothing is kept.
        StorageUnavailable: Nothing was kept; it may be sent again.
    """
    token = token_of(round_id, response_id or uuid4())
    db.session.rollback()  # end the reading: it need not wait, and what follows sees what is new
    is_repeatable = response_id is not None
    commit(Sending(round_id, version_id, answers, token, is_repeatable, today()))


def commit(work: Work) -> None:
    """Run a piece of work in a write transaction; return after the commit.

    Raises:
        StorageUnavailable: Nothing was kept; it may be asked for again.
        Exception: Whatever the work raised; it was undone.
    """
    writer: GroupWriter | None = current_app.extensions.get(WRITER)
    try:
        if writer is not None:
            writer.run(work)
        else:
            with db.engine.begin() as connection:
                work(connection)
    except WriterUnavailable as error:
        raise StorageUnavailable from error


def token_of(round_id: int, response_id: UUID) -> str:
    """Hash a sending's id with the server's key: the table alone proves nothing to anyone."""
    key = current_app.config[KEY].encode()
    return hmac.new(key, f"{round_id}:{response_id}".encode(), hashlib.sha256).hexdigest()


def keep(connection: Connection, sendings: Sequence[Sending]) -> None:
    """Write sendings in the caller's transaction: those that are new, if all rounds are open."""
    for round_id in {sending.round_id for sending in sendings}:
        _refuse_unless_open(connection, round_id, sendings[0].day)
    if new := _new_ones(connection, sendings):
        connection.execute(_NEW_RESPONSE, [_row(sending) for sending in new])


def close(app: Flask) -> None:
    """Commit what waits and stop the writer."""
    writer: GroupWriter | None = app.extensions.get(WRITER)
    if writer is not None:
        writer.close()


def _refuse_unless_open(connection: Connection, round_id: int, day: date) -> None:
    row = connection.execute(_STATE, {"wanted": round_id}).one_or_none()
    if row is None:
        raise RoundUnknown(round=round_id)
    refuse_unless_open(row.name, state_on(RoundState(row.state), row.opens, row.locks, day))


def _new_ones(connection: Connection, sendings: Sequence[Sending]) -> list[Sending]:
    """Note the receipts, and give the sendings that had none, each once."""
    once = {each.token: each for each in sendings if each.is_repeatable}
    new = [each for each in sendings if not each.is_repeatable]
    if once:
        receipts = [{"round_id": s.round_id, "token": s.token} for s in once.values()]
        noted = connection.execute(_NEW_RECEIPT[connection.dialect.name], receipts)
        new += [once[token] for token in noted.scalars()]
    return new


def _row(sending: Sending) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "round_id": sending.round_id,
        "version_id": sending.version_id,
        "answers": dict(sending.answers.values),
        "asked": sorted(sending.answers.asked),
    }
