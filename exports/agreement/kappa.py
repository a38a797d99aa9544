"""Cohen's kappa for two coders, plain and weighted.

Own code, because the libraries that have it (scikit-learn, statsmodels) bring SciPy with them, and
give "not a number" or 1 where it is undefined. Source: Cohen (1960, 1968); 1 - sum(v o) / sum(v e).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from exports.agreement.measure import Measure, Undefined, Unit, Units, tallied

CODERS = 2
# How much two values disagree: 0 for the same.
Disagreement = Callable[[Hashable, Hashable], float]


def plain(one: Hashable, other: Hashable) -> float:
    """Count every disagreement alike."""
    return float(one != other)


def linear(order: Sequence[Hashable]) -> Disagreement:
    """Count a disagreement by how many steps of an order lie between the values."""
    rank = {value: number for number, value in enumerate(order)}
    return lambda one, other: float(abs(rank[one] - rank[other]))


def quadratic(order: Sequence[Hashable]) -> Disagreement:
    """Count a disagreement by the square of the steps between the values."""
    steps = linear(order)
    return lambda one, other: steps(one, other) ** 2


def cohen_kappa(units: Units, disagreement: Disagreement = plain) -> Measure:
    """Give Cohen's kappa: agreement of two coders beyond what their habits give by chance.

    Args:
        units: Two values each; units that one of them has not coded are left out.
        disagreement: How much each pair of values disagrees.

    Raises:
        ValueError: A unit has not two values.
    """
    pairs = Counter[tuple[Hashable, Hashable]]()
    for unit, n in tallied(units).items():
        one, other = _pair(unit)
        if one is not None and other is not None:
            pairs[one, other] += n
    count = pairs.total()
    if not count:
        return Measure(None, 0, Undefined.NO_UNITS)
    observed = sum(n * disagreement(*pair) for pair, n in pairs.items()) / count
    by_chance = _by_chance(pairs, disagreement) / count**2
    if not by_chance:
        return Measure(None, count, Undefined.ONE_VALUE)
    return Measure(1 - observed / by_chance, count)


def _pair(unit: Unit) -> Unit:
    if len(unit) != CODERS:
        raise ValueError(f"Cohen's kappa is for two coders, not {len(unit)}")
    return unit


def _by_chance(pairs: Counter[tuple[Hashable, Hashable]], disagreement: Disagreement) -> float:
    ones, others = Counter[Hashable](), Counter[Hashable]()
    for (one, other), n in pairs.items():
        ones[one] += n
        others[other] += n
    return sum(
        n * m * disagreement(one, other) for one, n in ones.items() for other, m in others.items()
    )
