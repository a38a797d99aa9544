"""Agreement code by code, and how sure it is."""

from __future__ import annotations

import pytest

from exports.agreement.alpha import Level, krippendorff_alpha
from exports.agreement.bootstrap import bootstrap, bootstrap_alpha
from exports.agreement.codes import agreement_of, median_of
from exports.agreement.kappa import cohen_kappa
from exports.agreement.measure import Undefined, percent_agreement, prevalence

TRUST, HARM = "rel:tillit", "risk:skada"
# Two coders, ten units; the second has not coded the last one.
CODED = [
    *[({TRUST}, {TRUST})] * 4,
    *[({TRUST, HARM}, {HARM})] * 1,
    *[(set(), {TRUST})] * 1,
    *[(set(), set())] * 3,
    ({TRUST}, None),
]


def test_each_code_is_compared_as_there_or_not() -> None:
    """Of nine units both coded, trust is in five of the first and five of the second coder's."""
    trust, harm = agreement_of(CODED, [TRUST, HARM], resamples=200)
    assert trust.units == 9
    assert trust.prevalence == pytest.approx(10 / 18)
    assert trust.percent.value == pytest.approx(100 * 7 / 9)
    assert trust.kappa.value == pytest.approx(0.55)
    assert (harm.percent.value, harm.kappa.value) == (100, 1)
    assert harm.prevalence == pytest.approx(2 / 18)


def test_a_code_that_nobody_used_has_no_kappa() -> None:
    """It counts in no median, and never as perfect."""
    (found,) = agreement_of(CODED, ["krit:ingen"], resamples=50)
    assert (found.kappa.value, found.alpha.value) == (None, None)
    assert found.kappa.reason is Undefined.ONE_VALUE
    assert found.percent.value == 100
    assert median_of([found.kappa, *(each.kappa for each in agreement_of(CODED, [HARM]))]) == 1
    assert median_of([found.kappa]) is None


def test_three_coders_have_alpha_and_no_kappa() -> None:
    """Kappa is for two."""
    (found,) = agreement_of([({TRUST}, {TRUST}, set()), (set(), set(), set())], [TRUST])
    assert found.kappa.reason is Undefined.NOT_TWO
    assert found.alpha.value is not None


def test_percent_agreement_counts_pairs_of_coders() -> None:
    """Of three coders two agree: one pair of three."""
    assert percent_agreement([("a", "a", "b")]).value == pytest.approx(100 / 3)
    assert percent_agreement([("a", None)]).reason is Undefined.NO_UNITS
    assert prevalence([("a", None)], "a") is None


def test_an_interval_is_the_same_each_time_and_holds_the_value() -> None:
    """Who opens the page again does not read another interval."""
    units = [(1, 1)] * 30 + [(0, 0)] * 30 + [(1, 0)] * 6 + [(0, 1)] * 4
    first, second = (bootstrap(units, cohen_kappa, resamples=300) for _ in range(2))
    assert first == second != bootstrap(units, cohen_kappa, resamples=300, seed=2)
    assert first.low is not None
    assert first.high is not None
    value = cohen_kappa(units).value
    assert value is not None
    assert 0 < first.low < value < first.high < 1


def test_more_units_give_a_narrower_interval() -> None:
    """That is what more work buys."""
    units = [(1, 1)] * 9 + [(0, 0)] * 9 + [(1, 0)] * 2
    few, many = (bootstrap(units * n, cohen_kappa, resamples=200) for n in (1, 9))
    assert few.low is not None
    assert many.low is not None
    assert few.low < many.low


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ([], Undefined.NO_UNITS),
        ([(1, 1)], Undefined.UNSTABLE),
        ([(1, 1), *[(0, 0)] * 8], Undefined.UNSTABLE),
    ],
)
def test_too_few_units_have_no_interval(units, reason) -> None:
    """A third of the samples would lack the rare code altogether."""
    found = bootstrap(units, krippendorff_alpha, resamples=100)
    assert (found.low, found.high, found.reason) == (None, None, reason)


def test_the_quick_interval_is_that_of_one_sample_at_a_time() -> None:
    """Other samples, so near; at the point itself, with everything drawn once, the same number."""
    units = [(1, 1)] * 30 + [(0, 0)] * 50 + [(1, 0)] * 8 + [(0, 1)] * 4 + [(1, None)] * 9
    slow = bootstrap(units, krippendorff_alpha, resamples=400)
    quick = bootstrap_alpha(units)
    assert slow.low is not None
    assert slow.high is not None
    assert quick.low == pytest.approx(slow.low, abs=0.03)
    assert quick.high == pytest.approx(slow.high, abs=0.03)
    assert quick == bootstrap_alpha(units) != bootstrap_alpha(units, seed=2)


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ([(1, None)], Undefined.NO_UNITS),
        ([(1, 0)], Undefined.UNSTABLE),
        ([(1, 1)] * 9, Undefined.UNSTABLE),
        ([(1, 1)] + [(0, 0)] * 20, Undefined.UNSTABLE),  # a third of the samples lack the code
    ],
)
def test_the_quick_interval_is_undefined_like_the_other(units, reason) -> None:
    """Never 1 because nothing varied."""
    assert bootstrap_alpha(units).reason is reason
    assert bootstrap(units, krippendorff_alpha, resamples=100).reason is reason


@pytest.mark.parametrize("level", [Level.ORDINAL, Level.INTERVAL])
def test_the_quick_interval_knows_distances(level) -> None:
    """Where values have an order, a step of two is more than two of one: as sample by sample."""
    units = [(-1, -1)] * 20 + [(1, 1)] * 30 + [(-1, 1)] * 9 + [(0, 1)] * 12 + [(0, 0)] * 6
    slow = bootstrap(units, lambda each: krippendorff_alpha(each, level), resamples=400)
    quick = bootstrap_alpha(units, level)
    assert slow.low is not None
    assert slow.high is not None
    assert quick.low == pytest.approx(slow.low, abs=0.04)
    assert quick.high == pytest.approx(slow.high, abs=0.04)
    assert quick != bootstrap_alpha(units)
    with pytest.raises(ValueError, match="ratios"):
        bootstrap_alpha(units, Level.RATIO)
