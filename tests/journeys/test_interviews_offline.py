"""Notes at a home visit: saved by themselves, kept without a network, never lost, never left behind."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.interviewing import Account, add_case, log_in, make_interviewer, press
from tests.tools.server import LiveServer

ROUND = "journey-visits"
BEFORE = "Hur var en vanlig skoldag innan du fick kontakt med teamet?"
SAVED, OFFLINE = "Anteckningarna är sparade.", "Inget nät"
# What the device keeps: how many, and all of it as text, bytes as Latin-1 and UTF-8.
KEPT = """async () => {
  const asked = indexedDB.open("survey-app-notes");
  const opened = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  if (!opened.objectStoreNames.contains("notes")) { opened.close(); return []; }
  const all = opened.transaction("notes").objectStore("notes").getAll();
  const items = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); });
  opened.close();
  return items.map((item) => [Object.keys(item).sort(), item.id, new TextDecoder().decode(item.sealed)]);
}"""


@pytest.fixture(scope="session")
def interviewer(command_line) -> Account:
    """Open a round, and give an account that interviews."""
    return make_interviewer(command_line, ROUND, "hembesok@demo.example")


def begin(page: Page, server: LiveServer, account: Account) -> str:
    """Begin an interview with somebody who takes part, and give the address of its notes."""
    log_in(page, server, account)
    add_case(page, server, ROUND)
    press(page, "link", "Börja intervjun")
    page.locator("[name=vill_delta][value=ja]").check()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    return page.url


def notes_of(page: Page) -> list[str]:
    """Name the open notes that are asked."""
    fields = page.locator("textarea:visible")
    return [str(fields.nth(n).get_attribute("name")) for n in range(2)]


def kept(page: Page) -> list:
    """Read what the device keeps."""
    return list(page.evaluate(KEPT))


def wait_until_nothing_is_kept(page: Page) -> None:
    """Wait for the device to forget what was sent."""
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    see_kept(page, 0)


def see_kept(page: Page, number: int) -> None:
    """Wait until the device keeps so many notes: it keeps and forgets beside what the page shows."""
    for _ in range(100):
        if len(kept(page)) == number:
            return
        page.wait_for_timeout(50)
    assert len(kept(page)) == number


def lose(route: Route) -> None:
    """Let what is sent come, and its answer be lost: whoever goes on typing is nobody else."""
    route.fetch()
    route.abort()


def test_notes_survive_a_home_visit_and_a_colleague(live_server, interviewer, open_desktop) -> None:
    """Without a network they are kept; with it both sides of a conflict are shown."""
    page, desk = open_desktop(), open_desktop()
    address = begin(page, live_server, interviewer)
    first, second = notes_of(page)
    page.context.set_offline(True)
    page.locator(f"[name={first}]").fill("Hemma hos familjen: bråk på rasterna.")
    expect(page.locator("[data-saved]")).to_contain_text(OFFLINE)
    [(keys, _, sealed)] = kept(page)
    assert keys == ["id", "iv", "sealed"]
    assert "bråk" not in sealed
    log_in(desk, live_server, interviewer)
    desk.goto(address)
    desk.locator(f"[name={first}]").fill("På kontoret: tyst.")
    desk.locator(f"[name={second}]").fill("Också på kontoret.")
    desk.keyboard.press("Control+s")
    wait_until_nothing_is_kept(desk)
    page.context.set_offline(False)
    theirs = page.locator(".theirs")
    expect(theirs).to_contain_text("På kontoret: tyst.")
    expect(page.locator(f"[name={second}]")).to_have_value("Också på kontoret.")
    expect(page.locator(f"[name={first}]")).to_have_value("Hemma hos familjen: bråk på rasterna.")
    theirs.get_by_role("button", name="Behåll mitt").click()
    wait_until_nothing_is_kept(page)
    desk.goto(address)
    expect(desk.locator(f"[name={first}]")).to_have_value("Hemma hos familjen: bråk på rasterna.")
    page.route("**/draft", lose, times=1)
    page.locator(f"[name={first}]").fill("Mer")
    expect(page.locator("[data-saved]")).to_contain_text(OFFLINE)
    page.locator(f"[name={first}]").fill("Mer hände på vägen hem.")
    wait_until_nothing_is_kept(page)
    expect(theirs).to_have_count(0)


def test_a_closed_page_loses_nothing_and_a_logged_out_device_tells_nothing(
    live_server, interviewer, open_desktop
) -> None:
    """The battery dies at the visit; whoever finds the device reads nothing."""
    page = open_desktop()
    address = begin(page, live_server, interviewer)
    first, _ = notes_of(page)
    page.locator(f"[name={first}]").fill("Ett \nord ")  # the server trims it, which is no conflict
    wait_until_nothing_is_kept(page)
    page.context.set_offline(True)
    page.locator(f"[name={first}]").fill("Ett ord som ingen ska se.")
    expect(page.locator("[data-saved]")).to_contain_text(OFFLINE)
    other = page.context.new_page()
    page.context.clear_cookies()  # first: what a page sends while it closes, no emulation keeps back
    page.close()
    page.context.set_offline(False)
    other.goto(address)
    expect(other.get_by_label("E-postadress")).to_be_visible()
    see_kept(other, 1)
    assert "ingen ska se" not in other.content() + json.dumps(kept(other))
    log_in(other, live_server, interviewer)
    other.goto(address)
    expect(other.locator(f"[name={first}]")).to_have_value("Ett ord som ingen ska se.")
    wait_until_nothing_is_kept(other)
    press(other, "button", "Spara: intervjun är klar")
    press(other, "link", "Rätta anteckningarna")
    other.locator(f"[name={first}]").fill("Ett rättat ord.")
    see_kept(other, 1)
    other.keyboard.press("Control+s")
    expect(other.get_by_text(SAVED)).to_be_visible()
    expect(other.locator(f"[name={first}]")).to_have_value("Ett rättat ord.")
    see_kept(other, 0)


def test_what_names_somebody_is_said_while_it_is_typed(
    live_server, interviewer, open_desktop
) -> None:
    """Nothing of the note is sent before it is mended."""
    page = open_desktop()
    begin(page, live_server, interviewer)
    first, _ = notes_of(page)
    note = page.locator(f"[name={first}]")
    remark = page.locator(f"[data-question={first}] [data-remark]")
    note.fill("Ring 070-123 45 67 sen")
    expect(remark).to_contain_text("070-123 45 67")
    expect(page.locator("[data-saved]")).to_have_text(
        "Inte sparat än: se de markerade anteckningarna."
    )
    note.fill("Sen kom Eva hem")
    expect(remark).to_contain_text("Eva")
    wait_until_nothing_is_kept(page)
