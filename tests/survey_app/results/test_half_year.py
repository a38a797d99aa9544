"""The half-yearly report: numbers of the pages alone, careful words, and nothing hidden."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from flask_babel import force_locale
from sqlalchemy import delete, select

from exports.delrapport.model import Delrapport
from survey_app.actions import extracts, responses, rounds
from survey_app.results import half_year, half_year_files
from survey_app.results.definitions import DEFINITIONS
from survey_app.results.pages import KINDS
from survey_app.store.database import db, writing
from survey_app.store.released import ReleasedResult
from survey_app.store.returns import UnitReturn
from tests.factories import make_app
from tests.survey_app.actions.coding.coded import make_coded
from tests.survey_app.results.test_interviews import hold
from tests.survey_app.results.test_pages import fill, forget_releases, report_october
from tests.survey_app.returns import city
from tests.tools.html import html_problems

TERM = "ht-2026"
PAGE = f"/results/half-year/{TERM}/"
# Words that say that one thing brought about another, in both languages of the report.
CAUSAL = (
    "tack vare", "effekt", "påverka", "orsaka", "leder till", "ledde till", "resulter", "medför",
    "gör att", "förbättra", "försämra", "bevis", "lyckad", "framgång",
    "thanks to", "effect", "affect", "caused", "leads to", "led to", "result in", "improve",
    "worsen", "proves", "success", "impact",
)  # fmt: skip


def test_every_page_of_results_has_its_definitions() -> None:
    """A page that is added needs words on how its numbers are made."""
    assert set(DEFINITIONS) == set(KINDS)


def contents(term: str = TERM) -> dict[str, bytes]:
    """Write the report as each kind of file; of a document all members."""
    files = {
        name: each.write(half_year.report_of(term))
        for name, each in half_year_files.FORMATS.items()
    }
    with ZipFile(BytesIO(files["docx"])) as archive:
        files["docx"] = b"".join(archive.read(each) for each in archive.namelist())
    return files


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ({"3": 21, "1": 4}, {"3": 25}, True),
        ({"3": 30, "2": 6, "1": 4}, {"3": 30, "2": 7, "1": 3}, True),
        ({"3": 15, "1": 10}, {"3": 10, "1": 15}, False),
    ],
)
def test_what_is_hidden_is_hidden_in_every_file(tmp_path, one, other, are_alike) -> None:
    """Half-years that differ in hidden numbers alone: not one byte of a file tells them apart."""
    files = []
    for at, counts in enumerate((one, other)):
        app = make_app(tmp_path / str(at))
        with app.app_context():
            fill(f"mood-{TERM}", counts)
            files.append(contents())
        responses.close(app)
    assert {kind: files[0][kind] == files[1][kind] for kind in files[0]} == dict.fromkeys(
        files[0], are_alike
    )


def test_returns_that_differ_in_what_is_hidden_give_equal_files(app) -> None:
    """Six pupils: whose absence is how large stays hidden; a seventh pupil is not seen beside them."""
    with app.app_context():
        report_october()
        before = contents()
        with writing():
            wanted = select(UnitReturn).where(UnitReturn.unit == city.OURS[0])
            own = db.session.scalars(wanted).one()
            own.answers = {**own.answers, "delmal[1]/delmal_niva": "-1", "ogiltig_min": "130"}
            own.revision += 1  # what was counted before is not kept
            db.session.execute(delete(ReleasedResult))  # else it would stand as it was
        assert contents() == before
        city.hand_in(rounds.find("manad-2026-10"), city.OURS[6])
        assert contents() == before
    forget_releases(app)
    with app.app_context():
        assert contents() != before


def filled() -> None:
    """Let a half-year have an enkät and the returns of a month."""
    fill("mood-vt-2026", {"3": 20, "2": 10})
    fill(f"mood-{TERM}", {"3": 15, "1": 15})
    report_october()


def talked() -> None:
    """Let a half-year have coded interviews."""
    coded = make_coded()
    hold(coded, 6, "eff")
    hold(coded, 6)


def test_the_numbers_are_those_of_the_pages(app) -> None:
    """Read back from the document: each table is the page's, in its order, each with a number."""
    with app.app_context(), force_locale("en_GB"):
        filled()
        report = half_year.report_of(TERM)
        page = KINDS["enkat"](f"mood-{TERM}")
        read = Document(BytesIO(half_year_files.FORMATS["docx"].write(report)))
    tables = [[[cell.text for cell in row.cells] for row in each.rows] for each in read.tables]
    for section in page.sections:
        for picture in section.pictures:
            shown = [[cell.text for cell in row] for row in picture.rows]
            assert [list(picture.head), *shown] in tables
    captions = [
        each.text for each in read.paragraphs if each.style and each.style.name == "Caption"
    ]
    numbers = [int(found[1]) for text in captions if (found := re.match(r"Table (\d+)\.", text))]
    assert numbers == [*range(1, len(tables) + 1)]
    assert any("n = 30" in text for text in captions)
    traced = {row[0]: row[1] for row in tables[-2][1:]}
    defined = {row[0] for row in tables[-1][1:]}
    assert set(traced) == {f"Table {number}" for number in numbers[:-2]}
    assert set(traced.values()) == defined
    months = [row[0] for table in tables for row in table[1:] if table[0][0] == "Month"]
    assert set(months) == {"Oct 26"}


@pytest.mark.parametrize("fill_term", [filled, talked])
def test_no_word_says_that_something_was_brought_about(app, fill_term) -> None:
    """There is no group to compare with. What authors of questionnaires wrote is theirs."""
    with app.app_context():
        fill_term()
        for locale in ("sv", "en_GB"):
            with force_locale(locale):
                words = text_of(half_year.report_of(TERM)).casefold()
            assert [each for each in CAUSAL if each in words] == []
            assert len(words) > 1000


def text_of(report: Delrapport) -> str:
    """Give the page's words, without style sheet and pictures' code."""
    page = half_year_files.html_of(report).decode()
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", page)


def test_the_page_offers_files_and_each_is_on_record(app) -> None:
    """Who has the report can be told; a term that is none is refused, and so is another kind."""
    with app.app_context():
        filled()
    client = city.log_in(app.test_client(), city.COORDINATOR)
    assert PAGE in client.get("/results/").text
    page = client.get(PAGE)
    links = re.findall(rf'href="({PAGE}[^"]+)"', page.text)
    assert [each.rpartition(".")[2] for each in links] == [*half_year_files.FORMATS]
    files = [client.get(each) for each in links]
    assert [each.status_code for each in files] == [200] * len(links)
    html = files[1].text
    assert html_problems(html) == []
    assert '<html lang="sv-SE">' in html
    assert re.findall(r'(?:src|href)="[^#"][^"]*|url\(|@import', html) == []
    with app.app_context():
        listed = {(each.kind, each.subject, each.file_format) for each in extracts.listing()}
    assert listed == {("report", TERM, each) for each in half_year_files.FORMATS}
    for wrong in ("/results/half-year/2026/", "/results/half-year/x/delrapport.html",
                  f"{PAGE}delrapport.odt"):  # fmt: skip
        assert client.get(wrong).status_code == 404
    assert city.log_in(app.test_client(), city.TEAM).get(PAGE).status_code == 403
