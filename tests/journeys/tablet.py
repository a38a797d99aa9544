"""Steps on a tablet with a bad network, and what can be found in its storage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import CommandLine
from tests.journeys.screens import SEND, choose, go_on, open_enkat, write

MARKER = "hemlig-ripa"  # an answer that nothing else contains
PIN = "2468"
WAITING, SENT = "#waiting", "#sent"


def wait_until_kept(page: Page) -> None:
    """Wait until the tablet has everything that the round needs."""
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.ready).active.state === 'activated'"
    )


def open_kept(page: Page, url: str) -> None:
    """Open a round for the first time, while there is a network."""
    open_enkat(page, url)
    wait_until_kept(page)


def answer(page: Page, text: str = MARKER) -> None:
    """Answer everything, up to the screen where it is sent."""
    choose(page, "pets", "1")
    go_on(page)
    write(page, "about", text)
    go_on(page)
    expect(page.locator(SEND)).to_be_visible()


def send(page: Page, *, expected: str) -> None:
    """Send, and wait for what the thank-you page says."""
    page.locator(SEND).click()
    expect(page.locator(expected)).to_be_visible()


def begin_sharing(page: Page, url: str, minutes: str = "3") -> None:
    """Let an adult make the tablet ready."""
    page.goto(f"{url}/tablet")
    page.locator("#new-pin").fill(PIN)
    page.locator("#minutes").select_option(minutes)
    page.locator("[data-form=setup] button").click()
    see_start(page)


def see_start(page: Page) -> None:
    """Wait for the start screen."""
    expect(page.locator("[data-do=begin]")).to_be_visible()


def press_start(page: Page, language: str = "sv") -> None:
    """Begin as a pupil does."""
    page.locator("[data-do=begin]").click()
    page.locator(f"[data-language][hreflang={language}]").click()
    expect(page.locator("form.is-paged")).to_be_visible()


def outbox(page: Page) -> list[dict[str, Any]]:
    """Read what waits, as whoever opens the tablet's storage would."""
    read = """() => new Promise((resolve, reject) => {
        const asked = indexedDB.open("survey-app");
        asked.onerror = reject;
        asked.onsuccess = () => {
            const all = asked.result.transaction("outbox").objectStore("outbox").getAll();
            all.onsuccess = () => { asked.result.close(); resolve(all.result); };
        };
    })"""
    found: list[dict[str, Any]] = page.evaluate(read)
    return found


def wait_until_empty(page: Page) -> None:
    """Wait until nothing waits any more."""
    for _ in range(100):
        if not outbox(page):
            break
        page.wait_for_timeout(100)
    assert outbox(page) == []
    expect(page.locator("[data-outbox]")).to_be_empty()


def everything_stored(page: Page) -> str:
    """Give all that the page's origin keeps in the browser, as text."""
    read = """async () => {
        const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
        kept.push(JSON.stringify(history.state), location.href, document.cookie);
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                kept.push(request.url, await (await cache.match(request)).text());
            }
        }
        for (const { name } of await indexedDB.databases()) kept.push(name);
        return kept.join("\\n");
    }"""
    return str(page.evaluate(read)) + json.dumps(outbox(page))


def files_with(text: str, folder: Path) -> list[str]:
    """Name the files of a browser's profile that hold a text, in either of its encodings."""
    wanted = (text.encode(), text.encode("utf-16-le"))
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(each in path.read_bytes() for each in wanted)
    ]


def stored(command_line: CommandLine, name: str) -> int:
    """Close a round, and count what it got."""
    command_line.run("round", "close", name)
    return command_line.responses(name)


def open_adult(page: Page, pin: str = PIN) -> None:
    """Write a PIN behind the link for adults."""
    page.locator("[data-do=adult]").click()
    page.locator("#pin").fill(pin)
    page.locator("[data-form=pin] button").first.click()
