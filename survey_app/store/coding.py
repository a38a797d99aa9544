"""The tables of coding: schemes of codes, their history, and which passages were given which code.

A segment belongs to one version of a note, which never changes, so a code cannot drift onto other
words. What somebody said goes with the case: everything below a note is deleted with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.interviews import ACCOUNT_LENGTH, InterviewText

NAME_LENGTH = 32  # of a code: a variable of every statistics program, with something before it
TITLE_LENGTH = 80
COLOURS = 8
# A number that is free again is not given anew: a page that is open elsewhere may still name it.
NEVER_AGAIN = {"sqlite_autoincrement": True}
MOST_TEXT = 2_000  # letters of a definition or a memo


class Valence(StrEnum):
    """How a passage speaks of what its code is about."""

    UNSAID = ""
    NEGATIVE = "-1"
    NEUTRAL = "0"
    POSITIVE = "1"
    MIXED = "mixed"


class Scheme(Base):
    """A scheme of codes, for the guides of one study.

    Attributes:
        revision: The newest of its versions.
    """

    __tablename__ = "coding_scheme"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), unique=True)
    revision: Mapped[int] = mapped_column(default=0)


class SchemeOfRound(Base):
    """By which scheme a round's interviews are coded."""

    __tablename__ = "coding_round"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("coding_scheme.id"))


class Code(Base):
    """A code as it stands now.

    Attributes:
        parent_id: The code above; None for an area.
        name: What its variables are called.
        colour: 1-8; None for that of the code above.
    """

    __tablename__ = "coding_code"
    __table_args__ = (
        UniqueConstraint("scheme_id", "name"),
        CheckConstraint(f"colour IS NULL OR colour BETWEEN 1 AND {COLOURS}", name="colour"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("coding_scheme.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("coding_code.id"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    label: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    definition: Mapped[str] = mapped_column(Text, default="")
    includes: Mapped[str] = mapped_column(Text, default="")
    excludes: Mapped[str] = mapped_column(Text, default="")
    example: Mapped[str] = mapped_column(Text, default="")
    colour: Mapped[int | None] = mapped_column(Integer)


class SchemeVersion(Base):
    """A scheme after something was done: what, when, by whom, and all codes as they were then.

    Attributes:
        action: A key of the words in `survey_app.coding.words`.
        details: What the sentence about it tells.
        codes: Each code as a mapping of its columns.
    """

    __tablename__ = "coding_version"

    scheme_id: Mapped[int] = mapped_column(
        ForeignKey("coding_scheme.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    action: Mapped[str] = mapped_column(String(16))
    details: Mapped[Mapping[str, Any]] = mapped_column(JSON)
    codes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, deferred=True)


class Segment(Base):
    """A passage of one version of a note, with its codes.

    Attributes:
        start, stop: Characters (code points) from the beginning of the note; `stop` is outside.
        carried_from: The number of the version that it was given in, when the note was corrected
            since and nobody has looked at it.
    """

    __tablename__ = "coding_segment"
    __table_args__ = (
        UniqueConstraint("text_id", "start", "stop"),
        CheckConstraint("start >= 0 AND start < stop", name="span"),
        among("valence", Valence),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("interview_text.id", ondelete="CASCADE"))
    start: Mapped[int]
    stop: Mapped[int]
    coder: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    coded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    valence: Mapped[str] = mapped_column(String(8), default=Valence.UNSAID)
    memo: Mapped[str] = mapped_column(Text, default="")
    carried_from: Mapped[int | None]

    text: Mapped[InterviewText] = relationship(viewonly=True)
    given: Mapped[list[SegmentCode]] = relationship(
        order_by="SegmentCode.code_id", passive_deletes=True, cascade="all, delete-orphan"
    )

    @property
    def codes(self) -> frozenset[int]:
        """Give the ids of its codes."""
        return frozenset(each.code_id for each in self.given)

    @property
    def words(self) -> str:
        """Give the passage itself."""
        return self.text.text[self.start : self.stop]


class SegmentCode(Base):
    """That a passage was given a code."""

    __tablename__ = "coding_segment_code"

    segment_id: Mapped[int] = mapped_column(
        ForeignKey("coding_segment.id", ondelete="CASCADE"), primary_key=True
    )
    code_id: Mapped[int] = mapped_column(ForeignKey("coding_code.id"), primary_key=True, index=True)


class CodedInterview(Base):
    """That somebody has read all notes of an interview: a code that is not there is a 0."""

    __tablename__ = "coding_done"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("interview.case_id", ondelete="CASCADE"), primary_key=True
    )
    by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
