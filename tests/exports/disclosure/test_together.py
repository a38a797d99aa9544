"""Codes that come together: what is small stays hidden, also for who can work things out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

import pytest

from exports.disclosure.rules import VALUES
from exports.disclosure.symbols import Symbol
from exports.disclosure.together import Pair, protect_together

NAMES = ("a", "b", "c")


def test_of_four_parts_none_is_small() -> None:
    """20 of 40 mention a, 15 b: both 10 leaves 10, 5, 15; both 12 leaves 3 who mention b alone."""
    alone = {"a": 20, "b": 15}
    assert protect_together(40, alone, {("a", "b"): 10}) == {("a", "b"): 10}
    for both in (1, 4, 12, 14):
        assert protect_together(40, alone, {("a", "b"): both}) == {("a", "b"): Symbol.HIDDEN}


def test_all_of_a_small_group_is_told_of_nobody() -> None:
    """That all seven who mention a mention b too, or none of them; of twelve it may be told."""
    for few, is_hidden in ((7, True), (12, False)):
        for both in (0, few):
            found = protect_together(60, {"a": few, "b": 30}, {("a", "b"): both})
            assert (found["a", "b"] is Symbol.HIDDEN) == is_hidden


def test_what_everybody_mentions_hides_nothing() -> None:
    """The number of both follows from what is shown anyway."""
    assert protect_together(20, {"a": 20, "b": 8}, {("a", "b"): 8}) == {("a", "b"): 8}


def test_a_third_code_does_not_tell() -> None:
    """All 22 of a mention c, 8 of them b: 8 to 13 mention b and c, so hidden means 12 or 13."""
    alone, both = {"a": 22, "b": 16, "c": 27}, {("a", "b"): 8, ("a", "c"): 22, ("b", "c"): 12}
    assert set(protect_together(40, alone, both).values()) == {Symbol.HIDDEN}
    one, two = {("a", "b"): 8}, {("a", "c"): 22}
    assert protect_together(40, alone, one | two) == one | two


@pytest.mark.parametrize("seed", range(20))
def test_who_tries_all_interviews_learns_no_hidden_number(seed: int) -> None:
    """Every way in which 16 interviews could be that would be shown as they are, rules known."""
    alone, both = drawn(Random(seed))
    shown = protect_together(16, alone, both)
    values: dict[Pair, set[int]] = {pair: set() for pair, n in shown.items() if n is Symbol.HIDDEN}
    for other in ways(alone):
        if protect_together(16, alone, other) == shown:
            for pair, found in values.items():
                found.add(other[pair])
    assert all(len(found) >= VALUES for found in values.values()), (alone, both, values)


def drawn(chance: Random) -> tuple[dict[str, int], dict[Pair, int]]:
    """Make up what 16 interviews mention, until each code's number is one that is shown."""
    while True:
        likely = [chance.random() * 2 for _ in range(8)]
        told = chance.choices(range(8), likely, k=16)
        alone = {name: sum(bits >> at & 1 for bits in told) for at, name in enumerate(NAMES)}
        if all(5 <= n <= 11 for n in alone.values()):
            return alone, {
                (NAMES[a], NAMES[b]): sum(bits >> a & bits >> b & 1 for bits in told)
                for a, b in combinations(range(3), 2)
            }


def ways(alone: dict[str, int]) -> Iterator[dict[Pair, int]]:
    """Give all numbers of pairs for which there are interviews."""
    a, b, c = alone.values()
    sizes = range(min(a, b) + 1), range(min(a, c) + 1), range(min(b, c) + 1)
    for ab, ac, bc in product(*sizes):
        if any(
            min(ab - t, ac - t, bc - t, a - ab - ac + t, b - ab - bc + t, c - ac - bc + t) >= 0
            and 16 - a - b - c + ab + ac + bc - t >= 0
            for t in range(min(ab, ac, bc) + 1)
        ):
            yield {("a", "b"): ab, ("a", "c"): ac, ("b", "c"): bc}
