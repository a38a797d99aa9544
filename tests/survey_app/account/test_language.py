"""The interface's language: Swedish first, English on a button."""

from __future__ import annotations

import pytest

from survey_app.account.views import own_address
from tests.survey_app.conftest import token


def test_staff_read_swedish_until_they_choose(visitor) -> None:
    """The button is on every page, and comes back to it."""
    assert '<html lang="sv"' in visitor.get("/login").get_data(as_text=True)
    data = {"language": "en", "next": "/login?x=1", "csrf_token": token(visitor)}
    response = visitor.post("/language", data=data)
    assert (response.status_code, response.location) == (302, "/login?x=1")
    assert '<html lang="en"' in visitor.get("/login").get_data(as_text=True)


def test_a_language_that_is_not_there_is_refused(visitor) -> None:
    """Only what the page offers."""
    data = {"language": "tlh", "csrf_token": token(visitor)}
    assert visitor.post("/language", data=data).status_code == 400


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("/rounds/?a=b", "/rounds/?a=b"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\n/evil", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_on_this_server(given, taken) -> None:
    """A forged form cannot send staff elsewhere."""
    assert own_address(given) == taken
