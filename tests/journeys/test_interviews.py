"""An interview from the case to its notes, by keyboard, on pages that everybody can use."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.interviewing import Account, add_case, log_in, make_interviewer, press
from tests.tools.accessibility import axe_violations
from tests.tools.html import html_problems

ROUND = "journey-interviews"


@pytest.fixture(scope="session")
def interviewer(command_line) -> Account:
    """Open a round, and give an account that interviews."""
    return make_interviewer(command_line, ROUND, "intervjuare@demo.example")


def test_an_interview_is_held_by_keyboard(live_server, interviewer, open_desktop) -> None:
    """Only who takes part is asked; Ctrl+S saves; what is unsaved is not lost unseen."""
    page = open_desktop()
    log_in(page, live_server, interviewer)
    add_case(page, live_server, ROUND)
    press(page, "link", "Börja intervjun")
    note = page.get_by_label("Hur var en vanlig skoldag innan du fick kontakt med teamet?")
    expect(note).to_be_hidden()
    page.locator("[name=vill_delta][value=ja]").focus()
    page.keyboard.press("Space")
    expect(note).to_be_visible()
    note.focus()
    page.keyboard.type("Det var mest bråk på rasterna.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Anteckningarna är sparade.")).to_be_visible()
    expect(note).to_have_value("Det var mest bråk på rasterna.")
    press(page, "button", "Spara: intervjun är klar")
    expect(page.get_by_text("Intervjun är klar. Anteckningarna kan rättas.")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (320, 640)])
def test_the_pages_are_accessible_and_fit(live_server, interviewer, open_context, size) -> None:
    """With a screen reader, and at 400 per cent."""
    viewport = {"width": size[0], "height": size[1]}
    page = open_context(viewport=viewport, locale="sv-SE").new_page()
    log_in(page, live_server, interviewer)
    case = add_case(page, live_server, ROUND).removeprefix(live_server.address)
    page.goto(live_server.url(f"/interviews/{ROUND}/sample"))
    page.locator("[name=group]").fill(f"grupp {size[0]}")
    page.get_by_label("Hur många").fill("3")
    press(page, "button", "Lägg till raden")
    expect(page.get_by_text("Urvalet har fått en rad till.")).to_be_visible()
    page.goto(live_server.url(f"{case}notes"))
    page.locator("[name=vill_delta][value=ja]").check()
    press(page, "button", "Spara och fortsätt")
    expect(page.get_by_text("Anteckningarna är sparade.")).to_be_visible()
    paths = [f"/interviews/{ROUND}/", f"/interviews/{ROUND}/new", f"/interviews/{ROUND}/sample"]
    paths += [case, *(f"{case}{name}" for name in ("change", "consent", "withdraw", "notes"))]
    sources, found, widths = {}, {}, {}
    for path in paths:
        page.goto(live_server.url(path))
        found[path] = [str(violation) for violation in axe_violations(page)]
        widths[path] = page.evaluate("() => document.documentElement.scrollWidth")
        sources[path] = page.request.get(live_server.url(path)).text()
    assert {path: several for path, several in found.items() if several} == {}
    assert {path: width for path, width in widths.items() if width > size[0]} == {}
    assert [str(problem) for problem in html_problems(sources)] == []
