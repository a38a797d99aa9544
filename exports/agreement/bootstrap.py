"""How sure a measure is: an interval from drawing the units again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import quantiles

from exports.agreement.measure import Measure, Undefined, Unit, pairable

RESAMPLES = 1_000
SEED = 1
FEWEST_UNITS = 2
# More samples without a number than this, and those with one say too little.
MOST_UNDEFINED = 0.05


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the measure lies in 95 of 100 samples; None where that cannot be said."""

    low: float | None
    high: float | None
    reason: Undefined | None = None


def bootstrap(
    units: Sequence[Unit],
    measure: Callable[[Sequence[Unit]], Measure],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Interval:
    """Give the 95 % percentile interval of a measure over samples of units with replacement.

    The same units and seed give the same interval. Samples for which the measure is undefined are
    left out; when they are more than one in twenty there is no interval.
    """
    known = [unit for unit in units if pairable([unit])]
    if len(known) < FEWEST_UNITS:
        return Interval(None, None, Undefined.NO_UNITS if not known else Undefined.UNSTABLE)
    draw = Random(seed)  # noqa: S311 - nothing secret, and the same each time
    samples = (draw.choices(known, k=len(known)) for _ in range(resamples))
    found = [value for value in (measure(sample).value for sample in samples) if value is not None]
    if len(found) < resamples * (1 - MOST_UNDEFINED):
        return Interval(None, None, Undefined.UNSTABLE)
    cuts = quantiles(found, n=40, method="inclusive")
    return Interval(cuts[0], cuts[-1])
