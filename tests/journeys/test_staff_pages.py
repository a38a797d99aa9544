"""The coordinator's pages in a real browser: usable by all, valid, and alone with their server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.tools.accessibility import axe_violations
from tests.tools.browser import no_foreign_requests
from tests.tools.html import html_problems
from tests.tools.server import LiveServer

PageOpener = Callable[..., Page]

CLOSED = "/rounds/elevenkat-vt-2026/"
OPEN = "/rounds/elevenkat-ht-2026/"
PAGES = (
    *("/rounds/", "/rounds/new", CLOSED, OPEN, f"{OPEN}close", "/instruments/"),
    "/connect/",
    *("/results/", "/results/enkat/elevenkat-vt-2026/", "/results/waves/elevenkat/"),
    *(
        "/results/milestones/manadsrapport/",
        "/results/attendance/narvaro/",
        "/results/grades/betyg/",
        "/results/districts/",
    ),
    *("/extracts/", "/results/half-year/ht-2026/", "/data-protection/", "/data-protection/person/"),
    *("/no-such-page", "/e/no-such-round", "/e/elevenkat-vt-2026"),
)


# What those see who keep accounts or data safe, or read of a district, and no answers.
THEIRS = {
    "data_protection_officer": (
        "/data-protection/",
        "/data-protection/stored/",
        "/trail/",
        "/extracts/",
    ),
    "administrator": (
        *("/accounts/", "/accounts/1/", "/accounts/invite", "/account/"),
        *("/data-protection/retention/", "/data-protection/retention/returns/"),
    ),
    "district_reader": ("/results/districts/", "/account/"),
}


@pytest.fixture(scope="session")
def coordinator(demo_server: LiveServer) -> tuple[str, str]:
    """Give the demo coordinator's address and password, as printed at the start."""
    return account_of(demo_server, "coordinator")


def account_of(server: LiveServer, role: str) -> tuple[str, str]:
    """Give the address and password of a role's demo account."""
    accounts = json.loads((server.data / "demo-accounts.json").read_text(encoding="utf-8"))
    one = next(each for each in accounts["accounts"] if each["role"] == role)
    return one["email"], one["password"]


def log_in(
    page: Page, server: LiveServer, account: tuple[str, str], heading: str = "Omgångar"
) -> None:
    """Log in by keyboard alone."""
    page.goto(server.url("/"))
    page.get_by_label("E-postadress").focus()
    for text in account:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


@pytest.mark.parametrize(("device", "language"), [("tablet", "sv"), ("desktop", "en")])
def test_every_page_is_accessible_valid_and_stays_at_home(
    demo_server, coordinator, open_tablet, open_desktop, device: str, language: str
) -> None:
    """A coordinator who uses a screen reader, a keyboard or a tablet gets the same pages."""
    page = (open_tablet if device == "tablet" else open_desktop)()
    sources, found = {}, {}
    with no_foreign_requests(page, demo_server.address):
        page.goto(demo_server.url("/login"))
        found["/login"] = axe_violations(page)
        sources["/login"] = page.content()
        log_in(page, demo_server, coordinator)
        if language == "en":
            page.get_by_role("button", name="English").click()
        for path in PAGES:
            page.goto(demo_server.url(path))
            found[path] = axe_violations(page)
            sources[path] = page.request.get(demo_server.url(path)).text()
            assert page.locator("html").get_attribute("lang") == (
                "sv" if path.startswith("/e/") else language
            )
    assert {path: [str(one) for one in several] for path, several in found.items() if several} == {}
    sources.pop("/login")
    assert [str(problem) for problem in html_problems(sources)] == []


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        ("data_protection_officer", "Dataskydd"),
        ("administrator", "Konton"),
        ("district_reader", "Bromma"),
    ],
)
def test_the_pages_of_those_who_see_no_answers_are_accessible(
    demo_server, open_tablet, role: str, heading: str
) -> None:
    """Who keeps accounts and data safe gets pages as good as the others'."""
    page, sources, found = open_tablet(), {}, {}
    log_in(page, demo_server, account_of(demo_server, role), heading)
    for path in THEIRS[role]:
        page.goto(demo_server.url(path))
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("finns inte")
        found[path] = axe_violations(page)
        sources[path] = page.content()
        width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, path
    assert {path: [str(one) for one in several] for path, several in found.items() if several} == {}
    assert [str(problem) for problem in html_problems(sources)] == []


def test_the_pages_fit_a_phone_at_400_per_cent(demo_server, coordinator, open_context) -> None:
    """Nothing has to be scrolled sideways at 320 CSS pixels."""
    page = open_context(viewport={"width": 320, "height": 640}, locale="sv-SE").new_page()
    log_in(page, demo_server, coordinator)
    for path in PAGES:
        page.goto(demo_server.url(path))
        width = page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= 320, path


def test_a_coordinator_plans_opens_closes_and_downloads(
    demo_server, coordinator, open_tablet: PageOpener, tmp_path: Path
) -> None:
    """The whole way on a tablet, in Swedish."""
    page = open_tablet(accept_downloads=True)
    log_in(page, demo_server, coordinator)
    page.get_by_role("link", name="Planera en omgång").click()
    page.locator("[name=instrument]").select_option("elevenkat")
    page.get_by_label("Omgångens namn").fill("Provomgång å ä ö")
    page.get_by_role("button", name="Planera omgången").click()
    page.wait_for_url("**/rounds/provomgang-a-a-o/")
    page.get_by_role("link", name="Öppna omgången").click()
    page.get_by_role("button", name="Öppna omgången").click()
    address = page.locator("code").first.inner_text()

    pupil = open_tablet()
    pupil.goto(address)
    for _ in range(40):
        if pupil.get_by_role("button", name="Skicka").is_visible():
            break
        pupil.get_by_role("button", name="Nästa").click()
    pupil.get_by_role("button", name="Skicka").click()
    pupil.wait_for_url("**/thanks")

    page.reload()
    expect(page.get_by_text("färre än 5 svar").first).to_be_visible()
    for _ in range(4):  # fewer than five are never shown
        assert pupil.request.post(address, form={"response_id": str(uuid4())}).ok
    expect(page.get_by_role("link", name="Ladda ner")).to_have_count(0)
    page.get_by_role("link", name="Stäng omgången").click()
    page.get_by_role("button", name="Stäng omgången").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner").click()
    file = tmp_path / "answers.xlsx"
    download.value.save_as(file)
    workbook = load_workbook(file)
    assert workbook.sheetnames[:5] == ["Läs mig", "Data", "Etiketter", "Kodbok", "Värden"]
    assert workbook["Data"].max_row == 1 + 5
