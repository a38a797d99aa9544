"""What a team's sheet does when the network or a second press comes between."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from playwright.sync_api import Page, Route, expect

from survey_app.actions import responses, rounds
from survey_app.actions.returns import saving
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.saving import Sent
from tests.factories import make_app
from tests.journeys.test_team_month import SAVED, choose, open_sheet, stored, unit
from tests.survey_app.returns.city import MATE, OURS
from tests.tools.server import LiveServer


def colleague_saves(server: LiveServer, typed: Mapping[str, str]) -> None:
    """Let another of the team save about the first pupil, in the revision that is there."""
    made = make_app(server.data)
    try:
        with made.app_context():
            of, about = rounds.find("manad-2026-10"), Unit("pupil", OURS[0], "t1")
            kept = saving.find(of, about)
            assert kept
            saving.save(of, about, Sent(kept.revision, typed), MATE)
    finally:
        responses.close(made)


def wait_for(page: Page, happens: Callable[[], bool]) -> None:
    """Wait until something has happened, while the page goes on."""
    deadline = time.monotonic() + 10
    while not happens():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def test_what_is_typed_while_a_saving_is_on_its_way_stays(team_server, open_desktop) -> None:
    """Also when a colleague saves at that moment: the server has not seen it yet."""
    page = open_sheet(open_desktop(), team_server)
    held: list[Route] = []
    page.route("**/pupil/E001", lambda it: held.append(it) if len(held) < 2 else it.continue_())
    choose(page, OURS[0], "status", "Hela månaden")
    wait_for(page, lambda: len(held) == 1)
    page.locator("#u-E001 [name=anteckning]").fill("Skrivet medan")
    held[0].continue_()
    wait_for(page, lambda: len(held) == 2)
    colleague_saves(team_server, {"status": "hel", "narvaro_uppgift": "nej"})
    held[1].continue_()
    expect(unit(page, OURS[0]).locator("[data-saved]")).to_have_text(SAVED)
    expect(page.locator("#u-E001 [name=anteckning]")).to_have_value("Skrivet medan")
    _, answers = stored(team_server, OURS[0])
    assert (answers["anteckning"], answers["narvaro_uppgift"]) == ("Skrivet medan", "nej")


def lose(route: Route) -> None:
    """Let what is sent come, and its answer be lost."""
    route.fetch()
    route.abort()


def test_handing_in_twice_or_without_an_answer_is_no_error(team_server, open_desktop) -> None:
    """A second press while the first is on its way, and an answer that the network has lost."""
    page = open_sheet(open_desktop(), team_server)
    for code in OURS[:2]:
        unit(page, code).locator("[name=status][value=uppehall]").check()
        unit(page, code).locator("[name=narvaro_uppgift][value=nej]").check()
        unit(page, code).locator("[name=insatser]").first.check()
        expect(unit(page, code).locator("[data-saved]")).to_have_text(SAVED)
        if code == OURS[0]:
            unit(page, code).locator("[data-submit]").dblclick()
            expect(unit(page, code)).to_have_attribute("data-state", "submitted")
    expect(unit(page, OURS[0]).locator("[data-saved].is-bad")).to_have_count(0)

    page.route("**/pupil/E003", lose, times=1)
    unit(page, OURS[2]).locator("summary").first.click()
    choose(page, OURS[2], "status", "Hela månaden")
    saved = unit(page, OURS[2]).locator("[data-saved]")
    expect(saved).to_have_text("Inte sparat – försöker igen")
    choose(page, OURS[2], "status", "Uppehåll")
    expect(saved).to_have_text(SAVED)
    expect(page.locator(".theirs")).to_have_count(0)
    page.route("**/pupil/E002", lose, times=1)
    unit(page, OURS[1]).locator("[data-submit]").click()
    expect(unit(page, OURS[1])).to_have_attribute("data-state", "submitted")
    expect(unit(page, OURS[1]).locator("[data-return]")).to_have_count(0)
