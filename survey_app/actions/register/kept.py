"""What the register has now, beside which a workbook is laid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from survey_app.actions.register.reading import Key, Values, key_of
from survey_app.actions.register.sheets import LEVELS, SHEETS, RegisterSheet
from survey_app.store.database import db
from survey_app.store.models import Account

ACCOUNTS = "accounts"  # no sheet is called so
LEVEL_TEXTS = "level_texts"


class Kept:
    """What the register has now: sheet -> key -> values."""

    def __init__(self) -> None:
        self._read = _everything()
        self.rows: dict[str, dict[Key, Values]] = {}
        for sheet in SHEETS:
            names = _stored(sheet)
            values = (_values_of(names, each) for each in self._read[sheet.name])
            self.rows[sheet.name] = {key_of(sheet, each): each for each in values}
        self.accounts = {email for (email,) in self._read[ACCOUNTS]}

    @property
    def codes(self) -> Mapping[str, set[str]]:
        """Give the codes of each sheet."""
        return {name: {str(key[0]) for key in rows} for name, rows in self.rows.items()}

    def is_as_read(self) -> bool:
        """Tell whether the register is still the same."""
        return self._read == _everything()


def _everything() -> dict[str, Sequence[Row[Any]]]:
    """Read all rows of the register as plain values, and who has an account."""
    found = {
        sheet.name: db.session.execute(
            select(*(getattr(sheet.model, name) for name in _stored(sheet)))
        ).all()
        for sheet in SHEETS
    }
    return {**found, ACCOUNTS: db.session.execute(select(Account.email)).all()}


def _stored(sheet: RegisterSheet) -> list[str]:
    """Name the attributes that a row has: the texts of the levels are one."""
    names = [c.attribute for c in sheet.columns if c.attribute not in LEVELS]
    return [*names, LEVEL_TEXTS] if len(names) < len(sheet.columns) else names


def _values_of(names: Sequence[str], row: Row[Any]) -> Values:
    values = dict(zip(names, row, strict=True))
    if LEVEL_TEXTS in values:
        values[LEVEL_TEXTS] = dict.fromkeys(LEVELS, "") | dict(values[LEVEL_TEXTS])
    return values
