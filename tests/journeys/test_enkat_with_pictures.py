"""An enkät with pictures, from the author's folder to a pupil's tablet."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forms.writing import write_workbook
from tests.forms.tables import workbook_of
from tests.journeys.conftest import CommandLine
from tests.journeys.screens import SEND, choose, go_on, open_enkat, question
from tests.pictures import png
from tests.tools.accessibility import axe_violations
from tests.tools.browser import no_foreign_requests
from tests.tools.html import html_problems

MOODS = """
    survey
    | type           | name | label::Svenska (sv) | media::image | appearance |
    | select_one mood| mood | Hur mår du?         | face.png     |            |
    | select_one mood| then | Och i går?          |              | likert     |
    choices
    | list_name | name | label::Svenska (sv) | media::image |
    | mood      | 1    | Glad                | glad.png     |
    | mood      | 2    | Ledsen              | ledsen.png   |
    | mood      | 3    | Vet ej              |              |
    settings
    | form_id | form_title | default_language |
    | moods   | Hur mår du | Svenska (sv)     |
"""
SIZES = {"face.png": (900, 300), "glad.png": (120, 90), "ledsen.png": (40, 200)}


@pytest.fixture(scope="session")
def moods(command_line: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Publish the questionnaire with its folder of pictures, and open a round of it."""
    folder = tmp_path_factory.mktemp("moods")
    (folder / "moods-media").mkdir()
    for name, size in SIZES.items():
        (folder / "moods-media" / name).write_bytes(png(*size))
    write_workbook(workbook_of(MOODS), folder / "moods.xlsx")
    command_line.run("instrument", "publish", folder / "moods.xlsx")
    return command_line.open_round("moods")


def drawn(page: Page) -> list[tuple[int, int]]:
    """Give the real size of each picture on the page; 0 for one that could not be drawn."""
    sizes: list[list[int]] = page.locator("img").evaluate_all(
        "(all) => all.map((img) => [img.naturalWidth, img.naturalHeight])"
    )
    return [(width, height) for width, height in sizes]


def test_a_pupil_sees_the_pictures(open_tablet, address, moods, tmp_path: Path) -> None:
    """They come from our server, and all with the page: nothing is fetched between questions."""
    page = open_tablet()
    with no_foreign_requests(page, address("")) as asked:
        open_enkat(page, address(moods))
        page.wait_for_load_state("networkidle")
        before = len(asked)
        assert set(drawn(page)) == set(SIZES.values())
        expect(question(page, "mood").locator("> img")).to_be_visible()
        expect(
            question(page, "mood").get_by_role("radio", name="Glad", exact=True)
        ).to_be_attached()
        choose(page, "mood", "2")
        assert axe_violations(page) == []
        go_on(page)
        expect(question(page, "then").locator("img").first).to_be_visible()
        assert axe_violations(page) == []
        question(page, "then").locator("img").first.click()
        expect(question(page, "then").locator("input").first).to_be_checked()
        go_on(page)
        expect(page.locator(SEND)).to_be_visible()
        assert len(asked) == before
    assert html_problems(page.request.get(address(moods)).text()) == []


def test_no_word_moves_when_a_picture_comes(open_desktop, address, moods) -> None:
    """Nobody touches the wrong answer because the page jumped."""
    places = []
    for is_blocked in (True, False):
        page = open_desktop()
        if is_blocked:
            page.route("**/pictures/**", lambda route: route.abort())
        open_enkat(page, address(moods))
        page.wait_for_load_state("networkidle")
        boxes = page.locator(".choice").evaluate_all(
            "(all) => all.map((it) => [it.offsetTop, it.offsetHeight])"
        )
        places.append(boxes)
    assert places[0] == places[1]
