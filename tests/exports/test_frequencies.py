"""Figures in the codebook: n and per cent of each code, and what small groups hide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exports.results.enkat import results_of
from exports.table import Table
from forms.instrument import Mode
from tests.exports.factories import (
    ABOUT,
    ask,
    item,
    make_instrument,
    make_table,
    open_xlsx,
    respond,
    sheet_rows,
)
from tests.exports.families import family

SETTLED = replace(ABOUT, is_settled=True)
ENKAT = make_instrument(
    item("trivs"),
    ask("hinder", "select_multiple", "somn Sömn", "oro Oro", "!DK Vet ej"),
    ask("kön", "select_one", "f Flicka", "p Pojke"),
    ask("ord"),
)
REGISTER = replace(ENKAT, mode=Mode.RETURN)


def values(table: Table, **more: Any) -> dict[tuple[object, object], tuple[object, object]]:
    """Read number and per cent of each code from Värden."""
    rows = sheet_rows(open_xlsx(table, **{"about": SETTLED} | more), "Värden")
    place = rows[0].index("Number")
    return {(row[0], row[1]): (row[place], row[place + 1]) for row in rows[1:]}


def valid(table: Table, **more: Any) -> dict[object, object]:
    """Read the number of valid answers of each variable from Kodbok."""
    rows = sheet_rows(open_xlsx(table, **{"about": SETTLED} | more), "Kodbok")
    return {row[0]: row[rows[0].index("Valid answers")] for row in rows[1:]}


def forty(mode: Mode = Mode.ANONYMOUS) -> Table:
    """Make 40 responses: 20 × 4, 10 × 3, 3 × 1 and 7 × don't know; 30 tick bad sleep."""
    codes = ["4"] * 20 + ["3"] * 10 + ["1"] * 3 + ["DK"] * 7
    ticks = ["somn"] * 30 + ["oro"] * 10
    return make_table(
        replace(ENKAT, mode=mode),
        *(respond(trivs=code, hinder=tick, kön="f", ord="ord")
          for code, tick in zip(codes, ticks, strict=True)),
    )  # fmt: skip


def test_an_enkats_codebook_has_the_shares_of_its_page() -> None:
    """Worked out by hand: three of 33 join their neighbours; seven of 40 are 18 per cent."""
    found = values(forty())
    assert valid(forty())["trivs"] == 33
    assert found["trivs", 4] == (None, 61)
    assert found["trivs", 3] == (None, "39 (1+2+3)")
    assert found["trivs", 1] == (None, "39 (1+2+3)")
    assert found["trivs", "DK"] == (None, 18)
    assert found["trivs", "NA"] == (None, "≤20")
    assert found["hinder__somn", 1] == (None, 75)


def test_an_enkats_codebook_says_nothing_that_its_page_does_not() -> None:
    """Gender, words and the like are on no page, and neither is the number behind a share."""
    found = values(forty())
    assert {number for number, _ in found.values()} == {None}
    told = {name for (name, _), (_, share) in found.items() if share is not None}
    page = results_of(forty())
    assert told == {"trivs", "hinder__somn", "hinder__oro"}
    assert {each.variable.name for part in page.dimensions for each in part.items} == {"trivs"}
    assert {name for name, n in valid(forty()).items() if n is not None} == told


@pytest.mark.parametrize("table", [forty(), make_table(ENKAT)])
def test_an_enkat_that_still_takes_answers_has_no_figures(table: Table) -> None:
    """Two downloads would tell about those between them; two rounds, about a small third."""
    assert set(values(table, about=ABOUT).values()) == {(None, None)}
    assert set(valid(table, about=ABOUT).values()) == {None}


def test_nine_answers_have_no_figures() -> None:
    """Whoever knows the nine could tell who said what."""
    table = make_table(ENKAT, *[respond(trivs="4")] * 9)
    assert set(values(table).values()) == {(None, None)}


def test_a_returns_codebook_counts_rows_and_hides_few() -> None:
    """3 of 40 are hidden, and 10 with them, for the sum stands beside."""
    found = values(forty(Mode.RETURN))
    assert valid(forty(Mode.RETURN))["trivs"] == 33
    assert found["trivs", 4] == (20, 60.6)
    assert found["trivs", 3] == found["trivs", 1] == ("..", "..")
    assert found["trivs", 2] == (0, 0)
    assert found["trivs", "DK"] == (7, 17.5)
    assert found["kön", "f"] == (40, 100)
    assert found["ord", "NA"] == (0, 0)
    assert valid(forty(Mode.RETURN))["ord"] == 40


def test_shares_of_missing_codes_are_of_those_who_were_asked() -> None:
    """Ten of fifty were not asked: 20 per cent of all, and eight of forty left it empty."""
    rows = [respond(trivs="4")] * 32 + [respond(trivs=None)] * 8 + [respond()] * 10
    found = values(make_table(REGISTER, *rows))
    assert found["trivs", "NA"] == (8, 20)
    assert found["trivs", "NAP"] == (10, 20)


def test_many_rows_about_few_pupils_are_few() -> None:
    """Six months of one pupil are one pupil."""
    units = replace(REGISTER, root=make_instrument(ask("_unit"), item("trivs")).root)
    some = [respond(_unit=f"p{n}", trivs="4") for n in range(20)]
    others = [respond(_unit=f"p{n}", trivs="3") for n in range(20, 30)]
    one = [respond(_unit="p40", trivs="1")] * 6
    found = values(make_table(units, *some, *others, *one))
    assert found["trivs", 4] == (20, 55.6)
    assert found["trivs", 3] == found["trivs", 1] == ("..", "..")
    five = [respond(_unit=f"p{40 + n % 5}", trivs="1") for n in range(6)]
    assert values(make_table(units, *some, *others, *five))["trivs", 1][0] == 6


def test_a_tick_that_says_nothing_has_no_figures() -> None:
    """Beside the other ticks it would tell how many know nothing."""
    rows = [respond(hinder="somn")] * 20 + [respond(hinder="DK")] * 3
    found = values(make_table(REGISTER, *rows))
    assert {code: told for (name, code), told in found.items() if name == "hinder__DK"} == (
        dict.fromkeys((0, 1, "DK", "NA", "NAP"), (None, None))
    )
    assert found["hinder__somn", 1] == ("..", "..")


def test_instances_of_repeats_are_not_counted() -> None:
    """Läs mig says that rows of Data are."""
    assert values(family())["tri", 3] == (None, None)
