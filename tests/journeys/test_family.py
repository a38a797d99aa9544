"""A family's questionnaire: children with toys, towns in regions, a matrix, a ranking."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forms.writing import write_workbook
from tests.forms.tables import workbook_of
from tests.journeys.family import FAMILY
from tests.journeys.screens import SEND, THANKS, choose, error_of, go_on, open_enkat, question
from tests.tools.accessibility import axe_violations
from tests.tools.browser import no_foreign_requests
from tests.tools.html import html_problems
from tests.tools.sealing import opened


@pytest.fixture(scope="session")
def family(command_line, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Publish the family's questionnaire, and give its name."""
    file: Path = tmp_path_factory.mktemp("family") / "family.xlsx"
    with file.open("wb") as target:
        write_workbook(workbook_of(FAMILY), target)
    command_line.run("instrument", "publish", file)
    return "family"


@pytest.fixture
def family_round(command_line, family) -> str:
    """Open a round of it for one test."""
    return str(command_line.open_round(family))


def field(page: Page, name: str):
    """Give the control of a name."""
    return page.locator(f'[name="{name}"]')


def add(page: Page, repeat: str) -> None:
    """Press "Add another"."""
    page.locator(f'[name=_add][value="{repeat}"]').click()


def remove(page: Page, instance: str) -> None:
    """Press "Remove"."""
    page.locator(f'[name=_remove][value="{instance}"]').click()


def test_cascades_follow_each_other(open_tablet, address, family_round) -> None:
    """A town of another region is neither offered nor kept."""
    page = open_tablet()
    open_enkat(page, address(family_round))
    expect(question(page, "town").locator(".nothing-offered")).to_be_visible()
    expect(question(page, "quarter")).to_be_hidden()
    choose(page, "region", "ab")
    shown = field(page, "town").locator("option:not([hidden])")
    expect(shown).to_have_text(["Välj ett svar", "Solna", "Nacka"])
    field(page, "town").select_option("solna")
    choose(page, "quarter", "huv")
    choose(page, "region", "c")
    expect(field(page, "town")).to_have_value("")
    expect(question(page, "quarter")).to_be_hidden()
    choose(page, "region", "ab")
    field(page, "town").select_option("solna")
    assert question(page, "quarter").locator("input:checked").count() == 0


def test_instances_come_and_go(open_tablet, address, family_round) -> None:
    """Each child keeps its own answers, its number, and the place of the focus."""
    page = open_tablet()
    open_enkat(page, address(family_round))
    go_on(page)
    field(page, "child[1]/nick").fill("Bo")
    field(page, "child[1]/age").fill("5")
    expect(page.locator("[data-instance='child[1]/toy[1]']")).to_be_visible()
    field(page, "child[1]/toy[1]/toyname").fill("boll")
    add(page, "child[1]/toy")
    expect(field(page, "child[1]/toy[2]/toyname")).to_be_focused()
    field(page, "child[1]/toy[2]/toyname").fill("bil")
    add(page, "child")
    expect(field(page, "child[2]/nick")).to_be_focused()
    expect(page.locator("#spoken")).to_have_text("Barn 2 av 2 har lagts till.")
    field(page, "child[2]/nick").fill("Ulla")
    field(page, "child[2]/age").fill("9")
    expect(page.locator("[data-repeat='child[2]/toy']")).to_be_hidden()
    expect(field(page, "child[2]/school").first).to_be_checked()
    expect(question(page, "child[2]/age")).to_contain_text("Hur gammal är Ulla?")
    add(page, "child")
    field(page, "child[3]/nick").fill("Kim")
    remove(page, "child[1]/toy[1]")
    expect(field(page, "child[1]/toy[1]/toyname")).to_have_value("bil")
    remove(page, "child[1]")
    expect(page.locator("#i-child\\:1\\:")).to_be_focused()
    expect(page.locator("#i-child\\:1\\:")).to_have_text("Barn 1 av 2")
    expect(field(page, "child[1]/nick")).to_have_value("Ulla")
    expect(field(page, "child[2]/nick")).to_have_value("Kim")
    expect(question(page, "child[1]/age")).to_contain_text("Hur gammal är Ulla?")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((it) => it.id)")
    assert len(ids) == len(set(ids)), "two elements with one id"
    field(page, "child[2]/age").fill("44")
    go_on(page)
    expect(error_of(page, "child[2]/age")).to_have_text("Högst 19 år.")
    expect(field(page, "child[2]/age")).to_be_focused()
    remove(page, "child[2]")
    remove(page, "child[1]")
    expect(page.locator("#r-child")).to_be_focused()
    add(page, "child")
    expect(field(page, "child[1]/nick")).to_have_value("")


def answer_family(page: Page) -> None:
    """Answer everything from the children on, up to the screen where it is sent."""
    field(page, "child[1]/nick").fill("Bo")
    field(page, "child[1]/age").fill("5")
    field(page, "child[1]/toy[1]/toyname").fill("boll")
    add(page, "child")
    field(page, "child[2]/nick").fill("Ulla")
    field(page, "child[2]/age").fill("9")
    go_on(page)
    expect(question(page, "told")).to_contain_text("14")
    go_on(page)
    field(page, "trips").fill("2")
    go_on(page)
    field(page, "trip[2]/place").fill("Rom")
    go_on(page)
    choose(page, "eat", "3")
    choose(page, "walk", "1")
    go_on(page)
    page.locator("[data-move=down]").first.click()
    go_on(page)
    choose(page, "mood", "7")
    go_on(page)
    page.locator(".slider").click()
    expect(field(page, "percent")).to_have_value("50")  # touched, the middle is an answer
    page.keyboard.press("ArrowRight")
    expect(field(page, "percent")).to_have_value("55")
    go_on(page)
    field(page, "dinner").fill("17:30")
    go_on(page)
    field(page, "met").fill("2026-01-05T10:00")
    go_on(page)
    expect(question(page, "sumup").locator("output")).to_have_text("14")
    go_on(page)
    field(page, "agree").check(force=True)
    go_on(page)
    choose(page, "mix", "2")
    go_on(page)
    expect(page.locator(SEND)).to_be_visible()


def test_a_family_answers_everything(
    open_tablet, address, live_server, family_round, command_line
) -> None:
    """What was touched is what is stored, instance by instance."""
    page, posts = open_tablet(), []
    page.on("request", lambda it: posts.append(it.post_data) if it.method == "POST" else None)
    with no_foreign_requests(page, address("")):
        open_enkat(page, address(family_round))
        choose(page, "region", "ab")
        field(page, "town").select_option("nacka")
        go_on(page)
        answer_family(page)
        expect(page.locator(".review-list")).to_contain_text("Barn 2 av 2 · Hur gammal är Ulla?")
        page.locator(SEND).click()
        expect(page).to_have_url(THANKS)
    assert command_line.responses(family_round) == 1
    sent = opened(live_server.data, family_round, *posts)
    for part in ("order=2&order=3&order=1", "trip%5B2%5D%2Fplace=Rom", "child%5B%23%5D=2"):
        assert part in sent
    assert "sumup" not in sent
    assert "gridhead" not in sent


def test_a_family_answers_without_a_script(open_tablet, address, family_round, command_line):
    """Buttons bring the page back with one more child, and with everything that was typed."""
    page = open_tablet(java_script_enabled=False)
    page.goto(address(family_round))
    choose(page, "region", "ab")
    field(page, "child[1]/nick").fill("Bo")
    field(page, "child[1]/age").fill("5")
    field(page, "child[1]/toy[1]/toyname").fill("boll")
    add(page, "child[1]/toy")
    field(page, "child[1]/toy[2]/toyname").fill("bil")
    add(page, "child")
    expect(page.locator("#i-child\\:2\\:")).to_be_focused()
    expect(field(page, "child[1]/toy[2]/toyname")).to_have_value("bil")
    field(page, "child[2]/nick").fill("Ulla")
    remove(page, "child[1]/toy[1]")
    expect(field(page, "child[1]/toy[1]/toyname")).to_have_value("bil")
    expect(field(page, "town").locator("option:not([hidden])")).to_have_count(3)
    field(page, "town").select_option("nacka")
    field(page, "trips").fill("1")
    field(page, "trips").press("Enter")
    expect(page.locator("#error-summary")).to_contain_text("Resa")
    expect(error_of(page, "agree")).to_be_visible()
    field(page, "trip[1]/place").fill("Rom")
    field(page, "agree").check(force=True)
    for place, code in enumerate(("1", "3", "2")):
        page.locator("[name=order]").nth(place).select_option(code)
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    assert command_line.responses(family_round) == 1


def test_counted_instances_keep_their_answers(open_tablet, address, family_round) -> None:
    """Who types 12 on the way to 2 loses nothing."""
    page = open_tablet()
    open_enkat(page, address(family_round))
    page.evaluate("document.querySelectorAll('.screen').forEach((it) => { it.hidden = false; })")
    field(page, "trips").fill("2")
    field(page, "trip[2]/place").fill("Rom")
    field(page, "trips").fill("1")
    expect(page.locator("[data-instance='trip[2]']")).to_be_hidden()
    expect(field(page, "trip[#]")).to_have_value("1")
    field(page, "trips").fill("3")
    expect(field(page, "trip[2]/place")).to_have_value("Rom")


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("", 834, "light"), ("/ar", 834, "dark"), ("/ar", 320, "light")],
)
def test_every_screen_of_the_family_is_accessible(
    open_tablet, address, family_round, language, width, scheme
) -> None:
    """WCAG 2.2 AA for repeats, matrix, ranking and slider, from the left and from the right."""
    page = open_tablet(color_scheme=scheme, viewport={"width": width, "height": 1000})
    open_enkat(page, address(family_round + language))
    broken: list[object] = []

    def look() -> None:
        where = page.evaluate("history.state.page")
        broken.extend((where, str(each)) for each in axe_violations(page))
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        broken.extend([(where, f"scrolls {wide} px sideways")] if wide > 0 else [])

    choose(page, "region", "ab")
    field(page, "town").select_option("solna")
    look()
    go_on(page)
    go_on(page)
    look()
    field(page, "child[1]/nick").fill("Bo")
    field(page, "child[1]/age").fill("5")
    add(page, "child")
    field(page, "child[2]/nick").fill("Ulla")
    look()
    for _ in range(20):
        go_on(page)
        if page.locator("[name=trips]").is_visible():
            field(page, "trips").fill("2")
        if page.locator(".ranking").is_visible():
            look()
            page.locator("[data-move=down]").first.click()
        if page.locator("[name=agree]").is_visible():
            field(page, "agree").check(force=True)
        look()
        if page.locator(SEND).is_visible():
            break
    expect(page.locator(SEND)).to_be_visible()
    assert broken == []


def test_the_familys_long_page_is_accessible_and_valid(open_tablet, address, family_round) -> None:
    """Before its script, with its errors, and in a language from the right."""
    page, pages = open_tablet(), {}
    page.route("**/js/respond.js", lambda route: route.abort())
    page.goto(address(family_round + "/ar"))
    expect(page.locator(SEND)).to_be_visible()
    assert [str(each) for each in axe_violations(page)] == []
    for path in (family_round, f"{family_round}/ar"):
        pages[path] = page.request.get(address(path)).text()
    wrong = {"child[#]": "2", "trips": "2", "trip[#]": "0", "mood": "99", "order": "9"}
    pages["422"] = page.request.post(address(family_round), form=wrong).text()
    pages["added"] = page.request.post(
        address(family_round), form={**wrong, "_add": "child"}
    ).text()
    assert html_problems(pages) == []
