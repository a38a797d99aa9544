"""T-scores of pupils' milestones, against published examples."""

from __future__ import annotations

import pytest

from exports.derived.gas import Rating, rated, share_reached, t_change, t_score

PUBLISHED = [
    ([2, 2, 2], None, 77.38613),
    ([1, 1, 1], None, 63.69306),
    ([2, 1, 0, -2, 1], None, 56.03023),
    ([0, 0, 0], None, 50),
    ([-2, -2, -2], None, 22.61387),
    ([2], None, 70),
    ([-2], None, 30),
    ([-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6], 55.0),
    ([1, -1, 2], [3, 1, 2], 63.21958),
]


def ratings(levels: list[int | None], weights: list[int] | None = None) -> list[Rating]:
    """Put levels and weights together."""
    weights = weights or [1] * len(levels)
    return [Rating(level, weight) for level, weight in zip(levels, weights, strict=True)]


@pytest.mark.parametrize(("levels", "weights", "expected"), PUBLISHED)
def test_t_is_the_published_one(levels, weights, expected) -> None:
    """A coordinator's figure is the one that other tools give."""
    assert t_score(ratings(levels, weights)) == pytest.approx(expected, abs=5e-6)


def test_change_is_measured_from_the_baseline() -> None:
    """From -1, -1, -2 to 0, 1, -1 with weights 2, 1, 1."""
    before, now = ratings([-1, -1, -2], [2, 1, 1]), ratings([0, 1, -1], [2, 1, 1])
    assert t_score(before) == pytest.approx(33.33333, abs=5e-6)
    assert t_score(now) == pytest.approx(50)
    assert t_change(before, now) == pytest.approx(16.66667, abs=5e-6)


def test_what_cannot_be_judged_is_left_out() -> None:
    """A milestone without a level counts in neither sum, and the number used is known."""
    some = ratings([2, None, 2], [1, 9, 1])
    assert t_score(some) == t_score(ratings([2, 2]))
    assert rated(some) == 2
    assert share_reached(ratings([0, None, -1])) == 0.5


def test_without_a_rating_there_is_no_figure() -> None:
    """Undefined is nothing, never 0 or 50."""
    for none in ([], ratings([None, None])):
        assert t_score(none) is None
        assert share_reached(none) is None
        assert t_change(none, ratings([1])) is None
        assert t_change(ratings([1]), none) is None


@pytest.mark.parametrize(("level", "weight"), [(3, 1), (-3, 1), (0, 0), (0, -1), (0, float("nan"))])
def test_what_is_no_rating_is_refused(level, weight) -> None:
    """A level off the scale never becomes a figure."""
    with pytest.raises(ValueError, match=r"level|weight"):
        Rating(level, weight)
