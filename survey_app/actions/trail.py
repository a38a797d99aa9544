"""The trail of changes: who changed what, when and why; it shows when it was tampered with.

Each entry's hash covers the entry before it and is keyed with a secret of the server: whoever can
write to the database but lacks the key cannot alter, insert, remove or reorder entries unseen. That
the newest entries were cut off shows only to whoever noted the last hash: `survey-app audit verify`
prints it for that purpose. Nothing about respondents of anonymous rounds is ever recorded.

What an entry says can be erased, with its salt, when a person or a decision wants it. Its hash
stays, so the chain holds; what is left is sealed with the server's key, and names the entry that
tells why. Without the salt nobody can try what the hash may have been of.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any, cast

from flask import current_app
from sqlalchemy import ColumnElement, Table, bindparam, exists, func, select, text, update

from survey_app.store.database import db
from survey_app.store.returns import AuditEntry

SYSTEM = "system"
BEGINNING = "0" * 64
AT_A_TIME = 1_000
SHOWN = 500
SALT_BYTES = 16
RETENTION, PERSON = "retention.carry-out", "person.erase"
ERASING = (RETENTION, PERSON)  # the actions of entries that others name as the reason
VERIFIED, HOUR = "trail.verified", 3600.0  # seconds
Said = Any  # an entry, as the table's row or as the model
TABLE = cast("Table", AuditEntry.__table__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found.

    Attributes:
        entries: How many there are.
        broken: The number of the first entry that is not what was written; None when all are.
        last_hash: Of the newest entry, to be noted elsewhere.
    """

    entries: int
    broken: int | None
    last_hash: str

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was tampered with."""
        return self.broken is None


def record(actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> int:
    """Add an entry in the caller's write transaction: it stands with the change or not at all.

    Args:
        actor: The account's address, or `SYSTEM`.
        details: What changed, as JSON can hold it: field -> [old, new].

    Returns:
        Its number.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
    newest = select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    number, before = db.session.execute(newest).one_or_none() or (0, BEGINNING)
    entry = AuditEntry(
        number=number + 1,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        actor=actor,
        action=action,
        subject=subject,
        details=json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
        salt=secrets.token_hex(SALT_BYTES),
    )
    entry.hash = _hash(_key(), before, entry)
    db.session.add(entry)
    db.session.flush()
    return entry.number


def erase(which: ColumnElement[bool], reason: int, *, with_actor: bool = False) -> int:
    """Erase what entries say, in the caller's write transaction; number, time and action stay.

    Args:
        which: Those to erase; erased ones, and the reason itself, are left as they are.
        reason: The number of the entry that says why.
        with_actor: Erase who it was, too.

    Returns:
        How many were erased.
    """
    named = (TABLE.c.number, TABLE.c.at, TABLE.c.actor, TABLE.c.action, TABLE.c.hash)
    may_go = (which, *_still_said(), TABLE.c.number < reason)
    erased, last = 0, 0
    # Some at a time, and with one statement: nobody can write meanwhile.
    while found := db.session.execute(
        select(*named)
        .where(*may_go, TABLE.c.number > last)
        .order_by(TABLE.c.number)
        .limit(AT_A_TIME)
    ).all():
        left = [_left_of(each, reason, with_actor=with_actor) for each in found]
        db.session.connection().execute(
            update(TABLE).where(TABLE.c.number == bindparam("which")), left
        )
        erased, last = erased + len(left), found[-1].number
    return erased


def _left_of(entry: Said, reason: int, *, with_actor: bool) -> dict[str, object]:
    actor = "" if with_actor else entry.actor
    seal = _seal(entry.number, entry.at, actor, entry.action, entry.hash, reason)
    return {
        "which": entry.number, "actor": actor, "subject": "", "details": "", "salt": None,
        "erased_by": reason, "seal": seal,
    }  # fmt: skip


def count(which: ColumnElement[bool]) -> int:
    """Tell how many entries `erase` would erase."""
    wanted = select(func.count()).select_from(AuditEntry).where(which, *_still_said())
    return db.session.scalar(wanted) or 0


def verify() -> Verdict:
    """Check every entry against the one before, and that what was erased has its reason."""
    return _verified(Verdict(0, None, BEGINNING))


def verify_lately() -> Verdict:
    """Give what checking all found within the hour, and check what was recorded since.

    For pages: all entries of some years take seconds.
    """
    when, seen = current_app.extensions.get(VERIFIED, (0.0, None))
    if seen is None or monotonic() - when > HOUR or not _still_stands(seen):
        when, seen = monotonic(), verify()
    found = _verified(seen) if seen.is_whole else seen
    if found.is_whole:
        current_app.extensions[VERIFIED] = when, found
    return found


def _still_stands(seen: Verdict) -> bool:
    """Tell whether the newest entry that was seen is there, and no older one was erased since."""
    newest = select(TABLE.c.hash).where(TABLE.c.number == seen.entries)
    is_erasing = (TABLE.c.number > seen.entries) & TABLE.c.action.in_(ERASING)
    is_there = seen.entries == 0 or db.session.scalar(newest) == seen.last_hash
    return is_there and not db.session.scalar(select(exists().where(is_erasing)))


def _verified(seen: Verdict) -> Verdict:
    """Check the entries after those that were found whole."""
    before, number, key = seen.last_hash, seen.entries, _key()
    awaited: dict[int, int] = {}  # the number of a reason -> that of the first who names it
    for entry in _entries(number):
        number += 1
        if entry.number != number or not _is_as_written(key, before, entry):
            return Verdict(_count(), number, before)
        if entry.erased_by:
            awaited.setdefault(entry.erased_by, number)
        if entry.action in ERASING:
            awaited.pop(number, None)
        before = entry.hash
    return Verdict(number, min(awaited.values(), default=None), before)


def newest() -> Sequence[AuditEntry]:
    """Give the newest entries, the newest first."""
    return db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.number.desc()).limit(SHOWN)
    ).all()


def of_subject(subject: str) -> list[AuditEntry]:
    """Give what was done to something, the newest first."""
    wanted = select(AuditEntry).where(AuditEntry.subject == subject)
    return list(db.session.scalars(wanted.order_by(AuditEntry.number.desc())))


def _still_said() -> tuple[ColumnElement[bool], ...]:
    return (AuditEntry.erased_by.is_(None),)


def _is_as_written(key: bytes, before: str, entry: Said) -> bool:
    """Tell whether an entry, or what was left of it, is what the server wrote."""
    if entry.erased_by is None:
        return hmac.compare_digest(entry.hash, _hash(key, before, entry))
    seal = _seal(entry.number, entry.at, entry.actor, entry.action, entry.hash, entry.erased_by)
    is_empty = (entry.subject, entry.details, entry.salt) == ("", "", None)
    return is_empty and hmac.compare_digest(entry.seal or "", seal)


def _entries(after: int) -> Iterator[Said]:
    """Read entries as plain rows, some at a time."""
    in_order = select(TABLE).where(TABLE.c.number > after).order_by(TABLE.c.number)
    yield from db.session.execute(in_order.execution_options(yield_per=AT_A_TIME))


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def _hash(key: bytes, before: str, of: Said) -> str:
    parts = [before, of.number, of.at, of.actor, of.action, of.subject, of.details]
    return _keyed(key, [*parts, of.salt] if of.salt is not None else parts)


def _seal(*left: str | int) -> str:
    return _keyed(_key(), ["erased", *left])


def _key() -> bytes:
    secret = current_app.config["SETTINGS"].receipt_key.encode()
    return hmac.digest(secret, b"trail", "sha256")


def _keyed(key: bytes, parts: Sequence[object]) -> str:
    return hmac.digest(key, json.dumps(parts).encode(), "sha256").hex()
