"""One row per response, made as it is read."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from exports.codebook import codebook_of
from exports.coding import Response
from exports.errors import UnknownVariable, UnknownVersion
from exports.table import wide_table
from tests.exports.factories import (
    ask,
    item,
    make_instrument,
    make_table,
    respond,
    rows_of,
)

INSTRUMENT = make_instrument(item("a"), ask("ord"))


def test_rows_keep_the_order_of_the_responses() -> None:
    """Whoever gives the responses has shuffled them: we neither sort nor count."""
    table = make_table(INSTRUMENT, respond(ord="b"), respond(ord="a"), respond(ord="c"))
    assert [row["ord"] for row in rows_of(table)] == ["b", "a", "c"]


def test_a_row_begins_with_the_version_it_was_answered_under() -> None:
    """Responses of several versions can be told apart when files are put together."""
    assert rows_of(make_table(INSTRUMENT, respond(a="4", ord="x"))) == [
        {"_version": "1", "a": 4, "ord": "x", "index_trivsel": 10}
    ]


def test_rows_are_made_one_at_a_time() -> None:
    """An export of a whole city fits in a small server."""
    read = []

    def responses() -> Iterator[Response]:
        for number in range(3):
            read.append(number)
            yield respond(ord=str(number))

    rows = iter(wide_table(codebook_of(INSTRUMENT), responses()).rows)
    assert read == []
    next(rows)
    assert read == [0]


def test_memory_does_not_grow_with_the_responses() -> None:
    """The same as above, measured."""
    table = wide_table(codebook_of(INSTRUMENT), (respond(ord=str(n)) for n in range(20_000)))
    tracemalloc.start()
    for _ in table.rows:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000


def test_a_response_of_another_version_is_an_error() -> None:
    """Codes of one version must not be read with the labels of another."""
    with pytest.raises(UnknownVersion):
        rows_of(make_table(INSTRUMENT, respond("2", ord="x")))


def test_an_answer_without_a_column_is_an_error() -> None:
    """No answer is lost in silence."""
    with pytest.raises(UnknownVariable, match="hemlig"):
        rows_of(make_table(INSTRUMENT, respond(hemlig="x")))
