"""The enkät on an old tablet, or when the school's filter blocks a script: one long page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import SEND, choose, error_of, write
from tests.tools.accessibility import axe_violations

THANKS = re.compile(r"/thanks$")


@pytest.fixture(params=["no script", "expressions.js blocked", "respond.js blocked"])
def long_page(request: pytest.FixtureRequest, open_tablet) -> Page:
    """Open a tablet where the page stays as the server wrote it."""
    page: Page = open_tablet(java_script_enabled=request.param != "no script")
    if request.param.endswith("blocked"):
        page.route(f"**/js/{request.param.split()[0]}", lambda route: route.abort())
    return page


def test_the_long_page_is_answered_and_counted(long_page, address, command_line, own_round):
    """The promise holds without any script: everything can be read, answered and sent."""
    long_page.goto(address(own_round))
    expect(long_page.locator("[name=about]")).to_be_visible()
    choose(long_page, "pets", "1")
    write(long_page, "cats", "2")
    choose(long_page, "life", "3")
    long_page.locator(SEND).click()
    expect(long_page).to_have_url(THANKS)
    assert command_line.responses(own_round) == 1


def test_mistakes_are_listed_and_nothing_typed_is_lost(open_tablet, address, round_name) -> None:
    """Each message leads to its question; what was right stays."""
    page = open_tablet(java_script_enabled=False)
    page.goto(address(round_name))
    write(page, "about", "Kvar")
    write(page, "cats", "många")
    choose(page, "pets", "1")
    page.locator(SEND).click()
    expect(page.locator("#error-summary")).to_be_visible()
    expect(error_of(page, "cats")).to_be_visible()
    expect(page.locator("[name=about]")).to_have_value("Kvar")
    expect(page.locator("[name=cats]")).to_have_value("många")
    page.locator("#error-summary a").click()
    expect(page.locator("[name=cats]")).to_be_focused()
    write(page, "cats", "1")
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)


def test_the_long_page_is_accessible(open_tablet, address, round_name) -> None:
    """WCAG 2.2 AA for the page before its script, and with its messages."""
    page = open_tablet()
    page.route("**/js/respond.js", lambda route: route.abort())
    page.goto(address(round_name))
    expect(page.locator("[name=about]")).to_be_visible()
    assert [str(each) for each in axe_violations(page)] == []
    page.locator(SEND).click()
    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.locator("[name=about]")).to_be_visible()
    assert [str(each) for each in axe_violations(page)] == []


def test_the_screens_begin_at_the_servers_first_complaint(open_tablet, address, round_name):
    """Should the script come back after an error, the pupil lands where something is wrong."""
    page = open_tablet()
    page.route("**/js/respond.js", lambda route: route.abort())
    page.goto(address(round_name))
    choose(page, "pets", "1")
    write(page, "cats", "99")
    page.unroute("**/js/respond.js")
    page.locator(SEND).click()
    expect(page.locator("form.is-paged")).to_be_visible()
    expect(error_of(page, "cats")).to_be_visible()
    expect(page.locator("[name=cats]")).to_have_value("99")
    expect(page.locator("[name=about]")).to_be_hidden()
