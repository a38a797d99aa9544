"""Small tables of counts, and an attacker who tries every table that could be behind one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from exports.disclosure.counts import CountTable, Row, Slot
from exports.disclosure.protect import protect
from exports.disclosure.rules import STAFF, K, Level, Profile
from exports.disclosure.symbols import Symbol

COLUMNS = "abcdefgh"


def places(*counts: int, level: Level = Level.SCHOOL) -> CountTable:
    """Count some schools, named 0, 1 ..., and all of them together."""
    parts = tuple(Row(str(number), level) for number in range(len(counts)))
    return CountTable(
        "places", Row("all", parts=parts), (), {Slot(str(n)): c for n, c in enumerate(counts)}
    )


def crossed(*rows: Sequence[int], are_groups: bool = False) -> CountTable:
    """Count classes a, b ... of schools 0, 1 ..., with both margins."""
    columns = tuple(COLUMNS[: len(rows[0])])
    counts = {
        Slot(str(number), column): count
        for number, row in enumerate(rows)
        for column, count in zip(columns, row, strict=True)
    }
    parts = tuple(Row(str(number), Level.SCHOOL) for number in range(len(rows)))
    return CountTable(
        "crossed", Row("all", parts=parts), columns, counts, columns_are_groups=are_groups
    )


def shown(table: CountTable, profile: Profile = STAFF) -> dict[str, list[int | str]]:
    """Write what is shown as one list for each row, its total last."""
    cells = protect(table, profile).table.cells
    signs = {slot: cell.value if isinstance(cell, Symbol) else cell for slot, cell in cells.items()}
    return {
        row.name: [signs[Slot(row.name, column)] for column in (*table.columns, None)]
        for row in table.rows.walk()
    }


def possible_values(table: CountTable, profile: Profile = STAFF) -> dict[Slot, set[int]]:
    """Find which values hidden counts can have, for one who can run the rules as we do.

    The attacker tries every table that has the shown counts, hides in it, and keeps those from
    which the very same would be shown. Nobody can know more from the table alone.
    """
    protection = protect(table, profile)
    possible: dict[Slot, set[int]] = defaultdict(set)
    for candidate in _candidates(table, set(protection.reasons)):
        if protect(candidate, profile).table == protection.table:
            for slot in protection.reasons:
                possible[slot].add(candidate.numbers[slot])
    return possible


def _candidates(table: CountTable, hidden: set[Slot]) -> Iterator[CountTable]:
    """Yield each table that has the same shown counts; up to twice the true ones."""
    leaves = [slot for slot in table.counts if slot in hidden]
    most = 2 * max(table.numbers.values()) + K
    known = [line for line in table.lines if line.total not in hidden]

    def fill(at: int, counts: dict[Slot, int]) -> Iterator[CountTable]:
        if at == len(leaves):
            candidate = CountTable(
                table.name, table.rows, table.columns, counts, table.columns_are_groups
            )
            if all(candidate.numbers[s] == n for s, n in table.numbers.items() if s not in hidden):
                yield candidate
            return
        own = [line for line in known if leaves[at] in line.parts]
        room = [
            table.numbers[each.total] - sum(counts.get(p, 0) for p in each.parts) for each in own
        ]
        for value in range(min([most, *room]) + 1):
            yield from fill(at + 1, {**counts, leaves[at]: value})

    fixed = {slot: table.numbers[slot] for slot in table.counts if slot not in hidden}
    yield from fill(0, fixed)
