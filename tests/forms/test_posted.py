"""What is read without pages is what the pages would have read."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.compile import compile_workbook, instrument_of
from forms.pages import fill
from forms.posted import answers_in
from tests.forms.instruments import fillings, workbooks
from tests.forms.tables import workbook_of

TODAY = date(2026, 2, 3)
AGE = """
    | type             | name | label | required | constraint | calculation |
    | integer          | age  | Age   | yes      | . < 20     |             |
    | select_multiple ab | some | Some |         |            |             |
    | calculate        | next |       |          |            | ${age} + 1  |
    choices
    | list_name | name | label |
    | ab        | a    | A     |
    | ab        | b    | B     |
    settings
    | form_id | default_language |
    | ages    | Svenska (sv)     |
"""

REPEATED = """
    | type         | name | label |
    | integer      | age  | Age   |
    | begin_repeat | more | More  |
    | text         | word | Word  |
    | end_repeat   |      |       |
    settings
    | form_id | default_language |
    | ages    | Svenska (sv)     |
"""


def read(table: str = AGE, **posted: str | list[str]) -> dict[str, str] | None:
    """Read what was posted; None when it has to be shown."""
    found = answers_in(instrument_of(workbook_of(table)), MultiDict(posted), today=TODAY)
    return None if found is None else dict(found.values)


def test_what_is_right_is_read_at_once() -> None:
    """Several codes are put together, and what is computed is computed."""
    assert read(age="12", some=["a", "b"]) == {"age": "12", "some": "a b", "next": "13"}


def test_what_has_to_be_shown_is_left_to_the_pages() -> None:
    """A missing answer, an impossible one, a bad one, a name that is no question, a repeat."""
    assert read() is None
    assert read(age="20") is None
    assert read(age="x") is None
    assert read(age="12", else_="1") is None
    assert read(REPEATED, age="12") is None


def test_what_a_reader_cannot_fill_in_is_computed_whatever_is_posted() -> None:
    """Nobody posts a calculated value."""
    assert read(age="12", next="99") == {"age": "12", "next": "13"}


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(st.data())
def test_it_is_what_the_pages_would_have_read(data: st.DataObject) -> None:
    """A pupil's answers do not depend on which way they were read; the pages may know better."""
    instrument = compile_workbook(data.draw(workbooks())).instrument
    assume(instrument is not None and not any(g.is_repeat for g in instrument.groups.values()))
    assert instrument is not None
    for _ in range(3):
        posted = MultiDict(data.draw(fillings(instrument)))
        filled = fill(instrument, "sv", posted, gettext=str, today=TODAY)
        found = answers_in(instrument, posted, today=TODAY)
        assert found in (None, filled.answers)
