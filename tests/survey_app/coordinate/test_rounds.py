"""The coordinator's round, from planning to the workbook."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from survey_app.actions import responses, rounds
from tests.factories import make_answers, make_response, make_round
from tests.survey_app.conftest import choose_language, token

PLAN = {"title": "Hösten 2026", "name": "ht-2026", "instrument": "elevenkat"}


def sent(client, address, **data):
    """Send a form of a page with its token; give the page that follows."""
    data["csrf_token"] = token(client, address)
    return client.post(address, data=data, follow_redirects=True).get_data(as_text=True)


def shown(client, address) -> str:
    """Give a page's HTML."""
    return client.get(address).get_data(as_text=True)


def test_an_empty_start_says_what_to_do(coordinator) -> None:
    """The first coordinator on the first day is not left alone."""
    page = shown(coordinator, "/rounds/")
    assert "No rounds yet" in page
    assert 'href="/rounds/new"' in page


def test_a_round_is_planned_opened_closed_and_read(app, coordinator) -> None:
    """The whole way, without a script."""
    page = sent(coordinator, "/rounds/new", **PLAN)
    assert "The round is planned." in page
    assert "http://localhost/e/ht-2026" in page
    assert coordinator.get("/e/ht-2026").status_code == 410
    assert "is open." in sent(coordinator, "/rounds/ht-2026/open")
    assert coordinator.get("/e/ht-2026").status_code == 200
    assert "http://localhost/e/ht-2026/tablet" in shown(coordinator, "/rounds/ht-2026/")
    assert "is closed." in sent(coordinator, "/rounds/ht-2026/close")
    with coordinator.get("/rounds/ht-2026/answers.xlsx") as download:
        book = openpyxl.load_workbook(BytesIO(download.data))
    assert book.sheetnames[:5] == ["Läs mig", "Data", "Etiketter", "Kodbok", "Värden"]


def test_a_round_of_returns_has_no_address_for_pupils(app, coordinator) -> None:
    """Teams report when they are logged in: that address would lead nowhere."""
    plan = {"title": "Oktober", "name": "rapport-2026-10", "instrument": "manadsrapport"}
    assert "The round is planned." in sent(coordinator, "/rounds/new", **plan)
    assert "is open." in sent(coordinator, "/rounds/rapport-2026-10/open")
    assert coordinator.get("/e/rapport-2026-10").status_code == 404
    assert "/e/rapport-2026-10" not in shown(coordinator, "/rounds/rapport-2026-10/")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Give the round a name"),
        ({"name": "Hösten"}, "small letters a–z"),
        ({"name": "taken"}, "Choose another name."),
        ({"instrument": "nope"}, "Not a valid choice"),
        ({"opens": "2027-02-01", "locks": "2027-01-01"}, "or a later one."),
        ({"opens": "2027-02-01", "due": "2027-01-01"}, "or a later one."),
        ({"locks": "2020-01-01"}, "The dates do not fit together."),
    ],
)
def test_a_mistake_in_the_plan_is_said_beside_what_was_written(
    app, coordinator, change, sentence
) -> None:
    """Nothing has to be written twice."""
    with app.app_context():
        make_round("taken")
    page = sent(coordinator, "/rounds/new", **(PLAN | change))
    assert sentence in page
    assert 'role="alert"' in page
    assert "Hösten" in page or "title" in change
    with app.app_context():
        assert [each.name for each, _ in rounds.listing()] == ["taken"]


@pytest.mark.parametrize(
    ("stored", "words"), [(4, "fewer than 5 answers"), (7, "at least 5 answers")]
)
def test_an_open_anonymous_round_shows_steps_and_no_answers(
    app, coordinator, stored, words
) -> None:
    """A coordinator in the next room cannot see that the pupil just sent."""
    with app.app_context():
        made = make_round()
        for _ in range(stored):
            make_response(made)
    detail = shown(coordinator, "/rounds/autumn/")
    for page in (detail, shown(coordinator, "/rounds/")):
        assert words in page
        assert f"{stored} answers" not in page
    assert "Answers become readable when the round is closed" in detail
    assert "answers.xlsx" not in detail
    assert coordinator.get("/rounds/autumn/answers.xlsx").status_code == 409


def test_closing_with_few_answers_is_thought_over(app, coordinator) -> None:
    """The warning comes before it is too late."""
    warning = "Fewer than 5 may have answered"
    with app.app_context():
        made = make_round()
        for _ in range(4):
            make_response(made)
    few = shown(coordinator, "/rounds/autumn/close")
    assert warning in few
    assert "those it has can be read" not in few
    with app.app_context():
        make_response(rounds.find("autumn"))
    enough = shown(coordinator, "/rounds/autumn/close")
    assert warning not in enough
    assert "those it has can be read" in enough


def test_a_closed_round_shows_the_number_and_the_download(app, coordinator) -> None:
    """And no way to open it again, with the reason."""
    with app.app_context():
        close_with(5)
    page = shown(coordinator, "/rounds/autumn/")
    assert "5 answers<" in page
    assert "answers.xlsx" in page
    assert "/rounds/autumn/open" not in page
    assert "it could be seen which ones are new" in page


def test_fewer_than_five_answers_are_never_shown(app, coordinator) -> None:
    """Whoever handed over the tablet knows the four: no workbook, and no number."""
    with app.app_context():
        close_with(4)
    for page in (shown(coordinator, "/rounds/autumn/"), shown(coordinator, "/rounds/")):
        assert "fewer than 5 answers" in page
        assert "4 answers" not in page
        assert "answers.xlsx" not in page
    refused = coordinator.get("/rounds/autumn/answers.xlsx")
    assert refused.status_code == 409
    assert "Fewer than 5 have answered" in refused.text


def close_with(answers: int) -> None:
    """End a round that so many have answered."""
    made = make_round()
    for _ in range(answers):
        make_response(made)
    rounds.close_round("autumn")


@pytest.mark.parametrize(
    ("file_format", "name", "begins"),
    [
        ("csv", "autumn.csv", b"\xef\xbb\xbf_version"),
        ("sav", "autumn.sav", b"$FL2"),
        ("stata", "autumn.dta", b"<stata_dta>"),
        ("package", "autumn.zip", b"PK"),
    ],
)
def test_other_formats_are_one_click_further(app, coordinator, file_format, name, begins) -> None:
    """Excel first; who wants SPSS finds it, and the log says who took it."""
    with app.app_context():
        close_with(6)
    address = f"/rounds/autumn/answers.{file_format}"
    page = shown(coordinator, "/rounds/autumn/")
    assert page.index("answers.xlsx") < page.index("More formats") < page.index(address)
    with coordinator.get(address) as download:
        assert download.data.startswith(begins)
        assert f"filename={name}" in download.headers["Content-Disposition"]
    log = shown(coordinator, "/extracts/")
    assert "<td>autumn</td>" in log
    assert f"<td>{file_format}</td>" in log


def test_a_format_that_nobody_offers_is_not_found(app, coordinator) -> None:
    """And nothing is put on record."""
    with app.app_context():
        close_with(6)
    assert coordinator.get("/rounds/autumn/answers.exe").status_code == 404
    assert "No file has been taken out yet." in shown(coordinator, "/extracts/")


def test_the_workbook_holds_what_was_said_in_no_order_of_arrival(app, coordinator) -> None:
    """Row 2 is not the first pupil."""
    with app.app_context():
        made = make_round()
        for number in range(30):
            make_response(made, make_answers(many=str(number)))
        rounds.close_round("autumn")
    with coordinator.get("/rounds/autumn/answers.xlsx") as download:
        sheet = openpyxl.load_workbook(BytesIO(download.data))["Data"]
    head, *rows = sheet.iter_rows(values_only=True)
    said = [int(str(row[head.index("many")])) for row in rows]
    assert sorted(said) == list(range(30))
    assert said != sorted(said)


@pytest.mark.parametrize("action", ["open", "close"])
def test_a_look_changes_nothing(app, coordinator, action) -> None:
    """Browsers fetch links in advance."""
    with app.app_context():
        before = make_round(is_open=action == "close").state
    assert coordinator.get(f"/rounds/autumn/{action}").status_code == 200
    with app.app_context():
        assert rounds.find("autumn").state == before


def test_dates_are_written_as_the_reader_writes_them(coordinator) -> None:
    """In English too the day stands before the month."""
    sent(coordinator, "/rounds/new", **PLAN, opens="2027-03-01", locks="2027-05-31")
    assert "1 March 2027" in shown(coordinator, "/rounds/ht-2026/")
    choose_language(coordinator, "sv")
    assert "1 mars 2027" in shown(coordinator, "/rounds/ht-2026/")


def test_what_an_author_wrote_is_text_on_the_page(app, coordinator) -> None:
    """A title with markup does nothing."""
    page = sent(coordinator, "/rounds/new", **(PLAN | {"title": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    responses.close(app)
