"""A coordinator's own workbook: uploaded, checked, and published by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from lxml import html as lxml_html
from sqlalchemy import func, select, update

from survey_app.actions import accounts, drafts, instruments, pictures
from survey_app.actions.calendar import today
from survey_app.audience import Role
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import Account, Draft, DraftPicture, InstrumentVersion
from tests.factories import CAT, PETS, PICTURED, make_version
from tests.survey_app.conftest import PASSWORD, token
from tests.survey_app.uploading import ADDRESS, book, publish, send, upload

BROKEN = PETS.replace("select_one yesno", "select_one jano ")
OTHER = "other@demo.example"


def kept() -> tuple[int, int]:
    """Count drafts and their pictures; needs an app context."""
    return tuple(
        db.session.scalar(select(func.count()).select_from(t)) for t in (Draft, DraftPicture)
    )  # type: ignore[return-value]


def page_of(client, address):
    """Fetch and parse a page."""
    return lxml_html.fromstring(client.get(address).get_data())


def test_an_uploaded_workbook_is_published_with_its_note(app, coordinator) -> None:
    """Pictures and all; the draft is gone afterwards."""
    draft = upload(coordinator, PICTURED, CAT)
    with app.app_context():
        assert (queries.all_versions(), kept()) == ([], (1, 1))
    assert publish(coordinator, draft, " Första gången ").location == "/instruments/"
    with app.app_context():
        (version,) = queries.all_versions()
        assert (version.name, version.number, version.note) == ("pets", 1, "Första gången")
        assert pictures.of_version(version.id) == {"cat.png": CAT}
        assert kept() == (0, 0)
    assert coordinator.get(draft).status_code == 404
    assert "Första gången" in coordinator.get("/instruments/").get_data(as_text=True)


def test_a_csv_file_comes_along(app, coordinator) -> None:
    """It is looked at, stored and given back as the workbook is."""
    table = PETS.replace("select_one yesno |", "select_one_from_file fruits.csv |")
    fruits = "name;label\n1;Äpple\n2;Päron\n".encode()
    answer = send(coordinator, ("own.xlsx", book(table)), ("fruits.csv", fruits))
    page = page_of(coordinator, answer.location)
    assert "Äpple" in page.xpath("//div[h3[contains(., 'fruits.csv')]]//td/text()")
    publish(coordinator, answer.location)
    with app.app_context():
        question = instruments.instrument_of(queries.all_versions()[0].id).questions["pets"]
        assert [choice.name for choice in question.choices] == ["1", "2"]


def test_what_is_wrong_stands_at_its_cell(coordinator) -> None:
    """A number at the cell leads to the message, and the message to the cell; words say how bad."""
    page = page_of(coordinator, upload(coordinator, BROKEN))
    (message,) = page.xpath("//li[contains(@class, 'error')][contains(., 'jano')]")
    (link,) = message.xpath(".//a")
    assert link.text == "survey A2"
    (cell,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert cell.text == "select_one jano"
    (mark,) = cell.xpath("./a")
    assert mark.get("href") == f"#{message.get('id')}"
    assert mark.text_content().strip().startswith("Error")
    assert "Error" in message.text_content()
    assert page.xpath("//li[contains(@class, 'count-of error')]/span/text()") == ["1"]


def test_a_workbook_with_errors_is_neither_previewed_nor_published(app, coordinator) -> None:
    """Not even by a request that no page offers."""
    draft = upload(coordinator, BROKEN)
    page = coordinator.get(draft).get_data(as_text=True)
    assert "/publish" not in page
    assert "/preview" not in page
    answer = coordinator.post(f"{draft}publish", data={"csrf_token": token(coordinator, draft)})
    assert answer.status_code == 409
    assert coordinator.get(f"{draft}preview/sv").status_code == 404
    with app.app_context():
        assert queries.all_versions() == []


def test_changes_since_the_newest_version_are_told(app, coordinator) -> None:
    """What would be published, in words, and what it does to the file."""
    with app.app_context():
        make_version()
    changed = PETS.replace("Hur många?", "Hur många djur?").replace("Don't know ", "Do not know")
    page = page_of(coordinator, upload(coordinator, changed))
    (table,) = page.xpath("//section[@aria-labelledby='changes']//table")
    assert 'The label of "many" in Svenska is "Hur många djur?"' in table.text_content()
    assert len(table.xpath(".//tbody/tr")) == 2
    same = coordinator.get(upload(coordinator, PETS)).get_data(as_text=True)
    assert "Nothing that is asked, said or stored." in same


def test_what_contradicts_a_version_is_an_error_at_its_row(app, coordinator) -> None:
    """Its answers could not share a column."""
    with app.app_context():
        make_version()
    swapped = PETS.replace("yesno     | 1 ", "yesno     | x ").replace(
        "yesno     | 0 ", "yesno     | 1 "
    )
    page = page_of(coordinator, upload(coordinator, swapped.replace("| x ", "| 0 ")))
    places = page.xpath("//li[contains(@class, 'message error')]//a/text()")
    assert set(places) == {"survey, row 2"}
    assert "It becomes version" not in page.text_content()


def test_a_version_published_meanwhile_is_not_contradicted(app, coordinator) -> None:
    """Two authors work on the same questionnaire."""
    swapped = PETS.replace("| integer          |", "| text             |")
    draft = upload(coordinator, swapped)
    with app.app_context():
        make_version()
    assert publish(coordinator, draft).status_code == 409
    with app.app_context():
        assert len(queries.all_versions()) == 1


@pytest.mark.parametrize(
    "files",
    [
        [],
        [("cat.png", CAT.content)],
        [("a.xlsx", book(PETS)), ("b.xlsx", book(PETS))],
    ],
)
def test_one_workbook_at_a_time(app, coordinator, files) -> None:
    """The page says what to choose, at its field."""
    answer = send(coordinator, *files)
    assert answer.status_code == 422
    page: Any = lxml_html.fromstring(answer.get_data())
    (error,) = page.xpath("//*[@id='files-error']")
    assert "one Excel workbook" in error.text_content()
    with app.app_context():
        assert kept() == (0, 0)


def test_a_file_that_is_no_workbook_is_said(app, coordinator) -> None:
    """In the words of the check, on the page where another can be chosen."""
    answer = send(coordinator, ("own.xlsx", b"no workbook"))
    assert answer.status_code == 422
    assert "is not an Excel workbook" in answer.get_data(as_text=True)


def test_a_file_beside_that_is_refused_is_an_error(coordinator) -> None:
    """Nobody publishes a questionnaire whose pictures did not arrive."""
    answer = send(coordinator, ("own.xlsx", book(PETS)), ("cat.svg", b"<svg/>"))
    assert "cat.svg" in coordinator.get(answer.location).get_data(as_text=True)
    assert publish(coordinator, answer.location).status_code == 409


def test_too_much_is_refused(coordinator) -> None:
    """The server's memory is not for filling."""
    kind = "multipart/form-data; boundary=x"
    sent = coordinator.post(ADDRESS, data=b"x" * 11 * 2**20, content_type=kind)
    assert sent.status_code == 413


def test_a_draft_is_its_authors_alone(app, coordinator) -> None:
    """Others learn neither what it says nor that it is there."""
    draft = upload(coordinator, PICTURED, CAT)
    with app.app_context():
        accounts.create(OTHER, [Role.COORDINATOR], PASSWORD)
    other = app.test_client()
    login = {"email": OTHER, "password": PASSWORD, "csrf_token": token(other)}
    other.post("/login", data=login)
    for path in ("", "preview/sv", "preview/sv/questionnaire", "pictures/cat.png"):
        assert coordinator.get(draft + path).status_code == 200, path
        assert other.get(draft + path).status_code == 404, path
    assert draft not in other.get(ADDRESS).get_data(as_text=True)
    assert draft in coordinator.get(ADDRESS).get_data(as_text=True)
    posted = {"csrf_token": token(other, ADDRESS)}
    for path in ("publish", "discard", "preview/sv/questionnaire"):
        assert other.post(draft + path, data=posted).status_code == 404, path
    with app.app_context():
        assert kept() == (1, 1)


def test_drafts_are_forgotten_after_a_week(app, coordinator) -> None:
    """What nobody publishes does not stay."""
    draft = upload(coordinator, PICTURED, CAT)
    with app.app_context(), writing():
        db.session.execute(update(Draft).values(uploaded_on=today() - timedelta(days=7)))
    assert coordinator.get(draft).status_code == 200
    with app.app_context(), writing():
        db.session.execute(update(Draft).values(uploaded_on=today() - timedelta(days=8)))
    assert coordinator.get(draft).status_code == 404
    assert draft not in coordinator.get(ADDRESS).get_data(as_text=True)
    upload(coordinator, PETS)
    with app.app_context():
        assert kept() == (1, 0)


def test_a_draft_can_be_thrown_away(app, coordinator) -> None:
    """And nothing happens without the form's token."""
    draft = upload(coordinator, PICTURED, CAT)
    assert coordinator.post(f"{draft}discard").status_code == 400
    coordinator.post(f"{draft}discard", data={"csrf_token": token(coordinator, draft)})
    with app.app_context():
        assert kept() == (0, 0)


def test_a_note_has_an_end(coordinator) -> None:
    """It stands in a table."""
    answer = publish(coordinator, upload(coordinator, PETS), "x" * 501)
    assert answer.status_code == 422
    assert "Use at most 500 characters." in answer.get_data(as_text=True)


def test_a_draft_is_read_back_as_it_was_uploaded(context) -> None:
    """Tables, pictures and problems too."""
    accounts.create(OTHER, [Role.COORDINATOR], PASSWORD)
    account = db.session.scalars(select(Account)).one()
    files = [("own.xlsx", book(BROKEN)), ("cat.png", CAT.content), ("a.csv", b"name\n1\n")]
    read = drafts.read(files)
    draft = drafts.find(drafts.keep(read, account.id).id, account.id)
    assert drafts.workbook_of(draft) == read.workbook
    assert drafts.pictures_of(draft) == {"cat.png": CAT}
    found = [problem.to_json() for problem in drafts.problems_of(draft)]
    assert found == [problem.to_json() for problem in read.problems]
    assert [sheet.name for sheet in read.workbook.tables] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/own.xlsx", "own.xlsx"),
        ("own\u202e\x07.xlsx", "own.xlsx"),
        ("x" * 5_000 + ".xlsx", "x" * 195 + ".xlsx"),
    ],
)
def test_a_file_may_be_called_anything(app, coordinator, name, shown) -> None:
    """What is kept of the name can be stored and shown anywhere."""
    answer = send(coordinator, (name, book(PETS)))
    assert answer.status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Draft.file_name)).all() == [shown]
    assert coordinator.get(answer.location).status_code == 200


def test_files_that_are_words_are_none(coordinator) -> None:
    """A field of text in their place is no failure of ours."""
    form = {"csrf_token": token(coordinator, ADDRESS), "files": "own.xlsx"}
    assert coordinator.post(ADDRESS, data=form).status_code == 422


def test_signs_that_a_database_refuses_do_no_harm(app, coordinator) -> None:
    """PostgreSQL takes no NUL, in a note nor in what is looked for."""
    draft = upload(coordinator, PETS)
    assert coordinator.get("/instruments/drafts/%00/").status_code == 404
    assert publish(coordinator, draft, "ny\x00tt").status_code == 302
    with app.app_context():
        assert db.session.scalars(select(InstrumentVersion.note)).all() == ["nytt"]
