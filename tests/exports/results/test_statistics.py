"""Intervals and tests against values worked out elsewhere."""

from __future__ import annotations

import pytest

from exports.results.statistics import mcnemar, wilson


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(84, 150, 0.480, 0.637), (9, 16, 0.332, 0.769), (17, 17, 0.816, 1), (0, 10, 0, 0.278)],
)
def test_wilsons_interval_is_the_published_one(count: int, n: int, low: float, high: float) -> None:
    """A share of few pupils comes with how sure it is, also when it is all or none."""
    assert [round(end, 3) for end in wilson(count, n)] == [low, high]


@pytest.mark.parametrize(
    ("one_way", "other_way", "p"),
    [(10, 2, 0.03857), (2, 10, 0.03857), (6, 0, 0.03125), (5, 5, 1), (0, 0, 1)],
)
def test_mcnemars_exact_p_is_the_published_one(one_way: int, other_way: int, p: float) -> None:
    """Few pupils change, so the test is the exact one."""
    assert round(float(mcnemar(one_way, other_way)), 5) == p
