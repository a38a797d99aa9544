"""The table of agreed extracts: which researcher may take which round's coded file."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.database import Base


class ResearchGrant(Base):
    """A round whose coded file a researcher may take, as a coordinator has agreed."""

    __tablename__ = "research_grant"

    account: Mapped[str] = mapped_column(
        ForeignKey("account.email", onupdate="CASCADE", ondelete="CASCADE"), primary_key=True
    )
    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    granted_by: Mapped[str] = mapped_column(String(255))
    granted_on: Mapped[date]
