"""Figures about dimensions, and what small groups hide."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from exports.disclosure import shown_for
from exports.summaries import DimensionSummary, rounded, summarise
from tests.exports.factories import item, make_instrument, make_table, respond

TWO = make_instrument(item("a"), item("b"))


def summary(*answers: tuple[str | None, str | None] | None) -> DimensionSummary:
    """Summarise responses to two items; None was not asked at all."""
    responses = (respond() if pair is None else respond(a=pair[0], b=pair[1]) for pair in answers)
    return summarise(make_table(TWO, *responses))[0]


def test_a_summary_counts_by_hand() -> None:
    """Twelve pupils: ten answered, one knows nothing, one left both empty, one was not asked."""
    found = summary(
        *[("4", "3")] * 6,
        *[("1", "DK")] * 3,
        ("2", "REF"),
        ("DK", "DK"),
        (None, None),
        None,
    )
    shown = (found.asked, found.answered, found.dont_know, found.refused, found.unanswered)
    # 24 items asked: 5 DK, 1 REF, 2 empty.
    assert shown == (12, 10, 21, 4, 8)
    # Six indices of 8 1/3, three of 0, one of 3 1/3: 53 1/3 by 10.
    assert found.mean == Decimal("5.3")


def test_an_item_that_was_not_asked_is_no_item_left_empty() -> None:
    """Twenty pupils saw one item of two, and four of them left it empty."""
    responses = [respond(a="4")] * 16 + [respond(a=None)] * 4
    assert summarise(make_table(TWO, *responses))[0].unanswered == 20


def test_the_published_distribution_has_the_published_mean() -> None:
    """35, 46, 13 and 6 per cent of 4, 3, 2 and 1 are published with the mean 7."""
    pairs = [(code, code) for code in "4" * 35 + "3" * 46 + "2" * 13 + "1" * 6]
    assert summary(*pairs).mean == Decimal("7.0")


def test_fewer_than_ten_responses_show_nothing() -> None:
    """A pupil in a small group cannot be read off a mean, nor off how many there were."""
    found = summary(*[("4", "4")] * 9)
    shown = {found.asked, found.answered, found.dont_know, found.refused, found.unanswered}
    assert shown | {found.mean} == {".."}


def test_ten_responses_show_their_mean() -> None:
    """The rule hides no more than it must."""
    found = summary(*[("4", "4")] * 10)
    assert (found.asked, found.answered, found.mean) == (10, 10, Decimal("10.0"))


def test_few_answers_among_many_asked_are_hidden() -> None:
    """Ten were asked, nine have an index: a mean of nine stays hidden."""
    found = summary(*[("4", "4")] * 9, ("DK", "DK"))
    assert (found.asked, found.answered, found.dont_know, found.mean) == (10, "..", "..", "..")


@pytest.mark.parametrize(("n", "shown"), [(0, ".."), (9, ".."), (10, 7)])
def test_the_base_rule_is_ten(n: int, shown: object) -> None:
    """R1 and R10."""
    assert shown_for(n, 7) == shown


@pytest.mark.parametrize(
    ("number", "unit", "result"),
    [
        (Fraction("6.65"), "0.1", "6.7"),
        (Fraction("6.6499999999999999999"), "0.1", "6.6"),
        (Fraction(25, 2), "1", "13"),
        (Fraction(20, 3), "0.1", "6.7"),
        (Fraction(7), "0.1", "7.0"),
        (Fraction(0), "1", "0"),
    ],
)
def test_figures_are_rounded_half_up(number: Fraction, unit: str, result: str) -> None:
    """As readers learned at school; 7 is shown as 7.0."""
    assert str(rounded(number, unit)) == result
