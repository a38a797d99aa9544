"""The loop that all modes share, without the web."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from werkzeug.datastructures import MultiDict

from forms.pages import FilledPages
from survey_app.collect.taking import ResponseIdInvalid, read_response_id, status_of


def test_a_sending_without_an_id_is_taken() -> None:
    """A browser without a script makes none."""
    assert read_response_id(MultiDict({"TRI1": "4"})) is None


def test_an_id_is_read_in_either_case() -> None:
    """The same id is the same, however a browser writes it."""
    given = uuid4()
    assert read_response_id(MultiDict({"response_id": str(given).upper()})) == given


@pytest.mark.parametrize(
    "given", [[""], ["7"], [uuid4().hex], [f"urn:uuid:{uuid4()}"], [str(UUID(int=0))] * 2]
)
def test_anything_else_is_refused(given) -> None:
    """A field that could carry a name or a number carries nothing."""
    with pytest.raises(ResponseIdInvalid):
        read_response_id(MultiDict([("response_id", each) for each in given]))


def test_a_foreign_field_weighs_more_than_a_mistake() -> None:
    """Programs can tell a wrong page from a wrong answer."""
    mistake = [("q-a", "A", "Write a number.")]
    assert status_of(FilledPages((), unknown=("b",), errors=mistake)) == 400
    assert status_of(FilledPages((), errors=mistake)) == 422
