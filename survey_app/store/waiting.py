"""The tables of the pool: answers that wait sealed, under which key, and entry codes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.database import Base
from survey_app.store.models import DIGEST_LENGTH, Round

KEY_LENGTH = 32  # 128 bits in hexadecimal


class Pool(Base):
    """Which key a round's answers are sealed under just now.

    A sending locks the row for sharing, a release for itself: no answer is ever sealed under a
    key that is about to be destroyed.

    Attributes:
        key_id: The name of the key's file; None until the next sending makes one.
    """

    __tablename__ = "pool"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    key_id: Mapped[str | None] = mapped_column(String(KEY_LENGTH))

    round: Mapped[Round] = relationship()


class Waiting(Base):
    """An acknowledged answer that nobody can read without a key that no database holds.

    Attributes:
        key: Random; on SQLite the only order of the rows.
        sealed: As `store.sealing.seal` writes it: of one length, whatever was said.
        claim: Hash, keyed with the round's key, of the entry code that came along.
    """

    __tablename__ = "waiting"
    __table_args__ = (UniqueConstraint("round_id", "claim"), {"sqlite_with_rowid": False})

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    key_id: Mapped[str] = mapped_column(String(KEY_LENGTH))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    claim: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))


class EntryCode(Base):
    """A code on a paper card that lets one answer in. No way from it to the answer.

    Attributes:
        hash: Keyed hash of the code; the code itself is on the card alone.
        district: What goes with the answer when enough others come from there.
        used: Set together with all others whose answers are released at that moment.
    """

    __tablename__ = "entry_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    district: Mapped[str | None] = mapped_column(Text)
    used: Mapped[bool] = mapped_column(default=False)
