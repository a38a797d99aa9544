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
    for line in table.lines:
        if _tells(table, line, hidden):
            return _smallest(table, hidden, line.parts) or line.total
    return None


def _tells(table: CountTable, line: Line, hidden: Collection[Slot]) -> bool:
    """Tell whether a hidden count of the line can be worked out by subtraction, or nearly."""
    unknown = [part for part in line.parts if part in hidden]
    if line.total in hidden:
        return not unknown and table.numbers[line.total] > 0
    if not unknown:
        return False
    return len(unknown) < FEWEST_HIDDEN or sum(table.numbers[part] for part in unknown) < K


def _smallest(table: CountTable, hidden: Hidden, slots: Iterable[Slot]) -> Slot | None:
    """Give the smallest count that is shown and not zero, the first of several; None if none is."""
    shown = [slot for slot in slots if slot not in hidden and table.numbers[slot]]
    return min(shown, key=lambda slot: table.numbers[slot], default=None)
