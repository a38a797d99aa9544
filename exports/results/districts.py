"""Districts beside the city: one table for everybody who may see any of it.

Whoever sees a district sees its row and the city's, of this very table. So all such readers
together have no more than the table, and that has been protected as a whole (R2, R5, R6, R9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from exports.disclosure.counts import Count, CountTable, Row, Slot
from exports.disclosure.protect import protect
from exports.disclosure.rounding import rounded
from exports.disclosure.rules import PUBLIC, Level
from exports.disclosure.symbols import Symbol
from exports.results.figures import SMALLEST_MEAN

CITY = ""  # the row of all districts together; no district's code is empty
# Its readers are no staff who work with the pupils: groups of ten, and sizes to the nearest 5.
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
        n: Persons, to the nearest 5.
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
        districts: Their codes, in the order of the rows; everybody counted is of one of them.
        measures: How many values each person has.
    """
    by_district: Mapping[str, list[Counted]] = {code: [] for code in districts}
    for each in counted:
        by_district[each.district].append(each)
    cells = _cells(by_district)
    groups = [*by_district.items(), (CITY, list(counted))]
    return DistrictTable(
        rows=tuple(
            DistrictFigures(
                district=code,
                n=cells[Slot(code)],
                means=tuple(_means(own, measures, is_shown=_is_shown(cells[Slot(code)]))),
            )
            for code, own in groups
        )
    )


def _cells(groups: Mapping[str, Sequence[Counted]]) -> Mapping[Slot, Count]:
    """Protect the sizes; where few are hidden, the city's mean would tell theirs (R9)."""
    table = CountTable(
        "districts",
        Row(CITY, Level.CITY, tuple(_row(code, own) for code, own in groups.items())),
        (),
        {Slot(code): len(own) for code, own in groups.items()},
    )
    also: list[Slot] = []
    while True:
        cells = protect(table, PROFILE, also).table.cells
        hidden = [code for code in groups if not _is_shown(cells[Slot(code)])]
        left = sum(len(groups[code]) for code in hidden)
        shown = [code for code in groups if groups[code] and code not in hidden]
        if left == 0 or left >= SMALLEST_MEAN or not _is_shown(cells[Slot(CITY)]):
            return cells
        also.append(Slot(min(shown, key=lambda code: len(groups[code]), default=CITY)))


def _row(code: str, own: Sequence[Counted]) -> Row:
    return Row(code, Level.DISTRICT, contributing=len({each.school for each in own}))


def _is_shown(n: Count) -> bool:
    return not isinstance(n, Symbol)


def _means(of: Sequence[Counted], measures: int, *, is_shown: bool) -> Iterator[Decimal | Symbol]:
    for at in range(measures):
        if not of:
            yield Symbol.NOT_COLLECTED
        elif is_shown and len(of) >= SMALLEST_MEAN:
            yield rounded(sum((each.values[at] for each in of), Fraction(0)) / len(of), "0.1")
        else:
            yield Symbol.HIDDEN
