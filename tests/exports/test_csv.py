"""CSV by RFC 4180 that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.table import Table
from exports.writers import FORMATS
from exports.writers.csv import write_csv
from tests.exports.factories import ABOUT, ask, item, make_instrument, make_table, respond

ORD = make_instrument(ask("ord"))


def csv_bytes(table: Table, **more: Any) -> bytes:
    """Write a file in memory."""
    stream = BytesIO()
    write_csv(table, stream, **more)
    return stream.getvalue()


def answer_in_csv(text: str) -> str:
    """Write one answer and read its field back."""
    written = csv_bytes(make_table(ORD, respond(ord=text)), byte_order_mark=False).decode()
    return list(csv.reader(StringIO(written, newline="")))[1][1]


def test_the_file_is_worked_out_by_hand() -> None:
    """Codes, dots in decimals, negative numbers as numbers, fields in quotes where needed."""
    instrument = make_instrument(
        item("a"), ask("n", "integer"), ask("t", "decimal"), ask("d", "date"), ask("ord")
    )
    table = make_table(
        instrument,
        respond(a="3", n="-5", t="2.50", d="2026-01-05", ord='Bra, "mycket"\nå ä ö'),
        respond(a="DK", n=None),
    )
    assert csv_bytes(table, byte_order_mark=False).decode() == (
        "_version,a,n,t,d,ord,index_trivsel\r\n"
        '1,3,-5,2.50,2026-01-05,"Bra, ""mycket""\nå ä ö",6.666666666666667\r\n'
        "1,DK,NA,NAP,NAP,NAP,NA\r\n"
    )


def test_the_byte_order_mark_can_be_left_out() -> None:
    """Excel needs it to see å ä ö, some statistics programs stumble on it."""
    table = make_table(ORD, respond(ord="å"))
    assert csv_bytes(table).startswith(b"\xef\xbb\xbf_version")
    assert csv_bytes(table, byte_order_mark=False).startswith(b"_version")


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 8", "-", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "'=1", "'a"]
)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    """The coordinator's spreadsheet runs nothing that a respondent wrote."""
    assert answer_in_csv(text) == f"'{text}"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_one_apostrophe_taken_away_gives_back_the_answer(text: str) -> None:
    """Defusing can be undone by the analyst."""
    assert answer_in_csv(f"x{text}") == f"x{text}"
    if text not in ("\ufffe", "\uffff") and not {"\ufffe", "\uffff"} & set(text):
        field = answer_in_csv(text)
        assert field.removeprefix("'") == text or field.strip('"') in ("NA", "NAP", "DK", "REF")


@given(st.text(min_size=1))
def test_any_text_makes_a_valid_file(text: str) -> None:
    """No answer, however odd, spoils the export."""
    written = csv_bytes(make_table(ORD, respond(ord=text), respond(ord="slut"))).decode()
    rows = list(csv.reader(StringIO(written, newline="")))
    assert [len(row) for row in rows] == [2, 2, 2]
    assert rows[2][1] == "slut"


def test_every_format_writes_a_path_and_a_stream_and_counts(tmp_path: Path) -> None:
    """Commands write files, the web sends streams; both go through one table of formats."""
    table = make_table(ORD, respond(ord="a"), respond(ord="b"))
    for name, form in FORMATS.items():
        stream, path = BytesIO(), tmp_path / f"x{form.suffix}"
        assert form.write(table, stream, language="sv", about=ABOUT) == 2
        assert form.write(table, str(path), language="sv", about=ABOUT) == 2
        assert path.read_bytes() == stream.getvalue(), name
