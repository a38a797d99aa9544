"""The tables of returns, one per round and unit, and of the trail of their changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH
from survey_app.store.register import CODE_LENGTH
from survey_app.store.submissions import NOT_ANONYMOUS

UNITS = ("pupil", "team", "district", "school")
STATES = ("draft", "submitted", "accepted", "returned", "corrected", "cannot_be_supplied")


class UnitReturn(Base):
    """What a team has reported about one unit in one round.

    Attributes:
        unit_kind, unit: What it is about: the kind, and its code in the register.
        occasion: Which period of the unit's own, such as "v8-3"; "" when the round is the period.
        revision: 1, 2, 3 ...: whoever saves says which one was edited, so that nothing is
            overwritten unseen.
        answers: Address -> instance text, as in `forms.answers.Answers`.
        asked: Addresses of the questions that were asked.
        confirmed: Address -> why something implausible is right after all.
        reason: Why it cannot be supplied.
        comment: What the coordinator wrote when giving it back.
        saved_at: UTC.
        saved_by: The account's address.
    """

    __tablename__ = "unit_return"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        UniqueConstraint("round_id", "unit_kind", "unit", "occasion"),
        CheckConstraint(NOT_ANONYMOUS, name="mode"),
        among("unit_kind", UNITS),
        among("state", STATES),
        CheckConstraint("revision > 0", name="revision"),
        CheckConstraint("state <> 'cannot_be_supplied' OR reason <> ''", name="reason"),
        # A round is counted from it alone, without the answers.
        Index(
            "ix_unit_return_by_state",
            *("round_id", "unit_kind", "occasion", "state", "unit", "revision"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(Integer)
    version_id: Mapped[int] = mapped_column(Integer)
    mode: Mapped[str] = mapped_column(String(16))
    unit_kind: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(CODE_LENGTH), index=True)
    occasion: Mapped[str] = mapped_column(String(16), default="", server_default="")
    state: Mapped[str] = mapped_column(String(24))
    revision: Mapped[int] = mapped_column(Integer)
    answers: Mapped[Mapping[str, str]] = mapped_column(JSON)
    asked: Mapped[list[str]] = mapped_column(JSON)
    confirmed: Mapped[Mapping[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    comment: Mapped[str] = mapped_column(Text, default="", server_default="")
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    saved_by: Mapped[str] = mapped_column(String(255))


class AuditEntry(Base):
    """One change that can be asked about later. Triggers refuse to alter or delete it.

    They let what it says be erased, in one way alone: `actions.trail.erase`.

    Attributes:
        number: 1, 2, 3 ... without a gap.
        at: UTC, ISO 8601: text, so that the hash is of what stands there on every database.
        actor: The account's address, or "system".
        action: What was done, such as "return.correct".
        subject: What it was done to, such as "return:manadsrapport-2026-10/pupil/E7K3M".
        details: What changed: field -> [old, new], and the reason.
        hash: SHA-256 of the entry before, and of all of this.
        salt: By chance, and part of what is hashed: once it is gone, nobody can try what the
            hash may have been of. None in entries of older releases.
        erased_by: The number of the entry that says why subject and details are gone.
        seal: Of what is left then, keyed like the hash.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        Index("ix_audit_entry_by_action", "action", "subject", "at"),  # what was late
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(255))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Text, index=True)
    details: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(DIGEST_LENGTH), unique=True)
    salt: Mapped[str | None] = mapped_column(String(32))
    erased_by: Mapped[int | None] = mapped_column(Integer)
    seal: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
