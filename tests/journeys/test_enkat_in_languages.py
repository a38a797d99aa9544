"""The enkät in every language that pupils may be offered: every page, mirrored where it should."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from forms.languages import PUPILS_LANGUAGES, direction
from tests.journeys.screens import BACK, NEXT, SEND, THANKS, choose, open_enkat
from tests.tools.accessibility import axe_violations

FIRST = "TRI1"
DRAFTS = [tag for tag in PUPILS_LANGUAGES if tag not in ("sv", "en")]
# One language that runs from the right, and one that runs from the left.
BOTH_WAYS = ["ar", "pl"]


@pytest.fixture(scope="module")
def enkat(command_line) -> str:
    """Approve every language, and open a round of the built-in enkät."""
    command_line.run("language", "approve", *DRAFTS, "--by", "A second speaker")
    return str(command_line.open_round("elevenkat"))


@pytest.mark.parametrize("tag", PUPILS_LANGUAGES)
def test_every_page_is_whole_and_accessible(open_tablet, address, enkat, tag) -> None:
    """Start, questions, sending, thanks, not found: in one language, and nothing for axe."""
    page = open_tablet()
    page.route("**/js/respond.js", lambda route: route.abort())  # all screens on one page
    broken: list[tuple[str, str]] = []

    def look(where: str) -> None:
        broken.extend((where, str(each)) for each in axe_violations(page))
        broken.extend((where, other) for other in other_languages(page, tag))

    page.goto(address(enkat if tag == "sv" else f"{enkat}/{tag}"))
    look("questions")
    expect_mirrored(page, tag)
    choose(page, FIRST, "4")
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    look("thanks")
    page.goto(address(f"no-such-round/{tag}"))
    look("not found")
    assert broken == []


def other_languages(page: Page, tag: str) -> list[str]:
    """Give the languages that are marked on a page beside its own, the menu left out."""
    marked: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("[lang]")]
            .filter((it) => !it.closest("nav"))
            .map((it) => `${it.lang} ${it.dir || getComputedStyle(it).direction}`)"""
    )
    return [each for each in set(marked) if each != f"{tag} {direction(tag)}"]


def expect_mirrored(page: Page, tag: str) -> None:
    """See the best answer at the side where the language begins."""
    scale = page.locator(f"[data-question={FIRST}] .choices:not(.missing) .choice")
    places = [left_of(scale.nth(number)) for number in range(4)]
    assert places == sorted(places, reverse=direction(tag) == "rtl")


def left_of(part: Locator) -> float:
    """Give where a part begins, from the left."""
    box = part.bounding_box()
    assert box is not None
    return box["x"]


@pytest.mark.parametrize("tag", BOTH_WAYS)
def test_a_closed_enkat_and_a_mistake_are_told_in_the_language(
    open_tablet, address, command_line, enkat, tag
) -> None:
    """The pages that nobody hopes to meet."""
    page = open_tablet()
    page.route("**/js/respond.js", lambda route: route.abort())  # axe itself needs a script
    page.goto(address(f"{enkat}/{tag}"))
    for code in ("help", "tasks", "calm", "friend"):
        choose(page, "ONS1", code)
    page.locator(SEND).click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert axe_violations(page) == []
    assert other_languages(page, tag) == []
    closed = command_line.open_round("elevenkat")
    command_line.run("round", "close", closed)
    page.goto(address(f"{closed}/{tag}"))
    expect(page.locator("html")).to_have_attribute("lang", tag)
    assert axe_violations(page) == []


@pytest.mark.parametrize("tag", BOTH_WAYS)
def test_the_enkat_is_answered_by_keyboard_alone(open_desktop, address, enkat, tag) -> None:
    """Who cannot point reaches every screen, in either direction of writing."""
    page = open_desktop()
    open_enkat(page, address(f"{enkat}/{tag}"))
    assert axe_violations(page) == []
    tab_to(page, NEXT)
    page.keyboard.press("Enter")
    steps = [left_of(page.locator(step)) for step in (BACK, NEXT)]
    assert steps == sorted(steps, reverse=direction(tag) == "rtl")
    tab_to(page, f"[name={FIRST}][value='4']")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"[name={FIRST}][value='3']")).to_be_checked()
    for _ in range(40):
        if page.locator(SEND).is_visible():
            break
        tab_to(page, NEXT)
        page.keyboard.press("Enter")
    tab_to(page, SEND)
    page.keyboard.press("Enter")
    expect(page).to_have_url(THANKS)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    target = page.locator(selector)
    for _ in range(60):
        if target.evaluate("(it) => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


@pytest.mark.parametrize("tag", BOTH_WAYS)
def test_the_enkat_is_answered_without_a_script(open_tablet, address, enkat, tag) -> None:
    """One long page, in the pupil's language to the end."""
    page = open_tablet(java_script_enabled=False)
    page.goto(address(f"{enkat}/{tag}"))
    choose(page, FIRST, "4")
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    expect(page.locator("html")).to_have_attribute("lang", tag)


def test_only_tigrinya_loads_its_letters(open_tablet, address, enkat) -> None:
    """The others load the four letters of its name."""
    page, loaded = open_tablet(), list[str]()
    page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    open_enkat(page, address(f"{enkat}/fi"))
    page.evaluate("document.fonts.ready.then(() => null)")
    assert "ethiopic-name.woff2" in loaded
    assert "ethiopic.woff2" not in loaded
    open_enkat(page, address(f"{enkat}/ti"))
    page.evaluate("document.fonts.ready.then(() => null)")
    assert page.evaluate("document.fonts.check('16px \"Survey Ethiopic\"', 'ትግርኛ')")
