"""An interview is coded by keyboard alone, on pages that everybody can use."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.interviewing import log_in, press
from tests.tools.accessibility import axe_violations
from tests.tools.html import html_problems
from tests.tools.server import LiveServer

ROUND = "journey-coding"
EMAIL, SECOND = "kodare@demo.example", "andra@demo.example"
SAID = "😀 Det var bråk. Ingen såg det.\nHemma sa jag inget. Jag var trött."


@pytest.fixture(scope="module")
def coder(command_line) -> tuple[str, str, str, str]:
    """Open a round of interviews; give an account that does all, and one that codes alone."""
    command_line.run("round", "open", ROUND, "--instrument", "intervju_elev")
    roles = [part for role in ("interviewer", "coder", "coordinator") for part in ("--role", role)]
    printed = command_line.run("account", "create", EMAIL, *roles)
    second = command_line.run("account", "create", SECOND, "--role", "coder")
    passwords = [each.split("Password: ")[1].strip() for each in (printed, second)]
    return EMAIL, passwords[0], SECOND, passwords[1]


def hold_interview(page: Page, server: LiveServer) -> str:
    """Interview a grown-up pupil, and give the pseudonym."""
    page.goto(server.url(f"/interviews/{ROUND}/new"))
    press(page, "button", "Spara")
    page.wait_for_url("**/cases/*/")
    address = page.url
    page.goto(f"{address}consent")
    page.get_by_label("Dagen då det skrevs under").fill("2026-01-15")
    page.locator("[name=form_version]").fill("1")
    page.locator("[name=is_15][value=yes]").check()
    page.locator("[name=person]").check()
    press(page, "button", "Spara")
    page.wait_for_url(address)
    page.goto(f"{address}notes")
    page.locator("[name=vill_delta][value=ja]").check()
    page.locator("[name=fore_text]").fill(SAID)
    press(page, "button", "Spara: intervjun är klar")
    page.wait_for_url(address)
    return address.rstrip("/").rpartition("/")[2]


def begin_scheme(page: Page, server: LiveServer) -> None:
    """Begin a scheme of an area and a code under it."""
    page.goto(server.url(f"/coding/{ROUND}/scheme"))
    page.locator("[name=title]").fill("Resan")
    press(page, "button", "Börja")
    for name, label in (("fore", "Före"), ("fore_brak", "Bråk")):
        press(page, "link", "Lägg till en kod")
        page.locator("[name=label]").fill(label)
        page.locator("[name=name]").fill(name)
        if name != "fore":
            page.locator("[name=parent]").select_option(label="Före")
        press(page, "button", "Spara")
        expect(page.get_by_text("Den är tillagd.")).to_be_visible()


def test_an_interview_is_coded_by_keyboard(live_server, coder, open_context) -> None:
    """Sentences by arrows, codes by letters, the place kept; then with a mouse, any words."""
    page = open_context(viewport={"width": 1280, "height": 800}, locale="sv-SE").new_page()
    log_in(page, live_server, coder[:2])
    case = hold_interview(page, live_server)
    begin_scheme(page, live_server)
    page.goto(live_server.url(f"/coding/{ROUND}/cases/{case}/"))
    lines, said = page.locator(".line"), page.locator("#said")
    lines.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#chosen")).to_contain_text("Ingen såg det.")
    page.keyboard.type("brå")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Vald: Bråk")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Sparat.")
    passages = page.locator(".passage blockquote")
    assert [" ".join(each.split()) for each in passages.all_inner_texts()] == [
        "Ingen såg det. Hemma sa jag inget."
    ]
    expect(lines.nth(3)).to_be_focused()
    # The words of a mark count in characters: the smiley is one, though it is two for a browser.
    page.evaluate(
        """() => {
            const run = document.querySelector(".run").firstChild;
            document.getSelection().setBaseAndExtent(run, 3, run, 10);
        }"""
    )
    expect(page.locator("#chosen")).to_have_text("Det var")
    page.locator("#find").focus()
    page.keyboard.type("före")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(passages.first).to_have_text("Det var")
    press(page, "button", "Ändra: Det var")
    expect(page.get_by_role("heading", name="Ändra koderna")).to_be_visible()
    page.locator("#memo").fill("Kort")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".passage").first).to_contain_text("Kort")
    press(page, "button", "Ta bort: Det var")
    expect(passages).to_have_count(1)
    check_pages(page, live_server, case)
    code_twice(page, live_server, case, open_context(locale="sv-SE").new_page(), coder[2:])


def code_twice(
    page: Page, server: LiveServer, case: str, other: Page, second: tuple[str, str]
) -> None:
    """Let somebody else code the paragraphs by keyboard, and look at how far the two agree."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(server.url(f"/coding/{ROUND}/cases/{case}/"))
    press(page, "button", "Intervjun är kodad")
    press(page, "link", "Dubbelkodning")
    page.get_by_label("Andel av dem, procent").fill("100")
    press(page, "button", "Lås och lotta enheterna")
    expect(page.get_by_text("0 av 2 enheter kodade")).to_be_visible()
    log_in(other, server, second, "**/coding/")
    other.goto(server.url(f"/coding/{ROUND}/double"))
    press(other, "link", "Koda enheterna")
    other.wait_for_url("**/units/1")
    check(other, server, other.url.removeprefix(server.address))
    for _ in range(2):
        expect(other.locator("#find")).to_be_focused()
        other.keyboard.type("brå")
        other.keyboard.press("Enter")
        expect(other.locator("#said")).to_have_text("Vald: Bråk")
        with other.expect_navigation():
            other.keyboard.press("Enter")
    press(other, "button", "Jag är klar")
    expect(other.get_by_text("2 av 2 enheter har exakt samma koder.")).to_be_visible()
    expect(other.get_by_text("Bara ett värde")).to_be_visible()
    check(other, server, f"/coding/{ROUND}/double", f"/coding/{ROUND}/double/1/result")


def check_pages(page: Page, server: LiveServer, case: str) -> None:
    """Look at every page."""
    scheme = page.goto(server.url("/coding/")) and page.locator("main section a").first
    assert scheme
    scheme_at = str(scheme.get_attribute("href"))
    code = page.goto(server.url(scheme_at)) and page.get_by_role("link", name="Dela upp: Bråk")
    assert code
    split_at = str(code.get_attribute("href"))
    paths = ["/coding/", f"/coding/{ROUND}/", f"/coding/{ROUND}/cases/{case}/"]
    paths += [f"/coding/{ROUND}/questions/fore_text/", f"/coding/{ROUND}/search?q=hemma"]
    paths += [f"/coding/{ROUND}/scheme", scheme_at, f"{scheme_at}history", f"{scheme_at}new"]
    paths += [split_at, split_at.replace("split", "merge"), split_at.replace("split", "remove")]
    check(page, server, *paths)


def check(page: Page, server: LiveServer, *paths: str) -> None:
    """Look at pages with a screen reader's eyes, and at 400 per cent."""
    sources, found, widths = {}, {}, {}
    for path in paths:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(server.url(path))
        found[path] = [str(violation) for violation in axe_violations(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        widths[path] = page.evaluate("() => document.documentElement.scrollWidth")
        sources[path] = page.request.get(server.url(path)).text()
    assert {path: several for path, several in found.items() if several} == {}
    assert {path: width for path, width in widths.items() if width > 320} == {}
    assert [str(problem) for problem in html_problems(sources)] == []
