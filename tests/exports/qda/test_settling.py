"""What holds after double coding, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from exports.qda.model import Segment, Valence
from exports.qda.settling import Settled, settle

SOURCE = ("E-1", "fore")
TEXT = "Ett två. \nTre fyra."  # paragraphs 0-8 and 10-19


def passage(start: int, end: int, *codes: str) -> Segment:
    """Make a passage."""
    return Segment(source=SOURCE, start=start, end=end, codes=codes)


def decided(start: int, end: int, code: str, *, there: bool) -> Settled:
    """Make a decision."""
    return Settled(source=SOURCE, start=start, end=end, code=code, is_there=there)


def settled(segments: list[Segment], *decisions: Settled) -> list[tuple[int, int, tuple[str, ...]]]:
    """Give what holds."""
    found = settle(segments, decisions, {SOURCE: TEXT})
    return [(each.start, each.end, each.codes) for each in found]


def test_without_decisions_passages_stay() -> None:
    """In the order of the text."""
    assert settled([passage(4, 8, "b"), passage(0, 3, "a")]) == [(0, 3, ("a",)), (4, 8, ("b",))]


def test_a_code_that_holds_is_there_once() -> None:
    """A passage that has it is enough; otherwise the piece becomes one."""
    assert settled([passage(0, 3, "a")], decided(0, 8, "a", there=True)) == [(0, 3, ("a",))]
    assert settled([passage(0, 3, "b")], decided(10, 19, "a", there=True)) == [
        (0, 3, ("b",)),
        (10, 19, ("a",)),
    ]


def test_a_code_that_does_not_hold_is_gone_in_its_piece_alone() -> None:
    """Other codes of the passage stay, and so does what reaches outside."""
    assert settled([passage(0, 3, "a", "b")], decided(0, 8, "a", there=False)) == [(0, 3, ("b",))]
    assert settled([passage(0, 3, "a")], decided(10, 19, "a", there=False)) == [(0, 3, ("a",))]
    assert settled([passage(0, 19, "a", "b")], decided(0, 8, "a", there=False)) == [
        (0, 19, ("b",)),
        (10, 19, ("a",)),
    ]
    assert settled([passage(0, 9, "a")], decided(0, 8, "a", there=False)) == []


def test_a_passage_that_only_touches_the_piece_is_outside() -> None:
    """It ends where the piece begins, or begins where it ends, or stands in another text."""
    there = decided(3, 8, "a", there=True)
    for start, end in ((0, 3), (8, 12)):
        found = settled([passage(start, end, "a")], there)
        assert sorted(found) == sorted([(3, 8, ("a",)), (start, end, ("a",))])
    elsewhere = Segment(source=("E-2", "fore"), start=3, end=8, codes=("a",))
    assert len(settled([elsewhere], there)) == 2
    assert settled([elsewhere], decided(3, 8, "a", there=False)) == [(3, 8, ("a",))]


def test_what_reaches_outside_ends_with_a_word() -> None:
    """No room is left before the piece, nor after it."""
    assert settled([passage(0, 8, "a")], decided(4, 8, "a", there=False)) == [(0, 3, ("a",))]


def test_a_later_decision_counts_more() -> None:
    """Two comparisons of one piece."""
    no, yes = (decided(0, 8, "a", there=there) for there in (False, True))
    assert settled([passage(0, 8, "a")], no, yes) == [(0, 8, ("a",))]
    assert settled([passage(0, 8, "a")], yes, no) == []


def said(start: int, end: int, *codes: str, valence: Valence = Valence.BAD) -> Segment:
    """Make a passage that speaks of its codes, badly unless it is said."""
    return Segment(source=SOURCE, start=start, end=end, codes=codes, valence=valence, memo="m")


def spoken(*decisions: Settled, of: Segment) -> list[tuple[int, int, tuple[str, ...], str]]:
    """Give what holds, with how it is spoken of."""
    found = settle([of], decisions, {SOURCE: TEXT})
    return [(each.start, each.end, each.codes, each.valence or "") for each in found]


def test_a_settled_valence_is_that_of_its_code_in_its_piece() -> None:
    """Other codes, and what reaches outside, are spoken of as they were coded."""
    good = Settled(source=SOURCE, start=0, end=8, code="a", is_there=True,
                   valence=Valence.GOOD, is_of_valence=True)  # fmt: skip
    assert spoken(good, of=said(0, 3, "a")) == [(0, 3, ("a",), "+")]
    assert settle([said(0, 3, "a")], [good], {SOURCE: TEXT})[0].memo == "m"
    assert spoken(good, of=said(0, 3, "a", "b")) == [(0, 3, ("a",), "+"), (0, 3, ("b",), "-")]
    assert spoken(good, of=said(4, 19, "a")) == [(4, 8, ("a",), "+"), (10, 19, ("a",), "-")]
    later = replace(good, start=10, end=19)
    assert spoken(later, of=said(0, 19, "a")) == [(0, 8, ("a",), "-"), (10, 19, ("a",), "+")]
    assert spoken(good, of=said(0, 3, "b", "c")) == [(0, 3, ("b", "c"), "-")]
    as_it_was = said(0, 19, "a", valence=Valence.GOOD)
    assert spoken(good, of=as_it_was) == [(0, 19, ("a",), "+")]


def test_a_piece_that_becomes_a_passage_brings_its_valence() -> None:
    """That of whoever saw the code there; a passage that has it keeps its own."""
    there = Settled(source=SOURCE, start=0, end=8, code="a", is_there=True, valence=Valence.GOOD)
    assert (0, 8, ("a",), "+") in spoken(there, of=passage(10, 19, "a"))
    assert spoken(there, of=said(0, 3, "a")) == [(0, 3, ("a",), "-")]
