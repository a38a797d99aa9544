"""The enkät in small hands: large cards, scales that can be seen, calm, and one button to press."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.children import SWEDISH, give_voices, listen_button
from tests.journeys.screens import (
    SEND,
    choose,
    go_back,
    go_on,
    go_to_the_end,
    open_enkat,
    question,
    see,
)
from tests.tools.accessibility import axe_violations

FINGER = 48  # px
BARS = """(it) => [...it.querySelectorAll(".choice")].map((choice) =>
    [...choice.querySelectorAll(".level i")].map((bar) => bar.className ? "#" : ".").join(""))"""


@pytest.fixture
def scales(open_tablet, address, children_round) -> Page:
    """Give the screen of two scales."""
    page: Page = open_tablet()
    open_enkat(page, address(children_round))
    go_on(page)
    see(page, "calm")
    return page


def test_a_scale_shows_how_much_each_answer_is(scales) -> None:
    """More bars are more; who doesn't know has none; the words stay, and are all that is heard."""
    assert question(scales, "calm").evaluate(BARS) == ["###", "##.", "#..", "...", ""]
    expect(question(scales, "calm").locator(".level[aria-hidden=true]")).to_have_count(4)
    go_on(scales)
    expect(question(scales, "life").locator(".level")).to_have_count(0)


@pytest.mark.parametrize(("language", "order"), [("", 1), ("/ar", -1)])
def test_the_bars_grow_as_the_page_is_read(
    open_tablet, address, children_round, language, order
) -> None:
    """From the right in Arabic, as everything else there."""
    page = open_tablet()
    open_enkat(page, address(children_round + language))
    go_on(page)
    places = question(page, "calm").evaluate(
        """(it) => [...it.querySelectorAll(".choice:first-child .level i")].map((bar) => {
            const { x, height } = bar.getBoundingClientRect(); return [x, height]; })"""
    )
    assert [x for x, _ in places] == sorted((x for x, _ in places), reverse=order < 0)
    assert [height for _, height in places] == sorted({height for _, height in places})
    assert len(places) == 3


@pytest.mark.parametrize("width", [320, 360, 810, 1280])
def test_every_answer_is_larger_than_a_finger(open_tablet, address, children_round, width) -> None:
    """And so is every button."""
    page = open_tablet(viewport={"width": width, "height": 1080})
    give_voices(page, SWEDISH)
    open_enkat(page, address(children_round))
    expect(listen_button(page, "hello")).to_be_visible()
    while not page.locator(SEND).is_visible():
        go_on(page)
        sizes = page.evaluate(
            """[...document.querySelectorAll(".choice label, .button")]
                .filter((it) => it.checkVisibility({ visibilityProperty: true }))
                .map((it) => { const { width, height } = it.getBoundingClientRect();
                    return [it.textContent.trim(), Math.round(Math.min(width, height))]; })"""
        )
        assert [each for each in sizes if each[1] < FINGER] == []


def test_what_is_chosen_has_a_tick(scales) -> None:
    """Seen without colours, and by who cannot read."""
    shape = """(it, before) => getComputedStyle(it, before).content"""
    chosen = question(scales, "calm").locator("input[value='3']")
    assert chosen.evaluate(shape, "::before") == "none"
    choose(scales, "calm", "3")
    assert chosen.evaluate(shape, "::before") == '""'
    go_on(scales)
    rung = question(scales, "life").locator("input[value='3'] + label")
    assert rung.evaluate(shape, "::after") == "none"
    choose(scales, "life", "3")
    assert rung.evaluate(shape, "::after") == '""'


@pytest.mark.parametrize(
    "size", [(810, 1080), (1080, 810), (360, 740)], ids=["upright", "lying", "phone"]
)
def test_next_is_always_at_the_same_place_near_the_thumbs(
    open_tablet, address, children_round, size
) -> None:
    """However long the question is."""
    width, height = size
    page = open_tablet(viewport={"width": width, "height": height})
    open_enkat(page, address(children_round))
    places = set()
    while not page.locator(SEND).is_visible():
        places.add(page.evaluate("document.querySelector('.steps').getBoundingClientRect().bottom"))
        go_on(page)
    assert all(height - 24 <= place <= height for place in places), places


@pytest.mark.parametrize("size", [(810, 1080), (1080, 600), (360, 640), (320, 256)])
def test_next_never_covers_what_has_the_focus(open_tablet, address, children_round, size) -> None:
    """Who goes from part to part with a key or a switch sees each whole; nothing is a trap."""
    width, height = size
    page = open_tablet(viewport={"width": width, "height": height})
    give_voices(page, SWEDISH)
    open_enkat(page, address(children_round))
    go_on(page)
    expect(listen_button(page, "calm")).to_be_visible()
    choose(page, "calm", "3")
    question(page, "calm").locator(".question-label").focus()
    met = []
    for _ in range(len(ORDER)):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["isWhole"], here
        met.append(here["name"])
    assert met == ORDER


ORDER = [
    *("Lyssna", "Stämmer ganska bra", "Ta bort mitt svar"),
    *("Lyssna", "Stämmer helt", "Tillbaka", "Nästa"),
]
FOCUSED = """() => {
    const it = document.activeElement, steps = document.querySelector(".steps");
    const part = it.labels?.[0] ?? it;
    const { top, bottom } = part.getBoundingClientRect();
    const isBelow = steps.contains(it) || getComputedStyle(steps).position !== "sticky";
    const end = isBelow ? innerHeight : steps.getBoundingClientRect().top + 16;
    const word = part.querySelector("[data-when=no]") ?? part;
    return { name: word.textContent.trim(), isWhole: top >= 0 && bottom <= end, top, bottom, end };
}"""


def test_who_listens_hears_one_question_after_the_other(scales) -> None:
    """Each group of answers has its question's name; drawings and marks are silent."""
    expect(question(scales, "calm")).to_match_aria_snapshot(
        """
        - radiogroup "Jag är lugn.":
          - heading "Jag är lugn." [level=3]
          - paragraph: Till exempel i dag.
          - radio "Stämmer helt"
          - text: Stämmer helt
          - radio "Stämmer ganska bra"
          - text: Stämmer ganska bra
          - radio "Stämmer dåligt"
          - text: Stämmer dåligt
          - radio "Stämmer inte alls"
          - text: Stämmer inte alls
          - radio "Vet ej"
          - text: Vet ej
        """
    )
    go_on(scales)
    expect(scales.get_by_role("radiogroup", name="Så bra är livet.")).to_be_visible()
    expect(scales.get_by_role("radio", name="10 – bäst")).to_have_count(1)


def test_how_far_one_has_come_is_said_once(scales) -> None:
    """Politely, after the new screen's heading; a choice is not interrupted."""
    spoken = scales.locator("[role=status]#spoken")
    expect(spoken).to_have_text("Fråga 1 till 2 av 5")
    said = scales.evaluate_handle(
        """() => { const said = [], it = document.getElementById("spoken");
            new MutationObserver(() => said.push(it.textContent)).observe(it, {childList: true});
            return said; }"""
    )
    choose(scales, "calm", "3")
    go_on(scales)
    expect(spoken).to_have_text("Fråga 3 av 5")
    go_back(scales)
    expect(spoken).to_have_text("Fråga 1 till 2 av 5")
    assert said.json_value() == ["Fråga 3 av 5", "Fråga 1 till 2 av 5"]
    expect(scales.locator("[aria-live], [role=alert]:visible:not(:empty)")).to_have_count(0)


@pytest.mark.parametrize(("wish", "longest"), [("no-preference", 0.2), ("reduce", 0)])
def test_nothing_moves(open_tablet, address, children_round, wish, longest) -> None:
    """At most a short fade of a button's colour, and not even that for who asked for none."""
    page = open_tablet(reduced_motion=wish)
    open_enkat(page, address(children_round))
    go_on(page)
    choose(page, "calm", "3")
    times = page.evaluate(
        """[...document.querySelectorAll("*")].flatMap((it) => {
            const { transitionDuration, animationDuration } = getComputedStyle(it);
            return [transitionDuration, animationDuration].join(",").split(",").map(parseFloat); })"""
    )
    assert max(times) <= longest


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/sv-simple", "/ar"])
def test_it_is_whole_at_400_percent(open_tablet, address, children_round, language, scheme) -> None:
    """From the start to the thanks, with contrast in the dark and while a text is read."""
    page = open_tablet(color_scheme=scheme, viewport={"width": 320, "height": 256})
    give_voices(page, SWEDISH)
    open_enkat(page, address(children_round + language))
    broken: list[object] = []

    def look() -> None:
        where = page.url.rsplit("/", 1)[-1], page.evaluate("history.state?.page ?? ''")
        broken.extend((where, str(each)) for each in axe_violations(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken.append((where, "scrolls sideways"))

    look()
    go_on(page)
    choose(page, "calm", "3")
    if language != "/ar":
        listen_button(page, "calm").click()
        expect(page.locator(".is-read")).to_have_count(1)
    look()
    go_on(page)
    choose(page, "life", "3")
    look()
    go_to_the_end(page)
    look()
    page.locator(SEND).click()
    page.wait_for_url("**/thanks")
    look()
    assert broken == []
