"""Every table's name is one that a sheet of Excel may carry, once."""

from __future__ import annotations

import warnings
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.table_names import LONGEST, OURS, table_names


@pytest.mark.parametrize(
    ("repeats", "names"),
    [
        (["barn", "leksak"], ["barn", "leksak"]),
        (["barn", "Barn", "BARN"], ["barn", "Barn_2", "BARN_3"]),
        (["Data", "kodbok", "värden"], ["Data_2", "kodbok_2", "värden_2"]),
        (["history"], ["history_2"]),
        (["a" * 40], ["a" * 31]),
        (["a" * 40, "a" * 35], ["a" * 31, "a" * 29 + "_2"]),
        (["a:b/c\\d?e*f[g]h"], ["a_b_c_d_e_f_g_h"]),
        (["'a'"], ["a"]),
        (["'"], ["_"]),
        (["😀" * 16], ["😀" * 15]),
    ],
)
def test_names_keep_to_the_rules_of_excel(repeats: list[str], names: list[str]) -> None:
    """A workbook with a bad name of a sheet is called damaged."""
    assert table_names(repeats) == names


@settings(max_examples=30)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40), max_size=6)
)
def test_any_names_make_a_workbook_with_as_many_sheets(repeats: list[str]) -> None:
    """Whatever an author calls a repeat, it has a sheet of its own."""
    names = table_names(repeats)
    book = Workbook(write_only=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in (*OURS, *names):
            book.create_sheet(name)
    stream = BytesIO()
    book.save(stream)
    assert load_workbook(stream).sheetnames == [*OURS, *names]
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= LONGEST for name in names)
