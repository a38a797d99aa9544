"""How sure a measure is: an interval from drawing the units again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from statistics import quantiles

import numpy as np

from exports.agreement.measure import Measure, Undefined, Unit, Units, pairable

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
        return _too_few(known)
    draw = Random(seed)  # noqa: S311 - nothing secret, and the same each time
    samples = (draw.choices(known, k=len(known)) for _ in range(resamples))
    found = [value for value in (measure(sample).value for sample in samples) if value is not None]
    return _between(found, resamples)


def bootstrap_nominal_alpha(
    units: Units, *, seed: int = SEED, resamples: int = RESAMPLES
) -> Interval:
    """Give the interval of Krippendorff's alpha for values without an order, quickly.

    Units with the same values are the same, so a sample is drawn as how often each kind of unit
    comes, and all samples are worked out together: 1,000 of 10,000 units take milliseconds.
    """
    known = pairable(units)
    number = sum(known.values())
    if number < FEWEST_UNITS:
        return _too_few(known)
    kinds = Counter[tuple[str, ...]]()
    for values, n in known.items():
        kinds[tuple(sorted(map(repr, values)))] += n
    in_order = sorted(kinds)  # so that the same units give the same samples
    domain = sorted({*chain(*kinds)})
    coincidences = np.array([_coincidences(kind, domain) for kind in in_order])
    shares = np.array([kinds[kind] for kind in in_order]) / number
    counts = np.random.default_rng(seed).multinomial(number, shares, size=resamples)
    sums = np.tensordot(counts, coincidences, axes=1)  # samples x values x values
    totals = sums.sum(axis=2)
    n = totals.sum(axis=1)
    apart = n - sums.trace(axis1=1, axis2=2)
    by_chance = n**2 - (totals**2).sum(axis=1)
    is_known = by_chance > 0
    found = 1 - (n[is_known] - 1) * apart[is_known] / by_chance[is_known]
    return _between([float(each) for each in found], resamples)


def _coincidences(kind: Sequence[str], domain: Sequence[str]) -> list[list[float]]:
    """Count a unit's pairs of values, each weighted so that every value counts once."""
    has = [kind.count(value) for value in domain]
    return [
        [a * (b - (at == to)) / (len(kind) - 1) for to, b in enumerate(has)]
        for at, a in enumerate(has)
    ]


def _too_few(known: Collection[object]) -> Interval:
    return Interval(None, None, Undefined.UNSTABLE if known else Undefined.NO_UNITS)


def _between(found: Sequence[float], resamples: int) -> Interval:
    if len(found) < resamples * (1 - MOST_UNDEFINED):
        return Interval(None, None, Undefined.UNSTABLE)
    cuts = quantiles(found, n=40, method="inclusive")
    return Interval(cuts[0], cuts[-1])
