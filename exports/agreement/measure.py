"""What a measure of agreement comes to, or why it comes to nothing."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import Enum, unique

from forms.marking import N_

# What one coder said of one unit; None when that coder has not coded it.
Value = Hashable | None
# What each coder said of one unit; every unit has the coders in the same order.
Unit = Sequence[Value]


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


def pairable(units: Sequence[Unit]) -> list[list[Hashable]]:
    """Give the values of each unit that at least two coders have coded."""
    coded = ([value for value in unit if value is not None] for unit in units)
    return [values for values in coded if len(values) > 1]


def percent_agreement(units: Sequence[Unit]) -> Measure:
    """Give the share of pairs of coders that said the same of a unit, 0-100, unit by unit."""
    known = pairable(units)
    if not known:
        return Measure(None, 0, Undefined.NO_UNITS)
    return Measure(100 * sum(map(_share_alike, known)) / len(known), len(known))


def prevalence(units: Sequence[Unit], value: Hashable) -> float | None:
    """Give the share of what was said that is this value, 0-1; rare codes make kappa low."""
    said = [each for values in pairable(units) for each in values]
    return said.count(value) / len(said) if said else None


def _share_alike(values: Sequence[Hashable]) -> float:
    counts = [values.count(value) for value in set(values)]
    return sum(n * (n - 1) for n in counts) / (len(values) * (len(values) - 1))
