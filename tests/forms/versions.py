"""A questionnaire and its next versions, made by replacing some of its text."""

from __future__ import annotations

from forms.compile import instrument_of
from forms.instrument import Instrument
from tests.forms.tables import workbook_of

HEAD = """
    | type             | name | label::Svenska (sv) | label::English (en) | hint::Svenska (sv) | relevant | calculation | default | appearance | sa_dimension | sa_reverse |
"""
ROWS = """
    | select_one skala | tri  | Jag trivs           | I am happy          | Tänk på nu         |          |             |         |            | TRI          |            |
    | select_one val   | val  | Välj                | Choose              |                    |          |             |         |            |              |            |
    | integer          | n    | Hur många?          | How many?           |                    |          |             |         |            |              |            |
    | calculate        | c    |                     |                     |                    |          | ${n} + 1    |         |            |              |            |
"""
REST = """
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) | sa_missing |
    | skala     | 1    | Nej                 | No                  |            |
    | skala     | 2    | Ibland              | Sometimes           |            |
    | skala     | 3    | Ja                  | Yes                 |            |
    | val       | a    | Alfa                | Alpha               |            |
    | val       | b    | Beta                | Beta                |            |
    | val       | DK   | Vet ej              | Don't know          | yes        |
    settings
    | form_id | form_title | default_language | version | sa_mode   |
    | test    | Prov       | Svenska (sv)     | 1       | interview |
"""
TABLE = HEAD + ROWS + REST


def compiled(table: str) -> Instrument:
    """Compile a text table."""
    return instrument_of(workbook_of(table))


OLD = compiled(TABLE)


def changed(*replacements: tuple[str, str], version: str = "2") -> Instrument:
    """Compile the table with some of its text replaced, each found exactly once."""
    table = TABLE.replace("| 1       | interview", f"| {version}       | interview")
    for was, now in replacements:
        assert table.count(was) == 1, was
        table = table.replace(was, now)
    return compiled(table)


# No and yes change places.
SWAPPED = (
    (
        "| skala     | 1    | Nej                 | No                  |",
        "| skala | 1 | Ja | Yes |",
    ),
    (
        "| skala     | 3    | Ja                  | Yes                 |",
        "| skala | 3 | Nej | No |",
    ),
)
