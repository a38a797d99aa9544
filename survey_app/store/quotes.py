"""The table of quotations: words that somebody wants to print, and who allowed it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.coding import Code
from survey_app.store.database import Base
from survey_app.store.interviews import ACCOUNT_LENGTH, InterviewText


class Quotation(Base):
    """A passage of a note as it would be printed; it goes with the note, and with its passage.

    Attributes:
        start, stop: Of the passage; `stop` is outside.
        code_id: What it is an example of; None when that code is gone.
        words: As they would be printed, after any change of wording.
        beside: Which fact of the case would stand beside it: a name of `BESIDE`, or "".
        approved_words: As they were approved; "" when nobody has.
    """

    __tablename__ = "quotation"
    __table_args__ = (
        UniqueConstraint("text_id", "start", "stop"),
        CheckConstraint("start >= 0 AND start < stop", name="span"),
        CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)"
            " AND (approved_by IS NULL) = (approved_words = '')",
            name="approved",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("interview_text.id", ondelete="CASCADE"))
    start: Mapped[int]
    stop: Mapped[int]
    code_id: Mapped[int | None] = mapped_column(
        ForeignKey("coding_code.id", ondelete="SET NULL"), index=True
    )
    words: Mapped[str] = mapped_column(Text)
    beside: Mapped[str] = mapped_column(String(16), default="")
    suggested_by: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH))
    approved_words: Mapped[str] = mapped_column(Text, default="")
    approved_by: Mapped[str | None] = mapped_column(String(ACCOUNT_LENGTH))
    approved_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    text: Mapped[InterviewText] = relationship(viewonly=True)
    code: Mapped[Code | None] = relationship(viewonly=True)

    @property
    def said(self) -> str:
        """Give the passage as it stands in the note."""
        return self.text.text[self.start : self.stop]
