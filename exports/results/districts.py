"""Districts beside the city: one table for everybody who may see any of it.

Whoever sees a district sees its row and the city's, of this very table. So all such readers
together have no more than the table, and that has been protected as a whole (R2, R5, R6, R9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from exports.disclosure.counts import Count
from exports.disclosure.in_order import Group, shown_of
from exports.disclosure.rounding import public_count, rounded
from exports.disclosure.rules import PUBLIC
from exports.disclosure.symbols import Symbol

CITY = ""  # the row of all districts together; no district's code is empty
# Its readers are no staff who work with the pupils: groups of ten, and counts to the nearest 5.
PROFILE = PUBLIC


@dataclass(frozen=True, slots=True)
class Counted:
    """A person who is counted.

    Attributes:
        school: What R2 asks two of; of what is shown it is no part.
        values: The m measures.
    """

    district: str
    school: str
    values: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictFigures:
    """What may be shown of a district, or of the city: all of it, or nothing.

    Attributes:
        district: Its code; `CITY` is the whole city.
        n: Persons, of the city alone and to the nearest 5; NOT_APPLICABLE where a district is
            shown, for sizes would tell those of the hidden ones.
        means: Of the m measures.
    """

    district: str
    n: Count
    means: tuple[Decimal | Symbol, ...]

    @property
    def is_hidden(self) -> bool:
        """Tell whether nothing may be shown."""
        return self.n is Symbol.HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictTable:
    """What may be shown of all districts, and of the city, which is the last row."""

    rows: tuple[DistrictFigures, ...]

    @property
    def has_told(self) -> bool:
        """Tell whether anything is shown: what tells nothing is no release."""
        return any(row.n and not row.is_hidden for row in self.rows)

    def seen_by(self, districts: Iterable[str]) -> DistrictTable:
        """Give the rows of some districts and of the city, as they stand."""
        seen = {*districts, CITY}
        return DistrictTable(rows=tuple(row for row in self.rows if row.district in seen))


def table_of(districts: Sequence[str], counted: Sequence[Counted], measures: int) -> DistrictTable:
    """Count persons by district and protect the whole.

    Args:
        districts: Their codes, in the order of the rows, which no size may change; everybody
            counted is of one of them.
        measures: How many values each person has.
    """
    by_district: Mapping[str, list[Counted]] = {code: [] for code in districts}
    for each in counted:
        by_district[each.district].append(each)
    groups = {
        code: Group(len(own), len({each.school for each in own}))
        for code, own in by_district.items()
    }
    shown, is_city_shown = shown_of(groups, PROFILE)
    rows = [_row(code, own, measures, code in shown) for code, own in by_district.items()]
    return DistrictTable(rows=(*rows, _row(CITY, counted, measures, is_city_shown)))


def _row(code: str, of: Sequence[Counted], measures: int, is_shown: bool) -> DistrictFigures:
    if not is_shown:
        hidden = (Symbol.HIDDEN,) * measures
        return DistrictFigures(district=code, n=Symbol.HIDDEN, means=hidden)
    means = tuple(_mean([each.values[at] for each in of]) for at in range(measures))
    n: Count = public_count(len(of)) if code == CITY or not of else Symbol.NOT_APPLICABLE
    return DistrictFigures(district=code, n=n, means=means)


def _mean(values: Sequence[Fraction]) -> Decimal | Symbol:
    if not values:
        return Symbol.NOT_COLLECTED
    return rounded(sum(values, Fraction(0)) / len(values), "0.1")
