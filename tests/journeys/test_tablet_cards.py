"""Pupils come with cards to a tablet that many share, also without a network."""

from __future__ import annotations

import json
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import CommandLine
from tests.journeys.screens import SEND, go_on, see
from tests.journeys.tablet import (
    SENT,
    WAITING,
    answer,
    begin_sharing,
    everything_stored,
    press_start,
    see_start,
    send,
    stored,
    wait_until_empty,
)
from tests.tools.proxy import Weather

NUMBERS = count(1)
FIELD = "#entry-code"


@pytest.fixture
def coded(command_line: CommandLine, tiny: str) -> tuple[str, list[str]]:
    """Open a round that asks for codes; give its name and two codes."""
    name = f"shared-cards-{next(NUMBERS)}"
    command_line.run("round", "open", name, "--instrument", tiny, "--codes")
    made: list[str] = json.loads(
        command_line.run("codes", "create", name, "--count", "2", "--json")
    )
    return name, made


def scan(page: Page, url: str, code: str) -> None:
    """Open what stands in a card's square, as the tablet's camera does."""
    page.goto(f"{url}#code={code.replace('-', '')}")
    expect(page.locator(FIELD)).to_have_value(code)


def test_cards_work_without_a_network_from_start_to_sent(
    open_tablet, network, command_line, coded
) -> None:
    """The code goes along with the answers, locked, and is used up when they arrive."""
    name, (first, second) = coded
    page, url = open_tablet(), f"{network.address}/e/{name}"
    begin_sharing(page, url)
    network.weather = Weather.DOWN
    scan(page, url, first)
    go_on(page)
    answer(page)
    send(page, expected=WAITING)
    assert first.replace("-", "") not in everything_stored(page)
    page.locator("[data-do=start]:visible").click()
    see_start(page)
    press_start(page)
    expect(page.locator(FIELD)).to_have_value("")
    page.locator(FIELD).fill(second)
    go_on(page)
    answer(page)
    send(page, expected=WAITING)
    network.weather = Weather.FINE
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until_empty(page)
    scan(page, url, first)
    go_on(page)
    answer(page)
    page.locator(SEND).click()
    expect(page.locator("#entry-code-error")).to_contain_text("Någon har redan svarat")
    assert stored(command_line, name) == 2


def test_a_scanned_card_begins_once(open_tablet, network, coded) -> None:
    """Reload and Back lead to the start: nobody answers with the card of the one before."""
    name, (first, second) = coded
    page, url = open_tablet(), f"{network.address}/e/{name}"
    begin_sharing(page, url)
    scan(page, url, first)
    go_on(page)
    see(page, "pets")
    page.reload()
    see_start(page)
    scan(page, url, second)
    page.go_back()
    see_start(page)
    page.go_forward()
    see_start(page)


def test_a_used_card_is_told_to_the_adult(open_tablet, network, command_line, coded) -> None:
    """Without a network nobody knows; when it is back the answers are kept, and the reason."""
    name, (first, _) = coded
    page, url = open_tablet(), f"{network.address}/e/{name}"
    begin_sharing(page, url)
    scan(page, url, first)
    go_on(page)
    answer(page)
    send(page, expected=SENT)
    network.weather = Weather.DOWN
    scan(page, url, first)
    go_on(page)
    answer(page)
    send(page, expected=WAITING)
    network.weather = Weather.FINE
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox]")).to_contain_text("1 svar kunde inte tas emot")
    assert stored(command_line, name) == 1
