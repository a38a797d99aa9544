"""What a measure of agreement comes to, or why it comes to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique

from forms.marking import N_

# What one coder said of one unit; None when that coder has not coded it.
Value = Hashable | None
# What each coder said of one unit; every unit has the coders in the same order.
Unit = Sequence[Value]
# How often each unit comes: thousands of units of few kinds are counted once.
Tally = Mapping[tuple[Value, ...], int]
Units = Sequence[Unit] | Tally


@unique
class Undefined(Enum):
    """Why there is no number; `N_` marks the sentence for translators."""

    NO_UNITS = N_("No unit has been coded by two coders.")
    ONE_VALUE = N_(
        "Only one value was ever used, so agreement cannot be told from what chance alone gives."
    )
    NOT_TWO = N_("Cohen's kappa is for two coders; alpha is for any number.")
    UNSTABLE = N_("Too few units for an interval: many samples of them give no number.")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with what it rests on.

    Attributes:
        value: At most 1; None where it is undefined, and then `reason` says why.
        units: How many units two or more coders have coded.
    """

    value: float | None
    units: int
    reason: Undefined | None = None


def tallied(units: Units) -> Tally:
    """Count units of the same values."""
    return units if isinstance(units, Mapping) else Counter(map(tuple, units))


def pairable(units: Units) -> dict[tuple[Hashable, ...], int]:
    """Give the values of units that at least two coders have coded, and how many have these."""
    found = Counter[tuple[Hashable, ...]]()
    for unit, n in tallied(units).items():
        values = tuple(value for value in unit if value is not None)
        if len(values) > 1:
            found[values] += n
    return found


def percent_agreement(units: Units) -> Measure:
    """Give the share of pairs of coders that said the same of a unit, 0-100, unit by unit."""
    known = pairable(units)
    if not known:
        return Measure(None, 0, Undefined.NO_UNITS)
    alike = sum(n * _share_alike(values) for values, n in known.items())
    return Measure(100 * alike / sum(known.values()), sum(known.values()))


def prevalence(units: Units, value: Hashable) -> float | None:
    """Give the share of what was said that is this value, 0-1; rare codes make kappa low."""
    known = pairable(units)
    said = sum(n * len(values) for values, n in known.items())
    return sum(n * values.count(value) for values, n in known.items()) / said if said else None


def _share_alike(values: Sequence[Hashable]) -> float:
    counts = [values.count(value) for value in set(values)]
    return sum(n * (n - 1) for n in counts) / (len(values) * (len(values) - 1))
