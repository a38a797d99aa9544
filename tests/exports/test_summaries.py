"""Figures about dimensions, and what small groups hide."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from exports.summaries import DimensionSummary, summarise
from exports.table import Table
from tests.exports.factories import (
    item,
    make_instrument,
    make_table,
    open_xlsx,
    respond,
    xlsx_bytes,
)
from tests.tools.libreoffice import libreoffice_convert

TWO = make_instrument(item("a"), item("b"))


def summary(*answers: tuple[str | None, str | None] | None) -> DimensionSummary:
    """Summarise responses to two items; None was not asked at all."""
    responses = (respond() if pair is None else respond(a=pair[0], b=pair[1]) for pair in answers)
    return summarise(make_table(TWO, *responses))[0]


def test_a_summary_counts_by_hand() -> None:
    """Seventeen pupils: ten answered, five know nothing, one left both empty, one not asked."""
    found = summary(
        *[("4", "3")] * 6,
        *[("1", "DK")] * 3,
        ("2", "REF"),
        *[("DK", "DK")] * 5,
        (None, None),
        None,
    )
    assert (found.asked, found.answered) == (16, 10)
    # 32 items asked, 13 of them DK, from eight pupils: 41 per cent. One pupil wrote REF, one left
    # two empty: fewer than five, so at most 40 per cent, which is 5 of 16 in tens.
    assert (found.dont_know, found.refused, found.unanswered) == (40, "≤40", "≤40")
    # Six indices of 8 1/3, three of 0, one of 3 1/3: 53 1/3 by 10.
    assert found.mean == Decimal("5.3")


def test_all_but_a_few_look_alike() -> None:
    """Whether one, two or none of them left everything open is their own affair."""
    found = [summary(*[("4", "4")] * 20, *[(None, None)] * few) for few in range(3)]
    assert [each.answered for each in found] == [20, "..", ".."]
    assert [each.unanswered for each in found] == ["≤30"] * 3


def test_an_item_that_was_not_asked_is_no_item_left_empty() -> None:
    """Fifty pupils saw one item of two, and eight of them left it empty."""
    responses = [respond(a="4")] * 42 + [respond(a=None)] * 8
    assert summarise(make_table(TWO, *responses))[0].unanswered == 16


def test_the_published_distribution_has_the_published_mean() -> None:
    """35, 46, 13 and 6 per cent of 4, 3, 2 and 1 are published with the mean 7."""
    pairs = [(code, code) for code in "4" * 35 + "3" * 46 + "2" * 13 + "1" * 6]
    assert summary(*pairs).mean == Decimal("7.0")


def test_fewer_than_ten_responses_show_nothing() -> None:
    """A pupil in a small group cannot be read off a mean, nor off how many there were."""
    found = summary(*[("4", "4")] * 9)
    shown = {found.asked, found.answered, found.dont_know, found.refused, found.unanswered}
    assert shown | {found.mean} == {".."}


def test_ten_responses_show_their_mean() -> None:
    """The rule hides no more than it must."""
    found = summary(*[("4", "4")] * 10)
    assert (found.asked, found.answered, found.mean) == (10, 10, Decimal("10.0"))


def test_few_answers_among_many_asked_are_hidden() -> None:
    """Ten were asked, nine have an index: a mean of nine stays hidden."""
    found = summary(*[("4", "4")] * 9, ("DK", "DK"))
    assert (found.asked, found.answered, found.dont_know, found.mean) == (10, "..", "..", "..")


def many() -> Table:
    """Make 40 responses, of which the dimension's mean may be shown."""
    return make_table(TWO, *[respond(a="4", b="DK")] * 30, *[respond(a="2", b=None)] * 10)


def test_the_charts_draw_the_cells_beside_them() -> None:
    """Excel redraws them when somebody mends a label, and nothing hidden lies in them."""
    sheet: Any = open_xlsx(many())["Sammanfattning"]
    drawn = [[series.val.numRef.f for series in chart.series] for chart in sheet._charts]
    refs = [f"'Sammanfattning'!${letter}$2" for letter in "HEFG"]
    assert drawn == [refs[:1], refs[1:]]
    archive = zipfile.ZipFile(BytesIO(xlsx_bytes(many())))
    charts = [archive.read(name) for name in archive.namelist() if "/charts/" in name]
    assert len(charts) == 2
    assert not any(b"Cache" in chart for chart in charts)


def test_where_all_is_hidden_nothing_is_drawn() -> None:
    """An empty picture says nothing."""
    sheet: Any = open_xlsx(make_table(TWO, *[respond(a="4", b="4")] * 9))["Sammanfattning"]
    assert sheet._charts == []


@pytest.mark.slow
def test_libreoffice_draws_the_charts(tmp_path: Path) -> None:
    """Whoever has no Excel sees the same bars."""
    path = tmp_path / "export.xlsx"
    path.write_bytes(xlsx_bytes(many()))
    (opened,) = libreoffice_convert(path, "ods")
    archive = zipfile.ZipFile(opened)
    drawn = [
        archive.read(name).decode()
        for name in archive.namelist()
        if name.startswith("Object ") and name.endswith("/content.xml")
    ]
    assert sorted("chart:series" in each for each in drawn) == [True, True]
    assert any("Mean index by dimension" in each and ">8.3" in each for each in drawn)
