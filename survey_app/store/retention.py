"""The tables of retention: which rules there are, and the protocols of what was erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.checks import among
from survey_app.store.database import Base

SET_LENGTH = 32
ACCOUNT_LENGTH = 255
DECISION_LENGTH = 300


class Unit(StrEnum):
    """What lengths of time are counted in."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class ProtocolKind(StrEnum):
    """Why something was erased: its time was over, or a person asked for it."""

    RETENTION = "retention"
    PERSON = "person"


class RetentionRule(Base):
    """How long a kind of data is kept, and the decision (gallringsbeslut) that says so.

    Attributes:
        data_set: A name of `actions.retention.sets`.
        length, unit: So many days, months or years.
        decision: Its reference, such as "SN 2026/123 § 14".
        decided_on: The day of the decision.
        registered_by: Who wrote it down here.
    """

    __tablename__ = "retention_rule"
    __table_args__ = (
        among("unit", Unit),
        CheckConstraint("length BETWEEN 1 AND 3650", name="length"),
        CheckConstraint("decision <> ''", name="decision"),
    )

    data_set: Mapped[str] = mapped_column(String(SET_LENGTH), primary_key=True)
    length: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(String(8))
    decision: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
    registered_by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    registered_on: Mapped[date]


class RetentionProtocol(Base):
    """That something was erased: what, how much, on which ground, and who did it on which day.

    Attributes:
        number: 1, 2, 3 ...
        data_set: Of the rule; "" where a person was erased.
        ground: The decision's reference; of a person, why, without a pseudonym.
        rule: How long it was kept, such as "2 year"; "" of a person.
        before: What ended before this day; None of a person.
        counts: What -> how many; None where the number may not be known.
        is_rewritten: The database's files hold nothing of it any more.
        backups_until: The day when the last backup that holds it is thrown away, where a rule
            says so.
    """

    __tablename__ = "retention_protocol"
    __table_args__ = (
        among("kind", ProtocolKind),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("ground <> ''", name="ground"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16))
    data_set: Mapped[str] = mapped_column(String(SET_LENGTH), default="")
    ground: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date | None]
    rule: Mapped[str] = mapped_column(String(32), default="")
    before: Mapped[date | None]
    counts: Mapped[Mapping[str, int | None]] = mapped_column(JSON)
    carried_out_by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    is_rewritten: Mapped[bool] = mapped_column(default=False)
    backups_until: Mapped[date | None]
