"""One questionnaire with every kind of column, and three responses to it."""

from __future__ import annotations

from exports.table import Table
from tests.exports.factories import ask, group, item, make_instrument, make_table, respond

INSTRUMENT = make_instrument(
    group(
        "trivsel",
        item("tri1", label="Jag trivs i skolan"),
        item("tri2", label="Jag är orolig", is_reversed=True),
        label="Trivsel",
    ),
    ask("hinder", "select_multiple", "somn Sömn", "oro Oro", "!DK Vet ej", label="Hinder"),
    ask("antal", "integer", label="Antal dagar"),
    ask("timmar", "decimal"),
    ask("dag", "date", label="Dag"),
    ask("ord", label="Egna ord"),
)
RESPONSES = (
    respond(
        tri1="4",
        tri2="4",
        hinder="somn",
        antal="3",
        timmar="2.5",
        dag="2026-01-05",
        ord="Bra å ä ö",
    ),
    respond(tri1="DK", tri2="2", hinder="DK", antal=None, ord="NA"),
    respond(tri1=None, tri2="REF", hinder=None, antal="-1", timmar=None, dag=None, ord=None),
)
HEADER = (
    "_version",
    "tri1",
    "tri2",
    "hinder__somn",
    "hinder__oro",
    "hinder__DK",
    "antal",
    "timmar",
    "dag",
    "ord",
    "index_trivsel",
)


def make_example() -> Table:
    """Make the table of the three responses above."""
    return make_table(INSTRUMENT, *RESPONSES)
