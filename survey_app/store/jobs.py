"""The table of large files that are being made: for whom, of what, and how far they are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH, Round


class JobState(StrEnum):
    """How far a file is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"  # the server stopped
    EXPIRED = "expired"  # its time is over, or what it holds may not be held any more


GOING_ON = (JobState.WAITING, JobState.RUNNING)


class ExportJob(Base):
    """One large file. It says nothing about respondents, and goes with the file's expiry.

    Attributes:
        id: Random, and the name of the file in the data directory.
        actor: The account's address; nobody else sees the file.
        locale: Of its words.
        rows, total: How many responses are written, of how many.
        at, beat, ends: In UTC: when it was asked for; when whoever makes it gave a sign of life;
            when the file is removed.
        stamp: Of the consents when it was begun; another one ends the file.
        suffix: Of the file, once it is known whether it is an archive.
        digest, responses: For the log of extracts, as there.
    """

    __tablename__ = "export_job"
    __table_args__ = (among("state", JobState),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    actor: Mapped[str] = mapped_column(String(255))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    file_format: Mapped[str] = mapped_column(String(16))
    locale: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default=JobState.WAITING.value)
    rows: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    at: Mapped[datetime]
    beat: Mapped[datetime]
    ends: Mapped[datetime | None]
    stamp: Mapped[str] = mapped_column(String(DIGEST_LENGTH), default="")
    suffix: Mapped[str] = mapped_column(String(16), default="")
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), default="")
    responses: Mapped[int | None]

    round: Mapped[Round] = relationship()

    @property
    def is_going_on(self) -> bool:
        """Tell whether it is still being made, or waits for that."""
        return self.state in GOING_ON

    @property
    def is_done(self) -> bool:
        """Tell whether the file can be had."""
        return self.state == JobState.DONE
