"""Counts of persons: what is hidden, for whom, and that nothing hidden is left in the result."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exports.disclosure.audit import interval
from exports.disclosure.counts import CountTable, Row, Slot, TableIncomplete
from exports.disclosure.protect import protect
from exports.disclosure.rounding import public_count, rounded
from exports.disclosure.rules import INTERNAL, PUBLIC, STAFF, Level, Reason
from exports.disclosure.symbols import Symbol
from tests.exports.disclosure.tables import crossed, places, shown

DOTS = ".."


def test_four_inner_cells_of_a_school_table_close_the_rectangle() -> None:
    """Oracle a: 3 is small; 7, 8 and 6 would give it away; the margins may stand."""
    table = crossed([7, 3], [6, 8])
    assert shown(table) == {"all": [13, 11, 24], "0": [DOTS, DOTS, 10], "1": [DOTS, DOTS, 14]}
    reasons = protect(table, STAFF).reasons
    assert [slot for slot, why in reasons.items() if why is Reason.PRIMARY] == [Slot("0", "b")]
    assert interval(table, reasons, Slot("0", "b")) == (1, 9)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((12, 4), [16, DOTS, DOTS]),  # oracle b
        ((12, 4, 3), [19, 12, DOTS, DOTS]),  # oracle c
        ((12, 1, 1), [14, DOTS, DOTS, DOTS]),  # oracle d
        ((12, 9, 2, 0), [23, 12, DOTS, DOTS, 0]),  # oracle e
        ((12, 9), [21, 12, 9]),  # nothing small, nothing hidden
        ((4, 1, 30), [35, DOTS, DOTS, 30]),  # 5 together are enough
    ],
)
def test_schools_of_a_district(counts: tuple[int, ...], expected: list[object]) -> None:
    """Oracles b to e: R4 hides, R5 and R6 hide what would give it away."""
    assert [row[-1] for row in shown(places(*counts)).values()] == expected


def test_two_hidden_schools_of_seven_pupils_can_have_one_to_six() -> None:
    """Oracle c: the total may stand."""
    table = places(12, 4, 3)
    hidden = protect(table, STAFF).reasons
    assert [interval(table, hidden, Slot(name)) for name in "12"] == [(1, 6), (1, 6)]


def test_what_two_hidden_ones_have_together_must_not_be_small() -> None:
    """Oracle d, in its bare form: 1 and 1 of 14 would be read off, so 12 goes too."""
    table = places(12, 1, 1)
    assert interval(table, protect(table, STAFF).reasons, Slot("1")) == (1, 12)


def test_ties_do_not_help_who_knows_that_the_smallest_is_hidden() -> None:
    """Of 4, 5, 5, 30 only 4 and 5 hidden would be 4 and 5: a third one has to go."""
    assert [row[-1] for row in shown(places(4, 5, 5, 30)).values()] == [44, DOTS, DOTS, DOTS, 30]


def test_a_class_in_which_all_are_is_hidden_with_its_zeros() -> None:
    """That all seven passed is told about each of them; of twelve it may be told (R4)."""
    assert shown(crossed([7, 0], [12, 9], [20, 9]))["0"] == [DOTS, DOTS, 7]
    assert shown(crossed([12, 0], [12, 9], [20, 9]))["0"] == [12, 0, 12]


def test_all_but_a_few_of_a_total_are_hidden() -> None:
    """That 20 of 23 passed tells that three did not, whichever way they failed (R4)."""
    reasons = protect(crossed([20, 2, 1], [30, 20, 20]), STAFF).reasons
    assert reasons[Slot("0", "a")] is Reason.PRIMARY


def test_a_hidden_school_hides_through_districts_up_to_the_city() -> None:
    """R6: one of two schools, then the other; one of two districts, then the other."""
    north = Row("north", Level.DISTRICT, (Row("a", Level.SCHOOL), Row("b", Level.SCHOOL)))
    south = Row("south", Level.DISTRICT, (Row("c", Level.SCHOOL), Row("d", Level.SCHOOL)))
    counts = {Slot(name): n for name, n in zip("abcd", (12, 3, 15, 20), strict=True)}
    found = shown(CountTable("t", Row("city", Level.CITY, (north, south)), (), counts))
    assert found == {
        "city": [50], "north": [15], "a": [DOTS], "b": [DOTS], "south": [35], "c": [15], "d": [20],
    }  # fmt: skip
    counts |= {Slot("a"): 1, Slot("b"): 2}
    found = shown(CountTable("t", Row("city", Level.CITY, (north, south)), (), counts))
    assert (found["city"], found["north"], found["south"]) == ([38], [DOTS], [DOTS])


def test_a_district_needs_two_schools_and_a_school_half_of_its_pupils() -> None:
    """R2, where nothing is small."""
    alone = Row("alone", Level.DISTRICT, (Row("a", Level.SCHOOL), Row("b", Level.SCHOOL)))
    city = Row("city", Level.CITY, (alone, Row("other", Level.DISTRICT), Row("third")))
    counts = {Slot("a"): 20, Slot("b"): 0, Slot("other"): 30, Slot("third"): 40}
    assert protect(CountTable("t", city, (), counts), STAFF).reasons[Slot("alone")] is Reason.RULE
    for expected, why in ((40, None), (41, Reason.RULE)):
        school = Row("school", Level.SCHOOL, expected=expected)
        rows = Row("all", parts=(school, Row("b"), Row("c")))
        table = CountTable("t", rows, (), {Slot("school"): 20, Slot("b"): 30, Slot("c"): 40})
        assert protect(table, STAFF).reasons.get(Slot("school")) is why


def test_groups_are_larger_for_the_public() -> None:
    """R1 and R2: staff see seven pupils, the public sees ten or more, and both see no four."""
    table = places(7, 30, 40)
    assert [row[-1] for row in shown(table, STAFF).values()] == [77, 7, 30, 40]
    assert [row[-1] for row in shown(table, PUBLIC).values()] == [75, DOTS, DOTS, 40]
    split = crossed([7, 30], [20, 30], [20, 30], are_groups=True)
    assert protect(split, PUBLIC).reasons[Slot("0", "a")] is Reason.RULE
    assert Slot("0", "a") not in protect(split, STAFF).reasons


def test_a_hidden_group_hides_what_is_told_about_it() -> None:
    """Not even that nobody of four passed."""
    assert shown(crossed([4, 0], [20, 20], [30, 30]))["0"] == [DOTS, DOTS, DOTS]


def test_where_nobody_is_zero_is_shown() -> None:
    """R10: a true zero about nobody harms nobody."""
    assert shown(crossed([0, 0], [20, 20], [30, 30]))["0"] == [0, 0, 0]


def test_a_result_holds_no_hidden_number() -> None:
    """Whatever is done with it: a page, a chart, an API, a log."""
    school = Row("school", Level.SCHOOL, expected=987)
    rows = Row("all", parts=(school, Row("b"), Row("c")))
    counts = {Slot("school"): 321, Slot("b"): 4_321, Slot("c"): 5_432}
    result = protect(CountTable("t", rows, (), counts), PUBLIC).table
    assert result.cells[Slot("school")] is Symbol.HIDDEN
    text = repr(result)
    assert "321" not in text
    assert "987" not in text


def test_totals_are_rounded_for_themselves() -> None:
    """R8: 12 and 12 and 12 are 10 each, and 35 together."""
    assert [row[-1] for row in shown(places(12, 12, 12), PUBLIC).values()] == [35, 10, 10, 10]
    assert protect(places(12, 12, 12), PUBLIC).table.is_rounded
    assert not protect(places(12, 12, 12), INTERNAL).table.is_rounded


@pytest.mark.parametrize(
    ("count", "public"),
    [(7, 5), (8, 10), (12, 10), (13, 15), (22, 20), (23, 25), (26, 25), (0, 0)],
)
def test_counts_are_rounded_to_the_nearest_five(count: int, public: int) -> None:
    """R8, as published."""
    assert public_count(count) == public


def test_what_was_never_counted_keeps_its_sign() -> None:
    """R10: not collected is neither hidden nor none."""
    rows = Row("all", parts=(Row("a"), Row("b"), Row("c")))
    counts: dict[Slot, int | Symbol] = {Slot("a"): 20, Slot("c"): 30}
    counts[Slot("b")] = Symbol.NOT_COLLECTED
    cells = protect(CountTable("t", rows, (), counts), STAFF).table.cells
    assert (cells[Slot("b")], cells[Slot("all")]) == (Symbol.NOT_COLLECTED, 50)


def test_every_sign_has_its_words() -> None:
    """A screen reader says no dots."""
    assert [sign.value for sign in Symbol] == ["..", ".", "0", "–"]
    assert len({sign.words for sign in Symbol}) == 4


@pytest.mark.parametrize(
    "counts",
    [{Slot("a"): 1}, {Slot("a"): 1, Slot("b"): -1}, {Slot("a"): 1, Slot("b"): Symbol.HIDDEN}],
)
def test_a_table_with_gaps_is_refused(counts: dict[Slot, int | Symbol]) -> None:
    """A forgotten school would make a total that is none."""
    with pytest.raises(TableIncomplete):
        CountTable("t", Row("all", parts=(Row("a"), Row("b"))), (), counts)


@pytest.mark.parametrize(
    ("number", "unit", "result"),
    [
        (Fraction("6.65"), "0.1", "6.7"),
        (Fraction("6.6499999999999999999"), "0.1", "6.6"),
        (Fraction(25, 2), "1", "13"),
        (Fraction(7), "0.1", "7.0"),
    ],
)
def test_figures_are_rounded_half_up(number: Fraction, unit: str, result: str) -> None:
    """As readers learned at school; 7 is shown as 7.0."""
    assert str(rounded(number, unit)) == result
