"""The tables of interviews: who is to be interviewed, their consent, and what they said.

Nobody is named: a case has a random pseudonym, whose key stays with the interviewer. Whoever takes
the consent back is erased: all but the pseudonym, the role and the days of the consent is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.models import LANGUAGE_LENGTH, Round
from survey_app.store.register import CODE_LENGTH, PSEUDONYM_LENGTH

ONLY_INTERVIEWS = "mode = 'interview'"
ACCOUNT_LENGTH = 255
TRANSCRIPT = "_transcript"  # the address of a text that answers no question


class CaseRole(StrEnum):
    """Whose interview it is."""

    PUPIL = "elev"
    GUARDIAN = "vardnadshavare"
    STAFF = "personal"


class CaseState(StrEnum):
    """Where a case is."""

    PLANNED = "planned"
    BOOKED = "booked"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class YearGroup(StrEnum):
    """The school years (årskurser) that are told apart."""

    MIDDLE = "4-6"
    UPPER = "7-9"


class Recruited(StrEnum):
    """Who asked the person to take part."""

    TEAM = "team"
    SCHOOL = "skola"
    LETTER = "brev"
    OTHER = "annat"


class InterviewCase(Base):
    """Somebody to interview in a round.

    Attributes:
        code: The pseudonym: random letters, never typed, so that it cannot be a name.
        group: What the sample is divided by, in the office's own codes; "" for none.
        recruited: Who asked.
        language: The tag of the interview's language.
        interviewer: The account that sees the case; None when it is nobody's.
    """

    __tablename__ = "interview_case"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        CheckConstraint(ONLY_INTERVIEWS, name="mode"),
        among("role", CaseRole),
        among("state", CaseState),
        among("year_group", YearGroup, or_none=True),
        among("recruited", Recruited, or_none=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(Integer, index=True)
    mode: Mapped[str] = mapped_column(String(16), default="interview")
    code: Mapped[str] = mapped_column(String(PSEUDONYM_LENGTH), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=CaseState.PLANNED)
    group: Mapped[str] = mapped_column("sample_group", String(CODE_LENGTH), default="")
    gender: Mapped[str | None] = mapped_column(String(16))
    year_group: Mapped[str | None] = mapped_column(String(8))
    district: Mapped[str | None] = mapped_column(ForeignKey("district.code"))
    recruited: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(LANGUAGE_LENGTH))
    has_interpreter: Mapped[bool] = mapped_column(default=False)
    booked_on: Mapped[date | None]
    interviewer: Mapped[str | None] = mapped_column(
        ForeignKey("account.email", onupdate="CASCADE", ondelete="SET NULL")
    )

    round: Mapped[Round] = relationship(viewonly=True, lazy="joined")
    consent: Mapped[InterviewConsent | None] = relationship(passive_deletes=True)


class InterviewConsent(Base):
    """That somebody agreed to be interviewed, as far as it must be shown later.

    Attributes:
        form_version: Which text was agreed to.
        is_15: Of a pupil: whether 15 years old when it was signed; None of others.
        person: The person agreed: a pupil under 15 after being told, others by signing.
        guardians: How many guardians signed.
        sole_custody: One guardian alone decides about the child.
        research: The notes may be used for research.
        withdrawn_on: The day on which everything was erased.
    """

    __tablename__ = "interview_consent"
    __table_args__ = (
        CheckConstraint("guardians BETWEEN 0 AND 2", name="guardians"),
        CheckConstraint("withdrawn_on IS NULL OR signed_on <= withdrawn_on", name="withdrawn"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("interview_case.id", ondelete="CASCADE"), primary_key=True
    )
    signed_on: Mapped[date]
    form_version: Mapped[str] = mapped_column(String(CODE_LENGTH))
    is_15: Mapped[bool | None]
    person: Mapped[bool]
    guardians: Mapped[int]
    sole_custody: Mapped[bool] = mapped_column(default=False)
    research: Mapped[bool] = mapped_column(default=False)
    withdrawn_on: Mapped[date | None]


class InterviewQuota(Base):
    """How many of a kind the sample wants; "" stands for any."""

    __tablename__ = "interview_quota"
    __table_args__ = (
        UniqueConstraint("round_id", "role", "sample_group", "gender", "year_group", "district"),
        CheckConstraint("wanted BETWEEN 1 AND 1000", name="wanted"),
        among("role", CaseRole),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    role: Mapped[str] = mapped_column(String(16))
    group: Mapped[str] = mapped_column("sample_group", String(CODE_LENGTH), default="")
    gender: Mapped[str] = mapped_column(String(16), default="")
    year_group: Mapped[str] = mapped_column(String(8), default="")
    district: Mapped[str] = mapped_column(String(CODE_LENGTH), default="")
    wanted: Mapped[int]


class Interview(Base):
    """What a case answered: notes and codes as they stand now.

    Attributes:
        revision: 1, 2, 3 ...: whoever saves says which one was edited.
        is_done: The interview is over and its notes are ready to be coded.
        answers, asked: As in `forms.answers.Answers`.
        saved_at: UTC.
    """

    __tablename__ = "interview"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        CheckConstraint(ONLY_INTERVIEWS, name="mode"),
        CheckConstraint("revision > 0", name="revision"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("interview_case.id", ondelete="CASCADE"), primary_key=True
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    version_id: Mapped[int] = mapped_column(Integer)
    mode: Mapped[str] = mapped_column(String(16), default="interview")
    revision: Mapped[int]
    is_done: Mapped[bool]
    answers: Mapped[Mapping[str, str]] = mapped_column(JSON)
    asked: Mapped[list[str]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    saved_by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))


class InterviewText(Base):
    """One version of an open note. It never changes: a corrected note is another version.

    Attributes:
        question: Its address, or `TRANSCRIPT`.
        number: 1, 2, 3 ... of this note.
    """

    __tablename__ = "interview_text"
    __table_args__ = (
        UniqueConstraint("case_id", "question", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("interview.case_id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(Text)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


def erased() -> dict[str, Any]:
    """Give what a case's columns are after it was withdrawn."""
    empty = ("gender", "year_group", "district", "recruited", "language", "booked_on")
    return dict.fromkeys(empty) | {"group": "", "has_interpreter": False}
