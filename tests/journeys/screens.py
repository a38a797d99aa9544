"""Answer the enkät as a pupil does: by what stands on the screen."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

NEXT, BACK, SEND = "[data-step=next]", "[data-step=back]", "#sending [type=submit]"
THANKS = re.compile(r"/thanks$")


def open_enkat(page: Page, url: str) -> None:
    """Open the address and wait until its script has taken over."""
    page.goto(url)
    expect(page.locator("form.is-paged")).to_be_visible()


def question(page: Page, name: str) -> Locator:
    """Give a question."""
    return page.locator(f"[data-question='{name}']")


def choose(page: Page, name: str, code: str) -> None:
    """Touch an answer's card."""
    control = question(page, name).locator(f"input[value='{code}']")
    page.locator(f"label[for='{control.get_attribute('id')}']").click()
    expect(control).to_be_checked()


def write(page: Page, name: str, text: str) -> None:
    """Write an answer."""
    question(page, name).locator("input, textarea").fill(text)


def go_on(page: Page) -> None:
    """Press Next."""
    page.locator(NEXT).click()


def go_back(page: Page) -> None:
    """Press Back."""
    page.locator(BACK).click()


def see(page: Page, name: str) -> None:
    """Wait until a question is the screen's."""
    expect(question(page, name)).to_be_visible()


def go_to_the_end(page: Page) -> None:
    """Press Next until the answers can be sent."""
    while not page.locator(SEND).is_visible():
        here = page.evaluate("history.state.page")
        go_on(page)
        page.wait_for_function("(before) => history.state.page !== before", arg=here)


def error_of(page: Page, name: str) -> Locator:
    """Give the message at a question."""
    return question(page, name).locator(".field-error")


def answer_features(page: Page) -> None:
    """Answer everything, up to the screen where it is sent."""
    go_on(page)
    choose(page, "pets", "1")
    go_on(page)
    write(page, "cats", "3")
    write(page, "hours", "1,50")
    go_on(page)
    expect(question(page, "told")).to_contain_text("12")
    go_on(page)
    choose(page, "things", "food")
    choose(page, "things", "rest")
    go_on(page)
    choose(page, "life", "5")
    go_on(page)
    choose(page, "calm", "REF")
    go_on(page)
    write(page, "day", "2026-02-28")
    go_on(page)
    write(page, "about", "Två katter\noch en till")
    go_on(page)
    expect(page.locator(SEND)).to_be_visible()
