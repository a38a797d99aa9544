"""Numbers as people read them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exports.disclosure.symbols import Symbol
from exports.results.printing import Printed, Printer, is_figure, number_text


@pytest.mark.parametrize(
    ("locale", "words"), [("sv", ["−0,2", "−1\xa0234", "5,0", "5"]),
                          ("en_GB", ["−0.2", "−1,234", "5.0", "5"])]
)  # fmt: skip
def test_numbers_below_nothing_have_a_true_minus(locale: str, words: list[str]) -> None:
    """A hyphen breaks off at the end of a line, and screen readers leave it out."""
    numbers = (Decimal("-0.2"), -1234, Decimal("5.0"), 5)
    assert [Printer(locale).figure(each).text for each in numbers] == words
    assert Printer(locale).figure(Decimal("-0.2")).number == -0.2


def test_a_pattern_says_how_many_decimals() -> None:
    """As the agreement of coders is written."""
    assert number_text(-0.02, "sv", "0.00") == "−0,02"


def test_bounds_and_signs_are_figures_and_words_are_none() -> None:
    """They stand to the right, under the numbers."""
    show = Printer("sv").figure
    figures = [show(each) for each in ("≤10", "..", Decimal("1.0"), Symbol.HIDDEN, 0)]
    assert [is_figure(each) for each in [*figures, Printed("Flickor")]] == [True] * 5 + [False]
