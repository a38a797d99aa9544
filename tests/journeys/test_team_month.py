"""The end of a month at a team's desk: by keyboard, two at once, with and without a network."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, expect

from survey_app.actions import responses, rounds
from survey_app.actions.returns import saving
from survey_app.actions.returns.placing import Unit
from tests.factories import make_app
from tests.survey_app.conftest import PASSWORD
from tests.survey_app.returns.city import MATE, OURS, TEAM
from tests.tools.accessibility import axe_violations
from tests.tools.browser import no_foreign_requests
from tests.tools.html import html_problems
from tests.tools.server import LiveServer

ROUND = "/returns/manad-2026-10/"
SAVED = re.compile(r"Sparat \d\d:\d\d")


def log_in(page: Page, server: LiveServer, email: str = TEAM) -> Page:
    """Log in by keyboard, and stand before the reports."""
    page.goto(server.url("/login"))
    page.get_by_label("E-postadress").focus()
    for text in (email, PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapporter")
    return page


def open_sheet(page: Page, server: LiveServer, email: str = TEAM) -> Page:
    """Log in and open October."""
    log_in(page, server, email)
    page.goto(server.url(ROUND))
    expect(unit(page, OURS[0]).locator("[data-left]")).to_contain_text("kvar")
    return page


def unit(page: Page, code: str) -> Locator:
    """Find a pupil on the sheet."""
    return page.locator(f"#u-{code}")


def choose(page: Page, code: str, question: str, answer: str) -> None:
    """Choose an answer with the pointer."""
    row = unit(page, code).locator(f"[data-line='{question}'] .choice")
    row.get_by_text(answer, exact=True).click()


def stored(server: LiveServer, code: str) -> tuple[str, dict[str, str]]:
    """Read what the database has about a pupil."""
    made = make_app(server.data)
    try:
        with made.app_context():
            found = saving.find(rounds.find("manad-2026-10"), Unit("pupil", code, "t1"))
            return (found.state, dict(found.answers)) if found else ("", {})
    finally:
        responses.close(made)


def test_a_whole_month_by_keyboard_alone(team_server, open_desktop: Callable[..., Page]) -> None:
    """Nine pupils in under a minute of the machine's time, and nothing but keys."""
    page = open_sheet(open_desktop(), team_server)
    began = time.monotonic()
    with no_foreign_requests(page, team_server.address):
        page.locator("#u-E001 [name=status]").first.focus()
        for place, code in enumerate(OURS):
            expect(unit(page, code).locator("[name=status]").first).to_be_focused()
            page.keyboard.press("1")  # the whole month
            page.keyboard.press("Enter")
            page.keyboard.press("3")  # as expected
            page.keyboard.press("Enter")
            page.keyboard.press("1")  # yes, here is the attendance
            for minutes in ("1500", str(100 + place), "50"):
                page.keyboard.press("Enter")
                page.keyboard.type(minutes)
            page.keyboard.press("Enter")
            page.keyboard.press("3")
            page.keyboard.press("Control+Enter")
            expect(unit(page, code)).to_have_attribute("data-state", "submitted")
    expect(page.locator("[data-progress-words]")).to_have_text("9 av 9 elever klara")
    assert time.monotonic() - began < 60
    assert stored(team_server, OURS[8]) == (
        "submitted",
        {
            "status": "hel", "delmal_antal": "1", "delmal[1]/delmal_nr": "1",
            "delmal[1]/delmal_vikt": "2", "delmal[1]/delmal_utgangslage": "-1",
            "delmal[1]/delmal_niva": "0", "narvaro_uppgift": "ja", "schema_min": "1500",
            "giltig_min": "108", "ogiltig_min": "50", "insatser": "mote",
        },
    )  # fmt: skip


def test_unchanged_is_one_key_and_help_another(team_server, open_desktop) -> None:
    """What is as it was needs no looking for."""
    page = open_sheet(open_desktop(), team_server)
    page.locator("#u-E001 [name=status]").first.focus()
    page.keyboard.press("=")
    expect(page.locator("#u-E001 [name=status][value=hel]")).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("nästa fråga")
    page.keyboard.press("Escape")
    expect(unit(page, OURS[0]).locator("[data-saved]")).to_have_text(SAVED)
    page.get_by_role("button", name=re.compile("Oförändrat.*Hur långt")).click()
    expect(page.locator("#u-E001 [name='delmal[1]/delmal_niva'][value='-1']")).to_be_checked()


def test_a_lost_connection_loses_nothing(team_server, open_desktop) -> None:
    """What is typed meanwhile waits, and is sent when the network returns."""
    page = open_sheet(open_desktop(), team_server)
    saved = unit(page, OURS[0]).locator("[data-saved]")
    choose(page, OURS[0], "status", "Hela månaden")
    expect(saved).to_have_text(SAVED)
    page.context.set_offline(True)
    choose(page, OURS[0], "narvaro_uppgift", "Ja")
    page.locator("#u-E001 [name=schema_min]").fill("1200")
    expect(saved).to_have_text("Inte sparat – försöker igen")
    page.context.set_offline(False)
    expect(saved).to_have_text(SAVED)
    state, answers = stored(team_server, OURS[0])
    assert (state, answers["schema_min"], answers["status"]) == ("draft", "1200", "hel")


def test_a_reload_with_unsaved_changes_brings_them_back(team_server, open_desktop) -> None:
    """The browser asks before it leaves; and whoever leaves all the same finds everything."""
    page = open_sheet(open_desktop(), team_server)
    page.route("**/pupil/E001", lambda route: route.abort())
    choose(page, OURS[0], "status", "Uppehåll")
    expect(unit(page, OURS[0]).locator("[data-saved]")).to_have_text("Inte sparat – försöker igen")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", leave)
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator("#u-E001 [name=status][value=uppehall]")).to_be_checked()
    page.unroute("**/pupil/E001")
    expect(unit(page, OURS[0]).locator("[data-saved]")).to_have_text(SAVED)
    assert stored(team_server, OURS[0])[1]["status"] == "uppehall"


def test_two_people_at_one_pupil(team_server, open_desktop) -> None:
    """What only the other changed is taken over; where both did, one of them chooses."""
    mine = open_sheet(open_desktop(), team_server)
    theirs = open_sheet(open_desktop(), team_server, MATE)
    choose(theirs, OURS[0], "status", "Uppehåll")
    choose(theirs, OURS[0], "insatser", "Möte")
    expect(unit(theirs, OURS[0]).locator("[data-saved]")).to_have_text(SAVED)
    choose(mine, OURS[0], "status", "Hela månaden")
    expect(mine.get_by_text("mate@demo.example skrev: Uppehåll")).to_be_visible()
    expect(mine.locator("#u-E001 [name=status][value=hel]")).to_be_checked()
    expect(mine.locator("#u-E001 [name=insatser][value=mote]")).to_be_checked()
    assert stored(team_server, OURS[0])[1]["status"] == "uppehall"
    assert axe_violations(mine) == []
    mine.get_by_role("button", name="Behåll mitt").click()
    expect(unit(mine, OURS[0]).locator("[data-saved]")).to_have_text(SAVED)
    _, answers = stored(team_server, OURS[0])
    assert (answers["status"], answers["insatser"]) == ("hel", "mote")


def test_two_people_at_two_pupils_do_not_meet(team_server, open_desktop) -> None:
    """Each pupil has a form and a revision of its own."""
    mine = open_sheet(open_desktop(), team_server)
    theirs = open_sheet(open_desktop(), team_server, MATE)
    unit(theirs, OURS[1]).locator("summary").first.click()
    choose(theirs, OURS[1], "status", "Uppehåll")
    choose(mine, OURS[0], "status", "Hela månaden")
    for page, code in ((mine, OURS[0]), (theirs, OURS[1])):
        expect(unit(page, code).locator("[data-saved]")).to_have_text(SAVED)
        expect(page.locator(".theirs")).to_have_count(0)


def test_problems_and_doubts_are_asked_in_place(team_server, open_desktop) -> None:
    """A word of explanation, and it is handed in."""
    page = open_sheet(open_desktop(), team_server)
    choose(page, OURS[0], "status", "Hela månaden")
    page.keyboard.press("Control+Enter")
    wrong = page.locator("#u-E001 [data-line='delmal[1]/delmal_niva']")
    expect(wrong.locator(".field-error")).to_be_visible()
    choose(page, OURS[0], "delmal[1]/delmal_niva", "+2 Mycket mer")
    choose(page, OURS[0], "narvaro_uppgift", "Nej")
    choose(page, OURS[0], "insatser", "Möte")
    page.get_by_label("Något mer").fill("Ring 070-123 45 67")
    expect(page.get_by_text("”070-123 45 67” pekar ut någon")).to_be_visible()
    page.get_by_label("Något mer").fill("")
    page.keyboard.press("Control+Enter")
    why = wrong.get_by_label("Förklara kort")
    expect(why).to_be_focused()
    assert axe_violations(page) == []
    page.keyboard.type("Har bytt klass")
    page.keyboard.press("Control+Enter")
    expect(unit(page, OURS[0])).to_have_attribute("data-state", "submitted")
    unit(page, OURS[0]).locator("summary").first.click()
    expect(unit(page, OURS[0]).get_by_text("Delmål 1: från −1 till 2.")).to_be_visible()
    assert axe_violations(page) == []


def test_all_that_are_ready_at_once_one_that_cannot_be_and_one_put_right(
    team_server, open_desktop
) -> None:
    """The rest of a team's month: each of the other ways that a report can end."""
    page = open_sheet(open_desktop(), team_server)
    first, second = unit(page, OURS[0]), unit(page, OURS[1])
    choose(page, OURS[0], "status", "Hela månaden")
    choose(page, OURS[0], "delmal[1]/delmal_niva", "0 Som väntat")
    choose(page, OURS[0], "narvaro_uppgift", "Nej")
    choose(page, OURS[0], "insatser", "Möte")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    page.get_by_role("button", name="Lämna in alla som är klara").click()
    expect(page.get_by_text("1 av 9 elever klara")).to_be_visible()
    expect(first).to_have_attribute("data-state", "submitted")

    second.get_by_text("Kan inte lämnas", exact=True).click()  # the next one is open already
    second.get_by_label("Varför kan den inte lämnas?").fill("Skolan har inte svarat")
    second.get_by_role("button", name="Den kan inte lämnas").click()
    expect(second).to_have_attribute("data-state", "cannot_be_supplied")

    first.locator("summary").first.click()
    choose(page, OURS[0], "insatser", "Stödsamtal")
    first.get_by_label("Varför ändras den?").fill("Det fanns ett samtal till")
    first.get_by_role("button", name="Lämna in ändringen").click()
    expect(first).to_have_attribute("data-state", "corrected")
    assert stored(team_server, OURS[0])[1]["insatser"] == "samtal mote"


def test_without_a_script_a_plain_form_does_it(team_server, open_context) -> None:
    """Save draft, unchanged, what is missing, hand in."""
    page = open_context(java_script_enabled=False, locale="sv-SE").new_page()
    log_in(page, team_server)
    page.get_by_role("link", name="Månadsrapport 2026-10").click()
    pupil = unit(page, OURS[0])
    pupil.get_by_role("button", name=re.compile("Oförändrat.*Hur långt")).click()
    expect(page.get_by_text("Utkastet är sparat.")).to_be_visible()
    pupil.get_by_role("button", name="Lämna in").click()
    expect(page.locator(".error-summary")).to_contain_text("Hur har eleven varit inskriven?")
    choose(page, OURS[0], "status", "Hela månaden")
    choose(page, OURS[0], "narvaro_uppgift", "Nej")
    choose(page, OURS[0], "insatser", "Stödsamtal")
    pupil.get_by_role("button", name="Lämna in").click()
    expect(page.get_by_text("1 av 9 elever klara")).to_be_visible()
    unit(page, OURS[4]).locator("summary").first.click()
    page.get_by_role("link", name=f"Öppna rapporten om {OURS[4]}").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(OURS[4])


@pytest.mark.parametrize("width", [320, 810, 1280])
def test_pages_are_accessible_valid_and_fit(
    team_server, open_context: Callable[..., BrowserContext], width: int
) -> None:
    """Cards on a phone and a tablet, a table's rhythm on a desk; never a scroll sideways."""
    page = open_context(viewport={"width": width, "height": 800}, locale="sv-SE").new_page()
    log_in(page, team_server)
    sources = {}
    paths = ("/returns/", ROUND, f"{ROUND}pupil/E002", "/returns/manad-2026-09/pupil/E001")
    for path in paths:
        page.goto(team_server.url(path))
        page.wait_for_load_state("networkidle")
        assert axe_violations(page) == [], path
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
        sources[path] = page.request.get(team_server.url(path)).text()
    assert [str(problem) for problem in html_problems(sources)] == []
