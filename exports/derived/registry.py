"""Which built-in instruments have derived columns: their names -> the columns, in file order.

A column comes into the file only when the instrument still asks all that it is worked out of, so
that an instrument of one's own by the same name has no columns that mean nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exports.derived.of_attendance import ATTENDANCE
from exports.derived.of_grades import GRADES
from exports.derived.of_milestones import MILESTONES
from exports.derived.variable import Derived
from forms.instrument import Instrument

DERIVED: Mapping[str, tuple[Derived, ...]] = MappingProxyType(
    {
        "betyg": GRADES,
        "manadsrapport": (*MILESTONES, *ATTENDANCE),
        "narvaro": ATTENDANCE,
    }
)


def derived_of(instrument: Instrument) -> tuple[Derived, ...]:
    """Give the derived columns of an instrument; most have none."""
    columns = DERIVED.get(instrument.name, ())
    return tuple(column for column in columns if column.sources <= instrument.patterns)
