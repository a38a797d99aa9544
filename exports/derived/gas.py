"""Goal Attainment Scaling: how far a pupil's milestones (delmål) are reached, in one figure.

Source: Kiresuk & Sherman (1968), with the usual correlation of .3 between goals. The levels are
ordinal and T depends on how hard the goals were set, so the plain share of milestones reached is
always published beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

CORRELATION = 0.3  # between the goals of one pupil: a convention, not a measurement
MEAN, SPREAD = 50.0, 10.0
LEVELS = range(-2, 3)
REACHED = 0  # "as expected"


@dataclass(frozen=True, slots=True)
class Rating:
    """One milestone's level in one period.

    Attributes:
        level: -2 to +2; None when it cannot be judged, which leaves the milestone out.
        weight: Importance times difficulty (1 to 9), or 1.
    """

    level: int | None
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no rating.

        Raises:
            ValueError: The level is not on the scale, or the weight is not positive.
        """
        if self.level is not None and self.level not in LEVELS:
            raise ValueError(f"a level is from -2 to +2, not {self.level}")
        if not self.weight > 0:
            raise ValueError(f"a weight is positive, not {self.weight}")


def t_score(ratings: Iterable[Rating], correlation: float = CORRELATION) -> float | None:
    """Give the GAS T-score: 50 when goals are met as expected; None when none was rated.

    T = 50 + 10 * sum(w x) / sqrt((1 - r) * sum(w^2) + r * sum(w)^2)
    """
    rated = [(each.level, each.weight) for each in ratings if each.level is not None]
    if not rated:
        return None
    weighted = sum(level * weight for level, weight in rated)
    weights = sum(weight for _, weight in rated)
    squares = sum(weight * weight for _, weight in rated)
    return MEAN + SPREAD * weighted / sqrt((1 - correlation) * squares + correlation * weights**2)


def t_change(before: Iterable[Rating], now: Iterable[Rating]) -> float | None:
    """Give T now minus T at the baseline; None when either is undefined."""
    baseline, current = t_score(before), t_score(now)
    return None if baseline is None or current is None else current - baseline


def rated(ratings: Iterable[Rating]) -> int:
    """Count the milestones that were rated: printed beside every figure."""
    return sum(each.level is not None for each in ratings)


def share_reached(ratings: Iterable[Rating]) -> float | None:
    """Give the share 0-1 of rated milestones at the expected level or above; None without any."""
    levels = [each.level for each in ratings if each.level is not None]
    return sum(level >= REACHED for level in levels) / len(levels) if levels else None
