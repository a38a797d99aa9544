"""How sure a measure is: an interval from drawing the units again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from statistics import quantiles

import numpy as np
from numpy.typing import NDArray

from exports.agreement.alpha import Level, domain_of
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


def bootstrap_alpha(
    units: Units,
    level: Level = Level.NOMINAL,
    order: Sequence[Hashable] = (),
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Interval:
    """Give the interval of Krippendorff's alpha quickly, at any level but that of ratios.

    Units with the same values are the same, so a sample is drawn as how often each kind of unit
    comes, and all samples are worked out together: 1,000 of 10,000 units take milliseconds.

    Raises:
        ValueError: The values have no order that the level needs.
    """
    known = pairable(units)
    number = sum(known.values())
    if number < FEWEST_UNITS:
        return _too_few(known)
    domain = domain_of(frozenset(chain(*known)), level, order)
    place = {value: at for at, value in enumerate(domain)}
    kinds = Counter[tuple[int, ...]]()
    for values, n in known.items():
        kinds[tuple(sorted(place[value] for value in values))] += n
    in_order = sorted(kinds)  # so that the same units give the same samples
    shares = np.array([kinds[kind] for kind in in_order]) / number
    counts = np.random.default_rng(seed).multinomial(number, shares, size=resamples)
    coincidences = np.array([_coincidences(kind, len(domain)) for kind in in_order])
    sums = np.tensordot(counts, coincidences, axes=1)  # samples x values x values
    return _between(_alphas(sums, level, domain), resamples)


def _alphas(sums: NDArray[np.float64], level: Level, domain: Sequence[Hashable]) -> list[float]:
    """Give alpha of each sample in which it is defined."""
    totals = sums.sum(axis=2)
    distance = _distance(totals, level, domain)
    apart = (sums * distance).sum(axis=(1, 2))
    by_chance = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2))
    is_known = by_chance > 0
    n = totals.sum(axis=1)[is_known]
    return [float(each) for each in 1 - (n - 1) * apart[is_known] / by_chance[is_known]]


def _distance(
    totals: NDArray[np.float64], level: Level, domain: Sequence[Hashable]
) -> NDArray[np.float64]:
    """Give the squared distance of each two values, in each sample where it depends on that."""
    match level:
        case Level.NOMINAL:
            return 1 - np.eye(len(domain))
        case Level.ORDINAL:
            middle = totals.cumsum(axis=1) - totals / 2
            apart: NDArray[np.float64] = middle[:, :, None] - middle[:, None, :]
            return apart**2
        case Level.INTERVAL:
            numbers = np.array([float(str(value)) for value in domain])
            between: NDArray[np.float64] = np.subtract.outer(numbers, numbers)
            return between**2
        case Level.RATIO:
            raise ValueError("no quick interval of ratios")


def _coincidences(kind: Sequence[int], values: int) -> list[list[float]]:
    """Count a unit's pairs of values, each weighted so that every value counts once."""
    has = [kind.count(value) for value in range(values)]
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
