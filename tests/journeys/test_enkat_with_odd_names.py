"""An author may call a question what they like, also what browsers call parts of a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from forms.writing import write_workbook
from tests.forms.tables import workbook_of
from tests.journeys.conftest import CommandLine
from tests.journeys.screens import SEND, THANKS, go_on, go_to_the_end, open_enkat, see, write

ODD = """
    survey
    | type        | name          | label | relevant          | appearance |
    | begin_group | page          | First |                   | field-list |
    | text        | action        | A     |                   |            |
    | text        | reset         | B     |                   |            |
    | text        | querySelector | C     |                   |            |
    | text        | classList     | D     |                   |            |
    | text        | append        | E     |                   |            |
    | text        | __proto__     | G     |                   |            |
    | end_group   |               |       |                   |            |
    | begin_group | constructor   | Last  | ${action} = 'yes' |            |
    | text        | toString      | H     |                   |            |
    | end_group   |               |       |                   |            |
    settings
    | form_id |
    | odd     |
"""
NAMES = ("action", "reset", "querySelector", "classList", "append", "__proto__")


@pytest.fixture
def odd_round(command_line: CommandLine, tmp_path: Path) -> str:
    """Publish the questionnaire and open a round of it."""
    file = tmp_path / "odd.xlsx"
    with file.open("wb") as target:
        write_workbook(workbook_of(ODD), target)
    command_line.run("instrument", "publish", file)
    return command_line.open_round("odd")


def test_a_question_may_be_called_like_a_part_of_the_page(
    open_tablet, address, command_line, odd_round, tmp_path
) -> None:
    """Pupils can answer and send it, and what depends on an answer comes and goes."""
    page = open_tablet()
    open_enkat(page, address(odd_round))
    for name in NAMES:
        write(page, name, "yes")
    go_on(page)
    see(page, "toString")
    write(page, "toString", "yes")
    go_to_the_end(page)
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    header, row = command_line.export(odd_round, tmp_path)
    assert dict(zip(header, row, strict=True)) == {
        "_version": "1",
        **dict.fromkeys((*NAMES, "toString"), "yes"),
    }


def test_a_group_called_like_a_part_of_the_page_can_be_left_out(
    open_tablet, address, odd_round
) -> None:
    """What does not concern a pupil is not asked, whatever it is called."""
    page = open_tablet()
    open_enkat(page, address(odd_round))
    write(page, "action", "no")
    go_on(page)
    expect(page.locator(SEND)).to_be_visible()
