"""Krippendorff's alpha for any number of coders who need not have coded every unit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum

import krippendorff

from exports.agreement.measure import Measure, Undefined, Units, pairable


class Level(StrEnum):
    """What may be said of the distance between two values."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(
    units: Units, level: Level = Level.NOMINAL, order: Sequence[Hashable] = ()
) -> Measure:
    """Give Krippendorff's alpha: 1 for perfect agreement, 0 for what chance gives.

    Args:
        units: What each coder said of each; those with fewer than two values are left out.
        level: The level of measurement. Numbers are needed from interval on.
        order: The values from low to high, for ordinal codes that are no numbers.

    Raises:
        ValueError: The values have no order that the level needs.
    """
    known = pairable(units)
    if not known:
        return Measure(None, 0, Undefined.NO_UNITS)
    number = sum(known.values())
    used = {value for values in known for value in values}
    if len(used) == 1:
        return Measure(None, number, Undefined.ONE_VALUE)
    domain = domain_of(used, level, order)
    counts = [
        row
        for values, n in known.items()
        for row in [[values.count(value) for value in domain]] * n
    ]
    has_distances = level in (Level.INTERVAL, Level.RATIO)
    places = [float(str(value)) for value in domain] if has_distances else range(len(domain))
    found = krippendorff.alpha(
        value_counts=counts, value_domain=list(places), level_of_measurement=level.value
    )
    return Measure(float(found), number)


def domain_of(
    used: AbstractSet[Hashable], level: Level, order: Sequence[Hashable]
) -> list[Hashable]:
    """Put the values in order; which one does not matter to nominal ones.

    Raises:
        ValueError: The values have no order that the level needs.
    """
    if missing := used - set(order or used):
        raise ValueError(f"no place in the order for {missing}")
    if order:
        return [value for value in order if value in used]
    if level is Level.NOMINAL:
        return sorted(used, key=repr)
    if not all(isinstance(value, int | float) for value in used):
        raise ValueError(f"{level} values that are no numbers need an order")
    return sorted(used, key=lambda value: float(str(value)))
