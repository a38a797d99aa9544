"""The table of extracts: who took which data out, as what, and under which rule."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH

ROUND, INSTRUMENT, REPORT = "round", "instrument", "report"
KINDS = (ROUND, INSTRUMENT, REPORT)


class Extract(Base):
    """One file that left. It says nothing about respondents.

    Attributes:
        at: In UTC.
        actor: The account's address, or who else it was.
        kind, subject: A round or an instrument, and its name; or a report, and its half-year.
        rule: Version of the disclosure rules behind the file's summaries.
        digest: Keyed, of the file's bytes: the same data in the same format have the same one.
        responses: In the file; None where the number itself may not be known.
    """

    __tablename__ = "extract"
    __table_args__ = (among("kind", KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(255))
    file_format: Mapped[str] = mapped_column(String(16))
    rule: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    responses: Mapped[int | None]
