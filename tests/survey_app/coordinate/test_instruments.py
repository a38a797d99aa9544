"""The list of questionnaires and their workbooks."""

from __future__ import annotations

import re

from forms.reading import read_workbook
from tests.factories import PETS, make_version
from tests.forms.tables import workbook_of

ROW = r'<th scope="row">([^<]+)</th>\s*<td>([^<]+)</td>'


def test_a_new_installation_shows_what_is_built_in(coordinator) -> None:
    """There is something to begin with."""
    page = coordinator.get("/instruments/").get_data(as_text=True)
    assert "Built in" in page
    assert "/instruments/elevenkat.xlsx" in page


def test_what_is_built_in_has_its_title_and_mode(coordinator) -> None:
    """A coordinator looks for the monthly report, not for a file's name."""
    page = coordinator.get("/instruments/").get_data(as_text=True)
    rows = {words[0]: words[1] for words in re.findall(ROW, page)}
    assert rows["Monthly report"] == rows["Grades"] == "Return"
    assert rows["My situation at school"] == "Anonymous"


def test_every_version_is_listed_and_downloads_as_it_was(app, coordinator) -> None:
    """Any version can be taken up again in Excel."""
    newer = PETS.replace("Hur många?", "Hur många har du?")
    with app.app_context():
        make_version()
        make_version(newer)
    page = coordinator.get("/instruments/").get_data(as_text=True)
    for number, table in ((1, PETS), (2, newer)):
        address = f"/instruments/pets/{number}.xlsx"
        assert address in page
        with coordinator.get(address) as download:
            assert read_workbook(download.data).sheet("survey") == workbook_of(table).sheet(
                "survey"
            )
    with coordinator.get("/instruments/pets.xlsx") as download:
        assert read_workbook(download.data).sheet("survey") == workbook_of(newer).sheet("survey")


def test_what_is_not_there_is_a_page(coordinator) -> None:
    """A misspelt address is no crash."""
    for address in ("/instruments/nope.xlsx", "/instruments/nope/1.xlsx"):
        assert coordinator.get(address).status_code == 404
