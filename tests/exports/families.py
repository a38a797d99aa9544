"""Three families with children, toys and pets, and their tables worked out by hand."""

from __future__ import annotations

from exports.coding import Response
from exports.table import Table
from forms.answers import Answers
from forms.compile import instrument_of
from forms.instrument import Instrument
from tests.exports.factories import make_table
from tests.forms.tables import workbook_of

FAMILY = instrument_of(
    workbook_of("""
    | type              | name    | label::Svenska (sv) | relevant     | sa_dimension |
    | text              | familj  | Familj              |              |              |
    | begin_repeat      | barn    | Barn                |              |              |
    | integer           | alder   | Ålder               |              |              |
    | begin_group       | trivs   | Trivsel             |              |              |
    | select_one skala  | tri     | Jag trivs           |              | TRI          |
    | end_group         |         |                     |              |              |
    | begin_repeat      | leksak  | Leksak              | ${alder} < 7 |              |
    | text              | sort    | Sort                |              |              |
    | end_repeat        |         |                     |              |              |
    | select_multiple m | mat     | Mat                 |              |              |
    | end_repeat        |         |                     |              |              |
    | begin_repeat      | husdjur | Husdjur             |              |              |
    | text              | art     | Art                 |              |              |
    | end_repeat        |         |                     |              |              |
    choices
    | list_name | name | label::Svenska (sv) |
    | skala     | 1    | Nej                 |
    | skala     | 2    | Ibland              |
    | skala     | 3    | Ja                  |
    | m         | fisk | Fisk                |
    settings
    | form_id | default_language | sa_mode   | version |
    | familj  | Svenska (sv)     | interview | 1       |
    """)
)
ANDERSSON = {
    "familj": "Andersson",
    "barn[1]/alder": "6",
    "barn[1]/tri": "3",
    "barn[1]/leksak[1]/sort": "boll",
    "barn[1]/leksak[2]/sort": "NA",
    "barn[1]/mat": "fisk",
    "barn[2]/alder": "12",
    "barn[2]/tri": "2",
    "husdjur[1]/art": "katt",
}
# Asked and left empty: a name's mark is left out of the values.
BERG = {"familj": "Berg", "barn[1]/alder": "", "barn[1]/tri": "", "barn[1]/leksak[1]/sort": ""}


def said(answers: dict[str, str], version: str = "1") -> Response:
    """Make a response: what is named was asked, and "" was left empty."""
    values = {address: text for address, text in answers.items() if text}
    return Response(version, Answers(values, frozenset(answers)))


def family() -> Table:
    """Make the table of three families; the last one has neither children nor pets."""
    return make_table(FAMILY, said(ANDERSSON), said(BERG), said({"familj": "Celik"}))


def plain() -> Instrument:
    """Make an instrument without repeats."""
    return instrument_of(
        workbook_of("""
        | type | name | label |
        | text | ord  | Ord   |
        settings
        | form_id |
        | test    |
        """)
    )


DATA: list[tuple[object, ...]] = [
    ("_version", "_row", "familj", "barn__count", "husdjur__count"),
    ("1", 1, "Andersson", 2, 1),
    ("1", 2, "Berg", 1, 0),
    ("1", 3, "Celik", 0, 0),
]
BARN: list[tuple[object, ...]] = [
    ("_parent", "_number", "alder", "tri", "leksak__count", "mat__fisk", "index_tri"),
    (1, 1, 6, 3, 2, 1, 10),
    (1, 2, 12, 2, "NAP", "NAP", 5),
    (2, 1, "NA", "NA", 1, "NAP", "NA"),
]
LEKSAK: list[tuple[object, ...]] = [
    ("_parent", "_parent_barn", "_number", "sort"),
    (1, 1, 1, "boll"),
    (1, 1, 2, '"NA"'),
    (2, 1, 1, "NA"),
]
HUSDJUR: list[tuple[object, ...]] = [("_parent", "_number", "art"), (1, 1, "katt")]
ROWS: dict[str, list[tuple[object, ...]]] = {
    "Data": DATA,
    "barn": BARN,
    "leksak": LEKSAK,
    "husdjur": HUSDJUR,
}
