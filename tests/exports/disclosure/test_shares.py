"""Shares and means of an enkät: how exactly a small class may be described."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.disclosure.rules import INTERNAL, PUBLIC, STAFF, Profile
from exports.disclosure.shares import (
    Bound,
    Share,
    at_most,
    mean,
    part_of_all,
    responses_among,
    shares,
    spread,
)
from exports.disclosure.symbols import Symbol

OTHERS = [PUBLIC, STAFF]


def printed(*counts: int, profile: Profile = STAFF) -> dict[tuple[int, ...], str]:
    """Write which classes are shown, and their share."""
    return {
        each.classes: each.share.value if isinstance(each.share, Symbol) else str(each.share)
        for each in shares(counts, profile)
    }


@pytest.mark.parametrize("profile", OTHERS)
@pytest.mark.parametrize(
    ("yes", "n", "expected"),
    [
        (12, 20, {(0,): "60", (1,): "40"}),
        (9, 12, {(0,): "≥50"}),
        (10, 11, {(0,): "≥50"}),
        (22, 25, {(0,): "≥80"}),
        (25, 25, {(0,): "≥80"}),
        (38, 40, {(0,): "≥80"}),
        (9, 9, {(0, 1): ".."}),  # oracle g
        (5, 9, {(0, 1): ".."}),
    ],
)
def test_yes_and_no(yes: int, n: int, expected: object, profile: Profile) -> None:
    """Oracles f and g: to whoever knows every pupil asked, a small class is a pupil."""
    assert printed(yes, n - yes, profile=profile) == expected


@pytest.mark.parametrize("profile", OTHERS)
def test_below_thirty_only_two_classes_are_shown(profile: Profile) -> None:
    """R3: 29 answers to a scale of four show nothing, 30 everything, in whole per cent."""
    assert printed(9, 10, 5, 5, profile=profile) == {(0, 1, 2, 3): ".."}
    assert printed(10, 10, 5, 5, profile=profile) == {
        (0,): "33",
        (1,): "33",
        (2,): "17",
        (3,): "17",
    }


def test_small_classes_join_their_smaller_neighbour() -> None:
    """R3: 3 of 40 who feel unsafe stand with the next ones on the scale; nobody is a true zero."""
    assert printed(20, 11, 6, 3) == {(0,): "50", (1,): "28", (2, 3): "23"}
    assert printed(20, 0, 10, 10) == {(0,): "50", (1,): "0", (2,): "25", (3,): "25"}
    assert printed(30, 3, 1, 6) == {(0,): "75", (1, 2, 3): "25"}


def test_when_all_but_a_few_end_together_only_a_bound_is_shown() -> None:
    """R3: top-coding holds for what was put together too."""
    assert printed(4, 25, 4) == {(0, 1): "≥80"}
    assert printed(36, 2, 2) == {(0,): "≥80"}


def test_the_analyst_sees_finer_shares_but_no_ends() -> None:
    """R3, internal: nearest 5 per cent from ten answers on; what is rare or common stays so."""
    assert printed(7, 6, profile=INTERNAL) == {(0,): "55", (1,): "45"}
    assert printed(10, 0, profile=INTERNAL) == {(0,): "≥90", (1,): "≤10"}
    assert printed(6, 3, 1, profile=INTERNAL) == {(0,): "60", (1,): "30", (2,): "≤10"}
    assert printed(9, 0, profile=INTERNAL) == {(0, 1): ".."}


@given(st.lists(st.integers(0, 30), min_size=2, max_size=5), st.sampled_from(OTHERS))
def test_no_class_of_one_to_four_is_ever_described(counts: list[int], profile: Profile) -> None:
    """Every share that is no bound is about five answers or more, or about nobody."""
    for each in shares(counts, profile):
        n = sum(counts[at] for at in each.classes)
        if isinstance(each.share, Share) and each.share.bound is Bound.ABOUT:
            assert not 0 < n < 5
            assert sum(counts) - n >= 5
        if isinstance(each.share, Share) and each.share.bound is Bound.AT_LEAST:
            assert 100 * n >= each.share.percent * sum(counts)


@given(st.integers(10, 200), st.integers(0, 4), st.integers(0, 4), st.sampled_from(OTHERS))
def test_unanimity_looks_like_near_unanimity(
    n: int, few: int, other: int, profile: Profile
) -> None:
    """Who reads that at least 80 per cent said yes cannot know that all did."""
    assert shares([n - few, few], profile) == shares([n - other, other], profile)


def test_means_need_ten_answers_and_spreads_thirty() -> None:
    """R9: one decimal."""
    assert (str(mean(Fraction(200, 3), 10)), mean(Fraction(60), 9)) == ("6.7", Symbol.HIDDEN)
    assert (str(spread(Fraction(5, 3), 30)), spread(Fraction(2), 29)) == ("1.7", Symbol.HIDDEN)


@pytest.mark.parametrize(
    ("n", "among", "shown"),
    [(10, 10, 10), (9, 9, Symbol.HIDDEN), (16, 20, Symbol.HIDDEN), (15, 20, 15), (20, 20, 20)],
)
def test_all_but_a_few_are_not_counted(n: int, among: int, shown: object) -> None:
    """That 19 of 20 answered tells of the one who did not."""
    assert responses_among(n, among) == shown


@pytest.mark.parametrize(
    ("share", "contributors", "n", "shown"),
    [
        (Fraction(1, 100), 4, 40, "≤20"),
        (Fraction(0), 0, 40, "≤20"),
        (Fraction(14, 100), 5, 29, "10"),
        (Fraction(14, 100), 5, 30, "14"),
        (Fraction(3, 10), 4, 40, ".."),  # more than four of forty should have: asked unevenly
        (Fraction(14, 100), 5, 9, ".."),
    ],
)
def test_a_part_of_all_items(share: Fraction, contributors: int, n: int, shown: str) -> None:
    """Few who left a question open look like none who did."""
    found = part_of_all(share, contributors, n)
    assert (found.value if isinstance(found, Symbol) else str(found)) == shown


def test_a_bound_from_above_is_what_the_bound_from_below_leaves() -> None:
    """25 of 25, at least 80 per cent; so of the others at most 20."""
    assert str(at_most(25)) == "≤20"
