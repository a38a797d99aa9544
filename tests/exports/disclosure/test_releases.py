"""Tables that were shown before, and what a new one would tell beside them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from exports.disclosure.releases import Refusal, Release, refusal_of

ALL = frozenset({"a", "b", "c", "d"})
TABLE = Release(
    table="safety", definition="by year", schools=ALL, n=14, data_version="1", profile="public",
    approver="anna", day="2026-11-05",
)  # fmt: skip
APPROVED = ["safety"]


@pytest.mark.parametrize(
    ("n", "refusal"), [(17, Refusal.TOO_FEW_NEW), (23, Refusal.TOO_FEW_NEW), (24, None)]
)
def test_a_group_is_shown_anew_when_ten_have_come(n: int, refusal: object) -> None:
    """Oracle h: 14, then 17, would tell of three pupils."""
    new = replace(TABLE, n=n, data_version="2")
    assert refusal_of(new, [TABLE], APPROVED) is refusal


@pytest.mark.parametrize(("n", "refusal"), [(18, Refusal.TOO_FEW_NEW), (19, None)])
def test_among_staff_alone_five_are_enough(n: int, refusal: object) -> None:
    """R7; as soon as one of the two is public, ten are needed."""
    old = replace(TABLE, profile="staff")
    new = replace(old, n=n, data_version="2")
    assert refusal_of(new, [old], APPROVED) is refusal
    assert refusal_of(new, [TABLE], APPROVED) is Refusal.TOO_FEW_NEW


def test_the_same_again_tells_nothing_new() -> None:
    """The same data under the same definition; another definition is another cut through them."""
    assert refusal_of(replace(TABLE, day="2026-12-01"), [TABLE], APPROVED) is None
    other = replace(TABLE, definition="by gender")
    assert refusal_of(other, [TABLE], APPROVED) is Refusal.TOO_FEW_NEW


@pytest.mark.parametrize(
    ("schools", "n", "refusal"),
    [
        ("abc", 40, Refusal.TELLS_ONE_SCHOOL),  # all but one
        ("ab", 30, None),
        ("ab", 61, Refusal.TELLS_ONE_SCHOOL),  # what is left are nine
        ("abe", 40, None),
    ],
)
def test_all_and_all_but_one_are_never_both_shown(schools: str, n: int, refusal: object) -> None:
    """R7, whichever came first: by subtraction the one school would stand there."""
    whole = replace(TABLE, n=70)
    part = replace(TABLE, schools=frozenset(schools), n=n)
    assert refusal_of(part, [whole], APPROVED) is refusal
    assert refusal_of(whole, [part], APPROVED) is refusal


def test_other_tables_do_not_stand_in_the_way() -> None:
    """Two measures of the same pupils."""
    assert refusal_of(TABLE, [replace(TABLE, table="peace", n=10)], APPROVED) is None


def test_only_approved_tables_of_enough_are_released() -> None:
    """R7 and R1: fixed tables, and no enkät of nine; staff may see nine pupils."""
    assert refusal_of(TABLE, [], []) is Refusal.NOT_APPROVED
    small = replace(TABLE, n=9)
    assert refusal_of(small, [], APPROVED) is Refusal.TOO_SMALL
    assert refusal_of(replace(small, profile="staff"), [], APPROVED) is Refusal.TOO_SMALL
    assert refusal_of(replace(small, profile="staff", is_enkat=False), [], APPROVED) is None


def test_a_release_is_recorded_as_plain_data() -> None:
    """R11: table, data, rules and approver."""
    record = json.loads(json.dumps(TABLE.as_record()))
    assert record["schools"] == ["a", "b", "c", "d"]
    assert {"table", "definition", "data_version", "rule_version", "approver"} <= set(record)
