"""Store what a respondent said: once, whole, and without a trace of who or when."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from uuid import UUID, uuid4

from flask import Flask, current_app
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from forms.answers import Answers
from survey_app.actions.calendar import today
from survey_app.actions.errors import (
    CodeMissing,
    CodeUnknown,
    CodeUsed,
    RoundUnknown,
    StorageUnavailable,
)
from survey_app.actions.releases import arrival_of, keys_of
from survey_app.actions.rounds import refuse_unless_open
from survey_app.store import pool
from survey_app.store.database import db
from survey_app.store.keys import Keys
from survey_app.store.mixing import mix
from survey_app.store.models import Receipt, Round, RoundState, state_on
from survey_app.store.waiting import EntryCode, Pool
from survey_app.store.writer import GroupWriter, Work, WriterUnavailable

WRITER = "response_writer"
KEY = "RECEIPT_KEY"


# Made once: putting a statement together costs more than running it.
_NEW_RECEIPT = {
    name: dialect.insert(Receipt).on_conflict_do_nothing().returning(Receipt.token)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
# On PostgreSQL both rows stay as they are until the commit; SQLite has one writer anyway.
_STATE = (
    select(Round.name, Round.state, Round.opens, Round.locks, Round.codes_required, Pool.key_id)
    .join(Pool, Pool.round_id == Round.id)
    .where(Round.id == bindparam("wanted"))
    .with_for_update(read=True)
)
_CODES = select(EntryCode.hash, EntryCode.district, EntryCode.used).where(
    EntryCode.round_id == bindparam("of_round"),
    EntryCode.hash.in_(bindparam("hashes", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Sending:
    """One sent questionnaire on its way to the tables.

    Attributes:
        token: See `token_of`; one by chance when the sending cannot be recognised again.
        code_hash: The keyed hash of the entry code that came along.
    """

    round_id: int
    version_id: int
    answers: Answers
    token: str
    is_repeatable: bool
    keys: Keys = field(repr=False)
    code_hash: str | None = None

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
    round_id: int,
    version_id: int,
    answers: Answers,
    response_id: UUID | None = None,
    code_hash: str | None = None,
) -> None:
    """Store a response; return after the commit. The same `response_id` again stores nothing.

    Args:
        round_id: The round it belongs to.
        version_id: The instrument's version that asked.
        answers: What was said, checked already.
        response_id: What the respondent's browser made to recognise a repeated sending.
        code_hash: The keyed hash of the entry code that came along.

    Raises:
        RoundUnknown, RoundNotYetOpen, RoundClosed: The round takes no answers; nothing is kept.
        CodeMissing, CodeUnknown, CodeUsed: Its entry code lets nothing in; nothing is kept.
        StorageUnavailable: Nothing was kept; it may be sent again.
    """
    token = token_of(round_id, response_id or uuid4())
    db.session.rollback()  # end the reading: it need not wait, and what follows sees what is new
    sending = Sending(
        round_id,
        version_id,
        answers,
        token,
        is_repeatable=response_id is not None,
        keys=keys_of(current_app),
        code_hash=code_hash,
    )
    try:
        commit(sending)
    except pool.NoKey:
        commit(partial(_renew_key, sending))
        commit(sending)
    arrival_of(current_app).set()


def is_kept(round_id: int, response_id: UUID) -> bool:
    """Tell whether a sending has been stored, whatever became of the answer to it."""
    token = token_of(round_id, response_id)
    wanted = select(Receipt.token).filter_by(round_id=round_id, token=token)
    return db.session.scalar(wanted) is not None


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
    except (WriterUnavailable, OSError) as error:  # no room for a key, say; the log has it
        raise StorageUnavailable from error


def token_of(round_id: int, response_id: UUID) -> str:
    """Hash a sending's id with the server's key: the table alone proves nothing to anyone."""
    key = current_app.config[KEY].encode()
    return hmac.new(key, f"{round_id}:{response_id}".encode(), hashlib.sha256).hexdigest()


def keep(connection: Connection, sendings: Sequence[Sending]) -> None:
    """Write sendings in the caller's transaction: those that are new, if all rounds are open."""
    by_round: dict[int, list[Sending]] = defaultdict(list)
    for sending in sendings:
        by_round[sending.round_id].append(sending)
    for round_id, those in by_round.items():
        of = _open_round(connection, round_id)
        if new := _new_ones(connection, those):
            _pool(connection, round_id, of, new)


def close(app: Flask) -> None:
    """Commit what waits, stop the writer, and leave the database."""
    writer: GroupWriter | None = app.extensions.get(WRITER)
    if writer is not None:
        writer.close()
    with app.app_context():
        db.engine.dispose()


class OpenRound(NamedTuple):
    """What a sending must know of a round that takes answers."""

    codes_required: bool
    key_id: str | None


def _renew_key(sending: Sending, connection: Connection) -> None:
    pool.renew_key(connection, sending.keys, sending.round_id)


def _open_round(connection: Connection, round_id: int) -> OpenRound:
    """Tell whether the round takes answers now: who waited over midnight may be too late."""
    row = connection.execute(_STATE, {"wanted": round_id}).one_or_none()
    if row is None:
        raise RoundUnknown(round=round_id)
    refuse_unless_open(row.name, state_on(RoundState(row.state), row.opens, row.locks, today()))
    return OpenRound(row.codes_required, row.key_id)


def _new_ones(connection: Connection, sendings: Sequence[Sending]) -> list[Sending]:
    """Note the receipts, and give the sendings that had none, each once."""
    once = {each.token: each for each in sendings if each.is_repeatable}
    new = [each for each in sendings if not each.is_repeatable]
    if once:
        receipts = [{"round_id": s.round_id, "token": s.token} for s in once.values()]
        noted = connection.execute(_NEW_RECEIPT[connection.dialect.name], receipts)
        new += [once[token] for token in noted.scalars()]
    return new


def _pool(connection: Connection, round_id: int, of: OpenRound, new: Sequence[Sending]) -> None:
    """Let new sendings wait, each with its own entry code."""
    districts = _districts(connection, round_id, new, is_required=of.codes_required)
    contents = [_content(each, districts) for each in new]
    try:
        pool.add(connection, new[0].keys, round_id, of.key_id, contents)
    except IntegrityError as error:
        raise CodeUsed from error


def _districts(
    connection: Connection, round_id: int, new: Sequence[Sending], *, is_required: bool
) -> dict[str | None, str | None]:
    """Give the district of each entry code.

    Raises:
        CodeMissing, CodeUnknown, CodeUsed: One of the sendings may not come in.
    """
    hashes = {each.code_hash for each in new} - {None}
    if is_required and any(each.code_hash is None for each in new):
        raise CodeMissing
    if not hashes:
        return {None: None}
    found = connection.execute(_CODES, {"of_round": round_id, "hashes": sorted(hashes, key=str)})
    rows = found.all()
    if len(rows) < len(hashes):
        raise CodeUnknown
    if any(row.used for row in rows):
        raise CodeUsed
    return {None: None} | {row.hash: row.district for row in rows}


def _content(sending: Sending, districts: Mapping[str | None, str | None]) -> pool.Sealable:
    return pool.Sealable(
        {
            "version_id": sending.version_id,
            "answers": dict(sending.answers.values),
            "asked": sorted(sending.answers.asked),
            "code": sending.code_hash,
            "district": districts[sending.code_hash],
        }
    )
