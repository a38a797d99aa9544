"""A pupil comes in with a card: by its square, by hand, by keyboard, without a script."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forms.writing import write_workbook
from survey_app.actions.code_spelling import draw
from tests.forms.tables import workbook_of
from tests.journeys.screens import BACK, NEXT, SEND, THANKS, choose, go_on, open_enkat, see
from tests.tools.accessibility import axe_violations
from tests.tools.html import html_problems

NUMBERS = count(1)
SHORT = """
    survey
    | type             | name | label::Svenska (sv) | label::English (en) | label::Arabic (ar) |
    | select_one yesno | pets | Har du husdjur?     | Do you have pets?   | هل لديك حيوان؟     |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) | label::Arabic (ar) |
    | yesno     | 1    | Ja                  | Yes                 | نعم                |
    | yesno     | 0    | Nej                 | No                  | لا                 |
    settings
    | form_id | form_title | default_language |
    | cards   | Husdjur    | Svenska (sv)     |
"""
FIELD, MESSAGE = "#entry-code", "#entry-code-error"


@dataclass(frozen=True)
class Coded:
    """A round that asks for codes."""

    name: str
    codes: list[str]


@pytest.fixture
def coded(command_line, tmp_path: Path) -> Coded:
    """Open a round that asks for codes, and make three."""
    name = f"coded-{next(NUMBERS)}"
    with (tmp_path / "cards.xlsx").open("wb") as file:
        write_workbook(workbook_of(SHORT), file)
    command_line.run("instrument", "publish", tmp_path / "cards.xlsx")
    command_line.run("round", "open", name, "--instrument", "cards", "--codes")
    made = command_line.run("codes", "create", name, "--count", "3", "--json")
    return Coded(name, json.loads(made))


def answer_and_send(page: Page) -> None:
    """Answer the only question, and send."""
    choose(page, "pets", "1")
    go_on(page)
    page.locator(SEND).click()


def type_code(page: Page, text: str) -> None:
    """Write a code, one key after the other."""
    page.locator(FIELD).fill("")
    page.locator(FIELD).press_sequentially(text)


def test_the_square_fills_in_the_code_and_leaves_no_trace_of_it(
    open_tablet, address, command_line, coded
) -> None:
    """The code is in no address that is asked for, shown or kept, and goes out in one body."""
    page, asked = open_tablet(), []
    page.on("request", lambda request: asked.append((request.url, request.post_data or "")))
    code = coded.codes[0].replace("-", "")
    open_enkat(page, f"{address(coded.name)}#code={code}")
    expect(page.locator(FIELD)).to_have_value(coded.codes[0])
    assert page.url == address(coded.name)
    go_on(page)
    answer_and_send(page)
    expect(page).to_have_url(THANKS)
    assert command_line.responses(coded.name) == 1
    navigations = [url.partition("#")[0] for url, _ in asked]
    assert not any(code in url for url in navigations)
    bodies = [body for _, body in asked if body]
    assert bodies
    assert all("_sealed=" in body or f"entry_code={code}" in body for body in bodies)
    assert code not in str(page.evaluate("[{...localStorage}, {...sessionStorage}]"))


def test_a_code_is_typed_as_it_comes(open_tablet, address, command_line, coded) -> None:
    """In small letters and without hyphens; it is shown as on the card."""
    page = open_tablet()
    open_enkat(page, address(coded.name))
    expect(page.locator(BACK)).to_be_hidden()
    type_code(page, coded.codes[0].replace("-", "").lower())
    expect(page.locator(FIELD)).to_have_value(coded.codes[0])
    go_on(page)
    see(page, "pets")
    page.go_back()
    expect(page.locator(FIELD)).to_be_visible()
    expect(page.locator(FIELD)).to_have_value(coded.codes[0])
    go_on(page)
    answer_and_send(page)
    expect(page).to_have_url(THANKS)
    assert command_line.responses(coded.name) == 1


def test_a_slip_is_noticed_without_asking_the_server(open_tablet, address, coded) -> None:
    """On the first screen, offline too, and not after thirty questions."""
    page = open_tablet()
    open_enkat(page, address(coded.name))
    page.context.set_offline(True)
    go_on(page)
    expect(page.locator(MESSAGE)).to_have_text("Skriv koden som står på ditt kort.")
    first, second, *rest = coded.codes[0].replace("-", "")
    swapped = second + first + "".join(rest)
    type_code(page, swapped if first != second else "0" + swapped[1:])
    go_on(page)
    expect(page.locator(MESSAGE)).to_contain_text("Koden är inte helt rätt.")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#spoken")).to_contain_text("Koden är inte helt rätt.")
    type_code(page, coded.codes[0])
    expect(page.locator(MESSAGE)).to_be_hidden()
    go_on(page)
    see(page, "pets")


@pytest.mark.parametrize("kind", ["used", "unknown"])
def test_a_refused_code_is_mended_with_all_answers_kept(
    open_tablet, address, command_line, coded, kind
) -> None:
    """The pupil gets another card, and need not answer again."""
    if kind == "used":
        first = open_tablet()
        open_enkat(first, f"{address(coded.name)}#code={coded.codes[0]}")
        go_on(first)
        answer_and_send(first)
        expect(first).to_have_url(THANKS)
    wrong = coded.codes[0] if kind == "used" else unknown(coded)
    page = open_tablet()
    open_enkat(page, address(coded.name))
    type_code(page, wrong)
    go_on(page)
    answer_and_send(page)
    said = "Någon har redan svarat med den här koden." if kind == "used" else "Koden finns inte."
    expect(page.locator(MESSAGE)).to_contain_text(said)
    expect(page.locator(FIELD)).to_be_focused()
    go_on(page)  # the same code is not tried again
    expect(page.locator(MESSAGE)).to_contain_text(said)
    type_code(page, coded.codes[1])
    go_on(page)
    if not page.locator(SEND).is_visible():
        go_on(page)
    expect(page.locator(".review-answer")).to_have_text("Ja")
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    assert command_line.responses(coded.name) == (2 if kind == "used" else 1)


def unknown(coded: Coded) -> str:
    """Draw a code that the round does not have."""
    known = {code.replace("-", "") for code in coded.codes}
    return next(code for code in iter(draw, None) if code not in known)


def test_the_code_goes_along_to_another_language(open_tablet, address, coded) -> None:
    """Who reads Arabic need not type it twice; there too it runs from left to right."""
    page = open_tablet()
    open_enkat(page, f"{address(coded.name)}#code={coded.codes[0]}")
    page.locator(".languages a[hreflang=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(FIELD)).to_have_value(coded.codes[0])
    assert page.url == address(f"{coded.name}/ar")
    style = page.locator(FIELD).evaluate(
        "(it) => [getComputedStyle(it).direction, getComputedStyle(it).textAlign]"
    )
    assert style == ["ltr", "right"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(page) == []


def test_by_keyboard_alone(open_desktop, address, command_line, coded) -> None:
    """Enter goes on, as in any form."""
    page = open_desktop()
    open_enkat(page, address(coded.name))
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.locator(FIELD).evaluate("(it) => it === document.activeElement"):
            break
    page.keyboard.type(coded.codes[0])
    page.keyboard.press("Enter")
    see(page, "pets")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    # It leads to what is on the screen, and loses nothing.
    page.locator(".skip-link").press("Enter")
    expect(page.locator("[data-question=pets] .question-label")).to_be_focused()
    expect(page.locator("[name=pets]:checked")).to_have_count(1)
    page.locator(NEXT).press("Enter")
    page.locator(SEND).press("Enter")
    expect(page).to_have_url(THANKS)
    assert command_line.responses(coded.name) == 1


def test_the_next_pupil_begins_without_a_code(open_tablet, address, coded) -> None:
    """Whatever a browser keeps of a page."""
    page = open_tablet()
    open_enkat(page, f"{address(coded.name)}#code={coded.codes[0]}")
    page.reload()
    expect(page.locator("form.is-paged")).to_be_visible()
    expect(page.locator(FIELD)).to_have_value("")
    page.goto(f"{address(coded.name)}#code={coded.codes[1]}")
    expect(page.locator(FIELD)).to_have_value(coded.codes[1])
    assert page.url == address(coded.name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_is_accessible(open_tablet, address, coded, scheme) -> None:
    """With and without its message, at 400 % zoom too."""
    page = open_tablet(color_scheme=scheme)
    open_enkat(page, address(coded.name))
    assert axe_violations(page) == []
    go_on(page)
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert html_problems(page.request.get(address(coded.name)).text()) == []


def test_without_a_script(open_tablet, address, command_line, coded) -> None:
    """A plain field at the top, its message beside it, and everything typed still there."""
    page = open_tablet(java_script_enabled=False)
    page.goto(address(coded.name))
    choose(page, "pets", "1")
    page.locator(FIELD).fill("abc")
    page.locator(SEND).click()
    expect(page.locator(MESSAGE)).to_contain_text("Koden är inte helt rätt.")
    expect(page.locator("[name=pets][value='1']")).to_be_checked()
    page.locator(FIELD).fill(coded.codes[0])
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    assert command_line.responses(coded.name) == 1


def test_the_cards_print_ten_on_a_sheet(open_context, command_line, coded, tmp_path) -> None:
    """On A4, and without a script."""
    file = tmp_path / "cards.html"
    command_line.run("codes", "create", coded.name, "--count", "23", "--output", file)
    page = open_context(java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 3
    sizes = {
        tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", pdf)
    }
    assert all(abs(width - 595) < 1 and abs(height - 842) < 1 for width, height in sizes)
    boxes = [card.bounding_box() for card in page.locator(".code-card").all()]
    assert len({box and (box["width"], box["height"]) for box in boxes}) == 1
    for card in page.locator(".code-card").all()[:2]:
        fits = card.evaluate("(it) => it.scrollHeight <= it.clientHeight + 1")
        assert fits, card.inner_text()
