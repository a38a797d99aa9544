"""Questionnaires of all types, as field workers meet them, and instances of them."""

from __future__ import annotations

from forms.compile import instrument_of
from forms.instrument import Instrument
from forms.workbook import Workbook
from tests.forms.tables import workbook_of

ID = "uuid:6fc72de5-22a0-4b9d-8d0c-5d0f1a3b6c21"

EVERYTHING = """
    survey
    | type                    | name     | label::Svenska (sv) | label::English (en) | required | relevant  | constraint | calculation | repeat_count | choice_filter | parameters           | read_only |
    | start                   | begun    |                     |                     |          |           |            |             |              |               |                      |           |
    | end                     | ended    |                     |                     |          |           |            |             |              |               |                      |           |
    | today                   | day      |                     |                     |          |           |            |             |              |               |                      |           |
    | begin_group             | home     | Hemmet              | Home                |          |           |            |             |              |               |                      |           |
    | integer                 | many     | Hur **många**?      | How many?           | yes      |           | . < 20     |             |              |               |                      |           |
    | note                    | hello    | Ni är ${many}.      | You are ${many}.    |          |           |            |             |              |               |                      |           |
    | end_group               |          |                     |                     |          |           |            |             |              |               |                      |           |
    | begin_repeat            | child    | Barn                | Child               |          |           |            |             |              |               |                      |           |
    | text                    | name     | Namn                | Name                | yes      |           |            |             |              |               |                      |           |
    | begin_repeat            | toy      | Leksak              | Toy                 |          |           |            |             |              |               |                      |           |
    | select_one yn or_other  | liked    | Omtyckt?            | Liked?              |          |           |            |             |              |               |                      |           |
    | end_repeat              |          |                     |                     |          |           |            |             |              |               |                      |           |
    | end_repeat              |          |                     |                     |          |           |            |             |              |               |                      |           |
    | begin_repeat            | visit    | Besök               | Visit               |          |           |            |             | ${many} + 1  |               |                      |           |
    | date                    | on       | När?                | When?               |          |           |            |             |              |               |                      |           |
    | end_repeat              |          |                     |                     |          |           |            |             |              |               |                      |           |
    | select_multiple fruit   | eats     | Äter                | Eats                |          |           |            |             |              | kind = 'soft' |                      |           |
    | rank yn                 | ranked   | Ordning             | Order               |          |           |            |             |              |               |                      |           |
    | range                   | grade    | Betyg               | Grade               |          |           |            |             |              |               | start=0 end=5 step=1 |           |
    | decimal                 | weight   | Vikt                | Weight              |          |           |            |             |              |               |                      |           |
    | time                    | clock    | Klockan             | Time                |          |           |            |             |              |               |                      |           |
    | dateTime                | moment   | Tidpunkt            | Moment              |          |           |            |             |              |               |                      |           |
    | geopoint                | place    | Plats               | Place               |          |           |            |             |              |               |                      |           |
    | acknowledge             | read     | Läst                | Read                |          |           |            |             |              |               |                      |           |
    | image                   | picture  | Bild                | Picture             |          |           |            |             |              |               |                      |           |
    | file                    | paper    | Handling            | Paper               |          |           |            |             |              |               |                      |           |
    | text                    | secret   | Hemligt             | Secret              |          | ${many}=7 |            |             |              |               |                      |           |
    | calculate               | doubled  |                     |                     |          |           |            | ${many} * 2 |              |               |                      |           |
    | hidden                  | kept     |                     |                     |          |           |            |             |              |               |                      |           |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) | kind | sa_missing |
    | yn        | 1    | Ja                  | Yes                 |      |            |
    | yn        | 2    | Nej                 | No                  |      |            |
    | yn        | DK   | Vet ej              | Don't know          |      | yes        |
    | fruit     | fig  | Fikon               | Fig                 | soft |            |
    | fruit     | pear | Päron               | Pear                | soft |            |
    | fruit     | nut  | Nöt                 | Nut                 | hard |            |
    settings
    | form_id    | form_title | sa_mode   | sa_unit | default_language | version |
    | everything | Allt       | interview | case    | Svenska (sv)     | 7       |
"""


def everything() -> tuple[Workbook, Instrument]:
    """Give the questionnaire of all types, as sheets and compiled."""
    workbook = workbook_of(EVERYTHING)
    return workbook, instrument_of(workbook)


DECLARATION = b"<?xml version='1.0' ?>"


def with_doctype(xml: bytes, doctype: bytes) -> bytes:
    """Put a DOCTYPE where it may stand."""
    assert xml.startswith(DECLARATION)
    return DECLARATION + doctype + xml.removeprefix(DECLARATION)


def instance(body: str, *, form_id: str = "f", version: str = "1", meta: str = "") -> bytes:
    """Write an instance as ODK Collect does."""
    meta = meta or f"<orx:meta><orx:instanceID>{ID}</orx:instanceID></orx:meta>"
    return (
        DECLARATION.decode()
        + f'<data id="{form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms" '
        f'xmlns:jr="http://openrosa.org/javarosa">{body}{meta}</data>'
    ).encode()
