"""Make what may be shown of what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from exports.disclosure.audit import Audit
from exports.disclosure.counts import Count, CountTable, ProtectedTable, Row, Slot
from exports.disclosure.ladder import told_by_number
from exports.disclosure.primary import Hidden, hidden_at_once
from exports.disclosure.rounding import public_count
from exports.disclosure.rules import RULE_VERSION, Profile, Reason
from exports.disclosure.secondary import hide_one_more, hide_until_stable
from exports.disclosure.symbols import Symbol


@dataclass(frozen=True, slots=True)
class Protection:
    """The table for readers, and why each of its counts is hidden, which is not for them."""

    table: ProtectedTable
    reasons: Mapping[Slot, Reason]


def protect(table: CountTable, profile: Profile, also: Iterable[Slot] = ()) -> Protection:
    """Hide what the rules hide (R1, R2, R4-R6, R10) and round what the public sees (R8).

    Args:
        also: Counts that would tell too much beside something that stands elsewhere.
    """
    hidden = dict.fromkeys(also, Reason.RULE) | hidden_at_once(table, profile)
    hide_until_stable(table, hidden)
    audit = Audit(table)
    while narrow := told_by_number(table, hidden, profile) or audit.known_too_well(hidden):
        before = len(hidden)
        hide_one_more(table, hidden, narrow)
        hide_until_stable(table, hidden)
        if len(hidden) == before:
            break  # nothing is shown any more
    return Protection(_shown(table, hidden, profile), MappingProxyType(hidden))


def _shown(table: CountTable, hidden: Hidden, profile: Profile) -> ProtectedTable:
    cells: dict[Slot, Count] = {
        slot: Symbol.HIDDEN if slot in hidden else _number(n, profile)
        for slot, n in table.numbers.items()
    }
    return ProtectedTable(
        name=table.name,
        rows=_without_numbers(table.rows),
        columns=table.columns,
        cells=MappingProxyType({**cells, **table.absent}),
        profile=profile.name,
        is_rounded=profile.rounds_counts,
        rule_version=RULE_VERSION,
    )


def _without_numbers(row: Row) -> Row:
    return replace(row, parts=tuple(map(_without_numbers, row.parts)), expected=None)


def _number(n: int, profile: Profile) -> int:
    return public_count(n) if profile.rounds_counts else n
