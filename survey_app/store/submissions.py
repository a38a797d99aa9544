"""The tables of what field workers send: of interviews and returns, never of anonymous rounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH, Account

FILE_NAME_LENGTH = 100
TOKEN_NAME_LENGTH = 100
NOT_ANONYMOUS = "mode <> 'anonymous'"
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "application/pdf")


class XForm(Base):
    """A round's questionnaire as XForm XML, written when the round was opened."""

    __tablename__ = "xform"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        CheckConstraint(NOT_ANONYMOUS, name="mode"),
    )

    round_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    mode: Mapped[str] = mapped_column(String(16))
    xml: Mapped[str] = mapped_column(Text)


class Submission(Base):
    """One filled-in questionnaire of an interview or a return.

    Attributes:
        mode: The round's and the version's; the foreign keys keep the three equal.
        instance_id: The device's `uuid:…`: the same sent again is stored once.
        digest: SHA-256 of what was sent, to tell a repetition from another form of that id.
        unit: What it is about, when that is known.
        answers: Address -> instance text, as in `forms.answers.Answers`.
        asked: Addresses of the questions that were asked.
        submitted_at: UTC.
        submitted_by: The account; None once it is gone.
    """

    __tablename__ = "submission"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        UniqueConstraint("round_id", "instance_id"),
        CheckConstraint(NOT_ANONYMOUS, name="mode"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    round_id: Mapped[int] = mapped_column(Integer)
    version_id: Mapped[int] = mapped_column(Integer)
    mode: Mapped[str] = mapped_column(String(16))
    instance_id: Mapped[str] = mapped_column(String(41))
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    unit: Mapped[str | None] = mapped_column(Text)
    answers: Mapped[Mapping[str, str]] = mapped_column(JSON)
    asked: Mapped[list[str]] = mapped_column(JSON)
    submitted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class Attachment(Base):
    """A picture or document that answers a question of a submission; pictures without metadata.

    Attributes:
        name: As the answer names it.
        size: Bytes of `content`.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        among("media_type", MEDIA_TYPES),
        CheckConstraint("size = length(content)", name="size"),
    )

    submission_id: Mapped[str] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(FILE_NAME_LENGTH), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]


DEVICE, READING = "device", "reading"


class AccessToken(Base):
    """A secret address for one device of an account that cannot log in by password.

    Attributes:
        name: What its owner calls the device, or the workbook.
        purpose: What it opens: collecting (`device`), or reading coded data (`reading`).
        hash: SHA-256 of the secret, which is 256 random bits.
        last_used_on: The day alone: whether it is still needed, not when somebody works.
    """

    __tablename__ = "access_token"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(TOKEN_NAME_LENGTH))
    purpose: Mapped[str] = mapped_column(String(16), server_default=DEVICE)
    hash: Mapped[str] = mapped_column(String(DIGEST_LENGTH), unique=True)
    created_on: Mapped[date]
    last_used_on: Mapped[date | None]
    revoked_on: Mapped[date | None]

    account: Mapped[Account] = relationship()
