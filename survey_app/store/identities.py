"""The table of people as a provider of single sign-on names them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.database import Base


class Identity(Base):
    """Whose account somebody's login at a provider opens. An e-mail address can change hands.

    Attributes:
        issuer, subject: What the provider calls itself, and the person, for ever.
    """

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("account_id", "issuer"),)

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
