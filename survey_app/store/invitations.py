"""The table of one-time links: to a first password, or to another one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH


class Invitation(Base):
    """Somebody may choose a password, once. It goes when it is used.

    Attributes:
        id: SHA-256 of the secret in the link: the table alone lets nobody in.
        email: Of the account, which the link makes if there is none yet.
        roles: What a new account may do.
        schools: Codes of those whose attendance and grades it reports.
        posts: [team, post] of those it takes.
        districts: Codes of those whose figures it sees.
        invited_by: Whoever asked for it.
        last_day: On which the link works.
    """

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    schools: Mapped[list[str]] = mapped_column(JSON)
    posts: Mapped[list[list[str]]] = mapped_column(JSON)
    districts: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    invited_by: Mapped[str] = mapped_column(String(255))
    last_day: Mapped[date]
