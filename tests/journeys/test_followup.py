"""The coordinator's pages about returns and the register, and the way from plan to report."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_staff_pages import coordinator, log_in
from tests.tools.accessibility import axe_violations
from tests.tools.html import html_problems
from tests.tools.server import LiveServer

__all__ = ["coordinator"]
PAGES = ("/followup/", "/followup/late", "/followup/not-expected", "/register/")


def account(server: LiveServer, role: str) -> dict[str, str]:
    """Give one of the demo's accounts."""
    kept = json.loads((server.data / "demo-accounts.json").read_text(encoding="utf-8"))
    return next(dict(each) for each in kept["accounts"] if each["role"] == role)


def team_page(page: Page) -> str:
    """Give the address of the first team's returns, from the picture."""
    cell = page.locator(".picture tbody td a").first
    return str(cell.get_attribute("href"))


@pytest.mark.parametrize("size", [(1280, 800), (810, 1080), (320, 640)])
def test_the_pages_are_accessible_and_fit(demo_server, coordinator, open_context, size) -> None:
    """Only the table scrolls, in a box that the keyboard reaches."""
    viewport = {"width": size[0], "height": size[1]}
    page = open_context(viewport=viewport, locale="sv-SE").new_page()
    log_in(page, demo_server, coordinator)
    page.goto(demo_server.url("/followup/"))
    box = page.locator(".picture").first
    box.focus()
    expect(box).to_be_focused()
    one = team_page(page)
    page.goto(demo_server.url(one))
    answered = page.locator(f"main a[href^='{one}pupil/']").first.get_attribute("href")
    assert answered
    sources, found, widths = {}, {}, {}
    for path in (*PAGES, one, answered, f"/followup/{one.split('/')[2]}/lock"):
        page.goto(demo_server.url(path))
        found[path] = [str(violation) for violation in axe_violations(page)]
        widths[path] = page.evaluate("() => document.documentElement.scrollWidth")
        sources[path] = page.request.get(demo_server.url(path)).text()
    assert {path: several for path, several in found.items() if several} == {}
    assert {path: width for path, width in widths.items() if width > size[0]} == {}
    assert [str(problem) for problem in html_problems(sources)] == []


def test_a_term_is_planned_and_reported(demo_server, coordinator, open_tablet) -> None:
    """A slip in the period is said and nothing lost; then the team finds its pupils."""
    page = open_tablet()
    log_in(page, demo_server, coordinator)
    page.goto(demo_server.url("/rounds/new"))
    page.get_by_label("Omgångens namn").fill("Betyg våren")
    page.locator("[name=instrument]").select_option("betyg")
    page.get_by_label("Period").fill("vt26")
    page.get_by_role("button", name="Planera omgången").click()
    expect(page.get_by_text("”vt26” är ingen period")).to_be_visible()
    expect(page.get_by_label("Omgångens namn")).to_have_value("Betyg våren")
    page.get_by_label("Period").fill("vt-2026")
    page.get_by_role("button", name="Planera omgången").click()
    page.wait_for_url("**/rounds/betyg-varen/")
    expect(page.get_by_text("7 juli 2026")).to_be_visible()  # a week after the term
    page.get_by_role("link", name="Öppna omgången").click()
    page.get_by_role("button", name="Öppna omgången").click()
    expect(page.get_by_role("status")).to_contain_text("är öppen")

    team = open_tablet()
    team.goto(demo_server.url("/login"))
    member = account(demo_server, "team_member")
    team.get_by_label("E-postadress").fill(member["email"])
    team.get_by_label("Lösenord").fill(member["password"])
    team.keyboard.press("Enter")
    team.get_by_role("link", name="Betyg våren").first.click()
    first = team.locator("[id^=u-]").first
    expect(first.get_by_role("heading", name="Vilken årskurs går eleven i?")).to_be_visible()
    expect(first.locator("[data-state-word]")).to_have_text("Försenad")
