"""Two people code an interview by keyboard alone, agree, and the file is what comes out by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from survey_app.actions import accounts, responses, rounds
from survey_app.actions.coding import doubling
from survey_app.actions.coding.doubling import Plan
from survey_app.store.doubling import UnitKind
from tests.factories import make_app
from tests.journeys.interviewing import log_in, press
from tests.survey_app.actions.coding.coded import make_coded
from tests.survey_app.actions.interviews.people import PASSWORD, make_interview
from tests.tools.accessibility import axe_violations
from tests.tools.commands import run_command
from tests.tools.html import html_problems
from tests.tools.server import LiveServer, serving

FIRST, SECOND = ("chef@demo.example", PASSWORD), ("andra@demo.example", PASSWORD)
SAID = "😀 Det var bråk. Ingen såg det.\nHemma sa jag inget. Jag var trött."
CODING, DOUBLE = "/coding/talks/", "/coding/talks/double/1/"
# What the second coder types at each unit: letters of a code, and how it is spoken of.
HEARD = {"bråk": ("till", "-"), "Hemma": ("eff", ""), "bra": ("eff", "0")}
# Worked out by hand. Trust: 1 1 0 and 1 0 0; the effect: 0 0 1 and 0 1 1. Of both p_o = 2/3 and
# p_e = 4/9, so kappa is 0.40; alpha is 1 - 5 * 2 / 18 = 0.44. Of the one unit in which both speak
# of the effect, one says + and the other 0: weighted kappa and alpha are 0.
AGREED = {
    "agreement": [["3", "0,50", "66,67", "0,40", "0,44"], ["3", "0,50", "66,67", "0,40", "0,44"]],
    "spoken": [["1", "–", "–", "–", "–"], ["1", "0,00", "0,00", "0,00", "0,00"]],
}
CODED = {
    "area__rel": 1, "area__rel__count": 1,
    "code__rel": 0, "code__rel__count": 0, "code__rel_tillit": 1, "code__rel_tillit__count": 1,
    "code__rel_byte": 0, "code__rel_byte__count": 0, "code__eff": 1, "code__eff__count": 2,
}  # fmt: skip
SEGMENTS = [
    ("fore", "rel_tillit", "rel", 16, 30, "Ingen såg det.", "-"),
    ("fore", "eff", "eff", 31, 65, "Hemma sa jag inget. Jag var trött.", "NA"),
    ("nu", "eff", "eff", 0, 14, "Nu är det bra.", "0"),
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveServer, str]]:
    """Serve an interview of two notes, of which the last is coded; give the pseudonym too."""
    data = tmp_path_factory.mktemp("coding") / "data"
    made = make_app(data)
    with made.app_context():
        of = make_coded()
        accounts.create(FIRST[0], ["interviewer", "coder", "coordinator"], PASSWORD)
        accounts.create(SECOND[0], ["coder"], PASSWORD)
        case = make_interview(of.of, {"fore": SAID, "nu": "Nu är det bra."})
        of.give(case, "Nu är det bra.", "eff", by=FIRST[0], valence="1")
        code = case.code
    responses.close(made)
    with serving(data) as server:
        yield server, code


def test_two_people_code_an_interview_by_keyboard(room, open_context, tmp_path) -> None:
    """From sentences chosen by arrows to decisions, and every cell of the file."""
    server, case = room
    page = open_context(viewport={"width": 1280, "height": 800}, locale="sv-SE").new_page()
    log_in(page, server, FIRST)
    page.goto(server.url(f"{CODING}cases/{case}/"))
    code_by_keyboard(page)
    correct_and_remove(page)
    sources = check_pages(page, server, case)
    page.goto(server.url(f"{CODING}cases/{case}/"))
    press(page, "button", "Intervjun är kodad")
    fix_units(server)
    other = open_context(viewport={"width": 1280, "height": 800}, locale="sv-SE").new_page()
    sources |= code_units(other, server)
    page.goto(server.url(f"{DOUBLE}result"))
    assert {table: figures(page, table) for table in AGREED} == AGREED
    decide(page, "Rel_tillit", "Det här är inte tillit.", "Den gäller inte")
    decide(page, "Eff", "Se definitionen.", "Den gäller")
    decide(page, "Eff", "Läst tillsammans.", "Det här gäller", valence="0 Neutralt")
    sources |= check(page, server)
    assert [str(problem) for problem in html_problems(sources)] == []
    coded, segments = exported(server, tmp_path / "talks.xlsx")
    assert coded == CODED
    assert segments == SEGMENTS


def figures(page: Page, table: str) -> list[list[str]]:
    """Read a table of agreement, code by code, without the intervals."""
    rows = page.locator(f"[aria-labelledby={table}] tbody tr").all()
    return [row.locator("td").all_inner_texts()[:5] for row in rows]


def decide(page: Page, label: str, why: str, word: str, valence: str = "") -> None:
    """Settle the first place about a code that has such a button, by keyboard."""
    form = page.locator("form", has=page.get_by_role("button", name=f"{word}: {label}")).first
    if valence:
        form.locator("select").focus()
        while form.locator("select option:checked").inner_text() != valence:
            page.keyboard.press("ArrowUp")
    form.get_by_label("Varför").focus()
    page.keyboard.type(why)
    form.get_by_role("button", name=f"{word}: {label}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Det är avgjort.")).to_be_visible()
    expect(page.get_by_text(why)).to_be_visible()


def exported(server: LiveServer, file: Path) -> tuple[Mapping[str, object], list[object]]:
    """Give the codes of the only interview, and its coded passages."""
    command = ("export", "talks", "--format", "xlsx", "--output", file, "--data", server.data)
    done = run_command(*command)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(file)
    header, row = book["Data"].values
    cells = dict(zip(map(str, header), row, strict=True))
    coded = {name: cells[name] for name in cells if name.startswith(("code__", "area__"))}
    names, *segments = book["Segment"].values
    wanted = ("question", "code", "area", "start", "end", "text", "valence")
    places = [names.index(f"segment_{name}") for name in wanted]
    return coded, [tuple(segment[place] for place in places) for segment in segments]


def code_by_keyboard(page: Page) -> None:
    """Give two sentences a code and a valence; the place is kept."""
    lines, said = page.locator(".line"), page.locator("#said")
    lines.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#chosen")).to_contain_text("Ingen såg det.")
    page.keyboard.type("till")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Vald: Rel_tillit")
    page.locator("[name=valence][value='-1']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(said).to_have_text("Sparat.")
    passage = page.locator(".passage blockquote").first
    assert " ".join(passage.inner_text().split()) == "Ingen såg det. Hemma sa jag inget."
    expect(lines.nth(3)).to_be_focused()


def correct_and_remove(page: Page) -> None:
    """Mark any words, which count in characters: the smiley is one, though two for a browser."""
    page.evaluate(
        """() => {
            const run = document.querySelector(".run").firstChild;
            document.getSelection().setBaseAndExtent(run, 3, run, 10);
        }"""
    )
    expect(page.locator("#chosen")).to_have_text("Det var")
    page.locator("#find").focus()
    page.keyboard.type("byte")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".passage blockquote").first).to_have_text("Det var")
    press(page, "button", "Ändra: Det var")
    expect(page.get_by_role("heading", name="Ändra koderna")).to_be_visible()
    page.locator("#memo").fill("Kort")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".passage").first).to_contain_text("Kort")
    page.locator(".line").last.click()
    page.locator("#memo").fill("Halvt skrivet")
    press(page, "button", "Ta bort: Det var")
    expect(page.locator(".passage")).to_have_count(2)
    expect(page.locator("#memo")).to_have_value("Halvt skrivet")  # what is begun beside it stays
    expect(page.locator(".line").last).to_have_attribute("aria-selected", "true")
    press(page, "button", "Rensa")


def fix_units(server: LiveServer) -> None:
    """Have all paragraphs coded twice."""
    made = make_app(server.data)
    with made.app_context():
        plan = Plan(UnitKind.PARAGRAPH, 100, SECOND[0], seed=1)
        doubling.begin(rounds.find("talks"), plan, FIRST[0])
    responses.close(made)


def code_units(page: Page, server: LiveServer) -> dict[str, str]:
    """Let somebody else code the paragraphs: letters, a sign, Enter."""
    log_in(page, server, SECOND, "**/coding/")
    page.goto(server.url(f"{CODING}double"))
    press(page, "link", "Koda enheterna")
    sources: dict[str, str] = {}
    for _ in HEARD:
        expect(page.locator("#find")).to_be_focused()
        words = page.locator(".note-card .text").inner_text()
        letters, sign = next(typed for part, typed in HEARD.items() if part in words)
        page.keyboard.type(letters)
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Vald: ")
        if sign:
            page.keyboard.press(sign)
            expect(page.locator("#said")).to_contain_text({"-": "Negativt", "0": "Neutralt"}[sign])
            change_by_arrows(page.locator(".code-choice:has(input:checked) select"))
        if "Hemma" in words:
            sources = check(page, server)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    press(page, "button", "Jag är klar")
    expect(page.get_by_text("2 av 3 enheter har exakt samma koder.")).to_be_visible()
    return sources


def change_by_arrows(spoken: Locator) -> None:
    """Choose another valence in its own list and take it back, as in any list."""
    chosen = spoken.input_value()
    spoken.press("ArrowUp")
    expect(spoken).not_to_have_value(chosen)
    spoken.press("ArrowDown")
    expect(spoken).to_have_value(chosen)
    spoken.page.locator("#find").focus()


def check_pages(page: Page, server: LiveServer, case: str) -> dict[str, str]:
    """Look at the coders' pages."""
    paths = [f"{CODING}cases/{case}/", CODING, f"{CODING}search?q=hemma", f"{CODING}quotations"]
    paths += [f"/coding/schemes/1/{name}" for name in ("", "codes/4/split")]
    paths += [f"{CODING}double", "/results/interviews/talks/"]
    paths += [f"/interviews/talks/cases/{case}/{name}" for name in ("transcript", "scan")]
    return check(page, server, *paths)


def check(page: Page, server: LiveServer, *paths: str) -> dict[str, str]:
    """Look at pages, or the open one, with a screen reader's eyes, and at 400 per cent.

    Their sources are given, to be judged all at once: the checker takes seconds to start.
    """
    sources, found, widths = {}, {}, {}
    for path in paths or [page.url.removeprefix(server.address)]:
        page.set_viewport_size({"width": 1280, "height": 800})
        if paths:
            page.goto(server.url(path))
        found[path] = [str(violation) for violation in axe_violations(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        widths[path] = page.evaluate("() => document.documentElement.scrollWidth")
        sources[path] = page.request.get(server.url(path)).text()
    assert {path: several for path, several in found.items() if several} == {}
    assert {path: width for path, width in widths.items() if width > 320} == {}
    return sources
