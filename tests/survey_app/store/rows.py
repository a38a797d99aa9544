"""Rows for every table of a database of any release, made up from what the database itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, MetaData, Table, inspect, types

Row = dict[str, Any]
MODES = ("anonymous", "interview", "return")
NONE, OF_JSON = object(), (dict, list)
HAVE_A_MODE = ("instrument_version", "round")  # two of each
# Whose rows belong to a round that is not anonymous.
MODE_OF = {
    **dict.fromkeys(("submission", "xform", "unit_return"), "return"),
    **dict.fromkeys(("interview_case", "interview", "interview_quota"), "interview"),
    **dict.fromkeys(("coding_round", "double_coding"), "interview"),
}
# What a check asks for that is no list of values.
FITTING: Mapping[str, Any] = {
    "birth_year": 2014, "year_shift": 0, "fte": Decimal(1), "importance": 2, "difficulty": 1,
    "baseline": -1, "guardians": 2, "size": 4, "content": b"\x89PNG", "start": 0, "stop": 4,
    "share": 10, "wanted": 3, "media_type": "image/png", "colour": 3, "valid_to": None,
    "withdrawn_on": None, "successor": None, "parent_id": None, "codes_required": False,
    "approved_by": None, "approved_at": None, "approved_words": "", "reason": "därför",
    "opens": date(2026, 1, 1), "locks": date(2026, 2, 1), "due": date(2026, 1, 20),
    "answers": {"fråga": "svar"}, "asked": ["fråga"], "title": {"sv": "Åäö"}, "period": None,
    "signed_on": date(2026, 1, 2), "target_day": None, "ended_on": None,
}  # fmt: skip


def fill(connection: Connection) -> dict[str, list[Row]]:
    """Put rows into every table; give them by table, in the order of what refers to what."""
    metadata = MetaData()
    metadata.reflect(connection)
    made: dict[str, list[Row]] = {}
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            allowed = dict(_allowed(connection, table.name))
            number = 2 * len(MODES) if table.name in HAVE_A_MODE else 2
            made[table.name] = [_row(table, n, made, allowed) for n in range(1, number + 1)]
            connection.execute(table.insert(), made[table.name])
    return made


def kept(connection: Connection, table: str, columns: Sequence[str]) -> list[Row]:
    """Read some columns of a table as they are now."""
    found = Table(table, MetaData(), autoload_with=connection)
    rows = connection.execute(found.select()).mappings()
    return [{name: _plain(row[name]) for name in columns if name in row} for row in rows]


def _plain(value: Any) -> Any:
    """Say a moment as it was put in: PostgreSQL adds that it is in UTC."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _allowed(connection: Connection, table: str) -> Iterator[tuple[str, list[str]]]:
    """Read the lists of values that a table's checks name."""
    for check in inspect(connection).get_check_constraints(table):
        told = str(check["sqltext"]).replace("::character varying", "").replace("::text", "")
        if found := re.search(r"(\w+)\)* (?:IN|= ANY) \(+(?:ARRAY\[)?([^])]*)", told):
            yield found[1], re.findall(r"'([^']*)'", found[2])


def _row(table: Table, number: int, made: Mapping[str, list[Row]], allowed: Mapping[str, list[str]]) -> Row:  # fmt: skip
    mode = MODE_OF.get(table.name, "anonymous")
    if table.name in HAVE_A_MODE:
        mode = MODES[(number - 1) % len(MODES)]
    row: Row = {column.name: _value(table, column, number, allowed) for column in table.columns}
    if "mode" in row:
        row["mode"] = mode
    for constraint in table.foreign_key_constraints:
        target = constraint.elements[0].column.table.name
        parents = made.get(target, [])
        if target == table.name or not parents:
            continue
        fitting = [each for each in parents if each.get("mode", mode) == mode] or parents
        parent = fitting[(number - 1) % len(fitting)]
        for element in constraint.elements:
            if row[element.parent.name] is not None or not element.parent.nullable:
                row[element.parent.name] = parent[element.column.name]
    return row


def _value(table: Table, column: Any, number: int, allowed: Mapping[str, list[str]]) -> Any:
    if column.name in allowed:
        return allowed[column.name][0]
    kind, fitting = column.type, FITTING.get(column.name, NONE)
    is_json = isinstance(kind, types.JSON)
    if fitting is not NONE and not column.primary_key and is_json >= isinstance(fitting, OF_JSON):
        return fitting
    if isinstance(kind, types.Boolean):
        return True
    if isinstance(kind, types.Integer):
        return number
    if is_json:
        return {"åäö": number}
    if isinstance(kind, types.LargeBinary):
        return bytes([number]) * 8
    if isinstance(kind, types.DateTime):
        return datetime(2026, 1, number, 12)  # noqa: DTZ001 - as the column has it
    if isinstance(kind, types.Date):
        return date(2026, 1, number)
    text = f"{table.name} å {number}"
    return text[-(getattr(kind, "length", None) or len(text)) :]
