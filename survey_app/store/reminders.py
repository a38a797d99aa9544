"""The table of reminders: which team was reminded of which round, and at which step."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.register import CODE_LENGTH

STEPS = ("before", "day_after", "week_after")


class Reminder(Base):
    """That a team is reminded of a round at a step: the key lets it be done once.

    Attributes:
        sent_on: The day it was sent; no address is kept.
        claimed_at: In UTC, while somebody sends it; a claim that has grown old is of one who was
            stopped in between, and does not hold.
    """

    __tablename__ = "reminder"
    __table_args__ = (among("step", STEPS),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    team: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    step: Mapped[str] = mapped_column(String(16), primary_key=True)
    sent_on: Mapped[date]
    claimed_at: Mapped[datetime | None]
