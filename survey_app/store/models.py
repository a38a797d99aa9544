"""The tables. What must never be known has no place here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_security.core import RoleMixin
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.passkeys import Passkey
from survey_app.store.passwords import Rehashing
from survey_app.store.second_factor import SecondFactor

NAME_LENGTH = 64
LANGUAGE_LENGTH = 35  # a BCP 47 tag
DIGEST_LENGTH = 64  # SHA-256 in hexadecimal
MODES = ("anonymous", "interview", "return")
PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class RoundState(StrEnum):
    """Where a round is: waiting for its start, taking answers, or over."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class InstrumentVersion(Base):
    """A published questionnaire. Triggers of the database refuse to change or delete it.

    Attributes:
        name: The instrument's form_id.
        label: The author's own word for the version.
        number: 1, 2, 3 ... in order of publishing.
        workbook: The author's sheets, as `forms.workbook.Workbook.to_json` gives them.
        digest: SHA-256 of sheets and pictures: the same ones are never published twice.
        note: What whoever published it says is new.
    """

    __tablename__ = "instrument_version"
    __table_args__ = (
        UniqueConstraint("name", "number"),
        UniqueConstraint("name", "digest"),
        UniqueConstraint("id", "mode"),  # what a round's mode refers to
        among("mode", MODES),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    label: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(Integer)
    mode: Mapped[str] = mapped_column(String(16))
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    workbook: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    published_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")


class VersionPicture(Base):
    """A picture that came with a published version, and like it never changes.

    Attributes:
        name: What the author's sheets call it.
        width, height: In pixels; None where the file does not say.
    """

    __tablename__ = "picture"
    __table_args__ = (among("media_type", PICTURE_TYPES),)

    version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(16))
    width: Mapped[int | None]
    height: Mapped[int | None]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Draft(Base):
    """An uploaded workbook that is not published yet; nobody but its author sees it.

    Attributes:
        workbook: As in a version.
        problems: As `forms.reading.refusal.problems_to_json` gives them.
    """

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    file_name: Mapped[str] = mapped_column(Text)
    uploaded_on: Mapped[date]
    workbook: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    pictures: Mapped[list[DraftPicture]] = relationship(
        order_by="DraftPicture.name", passive_deletes=True
    )


class DraftPicture(Base):
    """A picture that came with a draft."""

    __tablename__ = "draft_picture"

    draft_id: Mapped[str] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(16))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Round(Base):
    """One period in which an instrument is collected.

    Attributes:
        name: What addresses and commands call it: small letters, digits and hyphens.
        title: Its name for people, by language.
        mode: The version's; the foreign key keeps the two equal for ever.
        opens, due, locks: First day, the day answers are wanted, last day; Swedish dates.
        closed_on: The day it was closed by hand, if it was.
        period: What returns are about, such as 2026-10 or ht-2026; None when that follows from
            each unit's own dates, or for rounds of another mode.
    """

    __tablename__ = "round"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        among("state", RoundState),
        CheckConstraint("opens IS NULL OR locks IS NULL OR opens <= locks", name="dates"),
        Index("ix_round_id_mode", "id", "mode", unique=True),  # what a submission's mode refers to
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    version_id: Mapped[int] = mapped_column(Integer)
    mode: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=RoundState.PLANNED)
    opens: Mapped[date | None]
    due: Mapped[date | None]
    locks: Mapped[date | None]
    codes_required: Mapped[bool] = mapped_column(default=False)
    period: Mapped[str | None] = mapped_column(String(16))
    closed_on: Mapped[date | None]

    version: Mapped[InstrumentVersion] = relationship(lazy="joined")

    def state_on(self, today: date) -> RoundState:
        """Tell where the round is on a day: its dates open and close it too."""
        return state_on(RoundState(self.state), self.opens, self.locks, today)


def state_on(state: RoundState, opens: date | None, locks: date | None, today: date) -> RoundState:
    """Tell the state on a day of a round with a stored state and, perhaps, dates."""
    if state is RoundState.OPEN and opens is not None and today < opens:
        return RoundState.PLANNED
    if state is RoundState.OPEN and locks is not None and today > locks:
        return RoundState.CLOSED
    return state


class Response(Base):
    """What one respondent said. No time, address, account, language or order can be kept here.

    Attributes:
        id: Random, and nothing that the respondent's browser or the receipt knows.
        answers: Question name -> instance text, as in `forms.answers.Answers`.
        asked: Names of the questions that were shown.
        district: Where it comes from, when enough others of its round come from there.
    """

    __tablename__ = "response"
    # On SQLite the random key is the only order of the rows: there is no hidden row number.
    __table_args__ = (Index(None, "round_id", "id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"))
    answers: Mapped[Mapping[str, str]] = mapped_column(JSON)
    asked: Mapped[list[str]] = mapped_column(JSON)
    district: Mapped[str | None] = mapped_column(Text)


class Receipt(Base):
    """That a sending was stored, so that sending again stores nothing. No way to its response.

    Attributes:
        token: Keyed hash of the UUID that the respondent's browser made.
    """

    __tablename__ = "receipt"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)


class LanguageSignoff(Base):
    """That somebody has read and approved the texts of a language; a changed text ends it.

    Attributes:
        subject: An instrument's name, or "interface" for the pages' own words.
        digest: Of the exact texts, as `forms.translated.digest_of` gives it.
        checked_by: Who has read them, as whoever noted it wrote it.
    """

    __tablename__ = "language_signoff"

    subject: Mapped[str] = mapped_column(String(NAME_LENGTH), primary_key=True)
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH), primary_key=True)
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    checked_by: Mapped[str] = mapped_column(Text)
    signed_on: Mapped[date]


roles_of_account = Table(
    "account_role",
    Base.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class AccountRole(Base, RoleMixin):
    """What an account may be given; the names are those of `survey_app.audience.Role`."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    permissions: Mapped[list[str] | None] = mapped_column(JSON)


class Account(Base, Rehashing, SecondFactor):
    """Someone who may log in. Neither address nor time of a login is kept.

    Attributes:
        closed_on: The day it was closed, unless it is open again.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    closed_on: Mapped[date | None]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        String(64), index=True, unique=True
    )
    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]
        cascade="all, delete-orphan", passive_deletes=True, order_by="Passkey.name"
    )
    roles: Mapped[list[AccountRole]] = relationship(  # type: ignore[assignment]
        secondary=roles_of_account, lazy="selectin"
    )
