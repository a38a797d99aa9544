"""The trail of changes: who changed what, when and why; it shows when it was tampered with.

Each entry's hash covers the entry before it and is keyed with a secret of the server: whoever can
write to the database but lacks the key cannot alter, insert, remove or reorder entries unseen. That
the newest entries were cut off shows only to whoever noted the last hash: `survey-app audit verify`
prints it for that purpose. Nothing about respondents of anonymous rounds is ever recorded.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select, text

from survey_app.store.database import db
from survey_app.store.returns import AuditEntry

SYSTEM = "system"
BEGINNING = "0" * 64
AT_A_TIME = 1_000
SHOWN = 500


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


def record(actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
    """Add an entry in the caller's write transaction: it stands with the change or not at all.

    Args:
        actor: The account's address, or `SYSTEM`.
        details: What changed, as JSON can hold it: field -> [old, new].
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
    )
    entry.hash = _hash(before, entry)
    db.session.add(entry)
    db.session.flush()


def verify() -> Verdict:
    """Check every entry against the one before."""
    before, number = BEGINNING, 0
    for entry in _entries():
        number += 1
        if entry.number != number or not hmac.compare_digest(entry.hash, _hash(before, entry)):
            return Verdict(_count(), number, before)
        before = entry.hash
    return Verdict(number, None, before)


def newest() -> Sequence[AuditEntry]:
    """Give the newest entries, the newest first."""
    return db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.number.desc()).limit(SHOWN)
    ).all()


def of_subject(subject: str) -> list[AuditEntry]:
    """Give what was done to something, the newest first."""
    wanted = select(AuditEntry).where(AuditEntry.subject == subject)
    return list(db.session.scalars(wanted.order_by(AuditEntry.number.desc())))


def _entries() -> Iterator[AuditEntry]:
    in_order = select(AuditEntry).order_by(AuditEntry.number)
    yield from db.session.scalars(in_order.execution_options(yield_per=AT_A_TIME))


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def _hash(before: str, of: AuditEntry) -> str:
    parts = [before, of.number, of.at, of.actor, of.action, of.subject, of.details]
    key = hmac.new(current_app.config["SETTINGS"].receipt_key.encode(), b"trail", hashlib.sha256)
    return hmac.new(key.digest(), json.dumps(parts).encode(), hashlib.sha256).hexdigest()
