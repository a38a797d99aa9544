"""The pages about languages: what each says, and who has read it."""

from __future__ import annotations

import pytest

from tests.survey_app.conftest import token

EASY = "/languages/sv-simple/"


def approve(client, subject: str = "interface", name: str = "Asha Warsame"):
    """Press the button."""
    return client.post(
        f"{EASY}{subject}/approve", data={"checked_by": name, "csrf_token": token(client, EASY)}
    )


def test_every_language_is_listed_with_its_state(coordinator) -> None:
    """A coordinator sees what is missing before the round opens."""
    page = coordinator.get("/languages/").get_data(as_text=True)
    assert 'lang="ar" dir="rtl">العربية' in page
    assert "Arabic (ar)" in page
    assert "My situation at school" in page
    assert "complete" in page
    assert "draft" in page


def test_texts_stand_side_by_side_in_their_own_directions(coordinator) -> None:
    """Who reads Arabic reads it as Arabic is read."""
    page = coordinator.get("/languages/ar/").get_data(as_text=True)
    assert 'lang="sv" dir="ltr" class="text">Jag tycker om att vara i skolan.' in page
    assert "TRI1.label" in page
    assert "Send my answers" in page
    easy = coordinator.get(EASY).get_data(as_text=True)
    assert 'lang="sv-simple" dir="ltr" class="text">Jag gillar att vara i skolan.' in easy


def test_a_language_is_approved_and_taken_back(coordinator) -> None:
    """With the name of whoever has read it."""
    assert approve(coordinator).status_code == 302
    page = coordinator.get(EASY).get_data(as_text=True)
    assert "Read by Asha Warsame" in page
    assert "approved" in page
    data = {"csrf_token": token(coordinator, EASY)}
    assert coordinator.post(f"{EASY}interface/withdraw", data=data).status_code == 302
    assert "Asha Warsame" not in coordinator.get(EASY).get_data(as_text=True)


def test_an_approval_needs_a_name(coordinator) -> None:
    """The page says so where it is missing."""
    answer = approve(coordinator, name=" ")
    assert answer.status_code == 422
    assert 'id="checked-by-interface-error"' in answer.get_data(as_text=True)


def test_the_catalogue_downloads(coordinator) -> None:
    """A translator works in the tool that translators have."""
    with coordinator.get(f"{EASY}elevenkat.po") as download:
        assert download.data.startswith(b"#")
        assert b'msgctxt "TRI1.label"' in download.data


@pytest.mark.parametrize("address", ["xx/", "sv/elevenkat.po", "ar/nope.po", "../../etc.po"])
def test_what_is_not_there_is_a_page(coordinator, address) -> None:
    """A misspelt address is no crash, and leads to no other file."""
    assert coordinator.get(f"/languages/{address}").status_code == 404


def test_strangers_see_no_languages(visitor) -> None:
    """Only coordinators approve."""
    assert visitor.get("/languages/").status_code == 302
    assert visitor.post(f"{EASY}interface/approve").status_code in (302, 400)
