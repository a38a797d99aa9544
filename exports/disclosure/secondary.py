"""Which counts are hidden because hidden ones could be worked out from them (R5, R6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from exports.disclosure.counts import CountTable, Line, Slot
from exports.disclosure.primary import Hidden
from exports.disclosure.rules import K, Reason

FEWEST_HIDDEN = 2


def hide_until_stable(table: CountTable, hidden: Hidden) -> None:
    """Hide the smallest remaining count of each line that tells too much, until none does."""
    while found := _next(table, hidden):
        hidden[found] = Reason.SECONDARY


def hide_one_more(table: CountTable, hidden: Hidden, narrow: Slot) -> None:
    """Hide what lies nearest to a hidden count that is known too well.

    The smallest count of its lines, or else one of their totals, or else the smallest anywhere;
    in the end everything is hidden.
    """
    own = [line for line in table.lines if narrow in (line.total, *line.parts)]
    near = _smallest(table, hidden, (part for line in own for part in line.parts))
    total = _smallest(table, hidden, (line.total for line in own))
    found = near or total or _smallest(table, hidden, table.numbers)
    if found:
        hidden[found] = Reason.SECONDARY


def _next(table: CountTable, hidden: Hidden) -> Slot | None:
    if found := _crossed(table, hidden):
        return found
    for line in table.lines:
        if zero := _zero(table, line, hidden):
            return zero
        if _tells(table, line, hidden):
            return _smallest(table, hidden, line.parts) or line.total
    return None


def _crossed(table: CountTable, hidden: Collection[Slot]) -> Slot | None:
    """Find a class of a group that is shown where another is hidden: all stand or none.

    Which of them were hidden depends on the numbers in two directions: who tries all tables with
    these totals finds one or two behind what is left. A group of which nothing at all is shown,
    not even its size, leaves the others as they are. Without the number of all, nothing stands.
    """
    if not (table.columns and table.rows.parts):
        return None
    if Slot(table.rows.name) in hidden:
        return next((slot for slot in table.numbers if slot not in {*hidden, *table.absent}), None)
    inner = [slot for slot in table.counts if slot not in table.absent]
    open_rows = {slot.row for slot in (*inner, *map(_size, inner)) if slot not in hidden}
    if not any(slot in hidden for slot in inner if slot.row in open_rows):
        return None
    return next((slot for slot in inner if slot not in hidden), None)


def _size(slot: Slot) -> Slot:
    return Slot(slot.row)


def _zero(table: CountTable, line: Line, hidden: Collection[Slot]) -> Slot | None:
    """Find a zero that is shown of a hidden total, and would tell why that is hidden.

    A group of fewer than ten hides its zeros (R4), so one that shows them is of ten or more; and
    where four parts are hidden that make fewer than five, each is one.
    """
    if line.total not in hidden:
        return None
    zeros = (part for part in line.parts if part not in hidden and not table.numbers[part])
    return next(zeros, None)


def _tells(table: CountTable, line: Line, hidden: Collection[Slot]) -> bool:
    """Tell whether a hidden count of the line can be worked out by subtraction, or nearly."""
    unknown = [part for part in line.parts if part in hidden]
    if line.total in hidden:
        # A zero that is hidden with its total keeps no other number of the line.
        is_kept = any(table.numbers[part] for part in unknown)
        return not is_kept and table.numbers[line.total] > 0
    if not unknown:
        return False
    return len(unknown) < FEWEST_HIDDEN or sum(table.numbers[part] for part in unknown) < K


def _smallest(table: CountTable, hidden: Hidden, slots: Iterable[Slot]) -> Slot | None:
    """Give the smallest count that is shown and not zero, the first of several; None if none is."""
    shown = [slot for slot in slots if slot not in hidden and table.numbers[slot]]
    return min(shown, key=lambda slot: table.numbers[slot], default=None)
