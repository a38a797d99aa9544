"""The table of released results: what was shown, under which rule, and who was counted in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import JSON, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH


class ReleasedResult(Base):
    """One release of a part of a page of results, such as a month; no hidden number is in it.

    Attributes:
        about, subject, part: Kind of result, questionnaire, and period or terms.
        number: Of the release, from 1.
        day, actor: When it was first shown or taken, and by whom.
        definition: Of the tables, with versions.
        rule: Version of the disclosure rules.
        data_version: Digest of `members`.
        digest: Of `figures`.
        figures: As they are shown.
        told: What readers know of its tables, for the guard of later releases.
        members: Eight bytes for each person and values that were counted, keyed and sorted: two
            releases show how many persons differ, and nothing leads back from them.
    """

    __tablename__ = "released_result"
    __table_args__ = (UniqueConstraint("about", "subject", "part", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(255))
    part: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    day: Mapped[date]
    actor: Mapped[str] = mapped_column(String(255))
    definition: Mapped[str] = mapped_column(String(255))
    rule: Mapped[str] = mapped_column(String(32))
    data_version: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    figures: Mapped[Any] = mapped_column(JSON)
    told: Mapped[Mapping[str, Any]] = mapped_column(JSON)
    members: Mapped[bytes] = mapped_column(LargeBinary)
