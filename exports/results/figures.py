"""What may stand in a table of results or be drawn: a number, a bound, or a sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from exports.disclosure.counts import Count, CountTable, Row, Slot
from exports.disclosure.protect import protect
from exports.disclosure.rounding import rounded
from exports.disclosure.rules import SMALLEST_ENKAT, STAFF, K
from exports.disclosure.shares import Share, responses_among
from exports.disclosure.symbols import Symbol

SMALLEST_MEAN = SMALLEST_ENKAT  # persons behind a mean (R9), registered ones too


@dataclass(frozen=True, slots=True)
class Between:
    """A count of which only the bounds are told."""

    least: int
    most: int


Figure = int | Decimal | Share | Between | Symbol


def answered(n: int, among: int) -> Figure:
    """Give how many of all have answered; only between which numbers, where few have not.

    That one to four are missing is what the hidden number itself would tell (R4), so the bounds
    tell nothing more.
    """
    shown = responses_among(n, among)
    if shown is Symbol.HIDDEN and among - (K - 1) >= SMALLEST_ENKAT and n >= SMALLEST_ENKAT:
        return Between(among - (K - 1), among - 1)
    return shown


def persons(n: int) -> Count:
    """Give a count of registered pupils (R1, R4)."""
    return one_row({None: n})[None] if n else 0


def one_row(counts: Mapping[str, int] | Mapping[None, int]) -> dict[str | None, Count]:
    """Protect the classes of one group; under None stands its total."""
    columns = tuple(name for name in counts if name is not None)
    table = CountTable(
        "row", Row("all"), columns, {Slot("all", name): n for name, n in counts.items()}
    )
    cells = protect(table, STAFF).table.cells
    return {name: cells[Slot("all", name)] for name in (*columns, None)}


def mean_of(total: Fraction, n: int) -> Decimal | Symbol:
    """Give the mean of n persons with one decimal (R9)."""
    if not n:
        return Symbol.NOT_COLLECTED
    return rounded(total / n, "0.1") if n >= SMALLEST_MEAN else Symbol.HIDDEN
