"""Headers, cookies and form tokens."""

from __future__ import annotations

import re

import pytest
from flask import session
from flask_security import current_user

from survey_app.actions import rounds
from survey_app.audience import open_to_everyone
from tests.factories import make_round
from tests.survey_app.conftest import token

PAGES = ["/login", "/healthz", "/e/autumn", "/e/autumn/en", "/e/nope", "/nope"]


@pytest.fixture(autouse=True)
def _a_round(app) -> None:
    with app.app_context():
        make_round()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_strict(visitor, page) -> None:
    """Nothing foreign runs in it, nothing frames it, nothing tells where a reader came from."""
    headers = visitor.get(page).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_https_is_remembered_where_it_is_used(visitor) -> None:
    """A browser that came by https comes by https again."""
    assert "Strict-Transport-Security" in visitor.get("/login", base_url="https://x").headers


@pytest.mark.parametrize("page", ["/e/autumn", "/e/autumn/en", "/e/autumn/thanks", "/e/nope"])
def test_the_enkat_sets_no_cookie(visitor, coordinator, page) -> None:
    """A shared tablet remembers nobody; not even a coordinator who tries it out."""
    for client in (visitor, coordinator):
        for response in (client.get(page), client.post(page, data={"pets": "1", "x": "y"})):
            assert "Set-Cookie" not in response.headers


def test_the_enkat_does_not_read_who_is_logged_in(coordinator) -> None:
    """A coordinator's answer is as anonymous as a pupil's."""
    page = coordinator.get("/e/autumn").get_data(as_text=True)
    assert page == coordinator.application.test_client().get("/e/autumn").get_data(as_text=True)


def test_a_careless_view_of_the_enkat_neither_reads_nor_sets_a_cookie(app, coordinator) -> None:
    """The promise is kept below the views: whoever writes the next one cannot break it."""

    @open_to_everyone
    def view() -> str:
        held = sorted(session)
        session["seen"] = "yes"
        return f"{held} {current_user.is_authenticated}"

    app._got_first_request = False
    app.add_url_rule("/e/x/y/careless", "careless", view)
    response = coordinator.get("/e/x/y/careless")
    assert response.get_data(as_text=True) == "[] False"
    assert "Set-Cookie" not in response.headers


def test_the_staffs_cookie_is_kept_to_this_server(visitor) -> None:
    """No script reads it, no other site sends it; over https it never travels in clear."""
    cookie = visitor.get("/login").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Secure" in visitor.get("/login", base_url="https://x").headers["Set-Cookie"]


@pytest.mark.parametrize("address", ["/rounds/new", "/rounds/autumn/close", "/language", "/logout"])
def test_a_form_of_the_staff_needs_its_token(coordinator, address) -> None:
    """Another site cannot press our buttons."""
    response = coordinator.post(address, data={"language": "en"})
    assert response.status_code == 400
    found = coordinator.get("/rounds/autumn/").get_data(as_text=True)
    assert "/rounds/autumn/close" in found


def test_with_its_token_it_works(coordinator) -> None:
    """The same form from our own page."""
    address = "/rounds/autumn/close"
    sent = coordinator.post(address, data={"csrf_token": token(coordinator, address)})
    assert sent.status_code == 302


def test_with_its_token_it_works_over_https_too(app) -> None:
    """Browsers leave the Referer out, as our pages ask them to."""
    browser, https = app.test_client(), "https://survey.example"
    page = browser.get("/login", base_url=https).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    for given, status in ((found[1], 302), ("another", 400)):
        form = {"language": "en", "csrf_token": given}
        assert browser.post("/language", data=form, base_url=https).status_code == status


@pytest.mark.parametrize("page", ["/login", "/rounds/", "/rounds/new", "/rounds/autumn/"])
def test_no_page_has_script_or_style_of_its_own(coordinator, page) -> None:
    """The strict policy would not let it run."""
    html = coordinator.get(page, follow_redirects=True).get_data(as_text=True)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize(
    "page",
    [
        "/login",
        "/rounds/",
        "/rounds/autumn/",
        "/rounds/over/answers.xlsx",
        "/instruments/pets.xlsx",
    ],
)
def test_nothing_that_staff_see_is_kept_by_browsers(app, coordinator, page) -> None:
    """Whoever sits down at the desk next finds no answers in its browser."""
    with app.app_context():
        make_round("over")
        rounds.close_round("over")
    with coordinator.get(page) as response:
        assert response.status_code == (302 if page == "/login" else 200)
        assert response.headers["Cache-Control"] == "no-store"
