"""The coordinator's pages about returns and the register: accessible, and no wider than a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_staff_pages import coordinator, log_in
from tests.tools.accessibility import axe_violations
from tests.tools.html import html_problems

__all__ = ["coordinator"]
PAGES = ("/followup/", "/followup/late", "/followup/not-expected", "/register/")


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
