"""Pictures on the enkät: for whoever may see it, kept by browsers, and telling nothing."""

from __future__ import annotations

import pytest

from survey_app.actions import rounds
from tests.factories import CAT, PICTURED, make_round
from tests.survey_app.respond.test_views import page_of


@pytest.fixture
def address(app, request) -> str:
    """Open a round with a picture, and give its address."""
    name = f"pictured-{abs(hash(request.node.name))}"
    with app.app_context():
        make_round(name, table=PICTURED, pictures=[CAT])
    return f"/e/{name}"


def test_a_picture_is_shown_beside_its_question(client, address) -> None:
    """Its words are the question's: it has no name of its own, and its room is kept."""
    page = page_of(client.get(address))
    (picture,) = page.xpath("//*[@data-question='pets']/img")
    assert dict(picture.attrib) == {
        "class": "picture",
        "src": f"{address}/pictures/cat.png",
        "alt": "",
        "width": "4",
        "height": "3",
    }
    assert page_of(client.post(address, data={"pets": "9"})).xpath("//img/@src")


def test_a_picture_comes_as_what_it_is(client, address) -> None:
    """A browser never guesses that it might be a page, and never asks again for the same one."""
    answer = client.get(f"{address}/pictures/cat.png")
    assert answer.data == CAT.content
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = client.get(
        f"{address}/pictures/cat.png", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_page_itself_is_still_kept_by_nobody(client, address) -> None:
    """Only pictures may stay on a shared tablet."""
    for path in ("", "/thanks", "/pictures/nope.png"):
        assert client.get(address + path).headers["Cache-Control"] == "no-store"
    assert client.post(address, data={"pets": "1"}).headers["Cache-Control"] == "no-store"


def test_an_unknown_picture_is_a_page(client, address) -> None:
    """A misspelt name is no crash."""
    assert client.get(f"{address}/pictures/nope.png").status_code == 404
    assert client.get("/e/nope/pictures/cat.png").status_code == 404


def test_a_closed_round_shows_no_pictures(app, client, address) -> None:
    """Who may not see the questions does not see their pictures."""
    with app.app_context():
        rounds.close_round(address.removeprefix("/e/"))
    assert client.get(f"{address}/pictures/cat.png").status_code == 410
