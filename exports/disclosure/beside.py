"""Whether a mean tells of classes that are hidden beside it (R5, R9).

The mean of all, times their number, is the sum of what the classes have: of twelve pupils who miss
half a per cent of their lessons on average, nobody has missed half. A mean stands beside hidden
classes only where each of these can have more values than R5 asks for: so a mean that gives way
leaves as many as R5 asks for too, for who knows that it had to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exports.disclosure.counts import Count
from exports.disclosure.rules import VALUES, K

ENOUGH = VALUES + 1
Limits = Mapping[str, tuple[Fraction | int, Fraction | int]]


@dataclass(frozen=True, slots=True)
class Class:
    """A class beside a mean.

    Attributes:
        n: Its persons, as counted.
        shown: What is shown of n.
        low, high: The least and the most that one of them can have of what the mean is of.
    """

    n: int
    shown: Count
    low: Fraction
    high: Fraction


def tells_of_hidden(total: Fraction, classes: Sequence[Class]) -> bool:
    """Tell whether the mean narrows a hidden class too far.

    Args:
        total: The sum of which the mean is made.
        classes: All of them, from those who have least to those who have most.
    """
    hidden = [each for each in classes if not isinstance(each.shown, int)]
    others = [each for each in classes if isinstance(each.shown, int)]
    least = total - sum(each.n * each.high for each in others)
    most = total - sum(each.n * each.low for each in others)
    return any(_is_narrow(at, hidden, least, most) for at in range(len(hidden)))


def _is_narrow(at: int, hidden: Sequence[Class], least: Fraction, most: Fraction) -> bool:
    """Tell whether a hidden class can have few values, where all have from `least` to `most`."""
    fewest = [min(each.n, 1) for each in hidden]  # who are some are known to be (R5)
    free = sum(each.n for each in hidden) - sum(fewest)
    found = 0
    for more in range(free + 1):
        found += any(
            _fits(numbers, hidden, least, most)
            for numbers in _divided(at, more, free - more, fewest)
        )
        if found == ENOUGH:
            return False
    return True


def _divided(at: int, more: int, rest: int, fewest: Sequence[int]) -> Iterator[list[int]]:
    """Give a hidden class so many more, and divide the rest between the outermost of the others."""
    others = [other for other in range(len(fewest)) if other != at]
    for highest in range(rest + 1) if others else ():
        numbers = list(fewest)
        numbers[at] += more
        numbers[others[0]] += rest - highest
        numbers[others[-1]] += highest
        yield numbers


def _fits(numbers: Sequence[int], hidden: Sequence[Class], least: Fraction, most: Fraction) -> bool:
    low = sum(n * each.low for n, each in zip(numbers, hidden, strict=True))
    high = sum(n * each.high for n, each in zip(numbers, hidden, strict=True))
    return (
        low <= most
        and high >= least
        and _is_some_small(numbers) >= _is_some_small([each.n for each in hidden])
    )


def _is_some_small(numbers: Sequence[int]) -> bool:
    """Tell whether one is small itself, which is known of hidden ones where it is so (R5)."""
    return any(0 < n < K for n in numbers)


def classes_of(
    counts: Mapping[str, int], shown: Mapping[str, Count], limits: Limits
) -> list[Class]:
    """Set classes beside a mean, in the order of their limits."""
    return [
        Class(counts[name], shown[name], Fraction(low), Fraction(high))
        for name, (low, high) in limits.items()
    ]
