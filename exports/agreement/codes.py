"""Agreement about codes of which a unit may have several: each by itself, and their median."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import median

from exports.agreement.alpha import krippendorff_alpha
from exports.agreement.bootstrap import RESAMPLES, Interval, bootstrap_alpha
from exports.agreement.kappa import CODERS, cohen_kappa
from exports.agreement.measure import (
    Measure,
    Undefined,
    Value,
    pairable,
    percent_agreement,
    prevalence,
)

# What each coder gave a unit; None when that coder has not coded it.
CodedUnit = Sequence[AbstractSet[str] | None]
# The same, for units that were given the same.
_Kind = tuple[frozenset[str] | None, ...]
PRESENT, ABSENT = 1, 0


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far coders agree on whether a code is there.

    Attributes:
        units: How many were coded by two or more.
        prevalence: Share of codings that have the code, 0-1.
        percent: Share of pairs that agree, 0-100.
        kappa: For two coders; undefined for more.
        interval: Of alpha.
    """

    code: str
    units: int
    prevalence: float | None
    percent: Measure
    kappa: Measure
    alpha: Measure
    interval: Interval


def agreement_of(
    units: Sequence[CodedUnit], codes: Sequence[str], *, resamples: int = RESAMPLES
) -> list[CodeAgreement]:
    """Compare the coders code by code, in the order given."""
    kinds = Counter(
        tuple(None if given is None else frozenset(given) for given in unit) for unit in units
    )
    return [_of_code(code, kinds, resamples) for code in codes]


def median_of(found: Sequence[Measure]) -> float | None:
    """Give the median of those that are defined; None when none is."""
    known = [each.value for each in found if each.value is not None]
    return median(known) if known else None


def _of_code(code: str, kinds: Mapping[_Kind, int], resamples: int) -> CodeAgreement:
    units = Counter[tuple[Value, ...]]()
    for kind, n in kinds.items():
        units[tuple(_is_there(code, given) for given in kind)] += n
    is_of_two = all(len(unit) == CODERS for unit in units)
    number = sum(pairable(units).values())
    return CodeAgreement(
        code,
        number,
        prevalence(units, PRESENT),
        percent_agreement(units),
        cohen_kappa(units) if is_of_two else Measure(None, number, Undefined.NOT_TWO),
        krippendorff_alpha(units),
        bootstrap_alpha(units, resamples=resamples),
    )


def _is_there(code: str, given: AbstractSet[str] | None) -> int | None:
    return None if given is None else PRESENT if code in given else ABSENT
