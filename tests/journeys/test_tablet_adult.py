"""The adult's page of a shared tablet: behind a PIN, and the only place where answers are removed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.tablet import (
    PIN,
    WAITING,
    answer,
    begin_sharing,
    open_adult,
    outbox,
    press_start,
    see_start,
    send,
    wait_until_empty,
    wait_until_kept,
)
from tests.tools.accessibility import axe_violations
from tests.tools.proxy import Weather


def test_the_adults_page_asks_for_the_pin(open_tablet, url) -> None:
    """Five guesses, then pauses that grow and survive a reload."""
    page = open_tablet()
    page.clock.install()
    begin_sharing(page, url)
    error = page.locator("#pin-error")
    for guess in range(5):
        open_adult(page, f"000{guess}")
        expect(error).to_be_visible()
        page.locator("[data-view=pin] [data-do=start]").click()
    open_adult(page)
    expect(error).to_have_text(re.compile(r"Vänta (2\d|30) sekunder"))
    page.goto(f"{url}/tablet")
    open_adult(page)
    expect(error).to_have_text(re.compile(r"Vänta (2\d|30) sekunder"))
    page.clock.run_for(31_000)
    page.goto(f"{url}/tablet")
    open_adult(page, "9999")
    expect(error).to_have_text(re.compile(r"Vänta (5\d|60) sekunder"))
    page.clock.run_for(61_000)
    page.goto(f"{url}/tablet")
    open_adult(page)
    expect(page.locator("[data-view=adult]")).to_be_visible()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert PIN not in kept
    page.reload()
    see_start(page)
    open_adult(page)
    page.locator("[data-do=end]").click()
    expect(page.locator("[data-view=setup]")).to_be_visible()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.goto(url)
    expect(page.locator("form.is-paged")).to_be_visible()


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4"])
def test_a_pin_has_four_to_eight_digits(open_tablet, url, pin) -> None:
    """Anything else is explained, and the mode does not begin."""
    page = open_tablet()
    page.goto(f"{url}/tablet")
    page.locator("#new-pin").evaluate("(it, pin) => { it.value = pin; }", pin)
    page.locator("[data-form=setup] button").click()
    expect(page.locator("#new-pin-error")).to_have_text("Välj 4 till 8 siffror.")
    assert page.evaluate("localStorage.length") == 0


def test_what_was_refused_is_removed_by_an_adult_alone(
    open_tablet, network, command_line, tiny_round
) -> None:
    """It says why, and asks before it is gone for good."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    begin_sharing(page, url)
    wait_until_kept(page)
    press_start(page)
    answer(page)
    network.weather = Weather.DOWN
    send(page, expected=WAITING)
    command_line.run("round", "close", tiny_round)
    network.weather = Weather.FINE
    page.goto(f"{url}/tablet")
    expect(page.locator("[data-outbox]")).to_contain_text("1 svar kunde inte tas emot.")
    open_adult(page)
    expect(page.locator("[data-reason=closed]")).to_be_visible()
    assert axe_violations(page) == []
    page.locator("[data-do=ask]").click()
    assert axe_violations(page) == []
    page.locator("[data-do=keep]").click()
    assert len(outbox(page)) == 1
    page.locator("[data-do=ask]").click()
    page.clock.install()
    page.keyboard.press("Shift")
    page.clock.run_for(250_000)
    see_start(page)  # the adult went away: the question goes too, or the start could not be pressed
    open_adult(page)
    page.locator("[data-do=ask]").click()
    page.locator("[data-do=forget]").click()
    wait_until_empty(page)


def test_a_lost_file_is_asked_for_again(open_tablet, network, tiny_round) -> None:
    """On a bad network one of the many files is always lost; a tablet must have them all."""
    lost: list[str] = []

    def lose_once(_method: str, path: str) -> Weather:
        is_lost = path.endswith("/en/thanks") and not lost
        lost.extend([path] * is_lost)
        return Weather.DOWN if is_lost else Weather.FINE

    network.choose = lose_once
    page = open_tablet()
    begin_sharing(page, f"{network.address}/e/{tiny_round}")
    assert lost


def test_the_setup_says_what_it_waits_for(open_tablet, network, tiny_round) -> None:
    """It does not begin before everything is there, nor leave the adult without a word."""
    network.choose = lambda _method, path: (
        Weather.ERROR if path.endswith("worker.js") else Weather.FINE
    )
    page = open_tablet()
    page.goto(f"{network.address}/e/{tiny_round}/tablet")
    page.locator("#new-pin").fill(PIN)
    page.locator("[data-form=setup] button").click()
    said = page.locator("[data-fetching]")
    expect(said).to_have_text("Plattan hämtar frågorna, så att de finns här även utan nät …")
    expect(said).to_contain_text("Se efter att plattan har nät.")
    page.reload()
    expect(page.locator("#new-pin")).to_be_visible()
    page.locator("#new-pin").fill(PIN)
    page.locator("[data-form=setup] button").click()
    network.choose = None
    page.evaluate("dispatchEvent(new Event('online'))")
    see_start(page)
