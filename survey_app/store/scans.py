"""The signed paper of a consent to an interview."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.database import Base


class ConsentScan(Base):
    """A scan or a photo. It holds names, as nothing else here does, and is sealed for that.

    Attributes:
        sealed: The file, under a key that is not in the database.
    """

    __tablename__ = "consent_scan"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("interview_case.id", ondelete="CASCADE"), primary_key=True
    )
    media_type: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_by: Mapped[str] = mapped_column(String(255))
    added_on: Mapped[date]
