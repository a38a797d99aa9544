"""A coordinator's own questionnaire, from Excel to coded answers, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import FrameLocator, Page, expect

from forms.writing import write_workbook
from tests.forms.tables import workbook_of
from tests.journeys.conftest import CommandLine
from tests.journeys.screens import SEND, THANKS, go_to_the_end, open_enkat
from tests.pictures import png
from tests.tools.accessibility import axe_violations
from tests.tools.browser import no_foreign_requests
from tests.tools.html import html_problems
from tests.tools.server import LiveServer

PATIENCE = 90_000  # ms
EMAIL = "upload@journeys.example"
# Sheet, cell of a built-in questionnaire -> what a hurried author writes there.
MISTAKES = {
    "type": ("survey", "type", 4, "select_oen skala"),
    "name": ("survey", "name", 5, "två ord"),
    "reference": ("survey", "relevant", 6, "${finns_inte} = '1'"),
    "expression": ("survey", "relevant", 9, "(1 + "),
    "twice": ("choices", "name", 3, None),
}
FRUITS = """
    survey
    | type                            | name  | label::Svenska (sv) | label::English (en) | media::image |
    | select_one_from_file fruits.csv | fruit | Vilken frukt?       | Which fruit?        | bowl.png     |
    | integer                         | many  | Hur många?          | How many?           |              |
    settings
    | form_id    | form_title | default_language |
    | own-fruits | Frukter    | Svenska (sv)     |
"""
TABLE = "name;label;label::English (en)\napple;Äpple;Apple\nplum;Plommon;Plum\n"

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def password(command_line: CommandLine) -> str:
    """Make a coordinator's account, and give its password."""
    said = command_line.run("account", "create", EMAIL, "--role", "coordinator")
    return said.rpartition("Password: ")[2].strip()


def log_in(page: Page, server: LiveServer, password: str) -> None:
    """Log in, and read English."""
    page.set_default_timeout(PATIENCE)
    page.goto(server.url("/login"))
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(password)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rounds")


def column_of(sheet: Worksheet, header: str) -> int:
    """Find a column by its header."""
    return next(int(cell.column or 0) for cell in sheet[1] if cell.value == header)


def rename(file: Path, form_id: str) -> None:
    """Make a questionnaire the author's own: a name that no other test publishes."""
    book = load_workbook(file)
    settings = book["settings"]
    settings.cell(2, column_of(settings, "form_id")).value = form_id
    book.save(file)


def break_workbook(file: Path) -> dict[str, str]:
    """Make each mistake in a workbook; give its place as the page names it."""
    book = load_workbook(file)
    places = {}
    for mistake, (sheet, header, row, text) in MISTAKES.items():
        page = book[sheet]
        column = column_of(page, header)
        cell = page.cell(row, column)
        cell.value = page.cell(row - 1, column).value if text is None else text
        places[mistake] = f"{sheet} {cell.coordinate}"
    book.save(file)
    return places


def send(page: Page, *files: Path) -> None:
    """Choose files and press the button."""
    page.locator("input[type=file]").set_input_files(list(files))
    press_upload(page)


def press_upload(page: Page) -> None:
    """Press the button, and wait as long as a busy machine may check."""
    page.get_by_role("button", name="Upload and check").click(no_wait_after=True)
    page.wait_for_url("**/instruments/drafts/**")


@pytest.fixture
def is_fine() -> Iterator[Callable[[Page], None]]:
    """Look at a page as axe does, and whether it fits its screen; at the end, the HTML checker does."""
    sources: dict[str, str] = {}

    def look(page: Page) -> None:
        assert [str(one) for one in axe_violations(page)] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sources[f"{len(sources)} {page.url}"] = page.request.get(page.url).text()

    yield look
    assert [str(one) for one in html_problems(sources)] == []


def framed(page: Page) -> FrameLocator:
    """Give the questionnaire inside the preview."""
    return page.frame_locator("iframe")


def test_from_five_mistakes_to_coded_answers(
    live_server, command_line, password, is_fine, open_desktop, open_tablet, address, tmp_path: Path
) -> None:
    """Downloaded, broken, mended by what the page says, tried, published, answered, exported."""
    page = open_desktop(accept_downloads=True)
    log_in(page, live_server, password)
    page.goto(live_server.url("/instruments/"))
    with page.expect_download() as download:
        page.locator("a[href*=elevenkat]").last.click()
    good, broken = tmp_path / "min.xlsx", tmp_path / "min-trasig.xlsx"
    download.value.save_as(good)
    rename(good, "min-enkat")
    copyfile(good, broken)
    places = break_workbook(broken)
    page.goto(live_server.url("/instruments/upload"))
    is_fine(page)
    send(page, broken)

    expect(page.get_by_text("Needs mending")).to_be_visible()
    is_fine(page)
    for place in places.values():
        link = page.get_by_role("link", name=place, exact=True).first
        link.click()
        target = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
        expect(target).to_be_in_viewport()
        target.locator(".mark").first.click()
        expect(page.locator(".message:target")).to_contain_text(place)
    expect(page.get_by_role("button", name="Publish the version")).to_have_count(0)

    page.get_by_role("link", name="Upload the mended workbook").click()
    send(page, good)
    expect(page.get_by_text("Can be published")).to_be_visible()
    is_fine(page)
    look_at_the_preview(page, is_fine)
    page.get_by_label("Note").fill("Rättade fel")
    page.get_by_role("button", name="Publish the version").click()
    expect(page.get_by_role("status")).to_contain_text("is published as version 1")
    expect(page.get_by_role("cell", name="Rättade fel")).to_be_visible()
    is_fine(page)

    name = command_line.open_round("min-enkat")
    pupil = open_tablet()
    open_enkat(pupil, address(name))
    go_to_the_end(pupil)
    pupil.locator(SEND).click()
    expect(pupil).to_have_url(THANKS)
    header, *rows = command_line.export(name, tmp_path)
    assert (header[0], len(rows)) == ("_version", 1)


def look_at_the_preview(page: Page, is_fine: Callable[[Page], None]) -> None:
    """See each language on each screen, with no way into a round."""
    draft = page.url
    page.get_by_role("link", name="Preview: English").click()
    for width in ("Phone", "Tablet", "Desktop"):
        page.get_by_role("link", name=width).click()
        expect(framed(page).locator("form.is-paged")).to_be_visible()
        is_fine(page)
    page.get_by_role("link", name="Svenska", exact=True).click()
    expect(framed(page).locator("html")).to_have_attribute("lang", "sv")
    page.get_by_role("link", name="All on one page").click()
    screens = framed(page).locator(".screen")
    expect(screens.first).to_be_visible()
    expect(screens.last).to_be_visible()
    page.goto(draft)


def test_pictures_and_tables_are_dropped_and_tried(
    live_server, password, is_fine, open_tablet, tmp_path: Path
) -> None:
    """What is answered in the preview is coded before the author's eyes, and stored nowhere."""
    (tmp_path / "bowl.png").write_bytes(png(60, 40))
    (tmp_path / "fruits.csv").write_text(TABLE, encoding="utf-8")
    write_workbook(workbook_of(FRUITS), tmp_path / "own.xlsx")
    page = open_tablet()
    log_in(page, live_server, password)
    with no_foreign_requests(page, live_server.address):
        page.goto(live_server.url("/instruments/upload"))
        is_fine(page)
        drop(page, {"own.xlsx": None, "fruits.csv": None, "bowl.png": None}, tmp_path)
        expect(page.locator(".chosen li")).to_have_count(3)
        press_upload(page)
        expect(page.get_by_text("Can be published")).to_be_visible()
        is_fine(page)
        page.get_by_role("link", name="Preview: English").click()
        frame = framed(page)
        expect(frame.locator("form.is-paged img")).to_be_visible()
        frame.get_by_text("Plum", exact=True).click()
        frame.locator("[data-step=next]").click()
        frame.locator("[name=many]").fill("x")
        frame.locator("[data-step=next]").click()
        expect(frame.locator("[data-question=many] .field-error")).to_be_visible()
        frame.locator("[name=many]").fill("3")
        frame.locator("[data-step=next]").click()
        frame.locator("#sending [type=submit]").click()
        expect(frame.get_by_role("row", name="fruit plum Plum Which fruit?")).to_be_visible()
        expect(frame.get_by_role("row", name="many 3")).to_be_visible()
        (inside,) = [one for one in page.frames if one != page.main_frame]
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")


def drop(page: Page, files: dict[str, None], folder: Path) -> None:
    """Drop files on the zone, one after the other, as a file manager's window gives them."""
    for name in files:
        content = list((folder / name).read_bytes())
        transfer = page.evaluate_handle(
            """([name, bytes]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], name));
                return data;
            }""",
            [name, content],
        )
        page.dispatch_event(".drop-zone", "drop", {"dataTransfer": transfer})


def test_without_a_script_it_is_a_plain_form(
    live_server, password, open_context, tmp_path: Path
) -> None:
    """Uploading, reading and trying need no script."""
    write_workbook(workbook_of(FRUITS), tmp_path / "own.xlsx")
    page = open_context(java_script_enabled=False, locale="sv-SE").new_page()
    log_in(page, live_server, password)
    page.goto(live_server.url("/instruments/upload"))
    send(page, tmp_path / "own.xlsx")
    expect(page.get_by_text("Needs mending")).to_be_visible()
    expect(page.locator(".messages")).to_contain_text("fruits.csv")


def test_one_sees_that_it_works(live_server, password, open_desktop, tmp_path: Path) -> None:
    """A large workbook takes seconds; nobody presses twice."""
    write_workbook(workbook_of(FRUITS), tmp_path / "own.xlsx")
    page = open_desktop()
    log_in(page, live_server, password)
    page.goto(live_server.url("/instruments/upload"))
    page.locator("input[type=file]").set_input_files(tmp_path / "own.xlsx")
    page.evaluate(
        """() => {
            window.sent = 0;
            document.addEventListener("submit", (event) => {
                if (!event.defaultPrevented) window.sent += 1;
                event.preventDefault(); // the test stays on the page
            });
        }"""
    )
    button = page.get_by_role("button", name="Upload and check")
    button.click()
    expect(page.locator(".working")).to_contain_text("Uploading and checking the workbook")
    expect(page.locator(".working progress")).to_be_visible()
    button.click()
    assert page.evaluate("window.sent") == 1
