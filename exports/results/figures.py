"""What may stand in a table of results or be drawn: a number, a bound, or a sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from exports.disclosure.counts import Count, CountTable, Row, Slot
from exports.disclosure.guard import Guard
from exports.disclosure.rounding import rounded
from exports.disclosure.rules import SMALLEST_ENKAT, K
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


def one_row(
    counts: Mapping[str, int] | Mapping[None, int], guard: Guard | None = None, name: str = "row"
) -> dict[str | None, Count]:
    """Protect the classes of one group; under None stands its total.

    Args:
        guard: Of the release that the row belongs to, where it may have been shown before.
        name: Of the row in that release.
    """
    columns = tuple(each for each in counts if each is not None)
    table = CountTable(
        name, Row("all"), columns, {Slot("all", each): n for each, n in counts.items()}
    )
    cells = (guard or Guard()).protect(table).table.cells
    return {each: cells[Slot("all", each)] for each in (*columns, None)}


def mean_of(
    total: Fraction, n: int, guard: Guard, name: str, *, is_told: bool = True
) -> Decimal | Symbol:
    """Give the mean of n persons with one decimal (R9), where a release may tell it.

    Args:
        is_told: Whether what stands beside it lets it stand.
    """
    if not n:
        return Symbol.NOT_COLLECTED
    is_told = is_told and guard.may_tell_mean(name, n)
    return rounded(total / n, "0.1") if is_told else Symbol.HIDDEN
