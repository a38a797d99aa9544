"""Shares and means of what was answered in an enkät, in no more detail than its size allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, unique
from fractions import Fraction

from exports.disclosure.rounding import rounded, to_nearest
from exports.disclosure.rules import SMALLEST_ENKAT, SMALLEST_FULL, K, Profile
from exports.disclosure.symbols import Symbol

COARSE, FINE, WHOLE = 10, 5, 1  # per cent to which shares are rounded
LOW_END, HIGH_END = 10, 90  # what the finer profile does not look beyond


@unique
class Bound(Enum):
    """How a printed share is meant."""

    ABOUT = ""
    AT_LEAST = "≥"
    AT_MOST = "≤"


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent, as it may be printed."""

    percent: int
    bound: Bound = Bound.ABOUT

    def __str__(self) -> str:
        """Write it in signs that every language reads: ≥80."""
        return f"{self.bound.value}{self.percent}"


@dataclass(frozen=True, slots=True)
class SharedClass:
    """Neighbouring classes, and the share that they have together.

    Attributes:
        classes: Their numbers, from 0, in the order of the question.
    """

    classes: tuple[int, ...]
    share: Share | Symbol


def shares(counts: Sequence[int], profile: Profile) -> tuple[SharedClass, ...]:
    """Give what may be shown of a distribution (R1, R3).

    Args:
        counts: Answers in each of c classes, neighbours side by side. With fewer than 30 answers
            only two classes are shown: the caller puts the others together, as positive/negative.

    Returns:
        The classes that are shown, in order; one hidden class of all when nothing may be shown.
    """
    n = sum(counts)
    everything = tuple(range(len(counts)))
    if n < SMALLEST_ENKAT:
        return (SharedClass(everything, Symbol.HIDDEN),)
    if profile.has_finer_shares:
        return tuple(SharedClass((at,), _fine(count, n)) for at, count in enumerate(counts))
    if n < SMALLEST_FULL and len(counts) != 2:
        return (SharedClass(everything, Symbol.HIDDEN),)
    merged = _merged(counts)
    largest, most = max(merged, key=lambda each: each[1])
    if n - most < K:
        # The larger class alone, and of the smaller one nothing: not even that it is empty.
        return (SharedClass(largest, at_least(n)),)
    return tuple(
        SharedClass(classes, Share(to_nearest(Fraction(100 * count, n), _step(n))))
        for classes, count in merged
    )


def at_least(n: int) -> Share:
    """Say of all answers but a few, or of all, that they are most: 100 (n - 5) / n, in tens."""
    return Share(100 * (n - K) // n // COARSE * COARSE, Bound.AT_LEAST)


def at_most(n: int) -> Share:
    """Say of a few answers, or of none, that they are few: what `at_least` leaves."""
    return Share(100 - at_least(n).percent, Bound.AT_MOST)


def responses_among(n: int, among: int) -> int | Symbol:
    """Give how many of all responses are such, unless these or the others are few (R1, R4)."""
    return Symbol.HIDDEN if n < SMALLEST_ENKAT or 0 < among - n < K else n


def part_of_all(share: Fraction, contributors: int, n: int) -> Share | Symbol:
    """Give which part of all their items n responses left open, or the like (R1, R3).

    Args:
        share: Of all items, from 0 to 1.
        contributors: How many of the n responses have any such item.
    """
    if n < SMALLEST_ENKAT:
        return Symbol.HIDDEN
    if contributors < K:
        bound = at_most(n)
        return bound if 100 * share <= bound.percent else Symbol.HIDDEN
    return Share(to_nearest(100 * share, _step(n)))


def mean(total: Fraction, n: int) -> Decimal | Symbol:
    """Give the mean of n answers with one decimal, where they are ten or more (R9)."""
    return rounded(total / n, "0.1") if n >= SMALLEST_ENKAT else Symbol.HIDDEN


def spread(deviation: Fraction, n: int) -> Decimal | Symbol:
    """Give a standard deviation with one decimal, where answers are thirty or more (R9)."""
    return rounded(deviation, "0.1") if n >= SMALLEST_FULL else Symbol.HIDDEN


def _step(n: int) -> int:
    return COARSE if n < SMALLEST_FULL else WHOLE


def _fine(count: int, n: int) -> Share:
    percent = to_nearest(Fraction(100 * count, n), FINE)
    if percent <= LOW_END:
        return Share(LOW_END, Bound.AT_MOST)
    if percent >= HIGH_END:
        return Share(HIGH_END, Bound.AT_LEAST)
    return Share(percent)


def _merged(counts: Sequence[int]) -> Sequence[tuple[tuple[int, ...], int]]:
    """Put each class of 1 to 4 answers together with its smaller neighbour.

    Until none is left, or all answers but a few are together.
    """
    groups: list[tuple[tuple[int, ...], int]] = [((at,), n) for at, n in enumerate(counts)]
    while sum(counts) - max(count for _, count in groups) >= K:
        small = [at for at, (_, count) in enumerate(groups) if 0 < count < K]
        if not small:
            break
        at = min(small, key=lambda at: groups[at][1])
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(groups)]
        first, second = sorted((at, min(beside, key=lambda n: groups[n][1])))
        joined = (groups[first][0] + groups[second][0], groups[first][1] + groups[second][1])
        groups[first : second + 1] = [joined]
    return groups
