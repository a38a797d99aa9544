"""The enkät on a bad network: it works without one, and every answer arrives once."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import CommandLine
from tests.journeys.screens import SEND, open_enkat
from tests.journeys.tablet import (
    MARKER,
    SENT,
    WAITING,
    answer,
    everything_stored,
    files_with,
    open_kept,
    outbox,
    send,
    stored,
    wait_until_empty,
)
from tests.journeys.tablet_questionnaire import TINY
from tests.tools.browser import LAUNCH_ARGUMENTS
from tests.tools.proxy import BadNetwork, Weather, bad_network
from tests.tools.server import serving

BACK = "dispatchEvent(new Event('online'))"  # what a tablet says when its Wi-Fi is back


def try_again(page: Page) -> None:
    """Let the network come back."""
    page.evaluate(BACK)


def test_once_opened_it_works_without_a_network_from_start_to_sent(
    open_tablet, network, command_line, tiny_round
) -> None:
    """A class in a cellar answers; what they said is sent upstairs."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    open_kept(page, url)
    page.context.set_offline(True)
    for language in ("", "/en"):
        open_enkat(page, url + language)
        answer(page)
        send(page, expected=WAITING)
    expect(page.locator("[data-outbox]")).to_have_text("2 answers are waiting to be sent.")
    open_enkat(page, url)
    expect(page.locator("[data-outbox]")).to_have_text("2 svar väntar på att skickas.")
    assert network.posts() == 0
    page.context.set_offline(False)
    try_again(page)
    wait_until_empty(page)
    assert stored(command_line, tiny_round) == 2


def test_only_the_servers_own_word_counts(open_tablet, network, command_line, tiny_round) -> None:
    """Captive portals, errors and silence keep the answer; afterwards it is stored once."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    open_kept(page, url)
    bad = [each for each in Weather if each is not Weather.FINE]
    for weather in bad:
        answer(page)
        network.weather = weather
        send(page, expected=WAITING)
        assert not any("refused" in item for item in outbox(page)), weather
        open_enkat(page, url)  # whatever the network says, the page is there
    assert len(outbox(page)) == len(bad)
    network.weather = Weather.FINE
    try_again(page)
    wait_until_empty(page)
    assert stored(command_line, tiny_round) == len(bad)


def open_profile(browser: Browser, chromium: Path, folder: Path) -> BrowserContext:
    """Start a browser that keeps its profile, as a tablet does."""
    return browser.browser_type.launch_persistent_context(
        folder, executable_path=chromium, args=list(LAUNCH_ARGUMENTS), locale="sv-SE"
    )


def test_a_restarted_browser_sends_what_waits_once(
    browser, chromium, network, command_line, tiny_round, tmp_path
) -> None:
    """The battery dies on the way back; nobody reads what waits, and it arrives."""
    url, profile = f"{network.address}/e/{tiny_round}", tmp_path / "profile"
    context = open_profile(browser, chromium, profile)
    page = context.new_page()
    open_kept(page, url)
    answer(page)
    network.weather = Weather.LOST  # the server has it, and nobody knows
    send(page, expected=WAITING)
    assert MARKER not in everything_stored(page)
    context.close()
    assert files_with(MARKER, profile) == []
    assert files_with(tiny_round, profile) != [], "the search finds what is there"
    network.weather = Weather.FINE
    context = open_profile(browser, chromium, profile)
    page = context.new_page()
    open_enkat(page, url)
    wait_until_empty(page)
    context.close()
    assert stored(command_line, tiny_round) == 1


def test_a_server_killed_in_between_takes_the_answer_once(open_tablet, tmp_path) -> None:
    """The server dies at once after it was heard; another one continues with its data."""
    data = tmp_path / "data"
    command_line = CommandLine(data)
    command_line.publish(TINY, tmp_path)
    name = command_line.open_round("tiny")
    page = open_tablet()
    with bad_network(0) as network:
        url = f"{network.address}/e/{name}"
        with serving(data) as server:
            network.target = int(server.address.rpartition(":")[2])
            open_kept(page, url)
            answer(page)
            network.weather = Weather.LOST
            send(page, expected=WAITING)
            os.kill(server.process.pid, signal.SIGKILL)
        network.weather = Weather.FINE
        try_again(page)
        expect(page.locator(WAITING)).to_be_visible()
        with serving(data) as server:
            network.target = int(server.address.rpartition(":")[2])
            try_again(page)
            expect(page.locator(SENT)).to_be_visible()
    assert stored(command_line, name) == 1


def test_nothing_on_the_tablet_tells_what_waits(open_tablet, network, tiny_round) -> None:
    """The next pupil, or a teacher who opens the storage, finds a locked box and its number."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    open_kept(page, url)
    sizes = set()
    for text in ("x", MARKER * 40):
        open_enkat(page, url)
        network.weather = Weather.DOWN
        answer(page, text)
        send(page, expected=WAITING)
        network.weather = Weather.FINE if text == "x" else Weather.DOWN
    everything = everything_stored(page)
    assert MARKER not in everything
    assert "Berätta mer" in everything, "the empty pages are there"
    for item in outbox(page):
        assert sorted(item) == ["id", "round", "sealed"]
        sizes.add(len(item["sealed"]))
    assert len(sizes) == 1


def test_a_round_that_closed_keeps_the_answer_and_says_so(
    open_tablet, network, command_line, tiny_round
) -> None:
    """Nothing is thrown away in silence: an adult reads what happened, and decides."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    open_kept(page, url)
    answer(page)
    network.weather = Weather.DOWN
    send(page, expected=WAITING)
    command_line.run("round", "close", tiny_round)
    network.weather = Weather.FINE
    try_again(page)
    refused = "1 svar kunde inte tas emot. Säg till en vuxen."
    expect(page.locator("[data-outbox]")).to_have_text(refused)
    (item,) = outbox(page)
    assert item["refused"] == "closed"
    posts = network.posts()
    try_again(page)
    page.wait_for_timeout(300)
    assert network.posts() == posts, "it is tried again when an adult asks for it"


def test_a_captive_portal_does_not_stand_in_for_the_page(open_tablet, network, tiny_round) -> None:
    """The questionnaire opens from the tablet, not the café's terms."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    open_kept(page, url)
    for weather in (Weather.PORTAL, Weather.ELSEWHERE, Weather.ERROR, Weather.FORBIDDEN):
        network.weather = weather
        open_enkat(page, url)


def test_a_changed_page_is_kept_whole_or_not_at_all(open_tablet, network, tiny_round) -> None:
    """A tablet never shows a page of one state with the parts of another."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    open_kept(page, url)
    (before,) = page.evaluate("caches.keys()")

    def newer(path: str, content: bytes) -> bytes:
        if path.endswith("worker.js"):
            return re.sub(rb'"version": "\w+"', b'"version": "newer"', content)
        return content.replace(b"husdjur", b"HUSDJUR")  # not what the digests say

    network.edit = newer
    page.goto(url)
    page.wait_for_timeout(1500)
    network.edit, network.weather = None, Weather.DOWN
    assert page.evaluate("caches.keys()") == [before]
    page.goto(url)
    expect(page.locator("form.is-paged")).to_contain_text("husdjur")

    network.edit = lambda path, content: (
        re.sub(rb'"version": "\w+"', b'"version": "newest"', content)
        if path.endswith("worker.js")
        else content
    )
    network.weather = Weather.FINE
    page.goto(url)
    page.wait_for_function("async () => (await caches.keys()).some((it) => it.endsWith('newest'))")


def test_where_browsers_cannot_lock_the_answers_stay_on_the_screen(
    browser, chromium, network, tiny_round
) -> None:
    """Over plain http nothing is stored, and the page does not pretend."""
    rules = f"MAP school.test 127.0.0.1:{network.port}"
    started = browser.browser_type.launch(
        executable_path=chromium, args=[*LAUNCH_ARGUMENTS, f"--host-resolver-rules={rules}"]
    )
    page = started.new_page(locale="sv-SE")
    open_enkat(page, f"http://school.test/e/{tiny_round}")
    answer(page)
    network.weather = Weather.DOWN
    page.locator(SEND).click()
    expect(page.locator(".sending-message")).not_to_be_empty()
    expect(page.locator(".review-answer").nth(1)).to_have_text(MARKER)
    assert page.evaluate("(async () => (await indexedDB.databases()).length)()") == 0
    network.weather = Weather.FINE
    page.goto(f"http://school.test/e/{tiny_round}/tablet")
    expect(page.locator("[data-view=unable]")).to_be_visible()
    started.close()


def test_the_server_asks_for_a_pause(open_tablet, network: BadNetwork, tiny_round) -> None:
    """Retry-After is heeded, and then it is sent without anybody's doing."""
    page, url = open_tablet(), f"{network.address}/e/{tiny_round}"
    open_kept(page, url)
    answer(page)
    network.weather = Weather.BUSY
    send(page, expected=WAITING)
    network.weather = Weather.FINE
    expect(page.locator(SENT)).to_be_visible(timeout=5000)
