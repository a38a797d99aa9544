"""Rounding: half up, as readers learned at school, and the same number always the same way."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

STEP = 5


def rounded(number: Fraction, unit: str) -> Decimal:
    """Round an exact number half up to a unit such as 0.1."""
    return (_units(number, Fraction(unit)) * Decimal(unit)).quantize(
        Decimal(unit), rounding=ROUND_HALF_UP
    )


def to_nearest(number: Fraction | int, step: int) -> int:
    """Round an exact number half up to a multiple of a step."""
    return _units(Fraction(number), Fraction(step)) * step


def public_count(count: int) -> int:
    """Round a count for the public (R8); a total is rounded from the true total."""
    return to_nearest(count, STEP)


def _units(number: Fraction, unit: Fraction) -> int:
    exact = number / unit
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
