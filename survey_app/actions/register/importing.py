"""Take the register's workbook: show what would change, then change all of it or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sqlalchemy import func, insert, select, update

from forms.marking import N_
from forms.workbook import Row, Sheet, Workbook
from survey_app.actions import trail
from survey_app.actions.errors import ActionError
from survey_app.actions.jobs import keeping
from survey_app.actions.register import pathway, spans
from survey_app.actions.register.cells import write_cell
from survey_app.actions.register.kept import Kept
from survey_app.actions.register.pathway import Phase, Step
from survey_app.actions.register.reading import (
    Fault,
    Key,
    Line,
    Reading,
    Values,
    read_register,
    unknown_references,
)
from survey_app.actions.register.sheets import BY_NAME, SHEETS, RegisterSheet
from survey_app.store import queries
from survey_app.store.database import db, writing

ENDS_FIRST = N_("The last day is before the first.")
OVERLAP = N_("The pupil is placed elsewhere on some of these days: see row %(other)s.")
NO_ACCOUNT = N_("Nobody has the account “%(value)s”. Make the account first.")
CYCLE = N_("The district becomes a part of itself.")


class Effect(StrEnum):
    """What taking a row does."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """What taking one row would do.

    Attributes:
        fields: Header -> what stands there now and what will, as text.
    """

    sheet: str
    row: int
    key: Key
    effect: Effect
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a workbook would do; nothing while any fault is not just a warning."""

    changes: Sequence[Change]
    faults: Sequence[Fault]

    @property
    def is_possible(self) -> bool:
        """Tell whether it can be carried out."""
        return all(fault.is_warning for fault in self.faults)

    def counts(self) -> Mapping[tuple[str, Effect], int]:
        """Count the rows of each sheet by what would become of them."""
        return Counter((change.sheet, change.effect) for change in self.changes)


class RegisterRefused(ActionError):
    """A workbook has faults; nothing of it was taken."""

    sentence = N_("The register was not changed: the workbook has %(count)s faults. Mend them.")

    def __init__(self, plan: Plan) -> None:
        super().__init__(count=sum(not fault.is_warning for fault in plan.faults))
        self.plan = plan


def plan(workbook: Workbook) -> Plan:
    """Tell what taking a workbook would do. Rows that it leaves out stay as they are."""
    return _planned(read_register(workbook), Kept())


def carry_out(workbook: Workbook, actor: str) -> Plan:
    """Take a workbook: all of it, in one transaction, with an entry in the trail.

    Nobody else can write meanwhile, so what takes long is done before, and done again only when
    the register was changed just then.

    Raises:
        RegisterRefused: It has faults; nothing was changed.
    """
    kept = Kept()
    made = _planned(reading := read_register(workbook), kept)
    with writing():
        if not kept.is_as_read():
            made = _planned(reading := read_register(workbook), Kept())
        if not made.is_possible:
            raise RegisterRefused(made)
        wanted = {(change.sheet, change.key): change.effect for change in made.changes}
        for sheet in SHEETS:
            _take(sheet, reading.lines.get(sheet.name, ()), wanted)
        dated = (line for name in ("vägen", "samtycken") for line in reading.lines.get(name, ()))
        spans.rebuild({str(line.values["pupil"]) for line in dated})
        counts = {f"{name}.{effect}": number for (name, effect), number in made.counts().items()}
        trail.record(actor, "register.import", queries.REGISTER, counts)
    keeping.sweep()  # a consent that has ended ends the large files that were made under it
    return made


def _planned(reading: Reading, kept: Kept) -> Plan:
    unknown_references(reading, kept.codes)
    _check_all(reading, kept)
    return Plan(list(_changes(reading, kept)), _sorted(reading.faults))


def whole_register() -> Workbook:
    """Give the register as a workbook; of an empty one it is the template."""
    kept = Kept()
    return Workbook(tuple(_written(sheet, kept.rows[sheet.name].values()) for sheet in SHEETS))


def row_count(sheet: RegisterSheet) -> int:
    """Count the rows that the register has of a sheet, without reading them."""
    return db.session.scalar(select(func.count()).select_from(sheet.model)) or 0


def _changes(reading: Reading, kept: Kept) -> Iterator[Change]:
    for name, lines in reading.lines.items():
        sheet = BY_NAME[name]
        for line in lines:
            before = kept.rows[name].get(line.key)
            fields = {} if before is None else dict(_differences(sheet, before, line.values))
            effect = Effect.ADDED if before is None else _effect(fields)
            yield Change(name, line.number, line.key, effect, fields)


def _effect(fields: Mapping[str, tuple[str, str]]) -> Effect:
    return Effect.CHANGED if fields else Effect.SAME


def _differences(
    sheet: RegisterSheet, before: Values, after: Values
) -> Iterator[tuple[str, tuple[str, str]]]:
    old, new = _texts(sheet, before), _texts(sheet, before | after)
    for header, text in new.items():
        if old[header] != text:
            yield header, (old[header], text)


def _texts(sheet: RegisterSheet, values: Values) -> dict[str, str]:
    flat = values | values.get("level_texts", {})
    return {c.header: write_cell(c, flat.get(c.attribute)) for c in sheet.columns}


def _take(
    sheet: RegisterSheet, lines: Sequence[Line], wanted: Mapping[tuple[str, Key], Effect]
) -> None:
    """Write what is new of a sheet, and what is other than before: many rows at a time."""
    of_effect: dict[Effect, list[Values]] = defaultdict(list)
    for line in lines:
        of_effect[wanted[sheet.name, line.key]].append(line.values)
    for effect, statement in ((Effect.ADDED, insert), (Effect.CHANGED, update)):
        if rows := of_effect[effect]:
            db.session.execute(statement(sheet.model), rows)


def _written(sheet: RegisterSheet, rows: Any) -> Sheet:
    texts = sorted(
        (_texts(sheet, values) for values in rows),
        key=lambda row: tuple(_sortable(row[column.header]) for column in sheet.keys),
    )
    headers = tuple(column.header for column in sheet.columns)
    lines = (Row(n, {h: t for h, t in row.items() if t}) for n, row in enumerate(texts, start=2))
    return Sheet(sheet.name, headers, tuple(lines))


def _sortable(text: str) -> tuple[int, str]:
    return (len(text), text) if text.isdecimal() else (0, text)


def _sorted(faults: Sequence[Fault]) -> list[Fault]:
    order = {sheet.name: place for place, sheet in enumerate(SHEETS)}
    return sorted(faults, key=lambda fault: (order.get(fault.sheet, -1), fault.is_warning))


def _check_all(reading: Reading, kept: Kept) -> None:
    _check_days(reading)
    _check_accounts(reading, kept)
    _check_placements(reading, kept)
    _check_pathways(reading, kept)
    _check_successors(reading, kept)


def _check_days(reading: Reading) -> None:
    spans = (("valid_from", "valid_to"), ("signed_on", "valid_to"), ("signed_on", "withdrawn_on"),
             ("starts_on", "target_day"), ("starts_on", "ended_on"))  # fmt: skip
    for name, lines in reading.lines.items():
        for line in lines:
            for first, last in spans:
                start, end = line.values.get(first), line.values.get(last)
                if start and end and end < start:
                    reading.complain(name, line, last, ENDS_FIRST)


def _check_accounts(reading: Reading, kept: Kept) -> None:
    for name in ("tjänster", "skolans_ansvariga"):
        for line in reading.lines.get(name, ()):
            account = line.values.get("account")
            if account and account not in kept.accounts:
                reading.complain(name, line, "account", NO_ACCOUNT, value=account)


def _together(
    name: str, reading: Reading, kept: Kept
) -> dict[str, list[tuple[Values, Line | None]]]:
    """Give each pupil's rows, those of the workbook instead of the register's."""
    rows: dict[Key, tuple[Values, Line | None]]
    rows = {key: (values, None) for key, values in kept.rows[name].items()}
    rows |= {line.key: (line.values, line) for line in reading.lines.get(name, ())}
    found: dict[str, list[tuple[Values, Line | None]]] = defaultdict(list)
    for values, line in rows.values():
        found[str(values["pupil"])].append((values, line))
    return found


def _check_placements(reading: Reading, kept: Kept) -> None:
    for rows in _together("placeringar", reading, kept).values():
        in_order = sorted(rows, key=lambda row: row[0]["valid_from"])
        for (before, first), (after, second) in pairwise(in_order):
            line = second or first
            if line and (before.get("valid_to") or date.max) >= after["valid_from"]:
                other = first.number if first and second else "–"
                reading.complain("placeringar", line, "valid_from", OVERLAP, other=other)


def _check_pathways(reading: Reading, kept: Kept) -> None:
    for rows in _together("vägen", reading, kept).values():
        in_order = sorted(rows, key=lambda row: row[0]["number"])
        steps = [_step(values) for values, _ in in_order]
        for place, fault in pathway.faults(steps):
            line = in_order[place][1] or next((row for _, row in in_order if row), None)
            if line:
                before = steps[place - 1].phase.value if place else ""
                gaps = {"phase": steps[place].phase.value, "before": before}
                reading.complain("vägen", line, "phase", fault.value, **gaps)


def _step(values: Values) -> Step:
    return Step(Phase(values["phase"]), values["day"], values.get("reason") or "")


def _check_successors(reading: Reading, kept: Kept) -> None:
    successors = {
        key[0]: values.get("successor") for key, values in kept.rows["stadsdelar"].items()
    }
    lines = {line.key[0]: line for line in reading.lines.get("stadsdelar", ())}
    successors |= {code: line.values.get("successor") for code, line in lines.items()}
    for code, line in lines.items():
        seen, following = {code}, successors.get(code)
        while following and following not in seen:
            seen.add(following)
            following = successors.get(following)
        if following:
            reading.complain("stadsdelar", line, "successor", CYCLE)
