"""Agreement about how a code is spoken of: values in order, weighted by how far they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exports.agreement.alpha import Level, krippendorff_alpha
from exports.agreement.bootstrap import RESAMPLES, Interval, bootstrap_alpha
from exports.agreement.kappa import cohen_kappa, linear, quadratic
from exports.agreement.measure import Measure, Value

NEGATIVE, NEUTRAL, POSITIVE = SCALE = (-1, 0, 1)
# What the two said of a unit to which both gave the code, on the scale.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ValenceAgreement:
    """How far two coders agree on how a code is spoken of.

    Attributes:
        units: Those to which both gave the code and a value of the scale.
        linear, quadratic: Weighted kappa, by the steps between the values or by their square.
        ordinal, interval: Krippendorff's alpha at these levels.
        sure: The interval of ordinal alpha.
    """

    code: str
    units: int
    linear: Measure
    quadratic: Measure
    ordinal: Measure
    interval: Measure
    sure: Interval


def valences_of(
    pairs: Mapping[str, Sequence[Pair]], *, resamples: int = RESAMPLES
) -> list[ValenceAgreement]:
    """Compare two coders code by code, in the order given."""
    return [_of_code(code, found, resamples) for code, found in pairs.items()]


def _of_code(code: str, pairs: Sequence[Pair], resamples: int) -> ValenceAgreement:
    units = Counter[tuple[Value, ...]](pairs)
    return ValenceAgreement(
        code,
        len(pairs),
        cohen_kappa(units, linear(SCALE)),
        cohen_kappa(units, quadratic(SCALE)),
        krippendorff_alpha(units, Level.ORDINAL),
        krippendorff_alpha(units, Level.INTERVAL),
        bootstrap_alpha(units, Level.ORDINAL, resamples=resamples),
    )
