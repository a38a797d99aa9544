"""What is asked about in place."""

from __future__ import annotations

import pytest
from flask import Flask

from survey_app.actions.returns.doubting import attendance_of, doubts, levels_of


def month(scheduled: int, excused: int, unexcused: int) -> dict[str, str]:
    """Give a month's minutes."""
    return {
        "schema_min": str(scheduled),
        "giltig_min": str(excused),
        "ogiltig_min": str(unexcused),
    }


def rated(**levels: int | str) -> dict[str, str]:
    """Give milestones' levels: m3=-2 is number 3."""
    found = {}
    for place, (name, level) in enumerate(levels.items(), start=1):
        found[f"delmal[{place}]/delmal_nr"] = name[1:]
        found[f"delmal[{place}]/delmal_niva"] = str(level)
    return found


@pytest.mark.parametrize(
    ("now", "before", "school", "addresses"),
    [
        (month(1000, 100, 50), {}, {}, []),
        (month(1000, 0, 0), {}, {}, ["ogiltig_min"]),
        (month(0, 0, 0), month(0, 0, 0), {}, []),
        (month(1000, 100, 50), month(1000, 100, 50), {}, ["schema_min"]),
        (month(1000, 100, 50), month(1000, 50, 100), {}, []),
        (month(1000, 100, 50), {}, month(1000, 250, 0), []),
        (month(1000, 100, 50), {}, month(1000, 251, 0), ["giltig_min"]),
        (month(1000, 251, 0), {}, month(1000, 100, 50), ["giltig_min"]),
        ({"schema_min": "1000"}, month(1000, 0, 0), {}, []),
        (rated(m1=1), rated(m1=-1), {}, []),
        (rated(m1=1), rated(m1=-2), {}, ["delmal[1]/delmal_niva"]),
        (rated(m2=2, m1=0), rated(m1=0, m2=-1), {}, ["delmal[1]/delmal_niva"]),
        (rated(m1=2), rated(m2=-2), {}, []),
        (rated(m1="KEB"), rated(m1=-2), {}, []),
    ],
)
def test_the_implausible_is_asked_about_where_it_stands(
    app: Flask, now, before, school, addresses
) -> None:
    """Each rule at its limit; milestones are followed by number, not by place."""
    with app.test_request_context("/"):
        assert sorted(doubts(now, before, school)) == addresses


def test_what_is_not_there_is_no_figure() -> None:
    """Neither minutes nor levels are guessed."""
    assert attendance_of({}) is None
    assert attendance_of(month(10, 20, 0)) is None
    assert levels_of({}) == {}
    assert levels_of(rated(m1="KEB")) == {}
