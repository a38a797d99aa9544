"""Constraints that several tables have."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint


def among(column: str, values: Iterable[str], *, or_none: bool = False) -> CheckConstraint:
    """Let a column hold nothing but these; the constraint is named after the column."""
    # As plain text: the member of an enumeration would be written with its class.
    allowed = ", ".join(repr(str(value)) for value in values)
    none = f"{column} IS NULL OR " if or_none else ""
    return CheckConstraint(f"{none}{column} IN ({allowed})", name=column)
