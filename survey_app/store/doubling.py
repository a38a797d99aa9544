"""The tables of double coding: units fixed first, what two coders gave each, and decisions.

The first coder's codes are copied when the units are fixed, so that later changes do not move what
is compared. Everything belongs to a version of a note, and goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.checks import among
from survey_app.store.coding import Valence
from survey_app.store.database import Base
from survey_app.store.interviews import ACCOUNT_LENGTH, InterviewText


class UnitKind(StrEnum):
    """What two people code each by themselves."""

    PARAGRAPH = "paragraph"
    PASSAGE = "passage"


class DoubleCoding(Base):
    """A share of a round's units, given to a second coder who does not see the first one's codes.

    Attributes:
        share: Per cent of the units there were.
        seed: With which they were drawn: the same one draws the same.
        second: The account of the second coder.
        scheme_revision: The scheme's version when the units were fixed.
        finished_at: When the second coder was done; None before that.
        dropped: How many units a corrected note has taken away since.
    """

    __tablename__ = "double_coding"
    __table_args__ = (
        among("kind", UnitKind),
        CheckConstraint("share BETWEEN 1 AND 100", name="share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    share: Mapped[int]
    seed: Mapped[int]
    second: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    scheme_revision: Mapped[int]
    made_by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    dropped: Mapped[int] = mapped_column(default=0)


class DoubleUnit(Base):
    """A piece of a note that both code.

    Attributes:
        place: 1, 2, 3 ...: in the order that was drawn.
        is_coded: The second coder has been there, with or without giving a code.
    """

    __tablename__ = "double_unit"
    __table_args__ = (
        UniqueConstraint("double_id", "text_id", "start", "stop"),
        CheckConstraint("start >= 0 AND start < stop", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    double_id: Mapped[int] = mapped_column(ForeignKey("double_coding.id", ondelete="CASCADE"))
    text_id: Mapped[int] = mapped_column(
        ForeignKey("interview_text.id", ondelete="CASCADE"), index=True
    )
    start: Mapped[int]
    stop: Mapped[int]
    place: Mapped[int]
    is_coded: Mapped[bool] = mapped_column(default=False)

    text: Mapped[InterviewText] = relationship(viewonly=True)
    given: Mapped[list[DoubleCode]] = relationship(
        passive_deletes=True, cascade="all, delete-orphan"
    )

    @property
    def words(self) -> str:
        """Give the piece itself."""
        return self.text.text[self.start : self.stop]

    def codes(self, *, of_second: bool) -> frozenset[int]:
        """Give the ids of one coder's codes."""
        return frozenset(self.valences(of_second=of_second))

    def valences(self, *, of_second: bool) -> Mapping[int, str]:
        """Give one coder's codes with how each is spoken of."""
        return {each.code_id: each.valence for each in self.given if each.is_second == of_second}


class DoubleCode(Base):
    """That one of the two gave a unit a code, and how the unit speaks of it."""

    __tablename__ = "double_code"
    __table_args__ = (among("valence", Valence),)

    unit_id: Mapped[int] = mapped_column(
        ForeignKey("double_unit.id", ondelete="CASCADE"), primary_key=True
    )
    code_id: Mapped[int] = mapped_column(ForeignKey("coding_code.id"), primary_key=True, index=True)
    is_second: Mapped[bool] = mapped_column(primary_key=True)
    valence: Mapped[str] = mapped_column(String(8), default=Valence.UNSAID)


class Decision(Base):
    """What holds where the two differ about a unit: who decided it, when and why.

    Attributes:
        valence: How the code is spoken of, where both gave it; None where they differ about the
            code itself.
    """

    __tablename__ = "double_decision"
    __table_args__ = (
        among("valence", Valence, or_none=True),
        CheckConstraint("is_there OR valence IS NULL", name="of_both"),
    )

    unit_id: Mapped[int] = mapped_column(
        ForeignKey("double_unit.id", ondelete="CASCADE"), primary_key=True
    )
    code_id: Mapped[int] = mapped_column(ForeignKey("coding_code.id"), primary_key=True, index=True)
    is_there: Mapped[bool]
    valence: Mapped[str | None] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
