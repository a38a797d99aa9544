"""A tablet that many share: one pupil after the other, and nothing of the one before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.screens import BACK, SEND, THANKS, choose, go_on, question, see
from tests.journeys.tablet import (
    MARKER,
    PIN,
    SENT,
    WAITING,
    answer,
    begin_sharing,
    everything_stored,
    open_adult,
    press_start,
    see_start,
    send,
    stored,
    wait_until_empty,
    wait_until_kept,
)
from tests.tools.accessibility import axe_violations
from tests.tools.proxy import Weather

TICKS = 12  # seconds until the start shows again, and a little more
STILL_THERE = "dialog[open]"
HOLD = "() => { window.left = 0; navigation.onnavigate = (it) => { it.preventDefault(); left += 1; }; }"


def test_pupil_after_pupil_without_an_adult(open_tablet, network, command_line, tiny_round) -> None:
    """Start, language, questions, thanks, and by itself the start for the next; offline too."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    begin_sharing(page, url)
    wait_until_kept(page)
    for language in ("sv", "en", "en"):
        press_start(page, language)
        assert page.locator("html").get_attribute("lang") == language
        see(page, "pets")
        assert page.locator("input:checked").count() == 0
        answer(page)
        send(page, expected=WAITING if network.weather is Weather.DOWN else SENT)
        if language == "en":
            page.locator("[data-do=start]:visible").click()
        page.wait_for_url("**/tablet", timeout=TICKS * 1000)
        see_start(page)
        network.weather = Weather.DOWN
    expect(page.locator("[data-outbox]")).to_have_text("2 svar väntar på att skickas.")
    open_adult(page)
    expect(page.locator("[data-do=send]")).to_be_enabled()
    network.weather = Weather.FINE
    # Whoever is first, the adult or the tablet by itself, the button does it or has nothing to do.
    page.locator("[data-do=send]").evaluate("button => button.click()")
    wait_until_empty(page)
    expect(page.locator("[data-view=adult] [role=status]")).to_have_text("Alla svar är skickade.")
    assert stored(command_line, tiny_round) == 3


def test_the_next_child_meets_nothing_of_the_one_before(open_tablet, url) -> None:
    """Back, forward, reload and the page from memory lead to the start."""
    page = open_tablet()
    begin_sharing(page, url)
    press_start(page)
    answer(page)
    entries = page.evaluate("history.length")
    send(page, expected=SENT)
    page.locator("[data-do=start]:visible").click()
    see_start(page)
    assert MARKER not in everything_stored(page)
    assert page.evaluate("history.length") < entries + 1
    page.go_back()
    see_start(page)
    page.go_forward()
    see_start(page)
    page.goto(url)  # the address itself, or the icon on the home screen
    see_start(page)


def test_a_reload_in_the_middle_starts_again(open_tablet, url) -> None:
    """Nothing is kept between two touches."""
    page = open_tablet()
    begin_sharing(page, url)
    for leave in (
        page.reload,
        lambda: page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"),
        lambda: page.goto(f"{url}/en"),
    ):  # fmt: skip
        press_start(page)
        choose(page, "pets", "1")
        go_on(page)
        leave()
        see_start(page)
        press_start(page)
        see(page, "pets")
        assert page.locator("input:checked").count() == 0
        page.goto(f"{url}/tablet")
        see_start(page)


def test_back_within_ones_own_answers_is_as_ever(open_tablet, url) -> None:
    """The browser's Back does not throw away what one has just answered."""
    page = open_tablet()
    begin_sharing(page, url)
    press_start(page)
    choose(page, "pets", "1")
    go_on(page)
    see(page, "about")
    page.go_back()
    see(page, "pets")
    expect(page.locator("input:checked")).to_have_count(1)
    go_on(page)
    page.locator(BACK).click()
    see(page, "pets")


def test_nobody_there_for_a_while_wipes_everything(open_tablet, url) -> None:
    """It asks, gives a minute, and believes an answer; without one it starts again."""
    page = open_tablet()
    page.clock.install()
    begin_sharing(page, url, minutes="2")
    press_start(page)
    choose(page, "pets", "1")
    page.clock.run_for(110_000)
    expect(page.locator(STILL_THERE)).to_have_count(0)
    page.clock.run_for(15_000)
    expect(page.locator(STILL_THERE)).to_be_visible()
    assert axe_violations(page) == []
    page.clock.run_for(50_000)
    page.locator(f"{STILL_THERE} button").click()
    expect(page.locator(STILL_THERE)).to_have_count(0)
    expect(page.locator("input:checked")).to_have_count(1)
    page.clock.run_for(119_000)
    expect(page.locator(STILL_THERE)).to_have_count(0)
    page.clock.run_for(2_000)
    page.keyboard.press("Escape")
    expect(page.locator(STILL_THERE)).to_have_count(0)
    page.clock.run_for(185_000)
    see_start(page)
    press_start(page)
    assert page.locator("input:checked").count() == 0


def test_a_tablet_that_slept_starts_again(open_tablet, url) -> None:
    """An open lid in the morning shows no answers of yesterday."""
    page = open_tablet()
    page.clock.install()
    begin_sharing(page, url)
    press_start(page)
    choose(page, "pets", "1")
    page.clock.fast_forward("08:00:00")
    see_start(page)


def test_the_clock_of_the_thanks_can_be_stopped(open_tablet, url) -> None:
    """Who reads slowly has all the time there is (WCAG 2.2.1)."""
    page = open_tablet()
    begin_sharing(page, url)
    press_start(page)
    answer(page)
    page.clock.install()
    send(page, expected=SENT)
    pause = page.locator("[data-do=pause]")
    expect(pause).to_be_visible()
    page.clock.run_for(4_000)
    pause.click()
    page.clock.run_for(60_000)
    expect(page).to_have_url(THANKS)
    expect(pause).to_have_attribute("aria-pressed", "true")
    page.evaluate(HOLD)
    pause.click()
    page.clock.run_for(14_000)
    # On a slow network, each further try would end the one before.
    assert page.evaluate("left") == 1
    page.evaluate("navigation.onnavigate = null")
    page.locator("[data-do=start]:visible").click()
    see_start(page)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_screen_is_accessible_and_fits(open_tablet, url, direction) -> None:
    """WCAG 2.2 AA on each screen, in either direction, at 400 % zoom too."""
    page = open_tablet(viewport={"width": 320, "height": 640})
    broken: list[object] = []

    def look(what: str) -> None:
        page.evaluate("(it) => { document.documentElement.dir = it; }", direction)
        broken.extend((what, str(each)) for each in axe_violations(page))
        size = "(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)"
        wide = page.evaluate(f"{size}(document.documentElement)")
        broken.extend([(what, f"scrolls {wide} px sideways")] if wide > 0 else [])

    page.goto(f"{url}/tablet")
    expect(page.locator("[data-view=setup]")).to_be_visible()
    look("setup")
    page.locator("[data-form=setup] button").click()
    look("setup with its message")
    begin_sharing(page, url)
    look("start")
    page.locator("[data-do=begin]").click()
    look("languages")
    page.locator("[data-view=languages] [data-do=start]").click()
    open_adult(page, "0000")
    expect(page.locator("#pin-error")).to_be_visible()
    look("PIN")
    page.goto(f"{url}/tablet")
    open_adult(page)
    expect(page.locator("[data-view=adult]")).to_be_visible()
    look("adult")
    page.goto(f"{url}/tablet")
    press_start(page)
    look("question")
    answer(page)
    look("review")
    send(page, expected=SENT)
    look("thanks")
    assert broken == []


def test_it_is_done_by_keyboard_alone(open_desktop, url) -> None:
    """Who cannot point comes from the start to the thanks and back."""
    page = open_desktop()
    begin_sharing(page, url)
    press(page, "[data-do=begin]")
    press(page, "[hreflang=sv][data-language]")
    expect(question(page, "pets")).to_be_visible()
    press(page, "[name=pets][value='1']", "Space")
    press(page, "[data-step=next]")
    press(page, "[data-step=next]")
    press(page, SEND)
    press(page, "[data-do=pause]")
    press(page, "#again [data-do=start]")
    press(page, "[data-do=adult]")
    press(page, "#pin", *PIN, "Enter")
    press(page, "[data-do=end]")
    expect(page.locator("[data-view=setup]")).to_be_visible()


def press(page: Page, selector: str, *keys: str) -> None:
    """Tab on until something has the focus, and press keys; Enter when none is given."""
    target = page.locator(selector)
    expect(target).to_be_visible()
    for _ in range(40):
        if target.evaluate("(it) => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    for key in keys or ("Enter",):
        page.keyboard.press(key)


def test_without_a_script_the_page_says_so(open_tablet, url) -> None:
    """The plain questionnaire is one link away, and works as ever."""
    page = open_tablet(java_script_enabled=False)
    page.goto(f"{url}/tablet")
    expect(page.locator("[data-view=unable]")).to_be_visible()
    page.locator("[data-view=unable] a").click()
    page.locator("[name=about]").fill(MARKER)
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    expect(page.locator(SENT)).to_be_visible()
