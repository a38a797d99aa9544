"""Of pupils at two terms: whose share of passed subjects went up, and whether means may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exports.disclosure.beside import Limits, classes_of, tells_of_hidden
from exports.disclosure.counts import Count
from exports.disclosure.guard import Guard
from exports.results.figures import one_row

UP, SAME, DOWN = "up", "same", "down"
ALL = "all"
ONE_SUBJECT = Fraction(1, 16)  # by which a share changes at least, roughly
REST = 1 - ONE_SUBJECT

Shares = Sequence[tuple[Fraction, Fraction]]  # before and after


def change_of(shares: Shares, guard: Guard) -> Mapping[str, Count]:
    """Give how many went up, stayed, went down, and all, as they may be shown."""
    counts = _counted(shares)
    shown = one_row(counts, guard, "change")
    return {name: shown[name] for name in counts} | {ALL: shown[None]}


def means_tell(shares: Shares, change: Mapping[str, Count]) -> bool:
    """Tell whether the mean before, after, or of the difference tells of a hidden class.

    Who goes up has not passed all before, and has passed something after.
    """
    before, after = (sum((each[at] for each in shares), Fraction(0)) for at in (0, 1))
    limits: list[tuple[Fraction, Limits]] = [
        (after - before, {DOWN: (-1, -ONE_SUBJECT), SAME: (0, 0), UP: (ONE_SUBJECT, 1)}),
        (before, {UP: (0, REST), SAME: (0, 1), DOWN: (ONE_SUBJECT, 1)}),
        (after, {DOWN: (0, REST), SAME: (0, 1), UP: (ONE_SUBJECT, 1)}),
    ]
    counts = _counted(shares)
    return any(tells_of_hidden(total, classes_of(counts, change, of)) for total, of in limits)


def _counted(shares: Shares) -> Mapping[str, int]:
    counts = {UP: 0, SAME: 0, DOWN: 0}
    for before, after in shares:
        counts[UP if after > before else DOWN if after < before else SAME] += 1
    return counts
