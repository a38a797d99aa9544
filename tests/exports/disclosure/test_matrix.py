"""How many interviews mention a code, by group: small numbers cannot be read or worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

import pytest

from exports.disclosure.counts import TableIncomplete
from exports.disclosure.matrix import ALL, CodeMatrix, Interview, Place, Topic, code_matrix
from exports.disclosure.rules import PUBLIC
from exports.disclosure.symbols import Symbol

DOTS = ".."
GROUPS = {"role": ("pupil", "adult")}


def said(number: int, codes: str, **groups: str) -> list[Interview]:
    """Make interviews that mention these codes, a letter each."""
    return [Interview(frozenset(codes), groups)] * number


def topics(*names: str) -> list[Topic]:
    """Name topics by their codes: "a", and the area "ab"."""
    return [Topic(name, frozenset(name)) for name in names]


def sign(cell: int | Symbol) -> int | str:
    """Write a cell as it is printed."""
    return cell.value if isinstance(cell, Symbol) else cell


def rows(matrix: CodeMatrix) -> dict[str, list[int | str]]:
    """Write the matrix as lists: all first, then the groups in order; sizes under ""."""
    found = {"": [sign(matrix.sizes[place]) for place in matrix.places]}
    for topic in matrix.topics:
        found[topic.name] = [sign(matrix.cells[topic.name, place]) for place in matrix.places]
    return found


def test_large_numbers_and_zeros_are_shown() -> None:
    """By hand: 12 pupils and 10 adults, none of the numbers or complements is 1 to 4."""
    interviews = [
        *said(5, "a", role="pupil"),
        *said(7, "", role="pupil"),
        *said(5, "ac", role="adult"),
        *said(5, "c", role="adult"),
    ]
    assert rows(code_matrix(interviews, topics("a", "b", "c"), GROUPS)) == {
        "": [22, 12, 10],
        "a": [10, 5, 5],
        "b": [0, 0, 0],
        "c": [10, 0, 10],
    }


@pytest.mark.parametrize(
    ("pupils", "adults", "expected"),
    [
        ((6, 6), (3, 7), [9, DOTS, DOTS]),  # 3 is small, 6 of the shown 9 would give it away
        ((6, 6), (7, 3), [13, DOTS, DOTS]),  # so is what is silent
        ((2, 10), (1, 9), [DOTS, DOTS, DOTS]),  # 3 in all: the row goes
        ((10, 2), (9, 1), [DOTS, DOTS, DOTS]),  # all but 3
        ((0, 12), (3, 7), [DOTS, DOTS, DOTS]),  # with its zero, which would tell where they are
    ],
)
def test_small_numbers_and_what_gives_them_away_are_hidden(
    pupils: tuple[int, int], adults: tuple[int, int], expected: list[object]
) -> None:
    """Mentioned and silent, by hand: rules R4 and R5."""
    interviews = [
        *said(pupils[0], "a", role="pupil"),
        *said(pupils[1], "", role="pupil"),
        *said(adults[0], "a", role="adult"),
        *said(adults[1], "", role="adult"),
    ]
    assert rows(code_matrix(interviews, topics("a"), GROUPS))["a"] == expected


def test_of_small_groups_nothing_is_told() -> None:
    """Four adults: their size goes, that of the pupils with it, and all that both said.

    Also that nobody said b: it would be told of the four.
    """
    interviews = [
        *said(6, "a", role="pupil"),
        *said(6, "", role="pupil"),
        *said(4, "", role="adult"),
    ]
    found = rows(code_matrix(interviews, topics("a", "b"), GROUPS))
    assert found == {"": [16, DOTS, DOTS], "a": [6, DOTS, DOTS], "b": [DOTS] * 3}


def test_four_interviews_tell_nothing() -> None:
    """A round that has just begun."""
    found = rows(code_matrix(said(4, "a", role="pupil"), topics("a"), {"role": ("pupil",)}))
    assert found == {"": [DOTS, DOTS], "a": [DOTS, DOTS]}


def test_an_area_gives_way_to_its_codes() -> None:
    """6 say a alone, 3 say b alone: the area's 9 would tell the hidden 3."""
    interviews = [
        *said(6, "a", role="pupil"),
        *said(3, "b", role="pupil"),
        *said(9, "", role="pupil"),
    ]
    found = rows(code_matrix(interviews, topics("ab", "a", "b"), {"role": ("pupil",)}))
    assert found == {"": [18, 18], "ab": [DOTS, DOTS], "a": [6, 6], "b": [DOTS, DOTS]}


def test_an_area_that_tells_nothing_of_its_codes_stays() -> None:
    """The 3 who say b say a too: 9 in the area are the 9 of a, and b can be 1 to 4."""
    interviews = [
        *said(6, "a", role="pupil"),
        *said(3, "ab", role="pupil"),
        *said(9, "", role="pupil"),
    ]
    found = rows(code_matrix(interviews, topics("ab", "a", "b"), {"role": ("pupil",)}))
    assert found == {"": [18, 18], "ab": [9, 9], "a": [9, 9], "b": [DOTS, DOTS]}


def test_an_area_with_a_small_number_of_its_own_gives_way_whole() -> None:
    """Two pupils say neither: each code may stand, the area of both may not."""
    interviews = [
        *said(5, "a", role="pupil"),
        *said(5, "b", role="pupil"),
        *said(2, "", role="pupil"),
        *said(5, "a", role="adult"),
        *said(5, "b", role="adult"),
        *said(8, "", role="adult"),
    ]
    found = rows(code_matrix(interviews, topics("ab", "a"), GROUPS))
    assert found == {"": [30, 12, 18], "ab": [DOTS] * 3, "a": [10, 5, 5]}


def test_a_group_whose_size_goes_takes_its_numbers_along() -> None:
    """Of 4, 12 and 30 the 12 hide the 4; then nothing of the 12, and all of the 30, is told."""
    sizes = {"x": (2, 2), "y": (7, 5), "z": (5, 25)}
    interviews = [
        each
        for group, (a, none) in sizes.items()
        for each in (*said(a, "a", group=group), *said(none, "", group=group))
    ]
    found = rows(code_matrix(interviews, topics("a"), {"group": ("x", "y", "z")}))
    assert found == {"": [46, DOTS, DOTS, 30], "a": [14, DOTS, DOTS, 5]}


def test_groupings_are_protected_together() -> None:
    """What is hidden in all is hidden in every grouping: one would tell of the other."""
    interviews = [
        *said(2, "a", role="pupil", place="north"),
        *said(2, "a", role="pupil", place="south"),
        *said(8, "", role="pupil", place="north"),
        *said(8, "", role="adult", place="south"),
    ]
    groupings = {**GROUPS, "place": ("north", "south")}
    found = rows(code_matrix(interviews, topics("a"), groupings))
    assert found == {"": [20, 12, 8, 10, 10], "a": [DOTS] * 5}


def test_misfits_and_rounding_are_refused() -> None:
    """An interview without a group would be missing from one sum and not from another."""
    with pytest.raises(TableIncomplete):
        code_matrix(said(9, "a", role="guardian"), topics("a"), GROUPS)
    with pytest.raises(TableIncomplete):
        code_matrix(said(9, "a", role="pupil"), topics("a", "a"), GROUPS)
    with pytest.raises(ValueError, match="public"):
        code_matrix(said(9, "a", role="pupil"), topics("a"), GROUPS, PUBLIC)


# How many of a group say a alone, b alone, both, neither.
Pattern = tuple[int, int, int, int]
WAYS = ("a", "b", "ab", "")


def of_patterns(patterns: Sequence[Pattern]) -> list[Interview]:
    """Make the interviews of the groups."""
    return [
        each
        for group, pattern in zip("xy", patterns, strict=True)
        for n, codes in zip(pattern, WAYS, strict=True)
        for each in said(n, codes, group=group)
    ]


def numbers(patterns: Sequence[Pattern]) -> dict[tuple[str, Place], int]:
    """Count what stands behind the matrix."""
    found: dict[tuple[str, Place], int] = defaultdict(int)
    for group, (a, b, both, _) in zip("xy", patterns, strict=True):
        for place in (ALL, Place("group", group)):
            for name, n in (("a", a + both), ("b", b + both), ("ab", a + b + both)):
                found[name, place] += n
    return found


def all_patterns(size: int) -> Iterator[Pattern]:
    """Yield every way that so many interviews can be."""
    for a, b, both in product(range(size + 1), repeat=3):
        if a + b + both <= size:
            yield a, b, both, size - a - b - both


@cache
def matrix_of(patterns: tuple[Pattern, ...]) -> CodeMatrix:
    """Protect, once for what comes back."""
    return code_matrix(of_patterns(patterns), topics("ab", "a", "b"), {"group": ("x", "y")})


def possible(patterns: tuple[Pattern, ...]) -> Mapping[tuple[str, Place], set[int]]:
    """Try everything that could have been said, as one who knows the rules."""
    shown = matrix_of(patterns)
    known = {at: n for at, n in shown.cells.items() if not isinstance(n, Symbol)}
    found: dict[tuple[str, Place], set[int]] = defaultdict(set)
    tried: dict[tuple[int, ...], bool] = {}
    for guess in product(*(list(all_patterns(sum(each))) for each in patterns)):
        values = numbers(guess)
        if any(values[at] != n for at, n in known.items()):
            continue
        # What is shown depends on these numbers alone.
        key = tuple(values[at] for at in shown.cells)
        if key not in tried:
            tried[key] = matrix_of(guess).cells == shown.cells
        if tried[key]:
            for at in shown.cells.keys() - known.keys():
                found[at].add(values[at])
    return found


@pytest.mark.parametrize(
    "patterns",
    [
        ((5, 0, 0, 5), (0, 0, 5, 5)),
        ((1, 1, 5, 5), (0, 1, 5, 5)),
    ],
)
def test_whoever_tries_everything_learns_no_hidden_number(patterns: tuple[Pattern, ...]) -> None:
    """Each hidden number can have at least three values, though two codes and their area are shown."""
    narrow = {at: values for at, values in possible(patterns).items() if len(values) < 3}
    assert narrow == {}
