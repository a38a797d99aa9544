"""One questionnaire with all that is hard for statistics programs, and its files."""

from __future__ import annotations

from pathlib import Path

from exports.table import Table
from exports.writers import FORMATS
from tests.exports.factories import ABOUT, ask, item, make_instrument, make_table, respond

LONG = "Å" * 400  # 800 bytes
LONG_NAME = "en_mycket_lång_fråga_om_hur_du_har_det_i_skolan_och_på_väg_hem"
INSTRUMENT = make_instrument(
    item("trivs", label="Jag trivs i skolan. " * 30),
    ask("kön", "select_one", "f Flicka", "p Pojke", "!DK Vet ej", "!REF Vill inte svara"),
    ask("hinder", "select_multiple", "sömn Sömn", "oro Oro", "!DK Vet ej", label="Hinder"),
    ask("antal", "integer", label="Antal dagar"),
    ask("timmar", "decimal"),
    ask("dag", "date", label="Dag"),
    ask("kl", "time"),
    ask("när", "dateTime"),
    ask("ord", label="Egna ord"),
    ask("poäng", "calculate"),
    ask("blandat", "calculate"),
    ask("with", "integer", label="Ett ord som programmen behåller"),
    ask("svar-två.a", "integer"),
    ask(LONG_NAME, "integer"),
    ask("Trivs", "integer"),
)
TABLE_ROWS = (
    respond(
        trivs="4", kön="f", hinder="sömn", antal="3", timmar="2.5", dag="2026-01-05", kl="07:45",
        när="2026-01-05T14:30:15", ord=f"rad\n{LONG}", poäng="12", blandat="7", Trivs="1",
        **{"with": "1", "svar-två.a": "2", LONG_NAME: "5"},
    ),
    respond(
        trivs="DK", kön="DK", hinder="DK", antal="-99", timmar=None, dag=None, kl=None, när=None,
        ord="NA", poäng="-1.25", blandat="sju", Trivs=None,
    ),
    respond(trivs="REF", kön=None, hinder=None, antal=None, ord="=1+1", poäng=None),
)  # fmt: skip


def make_hard_table() -> Table:
    """Make the table of the three responses above."""
    return make_table(INSTRUMENT, *TABLE_ROWS)


def written(folder: Path, file_format: str, table: Table | None = None) -> Path:
    """Write a table, and give the file."""
    form = FORMATS[file_format]
    path = folder / f"file{form.suffix}"
    form.write(table or make_hard_table(), path, language="sv", about=ABOUT)
    return path
