"""What six pupils say on a tablet is what the coordinator reads in Excel, cell for cell.

`expected/elevenkat-said.csv` is what each pupil touches, question by question; the other tables
there were worked out from it by hand, and this is the arithmetic of the indices. An item on
agreement counts (code - 1) / 3 * 10: 4, 3, 2, 1 are 10, 20/3, 10/3, 0. KAM3, NAR1 and NAR2 are
reversed with codes 0-4 and count (4 - code) / 4 * 10. NAR3 is a ladder 0-10 and counts its code.
The index is the mean of the items that have such a code, if at least two of the three have one.

    first   TRI (10 + 20/3 + 10/3) / 3 = 20/3       TRY (10 + 10 + 10) / 3 = 10
            REL 0                                   KAM (10 + 10 + 10) / 3 = 10
            STU (20/3 + 10/3) / 2 = 5               STO (10 + 20/3) / 2 = 25/3
            MOT (10/3 + 10/3 + 10/3) / 3 = 10/3     NAR (10 + 10 + 9) / 3 = 29/3
    second  TRI (0 + 10/3 + 10) / 3 = 40/9          TRY one item: none
            REL one item: none                      KAM (20/3 + 10/3 + 0) / 3 = 10/3
            STU (0 + 0 + 10/3) / 3 = 10/9           STO (20/3 + 0) / 2 = 10/3
            MOT (10 + 10 + 20/3) / 3 = 80/9         NAR (5 + 5/2 + 4) / 3 = 23/6
    third   TRI one item: none                      TRY (20/3 + 20/3) / 2 = 20/3
            REL one item: none                      KAM (10 + 5/2) / 2 = 25/4
            STU no item: none                       STO (10/3 + 10/3 + 20/3) / 3 = 40/9
            MOT 0                                   NAR one item: none
    fourth  TRI (20/3 + 20/3 + 20/3) / 3 = 20/3     TRY (0 + 10/3 + 20/3) / 3 = 10/3
            REL (20/3 + 10 + 10) / 3 = 80/9         KAM no item: none
            STU (10 + 10) / 2 = 10                  STO one item: none
            MOT (20/3 + 10) / 2 = 25/3              NAR (10 + 10 + 8) / 3 = 28/3
    fifth   nothing answered: no index
    sixth   TRI (10 + 10 + 20/3) / 3 = 80/9         TRY (10/3 + 10/3 + 0) / 3 = 20/9
            REL (10/3 + 10) / 2 = 20/3              KAM (10/3 + 15/2) / 2 = 65/12
            STU (20/3 + 10 + 10) / 3 = 80/9         STO 0
            MOT one item: none                      NAR (10 + 10 + 7) / 3 = 9
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.conftest import CommandLine
from tests.journeys.readings import READERS, Cell, Sheets, expected, number, sorted_rows
from tests.journeys.screens import BACK, NEXT, SEND, open_enkat, question
from tests.tools.browser import no_foreign_requests
from tests.tools.sealing import opened
from tests.tools.server import LiveServer

THANKS = re.compile(r"/thanks$")
SHEETS = ["Läs mig", "Data", "Etiketter", "Kodbok", "Värden", "Sammanfattning"]
# Each pupil's language, and whether the tablet runs scripts.
PUPILS = {
    "first": ("sv", True),
    "second": ("en", True),
    "third": ("sv", False),
    "fourth": ("en", False),
    "fifth": ("sv", True),
    "sixth": ("en", True),
}
ADDRESSES = {"sv": "", "en": "/en"}
FIRST_QUESTION = {"sv": "Jag tycker om att vara i skolan.", "en": "I like being at school."}

TABLET = ViewportSize(width=834, height=1112)

Said = dict[str, str]


@dataclass(frozen=True)
class Collected:
    """A round that six pupils answered, and what came of it."""

    count: int
    count_after_repeats: int
    listed: dict[str, Any]
    sheets: dict[str, Sheets]


def said_by(pupil: str) -> Said:
    """Give what a pupil touches in each question that they answer."""
    header, *rows = expected("elevenkat-said")
    column = header.index(pupil)
    return {row[0]: row[column] for row in rows if row[column]}


def tap(page: Page, name: str, touch: str) -> None:
    """Touch an answer's card, or the button that clears."""
    asked = question(page, name)
    if touch == "clear":
        asked.locator("button.clear").tap()
        return
    control = asked.locator(f"input[value='{touch}']")
    page.locator(f"label[for='{control.get_attribute('id')}']").tap()
    expect(control).to_be_checked()


def turn(page: Page, button: str) -> None:
    """Go one screen on or back."""
    here = page.evaluate("history.state.page")
    page.locator(button).tap()
    page.wait_for_function("(before) => history.state.page !== before", arg=here)


def answer_screen(page: Page, said: Said) -> tuple[str, str] | None:
    """Touch the answers that the screen asks for.

    Returns:
        The question and the code that the pupil will think better of, if there is one here.
    """
    change = None
    for name in page.locator("[data-question]:visible").evaluate_all(
        "(found) => found.map((each) => each.dataset.question)"
    ):
        touches, _, better = said.get(name, "").partition(" then ")
        for touch in touches.split():
            tap(page, name, touch)
        change = (name, better) if better else change
    return change


def answer_screens(page: Page, said: Said) -> None:
    """Go through all screens; who changes their mind has seen, and answered, the next screen."""
    while not page.locator(SEND).is_visible():
        change = answer_screen(page, said)
        turn(page, NEXT)
        if change:
            answer_screen(page, said)
            turn(page, BACK)
            tap(page, *change)
            turn(page, NEXT)


def answer_long_page(page: Page, said: Said) -> None:
    """Answer the page as it is without its script, where nothing is hidden."""
    for name, touches in said.items():
        for touch in touches.split():
            tap(page, name, touch)


def take_part(page: Page, url: str, pupil: str) -> bytes:
    """Answer and send as one pupil.

    Returns:
        What the browser posted.
    """
    language, has_script = PUPILS[pupil]
    posts: list[bytes] = []
    page.on("request", lambda sent: posts.append(sent.post_data_buffer or b""))
    if has_script:
        open_enkat(page, url)
        answer_screens(page, said_by(pupil))
    else:
        page.goto(url)
        answer_long_page(page, said_by(pupil))
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(question(page, "TRI1")).to_contain_text(FIRST_QUESTION[language])
    page.locator(SEND).tap()
    expect(page).to_have_url(THANKS)
    (post,) = filter(None, posts)
    return post


def answer_on_tablets(browser: Browser, url: str) -> dict[str, bytes]:
    """Let the pupils answer one after the other; give what each browser posted."""
    posts = {}
    for pupil, (language, has_script) in PUPILS.items():
        context = browser.new_context(
            viewport=TABLET, has_touch=True, is_mobile=True, java_script_enabled=has_script
        )
        context.set_default_timeout(15_000)
        with context, no_foreign_requests(page := context.new_page(), url):
            posts[pupil] = take_part(page, url + ADDRESSES[language], pupil)
            assert context.cookies() == []
    return posts


def post_again(url: str, body: bytes) -> None:
    """Post as a tablet does that never saw the thank-you page; see that it gets it now."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    request = urllib.request.Request(url, body, kind)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        assert THANKS.search(answer.url)


def repeat(url: str, posts: dict[str, bytes], data: Path, name: str) -> None:
    """Send an answer again: as it was, with another answer, and one in the other language."""
    said = parse_qs(opened(data, name, posts["first"].decode()))
    said["response_id"] = parse_qs(posts["first"].decode())["response_id"]
    assert said["TRI1"] == ["4"]
    changed = urlencode(said | {"TRI1": ["1"]}, doseq=True).encode()
    post_again(url, posts["first"])
    post_again(url, changed)
    post_again(url, posts["sixth"])


@pytest.fixture(scope="module")
def collected(
    browser: Browser, command_line: CommandLine, live_server: LiveServer, tmp_path_factory
) -> Collected:
    """Open a round, let everyone answer, close it and fetch the file, once for all tests here."""
    name = "min-skolsituation"
    command_line.run("round", "open", name, "--instrument", "elevenkat")
    url = live_server.url(f"/e/{name}")
    posts = answer_on_tablets(browser, url)
    count = command_line.responses(name)
    repeat(url, posts, live_server.data, name)
    count_after_repeats = command_line.responses(name)
    command_line.run("round", "close", name)
    file = tmp_path_factory.mktemp("exported") / "min-skolsituation.xlsx"
    command_line.run("export", name, "--format", "xlsx", "--output", file)
    listed = json.loads(command_line.run("round", "list", "--json"))
    return Collected(
        count=count,
        count_after_repeats=count_after_repeats,
        listed=next(each for each in listed if each["name"] == name),
        sheets={reader: read(file) for reader, read in READERS.items()},
    )


@pytest.fixture(params=list(READERS))
def sheets(request: pytest.FixtureRequest, collected: Collected) -> Sheets:
    """Give the file as each reader has it."""
    return collected.sheets[request.param]


def expected_rows(name: str, is_number: Callable[[str], bool]) -> list[tuple[Cell, ...]]:
    """Turn a table with a line per variable into the names of the variables and a row per pupil."""
    lines = [
        (variable, *(number(cell) if is_number(variable) else cell for cell in cells))
        for variable, *cells in expected(name)[1:]
    ]
    return list(zip(*lines, strict=True))


def expected_codes() -> list[tuple[Cell, ...]]:
    """Give the sheet of codes: the version is a text even when it is written with digits."""
    return expected_rows("elevenkat-data", lambda variable: variable != "_version")


def expected_labels() -> list[tuple[Cell, ...]]:
    """Give the sheet of labels: only the indices are numbers, the ladders' "7" is a label."""
    return expected_rows("elevenkat-labels", lambda variable: variable.startswith("index_"))


def test_every_pupil_is_counted_once(collected: Collected) -> None:
    """A tablet that lost its connection may send again, as often as it likes."""
    assert (collected.count, collected.count_after_repeats) == (6, 6)
    facts = ("instrument", "mode", "state", "responses", "codes_required")
    assert [collected.listed[fact] for fact in facts] == [
        "elevenkat", "anonymous", "closed", 6, False,
    ]  # fmt: skip


def test_the_sheets_come_in_their_order(sheets: Sheets) -> None:
    """The coordinator finds what the handbook promises."""
    assert list(sheets) == SHEETS


def test_every_code_is_the_one_that_was_touched(sheets: Sheets) -> None:
    """Not asked, left empty, don't know and rather not say stay four different things."""
    header, *rows = expected_codes()
    assert sheets["Data"][0] == header
    assert sorted_rows(sheets["Data"][1:]) == sorted_rows(rows)


def test_every_label_is_what_the_swedish_enkat_says(sheets: Sheets) -> None:
    """Who answered in English is read in Swedish beside the others."""
    header, *rows = expected_labels()
    assert sheets["Etiketter"][0] == header
    assert sorted_rows(sheets["Etiketter"][1:]) == sorted_rows(rows)


def test_both_sheets_have_the_pupils_in_one_order(sheets: Sheets) -> None:
    """A row's labels stand in the same row as its codes."""
    label_row = dict(zip(expected_codes(), expected_labels(), strict=True))
    assert [label_row[row] for row in sheets["Data"][1:]] == sheets["Etiketter"][1:]


def test_the_codebook_describes_each_kind_of_variable(sheets: Sheets) -> None:
    """An analyst sees scale, dimension, direction and missing codes."""
    header, *rows = map(tuple, expected("elevenkat-codebook"))
    found = sheets["Kodbok"]
    assert found[0] == header
    assert [row[0] for row in found[1:]] == list(sheets["Data"][0])
    described = {row[0] for row in rows}
    assert [row for row in found[1:] if row[0] in described] == rows


def test_the_values_name_each_code_and_what_is_missing(sheets: Sheets) -> None:
    """No code in the file is left to guess at."""
    header, *lines = expected("elevenkat-values")
    rows = [(name, number(code), *rest) for name, code, *rest in lines]
    described = {row[0] for row in rows}
    assert sheets["Värden"][0] == tuple(header)
    assert [row for row in sheets["Värden"][1:] if row[0] in described] == rows
