"""The table of logins that have not ended: what a cookie must name to be worth anything."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH


class Login(Base):
    """Somebody is logged in with one browser. No address, no clock time.

    Attributes:
        id: SHA-256 of the key in the browser's cookie: the table alone lets nobody in.
        browser: Its family and the kind of device, such as "Firefox, Windows".
        first_on, last_on: Days of the login and of the last use.
    """

    __tablename__ = "login"

    id: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    browser: Mapped[str] = mapped_column(String(64))
    first_on: Mapped[date]
    last_on: Mapped[date]
