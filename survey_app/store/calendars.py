"""The table of calendar addresses: which account reads which team's days without logging in."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH, Account


class CalendarAddress(Base):
    """A secret address of one team's calendar, for the calendar program of one account.

    Attributes:
        hash: SHA-256 of the secret, which is 256 random bits.
    """

    __tablename__ = "calendar_address"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    team: Mapped[str] = mapped_column(ForeignKey("team.code"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(DIGEST_LENGTH), unique=True)
    made_on: Mapped[date]

    account: Mapped[Account] = relationship()
