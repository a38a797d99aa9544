"""Results of an enkät: shares by the size of the group, and what was left open apart."""

from __future__ import annotations

from decimal import Decimal

from exports.disclosure.symbols import Symbol
from exports.results.enkat import EnkatResult, ItemResult, results_of
from exports.results.figures import Between
from tests.exports.factories import ask, item, make_instrument, make_table, respond

HIDDEN = Symbol.HIDDEN
LADDER = tuple(f"{n} {n}" for n in range(11))


def result(*answers: str | None, reverse: bool = False) -> EnkatResult:
    """Give the results of one item; None leaves it empty."""
    instrument = make_instrument(item("a", is_reversed=reverse), ask("free"))
    return results_of(make_table(instrument, *(respond(a=each) for each in answers)))


def only(found: EnkatResult) -> ItemResult:
    """Give the one item."""
    return found.dimensions[0].items[0]


def printed(of: ItemResult) -> dict[str, str]:
    """Write the shares by codes, from the worst to the best."""
    return {
        " ".join(each.step.codes): each.share.value
        if isinstance(each.share, Symbol)
        else str(each.share)
        for each in of.steps
    }


def test_thirty_answers_show_each_step_from_worst_to_best() -> None:
    """Whole per cent; what says nothing about the matter stands apart."""
    found = result(*"4" * 15, *"3" * 9, *"2" * 8, *"1" * 8, *["DK"] * 5, *["REF"] * 5)
    assert printed(only(found)) == {"1": "20", "2": "20", "3": "23", "4": "38"}
    assert (only(found).n, found.n) == (40, 50)
    summary = found.dimensions[0].summary
    assert summary is not None
    assert summary.mean == Decimal("5.9")
    assert [str(each) for each in (only(found).dont_know, only(found).refused)] == ["10", "10"]
    assert str(only(found).unanswered) == "≤10"


def test_a_reversed_item_begins_with_its_high_codes() -> None:
    """Bad is always on the same side."""
    found = result(*"4" * 15, *"3" * 9, *"2" * 8, *"1" * 8, reverse=True)
    assert list(printed(only(found))) == ["4", "3", "2", "1"]


def test_ten_to_twenty_nine_answers_show_two_classes_in_tens() -> None:
    """Twelve of twenty agree: 60 per cent."""
    found = only(result(*"4" * 7, *"3" * 5, *"2" * 8))
    assert printed(found) == {"1 2": "40", "3 4": "60"}


def test_few_on_one_side_are_not_told_from_none() -> None:
    """The oracle: 22 and 25 of 25 are both at least 80 per cent."""
    assert printed(only(result(*"4" * 22, *"1" * 3))) == {"3 4": "≥80"}
    assert printed(only(result(*"4" * 25))) == {"3 4": "≥80"}


def test_nine_answers_show_nothing() -> None:
    """Not even how many they are."""
    found = result(*"4" * 9)
    assert found.is_hidden
    assert (found.n, found.dimensions) == (HIDDEN, ())


def test_few_who_left_it_empty_are_told_as_few() -> None:
    """One to four are missing: that is told, and not how many; none and five are counted."""
    found = [only(result(*"4321" * 12, "4", *[None] * few)).n for few in (1, 4)]
    assert found == [Between(46, 49), Between(49, 52)]
    assert only(result(*"4321" * 12)).n == 48
    assert only(result(*"4321" * 12, *[None] * 5)).n == 48


def test_few_of_an_item_hide_all_about_it() -> None:
    """Forty were asked, eight know: their shares, number and the rest stay hidden."""
    found = only(result(*"4" * 8, *["DK"] * 32))
    assert (found.n, found.dont_know, found.unanswered) == (HIDDEN, HIDDEN, HIDDEN)
    assert set(printed(found).values()) == {".."}


def test_a_ladder_has_three_parts() -> None:
    """Eleven classes of forty pupils would be merged by chance."""
    instrument = make_instrument(ask("a", "select_one", *LADDER, dimension="Trivsel"))
    answers = [respond(a=str(n)) for n in (*[1] * 10, *[5] * 10, *[7] * 20)]
    found = results_of(make_table(instrument, *answers)).dimensions[0].items[0]
    assert printed(found) == {"0 1 2 3": "25", "4 5 6": "25", "7 8 9 10": "50"}


def chosen(*answers: str | None) -> dict[str, str]:
    """Give the shares that ticked red and blue."""
    question = ask("a", "select_multiple", "red Rött", "blue Blått", "!DK Vet ej")
    found = results_of(
        make_table(make_instrument(question), *(respond(a=each) for each in answers))
    )
    (result,) = found.choices
    return {"n": printed_n(result.n)} | {
        each.choice.name: each.share.value if isinstance(each.share, Symbol) else str(each.share)
        for each in result.choices
    }


def printed_n(n: object) -> str:
    """Write a number of answers."""
    return f"{n.least}-{n.most}" if isinstance(n, Between) else getattr(n, "value", str(n))


def test_each_of_several_answers_has_its_share_of_those_who_answered() -> None:
    """Whoever does not know is not counted in; shares may add up to more than a hundred."""
    answers = [*["red blue"] * 20, *["red"] * 15, *["blue"] * 5, *["DK"] * 10]
    assert chosen(*answers) == {"n": "40", "red": "88", "blue": "63"}


def test_who_ticked_what_few_ticked_is_not_told_from_nobody() -> None:
    """Three, and none, of forty have chosen blue."""
    assert chosen(*["red"] * 37, *["red blue"] * 3) == chosen(*["red"] * 40)
    assert chosen(*["red"] * 40) == {"n": "40", "red": "≥80", "blue": "≤20"}
    assert chosen(*["red"] * 9, *["DK"] * 30) == {"n": "..", "red": "..", "blue": ".."}
