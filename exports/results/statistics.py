"""The two formulas that go with small numbers. They are ours, for SciPy would weigh 35 MB."""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson(count: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Give Wilson's interval for a share: it stays inside 0-1, also for none or all of few.

    Source: Wilson (1927), without a correction for continuity.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, square = count / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return (0.0 if count == 0 else middle - half), (1.0 if count == n else middle + half)


def mcnemar(one_way: int, other_way: int) -> Fraction:
    """Give the exact two-sided p of McNemar's test: a fair coin for each who changed.

    Args:
        one_way, other_way: How many changed from no to yes, and from yes to no.

    Returns:
        1 when nobody changed.
    """
    changed = one_way + other_way
    tail = sum(comb(changed, k) for k in range(min(one_way, other_way) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**changed))
