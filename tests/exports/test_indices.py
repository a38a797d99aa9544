"""The index 0-10 of a dimension, by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from exports.indices import indices_of, item_scores
from tests.exports.factories import (
    MISSING,
    ask,
    cells_of,
    group,
    item,
    make_instrument,
    make_table,
    respond,
    rows_of,
)

FOUR = make_instrument(item("a"), item("b"), item("c"), item("d", is_reversed=True))
THIRD = Fraction(10, 3)


def index(**answers: str | None) -> object:
    """Work out the index of four items, the last of which is reversed."""
    return cells_of(FOUR, respond(**answers))["index_trivsel"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("4441", 10),
        ("1114", 0),
        ("4444", Fraction(30, 4)),
        ("4321", Fraction(10 + 2 * THIRD + THIRD + 10, 4)),
        ("2222", Fraction(THIRD * 3 + 2 * THIRD, 4)),
    ],
)
def test_an_index_is_the_mean_of_its_items(codes: str, expected: Fraction) -> None:
    """The coordinator compares with the national surveys, which are coded so."""
    assert index(**dict(zip("abcd", codes, strict=True))) == expected


def test_the_published_distribution_gives_the_published_mean() -> None:
    """35, 46, 13 and 6 per cent of 4, 3, 2 and 1 are published with the mean 7."""
    instrument = make_instrument(item("a"))
    answers = "4" * 35 + "3" * 46 + "2" * 13 + "1" * 6
    rows = rows_of(make_table(instrument, *(respond(a=code) for code in answers)))
    cells = [row["index_trivsel"] for row in rows]
    assert sum(map(Fraction, cells), Fraction(0)) / 100 == Fraction("7.0")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"a": "4", "b": "4", "c": None, "d": None}, 10),
        ({"a": "4", "b": "4", "c": "DK", "d": "REF"}, 10),
        ({"a": "4", "b": None, "c": "DK", "d": "REF"}, "NA"),
        ({"a": None, "b": None, "c": None, "d": None}, "NA"),
        ({"a": "4", "b": "4"}, 10),
        ({"a": "4"}, "NA"),
        ({}, "NAP"),
    ],
)
def test_an_index_needs_answers_to_half_of_the_items(
    answers: dict[str, str], expected: object
) -> None:
    """One answer of four says too little about a pupil; items not asked count among the four."""
    assert index(**answers) == expected


def test_half_of_three_items_is_two() -> None:
    """Half is never rounded down."""
    instrument = make_instrument(item("a"), item("b"), item("c"))
    one, two = (cells_of(instrument, respond(**dict.fromkeys(n, "4"), c=None)) for n in ("a", "ab"))
    assert (one["index_trivsel"], two["index_trivsel"]) == ("NA", 10)


def test_the_order_of_the_answers_changes_nothing() -> None:
    """Sums are exact: no response differs from another in the sixteenth digit."""
    three = make_instrument(item("a"), item("b"), item("c"))
    found = {
        cells_of(three, respond(a=a, b=b, c=c))["index_trivsel"] for a, b, c in permutations("432")
    }
    assert found == {Fraction(20, 3)}


def test_scores_run_over_the_substantive_whole_numbers_of_the_list() -> None:
    """A ladder 0-10 counts as it is; missing codes in figures are not the highest step."""
    ladder = ask("a", "select_one", "0 Sämst", "5 Mitt", "10 Bäst", "!99 Vet ej", "annat Annat")
    assert item_scores(ladder) == {"0": 0, "5": 5, "10": 10}


def test_items_of_different_scales_weigh_the_same() -> None:
    """A dimension may mix agreement and frequency."""
    often = ask("b", "select_one", "1 Aldrig", "2 Ibland", "5 Varje dag", dimension="Trivsel")
    cells = cells_of(make_instrument(item("a"), often), respond(a="4", b="2"))
    assert cells["index_trivsel"] == Fraction(10 + Fraction(5, 2), 2)


@pytest.mark.parametrize(
    "question",
    [
        ask("a", "integer", dimension="D"),
        ask("a", "select_one", "ja Ja", "nej Nej", dimension="D"),
        ask("a", "select_one", "1 Ja", *MISSING, dimension="D"),
        ask("a", "select_multiple", "1 Ja", "2 Nej", dimension="D"),
    ],
)
def test_what_cannot_be_scaled_makes_no_index(question: object) -> None:
    """No column appears that could never hold a number."""
    assert indices_of(make_instrument(question)) == ()  # type: ignore[arg-type]


def label(*items: object) -> str:
    """Give the label of the only index."""
    return indices_of(make_instrument(*items))[0].label["sv"]  # type: ignore[arg-type]


def test_an_index_is_called_after_the_group_of_its_name() -> None:
    """The author wrote the name once, as the heading that pupils see."""
    page = group("TRIVSEL", item("x", dimension=""), label="Hur du trivs")
    assert label(group("outer", page, item("a"), label="Ytter")) == "Hur du trivs"


def test_an_index_is_called_after_the_innermost_group_around_its_items() -> None:
    """Without a group of its name, the closest heading says what it is about."""
    inner = group("g1", item("a"), group("g2", item("b"), label="Bara b"), label="Båda")
    assert label(group("g0", inner, label="Allt")) == "Båda"


def test_an_index_across_groups_is_called_after_its_first_item() -> None:
    """A heading in words says more than the author's abbreviation."""
    assert (
        label(group("g", item("a"), label="Först"), group("h", item("b"), label="Sedan")) == "Först"
    )


def test_an_index_without_a_group_is_called_by_its_dimension() -> None:
    """There is always something to call it."""
    assert label(item("a"), group("g", item("b"), label="Bara b")) == "Trivsel"
