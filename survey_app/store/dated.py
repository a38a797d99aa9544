"""What the register's rows share: the days on which they are valid."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, and_, or_
from sqlalchemy.orm import Mapped, declared_attr


class Dated:
    """Something that is valid from a day, and perhaps to a last day."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    def is_valid_on(self, day: date) -> bool:
        """Tell whether it is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @classmethod
    def overlaps(cls, first: date, last: date) -> ColumnElement[bool]:
        """Ask for rows that are valid on any day from one to another, both counted in."""
        lasts = or_(cls.valid_to.is_(None), cls.valid_to >= first)
        return and_(cls.valid_from <= last, lasts)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - as SQLAlchemy's mixins have it
        """End no earlier than it begins."""
        own = getattr(cls, "rules", ())
        return (*own, CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="dates"))
