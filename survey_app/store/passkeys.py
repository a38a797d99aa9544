"""The table of passkeys: what a device shows instead of password and code."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_security import WebAuthnMixin
from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.database import Base


class Passkey(Base, WebAuthnMixin):
    """One of an account. The secret half never leaves the device.

    Attributes:
        name: What its owner calls it.
        sign_count: How often the device says it was used: a copy lags behind.
        usage: Always "first", as Flask-Security calls a passkey that lets in by itself.
        first_on, last_on: Days of its making and of its last use.
    """

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    usage: Mapped[str] = mapped_column(String(16))
    first_on: Mapped[date] = mapped_column(
        default=lambda context: context.get_current_parameters()["last_on"]
    )
    last_on: Mapped[date]

    # Flask-Security tells these too; what kind of device somebody has is not kept.
    backup_state = False
    device_type = ""
    extensions = None

    @property
    def lastuse_datetime(self) -> datetime:
        """Give the day of the last use, as Flask-Security asks for it."""
        return datetime(self.last_on.year, self.last_on.month, self.last_on.day)  # noqa: DTZ001 - a day

    @lastuse_datetime.setter
    def lastuse_datetime(self, moment: datetime) -> None:
        self.last_on = moment.date()

    def get_user_mapping(self) -> dict[str, Any]:
        """Say how its account is found."""
        return {"id": self.account_id}
