"""The enkät by keyboard, by ear, at 400 % zoom and in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import (
    SEND,
    THANKS,
    choose,
    error_of,
    go_on,
    open_enkat,
    question,
    write,
)
from tests.tools.accessibility import axe_violations
from tests.tools.html import html_problems


def test_the_enkat_is_answered_by_keyboard_alone(
    open_desktop, address, command_line, own_round
) -> None:
    """Who cannot point reaches every answer, and always sees where they are."""
    page = open_desktop()
    open_enkat(page, address(own_round))
    press(page, "[data-step=next]", "Enter")
    press(page, "[name=pets][value='1']", "Space", "ArrowDown")
    expect(page.locator("[name=pets][value='0']")).to_be_checked()
    press(page, "[data-step=next]", "Space")
    press(page, "[name=things][value=food]", "Space")
    press(page, "[data-step=next]", "Enter")
    press(page, "[name=life][value='0']", "Space", "ArrowRight", "ArrowRight")
    expect(page.locator("[name=life][value='2']")).to_be_checked()
    press(page, "[data-step=next]", "Enter")
    press(page, "[data-step=next]", "Enter")
    press(page, "[name=day]")
    press(page, "[data-step=next]", "Enter")
    press(page, "[name=about]")
    page.keyboard.type("Hej")
    press(page, "[data-step=next]", "Enter")
    press(page, SEND, "Enter")
    expect(page).to_have_url(THANKS)
    assert command_line.responses(own_round) == 1


def press(page: Page, selector: str, *keys: str) -> None:
    """Tab on until something has the focus, check that this can be seen, and press keys."""
    target = page.locator(selector)
    for _ in range(40):
        if target.evaluate("(it) => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    assert target.evaluate(
        """(it) => [it, it.nextElementSibling].some(
            (part) => part && parseFloat(getComputedStyle(part).outlineWidth) >= 2
                && getComputedStyle(part).outlineStyle === "solid")"""
    ), f"{selector} shows no focus"
    for key in keys:
        page.keyboard.press(key)


def test_each_screen_speaks_to_those_who_listen(open_tablet, address, round_name) -> None:
    """The heading of the new screen has the focus, so that a screen reader begins there."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    go_on(page)
    expect(question(page, "pets").locator("h2")).to_be_focused()
    go_on(page)
    expect(page.locator("#spoken")).to_have_text(error_of(page, "pets").inner_text())
    choose(page, "pets", "1")
    go_on(page)
    expect(page.locator("h2", has_text="Dina djur")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible_and_fits(open_tablet, address, round_name, scheme) -> None:
    """WCAG 2.2 AA on each screen with its messages, at 400 % zoom too."""
    page = open_tablet(color_scheme=scheme, viewport={"width": 320, "height": 640})
    open_enkat(page, address(round_name))
    broken: list[object] = []

    def look() -> None:
        where = page.evaluate("history.state.page")
        broken.extend((where, str(each)) for each in axe_violations(page))
        wide = page.evaluate(
            "(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)(document.documentElement)"
        )
        broken.extend([(where, f"scrolls {wide} px sideways")] if wide > 0 else [])

    look()
    go_on(page)
    go_on(page)
    look()
    choose(page, "pets", "1")
    go_on(page)
    write(page, "cats", "x")
    go_on(page)
    look()
    write(page, "cats", "3")
    for _ in range(7):
        go_on(page)
        look()
    expect(page.locator(SEND)).to_be_visible()
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    broken.extend(str(each) for each in axe_violations(page))
    assert broken == []


def test_every_page_is_valid_html(open_tablet, address, command_line, round_name) -> None:
    """Browsers and screen readers agree on what the page is."""
    page, pages = open_tablet(java_script_enabled=False), {}
    closed = command_line.open_round("elevenkat")
    whole = page.request.get(address(closed)).text()
    command_line.run("round", "close", closed)
    for path in (round_name, f"{round_name}/en", f"{round_name}/thanks", closed, "nothing-here"):
        pages[path] = page.request.get(address(path)).text()
    wrong = {"pets": "7", "cats": "x", "life": "3"}
    pages["422"] = page.request.post(address(round_name), form=wrong).text()
    pages["400"] = page.request.post(address(round_name), form={"no": "1"}).text()
    assert html_problems({**pages, "elevenkat": whole}) == []
