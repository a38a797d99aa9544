"""Grades of the same pupils at two terms: what is told, and what few pupils hide."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from exports.derived.grades import TermGrades
from exports.disclosure.differences import Step
from exports.disclosure.guard import Earlier, Guard
from exports.disclosure.symbols import Symbol
from exports.results.grades import Comparison, PupilGrades, Term, compare

SUBJECTS = ("SV", "EN", "MA", "BI", "FY", "KE", "GE", "HI", "RE", "SH")
HIDDEN = Symbol.HIDDEN
# Five pupils by hand: three of five improve, and yet the mean falls from 74 to 72 per cent.
THEN, NOW = (4, 6, 8, 9, 10), (5, 7, 9, 7, 8)


def pupil(passed: int, *, gender: str = "flicka", core: bool = False) -> PupilGrades:
    """Give a pupil who has passed so many of ten subjects; -1 for no grades at all."""
    given = {name: "E" if at < passed else "F" for at, name in enumerate(SUBJECTS)}
    grades = TermGrades(given if passed >= 0 else {})
    targets = dict.fromkeys(("all_core", "elig_yrk", "elig_any_hogskoleforb"), core)
    return PupilGrades(gender=gender, grades=grades, eligible=targets)


def term(passed: Sequence[int | None], **more: object) -> Term:
    """Give a term of pupils 0, 1 ...; None has no return."""
    return {
        str(n): pupil(each, **more)  # type: ignore[arg-type]
        for n, each in enumerate(passed)
        if each is not None
    }


def compared(then: Sequence[int | None], now: Sequence[int | None]) -> Comparison:
    """Compare two terms."""
    return compare(term(then), term(now))


def test_more_may_improve_while_the_mean_falls() -> None:
    """The example by hand, each pupil twice: both sides of it are shown."""
    found = compared(THEN * 2, NOW * 2)
    assert found.change == {"up": HIDDEN, "same": 0, "down": HIDDEN, "all": 10}
    found = compared(THEN * 4, NOW * 4)
    assert found.change == {"up": 12, "same": 0, "down": 8, "all": 20}
    means = (found.paired.before, found.paired.after, found.paired.difference)
    assert means == (Decimal("74.0"), Decimal("72.0"), Decimal("-2.0"))
    assert found.interval == (Decimal(39), Decimal(78))


def test_fewer_than_ten_pairs_show_nothing() -> None:
    """Nine pupils with grades at both terms are nobody's business, nor how many they are."""
    found = compared([5] * 9, [6] * 9)
    assert found.is_hidden
    assert found.first is HIDDEN
    assert set(found.change.values()) == {HIDDEN}


def test_who_left_is_not_given_away_by_two_means() -> None:
    """One pupil of thirty leaves: with both means, the own share could be worked out."""
    found = compared([5] * 29 + [0], [5] * 29 + [None])
    assert found.paired.n == 29
    assert (found.first, found.gone, found.all_then) == (HIDDEN, HIDDEN, HIDDEN)
    many = compared([5] * 20 + [0] * 10, [5] * 20 + [None] * 10)
    assert (many.first, many.gone, many.ungraded) == (30, 10, 0)
    assert many.all_then == Decimal("33.3")
    assert many.all_now == many.paired.after


def test_five_to_nine_who_left_are_counted_but_have_no_mean() -> None:
    """The mean of six pupils could be worked out of the other two."""
    found = compared([5] * 20 + [0] * 6, [5] * 20 + [None] * 6)
    assert (found.first, found.gone, found.all_then) == (26, 6, HIDDEN)


def test_a_pupil_without_grades_yet_falls_out_with_the_reason() -> None:
    """Years 4 and 5 have a return and no grades: null, never 0."""
    found = compared([5] * 26, [5] * 20 + [-1] * 6)
    assert (found.ungraded, found.gone, found.paired.n) == (6, 0, 20)


def change_of(stayed: int, gained: int, lost: int, never: int) -> Comparison:
    """Compare pupils of whom so many had reached the targets before and after."""
    was = [True] * stayed + [False] * gained + [True] * lost + [False] * never
    now = [True] * stayed + [True] * gained + [False] * lost + [False] * never
    return compare(
        {str(n): pupil(5, core=core) for n, core in enumerate(was)},
        {str(n): pupil(5, core=core) for n, core in enumerate(now)},
    )


def test_eligibility_has_its_table_and_its_exact_test() -> None:
    """Twelve gain and six lose: p is 0.238."""
    found = change_of(20, 12, 6, 10).eligibility[0]
    assert (found.stayed, found.gained, found.lost, found.never) == (20, 12, 6, 10)
    assert found.p == Decimal("0.238")


def test_a_test_never_tells_the_counts_that_it_rests_on() -> None:
    """Ten gain and two lose gives 0.039, which only those two numbers give."""
    found = change_of(20, 10, 2, 20).eligibility[0]
    assert found.lost is HIDDEN
    assert found.p is HIDDEN


def test_thirds_need_ten_pupils_each_and_never_part_equals() -> None:
    """Who has the same share at the first term stands in the same third."""
    assert compared([2] * 9 + [5] * 10 + [8] * 10, [5] * 29).thirds == ()
    found = compared([2] * 11 + [5] * 10 + [8] * 10, [5] * 31).thirds
    assert [(each.name, each.n, each.difference) for each in found] == [
        ("low", 11, Decimal("30.0")),
        ("middle", 10, Decimal("0.0")),
        ("high", 10, Decimal("-30.0")),
    ]


def test_thirds_stand_again_when_nobody_or_many_of_each_have_changed() -> None:
    """Of eleven who came, the three in the lowest third would be told by its two means."""
    guard = Guard()
    then = [2] * 10 + [5] * 10 + [8] * 10
    assert len(compare(term(then), term([5] * 30), guard).thirds) == 3
    for more, step, is_there in (
        ([], Step(0, 0, {}), True),
        ([2, 3, 3, 6, 6, 6, 6, 8, 8, 8, 8], Step(11, 0, {}), False),
        (then, Step(30, 0, {}), True),
    ):
        again = Guard([Earlier(guard.released(), step)])
        found = compare(term(then + more), term([5] * len(then + more)), again)
        assert bool(found.thirds) is is_there
        assert isinstance(found.paired.before, Decimal)


def test_genders_are_shown_where_each_has_ten() -> None:
    """One pupil of another gender could be worked out of all and the two others: never apart."""
    girls, boys = term([5] * 12), {f"b{n}": pupil(6, gender="pojke") for n in range(10)}
    found = compare({**girls, **boys}, {**girls, **boys}).genders
    assert [(each.name, each.n) for each in found] == [("girls", 12), ("others", 10)]
    other = {"o": pupil(0, gender="annat")}
    found = compare({**girls, **boys, **other}, {**girls, **boys, **other}).genders
    assert [(each.name, each.n) for each in found] == [("girls", 12), ("others", 11)]
    few = {f"b{n}": pupil(6, gender="pojke") for n in range(9)}
    assert compare({**girls, **few}, {**girls, **few}).genders == ()


def test_shares_are_exact() -> None:
    """One third and one third are the same, whatever they were divided by."""
    assert pupil(5).share == Fraction(1, 2)
