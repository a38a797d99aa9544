"""Reading aloud, for who reads slowly: on the device itself, and only when asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.children import (
    SWEDISH,
    change_voices,
    give_voices,
    hear_to_the_end,
    is_speaking,
    listen_button,
    said,
    voice,
)
from tests.journeys.screens import THANKS, choose, go_on, go_to_the_end, open_enkat, write
from tests.journeys.tablet import begin_sharing, press_start, see_start, wait_until_kept
from tests.tools.browser import no_foreign_requests
from tests.tools.proxy import Weather


@pytest.fixture
def listening(open_tablet, address, children_round) -> Page:
    """Give the screen of two questions, on a device that speaks Swedish."""
    page: Page = open_tablet()
    give_voices(page, SWEDISH)
    open_enkat(page, address(children_round))
    go_on(page)
    expect(listen_button(page, "calm")).to_be_visible()
    return page


@pytest.mark.parametrize(
    ("language", "voices", "is_shown"),
    [
        ("", [SWEDISH], True),
        ("", [voice("sv_SE")], True),
        ("", [], False),
        ("", [voice("sv-SE", is_local=False)], False),
        ("", [voice("en-GB"), voice("svx"), voice("nb-NO")], False),
        ("/sv-simple", [SWEDISH], True),
        ("/prs", [voice("fa-IR")], True),
        ("/ar", [SWEDISH, voice("fa-IR")], False),
    ],
)
def test_a_button_is_there_only_with_a_voice_of_the_devices_own(
    open_tablet, address, children_round, language, voices, is_shown
) -> None:
    """A voice from the network would get to know which question a pupil is reading."""
    page = open_tablet()
    give_voices(page, *voices)
    with page.expect_response("**/read_aloud.js"):
        open_enkat(page, address(children_round + language))
    go_on(page)
    if is_shown:
        expect(listen_button(page, "calm")).to_be_visible()
    else:
        page.wait_for_load_state("networkidle")
        expect(page.locator(".listen:visible")).to_have_count(0)


def test_the_button_comes_and_goes_with_the_voices(open_tablet, address, children_round) -> None:
    """Most devices tell of their voices late; some lose one again."""
    page = open_tablet()
    give_voices(page)
    open_enkat(page, address(children_round))
    go_on(page)
    page.wait_for_load_state("networkidle")
    change_voices(page, voice("sv-SE", is_local=False))
    expect(page.locator(".listen:visible")).to_have_count(0)
    change_voices(page, SWEDISH)
    listen_button(page, "calm").click()
    assert is_speaking(page)
    change_voices(page)
    expect(page.locator(".listen:visible")).to_have_count(0)
    assert not is_speaking(page)


def test_a_browser_that_cannot_speak_loads_nothing_for_it(
    open_tablet, address, children_round
) -> None:
    """The first load stays small."""
    page = open_tablet(service_workers="block")
    page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
    with no_foreign_requests(page) as asked:
        open_enkat(page, address(children_round))
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if "read_aloud" in url] == []
    expect(page.locator(".listen")).to_have_count(0)


def test_the_question_its_hint_and_each_choice_are_read_in_order(listening) -> None:
    """With the page's heading first, which often says what time is meant."""
    choose(listening, "calm", "3")
    listen_button(listening, "calm").click()
    assert hear_to_the_end(listening) == [
        "Så trivs jag",
        "Jag är lugn.",
        "Till exempel i dag.",
        "Stämmer helt",
        "Stämmer ganska bra",
        "Stämmer dåligt",
        "Stämmer inte alls",
        "Vet ej",
    ]
    used = listening.evaluate("speechSynthesis.said.map(({voice, lang}) => [voice.lang, lang])")
    assert {tuple(each) for each in used} == {("sv-SE", "sv-SE")}
    expect(listening.locator(".is-read")).to_have_count(0)
    expect(listen_button(listening, "calm")).to_have_accessible_name("Lyssna : Jag är lugn.")


def test_what_is_read_is_marked_and_the_button_stops(listening) -> None:
    """The eye can follow; a screen reader is told nothing, for it reads itself."""
    listen_button(listening, "glad").click()
    expect(listen_button(listening, "glad")).to_contain_text("Sluta läsa")
    expect(listening.locator(".is-read")).to_have_text("Jag är glad.")
    listening.evaluate("speechSynthesis.finish()")
    expect(listening.locator(".is-read")).to_have_text("Stämmer helt")
    listen_button(listening, "calm").click()
    expect(listen_button(listening, "glad")).to_contain_text("Lyssna")
    expect(listening.locator(".is-read")).to_have_count(1)
    listen_button(listening, "calm").click()
    assert not is_speaking(listening)
    expect(listening.locator(".is-read")).to_have_count(0)
    assert said(listening) == ["Jag är glad.", "Stämmer helt", "Så trivs jag"]


def test_nothing_that_was_answered_is_read(listening) -> None:
    """Neighbours listen too."""
    choose(listening, "glad", "1")
    for _ in range(3):
        go_on(listening)
    write(listening, "about", "hemligt")
    listen_button(listening, "about").click()
    assert hear_to_the_end(listening) == ["Berätta mer."]
    go_on(listening)
    listening.locator("#sending .listen").click()
    heard = " ".join(hear_to_the_end(listening))
    assert "skicka" in heard
    assert "hemligt" not in heard
    assert "Stämmer inte alls" not in heard


@pytest.mark.parametrize(
    "leave",
    [
        "document.querySelector('[data-step=next]').click()",
        "history.back()",
        "document.querySelector('form').reset()",  # the shared tablet forgets a pupil
        "dispatchEvent(new PageTransitionEvent('pagehide'))",
        """Object.defineProperty(document, 'hidden', { value: true });
           document.dispatchEvent(new Event('visibilitychange'))""",
    ],
)
def test_it_is_silent_as_soon_as_the_screen_is_left(listening, leave) -> None:
    """No voice goes on about a question that is no longer there."""
    listen_button(listening, "calm").click()
    assert is_speaking(listening)
    listening.evaluate(f"() => {{ {leave} }}")
    listening.wait_for_function("() => !speechSynthesis.current")
    expect(listening.locator(".is-read")).to_have_count(0)


def test_it_is_silent_when_the_answers_are_sent(listening) -> None:
    """Before the thank-you page comes."""
    go_to_the_end(listening)
    listening.locator("#sending .listen").click()
    sends = "() => { document.forms[0].requestSubmit(); return Boolean(speechSynthesis.current); }"
    assert is_speaking(listening)
    assert not listening.evaluate(sends)
    expect(listening).to_have_url(THANKS)


def test_a_shared_tablet_reads_too_and_is_silent_at_its_start(
    open_tablet, network, command_line, children_round
) -> None:
    """Without a network as well: the script is among what the tablet keeps."""
    page, url = open_tablet(), f"{network.address}/e/{children_round}"
    page.on("console", lambda message: heard.append(message.text))
    heard: list[str] = []
    give_voices(page, SWEDISH)
    begin_sharing(page, url)
    wait_until_kept(page)
    network.weather = Weather.DOWN
    press_start(page)
    go_on(page)
    listen_button(page, "calm").click()
    page.evaluate("speechSynthesis.cancel = () => console.log('silent')")
    page.goto(url)
    see_start(page)
    assert "silent" in heard
