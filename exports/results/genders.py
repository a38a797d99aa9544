"""Girls beside all other pupils, where a result may be divided by gender: both ten or more (R2).

There are two classes, whatever the register has. Another gender than girl and boy is rare, often
one or two pupils in a city: as a class of their own they would be seen, or be what is left when
girls and boys are taken from all. A class that is there only sometimes would tell when they come
and go. So they are always counted with the boys, and tables say so whether there are any or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import compress

from exports.disclosure.counts import Count
from exports.disclosure.guard import DifferenceTells, Guard
from exports.disclosure.rounding import rounded
from exports.disclosure.rules import SMALLEST_CLASS
from exports.disclosure.symbols import Symbol
from exports.results.figures import one_row

GIRL = "flicka"
GIRLS, OTHERS = "girls", "others"
CLASSES = (GIRLS, OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfGender:
    """What may be shown of a class.

    Attributes:
        name: One of `CLASSES`.
        means: With one decimal, in the order in which the result has them.
    """

    name: str
    n: Count
    means: tuple[Decimal | Symbol, ...]


def class_of(gender: str) -> str:
    """Give the class of a gender as the register has it."""
    return GIRLS if gender == GIRL else OTHERS


def by_gender(
    classes: Sequence[str],
    values: Mapping[str, Sequence[Fraction]],
    pupils: Count,
    guard: Guard,
) -> tuple[OfGender, ...]:
    """Give both classes, or of both only that they are hidden.

    Args:
        classes: Of n pupils.
        values: By the name that each mean has in the release: n values.
        pupils: What is shown of n.
    """
    sizes = {name: Counter(classes)[name] for name in CLASSES}
    counts = _counts(sizes, pupils, guard)
    is_told = Symbol.HIDDEN not in counts.values()
    told = {name for name in values if is_told and guard.may_tell_means_of(name, sizes)}
    unknown = Symbol.HIDDEN if classes else Symbol.NOT_COLLECTED
    return tuple(
        OfGender(
            name=name,
            n=counts[name],
            means=tuple(
                _mean([*compress(some, (each == name for each in classes))])
                if mean in told
                else unknown
                for mean, some in values.items()
            ),
        )
        for name in CLASSES
    )


def _counts(sizes: Mapping[str, int], pupils: Count, guard: Guard) -> Mapping[str | None, Count]:
    """Count the classes; they give way to the number of all, never the other way round."""
    hidden: Mapping[str | None, Count] = dict.fromkeys(sizes, Symbol.HIDDEN)
    is_enough = not any(sizes.values()) or min(sizes.values()) >= SMALLEST_CLASS
    if pupils is Symbol.HIDDEN or not is_enough:
        return hidden
    try:
        return one_row(sizes, guard, "genders")
    except DifferenceTells:
        return hidden


def _mean(values: Sequence[Fraction]) -> Decimal:
    return rounded(sum(values, Fraction(0)) / len(values), "0.1")
