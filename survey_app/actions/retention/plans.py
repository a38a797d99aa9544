"""A plan of erasing: which rows and entries go, and what may be told of their number."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, select

from survey_app.actions import trail
from survey_app.store.database import Base, db

TRAIL = "trail"
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table that go.

    Attributes:
        shown: What their number is told as; "" where it is not told at all.
        is_withheld: It may not be known.
        below: Tables whose rows go with these, by the database's own rules.
    """

    table: type[Base]
    which: Condition
    shown: str = ""
    is_withheld: bool = False
    below: Sequence[str] = ()

    def count(self) -> int:
        """Count them."""
        wanted = select(func.count()).select_from(self.table).where(self.which)
        return db.session.scalar(wanted) or 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All that goes together.

    Attributes:
        rows: In the order in which they can be deleted.
        entries: Which entries of the trail forget what they say.
        with_actor: They forget who it was, too.
        others: What goes beside the database: what it is told as -> how many.
        clear: Removes that.
        about: What it is of, such as rounds -> how many.
    """

    rows: Sequence[Rows] = ()
    entries: Condition | None = None
    with_actor: bool = False
    others: Mapping[str, int] = field(default_factory=dict)
    clear: Callable[[], None] = lambda: None
    about: Mapping[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int | None]:
        """Give what may be told: what -> how many, None where that may not be known."""
        told: dict[str, int | None] = {**self.about, **self.others}
        for each in self.rows:
            if each.shown:
                before = told.get(each.shown, 0)
                found = None if each.is_withheld or before is None else before + each.count()
                told[each.shown] = found
        if self.entries is not None:
            told[TRAIL] = trail.count(self.entries)
        return told

    def is_empty(self) -> bool:
        """Tell whether nothing would go."""
        entries = 0 if self.entries is None else trail.count(self.entries)
        return not (entries or any(self.others.values()) or any(r.count() for r in self.rows))

    def digest(self) -> str:
        """Tell plans apart: what was shown is what is done, or it is shown again.

        It is keyed, so that nobody can try which hidden number it was made of.
        """
        numbers = [[each.table.__tablename__, each.count()] for each in self.rows]
        entries = 0 if self.entries is None else trail.count(self.entries)
        told: list[Any] = [numbers, entries, dict(self.others), dict(self.about)]
        key = current_app.config["SETTINGS"].receipt_key.encode()
        return hmac.new(key, b"plan" + json.dumps(told).encode(), hashlib.sha256).hexdigest()

    def tables(self) -> Sequence[str]:
        """Name the tables whose files have to be written anew."""
        named = [name for each in self.rows for name in (each.table.__tablename__, *each.below)]
        return tuple(dict.fromkeys([*named, "audit_entry", "export_job"]))

    def carry_out(self, reason: int) -> None:
        """Erase it in the caller's write transaction.

        Args:
            reason: The number of the trail's entry about it.
        """
        if self.entries is not None:
            trail.erase(self.entries, reason, with_actor=self.with_actor)
        for each in self.rows:
            db.session.execute(delete(each.table).where(each.which))
