"""Answers on their way: lost, repeated, refused, and gone from the tablet afterwards."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.journeys.screens import (
    SEND,
    THANKS,
    answer_features,
    error_of,
    open_enkat,
    see,
)


def test_a_lost_connection_loses_nothing_and_counts_once(
    open_tablet, address, command_line, own_round
) -> None:
    """Sent into the void, stored without a word back, then sent again: one response."""
    page, attempts = open_tablet(), []

    def interfere(route: Route) -> None:
        attempts.append(route.request.post_data or "")
        if len(attempts) == 1:
            route.abort("internetdisconnected")
        elif len(attempts) == 2:
            route.fetch(max_redirects=0)  # the server stores it, and its word is lost
            route.abort("connectionreset")
        elif len(attempts) == 3:
            route.fulfill(status=503, body="busy")
        else:
            route.continue_()

    open_enkat(page, address(own_round))
    answer_features(page)
    page.route("**/e/*", lambda r: interfere(r) if r.request.method == "POST" else r.continue_())
    page.locator(SEND).click()
    expect(page.locator("#waiting")).to_be_visible()
    for attempt in (2, 3):
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("#waiting")).to_be_visible()
        page.wait_for_timeout(200)
        assert len(attempts) >= attempt
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#sent")).to_be_visible()
    assert len(set(attempts)) == 1, "each attempt carries the same id"
    assert command_line.responses(own_round) == 1


def test_pressing_twice_sends_once(open_tablet, address, round_name) -> None:
    """An eager finger does no harm."""
    page, methods = open_tablet(), []
    page.on("request", lambda request: methods.append(str(request.method)))
    open_enkat(page, address(round_name))
    answer_features(page)
    page.locator(SEND).dblclick()
    expect(page).to_have_url(THANKS)
    assert methods.count("POST") == 1


def test_the_servers_objection_is_shown_at_its_question(open_tablet, address, round_name) -> None:
    """When only the server finds the mistake, the pupil still learns where it is."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    answer_features(page)
    page.evaluate("document.querySelector('[name=life]:checked').value = '99'")
    page.locator("[name=calm][value=REF]").dispatch_event("input")
    page.locator(SEND).click()
    see(page, "life")
    expect(error_of(page, "life")).to_be_visible()


def test_a_round_that_closed_meanwhile_says_so(
    open_tablet, address, command_line, own_round
) -> None:
    """The pupil reads the server's own words, with the answers still on the screen."""
    page = open_tablet()
    open_enkat(page, address(own_round))
    answer_features(page)
    command_line.run("round", "close", own_round)
    page.locator(SEND).click()
    said = page.request.get(address(own_round)).text()
    told = re.findall(r"<(?:h1|p)>([^<]+)</", said)
    assert len(told) == 2
    for sentence in told:
        expect(page.locator(".sending-message")).to_contain_text(sentence)
    expect(page.locator(".review-answer").first).to_be_visible()


def test_nothing_is_left_for_the_next_person(open_tablet, address, round_name) -> None:
    """On a shared tablet, neither Back nor a reload shows an answer."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    answer_features(page)
    entries = page.evaluate("history.length")
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    assert page.evaluate("history.length") == entries, "the last screen is no longer in the history"
    page.go_back()
    expect(page.locator("form.is-paged")).to_be_visible()
    see(page, "hello")
    assert page.locator("input:checked").count() == 0
    assert page.locator("textarea").input_value() == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_page_from_the_browsers_memory_begins_anew(open_tablet, address, round_name) -> None:
    """A browser that keeps whole pages alive shows no one's answers either."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    answer_features(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    see(page, "hello")
    assert page.locator("input:checked").count() == 0
