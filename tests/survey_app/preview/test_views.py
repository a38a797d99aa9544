"""A draft as respondents will see it, tried without a trace."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html
from sqlalchemy import func, select

from survey_app.store.database import db
from survey_app.store.models import Receipt, Response
from tests.factories import CAT, INTERVIEW, PICTURED, make_round
from tests.survey_app.uploading import upload

FAMILY = """
    survey
    | type         | name  | label::Svenska (sv) | label::English (en) |
    | text         | about | Berätta             | Tell                |
    | begin_repeat | child | Barn                | Child               |
    | integer      | age   | Ålder               | Age                 |
    | end_repeat   |       |                     |                     |
    settings
    | form_id | default_language |
    | family  | Svenska (sv)     |
"""


@pytest.fixture
def draft(coordinator) -> str:
    """Upload a questionnaire, and give its draft's address."""
    return upload(coordinator, PICTURED, CAT)


def page_of(answer):
    """Parse a page."""
    return lxml_html.fromstring(answer.get_data())


def stored(app) -> int:
    """Count what is stored of answers."""
    with app.app_context():
        return sum(
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Response, Receipt)
        )


@pytest.mark.parametrize(
    ("width", "pixels"), [("phone", "390"), ("tablet", "834"), ("desktop", "1280"), ("x", "834")]
)
def test_the_frame_is_as_wide_as_the_device(coordinator, draft, width, pixels) -> None:
    """The author sees each screen without owning it."""
    page = page_of(coordinator.get(f"{draft}preview/en?width={width}"))
    (frame,) = page.xpath("//iframe")
    assert (frame.get("width"), frame.get("src")) == (pixels, f"{draft}preview/en/questionnaire")
    assert (
        len(page.xpath("//a[@aria-current='true'][starts-with(@href, '/instruments/drafts')]")) == 3
    )


def test_it_is_the_respondents_own_page_in_its_language(app, coordinator, draft) -> None:
    """The same template, script and words as in a round, marked as a preview."""
    with app.app_context():
        make_round(table=PICTURED, pictures=[CAT])
    real = page_of(app.test_client().get("/e/autumn"))
    shown = page_of(coordinator.get(f"{draft}preview/sv/questionnaire"))
    for path in (
        "//script/@src",
        "//form//label/text()",
        "//*[@id='logic']/text()",
        "//button[not(ancestor::dialog)]/text()",
    ):
        assert shown.xpath(path) == real.xpath(path) != [], path
    assert shown.xpath("//img/@src") == [f"{draft}pictures/cat.png"]
    assert coordinator.get(f"{draft}pictures/cat.png").data == CAT.content
    assert shown.xpath("//p[contains(@class, 'trial')]")
    assert not real.xpath("//*[contains(@class, 'trial') or @data-trial]")
    assert shown.xpath("//html/@lang") == ["sv"]
    assert page_of(coordinator.get(f"{draft}preview/en/questionnaire")).xpath("//html/@lang") == [
        "en"
    ]


def test_on_one_page_there_is_no_script(coordinator, draft) -> None:
    """Every question can be seen without answering the one before."""
    page = page_of(coordinator.get(f"{draft}preview/sv/questionnaire?layout=long"))
    assert page.xpath("//script/@src") == []
    assert page.xpath("//form/@action") == [f"{draft}preview/sv/questionnaire?layout=long"]


def test_answers_are_coded_and_not_stored(app, coordinator, draft) -> None:
    """What the file would say: names, codes and what they mean."""
    address = f"{draft}preview/sv/questionnaire"
    answer = coordinator.post(address, data={"pets": "DK", "many": "3"})
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./*")]
        for row in page_of(answer).xpath("//tbody/tr")
    ]
    assert rows[1:] == [
        ["pets", "DK", "Vet ej", "Har du husdjur?"],
        ["many", "3", "–", "Hur många?"],
    ]
    assert stored(app) == 0


def test_a_repeats_rows_are_shown_too(app, coordinator) -> None:
    """One table for each time it was answered."""
    address = f"{upload(coordinator, FAMILY)}preview/sv/questionnaire"
    answer = coordinator.post(
        address, data={"child[#]": "2", "child[1]/age": "4", "child[2]/age": "7"}
    )
    headings = [heading.text_content() for heading in page_of(answer).xpath("//h2")]
    assert headings == ["Data", "child, 1", "child, 2"]
    more = coordinator.post(address, data={"child[#]": "1", "_add": "child"})
    assert page_of(more).xpath("//input[@name='child[#]']/@value") == ["2"]
    assert stored(app) == 0


def test_a_mistake_is_shown_as_respondents_see_it(coordinator, draft) -> None:
    """Constraints can be tried."""
    answer = coordinator.post(f"{draft}preview/en/questionnaire", data={"many": "x"})
    assert answer.status_code == 422
    assert "Write a whole number" in answer.get_data(as_text=True)


def test_other_modes_are_previewed_too(coordinator) -> None:
    """An interview is not found at the enkät's address, but can be tried."""
    address = f"{upload(coordinator, INTERVIEW)}preview/sv/questionnaire"
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, data={"pets": "1"}).status_code == 200


def test_only_our_own_pages_may_frame_it(coordinator, draft) -> None:
    """And only the preview: everything else refuses every frame."""
    framed = coordinator.get(f"{draft}preview/sv/questionnaire").headers
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    for path in ("", "preview/sv", "pictures/cat.png"):
        headers = coordinator.get(draft + path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Frame-Options"] == "DENY", path
    posted = coordinator.post(f"{draft}preview/sv/questionnaire", data={"pets": "1"})
    assert posted.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_no_browser_keeps_a_draft(coordinator, draft) -> None:
    """It is not published."""
    for path in ("preview/sv", "preview/sv/questionnaire", "pictures/cat.png"):
        assert coordinator.get(draft + path).headers["Cache-Control"] == "no-store", path


@pytest.mark.parametrize("path", ["preview/fi", "preview/fi/questionnaire", "pictures/no.png"])
def test_what_is_not_there_is_a_page(coordinator, draft, path) -> None:
    """A misspelt address is no crash."""
    assert coordinator.get(draft + path).status_code == 404
